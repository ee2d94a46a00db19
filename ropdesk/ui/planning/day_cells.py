"""The day's grid as table cells, and typed texts back into entries."""

from dataclasses import dataclass

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metric, Unit
from ropdesk.i18n import _
from ropdesk.services.facts import EMPTY, Cell, DayGrid, Entry
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.roles import State
from ropdesk.ui.tables import cells as table
from ropdesk.ui.tables.cells import Align, Column, Edit, Pin, Row
from ropdesk.ui.values import Style

TOTAL = "total"
WIDE, NARROW = 150, 116  # pixels at 100 %: the total and its plan fit


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed over the grid: entries, and those of them that override a file."""

    entries: tuple[Entry, ...]
    overriding: tuple[Entry, ...]
    reason: str


def styles(grid: DayGrid) -> dict[str, Style]:
    """Say how each column is written; kopecks show where there are any."""
    found = {}
    for metric in grid.metrics:
        how = values.entry_style(metric)
        if metric.unit is Unit.MONEY and any(
            cell.value is not None and cell.value % metric.scale
            for (_member, code), cell in grid.cells.items()
            if code == metric.code
        ):
            how = Style(how.divisor, 2, how.unit)
        found[metric.code] = how
    return found


def columns(grid: DayGrid) -> tuple[Column, ...]:
    """Return a column for each stored metric."""
    how = styles(grid)
    return (
        Column("name", _("Member"), Align.LEFT, stretch=True),
        *(
            Column(
                metric.code,
                values.heading(values.short_name(metric), how[metric.code]),
                width=WIDE if metric.unit is Unit.MONEY else NARROW,
                tooltip=values.name(metric),
            )
            for metric in grid.metrics
        ),
    )


def rows(grid: DayGrid) -> list[Row]:
    """Return the members, and the totals pinned below."""
    how = styles(grid)
    made = []
    for member in grid.members:
        name = _(member.name)
        cells = [table.Cell(name, tooltip=name)]
        for metric in grid.metrics:
            cell = grid.cells.get((member.id, metric.code), EMPTY)
            where = Behind(metric.code, member.id, grid.day, grid.day)
            cells.append(_cell(metric, cell, how[metric.code], where))
        made.append(Row(member.id, tuple(cells)))
    totals = [table.Cell(_("Department"), bold=True)]
    for metric in grid.metrics:
        total = grid.totals.get(metric.code, EMPTY)
        totals.append(_total(metric, total, how[metric.code], grid))
    return [*made, Row(TOTAL, tuple(totals), Pin.LAST)]


def _cell(metric: Metric, cell: Cell, how: Style, where: Behind) -> table.Cell:
    plan = "" if cell.plan is None else values.text(cell.plan, how)
    return table.Cell(
        "" if cell.value is None else values.text(cell.value, how),
        editable=True,
        raw=values.plain(cell.value, how),
        sort_key=cell.value,
        behind=plan,
        marked=cell.source is not None,
        state=State.WARNING if cell.overridden else State.NEUTRAL,
        secondary=" *" if cell.overridden else "",
        tooltip=_tooltip(metric, cell),
        ref=where if cell.value is not None else None,
    )


def _tooltip(metric: Metric, cell: Cell) -> str:
    lines = []
    if cell.overridden:
        lines.append(
            _("Changed by hand, {value} in the files. Reason: {reason}",
              value=values.exact(metric, cell.source), reason=cell.reason)
        )  # fmt: skip
    elif cell.from_file:
        lines.append(_("From a file of daily values"))
    elif cell.source is not None:
        lines.append(_("Counted from the rows of imported files"))
    elif cell.entered is not None:
        lines.append(_("Typed by hand"))
    if cell.plan is not None:
        lines.append(_("plan of the day {value}", value=values.exact(metric, cell.plan)))
    if cell.source is not None:
        lines.append(_("Ctrl+click or Ctrl+Enter: the rows behind"))
    return "\n".join(lines)


def _total(metric: Metric, cell: Cell, how: Style, grid: DayGrid) -> table.Cell:
    plan = "" if cell.plan is None else f" / {values.text(cell.plan, how)}"
    if cell.value is None:
        return table.Cell(secondary=plan, sort_key=None)
    return table.Cell(
        values.text(cell.value, how),
        bold=True,
        secondary=plan,
        tooltip=values.exact(metric, cell.value),
        raw=values.plain(cell.value, how),
        ref=Behind(metric.code, None, grid.day, grid.day),
    )


def typed(grid: DayGrid, edits: list[Edit]) -> Typed:
    """Read what was typed or pasted.

    Raises:
        DomainError: a text that is no number; the whole block is refused and the cell named.
    """
    known = {metric.code: metric for metric in grid.metrics}
    how = styles(grid)
    entries, overriding, reason = [], [], ""
    for edit in edits:
        if not isinstance(edit.row, int) or edit.column not in known:
            continue
        metric = known[edit.column]
        value = _parsed(grid, edit, metric, how[metric.code], alone=len(edits) == 1)
        entry = Entry(edit.row, metric.code, value)
        cell = grid.cells.get((edit.row, metric.code), EMPTY)
        if value == cell.value:
            continue
        entries.append(entry)
        if value is not None and cell.source is not None and value != cell.source:
            overriding.append(entry)
            reason = reason or cell.reason
    return Typed(tuple(entries), tuple(overriding), reason)


def _parsed(grid: DayGrid, edit: Edit, metric: Metric, how: Style, *, alone: bool) -> int | None:
    try:
        return values.parse(metric, edit.text, how)
    except DomainError as error:
        if alone:
            raise
        name = next(member.name for member in grid.members if member.id == edit.row)
        raise DomainError(
            N_("{member}, {metric}: {problem} Nothing of the block was written."),
            member=DomainError(name),
            metric=DomainError(metric.name),
            problem=error,
        ) from error


def with_reason(found: Typed, reason: str) -> list[Entry]:
    """Return the entries, those that override with their reason."""
    over = {(entry.member_id, entry.metric) for entry in found.overriding}
    return [
        Entry(entry.member_id, entry.metric, entry.value, reason)
        if (entry.member_id, entry.metric) in over
        else entry
        for entry in found.entries
    ]
