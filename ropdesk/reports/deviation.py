"""A deviation taken apart, already computed: what the waterfall and its table print."""

from dataclasses import dataclass

from ropdesk.domain.metrics import Unit
from ropdesk.reports.model import Factor


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A subject's deviation by factor, in the order of `Deviation.columns`; None is unknown.

    Attributes:
        effects: None where the subject's deviation is not known.
        note: why it is not split.
    """

    name: str
    deviation: int | None
    effects: tuple[int, ...] | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deviation:
    """The whole way from the base to the fact, and who went it.

    Attributes:
        base_name: what the fact is measured by: «plan to date».
        base, fact: in the smallest parts of the metric.
        factors: what has an effect, in the order of the funnel; they add up to fact − base.
        sentence: the same in words.
        columns: names of the factors in ``rows``.
        rows: members; they and the ``total`` add up, factor by factor.
    """

    unit: Unit
    scale: int
    base_name: str
    base: int
    fact: int
    factors: tuple[Factor, ...]
    sentence: str
    columns: tuple[str, ...]
    rows: tuple[FactorRow, ...]
    total: FactorRow
