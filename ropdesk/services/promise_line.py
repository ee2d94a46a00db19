"""The promise line of a meeting: the grammar fed with this workspace's people and metrics."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PromiseInput:
    """A promise as the sales head confirmed it.

    Attributes:
        member_id: who promises; None for the sales head.
        since_given: facts count from the day it was given; otherwise on the due day alone.
        metric, amount: code and stored parts; an empty string and None where it is no number.
    """

    member_id: int | None
    text: str
    customer: str
    due: date
    since_given: bool
    metric: str
    amount: int | None


class Reader:
    """Understands lines; made once per meeting, asked at each keystroke."""

    def __init__(self, today: date) -> None:
        self._today = today

    def understand(self, line: str) -> Understood:
        """Understand a line as far as it has been typed."""
        due = Part(self._today + timedelta(1), Sure.MISSING)
        return Understood(
            Part(None, Sure.MISSING), due, False, Part(None, Sure.MISSING),
            Part(None, Sure.MISSING), Part(None, Sure.MISSING), line.strip(),
        )  # fmt: skip


def promise_reader(ws: Workspace, today: date, present: Collection[int] | None = None) -> Reader:  # noqa: ARG001
    """Make the reader of a meeting.

    Args:
        present: ids of the members at the meeting; None for everybody of the department.
    """
    return Reader(today)
