"""Whether a plan can be carried: against the most that each member has ever carried."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

POINTS = 10_000
_TIGHT = 9_500


class Level(StrEnum):
    """How much room a planned load leaves."""

    UNKNOWN = "unknown"
    OK = "ok"
    TIGHT = "tight"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Load:
    """One member's planned load in one metric, all in the metric's stored integers.

    Attributes:
        metric: code of the metric; for `open_deals` the deals held at once, for `calls` those of
            one day, for others the month.
        best: the most that the member has ever carried; None without a history.
        limit: the most that they may carry, when there is such a rule.
    """

    member_id: int
    metric: str
    planned: int
    best: int | None = None
    limit: int | None = None

    @property
    def share(self) -> int | None:
        """Planned ÷ limit, or ÷ best where no limit is set: basis points, rounded down."""
        bound = self.best if self.limit is None else self.limit
        return self.planned * POINTS // bound if bound else None

    @property
    def level(self) -> Level:
        """Say how the load stands: over beyond 100 %, tight from 95 %, unknown without a bound."""
        bound = self.best if self.limit is None else self.limit
        if not bound:
            return Level.UNKNOWN if bound is None or not self.planned else Level.OVER
        if self.planned > bound:
            return Level.OVER
        return Level.TIGHT if self.planned * POINTS >= bound * _TIGHT else Level.OK


def strained(loads: Iterable[Load]) -> list[Load]:
    """Choose the loads to show before a plan is approved: over first, then tight, worst first."""
    chosen = [load for load in loads if load.level in {Level.TIGHT, Level.OVER}]
    return sorted(chosen, key=lambda load: (load.share is not None, -(load.share or 0)))


def fullest(loads: Iterable[Load]) -> Load | None:
    """Choose the load that bounds a member: the highest share; None when nothing is known."""
    known = [load for load in loads if load.share is not None]
    return max(known, key=lambda load: load.share or 0, default=None)


def deals_held(inquiries: int, cycle_days: int, days: int) -> int:
    """Estimate the deals held at once: Little's law, arrivals per day × days that each stays.

    Args:
        inquiries: planned for the month.
        cycle_days: usual days from an inquiry to its closing.
        days: calendar days of the month.
    """
    return -(-inquiries * cycle_days // days)


def per_day(total: int, days: int) -> int | None:
    """Say what a working day must carry, rounded up; None without a day."""
    return -(-total // days) if days else None
