"""Signals: what stands out without asking, few and true, and what the sales head did about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from sqlalchemy import Connection, select

from ropdesk.domain import signal_stories
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metric
from ropdesk.domain.signal_stories import COOLDOWN, Sighting, Story
from ropdesk.domain.signals import MIN_WEEKS
from ropdesk.i18n import _
from ropdesk.services import (
    investigations,
    signals_cohorts,
    signals_data,
    signals_find,
    signals_words,
)
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.signals_cohorts import Cohorts
from ropdesk.services.signals_data import Weeks, monday_of, number_of
from ropdesk.services.signals_find import Find, Point
from ropdesk.services.signals_stuck import Stuck
from ropdesk.store.models import SignalMark
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

DISMISSED, OPENED = "dismissed", "opened"
FOLLOWED = timedelta(weeks=16)  # before the first stuck deals are told
STUCK_WEEKS = 4
RANGE, STREAK, COHORT, STUCK, RECORD = "range", "streak", "cohort", "stuck", "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the sales head did about a signal.

    Attributes:
        state: ``dismissed`` with a reason, or ``opened`` as an investigation.
    """

    key: str
    state: str
    marked_on: date
    reason: str = ""
    investigation_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that stands out, told for one finished week.

    Values are in the stored parts of the metric.

    Attributes:
        key: stays the same from run to run: ``range:calls:12:2026-W41``.
        rule: range, streak, cohort (a conversion), stuck or record.
        good: whether it is good news.
        title: the signal in one sentence.
        member_id, member: whom it is about; None and empty for the department, a source, a stage.
        subject: the same in words, whatever it is about.
        week: Monday of the week for which it is told; first, last: the days of its number.
        low, high: the usual range, None where there is none.
        before: the usual mean, the beginning of a streak, the old record.
        weeks: how many weeks (months, of a month's record) it was learnt from.
        judged: how it was judged, in words.
        trail: weeks of the little chart, the judged one last.
        also: what else belongs to it, in sentences.
        mark: what was done about it.
    """

    key: str
    rule: str
    good: bool
    title: str
    metric: Metric
    subject: str
    week: date
    first: date
    last: date
    value: Fraction
    before: Fraction
    weeks: int
    judged: str
    strength: float
    low: Fraction | None = None
    high: Fraction | None = None
    member_id: int | None = None
    member: str = ""
    source: str = ""
    stage: str = ""
    trail: tuple[Point, ...] = ()
    also: tuple[str, ...] = ()
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Signals of some weeks, the newest first, and what was looked at.

    Attributes:
        open: neither dismissed nor opened as an investigation.
        marked: the others.
        first, last: Mondays of the weeks.
        judged: Monday of the newest week that could be judged at all, if any: numbers of a later
            one do not reach to its end, or have too short a past.
        series: how many metrics of the department and its members it was judged by.
        metrics: which metrics those are.
        least: weeks of a past that are wanted before a series is judged at all.
    """

    open: tuple[Signal, ...]
    marked: tuple[Signal, ...]
    first: date
    last: date
    judged: date | None
    series: int
    metrics: tuple[Metric, ...]
    least: int = MIN_WEEKS + 1


def last_week(as_of: date) -> date:
    """Return the Monday of the last week that is over on a day."""
    return monday_of(number_of(as_of) - 1)


def signals(ws: Workspace, as_of: date) -> list[Signal]:
    """Tell what stands out in the last finished week, strongest first; five at most."""
    week = last_week(as_of)
    return [one for one in history(ws, week, week) if one.mark is None]


def history(ws: Workspace, first: date, last: date, *, stuck: bool = True) -> list[Signal]:
    """Replay what was told for each week between two days, each knowing only its past.

    The newest week comes first, within a week the strongest; marked ones are among them.

    Args:
        stuck: whether stages are asked for stuck deals too, which takes most of the time.
    """
    begin, end = number_of(first), number_of(last)
    return _replay(ws, begin, end, begin if stuck else end + 1)[0]


def look(ws: Workspace, as_of: date, weeks: int) -> Look:
    """Answer the last finished weeks, and what was looked at.

    Stages where deals got stuck are told of the last four weeks alone: the funnel lists who is
    stuck today, and older news of it is of no use.
    """
    last = number_of(last_week(as_of))
    first = last - weeks + 1
    found, read, by_cohorts = _replay(ws, first, last, last - STUCK_WEEKS + 1)
    judged, series = None, []
    for number in range(last, first - 1, -1):
        series = signals_find.watched(read, number, by_cohorts=by_cohorts)
        if series:
            judged = monday_of(number)
            break
    return Look(
        tuple(one for one in found if one.mark is None),
        tuple(one for one in found if one.mark is not None),
        monday_of(first),
        monday_of(last),
        judged,
        len(series),
        tuple(dict.fromkeys(metric for metric, _member, _weeks in series)),
    )


def waiting(ws: Workspace, as_of: date) -> int:
    """Count the signals of the last finished week that nobody has looked into."""
    return len(signals(ws, as_of))


def _replay(
    ws: Workspace, first: int, last: int, stuck_from: int
) -> tuple[list[Signal], Weeks, bool]:
    with ws.read() as connection:
        begin = first - COOLDOWN
        read = signals_data.load(connection, begin, last)
        cohorts = signals_cohorts.load_cohorts(connection, begin, last)
        best = signals_cohorts.load_best(connection, read.metrics, signals_find.RECORDS)
        marks = _marks(connection)
    stuck = Stuck(ws, read.metrics["open_deals"])

    @cache
    def seen(number: int) -> list[Find]:
        return signals_find.find(read, number, cohorts, best)

    told: list[Signal] = []
    for number in range(last, first - 1, -1):
        finds = list(seen(number))
        if number >= stuck_from and cohorts is not None and _followed(cohorts, read, number):
            finds += stuck.find(number)
        if not finds:
            continue  # the weeks before need not be known
        by_sighting = {one.sighting: one for one in finds}
        before = [[one.sighting for one in seen(number - n)] for n in range(1, COOLDOWN + 1)]
        stories = signal_stories.tell(list(by_sighting), before)
        told += [_signal(story, by_sighting, read, number, marks) for story in stories]
    return told, read, cohorts is not None


def _followed(cohorts: Cohorts, read: Weeks, number: int) -> bool:
    """Tell whether deals have been followed for long enough to know which are stuck."""
    known = monday_of(number) - cohorts.begun
    return known >= FOLLOWED and read.complete("open_deals", number)


def _signal(
    story: Story,
    finds: Mapping[Sighting, Find],
    read: Weeks,
    number: int,
    marks: Mapping[str, Mark],
) -> Signal:
    found = finds[story.lead]
    whose, people = story.lead.whose, read.people
    subject = signals_words.who(whose, people)
    key = _key(story.lead, number)
    return Signal(
        key=key, rule=story.lead.rule, good=story.lead.good,
        title=signals_words.title(found, subject), metric=found.metric, subject=subject,
        week=monday_of(number), first=found.first, last=found.last, value=found.value,
        before=found.before, weeks=found.weeks, judged=signals_words.judged(found, read.metrics),
        strength=story.lead.strength, low=found.low, high=found.high, member_id=whose.member,
        member=subject if whose.member is not None else "", source=whose.source or "",
        stage=whose.stage or "", trail=found.trail,
        also=tuple(
            signals_words.title(finds[other], signals_words.who(other.whose, people))
            for other in story.also
            if not _says_the_same(finds[other], found)
        ),
        mark=marks.get(key),
    )  # fmt: skip


def _says_the_same(one: Find, other: Find) -> bool:
    """Tell whether two numbers of one subject are the same, as where each inquiry is a deal."""
    return (one.sighting.whose, one.value, one.low, one.high) == (
        other.sighting.whose, other.value, other.low, other.high,
    )  # fmt: skip


def _key(one: Sighting, number: int) -> str:
    whose = one.whose
    subject = "all"
    if whose.member is not None:
        subject = str(whose.member)
    elif whose.source is not None:
        subject = f"source={whose.source}"
    elif whose.stage is not None:
        subject = f"stage={whose.stage}"
    year, week, _day = monday_of(number).isocalendar()
    return f"{one.rule}:{one.metric}:{subject}:{year}-W{week:02}"


def week_of(key: str) -> date:
    """Return the Monday of the week for which a signal was told, from its key."""
    year, week = key.rsplit(":", 1)[1].split("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def _marks(connection: Connection) -> dict[str, Mark]:
    found = rows(
        connection, "SELECT key, state, marked_on, reason, investigation_id FROM signal_mark"
    )
    return {
        key: Mark(
            key=key, state=state, marked_on=date.fromisoformat(day), reason=reason,
            investigation_id=case,
        )
        for key, state, day, reason, case in found
    }  # fmt: skip


def hidden(ws: Workspace) -> list[Signal]:
    """List every signal that was dismissed or opened and still comes out, newest first."""
    with ws.read() as connection:
        weeks = [week_of(key) for key in _marks(connection)]
    if not weeks:
        return []
    return [one for one in history(ws, min(weeks), max(weeks)) if one.mark is not None]


def dismiss(ws: Workspace, key: str, reason: str, today: date) -> None:
    """Show a signal no more, and keep why.

    Raises:
        DomainError: no reason is given.
    """
    reason = reason.strip()
    if not reason:
        raise DomainError(N_("Say in a word why it is hidden."), field="reason")
    with ws.operation(N_("Hide a signal: {reason}"), reason=reason) as operation:
        row = operation.session.scalar(select(SignalMark).where(SignalMark.key == key))
        if row is None:
            row = SignalMark(key=key, state=DISMISSED, marked_on=today)
            operation.session.add(row)
        row.state, row.marked_on, row.reason = DISMISSED, today, reason


def restore(ws: Workspace, key: str) -> None:
    """Show a signal again."""
    with ws.operation(N_("Show a signal again")) as operation:
        row = operation.session.scalar(select(SignalMark).where(SignalMark.key == key))
        if row is not None:
            operation.session.delete(row)


def open_investigation(ws: Workspace, signal: Signal, today: date) -> int:
    """Open an investigation of a signal, and return its id."""
    question = N_("What helped? {signal}") if signal.good else N_("Why? {signal}")
    return investigations.start(
        ws,
        NewInvestigation(
            question=_(question, signal=signal.title), metric=signal.metric.code,
            first=signal.first, last=signal.last, opened=today,
            members=() if signal.member_id is None else (signal.member_id,),
            kind="success" if signal.good else "problem", source="signal", source_key=signal.key,
            notes="\n".join((signal.judged, *signal.also)),
        ),
    )  # fmt: skip


__all__ = [
    "Look",
    "Mark",
    "Signal",
    "dismiss",
    "hidden",
    "history",
    "last_week",
    "look",
    "open_investigation",
    "restore",
    "signals",
    "waiting",
    "week_of",
]
