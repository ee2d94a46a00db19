"""A grid of labels and fields that scrolls when it has to, rebuilt as often as needed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget


class Form(QScrollArea):
    """Holds one grid; `fresh` throws the old one away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        yielding(self)

    def fresh(self) -> QGridLayout:
        """Return an empty grid, shown in place of the last."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        self.setWidget(inner)  # the old one is deleted by Qt
        inner.setAutoFillBackground(False)  # Qt switches it on in `setWidget`
        return grid


def yielding(widget: QWidget, least: int = 96) -> None:
    """Let a widget that scrolls by itself take what height is left, and ask for no more.

    Args:
        least: height in pixels that it always keeps.
    """
    widget.setMinimumHeight(least)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
