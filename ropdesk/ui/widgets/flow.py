"""Layouts that take another line where one is too short: large text clips nothing."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets in their own size, line after line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 10) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, nothing past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take only the room needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that a narrower place makes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at this width."""
        places = self.places(width)
        return max((rect.bottom() + 1 for rect in places), default=0)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Need no more than the widest item."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        for item, place in zip(self._shown(), self.places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def places(self, width: int) -> list[QRect]:
        """Return where each shown item stands, from the corner (0, 0)."""
        result: list[QRect] = []
        x = y = high = 0
        for item in self._shown():
            size = item.sizeHint()
            if x and x + size.width() > width:
                x, y, high = 0, y + high + self._gap // 2, 0
            result.append(QRect(QPoint(x, y), QSize(min(size.width(), width), size.height())))
            x += size.width() + self._gap
            high = max(high, size.height())
        return result

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


class CardFlow(FlowLayout):
    """Cards of equal width filling the line; as many lines as the widest card asks for."""

    def places(self, width: int) -> list[QRect]:
        """Return where each card stands."""
        items = self._shown()
        if not items:
            return []
        least = max(item.minimumSize().width() for item in items)
        fitting = max(1, (width + self._gap) // (least + self._gap))
        lines = -(-len(items) // fitting)
        columns = -(-len(items) // lines)
        high = max(item.sizeHint().height() for item in items)
        result = []
        for number in range(len(items)):
            line, column = divmod(number, columns)
            left = (width + self._gap) * column // columns
            right = (width + self._gap) * (column + 1) // columns - self._gap
            result.append(QRect(left, line * (high + self._gap), right - left, high))
        return result


class CardRow(QWidget):
    """A row of cards of equal width that becomes two rows where one is too narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = CardFlow(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self.setSizePolicy(policy)

    def add(self, card: QWidget) -> None:
        """Add a card at the end."""
        self._flow.addWidget(card)

    def clear(self) -> None:
        """Take all cards away."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class HeaderLayout(FlowLayout):
    """A page's header: title, period and chips at the left, actions at the right.

    Takes exactly four widgets, in this order. Where one line is too short the chips take a
    second one, then the actions do.
    """

    def places(self, width: int) -> list[QRect]:
        """Return where the four stand; hidden ones stand nowhere."""
        shown = self._shown()
        sizes = {item: item.sizeHint() for item in shown}
        order = {item: self._items.index(item) for item in shown}
        left = [item for item in shown if order[item] < 2]
        chips = next((item for item in shown if order[item] == 2), None)
        actions = next((item for item in shown if order[item] == 3), None)
        lines: list[list[QLayoutItem]] = [list(left)]
        for item in (actions, chips):
            if item is None:
                continue
            line = next((one for one in lines if self._fits([*one, item], sizes, width)), None)
            if line is None:
                lines.append([item])
            else:
                line.append(item)
        result: dict[QLayoutItem, QRect] = {}
        y = 0
        for line in lines:
            line.sort(key=order.__getitem__)
            high = max((sizes[item].height() for item in line), default=0)
            x = 0
            for item in line:
                size = sizes[item]
                wide = min(size.width(), width)
                place = width - wide if item is actions else x
                top = y + (high - size.height()) // 2
                result[item] = QRect(place, top, wide, size.height())
                x += wide + self._gap
            y += high + self._gap // 2
        return [result[item] for item in shown]

    def _fits(self, line: list[QLayoutItem], sizes: dict[QLayoutItem, QSize], width: int) -> bool:
        needed = sum(sizes[item].width() for item in line) + self._gap * (len(line) - 1)
        return needed <= width
