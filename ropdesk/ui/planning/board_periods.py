"""The board's table by weeks and days: a column for each, facts with their plans."""

from fractions import Fraction

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _, day_month, integer, long_date, weekday_short
from ropdesk.services.board import Board, Figure, Period
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import (
    DEPARTMENT,
    Behind,
    column_style,
    fact_cell,
    name_cell,
    state_of,
)
from ropdesk.ui.planning.board_source import Snapshot
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.values import Style


def period_columns(board: Board, first: str) -> tuple[Column, ...]:
    """Return a column for each week or day of the month."""
    columns = [Column("name", first, Align.LEFT, stretch=True)]
    for period in board.periods:
        first, last = integer(period.start.day), integer(period.end.day)
        title, tip = first, f"{weekday_short(period.start)}, {long_date(period.start)}"
        if period.start != period.end:
            title = f"{first}\u2013{last}"
            tip = f"{day_month(period.start)}\u2013{day_month(period.end)}"
        columns.append(Column(period.start.isoformat(), title, tooltip=tip))
    return tuple(columns)


def period_rows_by_member(snapshot: Snapshot) -> list[Row]:
    """Return members by weeks or days of the chosen metric, the department first."""
    board, chosen = snapshot.board, snapshot.chosen
    how = column_style(board, chosen)
    rows = [
        Row(
            DEPARTMENT,
            (
                Cell(_("Department"), bold=True),
                *(_period_cell(board, chosen, p, p.department[chosen.code], how, None, bold=True)
                  for p in board.periods),
            ),
            Pin.FIRST,
        )
    ]  # fmt: skip
    for number, line in enumerate(board.members):
        cells = [name_cell(line, board.nobody)]
        for period in board.periods:
            figure = period.members[number].figures[chosen.code]
            cells.append(_period_cell(board, chosen, period, figure, how, line.member.id))
        rows.append(Row(line.member.id, tuple(cells)))
    return rows


def period_rows_by_metric(snapshot: Snapshot) -> list[Row]:
    """Return the department's metrics by weeks or days."""
    board = snapshot.board
    rows = []
    for code in board.codes:
        metric = board.metrics[code]
        how = column_style(board, metric)
        unit = f", {how.unit}" if how.unit else ""
        cells = [Cell(values.name(metric), secondary=unit, tooltip=values.name(metric))]
        cells += [
            _period_cell(board, metric, p, p.department[code], how, None) for p in board.periods
        ]
        rows.append(Row(code, tuple(cells)))
    return rows


def _period_cell(
    board: Board, metric: Metric, period: Period, figure: Figure, how: Style,
    member: int | None, *, bold: bool = False,
) -> Cell:  # fmt: skip
    if figure.fact is None:
        plan = figure.plan
        return Cell(
            behind=values.text(plan, how) if plan is not None else "",
            tooltip=_("plan {value}", value=values.exact(metric, plan)) if plan else "",
        )
    where = Behind(metric.code, member, period.start, min(period.end, board.as_of))
    share = figure.completion
    weeks = period.start != period.end  # with its plan beside it: colour never speaks alone
    cell = fact_cell(
        metric, figure, how, where, bold=bold, with_plan=weeks and metric.kind is Kind.FLOW
    )
    state = state_of(share, metric) if weeks else State.NEUTRAL
    return Cell(
        cell.text, state=state, bold=bold, secondary=cell.secondary,
        tooltip=_percent_tip(cell.tooltip, share, metric), sort_key=cell.sort_key, ref=where,
        raw=cell.raw,
    )  # fmt: skip


def _percent_tip(text: str, share: Fraction | None, metric: Metric) -> str:
    if share is None:
        return text
    return f"{text}\n{values.joined(values.completion(share, metric.better), '%')}"
