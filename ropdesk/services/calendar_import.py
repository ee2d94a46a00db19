"""The production calendar from its official XML, one file a year."""

from pathlib import Path

from ropdesk.domain.calendar import DayKind
from ropdesk.exchange.calendar_xml import read_calendar
from ropdesk.i18n import _
from ropdesk.services import calendar
from ropdesk.store.workspace import Workspace


def import_file(ws: Workspace, path: Path) -> tuple[int, int]:
    """Take a year's calendar from a file, as one operation.

    Returns:
        The year, and how many of its days differ from the law's calendar.

    Raises:
        DomainError: the file is not such a calendar.
    """
    days = [(day, DayKind(kind)) for day, kind in read_calendar(path)]
    note = _("from the file {name}", name=path.name)
    return days[0][0].year, calendar.import_days(ws, days, note)
