"""Where the week goes: onto paper, and into a calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from ropdesk import paths
from ropdesk.i18n import _
from ropdesk.services import week_calendar, week_paper

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.planning.side import Side

KIND = "week_plan"


@dataclass(frozen=True, slots=True)
class _Paper:
    """Makes the page in the worker."""

    workspace: Any
    week: date
    today: date

    def __call__(self, at: datetime) -> tuple[str, bytes]:
        return week_paper.title(self.week), week_paper.pdf(
            self.workspace, self.week, self.today, at
        )


def print_week(context: "Context", view: "Side", week: date) -> None:
    """Show the week's page in a window of its own."""
    from ropdesk.ui.reports.paper_dialog import open_paper

    open_paper(context, view, KIND, week, _Paper(context.workspace, week, context.today()))


def save_calendar(context: "Context", view: "Side", week: date) -> None:
    """Ask where, and save the week as iCalendar."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = _("Week of {day}", day=week.isoformat()) + ".ics"
    chosen, _kind = QFileDialog.getSaveFileName(
        view, _("Save the week as a calendar"), str(Path(folder) / name), "iCalendar (*.ics)"
    )
    if chosen:
        save_to(context, view, week, Path(chosen))


def save_to(context: "Context", view: "Side", week: date, file: Path) -> None:
    """Save the week as iCalendar in a file."""
    target = file if file.suffix else file.with_suffix(".ics")
    content = week_calendar.ics(context.workspace, week, context.today())
    try:
        paths.write_whole(target, content)
    except OSError:
        view.show_error(
            _("«{file}» cannot be written. Check the folder and the free space.", file=target)
        )
    else:
        view.show_error("")
        context.toast(_("Saved: {file}", file=target.name))
