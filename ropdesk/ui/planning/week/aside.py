"""Beside the grid: what has no day yet, what earlier weeks left, what done actions changed."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.domain.week import State
from ropdesk.i18n import _, day_month
from ropdesk.services.week_lines import ActionLine, Ref
from ropdesk.services.week_view import Week
from ropdesk.ui.planning.week import words
from ropdesk.ui.planning.week.box import ActionBox
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card

ROW_HIGH, ROW_LINES = 15, 3  # pixels of a line at 100 % text scale, lines of a row


class ActionList(Card):
    """Actions one under the other, each to be dragged onto the grid.

    Signals:
        command, menu_wanted, dragged, dropped, let_go: as of `ActionBox`.
        all_wanted: the link at the title was pressed.
    """

    command = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    dragged = Signal(object, QPoint, bool)
    dropped = Signal(object, QPoint, bool)
    let_go = Signal()
    all_wanted = Signal()

    def __init__(self, title: str, link: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent)
        self._name = title
        self.link = LinkLabel(link)
        self.link.clicked.connect(self.all_wanted)
        self.add_right(self.link)
        self._empty = QLabel(empty)
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self.body.addWidget(self._empty)
        self._boxes: dict[Ref, ActionBox] = {}
        self._order: list[Ref] = []

    def box(self, ref: Ref) -> ActionBox | None:
        """Return the box of an action, None when it is not here."""
        return self._boxes.get(ref)

    def boxes(self) -> list[ActionBox]:
        """Return the boxes in order."""
        return [self._boxes[ref] for ref in self._order]

    def show_lines(self, week: Week, lines: Sequence[ActionLine], *, earlier: bool) -> None:
        """Show actions; ``earlier`` ones say which week they come from."""
        self._order = [line.ref for line in lines]
        for ref in [ref for ref in self._boxes if ref not in self._order]:
            box = self._boxes.pop(ref)
            self.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        theme = current_theme()
        for number, line in enumerate(lines, 1):
            box = self._boxes.get(line.ref) or self._new_box(line)
            self.body.removeWidget(box)
            self.body.insertWidget(number, box)
            metric = words.metric_of(week, line)
            spoken = words.spoken(line, week.as_of, metric)
            texts = self._texts(line, words.aim_words(line, metric), earlier=earlier)
            box.setFixedHeight(theme.px(ROW_HIGH) * ROW_LINES + 6)
            box.show_line(line, texts, spoken, words.state_colour(line, week.as_of))
        self._empty.setVisible(not lines)
        self.link.setVisible(bool(lines))
        self.set_title(f"{self._name} · {len(lines)}" if lines else self._name)

    def step_from(self, ref: Ref, way: str) -> bool:
        """Move the focus up or down; whether it is still in the list."""
        if ref not in self._order or way not in {"up", "down"}:
            return False
        there = self._order.index(ref) + (1 if way == "down" else -1)
        if not 0 <= there < len(self._order):
            return False
        self._boxes[self._order[there]].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _texts(self, line: ActionLine, aim: str, *, earlier: bool) -> tuple[str, ...]:
        facts = [words.owner_name(line.owner), words.length(line.minutes)]
        last = []
        if line.carried:
            last.append(words.carried_words(line.carried))
        if earlier:
            last.append(_("week of {day}", day=day_month(line.week)))
        elif aim:
            last.append(aim)
        sign = "! " if earlier else ""
        second = " · ".join(facts)
        return (sign + line.title, second, *([" · ".join(last)] if last else []))

    def _new_box(self, line: ActionLine) -> ActionBox:
        box = ActionBox(line, self)
        box.command.connect(self.command)
        box.menu_wanted.connect(self.menu_wanted)
        box.dragged.connect(self.dragged)
        box.dropped.connect(self.dropped)
        box.let_go.connect(self.let_go)
        self._boxes[line.ref] = box
        return box


class Aside(QScrollArea):
    """The lists, one under the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.waiting = ActionList(
            _("Without a day"), _("arrange"),
            _("Everything has its day. New actions without a day appear here."),
        )  # fmt: skip
        self.waiting.link.setToolTip(_("Put each into the first free time of its owner"))
        self.left = ActionList(
            _("Left over"), _("carry all over"),
            _("Earlier weeks left nothing behind."),
        )  # fmt: skip
        self.left.link.setToolTip(_("Bring everything left from earlier weeks into this one"))
        self.effects = Card(_("What it changed"))
        self._effects = QLabel()
        self._effects.setWordWrap(True)
        self._effects.setTextFormat(Qt.TextFormat.RichText)
        self._effects.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._effects.setToolTip(
            _("The metric of the owner in the seven days after the action against the seven before")
        )
        self.effects.body.addWidget(self._effects)
        inside = QWidget()
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self.waiting, self.left, self.effects):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inside)

    @property
    def effect_text(self) -> str:
        """What is said of the effects."""
        return self._effects.text()

    def show_week(
        self, week: Week, lines: Sequence[ActionLine], left: Sequence[ActionLine]
    ) -> None:
        """Show what belongs beside the grid; both lists are filtered already."""
        waiting = [line for line in lines if line.day is None]
        self.waiting.show_lines(week, waiting, earlier=False)
        self.waiting.link.setVisible(any(line.state is State.PLANNED for line in waiting))
        self.left.show_lines(week, left, earlier=True)
        said = [
            f"<b>{escape(line.title)}</b><br>{escape(words.effect_words(week.effects[line.ref]))}"
            for line in lines
            if line.ref in week.effects
        ]
        self.effects.setVisible(bool(said))
        self._effects.setText("<br><br>".join(said))

    def box(self, ref: Ref) -> ActionBox | None:
        """Return the box of an action in either list."""
        return self.waiting.box(ref) or self.left.box(ref)

    def holds(self, at: QPoint) -> bool:
        """Whether a point of the screen is over the lists."""
        return self.rect().contains(self.mapFromGlobal(at))
