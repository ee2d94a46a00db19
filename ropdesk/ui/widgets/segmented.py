"""A choice of few: month, week, day."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.painted import PaintedButton


class _Segment(PaintedButton):
    """One of the choices."""

    def natural_size(self) -> tuple[int, int]:
        theme = current_theme()
        return self.text_width(theme.font(12, SEMIBOLD)) + theme.px(16), theme.px(22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_tint"))
            round_ = self.height() / 2
            painter.drawRoundedRect(QRectF(self.rect()), round_, round_)
            ink = "accent_text"
        else:
            ink = "text" if self.underMouse() else "secondary"
        painter.setFont(theme.font(12, SEMIBOLD if self.isChecked() else MEDIUM))
        painter.setPen(theme.colour(ink if self.isEnabled() else "disabled"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(1, 1, -1, -1), self.height() // 2)


class Segmented(QWidget):
    """Choices side by side, one of them chosen; arrows move the choice."""

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        current: str = "",
        name: str = "",
        parent: QWidget | None = None,
        *,
        wraps: bool = False,
    ) -> None:
        """Make the row.

        Args:
            options: pairs of key and words.
            current: key chosen at first; the first one if empty.
            name: what is chosen, for screen readers.
            wraps: many choices, which go on to a second row where the first is too narrow.
        """
        super().__init__(parent)
        self._segments: dict[str, _Segment] = {}
        self._current = ""
        self._name = name
        row: QLayout = FlowLayout(self, spacing=2) if wraps else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for key, words in options:
            segment = _Segment(words, self)
            segment.setCheckable(True)
            segment.setObjectName(key)
            segment.setAccessibleName(self._spoken(words))
            segment.clicked.connect(self._clicked)
            row.addWidget(segment)
            self._segments[key] = segment
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if wraps:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_current(current or options[0][0])

    @property
    def current(self) -> str:
        """Key of the choice."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose; `changed` is emitted only by the person's own choice."""
        self._current = key
        for name, segment in self._segments.items():
            segment.setChecked(name == key)
            chosen = Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(chosen)

    def set_text(self, key: str, words: str) -> None:
        """Change the words of one choice."""
        self._segments[key].setText(words)
        self._segments[key].setAccessibleName(self._spoken(words))
        self._segments[key].updateGeometry()

    def choose(self, key: str) -> None:
        """Choose as the person does."""
        if key != self._current:
            self.set_current(key)
            self.changed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows."""
        step = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}.get(event.key(), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = list(self._segments)
        key = keys[(keys.index(self._current) + step) % len(keys)]
        self.choose(key)
        self._segments[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _spoken(self, words: str) -> str:
        return f"{self._name}: {words}" if self._name else words

    def _clicked(self) -> None:
        key = self.sender().objectName()
        if key == self._current:
            self.set_current(key)
        else:
            self.choose(key)
