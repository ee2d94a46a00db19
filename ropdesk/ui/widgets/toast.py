"""The line at the window's foot: what has just been done, and «Undo»."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ropdesk.i18n import _
from ropdesk.ui.widgets.buttons import FlatButton

SECONDS = 8


class ToastLine(QFrame):
    """Says something without taking the focus; goes by itself, but waits under the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("popup")
        self.hide()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = FlatButton(_("Undo"))
        self._button.clicked.connect(self._undo)
        self._action: QAction | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.addWidget(self._text)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._pass)

    @property
    def text(self) -> str:
        """What is being said."""
        return self._text.text()

    def say(self, text: str, undo: QAction | None = None) -> None:
        """Show the text; `undo` gives the button that takes it back."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action = undo
        self._button.setText(_("Undo"))
        self._button.setVisible(undo is not None)
        self.setMaximumWidth(max(300, self._around.width() - 240))
        self.show()
        self.place()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Stand in the middle of the foot."""
        if self.isHidden():
            return
        self.adjustSize()
        around = self._around.rect()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - 18)

    def _undo(self) -> None:
        self.hide()
        if self._action is not None:
            self._action.trigger()

    def _pass(self) -> None:
        if self.underMouse():
            self._timer.start()
        else:
            self.hide()
