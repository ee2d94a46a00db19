"""One source's agreement in words: how it stands, who owes what, what counts as a target lead."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.marketing import Side
from ropdesk.i18n import _, describe, integer, short_date
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing import TEXTS
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.ui.planning.marketing.agreement_cells import state_of
from ropdesk.ui.widgets.buttons import FlatButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.notes import NotesEdit

if TYPE_CHECKING:
    from ropdesk.services.marketing import AgreementLine, AgreementMonth

NARROW = 640  # pixels at 100 % text scale


class AgreementCard(Card):
    """The words of the source chosen in the table; kept when the field is left.

    Signals:
        removing: the person takes the draft away.
    """

    removing = Signal()

    def __init__(self, take: Callable[[list[TermEdit]], object]) -> None:
        super().__init__(" ")
        self._take = take
        self._line: AgreementLine | None = None
        self._chip = Chip("")
        self.remove = FlatButton(_("Remove the draft"))
        self.remove.clicked.connect(self.removing)
        self.add_right(self.remove)
        self.add_right(self._chip)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.body.addWidget(self.sentence)
        self.edits: dict[str, NotesEdit] = {}
        self.fields: dict[str, Field] = {}
        titles = {
            "marketing_owes": _("Marketing owes, besides the numbers"),
            "sales_owe": _("Sales owe, besides the numbers"),
            "criteria": _("What a target lead is"),
            "conclusion": _("Conclusion of the month"),
        }
        columns = Columns(NARROW)
        for field, title in titles.items():
            edit = NotesEdit()
            edit.setObjectName(field)
            edit.committed.connect(self.keep)
            self.edits[field] = edit
            self.fields[field] = Field(title, edit)
            columns.add(self.fields[field])
        self.body.addWidget(columns, 1)
        self._foot = QLabel()
        self._foot.setWordWrap(True)
        self._foot.setProperty("role", "secondary")
        self.body.addWidget(self._foot)

    @property
    def line(self) -> "AgreementLine | None":
        """The line shown."""
        return self._line

    def show_line(self, view: "AgreementMonth", line: "AgreementLine") -> None:
        """Show a source; words being typed for the same one stay."""
        other = self._line is None or self._line.source != line.source
        self._line = line
        self.set_title(words.source(line.source))
        self._chip.set(words.state(line.state), state_of(line.state))
        self.remove.setVisible(line.state == "draft")
        running = words.is_running(view, line)
        said = [words.side(line, side, running=running) for side in Side]
        self.sentence.setText("\n".join(text for text in said if text) or self._nothing(line))
        for field in TEXTS:
            edit = self.edits[field]
            edit.show_text(getattr(line.texts, field), other=other)
            edit.setReadOnly(not line.editable)
            edit.setEnabled(bool(line.source))
        self._foot.setText(self._about(line))
        self._foot.setVisible(bool(self._foot.text()))

    def keep(self) -> None:
        """Keep the texts that differ from what is stored."""
        line = self._line
        if line is None or not line.editable:
            return
        changed = [
            TermEdit(line.source, field, text)
            for field, edit in self.edits.items()
            if (text := edit.text()) != getattr(line.texts, field)
        ]
        for field in self.fields.values():
            field.set_error("")
        if not changed:
            return
        try:
            self._take(changed)
        except DomainError as error:
            for each in changed:
                self.edits[each.field].refused(getattr(line.texts, each.field))
            name = error.fields.get("field")
            self.fields[name if isinstance(name, str) else changed[0].field].set_error(
                describe(error)
            )

    def restore(self) -> None:
        """Put the stored words back: the correction was not made."""
        if self._line is not None:
            for field, edit in self.edits.items():
                edit.show_text(getattr(self._line.texts, field), other=True)

    def _nothing(self, line: "AgreementLine") -> str:
        if not line.source:
            return _("These deals name no source. Fill it in in the CRM and import again.")
        return _("Nothing is promised in numbers yet. Type them into the table.")

    def _about(self, line: "AgreementLine") -> str:
        parts = []
        if line.agreed_on is not None:
            parts.append(_("Agreed on {day}, for marketing: {head}.",
                           day=short_date(line.agreed_on), head=line.marketing_head))  # fmt: skip
        parts += [
            _("Corrected on {day}: {reason}.", day=short_date(each.on), reason=each.reason)
            for each in line.corrections
        ]
        if line.closed_on is not None:
            parts.append(_("Closed on {day}: the facts stay as they were.",
                           day=short_date(line.closed_on)))  # fmt: skip
            if line.now.decided != line.facts.decided or line.now.accepted != line.facts.accepted:
                parts.append(_("Today the deals tell {accepted} accepted of {decided} decided.",
                               accepted=integer(line.now.accepted),
                               decided=integer(line.now.decided)))  # fmt: skip
        return " ".join(parts)


def buttons(*widgets: QWidget) -> QWidget:
    """Return buttons side by side."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return box
