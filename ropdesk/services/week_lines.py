"""The rows of the week's action plan as values: actions, and what they are called by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.week import (
    Away,
    State,
    away,
    checked_time,
    days_of,
    monday,
    occurrences,
    weekdays_of,
)
from ropdesk.services import calendar, metrics, team
from ropdesk.store.plain import rows


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring action, by the day its weekday names."""

    series_id: int
    day: date


Ref = int | Occurrence
"""What an action is called by: its row's id, or the time of a recurring one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """An action to be added.

    Attributes:
        week: any day of the week it belongs to.
        day: None leaves it to be put on the grid later.
        start: minutes after midnight; None for any time of the day.
        member_id: who does it; None is the sales head.
        metric: code of the metric it is for, or empty.
        expected: the change expected over the week after it, in the metric's stored parts.
    """

    title: str
    week: date
    day: date | None = None
    start: int | None = None
    minutes: int = 30
    member_id: int | None = None
    metric: str = ""
    expected: int | None = None
    investigation_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action of a week.

    Attributes:
        ref: what it is called by in every change.
        owner: the member's name; empty for the sales head.
        week, origin_week: Mondays of the week it stands in and of the one it was first planned for.
        state: planned, done or dropped.
        result: what came of it, or why it was dropped.
        carried: how often it was put off to a later week.
        series_id, series_day: of a recurring action.
    """

    ref: Ref
    title: str
    week: date
    origin_week: date
    day: date | None
    start: int | None
    minutes: int
    member_id: int | None
    owner: str
    metric: str
    expected: int | None
    state: State
    done_on: date | None
    result: str
    carried: int
    note: str
    investigation_id: int | None
    series_id: int | None
    series_day: date | None

    def overdue(self, today: date) -> bool:
        """Whether its day, or its whole week, has passed without it."""
        last = self.day or days_of(self.week)[-1]
        return self.state is State.PLANNED and last < today

    @property
    def recurring(self) -> bool:
        """Whether it is one time of a recurring action."""
        return self.series_id is not None


FIELDS = (
    "id", "title", "week", "origin_week", "day", "start", "minutes", "member_id", "metric",
    "expected", "state", "done_on", "result", "carried", "note", "investigation_id", "series_id",
    "series_day",
)  # fmt: skip


def read_lines(
    connection: Connection, names: Mapping[int, str], where: str, values: Sequence[object] = ()
) -> list[ActionLine]:
    """Read the rows that a condition chooses, in the order of time; removed times included."""
    found = rows(
        connection,
        f"SELECT {', '.join(FIELDS)} FROM planned_action WHERE {where} "
        "ORDER BY week, day IS NULL, day, start IS NULL, start, id",
        values,
    )
    return [_line(dict(zip(FIELDS, row, strict=True)), names) for row in found]


