"""Single leads: disputed, answered and settled; and which lost reasons mean «not a target one»."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, func, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import month_end
from ropdesk.services.marketing_facts import CREATED, VERDICT
from ropdesk.services.planning_sheet import first_day
from ropdesk.store.models import Deal, LeadVerdict, RejectionReason
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

LONGEST = 500  # letters of a reason or an answer
FOUND = 200  # leads offered at once
_WHY = N_("Say in a word why the lead is not a target one.")
_FEW = 400  # ids in one query: SQLite takes so many values


@dataclass(frozen=True, slots=True)
class LostReason:
    """A reason of loss: how many deals were lost for it, whether it means «not a target lead»."""

    reason: str
    deals: int
    rejects: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """A deal as a lead.

    Attributes:
        verdict: as counted: accepted, rejected, disputed or undecided.
        explicit: whether somebody gave the verdict, rather than the rule.
        reason, answer: why sales dispute it, and what marketing says.
    """

    deal_id: int
    number: str
    title: str
    member: str
    source: str
    created: date
    status: str
    lost_reason: str
    verdict: str
    explicit: bool = False
    reason: str = ""
    answer: str = ""
    disputed_on: date | None = None
    settled_on: date | None = None

    @property
    def state(self) -> str:
        """Where a dispute stands: asked, answered, accepted or rejected; empty without one."""
        if self.disputed_on is None:
            return ""
        if self.verdict == "disputed":
            return "answered" if self.answer else "asked"
        return self.verdict


_COLUMNS = f"""SELECT d.id, d.external_id, d.title, m.name, d.source, d.created, d.status,
    d.lost_reason, {VERDICT}, v.id IS NOT NULL, coalesce(v.reason, ''), coalesce(v.answer, ''),
    v.disputed_on, v.settled_on
    FROM deal d JOIN member m ON m.id = d.member_id"""


def register(ws: Workspace, month: date) -> list[Lead]:
    """List the leads of a month that are or were disputed, the unsettled first, oldest first."""
    with ws.read() as connection:
        return _read(
            connection,
            f"{_COLUMNS} JOIN lead_verdict v ON v.deal_id = d.id "
            "WHERE d.created BETWEEN ? AND ? AND v.disputed_on IS NOT NULL "
            "ORDER BY v.verdict <> 'disputed', v.disputed_on, d.id",
            _span(month),
        )


def find(ws: Workspace, month: date, words: str = "", limit: int = FOUND) -> list[Lead]:
    """Find leads of a month by number, customer or subject, source; newest first.

    Upper and lower case are the same letter. A lead under dispute is not offered again.
    """
    wanted = words.casefold().split()
    with ws.read() as connection:
        found = _read(
            connection,
            f"{_COLUMNS} LEFT JOIN lead_verdict v ON v.deal_id = d.id "
            f"WHERE {CREATED} AND coalesce(v.verdict, '') <> 'disputed' "
            "ORDER BY d.created DESC, d.id DESC",
            _span(month),
        )
    # SQLite folds the case of Latin letters alone; a month is few enough to look through here.
    fitting = (
        lead
        for lead in found
        if all(
            word in f"{lead.number}\n{lead.title}\n{lead.source}\n{lead.member}".casefold()
            for word in wanted
        )
    )
    return [lead for lead, _place in zip(fitting, range(limit), strict=False)]


def dispute(ws: Workspace, deal_ids: Collection[int], reason: str, on: date) -> None:
    """Dispute leads: until settled they count as neither accepted nor rejected.

    Raises:
        DomainError: no lead is chosen, or no reason is given.
    """
    words = _words(reason, _WHY, "reason")
    _some(deal_ids)
    with ws.operation(N_("Dispute leads: {reason}"), reason=words) as operation:
        known = _verdicts(operation, deal_ids)
        for deal_id in deal_ids:
            row = known.get(deal_id)
            if row is None:
                fresh = LeadVerdict(
                    deal_id=deal_id, verdict="disputed", reason=words, decided_on=on,
                    disputed_on=on,
                )  # fmt: skip
                operation.session.add(fresh)
            else:
                row.verdict, row.reason, row.answer = "disputed", words, ""
                row.decided_on, row.disputed_on, row.settled_on = on, on, None


@dataclass(frozen=True, slots=True)
class Said:
    """What is written about a disputed lead: sales' reason, marketing's answer; None leaves it."""

    deal_id: int
    reason: str | None = None
    answer: str | None = None


def explain(ws: Workspace, said: Sequence[Said]) -> None:
    """Write reasons and answers as one operation; an answer may be emptied.

    Raises:
        DomainError: a lead is not in the register, or its reason is emptied; nothing is written.
    """
    answered = any(each.answer is not None for each in said)
    label = N_("Answer a disputed lead") if answered else N_("Change why a lead is disputed")
    with ws.operation(label) as operation:
        known = _verdicts(operation, [each.deal_id for each in said])
        for each in said:
            row = known.get(each.deal_id)
            if row is None:
                raise _gone()
            if each.reason is not None:
                row.reason = _words(each.reason, _WHY, "reason")
            if each.answer is not None:
                row.answer = " ".join(each.answer.split())[:LONGEST]


def settle(ws: Workspace, deal_ids: Collection[int], on: date, *, accepted: bool) -> None:
    """Settle leads: accepted or rejected, whether or not they were disputed before.

    Raises:
        DomainError: no lead is chosen.
    """
    _some(deal_ids)
    verdict = "accepted" if accepted else "rejected"
    label = N_("Accept leads") if accepted else N_("Reject leads")
    with ws.operation(label) as operation:
        known = _verdicts(operation, deal_ids)
        for deal_id in deal_ids:
            row = known.get(deal_id)
            if row is None:
                fresh = LeadVerdict(deal_id=deal_id, verdict=verdict, decided_on=on)
                operation.session.add(fresh)
                continue
            row.verdict, row.decided_on = verdict, on
            row.settled_on = None if row.disputed_on is None else on


def withdraw(ws: Workspace, deal_ids: Collection[int]) -> None:
    """Take verdicts back: the leads are counted by the rule again.

    Raises:
        DomainError: none of them has a verdict.
    """
    with ws.operation(N_("Take verdicts on leads back")) as operation:
        found = _verdicts(operation, deal_ids)
        if not found:
            raise _gone()
        for row in found.values():
            operation.session.delete(row)


def reasons(ws: Workspace) -> list[LostReason]:
    """List the reasons of loss seen in deals, the most frequent first, and the chosen ones."""
    with ws.read() as connection:
        chosen = chosen_reasons(connection)
        seen = dict(
            rows(
                connection,
                "SELECT lost_reason, count(*) FROM deal WHERE status = 'lost' "
                "AND lost_reason <> '' GROUP BY 1",
            )
        )
    every = [LostReason(name, seen.get(name, 0), name in chosen) for name in {*seen, *chosen}]
    return sorted(every, key=lambda each: (-each.deals, each.reason.casefold()))


def chosen_reasons(connection: Connection) -> frozenset[str]:
    """Return the reasons that mean «not a target lead»."""
    return frozenset(row[0] for row in rows(connection, "SELECT reason FROM rejection_reason"))


def choose_reasons(ws: Workspace, chosen: Collection[str]) -> None:
    """Choose which reasons of loss mean that the lead was not a target one."""
    with ws.operation(N_("Choose the reasons of rejection")) as operation:
        known = set(operation.session.scalars(select(RejectionReason.reason)))
        gone = known - set(chosen)
        if gone:
            operation.session.execute(
                delete(RejectionReason).where(RejectionReason.reason.in_(gone))
            )
        for reason in sorted(set(chosen) - known):
            operation.session.add(RejectionReason(reason=reason))


def _span(month: date) -> tuple[str, str]:
    first = first_day(month)
    return first.isoformat(), month_end(first).isoformat()


def _read(connection: Connection, sql: str, values: Sequence[object]) -> list[Lead]:
    return [
        Lead(
            deal_id, number, title, member, source, date.fromisoformat(created), status, lost,
            verdict, bool(explicit), reason, answer, _day(disputed), _day(settled),
        )
        for deal_id, number, title, member, source, created, status, lost, verdict, explicit,
        reason, answer, disputed, settled in rows(connection, sql, values)
    ]  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _verdicts(operation: Operation, deal_ids: Collection[int]) -> dict[int, LeadVerdict]:
    ids = list(deal_ids)
    found: dict[int, LeadVerdict] = {}
    for start in range(0, len(ids), _FEW):
        query = select(LeadVerdict).where(LeadVerdict.deal_id.in_(ids[start : start + _FEW]))
        found.update((row.deal_id, row) for row in operation.session.scalars(query))
    _refuse_gone(operation, [deal_id for deal_id in ids if deal_id not in found])
    return found


def _refuse_gone(operation: Operation, deal_ids: Sequence[int]) -> None:
    """Refuse leads whose import was taken back since the list was shown."""
    for start in range(0, len(deal_ids), _FEW):
        part = set(deal_ids[start : start + _FEW])
        query = select(func.count()).where(Deal.id.in_(part))
        if operation.session.scalar(query) != len(part):
            raise _gone()


def _words(text: str, refusal: str, field: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise DomainError(refusal, field=field)
    return words[:LONGEST]


def _some(deal_ids: Collection[int]) -> None:
    if not deal_ids:
        raise DomainError(N_("No lead is chosen. Choose one in the list."), field="lead")


def _gone() -> DomainError:
    return DomainError(N_("This lead is not in the register any more. Choose another."))
