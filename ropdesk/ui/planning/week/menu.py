"""What an action's menu offers."""

from ropdesk.domain.week import State
from ropdesk.i18n import _
from ropdesk.services.week_lines import ActionLine

Choice = tuple[str, str, str]  # what is asked of the action, its words, its keys


def choices(line: ActionLine, *, earlier: bool) -> list[Choice]:
    """List what can be done with an action.

    Args:
        earlier: it was left from a week before the one in sight.
    """
    found: list[Choice] = []
    if earlier:
        found.append(("carry", _("Carry over into this week"), "Alt+PgDn"))
    found.append(("edit", _("Change…"), "Enter"))
    if line.state is State.PLANNED:
        found.append(("done", _("Done"), "Space"))
        found.append(("drop", _("Drop…"), "Del"))
        if not earlier:
            found += _places(line)
    else:
        found.append(("back", _("Back to the plan"), "Space"))
    if line.investigation_id is not None:
        found.append(("case", _("Open the investigation"), ""))
    found.append(("delete", _("Delete"), "Shift+Del"))
    if line.recurring:
        found.append(("end", _("Delete this and all following"), ""))
    return found


def _places(line: ActionLine) -> list[Choice]:
    found: list[Choice] = []
    if line.day is None:
        found.append(("free", _("Into the first free time"), "Alt+Left"))
    else:
        found.append(("off", _("Off the grid"), ""))
    if not line.recurring:
        found.append(("carry", _("Carry over to the next week"), "Alt+PgDn"))
    return found
