"""What a chart shows: stored integers, and how to say them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ropdesk.i18n import decimal


def plain_number(value: int) -> str:
    """Say a count as it is."""
    return decimal(value)


@dataclass(frozen=True, slots=True)
class Scale:
    """How stored integers become words.

    Attributes:
        divisor: stored units in one unit of the axis (100 000 000 kopecks in a million roubles).
        places: decimals in the labels beside lines.
        exact: says a stored value exactly, with its unit; shown under the pointer.
    """

    divisor: int = 1
    places: int = 0
    exact: Callable[[int], str] = plain_number

    def short(self, value: int) -> str:
        """Say a value in the axis's unit."""
        return decimal(Decimal(value) / self.divisor, self.places)


@dataclass(frozen=True, slots=True)
class CumulativeData:
    """A month running up: each value is the sum from the first day to that day's end.

    Attributes:
        days: every day of the month.
        plan: one value a day, or nothing.
        fact: values of the first days, up to the last known one.
        forecast: the expected values of the days after the fact; with `low` and `high`, the
            bounds of its interval, of the same length.
        scenarios: name and daily values of the other scenarios, drawn thin.
    """

    days: tuple[date, ...] = ()
    plan: tuple[int, ...] = ()
    fact: tuple[int, ...] = ()
    forecast: tuple[int, ...] = ()
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    scenarios: tuple[tuple[str, tuple[int, ...]], ...] = ()
    scale: Scale = field(default_factory=Scale)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.days or not (self.plan or self.fact)


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars over the months; `None` where nothing is known.

    `role` is a colour role; a dashed line stands for a plan.
    """

    name: str
    values: tuple[int | None, ...]
    role: str = "accent"
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class MonthsData:
    """Several months side by side."""

    months: tuple[date, ...] = ()
    series: tuple[Series, ...] = ()
    scale: Scale = field(default_factory=Scale)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value is not None for line in self.series for value in line.values)
