"""The rows behind a promise's fact: a customer's deals, or what its days are made of."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.domain.promises import Way
from ropdesk.i18n import _
from ropdesk.services import metrics, promises, rows
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.planning import behind_cells as cells
from ropdesk.ui.planning.behind import BehindDialog, Part, open_behind
from ropdesk.ui.planning.board_cells import Behind

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace


def open_rows(ws: "Workspace", line: PromiseLine, today: date, parent: QWidget) -> BehindDialog:
    """Open the rows that a promise's fact is made of."""
    if line.way is not Way.DEALS:
        last = min(line.due, today)
        first = min(line.first, last)
        return open_behind(ws, Behind(line.metric, line.member_id, first, last), parent)
    with ws.read() as connection:
        ids = promises.deal_ids(connection, today, line.id)
        known = metrics.load(connection)
    parts = []
    if ids:
        deals = cells.deal_rows(rows.deals_by_id(ws, ids))
        parts.append(Part("deals", _("Deals"), len(ids), cells.deal_columns(), deals))
    title = f"{line.customer} · {words.who(line)} · {words.span(line)}"
    dialog = BehindDialog(title, words.basis(known, line), parts, parent)
    dialog.show()
    return dialog
