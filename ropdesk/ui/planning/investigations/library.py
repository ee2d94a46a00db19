"""The library of proven actions."""

from ropdesk.ui.planning.side import Side


class LibrarySide(Side):
    """Proven actions, searchable."""
