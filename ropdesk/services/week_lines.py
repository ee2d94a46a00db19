"""The rows of the week's action plan as values: actions, and what they are called by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.week import State, checked_time, monday
from ropdesk.services import metrics, team
from ropdesk.store.plain import rows


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring action, by the day its weekday names."""

    series_id: int
    day: date


Ref = int | Occurrence
"""What an action is called by: its row's id, or a recurring one's time that has no row yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAction:
    """An action to be added.

    Attributes:
        week: any day of the week it belongs to.
        day: None leaves it to be put on the grid later.
        start: minutes after midnight; None for any time of the day.
        member_id: who does it; None is the sales head.
        metric: code of the metric it is for, or empty.
        expected: the change expected over the week after it, in the metric's stored parts.
    """

    title: str
    week: date
    day: date | None = None
    start: int | None = None
    minutes: int = 30
    member_id: int | None = None
    metric: str = ""
    expected: int | None = None
    investigation_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action of a week.

    Attributes:
        ref: what it is called by in every change.
        owner: the member's name; empty for the sales head.
        week, origin_week: Mondays of the week it stands in and of the one it was first planned for.
        state: planned, done or dropped.
        result: what came of it, or why it was dropped.
        carried: how often it was put off to a later week.
        series_id, series_day: of a recurring action.
    """

    ref: Ref
    title: str
    week: date
    origin_week: date
    day: date | None
    start: int | None
    minutes: int
    member_id: int | None
    owner: str
    metric: str
    expected: int | None
    state: State
    done_on: date | None
    result: str
    carried: int
    note: str
    investigation_id: int | None
    series_id: int | None
    series_day: date | None

    @property
    def recurring(self) -> bool:
        """Whether it is one time of a recurring action."""
        return self.series_id is not None


FIELDS = (
    "id", "title", "week", "origin_week", "day", "start", "minutes", "member_id", "metric",
    "expected", "state", "done_on", "result", "carried", "note", "investigation_id", "series_id",
    "series_day",
)  # fmt: skip


def read_lines(
    connection: Connection, names: dict[int, str], where: str, values: Sequence[object] = ()
) -> list[ActionLine]:
    """Read the rows that a condition chooses, in the order of time; removed times included."""
    found = rows(
        connection,
        f"SELECT {', '.join(FIELDS)} FROM planned_action WHERE {where} "
        "ORDER BY week, day IS NULL, day, start IS NULL, start, id",
        values,
    )
    return [_line(dict(zip(FIELDS, row, strict=True)), names) for row in found]


def _line(row: dict[str, Any], names: dict[int, str]) -> ActionLine:
    return ActionLine(
        ref=row["id"],
        title=row["title"],
        week=date.fromisoformat(row["week"]),
        origin_week=date.fromisoformat(row["origin_week"]),
        day=_day(row["day"]),
        start=row["start"],
        minutes=row["minutes"],
        member_id=row["member_id"],
        owner=names.get(row["member_id"], ""),
        metric=row["metric"],
        expected=row["expected"],
        state=State(row["state"]),
        done_on=_day(row["done_on"]),
        result=row["result"],
        carried=row["carried"],
        note=row["note"],
        investigation_id=row["investigation_id"],
        series_id=row["series_id"],
        series_day=_day(row["series_day"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def member_names(connection: Connection) -> dict[int, str]:
    """Return the members' names by id."""
    return {m.id: m.name for m in team.load(connection).members.values()}


def checked(connection: Connection, actions: Iterable[NewAction]) -> list[NewAction]:
    """Bring new actions to the form in which they are stored.

    Raises:
        DomainError: no title, a time no day has, a day of another week, an unknown metric or
            member.
    """
    known, people = metrics.load(connection), team.load(connection).members
    made = []
    for action in actions:
        if not action.title.strip():
            raise DomainError(
                N_("The action has no name. Write what is to be done."), field="title"
            )
        checked_time(action.start, action.minutes)
        if action.day is not None and monday(action.day) != monday(action.week):
            raise DomainError(N_("The day is not of this week. Choose another day."), field="day")
        if action.metric:
            known[action.metric]
        if action.member_id is not None and action.member_id not in people:
            raise DomainError(N_("This member is gone. Open the team again."), field="member_id")
        made.append(action)
    return made
