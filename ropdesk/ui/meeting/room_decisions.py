"""What is decided at a meeting: a line to type into, and the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.meeting_run import Decision
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.notes import NotesEdit

LONGEST = 500


class _Row(QWidget):
    """One decision: changed where it stands, taken away by its button."""

    changed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, number: int, decision: Decision) -> None:
        super().__init__()
        self.decision = decision
        mark = QLabel(f"{number}.")
        mark.setProperty("role", "secondary")
        self.edit = NotesEdit(lines=1, most=4)
        self.edit.setAccessibleName(_("Decision {n}", n=number))
        self.edit.show_text(decision.text, other=True)
        self.edit.committed.connect(self._changed)
        close = IconButton("close", _("Take the decision {n} away", n=number))
        close.clicked.connect(self._removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        top = Qt.AlignmentFlag.AlignTop
        mark.setContentsMargins(0, 6, 0, 0)
        row.addWidget(mark, 0, top)
        row.addWidget(self.edit, 1)
        row.addWidget(close, 0, top)

    def show_decision(self, decision: Decision) -> None:
        self.decision = decision
        self.edit.show_text(decision.text)

    def _changed(self, text: str) -> None:
        if text:
            self.changed.emit(self.decision.id, text)
        else:
            self.removed.emit(self.decision.id)

    def _removed(self) -> None:
        self.removed.emit(self.decision.id)


class DecisionsCard(Card):
    """Decisions of the meeting; Enter in the line writes one down.

    Signals:
        added: the words. changed: id and words. removed: id.
    """

    added = Signal(str)
    changed = Signal(int, str)
    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Decisions"), parent=parent)
        self.rows: dict[int, _Row] = {}
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setAccessibleName(_("New decision"))
        self.line.setPlaceholderText(_("Decided: … Enter writes it down"))
        self.line.returnPressed.connect(self._add)
        self.body.addWidget(self.line)
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)

    def show_decisions(self, decisions: tuple[Decision, ...]) -> None:
        """Show what was decided, the last one first."""
        self.set_title(_("Decisions"), str(len(decisions)) if decisions else "")
        if list(self.rows) == [each.id for each in decisions]:
            for each in decisions:
                self.rows[each.id].show_decision(each)
            return
        for row in self.rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for number, each in enumerate(decisions):
            row = _Row(number + 1, each)
            row.changed.connect(self.changed)
            row.removed.connect(self.removed)
            self.rows[each.id] = row
            self._column.insertWidget(0, row)

    def commit(self) -> None:
        """Tell what is being typed: the words of a line count as decided."""
        for row in self.rows.values():
            row.edit.commit()
        self._add()

    def chosen(self) -> str:
        """Return the words of the decision in focus; else those being typed, else none."""
        for row in self.rows.values():
            if row.edit.hasFocus():
                return row.edit.text().strip()
        return self.line.text().strip() if self.line.hasFocus() else ""

    def take_focus(self) -> None:
        """Go to the line."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the line to the list and back."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus() and self.rows:
            last = list(self.rows.values())[-1]
            last.edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        words = self.line.text().strip()
        if words:
            self.line.clear()
            self.added.emit(words)
