"""What customers say: noted in one gesture, counted, passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain import voice as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import month_end
from ropdesk.domain.voice import Kind
from ropdesk.i18n import _, month_name
from ropdesk.services import team, voice, voice_paper
from ropdesk.services.voice import LostReason, Voice
from ropdesk.ui.planning.promotions.actions import HearAction
from ropdesk.ui.planning.promotions.asking import AskingSide, scrolling
from ropdesk.ui.planning.voice import cells
from ropdesk.ui.planning.voice.entry import EntryCard
from ropdesk.ui.planning.voice.hearing import HearingCard
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.reports.paper_dialog import PaperDialog

TABLE_HEIGHT, REASONS_HEIGHT = 160, 100


@dataclass(frozen=True, slots=True)
class Heard:
    """What the side shows of a month."""

    voices: tuple[Voice, ...]
    reasons: tuple[LostReason, ...]
    names: Mapping[int, str]


def read(ws: "Workspace", month: date) -> Heard:
    """Read what was heard in a month."""
    first, last = month.replace(day=1), month_end(month)
    people = team.team(ws)
    names = {m.id: m.name for m in people.active(date.min, date.max)}
    return Heard(
        tuple(voice.voices(ws, first, last)), tuple(voice.lost_reasons(ws, first, last)), names
    )


class CustomersSide(AskingSide):
    """Needs, objections and refusals of a month; Enter counts one more."""

    watches = frozenset({"voice", "voice_mention", "deal", "import_batch", "member"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        HearAction.of(context.registry).page = self
        self.heard: Heard | None = None
        self.paper: PaperDialog | None = None
        self._record: int | None = None
        self.print_button = SecondaryButton(_("To hand over…"))
        self.print_button.setToolTip(_("The month's list on one page (Ctrl+P)"))
        self.print_button.clicked.connect(self.print_paper)
        self.stack.addWidget(self._build())

    def header_parts(self) -> Sequence[QWidget]:
        """Return the button of the paper."""
        return (self.print_button,)

    def go_to(self, **where: object) -> None:
        """Show one entry: ``record`` is its id."""
        record = where.get("record")
        if isinstance(record, int):
            self._record = record
            self.hearing.words.clear()
            self.mark_stale()

    def print_paper(self) -> bool:
        """Show the month's list as paper."""
        from ropdesk.ui.reports.paper_dialog import open_paper

        make = partial(_paper, self.context.workspace, self.month)
        self.paper = open_paper(self.context, self, "voice", self.month, make)
        return True

    def reload(self) -> None:
        """Read the month."""
        self.ask(partial(read, self.context.workspace, self.month), self.show_heard)

    def show_heard(self, heard: Heard) -> None:
        """Show a month."""
        self.heard = heard
        self.hearing.show_people(heard.names)
        self.table_card.set_title(_("What customers say"), month_name(self.month))
        self.reasons_card.setVisible(bool(heard.reasons))
        self.reasons.set_rows(cells.reason_rows(heard.reasons))
        self._show_table()

    def begin(self) -> None:
        """Go and type what was heard."""
        self.hearing.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.hearing.words.selectAll()

    def hear(self) -> None:
        """Count the chosen entry once more; words that nobody has said are noted as new."""
        chosen = self._chosen()
        if chosen is None:
            if self.hearing.words.text().strip():
                self.note()
            return
        self._hear(chosen.id, self.hearing.mention())

    def note(self) -> None:
        """Note the words as something new."""
        made: list[int] = []
        text, kind = self.hearing.words.text(), Kind(self.hearing.kind.current)

        def make() -> None:
            ws = self.context.workspace
            made.append(voice.add(ws, kind, text, self.hearing.mention()))

        if self.do(make, {"text": self.hearing.field}):
            self.hearing.clear()
            self._record = made[0]  # shown once the month is read again

    # -- inside

    def _build(self) -> QWidget:
        self.hearing = HearingCard(self.context)
        self.hearing.typed.connect(self._typed)
        self.hearing.again.connect(self.hear)
        self.hearing.anew.connect(self.note)
        self.hearing.words.down.connect(self._into_table)
        self.table = FittingTable(cells.voice_columns(), ("total", "kind", "trend"))
        self.table.setAccessibleName(_("What customers say"))
        self.table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
        self.table.current_row_changed.connect(self._row_chosen)
        self.table.cell_activated.connect(self._one_more)
        self.table_card = Card(_("What customers say"))
        self.nothing = QLabel()
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table_card.body.addWidget(self.nothing, 1)
        self.table_card.body.addWidget(self.table, 1)
        self.reasons = FittingTable(cells.reason_columns(), ("earlier", "amount"))
        self.reasons.setAccessibleName(_("Why deals were lost, as the CRM says"))
        self.reasons.setMinimumHeight(current_theme().px(REASONS_HEIGHT))
        self.reasons.cell_activated.connect(self._reason_wanted)
        self.reasons_card = Card(_("Why deals were lost, as the CRM says"))
        self.reasons_card.body.addWidget(self.reasons, 1)
        self.entry = EntryCard(self)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.hearing)
        column.addWidget(self.table_card, 3)
        column.addWidget(self.reasons_card, 2)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.entry, 1)
        both = Columns(narrow=720)
        both.add(left, 6)
        self._beside = scrolling(right)
        both.add(self._beside, 5)
        return both

    def _shown(self) -> list[Voice]:
        words = self.hearing.words.text()
        every = self.heard.voices if self.heard is not None else ()
        return [each for each in every if rules.found(words, each.text)]

    def _show_table(self) -> None:
        shown, wanted = self._shown(), self._record
        self.table.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            _("Nobody has said this yet.") if self.hearing.words.text().strip()
            else _("Nothing is noted yet. Type above what a customer needs, doubts or refuses: "
                   "repeated words are counted, and the list can be handed over.")
        )  # fmt: skip
        self.table.set_rows(cells.voice_rows(shown))
        self._record = wanted  # the table tells of the row it has come to by itself
        ids = [each.id for each in shown]
        if self._record not in ids:
            self._record = ids[0] if ids else None
        if self._record is not None:
            self.table.go_to_cell(self._record, "text")
        self._show_record()

    def _chosen(self) -> Voice | None:
        return next((each for each in self._shown() if each.id == self._record), None)

    def _show_record(self) -> None:
        chosen = self._chosen()
        self.hearing.follow(chosen, typed=bool(self.hearing.words.text().strip()))
        self._beside.setVisible(chosen is not None)
        self.entry.setVisible(chosen is not None)
        if chosen is not None and self.heard is not None:
            try:
                said = voice.mentions(self.context.workspace, chosen.id)
            except DomainError:  # removed meanwhile: the next reading leaves it out
                return
            self.entry.show_entry(chosen, said, self.heard.names)

    def _typed(self, _text: str) -> None:
        self._show_table()

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self._record:
            self._record = key
            self._show_record()

    def _one_more(self, ref: object) -> None:
        if isinstance(ref, int):
            self._hear(ref, replace(self.hearing.mention(), customer="", quote=""))

    def _hear(self, voice_id: int, new: voice.NewMention) -> None:
        ws = self.context.workspace
        text = next((v.text for v in self._shown() if v.id == voice_id), "")
        if self.do(partial(voice.mention, ws, voice_id, new)):
            self._record = voice_id
            self.hearing.clear()
            self.context.toast(_("Heard once more: «{text}»", text=text[:60]), undo=True)

    def _reason_wanted(self, ref: object) -> None:
        if isinstance(ref, str):
            self.hearing.kind.set_current(Kind.REFUSAL.value)
            self.hearing.words.setText(ref)
            self.begin()


def _paper(ws: "Workspace", month: date, at: datetime) -> tuple[str, bytes]:
    return voice_paper.paper(ws, month, at)
