"""The meetings page: what is held and when, promises, tasks, protocols, kinds."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.meetings import views
from ropdesk.ui.meetings.actions import MeetingsActions
from ropdesk.ui.meetings.views import LIST, WithHeader, WithPlaces
from ropdesk.ui.page import Page

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.meetings.list import ListView


class MeetingsPage(Page):
    """`go_to` takes ``view`` (a key of `views.VIEWS`); what else is given goes to that side."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(context, _("Meetings"), parent)
        MeetingsActions.of(context.registry).page = self
        self._parts: dict[str, list[QWidget]] = {}
        for key, words in views.known():
            self.add_view(key, _(words), partial(self._make, key))
        self.view_changed.connect(self._follow_view)

    @property
    def list(self) -> "ListView":
        """The coming and past meetings, shown."""
        self.show_view(LIST)
        return cast("ListView", self.view(LIST))

    def go_to(self, **where: object) -> None:
        """Show a side and go on there."""
        super().go_to(**where)
        if not self.current_view:
            self.show_view(self.view_names[0])
        side = self.view(self.current_view)
        if isinstance(side, WithPlaces):
            side.go_to(**where)

    def _make(self, key: str) -> QWidget:
        side = views.make(key, self.context)
        parts = [*side.header_parts()] if isinstance(side, WithHeader) else []
        for part in parts:
            self.add_action_widget(part)
        self._parts[key] = parts
        return side

    def _follow_view(self, key: str) -> None:
        self.clear_error()
        for side, parts in self._parts.items():
            for widget in parts:
                widget.setVisible(side == key)
