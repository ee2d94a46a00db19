"""Choosing leads to dispute, and the reasons of loss that mean «not a target lead»."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer, ngettext, pgettext
from ropdesk.services.marketing_leads import FOUND, Lead, LostReason
from ropdesk.ui.planning.marketing.dispute_cells import lead_columns, lead_rows
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

DISPUTE, ACCEPT, REJECT = "dispute", "accept", "reject"
_PAUSE_MS = 200  # of typing, after which the list is looked through


class _Words(QLineEdit):
    """The search; the arrow down goes into the list."""

    def __init__(self, table: DataTable) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the list."""
        if event.key() == Qt.Key.Key_Down:
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class LeadsDialog(Dialog):
    """Finds leads of a month and says what is to be done with the chosen ones.

    Args:
        find: answers the leads that words mean; runs in the worker.
        decide: gets what is to be done (`DISPUTE`, `ACCEPT`, `REJECT`), the deals and the reason;
            may raise `DomainError`.
    """

    def __init__(
        self, context: "Context", title: str, find: Callable[[str], Sequence[Lead]],
        decide: Callable[[str, Collection[int], str], object], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, pgettext("lead", "Dispute"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._context, self._find, self._decide = context, find, decide
        self._asked = 0
        self.table = FittingTable(lead_columns(), ("number", "member"))
        self.table.setAccessibleName(_("Leads of the month"))
        self.search = _Words(self.table)
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self.body.addWidget(Field(_("Number, customer, source or manager"), self.search))
        self.body.addWidget(self.table, 1)
        self.count = QLabel()
        self.count.setProperty("role", "secondary")
        self.body.addWidget(self.count)
        self.what = Segmented(
            [
                (DISPUTE, pgettext("lead", "dispute")),
                (ACCEPT, pgettext("lead", "accept")),
                (REJECT, pgettext("lead", "not a target lead")),
            ],
            name=_("What to do with the lead"),
        )
        self.what.changed.connect(self._follow)
        self.body.addWidget(self.what)
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason_field = Field(_("Why it is not a target lead"), self.reason)
        self.body.addWidget(self.reason_field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        theme = current_theme()
        self.resize(theme.px(1040), theme.px(600))
        self.look()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Look the month through for the words typed."""
        self._asked += 1
        number, words = self._asked, self.search.text()
        find = self._find

        def job(_progress: "Progress") -> Sequence[Lead]:
            return find(words)

        self._context.runner.start(
            job, partial(self._found, number), title=_("Counting leads"), quiet=True
        )

    def chosen(self) -> list[int]:
        """Return the deals of the rows selected."""
        rows = self.table.list_model.rows
        places = sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})
        return [key for place in places if isinstance(key := rows[place].key, int)]

    def submit(self) -> None:
        """Do it; what refuses is said beside its field."""
        self.reason_field.set_error("")
        try:
            self._decide(self.what.current, self.chosen(), self.reason.text())
        except DomainError as error:
            if error.fields.get("field") == "reason":
                self.reason_field.set_error(describe(error))
            raise

    def _typed(self) -> None:
        self._pause.start()

    def _found(self, number: int, leads: Sequence[Lead]) -> None:
        from shiboken6 import isValid

        if not isValid(self) or number != self._asked:
            return
        self.table.set_rows(lead_rows(leads))
        if leads and self.table.current_place() is None:
            self.table.go_to_cell(leads[0].deal_id, "title")
        words = ngettext("{n} lead", "{n} leads", len(leads))
        if len(leads) == FOUND:
            words = _("the first {n}: type more to narrow the list", n=integer(FOUND))
        self.count.setText(words)

    def _follow(self, key: str) -> None:
        texts = {ACCEPT: pgettext("lead", "Accept"), REJECT: pgettext("lead", "Reject")}
        self.primary.setText(texts.get(key, pgettext("lead", "Dispute")))
        self.reason_field.setVisible(key == DISPUTE)


class ReasonsDialog(Dialog):
    """Reasons of loss with their counts; the checked ones mean «not a target lead»."""

    def __init__(
        self, reasons: Sequence[LostReason], choose: Callable[[Collection[str]], object],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            _("Which losses mean «not a target lead»"), pgettext("lead", "Choose"), parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._choose = choose
        said = QLabel(
            _("A lead lost for a checked reason is not counted as accepted. A verdict by hand wins "
              "over the reason. Space checks.")
            if reasons
            else _("No lost deal names its reason yet: fill the reasons in in the CRM and import.")
        )  # fmt: skip
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.model = QStandardItemModel(self)
        for reason in reasons:
            item = QStandardItem(f"{reason.reason} · {integer(reason.deals)}")
            item.setData(reason.reason)
            item.setEditable(False)
            item.setCheckable(True)
            checked = Qt.CheckState.Checked if reason.rejects else Qt.CheckState.Unchecked
            item.setCheckState(checked)
            self.model.appendRow(item)
        self.list = QListView()
        self.list.setAccessibleName(_("Reasons of loss"))
        self.list.setModel(self.model)
        self.list.setSpacing(current_theme().px(3))
        if reasons:
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.body.addWidget(self.list, 1)
        theme = current_theme()
        self.resize(theme.px(520), theme.px(460))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep the choice."""
        items = [self.model.item(row) for row in range(self.model.rowCount())]
        self._choose(
            [str(item.data()) for item in items if item.checkState() is Qt.CheckState.Checked]
        )
