"""The agenda on paper: the one page taken along to a meeting."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import DAILY, Section, State
from ropdesk.domain.metrics import Metric
from ropdesk.domain.months import month_end
from ropdesk.domain.team import AbsenceKind
from ropdesk.i18n import _
from ropdesk.reports import model
from ropdesk.reports.agenda_model import AgendaLine, AgendaPaper, AgendaPoint, AgendaTable
from ropdesk.reports.protocol_model import Figures, MonthSoFar
from ropdesk.services import meetings, metrics, report_lines, settings, team
from ropdesk.services.investigation_words import ABSENCES
from ropdesk.services.meeting_numbers import MemberNumbers, Numbers, numbers
from ropdesk.services.meeting_offers import due_promises, pledge
from ropdesk.services.meeting_prep import Preparation, preparation
from ropdesk.services.meetings import MeetingLine, Ref
from ropdesk.services.protocol_content import measure
from ropdesk.store.workspace import Workspace

HOUR = 60


def title(line: MeetingLine) -> str:
    """Return what the page is called: «Повестка 22.10.2026. Ежедневная координация»."""
    return _("Agenda {day}. {title}", day=i18n.short_date(line.day), title=line.title)


def pdf(ws: Workspace, ref: Ref, today: date, issued: datetime) -> tuple[str, bytes]:
    """Make the page of a meeting; the same data and moment give the same bytes.

    Args:
        today: facts are counted up to it.
        issued: when the document is made, in the user's clock.

    Returns:
        Its title and the PDF.

    Raises:
        DomainError: there is no such meeting.
    """
    from ropdesk.reports.agenda import agenda

    with ws.read() as connection:
        found = paper(connection, ref, today, issued)
        return title(meetings.line(connection, ref)), agenda(found)


def of_day(connection: Connection, day: date, kind: str = "") -> Ref:
    """Return the meeting of a day that an agenda is wanted for: the first of a kind not skipped.

    Args:
        kind: code of the kind; the daily coordination or else the day's first unless given.

    Raises:
        DomainError: there is none.
    """
    held = [line for line in meetings.on_day(connection, day) if line.state is not State.SKIPPED]
    wanted = [line for line in held if line.kind == (kind or DAILY)]
    if not kind:
        wanted += held
    if not wanted:
        raise DomainError(
            N_("No such meeting is planned for {day}. See the list of meetings."), day=day
        )
    return wanted[0].ref


def paper(connection: Connection, ref: Ref, today: date, issued: datetime) -> AgendaPaper:
    """Gather the page of a meeting.

    Raises:
        DomainError: there is no such meeting.
    """
    prepared = preparation(connection, ref)
    line, known = prepared.line, dict(metrics.load(connection).items())
    counted = numbers(connection, line, today, at=issued.isoformat(timespec="minutes"))
    people, chosen = team.load(connection), settings.load(connection)
    note = _("numbers as of {moment}", moment=i18n.moment(issued))
    head = model.DocumentHead(
        *report_lines.names(chosen), _("Agenda"), i18n.short_date(line.day), issued, note,
        dated=False,
    )  # fmt: skip
    return AgendaPaper(
        head=head, title=line.title, opening=_opening(prepared, counted), day=line.day,
        limit=line.minutes,
        points=tuple(
            AgendaPoint(point.title, point.minutes, point.section is Section.REPEAT)
            for point in prepared.points
        ),
        table=_table(counted, people), month=_month(counted),
        promises=tuple(
            pledge(one, known) for one in due_promises(connection, line, today)
        ),
    )  # fmt: skip


def _opening(prepared: Preparation, counted: Numbers) -> str:
    line = prepared.line
    when = [i18n.full_day(line.day)]
    if line.start is not None:
        when.append(f"{line.start // HOUR}:{line.start % HOUR:02}")
    said = _("up to {n} min", n=line.minutes)
    if prepared.over:
        said = _("up to {n} min, the points take {all}", n=line.minutes, all=prepared.minutes)
    parts = [f"{', '.join(when)}, {said}."]
    if line.place:
        parts.append(_("Place: {place}.", place=line.place))
    away = [
        f"{each.name} ({_(ABSENCES[AbsenceKind(each.away)])})"
        for each in counted.members
        if each.away
    ]
    if away and prepared.kind.team:
        parts.append(_("Absent: {names}.", names=", ".join(away)))
    return " ".join(parts)


def _table(counted: Numbers, people: team.Team) -> AgendaTable | None:
    lines = (*counted.members, counted.department)
    if all(v is None for each in lines for v in (each.fact, each.plan, each.goal)):
        return None
    spans = counted.spans
    return AgendaTable(
        measure(counted.metric), spans.fact_first, spans.fact_last, spans.plan_first,
        spans.plan_last, tuple(_members(counted, people)),
        _line(counted.metric, counted.department, _("Department")),
    )  # fmt: skip


def _members(counted: Numbers, people: team.Team) -> Sequence[AgendaLine]:
    return [
        _line(counted.metric, each, _(each.name) if each.member_id == people.nobody else each.name)
        for each in counted.members
    ]


def _line(metric: Metric, each: MemberNumbers, name: str) -> AgendaLine:
    figures = Figures(
        name, report_lines.whole(metric, each.fact), report_lines.whole(metric, each.plan),
        each.completion, report_lines.whole(metric, each.goal), each.goal_agreed,
        _(ABSENCES[AbsenceKind(each.away)]) if each.away else "",
    )  # fmt: skip
    return AgendaLine(figures, each.promises_kept, each.promises_due)


def _month(counted: Numbers) -> MonthSoFar | None:
    found, metric = counted.month, counted.metric
    if found.fact is None and found.plan is None:
        return None
    finished = found.as_of == month_end(found.first)
    ahead = (None, None, None) if finished else (found.p10, found.p50, found.p90)
    return MonthSoFar(
        found.first, measure(metric), report_lines.whole(metric, found.fact),
        report_lines.whole(metric, found.plan), found.completion, *ahead, finished,
    )  # fmt: skip
