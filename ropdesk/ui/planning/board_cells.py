"""The board's table: rows of prepared cells from figures."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ropdesk.domain import facts
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.team import Member
from ropdesk.i18n import _
from ropdesk.services.board import Board, Figure, MemberLine
from ropdesk.services.forecast import Outlook
from ropdesk.ui import values
from ropdesk.ui.planning.board_source import Snapshot, Spark
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.values import Style

DEPARTMENT = 0
FULL_RAMP = 10_000
LONGEST_HEADING = 16  # characters; one's own metrics may have long names
_NO_ONE = Member(DEPARTMENT, "")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a number of the board leads to: the rows of a metric over a span."""

    metric: str
    member: int | None
    first: date
    last: date


def state_of(share: Fraction | None, metric: Metric) -> State:
    """Judge a completion in the window's colours."""
    return State(facts.state(share, metric.better).value)


def completion_cell(figure: Figure, metric: Metric) -> Cell:
    """Return the chip with the percent of the plan to date."""
    share = figure.completion
    if share is None:
        return Cell()
    exactly = _(
        "{percent} of the plan to date, {difference}",
        percent=values.percent(share, 1),
        difference=values.deviation(metric, figure.fact, figure.plan_to_date),
    )
    return Cell(
        values.completion(share, metric.better), state=state_of(share, metric), chip=True,
        tooltip=exactly, sort_key=float(share),
    )  # fmt: skip


def fact_cell(
    metric: Metric, figure: Figure, how: Style, ref: Behind | None, *, bold: bool = False,
    with_plan: bool = False, note: str = "",
) -> Cell:  # fmt: skip
    """Return a fact; with the plan to date small behind it if asked."""
    if figure.fact is None:
        return Cell(values.UNKNOWN, muted=True, sort_key=None, tooltip=_("No data yet"))
    lines = [values.exact(metric, figure.fact)]
    if figure.plan_to_date is not None:
        lines.append(_("plan to date {value}", value=values.exact(metric, figure.plan_to_date)))
    if note:
        lines.append(note)
    behind = with_plan and figure.plan_to_date is not None
    return Cell(
        values.text(figure.fact, how),
        bold=bold,
        secondary=f" / {values.text(figure.plan_to_date, how)}" if behind else "",
        tooltip="\n".join(lines),
        sort_key=float(figure.fact),
        ref=ref,
        raw=values.plain(figure.fact, how),
    )


def plan_cell(metric: Metric, value: values.Value, how: Style) -> Cell:
    """Return a plan beside its fact, in secondary colour."""
    if value is None:
        return Cell()
    return Cell(
        values.text(value, how), muted=True, tooltip=values.exact(metric, value),
        sort_key=float(value), raw=values.plain(value, how),
    )  # fmt: skip


def forecast_cell(metric: Metric, outlook: Outlook | None, member: int, how: Style) -> Cell:
    """Return the month's end as forecast; the interval stands in the tooltip."""
    found = outlook.of(metric.code, member) if outlook is not None else None
    if found is None:
        words = _("Too little to go on yet") if outlook is not None else ""
        return Cell(values.UNKNOWN if words else "", muted=True, tooltip=words)
    tip = values.exact(metric, found.p50)
    if found.p10 is not None and found.p90 is not None:
        low, high = values.exact(metric, found.p10), values.exact(metric, found.p90)
        tip = _("{value}; in 8 cases of 10 from {low} to {high}", value=tip, low=low, high=high)
    return Cell(
        values.text(found.p50, how), bold=member == DEPARTMENT, tooltip=tip, sort_key=found.p50,
        raw=values.plain(found.p50, how),
    )  # fmt: skip


def name_cell(line: MemberLine, nobody: int | None) -> Cell:
    """Return a member's name, with the ramp-up of a newcomer."""
    name = _(line.member.name) if line.member.id == nobody else line.member.name
    if line.ramp == FULL_RAMP:
        return Cell(name, tooltip=name)
    share = values.percent(Fraction(line.ramp, FULL_RAMP))
    return Cell(
        name, secondary=_(" · newcomer {percent}", percent=share),
        tooltip=_("{name}: the plan of this month is {percent} of a full one", name=name,
                  percent=share),
    )  # fmt: skip


class RowCache:
    """Keeps rows whose inputs have not changed, so that only changed cells are made and painted."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[object, Row]] = {}

    def row(self, key: Hashable, inputs: object, make: Callable[[], Row]) -> Row:
        """Return the row kept for these inputs, else make it."""
        kept = self._kept.get(key)
        if kept is not None and kept[0] == inputs:
            return kept[1]
        row = make()
        self._kept[key] = inputs, row
        return row

    def clear(self) -> None:
        """Forget all rows (other columns, another language)."""
        self._kept.clear()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of the table by member and the styles of their numbers."""

    columns: tuple[Column, ...]
    others: tuple[Metric, ...]
    styles: Mapping[str, Style]
    chosen: Metric
    planned: bool
    with_plans: bool
    with_forecast: bool


