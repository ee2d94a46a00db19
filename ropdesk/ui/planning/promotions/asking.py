"""What the sides of promotions, voices and tools share: questions, changes, the empty side."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe
from ropdesk.ui.planning.side import Side
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress
    from ropdesk.ui.widgets.fields import Field

T = TypeVar("T")


class AskingSide(Side):
    """A side that asks in the worker and shows the latest answer only; Ctrl+N begins anew."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._asked = 0
        self.stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self._empty: EmptyState | None = None
        # A shortcut of a hidden side is asleep, so each side may have its own.
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.begin)

    def begin(self) -> None:
        """Begin something new. Override."""

    def ask(self, job: Callable[[], T], show: Callable[[T], object]) -> None:
        """Ask a service in the worker; an answer overtaken by a later question is dropped."""
        from shiboken6 import isValid

        self._asked += 1
        number = self._asked

        def work(_progress: "Progress") -> T:
            return job()

        def done(answer: T) -> None:
            if isValid(self) and number == self._asked:
                show(answer)

        self.context.runner.start(work, done, title=_("Counting effects"), quiet=True)

    def do(self, change: Callable[[], object], fields: "dict[str, Field] | None" = None) -> bool:
        """Make a change; what refuses it is said beside its field, else above the page."""
        for field in (fields or {}).values():
            field.set_error("")
        try:
            change()
        except DomainError as error:
            place = (fields or {}).get(str(error.fields.get("field", "")))
            if place is None:
                self.show_error(describe(error))
            else:
                place.set_error(describe(error))
                place.editor.setFocus()
            return False
        self.show_error("")
        return True

    def show_empty(self, sentence: str, action: tuple[str, Callable[[], object]]) -> None:
        """Say what this side is for and what to do; made once."""
        if self._empty is None:
            self._empty = EmptyState(sentence, action)
            self.stack.addWidget(self._empty)
        self.stack.setCurrentWidget(self._empty)


class _Beside(QScrollArea):
    """Scrolls beside a list; below it, where columns have become rows, it shows all it has."""

    def minimumSizeHint(self) -> QSize:
        """Ask for the whole height where the page scrolls anyway."""
        hint, above, inner = super().minimumSizeHint(), self.parentWidget(), self.widget()
        row = above.layout() if above is not None else None
        if not isinstance(row, QBoxLayout) or inner is None:
            return hint
        if row.direction() is not QBoxLayout.Direction.TopToBottom:
            return hint
        layout, wide = inner.layout(), self.viewport().width()
        high = layout.totalHeightForWidth(wide) if layout is not None else -1
        return QSize(hint.width(), max(high, inner.minimumSizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the content."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolling(content: QWidget) -> QScrollArea:
    """Let a tall column of cards scroll by itself, beside a list that stays."""
    area = _Beside()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setObjectName("clear")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(content, 1)
    area.setWidget(inner)
    return area


def row_of(layout: QLayout) -> QWidget:
    """Wrap a flowing layout so that its height follows its width."""
    row = QWidget()
    policy = row.sizePolicy()
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    row.setLayout(layout)
    return row
