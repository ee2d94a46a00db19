"""Text that is kept when it is left: a line, or several."""

import math

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ropdesk.ui.page import View
from ropdesk.ui.theme import current_theme

PAUSE_MS = 700  # of typing, after which words «kept as you type» are told
NARROWEST = 80
EDGES = 22  # pixels at 100 % text scale that the frame and the margins take


class TextLine(QLineEdit):
    """A line that tells its new text once the person leaves it or presses Enter."""

    committed = Signal(str)

    def __init__(self, longest: int = 120, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(longest)
        self.editingFinished.connect(self._left)

    def show_text(self, text: str, *, other: bool) -> None:
        """Show a text; what is being typed stays unless it is of another record."""
        if other or not (self.hasFocus() and self.isModified()):
            self.setText(text)
            self.setCursorPosition(0)
            self.setToolTip(text)

    def _left(self) -> None:
        if self.isModified():
            self.setModified(False)
            self.committed.emit(self.text())


class NotesEdit(QPlainTextEdit):
    """Several lines of text; Tab leaves them, as the keys of a form do.

    While there are words not told yet and the field has the focus, the view it stands in is not
    refreshed. Whoever refuses what `committed` told says so with `refused`, or else the next
    refresh puts the stored words back.

    Args:
        placeholder: what an empty field says.
        lines: the least height in lines.
        most: the height in lines up to which it grows with its text; None where it takes all
            the height the page has to share out.
        as_typed: tell the words after a pause of typing too.

    Signals:
        committed: the words, without blanks around them, when they have changed and the field
            is left or Ctrl+Enter is pressed.
    """

    committed = Signal(str)

    def __init__(
        self, placeholder: str = "", *, lines: int = 2, most: int | None = 6,
        as_typed: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._known = ""
        self._lines, self._most = lines, max(lines, most or lines)
        self._held: View | None = None
        self._shown_lines = lines
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self._as_typed = as_typed
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        wide, high = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        self.setSizePolicy(wide, wide if most is None else high)
        self.textChanged.connect(self._typed)

    @property
    def changed(self) -> bool:
        """Whether there are words that were neither shown nor told."""
        return self.text() != self._known

    def text(self) -> str:
        """Return the words without blanks around them."""
        return self.toPlainText().strip()

    def show_text(self, text: str, *, other: bool = False) -> None:
        """Show the stored words; what is being typed stays unless they are of another record."""
        replace = (other or not self.changed) and self.text() != text.strip()
        self._known = text.strip()
        if replace:
            self.setPlainText(text)
        if not self.changed:
            self._pause.stop()
        self._hold()

    def commit(self) -> None:
        """Tell the words now, if they have changed."""
        if self.changed:
            self.committed.emit(self.take())

    def take(self) -> str:
        """Return the words as told: someone keeps them in another way than by `committed`."""
        self._pause.stop()
        self._known = self.text()
        self._hold()
        return self._known

    def refused(self, stored: str) -> None:
        """Hear that the words told were not kept: they stay, and are told once more later."""
        self._known = stored.strip()

    def sizeHint(self) -> QSize:
        """Ask for the lines there are, within the bounds."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Give way in width alone."""
        return QSize(NARROWEST, self._height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was typed; a menu over the field is not leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
            self._hold()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the view refresh: nobody types into what is hidden."""
        super().hideEvent(event)
        self._release()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the words at once with Ctrl+Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.commit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the lines anew: they break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    # -- inside

    def _height(self) -> int:
        return self.fontMetrics().lineSpacing() * self._shown_lines + current_theme().px(EDGES)

    def _fit(self) -> None:
        wanted = math.ceil(self.document().size().height())  # a plain text's height is in lines
        wanted = max(self._lines, min(self._most, wanted))
        if wanted != self._shown_lines:
            self._shown_lines = wanted
            self.updateGeometry()

    def _typed(self) -> None:
        self._fit()
        self._hold()
        if self._as_typed and self.changed:
            self._pause.start()

    def _hold(self) -> None:
        wanted = self.changed and self.hasFocus()
        if not wanted:
            self._release()
        elif self._held is None:
            parent = self.parentWidget()
            while parent is not None and not isinstance(parent, View):
                parent = parent.parentWidget()
            if isinstance(parent, View):
                self._held = parent
                parent.begin_edit()
                self.destroyed.connect(parent.end_edit)

    def _release(self) -> None:
        view, self._held = self._held, None
        if view is not None:
            self.destroyed.disconnect(view.end_edit)
            view.end_edit()
