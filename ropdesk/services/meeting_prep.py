"""Preparing a meeting: its points and their minutes, before anything is written.

A recurring meeting's time without a row shows the agenda of its kind; the first change writes the
row with all its points, as one operation with the change itself.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import Section, over
from ropdesk.services import meeting_kinds, meetings
from ropdesk.services import meeting_run_rows as found
from ropdesk.services.meeting_kinds import Kind
from ropdesk.services.meeting_offers import Offer
from ropdesk.services.meeting_rows import TEMPLATE
from ropdesk.services.meeting_run_texts import LONGEST
from ropdesk.services.meetings import MeetingLine, Ref
from ropdesk.store.models import Meeting, MeetingPoint
from ropdesk.store.workspace import Operation, Workspace

HAND = "hand"
MINUTES = 5
_TAIL = re.compile(
    r"(?P<title>.*[^\s,;:–—-])[\s,;:–—-]+(?P<minutes>\d{1,3})\s*(?:мин\w*|min\w*|м|m|')?\.?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """A point of the agenda: ``source`` and ``source_key`` say where it was taken from."""

    title: str
    section: Section
    minutes: int
    source: str = TEMPLATE
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """A meeting before it begins.

    Attributes:
        points: in order; those of the kind's agenda while the meeting has no row.
    """

    line: MeetingLine
    kind: Kind
    points: tuple[AgendaPoint, ...]

    @property
    def minutes(self) -> int:
        """How long all the points take."""
        return sum(point.minutes for point in self.points)

    @property
    def over(self) -> int:
        """How many minutes there are beyond the limit."""
        return over((point.minutes for point in self.points), self.line.minutes)

    def has(self, offer: Offer) -> bool:
        """Whether an offer has been taken as a point."""
        return any((p.source, p.source_key) == (offer.source, offer.key) for p in self.points)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the point at a place; what is None stays."""

    place: int
    title: str | None = None
    minutes: int | None = None


def preparation(connection: Connection, ref: Ref) -> Preparation:
    """Return a meeting's points; nothing is written.

    Raises:
        DomainError: there is no such meeting.
    """
    line = meetings.line(connection, ref)
    kind = meeting_kinds.kind(connection, line.kind)
    if line.id is None:
        usual = meeting_kinds.agenda(connection, line.kind)
        points = tuple(AgendaPoint(one.words, one.section, one.minutes) for one in usual)
    else:
        points = tuple(
            AgendaPoint(one.title, Section(one.section), one.minutes, one.source, one.source_key)
            for one in found.points(connection, line.id)
        )
    return Preparation(line, kind, points)


def take(ws: Workspace, ref: Ref, offer: Offer) -> int:
    """Take what is offered as a point, at the end; one that is taken already stays where it is.

    Returns:
        The point's place.
    """
    with _changing(ws, ref, N_("Take «{title}» on the agenda"), offer.point) as (operation, row):
        order = found.point_rows(operation.session, row.id)
        for place, point in enumerate(order):
            if (point.source, point.source_key) == (offer.source, offer.key):
                return place
        _insert(operation, row, len(order), MeetingPoint(
            meeting_id=row.id, position=len(order), title=offer.point, minutes=offer.minutes,
            source=offer.source, source_key=offer.key,
        ))  # fmt: skip
        return len(order)


def leave_out(ws: Workspace, ref: Ref, offer: Offer) -> None:
    """Take an offer off the agenda again."""
    label = N_("Take the point «{title}» off the agenda")
    with _changing(ws, ref, label, offer.point) as (operation, row):
        for point in found.point_rows(operation.session, row.id):
            if (point.source, point.source_key) == (offer.source, offer.key):
                operation.session.delete(point)


def add(ws: Workspace, ref: Ref, title: str, minutes: int = MINUTES) -> int:
    """Add a point of one's own at the end; return its place.

    Raises:
        DomainError: no name, impossible minutes, or the agenda may not be changed any more.
    """
    name = _title(title)
    with _changing(ws, ref, N_("Add the point «{title}»"), name) as (operation, row):
        place = len(found.point_rows(operation.session, row.id))
        _insert(operation, row, place, MeetingPoint(
            meeting_id=row.id, position=place, title=name, minutes=_minutes(minutes), source=HAND,
        ))  # fmt: skip
        return place


def change(ws: Workspace, ref: Ref, *changes: Change) -> None:
    """Give points other names or other minutes, as one operation.

    Raises:
        DomainError: as `add`; or there is no such point.
    """
    with _changing(ws, ref, N_("Change the point «{title}»"), "") as (operation, row):
        for each in changes:
            point = _point(operation, row, each.place)
            if each.title is not None:
                point.title = _title(each.title)
            if each.minutes is not None:
                point.minutes = _minutes(each.minutes)
            operation.fields["title"] = point.title


def move(ws: Workspace, ref: Ref, place: int, step: int) -> int:
    """Move a point up (-1) or down (+1); return its new place. At an end nothing is written."""
    with ws.read() as connection:
        last = len(preparation(connection, ref).points) - 1
    target = max(0, min(last, place + step))
    if target == place:
        return place
    with _changing(ws, ref, N_("Move the point «{title}»"), "") as (operation, row):
        point = _point(operation, row, place)
        operation.fields["title"] = point.title
        order = found.point_rows(operation.session, row.id)
        order.insert(target, order.pop(place))
        found.number(order)
    return target


def remove(ws: Workspace, ref: Ref, place: int) -> None:
    """Take the point at a place off the agenda."""
    label = N_("Take the point «{title}» off the agenda")
    with _changing(ws, ref, label, "") as (operation, row):
        point = _point(operation, row, place)
        operation.fields["title"] = point.title
        operation.session.delete(point)


@contextmanager
def _changing(
    ws: Workspace, ref: Ref, label: str, title: str
) -> Iterator[tuple[Operation, Meeting]]:
    with ws.operation(label, title=title) as operation:
        row = meetings.ensure(operation, ref)
        yield operation, found.agenda_row(operation, row.id)


def _insert(operation: Operation, row: Meeting, place: int, point: MeetingPoint) -> None:
    order = found.point_rows(operation.session, row.id)
    operation.session.add(point)
    order.insert(place, point)
    found.number(order)
    operation.session.flush()


def _point(operation: Operation, row: Meeting, place: int) -> MeetingPoint:
    order = found.point_rows(operation.session, row.id)
    if not 0 <= place < len(order):
        raise DomainError(found.POINT_GONE)
    return order[place]


def point_line(text: str) -> tuple[str, int]:
    """Read a new point as it is typed: its name, and its minutes at the end («New CRM 5»).

    Without a number at the end, or with nothing before it, a point takes five minutes.
    """
    found = _TAIL.fullmatch(text.strip())
    if found is None:
        return text.strip(), MINUTES
    return found["title"], int(found["minutes"])


def _title(title: str) -> str:
    name = " ".join(title.split())
    if not name:
        raise DomainError(N_("A point needs a name. Type one."), field="title")
    return name


def _minutes(minutes: int) -> int:
    if not 0 <= minutes <= LONGEST:
        raise DomainError(
            N_("A point takes from 0 to {most} minutes. Check the number."),
            most=LONGEST, field="minutes",
        )  # fmt: skip
    return minutes
