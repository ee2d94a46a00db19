"""The funnel in words: fields, the past beside them, what does not fit and what can be done."""

from dataclasses import dataclass
from fractions import Fraction
from html import escape

from ropdesk.domain.capacity import per_day
from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.planning import conversion_for, shortage
from ropdesk.i18n import _, day_month, integer, month_name, month_short
from ropdesk.services.planning_funnel import FUNNEL, Reference
from ropdesk.ui import values
from ropdesk.ui.planning.decomposition_source import SCENARIOS, MonthPlan
from ropdesk.ui.planning.scenario_card import FieldView, ScenarioView
from ropdesk.ui.roles import State
from ropdesk.ui.values import Style

SCENARIO_NAMES = {
    "minimum": N_("minimum"),
    "standard": N_("standard"),
    "maximum": N_("maximum"),
}
FIELDS = ("receipts", "average_check", "deals", "conversion", "inquiries", "calls")
_NAMES = {"deals": N_("Deals")}
_DRIVERS = ("receipts", "average_check", "conversion")
_ROUBLE, _TENTH = 100, 10  # what a proposed check and a proposed conversion are rounded up to


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the funnel that is offered and can be made: a field and its new value."""

    words: str
    field: str
    value: int

    @property
    def key(self) -> str:
        """The key under which the step's link is found again."""
        return f"set:{self.field}:{self.value}"


def step_of(key: str) -> tuple[str, int] | None:
    """Read a step's key back; None where the key means something else."""
    kind, _colon, rest = key.partition(":")
    if kind != "set":
        return None
    field, _colon, value = rest.partition(":")
    return field, int(value)


def funnel_metric(month: MonthPlan, field: str) -> Metric:
    """Return the metric that a field of the funnel is stored in."""
    return month.metrics[FUNNEL[field]]


def field_style(month: MonthPlan, field: str) -> Style:
    """Return how a field is shown and typed."""
    metric = funnel_metric(month, field)
    reference = month.funnel.references[field]
    return values.style(metric, [getattr(month.funnel.funnel, field), reference.mean])


def scenario_view(month: MonthPlan) -> ScenarioView:
    """Put the scenario card in words."""
    how = _total_style(month)
    segments = {}
    for name in SCENARIOS:
        total = month.totals[name]
        words = _(SCENARIO_NAMES[name])
        segments[name] = words if total is None else f"{words} {values.text(total, how)}"
    return ScenarioView(
        title=_title(month, how),
        segments=segments,
        current=month.scenario,
        fields=[_field(month, field) for field in FIELDS],
        advice=_advice(month),
        editable=month.editable,
    )


def _places(millions: int) -> int:
    """Return decimals that keep three figures."""
    return 2 if millions < 10 else 1 if millions < 100 else 0


def _title(month: MonthPlan, how: Style) -> str:
    if not any(total is not None for total in month.totals.values()):
        return _("Scenario")
    millions = how.divisor >= values.MILLION * month.metrics["receipts"].scale
    return _("Plan, m") if millions else values.heading(_("Plan"), how)


