"""The metric catalogue: what is counted, in which unit, and how it adds up.

Every stored value is an integer in the smallest part of its unit. A **flow** adds up over days and
members; a **stock** is a level at the end of a day (adds up over members, its last value counts
over time); a **ratio** is one flow over another, always sum ÷ sum.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.errors import N_, DomainError


class Kind(StrEnum):
    """How values of a metric add up."""

    FLOW = "flow"
    STOCK = "stock"
    RATIO = "ratio"


class Unit(StrEnum):
    """What a whole unit is."""

    COUNT = "count"
    MONEY = "money"
    SECONDS = "seconds"
    DAYS = "days"
    POINTS = "points"
    SHARE = "share"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    Attributes:
        code: stable identifier (snake_case), the key in JSON and in the database.
        name: English msgid; builtin names are in the catalogues, own ones are shown as typed.
        numerator, denominator: codes of flows; only for ratios.
        builtin: whether it comes from the catalogue (True) or from the sales head (False).
    """

    code: str
    name: str
    kind: Kind
    unit: Unit
    better: Direction = Direction.UP
    numerator: str | None = None
    denominator: str | None = None
    builtin: bool = True

    @property
    def scale(self) -> int:
        """Stored integers per whole unit, of a value or a plan of this metric.

        Money is kopecks and a share basis points; any other ratio keeps two decimals.
        """
        if self.unit is Unit.MONEY:
            return 100
        if self.unit is Unit.SHARE:
            return 10_000
        return 100 if self.kind is Kind.RATIO else 1


def _flow(
    code: str, name: str, unit: Unit = Unit.COUNT, better: Direction = Direction.UP
) -> Metric:
    return Metric(code, name, Kind.FLOW, unit, better)


def _stock(code: str, name: str, better: Direction) -> Metric:
    return Metric(code, name, Kind.STOCK, Unit.COUNT, better)


def _ratio(
    code: str, name: str, top: str, bottom: str, unit: Unit, better: Direction = Direction.UP
) -> Metric:
    return Metric(code, name, Kind.RATIO, unit, better, top, bottom)


CATALOGUE: tuple[Metric, ...] = (
    _flow("calls", N_("Calls")),
    _flow("talk_time", N_("Talk time"), Unit.SECONDS),
    _flow("inquiries", N_("Inquiries")),
    _flow("qualified_inquiries", N_("Qualified inquiries")),
    _flow("deals_won", N_("Deals won")),
    _flow("deals_lost", N_("Deals lost"), better=Direction.DOWN),
    _flow("receipts", N_("Receipts"), Unit.MONEY),
    _flow("cycle_time", N_("Deal time, days"), Unit.DAYS, Direction.DOWN),
    _flow("tasks_done", N_("Tasks done")),
    _flow("tasks_on_time", N_("Tasks done on time")),
    _flow("incoming_calls", N_("Incoming calls"), better=Direction.NONE),
    _flow("answered_calls", N_("Answered calls"), better=Direction.NONE),
    _flow("missed_calls", N_("Missed calls"), better=Direction.NONE),
    _flow("handle_time", N_("Handle time"), Unit.SECONDS, Direction.DOWN),
    _flow("wait_time", N_("Wait time"), Unit.SECONDS, Direction.DOWN),
    _flow("logged_in_time", N_("Logged-in time"), Unit.SECONDS, Direction.NONE),
    _flow("ratings", N_("Customer ratings")),
    _flow("rating_points", N_("Rating points"), Unit.POINTS),
    _stock("open_deals", N_("Open deals"), Direction.NONE),
    _stock("overdue_tasks", N_("Overdue tasks"), Direction.DOWN),
    _ratio("conversion", N_("Conversion"), "deals_won", "inquiries", Unit.SHARE),
    _ratio("average_check", N_("Average check"), "receipts", "deals_won", Unit.MONEY),
    _ratio(
        "sales_cycle", N_("Sales cycle, days"), "cycle_time", "deals_won", Unit.DAYS, Direction.DOWN
    ),
    _ratio("lead_quality", N_("Lead quality"), "qualified_inquiries", "inquiries", Unit.SHARE),
    _ratio("on_time_rate", N_("Tasks on time"), "tasks_on_time", "tasks_done", Unit.SHARE),
    _ratio(
        "aht",
        N_("AHT, average handle time"),
        "handle_time",
        "answered_calls",
        Unit.SECONDS,
        Direction.DOWN,
    ),
    _ratio(
        "asa",
        N_("ASA, speed of answer"),
        "wait_time",
        "answered_calls",
        Unit.SECONDS,
        Direction.DOWN,
    ),
    _ratio(
        "occupancy", N_("Occupancy"), "handle_time", "logged_in_time", Unit.SHARE, Direction.NONE
    ),
    _ratio(
        "abandonment",
        N_("Abandonment rate"),
        "missed_calls",
        "incoming_calls",
        Unit.SHARE,
        Direction.DOWN,
    ),
    _ratio("csat", N_("CSAT, customer satisfaction"), "rating_points", "ratings", Unit.POINTS),
)

DERIVED_FROM_DEALS = (
    "inquiries",
    "deals_won",
    "deals_lost",
    "receipts",
    "cycle_time",
    "open_deals",
)
DERIVED_FROM_CALLS = (
    "calls",
    "talk_time",
    "incoming_calls",
    "answered_calls",
    "missed_calls",
    "handle_time",
    "wait_time",
    "ratings",
    "rating_points",
)
DEFAULT_BOARD = (
    "receipts",
    "inquiries",
    "deals_won",
    "conversion",
    "average_check",
    "calls",
    "talk_time",
)


class Metrics(Mapping[str, Metric]):
    """The catalogue of a workspace: builtin metrics, then the sales head's own, by code."""

    def __init__(self, own: Iterable[Metric] = ()) -> None:
        self._by_code = {metric.code: metric for metric in (*CATALOGUE, *own)}

    def __getitem__(self, code: str) -> Metric:
        try:
            return self._by_code[code]
        except KeyError:
            raise DomainError(
                N_("There is no metric «{code}». Known metrics: {known}."),
                code=code,
                known=", ".join(sorted(self._by_code)),
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)


def ratio(numerator: int, denominator: int, bottom: Metric, top: Metric) -> Fraction | None:
    """Sum ÷ sum in whole units, exact; unknown (None) when the denominator is zero."""
    if denominator == 0:
        return None
    return Fraction(numerator * bottom.scale, denominator * top.scale)
