"""How long open deals have stood, by stage: within the norm, beyond it, unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.theme import current_theme

_LINE, _BAR, _LABEL = 34, 8, 16  # heights at 100 %


@dataclass(frozen=True, slots=True)
class Age:
    """Open deals of one stage: those within the norm, beyond it, and what is said of them."""

    label: str
    within: int
    over: int
    words: str
    norm: bool


class AgeStrip(QWidget):
    """One thin bar a stage; what is beyond the norm is red and said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ages: tuple[Age, ...] = ()

    @property
    def ages(self) -> tuple[Age, ...]:
        """What is drawn."""
        return self._ages

    def show_ages(self, ages: Sequence[Age]) -> None:
        """Draw other stages."""
        self._ages = tuple(ages)
        self.setAccessibleName("; ".join(f"{age.label}: {age.words}" for age in ages))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for two lines a stage."""
        theme = current_theme()
        return QSize(theme.px(320), len(self._ages) * theme.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strips."""
        painter = QPainter(self)
        theme = current_theme()
        most = max((age.within + age.over for age in self._ages), default=0) or 1
        for number, age in enumerate(self._ages):
            self._draw(painter, age, number * theme.px(_LINE), most)

    def _draw(self, painter: QPainter, age: Age, top: int, most: int) -> None:
        theme = current_theme()
        text = QRectF(0, top, self.width(), theme.px(_LABEL))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(12))
        painter.setPen(theme.colour("bad" if age.over else "secondary"))
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, age.words)
        taken = painter.fontMetrics().horizontalAdvance(age.words) + theme.px(10)
        painter.setPen(theme.colour("text"))
        label = painter.fontMetrics().elidedText(
            age.label, Qt.TextElideMode.ElideRight, max(20, self.width() - taken)
        )
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, label)
        y, high = top + theme.px(_LABEL) + 2, theme.px(_BAR)
        painter.fillRect(QRectF(0, y, self.width(), high), theme.colour("track"))
        within = self.width() * age.within / most
        over = self.width() * age.over / most
        painter.fillRect(
            QRectF(0, y, within, high), theme.colour("accent" if age.norm else "secondary")
        )
        painter.fillRect(QRectF(within, y, over, high), theme.colour("bad"))
