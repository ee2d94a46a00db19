"""A member's month against the plan, in brief."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLabel

from ropdesk.i18n import _
from ropdesk.services.board import Board, MemberLine
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import completion_cell
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable


class ResultsSection(Section):
    """Metrics of the board: fact, plan, percent of the plan to date."""

    def __init__(self, open_board: Callable[[], object]) -> None:
        super().__init__(_("Results"))
        self.month = date.min
        self._open = open_board
        link = self.add_link(_("Plan–fact"))
        link.clicked.connect(self._go)
        self._words = QLabel(_("No numbers this month yet."))
        self._words.setProperty("role", "secondary")
        self.table = SmallTable(
            [
                Column("metric", _("Metric"), Align.LEFT, stretch=True),
                Column("fact", _("Fact")),
                Column("plan", _("Plan"), tooltip=_("Plan of the month")),
                Column("share", "%", tooltip=_("Percent of the plan to date")),
            ]
        )
        self.table.setAccessibleName(_("Results"))
        self.body.addWidget(self.table)
        self.body.addWidget(self._words)

    def show_line(self, board: Board, line: MemberLine | None, month: str) -> None:
        """Show a member's line of the board; None while they are not in the department."""
        self.month = board.month
        self.set_title(_("Results: {month}", month=month))
        rows = [] if line is None else _rows(board, line)
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._words.setVisible(not rows)

    def _go(self) -> None:
        self._open()


def _rows(board: Board, line: MemberLine) -> list[Row]:
    rows = []
    for code in dict.fromkeys(board.codes):
        metric, figure = board.metrics[code], line.figures[code]
        if figure.fact is None and figure.plan is None:
            continue
        name = values.name(metric)
        rows.append(
            Row(
                code,
                (
                    Cell(values.short_name(metric), tooltip=name),
                    Cell(values.headline(metric, figure.fact), bold=True,
                         tooltip=values.exact(metric, figure.fact)),
                    Cell(
                        "" if figure.plan is None else values.headline(metric, figure.plan),
                        muted=True, tooltip=values.exact(metric, figure.plan),
                    ),
                    completion_cell(figure, metric),
                ),
            )
        )  # fmt: skip
    return rows
