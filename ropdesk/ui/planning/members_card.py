"""The department's plan by members: typed in the table, the others share what remains."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QSizePolicy, QWidget

from ropdesk.i18n import _
from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.tables.cells import Align, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.segmented import Segmented

PLAN = "plan"
# What gives way first where the window is narrow; tooltips have it all the same.
_GIVE_WAY = ("best", "mean", "days", "norm", "share")
_NAME_LEAST = 140
_ROWS_LEAST = 4
_CHOOSER_LEAST = 90  # pixels
_HIGHEST = 16_777_215  # what Qt calls unbounded


@dataclass(frozen=True, slots=True)
class MembersView:
    """What the card shows, every text ready.

    Attributes:
        metrics: codes and names of what can be decomposed; ``metric`` is the one shown.
        method: how the plan is shared.
        sum_line: that the sum is exact, or what is missing; ``short``: whether something is.
        locked: members whose value was set by hand.
    """

    title: str
    hint: str
    metrics: Sequence[tuple[str, str]]
    metric: str
    method: str
    plan_heading: str
    mean_heading: str
    rows: Sequence[Row]
    sum_line: str
    locked: frozenset[int]
    editable: bool


def columns(plan: str, mean: str) -> list[Column]:
    """Return the table's columns; two headings carry the unit."""
    return [
        Column("name", _("Manager"), Align.LEFT, stretch=True),
        Column(PLAN, plan, tooltip=_("Type a number: it is locked, the others share the rest")),
        Column("share", _("Share")),
        Column("norm", _("Norm"), tooltip=_("Share of a full norm: the ramp-up of a newcomer")),
        Column("days", _("Workdays"), tooltip=_("Working days of the month without absences")),
        Column("mean", mean, tooltip=_("Mean of the last 6 months that the manager worked")),
        Column("best", _("Best"), tooltip=_("The best month so far")),
        Column(
            "load",
            _("Capacity"),
            width=112,
            tooltip=_("The plan against the most the manager has ever carried"),
        ),
    ]


def title_width(title: str) -> int:
    """Return the width of a card's title in pixels."""
    return QFontMetrics(current_theme().font(13, SEMIBOLD)).horizontalAdvance(title)


