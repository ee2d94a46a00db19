"""Which promises are listed: how they stand, whose they are, and how far back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _, integer, pgettext
from ropdesk.ui.meetings.promises_read import YEAR, Shown
from ropdesk.ui.meetings.promises_shares import HEAD
from ropdesk.ui.widgets.fields import choice, choose
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

OPEN, OVERDUE, BROKEN, ALL = "open", "overdue", "broken", "all"
ANYBODY = "anybody"


def _states() -> dict[str, str]:
    return {
        OPEN: pgettext("promises", "open"),
        OVERDUE: pgettext("promises", "overdue"),
        BROKEN: pgettext("promises", "broken"),
        ALL: _("all"),
    }


class PromiseFilters(QWidget):
    """A row of three choices.

    Attributes:
        person: a member's id, None for the sales head, or `ANYBODY`.

    Signals:
        changed: other promises are listed.
        further: another time is looked back at.
    """

    changed = Signal()
    further = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person: int | str | None = ANYBODY
        self.state = Segmented(list(_states().items()), name=_("Which promises"))
        self.state.changed.connect(self.changed)
        self.people = choice({}, _("Whose promises"))
        self.people.activated.connect(self._person_chosen)
        self.back = choice({}, _("How far back"))
        for months, text in ((6, _("6 months")), (YEAR, _("12 months")), (0, _("all the time"))):
            self.back.addItem(text, months)
        self.back.activated.connect(self.further)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, spacing=10)
        for widget in (self.state, self.people, self.back):
            flow.addWidget(widget)

    @property
    def months(self) -> int:
        """How many months are looked back at; 0 for all."""
        return int(self.back.currentData())

    def set_person(self, person: int | str | None) -> None:
        """Choose whose promises are listed, without telling."""
        self.person = person
        choose(self.people, HEAD if person is None else person)

    def offer(self, shown: Shown) -> None:
        """Offer those who work here or have promised something."""
        promised = {line.member_id for line in shown.lines}
        self.people.clear()
        self.people.addItem(_("All members"), ANYBODY)
        for id_, name in shown.names.items():
            if id_ in promised or id_ in shown.here:
                self.people.addItem(name, id_)
        self.people.addItem(_("Sales head"), HEAD)
        self.set_person(self.person)

    def show_counts(self, counts: dict[str, int]) -> None:
        """Say how many promises there are of each kind."""
        for state, text in _states().items():
            self.state.set_text(state, f"{text} {integer(counts[state])}")

    def _person_chosen(self) -> None:
        chosen = self.people.currentData()
        self.person = None if chosen == HEAD else chosen
        self.changed.emit()
