"""Reports to the director: the words, the requests for help, and what was answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ropdesk.domain.director import WAITING, ReportKind, RequestState, overdue, span
from ropdesk.domain.errors import N_, DomainError
from ropdesk.store.models import DirectorReport, DirectorRequest
from ropdesk.store.workspace import Workspace

FIELDS = ("result", "reasons", "decisions")
DRAFT, SENT = "draft", "sent"
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Request:
    """A request for help, the report it stands in, and the answer."""

    id: int
    kind: ReportKind
    start: date
    text: str
    state: RequestState
    needed_by: date | None
    answer: str
    answered_on: date | None
    promised_for: date | None
    done_on: date | None

    def overdue(self, today: date) -> bool:
        """Say whether it waits longer than it should."""
        return overdue(self.state, self.needed_by, self.promised_for, today)


@dataclass(frozen=True, slots=True)
class Report:
    """One report's own words.

    Attributes:
        requests: its own.
        followed: those of earlier reports that still wait, oldest first.
    """

    kind: ReportKind
    start: date
    end: date
    state: str
    sent_on: date | None
    result: str
    reasons: str
    decisions: str
    document_id: int | None
    requests: tuple[Request, ...]
    followed: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in the list of them."""

    kind: ReportKind
    start: date
    end: date
    state: str
    sent_on: date | None
    requests: int
    waiting: int


def report(ws: Workspace, kind: ReportKind, day: date) -> Report:
    """Return the report of the week or month of a day; an empty draft if there is none."""
    with ws.read() as connection:
        return read(connection, kind, day)


def read(connection: Connection, kind: ReportKind, day: date) -> Report:
    """Read a report within a connection."""
    start, end = span(kind, day)
    row = connection.execute(
        select(DirectorReport.__table__).where(
            DirectorReport.kind == kind, DirectorReport.start == start
        )
    ).one_or_none()
    every = _requests(connection)
    own = tuple(r for r in every if (r.kind, r.start) == (kind, start))
    earlier = tuple(r for r in every if r.state in WAITING and r.start < start)
    if row is None:
        return Report(kind, start, end, DRAFT, None, "", "", "", None, own, earlier)
    return Report(
        kind, start, end, row.state, row.sent_on, row.result, row.reasons, row.decisions,
        row.document_id, own, earlier,
    )  # fmt: skip


def reports(ws: Workspace) -> list[ReportLine]:
    """List the reports that have been begun, newest first."""
    with ws.read() as connection:
        rows = connection.execute(
            select(DirectorReport.__table__).order_by(
                DirectorReport.start.desc(), DirectorReport.kind
            )
        ).all()
        every = _requests(connection)
    lines = []
    for row in rows:
        own = [r for r in every if (r.kind, r.start) == (row.kind, row.start)]
        waiting = sum(request.state in WAITING for request in own)
        start, end = span(ReportKind(row.kind), row.start)
        lines.append(
            ReportLine(ReportKind(row.kind), start, end, row.state, row.sent_on, len(own), waiting)
        )
    return lines


def waiting(ws: Workspace) -> list[Request]:
    """List the requests that have no answer yet or an unfulfilled promise, oldest first."""
    with ws.read() as connection:
        return [request for request in _requests(connection) if request.state in WAITING]


def write(ws: Workspace, kind: ReportKind, day: date, **words: str) -> None:
    """Write fields of a report in one operation; the report is begun if there was none.

    Args:
        words: texts by field, of `FIELDS`; an empty one clears it.

    Raises:
        DomainError: it was sent already.
    """
    kept = report(ws, kind, day)
    fresh = {
        field: words[field].strip()[:LONGEST]
        for field in FIELDS
        if field in words and words[field].strip()[:LONGEST] != getattr(kept, field)
    }
    if not fresh:
        return
    with _editing(ws, kind, day, N_("Write in the report to the director for {day}")) as row:
        for field, text in fresh.items():
            setattr(row, field, text)


def add_request(
    ws: Workspace, kind: ReportKind, day: date, text: str, needed_by: date | None = None
) -> int:
    """Ask the director for help in a report.

    Returns:
        The request's id.

    Raises:
        DomainError: no words, or the report was sent already.
    """
    words = _worded(text)
    with _editing(ws, kind, day, N_("Ask the director: {text}"), text=words) as row:
        session = _session(row)
        session.flush()
        made = DirectorRequest(report_id=row.id, text=words, needed_by=needed_by)
        session.add(made)
        session.flush()
        return made.id


