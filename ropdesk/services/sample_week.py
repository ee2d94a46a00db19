"""The sample's action plan: the last week mostly done, this one as it stands on its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ropdesk.domain.week import Away, away, days_of, monday
from ropdesk.i18n import _
from ropdesk.services import calendar, team, week, week_series
from ropdesk.services.week_lines import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace

HOUR = 60
IVANOVA, PETROV, SIDORENKO = "Иванова Мария", "Петров Алексей", "Сидоренко Ольга"
GALIEV, KIM, ORLOV = "Галиев Тимур", "Ким Дарья", "Орлов Никита"


@dataclass(frozen=True, slots=True)
class _Action:
    """An action of the sample: weekday and time (None: not on the grid), what came of it."""

    title: str
    weekday: int | None
    start: int | None
    minutes: int
    owner: str = ""
    metric: str = ""
    expected: int | None = None
    result: str | None = None


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Fill last week and this one.

    Args:
        members: ids by the names of the sample's sellers.
    """
    this = monday(today)
    last = this - timedelta(7)
    _recurring(ws, last, today)
    week.set_focus(ws, last, _("Bring the trainees' calls back to the standard"))
    week.set_focus(ws, this, _("Close the invoices issued before the 15th; Petrov's average check"))
    for first, actions in ((last, _last_week()), (this, _this_week())):
        made = week.add(ws, [_new(ws, first, action, members) for action in actions])
        for id_, action in zip(made, actions, strict=True):
            if action.result is None:
                continue
            day = first + timedelta(action.weekday or 0)
            if day <= today:
                week.finish(ws, id_, day, action.result)


def _recurring(ws: Workspace, first: date, today: date) -> None:
    daily = NewAction(
        title=_("Statistics of the day"), week=first, start=18 * HOUR - 15, minutes=15
    )
    weekly = NewAction(
        title=_("Review of overdue deals in the CRM"), week=first, start=16 * HOUR, minutes=45,
        metric="overdue_tasks", expected=-5,
    )  # fmt: skip
    for action, weekdays in ((daily, (0, 1, 2, 3, 4)), (weekly, (4,))):
        series = week_series.add_series(ws, action, Repeat(weekdays, first))
        for line in [*week.week(ws, first, today).lines, *week.week(ws, today, today).lines]:
            if isinstance(line.ref, Occurrence) and line.ref.series_id == series:
                done = line.day
                if done is not None and done < today:
                    week.finish(ws, line.ref, done)


def _new(ws: Workspace, first: date, action: _Action, members: Mapping[str, int]) -> NewAction:
    people, days = team.team(ws), calendar.calendar(ws)
    member_id = members[action.owner] if action.owner else None
    day = None if action.weekday is None else days_of(first)[action.weekday]
    owner = None if member_id is None else people.members[member_id]
    if day is not None and away(days, day, owner, people.absences) is not Away.NO:
        day = None
    return NewAction(
        title=action.title, week=first, day=day, start=action.start, minutes=action.minutes,
        member_id=member_id, metric=action.metric, expected=action.expected,
    )  # fmt: skip


def _last_week() -> list[_Action]:
    return [
        _Action(_("Listen to ten calls of Kim and Orlov"), 0, 10 * HOUR, 90, "", "conversion", 100,
                _("Both skip the question about the budget; a script was given")),
        _Action(_("Pair training: objection «expensive»"), 1, 11 * HOUR, 60, KIM, "conversion",
                150, _("Six rounds; wants one more next week")),
        _Action(_("Call the lost deals of last month again"), 2, 10 * HOUR, 120, GALIEV,
                "inquiries", 4, _("Eleven calls, three came back")),
        _Action(_("Agree with marketing on the criteria of an inquiry"), 3, 14 * HOUR, 60, "",
                "inquiries", 10, _("Criteria written down, to be signed by Friday")),
        _Action(_("Visit Stroysnab together"), 4, 11 * HOUR, 150, PETROV, "average_check",
                200_000),
        _Action(_("Individual talk with Orlov about the ramp-up"), 4, 15 * HOUR, 45, ORLOV,
                "calls", 20),
    ]  # fmt: skip


def _this_week() -> list[_Action]:
    return [
        _Action(_("Review three negotiations of Petrov"), 0, 11 * HOUR, 90, PETROV,
                "average_check", 150_000, _("Gives the discount before it is asked for")),
        _Action(_("Pair training: objection «expensive»"), 1, 11 * HOUR, 60, KIM, "conversion",
                100, _("Four rounds, two without a hint")),
        _Action(_("List of invoices without payment"), 1, 15 * HOUR, 60, SIDORENKO, "receipts",
                40_000_000, _("Nineteen invoices, promised by Friday: nine")),
        _Action(_("Help to close Promcomplect"), 2, 14 * HOUR, 90, IVANOVA, "receipts",
                25_000_000),
        _Action(_("Second proposal with a dearer option in every deal from 100 thousand"), 3,
                10 * HOUR, 60, PETROV, "average_check", 100_000),
        _Action(_("Ten calls to customers of last year"), 3, 14 * HOUR, 90, GALIEV, "inquiries",
                3),
        _Action(_("Sign the lead agreement for the next month"), 4, 11 * HOUR, 45, "",
                "inquiries", 15),
        _Action(_("Draft of the plan for the next month"), 4, 13 * HOUR + 30, 120),
        _Action(_("Interview: sales manager"), None, None, 60),
        _Action(_("Commercial proposal template for service contracts"), None, None, 90, SIDORENKO,
                "conversion", 50),
    ]  # fmt: skip
