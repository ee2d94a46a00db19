"""Sentences that the printed forms put together from numbers."""

from collections.abc import Sequence
from datetime import date

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind, Unit
from ropdesk.i18n import _
from ropdesk.reports.model import Factor, MetricLine, MonthlyReport, NextPlan, Value
from ropdesk.reports.text import NBSP, bold, markup
from ropdesk.reports.values import (
    THOUSAND,
    UNKNOWN,
    Style,
    change_text,
    headline_style,
    rounded,
    share,
    style_for,
    whole,
)

_AGAINST = (
    N_("vs January"),
    N_("vs February"),
    N_("vs March"),
    N_("vs April"),
    N_("vs May"),
    N_("vs June"),
    N_("vs July"),
    N_("vs August"),
    N_("vs September"),
    N_("vs October"),
    N_("vs November"),
    N_("vs December"),
)


def lower_first(text: str) -> str:
    """Begin with a small letter inside a sentence, but leave abbreviations alone."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def month_alone(month: date) -> str:
    """Return the month's name without the year, as a title begins: «Октябрь»."""
    return i18n.month_name(month).rsplit(" ", 1)[0]


def month_inside(month: date) -> str:
    """Return the month's name as written inside a sentence: «октябрь», but «October»."""
    name = month_alone(month)
    return name.lower() if i18n.language() == "ru" else name


def against_previous(month: date) -> str:
    """Return «к сентябрю» for October."""
    return _(_AGAINST[(month.month - 2) % 12])


def headline(report: MonthlyReport) -> str:
    """Return the result of the month in one line: «Октябрь: 11,74 из 12,00 млн ₽, 98 % плана»."""
    month = month_alone(report.month)
    if not report.headline or report.headline[0].fact is None:
        return _("{month}: no data", month=month)
    line = report.headline[0]
    look = line_style(line)
    if line.plan is None:
        fact = look.alone(line.fact, line.scale)
        return _("{month}: {fact}, no plan", month=month, fact=fact)
    fields = {
        "month": month,
        "fact": look.text(line.fact, line.scale),
        "plan": look.alone(line.plan, line.scale),
        "completion": share(line.completion),
    }
    if line.completion is None:
        return _("{month}: {fact} of {plan}", **fields)
    if report.finished:
        return _("{month}: {fact} of {plan}, {completion} of the plan", **fields)
    return _("{month}: {fact} of {plan}, {completion} of the plan to date", **fields)


def line_style(line: MetricLine) -> Style:
    """Return the style of a metric written large, alone."""
    values = (line.fact, line.plan)
    return headline_style(line.unit, line.scale, values, ratio=line.kind is Kind.RATIO)


def box_note(line: MetricLine, month: date, *, first: bool) -> str:
    """Return the words under a large number: plan, deviation, change against last month."""
    parts: list[str] = []
    look = line_style(line)
    if line.plan is None:
        parts.append(_("no plan"))
    else:
        if not first:
            parts.append(_("plan {value}", value=_spoken(line, look)))
        if line.deviation is not None:
            difference = deviation(line.deviation, line.scale, look, unit=line.unit)
            parts.append(_("{value} to plan", value=difference) if first else difference)
    if line.change is not None and (first or line.plan is None):
        change = change_text(line.change, line.unit)
        parts.append(f"{change}{i18n.THIN_SPACE}{against_previous(month)}")
    # the line may break between the parts, not inside one
    return " · ".join(part.replace(" ", NBSP) for part in parts)


def _spoken(line: MetricLine, look: Style) -> str:
    if line.unit is Unit.SHARE:
        return look.alone(line.plan, line.scale)
    return look.text(line.plan, line.scale)


def deviation(value: Value, scale: int, look: Style, *, unit: Unit) -> str:
    """Format a deviation in the style of its metric, finer where it would round to nothing."""
    amount = whole(value, scale)
    if amount is None:
        return UNKNOWN
    vanishes = amount != 0 and rounded(amount / look.divisor, look.places) == 0
    if vanishes and unit is Unit.MONEY:
        return style_for(unit, scale, [value]).change(value, scale)
    if look.difference:
        return look.change(value, scale)
    return look.text(value, scale, sign=True)


