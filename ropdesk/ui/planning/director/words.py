"""The director's reports and requests as cells and chips."""

from collections.abc import Sequence
from datetime import date

from ropdesk.domain.director import ReportKind, RequestState
from ropdesk.i18n import _, day_month, month_name, ngettext, short_date
from ropdesk.services.director import SENT, Report, ReportLine, Request
from ropdesk.services.director_paper import REQUEST_STATES
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

STATES = {
    RequestState.OPEN: State.WARNING,
    RequestState.PROMISED: State.ACCENT,
    RequestState.DECLINED: State.BAD,
    RequestState.DONE: State.GOOD,
}
LONGEST = 80


def period(kind: ReportKind, start: date, end: date) -> str:
    """Say a report's period: «Октябрь 2026», «19.10–25.10.2026»."""
    if kind is ReportKind.MONTH:
        return month_name(start)
    return f"{day_month(start)}\u2013{short_date(end)}"


def state_chip(report: Report) -> tuple[str, State]:
    """Say whether the report has been sent."""
    if report.state == SENT and report.sent_on is not None:
        return _("sent {day}", day=day_month(report.sent_on)), State.GOOD
    return _("draft of the report"), State.NEUTRAL


def list_columns() -> tuple[Column, ...]:
    """Return the columns of the list of reports."""
    return (
        Column("period", _("Report to the director"), Align.LEFT, stretch=True),
        Column("state", _("State"), Align.LEFT),
        Column("requests", _("Requests waiting"), tooltip=_("Requests for help that still wait")),
    )


def list_rows(lines: Sequence[ReportLine]) -> list[Row]:
    """Return a row a report, newest first."""
    rows = []
    for line in lines:
        key = (line.kind, line.start)
        state = _("draft")
        if line.state == SENT and line.sent_on is not None:
            state = _("sent {day}", day=day_month(line.sent_on))
        waiting = str(line.waiting) if line.waiting else ""
        cells = (
            Cell(period(line.kind, line.start, line.end), ref=key, sort_key=line.start.toordinal()),
            Cell(state, muted=True),
            Cell(waiting, state=State.WARNING if line.waiting else State.NEUTRAL,
                 sort_key=line.waiting, tooltip=_of(line)),
        )  # fmt: skip
        rows.append(Row(key, cells))
    return rows


def _of(line: ReportLine) -> str:
    return ngettext("{n} request in all", "{n} requests in all", line.requests)


def request_columns() -> tuple[Column, ...]:
    """Return the columns of the requests."""
    return (
        Column("text", _("What is asked for"), Align.LEFT, stretch=True),
        Column("due", _("By when"), Align.LEFT),
        Column("state", _("State"), Align.LEFT),
        Column("answer", _("The director's answer"), Align.LEFT, width=230),
    )


def request_rows(requests: Sequence[Request], today: date) -> list[Row]:
    """Return a row a request."""
    rows = []
    for request in requests:
        late = request.overdue(today)
        due = short_date(request.needed_by) if request.needed_by else ""
        state = STATES[request.state]
        words = request_state(request, today)
        rows.append(
            Row(
                request.id,
                (
                    Cell(request.text, tooltip=request.text, ref=request.id),
                    Cell(due, muted=True, sort_key=_ordinal(request.needed_by)),
                    Cell(
                        words, chip=True, state=State.BAD if late else state, tooltip=request.answer
                    ),
                    Cell(request.answer, tooltip=request.answer),
                ),
            )
        )
    return rows


def request_state(request: Request, today: date) -> str:
    """Say what became of a request: «обещано к 10.10, просрочено»."""
    words = _(REQUEST_STATES[request.state])
    if request.state is RequestState.PROMISED and request.promised_for is not None:
        words = _("promised for {day}", day=day_month(request.promised_for))
    return _("{state}, overdue", state=words) if request.overdue(today) else words


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
