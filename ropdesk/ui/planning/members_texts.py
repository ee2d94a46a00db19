"""The members' table in words, with the lists below it."""

from collections.abc import Sequence
from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Metric, Unit
from ropdesk.i18n import _, integer, ngettext
from ropdesk.services.planning_capacity import Overload
from ropdesk.services.planning_reference import MemberPace, MemberPlanRow
from ropdesk.ui import values
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.planning.members_card import MembersView
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.values import Style

TOTAL = "total"
_FULL = 10_000  # basis points
_LOADS = {"calls": N_("Calls a day"), "open_deals": N_("Deals held")}
_STATES = {"tight": State.WARNING, "over": State.BAD}


def plan_style(month: MonthPlan) -> Style:
    """Return how the metric decomposed is shown and typed."""
    known = [row.value for row in month.rows] + [month.whole]
    return values.style(month.metric, known)


def members_view(month: MonthPlan) -> MembersView:
    """Put the members' card in words."""
    how = plan_style(month)
    rows = [_member(month, row, how) for row in month.rows]
    return MembersView(
        title=_("By managers"),
        hint=_("type a number, the others share the rest") if month.editable else "",
        metrics=[(metric.code, values.name(metric)) for metric in month.options],
        metric=month.metric.code,
        method=month.plan.method if month.plan is not None else "history",
        plan_heading=values.heading(_("Plan"), how),
        mean_heading=_("6-month mean"),
        rows=[*rows, _total(month, how)],
        sum_line=sum_line(month),
        locked=frozenset(row.member_id for row in month.rows if row.locked),
        editable=month.editable,
    )


def _share(points: int | None) -> str:
    return "" if points is None else values.percent(Fraction(points, _FULL))


def _member(month: MonthPlan, row: MemberPlanRow, how: Style) -> Row:
    metric = month.metric
    pinned = " · " + _("locked") if row.locked else ""
    return Row(
        row.member_id,
        (
            Cell(row.name, secondary=pinned, tooltip=row.name),
            Cell(
                "" if row.value is None else values.text(row.value, how),
                bold=True,
                editable=month.editable,
                raw=values.plain(row.value, how),
                tooltip="" if row.value is None else values.exact(metric, row.value),
                sort_key=row.value,
            ),
            Cell(_share(row.share), sort_key=row.share),
            Cell(_share(row.ramp), sort_key=row.ramp),
            Cell(integer(row.days), sort_key=row.days),
            _past(month, row.mean, how),
            _past(month, row.best, how),
            _load(row),
        ),
        tooltip=_whole_row(month, row),
    )


def _past(month: MonthPlan, value: int | None, how: Style) -> Cell:
    exact = "" if value is None else values.exact(month.metric, value)
    return Cell(values.text(value, how), muted=True, sort_key=value, tooltip=exact)


def _load(row: MemberPlanRow) -> Cell:
    if row.capacity is None:
        return Cell(values.UNKNOWN, muted=True, tooltip=_("No past to compare with yet"))
    share = Fraction(row.capacity, _FULL)
    state = _STATES.get(row.level, State.ACCENT)
    mark = "\u26a0 " if state is State.BAD else ""
    return Cell(
        mark + values.percent(share),
        bar=float(share),
        state=state,
        sort_key=row.capacity,
        tooltip=_load_words(row),
    )


def _load_words(row: MemberPlanRow) -> str:
    words = {
        "over": _("More than the manager has ever carried, or than the limit allows"),
        "tight": _("Almost as much as the manager has ever carried"),
    }.get(row.level, _("Within what the manager has carried before"))
    if row.open_deals is None:
        return words
    limit = values.UNKNOWN if row.deal_limit is None else integer(row.deal_limit)
    held = _("Deals held now: {n}, limit: {limit}", n=integer(row.open_deals), limit=limit)
    return f"{words}\n{held}"


def _whole_row(month: MonthPlan, row: MemberPlanRow) -> str:
    """Say what narrow windows leave out."""
    return "\n".join(
        (
            row.name,
            _("Norm {norm}, working days {days}", norm=_share(row.ramp), days=integer(row.days)),
            _(
                "Mean of 6 months {mean}, best {best}",
                mean=values.exact(month.metric, row.mean),
                best=values.exact(month.metric, row.best),
            ),
        )
    )


