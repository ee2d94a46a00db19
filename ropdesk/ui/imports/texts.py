"""What the import window calls things: English msgids, translated where they are shown."""

from ropdesk.domain.errors import N_
from ropdesk.i18n import _, integer, ngettext
from ropdesk.services.imports import Outcome

KINDS = {
    "deals": N_("Deals"),
    "calls": N_("Calls"),
    "facts": N_("Facts"),
    "plan": N_("Plan"),
    "members": N_("Team"),
}
FIELDS = {
    "deals": {
        "id": N_("Deal number"), "title": N_("Deal name"), "owner": N_("Owner"),
        "stage": N_("Stage"), "amount": N_("Amount"), "created": N_("Created"),
        "closed": N_("Closed"), "source": N_("Source"), "pipeline": N_("Pipeline"),
        "lost_reason": N_("Reason of loss"), "stage_since": N_("In the stage since"),
    },
    "calls": {
        "id": N_("Call number"), "member": N_("Member"), "started": N_("Date and time"),
        "date": N_("Date apart"), "time": N_("Time apart"), "direction": N_("Direction"),
        "answered": N_("Answered or missed"), "wait": N_("Waiting"), "talk": N_("Talking"),
        "rating": N_("Rating"),
    },
    "facts": {
        "member": N_("Member"), "day": N_("Day"), "metric": N_("Metric"), "value": N_("Value"),
    },
    "plan": {
        "member": N_("Member"), "month": N_("Month"), "metric": N_("Metric"), "value": N_("Value"),
    },
    "members": {
        "name": N_("Full name"), "alias": N_("Known to exports as"),
        "alias:2": N_("… or as"), "alias:3": N_("… or as"), "position": N_("Position"),
        "hired": N_("Hired"), "left": N_("Left"),
    },
}  # fmt: skip
STATUSES = {"won": N_("won"), "lost": N_("lost"), "open": N_("open")}
STEPS = {
    "file": N_("File"),
    "columns": N_("Columns"),
    "stages": N_("Stages"),
    "people": N_("People"),
    "result": N_("Check the result"),
}


def counted(outcome: Outcome) -> str:
    """Say in a few words what came of an import."""
    if not (outcome.created or outcome.updated):
        return _("nothing new")
    parts = []
    if outcome.created:
        parts.append(ngettext("{n} new", "{n} new", outcome.created))
    if outcome.updated:
        parts.append(ngettext("{n} changed", "{n} changed", outcome.updated))
    if outcome.rejected:
        parts.append(ngettext("{n} refused", "{n} refused", len(outcome.rejected)))
    return ", ".join(parts)


def file_size(size: int) -> str:
    """Say a file's size."""
    if size < 1024 * 1024:
        return _("{n} KB", n=integer(max(1, -(-size // 1024))))
    return _("{n} MB", n=integer(-(-size // 1024**2)))
