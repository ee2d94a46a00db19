"""The duties of a sales head: which are theirs, what is done in its period, what is due."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from ropdesk.domain import duties as rules
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.duties import STARTING_SET, Rhythm, State
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import add_months
from ropdesk.i18n import _
from ropdesk.services import calendar
from ropdesk.services.duties_auto import seen
from ropdesk.store.models import Duty, DutyMark, Member
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

Where = tuple[str, Mapping[str, Any]]
"""What `Context.navigate` is asked for: a page's name and where on it to go."""

HAND, AUTO = "hand", "auto"
OWN = "own_"  # how codes of one's own duties begin
PAST = 12  # months back in which streaks are looked for
_BUILT_IN = {duty.code: duty for duty in STARTING_SET}
_PLACES = {duty.code: number for number, duty in enumerate(STARTING_SET)}
_RHYTHMS = {rhythm: number for number, rhythm in enumerate(Rhythm)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty, as it stands today.

    Attributes:
        title: in the language of the window, or as the sales head wrote it.
        rhythm: day (working days), week or month.
        state: mine, delegated or irrelevant.
        delegate: to whom it is delegated: the member's name or the words written.
        start: the usual time, minutes after midnight.
        done: whether it is done in the current period.
        how: ``hand``, ``auto`` (the program saw it) or empty while it is not done.
        done_on: the day it was marked by hand.
        auto: what the program recognises it by, in words; empty where only a hand marks it.
        streak: periods in a row, counted back from now; an open current period does not break it.
        where: the page to do it on; None for one's own.
        own: added by the sales head.
    """

    code: str
    title: str
    rhythm: Rhythm
    state: State
    member_id: int | None
    delegate: str
    start: int | None
    done: bool
    how: str
    done_on: date | None
    auto: str
    streak: int
    where: Where | None = field(compare=False)
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """A duty as it stands, before what was done is looked at."""

    code: str
    title: str
    rhythm: Rhythm
    state: State
    member_id: int | None
    delegate: str
    start: int | None
    place: int


def duties(connection: Connection, today: date) -> list[DutyLine]:
    """List all duties: daily, weekly, monthly, each by its time and place; irrelevant ones too."""
    work = calendar.load(connection)
    floor = add_months(today, -PAST)
    marks: dict[str, dict[date, date]] = defaultdict(dict)
    for code, period, done_on in rows(
        connection,
        "SELECT code, period, done_on FROM duty_mark WHERE period >= ?",
        (floor.isoformat(),),
    ):
        marks[code][date.fromisoformat(period)] = date.fromisoformat(done_on)
    auto = seen(connection, floor, today)
    kept = sorted(_kept(connection), key=_order)
    return [_line(duty, marks[duty.code], auto[duty.code], today, work, floor) for duty in kept]


def due(connection: Connection, today: date) -> list[DutyLine]:
    """List what is the sales head's own today: mine; daily ones only on a working day."""
    working = calendar.load(connection).is_working(today)
    return [
        line
        for line in duties(connection, today)
        if line.state is State.MINE and (working or line.rhythm is not Rhythm.DAY)
    ]


def _kept(connection: Connection) -> list[_Kept]:
    found = {
        duty.code: _Kept(
            duty.code, _(duty.title), duty.rhythm, State.MINE, None, "", duty.start,
            _PLACES[duty.code],
        )
        for duty in STARTING_SET
    }  # fmt: skip
    for code, rhythm, title, state, member_id, words, start, place, name in rows(
        connection,
        "SELECT d.code, d.rhythm, d.title, d.state, d.member_id, d.delegate, d.start, d.position, "
        "m.name FROM duty d LEFT JOIN member m ON m.id = d.member_id",
    ):
        built_in = _BUILT_IN.get(code)
        found[code] = _Kept(
            code, title if built_in is None else _(built_in.title), Rhythm(rhythm), State(state),
            member_id, name or words, start, place if built_in is None else _PLACES[code],
        )  # fmt: skip
    return list(found.values())


def _order(duty: _Kept) -> tuple[int, int, str]:
    return _RHYTHMS[duty.rhythm], duty.place, duty.title.casefold()


def _line(
    duty: _Kept, marks: Mapping[date, date], auto: set[date], today: date,
    work: WorkCalendar, floor: date,
) -> DutyLine:  # fmt: skip
    now = rules.period(duty.rhythm, today)
    built_in = _BUILT_IN.get(duty.code)
    how = AUTO if now in auto else HAND if now in marks else ""
    return DutyLine(
        code=duty.code, title=duty.title, rhythm=duty.rhythm, state=duty.state,
        member_id=duty.member_id, delegate=duty.delegate, start=duty.start, done=bool(how), how=how,
        done_on=marks.get(now),
        auto=_(built_in.auto) if built_in is not None and built_in.auto else "",
        streak=rules.streak(duty.rhythm, auto | marks.keys(), today, work, floor),
        where=None if built_in is None else (built_in.page, _where(built_in, today)),
        own=built_in is None,
    )  # fmt: skip


def _where(duty: rules.Duty, today: date) -> dict[str, Any]:
    """Return where a duty's page is opened: on the day, week or month that the duty is about."""
    more: dict[str, Any] = {}
    if duty.code in {"month_plan", "agreement"}:
        more["month"] = add_months(today, 1)
    elif duty.page == "planning":
        more["month"] = today.replace(day=1)
    if duty.code == "director_month":
        more["day"] = add_months(today, -1)
    elif duty.code in {"director_week", "statistics", "week_plan"}:
        more["day"] = today
    return {**duty.where, **more}


# -- changes


def mark(ws: Workspace, code: str, today: date, note: str = "") -> None:
    """Mark a duty as done in the period of today.

    Raises:
        DomainError: an unknown duty.
    """
    with ws.operation(N_("Duty done: «{title}»"), title="") as operation:
        title, rhythm = _named(operation, code)
        operation.fields["title"] = title
        period = rules.period(rhythm, today)
        if _mark_of(operation, code, period) is None:
            operation.session.add(DutyMark(code=code, period=period, done_on=today, note=note))


def unmark(ws: Workspace, code: str, today: date) -> None:
    """Take the mark of the current period away; what the program saw itself stays done."""
    with ws.operation(N_("Duty not done: «{title}»"), title="") as operation:
        title, rhythm = _named(operation, code)
        operation.fields["title"] = title
        row = _mark_of(operation, code, rules.period(rhythm, today))
        if row is not None:
            operation.session.delete(row)


def set_state(
    ws: Workspace, code: str, state: State, member_id: int | None = None, delegate: str = ""
) -> None:
    """Say whether a duty is one's own, delegated, or not relevant.

    Raises:
        DomainError: delegated to nobody, an unknown duty or member.
    """
    with _changing(ws, code, N_("Whose the duty is: «{title}»")) as (operation, row):
        member, words = rules.delegate(state, member_id, delegate)
        if member is not None and operation.session.get(Member, member) is None:
            raise DomainError(N_("This member is gone. Open the team again."), field="delegate")
        row.state, row.member_id, row.delegate = state.value, member, words


def set_start(ws: Workspace, code: str, start: int | None) -> None:
    """Set the usual time of a duty, minutes after midnight; None is any time.

    Raises:
        DomainError: no such time, an unknown duty.
    """
    with _changing(ws, code, N_("The usual time of the duty «{title}»")) as (_operation, row):
        row.start = rules.start(start)


def add_own(ws: Workspace, title: str, rhythm: Rhythm, start: int | None = None) -> str:
    """Add a duty of one's own and return its code.

    Raises:
        DomainError: no title, or a time no day has.
    """
    words = rules.title(title)
    with ws.operation(N_("New duty «{title}»"), title=words) as operation:
        used = operation.session.scalars(select(Duty.code).where(Duty.code.startswith(OWN)))
        number = max((int(code.removeprefix(OWN)) for code in used), default=0) + 1
        row = Duty(
            code=f"{OWN}{number}", rhythm=rhythm.value, title=words, start=rules.start(start),
            position=len(STARTING_SET) + number,
        )  # fmt: skip
        operation.session.add(row)
        return row.code


def change_own(
    ws: Workspace, code: str, title: str, rhythm: Rhythm, start: int | None = None
) -> None:
    """Change a duty of one's own; its marks stay.

    Raises:
        DomainError: as `add_own`, or it is not one's own.
    """
    with _changing(ws, code, N_("Change the duty «{title}»")) as (_operation, row):
        _refuse_built_in(code)
        row.title, row.rhythm, row.start = rules.title(title), rhythm.value, rules.start(start)


def remove_own(ws: Workspace, code: str) -> None:
    """Delete a duty of one's own with its marks.

    Raises:
        DomainError: it is not one's own: a built-in one is marked as not relevant.
    """
    with _changing(ws, code, N_("Delete the duty «{title}»")) as (operation, row):
        _refuse_built_in(code)
        operation.session.execute(delete(DutyMark).where(DutyMark.code == code))
        operation.session.delete(row)


# -- inside


def _refuse_built_in(code: str) -> None:
    if code in _BUILT_IN:
        raise DomainError(N_("This duty is of the starting set. Mark it as not relevant instead."))


def _row(operation: Operation, code: str) -> Duty | None:
    return operation.session.scalar(select(Duty).where(Duty.code == code))


def _named(operation: Operation, code: str) -> tuple[str, Rhythm]:
    if code in _BUILT_IN:
        return _(_BUILT_IN[code].title), _BUILT_IN[code].rhythm
    row = _row(operation, code)
    if row is None:
        raise DomainError(N_("This duty is gone. Open the list again."))
    return row.title, Rhythm(row.rhythm)


@contextmanager
def _changing(ws: Workspace, code: str, label: str) -> Iterator[tuple[Operation, Duty]]:
    with ws.operation(label, title="") as operation:
        operation.fields["title"], rhythm = _named(operation, code)
        row = _row(operation, code)
        if row is None:
            built_in = _BUILT_IN[code]
            row = Duty(code=code, rhythm=rhythm.value, start=built_in.start)
            operation.session.add(row)
        yield operation, row


def _mark_of(operation: Operation, code: str, period: date) -> DutyMark | None:
    return operation.session.scalar(
        select(DutyMark).where(DutyMark.code == code, DutyMark.period == period)
    )
