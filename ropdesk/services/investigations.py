"""Investigations: from a question to a cause, a decision, and the numbers afterwards."""

from collections.abc import Collection, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.investigations import About, Source, Span, State, Verdict
from ropdesk.services import effects, metrics
from ropdesk.services.effects import Effect
from ropdesk.services.investigation_rows import GONE, Case, CaseLine, case, cases, due
from ropdesk.services.member_links import put_members
from ropdesk.services.practices import Practice, library, quotable
from ropdesk.store.models import (
    Finding,
    Investigation,
    InvestigationMember,
    SignalMark,
)
from ropdesk.store.workspace import Operation, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Case",
    "CaseLine",
    "Comparison",
    "NewInvestigation",
    "Practice",
    "case",
    "cases",
    "change",
    "compare",
    "decide",
    "delete_investigation",
    "due",
    "library",
    "quotable",
    "reopen",
    "set_members",
    "start",
    "verdict",
]

# What a verdict rests upon: a closed investigation keeps it.
MEASURED = frozenset({"metric", "first", "last", "remeasure_on"})
TEXTS = frozenset({"notes", "cause", "decision", "verdict_text"})
FIELDS = MEASURED | TEXTS | {"question", "kind"}


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


@dataclass(frozen=True, slots=True)
class Comparison:
    """The numbers before and after a decision, side by side.

    Attributes:
        before, after: the days compared; after ends today while the re-measurement is ahead.
        effect: None while there is no working day after the decision to measure.
        complete: whether the day of re-measurement has come.
    """

    before: Span
    after: Span
    effect: Effect | None
    complete: bool


def start(ws: Workspace, new: NewInvestigation) -> int:
    """Open an investigation and return its id; a signal it came from is marked as opened.

    Raises:
        DomainError: no question, a period that ends before it begins, an unknown metric or member.
    """
    question = rules.question(new.question)
    first, last = rules.period(new.first, new.last)
    with ws.operation(N_("Open the investigation «{name}»"), name=question) as operation:
        session = operation.session
        row = Investigation(
            question=question, kind=About(new.kind).value,
            metric=metrics.load(operation.conn)[new.metric].code, first=first, last=last,
            opened=new.opened, source=Source(new.source).value, source_key=new.source_key,
            notes=rules.words(new.notes, "notes"),
        )  # fmt: skip
        session.add(row)
        session.flush()
        _put_members(session, row.id, new.members)
        if new.source == Source.SIGNAL and new.source_key:
            _mark_signal(session, new, row.id)
        return row.id


def _mark_signal(session: Session, new: NewInvestigation, investigation_id: int) -> None:
    mark = session.scalar(select(SignalMark).where(SignalMark.key == new.source_key))
    if mark is None:
        mark = SignalMark(key=new.source_key, state="opened", marked_on=new.opened)
        session.add(mark)
    mark.state, mark.marked_on, mark.investigation_id = "opened", new.opened, investigation_id


def change(ws: Workspace, investigation_id: int, **values: Any) -> None:
    """Change fields of an investigation, as one operation.

    Args:
        values: question, kind, metric, first, last, notes, cause, decision, remeasure_on,
            verdict_text.

    Raises:
        DomainError: what cannot be (its ``field`` says where), or the investigation is closed and
            the field is one that its verdict rests upon.
    """
    if not FIELDS.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, investigation_id, N_("Change the investigation «{name}»")) as (
        operation,
        row,
    ):
        if not MEASURED.isdisjoint(values):
            rules.check_open(State(row.state))
        for field, value in values.items():
            setattr(row, field, _checked(operation, field, value))
        rules.period(row.first, row.last)
        if row.state == State.ACTING and not MEASURED.isdisjoint(values):
            decided = row.decided_on or row.opened
            rules.check_decision(
                row.cause or "-", row.decision or "-", decided, row.last, row.remeasure_on
            )


def _checked(operation: Operation, field: str, value: Any) -> Any:
    if field == "question":
        return rules.question(value)
    if field in TEXTS:
        return rules.words(value, field)
    if field == "metric":
        return metrics.load(operation.conn)[value].code
    return About(value).value if field == "kind" else value


def set_members(ws: Workspace, investigation_id: int, members: Sequence[int]) -> None:
    """Say whom an investigation is about; nobody means the department.

    Raises:
        DomainError: a member is gone, or the investigation is closed.
    """
    label = N_("Change the people of the investigation «{name}»")
    with _changing(ws, investigation_id, label) as (operation, row):
        rules.check_open(State(row.state))
        _put_members(operation.session, row.id, members)