class MembersTable(DataTable):
    """The table; Ctrl+L or its menu lets a locked value follow the department again."""

    unlock_wanted = Signal(object)  # member's id; None for everybody

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(columns("", ""), parent)
        self.locked: frozenset[int] = frozenset()
        self.can_edit = False
        self.setAccessibleName(_("Plan by managers"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def current_member(self) -> int | None:
        """Return the member the keyboard is on; None on the department's row."""
        place = self.current_place()
        return place[0] if place is not None and isinstance(place[0], int) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Ctrl+L unlock."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_L:
            if self.can_edit and self.current_member() in self.locked:
                self.unlock_wanted.emit(self.current_member())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to unlock the member, and everybody."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        menu = self.make_menu()
        menu.popup(event.globalPos() if not event.globalPos().isNull() else self._menu_spot())

    def make_menu(self) -> QMenu:
        """Return the menu of the current member."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        one = QAction(_("Unlock: follow the department again (Ctrl+L)"), menu)
        one.setObjectName("unlock")
        one.setEnabled(self.can_edit and self.current_member() in self.locked)
        one.triggered.connect(self._unlock_one)
        every = QAction(_("Unlock everybody"), menu)
        every.setObjectName("unlock_all")
        every.setEnabled(self.can_edit and bool(self.locked))
        every.triggered.connect(self._unlock_all)
        menu.addActions([one, every])
        return menu

    def fit(self) -> None:
        """Hide what matters least where the window is narrow."""
        hidden = set(_GIVE_WAY)
        names = [column.key for column in self.list_model.columns]
        for key in _GIVE_WAY:
            if key in names:
                self.setColumnHidden(names.index(key), False)
        super().fit()
        least = current_theme().px(_NAME_LEAST)
        wide = {key: self.columnWidth(names.index(key)) for key in names if key != "name"}
        room = self.viewport().width() - least - sum(wide.values())
        for key in _GIVE_WAY:
            if room >= 0 or key not in wide:
                hidden.discard(key)
                continue
            room += wide[key]
        if not hidden & set(wide):
            return
        for key in hidden & set(wide):
            self.setColumnHidden(names.index(key), True)
        name = names.index("name")
        taken = sum(value for key, value in wide.items() if key not in hidden)
        self.setColumnWidth(name, max(least, self.viewport().width() - taken))

    def sizeHint(self) -> QSize:
        """Ask for a few rows; the layout gives what there is."""
        theme = current_theme()
        rows = min(_ROWS_LEAST, self.list_model.rowCount())
        return QSize(theme.px(300), theme.px(32) + rows * theme.px(30) + 2)

    def minimumSizeHint(self) -> QSize:
        """Keep a few rows in sight."""
        return self.sizeHint()

    def fit_height(self) -> None:
        """Take no more height than the rows need."""
        theme = current_theme()
        highest = theme.px(32) + self.list_model.rowCount() * theme.px(30) + 2
        if self.maximumHeight() != highest:
            self.setMaximumHeight(highest)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the height in step with the text scale."""
        super().resizeEvent(event)
        self.fit_height()

    def _menu_spot(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    def _unlock_one(self) -> None:
        self.unlock_wanted.emit(self.current_member())

    def _unlock_all(self) -> None:
        self.unlock_wanted.emit(None)


class MembersCard(Card):
    """The table with the choice of metric above, how it is shared, and the sum below."""

    metric_chosen = Signal(str)
    method_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName(_("What is shared"))
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.chooser.setMinimumWidth(_CHOOSER_LEAST)
        self.chooser.activated.connect(self._metric_picked)
        self.method = Segmented(
            [
                ("history", _("by history")),
                ("equal", _("equally")),
                ("manual", _("by hand")),
            ],
            "history",
            _("How the plan is shared"),
        )
        self.method.changed.connect(self.method_chosen)
        self.add_right(self.chooser)
        self.add_right(self.method)
        self.table = MembersTable()
        self.body.addWidget(self.table, 1)
        self.sum_line = QLabel()
        self.sum_line.setProperty("role", "secondary")
        self.sum_line.setWordWrap(True)
        self.body.addWidget(self.sum_line)
        self._columns: tuple[str, str] = ("", "")
        self._heading: tuple[str, str] = ("", "")

    def show_members(self, view: MembersView) -> None:
        """Show the members' plans of one metric."""
        self._heading = (view.title, view.hint)
        self._fill_metrics(view)
        self.method.set_current(view.method)
        self.method.setEnabled(view.editable)
        self.table.locked, self.table.can_edit = view.locked, view.editable
        headings = (view.plan_heading, view.mean_heading)
        if headings != self._columns:
            here = self.table.current_place()
            self._columns = headings
            self.table.set_columns(columns(*headings), view.rows)
            if here is not None:
                self.table.go_to_cell(*here)
        else:
            self.table.set_rows(view.rows)
        self.table.fit_height()
        self.sum_line.setText(view.sum_line)
        self.sum_line.setVisible(bool(view.sum_line))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take no more height than the rows need; leave the title out where it is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        below = self.sum_line.heightForWidth(self.table.width()) + self.body.spacing()
        frame = layout.contentsMargins()
        title, hint = self._heading
        room = self.width() - self.chooser.width() - self.method.width() - 60
        fits = title_width(title) <= room
        self.set_title(title if fits else "", hint if fits else "")
        self.setAccessibleName(title)
        others = frame.top() + frame.bottom() + layout.spacing() + self.chooser.height()
        highest = min(_HIGHEST, self.table.maximumHeight() + others + max(0, below) + 8)
        if self.maximumHeight() != highest:
            self.setMaximumHeight(highest)

    def _fill_metrics(self, view: MembersView) -> None:
        wanted = [code for code, _name in view.metrics]
        known = [self.chooser.itemData(n) for n in range(self.chooser.count())]
        if wanted != known:
            self.chooser.clear()
            for code, name in view.metrics:
                self.chooser.addItem(name, code)
        self.chooser.setCurrentIndex(wanted.index(view.metric) if view.metric in wanted else -1)

    def _metric_picked(self, index: int) -> None:
        self.metric_chosen.emit(str(self.chooser.itemData(index)))
