"""The chosen promise: what it counts, how its day was put off, and what can be done with it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import LONGEST_REASON, Verdict
from ropdesk.i18n import _, day_month, long_date, short_date
from ropdesk.services import promise_words as words
from ropdesk.services.promises import Move, PromiseLine
from ropdesk.ui.meetings.promises_cells import colour
from ropdesk.ui.widgets.buttons import Button, FlatButton, LinkLabel, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.notes import TextLine

KEPT, LATE, PARTLY, BROKEN = "kept", "late", "partly", "broken"
REOPEN, MOVE, CHANGE, DROP, REMOVE = "reopen", "move", "change", "drop", "remove"
KEYS = {
    KEPT: "1", PARTLY: "2", BROKEN: "3", LATE: "4", REOPEN: "0", MOVE: "F6", CHANGE: "F2",
    DROP: "Del",
}  # fmt: skip


def choices(line: PromiseLine, today: date) -> tuple[tuple[str, str], ...]:
    """List what can be done with a promise: command and words, judging first."""
    if line.by_hand:
        return ((REOPEN, _("Take the judgement back")), (CHANGE, _("Change…")))
    if line.verdict is Verdict.DROPPED:
        return ((REOPEN, _("Take it up again")), (REMOVE, _("Delete")))
    kept = line.verdict is Verdict.KEPT
    found = [(PARTLY, _("Partly")), (BROKEN, _("Broken"))]
    if not kept or line.late:
        found.insert(0, (KEPT, _("Kept")))
    if line.due < today and not line.late:
        found.append((LATE, _("Kept, but late")))
    if not kept:
        found.append((MOVE, _("Put off…")))
    return (*found, (CHANGE, _("Change…")), (DROP, _("Drop…")), (REMOVE, _("Delete")))


class PromiseCard(Card):
    """One promise.

    Signals:
        asked: the command of the button pressed.
        behind: the rows behind the fact are wanted.
        meeting: the meeting where it was given is wanted.
        result: new words of what came of it.
    """

    asked = Signal(str)
    behind = Signal()
    meeting = Signal()
    result = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.shown: int | None = None
        self.chip = Chip("")
        self.chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.who = QLabel()
        self.who.setWordWrap(True)  # long names
        row = QHBoxLayout()
        row.addWidget(self.chip)
        row.addWidget(self.who, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._build_facts())
        self.notes = self._label()
        self.basis = self._label()
        self.moves = self._label()
        for label in (self.notes, self.basis, self.moves):
            self.body.addWidget(label)
        self.outcome = TextLine(LONGEST_REASON)
        self.outcome.committed.connect(self.result)
        self.outcome_field = Field(_("What came of it"), self.outcome)
        self.body.addWidget(self.outcome_field)
        self._actions = QWidget()
        policy = self._actions.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self._actions.setSizePolicy(policy)
        self._flow = FlowLayout(self._actions, spacing=6)
        self.body.addWidget(self._actions)
        self.body.addStretch(1)
        self.buttons: dict[str, Button] = {}

    def show_line(
        self, known: Metrics, line: PromiseLine, moves: Sequence[Move], today: date
    ) -> None:
        """Show a promise with the moves of its day."""
        other, self.shown = line.id != self.shown, line.id
        self.set_title(line.text)
        self.chip.set(words.verdict(line, today), colour(line))
        self.who.setText(words.who(line))
        fact = words.fact(known, line)
        given = _("{day}, at a meeting", day=short_date(line.given))
        for key, text in (
            ("due", long_date(line.due)),
            ("customer", line.customer),
            ("amount", words.amount(known, line)),
            ("fact", fact),
            ("given", short_date(line.given) if line.meeting_id is None else given),
        ):
            for widget in self._facts[key]:
                widget.setVisible(bool(text))
            self._facts[key][1].setText(text)
        self.rows_link.setVisible(line.fact is not None)
        self.meeting_link.setVisible(line.meeting_id is not None)
        self._say(self.notes, words.waiting(line), words.sharing(line))
        self._say(self.basis, "" if line.asks else words.basis(known, line))
        self._say(self.moves, *(_moved(move) for move in moves))
        self.outcome_field.setVisible(line.by_hand or line.verdict is Verdict.DROPPED)
        self.outcome.setReadOnly(line.verdict is Verdict.DROPPED)
        self.outcome.show_text(line.result, other=other)
        self._show_buttons(choices(line, today))

    # -- inside

    def _build_facts(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        for number, (key, name) in enumerate(
            (
                ("due", _("Due")), ("customer", _("Customer")), ("amount", _("How much")),
                ("fact", _("Fact")), ("given", _("Given")),
            )
        ):  # fmt: skip
            caption, text = QLabel(name), QLabel()
            caption.setProperty("role", "secondary")
            text.setWordWrap(True)
            grid.addWidget(caption, 2 * number, 0)
            grid.addWidget(text, 2 * number, 1)
            self._facts[key] = caption, text
        self.rows_link = LinkLabel(_("Rows behind it"))
        self.rows_link.clicked.connect(self.behind)
        self.meeting_link = LinkLabel(_("Open the meeting"))
        self.meeting_link.clicked.connect(self.meeting)
        left = Qt.AlignmentFlag.AlignLeft
        for link, below in ((self.rows_link, "fact"), (self.meeting_link, "given")):
            grid.addWidget(link, 2 * list(self._facts).index(below) + 1, 1, left)
        return box

    def _label(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setProperty("role", "secondary")
        return label

    def _say(self, label: QLabel, *texts: str) -> None:
        text = "\n".join(filter(None, texts))
        label.setText(text)
        label.setVisible(bool(text))

    def _show_buttons(self, wanted: Sequence[tuple[str, str]]) -> None:
        if [(key, button.text()) for key, button in self.buttons.items()] == list(wanted):
            return  # the one in focus stays
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for key, text in wanted:
            judging = key in {KEPT, LATE, PARTLY, BROKEN, REOPEN}
            button = SecondaryButton(text) if judging else FlatButton(text)
            button.setObjectName(key)
            if key in KEYS:
                button.setToolTip(f"{text} ({KEYS[key]})")
            button.clicked.connect(self._pressed)
            self._flow.addWidget(button)
            self.buttons[key] = button
        self._actions.updateGeometry()

    def _pressed(self) -> None:
        self.asked.emit(self.sender().objectName())


def _moved(move: Move) -> str:
    return _(
        "{on}: put off from {first} to {last}, «{reason}»",
        on=day_month(move.moved_on), first=day_month(move.due_from), last=day_month(move.due_to),
        reason=move.reason,
    )  # fmt: skip
