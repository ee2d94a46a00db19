"""Splitting a whole number into parts that always sum to it: the largest remainder."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeVar

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.money import unscaled

K = TypeVar("K", bound=Hashable)
Weight = int | Fraction


def _whole(weights: Sequence[Weight]) -> list[int]:
    """Bring weights to whole numbers in the same proportion (fractions are slow to add up)."""
    denominator = lcm(*(weight.denominator for weight in weights))
    return [weight.numerator * (denominator // weight.denominator) for weight in weights]


def largest_remainder(total: int, weights: Sequence[Weight]) -> list[int]:
    """Split a total in proportion to weights by the method of Hamilton (largest remainder).

    The parts sum to the total exactly. Of equal remainders the earlier part gets the unit. A
    negative total splits as its positive twin does. Weights that are all zero count as equal.

    Raises:
        DomainError: a negative weight, or something to split and nothing to split it between.
    """
    if not weights:
        if total:
            raise DomainError(
                N_("There is nobody and no day to share the plan between. Add one, then try again.")
            )
        return []
    shares = _whole(weights)
    if min(shares) < 0:
        raise DomainError(N_("A weight cannot be below zero. Enter zero or more."))
    whole = sum(shares)
    if not whole:
        shares, whole = [1] * len(shares), len(shares)
    size = abs(total)
    parts = [size * share // whole for share in shares]
    left = size - sum(parts)
    if left:
        remainders = [-(size * share % whole) for share in shares]
        for index in sorted(range(len(parts)), key=remainders.__getitem__)[:left]:
            parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]


def split_with_locked(
    total: int, weights: Mapping[K, Weight], locked: Mapping[K, int], *, scale: int = 1
) -> dict[K, int]:
    """Split a total where some parts are set by hand: they stay, the rest share what is left.

    A part of zero weight gets nothing, unless all weights are zero: then they are equal.

    Args:
        total: the whole, in stored integers.
        weights: weight of every part, in the order that decides ties; locked ones are ignored.
        locked: the parts set by hand. A part without a weight may be locked too.
        scale: stored integers per whole unit, for the figures in an error.

    Raises:
        DomainError: locked parts exceed the total, or leave a rest that nobody can take.
    """
    rest = total - sum(locked.values())
    if (rest < 0) if total >= 0 else (rest > 0):
        raise DomainError(
            N_(
                "The locked values exceed the plan by {excess}. Unlock or lower one of them, "
                "or raise the plan."
            ),
            excess=unscaled(abs(rest), scale),
        )
    # Who has no weight (nobody works that day, an absence all month) must not get the rest just
    # because everybody else is locked.
    weightless = not any(weights.values())
    free = [key for key in weights if key not in locked and (weightless or weights[key])]
    if rest and not free and (weights or locked):
        raise DomainError(
            N_(
                "Every value is locked, and {rest} of the plan is left over. Unlock one of them, "
                "or change the plan."
            ),
            rest=unscaled(rest, scale),
        )
    shared = dict(zip(free, largest_remainder(rest, [weights[key] for key in free]), strict=True))
    return {**dict.fromkeys(weights, 0), **shared, **locked}
