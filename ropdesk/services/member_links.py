"""Who a record is about or who takes part in it: rows that name members one by one."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from ropdesk.domain.errors import N_, DomainError
from ropdesk.store.models import Member


class Names(Protocol):
    """A row that names a member."""

    @property
    def member_id(self) -> int:
        """The member named."""


R = TypeVar("R", bound=Names)


def put_members(
    session: Session, query: Select[R], members: Sequence[int], make: Callable[[int], R]
) -> None:
    """Let exactly these members be named by the rows of a query.

    Args:
        make: makes a row for a member that has none yet.

    Raises:
        DomainError: a member is gone.
    """
    here = {row.member_id: row for row in session.scalars(query)}
    for member, row in here.items():
        if member not in members:
            session.delete(row)
    for member in dict.fromkeys(members):
        if session.get(Member, member) is None:
            raise DomainError(N_("This member is gone. Open the team again."), field="members")
        if member not in here:
            session.add(make(member))
