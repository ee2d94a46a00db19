"""Investigations: from a question to a cause, a decision, and the numbers afterwards."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ropdesk.domain.errors import N_
from ropdesk.services.practices import Practice, library
from ropdesk.store.models import Investigation, InvestigationMember, SignalMark
from ropdesk.store.workspace import Workspace

__all__ = ["NewInvestigation", "Practice", "library", "start"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInvestigation:
    """What an investigation begins with.

    Attributes:
        members: whom it is about; nobody named means the department.
        kind: ``problem`` or ``success``.
        source: ``hand``, ``signal`` or ``factor``; ``source_key`` is the signal's key.
    """

    question: str
    metric: str
    first: date
    last: date
    opened: date
    members: tuple[int, ...] = ()
    kind: str = "problem"
    source: str = "hand"
    source_key: str = ""
    notes: str = ""


def start(ws: Workspace, new: NewInvestigation) -> int:
    """Open an investigation and return its id; a signal it came from is marked as opened."""
    with ws.operation(N_("Open the investigation «{name}»"), name=new.question) as operation:
        session = operation.session
        row = Investigation(
            question=new.question.strip(), kind=new.kind, metric=new.metric, first=new.first,
            last=new.last, opened=new.opened, source=new.source, source_key=new.source_key,
            notes=new.notes,
        )  # fmt: skip
        session.add(row)
        session.flush()
        session.add_all(
            InvestigationMember(investigation_id=row.id, member_id=member)
            for member in dict.fromkeys(new.members)
        )
        if new.source == "signal" and new.source_key:
            mark = session.scalar(select(SignalMark).where(SignalMark.key == new.source_key))
            if mark is None:
                mark = SignalMark(key=new.source_key, state="opened", marked_on=new.opened)
                session.add(mark)
            mark.state, mark.marked_on, mark.investigation_id = "opened", new.opened, row.id
        return row.id
