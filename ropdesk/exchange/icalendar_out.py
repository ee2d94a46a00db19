"""Actions and meetings as iCalendar (RFC 5545), for Outlook, Google Calendar or a phone.

Times are written floating (RFC 5545, 3.3.5, form 1): 10:00 is 10:00 on the wall, wherever the file
is opened. The plan itself knows no time zone; a zone taken from the computer that wrote the file
would move every action on a phone that travels, and a name without its VTIMEZONE is refused by
some programs. A recurring action is written time by time, because its times obey the production
calendar, which no RRULE can say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, Todo

if TYPE_CHECKING:
    from icalendar import Component

PRODUCT = "-//RopDesk//Week//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One action or meeting.

    Attributes:
        uid: the same at every export, so that a second import moves and does not double.
        day: None makes it a task without a date, due by ``due``.
        start: minutes after midnight; None lasts the whole day.
        done_on, dropped: what became of it.
        owner: who does it, in words.
    """

    uid: str
    title: str
    day: date | None
    start: int | None
    minutes: int
    due: date
    owner: str = ""
    description: str = ""
    done_on: date | None = None
    dropped: bool = False
    location: str = ""


def calendar(name: str, entries: Sequence[Entry], stamp: datetime) -> bytes:
    """Return a calendar file.

    Args:
        name: what programs call the calendar.
        stamp: the moment of the export; the same moment and entries give the same bytes.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_component(entry, stamp))
    return bytes(made.to_ical())


def _component(entry: Entry, stamp: datetime) -> "Component":
    part: Event | Todo = Todo() if entry.day is None else Event()
    part.add("uid", entry.uid)
    part.add("dtstamp", stamp.astimezone(UTC))
    part.add("summary", entry.title)
    if entry.description:
        part.add("description", entry.description)
    if entry.location:
        part.add("location", entry.location)
    if entry.owner:
        part.add("contact", entry.owner)
    if entry.day is None:
        _when_to_do(part, entry)
    elif entry.start is None:
        part.add("dtstart", entry.day)
        part.add("dtend", entry.day + timedelta(1))
        part.add("transp", "TRANSPARENT")
    else:
        begin = datetime.combine(entry.day, time()) + timedelta(minutes=entry.start)
        part.add("dtstart", begin)
        part.add("dtend", begin + timedelta(minutes=entry.minutes))
    if entry.day is not None:
        part.add("status", "CANCELLED" if entry.dropped else "CONFIRMED")
        if entry.done_on is not None:
            part.add("x-ropdesk-done", entry.done_on.isoformat())
    return part


def _when_to_do(part: "Component", entry: Entry) -> None:
    part.add("due", entry.due)
    if entry.done_on is not None:
        part.add("status", "COMPLETED")
        part.add("completed", datetime.combine(entry.done_on, time(12), UTC))
    else:
        part.add("status", "CANCELLED" if entry.dropped else "NEEDS-ACTION")
