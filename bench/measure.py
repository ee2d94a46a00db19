"""Timing: the best of several runs, and a line that says a ratio against its floor and bound."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


def best(run: Callable[[], object], times: int = 5) -> float:
    """Return the shortest of several runs in seconds: the one that others disturbed least."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def alternate(*runs: Callable[[], object], times: int) -> list[float]:
    """Return each one's shortest run in seconds, taken in turns so that trouble hits them alike."""
    found = [float("inf")] * len(runs)
    for _ in range(times):
        for number, run in enumerate(runs):
            found[number] = min(found[number], best(run, 1))
    return found


def median(values: list[float]) -> float:
    """Return the middle value."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Line:
    """One measured ratio with its bound."""

    what: str
    ratio: float
    bound: float
    detail: str
    unit: str = "×"

    def __str__(self) -> str:
        """Say it in one line."""
        mark = "ok  " if self.ratio <= self.bound else "OVER"
        return (
            f"{mark} {self.what}: {self.ratio:.2f} {self.unit} "
            f"(bound {self.bound:g} {self.unit}) — {self.detail}"
        )
