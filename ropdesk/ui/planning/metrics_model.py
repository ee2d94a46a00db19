"""The list of metrics: those on the board first, in order; checked, dragged, renamed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ropdesk.domain.metrics import Metric, Metrics
from ropdesk.i18n import _
from ropdesk.ui import values

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-ropdesk-metric"
_ROOT = QModelIndex()


class MetricsModel(QAbstractListModel):
    """Changes nothing itself: `ordered` and `renamed` say what the person wants."""

    ordered = Signal(list)  # codes of the board
    renamed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._metrics: list[Metric] = []
        self._shown: list[str] = []

    @property
    def shown(self) -> list[str]:
        """Codes on the board, in order."""
        return list(self._shown)

    def show_metrics(self, known: Metrics, shown: Sequence[str]) -> None:
        """Show these: the board's first, the others after them in the catalogue's order."""
        self.beginResetModel()
        self._shown = list(shown)
        rest = [code for code in known if code not in self._shown]
        self._metrics = [known[code] for code in (*self._shown, *rest)]
        self.endResetModel()

    def code(self, row: int) -> str:
        """Return a row's code, empty outside the list."""
        return self._metrics[row].code if 0 <= row < len(self._metrics) else ""

    def row_of(self, code: str) -> int:
        """Return where a metric is; −1 if it is not."""
        return next((i for i, metric in enumerate(self._metrics) if metric.code == code), -1)

    def is_own(self, row: int) -> bool:
        """Tell whether a row is the sales head's own metric."""
        return 0 <= row < len(self._metrics) and not self._metrics[row].builtin

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many metrics there are."""
        return 0 if parent.isValid() else len(self._metrics)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, and whether the board shows it."""
        metric = self._metrics[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            name = values.name(metric)
            return name if metric.builtin else _("{name} (own)", name=name)
        if role == Qt.ItemDataRole.EditRole:
            return metric.name
        if role == Qt.ItemDataRole.CheckStateRole:
            on = metric.code in self._shown
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name, or for the metric to be shown or hidden."""
        metric = self._metrics[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            self.renamed.emit(str(value))
            return True
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        codes = [code for code in self._shown if code != metric.code]
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            codes.append(metric.code)
        self.ordered.emit(codes)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be done with a row."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable
        metric = self._metrics[index.row()]
        if metric.code in self._shown:
            flags |= flag.ItemIsDragEnabled
        return flags if metric.builtin else flags | flag.ItemIsEditable

    def supportedDropActions(self) -> Qt.DropAction:
        """Let rows be moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Name what is dragged."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Take the code of the dragged row along."""
        data = QMimeData()
        data.setData(MIME, self.code(indexes[0].row()).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for the order that the drop means; the view must not remove the row itself."""
        code = data.data(MIME).toStdString()
        if code not in self._shown:
            return False
        target = parent.row() if row < 0 and parent.isValid() else row
        place = self._shown.index(code)
        codes = [other for other in self._shown if other != code]
        target = len(codes) if target < 0 else target - (target > place)
        codes.insert(min(target, len(codes)), code)
        if codes != self._shown:
            self.ordered.emit(codes)
        return False