def member_layout(
    snapshot: Snapshot, others: Sequence[Metric], *, with_plans: bool = True,
    with_days: bool = True, with_forecast: bool = True,
) -> Layout:  # fmt: skip
    """Say which columns the table by member has: the chosen metric first, then some others.

    Args:
        with_plans: put the others' plans small behind their facts.
        with_days: show the sparklines.
        with_forecast: show the month's end; only flows have one.
    """
    board, chosen = snapshot.board, snapshot.chosen
    styles = {code: column_style(board, board.metrics[code]) for code in board.codes}
    planned = board.department[chosen.code].plan is not None
    how = styles[chosen.code]
    columns = [
        Column("name", _("Member"), Align.LEFT, stretch=True),
        Column("fact", _heading(chosen, how), tooltip=values.name(chosen)),
    ]
    if planned:
        columns += [
            Column("plan", _("Plan to date")),
            Column("percent", "%", tooltip=_("Fact against the plan to date")),
        ]
    columns += [
        Column(
            f"m:{metric.code}",
            _heading(metric, styles[metric.code]),
            tooltip=values.name(metric),
        )
        for metric in others
    ]
    with_forecast = with_forecast and chosen.kind is Kind.FLOW
    if with_forecast:
        columns.append(Column("forecast", _("Forecast"), tooltip=_("The month's end")))
    if with_days:
        columns.append(Column("days", _("By day"), Align.CENTER, 54, tooltip=_("Day by day")))
    return Layout(tuple(columns), tuple(others), styles, chosen, planned, with_plans,
                  with_forecast)  # fmt: skip


def _heading(metric: Metric, how: Style) -> str:
    """Return a heading of bearable width; the tooltip has the whole name."""
    name = values.short_name(metric)
    if len(name) > LONGEST_HEADING:
        name = f"{name[: LONGEST_HEADING - 1].rstrip()}\u2026"
    return values.heading(name, how)


def column_style(board: Board, metric: Metric) -> Style:
    """Choose a column's unit by its largest number, the department's as a rule."""
    figure = board.department[metric.code]
    return values.style(metric, [figure.fact, figure.plan])


def member_rows(snapshot: Snapshot, layout: Layout, cache: RowCache) -> list[Row]:
    """Return the rows by member, the department first."""
    board = snapshot.board
    whole = MemberLine(_NO_ONE, FULL_RAMP, board.department)
    rows = []
    for line in (whole, *board.members):
        key = line.member.id
        forecast = snapshot.people.of(layout.chosen.code, key) if snapshot.people else None
        spark = snapshot.sparks.get(key, ())
        inputs = line.member, line.ramp, line.figures, forecast, spark, snapshot.people is None
        rows.append(cache.row(key, inputs, _RowMaker(snapshot, layout, line, spark)))
    return rows


def department_row(snapshot: Snapshot, layout: Layout) -> Row:
    """Return the department's row alone: its numbers are the widest."""
    line = MemberLine(_NO_ONE, FULL_RAMP, snapshot.board.department)
    return _RowMaker(snapshot, layout, line, snapshot.sparks.get(DEPARTMENT, ()))()


class _RowMaker:
    """Makes one row by member."""

    def __init__(self, snapshot: Snapshot, layout: Layout, line: MemberLine, spark: Spark) -> None:
        self._snapshot, self._layout, self._line, self._spark = snapshot, layout, line, spark

    def __call__(self) -> Row:
        snapshot, layout, line = self._snapshot, self._layout, self._line
        board, chosen = snapshot.board, layout.chosen
        whole = line.member.id == DEPARTMENT
        member = None if whole else line.member.id
        figure = line.figures[chosen.code]
        how = layout.styles[chosen.code]
        where = Behind(chosen.code, member, board.month, board.as_of)
        first = Cell(_("Department"), bold=True) if whole else name_cell(line, board.nobody)
        cells = [first, fact_cell(chosen, figure, how, where, bold=whole)]
        if layout.planned:
            cells.append(plan_cell(chosen, figure.plan_to_date, how))
            cells.append(completion_cell(figure, chosen))
        for metric in layout.others:
            ref = Behind(metric.code, member, board.month, board.as_of)
            cells.append(
                fact_cell(
                    metric,
                    line.figures[metric.code],
                    layout.styles[metric.code],
                    ref,
                    bold=whole,
                    with_plan=layout.with_plans and metric.kind is Kind.FLOW,
                )
            )
        if layout.with_forecast:
            cells.append(forecast_cell(chosen, snapshot.people, line.member.id, how))
        if layout.columns[-1].key == "days":
            cells.append(Cell(spark=self._spark, ref=where))
        return Row(line.member.id, tuple(cells), Pin.FIRST if whole else Pin.NONE)


def metric_columns() -> tuple[Column, ...]:
    """Return the columns of the table by metric."""
    return (
        Column("name", _("Metric"), Align.LEFT, stretch=True),
        Column("fact", _("Fact")),
        Column("plan", _("Plan to date")),
        Column("percent", "%", tooltip=_("Fact against the plan to date")),
        Column("whole", _("Plan of the month")),
        Column("forecast", _("Forecast"), tooltip=_("The month's end")),
    )


def metric_rows(snapshot: Snapshot) -> list[Row]:
    """Return the department's metrics as rows; the unit stands beside the name."""
    board = snapshot.board
    rows = []
    for code in board.codes:
        metric, figure = board.metrics[code], board.department[code]
        how = column_style(board, metric)
        where = Behind(code, None, board.month, board.as_of)
        unit = f", {how.unit}" if how.unit else ""
        forecast = (
            forecast_cell(metric, snapshot.outlook, DEPARTMENT, how)
            if metric.kind is Kind.FLOW
            else Cell()
        )
        rows.append(
            Row(
                code,
                (
                    Cell(values.name(metric), secondary=unit, tooltip=values.name(metric)),
                    fact_cell(metric, figure, how, where, bold=True),
                    plan_cell(metric, figure.plan_to_date, how),
                    completion_cell(figure, metric),
                    plan_cell(metric, figure.plan, how),
                    forecast,
                ),
            )
        )
    return rows
