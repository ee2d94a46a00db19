"""The day of the sales head: what was yesterday, what today needs, who is there, what is held.

Promises, tasks, duties and signals have services of their own; the page asks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.meetings import DAILY
from ropdesk.domain.meetings import State as MeetingState
from ropdesk.domain.months import add_months, month_end
from ropdesk.domain.planning import required_pace
from ropdesk.domain.team import AbsenceKind, Member, next_birthday, present_days
from ropdesk.domain.week import State as ActionState
from ropdesk.services import board, calendar, meetings, settings, team
from ropdesk.services.board import STANDARD, Board, PlanState, plan_state
from ropdesk.services.forecast import Outlook, Seer
from ropdesk.services.meeting_lines import MeetingLine
from ropdesk.services.meeting_numbers import METRIC, Numbers, numbers
from ropdesk.services.week_lines import ActionLine, lines_of, member_names
from ropdesk.store.plain import rows

BIRTHDAYS_AHEAD = 7  # days
PROBATION_AHEAD = 14
SCENARIOS = ("minimum", STANDARD, "maximum")
SINCE_WEEK = timedelta(7)


class NewsKind(StrEnum):
    """Why somebody is named on the day's page."""

    AWAY = "away"
    BACK = "back"
    BIRTHDAY = "birthday"
    PROBATION = "probation"
    STARTS = "starts"
    LEAVES = "leaves"


