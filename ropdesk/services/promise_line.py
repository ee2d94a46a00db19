"""The promise line of a meeting: the grammar fed with this workspace's people and metrics."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.domain.team import Member
from ropdesk.i18n import _
from ropdesk.services import calendar, metrics, settings, team
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from ropdesk.domain.promise_words import Room

# The grammar and the dictionary are imported with the first line that is read: who only looks at
# promises, and the window's start, do not pay for them.
_QUOTED = re.compile(r"[«\"“„]([^«»\"“”„]{2,60})[»\"“”]")
_KNOWN_CUSTOMERS = 5_000


@dataclass(frozen=True, slots=True)
class PromiseInput:
    """A promise as the sales head confirmed it.

    Attributes:
        member_id: who promises; None for the sales head.
        since_given: facts count from the day it was given; otherwise on the due day alone.
        metric, amount: code and stored parts; an empty string and None where it is no number.
    """

    member_id: int | None
    text: str
    customer: str
    due: date
    since_given: bool
    metric: str
    amount: int | None


class Reader:
    """Understands lines; made once per meeting, asked at each keystroke.

    Attributes:
        members: those whom a promise may be of, by id, in the order of their names; those at the
            meeting come first.
        metrics: metrics by code.
        works: the calendar's word on a day.
    """

    def __init__(
        self,
        today: date,
        members: Iterable[Member],
        known: Mapping[str, Metric],
        works: WorkCalendar,
        *,
        present: Collection[int] | None = None,
        sales_head: str = "",
        customers: Iterable[str] = (),
    ) -> None:
        everybody = {member.id: member for member in members}
        self.present = frozenset(everybody if present is None else present)
        self.members = dict(
            sorted(everybody.items(), key=lambda one: (one[0] not in self.present, one[1].name))
        )
        self.metrics = known
        self.today = today
        self.calendar = works
        self._sales_head, self._customers = sales_head, tuple(customers)
        self._room: Room | None = None
        self._learning = Lock()

    def understand(self, line: str) -> Understood:
        """Understand a line as far as it has been typed."""
        from ropdesk.domain.promise_reading import understand

        return understand(line, self.prepare())

    def day(self, typed: str) -> tuple[date, bool] | None:
        """Read a day alone: «пт», «25», «до 25.11».

        Returns:
            The likeliest day and whether facts count from today on; None for no day.
        """
        from ropdesk.domain.promise_dates import read_days
        from ropdesk.domain.promise_words import Line

        words = typed.strip()
        line = Line(f"{words}-го" if words.isdigit() and len(words) <= 2 else words)
        due: Part[date]
        due, whole = read_days(line, self.prepare())
        if due.sure is Sure.MISSING or due.value is None or re.search(r"\w", line.free):
            return None
        return due.value, whole

    def money(self, typed: str) -> int | None:
        """Read an amount of money alone, in kopecks: «180к», «1,2 млн»; None for none."""
        from ropdesk.domain.promise_amounts import find_money
        from ropdesk.domain.promise_numbers import numbers
        from ropdesk.domain.promise_words import folded

        text = folded(typed.strip())
        found = find_money(text, numbers(text))
        return found[0].value if len(found) == 1 and not found[0].others else None

    def prepare(self) -> "Room":
        """Learn everybody's names: a quarter of a second for whoever asks first, in any thread."""
        with self._learning:
            if self._room is None:
                self._room = self._prepared()
            return self._room

    def _prepared(self) -> "Room":
        from ropdesk.domain.promise_words import OWNER, Room, folded
        from ropdesk.services import promise_names

        people = promise_names.member_names(self.members.values())
        if self._sales_head.strip():
            said = promise_names.said_names(OWNER, self._sales_head)
            for word, form in said.items():
                # The sales head among the members is one person.
                if not any(other.part == "surname" for other in people.get(word, ())):
                    people.setdefault(word, []).append(form)
        return Room(
            today=self.today,
            works=self.calendar.is_working,
            lexicon=promise_names.lexeme,
            people={word: tuple(forms) for word, forms in people.items()},
            near=promise_names.near_forms(
                (word, form) for word, forms in people.items() for form in forms
                if form.member != OWNER
            ),
            letters={one.id: promise_names.initials(one.name) for one in self.members.values()},
            present=self.present,
            metrics=_phrases(self.metrics),
            known=self.metrics,
            customers={folded(name): name for name in self._customers},
            titles={code: _title(metric) for code, metric in self.metrics.items()},
        )  # fmt: skip


def _title(metric: Metric) -> str:
    return _(metric.name) if metric.builtin else metric.name


def _phrases(known: Mapping[str, Metric]) -> dict[tuple[str, ...], str]:
    """Map the names of metrics in dictionary form to codes; own ones win over slang."""
    from ropdesk.domain.promise_vocabulary import COUNTED
    from ropdesk.domain.promise_words import folded
    from ropdesk.services import promise_names

    found: dict[tuple[str, ...], str] = {}
    for own in (False, True):
        for code, metric in known.items():
            if metric.builtin is not own and metric.kind is not Kind.RATIO:
                words = re.findall(r"[^\W\d_]+", folded(_title(metric)))
                phrase = tuple((promise_names.lexeme(w).lemmas or (w,))[0] for w in words)
                if 1 <= len(phrase) <= 3:
                    found[phrase] = code
        if not own:
            found |= {phrase: code for phrase, code in COUNTED.items() if code in known}
    return found


def promise_reader(ws: Workspace, today: date, present: Collection[int] | None = None) -> Reader:
    """Make the reader of a meeting.

    Args:
        present: ids of the members at the meeting; None for everybody of the department.
    """
    with ws.read() as connection:
        chosen = settings.load(connection)
        known: Metrics = metrics.load(connection)
        return Reader(
            today,
            team.load(connection).active(today, today),
            known,
            calendar.load(connection, chosen),
            present=present,
            sales_head=chosen.sales_head,
            customers=_customers(connection),
        )


def _customers(connection: Connection) -> list[str]:
    """List names in quotes from the titles of open deals: customers that are worked with now."""
    titles = rows(
        connection,
        "SELECT DISTINCT title FROM deal WHERE status = 'open' ORDER BY id DESC LIMIT ?",
        (_KNOWN_CUSTOMERS,),
    )
    found = (match.group(1).strip() for (title,) in titles for match in _QUOTED.finditer(title))
    return list(dict.fromkeys(found))
