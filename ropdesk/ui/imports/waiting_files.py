"""Files of the watched folder that wait for a person: why, and the way into the wizard."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, ngettext
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel

SHOWN = 4  # rows; the list below needs its room


class WaitingFiles(QObject):
    """What waits, with the reasons; shared by the watcher and the page."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reasons: dict[Path, DomainError] = {}

    @property
    def reasons(self) -> dict[Path, DomainError]:
        """Why each file waits, in the order in which they were found."""
        return dict(self._reasons)

    def add(self, path: Path, reason: DomainError) -> None:
        """Note a file that cannot come in by itself."""
        self._reasons[path] = reason
        self.changed.emit()

    def keep(self, paths: Collection[Path]) -> None:
        """Forget the files that are not among these."""
        gone = [path for path in self._reasons if path not in paths]
        for path in gone:
            del self._reasons[path]
        if gone:
            self.changed.emit()

    def drop(self, path: Path) -> None:
        """Forget a file: it has come in."""
        self.keep(self._reasons.keys() - {path})


def waiting_files(owner: QObject) -> WaitingFiles:
    """Return the list that belongs to an application's object, made on the first call."""
    known = owner.findChild(WaitingFiles)
    return known if isinstance(known, WaitingFiles) else WaitingFiles(owner)


class WaitingCard(Card):
    """One row a file; gone where nothing waits."""

    file_wanted = Signal(Path)

    def __init__(self, files: WaitingFiles, parent: QWidget | None = None) -> None:
        super().__init__(_("Waiting in the folder"), parent=parent)
        self._files = files
        self.buttons: dict[Path, SecondaryButton] = {}
        self._inner = QWidget()
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._more = QLabel()
        self._more.setProperty("role", "secondary")
        self.body.addWidget(self._inner)
        self.body.addWidget(self._more)
        files.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Show what waits now."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        reasons = self._files.reasons
        self.buttons = {}
        for path, reason in list(reasons.items())[:SHOWN]:
            self._rows.addWidget(self._row(path, reason))
        left = len(reasons) - len(self.buttons)
        self._more.setText(ngettext("{n} more file waits", "{n} more files wait", left))
        self._more.setVisible(left > 0)
        self.setVisible(bool(reasons))

    def _row(self, path: Path, reason: DomainError) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        words = describe(reason)
        label = ElidedLabel()
        label.setText(f"{path.name}: {words}")
        label.setToolTip(f"{path}\n{words}")
        button = SecondaryButton(_("Open…"))
        button.setAccessibleName(_("Import of {file}", file=path.name))
        button.clicked.connect(_Opener(self, path, button))
        row.addWidget(label, 1)
        row.addWidget(button)
        self.buttons[path] = button
        return holder


class _Opener(QObject):
    """Remembers which file a button opens."""

    def __init__(self, card: WaitingCard, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._card, self._path = card, path

    def __call__(self) -> None:
        self._card.file_wanted.emit(self._path)
