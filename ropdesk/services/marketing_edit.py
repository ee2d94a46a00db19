"""Changing lead agreements: typing, copying, agreeing, closing, opening again.

What is agreed changes only by a correction with its reason; what is closed, not at all.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.marketing import POINTS, LeadFacts
from ropdesk.domain.months import month_end
from ropdesk.services import calendar, marketing
from ropdesk.services.marketing import FACTS, NUMBERS, TEXTS
from ropdesk.services.marketing_costs import check_cost, put_cost
from ropdesk.services.planning_sheet import first_day, month_text
from ropdesk.store.models import LeadAgreement
from ropdesk.store.workspace import Operation, Workspace

LONGEST_NAME = 120  # letters of a source
LONGEST = 1_000  # letters of a text: more than a page for two signatures has room for
_MOST = {
    "inquiries": 10**7,
    "accepted_share": POINTS,
    "price_per_lead": 10**12,
    "first_contact": 60 * 24 * 31,
    "attempts": 100 * 100,
    "fact_first_contact": 60 * 24 * 31,
    "fact_attempts": 100 * 100,
}
_TERMS = frozenset({*NUMBERS, "criteria", "marketing_owes", "sales_owe"})


@dataclass(frozen=True, slots=True)
class TermEdit:
    """One field of a source's agreement and what it becomes.

    Attributes:
        field: one of `marketing.NUMBERS` or ``fact_first_contact``, ``fact_attempts`` with an
            integer or None; one of `marketing.TEXTS` with a text; ``cost`` with kopecks or None.
    """

    source: str
    field: str
    value: int | str | None


def change(
    ws: Workspace, month: date, edits: Sequence[TermEdit], on: date, reason: str = ""
) -> None:
    """Write what was typed or pasted as one operation; a source without an agreement gets a draft.

    Args:
        on: today, the day of a correction.
        reason: why something agreed is changed.

    Raises:
        DomainError: a value that cannot be, a closed agreement, or an agreed one without a reason.
    """
    for edit in edits:
        _check(edit)
    label, fields = _label(month, edits, reason)
    with ws.operation(label, **fields) as operation:
        known = _rows(operation, month)
        corrected: set[str] = set()
        for edit in edits:
            if edit.field == "cost":
                put_cost(operation, month, edit.source, edit.value)
                continue
            row = known.get(edit.source)
            if row is None:
                if edit.value in {None, ""}:
                    continue
                row = LeadAgreement(month=first_day(month), source=edit.source)
                operation.session.add(row)
                known[edit.source] = row
            if getattr(row, edit.field) == edit.value:
                continue
            _refuse_closed(row)
            if row.state == "agreed" and edit.field in _TERMS:
                corrected.add(edit.source)
            setattr(row, edit.field, edit.value)
        for source in corrected:
            _note(known[source], on, reason)


def add(ws: Workspace, month: date, source: str) -> None:
    """Begin a draft on a source that no deal has named yet.

    Raises:
        DomainError: no name, or there is an agreement on it already.
    """
    name = " ".join(source.split())[:LONGEST_NAME]
    if not name:
        raise DomainError(N_("Type the name of the source as the CRM writes it."), field="source")
    with ws.operation(
        N_("Begin an agreement on «{source}» for {month}"), source=name, month=month_text(month)
    ) as operation:
        if name in _rows(operation, month):
            raise DomainError(
                N_("There is an agreement on «{source}» already."), source=name, field="source"
            )
        operation.session.add(LeadAgreement(month=first_day(month), source=name))


def needs_reason(view: marketing.AgreementMonth, edits: Iterable[TermEdit]) -> bool:
    """Tell whether one of these edits corrects something agreed."""
    states = {line.source: line.state for line in view.lines}
    return any(edit.field in _TERMS and states.get(edit.source) == "agreed" for edit in edits)


def copy_from(ws: Workspace, month: date, source_month: date) -> int:
    """Copy another month's agreements as drafts; sources that have one already are left alone.

    Returns:
        How many were copied.

    Raises:
        DomainError: the other month has no agreements, or nothing that is not here already.
    """
    copied = 0
    with ws.operation(
        N_("Copy the agreement of {other} to {month}"),
        other=month_text(source_month), month=month_text(month),
    ) as operation:  # fmt: skip
        here = _rows(operation, month)
        for source, row in _rows(operation, source_month).items():
            if source in here:
                continue
            kept = {name: getattr(row, name) for name in _TERMS}
            fresh = LeadAgreement(
                month=first_day(month), source=source, marketing_head=row.marketing_head, **kept
            )
            operation.session.add(fresh)
            copied += 1
        if not copied:
            raise DomainError(
                N_("There is nothing of {month} to copy that is not here already."),
                month=month_text(source_month),
            )
    return copied


def agree(
    ws: Workspace, month: date, marketing_head: str, on: date, sources: Collection[str] = ()
) -> None:
    """Agree the drafts of a month, or of some sources: from now on they change by correction only.

    Raises:
        DomainError: nobody agrees for marketing, there is no draft, or one promises nothing.
    """
    head = marketing_head.strip()
    if not head:
        raise DomainError(
            N_("An agreement has two sides. Type who agrees for marketing."), field="head"
        )
    with ws.operation(N_("Agree on leads for {month}"), month=month_text(month)) as operation:
        drafts = _chosen(operation, month, "draft", sources)
        if not drafts:
            raise DomainError(
                N_("There is no draft of an agreement for {month}. Type numbers first."),
                month=month_text(month),
            )
        for row in drafts:
            if all(getattr(row, name) is None for name in NUMBERS):
                raise DomainError(
                    N_("«{source}»: nothing is promised in numbers. Type one or remove the line."),
                    source=row.source,
                )
            row.state, row.agreed_on, row.marketing_head = "agreed", on, head


def close(
    ws: Workspace, month: date, conclusion: str, on: date, sources: Collection[str] = ()
) -> None:
    """Close the agreed lines of a month with a conclusion; their facts stay as they are now.

    Args:
        conclusion: written to every line that has none of its own.
        on: today; the last working day of the month is the earliest.

    Raises:
        DomainError: the month still runs, nothing is agreed, or a line has no conclusion.
    """
    with ws.operation(N_("Close the agreement for {month}"), month=month_text(month)) as operation:
        rows = _chosen(operation, month, "agreed", sources)
        if not rows:
            raise DomainError(
                N_("Nothing is agreed for {month}: only an agreement can be closed."),
                month=month_text(month),
            )
        last = _last_working_day(operation, month)
        if on < last:
            raise DomainError(
                N_("The month still runs. Close its agreement from {day} on."),
                day=last.isoformat(),
            )
        view = marketing.load(operation.conn, month, on)
        for row in rows:
            row.conclusion = row.conclusion or conclusion.strip()[:LONGEST]
            if not row.conclusion:
                raise DomainError(
                    N_("An agreement is closed with a conclusion. Write what came of it."),
                    field="conclusion",
                )
            line = view.line(row.source)
            facts = line.now if line is not None else LeadFacts()
            row.closed_facts = json.dumps(
                [facts.accepted, facts.rejected, facts.disputed, facts.undecided, facts.cost]
            )
            row.state, row.closed_on = "closed", on


def reopen(
    ws: Workspace, month: date, reason: str, on: date, sources: Collection[str] = ()
) -> None:
    """Open closed lines again: they are agreed as before, their facts follow the deals.

    Raises:
        DomainError: no reason, or nothing is closed.
    """
    if not reason.strip():
        raise DomainError(
            N_("An agreement is opened again for a reason. Write it."), field="reason"
        )
    with ws.operation(
        N_("Open the agreement for {month} again: {reason}"),
        month=month_text(month), reason=" ".join(reason.split()),
    ) as operation:  # fmt: skip
        rows = _chosen(operation, month, "closed", sources)
        if not rows:
            raise DomainError(N_("No agreement for {month} is closed."), month=month_text(month))
        for row in rows:
            row.state, row.closed_on, row.closed_facts = "agreed", None, ""
            _note(row, on, reason)


def remove(ws: Workspace, month: date, source: str) -> None:
    """Remove a source's draft.

    Raises:
        DomainError: there is none, or it is agreed already.
    """
    with ws.operation(
        N_("Remove the agreement on «{source}» for {month}"),
        source=source, month=month_text(month),
    ) as operation:  # fmt: skip
        row = _rows(operation, month).get(source)
        if row is None or row.state != "draft":
            raise DomainError(
                N_("«{source}» has no draft for {month}; what is agreed stays."),
                source=source, month=month_text(month),
            )  # fmt: skip
        operation.session.delete(row)


def _check(edit: TermEdit) -> None:
    if edit.field == "cost":
        check_cost(edit.value)
        return
    if not edit.source.strip():
        raise DomainError(
            N_("Deals without a source cannot be agreed on. Fill in the source in the CRM.")
        )
    if edit.field in TEXTS:
        if len(str(edit.value or "")) > LONGEST:
            raise DomainError(
                N_("The text is longer than {n} letters. Shorten it."),
                n=LONGEST, field=edit.field,
            )  # fmt: skip
        return
    if edit.field not in {*NUMBERS, *FACTS}:
        message = f"no field {edit.field}"
        raise KeyError(message)
    if edit.value is not None and not 0 <= int(edit.value) <= _MOST[edit.field]:
        raise _impossible(edit)


def _impossible(edit: TermEdit) -> DomainError:
    if edit.field == "accepted_share":
        return DomainError(N_("A share lies between 0 and 100 %."), field=edit.field)
    return DomainError(N_("The number is below zero or too large. Check it."), field=edit.field)


def _label(month: date, edits: Sequence[TermEdit], reason: str) -> tuple[str, dict[str, str]]:
    sources = {edit.source for edit in edits}
    fields = {"month": month_text(month)}
    if all(edit.field == "cost" for edit in edits):
        return N_("Set what channels cost in {month}"), fields
    if reason.strip():
        fields["reason"] = " ".join(reason.split())
        return N_("Correct the agreement for {month}: {reason}"), fields
    if len(sources) == 1:
        fields["source"] = next(iter(sources))
        return N_("Change the agreement on «{source}» for {month}"), fields
    return N_("Change the agreement for {month}"), fields


def _rows(operation: Operation, month: date) -> dict[str, LeadAgreement]:
    found = operation.session.scalars(
        select(LeadAgreement)
        .where(LeadAgreement.month == first_day(month))
        .order_by(LeadAgreement.id)
    )
    return {row.source: row for row in found}


def _chosen(
    operation: Operation, month: date, state: str, sources: Collection[str]
) -> list[LeadAgreement]:
    return [
        row
        for row in _rows(operation, month).values()
        if row.state == state and (not sources or row.source in sources)
    ]


def _refuse_closed(row: LeadAgreement) -> None:
    if row.state == "closed":
        raise DomainError(
            N_("The agreement on «{source}» is closed. Open it again first."), source=row.source
        )


def _note(row: LeadAgreement, on: date, reason: str) -> None:
    words = " ".join(reason.split())[:LONGEST]
    if not words:
        raise DomainError(
            N_("«{source}» is agreed. Say in a word why it is corrected."),
            source=row.source, field="reason",
        )  # fmt: skip
    row.corrections = "\n".join([*row.corrections.splitlines(), f"{on.isoformat()} {words}"])


def _last_working_day(operation: Operation, month: date) -> date:
    last = month_end(first_day(month))
    days = calendar.load(operation.conn).working_days(first_day(month), last)
    return days[-1] if days else last
