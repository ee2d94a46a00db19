"""A day typed in words: «завтра», «пт», «25.10», «к концу недели»."""

import re
from collections.abc import Callable
from datetime import date

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.promise_dates import read_days
from ropdesk.domain.promise_line import Part, Sure
from ropdesk.domain.promise_words import Lexeme, Line, Room
from ropdesk.services import calendar
from ropdesk.store.workspace import Workspace

Reader = Callable[[str], Part[date] | None]
_WORD = re.compile(r"\w")


def day_reader(ws: Workspace, today: date) -> Reader:
    """Make what reads days typed in words, by this workspace's calendar."""
    return _Reader(today, calendar.calendar(ws))


class _Reader:
    def __init__(self, today: date, works: WorkCalendar) -> None:
        self._room = Room(today=today, works=works.is_working, lexicon=_no_words)

    def __call__(self, text: str) -> Part[date] | None:
        """Read a day, nothing else beside it; None where nothing is written.

        Raises:
            DomainError: it is not a day, or more than a day.
        """
        if not text.strip():
            return None
        words = text.strip()
        line = Line(f"{words}-го" if words.isdigit() and len(words) <= 2 else text)
        found, _whole = read_days(line, self._room)
        guess = (
            found.sure is Sure.UNSURE and not found.others and found.value == self._room.next_day
        )
        if found.sure is Sure.MISSING or guess or _WORD.search(line.free):
            raise DomainError(
                N_("The day is not understood. Write «tomorrow», «Fri» or 25.10."), field="due"
            )
        return found


def _no_words(_word: str) -> Lexeme:
    return Lexeme()
