"""The kept share of each member by month, always with how many promises it is made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from operator import add

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ropdesk.domain.promises import ENOUGH, Share
from ropdesk.i18n import _, month_name, month_short, percent
from ropdesk.services import promise_words as words
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable

ByMonth = Mapping[date, Mapping[int | None, Share]]
TOTAL, HEAD = "total", "head"


class SharesCard(Card):
    """Members by months; ``chosen`` tells whose row was opened: an id, `HEAD` or `TOTAL`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Promises kept, by the month they were due"),
            _("under {n} promises: too few to tell", n=ENOUGH), parent,
        )  # fmt: skip
        self.table = FittingTable(_columns(()))
        self.table.setAccessibleName(_("Promises kept, by the month they were due"))
        self.table.row_activated.connect(self.chosen)
        self.table.cell_activated.connect(self.chosen)
        self.body.addWidget(self.table, 1)

    def show_shares(
        self, months: Sequence[date], shares: ByMonth, names: Mapping[int, str]
    ) -> None:
        """Show months, the first at the left."""
        people = {person for month in shares.values() for person in month}
        known = sorted((p for p in people if p is not None), key=lambda p: names.get(p, ""))
        rows = [_row(p, names.get(p, ""), p, months, shares) for p in known]
        if None in people:
            rows.append(_row(HEAD, _("Sales head"), None, months, shares))
        if len(rows) > 1:
            rows.append(_total(months, shares))
        self.table.set_spare(tuple(month.isoformat() for month in months))
        self.table.set_columns(_columns(months), rows)
        self.setVisible(bool(rows))  # the chart says in words that nothing is judged yet


def of_person(
    person: int | str | None, months: Sequence[date], shares: ByMonth
) -> list[tuple[date, Share]]:
    """Choose the shares of one person (None: the sales head), or of everybody (`TOTAL`)."""
    if person == TOTAL:
        every = [(m, shares.get(m, {}).values()) for m in months]
        return [(m, reduce(add, some, Share())) for m, some in every]
    return [
        (m, next((s for p, s in shares.get(m, {}).items() if p == person), Share())) for m in months
    ]


def _columns(months: Sequence[date]) -> tuple[Column, ...]:
    return (
        Column("who", _("Who"), Align.LEFT, stretch=True),
        *(
            Column(month.isoformat(), month_short(month), width=92, tooltip=month_name(month))
            for month in months
        ),
        Column("all", _("Total"), width=112),
    )


def _row(
    key: int | str, name: str, person: int | None, months: Sequence[date], shares: ByMonth
) -> Row:
    every = [shares.get(month, {}).get(person, Share()) for month in months]
    total = reduce(add, (month.get(person, Share()) for month in shares.values()), Share())
    cells = [_cell(share, key) for share in every]
    return Row(key, (Cell(name, ref=key, tooltip=name), *cells, _cell(total, key, bold=True)))


def _total(months: Sequence[date], shares: ByMonth) -> Row:
    every = [reduce(add, shares.get(month, {}).values(), Share()) for month in months]
    total = reduce(add, (s for month in shares.values() for s in month.values()), Share())
    cells = [_cell(share, TOTAL, bold=True) for share in every]
    return Row(
        TOTAL,
        (Cell(_("Department"), bold=True, ref=TOTAL), *cells, _cell(total, TOTAL, bold=True)),
        Pin.LAST,
    )


def _cell(share: Share, ref: int | str, *, bold: bool = False) -> Cell:
    if share.share is None:
        return Cell("–", muted=True, ref=ref)
    counted = _("{n} of {all}", n=share.kept, all=share.n)
    told = "\n".join((words.share(share), words.details(share)))
    if not share.enough:
        return Cell(counted, muted=True, ref=ref, tooltip=told, sort_key=float(share.share))
    return Cell(
        percent(share.share), bold=bold, secondary=f" {share.kept}/{share.n}", ref=ref,
        tooltip=told, sort_key=float(share.share),
    )  # fmt: skip
