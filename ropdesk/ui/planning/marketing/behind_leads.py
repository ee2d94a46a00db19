"""The deals behind a number of a source."""

from typing import TYPE_CHECKING

from ropdesk.i18n import _
from ropdesk.services import marketing_facts, marketing_words
from ropdesk.ui.planning import behind_cells as cells
from ropdesk.ui.planning.behind import BehindDialog, Part, span_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ropdesk.services.marketing_facts import BehindLeads
    from ropdesk.store.workspace import Workspace


def open_leads(workspace: "Workspace", where: "BehindLeads", parent: "QWidget") -> BehindDialog:
    """Open the deals behind a number of a source, or of all of them."""
    deals, count = marketing_facts.deals(workspace, where)
    parts = []
    if count:
        rows = cells.deal_rows(deals)
        parts.append(Part("deals", _("Deals"), count, cells.deal_columns(), rows))
    source = _("All sources") if where.source is None else marketing_words.source(where.source)
    title = f"{_counted(where)} · {source} · {span_words(where.first, where.last)}"
    dialog = BehindDialog(title, _rule(where), parts, parent)
    dialog.show()
    return dialog


def _counted(where: "BehindLeads") -> str:
    if where.paid:
        return _("Paid deals by closing day")
    if where.won:
        return _("Paid deals of the inquiries")
    return {
        "accepted": _("Accepted inquiries"),
        "rejected": _("Inquiries that are not target ones"),
        "disputed": _("Disputed inquiries"),
        "undecided": _("Inquiries not decided yet"),
        "decided": _("Accepted and rejected inquiries"),
    }.get(where.verdict, _("Inquiries"))


def _rule(where: "BehindLeads") -> str:
    if where.verdict == "undecided":
        return _("Still open, lost without a reason, or lost while no reasons are chosen.")
    if where.verdict in {"accepted", "decided"}:
        return _("Accepted: paid, lost for another reason than the chosen ones, or by hand.")
    if where.verdict == "rejected":
        return _("Lost for one of the chosen reasons, or rejected by hand.")
    return ""
