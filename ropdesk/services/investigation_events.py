"""What else happened on the days investigated: absences, promotions, the calendar, plans, files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.months import month_end
from ropdesk.services import calendar as calendars
from ropdesk.store.plain import rows


class What(StrEnum):
    """The kind of an event."""

    ABSENCE = "absence"
    PROMOTION = "promotion"
    DAYS_OFF = "days_off"
    SHORTENED = "shortened"
    CALENDAR = "calendar"
    PLAN = "plan"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, from its first to its last day.

    Attributes:
        who: a member's name; empty where it is not about one.
        code: an absence's kind, a calendar day's kind, what an import brought, or empty.
        text: words that a person wrote: a promotion's title, a note, a reason, a file's name.
        number: a plan's version, or how many rows an import changed.
    """

    what: What
    first: date
    last: date
    who: str = ""
    code: str = ""
    text: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What events are asked for: the days, and the members (nobody named means everybody)."""

    connection: Connection
    first: date
    last: date
    members: frozenset[int]


def events(
    connection: Connection, first: date, last: date, members: Iterable[int] = ()
) -> list[Event]:
    """List what happened within a span, by day."""
    asked = Asked(connection, first, last, frozenset(members))
    found = [event for source in SOURCES for event in source(asked)]
    return sorted(found, key=lambda event: (event.first, event.last, event.what, event.who))


def _absences(asked: Asked) -> Iterator[Event]:
    for member, name, kind, first, last, note in rows(
        asked.connection,
        "SELECT a.member_id, m.name, a.kind, a.first, a.last, a.note FROM absence a "
        "JOIN member m ON m.id = a.member_id WHERE a.first <= ? AND a.last >= ?",
        (asked.last.isoformat(), asked.first.isoformat()),
    ):
        if not asked.members or member in asked.members:
            yield Event(
                what=What.ABSENCE, first=date.fromisoformat(first), last=date.fromisoformat(last),
                who=name, code=kind, text=note,
            )  # fmt: skip


def _promotions(asked: Asked) -> Iterator[Event]:
    taking_part: dict[int, set[int]] = {}
    for promotion, member in rows(
        asked.connection, "SELECT promotion_id, member_id FROM promotion_member"
    ):
        taking_part.setdefault(promotion, set()).add(member)
    for promotion, title, first, last in rows(
        asked.connection,
        "SELECT id, title, first, coalesce(last, ?) FROM promotion "
        "WHERE state IN ('running', 'finished') AND first <= ? AND coalesce(last, ?) >= ?",
        (
            asked.last.isoformat(), asked.last.isoformat(), asked.last.isoformat(),
            asked.first.isoformat(),
        ),
    ):  # fmt: skip
        people = taking_part.get(promotion)
        if not people or not asked.members or people & asked.members:
            yield Event(
                what=What.PROMOTION, first=date.fromisoformat(first),
                last=date.fromisoformat(last), text=title,
            )  # fmt: skip


def _calendar(asked: Asked) -> Iterator[Event]:
    chosen = calendars.load(asked.connection)
    noted = calendars.load_edits(asked.connection)
    day = asked.first
    while day <= asked.last:
        end = day
        if day in noted:
            kind, note = noted[day]
            yield Event(what=What.CALENDAR, first=day, last=day, code=kind.value, text=note)
        elif chosen.kind(day) is DayKind.SHORTENED:
            yield Event(what=What.SHORTENED, first=day, last=day)
        elif _unusual(chosen, day):
            while end < asked.last and _off(chosen, end + timedelta(days=1)):
                end += timedelta(days=1)
            yield Event(what=What.DAYS_OFF, first=day, last=end)
        day = end + timedelta(days=1)


def _unusual(chosen: WorkCalendar, day: date) -> bool:
    """Tell whether a holiday begins here: days off that hold a day otherwise worked."""
    if not _off(chosen, day):
        return False
    while _off(chosen, day):
        if day.weekday() < chosen.week_days:
            return True
        day += timedelta(days=1)
    return False


def _off(chosen: WorkCalendar, day: date) -> bool:
    return day not in chosen.edits and not chosen.is_working(day)


def _plans(asked: Asked) -> Iterator[Event]:
    for month, version, reason, approved in rows(
        asked.connection,
        "SELECT month, version, reason, approved_on FROM plan WHERE version > 1 "
        "AND approved_on IS NOT NULL AND month BETWEEN ? AND ?",
        (asked.first.replace(day=1).isoformat(), asked.last.isoformat()),
    ):
        if month_end(date.fromisoformat(month)) >= asked.first:
            day = date.fromisoformat(approved)
            yield Event(what=What.PLAN, first=day, last=day, text=reason, number=version)


def _imports(asked: Asked) -> Iterator[Event]:
    early = (asked.first - timedelta(days=1)).isoformat()
    late = (asked.last + timedelta(days=2)).isoformat()
    for kind, name, at, number in rows(
        asked.connection,
        "SELECT kind, file_name, at, created + updated FROM import_batch "
        "WHERE NOT undone AND at BETWEEN ? AND ?",
        (early, late),
    ):
        day = datetime.fromisoformat(at).astimezone().date()
        if asked.first <= day <= asked.last:
            yield Event(what=What.IMPORT, first=day, last=day, code=kind, text=name, number=number)


# One line for each kind of event: the duties that come later add theirs here.
SOURCES: tuple[Callable[[Asked], Iterable[Event]], ...] = (
    _absences,
    _promotions,
    _calendar,
    _plans,
    _imports,
)
