"""Investigations as lists and cards show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.investigations import About, Source, State, Verdict
from ropdesk.services import week
from ropdesk.services.practices import FindingLine, findings
from ropdesk.services.week import ActionLine
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

GONE = N_("This investigation is gone. Open the list again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One investigation in a list.

    Attributes:
        members: whom it is about, by name; nobody means the department.
        due: whether its numbers are to be looked at again.
        findings, actions, done: how many findings and actions there are, and actions done.
    """

    id: int
    question: str
    kind: About
    metric: str
    first: date
    last: date
    opened: date
    state: State
    members: tuple[str, ...]
    remeasure_on: date | None
    due: bool
    verdict: Verdict | None
    verdict_on: date | None
    findings: int
    actions: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything written about one investigation.

    Attributes:
        member_ids, members: whom it is about; nobody means the department.
        before_value, after_value: the metric as it stood at the verdict, as stored (see
            `ropdesk.domain.investigations.measured`).
    """

    id: int
    question: str
    kind: About
    metric: str
    first: date
    last: date
    opened: date
    state: State
    source: Source
    source_key: str
    notes: str
    cause: str
    decision: str
    decided_on: date | None
    remeasure_on: date | None
    due: bool
    verdict: Verdict | None
    verdict_text: str
    verdict_on: date | None
    before_value: int | None
    after_value: int | None
    member_ids: tuple[int, ...]
    members: tuple[str, ...]
    findings: tuple[FindingLine, ...]
    actions: tuple[ActionLine, ...]


def cases(ws: Workspace, today: date) -> list[CaseLine]:
    """List all investigations: due first, then acting, open and closed; newest first in each."""
    with ws.read() as connection:
        found = _lines(connection, today)
    order = {State.ACTING: 1, State.OPEN: 2, State.CLOSED: 3}
    return sorted(
        found, key=lambda c: (0 if c.due else order[c.state], -c.opened.toordinal(), -c.id)
    )


def due(ws: Workspace, today: date) -> list[CaseLine]:
    """List the investigations whose numbers are to be looked at again, the longest due first."""
    found = [line for line in cases(ws, today) if line.due]
    return sorted(found, key=lambda line: (line.remeasure_on or today, line.id))


def case(ws: Workspace, investigation_id: int, today: date) -> Case:
    """Return everything about one investigation.

    Raises:
        DomainError: it has been removed meanwhile.
    """
    with ws.read() as connection:
        found = rows(
            connection,
            "SELECT id, question, kind, metric, first, last, opened, state, source, source_key, "
            "notes, cause, decision, decided_on, remeasure_on, verdict, verdict_text, verdict_on, "
            "before_value, after_value FROM investigation WHERE id = ?",
            (investigation_id,),
        )
        if not found:
            raise DomainError(GONE)
        people = _people(connection, investigation_id)
        told = findings(connection, investigation_id)
    return _case(found[0], people, told, week.of_investigation(ws, investigation_id), today)


def _case(
    row: tuple[Any, ...],
    people: list[tuple[int, int, str]],
    told: list[FindingLine],
    actions: Sequence[ActionLine],
    today: date,
) -> Case:
    state, remeasure = State(row[7]), _day(row[14])
    return Case(
        id=row[0], question=row[1], kind=About(row[2]), metric=row[3],
        first=date.fromisoformat(row[4]), last=date.fromisoformat(row[5]),
        opened=date.fromisoformat(row[6]), state=state, source=Source(row[8]), source_key=row[9],
        notes=row[10], cause=row[11], decision=row[12], decided_on=_day(row[13]),
        remeasure_on=remeasure, due=rules.due(state, remeasure, today),
        verdict=Verdict(row[15]) if row[15] else None, verdict_text=row[16],
        verdict_on=_day(row[17]), before_value=row[18], after_value=row[19],
        member_ids=tuple(member for _case_id, member, _name in people),
        members=tuple(name for _case_id, _member, name in people),
        findings=tuple(told), actions=tuple(actions),
    )  # fmt: skip


def _lines(connection: Connection, today: date) -> list[CaseLine]:
    people: dict[int, list[str]] = {}
    for case_id, _member, name in _people(connection):
        people.setdefault(case_id, []).append(name)
    told = _counts(connection, "SELECT investigation_id, count(*) FROM finding GROUP BY 1")
    acted = _counts(
        connection,
        "SELECT investigation_id, count(*) FROM planned_action WHERE state <> 'dropped' GROUP BY 1",
    )
    done = _counts(
        connection,
        "SELECT investigation_id, count(*) FROM planned_action WHERE state = 'done' GROUP BY 1",
    )
    made = []
    for row in rows(
        connection,
        "SELECT id, question, kind, metric, first, last, opened, state, remeasure_on, verdict, "
        "verdict_on FROM investigation",
    ):
        state, remeasure = State(row[7]), _day(row[8])
        made.append(
            CaseLine(
                id=row[0], question=row[1], kind=About(row[2]), metric=row[3],
                first=date.fromisoformat(row[4]), last=date.fromisoformat(row[5]),
                opened=date.fromisoformat(row[6]), state=state,
                members=tuple(people.get(row[0], ())), remeasure_on=remeasure,
                due=rules.due(state, remeasure, today),
                verdict=Verdict(row[9]) if row[9] else None, verdict_on=_day(row[10]),
                findings=told.get(row[0], 0), actions=acted.get(row[0], 0),
                done=done.get(row[0], 0),
            )
        )  # fmt: skip
    return made


def _people(
    connection: Connection, investigation_id: int | None = None
) -> list[tuple[int, int, str]]:
    """Answer investigation id, member id and name, in the order of names."""
    found = rows(
        connection,
        "SELECT i.investigation_id, i.member_id, m.name FROM investigation_member i "
        "JOIN member m ON m.id = i.member_id WHERE ? IS NULL OR i.investigation_id = ?",
        (investigation_id, investigation_id),
    )
    return sorted(
        ((case_id, member, name) for case_id, member, name in found),
        key=lambda one: (one[0], one[2].casefold(), one[1]),
    )


def _counts(connection: Connection, sql: str) -> dict[int, int]:
    return {key: count for key, count in rows(connection, sql) if key is not None}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
