"""Protocols: finishing a meeting, its editions, the paper of each."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meeting_clock import Event
from ropdesk.domain.meetings import State
from ropdesk.reports import protocol_words
from ropdesk.reports.protocol_model import Protocol
from ropdesk.services import documents, protocol_content, protocol_json, protocol_restore
from ropdesk.services.protocols_search import Hit, Piece, search
from ropdesk.store.models import Document, Meeting, MeetingMark, MeetingProtocol
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace, now

__all__ = [
    "KIND", "Edition", "Hit", "Piece", "begin_correction", "cancel_correction", "content",
    "draft_pdf", "editions", "finish", "issue_edition", "last_done", "pdf", "search", "title",
]  # fmt: skip

KIND = "protocol"  # of the kept document
GONE = N_("This meeting is gone. Open the list of meetings again.")
NO_PROTOCOL = N_("This meeting has no protocol yet. Finish the meeting first.")
NO_EDITION = N_("There is no such edition of the protocol. Choose another.")
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a meeting's protocol; the first has no note."""

    edition: int
    at: datetime
    note: str
    document_id: int | None


def title(protocol: Protocol) -> str:
    """Return what a protocol is called: «Протокол № 214 от 22.10.2026, редакция 2»."""
    return protocol_words.header(protocol)


# -- making


def finish(ws: Workspace, meeting_id: int, at: datetime) -> int:
    """End a running meeting and freeze its protocol, as one operation.

    It writes the end mark, the state, the content as JSON and the PDF. Run it in the worker: the
    paper is laid out here.

    Args:
        at: the moment of the end, in the user's clock.

    Returns:
        Id of the kept document.

    Raises:
        DomainError: the meeting is gone, has not begun, or is finished already.
    """
    with ws.operation(N_("Finish the meeting: {title}"), title="") as operation:
        row = _row(operation, meeting_id)
        if row.state != State.RUNNING:
            raise DomainError(
                N_("This meeting is finished already. Correct its protocol as a new edition.")
                if row.state in (State.DONE, State.CORRECTING)
                else N_("This meeting has not begun. Begin it first.")
            )
        mark = MeetingMark(
            meeting_id=meeting_id, at=at.isoformat(timespec="seconds"), event=Event.END.value
        )
        operation.session.add(mark)
        row.state = State.DONE.value
        operation.session.flush()
        return _freeze(operation, protocol_content.gather(operation.conn, meeting_id, at))


def issue_edition(ws: Workspace, meeting_id: int, note: str, at: datetime) -> int:
    """Freeze the corrected texts as a new edition, with the numbers of the first.

    Args:
        note: what was corrected; it stands on the paper.

    Returns:
        Number of the edition.

    Raises:
        DomainError: nothing is being corrected, or the note is empty.
    """
    said = " ".join(note.split())
    if not said:
        raise DomainError(
            N_("It is not said what was corrected. Write it in a few words."), field="note"
        )
    if len(said) > LONGEST_NOTE:
        raise DomainError(
            N_("The text is longer than {n} characters. Shorten it."), n=LONGEST_NOTE, field="note"
        )
    with ws.operation(N_("Issue an edition: {title}"), title="") as operation:
        row = _correcting(operation, meeting_id)
        last = content(operation.conn, meeting_id)
        row.state = State.DONE.value
        operation.session.flush()
        made = protocol_content.corrected(operation.conn, meeting_id, last, at)
        _freeze(operation, replace(made, edition=last.edition + 1, note=said))
        return last.edition + 1


def begin_correction(ws: Workspace, meeting_id: int) -> None:
    """Open a finished meeting's texts and promises for a new edition (state ``correcting``).

    Raises:
        DomainError: the meeting is not finished.
    """
    with ws.operation(N_("Correct the protocol: {title}"), title="") as operation:
        row = _row(operation, meeting_id)
        if row.state == State.CORRECTING:
            return
        if row.state != State.DONE:
            raise DomainError(NO_PROTOCOL)
        operation.fields["title"] = title(content(operation.conn, meeting_id))
        row.state = State.CORRECTING.value


def cancel_correction(ws: Workspace, meeting_id: int) -> None:
    """Put the texts back as the last edition has them; the meeting is finished again.

    Promises that were added meanwhile go; what else became of promises stays, since they live on
    beside the protocol.

    Raises:
        DomainError: nothing is being corrected.
    """
    with ws.operation(N_("Leave the protocol as it is: {title}"), title="") as operation:
        row = _correcting(operation, meeting_id)
        last = content(operation.conn, meeting_id)
        operation.fields["title"] = title(last)
        protocol_restore.put_back(operation, row, last)
        row.state = State.DONE.value


