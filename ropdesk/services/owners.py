"""Whom an export means: names and keys of a file matched to members."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import Member, match_name, normal_name
from ropdesk.services import team
from ropdesk.store.models import MemberAlias

CREATE = "create"
LEAVE_OUT = "leave_out"
NOBODY_KEY = ""  # a row without an owner goes to the member row made for it


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sales head decided for names that nobody answers to.

    ``by_name`` maps a name as the file has it to a member's id, `CREATE` or `LEAVE_OUT`;
    ``create_all`` creates every other unknown name.
    """

    by_name: Mapping[str, int | str] = field(default_factory=dict)
    create_all: bool = False


@dataclass(frozen=True, slots=True)
class Owners:
    """Names of a file, sorted out: known ids, names to create, and names nobody knows."""

    ids: dict[str, int]
    create: tuple[str, ...]
    left_out: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def new(self) -> tuple[str, ...]:
        """The members to make: spellings of one name are one member."""
        by_key: dict[str, str] = {}
        for name in self.create:
            by_key.setdefault(_key(name), name)
        return tuple(by_key.values())

    def pretend(self) -> None:
        """Give members not made yet ids that no stored row has, for a dry run."""
        places: dict[str, int] = {}
        for name in self.create:
            self.ids[name] = places.setdefault(_key(name), -2 - len(places))
        self.ids.setdefault(NOBODY_KEY, -1)

    def refusal(self, name: str) -> DomainError | None:
        """Say why a row of this owner is not taken, or None if it is."""
        if name in self.left_out:
            return DomainError(N_("«{name}» was left out of the import."), name=name)
        if name in self.unknown:
            return DomainError(
                N_("Nobody in the team is called «{name}». Add them, or say whom it means."),
                name=name,
            )
        return None


def _key(name: str) -> str:
    return normal_name(name) or name.strip()


def sort_out(connection: Connection, names: Iterable[str], choice: Choice) -> Owners:
    """Match the distinct owner names of a file to members."""
    known = team.load(connection)
    by_key = dict(connection.execute(select(MemberAlias.key, MemberAlias.member_id)).all())
    people = [m for m in known.members.values() if m.id != known.nobody]
    ids: dict[str, int] = {}
    create: list[str] = []
    left_out: set[str] = set()
    unknown: list[str] = []
    for name in dict.fromkeys(names):
        chosen = choice.by_name.get(name)
        if name == NOBODY_KEY:
            if known.nobody is not None:
                ids[name] = known.nobody
        elif isinstance(chosen, int):
            ids[name] = chosen
        elif chosen == LEAVE_OUT:
            left_out.add(name)
        elif (found := _find(name, by_key, people)) is not None:
            ids[name] = found
        elif chosen == CREATE or choice.create_all:
            create.append(name)
        else:
            unknown.append(name)
    return Owners(ids, tuple(create), frozenset(left_out), tuple(unknown))


def _find(name: str, by_key: Mapping[str, int], people: list[Member]) -> int | None:
    found = by_key.get(_key(name))
    if found is None:
        member = match_name(name, people)
        found = member.id if member else None
    return found


def settle(session: Session, owners: Owners, choice: Choice, *, nobody: bool = True) -> list[str]:
    """Create the members and aliases that were decided; fills ``owners.ids``.

    Args:
        nobody: whether there may be rows without an owner, so that their row is needed.

    Returns:
        The names that were created.
    """
    for name, chosen in choice.by_name.items():
        if isinstance(chosen, int) and name != NOBODY_KEY:
            team.add_alias(session, chosen, name)
    created: dict[str, int] = {}
    for name in owners.create:
        key = _key(name)
        if key not in created:
            created[key] = team.insert(session, Member(0, name))
        owners.ids[name] = created[key]
    if nobody and NOBODY_KEY not in owners.ids:
        owners.ids[NOBODY_KEY] = team.nobody(session)
    return list(owners.new)
