"""Meetings as values: single ones, and the times of recurring ones, with or without a row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import Rule, State
from ropdesk.domain.week import weekdays_of
from ropdesk.services import calendar, meeting_kinds
from ropdesk.store.plain import rows

GONE = N_("This meeting is gone. Open the list of meetings again.")
LOOK_AHEAD = 400  # days in which the next time of a recurring meeting is looked for


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring meeting: by the day its weekday names, or the first of its month."""

    series_id: int
    day: date


Ref = int | Occurrence
"""What a meeting is called by: its row's id, or the time of a recurring one.

A recurring meeting's time keeps its name when it gets a row, so what is chosen stays chosen; both
names are understood everywhere.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """One meeting.

    Attributes:
        ref: what it is called by in every change.
        id: of its row; None while a recurring meeting's time has none.
        kind: code of its kind.
        title: its own name, that of its series, or that of its kind.
        start: minutes after midnight; None for any time of the day.
        minutes: the limit.
        reason: why it was moved or skipped.
        moved_from: the day before the last move.
        moved: how often it was moved.
        year, number: of the protocol, once it has begun.
    """

    ref: Ref
    id: int | None
    kind: str
    title: str
    day: date
    start: int | None
    minutes: int
    place: str
    state: State
    reason: str = ""
    moved_from: date | None = None
    moved: int = 0
    year: int | None = None
    number: int | None = None
    series_id: int | None = None

    @property
    def recurring(self) -> bool:
        """Whether it is one time of a recurring meeting."""
        return self.series_id is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A recurring meeting: its rule, and what each time is like."""

    id: int
    kind: str
    title: str
    rule: Rule
    start: int | None
    minutes: int
    place: str


def between(connection: Connection, first: date, last: date) -> list[MeetingLine]:
    """List the meetings of a span by time: rows, and times of recurring ones; skipped ones too."""
    titles = meeting_kinds.titles(connection)
    found = _rows(connection, titles, "day BETWEEN ? AND ?", (first.isoformat(), last.isoformat()))
    work = calendar.load(connection)
    for one in series(connection):
        if one.rule.first <= last and (one.rule.until is None or first <= one.rule.until):
            found += _times(connection, one, first, last, work, titles)
    return sorted(found, key=_by_time)


def on_day(connection: Connection, day: date) -> list[MeetingLine]:
    """List the meetings of a day by time, skipped ones too."""
    return between(connection, day, day)


def line(connection: Connection, ref: Ref) -> MeetingLine:
    """Return one meeting.

    Raises:
        DomainError: there is no such meeting.
    """
    titles = meeting_kinds.titles(connection)
    if isinstance(ref, Occurrence):
        found = _rows(
            connection, titles, "series_id = ? AND series_day = ?",
            (ref.series_id, ref.day.isoformat()),
        ) or list(_occurrence(connection, ref, titles))  # fmt: skip
    else:
        found = _rows(connection, titles, "id = ?", (ref,))
    if not found:
        raise DomainError(GONE)
    return found[0]


def next_of(connection: Connection, kind: str, after: date) -> MeetingLine | None:
    """Return the next planned meeting of a kind later than a day; None within 400 days."""
    day = after + timedelta(days=1)
    step = 14
    while (day - after).days <= LOOK_AHEAD:
        last = day + timedelta(days=step - 1)
        for found in between(connection, day, last):
            if found.kind == kind and found.state is State.PLANNED:
                return found
        day, step = last + timedelta(days=1), 60
    return None


def series(connection: Connection) -> list[Series]:
    """List the recurring meetings, ended ones too, as they were added."""
    found = rows(
        connection,
        "SELECT id, kind, title, rule, weekdays, every, month_day, first, until, start, minutes, "
        "place FROM meeting_series ORDER BY id",
    )
    made = []
    for id_, kind, title, rule, weekdays, every, nth, first, until, start, minutes, place in found:
        monthly = rule == "month"
        made.append(
            Series(
                id=id_, kind=kind, title=title, start=start, minutes=minutes, place=place,
                rule=Rule(
                    date.fromisoformat(first), () if monthly else weekdays_of(weekdays), every,
                    nth if monthly else None, day_of(until),
                ),
            )
        )  # fmt: skip
    return made