def _total_style(month: MonthPlan) -> Style:
    """Millions with one place where there are millions, as a heading of three totals needs."""
    metric = month.metrics["receipts"]
    largest = max((total or 0 for total in month.totals.values()), default=0)
    million = values.MILLION * metric.scale
    if largest >= million:
        return Style(million, _places(largest // million), _("m ₽"))
    return values.style(metric, [largest])


def _field(month: MonthPlan, field: str) -> FieldView:
    metric = funnel_metric(month, field)
    how = field_style(month, field)
    value: int | None = getattr(month.funnel.funnel, field)
    reference = month.funnel.references[field]
    label = _(_NAMES[field]) if field in _NAMES else values.name(metric)
    scale = max(value or 0, reference.best or 0, reference.high or 0)
    over = value is not None and reference.best is not None and value > reference.best
    assumed = field in month.funnel.assumed
    tooltip = values.exact(metric, value) if value is not None else ""
    if assumed and value is not None:
        tooltip += "\n" + _("Taken from the last 6 months; type to set it")
    return FieldView(
        key=field,
        label=values.heading(label, how),
        shown="" if value is None else values.text(value, how),
        raw=values.plain(value, how),
        by_hand=field in _DRIVERS and value is not None and not assumed,
        tooltip=tooltip,
        share=value / scale if value is not None and reference.best else None,
        tick=reference.mean / scale if reference.mean is not None and scale else None,
        state=State.WARNING if over else State.ACCENT,
        reference=_reference(month, field, how),
        reference_tooltip=_past(metric, reference),
    )


def _reference(month: MonthPlan, field: str, how: Style) -> str:
    reference = month.funnel.references[field]
    funnel = month.funnel.funnel
    if field == "deals" and funnel.receipts is not None and funnel.average_check:
        left, right = field_style(month, "receipts"), field_style(month, "average_check")
        return _(
            "needed: {receipts} ÷ {check}",
            receipts=values.text(funnel.receipts, left),
            check=values.text(funnel.average_check, right),
        )
    if field == "calls":
        days = sum(row.days for row in month.rows)
        daily = per_day(funnel.calls, days) if funnel.calls is not None else None
        if daily is not None:
            return _("{n} a day per manager", n=integer(daily))
    if field == "receipts" and reference.best is not None:
        return _("best month {value}", value=values.text(reference.best, how))
    if reference.low is None or reference.high is None:
        return _("no past months yet") if field in {"receipts", "inquiries"} else ""
    return _(
        "6 months: {low}–{high}",
        low=values.text(reference.low, how),
        high=values.text(reference.high, how),
    )


def _past(metric: Metric, reference: Reference) -> str:
    """Say all that the past says of a number, exactly."""
    lines = []
    if reference.best is not None and reference.best_month is not None:
        lines.append(
            _(
                "Best of 12 months: {value}, {month}",
                value=values.exact(metric, reference.best),
                month=month_name(reference.best_month),
            )
        )
    if reference.mean is not None:
        lines.append(
            _(
                "Last 6 months: from {low} to {high}, mean {mean}",
                low=values.exact(metric, reference.low),
                high=values.exact(metric, reference.high),
                mean=values.exact(metric, reference.mean),
            )
        )
    return "\n".join(lines)


# -- what does not fit


def _advice(month: MonthPlan) -> str:
    if not month.editable and month.plan is not None:
        return _approved(month)
    sentences = _scenario_offers(month)
    said, steps = _shortage(month)
    if not said:
        said, steps = _beyond(month)
    if said:
        links = [
            _link(step.key, step.words if n else _capital(step.words))
            for n, step in enumerate(steps)
        ]
        either = _(" or ")
        sentences.append(f"{escape(said)} {either.join(links)}".strip())
    return "<br>".join(sentences)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _link(key: str, words: str) -> str:
    return f'<a href="{escape(key)}" style="text-decoration:none">{escape(words)}</a>'


def _approved(month: MonthPlan) -> str:
    plan = month.plan
    if plan is None or plan.approved_on is None:
        return ""
    said = _(
        "Approved on {date} by {name}: it does not change. To change it, start a new version:",
        date=day_month(plan.approved_on),
        name=plan.approved_by,
    )
    link = _link("correct", _("Correct…"))
    return f"{escape(said)} {link}"


def _scenario_offers(month: MonthPlan) -> list[str]:
    """Offer to make an empty scenario of the standard one."""
    if month.totals[month.scenario] is not None or month.totals["standard"] is None:
        return []
    said = _("This scenario is empty.")
    link = _link("scale", _("Make it from the standard by percent…"))
    return [f"{escape(said)} {link}"]


def _shortage(month: MonthPlan) -> tuple[str, list[Step]]:
    """Compare the inquiries needed with the most that came in the last six months."""
    funnel, seen = month.funnel.funnel, month.funnel.references["inquiries"]
    short = shortage(funnel.inquiries, seen.high)
    if not short or seen.high is None or funnel.inquiries is None:
        return "", []
    said = _(
        "Inquiries short: {short}. {needed} needed, at most {most} came in a month of the last 6.",
        short=integer(short),
        needed=integer(funnel.inquiries),
        most=integer(seen.high),
    )
    return said, [
        step
        for step in (
            _more_conversion(month, seen.high),
            _more_check(month, seen.high),
            _less_plan(month, seen.high),
        )
        if step is not None
    ]


def _more_conversion(month: MonthPlan, inquiries: int) -> Step | None:
    needed = conversion_for(month.funnel.funnel.deals, inquiries)
    metric = month.metrics["conversion"]
    if needed is None or needed > metric.scale:
        return None
    value = -(-needed // _TENTH) * _TENTH
    shown = values.alone(value, values.style(metric))
    return Step(_("raise conversion to {value}", value=shown), "conversion", value)


def _more_check(month: MonthPlan, inquiries: int) -> Step | None:
    funnel = month.funnel.funnel
    if not funnel.conversion or not funnel.receipts:
        return None
    deals = inquiries * funnel.conversion // month.metrics["conversion"].scale
    if not deals:
        return None
    value = -(-funnel.receipts // (deals * _ROUBLE)) * _ROUBLE
    shown = values.alone(value, values.headline_style(month.metrics["average_check"], [value]))
    return Step(_("raise the check to {value}", value=shown), "average_check", value)


def _less_plan(month: MonthPlan, inquiries: int) -> Step | None:
    funnel = month.funnel.funnel
    if not funnel.conversion or not funnel.average_check:
        return None
    deals = inquiries * funnel.conversion // month.metrics["conversion"].scale
    shown = values.headline(month.metrics["receipts"], deals * funnel.average_check)
    return Step(_("lower the plan to {value}", value=shown), "inquiries", inquiries)


def _beyond(month: MonthPlan) -> tuple[str, list[Step]]:
    """Name a driver that is beyond anything the past has seen."""
    for field in ("conversion", "average_check", "receipts"):
        value: int | None = getattr(month.funnel.funnel, field)
        seen = month.funnel.references[field]
        if value is None or seen.best is None or seen.best_month is None or value <= seen.best:
            continue
        metric = funnel_metric(month, field)
        if metric.kind is Kind.RATIO and field in month.funnel.assumed:
            continue
        how = field_style(month, field)
        share = values.percent(Fraction(value, seen.best) - 1, 0)
        shown = values.alone(seen.best, how)
        said = _(
            "{name} is {share} above the best month ({value}, {month}).",
            name=values.name(metric),
            share=share,
            value=shown,
            month=f"{month_short(seen.best_month)} {seen.best_month.year}",
        )
        words = _("take {value}", value=shown)
        best = seen.best
        if metric.unit is Unit.MONEY:
            best = best // _ROUBLE * _ROUBLE
        return said, [Step(words, field, best)]
    return "", []
