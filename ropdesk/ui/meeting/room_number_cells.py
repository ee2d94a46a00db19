"""The numbers of a meeting as a table: fact, plan, completion, plan to come, promises."""

from datetime import date

from ropdesk.domain import facts
from ropdesk.domain.metrics import Kind
from ropdesk.domain.months import month_end
from ropdesk.domain.team import AbsenceKind
from ropdesk.i18n import _, day_month, month_short
from ropdesk.services.investigation_words import ABSENCES
from ropdesk.services.meeting_numbers import MemberNumbers, Numbers
from ropdesk.ui import values
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Pin, Row
from ropdesk.ui.values import Style

TOTAL = 0
GOAL = "goal"


def style_of(numbers: Numbers) -> Style:
    """Choose the unit of the whole table."""
    every = [*numbers.members, numbers.department]
    how = values.style(numbers.metric, [v for n in every for v in (n.fact, n.plan, n.goal)])
    if how.divisor >= values.THOUSAND * numbers.metric.scale:
        return Style(how.divisor, 0, how.unit)  # hundreds of roubles only disturb at a meeting
    return how


def title(numbers: Numbers) -> str:
    """Name the metric with the unit of its table: «Поступления, т₽»."""
    return values.heading(values.name(numbers.metric), style_of(numbers))


def days_words(first: date, last: date, today: date) -> str:
    """Say some days shortly: «вчера», «сегодня», «21.10», «12–18.10», «окт»."""
    if first.day == 1 and last == month_end(first):
        return month_short(first)
    if first != last:
        same = (first.year, first.month) == (last.year, last.month)
        begin = str(first.day) if same else day_month(first)
        return _("{first}–{last}", first=begin, last=day_month(last))
    known = {0: _("today"), -1: _("yesterday"), 1: _("tomorrow")}
    return known.get((first - today).days, day_month(first))


def columns(numbers: Numbers, today: date) -> tuple[Column, ...]:
    """Return the columns with the days in their headings; the unit stands in the title."""
    spans = numbers.spans
    past = days_words(spans.fact_first, spans.fact_last, today)
    ahead = days_words(spans.plan_first, spans.plan_last, today)
    return (
        Column("name", _("Member"), Align.LEFT, stretch=True),
        Column("fact", _("Fact {days}", days=past)),
        Column("plan", _("Plan")),
        Column("completion", _("Compl.")),
        Column(GOAL, _("Plan {days}", days=ahead),
               tooltip=_("Type the plan that is agreed; Enter goes to the next member.")),
        Column("promises", _("Promises"),
               tooltip=_("Promises of the days passed: how many are kept of those due.")),
    )  # fmt: skip


def rows(numbers: Numbers, *, editable: bool) -> list[Row]:
    """Return a row for each member, and the department's below."""
    how = style_of(numbers)
    return [
        *(_row(numbers, each, how, editable=editable) for each in numbers.members),
        _row(numbers, numbers.department, how, editable=False),
    ]


def _row(numbers: Numbers, each: MemberNumbers, how: Style, *, editable: bool) -> Row:
    metric, total = numbers.metric, each.member_id == TOTAL
    away = f" · {absence(each)}" if each.away else ""
    state = facts.state(each.completion, metric.better)
    share = values.completion(each.completion, metric.better)
    return Row(
        each.member_id,
        (
            Cell(_("Department") if total else each.name, bold=total,
                 tooltip=f"{each.name}{away}"),
            Cell(values.text(each.fact, how), bold=total, sort_key=_key(each.fact),
                 tooltip=_("{fact}, plan {plan}", fact=values.exact(metric, each.fact),
                           plan=values.exact(metric, each.plan))),
            Cell(values.text(each.plan, how), muted=True, tooltip=_plan_words(numbers, each),
                 sort_key=_key(each.plan)),
            _completion(each, values.joined(share, "%"), State(state.value)),
            Cell("" if each.goal is None and each.away else values.text(each.goal, how),
                 bold=True, editable=editable, behind=absence(each),
                 raw=values.plain(each.goal, how), marked=each.goal_agreed and not total,
                 tooltip=_goal_words(numbers, each), sort_key=_key(each.goal)),
            _promises(each, bold=total),
        ),
        pin=Pin.LAST if total else Pin.NONE,
    )  # fmt: skip


def absence(each: MemberNumbers) -> str:
    """Say why a member is away; empty for somebody who is not."""
    return _(ABSENCES[AbsenceKind(each.away)]) if each.away else ""


def _completion(each: MemberNumbers, share: str, state: State) -> Cell:
    if each.completion is not None:
        return Cell(share, chip=True, state=state, sort_key=_key(each.completion))
    return Cell(values.UNKNOWN, muted=True)


def _key(value: values.Value) -> float | None:
    return None if value is None else float(value)


def _plan_words(numbers: Numbers, each: MemberNumbers) -> str:
    exact = values.exact(numbers.metric, each.plan)
    if not each.agreed:
        return exact
    board = values.exact(numbers.metric, each.board_plan)
    return _("{plan}, agreed at a meeting; in the plan {board}", plan=exact, board=board)


def _goal_words(numbers: Numbers, each: MemberNumbers) -> str:
    exact = values.exact(numbers.metric, each.goal)
    if not each.goal_agreed:
        return exact
    board = values.exact(numbers.metric, each.board_goal)
    return _("{plan}, agreed at a meeting; in the plan {board}", plan=exact, board=board)


def _promises(each: MemberNumbers, *, bold: bool) -> Cell:
    if not each.promises_due:
        return Cell(values.UNKNOWN, muted=True)
    kept = each.promises_kept or 0
    text = f"{kept} / {each.promises_due}"
    tooltip = _("{kept} of {due} promises kept", kept=kept, due=each.promises_due)
    return Cell(text, bold=bold, tooltip=tooltip, sort_key=kept / each.promises_due)


def typed(numbers: Numbers, edits: list[Edit]) -> list[tuple[int, int | None]]:
    """Read what was typed into the plans: member id and stored value, None where it is cleared.

    Raises:
        DomainError: a text that is no number.
    """
    how = style_of(numbers)
    return [
        (edit.row, values.parse(numbers.metric, edit.text, how))
        for edit in edits
        if edit.column == GOAL and isinstance(edit.row, int) and edit.row != TOTAL
    ]


def can_be_agreed(numbers: Numbers) -> bool:
    """Say whether a plan of the metric can be agreed member by member."""
    return numbers.metric.kind is not Kind.RATIO
