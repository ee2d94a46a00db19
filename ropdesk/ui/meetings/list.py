"""The coming meetings and those held."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.ui.page import View
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


class ListView(View):
    """The coming two weeks and the past."""

    watches = frozenset({"meeting", "meeting_series", "meeting_kind", "calendar_day"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        column = QVBoxLayout(self)
        column.addWidget(EmptyState(_("No meetings yet.")))
