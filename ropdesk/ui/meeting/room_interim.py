"""The department's indicators at a meeting: the month, and the days passed."""

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from ropdesk.domain import facts
from ropdesk.domain.metrics import Metric, Metrics
from ropdesk.i18n import _, month_name
from ropdesk.services.meeting_numbers import Numbers
from ropdesk.ui import values
from ropdesk.ui.meeting.room_table import TallTable
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.values import Value
from ropdesk.ui.widgets.cards import Card


class InterimCard(Card):
    """One row a metric: fact, plan, completion; the month with its forecast first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Interim indicators"), parent=parent)
        self.table = TallTable(spare=("forecast", "plan"))
        self.table.setAccessibleName(_("Interim indicators"))
        self.body.addWidget(self.table, 1)
        self.setSizePolicy(self.table.sizePolicy())
        self._columns: tuple[Column, ...] = ()

    def show_numbers(self, numbers: Numbers, known: Metrics, days: str) -> None:
        """Show the month, and each metric of the board on the days of the fact."""
        self.set_title(_("Interim indicators"), days)
        columns = (
            Column("name", _("Indicator"), Align.LEFT, stretch=True),
            Column("fact", _("Fact")),
            Column("plan", _("Plan")),
            Column("completion", _("Compl.")),
            Column("forecast", _("Forecast of the month")),
        )
        month, metric = numbers.month, numbers.metric
        name = values.name(metric)
        whole = _("{period}: {metric}", period=month_name(month.first), metric=name)
        passed = _("{period}: {metric}", period=days[:1].upper() + days[1:], metric=name)
        rows = [
            _row("month", whole, metric, month.fact, month.plan, month.completion, month.p50),
            _row("days", passed, metric, numbers.department.fact, numbers.department.plan,
                 numbers.department.completion),
            *(_row(each.code, values.name(known[each.code]), known[each.code], each.fact,
                   each.plan, each.completion) for each in numbers.interim),
        ]  # fmt: skip
        if columns != self._columns:
            self._columns = columns
            self.table.set_columns(columns, rows)
        else:
            self.table.set_rows(rows)
        self.table.updateGeometry()


def _row(
    key: str, name: str, metric: Metric, fact: Value, plan: Value, share: Fraction | None,
    forecast: Value = None,
) -> Row:  # fmt: skip
    first = key == "month"
    state = State(facts.state(share, metric.better).value)
    said = values.joined(values.completion(share, metric.better), "%")
    return Row(
        key,
        (
            Cell(name, bold=first, tooltip=name),
            Cell(values.headline(metric, fact), bold=True, tooltip=values.exact(metric, fact)),
            Cell(values.headline(metric, plan), muted=True, tooltip=values.exact(metric, plan)),
            Cell(said, chip=True, state=state) if share is not None
            else Cell(values.UNKNOWN, muted=True),
            Cell(values.headline(metric, forecast) if first else "",
                 tooltip=values.exact(metric, forecast) if first else ""),
        ),
    )  # fmt: skip