def _line(row: dict[str, Any], names: Mapping[int, str]) -> ActionLine:
    series_id, series_day = row["series_id"], _day(row["series_day"])
    # A recurring action's time keeps its name when it gets a row: what is chosen stays chosen.
    named = None if series_day is None else Occurrence(series_id, series_day)
    return ActionLine(
        ref=row["id"] if named is None else named,
        title=row["title"],
        week=date.fromisoformat(row["week"]),
        origin_week=date.fromisoformat(row["origin_week"]),
        day=_day(row["day"]),
        start=row["start"],
        minutes=row["minutes"],
        member_id=row["member_id"],
        owner=_name(names, row["member_id"]),
        metric=row["metric"],
        expected=row["expected"],
        state=State(row["state"]),
        done_on=_day(row["done_on"]),
        result=row["result"],
        carried=row["carried"],
        note=row["note"],
        investigation_id=row["investigation_id"],
        series_id=series_id,
        series_day=series_day,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Series:
    """A recurring action: on which weekdays, from when until when, and what each time is like."""

    id: int
    weekdays: tuple[int, ...]
    first: date
    until: date | None
    title: str
    member_id: int | None
    metric: str
    expected: int | None
    start: int | None
    minutes: int
    note: str

    def line(self, named: date, day: date, names: Mapping[int, str]) -> ActionLine:
        """Return the time that the weekday ``named`` stands for, done on ``day``."""
        return ActionLine(
            ref=Occurrence(self.id, named), title=self.title, week=monday(named),
            origin_week=monday(named), day=day, start=self.start, minutes=self.minutes,
            member_id=self.member_id, owner=_name(names, self.member_id), metric=self.metric,
            expected=self.expected, state=State.PLANNED, done_on=None, result="", carried=0,
            note=self.note, investigation_id=None, series_id=self.id, series_day=named,
        )  # fmt: skip


def read_series(connection: Connection, week: date) -> list[Series]:
    """Read the recurring actions that may happen in a week."""
    found = rows(
        connection,
        "SELECT id, weekdays, first, until, title, member_id, metric, expected, start, minutes, "
        "note FROM action_series WHERE first <= ? AND (until IS NULL OR until >= ?) ORDER BY id",
        (days_of(week)[-1].isoformat(), monday(week).isoformat()),
    )
    return [
        Series(id_, weekdays_of(weekdays), date.fromisoformat(first), _day(until), *rest)
        for id_, weekdays, first, until, *rest in found
    ]


def lines_of(
    connection: Connection, week: date, calendar: WorkCalendar, names: Mapping[int, str]
) -> list[ActionLine]:
    """Read all the actions of a week: rows, and the times of recurring ones without a row."""
    kept = read_lines(connection, names, "week = ?", (monday(week).isoformat(),))
    taken = {(line.series_id, line.series_day) for line in kept}
    kept += [
        series.line(named, day, names)
        for series in read_series(connection, week)
        for named, day in occurrences(
            series.weekdays, series.first, series.until, week, calendar
        ).items()
        if (series.id, named) not in taken
    ]
    return sorted((line for line in kept if line.state is not State.REMOVED), key=_by_time)


def lines_between(connection: Connection, first: date, last: date) -> list[ActionLine]:
    """Read the actions of every week that begins between two days, as `lines_of` does; not dropped.

    The weeks of a month are those whose Monday lies in it, so that no action is told twice.
    """
    work, names = calendar.load(connection), member_names(connection)
    found = []
    week = monday(first + timedelta(days=6))
    while week <= last:
        found += lines_of(connection, week, work, names)
        week += timedelta(days=7)
    return [line for line in found if line.state is not State.DROPPED]


def _by_time(line: ActionLine) -> tuple[date, int, str]:
    return line.day or date.max, -1 if line.start is None else line.start, line.title.casefold()


def _name(names: Mapping[int, str], member_id: int | None) -> str:
    return "" if member_id is None else names.get(member_id, "")


def member_names(connection: Connection) -> dict[int, str]:
    """Return the members' names by id."""
    return {m.id: m.name for m in team.load(connection).members.values()}


def checked(connection: Connection, actions: Iterable[NewAction]) -> list[NewAction]:
    """Check actions before they are stored.

    Raises:
        DomainError: no title, a time no day has, a day of another week, a day on which the owner
            does not work, an unknown metric, member or investigation.
    """
    known, days, people = metrics.load(connection), calendar.load(connection), None
    made = []
    for action in actions:
        if not action.title.strip():
            raise DomainError(
                N_("The action has no name. Write what is to be done."), field="title"
            )
        checked_time(action.start, action.minutes)
        if action.metric:
            known[action.metric]
        if action.investigation_id is not None and not rows(
            connection, "SELECT 1 FROM investigation WHERE id = ?", (action.investigation_id,)
        ):
            raise DomainError(N_("This investigation is gone. Open the list again."))
        people = people or team.load(connection)
        refuse_away(days, people, action.day, action.week, action.member_id)
        made.append(action)
    return made


def refuse_away(
    days: WorkCalendar, people: team.Team, day: date | None, week: date, member_id: int | None
) -> None:
    """Refuse a day of another week, or one on which the owner does not work.

    Raises:
        DomainError: with what to do instead.
    """
    member = None if member_id is None else people.members.get(member_id)
    if member is None and member_id is not None:
        raise DomainError(N_("This member is gone. Open the team again."), field="member_id")
    if day is None:
        return
    if monday(day) != monday(week):
        raise DomainError(N_("The day is not of this week. Choose another day."), field="day")
    why = away(days, day, member, people.absences)
    if why:
        name = "" if member is None else member.name
        raise DomainError(AWAY_TEXTS[why], name=name, day=day, field="day")


AWAY_TEXTS = {
    Away.DAY_OFF: N_("{day} is a day off. Choose a working day, or make it one in the calendar."),
    Away.VACATION: N_("{name} is on vacation on {day}. Choose another day or another person."),
    Away.SICK_LEAVE: N_("{name} is on sick leave on {day}. Choose another day or another person."),
    Away.OTHER: N_("{name} is away on {day}. Choose another day or another person."),
    Away.NOT_HERE: N_(
        "{name} does not work in the department on {day}. Choose another day or another person."
    ),
}
