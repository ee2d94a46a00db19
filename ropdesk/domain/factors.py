"""Why receipts differ: an exact split over inquiries, conversion and the average check.

Receipts are a product: inquiries × (deals ÷ inquiries) × (receipts ÷ deals). The effect of a factor
is the mean, over every order of turning the factors from the base to the fact, of what turning it
changes: Shapley's value (L. S. Shapley, *A Value for n-Person Games*, 1953). For three factors

    E(inquiries) = Δn · W,  W = (2·c0·a0 + c0·a1 + c1·a0 + 2·c1·a1) ÷ 6

and likewise for the other two. No order is preferred, and the effects add up to the deviation.

Groups within a factor share its effect as Owen's value does (G. Owen, *Values of Games with a
Priori Unions*, 1977): W stays, Δn alone is split again.

* Inquiries are calls k × inquiries per call r: Δn = Δk · r̄ + Δr · k̄, bars being means of base and
  fact.
* A member's inquiries are all inquiries N × the member's share s: Δn = ΔN · s̄ + Δs · N̄. Summed over
  members, ``volume`` = ΔN · Σ W·s̄ is what more or fewer inquiries brought, and ``mix`` = N̄ · Σ W·Δs
  what their going to other members brought. With w̄ = Σ W·s̄ these are Σ w̄·Δn and Σ (W − w̄)·Δn, and
  so they are told by member: inquiries at the department's worth, and what theirs differ from it.
  Whoever has as many inquiries as in the base has neither. Calls are split the same way.

What cannot be divided goes by rule:

* no inquiries on one side: conversion and check are taken from the other, all goes to inquiries;
* no deals on one side: the check is taken from the other, it has no effect;
* a plan to date or of a week too small for a whole deal: conversion and check are the month's;
* deals without inquiries, receipts without deals, an unknown or negative number: the deviation is
  not split (``unsplit``), and the reason is said;
* receipts unknown on one side: there is no deviation.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import factorial, floor, lcm, prod
from types import MappingProxyType
from typing import Generic, TypeVar

from ropdesk.domain.errors import N_
from ropdesk.domain.money import half_up

K = TypeVar("K", bound=Hashable)


class Factor(StrEnum):
    """A part of a deviation; the parts add up to it."""

    INQUIRIES = "inquiries"
    MIX = "mix"
    CONVERSION = "conversion"
    CHECK = "average_check"
    UNSPLIT = "unsplit"


class Reason(StrEnum):
    """Why a deviation is not split, or not known."""

    NONE = ""
    NO_RECEIPTS = "no_receipts"
    UNKNOWN = "unknown"
    NEGATIVE = "negative"
    DEALS_ALONE = "deals_alone"
    RECEIPTS_ALONE = "receipts_alone"
    SEVERAL = "several"


REASONS = {
    Reason.NO_RECEIPTS: N_("receipts are not known on both sides"),
    Reason.UNKNOWN: N_("inquiries or deals are not known on both sides"),
    Reason.NEGATIVE: N_("a number is below zero"),
    Reason.DEALS_ALONE: N_("there are deals without a single inquiry"),
    Reason.RECEIPTS_ALONE: N_("there are receipts without a single deal"),
    Reason.SEVERAL: N_("several lines cannot be split"),
}


@dataclass(frozen=True, slots=True)
class Flows:
    """What receipts are made of, on one side: whole pieces, receipts in kopecks, None unknown."""

    inquiries: int | None
    deals: int | None
    receipts: int | None
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A deviation and its parts, in kopecks.

    Attributes:
        deviation: fact − base, the sum of the next five; None when receipts are not known.
        inquiries: what more or fewer inquiries brought, the mix aside.
        mix: what the inquiries' going to other members (weeks) brought.
        calls, calls_mix, per_call, no_calls: inquiries and mix once more: more or fewer calls,
            calls by other members, inquiries per call, and what calls do not explain. They add up
            to ``inquiries + mix``.
        deeper: whether calls are known on both sides, so that these four say anything.
    """

    deviation: int | None = None
    inquiries: int = 0
    mix: int = 0
    conversion: int = 0
    average_check: int = 0
    unsplit: int = 0
    calls: int = 0
    calls_mix: int = 0
    per_call: int = 0
    no_calls: int = 0
    deeper: bool = False
    reason: Reason = Reason.NONE

    def effect(self, factor: Factor) -> int:
        """Return one part of the deviation, in kopecks."""
        return int(getattr(self, factor.value))

    @property
    def ranked(self) -> tuple[Factor, ...]:
        """The factors that have an effect, the largest first; of equal ones the earlier."""
        found = [factor for factor in Factor if self.effect(factor)]
        return tuple(sorted(found, key=lambda factor: -abs(self.effect(factor))))


