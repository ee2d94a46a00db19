"""Channels: what each source brought, cost and gave back, over a month or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk.domain.marketing import Economics, LeadFacts, Outcome, ripe, together
from ropdesk.domain.months import add_months, month_end
from ropdesk.services import marketing, marketing_facts
from ropdesk.services.marketing_edit import TermEdit, change
from ropdesk.services.marketing_facts import SourceFacts
from ropdesk.services.planning_sheet import first_day
from ropdesk.store.workspace import Workspace

CREATED, CLOSED = "created", "closed"
TREND = 6  # months of the little line
_NOTHING = SourceFacts(LeadFacts(), still_open=0, won=0, receipts=0)


@dataclass(frozen=True, slots=True)
class Channel:
    """A source over a span of months.

    Attributes:
        now, before: this span, and the span of the same length before it.
        still_open: inquiries of the span that are neither won nor lost.
        ripe: whether the cohort has mostly come to its end; by payment it always has.
        trend: inquiries by month, the last one the span's last.
        without_cost: months with inquiries whose cost nobody has typed.
    """

    source: str
    now: Economics
    before: Economics
    leads: LeadFacts
    still_open: int
    ripe: bool
    trend: tuple[int, ...]
    without_cost: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Channels:
    """All sources of a span, the largest first, those without a name last.

    Attributes:
        basis: ``created``: what the inquiries of the span have brought so far, whenever they
            paid; ``closed``: what was paid within the span, whenever it was asked.
        total: of every source; its cost is known where every source's is.
        costed: the sources together whose cost is known; of these the total's return is told.
    """

    first: date
    last: date
    months: int
    basis: str
    channels: tuple[Channel, ...]
    total: Economics
    before: Economics
    costed: Economics
    trend: tuple[int, ...]

    @property
    def still_open(self) -> int:
        """Inquiries of the span that are neither won nor lost, of every source."""
        return sum(channel.still_open for channel in self.channels)

    @property
    def ripe(self) -> bool:
        """Whether all the sources together have mostly come to their end."""
        return self.basis == CLOSED or ripe(self.still_open, self.total.inquiries)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a source: what it brought and cost; ``last``: its end, or the day looked at."""

    month: date
    last: date
    economics: Economics
    ripe: bool


def channels(
    ws: Workspace, month: date, as_of: date, *, months: int = 1, basis: str = CREATED
) -> Channels:
    """Answer the channels of so many months ending with this one.

    Args:
        as_of: today: nothing that came later counts.
        basis: `CREATED` or `CLOSED`, see `Channels`.
    """
    with ws.read() as connection:
        return load(connection, month, as_of, months=months, basis=basis)


def load(
    connection: Connection, month: date, as_of: date, *, months: int = 1, basis: str = CREATED
) -> Channels:
    """Answer the same within a connection."""
    ending = first_day(month)
    first, until = add_months(ending, 1 - months), min(month_end(ending), as_of)
    earlier = add_months(first, -months)
    asked = marketing_facts.inquiries_by_month(
        connection, add_months(ending, 1 - max(TREND, 2 * months)), until
    )
    now = _read(connection, first, until, basis, asked)
    before = _read(connection, earlier, month_end(add_months(first, -1)), basis, asked)
    axis = [add_months(ending, n + 1 - TREND) for n in range(TREND)]
    made = [
        Channel(
            source, now.economics(source), before.economics(source), now.facts(source).leads,
            now.facts(source).still_open,
            basis == CLOSED
            or ripe(now.facts(source).still_open, now.facts(source).leads.inquiries),
            tuple(asked.get((source, f"{each:%Y-%m}"), 0) for each in axis),
            now.missing(source),
        )
        for source in now.sources
    ]  # fmt: skip
    made.sort(key=lambda c: (not c.source, -c.now.inquiries, -c.now.receipts, c.source.casefold()))
    return Channels(
        first, until, months, basis, tuple(made),
        together(c.now for c in made),
        together(before.economics(source) for source in before.sources),
        together(c.now for c in made if c.now.cost is not None),
        tuple(sum(line) for line in zip(*(c.trend for c in made), strict=True)),
    )  # fmt: skip


