"""Kinds of meetings and their agendas, as the sales head has made them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.meetings import BUILTIN, SECTION_TITLES, Section, State, UsualKind, checked_time
from ropdesk.i18n import _
from ropdesk.store.models import AgendaItem, MeetingKind
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

GONE = N_("This kind of meeting is gone. Open the list again.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of meeting.

    Attributes:
        title: in the language of the moment, or as the sales head has named it.
        minutes: the limit.
        team: whether the department takes part.
        hidden: not offered for new meetings.
        builtin: one of those that every workspace has.
    """

    code: str
    title: str
    minutes: int
    team: bool
    hidden: bool = False
    builtin: bool = True


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A point of a kind's agenda; an empty title is the section's own name."""

    section: Section
    title: str
    minutes: int

    @property
    def words(self) -> str:
        """What the point is called."""
        return self.title or section_title(self.section)


def section_title(section: Section) -> str:
    """Return a section's own name in the language of the moment."""
    return _(SECTION_TITLES[section])


def kinds(connection: Connection, *, hidden: bool = False) -> list[Kind]:
    """List the kinds in the order shown: built-in ones first.

    Args:
        hidden: those not offered any more too.
    """
    kept = {code: row for code, *row in rows(connection, _KINDS)}
    found = [_usual(usual, kept.get(code)) for code, usual in BUILTIN.items()]
    found += [
        Kind(code, title, minutes, bool(team), bool(gone), builtin=False)
        for code, (title, minutes, team, gone) in kept.items()
        if code not in BUILTIN
    ]
    return [kind for kind in found if hidden or not kind.hidden]


_KINDS = "SELECT code, title, minutes, team, hidden FROM meeting_kind ORDER BY position, id"


def titles(connection: Connection) -> dict[str, str]:
    """Return the names of all kinds by code in their order, hidden ones too."""
    return {found.code: found.title for found in kinds(connection, hidden=True)}


def kind(connection: Connection, code: str) -> Kind:
    """Return one kind.

    Raises:
        DomainError: there is no such kind.
    """
    for found in kinds(connection, hidden=True):
        if found.code == code:
            return found
    raise DomainError(GONE)


def agenda(connection: Connection, code: str) -> list[AgendaLine]:
    """Return the agenda of a kind: as changed, or the usual one."""
    kept = rows(
        connection,
        "SELECT i.section, i.title, i.minutes FROM agenda_item i "
        "JOIN meeting_kind k ON k.id = i.kind_id WHERE k.code = ? ORDER BY i.position, i.id",
        (code,),
    )
    if kept or code not in BUILTIN:
        return [AgendaLine(Section(section), title, minutes) for section, title, minutes in kept]
    return usual_agenda(code)


def usual_agenda(code: str) -> list[AgendaLine]:
    """Return the agenda that a built-in kind begins with; nothing for others."""
    usual = BUILTIN.get(code)
    if usual is None:
        return []
    return [
        AgendaLine(point.section, _(point.title) if point.title else "", point.minutes)
        for point in usual.agenda
    ]


def add_kind(ws: Workspace, title: str, minutes: int = 30, *, team: bool = True) -> str:
    """Add a kind of the sales head's own, with an empty agenda.

    Returns:
        Its code.

    Raises:
        DomainError: no name, one that another kind has, or an impossible length.
    """
    with ws.operation(N_("Add the kind of meeting «{title}»"), title=title.strip()) as operation:
        _check(operation, "", title, minutes)
        numbers = [
            int(code.removeprefix("own"))
            for code in operation.session.scalars(select(MeetingKind.code))
            if code.removeprefix("own").isdigit()
        ]
        number = max(numbers, default=0) + 1
        operation.session.add(
            MeetingKind(
                code=f"own{number}", title=title.strip(), minutes=minutes, team=team,
                position=len(BUILTIN) + number,
            )
        )  # fmt: skip
        return f"own{number}"


def change_kind(
    ws: Workspace,
    code: str,
    *,
    title: str | None = None,
    minutes: int | None = None,
    team: bool | None = None,
) -> None:
    """Change what is given of a kind. An empty title gives a built-in kind its own name back.

    Raises:
        DomainError: as `add_kind`, or there is no such kind.
    """
    with ws.operation(N_("Change the kind of meeting «{title}»"), title="") as operation:
        now = kind(operation.conn, code)
        operation.fields["title"] = title or now.title
        row = _row(operation, code)
        _check(
            operation, code, now.title if title is None else title,
            row.minutes if minutes is None else minutes,
        )  # fmt: skip
        if title is not None:
            usual = BUILTIN.get(code)
            same = usual is not None and title.strip() == _(usual.title)
            row.title = "" if same else title.strip()
        row.minutes = row.minutes if minutes is None else minutes
        row.team = row.team if team is None else team