PARTS = tuple(f.name for f in fields(Split) if f.name not in {"deviation", "deeper", "reason"})


@dataclass(frozen=True, slots=True)
class Decomposition(Generic[K]):
    """A whole and its parts: every figure of the whole is the sum of the parts' figures."""

    whole: Split
    parts: Mapping[K, Split]


def weights(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Fraction]:
    """Return what one unit of each factor of a product is worth between two points.

    A factor's effect is its change times this weight: the products of the other factors, each at
    its value before or after, weighed by the orders in which they come about (Shapley 1953).
    """
    count = len(before)
    commons = [lcm(b.denominator, a.denominator) for b, a in zip(before, after, strict=True)]
    sides = [
        (int(b * common), int(a * common))
        for b, a, common in zip(before, after, commons, strict=True)
    ]
    found = []
    for index in range(count):
        others = [n for n in range(count) if n != index]
        total = 0
        for size in range(count):
            orders = factorial(size) * factorial(count - 1 - size)
            for turned in combinations(others, size):
                total += orders * prod(sides[n][n in turned] for n in others)
        found.append(Fraction(total, factorial(count) * prod(commons[n] for n in others)))
    return found


def effects(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Fraction]:
    """Split the change of a product exactly over its factors (Shapley 1953)."""
    worth = weights(before, after)
    return [(a - b) * w for b, a, w in zip(before, after, worth, strict=True)]


def rounded(parts: Sequence[Fraction]) -> list[int]:
    """Round parts of a whole number so that they still make it: the largest remainder.

    Of equal remainders the earlier part gets the unit.
    """
    whole = [floor(part) for part in parts]
    left = int(sum(parts)) - sum(whole)
    order = sorted(range(len(parts)), key=lambda n: whole[n] - parts[n])
    for index in order[:left]:
        whole[index] += 1
    return whole


def why_not(before: Flows, after: Flows, lent: Flows | None = None) -> Reason:
    """Say why a deviation cannot be split; `Reason.NONE` when it can.

    Args:
        lent: lends conversion and check to a base with receipts but without deals or inquiries.
    """
    if before.receipts is None or after.receipts is None:
        return Reason.NO_RECEIPTS
    for side in (after,) if _borrows(before, lent) else (before, after):
        if side.inquiries is None or side.deals is None:
            return Reason.UNKNOWN
        if side.inquiries < 0 or side.deals < 0:
            return Reason.NEGATIVE
        if side.deals and not side.inquiries:
            return Reason.DEALS_ALONE
        if side.receipts and not side.deals:
            return Reason.RECEIPTS_ALONE
    return Reason.NONE


