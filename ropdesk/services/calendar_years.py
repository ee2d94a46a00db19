"""Official years kept in a file of this computer, so that a start need not compute them anew."""

import json
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import platformdirs

from ropdesk import paths
from ropdesk.domain.calendar import OfficialYear


class KeptYears:
    """The file of years; one written by another release of `holidays` is not believed."""

    def get(self, year: int) -> OfficialYear | None:
        """Return a year from the file, or None."""
        kept = self._years.get(str(year))
        return None if kept is None else _read(kept)

    def put(self, year: int, official: OfficialYear) -> None:
        """Add a year to the file."""
        if not self._source:
            return
        self._years[str(year)] = _written(official)
        content = json.dumps({"source": self._source, "years": self._years})
        try:
            _file().parent.mkdir(parents=True, exist_ok=True)
            paths.write_whole(_file(), content.encode())
        except OSError:  # only time is lost
            return

    @cached_property
    def _source(self) -> str:
        """Tell one release of the package's Russian calendar from another; empty if unknown."""
        spec = find_spec("holidays")  # finds without importing
        if spec is None or spec.origin is None:
            return ""
        try:
            known = (Path(spec.origin).parent / "countries" / "russia.py").stat()
        except OSError:  # packed into a program's archive
            return ""
        return f"{known.st_size} {known.st_mtime_ns}"

    @cached_property
    def _years(self) -> dict[str, Any]:
        try:
            stored = json.loads(_file().read_text(encoding="utf-8"))
        except (OSError, ValueError):  # none yet, or spoilt: it is written anew
            return {}
        if not isinstance(stored, dict) or stored.get("source") != self._source:
            return {}
        years = stored.get("years")
        return years if isinstance(years, dict) else {}


def _file() -> Path:
    return platformdirs.user_cache_path(paths.NAME, appauthor=False) / "calendar.json"


def _written(year: OfficialYear) -> dict[str, object]:
    return {
        "holidays": [day.isoformat() for day in sorted(year.holidays)],
        "moved": {day.isoformat(): of.isoformat() for day, of in year.moved.items()},
        "worked": [day.isoformat() for day in sorted(year.worked)],
        "known": year.known,
    }


def _read(kept: dict[str, Any]) -> OfficialYear | None:
    day = date.fromisoformat
    try:
        return OfficialYear(
            frozenset(day(each) for each in kept["holidays"]),
            {day(moved): day(of) for moved, of in kept["moved"].items()},
            frozenset(day(each) for each in kept["worked"]),
            bool(kept["known"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError):  # spoilt: it is written anew
        return None
