"""What a week holds: its days and their room, goals, actions, and what was left from before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.meetings import State as MeetingState
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.team import Member
from ropdesk.domain.week import Away, Room, State, away, capacity, days_of, shown_days
from ropdesk.domain.week import monday as monday_of
from ropdesk.services import calendar, meeting_kinds, meetings, metrics, settings, team
from ropdesk.services.meeting_lines import MeetingLine
from ropdesk.services.team import Team
from ropdesk.services.week_effects import ActionEffect, read_effect
from ropdesk.services.week_goals import Goals, read_goals
from ropdesk.services.week_lines import ActionLine, Ref, lines_of, member_names, read_lines
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

HEAD: int | None = None  # the sales head among the owners


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting that takes room in a day.

    Attributes:
        team: whether it takes the department's time too, not only the sales head's.
    """

    line: MeetingLine
    team: bool

    def takes(self, member_id: int | None) -> bool:
        """Say whether it takes a person's time; the sales head is None."""
        return self.team or member_id is None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of a week.

    Attributes:
        note: what the sales head wrote on it in the calendar.
        rooms: how full the day is, by owner (None is the sales head), meetings included.
        away: who does not work though the department does, by member.
        held: its meetings by time, without those left out.
    """

    day: date
    kind: DayKind
    note: str
    rooms: Mapping[int | None, Room]
    away: Mapping[int, Away]
    held: tuple[HeldMeeting, ...] = ()

    @property
    def working(self) -> bool:
        """Whether the department works."""
        return self.kind is not DayKind.DAY_OFF

    def overfull(self) -> list[int | None]:
        """List the owners with more on the day than it holds."""
        return [owner for owner, room in self.rooms.items() if room.over]


@dataclass(frozen=True, slots=True)
class Owner:
    """Someone who can be given an action; the id of the sales head is None."""

    id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week's action plan.

    Attributes:
        days: those a grid shows.
        lines: all its actions by day and time, those without a day last; what was dropped too.
        left: actions of weeks that have passed, waiting still, oldest first; recurring ones come
            again by themselves and are not among them. A week that has passed itself has none.
        owners: who works in the department in this week, the sales head first.
        effects: of the done actions that name a metric.
    """

    monday: date
    as_of: date
    days: tuple[WeekDay, ...]
    focus: str
    lines: tuple[ActionLine, ...]
    left: tuple[ActionLine, ...]
    owners: tuple[Owner, ...]
    metrics: Metrics
    goals: Goals
    effects: Mapping[Ref, ActionEffect]

    def unplaced(self) -> list[ActionLine]:
        """List the actions that have no day yet."""
        return [line for line in self.lines if line.day is None]

    def on(self, day: date) -> list[ActionLine]:
        """List the actions of a day, by time."""
        return [line for line in self.lines if line.day == day]


def week(ws: Workspace, day: date, as_of: date) -> Week:
    """Answer the action plan of the week that a day lies in.

    Args:
        as_of: today: facts are counted up to it, and what lies before it is overdue.
    """
    first = monday_of(day)
    with ws.read() as connection:
        chosen = settings.load(connection)
        work = calendar.load(connection, chosen)
        people, known = team.load(connection), metrics.load(connection)
        names = member_names(connection)
        lines = lines_of(connection, first, work, names)
        left = read_lines(
            connection, names, "week < ? AND state = 'planned' AND series_id IS NULL",
            (monday_of(as_of).isoformat(),),
        ) if first >= monday_of(as_of) else []  # fmt: skip
        note = rows(connection, "SELECT text FROM week_note WHERE week = ?", (first.isoformat(),))
        notes = {on: text for on, (_kind, text) in calendar.load_edits(connection).items()}
        goals = read_goals(connection, known, chosen.board, first, as_of)
        held = held_meetings(connection, first)
        effects = {
            line.ref: effect
            for line in lines
            if (effect := read_effect(connection, known, line, as_of)) is not None
        }
    here = people.active(first, days_of(first)[-1])
    used = {line.day for line in lines if line.day is not None}
    return Week(
        first, as_of,
        tuple(
            _day(on, work, people, here, lines, notes.get(on, ""), held.get(on, ()))
            for on in shown_days(first, work, used)
        ),
        note[0][0] if note else "", tuple(lines), tuple(left),
        (Owner(HEAD, chosen.sales_head), *(Owner(m.id, m.name) for m in here)),
        known, goals, effects,
    )  # fmt: skip


def _day(
    on: date,
    work: WorkCalendar,
    people: Team,
    here: Iterable[Member],
    lines: Iterable[ActionLine],
    note: str,
    held: tuple[HeldMeeting, ...],
) -> WeekDay:
    busy: dict[int | None, int] = defaultdict(int)
    for line in lines:
        if line.day == on and line.state is not State.DROPPED:
            busy[line.member_id] += line.minutes
    owners: list[Member | None] = [None, *here]
    gaps = people.absences
    rooms = {}
    for owner in owners:
        who = None if owner is None else owner.id
        works = capacity(work, on, owner, gaps)
        meeting = sum(one.line.minutes for one in held if one.takes(who)) if works else 0
        rooms[who] = Room(works, busy[who] + meeting)
    gone = {
        member.id: why
        for member in here
        if (why := away(work, on, member, gaps)) not in {Away.NO, Away.DAY_OFF}
    }
    return WeekDay(on, work.kind(on), note, rooms, gone, held)


def held_meetings(connection: Connection, week: date) -> dict[date, tuple[HeldMeeting, ...]]:
    """List a week's meetings by day, without those left out."""
    days = days_of(week)
    with_team = {kind.code: kind.team for kind in meeting_kinds.kinds(connection, hidden=True)}
    found: dict[date, tuple[HeldMeeting, ...]] = {}
    for line in meetings.between(connection, days[0], days[-1]):
        if line.state is not MeetingState.SKIPPED:
            one = HeldMeeting(line, with_team.get(line.kind, False))
            found[line.day] = (*found.get(line.day, ()), one)
    return found
