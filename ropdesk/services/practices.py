"""Findings of investigations, and the library of the actions that proved themselves."""

from dataclasses import dataclass
from datetime import date

from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Practice:
    """A proven action of the library.

    Attributes:
        id: the finding's id.
        member: who did it, empty when nobody is named.
        question, verdict, before, after: of the investigation it was proven in; ``before`` and
            ``after`` are in the metric's stored parts.
    """

    id: int
    text: str
    metric: str
    successful: bool
    member_id: int | None
    member: str
    noted_on: date
    note: str
    investigation_id: int | None
    question: str
    verdict: str
    before: int | None
    after: int | None


def library(ws: Workspace, words: str = "", metric: str = "") -> list[Practice]:
    """Search the proven actions, newest first."""
    del ws, words, metric
    return []
