"""What the day's page asks: the day, promises and tasks at once, signals on their own."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ropdesk.domain.tasks import Kind
from ropdesk.services import promises, tasks, today
from ropdesk.services.promises import PromiseLine
from ropdesk.services.tasks import TaskLine

if TYPE_CHECKING:
    from ropdesk.services.signals import Signal
    from ropdesk.services.today import Day
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.runner import Progress

AHEAD = timedelta(7)  # promises and tasks of the coming week are shown, later ones are not


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows but for the signals.

    Attributes:
        promises: unsettled ones due within the week ahead, overdue ones included.
        tasks: the same of tasks; actions that stand in the agenda by their hour are not repeated.
    """

    day: "Day"
    promises: tuple[PromiseLine, ...]
    tasks: tuple[TaskLine, ...]

    @property
    def overdue(self) -> int:
        """How many promises and tasks are overdue."""
        on = self.day.day
        late = sum(one.overdue(on) for one in self.promises)
        return late + sum(one.due is not None and one.due < on for one in self.tasks)

    @property
    def waiting(self) -> int:
        """How many promises and tasks are overdue or due today: the count beside the tab."""
        on = self.day.day
        dues = [*(one.due for one in self.promises), *(one.due for one in self.tasks)]
        return sum(due is not None and due <= on for due in dues)


def read(ws: "Workspace", on: date) -> Shown:
    """Ask everything but the signals."""
    with ws.read() as connection:
        day = today.day(connection, on)
        promised = promises.lines(connection, on, due=(date.min, on + AHEAD), open_only=True)
        agenda = {action.ref for action in day.actions}
        todo = tasks.tasks(connection, on, until=on + AHEAD)
    return Shown(
        day, tuple(promised),
        tuple(
            one for one in todo if not (one.ref.kind is Kind.ACTION and one.ref.key in agenda)
        ),
    )  # fmt: skip


def look(ws: "Workspace", on: date, _progress: "Progress") -> "tuple[Signal, ...]":
    """Ask for the signals of the last finished week."""
    from ropdesk.services import signals

    return tuple(signals.signals(ws, on))