def why(report: MonthlyReport) -> str:
    """Return the reasons as paragraph markup: the exact decomposition, then the words."""
    parts: list[str] = []
    if report.deviation and report.headline and report.headline[0].deviation is not None:
        line = report.headline[0]
        parts.append(_decomposition(line, report.deviation.factors))
    if report.reasons.strip():
        parts.append(markup(report.reasons))
    return " ".join(parts)


def _decomposition(line: MetricLine, factors: Sequence[Factor]) -> str:
    values: list[Value] = [line.deviation, *(f.effect for f in factors)]
    look = style_for(line.unit, line.scale, values)
    amounts = [abs(a) for v in values if (a := whole(v, line.scale)) is not None]
    if line.unit is Unit.MONEY and max(amounts) >= 10 * THOUSAND:
        look = Style(look.divisor, 0, look.suffix)
    shown = ", ".join(
        f"{markup(lower_first(f.name))}{i18n.THIN_SPACE}"
        f"{bold(look.text(f.effect, line.scale, sign=True))}"
        for f in factors
    )
    total = look.change(line.deviation, line.scale)
    return _("Deviation {total}: {factors}.", total=markup(total), factors=shown)


def next_plan(plan: NextPlan | None, month: date) -> str:
    """Return next month's plan in a sentence or two."""
    if plan is None or plan.standard is None:
        following = plan.month if plan else month_after(month)
        return _("There is no plan for {month} yet.", month=month_inside(following))
    values = (plan.minimum, plan.standard, plan.maximum)
    look = headline_style(plan.unit, plan.scale, values, ratio=False)
    text = _("Plan {value}", value=look.alone(plan.standard, plan.scale))
    bounds = []
    if plan.minimum is not None:
        bounds.append(_("minimum {value}", value=look.text(plan.minimum, plan.scale)))
    if plan.maximum is not None:
        bounds.append(_("maximum {value}", value=look.text(plan.maximum, plan.scale)))
    if bounds:
        text += f" ({', '.join(bounds)})"
    if plan.approved_on is None:
        text += _(", not approved yet")
    else:
        text += _(", approved on {date}", date=i18n.day_month(plan.approved_on))
        text += f" ({plan.approved_by})" if plan.approved_by else ""
    text += "."
    needed = [
        f"{lower_first(r.name)}{i18n.THIN_SPACE}{_alone(r.unit, r.scale, r.value)}"
        for r in plan.required
        if r.value is not None
    ]
    needs = _("Needed: {list}.", list=", ".join(needed))
    return f"{text} {needs}" if needed else text


def _alone(unit: Unit, scale: int, value: Value) -> str:
    return style_for(unit, scale, [value]).alone(value, scale)


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def plan_line(report: MonthlyReport) -> str:
    """Say which plan the report compares with, or that there is none."""
    if report.plan is None:
        return _("No plan was set for this month: only the fact is shown.")
    state = report.plan
    text = _(
        "Compared with the plan «{scenario}», version {version}",
        scenario=state.scenario,
        version=state.version,
    )
    if state.approved_on is None:
        text += _(", not approved yet")
    else:
        text += _(", approved on {date}", date=i18n.short_date(state.approved_on))
        text += f" ({state.approved_by})" if state.approved_by else ""
    return text + "."


def days_line(report: MonthlyReport) -> str:
    """Say which days are counted: «по 22.10.2026, рабочий день 16 из 22»."""
    day = i18n.short_date(report.as_of)
    if not report.working_days:
        return _("Data up to {date}.", date=day)
    return _(
        "Data up to {date}, working days: {passed} of {total}.",
        date=day,
        passed=report.working_days_passed,
        total=report.working_days,
    )