def _put_members(session: Session, investigation_id: int, members: Sequence[int]) -> None:
    put_members(
        session,
        select(InvestigationMember).where(InvestigationMember.investigation_id == investigation_id),
        members,
        lambda member: InvestigationMember(investigation_id=investigation_id, member_id=member),
    )


def decide(
    ws: Workspace, investigation_id: int, cause: str, decision: str, remeasure_on: date | None,
    on: date,
) -> None:  # fmt: skip
    """Write the cause and the decision, and say when the numbers are looked at again.

    Raises:
        DomainError: something is missing (its ``field`` says what), or it is closed.
    """
    with _changing(ws, investigation_id, N_("Decide the investigation «{name}»")) as (_run, row):
        rules.check_open(State(row.state))
        rules.check_decision(cause, decision, on, row.last, remeasure_on)
        row.cause = rules.words(cause, "cause")
        row.decision = rules.words(decision, "decision")
        row.remeasure_on, row.decided_on, row.state = remeasure_on, on, State.ACTING.value


def compare(ws: Workspace, investigation_id: int, today: date) -> Comparison | None:
    """Put the numbers before and after the decision side by side; None before a decision.

    Raises:
        DomainError: the investigation is gone.
    """
    shown = case(ws, investigation_id, today)
    if shown.decided_on is None or shown.remeasure_on is None:
        return None
    before, after = rules.compared(
        shown.first, shown.last, shown.decided_on, min(shown.remeasure_on, today)
    )
    complete = shown.remeasure_on <= today
    if after[1] < after[0]:
        return Comparison(before, after, None, complete)
    measured = effects.measure(
        ws, shown.metric, after[0], after[1], before=before, members=shown.member_ids
    )
    if not measured.days_after:  # then nobody is known to be at work: a day before means nothing
        measured = replace(measured, before=None)
    return Comparison(before, after, measured, complete)


def verdict(
    ws: Workspace, investigation_id: int, given: Verdict, words: str, on: date, *,
    prove: Collection[int] = (), prove_decision: bool = False,
) -> None:  # fmt: skip
    """Close an investigation with what the numbers said, and keep them as they stand today.

    Args:
        on: today; the days after the decision are counted up to it, or to the re-measurement.
        prove: findings that go to the library; only where the verdict is that it helped.
        prove_decision: put the decision itself into the library as a finding.

    Raises:
        DomainError: nothing is decided yet, or the verdict has been given.
    """
    found = compare(ws, investigation_id, on)
    with _changing(ws, investigation_id, N_("Verdict of the investigation «{name}»")) as (
        operation,
        row,
    ):
        rules.check_verdict(State(row.state))
        kind = metrics.load(operation.conn)[row.metric].kind
        effect = found.effect if found else None
        row.before_value = rules.kept(effect.before, kind) if effect else None
        row.after_value = rules.kept(effect.after, kind) if effect else None
        row.verdict, row.verdict_on = given.value, on
        row.verdict_text = rules.words(words, "verdict_text")
        row.state = State.CLOSED.value
        if given not in rules.SUCCESSFUL:
            return
        session = operation.session
        for finding in session.scalars(
            select(Finding).where(
                Finding.investigation_id == investigation_id, Finding.id.in_(prove)
            )
        ):
            finding.proven = True
        if prove_decision:
            session.add(
                Finding(
                    investigation_id=investigation_id, text=row.decision, successful=True,
                    noted_on=on, metric=row.metric, proven=True,
                )
            )  # fmt: skip


def reopen(ws: Workspace, investigation_id: int) -> None:
    """Go a step back: take the verdict away, or the decision's state from what is acted upon."""
    with _changing(ws, investigation_id, N_("Reopen the investigation «{name}»")) as (_run, row):
        if row.state == State.CLOSED:
            row.state, row.verdict, row.verdict_on = State.ACTING.value, "", None
            row.before_value = row.after_value = None
        elif row.state == State.ACTING:
            row.state, row.decided_on = State.OPEN.value, None


def delete_investigation(ws: Workspace, investigation_id: int) -> None:
    """Remove an investigation with its findings; proven ones stay in the library."""
    with _changing(ws, investigation_id, N_("Remove the investigation «{name}»")) as (
        operation,
        row,
    ):
        session = operation.session
        session.execute(
            delete(Finding).where(
                Finding.investigation_id == investigation_id, Finding.proven.is_(False)
            )
        )
        session.delete(row)


@contextmanager
def _changing(
    ws: Workspace, investigation_id: int, label: str
) -> "Iterator[tuple[Operation, Investigation]]":
    with ws.operation(label, name="") as operation:
        row = operation.session.get(Investigation, investigation_id)
        if row is None:
            raise DomainError(GONE)
        operation.fields["name"] = row.question
        yield operation, row
