"""What the paper shows, already computed: services fill these, reports only format them.

How a value is written (the type `Value`):

- an ``int`` is in the metric's smallest parts (kopecks, pieces, seconds, basis points) and is
  divided by ``scale`` where it is shown;
- a ``Fraction`` is exact and in whole units (roubles, seconds; a share of 18.1 % is 0.181), as
  `ropdesk.domain.metrics.ratio` returns it;
- ``None`` is unknown and printed as a dash, never as zero.

Shares of completion and of change are Fractions, 1 being 100 %. Names and texts come ready to be
read, in the language of the document.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from ropdesk.domain.metrics import Direction, Kind, Unit
from ropdesk.reports.reasons_model import Doings

if TYPE_CHECKING:
    from ropdesk.reports.deviation import Deviation

Value = int | Fraction | None


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """What the top and the bottom of every page say.

    Attributes:
        title: name of the document, for the header and the PDF's properties.
        period: what it covers; printed after the title, empty when the title says it.
        issued: when it was made; a reprint keeps it, so its bytes stay the same.
        footer_note: origin of the numbers: «CRM data of 01.11.2026, edited by hand: 3».
        dated: whether the header says when it was made; not where the title says it.
    """

    company: str
    department: str
    title: str
    period: str
    issued: datetime
    footer_note: str = ""
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Forecast:
    """Forecast of the month's end, with the bounds of its 80 % interval."""

    p10: Value
    p50: Value
    p90: Value


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric of one subject over one period.

    Attributes:
        plan: plan of the whole period; None where nothing was planned.
        plan_to_date: the part of the plan that the passed working days carry.
        completion: fact ÷ plan to date of a running period, fact ÷ plan of a finished one.
        deviation: fact − the plan that ``completion`` divides by, in the metric's own terms.
        previous, last_year: fact of the period before, and of the same one a year ago.
        change, change_last_year: relative change against them (0.04 is +4 %); a ratio in percent
            (unit SHARE) gives the difference instead (0.006 is 0.6 of a percentage point).
    """

    code: str
    name: str
    unit: Unit
    scale: int
    kind: Kind
    fact: Value
    plan: Value = None
    plan_to_date: Value = None
    completion: Fraction | None = None
    deviation: Value = None
    previous: Value = None
    change: Fraction | None = None
    last_year: Value = None
    change_last_year: Fraction | None = None
    forecast: Forecast | None = None
    better: Direction = Direction.UP


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member and the metrics shown for them, by code; ``note`` stands beside the name."""

    name: str
    metrics: Mapping[str, MetricLine]
    position: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The part of a week that lies in the month; metrics of the department by code."""

    start: date
    end: date
    metrics: Mapping[str, MetricLine]


@dataclass(frozen=True, slots=True)
class ScenarioValue:
    """A scenario of the plan under its shown name, and its total for the month."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Cumulative:
    """Running totals of one flow over the days of the month, for the chart.

    Attributes:
        plan, fact, forecast, p10, p90: one value for each of ``days``; None where there is none
            (fact after the last day with data, forecast before it). ``plan`` may be empty.
        scenarios: month totals drawn as thin labelled levels; usually minimum and maximum.
    """

    name: str
    unit: Unit
    scale: int
    days: tuple[date, ...]
    fact: tuple[Value, ...]
    plan: tuple[Value, ...] = ()
    forecast: tuple[Value, ...] = ()
    p10: tuple[Value, ...] = ()
    p90: tuple[Value, ...] = ()
    scenarios: tuple[ScenarioValue, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """Plan and fact of one month; either may be unknown."""

    month: date
    fact: Value
    plan: Value = None


@dataclass(frozen=True, slots=True)
class Dynamics:
    """One metric over up to twelve months, oldest first."""

    code: str
    name: str
    unit: Unit
    scale: int
    kind: Kind
    points: tuple[MonthPoint, ...]


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """One step of the funnel, widest first (calls, inquiries, deals), receipts last.

    Attributes:
        conversion, conversion_plan, conversion_previous: share of the step above that came here;
            None for the first step and for money.
    """

    code: str
    name: str
    unit: Unit
    scale: int
    fact: Value
    plan: Value = None
    previous: Value = None
    conversion: Fraction | None = None
    conversion_plan: Fraction | None = None
    conversion_previous: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ForecastAccuracy:
    """The forecast of the month's end once made, and how far it was from what came.

    Attributes:
        error: |forecast − fact| ÷ fact; None while the month runs.
    """

    made_on: date
    value: Value
    unit: Unit
    scale: int
    error: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A part of the deviation: «conversion −391», in the smallest parts of the headline metric."""

    name: str
    effect: int


@dataclass(frozen=True, slots=True)
class CommentField:
    """A field that the sales head fills; an empty one is printed as ruled lines."""

    code: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the next month's plan asks for: «inquiries 2 071»."""

    name: str
    unit: Unit
    scale: int
    value: Value


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The next month's plan of the headline metric, one total per scenario."""

    month: date
    unit: Unit
    scale: int
    minimum: Value = None
    standard: Value = None
    maximum: Value = None
    approved_on: date | None = None
    approved_by: str = ""
    required: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanState:
    """Which plan the report compares with."""

    scenario: str
    version: int
    approved_on: date | None = None
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One import behind the numbers."""

    name: str
    imported: datetime
    rows: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """Everything the monthly report prints.

    Attributes:
        month: its first day.
        as_of: the last day counted.
        headline: up to four metrics in boxes; the first one makes the title of the page.
        plan: the plan compared with; None when the month has none.
        member_metrics: codes of the columns of the members' tables, in order; empty means the
            codes of ``department``.
        deviation, reasons: why the headline deviates: exact decomposition, then the words.
        next_plan: None when there is none yet.
        doings: what was done about the month's reasons.
        data_quality: one sentence per kind of suspicious data, with its count.
    """

    head: DocumentHead
    month: date
    as_of: date
    finished: bool
    headline: tuple[MetricLine, ...]
    department: tuple[MetricLine, ...]
    members: tuple[MemberRow, ...] = ()
    plan: PlanState | None = None
    working_days: int = 0
    working_days_passed: int = 0
    member_metrics: tuple[str, ...] = ()
    weeks: tuple[WeekRow, ...] = ()
    cumulative: Cumulative | None = None
    dynamics: tuple[Dynamics, ...] = ()
    funnel: tuple[FunnelStage, ...] = ()
    forecast_accuracy: ForecastAccuracy | None = None
    deviation: "Deviation | None" = None
    reasons: str = ""
    done: str = ""
    decisions: str = ""
    comments: tuple[CommentField, ...] = ()
    next_plan: NextPlan | None = None
    doings: Doings | None = None
    data_quality: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A metric of a plan sheet and its total for the department (or the member)."""

    code: str
    name: str
    unit: Unit
    scale: int
    total: Value


@dataclass(frozen=True, slots=True)
class PlanMember:
    """A member's row of the plan sheet; values by metric code."""

    name: str
    values: Mapping[str, Value]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the month.

    Attributes:
        note: why the day is not ordinary: «holiday», «vacation», «shortened».
        values: the day's plan by metric code.
    """

    day: date
    working: bool
    values: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """The part of a week that lies in the month, and its plan by metric code."""

    start: date
    end: date
    working_days: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The department's plan of a month.

    Attributes:
        status: in words: «approved», «draft».
        scenarios: totals of the main metric by scenario.
        reason: why this version replaced the one before.
        days: every day of the month in order.
        day_metric: code of the metric shown on the calendar.
        signers: roles that sign.
    """

    head: DocumentHead
    month: date
    version: int
    status: str
    scenario: str
    metrics: tuple[PlanColumn, ...]
    members: tuple[PlanMember, ...]
    days: tuple[PlanDay, ...]
    day_metric: str
    working_days: int
    approved_by: str = ""
    approved_on: date | None = None
    reason: str = ""
    scenarios: tuple[ScenarioValue, ...] = ()
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemberPlanSheet:
    """One member's plan of a month: totals, weeks and the calendar of days."""

    head: DocumentHead
    month: date
    version: int
    status: str
    name: str
    metrics: tuple[PlanColumn, ...]
    weeks: tuple[PlanWeek, ...]
    days: tuple[PlanDay, ...]
    day_metric: str
    working_days: int
    position: str = ""
    note: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    signers: tuple[str, ...] = ()
