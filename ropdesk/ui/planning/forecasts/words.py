"""What the track record shows, every text ready."""

from fractions import Fraction
from typing import TYPE_CHECKING

from ropdesk.domain.forecast import METHOD_NAMES
from ropdesk.i18n import _, day_month, month_name, ngettext
from ropdesk.ui import values
from ropdesk.ui.charts.data import MonthsData, Scale, Series
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.widgets.cards import MetricView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ropdesk.domain.forecast import Trial
    from ropdesk.services.forecast_record import Record, Stage

ENOUGH_INSIDE = Fraction(7, 10)  # of months within an interval that should hold 8 in 10
GOOD, FAIR = Fraction(1, 10), Fraction(1, 5)  # how far off a forecast may be and still be so called


def columns(record: "Record") -> tuple[Column, ...]:
    """Return the columns of the table, units in the headings."""
    how = _style(record)
    return (
        Column("month", _("Month"), Align.LEFT, stretch=True),
        Column("day", _("Working day"), tooltip=_("The working day it was made on")),
        Column("forecast", values.heading(_("Forecast"), how)),
        Column("interval", values.heading(_("Interval 80 %"), how)),
        Column("total", values.heading(_("Came"), how)),
        Column("error", _("Off"), tooltip=_("Forecast against what came")),
        Column("inside", _("In the interval"), Align.CENTER),
        Column("plain", _("Run rate off"), tooltip=_("What the plain pace would have missed by")),
    )


def rows(record: "Record") -> list[Row]:
    """Return a row a forecast."""
    how = _style(record)
    return [
        Row((trial.month, trial.working_day), _cells(record, trial, how)) for trial in record.trials
    ]


def _cells(record: "Record", trial: "Trial", how: values.Style) -> tuple[Cell, ...]:
    metric, made = record.metric, trial.forecast
    interval = values.UNKNOWN
    if made.p10 is not None and made.p90 is not None:
        low, high = values.text(made.p10, how), values.text(made.p90, how)
        interval = f"{low}\u2013{high}"
    day = _("{fact} had come by {day}; {method}", fact=values.exact(metric, trial.fact),
            day=day_month(trial.as_of), method=_(METHOD_NAMES[made.method]))  # fmt: skip

    return (
        Cell(month_name(trial.month), sort_key=trial.month.toordinal()),
        Cell(str(trial.working_day), sort_key=trial.working_day, tooltip=day),
        Cell(values.text(made.p50, how), tooltip=values.exact(metric, made.p50),
             sort_key=made.p50),
        Cell(interval, muted=True, sort_key=made.p10),
        Cell(values.text(trial.total, how), bold=True, tooltip=values.exact(metric, trial.total),
             sort_key=trial.total),
        Cell(values.percent(trial.error, sign=True), state=judged(abs(trial.error)),
             sort_key=float(abs(trial.error))),
        _inside(trial.inside),
        Cell(values.percent(trial.plain_error, sign=True), muted=True,
             sort_key=float(abs(trial.plain_error))),
    )  # fmt: skip


def _inside(inside: bool | None) -> Cell:
    if inside is None:
        return Cell(values.UNKNOWN, tooltip=_("No interval: under three earlier months"))
    words = _("yes") if inside else _("no")
    return Cell(words, state=State.GOOD if inside else State.WARNING, sort_key=int(inside))


def judged(off: Fraction) -> State:
    """Say how good an error is."""
    if off <= GOOD:
        return State.GOOD
    return State.NEUTRAL if off <= FAIR else State.WARNING


def card(stage: "Stage") -> MetricView:
    """Sum up the forecasts of one working day."""
    name = _("Made on working day {day}", day=stage.working_day)
    note = ngettext("{n} month, run rate {plain}", "{n} months, run rate {plain}", stage.months,
                    plain=values.percent(stage.plain_error, 1))  # fmt: skip
    aside, state = "", State.NEUTRAL
    if stage.coverage is not None:
        state = State.GOOD if stage.coverage >= ENOUGH_INSIDE else State.WARNING
        inside = values.percent(stage.coverage)
        aside = _("in the interval {share}", share=inside)
    return MetricView(
        name,
        values.joined("\u00b1", values.percent(stage.error, 1)),
        note,
        aside,
        state,
        tooltip=_(
            "Mean distance of the forecast from what came, as a share of the month; the plain run "
            "rate beside it. Of 80 % intervals, 8 in 10 should hold."
        ),
    )


def sentence(record: "Record") -> str:
    """Say in one sentence whether the forecast is worth listening to."""
    if not record.stages:
        return ""
    better = [stage for stage in record.stages if stage.error < stage.plain_error]
    middle = record.stages[len(record.stages) // 2]
    words = _(
        "On working day {day} the forecast was off by {error} on average, the plain run rate by "
        "{plain}.",
        day=middle.working_day,
        error=values.percent(middle.error, 1),
        plain=values.percent(middle.plain_error, 1),
    )
    if len(better) == len(record.stages):
        return words + " " + _("It was the better guess at every stage.")
    if not better:
        return words + " " + _("So far it was no better than the run rate.")
    days = ", ".join(str(stage.working_day) for stage in better)
    return words + " " + _("It was the better guess on working days {days}.", days=days)


def chart(record: "Record", working_day: int) -> MonthsData:
    """Draw what came and what was forecast on one working day, month by month."""
    here = [t for t in reversed(record.trials) if t.working_day == working_day]
    how = _style(record)
    bounds = [(trial.forecast.p10, trial.forecast.p90) for trial in here]
    series = [
        Series(_("came"), tuple(trial.total for trial in here)),
        Series(_("forecast"), tuple(trial.forecast.p50 for trial in here), role="text"),
    ]
    if any(low is not None for low, _high in bounds):
        series += [
            Series(_("from"), tuple(low for low, _high in bounds), dashed=True),
            Series(_("to"), tuple(high for _low, high in bounds), dashed=True),
        ]
    scale = Scale(how.divisor, how.places, lambda value: values.exact(record.metric, value))
    return MonthsData(tuple(trial.month for trial in here), tuple(series), scale)


def _style(record: "Record") -> values.Style:
    return values.style(record.metric, _values(record.trials))


def _values(trials: "Sequence[Trial]") -> list[values.Value]:
    return [number for trial in trials for number in (trial.total, trial.forecast.p50)]
