"""Findings of investigations, and the library of the actions that proved themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.investigations import Verdict
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.months import month_end
from ropdesk.services import metrics, week
from ropdesk.services.week import NewAction
from ropdesk.store.models import Finding, Investigation, Member
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

EDITABLE = frozenset({"text", "successful", "member_id", "metric", "note", "proven"})


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A successful or unsuccessful action that somebody found.

    Attributes:
        member: who acted so, empty when nobody is named.
        proven: whether it stands in the library.
    """

    id: int
    text: str
    successful: bool
    noted_on: date
    member_id: int | None
    member: str
    metric: str
    proven: bool
    note: str


@dataclass(frozen=True, slots=True)
class Practice:
    """A proven action of the library.

    Attributes:
        id: the finding's id.
        member: who did it, empty when nobody is named.
        investigation_id: where it was proven, with ``question``, ``verdict`` and ``verdict_on``;
            None where the investigation was removed or never was.
        before, after: the metric of that investigation, ``measured_in``, in its stored parts; of a
            flow, for a working day.
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
    measured_in: str
    verdict: Verdict | None
    verdict_on: date | None
    before: Fraction | None
    after: Fraction | None


def findings(connection: Connection, investigation_id: int) -> list[FindingLine]:
    """List the findings of an investigation in the order they were written."""
    found = rows(
        connection,
        "SELECT f.id, f.text, f.successful, f.noted_on, f.member_id, coalesce(m.name, ''), "
        "f.metric, f.proven, f.note FROM finding f LEFT JOIN member m ON m.id = f.member_id "
        "WHERE f.investigation_id = ? ORDER BY f.id",
        (investigation_id,),
    )
    return [
        FindingLine(
            id_, text, bool(successful), date.fromisoformat(noted), member_id, member, metric,
            bool(proven), note,
        )
        for id_, text, successful, noted, member_id, member, metric, proven, note in found
    ]  # fmt: skip


def add_finding(
    ws: Workspace,
    investigation_id: int | None,
    text: str,
    on: date,
    *,
    successful: bool = True,
    member_id: int | None = None,
    metric: str = "",
    note: str = "",
    proven: bool = False,
) -> int:
    """Write down what somebody does well or badly; returns its id.

    Args:
        investigation_id: where it was found; None for a proven action known without one.
        metric: what it moves; left empty it is the investigation's.

    Raises:
        DomainError: no words, or the investigation, the member or the metric is gone.
    """
    kept = _words(text)
    with ws.operation(N_("Note the finding «{name}»"), name=kept) as operation:
        session = operation.session
        if investigation_id is not None:
            parent = session.get(Investigation, investigation_id)
            if parent is None:
                raise DomainError(N_("This investigation is gone. Open the list again."))
            metric = metric or parent.metric
        row = Finding(
            investigation_id=investigation_id, text=kept, successful=successful, noted_on=on,
            member_id=member_id, metric=metric, proven=proven, note=rules.words(note, "note"),
        )  # fmt: skip
        _check(session, metrics.load(operation.conn), member_id, metric)
        session.add(row)
        session.flush()
        return row.id


def change_finding(ws: Workspace, finding_id: int, **values: Any) -> None:
    """Change a finding by field: text, successful, member_id, metric, note, proven.

    Raises:
        DomainError: no words, or the finding, the member or the metric is gone.
    """
    if not EDITABLE.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with ws.operation(N_("Change the finding «{name}»"), name="") as operation:
        row = _finding(operation.session, finding_id)
        if "text" in values:
            values["text"] = _words(values["text"])
        if "note" in values:
            values["note"] = rules.words(values["note"], "note")
        for field, value in values.items():
            setattr(row, field, value)
        known = metrics.load(operation.conn)
        _check(operation.session, known, row.member_id, values.get("metric", ""))
        operation.fields["name"] = row.text


def prove(ws: Workspace, finding_ids: Sequence[int], *, proven: bool = True) -> None:
    """Put findings into the library, or take them out, as one operation."""
    label = (
        N_("Put into the library: {names}") if proven else N_("Take out of the library: {names}")
    )
    with ws.operation(label, names="") as operation:
        found = [_finding(operation.session, finding_id) for finding_id in finding_ids]
        for row in found:
            row.proven = proven
        operation.fields["names"] = "; ".join(row.text for row in found)


def remove_finding(ws: Workspace, finding_id: int) -> None:
    """Remove a finding."""
    with ws.operation(N_("Remove the finding «{name}»"), name="") as operation:
        row = operation.session.get(Finding, finding_id)
        if row is not None:
            operation.fields["name"] = row.text
            operation.session.delete(row)


def library(ws: Workspace, words: str = "", metric: str = "") -> list[Practice]:
    """Search the proven actions, newest first.

    Args:
        words: each must begin a word of the action, its note, the person or the question, whatever
            the case of letters and «ё»; nothing finds everything.
        metric: only those that move this metric.
    """
    wanted = _folded(words).split()
    with ws.read() as connection:
        found = _practices(connection, metrics.load(connection))
    return [one for one in found if (not metric or one.metric == metric) and _fits(one, wanted)]


def quotable(ws: Workspace, month: date) -> list[Practice]:
    """List what proved itself in a month: for the monthly report and the meetings."""
    first = month.replace(day=1)
    last = month_end(first)
    return [one for one in library(ws) if first <= (one.verdict_on or one.noted_on) <= last]


def use(
    ws: Workspace, finding_id: int, day: date, member_ids: Sequence[int | None] = (None,)
) -> list[int]:
    """Copy a proven action into the week of a day, once for each owner (None: the sales head).

    Raises:
        DomainError: it is no longer there.
    """
    with ws.read() as connection:
        found = rows(connection, "SELECT text, metric FROM finding WHERE id = ?", (finding_id,))
    if not found:
        raise DomainError(N_("This finding is gone. Open the list again."))
    text, metric = found[0]
    return week.add(
        ws, [NewAction(title=text, week=day, member_id=who, metric=metric) for who in member_ids]
    )


def _practices(connection: Connection, known: Metrics) -> list[Practice]:
    found = rows(
        connection,
        "SELECT f.id, f.text, f.metric, f.successful, f.member_id, coalesce(m.name, ''), "
        "f.noted_on, f.note, f.investigation_id, coalesce(i.question, ''), "
        "coalesce(i.metric, ''), coalesce(i.verdict, ''), i.verdict_on, i.before_value, "
        "i.after_value FROM finding f LEFT JOIN member m ON m.id = f.member_id "
        "LEFT JOIN investigation i ON i.id = f.investigation_id WHERE f.proven "
        "ORDER BY coalesce(i.verdict_on, f.noted_on) DESC, f.id DESC",
    )
    made = []
    for row in found:
        before, after = (_measured(known, row[10], stored) for stored in (row[13], row[14]))
        made.append(
            Practice(
                row[0], row[1], row[2], bool(row[3]), row[4], row[5], date.fromisoformat(row[6]),
                row[7], row[8], row[9], row[10], Verdict(row[11]) if row[11] else None,
                date.fromisoformat(row[12]) if row[12] else None, before, after,
            )
        )  # fmt: skip
    return made


def _measured(known: Metrics, code: str, stored: int | None) -> Fraction | None:
    """Read a verdict's number back; unknown where the metric has been removed since."""
    if code not in known:
        return None
    return rules.measured(stored, known[code].kind)


def _fits(one: Practice, wanted: Sequence[str]) -> bool:
    have = _folded(f"{one.text} {one.note} {one.member} {one.question}").split()
    bare = [word.strip("«»\"'().,;:!?—–-") for word in have]
    return all(any(word.startswith(part) for word in (*have, *bare)) for part in wanted)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _words(text: str) -> str:
    kept = rules.words(text, "text")
    if not kept:
        raise DomainError(N_("A finding says what is done. Write it."), field="text")
    return kept


def _finding(session: Session, finding_id: int) -> Finding:
    row = session.get(Finding, finding_id)
    if row is None:
        raise DomainError(N_("This finding is gone. Open the list again."))
    return row


def _check(session: Session, known: Metrics, member_id: int | None, metric: str) -> None:
    if metric:
        known[metric]
    if member_id is not None and session.get(Member, member_id) is None:
        raise DomainError(N_("This member is gone. Open the team again."), field="member_id")
