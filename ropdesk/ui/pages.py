"""Which pages there are. A duty that is not built yet has no line here, and so no tab."""

from collections.abc import Callable

from ropdesk.domain.errors import N_
from ropdesk.ui.context import Context
from ropdesk.ui.page import Page


def _today(context: Context) -> Page:
    from ropdesk.ui.today.page import TodayPage

    return TodayPage(context)


def _planning(context: Context) -> Page:
    from ropdesk.ui.planning.page import PlanningPage

    return PlanningPage(context)


def _meeting(context: Context) -> Page:
    from ropdesk.ui.meeting.page import MeetingPage

    return MeetingPage(context)


def _meetings(context: Context) -> Page:
    from ropdesk.ui.meetings.page import MeetingsPage

    return MeetingsPage(context)


def _team(context: Context) -> Page:
    from ropdesk.ui.team.page import TeamPage

    return TeamPage(context)


def _reports(context: Context) -> Page:
    from ropdesk.ui.reports.page import ReportsPage

    return ReportsPage(context)


def _imports(context: Context) -> Page:
    from ropdesk.ui.imports.page import ImportsPage

    return ImportsPage(context)


def _settings(context: Context) -> Page:
    from ropdesk.ui.settings.page import SettingsPage

    return SettingsPage(context)


PAGES: dict[str, tuple[str, Callable[[Context], Page]]] = {
    "today": (N_("Today"), _today),
    "planning": (N_("Planning"), _planning),
    "meetings": (N_("Meetings"), _meetings),
    "meeting": (N_("Meeting"), _meeting),
    "team": (N_("Team"), _team),
    "reports": (N_("Reports"), _reports),
    "imports": (N_("Imports"), _imports),
    "settings": (N_("Settings"), _settings),
}
