"""What marketing and sales promised each other about leads, and what a channel gives back.

Marketing owes the number of inquiries, the share of them that sales accept, and the price; sales
owe the speed of the first contact and the attempts to reach a customer. Shares are promised in
basis points, money in kopecks, the first contact in minutes, attempts in hundredths (a mean).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.money import half_up

POINTS = 10_000  # basis points in a whole
_NEAR = Fraction(5, 100)
_OPEN_OF = 20  # a cohort is ripe when at most one inquiry of so many is still open


class Side(StrEnum):
    """Who owes a term of the agreement."""

    MARKETING = "marketing"
    SALES = "sales"


class Kept(StrEnum):
    """How a term stands."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How a side stands to all that it promised; ``none``: it promised nothing."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    NOT = "not"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Promise:
    """The numbers of an agreement; None where nothing was promised."""

    inquiries: int | None = None
    accepted_share: int | None = None
    price_per_lead: int | None = None
    first_contact: int | None = None
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """What came of a source: every inquiry is in exactly one of the four verdicts.

    Attributes:
        cost: kopecks; None while nobody has told it.
        first_contact: minutes, and attempts in hundredths: typed by hand, None while unknown.
    """

    accepted: int = 0
    rejected: int = 0
    disputed: int = 0
    undecided: int = 0
    cost: int | None = None
    first_contact: int | None = None
    attempts: int | None = None

    @property
    def inquiries(self) -> int:
        """All that came, whatever was decided."""
        return self.accepted + self.rejected + self.disputed + self.undecided

    @property
    def decided(self) -> int:
        """Accepted and rejected: the denominator of the quality."""
        return self.accepted + self.rejected

    @property
    def quality(self) -> Fraction | None:
        """Accepted ÷ (accepted + rejected); None while nothing is decided."""
        return Fraction(self.accepted, self.decided) if self.decided else None

    @property
    def price(self) -> Fraction | None:
        """Cost ÷ inquiries in kopecks; None without a cost or inquiries."""
        return per_piece(self.cost, self.inquiries)


@dataclass(frozen=True, slots=True)
class TermResult:
    """One promise beside its fact.

    Attributes:
        promised: for the whole month, in the units of `Promise`.
        due: what the passed working days carry; only the number of inquiries grows with them.
        fact: in the same units, exact; None where it is not known.
    """

    code: str
    side: Side
    promised: int
    due: Fraction
    fact: Fraction | None
    kept: Kept

    @property
    def deviation(self) -> Fraction | None:
        """Fact − due; None where the fact is not known."""
        return None if self.fact is None else self.fact - self.due

    @property
    def completion(self) -> Fraction | None:
        """Fact ÷ due; None where the fact is not known or nothing is due."""
        return self.fact / self.due if self.fact is not None and self.due else None

    @property
    def near(self) -> bool:
        """Whether a broken promise is missed by at most 5 % of what is due."""
        if self.kept is not Kept.BROKEN or self.deviation is None:
            return False
        return abs(self.deviation) <= self.due * _NEAR


@dataclass(frozen=True, slots=True)
class Judgement:
    """An agreement judged: every term promised, and each side by its own terms."""

    terms: tuple[TermResult, ...]
    marketing: Outcome
    sales: Outcome

    def term(self, code: str) -> TermResult | None:
        """Return one term; None where it was not promised."""
        return next((term for term in self.terms if term.code == code), None)


# Code, who owes it, whether more is better.
_TERMS = (
    ("inquiries", Side.MARKETING, True),
    ("accepted_share", Side.MARKETING, True),
    ("price_per_lead", Side.MARKETING, False),
    ("first_contact", Side.SALES, False),
    ("attempts", Side.SALES, True),
)
TERM_CODES = tuple(code for code, _side, _more in _TERMS)


def judge(promise: Promise, facts: LeadFacts, passed: int, days: int) -> Judgement:
    """Judge an agreement by what has come.

    The number of inquiries is due by working days: promised × passed ÷ days. Share, price, first
    contact and attempts are compared as they are.

    Args:
        passed: working days of the month gone by.
        days: working days of the month; a month without any is judged whole.
    """
    known = {
        "inquiries": Fraction(facts.inquiries),
        "accepted_share": None if facts.quality is None else facts.quality * POINTS,
        "price_per_lead": facts.price,
        "first_contact": _whole(facts.first_contact),
        "attempts": _whole(facts.attempts),
    }
    terms = []
    for code, side, more in _TERMS:
        promised: int | None = getattr(promise, code)
        if promised is None:
            continue
        due = Fraction(promised)
        if code == "inquiries" and days:
            due = Fraction(promised * passed, days)
        fact = known[code]
        kept = _kept(fact, due, more=more)
        terms.append(TermResult(code, side, promised, due, fact, kept))
    return Judgement(
        tuple(terms),
        outcome(term.kept for term in terms if term.side is Side.MARKETING),
        outcome(term.kept for term in terms if term.side is Side.SALES),
    )