def _total(month: MonthPlan, how: Style) -> Row:
    means = [row.mean for row in month.rows if row.mean is not None]
    mean = sum(means) if means else None
    whole = month.whole
    by_members = month.plan is not None and _is_sum(month)
    tooltip = "" if whole is None else values.exact(month.metric, whole)
    return Row(
        TOTAL,
        (
            Cell(_("Department"), bold=True, secondary=" · " + _("sum") if by_members else ""),
            Cell(
                "" if whole is None else values.text(whole, how),
                bold=True,
                editable=month.editable,
                raw=values.plain(whole, how),
                tooltip=tooltip,
            ),
            Cell(_share(_FULL) if whole and month.rows else "", bold=True),
            Cell(),
            Cell(),
            Cell("" if mean is None else values.text(mean, how), bold=True),
            Cell(),
            Cell(),
        ),
        pin=Pin.LAST,
    )


def _is_sum(month: MonthPlan) -> bool:
    """Say whether the department's plan is only the sum of the members'."""
    if month.plan is None:
        return False
    cell = month.plan.values.get((month.scenario, month.metric.code, None))
    return cell is not None and not cell.locked


def sum_line(month: MonthPlan) -> str:
    """Say that the parts make the whole exactly, or by how much they do not."""
    whole = month.whole
    if whole is None:
        return ""
    if not month.rows:
        return _("There are no managers this month: the plan is the department's alone.")
    parts = sum(row.value or 0 for row in month.rows)
    exact = values.exact(month.metric, whole)
    if parts == whole:
        if _is_sum(month):
            return _("The department's plan is the sum of the managers': {value}.", value=exact)
        return _("The sum is exact: {value}.", value=exact)
    gap = values.exact(month.metric, abs(whole - parts))
    if parts < whole:
        return _(
            "The managers' plans are {gap} below the department's {value}.", gap=gap, value=exact
        )
    return _("The managers' plans are {gap} above the department's {value}.", gap=gap, value=exact)


# -- loads


SPARE = ("left", "days")  # of both lists below the members, where there is little room


def load_columns() -> list[Column]:
    """Return the columns of the list of loads."""
    return [
        Column("name", _("Manager"), Align.LEFT, stretch=True),
        Column("what", _("Plan / most so far"), Align.LEFT),
        Column("share", "%"),
    ]


def load_rows(month: MonthPlan) -> list[Row]:
    """Return a row for each member with little room; its key leads to the plan's cell."""
    return [_load_row(month, many) for many in _by_member(month.overloads)]


def _by_member(overloads: Sequence[Overload]) -> list[list[Overload]]:
    """Gather the loads of each member, in the order of their worst."""
    found: dict[int, list[Overload]] = {}
    for one in overloads:
        found.setdefault(one.member_id, []).append(one)
    return list(found.values())


def _load_row(month: MonthPlan, many: Sequence[Overload]) -> Row:
    worst = many[0]
    share = None if worst.share is None else Fraction(worst.share, _FULL)
    name, planned, bound = _compared(month, worst)
    more = f" · +{len(many) - 1}" if len(many) > 1 else ""
    words = "\n".join([worst.name, *(overload_words(month, one) for one in many)])
    return Row(
        (worst.member_id, worst.metric),
        (
            Cell(worst.name, tooltip=words),
            Cell(f"{name} {planned}".strip(), secondary=f" / {bound}{more}", tooltip=words),
            Cell(
                values.percent_number(share),
                chip=True,
                state=_STATES.get(worst.level, State.NEUTRAL),
                sort_key=worst.share,
                tooltip=words,
            ),
        ),
    )


def _amount(month: MonthPlan, one: Overload, value: int | None) -> str:
    metric = month.metrics[one.metric]
    return values.headline(metric, value)


def _planned(month: MonthPlan, one: Overload) -> str:
    amount = _amount(month, one, one.planned)
    return f"{_load_name(month.metrics[one.metric])} {amount}"


def _load_name(metric: Metric) -> str:
    return _(_LOADS[metric.code]) if metric.code in _LOADS else values.short_name(metric)


