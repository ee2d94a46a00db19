"""Which metrics the board shows, in which order, and the sales head's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.services import metrics
from ropdesk.ui.planning.metrics_model import MetricsModel
from ropdesk.ui.planning.own_metric import OwnMetricForm
from ropdesk.ui.widgets.banner import Banner
from ropdesk.ui.widgets.buttons import SecondaryButton

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace


class MetricList(QListView):
    """A list whose rows move with Alt and an arrow."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current row, or do what lists do."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class MetricsDialog(QDialog):
    """Every change is made at once, each one operation; the board behind follows."""

    def __init__(self, workspace: "Workspace", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Metrics of the board"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 520)
        self._workspace = workspace
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        hint = QLabel(
            _("Space shows or hides a metric, Alt+Up and Alt+Down move it; so does dragging.")
        )
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.banner = Banner()
        self.banner.hide()
        column.addWidget(self.banner)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(self._build_list(), 1)
        self.form = OwnMetricForm(workspace)
        self.form.added.connect(self._added)
        middle.addWidget(self.form, 1)
        column.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = SecondaryButton(_("Close"))
        close.clicked.connect(self.close)
        foot.addWidget(close)
        column.addLayout(foot)
        self.reload()
        self.list.setFocus()

    def reload(self, current: str = "") -> None:
        """Read the metrics again, keeping the place."""
        here = current or self._code()
        known = metrics.catalogue(self._workspace)
        self.model.show_metrics(known, [m.code for m in metrics.board(self._workspace)])
        row = max(0, self.model.row_of(here))
        self.list.selectionModel().setCurrentIndex(
            self.model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self._follow()

    def move_by(self, step: int) -> None:
        """Move the current metric up or down among those shown."""
        code = self._code()
        codes = self.model.shown
        if code not in codes:
            return
        place = codes.index(code)
        if 0 <= place + step < len(codes):
            codes.insert(place + step, codes.pop(place))
            self._apply(codes)

    def rename(self, name: str) -> None:
        """Rename the current own metric."""
        self._try(metrics.rename, self._code(), name)

    def remove(self) -> None:
        """Remove the current own metric."""
        self._try(metrics.remove, self._code())

    def _build_list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.list = MetricList()
        self.list.setAccessibleName(_("Metrics of the board"))
        self.list.setSpacing(3)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.model = MetricsModel(self)
        self.model.ordered.connect(self._apply)
        self.model.renamed.connect(self.rename)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(self._follow)
        column.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        self._rename = SecondaryButton(_("Rename (F2)"))
        self._rename.clicked.connect(self._edit)
        self._remove = SecondaryButton(_("Remove"))
        self._remove.clicked.connect(self.remove)
        buttons.addWidget(self._rename)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.list.moved.connect(self.move_by)
        return column

    def _edit(self) -> None:
        self.list.edit(self.list.currentIndex())

    def _code(self) -> str:
        return self.model.code(self.list.currentIndex().row())

    def _follow(self) -> None:
        own = self.model.is_own(self.list.currentIndex().row())
        self._rename.setEnabled(own)
        self._remove.setEnabled(own)

    def _apply(self, codes: list[str]) -> None:
        self._try(metrics.set_board, codes)

    def _added(self, code: str) -> None:
        """Show a new metric on the board at once: that is what it was added for."""
        self._try(metrics.set_board, [*self.model.shown, code])
        self.reload(code)

    def _try(self, act: Callable[..., object], *values: object) -> None:
        try:
            act(self._workspace, *values)
        except DomainError as error:
            self.banner.say(describe(error))
        else:
            self.banner.say("")
        self.reload()
