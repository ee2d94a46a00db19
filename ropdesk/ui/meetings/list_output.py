"""Where the coming meetings go: into a calendar."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from ropdesk import paths
from ropdesk.i18n import _
from ropdesk.services import meeting_calendar

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.meetings.list import ListView

AHEAD = 92  # days that the calendar file holds


def save_calendar(context: "Context", view: "ListView") -> None:
    """Ask where, and save the coming meetings as iCalendar."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = _("Meetings") + ".ics"
    chosen, _kind = QFileDialog.getSaveFileName(
        view, _("Save the meetings as a calendar"), str(Path(folder) / name), "iCalendar (*.ics)"
    )
    if chosen:
        save_to(context, view, Path(chosen))


def save_to(context: "Context", view: "ListView", file: Path) -> None:
    """Save the coming meetings as iCalendar in a file."""
    target = file if file.suffix else file.with_suffix(".ics")
    today = context.today()
    content = meeting_calendar.ics(context.workspace, today, today + timedelta(days=AHEAD), today)
    try:
        paths.write_whole(target, content)
    except OSError:
        view.show_error(
            _("«{file}» cannot be written. Check the folder and the free space.", file=target)
        )
    else:
        view.show_error("")
        context.toast(_("Saved: {file}", file=target.name))
