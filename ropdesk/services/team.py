"""The team as far as planning needs it: members, aliases, ramp-up, absences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member, normal_name
from ropdesk.store import models
from ropdesk.store.models import MemberAlias, RampUp
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

NOBODY = N_("Without an owner")


@dataclass(frozen=True, slots=True)
class Team:
    """Who works here: members by id, their absences, and the row for what has no owner."""

    members: Mapping[int, Member]
    absences: tuple[Absence, ...]
    nobody: int | None

    def active(self, first: date, last: date) -> list[Member]:
        """List the members who belong to the department at some time within a span, by name."""
        return sorted(
            (
                m
                for m in self.members.values()
                if m.id != self.nobody
                and (m.hired is None or m.hired <= last)
                and (m.left is None or m.left >= first)
            ),
            key=lambda m: m.name.casefold(),
        )


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An absence with the id under which it is edited."""

    id: int
    absence: Absence


def load(connection: Connection) -> Team:
    """Read the team within a connection."""
    aliases: dict[int, list[str]] = {}
    for member_id, alias in rows(
        connection, "SELECT member_id, alias FROM member_alias ORDER BY id"
    ):
        aliases.setdefault(member_id, []).append(alias)
    ramps: dict[int, dict[date, int]] = {}
    for member_id, month, share in rows(connection, "SELECT member_id, month, share FROM ramp_up"):
        ramps.setdefault(member_id, {})[date.fromisoformat(month)] = share
    members = {}
    nobody = None
    for id_, name, position, hired, left, limit, is_nobody, birthday, probation in rows(
        connection,
        'SELECT id, name, position, hired, "left", deal_limit, nobody, birthday, probation_until '
        "FROM member ORDER BY id",
    ):
        if is_nobody:
            nobody = id_
        members[id_] = Member(
            id_, name, position, _day(hired), _day(left),
            tuple(aliases.get(id_, ())), limit, ramps.get(id_, {}),
            _day(birthday), _day(probation),
        )  # fmt: skip
    away = rows(
        connection, "SELECT member_id, kind, first, last, note FROM absence ORDER BY first, id"
    )
    return Team(
        members,
        tuple(
            Absence(
                member_id, AbsenceKind(kind), date.fromisoformat(first), date.fromisoformat(last),
                note,
            )
            for member_id, kind, first, last, note in away
        ),
        nobody,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _absence(row: Any) -> Absence:
    return Absence(row.member_id, AbsenceKind(row.kind), row.first, row.last, row.note)


def team(ws: Workspace) -> Team:
    """Return the team of a workspace."""
    with ws.read() as connection:
        return load(connection)


def absences(ws: Workspace, member_id: int | None = None) -> list[AbsenceRow]:
    """Return absences with their ids, newest first; of one member if asked."""
    query = select(models.Absence.__table__).order_by(models.Absence.first.desc())
    if member_id is not None:
        query = query.where(models.Absence.member_id == member_id)
    with ws.read() as connection:
        return [AbsenceRow(row.id, _absence(row)) for row in connection.execute(query)]


def _checked(member: Member) -> Member:
    if not member.name.strip():
        raise DomainError(N_("A member needs a name. Type one."))
    if member.hired and member.left and member.left < member.hired:
        raise DomainError(
            N_("{name} cannot leave before being hired. Check both dates."), name=member.name
        )
    if member.hired and member.probation_until and member.probation_until < member.hired:
        raise DomainError(
            N_("The probation of {name} cannot end before being hired. Check both dates."),
            name=member.name,
        )
    if member.birthday and member.birthday > (member.hired or date.max):
        raise DomainError(
            N_("{name} cannot be born after being hired. Check the birthday."), name=member.name
        )
    if member.deal_limit is not None and member.deal_limit < 1:
        raise DomainError(N_("The deal limit is at least 1, or empty for no limit."))
    if any(not 0 <= share <= 20_000 for share in member.ramp.values()):
        raise DomainError(N_("Ramp-up is between 0 and 200 %. Check the months."))
    return member


def add(ws: Workspace, member: Member) -> int:
    """Add a member and return the new id (the one given is ignored).

    Raises:
        DomainError: no name, dates the wrong way round, or a name or alias that is taken.
    """
    with ws.operation(N_("Add the member {name}"), name=member.name.strip()) as operation:
        return insert(operation.session, member)


def insert(session: Session, member: Member) -> int:
    """Add a member within a running operation."""
    _checked(member)
    row = models.Member(
        name=member.name.strip(), position=member.position.strip(), hired=member.hired,
        left=member.left, deal_limit=member.deal_limit, birthday=member.birthday,
        probation_until=member.probation_until,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _write_aliases(session, row.id, [member.name, *member.aliases])
    _write_ramp(session, row.id, member.ramp)
    return row.id


def update(ws: Workspace, member: Member) -> None:
    """Give a member these values, aliases and ramp-up included."""
    _checked(member)
    with ws.operation(N_("Change the member {name}"), name=member.name.strip()) as operation:
        _put(operation.session, member)


def update_all(ws: Workspace, members: Sequence[Member]) -> None:
    """Give several members their values as one operation (a block pasted into the list)."""
    if len(members) == 1:
        update(ws, members[0])
        return
    names = ", ".join(_checked(member).name.strip() for member in members)
    with ws.operation(N_("Change members: {names}"), names=names) as operation:
        for member in members:
            _put(operation.session, member)


def _put(session: Session, member: Member) -> None:
    row = session.get(models.Member, member.id)
    if row is None:
        raise DomainError(N_("This member is gone. Open the team again."))
    row.name, row.position = member.name.strip(), member.position.strip()
    row.hired, row.left, row.deal_limit = member.hired, member.left, member.deal_limit
    row.birthday, row.probation_until = member.birthday, member.probation_until
    session.flush()
    _write_aliases(session, row.id, [member.name, *member.aliases])
    _write_ramp(session, row.id, member.ramp)


def _write_aliases(session: Session, member_id: int, names: Iterable[str]) -> None:
    """Keep the name itself and every alias; the journal sees only what differs."""
    wanted = {normal_name(n) or n.strip(): n.strip() for n in reversed(list(names)) if n.strip()}
    taken = dict(
        session.execute(
            select(MemberAlias.key, models.Member.name)
            .join(models.Member, models.Member.id == MemberAlias.member_id)
            .where(MemberAlias.key.in_(list(wanted)), MemberAlias.member_id != member_id)
        ).all()
    )
    for key, owner in taken.items():
        raise DomainError(
            N_("«{alias}» already means {name}. Give each name to one member."),
            alias=wanted[key],
            name=owner,
        )
    present = {
        row.key: row
        for row in session.scalars(select(MemberAlias).where(MemberAlias.member_id == member_id))
    }
    for key, row in present.items():
        if key not in wanted:
            session.delete(row)
        elif row.alias != wanted[key]:
            row.alias = wanted[key]
    session.add_all(
        MemberAlias(member_id=member_id, alias=alias, key=key)
        for key, alias in reversed(wanted.items())
        if key not in present
    )
    session.flush()


def _write_ramp(session: Session, member_id: int, ramp: Mapping[date, int]) -> None:
    wanted = {month.replace(day=1): share for month, share in ramp.items()}
    present = {
        row.month: row
        for row in session.scalars(select(RampUp).where(RampUp.member_id == member_id))
    }
    for month, row in present.items():
        if month not in wanted:
            session.delete(row)
        elif row.share != wanted[month]:
            row.share = wanted[month]
    session.add_all(
        RampUp(member_id=member_id, month=month, share=share)
        for month, share in wanted.items()
        if month not in present
    )
    session.flush()


def add_alias(session: Session, member_id: int, alias: str) -> None:
    """Let a further name of an export mean a member, within a running operation."""
    key = normal_name(alias) or alias.strip()
    known = session.scalar(select(MemberAlias).where(MemberAlias.key == key))
    if known is None:
        session.add(MemberAlias(member_id=member_id, alias=alias.strip(), key=key))
        session.flush()
    elif known.member_id != member_id:
        raise DomainError(
            N_("«{alias}» already means {name}. Give each name to one member."),
            alias=alias,
            name=session.get_one(models.Member, known.member_id).name,
        )


def remove(ws: Workspace, member_id: int) -> None:
    """Remove a member who carries no numbers (a slip of typing); others get a last day instead.

    Raises:
        DomainError: the member has facts, deals, calls or plans, or is named where nobody means
                everybody.
    """
    with ws.operation(N_("Remove the member {name}"), name="") as operation:
        session = operation.session
        row = session.get(models.Member, member_id)
        if row is None:
            return
        operation.fields["name"] = row.name
        for table in (models.DailyValue, models.Deal, models.Call, models.PlanValue):
            if session.scalar(select(func.count()).where(table.member_id == member_id)):
                raise DomainError(
                    N_("{name} has numbers: enter the last day instead of removing."), name=row.name
                )
        for part in (models.PromotionMember, models.ToolTrialMember, models.InvestigationMember):
            # Without them nobody would be named there, and that means everybody.
            if session.scalar(select(func.count()).where(part.member_id == member_id)):
                raise DomainError(
                    N_(
                        "{name} takes part in a promotion, a trial or an investigation: enter the "
                        "last day instead of removing."
                    ),
                    name=row.name,
                )
        session.execute(delete(models.Member).where(models.Member.id == member_id))


def nobody(session: Session) -> int:
    """Return the id of the row that carries what has no owner, making it on first use."""
    found = session.scalar(select(models.Member.id).where(models.Member.nobody))
    if found is not None:
        return found
    row = models.Member(name=NOBODY, nobody=True)
    session.add(row)
    session.flush()
    return row.id


def add_absence(ws: Workspace, absence: Absence) -> int:
    """Note days away; returns the id.

    Raises:
        DomainError: the end lies before the start, or it overlaps another absence of the member.
    """
    with ws.operation(N_("Absence of {name}"), name="") as operation:
        session = operation.session
        operation.fields["name"] = _name(session, absence.member_id)
        _check_absence(session, absence)
        row = models.Absence(
            member_id=absence.member_id, kind=absence.kind.value, first=absence.start,
            last=absence.end, note=absence.note,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def _check_absence(session: Session, absence: Absence, itself: int | None = None) -> None:
    if absence.end < absence.start:
        raise DomainError(N_("The absence ends before it begins. Check both dates."))
    clash = session.scalar(
        select(models.Absence).where(
            models.Absence.member_id == absence.member_id,
            models.Absence.first <= absence.end,
            models.Absence.last >= absence.start,
            models.Absence.id != (itself or 0),
        )
    )
    if clash is not None:
        raise DomainError(
            N_("There is already an absence from {first} to {last}. Change that one."),
            first=clash.first.isoformat(),
            last=clash.last.isoformat(),
        )


def change_absence(ws: Workspace, absence_id: int, absence: Absence) -> None:
    """Give an absence other days, kind or note.

    Raises:
        DomainError: as `add_absence`, or the absence has been removed meanwhile.
    """
    with ws.operation(N_("Change the absence of {name}"), name="") as operation:
        session = operation.session
        row = session.get(models.Absence, absence_id)
        if row is None:
            raise DomainError(N_("This absence is gone. Note it anew."))
        operation.fields["name"] = _name(session, absence.member_id)
        _check_absence(session, absence, itself=absence_id)
        row.member_id, row.kind, row.note = absence.member_id, absence.kind.value, absence.note
        row.first, row.last = absence.start, absence.end


def remove_absence(ws: Workspace, absence_id: int) -> None:
    """Remove an absence."""
    with ws.operation(N_("Remove the absence of {name}"), name="") as operation:
        row = operation.session.get(models.Absence, absence_id)
        if row is not None:
            operation.fields["name"] = _name(operation.session, row.member_id)
            operation.session.delete(row)


def _name(session: Session, member_id: int) -> str:
    member = session.get(models.Member, member_id)
    if member is None:
        raise DomainError(N_("This member is gone. Open the team again."))
    return member.name
