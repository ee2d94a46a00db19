"""The official production calendar of Russia in its XML form, one file a year (xmlcalendar.ru)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from pathlib import Path

DAY_OFF, SHORTENED, WORKDAY = "day_off", "shortened", "workday"
_KINDS = {"1": DAY_OFF, "2": SHORTENED, "3": WORKDAY}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})")
_SIZE_LIMIT = 1024 * 1024


def read_calendar(path: Path) -> list[tuple[date, str]]:
    """Read the days of a year that differ from an ordinary week.

    Returns:
        Days in order, each ``"day_off"``, ``"shortened"`` (a working day an hour shorter, also
        on a weekend) or ``"workday"`` (a working weekend day).

    Raises:
        DomainError: the file is not such a calendar.
    """
    from lxml import etree

    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise _not_a_calendar(path)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError:
        raise DomainError(
            N_("The file «{name}» cannot be read. Check the path."), name=path.name
        ) from None
    except etree.XMLSyntaxError:
        raise _not_a_calendar(path) from None
    year = root.get("year") or ""
    if root.tag != "calendar" or not re.fullmatch(r"\d{4}", year):
        raise _not_a_calendar(path)
    days: dict[date, str] = {}
    for each in root.iter("day"):
        match = _DAY.fullmatch(each.get("d") or "")
        kind = _KINDS.get(each.get("t") or "")
        if match is None or kind is None:
            raise _not_a_calendar(path)
        try:
            days[date(int(year), int(match[1]), int(match[2]))] = kind
        except ValueError:
            raise _not_a_calendar(path) from None
    if not days:
        raise _not_a_calendar(path)
    return sorted(days.items())


def _not_a_calendar(path: Path) -> DomainError:
    return DomainError(
        N_("«{name}» is not a production calendar. Take the XML of one year from xmlcalendar.ru."),
        name=path.name,
    )
