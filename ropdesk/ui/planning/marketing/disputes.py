"""The register of disputed leads of a month."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, month_name, ngettext
from ropdesk.services import marketing_leads
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing_leads import Said
from ropdesk.ui.planning.behind import open_deal
from ropdesk.ui.planning.marketing import dispute_cells as cells
from ropdesk.ui.planning.marketing.agreement_card import buttons
from ropdesk.ui.planning.marketing.asking import MarketingSide, fit_height
from ropdesk.ui.planning.marketing.dispute_dialogs import (
    ACCEPT,
    DISPUTE,
    LeadsDialog,
    ReasonsDialog,
)
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.services.marketing_leads import Lead, LostReason
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.tables.cells import Edit

_SPARE = ("member", "number", "source")
_ROWS = 4  # kept in sight; the rest scrolls


@dataclass(frozen=True, slots=True)
class Register:
    """What the side shows: the month's disputed leads, and which reasons reject a lead."""

    leads: Sequence["Lead"]
    reasons: Sequence["LostReason"]


def read(ws: "Workspace", month: date) -> Register:
    """Read the register of a month."""
    return Register(marketing_leads.register(ws, month), marketing_leads.reasons(ws))


class DisputesSide(MarketingSide):
    """Dispute, answer, settle; reason and answer are typed in the table."""

    watches = frozenset({"lead_verdict", "rejection_reason", "deal", "import_batch", "member"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self.register: Register | None = None
        self.dialog: LeadsDialog | ReasonsDialog | None = None
        self._chip = Chip("")
        self.reasons_button = SecondaryButton(_("Reasons…"))
        self.reasons_button.setToolTip(_("Which reasons of loss mean «not a target lead»"))
        self.reasons_button.clicked.connect(self.choose_reasons)
        self.primary = PrimaryButton(_("Dispute a lead…"))
        self.primary.clicked.connect(self.dispute)
        self.stack.addWidget(self._build())

    def header_parts(self) -> Sequence[QWidget]:
        """Return how many wait, and what can be done."""
        return (self._chip, self.reasons_button, self.primary)

    def go_to(self, **where: object) -> None:
        """Go to a lead by the id of its deal (``deal`` opens it everywhere, so ``lead``)."""
        lead = where.get("lead")
        if isinstance(lead, int):
            self.table.go_to_cell(lead, "reason")

    def reload(self) -> None:
        """Read the register and show it."""
        self.ask(partial(read, self.context.workspace, self.month), self.show_register)

    def show_register(self, register: Register) -> None:
        """Show a register."""
        self.register = register
        waiting = sum(lead.state in {"asked", "answered"} for lead in register.leads)
        self._chip.set(
            ngettext("{n} to be settled", "{n} to be settled", waiting),
            State.WARNING if waiting else State.NEUTRAL,
        )
        self._chip.setVisible(bool(register.leads))
        if not register.leads:
            self.show_empty(
                _("Here are the leads that sales do not accept: why, what marketing answers, how "
                  "it was settled. No lead of this month is disputed. Choose a lead, or say which "
                  "reasons of loss mean that a lead was not a target one."),
                (_("Dispute a lead…"), self.dispute), (_("Reasons…"), self.choose_reasons),
            )  # fmt: skip
            return
        self.stack.setCurrentIndex(0)
        self.table.set_rows(cells.register_rows(register.leads))
        fit_height(self.table, _ROWS)
        self._sentence.setText(_rule(register))
        self._follow_row(None)

    # -- what can be done

    def dispute(self) -> None:
        """Choose leads of the month to dispute, accept or reject."""
        title = _("Leads of {month}", month=month_name(self.month))
        find = partial(marketing_leads.find, self.context.workspace, self.month)
        self.dialog = LeadsDialog(self.context, title, find, self._decide, self)
        self.dialog.open()

    def choose_reasons(self) -> None:
        """Choose which reasons of loss reject a lead."""
        ws = self.context.workspace
        choose = partial(marketing_leads.choose_reasons, ws)
        self.dialog = ReasonsDialog(marketing_leads.reasons(ws), choose, self)
        self.dialog.open()

    def settle(self, *, accepted: bool) -> None:
        """Settle the leads chosen in the table."""
        self._do(
            partial(
                marketing_leads.settle, self.context.workspace, self._chosen(),
                self.context.today(), accepted=accepted,
            )
        )  # fmt: skip

    def withdraw(self) -> None:
        """Take the chosen leads out of the register."""
        self._do(partial(marketing_leads.withdraw, self.context.workspace, self._chosen()))

    def open_lead(self) -> None:
        """Open the deal of the current row."""
        chosen = self._chosen()
        if chosen:
            self.behind = open_deal(self.context.workspace, chosen[0], self)

    def take(self, typed: "list[Edit]") -> None:
        """Write the reasons and answers typed.

        Raises:
            DomainError: a reason that was emptied.
        """
        said = [
            Said(edit.row, **{edit.column: edit.text})
            for edit in typed
            if isinstance(edit.row, int) and edit.column in {"reason", "answer"}
        ]
        marketing_leads.explain(self.context.workspace, said)

    def _decide(self, what: str, deals: Collection[int], reason: str) -> None:
        ws, on = self.context.workspace, self.context.today()
        if what == DISPUTE:
            marketing_leads.dispute(ws, deals, reason, on)
        else:
            marketing_leads.settle(ws, deals, on, accepted=what == ACCEPT)

    def _do(self, change: "partial[None]") -> None:
        try:
            change()
        except DomainError as error:
            self.show_error(describe(error))
        else:
            self.show_error("")

    def _chosen(self) -> list[int]:
        rows = self.table.list_model.rows
        places = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [key for place in places if isinstance(key := rows[place].key, int)]

    # -- look

    def _build(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(" ")
        card.set_title(_("Disputed leads"), _("reason and answer are typed in the table"))
        self.table = FittingTable(cells.register_columns(), _SPARE)
        self.table.setAccessibleName(_("Disputed leads"))
        self.table.set_edit_handler(self.take)
        self.table.editing_changed.connect(self._follow_editing)
        self.table.current_row_changed.connect(self._follow_row)
        self.table.row_activated.connect(self._activated)
        card.body.addWidget(self.table, 20)
        self.accept_button = SecondaryButton(_("Accept the lead"))
        self.accept_button.clicked.connect(self._accept)
        self.reject_button = SecondaryButton(_("Not a target lead"))
        self.reject_button.clicked.connect(self._reject)
        self.open_button = SecondaryButton(_("Open the deal"))
        self.open_button.clicked.connect(self.open_lead)
        self.withdraw_button = SecondaryButton(_("Take out of the register"))
        self.withdraw_button.clicked.connect(self.withdraw)
        self._buttons = (
            self.accept_button, self.reject_button, self.open_button, self.withdraw_button,
        )  # fmt: skip
        card.body.addWidget(buttons(*self._buttons))
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "secondary")
        card.body.addWidget(self._sentence)
        card.body.addStretch(1)
        column.addWidget(card, 1)
        return whole

    def _accept(self) -> None:
        self.settle(accepted=True)

    def _reject(self) -> None:
        self.settle(accepted=False)

    def _activated(self, _key: object) -> None:
        self.open_lead()

    def _follow_row(self, _key: object) -> None:
        if self.table.current_place() is None and self.table.list_model.rows:
            self.table.go_to_cell(self.table.list_model.rows[0].key, "reason")

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()


def _rule(register: Register) -> str:
    """Say how many disputes stand how, and which reasons reject a lead by themselves."""
    counted = {
        "asked": _("wait for marketing: {n}"),
        "answered": _("to be settled: {n}"),
        "accepted": _("accepted: {n}"),
        "rejected": _("not target: {n}"),
    }
    states = [lead.state for lead in register.leads]
    said = ", ".join(text.format(n=states.count(name)) for name, text in counted.items())
    chosen = [reason.reason for reason in register.reasons if reason.rejects]
    if not chosen:
        return _("{counts}. No reasons of loss are chosen: lost leads stay undecided.",
                 counts=_upper(said))  # fmt: skip
    return _("{counts}. Not target by the reason of loss: {reasons}.", counts=_upper(said),
             reasons=words.listed(chosen))  # fmt: skip


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
