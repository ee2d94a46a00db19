"""What meetings cost and bring: minutes by kind and month, begun and ended in time, promises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.meeting_clock import MINUTE, Event, Mark, clock
from ropdesk.domain.meetings import State, began_in_time
from ropdesk.domain.months import add_months, month_end
from ropdesk.domain.promises import Share
from ropdesk.services import meeting_kinds, promises
from ropdesk.services.meeting_lines import MeetingLine, between, outline
from ropdesk.store.plain import rows

HELD = (State.DONE, State.CORRECTING)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held.

    Attributes:
        seconds: how long it took, pauses out.
        begun_in_time: at most five minutes late; None where no time was set.
        within: it took no longer than its limit.
    """

    line: MeetingLine
    seconds: int
    begun_in_time: bool | None
    within: bool

    @property
    def minutes(self) -> int:
        """The time in minutes, rounded half up."""
        return _minutes(self.seconds)


@dataclass(frozen=True, slots=True)
class PointTime:
    """A point of a meeting: its minutes, and the seconds it took; None where it was not held."""

    title: str
    minutes: int
    seconds: int | None = None

    @property
    def spent(self) -> int | None:
        """What it took in minutes, rounded half up; None where it was not held."""
        return None if self.seconds is None else _minutes(self.seconds)


@dataclass(frozen=True, slots=True)
class KindEffect:
    """The meetings of one kind in a month.

    Attributes:
        seconds: their time together, pauses out.
        timed: those held whose time was set; ``in_time`` of them began in time.
        within: those that ended within their limit.
        skipped: those left out with a reason.
    """

    kind: str
    title: str
    held: int = 0
    seconds: int = 0
    timed: int = 0
    in_time: int = 0
    within: int = 0
    skipped: int = 0

    @property
    def minutes(self) -> int:
        """The time in minutes, rounded half up."""
        return _minutes(self.seconds)

    @property
    def in_time_share(self) -> Fraction | None:
        """Begun in time ÷ held with a time set; None without any."""
        return Fraction(self.in_time, self.timed) if self.timed else None

    @property
    def within_share(self) -> Fraction | None:
        """Ended within the limit ÷ held; None without any."""
        return Fraction(self.within, self.held) if self.held else None


@dataclass(frozen=True, slots=True)
class MonthEffect:
    """A month's meetings.

    Attributes:
        month: its first day.
        kinds: in the order of the kinds; those without a meeting are left out.
        total: all kinds together.
        promises: those due in the month, of the whole department.
    """

    month: date
    kinds: tuple[KindEffect, ...]
    total: KindEffect
    promises: Share


def effect(connection: Connection, month: date, today: date) -> MonthEffect:
    """Count a month's meetings, a running month's up to today."""
    first = month.replace(day=1)
    return _effect(connection, first, min(month_end(first), today), today)


def months(connection: Connection, last: date, count: int, today: date) -> list[MonthEffect]:
    """Count the meetings of several months, the earliest first, ``last`` being the latest."""
    return [effect(connection, add_months(last, back), today) for back in range(1 - count, 1)]


def held(connection: Connection, lines: Iterable[MeetingLine]) -> dict[int, Held]:
    """Time the meetings that were held, by id; others are left out."""
    asked = {line.id: line for line in lines if line.id is not None and line.state in HELD}
    marks: dict[int, list[Mark]] = {}
    for meeting_id, at, event in _marks(connection, list(asked)):
        marks.setdefault(meeting_id, []).append(Mark(datetime.fromisoformat(at), Event(event)))
    return {id_: _held(line, marks.get(id_, [])) for id_, line in asked.items()}


def points(connection: Connection, line: MeetingLine) -> list[PointTime]:
    """List a meeting's points; of one that was held with what each took, pauses out."""
    if line.id is None or line.state not in HELD:
        return [PointTime(title, minutes) for title, minutes in outline(connection, line)]
    marks = [
        Mark(datetime.fromisoformat(at), Event(event), point)
        for at, event, point in rows(
            connection,
            "SELECT at, event, point_id FROM meeting_mark WHERE meeting_id = ? ORDER BY id",
            (line.id,),
        )
    ]
    spent = clock(marks, marks[-1].at).points if marks else {}
    asked = rows(
        connection,
        "SELECT id, title, minutes FROM meeting_point WHERE meeting_id = ? ORDER BY position, id",
        (line.id,),
    )
    return [PointTime(title, minutes, spent.get(id_, 0)) for id_, title, minutes in asked]


def _minutes(seconds: int) -> int:
    return (seconds + MINUTE // 2) // MINUTE


def _marks(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for at in range(0, len(ids), 500):  # SQLite takes only so many values
        part = ids[at : at + 500]
        found += [
            (meeting_id, moment, event)
            for meeting_id, moment, event in rows(
                connection,
                "SELECT meeting_id, at, event FROM meeting_mark WHERE meeting_id IN "
                f"({', '.join('?' * len(part))}) ORDER BY id",
                part,
            )
        ]
    return found


def _held(line: MeetingLine, marks: Sequence[Mark]) -> Held:
    if not marks:
        return Held(line, 0, None, within=True)
    found = clock(marks, marks[-1].at)
    in_time = None
    if line.start is not None and found.begun is not None:
        in_time = began_in_time(line.day, line.start, found.begun)
    return Held(line, found.elapsed, in_time, found.elapsed <= line.minutes * MINUTE)


def _effect(connection: Connection, first: date, last: date, today: date) -> MonthEffect:
    lines = between(connection, first, last) if first <= last else []
    timed = held(connection, lines)
    by_kind: dict[str, list[MeetingLine]] = {}
    for line in lines:
        if line.id in timed or line.state is State.SKIPPED:
            by_kind.setdefault(line.kind, []).append(line)
    titles = meeting_kinds.titles(connection)
    kinds = tuple(
        _kind(kind, title, by_kind[kind], timed)
        for kind, title in titles.items()
        if kind in by_kind
    )
    # Judged ones of the whole month, as the promises side counts them: some are kept early.
    shares = promises.shares(connection, today, first, month_end(first)) if first <= last else {}
    return MonthEffect(first, kinds, _together(kinds), sum(shares.values(), start=Share()))


def _kind(
    code: str, title: str, lines: Sequence[MeetingLine], timed: dict[int, Held]
) -> KindEffect:
    found = [timed[line.id] for line in lines if line.id is not None and line.id in timed]
    judged = [each.begun_in_time for each in found if each.begun_in_time is not None]
    return KindEffect(
        code, title, held=len(found), seconds=sum(each.seconds for each in found),
        timed=len(judged), in_time=sum(judged), within=sum(each.within for each in found),
        skipped=sum(line.state is State.SKIPPED for line in lines),
    )  # fmt: skip


def _together(kinds: Sequence[KindEffect]) -> KindEffect:
    return KindEffect(
        "", "", held=sum(each.held for each in kinds), seconds=sum(each.seconds for each in kinds),
        timed=sum(each.timed for each in kinds), in_time=sum(each.in_time for each in kinds),
        within=sum(each.within for each in kinds), skipped=sum(each.skipped for each in kinds),
    )  # fmt: skip