def one_series(connection: Connection, series_id: int) -> Series:
    """Return one recurring meeting.

    Raises:
        DomainError: there is no such one.
    """
    for found in series(connection):
        if found.id == series_id:
            return found
    raise DomainError(GONE)


def outline(connection: Connection, found: MeetingLine) -> list[tuple[str, int]]:
    """Return a meeting's points with their minutes; those of its kind while it has no row."""
    if found.id is None:
        usual = meeting_kinds.agenda(connection, found.kind)
        return [(point.words, point.minutes) for point in usual]
    kept = rows(
        connection,
        "SELECT title, minutes FROM meeting_point WHERE meeting_id = ? ORDER BY position, id",
        (found.id,),
    )
    return [(title, minutes) for title, minutes in kept]


def day_of(text: str | None) -> date | None:
    """Read a stored day."""
    return None if text is None else date.fromisoformat(text)


_FIELDS = (
    "id", "kind", "title", "day", "start", "minutes", "place", "state", "reason", "moved_from",
    "moved", "year", "number", "series_id", "series_day",
)  # fmt: skip


def _rows(
    connection: Connection, titles: Mapping[str, str], where: str, values: Sequence[object]
) -> list[MeetingLine]:
    found = rows(connection, f"SELECT {', '.join(_FIELDS)} FROM meeting WHERE {where}", values)
    return [_line(dict(zip(_FIELDS, row, strict=True)), titles) for row in found]


def _line(row: dict[str, Any], titles: Mapping[str, str]) -> MeetingLine:
    named = day_of(row.pop("series_day"))
    series_id = row["series_id"]
    row["title"] = row["title"] or titles.get(row["kind"], row["kind"])
    row["day"], row["state"] = date.fromisoformat(row["day"]), State(row["state"])
    row["moved_from"] = day_of(row["moved_from"])
    recurring = series_id is not None and named is not None
    return MeetingLine(
        ref=Occurrence(series_id, named) if recurring and named else row["id"], **row
    )


def _times(
    connection: Connection,
    one: Series,
    first: date,
    last: date,
    work: WorkCalendar,
    titles: Mapping[str, str],
) -> Iterator[MeetingLine]:
    taken = {
        date.fromisoformat(day)
        for (day,) in rows(
            connection, "SELECT series_day FROM meeting WHERE series_id = ?", (one.id,)
        )
        if day is not None
    }
    for named, day in one.rule.times(first, last, work).items():
        if named not in taken:
            yield _time(one, named, day, titles)


def _occurrence(
    connection: Connection, ref: Occurrence, titles: Mapping[str, str]
) -> Iterator[MeetingLine]:
    for one in series(connection):
        if one.id == ref.series_id:
            day = day_named(one, ref.day, calendar.load(connection))
            if day is not None:
                yield _time(one, ref.day, day, titles)


def day_named(one: Series, named: date, work: WorkCalendar) -> date | None:
    """Say on which day a named time takes place; None if the rule has no such time."""
    # A weekday's time stays in its week, a month's in its month.
    first, last = named - timedelta(days=6), named + timedelta(days=31)
    return one.rule.times(first, last, work).get(named)


def _time(one: Series, named: date, day: date, titles: Mapping[str, str]) -> MeetingLine:
    return MeetingLine(
        ref=Occurrence(one.id, named), id=None, kind=one.kind,
        title=one.title or titles.get(one.kind, one.kind), day=day, start=one.start,
        minutes=one.minutes, place=one.place, state=State.PLANNED, series_id=one.id,
    )  # fmt: skip


def _by_time(found: MeetingLine) -> tuple[date, int, str, int]:
    start = -1 if found.start is None else found.start
    return found.day, start, found.title.casefold(), found.id or 0
