"""The month by days in words."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.metrics import Unit
from ropdesk.domain.money import half_up
from ropdesk.i18n import _, decimal, long_date, ngettext, short_date, weekday_short
from ropdesk.services.planning_reference import DayPlanRow
from ropdesk.ui import values
from ropdesk.ui.planning.days_card import DaysView
from ropdesk.ui.planning.days_model import DayView
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.planning.holiday_names import holiday_name
from ropdesk.ui.values import Style

_SATURDAY = 5
_MONDAY = date(2024, 1, 1)
_MANY = 100  # thousands of roubles
_NOTABLE = Fraction(1, 20)  # a weekday's weight is said from five percent on


def day_style(month: MonthPlan) -> Style:
    """Return how days are shown and typed; hundreds of thousands need no decimals."""
    how = values.style(month.metric, [row.value for row in month.days])
    largest = max((row.value for row in month.days), default=0)
    many = month.metric.unit is Unit.MONEY and largest >= _MANY * how.divisor
    return replace(how, places=0) if many else how


def days_view(month: MonthPlan) -> DaysView:
    """Put the days' card in words."""
    how = day_style(month)
    notable = _weights(month, _NOTABLE)
    return DaysView(
        title=values.heading(_("By days"), how),
        weights=_("weight: {days}", days=notable) if notable else "",
        weights_tooltip="\n".join(
            (
                _("What a weekday brings against a plain day, where the past shows a pattern"),
                _weights(month, Fraction(0)),
            )
        ),
        pace=_pace(month),
        days=tuple(_day(month, row, how) for row in month.days),
        editable=month.editable and month.whole is not None,
    )


def _day(month: MonthPlan, row: DayPlanRow, how: Style) -> DayView:
    planned = bool(row.value) or row.pinned
    said = values.exact(month.metric, row.value) if planned else ""
    kind = _kind(month, row)
    pinned = _("set by hand: it stays, other days absorb the difference") if row.pinned else ""
    spoken = ", ".join(part for part in (long_date(row.day), said, kind, pinned) if part)
    lines = [f"{weekday_short(row.day)}, {short_date(row.day)}", said, kind]
    if row.pinned:
        lines += [_("Set by hand; Delete gives it back to the calendar")]
    return DayView(
        day=row.day,
        text=values.text(row.value, how) if planned else "",
        raw=values.plain(row.value, how) if planned else "",
        working=row.kind is not DayKind.DAY_OFF,
        pinned=row.pinned,
        today=row.day == month.today,
        tooltip="\n".join(line for line in lines if line),
        spoken=spoken,
    )


def _kind(month: MonthPlan, row: DayPlanRow) -> str:
    note = month.notes.get(row.day, "")
    name = holiday_name(row.day)
    if row.kind is DayKind.SHORTENED:
        kind = _("shortened day, one hour less")
    elif row.kind is DayKind.DAY_OFF:
        weekend = row.day.weekday() >= _SATURDAY
        kind = name or (_("day off") if weekend else _("day off moved here"))
    else:
        kind = _("working weekend") if row.day.weekday() > _SATURDAY else ""
    return f"{kind}: {note}" if kind and note else kind or note


def _weights(month: MonthPlan, least: Fraction) -> str:
    unlike = [
        f"{weekday_short(_MONDAY + timedelta(weekday))} {decimal(_hundredths(weight), 2)}"
        for weekday, weight in sorted(month.weights.items())
        if abs(weight - 1) >= least
    ]
    return " · ".join(unlike)


def _hundredths(weight: Fraction) -> Decimal:
    return Decimal(half_up(weight * 100)).scaleb(-2)


def _pace(month: MonthPlan) -> str:
    pace = month.pace
    if pace is None:
        return ""
    metric = month.metric
    if month.as_of < month.month:
        if pace.per_day is None:
            return ""
        return _(
            "Needed per day: {value} on {days}.",
            value=values.headline(metric, pace.per_day),
            days=ngettext("{n} working day", "{n} working days", pace.days_left),
        )
    if pace.per_day == 0:
        return _("The plan is reached: {fact}.", fact=values.headline(metric, pace.fact))
    left = values.headline(metric, pace.plan - pace.fact)
    if pace.per_day is None:
        return _("{left} is missing, and no working day is left.", left=left)
    sentence = _(
        "Needed per day: {value} for the {days} left.",
        value=values.headline(metric, pace.per_day),
        days=ngettext("{n} working day", "{n} working days", pace.days_left),
    )
    if not pace.missed:
        return sentence
    missed = _("Behind the plan to date by {missed}.", missed=values.headline(metric, pace.missed))
    return f"{sentence} {missed}"
