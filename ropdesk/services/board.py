"""Plan–fact of a month: what every board, table, chart and report shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import month_end
from ropdesk.domain.team import Member
from ropdesk.services import calendar as calendars
from ropdesk.services import metrics as catalogues
from ropdesk.services import settings, team
from ropdesk.services.board_rows import (
    PlanState,
    cells,
    daily,
    grouped,
    known,
    levels,
    plan_state,
    planned_days,
)
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

__all__ = [
    "STANDARD",
    "Board",
    "BoardSums",
    "Figure",
    "Figures",
    "MemberLine",
    "Period",
    "PlanState",
    "Value",
    "board",
    "daily",
    "figures_of",
    "flows_of",
    "levels",
    "listed",
    "month_end",
    "plan_state",
    "planned_days",
    "read",
    "share",
    "spans",
]

Value = int | Fraction | None
"""A figure in the metric's smallest parts (`Metric.scale`); ratios are exact fractions of them."""

STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the board with what it is measured by.

    Attributes:
        completion: fact ÷ plan to date for a flow, fact ÷ plan otherwise; None when unknown.
    """

    fact: Value
    plan: Value
    plan_to_date: Value

    @property
    def completion(self) -> Fraction | None:
        """Fact ÷ plan to date as an exact fraction; None when either is unknown or zero."""
        if self.fact is None or not self.plan_to_date or self.plan_to_date < 0:
            return None
        return Fraction(self.fact) / Fraction(self.plan_to_date)


Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member's figures by metric code."""

    member: Member
    ramp: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Period:
    """A week or a day of the month with its figures."""

    start: date
    end: date
    department: Figures
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A month as of a day.

    Attributes:
        as_of: the last day counted, within the month (or the day before it, not begun yet).
        days_total, days_passed: working days of the month and those up to ``as_of``.
    """

    month: date
    last: date
    as_of: date
    days_total: int
    days_passed: int
    plan: PlanState
    scenario: str
    metrics: Metrics
    codes: tuple[str, ...]
    department: Figures
    members: tuple[MemberLine, ...]
    nobody: int | None
    periods: tuple[Period, ...] = ()


@dataclass(slots=True)
class Sums:
    """Sums by (metric, member id) with the department under member 0."""

    values: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, metric: str, member: int, value: int) -> None:
        for key in ((metric, member), (metric, 0)):
            self.values[key] = self.values.get(key, 0) + value


def flows_of(metrics: Metrics, codes: Iterable[str]) -> tuple[str, ...]:
    """List the stored metrics needed to show the given ones: ratios stand for their two flows."""
    needed: dict[str, None] = {}
    for code in codes:
        metric = metrics[code]
        if metric.kind is Kind.RATIO:
            needed[metric.numerator or ""] = None
            needed[metric.denominator or ""] = None
        else:
            needed[code] = None
    return tuple(needed)


def board(
    ws: Workspace,
    month: date,
    as_of: date,
    *,
    codes: Sequence[str] | None = None,
    by: str = "month",
    scenario: str = STANDARD,
) -> Board:
    """Answer plan–fact of a month.

    Args:
        month: first day of the month.
        as_of: count facts up to this day (today, or a day of the past).
        codes: metrics to show; the chosen ones of the board by default.
        by: ``month``, or ``week`` or ``day`` for ``periods`` as well.
    """
    with ws.read() as connection:
        return read(connection, month, as_of, codes=codes, by=by, scenario=scenario)


def read(
    connection: Connection,
    month: date,
    as_of: date,
    *,
    codes: Sequence[str] | None = None,
    by: str = "month",
    scenario: str = STANDARD,
) -> Board:
    """Answer `board` within a connection."""
    metrics = catalogues.load(connection)
    chosen = settings.load(connection)
    shown = tuple(code for code in (codes or chosen.board) if code in metrics)
    people = team.load(connection)
    days = calendars.load(connection, chosen)
    last = month_end(month)
    until = max(min(as_of, last), month - timedelta(days=1))
    working = days.working_days(month, last)
    plan = plan_state(connection, month)
    source = BoardSums(connection, metrics, shown, month, last, until, plan.id, scenario, by)
    lines = listed(people, source, month, last)
    return Board(
        month=month, last=last, as_of=until, days_total=len(working),
        days_passed=sum(day <= until for day in working), plan=plan, scenario=scenario,
        metrics=metrics, codes=shown, nobody=people.nobody,
        department=source.figures(0), members=source.lines(lines),
        periods=source.periods(lines, days) if by != "month" else (),
    )  # fmt: skip


def listed(people: team.Team, source: "BoardSums", month: date, last: date) -> list[MemberLine]:
    """List who belongs on the board: who is here, and who left numbers or has a plan."""
    here = {m.id for m in people.active(month, last)}
    here |= {key[1] for key, value in source.facts.values.items() if key[1] and value}
    here |= {key[1] for key in source.plans if key[1]}
    first = month.replace(day=1)
    return [
        MemberLine(m, m.ramp.get(first, 10_000), {})
        for m in sorted(
            (people.members[i] for i in here if i in people.members),
            key=lambda m: (m.id == people.nobody, m.name.casefold()),
        )
    ]


class BoardSums:
    """The sums behind one board, read once."""

    def __init__(
        self, connection: Connection, metrics: Metrics, codes: tuple[str, ...], month: date,
        last: date, until: date, plan_id: int | None, scenario: str, by: str,
    ) -> None:  # fmt: skip
        self.metrics, self.codes, self.by = metrics, codes, by
        self.month, self.last, self.until = month, last, until
        stored = flows_of(metrics, codes)
        self.flows = [c for c in stored if metrics[c].kind is Kind.FLOW]
        self.stocks = [c for c in stored if metrics[c].kind is Kind.STOCK]
        self.facts = Sums()
        self.cells: list[tuple[int, str, str, int]] = []
        if by == "month":
            for member, metric, value in grouped(connection, self.flows, month, until):
                self.facts.add(metric, member, value)
        else:
            self.cells = cells(connection, self.flows, month, until)
            for member, metric, _, value in self.cells:
                self.facts.add(metric, member, value)
        for metric in self.stocks:
            for member, value in levels(connection, metric, until):
                self.facts.add(metric, member, value)
        self.known: set[str] = set()
        if until >= month:
            begun = {code for code, _member in self.facts.values}
            self.known = {c for c in stored if c in begun or known(connection, c, until)}
        self.plans: dict[tuple[str, int], int] = {}
        self.to_date = Sums()
        self.plan_cells: list[tuple[int, str, str, int]] = []
        if plan_id is not None:
            self._read_plan(connection, plan_id, scenario)

    def _read_plan(self, connection: Connection, plan_id: int, scenario: str) -> None:
        for member, metric, value in rows(
            connection,
            "SELECT coalesce(member_id, 0), metric, value FROM plan_value "
            "WHERE plan_id = ? AND scenario = ?",
            (plan_id, scenario),
        ):
            self.plans[metric, member] = value
        if self.by == "month":
            for member, metric, value in rows(
                connection,
                "SELECT coalesce(member_id, 0), metric, sum(value) FROM plan_day "
                "WHERE plan_id = ? AND scenario = ? AND day <= ? GROUP BY member_id, metric",
                (plan_id, scenario, self.until.isoformat()),
            ):
                self.to_date.values[metric, member] = value
            return
        self.plan_cells = [
            (member, metric, day, value)
            for member, metric, day, value in rows(
                connection,
                "SELECT coalesce(member_id, 0), metric, day, value FROM plan_day "
                "WHERE plan_id = ? AND scenario = ?",
                (plan_id, scenario),
            )
        ]
        until = self.until.isoformat()
        for member, metric, day, value in self.plan_cells:
            if day <= until:
                key = metric, member
                self.to_date.values[key] = self.to_date.values.get(key, 0) + value

    def lines(self, lines: Iterable[MemberLine]) -> tuple[MemberLine, ...]:
        """Fill the lines with their figures."""
        return tuple(MemberLine(x.member, x.ramp, self.figures(x.member.id)) for x in lines)

    def figures(self, member: int) -> dict[str, Figure]:
        """Put together the figures of the month for a member, or for the department (0)."""
        return figures_of(
            self.metrics, self.codes, member, self.facts, self.known, self.plans,
            self.to_date.values,
        )  # fmt: skip

    def periods(self, lines: Sequence[MemberLine], days: WorkCalendar) -> tuple[Period, ...]:
        """Cut the month into weeks or days; a day off without numbers is left out."""
        made = []
        for start, end in spans(self.month, self.last, self.by):
            facts = Sums()
            plans: dict[tuple[str, int], int] = {}
            to_date: dict[tuple[str, int], int] = {}
            first, final, until = start.isoformat(), end.isoformat(), self.until.isoformat()
            for member, metric, day, value in self.cells:
                if first <= day <= final:
                    facts.add(metric, member, value)
            for member, metric, day, value in self.plan_cells:
                if first <= day <= final:
                    plans[metric, member] = plans.get((metric, member), 0) + value
                    if day <= until:
                        to_date[metric, member] = to_date.get((metric, member), 0) + value
            if self.by == "day" and not (days.is_working(start) or facts.values or plans):
                continue
            for key, value in self.plans.items():
                if self.metrics[key[0]].kind is not Kind.FLOW:
                    plans[key] = to_date[key] = value
            known = self.known if start <= self.until else set()
            made.append(
                Period(
                    start, end,
                    figures_of(self.metrics, self.codes, 0, facts, known, plans, to_date),
                    tuple(
                        MemberLine(
                            x.member, x.ramp,
                            figures_of(
                                self.metrics, self.codes, x.member.id, facts, known, plans, to_date
                            ),
                        )
                        for x in lines
                    ),
                )
            )  # fmt: skip
        return tuple(made)


def spans(first: date, last: date, by: str) -> list[tuple[date, date]]:
    """Cut a span into days, or into weeks from Monday clipped to the span."""
    found = []
    start = first
    while start <= last:
        end = start if by == "day" else min(last, start + timedelta(days=6 - start.weekday()))
        found.append((start, end))
        start = end + timedelta(days=1)
    return found


def figures_of(
    metrics: Metrics,
    codes: Iterable[str],
    member: int,
    facts: Sums,
    known: set[str],
    plans: Mapping[tuple[str, int], int],
    to_date: Mapping[tuple[str, int], int],
) -> dict[str, Figure]:
    """Put together a member's figures (0: the department's); silence of a known metric is zero."""

    def fact(code: str) -> int | None:
        value = facts.values.get((code, member))
        return 0 if value is None and code in known else value

    made = {}
    for code in codes:
        metric = metrics[code]
        key = code, member
        if metric.kind is Kind.RATIO:
            top, bottom = metric.numerator or "", metric.denominator or ""
            explicit = plans.get(key)
            made[code] = Figure(
                share(metric, metrics, fact(top), fact(bottom)),
                _or(share(metric, metrics, plans.get((top, member)), plans.get((bottom, member))),
                    explicit),
                _or(share(metric, metrics, to_date.get((top, member)),
                          to_date.get((bottom, member))), explicit),
            )  # fmt: skip
        elif metric.kind is Kind.STOCK:
            plan = plans.get(key)
            made[code] = Figure(facts.values.get(key), plan, plan)
        else:
            plan = plans.get(key)
            passed = to_date.get(key)
            if plan is not None and passed is None:
                passed = 0
            made[code] = Figure(fact(code), plan, passed)
    return made


def _or(value: Fraction | None, otherwise: int | None) -> Value:
    return otherwise if value is None else value


def share(metric: Metric, metrics: Metrics, top: int | None, bottom: int | None) -> Fraction | None:
    """Divide two stored sums into a ratio in the metric's smallest parts; None when unknown."""
    if top is None or not bottom:
        return None
    scale = metrics[metric.denominator or ""].scale * metric.scale
    return Fraction(top * scale, bottom * metrics[metric.numerator or ""].scale)
