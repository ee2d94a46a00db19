"""Promises: who, what, by when and how much; judged from facts whenever they are read.

Nothing of a judgement by the program is stored. A judgement by hand is, and it wins.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain import promises as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.promises import Share, Verdict, Way
from ropdesk.services import calendar, metrics
from ropdesk.services.promise_line import PromiseInput
from ropdesk.services.promise_lines import (
    ANYBODY,
    GONE,
    Anybody,
    PromiseLine,
    by_month,
    counted,
    deal_ids,
    line,
    lines,
    shares,
    shares_by_month,
)
from ropdesk.services.promise_rows import DROPPED, OPEN, Move, moves
from ropdesk.store.models import Meeting, Member, Promise, PromiseMove
from ropdesk.store.workspace import Operation, Workspace

__all__ = [
    "ANYBODY",
    "Anybody",
    "Move",
    "NewPromise",
    "PromiseLine",
    "Share",
    "Verdict",
    "Way",
    "add",
    "by_month",
    "change",
    "counted",
    "deal_ids",
    "drop",
    "judge",
    "line",
    "lines",
    "move",
    "moves",
    "new_promise",
    "next_day",
    "put",
    "remove",
    "reopen",
    "shares",
    "shares_by_month",
]

LONGEST_HOLIDAYS = timedelta(days=30)
FIELDS = frozenset(
    {"text", "customer", "member_id", "metric", "amount", "first", "due", "meeting_id", "result"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromise:
    """A promise as it is given.

    Attributes:
        first: the first day whose facts count; ``due`` where that day alone is meant.
        member_id: who promises; None for the sales head, who answers for the department.
        metric, amount: code and stored parts; empty and None where it is no number.
    """

    text: str
    given: date
    due: date
    first: date
    member_id: int | None = None
    meeting_id: int | None = None
    customer: str = ""
    metric: str = ""
    amount: int | None = None


def new_promise(given: date, said: PromiseInput, meeting_id: int | None = None) -> NewPromise:
    """Make a promise of a confirmed promise line."""
    return NewPromise(
        text=said.text, given=given, due=said.due,
        first=min(given, said.due) if said.since_given else said.due, member_id=said.member_id,
        meeting_id=meeting_id, customer=said.customer, metric=said.metric, amount=said.amount,
    )  # fmt: skip


def next_day(connection: Connection, today: date) -> date:
    """Say the next working day: what a promise without a day is proposed for."""
    tomorrow = today + timedelta(1)
    ahead = calendar.load(connection).working_days(tomorrow, tomorrow + LONGEST_HOLIDAYS)
    return next(iter(ahead), tomorrow)


def add(ws: Workspace, new: NewPromise) -> int:
    """Write a promise down and return its id.

    Raises:
        DomainError: what cannot be (its ``field`` says where: text, due, first, customer, metric,
            amount).
    """
    with ws.operation(N_("Write the promise «{text}» down"), text="") as operation:
        return put(operation, new)


def put(operation: Operation, new: NewPromise) -> int:
    """Write a promise down within a running operation, as `add` does."""
    row = Promise(
        text=rules.text(new.text), given=new.given, due=new.due, first=new.first,
        customer=rules.customer(new.customer), metric=new.metric, amount=new.amount,
    )  # fmt: skip
    _name(operation, row, "member_id", new.member_id)
    _name(operation, row, "meeting_id", new.meeting_id)
    _check(operation, row)
    operation.session.add(row)
    operation.session.flush()
    if operation.fields.get("text") == "":
        operation.fields["text"] = row.text
    return row.id


def _name(operation: Operation, row: Promise, name: str, id_: int | None) -> None:
    table = Member if name == "member_id" else Meeting
    if id_ is not None and operation.session.get(table, id_) is None:
        raise DomainError(
            N_("This member is gone. Open the team again.")
            if name == "member_id"
            else N_("This meeting is gone. Open the list of meetings again."),
            field=name,
        )
    setattr(row, name, id_)


def _check(operation: Operation, row: Promise) -> None:
    rules.check_days(row.given, row.first, row.due)
    metric = metrics.load(operation.conn)[row.metric] if row.metric else None
    rules.check_amount(metric, row.amount, row.customer)


def change(ws: Workspace, promise_id: int, **values: Any) -> None:
    """Correct what was promised, as one operation.

    Args:
        values: text, customer, member_id, metric, amount, first, due (earlier only: a later day
            is a move and needs a reason), meeting_id, result (what came of it).

    Raises:
        DomainError: what cannot be.
    """
    if not FIELDS.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, promise_id, N_("Change the promise «{text}»")) as (operation, row):
        due = row.due
        for name, value in values.items():
            if name == "text":
                row.text = operation.fields["text"] = rules.text(value)
            elif name == "customer":
                row.customer = rules.customer(value)
            elif name == "result":
                row.result = rules.result(value)
            elif name in {"member_id", "meeting_id"}:
                _name(operation, row, name, value)
            else:
                setattr(row, name, value)
        rules.check_correction(due, row.due)
        if "first" not in values:
            row.first = min(row.first, row.due)
        _check(operation, row)


def remove(ws: Workspace, promise_id: int) -> None:
    """Remove a promise written by mistake, with its moves."""
    with _changing(ws, promise_id, N_("Remove the promise «{text}»")) as (operation, row):
        operation.session.delete(row)


def move(ws: Workspace, promise_id: int, due: date, reason: str, on: date) -> None:
    """Put a promise off to a later day; counted, and kept with its reason.

    Raises:
        DomainError: no reason, a day that is not later, or it has been judged by hand.
    """
    with _changing(ws, promise_id, N_("Put the promise «{text}» off")) as (operation, row):
        if row.state != OPEN:
            raise DomainError(
                N_("This promise has been judged already. Take the judgement back first.")
            )
        rules.check_move(row.due, due)
        operation.session.add(
            PromiseMove(
                promise_id=row.id, moved_on=on, due_from=row.due, due_to=due,
                reason=rules.reason(reason),
            )
        )  # fmt: skip
        row.first, row.due = rules.moved_first(row.first, row.due, due), due


def judge(ws: Workspace, promise_id: int, verdict: Verdict, on: date, result: str = "") -> None:
    """Judge by hand: kept, partly or broken. It wins over what the program finds.

    Args:
        on: the day it was done (kept, partly): after the due day it counts as late. Give
            ``min(due, today)`` for «done in time, said only today».

    Raises:
        DomainError: the result is too long.
    """
    labels = {
        Verdict.KEPT: N_("Promise kept: «{text}»"),
        Verdict.PARTLY: N_("Promise partly kept: «{text}»"),
        Verdict.BROKEN: N_("Promise broken: «{text}»"),
    }
    with _changing(ws, promise_id, labels[verdict]) as (_operation, row):
        row.state, row.settled_on, row.result = verdict.value, on, rules.result(result)


def reopen(ws: Workspace, promise_id: int) -> None:
    """Take a judgement by hand back, or a dropped promise up again; the program judges anew."""
    with _changing(ws, promise_id, N_("Open the promise «{text}» again")) as (_operation, row):
        row.state, row.settled_on, row.result = OPEN, None, ""


def drop(ws: Workspace, promise_id: int, reason: str) -> None:
    """Take a promise back with a reason: it counts for nobody, neither kept nor broken.

    Raises:
        DomainError: no reason is given.
    """
    with _changing(ws, promise_id, N_("Drop the promise «{text}»")) as (_operation, row):
        row.state, row.settled_on, row.result = DROPPED, None, rules.reason(reason)


@contextmanager
def _changing(ws: Workspace, promise_id: int, label: str) -> Iterator[tuple[Operation, Promise]]:
    with ws.operation(label, text="") as operation:
        row = operation.session.get(Promise, promise_id)
        if row is None:
            raise DomainError(GONE)
        operation.fields["text"] = row.text
        yield operation, row
