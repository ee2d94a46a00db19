"""A side of planning: a view of one month that brings its own chips and buttons to the header."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.ui.page import View
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ropdesk.ui.context import Context


class Side(View):
    """A view of a month. Set `watches`, override `reload`, and what else the side can do.

    Attributes:
        context: what the application gives to pages.
        month: first day of the month shown.
        own_period: whether it shows another period than the month, which then keeps its chips
            to itself.
    """

    own_period = False

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.month = month

    def set_month(self, month: date) -> None:
        """Show another month."""
        if month != self.month:
            self.month = month
            self.mark_stale()

    def header_parts(self) -> Sequence[QWidget]:
        """Return chips and buttons for the page's header, seen while this side is shown.

        Called once. The primary button comes last.
        """
        return ()

    def go_to(self, **where: object) -> None:
        """Go where `navigate` says: a member, a metric, a record of this side."""

    def print_paper(self) -> bool:
        """Print what is shown, for Ctrl+P; False where this side has no paper of its own."""
        return False

    def show_error(self, text: str) -> None:
        """Say what is wrong and what to do, above the page's content; empty takes it away."""
        from ropdesk.ui.page import Page

        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.show_error(text)


MakeSide = Callable[["Context", date], Side]


class Sides(Side):
    """Several sides of one duty, chosen above them; each is made on its first showing.

    `go_to` takes ``side`` (a key) and hands everything on to the side shown.
    """

    def __init__(
        self,
        context: "Context",
        month: date,
        options: Sequence[tuple[str, str, MakeSide]],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Make the row of choices.

        Args:
            options: key, words and maker of each side; the first is shown first.
            name: what is chosen, for screen readers.
        """
        super().__init__(context, month, parent)
        self._makers = {key: make for key, _words, make in options}
        self._made: dict[str, Side] = {}
        self.choice = Segmented([(key, words) for key, words, _make in options], name=name)
        self.choice.changed.connect(self.show_side)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.choice)
        column.addWidget(self._stack, 1)
        self._header = QWidget()
        self._header_row = QHBoxLayout(self._header)
        self._header_row.setContentsMargins(0, 0, 0, 0)
        self._parts: dict[str, QWidget] = {}
        self._shown = ""
        self.show_side(options[0][0])

    @property
    def side_names(self) -> tuple[str, ...]:
        """Keys of the sides, in order."""
        return tuple(self._makers)

    @property
    def shown(self) -> Side:
        """The side in sight."""
        return self._made[self._shown]

    def side(self, key: str) -> Side:
        """Return a side, making it if nobody has seen it yet."""
        if key not in self._made:
            made = self._makers[key](self.context, self.month)
            self._made[key] = made
            self._add_header(key, made)
        return self._made[key]

    def show_side(self, key: str) -> None:
        """Show one of the sides."""
        side = self.side(key)
        self._shown = key
        self.choice.set_current(key)
        current = self._stack.currentWidget()
        if current is not side:
            if current is not None:
                self._stack.removeWidget(current)  # a tall side must not make the others scroll
            self._stack.addWidget(side)
        side.set_month(self.month)
        for name, part in self._parts.items():
            part.setVisible(name == key)

    def set_month(self, month: date) -> None:
        """Show another month on the side in sight; the others follow when they are shown."""
        super().set_month(month)
        self.shown.set_month(month)

    def header_parts(self) -> Sequence[QWidget]:
        """Return the header of the side in sight."""
        return (self._header,)

    def go_to(self, **where: object) -> None:
        """Show a side and go on there."""
        key = where.get("side")
        if isinstance(key, str) and key in self._makers:
            self.show_side(key)
        self.shown.go_to(**where)

    def print_paper(self) -> bool:
        """Print the side in sight."""
        return self.shown.print_paper()

    def on_changed(self, changed: "Iterable[str]") -> None:
        """Pass the news to the sides already made."""
        super().on_changed(changed)
        for side in self._made.values():
            side.on_changed(changed)

    def _add_header(self, key: str, side: Side) -> None:
        part = QWidget()
        inside = QHBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for widget in side.header_parts():
            inside.addWidget(widget)
        part.setVisible(False)
        self._header_row.addWidget(part)
        self._parts[key] = part
