"""Lead agreements: what marketing and sales owe each other for a month, and how it went."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ropdesk.domain.marketing import (
    Judgement,
    LeadFacts,
    Promise,
    judge,
    total_facts,
    total_promise,
)
from ropdesk.domain.months import add_months, month_end
from ropdesk.services import calendar, marketing_facts
from ropdesk.services.planning_sheet import first_day
from ropdesk.store.models import LeadAgreement
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

NUMBERS = ("inquiries", "accepted_share", "price_per_lead", "first_contact", "attempts")
FACTS = ("fact_first_contact", "fact_attempts")
TEXTS = ("criteria", "marketing_owes", "sales_owe", "conclusion")
NO_AGREEMENT = "none"
_LOOK_BACK = 1  # month before, whose sources are offered even where nothing has come yet


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of an agreement after it was agreed."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of an agreement."""

    criteria: str = ""
    marketing_owes: str = ""
    sales_owe: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A source of a month: what was promised, what came, how that stands.

    Attributes:
        id: None where there is no agreement on this source.
        state: draft, agreed, closed, or none.
        facts: of the day of closing where it is closed.
        now: what the deals tell today, to see what came after the closing.
    """

    id: int | None
    source: str
    state: str
    promise: Promise
    texts: Texts
    facts: LeadFacts
    now: LeadFacts
    judgement: Judgement
    agreed_on: date | None = None
    closed_on: date | None = None
    marketing_head: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def editable(self) -> bool:
        """Whether its terms may be typed: not once it is closed, and never without a source."""
        return self.state != "closed" and bool(self.source)


@dataclass(frozen=True, slots=True)
class AgreementMonth:
    """All sources of a month, those with an agreement first, by inquiries.

    Attributes:
        as_of: the day that the facts are looked at.
        total: promises and facts of the sources with an agreement; None without any.
        inquiries: everything that came in the month, agreed on or not.
        earlier: the last month before with agreements, to copy from.
    """

    month: date
    as_of: date
    passed: int
    days: int
    lines: tuple[AgreementLine, ...]
    total: AgreementLine | None
    inquiries: int
    earlier: date | None

    @property
    def agreed_lines(self) -> tuple[AgreementLine, ...]:
        """The sources with an agreement, in whatever state."""
        return tuple(line for line in self.lines if line.id is not None)

    @property
    def state(self) -> str:
        """The state of the month: that of the agreement that lags behind most; none without."""
        states = {line.state for line in self.agreed_lines}
        return next((s for s in ("draft", "agreed", "closed") if s in states), NO_AGREEMENT)

    def line(self, source: str) -> AgreementLine | None:
        """Return a source's line."""
        return next((line for line in self.lines if line.source == source), None)


def month(ws: Workspace, of: date, as_of: date) -> AgreementMonth:
    """Answer a month's agreements with their facts up to a day.

    Args:
        as_of: today; a later one than the month's end means the whole month.
    """
    with ws.read() as connection:
        return load(connection, of, as_of)


def load(connection: Connection, of: date, as_of: date) -> AgreementMonth:
    """Answer the same within a connection."""
    first = first_day(of)
    last = month_end(first)
    until = min(last, as_of)
    working = calendar.load(connection).working_days(first, last)
    passed = sum(day <= until for day in working)
    found = marketing_facts.by_source(connection, first, until)
    spent = marketing_facts.costs(connection, first, first)
    stored = {
        row.source: row
        for row in connection.execute(
            select(LeadAgreement.__table__).where(LeadAgreement.month == first)
        )
    }
    offered = {*stored, *found, *spent, *_recent_sources(connection, first)}
    lines = []
    for source in offered:
        facts = found[source].leads if source in found else LeadFacts()
        facts = replace(facts, cost=spent.get(source, {}).get(first.isoformat()))
        lines.append(_line(source, stored.get(source), facts, (passed, len(working))))
    lines.sort(key=_rank)
    return AgreementMonth(
        first, until, passed, len(working), tuple(lines), _total(lines, passed, len(working)),
        sum(each.leads.inquiries for each in found.values()), _earlier(connection, first),
    )  # fmt: skip


def _rank(line: AgreementLine) -> tuple[bool, bool, int, str]:
    return not line.source, line.id is None, -line.now.inquiries, line.source.casefold()


def _recent_sources(connection: Connection, first: date) -> list[str]:
    since = add_months(first, -_LOOK_BACK)
    counted = marketing_facts.inquiries_by_month(connection, since, month_end(first))
    return [source for source, _month in counted]


def _earlier(connection: Connection, first: date) -> date | None:
    found = rows(
        connection, "SELECT max(month) FROM lead_agreement WHERE month < ?", (first.isoformat(),)
    )[0][0]
    return None if found is None else date.fromisoformat(found)


def _line(source: str, row: Any, facts: LeadFacts, days: tuple[int, int]) -> AgreementLine:
    if row is None:
        none = Promise()
        return AgreementLine(
            None, source, NO_AGREEMENT, none, Texts(), facts, facts, judge(none, facts, *days)
        )
    promise = Promise(*(getattr(row, code) for code in NUMBERS))
    typed = {"first_contact": row.fact_first_contact, "attempts": row.fact_attempts}
    now = replace(facts, **typed)
    kept = LeadFacts(*json.loads(row.closed_facts)) if row.closed_facts else facts
    facts = replace(kept, **typed)
    # What is closed is judged as a whole month, whatever day it was closed on.
    passed, whole = days if row.state != "closed" else (days[1], days[1])
    return AgreementLine(
        row.id, source, row.state, promise,
        Texts(row.criteria, row.marketing_owes, row.sales_owe, row.conclusion),
        facts, now, judge(promise, facts, passed, whole),
        row.agreed_on, row.closed_on, row.marketing_head, tuple(_corrections(row.corrections)),
    )  # fmt: skip


def _corrections(text: str) -> Sequence[Correction]:
    return [
        Correction(date.fromisoformat(line[:10]), line[11:]) for line in text.splitlines() if line
    ]


def _total(lines: Sequence[AgreementLine], passed: int, days: int) -> AgreementLine | None:
    agreed = [line for line in lines if line.id is not None]
    if not agreed:
        return None
    promise = total_promise(line.promise for line in agreed)
    # A source whose number is not promised does not help another to reach its own.
    weighed = [line.facts for line in agreed if line.promise.inquiries is not None]
    facts = total_facts(weighed or [line.facts for line in agreed])
    whole = all(line.state == "closed" for line in agreed)
    judgement = judge(promise, facts, days if whole else passed, days)
    return AgreementLine(None, "", NO_AGREEMENT, promise, Texts(), facts, facts, judgement)
