"""The row of the wizard's steps: where one is, where one has been."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.fonts import MEDIUM, SEMIBOLD
from ropdesk.ui.imports.texts import STEPS
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.painted import PaintedButton


class _Step(PaintedButton):
    """One step: its number in a circle, its name."""

    def __init__(self, number: int, key: str, parent: QWidget) -> None:
        super().__init__(_(STEPS[key]), parent)
        self.setObjectName(key)
        self._number = number
        self.setCheckable(True)
        self.setAccessibleName(_("Step {n}: {name}", n=number, name=self.text()))

    def natural_size(self) -> tuple[int, int]:
        theme = current_theme()
        return self.text_width(theme.font(13, SEMIBOLD)) + theme.px(38), theme.px(30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here, side = self.isChecked(), theme.px(20)
        spot = QRectF(2, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("button" if here else "neutral_tint"))
        painter.drawEllipse(spot)
        painter.setFont(theme.font(11, SEMIBOLD))
        quiet = "neutral_text" if self.isEnabled() else "disabled"
        painter.setPen(theme.colour("on_button" if here else quiet))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(theme.font(13, SEMIBOLD if here else MEDIUM))
        words = "text" if here else ("secondary" if self.isEnabled() else "disabled")
        painter.setPen(theme.colour(words))
        rect = self.rect().adjusted(side + theme.px(8), 0, 0, 0)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(0, 0, -1, -1))


class StepBar(QWidget):
    """The steps in order; a click on one that is open goes there."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self._steps: dict[str, _Step] = {}
        for number, key in enumerate(STEPS, 1):
            step = _Step(number, key, self)
            step.clicked.connect(self._clicked)
            row.addWidget(step)
            self._steps[key] = step
        row.addStretch(1)

    def show_state(self, current: str, within_reach: Collection[str]) -> None:
        """Mark the step one is at, and those one may go to."""
        for key, step in self._steps.items():
            step.setChecked(key == current)
            step.setEnabled(key in within_reach or key == current)
            step.update()

    def _clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())
