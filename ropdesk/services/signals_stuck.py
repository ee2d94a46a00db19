"""Deals that got stuck in a stage, more of them than four weeks before."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction

from ropdesk.domain.metrics import Metric
from ropdesk.domain.signal_stories import Sighting, Whose
from ropdesk.services import funnel
from ropdesk.services.signals_data import monday_of
from ropdesk.services.signals_find import Find
from ropdesk.store.workspace import Workspace

BACK = 4  # weeks
LEAST = 5  # deals
GROWTH = Fraction(3, 2)


class Stuck:
    """Counts stuck deals by stage at the ends of weeks, each week once."""

    def __init__(self, ws: Workspace, metric: Metric) -> None:
        self._ws = ws
        self._metric = metric
        self._counts: dict[int, Counter[str]] = {}
        self._long: dict[int, Counter[str]] = {}

    def find(self, number: int) -> list[Find]:
        """Answer the stages where many more deals are stuck than four weeks before.

        A stage is told in the week in which this begins.
        """
        now, since_then = self._count(number), self._long[number]
        # Who is stuck for over four weeks was stuck then: often that alone shows no growth, and
        # the state of four weeks ago, which takes time, need not be asked for.
        grown = [stage for stage in sorted(now) if _many(now[stage], since_then[stage])]
        many = [s for s in grown if _many(now[s], self._count(number - BACK)[s])]
        return [
            self._found(number, stage, now[stage], self._count(number - BACK)[stage])
            for stage in many
            if not self._was_many(number - 1, stage)
        ]

    def _was_many(self, number: int, stage: str) -> bool:
        now = self._count(number)[stage]
        return _many(now, 0) and _many(now, self._count(number - BACK)[stage])

    def _found(self, number: int, stage: str, count: int, before: int) -> Find:
        monday = monday_of(number)
        sighting = Sighting(
            "stuck", self._metric.code, Whose(stage=stage), False,
            float(count / max(GROWTH * before, Fraction(LEAST))), Fraction(count - before),
        )  # fmt: skip
        return Find(
            sighting=sighting, metric=self._metric, first=monday,
            last=monday + timedelta(days=6), value=Fraction(count), before=Fraction(before),
            weeks=BACK,
        )  # fmt: skip

    def _count(self, number: int) -> Counter[str]:
        if number not in self._counts:
            end = monday_of(number) + timedelta(days=6)
            found = funnel.stuck(self._ws, end)
            self._counts[number] = Counter(deal.stage for deal in found)
            self._long[number] = Counter(
                deal.stage for deal in found if deal.days - 7 * BACK > deal.norm_days
            )
        return self._counts[number]


def _many(count: int, before: int) -> bool:
    return count >= LEAST and count >= GROWTH * before