def ratios(
    before: Flows, after: Flows, lent: Flows | None = None
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Return the three factors of both sides, with the rules for what cannot be divided."""
    n0, n1 = Fraction(before.inquiries or 0), Fraction(after.inquiries or 0)
    d0, d1 = Fraction(before.deals or 0), Fraction(after.deals or 0)
    if lent is not None and _borrows(before, lent):
        part = Fraction(before.receipts or 0, lent.receipts or 1)
        n0, d0 = part * (lent.inquiries or 0), part * (lent.deals or 0)
    c0, c1 = _either(_over(d0, n0), _over(d1, n1))
    a0, a1 = _either(_over(before.receipts or 0, d0), _over(after.receipts or 0, d1))
    return (n0, c0, a0), (n1, c1, a1)


def _borrows(before: Flows, lent: Flows | None) -> bool:
    """Say whether a base has too few deals or inquiries to say what it planned, and who lends."""
    if lent is None or not before.receipts or before.receipts < 0:
        return False
    if before.inquiries is None or before.deals is None or (before.inquiries and before.deals):
        return False
    return all(value is not None and value > 0 for value in (
        lent.inquiries, lent.deals, lent.receipts,
    ))  # fmt: skip


def alone(before: Flows, after: Flows, lent: Flows | None = None) -> Split:
    """Split one subject's deviation; there is no mix."""
    return split({0: (before, after)}, {0: lent}).whole


def split(
    pairs: Mapping[K, tuple[Flows, Flows]], lent: Mapping[K, Flows | None] = MappingProxyType({})
) -> Decomposition[K]:
    """Split the deviations of subjects that make a whole: members, weeks, sources.

    Args:
        pairs: base and fact of each subject.
        lent: plans of the month, by subject: they lend their conversion and check to a plan to
            date that has receipts already, but no whole deal or inquiry.
    """
    reasons = {key: why_not(*pair, lent.get(key)) for key, pair in pairs.items()}
    clear = {key: pairs[key] for key, reason in reasons.items() if reason is Reason.NONE}
    points = {key: _Point(*pair, lent.get(key)) for key, pair in clear.items()}
    mean = _mean([(p.before[0], p.after[0], p.worth[0]) for p in points.values()])
    called = [p for p in points.values() if p.called]
    call = _mean([(*p.calls, p.call_worth) for p in called])
    parts = {}
    for key, (before, after) in pairs.items():
        if reasons[key] is Reason.NONE:
            parts[key] = points[key].split(mean, call)
        else:
            parts[key] = _unsplit(before, after, reasons[key])
    return Decomposition(total(parts.values()), parts)


class _Point:
    """One subject that can be split: its factors on both sides and what a unit of each is worth."""

    def __init__(self, before: Flows, after: Flows, lent: Flows | None) -> None:
        self._receipts = (after.receipts or 0) - (before.receipts or 0)
        self.before, self.after = ratios(before, after, lent)
        self.worth = weights(self.before, self.after)
        k0, k1 = before.calls, after.calls
        self.deeper = k0 is not None and k1 is not None
        self.calls = Fraction(k0 or 0), Fraction(k1 or 0)
        self.called = self.deeper and all(
            calls >= 0 and (calls or not inquiries)
            for calls, inquiries in zip(self.calls, (self.before[0], self.after[0]), strict=True)
        )
        self.call_worth = Fraction(0)
        if self.called:
            rates = _either(_over(self.before[0], k0 or 0), _over(self.after[0], k1 or 0))
            self.call_worth = self.worth[0] * sum(rates) / 2

    def split(self, mean: Fraction, call: Fraction) -> Split:
        """Split the deviation, given what an inquiry and a call are worth to the whole."""
        change = [a - b for b, a in zip(self.before, self.after, strict=True)]
        volume, mix, conversion, check = rounded(
            [change[0] * mean, change[0] * (self.worth[0] - mean), change[1] * self.worth[1],
             change[2] * self.worth[2]]
        )  # fmt: skip
        calls = calls_mix = per_call = 0
        if self.called:
            more = self.calls[1] - self.calls[0]
            calls, calls_mix = half_up(more * call), half_up(more * (self.call_worth - call))
            per_call = volume + mix - calls - calls_mix
        return Split(
            self._receipts, volume, mix, conversion, check, calls=calls, calls_mix=calls_mix,
            per_call=per_call, no_calls=0 if self.called else volume + mix, deeper=self.deeper,
        )  # fmt: skip


def total(parts: Iterable[Split]) -> Split:
    """Add splits up; unknown deviations are left out, and all unknown make an unknown whole."""
    found = list(parts)
    known = [part for part in found if part.deviation is not None]
    if not known:
        return found[0] if found else Split(reason=Reason.NO_RECEIPTS)
    sums = {name: sum(getattr(part, name) for part in known) for name in PARTS}
    reasons = {part.reason for part in known} - {Reason.NONE}
    reason = Reason.SEVERAL if len(reasons) > 1 else next(iter(reasons), Reason.NONE)
    return Split(
        sum(part.deviation or 0 for part in known), **sums,
        deeper=any(part.deeper for part in known), reason=reason,
    )  # fmt: skip


def rest(whole: Split, parts: Iterable[Split]) -> Split:
    """Return what parts leave of a whole, factor by factor."""
    summed = total(parts)
    left = {name: getattr(whole, name) - getattr(summed, name) for name in PARTS}
    return Split((whole.deviation or 0) - (summed.deviation or 0), **left, deeper=whole.deeper)


def _over(top: Fraction | int, bottom: Fraction | int) -> Fraction | None:
    return Fraction(top) / bottom if bottom else None


def _either(before: Fraction | None, after: Fraction | None) -> tuple[Fraction, Fraction]:
    """Let a side that says nothing take the other's value."""
    one = before if before is not None else after
    other = after if after is not None else before
    return one or Fraction(0), other or Fraction(0)


def _mean(subjects: Sequence[tuple[Fraction, Fraction, Fraction]]) -> Fraction:
    """Weigh what a unit is worth by the subjects' mean shares of all units.

    Args:
        subjects: units before and after, and what one is worth, of each.
    """
    known = []
    for side in (0, 1):
        whole = sum(subject[side] for subject in subjects)
        if whole:  # no units at all on one side: the shares are taken from the other
            known.append(sum(each[side] * each[2] for each in subjects) / whole)
    return sum(known, Fraction(0)) / max(1, len(known))


def _unsplit(before: Flows, after: Flows, reason: Reason) -> Split:
    if before.receipts is None or after.receipts is None:
        return Split(reason=reason)
    deviation = after.receipts - before.receipts
    return Split(deviation, unsplit=deviation, reason=reason)