def change_request(ws: Workspace, request_id: int, text: str, needed_by: date | None) -> None:
    """Word a request anew.

    Raises:
        DomainError: no words, or it is gone.
    """
    words = _worded(text)
    with _request(ws, request_id, N_("Change the request: {text}")) as row:
        _refuse_sent(row)
        row.text, row.needed_by = words, needed_by


def remove_request(ws: Workspace, request_id: int) -> None:
    """Take a request out of its report."""
    with _request(ws, request_id, N_("Remove the request: {text}")) as row:
        _refuse_sent(row)
        _session(row).delete(row)


def answer(
    ws: Workspace, request_id: int, state: RequestState, on: date, words: str = "",
    promised_for: date | None = None,
) -> None:  # fmt: skip
    """Record what the director answered, or that it has been done.

    Args:
        on: the day of the answer, or the day it was done.
        promised_for: by when it was promised; kept when it is done.
    """
    with _request(ws, request_id, N_("The director's answer: {text}")) as row:
        row.state = state
        if words.strip():
            row.answer = words.strip()[:LONGEST]
        if state is RequestState.OPEN:
            row.answer, row.answered_on, row.promised_for, row.done_on = "", None, None, None
            return
        row.answered_on = row.answered_on or on
        row.done_on = on if state is RequestState.DONE else None
        if state is RequestState.PROMISED:
            row.promised_for = promised_for


def mark_sent(
    ws: Workspace, kind: ReportKind, day: date, on: date, document_id: int | None = None
) -> None:
    """Close a report: its words stay as they were sent.

    Raises:
        DomainError: it was sent already.
    """
    with _editing(ws, kind, day, N_("Send the report to the director for {day}")) as row:
        row.state, row.sent_on, row.document_id = SENT, on, document_id


def take_back(ws: Workspace, kind: ReportKind, day: date) -> None:
    """Make a sent report a draft again."""
    start, _end = span(kind, day)
    with ws.operation(
        N_("Open the sent report for {day} again"), day=start.isoformat()
    ) as operation:
        row = _row(operation.session, kind, start)
        if row is not None:
            row.state, row.sent_on = DRAFT, None


def _worded(text: str) -> str:
    words = " ".join(text.split())[:LONGEST]
    if not words:
        raise DomainError(N_("A request needs words: what is asked for."))
    return words


def _requests(connection: Connection) -> list[Request]:
    found = connection.execute(
        select(DirectorRequest.__table__, DirectorReport.kind, DirectorReport.start)
        .join(DirectorReport, DirectorReport.id == DirectorRequest.report_id)
        .order_by(DirectorReport.start, DirectorRequest.id)
    )
    return [
        Request(
            r.id, ReportKind(r.kind), r.start, r.text, RequestState(r.state), r.needed_by,
            r.answer, r.answered_on, r.promised_for, r.done_on,
        )
        for r in found
    ]  # fmt: skip


def _row(session: Session, kind: ReportKind, start: date) -> DirectorReport | None:
    return session.scalar(
        select(DirectorReport).where(DirectorReport.kind == kind, DirectorReport.start == start)
    )


def _session(row: DirectorReport | DirectorRequest) -> Session:
    session = Session.object_session(row)
    if session is None:
        raise RuntimeError("the row has left its session")
    return session


@contextmanager
def _editing(
    ws: Workspace, kind: ReportKind, day: date, label: str, **fields: str
) -> Iterator[DirectorReport]:
    start, _end = span(kind, day)
    with ws.operation(label, **{"day": start.isoformat(), **fields}) as operation:
        row = _row(operation.session, kind, start)
        if row is None:
            row = DirectorReport(kind=kind, start=start)
            operation.session.add(row)
        elif row.state == SENT:
            raise _sent()
        yield row


def _sent() -> DomainError:
    return DomainError(N_("This report has been sent. Open it again to change it."))


def _refuse_sent(row: DirectorRequest) -> None:
    report_row = _session(row).get(DirectorReport, row.report_id)
    if report_row is not None and report_row.state == SENT:
        raise _sent()


@contextmanager
def _request(ws: Workspace, request_id: int, label: str) -> Iterator[DirectorRequest]:
    with ws.operation(label, text="") as operation:
        row = operation.session.get(DirectorRequest, request_id)
        if row is None:
            raise DomainError(N_("This request is gone. Open the report again."))
        operation.fields["text"] = row.text
        yield row
