"""The week's plan on paper."""

from collections.abc import Iterable
from datetime import date, datetime

from ropdesk import i18n
from ropdesk.domain.calendar import DayKind
from ropdesk.domain.metrics import Kind
from ropdesk.domain.week import State, days_of
from ropdesk.i18n import _
from ropdesk.reports import model
from ropdesk.reports.week_plan_model import (
    Aim,
    Mark,
    WeekAction,
    WeekGoal,
    WeekGroup,
    WeekPlanPaper,
)
from ropdesk.services import report_lines, settings
from ropdesk.services.week_lines import ActionLine
from ropdesk.services.week_view import Week, WeekDay, week
from ropdesk.store.workspace import Workspace

MARKS = {State.PLANNED: Mark.OPEN, State.DONE: Mark.DONE, State.DROPPED: Mark.DROPPED}


def title(day: date) -> str:
    """Return what the page is called: «План недели 19.10–25.10.2026»."""
    days = days_of(day)
    return _("Week's plan {days}", days=f"{i18n.day_month(days[0])}–{i18n.short_date(days[-1])}")


def paper(ws: Workspace, day: date, today: date, issued: datetime) -> WeekPlanPaper:
    """Answer the page of the week that a day lies in.

    Args:
        today: facts are counted up to it.
        issued: when the document is made, in the user's clock.
    """
    found = week(ws, day, today)
    chosen = settings.settings(ws)
    head = model.DocumentHead(*report_lines.names(chosen), title(day), "", issued)
    groups = [
        WeekGroup(
            _day_title(one), one.day, _day_note(one, found), _actions(found, found.on(one.day))
        )
        for one in found.days
    ]
    groups += [
        WeekGroup(_("Without a day"), None, "", _actions(found, found.unplaced())),
        WeekGroup(_("Left from before"), None, "", _actions(found, found.left, earlier=True)),
    ]
    return WeekPlanPaper(head, title(day), found.focus, tuple(_goals(found)), tuple(groups))


def pdf(ws: Workspace, day: date, today: date, issued: datetime) -> bytes:
    """Make the week's page as a PDF; the same plan and moment give the same bytes."""
    from ropdesk.reports.week_plan import week_plan

    return week_plan(paper(ws, day, today, issued))


def _goals(found: Week) -> Iterable[WeekGoal]:
    figures = found.goals.of(None)
    for code in found.goals.codes:
        metric, figure = found.metrics[code], figures[code]
        if figure.plan is not None:
            yield WeekGoal(
                report_lines.name_of(metric), metric.unit, metric.scale,
                report_lines.whole(metric, figure.plan), report_lines.whole(metric, figure.fact),
                metric.kind is Kind.RATIO,
            )  # fmt: skip


def _day_title(day: WeekDay) -> str:
    name = i18n.weekday_short(day.day)
    return f"{name[:1].upper()}{name[1:]} {i18n.day_month(day.day)}"


def _day_note(day: WeekDay, found: Week) -> str:
    """Say that a day is off or shortened, who is away, and whose day is too full."""
    names = {owner.id: owner.name or _("Sales head") for owner in found.owners}
    notes = []
    if not day.working:
        notes.append(day.note or _("day off"))
    elif day.kind is DayKind.SHORTENED:
        notes.append(_("shortened"))
    gone = [names[member] for member in day.away if member in names]
    if gone:
        notes.append(_("away: {names}", names=", ".join(gone)))
    full = [names[owner] for owner in day.overfull() if owner in names]
    if full:
        notes.append(_("too much: {names}", names=", ".join(full)))
    return " · ".join(notes)


def _actions(
    found: Week, lines: Iterable[ActionLine], *, earlier: bool = False
) -> tuple[WeekAction, ...]:
    """Turn actions into lines; the time of ``earlier`` ones has passed and says nothing more."""
    return tuple(
        WeekAction(
            line.title, line.owner or _("Sales head"), None if earlier else line.start,
            line.minutes,
            MARKS[line.state], _aim(found, line), line.carried, line.result,
            line.note,
        )
        for line in lines
    )  # fmt: skip


def _aim(found: Week, line: ActionLine) -> Aim | None:
    if line.metric not in found.metrics:
        return None
    metric = found.metrics[line.metric]
    return Aim(
        report_lines.name_of(metric), metric.unit, metric.scale, line.expected,
        metric.kind is Kind.RATIO,
    )  # fmt: skip
