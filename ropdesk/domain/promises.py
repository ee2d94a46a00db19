"""Promises: what may be promised, how a promise is judged from facts, and the kept share.

A promise with a number is judged by the program: by won deals of a customer, by the daily values
of its days, or by a level. Any other is judged by hand, and a judgement by hand always wins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Direction, Kind, Metric
from ropdesk.domain.months import checked_day

LONGEST = 300
LONGEST_CUSTOMER = 120
LONGEST_REASON = 500
LATE_DAYS = 14
"""A customer's payment this many days after the due day still keeps the promise, though late."""
MOST = 10**15
"""Ten trillion roubles in kopecks: sums of promises stay far within 64 bits."""
ENOUGH = 5
"""Fewer judged promises than this say little: the share is shown with a word of warning."""
OF_DEALS = ("receipts", "deals_won")
"""What can be counted for one customer: only deals say whose they are."""


class Verdict(StrEnum):
    """How a promise stands.

    ``open``: its day is not over. ``waiting``: the day is over, but the facts of that day are not
    in, or nobody has judged what only a person can judge. ``dropped``: taken back with a reason.
    """

    OPEN = "open"
    WAITING = "waiting"
    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"
    DROPPED = "dropped"


JUDGED = (Verdict.KEPT, Verdict.PARTLY, Verdict.BROKEN)
UNSETTLED = (Verdict.OPEN, Verdict.WAITING)


class Way(StrEnum):
    """What a promise is judged by."""

    HAND = "hand"
    DEALS = "deals"
    DAYS = "days"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise as it stands on a day.

    Attributes:
        fact: what there is of it so far, in the metric's stored parts; None when unknown.
        settled_on: the day it was reached, or the due day of one that was not; None until then.
        late: whether what counts came only after the due day.
    """

    verdict: Verdict
    fact: int | Fraction | None = None
    settled_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Promises judged, counted by how they ended; open, waiting and dropped ones do not count.

    Attributes:
        late: those of ``kept`` that came after their day.
        moved: those judged whose day had been put off; whatever became of them.
        on_time: those of ``kept`` that were neither late nor ever put off.
    """

    kept: int = 0
    partly: int = 0
    broken: int = 0
    late: int = 0
    moved: int = 0
    on_time: int = 0

    @property
    def n(self) -> int:
        """The sample size: promises that have been judged."""
        return self.kept + self.partly + self.broken

    @property
    def share(self) -> Fraction | None:
        """Kept ÷ judged, exact; None without any. Partly kept is not kept."""
        return Fraction(self.kept, self.n) if self.n else None

    @property
    def enough(self) -> bool:
        """Whether there are enough promises for the share to mean something."""
        return self.n >= ENOUGH

    def __add__(self, other: "Share") -> "Share":
        """Add up two groups of promises."""
        return Share(
            self.kept + other.kept, self.partly + other.partly, self.broken + other.broken,
            self.late + other.late, self.moved + other.moved, self.on_time + other.on_time,
        )  # fmt: skip


def way(metric: Metric | None, amount: int | None, customer: str) -> Way:
    """Say what a promise can be judged by.

    Args:
        customer: as written; one without a single word is none.
    """
    named = bool(customer.strip())
    if metric is None:
        return Way.HAND
    if named:
        return Way.DEALS if metric.code in OF_DEALS else Way.HAND
    if amount is None:
        return Way.HAND
    return Way.DAYS if metric.kind is Kind.FLOW else Way.LEVEL


def judge(
    amount: int,
    days: Iterable[tuple[date, int]],
    first: date,
    due: date,
    known_until: date | None,
    today: date,
    *,
    better: Direction = Direction.UP,
    late_days: int = 0,
) -> Judged:
    """Judge a promise of a flow by what came on its days, in stored parts.

    Where more is better it is kept as soon as the sum from ``first`` reaches ``amount``; where
    less is better, when its days are over and the sum has not gone beyond it.

    Args:
        days: what came on which day, of any days; those outside the promise are passed over.
        known_until: the last day whose facts are in; None when there are none at all.
        late_days: how many days after the due day still count, as late.
    """
    counted = sorted((day, value) for day, value in days if first <= day <= today)
    window = due + timedelta(late_days)
    in_time = sum(value for day, value in counted if day <= due)
    whole = sum(value for day, value in counted if day <= window)
    heard = bool(counted) or (known_until is not None and known_until >= first)
    over = due < today
    if better is not Direction.DOWN and in_time >= amount:
        return Judged(Verdict.KEPT, in_time, _reached(amount, counted, due))
    if not over:
        return Judged(Verdict.OPEN, in_time if heard else None)
    if known_until is None or known_until < due:
        return Judged(Verdict.WAITING, in_time if heard else None)
    if better is Direction.DOWN:
        return Judged(Verdict.KEPT if in_time <= amount else Verdict.BROKEN, in_time, due)
    if whole >= amount:
        return Judged(Verdict.KEPT, whole, _reached(amount, counted, due), late=True)
    if whole > 0:
        return Judged(Verdict.PARTLY, whole, due, late=in_time <= 0)
    return Judged(Verdict.BROKEN, whole, due)


