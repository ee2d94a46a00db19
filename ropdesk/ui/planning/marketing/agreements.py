"""The agreement of a month: every source, what is promised and what has come."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.marketing import Side as Party
from ropdesk.i18n import _, describe, integer, month_name, ngettext, pgettext
from ropdesk.services import marketing, marketing_edit
from ropdesk.services import marketing_words as words
from ropdesk.services.report_lines import month_inside
from ropdesk.ui.planning.marketing import agreement_cells as cells
from ropdesk.ui.planning.marketing.agreement_card import AgreementCard
from ropdesk.ui.planning.marketing.agreement_dialogs import AgreeDialog, OneFieldDialog
from ropdesk.ui.planning.marketing.asking import MarketingSide, fit_height
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ropdesk.services.marketing import AgreementMonth
    from ropdesk.services.marketing_edit import TermEdit
    from ropdesk.ui.context import Context
    from ropdesk.ui.tables.cells import Edit

# What gives way first where the window is narrow; tooltips and the card below have it all.
_SPARE = ("accepted", "disputed", "rejected", "sales", "marketing")
_ROWS = 8  # kept in sight; the rest scrolls
_TERMS, _FACTS = "terms", "facts"


class AgreementsSide(MarketingSide):
    """Type, Enter, next; one act of the person is one operation."""

    watches = frozenset({"lead_agreement", "channel_cost", "lead_verdict", "rejection_reason",
                         "deal", "import_batch", "member", "calendar_day", "setting"})  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self.view: AgreementMonth | None = None
        self.dialog: AgreeDialog | OneFieldDialog | None = None
        self._source: str | None = None
        self._shown = ""
        self._pages = ""  # the month for which terms or facts were chosen
        self._chip = Chip("")
        self.copy_button = SecondaryButton(_("As before"))
        self.copy_button.clicked.connect(self.copy_earlier)
        self.add_button = FlatButton(_("Add a source…"))
        self.add_button.clicked.connect(self.add_source)
        self.print_button = SecondaryButton(_("Print"))
        self.print_button.setToolTip(_("Agreement for two signatures (Ctrl+P)"))
        self.print_button.clicked.connect(self.print_paper)
        self.primary = PrimaryButton(_("Agree…"))
        self.primary.clicked.connect(self.go_on)
        self.stack.addWidget(self._build())

    def header_parts(self) -> "Sequence[QWidget]":
        """Return the month's state and what can be done."""
        return (self._chip, self.copy_button, self.print_button, self.primary)

    def set_month(self, month: date) -> None:
        """Keep what is being typed, then show another month."""
        if month != self.month:
            self.card.keep()
            self._source = None
        super().set_month(month)

    def go_to(self, **where: object) -> None:
        """Go to a ``source``."""
        source = where.get("source")
        if isinstance(source, str):
            self._source = source
            self.mark_stale()

    def reload(self) -> None:
        """Count the month and show it."""
        of, today, ws = self.month, self.context.today(), self.context.workspace
        self.ask(partial(marketing.month, ws, of, today), self.show_month)

    def show_month(self, view: "AgreementMonth") -> None:
        """Show a month."""
        self.view = view
        if not view.lines:
            self.show_empty(
                _("Here marketing and sales agree on leads: how many, how good, at what price, "
                  "and how fast they are called. Import deals with their sources, or begin with "
                  "a source of your own."),
                (_("Import…"), self.import_file), (_("Add a source…"), self.add_source),
            )  # fmt: skip
        else:
            self.stack.setCurrentIndex(0)
            if self._pages != f"{view.month}{view.state}":
                self._pages = f"{view.month}{view.state}"
                agreed = view.state in {"agreed", "closed"}
                self.choice.set_current(_FACTS if agreed else _TERMS)
            wanted = self._source  # new rows make the table tell of its own current one
            self._show_table(view)
            self._show_line(wanted)
        self._show_state(view)

    # -- typing

    def take(self, typed: "list[TermEdit]") -> None:
        """Write edits; a correction of something agreed asks for its reason first.

        Raises:
            DomainError: a value that cannot be; nothing is written.
        """
        if self.view is None or not typed or self._is_asking():
            return
        if marketing_edit.needs_reason(self.view, typed):
            dialog = OneFieldDialog(
                _("Correct the agreement"), _("Reason"), pgettext("agreement", "Correct"),
                partial(self._write, self.month, typed),
                [_("This is agreed. The reason stays with the agreement and is printed on it.")],
                self,
            )  # fmt: skip
            dialog.rejected.connect(self.card.restore)
            self.dialog = dialog
            dialog.open()
            return
        self._write(self.month, typed, None)

    def _take_cells(self, typed: "list[Edit]") -> None:
        self.take(cells.edits(typed))

    def _write(self, month: date, typed: "list[TermEdit]", reason: str | None) -> None:
        on, ws = self.context.today(), self.context.workspace
        marketing_edit.change(ws, month, typed, on, reason or "")

    def _is_asking(self) -> bool:
        """Tell whether a question is open: the focus it takes must not ask it twice."""
        from shiboken6 import isValid

        return self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible()

    # -- what can be done

    def copy_earlier(self) -> None:
        """Begin with what was agreed the last time."""
        if self.view is None or self.view.earlier is None:
            return
        try:
            n = marketing_edit.copy_from(self.context.workspace, self.month, self.view.earlier)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.context.toast(ngettext("{n} source copied", "{n} sources copied", n), undo=True)

    def add_source(self) -> None:
        """Ask for a source that no deal has named yet."""
        self.dialog = OneFieldDialog(
            _("Add a source"), _("Source, as the CRM writes it"), _("Add"), self._add, (), self
        )
        self.dialog.open()

    def _add(self, name: str) -> None:
        marketing_edit.add(self.context.workspace, self.month, name)
        self._source = " ".join(name.split())

    def go_on(self) -> None:
        """Agree a draft, close what is agreed, open again what is closed."""
        if self.view is None:
            return
        self.card.keep()
        state = self.view.state
        if state == "agreed":
            self._ask_close(self.view)
        elif state == "closed":
            self.dialog = OneFieldDialog(
                _("Open the agreement again"), _("Reason"), _("Open again"), self._reopen,
                [_("The facts will follow the deals again until it is closed anew.")], self,
            )  # fmt: skip
            self.dialog.open()
        else:
            self._ask_agree(self.view)

    def _ask_agree(self, view: "AgreementMonth") -> None:
        drafts = [line for line in view.agreed_lines if line.state == "draft"]
        lines = [
            _("{source}: {owed}", source=words.source(line.source),
              owed=words.promised(line, Party.MARKETING))
            for line in drafts
        ]  # fmt: skip
        head = next((line.marketing_head for line in view.lines if line.marketing_head), "")
        on = self.context.today()
        self.dialog = AgreeDialog(view.month, head, on, lines, self._agree, self)
        self.dialog.open()

    def _ask_close(self, view: "AgreementMonth") -> None:
        lines = [
            _("{source}: marketing {marketing}, sales {sales}", source=words.source(line.source),
              marketing=words.outcome(line.judgement.marketing, running=False),
              sales=words.outcome(line.judgement.sales, running=False))
            for line in view.agreed_lines
        ]  # fmt: skip
        self.dialog = OneFieldDialog(
            _("Close the agreement: {month}", month=month_name(view.month)),
            _("Conclusion, for the sources that have none of their own"), _("Close it"),
            self._close, lines, self, long=True,
        )  # fmt: skip
        self.dialog.open()

    def _agree(self, head: str, on: date) -> None:
        marketing_edit.agree(self.context.workspace, self.month, head, on)

    def _close(self, conclusion: str) -> None:
        on = self.context.today()
        marketing_edit.close(self.context.workspace, self.month, conclusion, on)

    def _reopen(self, reason: str) -> None:
        on = self.context.today()
        marketing_edit.reopen(self.context.workspace, self.month, reason, on)

    def remove_draft(self) -> None:
        """Take the chosen source's draft away."""
        line = self.card.line
        if line is not None:
            try:
                marketing_edit.remove(self.context.workspace, self.month, line.source)
            except DomainError as error:
                self.show_error(describe(error))

    def print_paper(self) -> bool:
        """Show the agreement on paper."""
        from ropdesk.services import marketing_paper
        from ropdesk.ui.reports.paper_dialog import open_paper

        self.card.keep()
        make = partial(
            marketing_paper.agreement, self.context.workspace, self.month, self.context.today()
        )
        open_paper(self.context, self, marketing_paper.KIND, self.month, make)
        return True

    # -- look

    def _build(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._table_card = Card(" ")
        self.choice = Segmented(
            [(_TERMS, pgettext("agreement", "promised")), (_FACTS, pgettext("agreement", "fact"))],
            name=_("What the table shows"),
        )
        self.choice.changed.connect(self._choose)
        self._table_card.add_right(self.add_button)
        self._table_card.add_right(self.choice)
        self.table = FittingTable((), _SPARE)
        self.table.setAccessibleName(_("Agreement on leads"))
        self.table.set_edit_handler(self._take_cells)
        self.table.editing_changed.connect(self._follow_editing)
        self.table.current_row_changed.connect(self._row_chosen)
        self.table.cell_activated.connect(self.open_behind)
        self._table_card.body.addWidget(self.table, 20)
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("role", "secondary")
        self._table_card.body.addWidget(self._sentence)
        self._table_card.body.addStretch(1)
        column.addWidget(self._table_card, 3)
        self.card = AgreementCard(self.take)
        self.card.removing.connect(self.remove_draft)
        column.addWidget(self.card, 2)
        return whole

    def _show_table(self, view: "AgreementMonth") -> None:
        facts = self.choice.current == _FACTS
        rows = cells.fact_rows(view) if facts else cells.term_rows(view)
        if self._shown != self.choice.current:
            self._shown = self.choice.current
            columns = cells.fact_columns() if facts else cells.term_columns()
            self.table.set_columns(columns, rows)
        else:
            self.table.set_rows(rows)
        hint = _("a click on a number opens the deals behind it")
        if not facts:
            hint = _("type, Enter, next; blocks are copied to and from Excel")
        self._table_card.set_title(_("Sources of the month"), hint)
        fit_height(self.table, _ROWS)
        self._sentence.setText(_month_words(view, facts=facts))

    def _show_line(self, source: str | None) -> None:
        view = self.view
        if view is None:
            return
        line = view.line(source) if source is not None else None
        line = line or view.lines[0]
        self._source = line.source
        self.card.show_line(view, line)
        place = self.table.current_place()
        if place is None or place[0] != line.source:
            columns = self.table.list_model.columns
            column = place[1] if place is not None else columns[1].key
            self.table.go_to_cell(line.source, column)

    def _show_state(self, view: "AgreementMonth") -> None:
        lines = view.agreed_lines
        self._chip.set(words.state(view.state), cells.state_of(view.state))
        earlier = view.earlier
        self.copy_button.setVisible(earlier is not None and not lines)
        if earlier is not None:
            self.copy_button.setText(_("As in {month}", month=month_inside(earlier)))
        self.print_button.setVisible(bool(lines))
        self.primary.setVisible(bool(lines))
        texts = {"agreed": _("Close…"), "closed": _("Open again…")}
        self.primary.setText(texts.get(view.state, _("Agree…")))

    def _choose(self, _key: str) -> None:
        if self.view is not None:
            self._show_table(self.view)

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, str) and key not in {cells.TOTAL, self._source}:
            self.card.keep()
            self._source = key
            self._show_line(key)

    def _follow_editing(self, on: bool) -> None:
        if on:
            self.begin_edit()
        else:
            self.end_edit()


def _month_words(view: "AgreementMonth", *, facts: bool) -> str:
    """Say how much of the month is agreed on, and what «accepted» means."""
    agreed = sum(line.now.inquiries for line in view.agreed_lines)
    said = _("{n} inquiries in the month so far, {agreed} of them from sources agreed on; "
             "working days: {passed} of {days}.", n=integer(view.inquiries),
             agreed=integer(agreed), passed=view.passed, days=view.days)  # fmt: skip
    if not facts:
        return said
    rule = _("Accepted: paid, or lost for another reason than the chosen ones; not target: lost "
             "for a chosen one; a verdict by hand wins; everything else is undecided.")  # fmt: skip
    return f"{said} {rule}"
