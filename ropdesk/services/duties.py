"""The duties of a sales head: which are theirs, what is done in its period, what is due."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.duties import Rhythm, State
from ropdesk.store.workspace import Workspace

Where = tuple[str, Mapping[str, Any]]
"""What `Context.navigate` is asked for: a page's name and where on it to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty, as it stands today.

    Attributes:
        title: in the language of the window, or as the sales head wrote it.
        rhythm: day (working days), week or month.
        state: mine, delegated or irrelevant.
        delegate: to whom it is delegated: the member's name or the words written.
        start: the usual time, minutes after midnight.
        done: whether it is done in the current period.
        how: ``hand``, ``auto`` (the program saw it) or empty while it is not done.
        done_on: the day it was marked by hand.
        auto: what the program recognises it by, in words; empty where only a hand marks it.
        streak: periods in a row, counted back from now; an open current period does not break it.
        where: the page to do it on.
        own: added by the sales head.
    """

    code: str
    title: str
    rhythm: Rhythm
    state: State
    member_id: int | None
    delegate: str
    start: int | None
    done: bool
    how: str
    done_on: date | None
    auto: str
    streak: int
    where: Where | None = field(compare=False)
    own: bool = False


def duties(connection: Connection, today: date) -> list[DutyLine]:
    """List all duties: daily, weekly, monthly, each by its time and place; irrelevant ones too."""
    raise NotImplementedError


def due(connection: Connection, today: date) -> list[DutyLine]:
    """List what is the sales head's own today: mine; daily ones only on a working day."""
    raise NotImplementedError


def mark(ws: Workspace, code: str, today: date, note: str = "") -> None:
    """Mark a duty as done in the period of today."""
    raise NotImplementedError


def unmark(ws: Workspace, code: str, today: date) -> None:
    """Take the mark of the current period away; what the program saw itself stays done."""
    raise NotImplementedError


def set_state(
    ws: Workspace, code: str, state: State, member_id: int | None = None, delegate: str = ""
) -> None:
    """Say whether a duty is one's own, delegated, or not relevant.

    Raises:
        DomainError: delegated to nobody, an unknown duty or member.
    """
    raise NotImplementedError


def set_start(ws: Workspace, code: str, start: int | None) -> None:
    """Set the usual time of a duty, minutes after midnight; None is any time.

    Raises:
        DomainError: no such time, an unknown duty.
    """
    raise NotImplementedError


def add_own(ws: Workspace, title: str, rhythm: Rhythm, start: int | None = None) -> str:
    """Add a duty of one's own and return its code.

    Raises:
        DomainError: no title, or a time no day has.
    """
    raise NotImplementedError


def change_own(
    ws: Workspace, code: str, title: str, rhythm: Rhythm, start: int | None = None
) -> None:
    """Change a duty of one's own; its marks stay.

    Raises:
        DomainError: as `add_own`, or it is not one's own.
    """
    raise NotImplementedError


def remove_own(ws: Workspace, code: str) -> None:
    """Delete a duty of one's own with its marks.

    Raises:
        DomainError: it is not one's own: a built-in one is marked as not relevant.
    """
    raise NotImplementedError
