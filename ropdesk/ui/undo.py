"""Undo and redo: a focused text field first, then the workspace."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from ropdesk.domain.errors import N_
from ropdesk.ui.actions import ActionRegistry


class UndoActions(QObject):
    """The actions ``app.undo`` and ``app.redo``; `connect_to` says what they do."""

    def __init__(self, registry: ActionRegistry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], object] | None = None
        self._redo: Callable[[], object] | None = None
        registry.add("app.undo", N_("Undo"), self.undo, shortcut="Ctrl+Z", icon="undo")
        registry.add(
            "app.redo", N_("Redo"), self.redo, shortcut=["Ctrl+Shift+Z", "Ctrl+Y"], icon="redo"
        )

    def connect_to(self, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        """Set what undoing and redoing in the workspace is."""
        self._undo = undo
        self._redo = redo

    def undo(self) -> None:
        """Take back the last typing in the focused field, else the last operation."""
        if not _in_field(QApplication.focusWidget(), "undo") and self._undo is not None:
            self._undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if not _in_field(QApplication.focusWidget(), "redo") and self._redo is not None:
            self._redo()


def _in_field(widget: QWidget | None, verb: str) -> bool:
    """Undo or redo inside a text field; say whether there was anything to."""
    if isinstance(widget, QLineEdit):
        able = widget.isUndoAvailable() if verb == "undo" else widget.isRedoAvailable()
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        document = widget.document()
        able = document.isUndoAvailable() if verb == "undo" else document.isRedoAvailable()
    else:
        return False
    if able:
        (widget.undo if verb == "undo" else widget.redo)()
    return able
