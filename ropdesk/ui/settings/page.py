"""The settings page: the workspace and this computer, the calendar, backups, the history."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.page import Page
from ropdesk.ui.settings.backups_view import BackupsView
from ropdesk.ui.settings.calendar_view import CalendarView
from ropdesk.ui.settings.general_view import GeneralView
from ropdesk.ui.settings.history_view import HistoryView

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

GENERAL, CALENDAR, BACKUPS, HISTORY = "general", "calendar", "backups", "history"


class SettingsPage(Page):
    """`go_to` takes ``view``: general, calendar, backups or history; ``year`` for the calendar."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Settings"), parent)
        self.add_view(GENERAL, _("General"), self._make_general)
        self.add_view(CALENDAR, _("Calendar"), self._make_calendar)
        self.add_view(BACKUPS, _("Backups"), self._make_backups)
        self.add_view(HISTORY, _("History"), self._make_history)

    def go_to(self, **where: object) -> None:
        """Go to a side, or to a year of the calendar."""
        super().go_to(**where)
        year = where.get("year")
        if isinstance(year, int):
            self.show_view(CALENDAR)
            view = self.view(CALENDAR)
            if isinstance(view, CalendarView):
                view.set_year(year)

    def _make_general(self) -> QWidget:
        view = GeneralView(self.context)
        view.failed.connect(self.show_error)
        return view

    def _make_calendar(self) -> QWidget:
        view = CalendarView(self.context)
        view.failed.connect(self.show_error)
        return view

    def _make_backups(self) -> QWidget:
        view = BackupsView(self.context)
        view.failed.connect(self.show_error)
        return view

    def _make_history(self) -> QWidget:
        view = HistoryView(self.context)
        view.failed.connect(self.show_error)
        return view