def _reached(amount: int, counted: Sequence[tuple[date, int]], otherwise: date) -> date:
    """Find the first day by whose end the sum had reached the amount."""
    sums = accumulate(value for _day, value in counted)
    days = (day for (day, _value), total in zip(counted, sums, strict=True) if total >= amount)
    return next(days, otherwise)


def judge_level(
    amount: int,
    level: int | Fraction | None,
    due: date,
    known_until: date | None,
    today: date,
    better: Direction = Direction.UP,
) -> Judged:
    """Judge a promise of a stock or a ratio: reached on its due day or not, nothing between.

    Args:
        level: the stock at the end of the due day (of today, while that is ahead), or the ratio
            of the promise's days; None when unknown, and then nobody is blamed.
    """
    if due >= today:
        return Judged(Verdict.OPEN, level)
    if level is None or known_until is None or known_until < due:
        return Judged(Verdict.WAITING, level)
    held = level <= amount if better is Direction.DOWN else level >= amount
    return Judged(Verdict.KEPT if held else Verdict.BROKEN, level, due)


def unjudged(due: date, today: date) -> Judged:
    """Say how a promise stands that only a person can judge, and nobody has."""
    return Judged(Verdict.OPEN if due >= today else Verdict.WAITING)


def text(value: str) -> str:
    """Return what is promised as it is kept, on one line.

    Raises:
        DomainError: it is empty or longer than `LONGEST`.
    """
    kept = " ".join(value.split())
    if not kept:
        raise DomainError(
            N_("It is not said what is promised. Write it in a few words."), field="text"
        )
    return _short(kept, LONGEST, "text")


def customer(value: str) -> str:
    """Return a customer's name as it is kept.

    Raises:
        DomainError: it is longer than `LONGEST_CUSTOMER`.
    """
    return _short(" ".join(value.split()), LONGEST_CUSTOMER, "customer")


def reason(value: str) -> str:
    """Return why a promise is moved or dropped.

    Raises:
        DomainError: no reason is given, or it is longer than `LONGEST_REASON`.
    """
    kept = " ".join(value.split())
    if not kept:
        raise DomainError(N_("The reason is not written. Write it in a few words."), field="reason")
    return _short(kept, LONGEST_REASON, "reason")


def result(value: str) -> str:
    """Return what came of a promise, as it is kept.

    Raises:
        DomainError: it is longer than `LONGEST_REASON`.
    """
    return _short(" ".join(value.split()), LONGEST_REASON, "result")


def _short(kept: str, longest: int, field: str) -> str:
    if len(kept) > longest:
        raise DomainError(
            N_("The text is longer than {n} characters. Shorten it."), n=longest, field=field
        )
    return kept


def check_days(given: date, first: date, due: date) -> None:
    """Check the days of a promise.

    Raises:
        DomainError: it is due before it was given, or its facts begin after the due day.
    """
    for day, field in ((given, "given"), (due, "due")):
        checked_day(day, field)
    if due < given:
        raise DomainError(
            N_("The day is before the promise was given. Choose a later one."), field="due"
        )
    if first > due:
        raise DomainError(
            N_("The facts would be counted from after the day. Choose an earlier first day."),
            field="first",
        )


def check_amount(metric: Metric | None, amount: int | None, customer: str) -> None:
    """Check how much is promised, in the metric's stored parts.

    Without an amount a metric may be promised only of a named customer's deals: any payment then
    keeps the promise.

    Raises:
        DomainError: an amount of nothing known, a metric without an amount, nothing or less.
    """
    if metric is None:
        if amount is not None:
            raise DomainError(N_("It is not said of what. Choose the metric."), field="metric")
        return
    if amount is None:
        if way(metric, amount, customer) is not Way.DEALS:
            raise DomainError(N_("It is not said how much. Write the number."), field="amount")
        return
    if amount < 0 or (amount == 0 and metric.better is not Direction.DOWN):
        raise DomainError(N_("Nothing would be promised. Write a number above 0."), field="amount")
    if amount > MOST:
        raise DomainError(N_("The number is too large. Check it."), field="amount")


def check_move(due: date, to: date) -> None:
    """Check that a promise is put off to a later day.

    Raises:
        DomainError: the new day is not later.
    """
    checked_day(to, "due")
    if to <= due:
        raise DomainError(
            N_("A promise is put off to a later day. Choose one after {day}."),
            day=due.isoformat(),
            field="due",
        )


def check_correction(due: date, to: date) -> None:
    """Check that the day of a promise is not put off silently.

    Raises:
        DomainError: the corrected day is later.
    """
    if to > due:
        raise DomainError(
            N_("A later day is a move. Put the promise off and say why."), field="due"
        )


def moved_first(first: date, due: date, to: date) -> date:
    """Say from which day facts count after a move.

    What was promised for one day is then promised for the new day; of several days, the first
    stays.
    """
    return to if first == due else first
