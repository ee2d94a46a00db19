"""The library of proven actions: searched by words, chosen by metric, copied into the week."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.metrics import Kind
from ropdesk.i18n import _, ngettext, short_date
from ropdesk.services import metrics as catalogues
from ropdesk.services import practices, team
from ropdesk.services.week import NewAction
from ropdesk.ui import values
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.planning.investigations.case_actions import ActionDialog
from ropdesk.ui.planning.side import Side
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.domain.metrics import Metrics
    from ropdesk.services.practices import Practice
    from ropdesk.ui.context import Context

NARROW = 720


class LibrarySide(Side):
    """Proven actions at the left, the chosen one with where it was proven at the right."""

    watches = frozenset({"finding", "investigation", "member", "own_metric"})

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._found: list[Practice] = []
        self._known: Metrics | None = None
        self._chosen: int | None = None
        self.dialog: ActionDialog | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        whole = Columns(NARROW)
        whole.add(self._build_list(), 62)
        whole.add(self._build_card(), 38)
        self._stack.addWidget(whole)
        self._empty: EmptyState | None = None
        keys = QShortcut(QKeySequence("Ctrl+F"), self)
        keys.activated.connect(self.find_action)

    def find_action(self) -> None:
        """Go to the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def set_month(self, month: date) -> None:
        """Remember the month; the library is of all time."""
        self.month = month

    def go_to(self, **where: object) -> None:
        """Show one action, by its id."""
        record = where.get("record")
        if isinstance(record, int):
            self.search.clear()
            self.metric_choice.setCurrentIndex(0)
            self._chosen = record
            self.refresh()

    def reload(self) -> None:
        """Ask for the whole library, then show what fits."""
        ws = self.context.workspace
        self._known = catalogues.catalogue(ws)
        everything = practices.library(ws)
        if not everything:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        codes = dict.fromkeys(one.metric for one in everything if one.metric in self._known)
        wanted = self.metric_choice.currentData() or ""
        self.metric_choice.blockSignals(True)
        self.metric_choice.clear()
        self.metric_choice.addItem(_("every metric"), "")
        for code in codes:
            self.metric_choice.addItem(values.name(self._known[code]), code)
        self.metric_choice.setCurrentIndex(max(0, self.metric_choice.findData(wanted)))
        self.metric_choice.blockSignals(False)
        self._show_found()

    def use(self) -> None:
        """Copy the chosen action into a week."""
        one = self._one()
        if one is None:
            return
        people = team.team(self.context.workspace).active(
            self.context.today(), self.context.today()
        )
        new = NewAction(title=one.text, week=self.context.today(), metric=one.metric, note=one.note)
        names = {member.id: member.name for member in people}
        self.dialog = ActionDialog(self.context, names, new, self)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.accepted.connect(self._used)
        self.dialog.open()

    def take_out(self) -> None:
        """Take the chosen action out of the library; it stays a finding."""
        one = self._one()
        if one is not None:
            practices.prove(self.context.workspace, [one.id], proven=False)
            self.context.toast(_("Taken out of the library."), undo=True)

    # -- inside

    def _build_list(self) -> Card:
        card = Card(_("Proven actions"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            _("Words of the action, the person or the question (Ctrl+F)")
        )
        self.search.setAccessibleName(_("Find an action"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        self.metric_choice = QComboBox()
        self.metric_choice.setAccessibleName(_("Metric"))
        self.metric_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.metric_choice.currentIndexChanged.connect(self._show_found)
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.metric_choice)
        card.body.addLayout(row)
        self.table = FittingTable(
            [
                Column("text", _("What is done"), Align.LEFT, stretch=True),
                Column("who", _("Who"), Align.LEFT),
                Column("metric", _("Metric"), Align.LEFT),
                Column("result", _("Before → after"), Align.LEFT),
                Column("day", _("Proven"), Align.LEFT),
            ],
            ("day", "metric", "who"),
        )
        self.table.setAccessibleName(_("Proven actions"))
        self.table.setMinimumHeight(current_theme().px(200))
        self.table.current_row_changed.connect(self._choose)
        self.table.row_activated.connect(self._activated)
        card.body.addWidget(self.table, 1)
        self._list_card = card
        return card

    def _build_card(self) -> Card:
        card = Card(" ")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "cardTitle")
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.where = LinkLabel(_("Open the investigation"))
        self.where.clicked.connect(self._open_case)
        self.using = PrimaryButton(_("Into the week's plan…"))
        self.using.clicked.connect(self.use)
        self.taking = SecondaryButton(_("Take out of the library"))
        self.taking.clicked.connect(self.take_out)
        for widget in (self.words, self.about):
            card.body.addWidget(widget)
        for button in (self.where, self.using, self.taking):
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        self._card = card
        return card

    def _one(self) -> "Practice | None":
        return next((one for one in self._found if one.id == self._chosen), None)

    def _show_found(self, *_told: object) -> None:
        if self._known is None:
            return
        metric = self.metric_choice.currentData() or ""
        self._found = practices.library(self.context.workspace, self.search.text(), metric)
        self.table.set_rows([self._row(one) for one in self._found])
        hint = ngettext("{n} action", "{n} actions", len(self._found))
        self._list_card.set_title(
            _("Proven actions"), hint if self._found else _("nothing fits the search")
        )
        if self._chosen not in [one.id for one in self._found]:
            self._chosen = self._found[0].id if self._found else None
        if self._chosen is not None:
            self.table.go_to_cell(self._chosen, "text")
        self._show_one()

    def _row(self, one: "Practice") -> Row:
        sign = words.GOOD_SIGN if one.successful else words.BAD_SIGN
        metric = self._metric_name(one.metric)
        day = one.verdict_on or one.noted_on
        return Row(
            one.id,
            (
                Cell(f"{sign} {one.text}", tooltip=one.text),
                Cell(one.member, muted=True, tooltip=one.member),
                Cell(metric, muted=True),
                Cell(self._result(one)),
                Cell(short_date(day), muted=True, sort_key=day.toordinal()),
            ),
        )  # fmt: skip

    def _metric_name(self, code: str) -> str:
        known = self._known
        return values.name(known[code]) if known is not None and code in known else ""

    def _result(self, one: "Practice") -> str:
        if self._known is None or one.before is None or one.after is None:
            return ""
        metric = self._known[one.measured_in]
        how = words.paced(metric, [one.before, one.after])
        return f"{values.text(one.before, how)} {words.ARROW} {values.alone(one.after, how)}"

    def _show_one(self) -> None:
        one = self._one()
        self._card.setVisible(one is not None)
        if one is None:
            return
        day = one.verdict_on or one.noted_on
        self._card.set_title(self._metric_name(one.metric) or _("Proven"), short_date(day))
        self.words.setText(one.text)
        lines = [one.note] if one.note else []
        if one.member:
            lines.append(_("Found with: {name}", name=one.member))
        if one.investigation_id is not None:
            lines.append(_("Investigation: {question}", question=one.question))
        if one.verdict is not None and one.verdict_on is not None:
            told = _(words.VERDICTS[one.verdict])
            lines.append(
                _("Verdict {day}: {verdict}", day=short_date(one.verdict_on), verdict=told)
            )
        if self._result(one) and self._known is not None:
            metric = self._known[one.measured_in]
            told = _("{metric}: {result}", metric=values.name(metric), result=self._result(one))
            day_of = _("a working day")
            lines.append(f"{told}, {day_of}" if metric.kind is Kind.FLOW else told)
        self.about.setText("\n".join(lines))
        self.where.setVisible(one.investigation_id is not None)

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Here are the actions that proved themselves: those found in investigations "
                    "whose numbers became better. Close an investigation with a verdict, and it "
                    "offers its findings."
                ),
                (_("To the investigations"), self._to_cases),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _to_cases(self) -> None:
        self.context.navigate("planning", view="investigations", side="cases")

    def _open_case(self) -> None:
        one = self._one()
        if one is not None and one.investigation_id is not None:
            self.context.navigate(
                "planning", view="investigations", side="cases", record=one.investigation_id
            )

    def _choose(self, key: object) -> None:
        if isinstance(key, int) and key != self._chosen:
            self._chosen = key
            self._show_one()

    def _activated(self, key: object) -> None:
        self._choose(key)
        self.use()

    def _used(self) -> None:
        self.context.toast(_("The action is in the week's plan."), undo=True)
