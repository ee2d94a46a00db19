"""The team from a file: members found by name or key, made, renamed, given further names."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import Member, match_name, normal_name
from ropdesk.exchange.table import Rejected
from ropdesk.exchange.team import MemberRows
from ropdesk.services import team
from ropdesk.store import models
from ropdesk.store.models import MemberAlias


@dataclass(slots=True)
class MemberCounts:
    """What became of the rows of a team file; ``names`` are the members made."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    names: tuple[str, ...] = ()


def put_members(session: Session, rows: MemberRows) -> MemberCounts:
    """Make or change the members of a file within a running operation.

    A row finds its member by name, by key, or by a name that agrees (initials) if it agrees with
    no other row. Empty cells leave what is there; the name of the file counts.
    """
    counts = MemberCounts()
    found = _matches(session, rows)
    for at, line in enumerate(rows.line):
        try:
            _put(session, rows, at, found[at], counts)
        except DomainError as error:
            counts.rejected.append(Rejected(line, error))
    return counts


def _key(name: str) -> str:
    return normal_name(name) or name.strip()


def _matches(session: Session, rows: MemberRows) -> list[int | None]:
    known = team.load(session.connection())
    by_key = dict(session.execute(select(MemberAlias.key, MemberAlias.member_id)).all())
    found: list[int | None] = []
    for name, aliases in zip(rows.name, rows.aliases, strict=True):
        keys = [_key(name), *map(_key, aliases)]
        found.append(next((by_key[key] for key in keys if key in by_key), None))
    people = [m for m in known.members.values() if m.id != known.nobody and m.id not in found]
    near = [
        match.id if found[at] is None and (match := match_name(name, people)) else None
        for at, name in enumerate(rows.name)
    ]
    claims = Counter(near)
    return [
        exact if exact is not None else (close if claims[close] == 1 else None)
        for exact, close in zip(found, near, strict=True)
    ]


def _put(
    session: Session, rows: MemberRows, at: int, member_id: int | None, counts: MemberCounts
) -> None:
    name, aliases = rows.name[at], rows.aliases[at]
    hired, left = _day(rows.hired[at]), _day(rows.left[at])
    row = session.get_one(models.Member, member_id) if member_id is not None else None
    hired, left = hired or (row.hired if row else None), left or (row.left if row else None)
    if hired and left and left < hired:
        raise DomainError(N_("«{name}»: the last day lies before the first. Correct the dates."),
                          name=name)  # fmt: skip
    if row is None:
        member = Member(0, name, rows.position[at], hired, left, aliases)
        team.insert(session, member)
        counts.created += 1
        counts.names = (*counts.names, name)
        return
    new = _new_names(session, row.id, (name, *aliases))
    position = rows.position[at] or row.position
    same = (row.name, row.position, row.hired, row.left) == (name, position, hired, left)
    if same and not new:
        counts.unchanged += 1
        return
    row.name, row.position, row.hired, row.left = name, position, hired, left
    session.flush()
    for alias in new:
        team.add_alias(session, row.id, alias)
    counts.updated += 1


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _new_names(session: Session, member_id: int, names: tuple[str, ...]) -> list[str]:
    """List the names that nobody has yet.

    Raises:
        DomainError: another member has one of them.
    """
    by_key = {_key(name): name for name in reversed(names)}
    taken = session.execute(
        select(MemberAlias.key, MemberAlias.member_id, models.Member.name)
        .join(models.Member, models.Member.id == MemberAlias.member_id)
        .where(MemberAlias.key.in_(list(by_key)))
    )
    for key, owner, called in taken:
        if owner != member_id:
            raise DomainError(
                N_("«{alias}» already means {name}. Give each name to one member."),
                alias=by_key[key],
                name=called,
            )
        del by_key[key]
    return [name for name in names if by_key.pop(_key(name), None) is not None]
