"""What is offered for a meeting's agenda: promises, actions, tasks, signals and what is open.

Nothing is written here; `meeting_prep.take` makes a point of an offer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from ropdesk.domain import investigations as cases_rules
from ropdesk.domain.metrics import Metric
from ropdesk.domain.months import add_months
from ropdesk.domain.promises import Verdict
from ropdesk.domain.tasks import Kind
from ropdesk.i18n import _
from ropdesk.reports import protocol_words as words
from ropdesk.reports.protocol_model import Pledge
from ropdesk.services import (
    calendar,
    director,
    investigation_rows,
    meeting_kinds,
    meeting_numbers,
    meetings,
    metrics,
    practices,
    promises,
    signals,
)
from ropdesk.services.director import Request
from ropdesk.services.investigation_rows import CaseLine
from ropdesk.services.investigation_words import people
from ropdesk.services.meeting_goals import Held
from ropdesk.services.meetings import Ref
from ropdesk.services.practices import Practice
from ropdesk.services.promises import PromiseLine
from ropdesk.services.protocol_content import measure
from ropdesk.services.signals import Signal
from ropdesk.services.tasks_read import TaskLine, Where, tasks
from ropdesk.store.workspace import Workspace

MOST_PRACTICES = 10


class Source(StrEnum):
    """What an offer is."""

    PROMISE = "promise"
    ACTION = "action"
    TASK = "task"
    SIGNAL = "signal"
    INVESTIGATION = "investigation"
    REQUEST = "request"
    PRACTICE = "practice"


MINUTES = {
    Source.PROMISE: 1,
    Source.ACTION: 2,
    Source.TASK: 2,
    Source.SIGNAL: 5,
    Source.INVESTIGATION: 5,
    Source.REQUEST: 5,
    Source.PRACTICE: 3,
}
"""How long a point made of an offer takes at first; the sales head changes it on the agenda."""


class Standing(StrEnum):
    """How an offer stands: its day is over, its day is here, it failed, it is good news."""

    PLAIN = ""
    OVERDUE = "overdue"
    TODAY = "today"
    BROKEN = "broken"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something to talk about.

    Attributes:
        key: what it is called by, kept with the point made of it.
        title: what it is; ``who`` whom it is about, empty for the sales head or the department.
        point: name of the point made of it.
        due: by when; None where it has no day.
        where: the place where it is kept, for `Context.navigate`.
    """

    source: Source
    key: str
    title: str
    point: str
    where: Where
    who: str = ""
    due: date | None = None
    standing: Standing = Standing.PLAIN

    @property
    def minutes(self) -> int:
        """How long the point takes at first."""
        return MINUTES[self.source]


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered, by what it is; within each the most urgent first.

    Requests to the director are offered only where he may be met, and then come first.
    """

    promises: tuple[Offer, ...] = ()
    actions: tuple[Offer, ...] = ()
    tasks: tuple[Offer, ...] = ()
    signals: tuple[Offer, ...] = ()
    investigations: tuple[Offer, ...] = ()
    requests: tuple[Offer, ...] = ()
    practices: tuple[Offer, ...] = ()

    def __iter__(self) -> Iterator[Offer]:
        """Go through all of them."""
        for group in (
            self.requests, self.promises, self.actions, self.tasks, self.signals,
            self.investigations, self.practices,
        ):  # fmt: skip
            yield from group


def offers(ws: Workspace, ref: Ref, today: date) -> Offers:
    """Say what is offered for a meeting, signals left out: they take their time (`signalled`).

    Promises are those due in the days the meeting looks back on and not kept, and those open up
    to its day; actions and tasks the unfinished ones due up to its day. Requests to the director
    are no talk for the department: they are offered where it does not take part.

    Raises:
        DomainError: there is no such meeting.
    """
    with ws.read() as connection:
        line = meetings.line(connection, ref)
        team = meeting_kinds.kind(connection, line.kind).team
        promised = due_promises(connection, line, today)
        known = dict(metrics.load(connection).items())
        until = max(today, line.day)
        open_tasks = tasks(connection, today, until=until)
    months = (line.day, add_months(line.day.replace(day=1), -1))
    proven = [one for month in months for one in practices.quotable(ws, month)]
    return Offers(
        promises=tuple(_promise(one, known, today) for one in promised),
        actions=tuple(_task(t, today) for t in open_tasks if t.ref.kind is Kind.ACTION),
        tasks=tuple(_task(t, today) for t in open_tasks if t.ref.kind is Kind.TASK),
        investigations=tuple(
            _case(one, today)
            for one in investigation_rows.cases(ws, today)
            if one.state is not cases_rules.State.CLOSED
        ),
        requests=() if team else tuple(_request(one, today) for one in director.waiting(ws)),
        practices=tuple(_practice(one) for one in proven[:MOST_PRACTICES]),
    )


def signalled(ws: Workspace, as_of: date) -> tuple[Offer, ...]:
    """Say which signals of the last finished week are offered; ask in the worker: 0.4 s."""
    return tuple(_signal(one) for one in signals.signals(ws, as_of))


def due_promises(connection: Connection, line: Held, today: date) -> list[PromiseLine]:
    """List what a meeting opens with: promises not kept of the days it looks back on, those due.

    Due are the ones open or waiting whose day is not later than the meeting's (or today), the
    longest due first.
    """
    spans = meeting_numbers.days(line.day, line.start, line.kind, calendar.load(connection))
    until = max(today, line.day)
    back = promises.lines(connection, today, due=(spans.fact_first, spans.fact_last))
    failed = [one for one in back if one.verdict in {Verdict.BROKEN, Verdict.PARTLY}]
    return failed + [
        one for one in promises.lines(connection, today, open_only=True) if one.due <= until
    ]


def pledge(one: PromiseLine, known: Mapping[str, Metric]) -> Pledge:
    """Return a promise as paper shows it."""
    found = known.get(one.metric)
    return Pledge(
        one.member_id, one.name, one.text, one.customer, one.due,
        None if found is None else measure(found), one.amount, one.moves, one.verdict.value,
        row=one.id,
    )  # fmt: skip


def _promise(one: PromiseLine, known: Mapping[str, Metric], today: date) -> Offer:
    standing = _standing(one.due, today)
    if one.verdict in {Verdict.BROKEN, Verdict.PARTLY}:
        standing = Standing.BROKEN
    shown = pledge(one, known)
    amount = words.amount(shown.measure, shown.amount)
    title, point = (
        ", ".join(part for part in (words.promised(each), amount) if part)
        for each in (shown, replace(shown, moves=0))
    )
    return Offer(
        source=Source.PROMISE, key=str(one.id), title=title, point=_whose(one.name, point),
        who=one.name, due=one.due, standing=standing,
        where=("meetings", {"view": "promises", "record": one.id}),
    )  # fmt: skip


def _task(line: TaskLine, today: date) -> Offer:
    key = line.ref.key
    return Offer(
        source=Source.ACTION if line.ref.kind is Kind.ACTION else Source.TASK,
        key=str(key) if isinstance(key, int) else f"{key.series_id}:{key.day.isoformat()}",
        title=line.title, point=_whose(line.owner, line.title), who=line.owner, due=line.due,
        standing=_standing(line.due, today), where=line.where,
    )  # fmt: skip


def _case(one: CaseLine, today: date) -> Offer:
    who = people(one.members) if one.members else ""
    return Offer(
        source=Source.INVESTIGATION, key=str(one.id), title=one.question,
        point=_("Investigation: {question}", question=one.question), who=who,
        due=one.remeasure_on, standing=_standing(one.remeasure_on, today),
        where=("planning", {"view": "investigations", "side": "cases", "record": one.id}),
    )  # fmt: skip


def _request(one: Request, today: date) -> Offer:
    due = one.promised_for or one.needed_by
    return Offer(
        source=Source.REQUEST, key=str(one.id), title=one.text, point=one.text, due=due,
        standing=Standing.OVERDUE if one.overdue(today) else _standing(due, today),
        where=("planning", {"view": "director", "kind": one.kind.value, "day": one.start}),
    )  # fmt: skip


def _practice(one: Practice) -> Offer:
    return Offer(
        source=Source.PRACTICE, key=str(one.id), title=one.text,
        point=_whose(one.member, one.text), who=one.member,
        standing=Standing.GOOD if one.successful else Standing.BROKEN,
        where=("planning", {"view": "investigations", "side": "library", "record": one.id}),
    )  # fmt: skip


def _signal(one: Signal) -> Offer:
    return Offer(
        source=Source.SIGNAL, key=one.key, title=one.title, point=one.title, who=one.member,
        standing=Standing.GOOD if one.good else Standing.PLAIN,
        where=("planning", {"view": "signals", "week": one.week}),
    )  # fmt: skip


def _standing(due: date | None, today: date) -> Standing:
    if due is None or due > today:
        return Standing.PLAIN
    return Standing.TODAY if due == today else Standing.OVERDUE


def _whose(name: str, title: str) -> str:
    return _("{name}: {title}", name=name, title=title) if name else title
