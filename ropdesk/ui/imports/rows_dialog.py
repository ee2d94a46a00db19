"""Deals in a list: behind a suspicion, or behind an import."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _, decimal, ngettext, short_date
from ropdesk.services.rows import DealRow
from ropdesk.ui.imports import texts
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.dialogs import Dialog


class DealsDialog(Dialog):
    """A list of deals with the rule that found them."""

    def __init__(
        self, title: str, rule: str, deals: Sequence[DealRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, _("Close"), parent, cancel=False)
        words = QLabel(" ".join(
            part for part in (ngettext("{n} deal.", "{n} deals.", len(deals)), rule) if part
        ))  # fmt: skip
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.table = DataTable(
            [
                Column("title", _("Deal"), Align.LEFT, stretch=True),
                Column("owner", _("Owner"), Align.LEFT),
                Column("stage", _("Stage"), Align.LEFT),
                Column("amount", _("Amount, ₽")),
                Column("created", _("Created")),
                Column("closed", _("Closed")),
                Column("file", _("File"), Align.LEFT, width=150),
                Column("line", _("Line")),
            ],
            self,
        )
        self.table.setAccessibleName(title)
        self.table.set_rows([_row(deal) for deal in deals])
        self.body.addWidget(self.table, 1)
        self.resize(1040, 520)


def _row(deal: DealRow) -> Row:
    amount = deal.amount
    return Row(
        deal.id,
        (
            Cell(deal.title or deal.external_id, tooltip=deal.external_id),
            Cell(_(deal.member)),
            Cell(deal.stage or _(texts.STATUSES[deal.status])),
            Cell("" if amount is None else decimal(Decimal(amount) / 100), sort_key=amount),
            Cell(short_date(deal.created) if deal.created else "",
                 sort_key=deal.created.isoformat() if deal.created else None),
            Cell(short_date(deal.closed) if deal.closed else "",
                 sort_key=deal.closed.isoformat() if deal.closed else None),
            Cell(deal.file, muted=True, tooltip=deal.file),
            Cell(str(deal.line), sort_key=deal.line, muted=True),
        ),
    )  # fmt: skip