def by_month(
    ws: Workspace, source: str | None, month: date, as_of: date, basis: str = CREATED
) -> list[Month]:
    """Answer a source (or all of them together) month by month, the latest first.

    Args:
        source: None for all sources: the cost is then known where every source's is.
        month: the latest of `TREND` months.
        as_of, basis: as of `channels`.
    """
    ending = first_day(month)
    with ws.read() as connection:
        asked = marketing_facts.inquiries_by_month(
            connection, add_months(ending, 1 - TREND), min(month_end(ending), as_of)
        )
        return [
            _month(connection, source, add_months(ending, -back), as_of, (basis, asked))
            for back in range(TREND)
        ]


def _month(
    connection: Connection, source: str | None, of: date, as_of: date,
    how: tuple[str, Mapping[tuple[str, str], int]],
) -> Month:  # fmt: skip
    last = min(month_end(of), as_of)
    span = _read(connection, of, last, *how)
    names = span.sources if source is None else [source]
    still_open = sum(span.facts(name).still_open for name in names)
    told = together(span.economics(name) for name in names)
    return Month(of, last, told, how[0] == CLOSED or ripe(still_open, told.inquiries))


def set_costs(ws: Workspace, month: date, costs: Mapping[str, int | None], on: date) -> None:
    """Write what sources cost in a month, kopecks, as one operation; None forgets a cost.

    Raises:
        DomainError: a cost below zero or too large.
    """
    change(ws, month, [TermEdit(source, "cost", cost) for source, cost in costs.items()], on)


@dataclass(frozen=True, slots=True)
class _Span:
    """A span's counts by source; ``asked``: inquiries by source and month."""

    first: date
    last: date
    found: Mapping[str, SourceFacts]
    paid: Mapping[str, tuple[int, int]] | None
    spent: Mapping[str, Mapping[str, int]]
    asked: Mapping[tuple[str, str], int]

    @property
    def sources(self) -> Sequence[str]:
        return list(dict.fromkeys([*self.found, *(self.paid or ()), *self.spent]))

    def facts(self, source: str) -> SourceFacts:
        return self.found.get(source, _NOTHING)

    def missing(self, source: str) -> tuple[date, ...]:
        """List the months with inquiries that have no cost."""
        known = self.spent.get(source, {})
        found, each = [], self.first
        while each <= self.last:
            if self.asked.get((source, f"{each:%Y-%m}")) and each.isoformat() not in known:
                found.append(each)
            each = add_months(each, 1)
        return tuple(found)

    def economics(self, source: str) -> Economics:
        facts, leads = self.facts(source), self.facts(source).leads
        won, receipts = facts.won, facts.receipts
        if self.paid is not None:
            won, receipts = self.paid.get(source, (0, 0))
        stored = self.spent.get(source, {})
        # A cost of some of the months would make the channel look cheaper than it is.
        cost = sum(stored.values()) if stored and not self.missing(source) else None
        return Economics(leads.inquiries, leads.accepted, leads.decided, won, receipts, cost)


def _read(
    connection: Connection,
    first: date,
    last: date,
    basis: str,
    asked: Mapping[tuple[str, str], int],
) -> _Span:
    paid = marketing_facts.paid_by_source(connection, first, last) if basis == CLOSED else None
    return _Span(
        first, last, marketing_facts.by_source(connection, first, last), paid,
        marketing_facts.costs(connection, first, last), asked,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarketingSummary:
    """A month's marketing for the reports.

    Attributes:
        agreement: the month's agreements with their facts; its total is None without any.
        channels: the month's inquiries and what they have brought so far.
        disputed: leads of the month whose dispute is not settled.
        fulfilled, partly, broken, unknown: how many agreed sources marketing kept so.
    """

    month: date
    agreement: marketing.AgreementMonth
    channels: Channels
    disputed: int
    fulfilled: int
    partly: int
    broken: int
    unknown: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say: no inquiries and no agreement."""
        return self.agreement.total is None and not self.channels.total.inquiries


def summary(ws: Workspace, month: date, as_of: date | None = None) -> MarketingSummary:
    """Answer a month's marketing for a report.

    Args:
        as_of: the day of the report; the month's end unless given.
    """
    until = as_of or month_end(first_day(month))
    with ws.read() as connection:
        agreement = marketing.load(connection, month, until)
        found = load(connection, month, until)
    agreed = [line for line in agreement.agreed_lines if line.state != "draft"]
    kept = [line.judgement.marketing for line in agreed]
    return MarketingSummary(
        first_day(month), agreement, found,
        sum(channel.leads.disputed for channel in found.channels),
        kept.count(Outcome.FULFILLED), kept.count(Outcome.PARTLY), kept.count(Outcome.NOT),
        kept.count(Outcome.UNKNOWN),
    )  # fmt: skip
