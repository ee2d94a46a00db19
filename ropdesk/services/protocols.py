"""Protocols: finishing a meeting, its editions, the paper of each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.reports.protocol_model import Protocol
from ropdesk.store.workspace import Workspace

KIND = "protocol"  # of the kept document


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a meeting's protocol; the first has no note."""

    edition: int
    at: datetime
    note: str
    document_id: int | None


def title(protocol: Protocol) -> str:
    """Return what a protocol is called: «Протокол № 214 от 22.10.2026»."""
    raise NotImplementedError(protocol)


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
    raise NotImplementedError(ws, meeting_id, at)


def begin_correction(ws: Workspace, meeting_id: int) -> None:
    """Open a finished meeting's texts and promises for a new edition (state ``correcting``).

    Raises:
        DomainError: the meeting is not finished.
    """
    raise NotImplementedError(ws, meeting_id)


def cancel_correction(ws: Workspace, meeting_id: int) -> None:
    """Put the texts back as the last edition has them; the meeting is finished again."""
    raise NotImplementedError(ws, meeting_id)


def issue_edition(ws: Workspace, meeting_id: int, note: str, at: datetime) -> int:
    """Freeze the corrected texts as a new edition, with the numbers of the first.

    Args:
        note: what was corrected; it stands on the paper.

    Returns:
        Number of the edition.

    Raises:
        DomainError: nothing is being corrected, or the note is empty.
    """
    raise NotImplementedError(ws, meeting_id, note, at)


def editions(connection: Connection, meeting_id: int) -> list[Edition]:
    """List the editions of a meeting's protocol, newest first; empty while it is not finished."""
    raise NotImplementedError(connection, meeting_id)


def content(connection: Connection, meeting_id: int, edition: int | None = None) -> Protocol:
    """Return what an edition says, the last one unless told.

    Raises:
        DomainError: there is no such edition.
    """
    raise NotImplementedError(connection, meeting_id, edition)


def pdf(ws: Workspace, meeting_id: int, edition: int | None = None) -> bytes:
    """Return the very paper of an edition, the last one unless told.

    Raises:
        DomainError: there is no such edition.
    """
    raise NotImplementedError(ws, meeting_id, edition)


def draft_pdf(ws: Workspace, meeting_id: int, at: datetime) -> tuple[str, bytes]:
    """Return title and paper of a meeting that is not finished, marked as a draft."""
    raise DomainError(N_("This meeting is gone. Open the list of meetings again."))