def _compared(month: MonthPlan, one: Overload) -> tuple[str, str, str]:
    """Return what is loaded, how much is planned, and the most so far or the limit."""
    metric = month.metrics[one.metric]
    bound = one.best if one.limit is None else one.limit
    if metric.unit is Unit.MONEY:  # roubles say by themselves what they are
        return "", values.headline(metric, one.planned), values.headline(metric, bound)
    how = values.style(metric, [one.planned, bound])
    name = _load_name(metric)
    return values.heading(name, how), values.text(one.planned, how), values.text(bound, how)


def overload_words(month: MonthPlan, one: Overload) -> str:
    """Say one load in a few words: what is planned, and of what bound."""
    share = _share(one.share) or values.UNKNOWN
    planned, bound = _planned(month, one), _bound(month, one)
    return _("{planned}: {share} of {bound}", planned=planned, share=share, bound=bound)


def _bound(month: MonthPlan, one: Overload) -> str:
    if one.limit is not None:
        return _("the limit of {limit}", limit=_amount(month, one, one.limit))
    return _("the best so far ({best})", best=_amount(month, one, one.best))


def overload_lines(month: MonthPlan, overloads: Sequence[Overload]) -> list[str]:
    """Say the loads before approval, a line for each member, the worst first."""
    return [
        f"{many[0].name}: {'; '.join(overload_words(month, one) for one in many)}"
        for many in _by_member(overloads)
    ]


def loads_title(month: MonthPlan) -> str:
    """Return the heading of the list of loads."""
    count = len(_by_member(month.overloads))
    if not count:
        return _("Before approval")
    return ngettext(
        "Before approval: {n} manager to look at", "Before approval: {n} managers to look at", count
    )


# -- what each day needs


def pace_columns(month: MonthPlan) -> list[Column]:
    """Return the columns of what each member's days need."""
    daily = values.heading(_("A day"), values.style(month.metric, _daily(month.paces)))
    columns = [Column("name", _("Manager"), Align.LEFT, stretch=True)]
    if _begun(month):
        left = values.heading(_("To go"), plan_style(month))
        return [*columns, Column("left", left), Column("pace", daily)]
    return [*columns, Column("days", _("Workdays")), Column("pace", daily)]


def _begun(month: MonthPlan) -> bool:
    return month.as_of >= month.month


def _daily(paces: Sequence[MemberPace]) -> list[int | None]:
    return [one.per_day for one in paces]


def pace_rows(month: MonthPlan) -> list[Row]:
    """Return what each member's remaining days must bring."""
    how = plan_style(month)
    daily = values.style(month.metric, _daily(month.paces))
    names = {row.member_id: row.name for row in month.rows}
    rows = []
    for one in month.paces:
        cells = [Cell(names[one.member_id], tooltip=names[one.member_id])]
        if _begun(month):
            cells += [_left_cell(month, one, how)]
        else:
            cells += [Cell(integer(one.days_left), sort_key=one.days_left)]
        cells += [_pace_cell(month, one, daily)]
        rows.append(Row(one.member_id, tuple(cells)))
    return rows


def _left_cell(month: MonthPlan, one: MemberPace, how: Style) -> Cell:
    left = max(0, one.plan - one.fact)
    tooltip = _(
        "Plan {plan}, fact {fact}",
        plan=values.exact(month.metric, one.plan),
        fact=values.exact(month.metric, one.fact),
    )
    return Cell(values.text(left, how), muted=True, sort_key=left, tooltip=tooltip)


def _pace_cell(month: MonthPlan, one: MemberPace, daily: Style) -> Cell:
    if one.per_day == 0:
        return Cell("\u2713", tooltip=_("The plan is reached"), sort_key=0)
    if one.per_day is None:
        return Cell(values.UNKNOWN, tooltip=_("No working day is left"))
    tooltip = _(
        "{value} on each of the {days} left",
        value=values.exact(month.metric, one.per_day),
        days=ngettext("{n} working day", "{n} working days", one.days_left),
    )
    shown = values.text(one.per_day, daily)
    return Cell(shown, bold=True, sort_key=one.per_day, tooltip=tooltip)
