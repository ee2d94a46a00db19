"""The team page: the department's members, and who is away when."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import _, ngettext
from ropdesk.ui.page import Page
from ropdesk.ui.team.actions import TeamActions
from ropdesk.ui.team.away_view import AwayView
from ropdesk.ui.team.members_view import MembersView
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.month import MonthSwitcher

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

MEMBERS, AWAY = "members", "absences"


class TeamPage(Page):
    """`go_to` takes ``member`` (an id), ``month`` (a date) and ``view``."""

    _members: MembersView
    _away: AwayView

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Team"), parent)
        TeamActions.of(context.registry).page = self
        self._month = context.today().replace(day=1)
        self._switcher = MonthSwitcher(self._month)
        self._switcher.changed.connect(self.set_month)
        self.set_period(self._switcher)
        self._chip = Chip("")
        self.set_chips([self._chip])
        self._chip.hide()
        self.add_header_action("team.absence")
        self.add_header_action("team.add", primary=True)
        self.add_view(MEMBERS, _("Members"), self._make_members)
        self.add_view(AWAY, _("Absences"), self._make_away)

    @property
    def month(self) -> date:
        """First day of the month shown."""
        return self._month

    @property
    def members(self) -> MembersView:
        """The list and the card."""
        self.view(MEMBERS)
        return self._members

    @property
    def away(self) -> AwayView:
        """The absences of the month."""
        self.view(AWAY)
        return self._away

    def set_month(self, month: date) -> None:
        """Show another month on both sides."""
        self._month = month.replace(day=1)
        self._switcher.set_month(self._month)
        for view in self._views.values():
            if isinstance(view, MembersView | AwayView):
                view.set_month(self._month)

    def go_to(self, **where: object) -> None:
        """Go to a month, a side or a member."""
        month, member = where.get("month"), where.get("member")
        if isinstance(month, date):
            self.set_month(month)
        super().go_to(**where)
        if isinstance(member, int):
            self.show_view(MEMBERS)
            self.members.go_to_member(member)

    # -- actions

    def add_member(self) -> None:
        """Ask for a new member."""
        self.show_view(MEMBERS)
        self.members.add_member()

    def add_absence(self) -> None:
        """Ask for an absence of the member shown, or of the row chosen."""
        if self.current_view == AWAY:
            self.away.add()
        elif self.members.chosen is not None:
            self.members.card.absences.add()

    def find_member(self) -> None:
        """Go to the search field."""
        self.show_view(MEMBERS)
        self.members.find_member()

    def previous_month(self) -> None:
        """Show the month before."""
        self.set_month(add_months(self._month, -1))

    def next_month(self) -> None:
        """Show the month after."""
        self.set_month(add_months(self._month, 1))

    # -- inside

    def _make_members(self) -> QWidget:
        view = MembersView(self.context, self._month)
        view.failed.connect(self.show_error)
        view.counted.connect(self._count)
        self._members = view
        return view

    def _make_away(self) -> QWidget:
        self._away = AwayView(self.context, self._month)
        return self._away

    def _count(self, here: int) -> None:
        self._chip.set(ngettext("{n} member", "{n} members", here))
        self._chip.setVisible(here > 0)
