"""Widths of columns: what the texts want, and the rest to one of them."""

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QTableView

from ropdesk.ui.tables.cells import Column
from ropdesk.ui.tables.delegate import PAD, cell_width
from ropdesk.ui.tables.model import ListModel
from ropdesk.ui.theme import current_theme

MEASURED_ROWS = 80  # a table of thousands is measured by its beginning
STRETCH_MINIMUM, STRETCH_WANTED = 110, 230
ARROW = 14  # room for the sorting arrow


def title_width(column: Column, metrics: QFontMetricsF) -> float:
    """Return the room of a heading."""
    return metrics.horizontalAdvance(column.title) + 2 * current_theme().px(PAD) + 2


def fit_columns(view: QTableView, model: ListModel, longest: int = STRETCH_WANTED) -> int:
    """Set every column's width; the stretching one keeps a readable minimum.

    Args:
        longest: what the stretching column gets at most where there is no room to spare, in pixels
            at 100 % text scale.

    Returns:
        The width that all the columns want together.
    """
    columns = model.columns
    if not columns:
        return 0
    theme = current_theme()
    metrics = QFontMetricsF(theme.font(12))
    stretching = next((i for i, column in enumerate(columns) if column.stretch), 0)
    rows = model.shown[:MEASURED_ROWS]
    taken = 0
    for number, column in enumerate(columns):
        if number == stretching:
            continue
        if column.width is not None:
            wide = theme.px(column.width)
        else:
            texts = max((cell_width(row.cells[number]) for row in rows), default=0)
            title = title_width(column, metrics)
            sorted_here = view.horizontalHeader().sortIndicatorSection() == number
            wide = int(max(texts, title + (ARROW if sorted_here else 0))) + 1
        view.setColumnWidth(number, wide)
        taken += view.columnWidth(number)  # the header has a least width of its own
    room = view.viewport().width() - taken
    wanted = int(max((cell_width(row.cells[stretching]) for row in rows), default=0)) + 1
    least = max(theme.px(STRETCH_MINIMUM), min(wanted, theme.px(longest)))
    view.setColumnWidth(stretching, max(room, least))
    return taken + least