@dataclass(frozen=True, slots=True)
class News:
    """Somebody to think of today.

    Attributes:
        day: the last day away, the birthday, the end of the probation, the day of the change.
        absence: the kind of an absence, else None.
    """

    kind: NewsKind
    member_id: int
    name: str
    day: date
    absence: AbsenceKind | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What today must bring of one member's plan of the month.

    Attributes:
        need: (plan − fact up to yesterday) ÷ their working days left, today included, rounded up;
            0 when the plan is reached, None without a plan or without a day left.
        away: whether they are away today.
    """

    member_id: int
    name: str
    plan: int | None
    fact: int | None
    days_left: int
    need: int | None
    away: bool


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable it is that the month reaches a scenario, and how probable a day earlier."""

    scenario: str
    target: int
    chance: Fraction
    before: Fraction | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the sales head.

    Attributes:
        working: whether it is a working day.
        number, of: which working day of the month it is; of a day off, how many have passed.
        numbers: what the morning's coordination shows; None without members.
        need: what the department must bring today to reach the standard plan.
        fact_today: what it has brought already; None while there are no facts of the day.
        plan: which plan the month is measured by.
        chances: by scenario with a plan, where there is enough past.
        meetings: today's, by time; skipped ones too.
        actions: today's actions of the sales head that have an hour.
        next_plan: which plan the coming month has.
    """

    day: date
    working: bool
    number: int
    of: int
    numbers: Numbers | None
    need: int | None
    fact_today: int | None
    days_left: int
    needs: tuple[Need, ...]
    plan: PlanState
    next_plan: PlanState
    chances: tuple[Chance, ...]
    meetings: tuple[MeetingLine, ...]
    actions: tuple[ActionLine, ...]
    news: tuple[News, ...]


def day(connection: Connection, today: date) -> Day:
    """Gather the day."""
    work = calendar.load(connection, settings.load(connection))
    people = team.load(connection)
    month = today.replace(day=1)
    working = work.working_days(month, month_end(month))
    shown = _board(connection, today)
    figure = shown.department[METRIC]
    left = sum(one >= today for one in working)
    return Day(
        day=today,
        working=work.is_working(today),
        number=sum(one <= today for one in working),
        of=len(working),
        numbers=_numbers(connection, today, shown) if people.members else None,
        need=_pace(figure.plan, figure.fact, left),
        fact_today=_fact(connection, today),
        days_left=left,
        needs=_needs(shown, people, working, today),
        plan=shown.plan,
        next_plan=plan_state(connection, add_months(month, 1)),
        chances=_chances(connection, shown, today, work),
        meetings=tuple(meetings.on_day(connection, today)),
        actions=_actions(connection, today, work),
        news=_news(people, today, work),
    )


def _board(connection: Connection, today: date) -> Board:
    """Read the month up to yesterday: what today brings is what is asked for."""
    month = today.replace(day=1)
    return board.read(connection, month, today - timedelta(1), codes=(METRIC,))


def _fact(connection: Connection, today: date) -> int | None:
    found = rows(
        connection, "SELECT sum(value) FROM daily_value WHERE day = ? AND +metric = ?",
        (today.isoformat(), METRIC),
    )  # fmt: skip
    value: int | None = found[0][0]
    return value


def _numbers(connection: Connection, today: date, month: Board) -> Numbers:
    morning = MeetingLine(
        ref=0, id=None, kind=DAILY, title="", day=today, start=None, minutes=0, place="",
        state=MeetingState.PLANNED,
    )  # fmt: skip
    return numbers(connection, morning, today, month=month)


def _pace(plan: board.Value, fact: board.Value, days_left: int) -> int | None:
    if plan is None:
        return None
    return required_pace(int(plan), int(fact or 0), days_left)


def _needs(
    shown: Board, people: team.Team, working: tuple[date, ...], today: date
) -> tuple[Need, ...]:
    found = []
    for line in shown.members:
        figure = line.figures[METRIC]
        there = present_days(line.member, people.absences, working)
        left = sum(one >= today for one in there)
        plan, fact = _whole(figure.plan), _whole(figure.fact)
        found.append(
            Need(line.member.id, line.member.name, plan, fact, left, _pace(plan, fact, left),
                 today in working and today not in there)
        )  # fmt: skip
    return tuple(found)


def _whole(value: board.Value) -> int | None:
    return None if value is None else int(value)


def _chances(
    connection: Connection, shown: Board, today: date, work: WorkCalendar
) -> tuple[Chance, ...]:
    targets = _targets(connection, shown.plan.id)
    if not targets:
        return ()
    seer = Seer.within(connection, shown.month, (METRIC,), members=False)
    now = seer.read(connection, today - timedelta(1))
    earlier = work.working_days(shown.month, today - timedelta(1))[:-1]
    before = seer.read(connection, earlier[-1]) if earlier else None
    found = []
    for scenario in SCENARIOS:
        if scenario in targets and (chance := _chance(now, targets[scenario])) is not None:
            was = _chance(before, targets[scenario]) if before else None
            found.append(Chance(scenario, targets[scenario], chance, was))
    return tuple(found)


def _chance(outlook: Outlook, target: int) -> Fraction | None:
    return outlook.chance(METRIC, target)


def _targets(connection: Connection, plan_id: int | None) -> Mapping[str, int]:
    found = rows(
        connection,
        "SELECT scenario, value FROM plan_value "
        "WHERE plan_id = ? AND metric = ? AND member_id IS NULL AND value > 0",
        (plan_id, METRIC),
    )
    return dict(found)


def _actions(connection: Connection, today: date, work: WorkCalendar) -> tuple[ActionLine, ...]:
    return tuple(
        line
        for line in lines_of(connection, today, work, member_names(connection))
        if line.day == today
        and line.start is not None
        and line.member_id is None
        and line.state is not ActionState.DROPPED
    )


def _news(people: team.Team, today: date, work: WorkCalendar) -> tuple[News, ...]:
    here = {member.id: member for member in people.active(today, today + timedelta(1))}
    found = [
        News(NewsKind.AWAY, gap.member_id, here[gap.member_id].name, gap.end, gap.kind)
        for gap in people.absences
        if gap.start <= today <= gap.end and gap.member_id in here
    ]
    away = {one.member_id for one in found}
    yesterday = work.working_days(today - SINCE_WEEK * 2, today - timedelta(1))[-1:]
    for gap in people.absences:
        if gap.member_id in here and gap.member_id not in away and yesterday:
            member = here[gap.member_id]
            if gap.start <= yesterday[0] <= gap.end and gap.end < today:
                found.append(News(NewsKind.BACK, member.id, member.name, today, gap.kind))
    for member in here.values():
        found += _of_member(member, today)
    return tuple(found)


def _of_member(member: Member, today: date) -> list[News]:
    found = []
    if member.birthday is not None:
        coming = next_birthday(member.birthday, today)
        if coming - today <= timedelta(BIRTHDAYS_AHEAD):
            found.append(News(NewsKind.BIRTHDAY, member.id, member.name, coming))
    ends = member.probation_until
    if ends is not None and timedelta() <= ends - today <= timedelta(PROBATION_AHEAD):
        found.append(News(NewsKind.PROBATION, member.id, member.name, ends))
    if member.hired is not None and today <= member.hired <= today + timedelta(1):
        found.append(News(NewsKind.STARTS, member.id, member.name, member.hired))
    if member.left is not None and today <= member.left <= today + SINCE_WEEK:
        found.append(News(NewsKind.LEAVES, member.id, member.name, member.left))
    return found