def _row(operation: Operation, meeting_id: int) -> Meeting:
    row = operation.session.get(Meeting, meeting_id)
    if row is None:
        raise DomainError(GONE)
    return row


def _correcting(operation: Operation, meeting_id: int) -> Meeting:
    row = _row(operation, meeting_id)
    if row.state != State.CORRECTING:
        raise DomainError(N_("Nothing is being corrected here. Begin a correction first."))
    return row


def _freeze(operation: Operation, protocol: Protocol) -> int:
    from ropdesk.reports.protocol import protocol as paper

    pdf = paper(protocol)
    name = title(protocol)
    operation.fields["title"] = name
    document = Document(
        kind=KIND, period=protocol.day, title=f"{name}: {protocol.title}", at=now(),
        sha256=hashlib.sha256(pdf).hexdigest(), pdf=pdf,
    )  # fmt: skip
    operation.session.add(document)
    operation.session.flush()
    operation.session.add(
        MeetingProtocol(
            meeting_id=protocol.meeting_id, edition=protocol.edition,
            at=protocol.issued.isoformat(timespec="seconds"),
            content=protocol_json.write(protocol), note=protocol.note, document_id=document.id,
        )
    )  # fmt: skip
    return document.id


# -- reading


def editions(connection: Connection, meeting_id: int) -> list[Edition]:
    """List the editions of a meeting's protocol, newest first; empty while it is not finished."""
    found = rows(
        connection,
        "SELECT edition, at, note, document_id FROM meeting_protocol WHERE meeting_id = ?"
        " ORDER BY edition DESC",
        (meeting_id,),
    )
    return [
        Edition(number, datetime.fromisoformat(at), note, document)
        for number, at, note, document in found
    ]


def content(connection: Connection, meeting_id: int, edition: int | None = None) -> Protocol:
    """Return what an edition says, the last one unless told.

    Raises:
        DomainError: there is no such edition.
    """
    found = rows(
        connection,
        "SELECT content FROM meeting_protocol WHERE meeting_id = ? AND (? IS NULL OR edition = ?)"
        " ORDER BY edition DESC LIMIT 1",
        (meeting_id, edition, edition),
    )
    if not found:
        raise DomainError(NO_PROTOCOL if edition is None else NO_EDITION)
    return protocol_json.read(found[0][0])


def pdf(ws: Workspace, meeting_id: int, edition: int | None = None) -> bytes:
    """Return the very paper of an edition, the last one unless told.

    Raises:
        DomainError: there is no such edition.
    """
    with ws.read() as connection:
        frozen = content(connection, meeting_id, edition)
        document = next(
            each.document_id
            for each in editions(connection, meeting_id)
            if each.edition == frozen.edition
        )
    if document is not None:
        return documents.pdf(ws, document)
    from ropdesk.reports.protocol import protocol as paper

    return paper(frozen)  # the kept paper was removed: made anew from what was frozen


def draft_pdf(ws: Workspace, meeting_id: int, at: datetime) -> tuple[str, bytes]:
    """Return title and paper of a meeting that goes on or is being corrected, marked as a draft.

    Raises:
        DomainError: the meeting is gone or has not begun.
    """
    from ropdesk.reports.protocol import protocol as paper

    with ws.read() as connection:
        state = connection.scalar(select(Meeting.state).where(Meeting.id == meeting_id))
        if state is None:
            raise DomainError(GONE)
        if state == State.RUNNING:
            made = protocol_content.gather(connection, meeting_id, at)
        elif state == State.CORRECTING:
            last = content(connection, meeting_id)
            made = protocol_content.corrected(connection, meeting_id, last, at)
        else:
            raise DomainError(N_("There is no draft: the meeting does not go on."))
    draft = replace(made, draft=True)
    return title(draft), paper(draft)


def last_done(connection: Connection) -> int | None:
    """Return the meeting whose protocol was finished last; None without any."""
    found = rows(
        connection,
        "SELECT p.meeting_id FROM meeting_protocol p JOIN meeting m ON m.id = p.meeting_id"
        " WHERE p.edition = 1 ORDER BY m.day DESC, p.id DESC LIMIT 1",
    )
    return found[0][0] if found else None
