"""Plan–fact of a month: what every board, table, chart and report shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.team import Member
from ropdesk.services import calendar as calendars
from ropdesk.services import metrics as catalogues
from ropdesk.services import settings, team
from ropdesk.store.workspace import Workspace

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
class PlanState:
    """Which plan the board measures by."""

    id: int | None
    status: str
    version: int | None
    approved_on: date | None = None


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
class _Sums:
    """Sums by (metric, member id) with the department under member 0."""

    values: dict[tuple[str, int], int] = field(default_factory=dict)

    def add(self, metric: str, member: int, value: int) -> None:
        for key in ((metric, member), (metric, 0)):
            self.values[key] = self.values.get(key, 0) + value

    def get(self, metric: str, member: int) -> int | None:
        return self.values.get((metric, member))


def month_end(month: date) -> date:
    """Return the last day of the month that begins on ``month``."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


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
    shown = tuple(
        code for code in (codes or settings.load(connection).board) if code in metrics
    )  # fmt: skip
    people = team.load(connection)
    days = calendars.load(connection)
    last = month_end(month)
    until = max(min(as_of, last), month - timedelta(days=1))
    working = days.working_days(month, last)
    plan = plan_state(connection, month)
    source = _Source(connection, metrics, shown, month, last, until, plan.id, scenario, by)
    lines = _members(people, source, month, last)
    return Board(
        month=month, last=last, as_of=until, days_total=len(working),
        days_passed=sum(day <= until for day in working), plan=plan, scenario=scenario,
        metrics=metrics, codes=shown, nobody=people.nobody,
        department=source.figures(0), members=source.lines(lines),
        periods=source.periods(lines, days) if by != "month" else (),
    )  # fmt: skip


def plan_state(connection: Connection, month: date) -> PlanState:
    """Say which plan counts: the approved version, else the draft."""
    row = connection.exec_driver_sql(
        "SELECT id, status, version, approved_on FROM plan "
        "WHERE month = ? AND status <> 'superseded' "
        "ORDER BY status = 'approved' DESC, version DESC LIMIT 1",
        (month.isoformat(),),
    ).first()
    if row is None:
        return PlanState(None, "none", None)
    approved = date.fromisoformat(row[3]) if row[3] else None
    return PlanState(row[0], row[1], row[2], approved)


def _members(people: team.Team, source: "_Source", month: date, last: date) -> list[MemberLine]:
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


