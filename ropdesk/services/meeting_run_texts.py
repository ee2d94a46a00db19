"""The words of a meeting: the points of its agenda, what was said under them, what is decided."""

from sqlalchemy import func, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services import meeting_run_rows as found
from ropdesk.store.models import MeetingDecision, MeetingPoint
from ropdesk.store.workspace import Operation, Workspace

LONGEST = 240  # minutes of one point


def set_notes(
    ws: Workspace, point_id: int, notes: str | None = None, avoid: str | None = None
) -> None:
    """Write what was said under a point; what is None stays.

    Raises:
        DomainError: the point is gone, or its meeting may not be changed any more.
    """
    with ws.operation(N_("Notes on «{title}»"), title="") as operation:
        row = found.open_point(operation, point_id)
        operation.fields["title"] = row.title
        if notes is not None:
            row.notes = notes.strip()
        if avoid is not None:
            row.avoid = avoid.strip()


def add_point(
    ws: Workspace, meeting_id: int, title: str, minutes: int = 5, *, section: str = "",
    source: str = "hand", source_key: str = "", after: int | None = None,
) -> int:  # fmt: skip
    """Add a point, after another one or at the end; return its id.

    Raises:
        DomainError: no name, impossible minutes, or the agenda may not be changed any more.
    """
    name = _title(title)
    with ws.operation(N_("Add the point «{title}»"), title=name) as operation:
        found.agenda_row(operation, meeting_id)
        order = found.point_rows(operation.session, meeting_id)
        place = found.place_after(order, after)
        row = MeetingPoint(
            meeting_id=meeting_id, position=place, title=name, section=section,
            minutes=_minutes(minutes), source=source, source_key=source_key,
        )  # fmt: skip
        operation.session.add(row)
        order.insert(place, row)
        found.number(order)
        operation.session.flush()
        return row.id


def move_point(ws: Workspace, point_id: int, step: int) -> None:
    """Move a point up (-1) or down (+1); at the end of the agenda it stays."""
    with ws.operation(N_("Move the point «{title}»"), title="") as operation:
        row = _agenda_point(operation, point_id)
        order = found.point_rows(operation.session, row.meeting_id)
        here = order.index(row)
        order.remove(row)
        order.insert(max(0, min(len(order), here + step)), row)
        found.number(order)


def remove_point(ws: Workspace, point_id: int) -> None:
    """Take a point off the agenda, with what was said under it.

    Decisions made under it stay.
    """
    with ws.operation(N_("Take the point «{title}» off the agenda"), title="") as operation:
        row = _agenda_point(operation, point_id)
        operation.session.delete(row)


def set_point(
    ws: Workspace, point_id: int, *, minutes: int | None = None, title: str | None = None
) -> None:
    """Give a point other minutes or another name; what is None stays.

    Raises:
        DomainError: as `add_point`.
    """
    with ws.operation(N_("Change the point «{title}»"), title="") as operation:
        row = _agenda_point(operation, point_id)
        if title is not None:
            row.title = _title(title)
        if minutes is not None:
            row.minutes = _minutes(minutes)
        operation.fields["title"] = row.title


def add_decision(ws: Workspace, meeting_id: int, text: str, point_id: int | None = None) -> int:
    """Write down what was decided; return its id.

    Raises:
        DomainError: nothing is written, or the meeting may not be changed any more.
    """
    words = _decided(text)
    with ws.operation(N_("Decided: «{text}»"), text=_short(words)) as operation:
        found.open_row(operation, meeting_id)
        if point_id is not None and found.open_point(operation, point_id).meeting_id != meeting_id:
            raise DomainError(found.POINT_GONE)
        last = operation.session.scalar(
            select(func.max(MeetingDecision.position)).where(
                MeetingDecision.meeting_id == meeting_id
            )
        )
        row = MeetingDecision(
            meeting_id=meeting_id, text=words, point_id=point_id,
            position=0 if last is None else last + 1,
        )  # fmt: skip
        operation.session.add(row)
        operation.session.flush()
        return row.id


def change_decision(ws: Workspace, decision_id: int, text: str) -> None:
    """Put a decision in other words.

    Raises:
        DomainError: as `add_decision`, or the decision is gone.
    """
    words = _decided(text)
    with ws.operation(N_("Decided: «{text}»"), text=_short(words)) as operation:
        _decision(operation, decision_id).text = words


def remove_decision(ws: Workspace, decision_id: int) -> None:
    """Take a decision away."""
    with ws.operation(N_("Take the decision «{text}» away"), text="") as operation:
        row = _decision(operation, decision_id)
        operation.fields["text"] = _short(row.text)
        operation.session.delete(row)


def _agenda_point(operation: Operation, point_id: int) -> MeetingPoint:
    row = found.open_point(operation, point_id)
    found.agenda_row(operation, row.meeting_id)
    operation.fields["title"] = row.title
    return row


def _decision(operation: Operation, decision_id: int) -> MeetingDecision:
    row = operation.session.get(MeetingDecision, decision_id)
    if row is None:
        raise DomainError(N_("This decision is gone. Open the meeting again."))
    found.open_row(operation, row.meeting_id)
    return row


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


def _decided(text: str) -> str:
    words = text.strip()
    if not words:
        raise DomainError(N_("Write in a few words what was decided."), field="text")
    return words


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