def hide_kind(ws: Workspace, code: str, *, hidden: bool = True) -> None:
    """Offer a kind no more for new meetings, or offer it again; its meetings stay.

    Raises:
        DomainError: there is no such kind.
    """
    label = N_("Hide the kind of meeting «{title}»") if hidden else N_(
        "Offer the kind of meeting «{title}» again"
    )  # fmt: skip
    with ws.operation(label, title="") as operation:
        operation.fields["title"] = kind(operation.conn, code).title
        _row(operation, code).hidden = hidden


def set_agenda(ws: Workspace, code: str, lines: Sequence[AgendaLine]) -> None:
    """Write a kind's agenda.

    Meetings that are still planned and whose agenda nobody has touched follow it.

    Raises:
        DomainError: there is no such kind, a point without a name or with an impossible length.
    """
    with ws.operation(N_("Change the agenda of «{title}»"), title="") as operation:
        operation.fields["title"] = kind(operation.conn, code).title
        if not lines and code in BUILTIN:  # without points of its own it has the usual ones
            raise DomainError(
                N_("This is the last point. Change it, or hide the kind of meeting."),
                field="title",
            )
        for line in lines:
            if line.section is Section.FREE and not line.title.strip():
                raise DomainError(
                    N_("The point has no name. Write what it is about."), field="title"
                )
            if not 1 <= line.minutes <= 240:
                raise DomainError(
                    N_("A point takes from 1 to 240 minutes. Change its length."), field="minutes"
                )
        before = agenda(operation.conn, code)
        row = _row(operation, code)
        operation.session.execute(delete(AgendaItem).where(AgendaItem.kind_id == row.id))
        operation.session.add_all(
            AgendaItem(
                kind_id=row.id, position=at, section=line.section.value,
                title=line.title.strip(), minutes=line.minutes,
            )
            for at, line in enumerate(lines)
        )  # fmt: skip
        operation.session.flush()
        _follow(operation, code, before)


def reset_agenda(ws: Workspace, code: str) -> None:
    """Give a built-in kind its usual agenda back.

    Raises:
        DomainError: there is no such kind, or it has no usual agenda.
    """
    if code not in BUILTIN:
        raise DomainError(N_("This kind has no usual agenda. Write its points yourself."))
    with ws.operation(N_("Take the usual agenda of «{title}»"), title="") as operation:
        operation.fields["title"] = kind(operation.conn, code).title
        before = agenda(operation.conn, code)
        row = _row(operation, code)
        operation.session.execute(delete(AgendaItem).where(AgendaItem.kind_id == row.id))
        operation.session.flush()
        _follow(operation, code, before)


def _follow(operation: Operation, code: str, before: Sequence[AgendaLine]) -> None:
    """Give the new agenda to planned meetings that have exactly the one before."""
    from ropdesk.services import meeting_rows

    asked = rows(
        operation.conn,
        "SELECT id FROM meeting WHERE kind = ? AND state = ?",
        (code, State.PLANNED.value),
    )
    for (id_,) in asked:
        if meeting_rows.untouched(operation.conn, id_, before):
            meeting_rows.renew_points(operation, id_, agenda(operation.conn, code))


def _row(operation: Operation, code: str) -> MeetingKind:
    row = operation.session.scalar(select(MeetingKind).where(MeetingKind.code == code))
    if row is None:
        usual = BUILTIN[code]
        row = MeetingKind(
            code=code, minutes=usual.minutes, team=usual.team, position=list(BUILTIN).index(code)
        )
        operation.session.add(row)
        operation.session.flush()
    return row


def _check(operation: Operation, code: str, title: str, minutes: int) -> None:
    if not title.strip() and code not in BUILTIN:
        raise DomainError(N_("The kind has no name. Write what it is called."), field="title")
    checked_time(None, minutes)
    for other in kinds(operation.conn, hidden=True):
        if other.code != code and other.title.casefold() == title.strip().casefold():
            raise DomainError(
                N_("There is a kind «{title}» already. Choose another name."),
                title=other.title, field="title",
            )  # fmt: skip


def _usual(usual: UsualKind, row: list[object] | None) -> Kind:
    if row is None:
        return Kind(usual.code, _(usual.title), usual.minutes, usual.team)
    title, minutes, team, hidden = row
    name = str(title) or _(usual.title)
    return Kind(usual.code, name, int(str(minutes)), bool(team), bool(hidden))