class _Source:
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
        self.known = (
            {c for c in stored if _known(connection, c, until)} if until >= month else set()
        )
        self.facts = _Sums()
        self.cells: list[tuple[int, str, str, int]] = []
        if by == "month":
            for member, metric, value in _grouped(connection, self.flows, month, until):
                self.facts.add(metric, member, value)
        else:
            self.cells = _cells(connection, self.flows, month, until)
            for member, metric, _, value in self.cells:
                self.facts.add(metric, member, value)
        for metric in self.stocks:
            for member, value in levels(connection, metric, until):
                self.facts.add(metric, member, value)
        self.plans: dict[tuple[str, int], int] = {}
        self.to_date = _Sums()
        self.plan_cells: list[tuple[int, str, str, int]] = []
        if plan_id is not None:
            self._read_plan(connection, plan_id, scenario)

    def _read_plan(self, connection: Connection, plan_id: int, scenario: str) -> None:
        for member, metric, value in connection.exec_driver_sql(
            "SELECT coalesce(member_id, 0), metric, value FROM plan_value "
            "WHERE plan_id = ? AND scenario = ?",
            (plan_id, scenario),
        ):
            self.plans[metric, member] = value
        if self.by == "month":
            for member, metric, value in connection.exec_driver_sql(
                "SELECT coalesce(member_id, 0), metric, sum(value) FROM plan_day "
                "WHERE plan_id = ? AND scenario = ? AND day <= ? GROUP BY member_id, metric",
                (plan_id, scenario, self.until.isoformat()),
            ):
                self.to_date.values[metric, member] = value
            return
        self.plan_cells = [
            tuple(row)
            for row in connection.exec_driver_sql(
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
        return tuple(MemberLine(x.member, x.ramp, self.figures(x.member.id)) for x in lines)

    def figures(self, member: int) -> dict[str, Figure]:
        """Put together the figures of the month for a member, or for the department (0)."""
        return _figures(
            self.metrics, self.codes, member, self.facts, self.known, self.plans,
            self.to_date.values,
        )  # fmt: skip

    def periods(self, lines: Sequence[MemberLine], days: WorkCalendar) -> tuple[Period, ...]:
        """Cut the month into weeks or days; a day off without numbers is left out."""
        made = []
        for start, end in spans(self.month, self.last, self.by):
            facts = _Sums()
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
                    _figures(self.metrics, self.codes, 0, facts, known, plans, to_date),
                    tuple(
                        MemberLine(
                            x.member, x.ramp,
                            _figures(
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


def _figures(
    metrics: Metrics,
    codes: Iterable[str],
    member: int,
    facts: _Sums,
    known: set[str],
    plans: Mapping[tuple[str, int], int],
    to_date: Mapping[tuple[str, int], int],
) -> dict[str, Figure]:
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


def _known(connection: Connection, code: str, until: date) -> bool:
    """Tell whether numbers of a metric had begun by a day: then silence means zero."""
    return (
        connection.exec_driver_sql(
            "SELECT 1 FROM daily_value WHERE metric = ? AND day <= ? LIMIT 1",
            (code, until.isoformat()),
        ).first()
        is not None
    )


def _grouped(
    connection: Connection, codes: Sequence[str], first: date, until: date
) -> Iterable[tuple[int, str, int]]:
    # The span alone is asked for: with the metrics named, SQLite would walk all their history.
    wanted = frozenset(codes)
    rows = connection.exec_driver_sql(
        "SELECT member_id, metric, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
        "GROUP BY member_id, metric",
        (first.isoformat(), until.isoformat()),
    )
    return [(member, code, value) for member, code, value in rows if code in wanted]


def _cells(
    connection: Connection, codes: Sequence[str], first: date, until: date
) -> list[tuple[int, str, str, int]]:
    wanted = frozenset(codes)
    rows = connection.exec_driver_sql(
        "SELECT member_id, metric, day, value FROM daily_value WHERE day BETWEEN ? AND ?",
        (first.isoformat(), until.isoformat()),
    )
    return [(member, code, day, value) for member, code, day, value in rows if code in wanted]


def levels(connection: Connection, code: str, until: date) -> Iterable[tuple[int, int]]:
    """Answer each member's last level of a stock at the end of a day."""
    return connection.exec_driver_sql(
        "SELECT m.id, (SELECT v.value FROM daily_value v WHERE v.metric = ? "
        "AND v.member_id = m.id AND v.day <= ? ORDER BY v.day DESC LIMIT 1) AS level "
        "FROM member m WHERE level IS NOT NULL",
        (code, until.isoformat()),
    )


def daily(
    connection: Connection, code: str, first: date, last: date, member_id: int | None = None
) -> dict[date, int]:
    """Answer a stored flow by day over a span, for a member or the whole department."""
    where = "" if member_id is None else " AND member_id = ?"
    rows = connection.exec_driver_sql(
        "SELECT day, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? AND metric = ?"
        f"{where} GROUP BY day",
        (first.isoformat(), last.isoformat(), code, *([] if member_id is None else [member_id])),
    )
    return {date.fromisoformat(day): value for day, value in rows}


def planned_days(
    connection: Connection, plan_id: int | None, code: str, scenario: str = STANDARD
) -> dict[date, int]:
    """Answer the department's plan of a flow by day; empty without a plan."""
    rows = connection.exec_driver_sql(
        "SELECT day, value FROM plan_day WHERE plan_id = ? AND scenario = ? AND metric = ? "
        "AND member_id IS NULL",
        (plan_id, scenario, code),
    )
    return {date.fromisoformat(day): value for day, value in rows}
