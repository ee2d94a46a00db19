"""One signal: what, who, when, against what is usual, and what can be done about it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.signals import OPENED
from ropdesk.services.signals import Signal as Told
from ropdesk.ui.planning.signals import words
from ropdesk.ui.planning.signals.spark import Spark
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fields import FieldError


class SignalCard(QFrame):
    """A card of the list. Enter or a click opens the rows behind, Delete hides it.

    Signals:
        rows_wanted, investigation_wanted, case_wanted, restored: with the signal's key.
        dismissed: with the key and the reason.
        editing_begun, editing_ended: a reason is being typed, or no more.
    """

    rows_wanted = Signal(str)
    investigation_wanted = Signal(str)
    case_wanted = Signal(str)
    dismissed = Signal(str, str)
    restored = Signal(str)
    editing_begun = Signal()
    editing_ended = Signal()

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told = told
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        news, state = words.news(told)
        self.setAccessibleName(f"{news}. {told.title}")
        self.setToolTip(_("Click to see the rows behind it"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(self._texts(news), 1)
        if len(told.trail) > 1:
            limits = (
                (told.low, told.high) if told.low is not None and told.high is not None else None
            )
            row.addWidget(
                Spark([p.value for p in told.trail], limits, state, words.spark_words(told))
            )
        row.addLayout(self._buttons())
        column.addLayout(row)
        self._how = QLabel(told.judged)
        self._how.setWordWrap(True)
        self._how.setProperty("role", "secondary")
        self._how.hide()
        column.addWidget(self._how)
        self._asking: QWidget | None = None
        self._column = column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the rows by Enter, hide by Delete, walk by the arrows."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.rows_wanted.emit(self.told.key)
        elif key == Qt.Key.Key_Delete and self.told.mark is None:
            self.ask_reason()
        elif key == Qt.Key.Key_Down:
            self._walk(1)
        elif key == Qt.Key.Key_Up:
            self._walk(-1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the rows by a click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.rows_wanted.emit(self.told.key)
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, and where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(current_theme().colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)

    def minimumSizeHint(self) -> QSize:
        """Let the words wrap before anything is cut."""
        return QSize(0, super().minimumSizeHint().height())

    def ask_reason(self) -> None:
        """Ask in place why it is to be hidden."""
        if self._asking is None:
            self._asking = self._reason_row()
            self._column.addWidget(self._asking)
            self._asking.hide()
        if self._asking.isHidden():
            self._asking.show()
            self.editing_begun.emit()
        self.reason.setFocus()

    def say_error(self, text: str) -> None:
        """Say beside the reason what is wrong with it."""
        self.error.say(text)

    # -- inside

    def _texts(self, news: str) -> QVBoxLayout:
        told = self.told
        _news, state = words.news(told)
        column = QVBoxLayout()
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(8)
        chip = Chip(news, state)
        top.addWidget(chip)
        self.how_link = LinkLabel(_("How it was judged"))
        self.how_link.clicked.connect(self._turn_how)
        top.addWidget(self.how_link)
        top.addStretch(1)
        column.addLayout(top)
        title = QLabel(told.title)
        title.setWordWrap(True)
        title.setProperty("role", "strong")
        column.addWidget(title)
        for sentence in (words.compared(told), *told.also, words.mark_words(told)):
            if sentence:
                line = QLabel(sentence)
                line.setWordWrap(True)
                line.setProperty("role", "secondary")
                column.addWidget(line)
        column.addStretch(1)
        return column

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        mark = self.told.mark
        if mark is None:
            self.investigate = SecondaryButton(_("Investigate"))
            self.investigate.setToolTip(_("Open an investigation with this question and its days"))
            self.investigate.clicked.connect(self._investigate)
            self.hide_button = SecondaryButton(_("Hide…"))
            self.hide_button.setToolTip(_("Show it no more; asks why (Delete)"))
            self.hide_button.clicked.connect(self.ask_reason)
            buttons = [self.investigate, self.hide_button]
        elif mark.state == OPENED:
            self.case_button = SecondaryButton(_("To the investigation"))
            self.case_button.clicked.connect(self._open_case)
            buttons = [self.case_button]
        else:
            self.restore_button = SecondaryButton(_("Show again"))
            self.restore_button.clicked.connect(self._restore)
            buttons = [self.restore_button]
        for button in buttons:
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _reason_row(self) -> QWidget:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.reason = _Reason()
        self.reason.setPlaceholderText(
            _("Why it does not matter: a holiday, a vacation, one large deal…")
        )
        self.reason.setAccessibleName(_("Why this signal is hidden"))
        self.reason.returnPressed.connect(self._dismiss)
        self.reason.left.connect(self._cancel)
        self.done = PrimaryButton(_("Hide"))
        self.done.clicked.connect(self._dismiss)
        self.cancel = SecondaryButton(_("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        row.addWidget(self.reason, 1)
        row.addWidget(self.done)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.error = FieldError()
        column.addWidget(self.error)
        return asking

    def _walk(self, step: int) -> None:
        above = self.parentWidget()
        if above is None:
            return
        cards = above.findChildren(SignalCard)
        place = cards.index(self) + step
        if 0 <= place < len(cards):
            cards[place].setFocus()

    def _turn_how(self) -> None:
        self._how.setVisible(self._how.isHidden())

    def _investigate(self) -> None:
        self.investigation_wanted.emit(self.told.key)

    def _open_case(self) -> None:
        self.case_wanted.emit(self.told.key)

    def _restore(self) -> None:
        self.restored.emit(self.told.key)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.told.key, self.reason.text())

    def _cancel(self) -> None:
        if self._asking is not None and not self._asking.isHidden():
            self._asking.hide()
            self.say_error("")
            self.setFocus()
            self.editing_ended.emit()


class _Reason(QLineEdit):
    """A line that Escape leaves."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Escape; Delete and the arrows stay here."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
