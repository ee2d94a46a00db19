"""The funnel drawn: a bar for each step with its count, conversions between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ropdesk.ui.fonts import SEMIBOLD
from ropdesk.ui.theme import current_theme

_ROW, _GAP, _BAR = 22, 16, 18  # heights at 100 %
_COUNT = 58  # width of a count at 100 %
_LABEL_SHARE = 0.45  # of the width, at the most


@dataclass(frozen=True, slots=True)
class Step:
    """One bar.

    Attributes:
        value: the count in words; share: its part of the longest bar, 0 to 1.
        between: conversion from the step before, in words; empty for none.
        strong: the last step, deals won.
    """

    label: str
    value: str
    share: float
    between: str = ""
    strong: bool = False
    tooltip: str = ""


class FunnelBars(QWidget):
    """Bars one below another, labels at the left, counts at the right, an arrow between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: tuple[Step, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is drawn."""
        return self._steps

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Draw other bars."""
        self._steps = tuple(steps)
        said = "; ".join(
            f"{step.label}: {step.value}" + (f" ({step.between})" if step.between else "")
            for step in steps
        )
        self.setAccessibleName(said)
        self.setToolTip("\n".join(step.tooltip for step in steps if step.tooltip))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line for each step and the gaps between."""
        theme, count = current_theme(), len(self._steps)
        high = count * theme.px(_ROW) + max(0, count - 1) * theme.px(_GAP)
        return QSize(theme.px(320), high + theme.px(4))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        step_height = theme.px(_ROW) + theme.px(_GAP)
        label = self._label_width()
        for number, step in enumerate(self._steps):
            self._draw(painter, step, number * step_height, label)

    def _label_width(self) -> int:
        """Give the names the room they want, and leave the bars theirs."""
        theme = current_theme()
        metrics = theme.metrics(12, SEMIBOLD)
        wanted = max((metrics.horizontalAdvance(step.label) for step in self._steps), default=0)
        return int(min(wanted + theme.px(10), self.width() * _LABEL_SHARE))

    def _draw(self, painter: QPainter, step: Step, top: int, label: int) -> None:
        theme = current_theme()
        count, high = theme.px(_COUNT), theme.px(_ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(12, SEMIBOLD if step.strong else 400))
        painter.setPen(theme.colour("text"))
        words = painter.fontMetrics().elidedText(
            step.label, Qt.TextElideMode.ElideRight, label - theme.px(8)
        )
        painter.drawText(QRectF(0, top, label, high), middle | Qt.AlignmentFlag.AlignLeft, words)
        room = max(1, self.width() - label - count)
        bar = QRectF(
            label, top + (high - theme.px(_BAR)) / 2, max(2.0, room * step.share), theme.px(_BAR)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("good" if step.strong else "accent"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setFont(theme.font(13, SEMIBOLD))
        painter.setPen(theme.colour("text"))
        painter.drawText(
            QRectF(bar.right() + theme.px(6), top, count, high),
            middle | Qt.AlignmentFlag.AlignLeft, step.value,
        )  # fmt: skip
        if step.between:
            painter.setFont(theme.font(12))
            painter.setPen(theme.colour("secondary"))
            place = QRectF(label + theme.px(4), top - theme.px(_GAP), room + count, theme.px(_GAP))
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, step.between)
