"""The cases: all investigations at the left, the chosen one at the right."""

from ropdesk.ui.planning.side import Side


class CasesSide(Side):
    """Investigations by state and the chosen one."""
