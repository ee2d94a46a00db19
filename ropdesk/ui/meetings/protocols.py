"""Protocols: found by any word, person or promise, and opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.i18n import _, ngettext
from ropdesk.services import meeting_kinds, protocols, team
from ropdesk.services.protocols import Hit
from ropdesk.ui.meetings import protocols_cells as cells
from ropdesk.ui.meetings.protocols_actions import FindProtocol
from ropdesk.ui.meetings.protocols_card import HitCard
from ropdesk.ui.meetings.protocols_span import EVER, SPANS, span
from ropdesk.ui.page import View
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fields import choice, choose
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

PAUSE = 150  # milliseconds after the last letter
TABLE_HEIGHT = 180  # pixels at 100 % text scale
WORDS_WIDTH = 280
ANYBODY, ANY = 0, ""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found; ``any`` says whether there is any protocol at all."""

    hits: tuple[Hit, ...]
    any: bool
    names: tuple[tuple[int, str], ...]
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Search:
    ws: Any
    words: str
    member: int | None
    kind: str
    span: tuple[date | None, date | None]

    def __call__(self, _progress: "Progress") -> _Answer:
        with self.ws.read() as connection:
            hits = protocols.search(
                connection, self.words, member_id=self.member, kind=self.kind,
                first=self.span[0], last=self.span[1],
            )  # fmt: skip
            people = team.load(connection).active(date.min, date.max)
            kinds = meeting_kinds.kinds(connection, hidden=True)
            return _Answer(
                tuple(hits), bool(hits) or protocols.last_done(connection) is not None,
                tuple((member.id, member.name) for member in people),
                tuple((kind.code, kind.title) for kind in kinds),
            )  # fmt: skip


class ProtocolsView(View):
    """The search line with its conditions, what was found, and the places of the chosen one.

    `go_to` takes ``words`` (a text to look for) and ``member`` (an id).
    """

    watches = frozenset({"meeting_protocol", "meeting", "member", "meeting_kind"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        FindProtocol.of(context.registry).page = self
        self.hits: tuple[Hit, ...] = ()
        self._record: int | None = None
        self._asked = 0
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(PAUSE)
        self._typing.timeout.connect(self.mark_stale)
        self._empty: EmptyState | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())

    def go_to(self, **where: object) -> None:
        """Look for something."""
        words, member = where.get("words"), where.get("member")
        if isinstance(words, str):
            self.words.setText(words)
        if isinstance(member, int):
            self._offer(self.person, [(member, "")])
            choose(self.person, member)
        self.begin()
        self.mark_stale()

    def begin(self) -> None:
        """Go to the search line."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def reload(self) -> None:
        """Search in the worker; an answer overtaken by a later question is dropped."""
        from shiboken6 import isValid

        self._typing.stop()
        self._asked += 1
        number = self._asked

        def done(answer: _Answer) -> None:
            if isValid(self) and number == self._asked:
                self._show(answer)

        today = self.context.today()
        job = _Search(
            self.context.workspace, self.words.text(), self.person.currentData() or None,
            self.kind.currentData() or ANY, span(self.period.currentData(), today),
        )  # fmt: skip
        self.context.runner.start(job, done, title=_("Searching the protocols"), quiet=True)

    def open_chosen(self) -> None:
        """Open the chosen protocol, the edition that was found."""
        hit = self.chosen
        if hit is not None:
            self.context.navigate("meeting", meeting=hit.meeting_id, edition=hit.edition)

    @property
    def chosen(self) -> Hit | None:
        """The protocol whose places are shown."""
        return next((hit for hit in self.hits if hit.meeting_id == self._record), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search line to the list with the arrow, open the chosen one with Enter."""
        pressed = event.type() == QEvent.Type.KeyPress
        if watched is self.words and pressed and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Down if self.hits:
                    self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._enter()
                    return True
                case Qt.Key.Key_Escape if self.words.text():
                    self.words.clear()
                    return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: Any) -> None:
        """Forget what was being typed."""
        self._typing.stop()
        super().hideEvent(event)

    # -- inside

    def _build(self) -> QWidget:
        self.words = QLineEdit()
        self.words.setAccessibleName(_("Find in the protocols"))
        self.words.setPlaceholderText(_("Word, surname, customer, number"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(current_theme().px(WORDS_WIDTH))
        self.words.textEdited.connect(self._typed)
        self.words.textChanged.connect(self._typed)
        self.words.installEventFilter(self)
        self.person = choice({}, _("Who took part"))
        self.kind = choice({}, _("Kind of meeting"))
        self.period = choice({key: _(text) for key, text in SPANS.items()}, _("When"))
        choose(self.period, EVER)
        self._offer(self.person, [(ANYBODY, _("All members"))])
        self._offer(self.kind, [(ANY, _("every kind"))])
        for box in (self.person, self.kind, self.period):
            box.activated.connect(self.mark_stale)
        self.count = QLabel()
        self.count.setProperty("role", "secondary")
        row = QWidget()
        policy = row.sizePolicy()
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        flow = FlowLayout(row, spacing=10)
        for widget in (self.words, self.person, self.kind, self.period, self.count):
            flow.addWidget(widget)
        self.table = FittingTable(cells.columns(), cells.SPARE)
        self.table.setAccessibleName(_("Protocols"))
        self.table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
        self.table.current_row_changed.connect(self._row_chosen)
        self.table.row_activated.connect(self._row_opened)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.hide()
        listed = Card()
        listed.body.addWidget(row)
        listed.body.addWidget(self.nothing)
        listed.body.addWidget(self.table, 1)
        self.card = HitCard()
        self.card.wanted.connect(self.open_chosen)
        both = Columns(narrow=820)
        both.add(listed, 8)
        both.add(self.card, 4)
        return both

    def _offer(self, box: Any, options: Sequence[tuple[object, str]]) -> None:
        """Add the options that a box has not got yet, and name those it has."""
        for key, words in options:
            at = box.findData(key)
            if at < 0:
                box.addItem(words, key)
            elif words and box.itemText(at) != words:
                box.setItemText(at, words)

    def _show(self, answer: _Answer) -> None:
        if not answer.any:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        self._offer(self.person, answer.names)
        self._offer(self.kind, answer.kinds)
        wanted, self.hits = self._record, answer.hits
        self.table.set_rows(cells.rows(answer.hits))
        ids = [hit.meeting_id for hit in answer.hits]
        self._record = wanted if wanted in ids else next(iter(ids), None)
        if self._record is not None:
            self.table.go_to_cell(self._record, "name")
        found = len(answer.hits)
        self.count.setText(ngettext("{n} protocol", "{n} protocols", found))
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(
            _("Nothing found. Fewer letters of a word find more; or choose everybody, every kind "
              "and all the time.")
        )  # fmt: skip
        self._show_record()

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _("Every finished meeting leaves a numbered protocol that never changes. Here they "
                  "are searched: by any word, surname, customer or promise."),
                (_("Go to the meetings"), self._to_meetings),
            )  # fmt: skip
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _to_meetings(self) -> None:
        self.context.navigate("meetings", view="list")

    def _show_record(self) -> None:
        self.card.show_hit(self.chosen)

    def _typed(self, _text: str) -> None:
        if self.isVisible():
            self._typing.start()

    def _enter(self) -> None:
        if self._typing.isActive() or self.stale:
            self.refresh()
        else:
            self.open_chosen()

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self._record:
            self._record = key
            self._show_record()

    def _row_opened(self, key: object) -> None:
        self._row_chosen(key)
        self.open_chosen()