def _whole(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _kept(fact: Fraction | None, due: Fraction, *, more: bool) -> Kept:
    if fact is None:
        return Kept.UNKNOWN
    return Kept.KEPT if (fact >= due if more else fact <= due) else Kept.BROKEN


def outcome(terms: Iterable[Kept]) -> Outcome:
    """Say how a side stands: partly where it kept one term and broke another.

    What is not known is never counted as kept: without a broken term it leaves the side unknown.
    """
    seen = set(terms)
    if not seen:
        return Outcome.NONE
    if Kept.BROKEN in seen:
        return Outcome.PARTLY if Kept.KEPT in seen else Outcome.NOT
    return Outcome.UNKNOWN if Kept.UNKNOWN in seen else Outcome.FULFILLED


def total_promise(promises: Iterable[Promise]) -> Promise:
    """Add promises up: inquiries as a sum, share and price weighed by the inquiries promised.

    A line that promises a share or price but no inquiries has no weight. First contact and
    attempts are each source's own: together they are None.
    """
    every = [p for p in promises if p.inquiries is not None]
    return Promise(
        sum(p.inquiries or 0 for p in every) if every else None,
        _weighed((p.accepted_share, p.inquiries or 0) for p in every),
        _weighed((p.price_per_lead, p.inquiries or 0) for p in every),
    )


def _weighed(pairs: Iterable[tuple[int | None, int]]) -> int | None:
    known = [(value, weight) for value, weight in pairs if value is not None]
    whole = sum(weight for _value, weight in known)
    if not whole:
        return None
    return half_up(Fraction(sum(value * weight for value, weight in known), whole))


def total_facts(facts: Iterable[LeadFacts]) -> LeadFacts:
    """Add facts up; the cost is None unless every source's is known, and so on paper a dash."""
    every = list(facts)
    costs = [f.cost for f in every if f.cost is not None]
    return LeadFacts(
        sum(f.accepted for f in every),
        sum(f.rejected for f in every),
        sum(f.disputed for f in every),
        sum(f.undecided for f in every),
        sum(costs) if every and len(costs) == len(every) else None,
    )


@dataclass(frozen=True, slots=True)
class Economics:
    """What a channel brought and cost over a span; receipts and cost in kopecks.

    Attributes:
        cost: None where it is not known for the whole span.
        decided: accepted + rejected inquiries.
    """

    inquiries: int = 0
    accepted: int = 0
    decided: int = 0
    won: int = 0
    receipts: int = 0
    cost: int | None = None

    @property
    def quality(self) -> Fraction | None:
        """Accepted ÷ decided; None while nothing is decided."""
        return Fraction(self.accepted, self.decided) if self.decided else None

    @property
    def conversion(self) -> Fraction | None:
        """Deals won ÷ inquiries; None without inquiries."""
        return Fraction(self.won, self.inquiries) if self.inquiries else None

    @property
    def per_inquiry(self) -> Fraction | None:
        """Cost ÷ inquiries, kopecks."""
        return per_piece(self.cost, self.inquiries)

    @property
    def per_won(self) -> Fraction | None:
        """Cost ÷ deals won, kopecks."""
        return per_piece(self.cost, self.won)

    @property
    def romi(self) -> Fraction | None:
        """Return on cost, see `romi`."""
        return romi(self.receipts, self.cost)


def together(parts: Iterable[Economics]) -> Economics:
    """Add channels up; the cost is None unless every one's is known."""
    every = list(parts)
    costs = [part.cost for part in every if part.cost is not None]
    return Economics(
        sum(part.inquiries for part in every),
        sum(part.accepted for part in every),
        sum(part.decided for part in every),
        sum(part.won for part in every),
        sum(part.receipts for part in every),
        sum(costs) if every and len(costs) == len(every) else None,
    )


def romi(receipts: int, cost: int | None) -> Fraction | None:
    """Return on marketing investment: (receipts − cost) ÷ cost; None without a cost."""
    return Fraction(receipts - cost, cost) if cost else None


def per_piece(cost: int | None, count: int) -> Fraction | None:
    """Return cost ÷ count in kopecks; None when either is unknown or there is nothing."""
    return Fraction(cost, count) if cost is not None and count > 0 else None


def ripe(still_open: int, inquiries: int) -> bool:
    """Tell whether a cohort has mostly come to its end: at most 5 % of it is still open."""
    return still_open * _OPEN_OF <= inquiries
