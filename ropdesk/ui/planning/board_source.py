"""What the board asks the services for, and what of it is kept between two changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.money import half_up
from ropdesk.domain.months import month_end
from ropdesk.services import board as boards
from ropdesk.services.board import Board, Figures, MemberLine, Value
from ropdesk.services.board_live import LiveBoard
from ropdesk.services.forecast import Outlook, Seer
from ropdesk.store.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from ropdesk.domain.calendar import WorkCalendar

SCENARIOS = {
    "minimum": N_("minimum"),
    "standard": N_("standard"),
    "maximum": N_("maximum"),
}
SATURDAY = 5
Spark = tuple[int | None, ...]
SeerKey = tuple[date, tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: a month as of a day, one metric chosen, a period."""

    month: date
    as_of: date
    metric: str = ""
    by: str = "month"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario's department plan by metric, and the chosen metric's running up by day."""

    key: str
    plans: Mapping[str, Value]
    running: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier month at the same working day, department only."""

    month: date
    until: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent view of a month.

    Attributes:
        chosen: the metric of the chart, the sparklines and the plan columns.
        fact: the chosen metric running up, by day, as far as facts go.
        sparks: the chosen metric by day and member.
        outlook: forecasts of the department; `people` of everybody, for the chosen metric. None
            until the past has been learnt.
        has_data: whether there is anything at all to plan with or to show.
    """

    board: Board
    chosen: Metric
    days: tuple[date, ...]
    working: frozenset[date]
    fact: tuple[int, ...]
    scenarios: Mapping[str, Scenario]
    sparks: Mapping[int, Spark]
    outlook: Outlook | None
    people: Outlook | None
    past: tuple[Past, ...]
    has_data: bool


class BoardSource:
    """Reads snapshots; keeps plans, past months and what was learnt until told to forget."""

    def __init__(self, workspace: Workspace) -> None:
        self._ws = workspace
        self._seers: dict[SeerKey, Seer] = {}
        self._scenarios: dict[tuple[date, str], dict[str, Scenario]] = {}
        self._past: dict[tuple[date, date, tuple[str, ...]], tuple[Past, ...]] = {}
        self._live: LiveBoard | None = None
        self._ratios: dict[tuple[date, date, str, int], tuple[Value, Spark]] = {}
        self._age = 0

    @property
    def age(self) -> int:
        """Grows whenever the past is forgotten: what was learnt before is of no use then."""
        return self._age

    def hear(self, changed: Mapping[str, Collection[int]]) -> None:
        """Take the news of a commit: row ids by table, none of them meaning many."""
        if self._live is not None:
            self._live.hear(changed)

    def forget_plans(self) -> None:
        """Plans have changed."""
        self._scenarios.clear()

    def forget_past(self) -> None:
        """Facts of any day, the team or the calendar may have changed."""
        self._age += 1
        self._seers.clear()
        self._past.clear()
        self._ratios.clear()

    # -- learning the past, in a worker

    def unlearnt(self, snapshot: Snapshot) -> tuple[SeerKey, ...]:
        """Say which forecasts wait for the past to be learnt."""
        return tuple(k for k in _seer_keys(snapshot.board, snapshot.chosen) if k not in self._seers)

    def learner(self, keys: Sequence[SeerKey]) -> Callable[[], dict[SeerKey, Seer]]:
        """Return the job that learns; it touches nothing but the workspace's reader."""
        workspace, wanted = self._ws, tuple(keys)

        def learn() -> dict[SeerKey, Seer]:
            return {key: Seer(workspace, key[0], key[1], members=key[2]) for key in wanted}

        return learn

    def keep(self, learnt: Mapping[SeerKey, Seer], age: int) -> bool:
        """Keep what a learner has learnt, unless it has been overtaken."""
        if age != self._age:
            return False
        self._seers.update(learnt)
        return True

    # -- reading

    def read(self, asked: Asked, *, forecasts: bool = True) -> Snapshot:
        """Answer everything the board shows, from one view of the data."""
        with self._ws.read() as connection:
            live = self._live_of(asked)
            board = live.read(connection)
            if asked.by != "month":
                board = boards.read(connection, asked.month, asked.as_of, by=asked.by)
            code = asked.metric if asked.metric in board.codes else board.codes[0]
            chosen = board.metrics[code]
            days = _span(board.month, board.last)
            fact, sparks = self._by_day(connection, live, board, chosen, days)
            snapshot = Snapshot(
                board, chosen, days,
                frozenset(live.calendar.working_days(board.month, board.last)),
                fact, self._scenarios_of(connection, board, chosen, days), sparks,
                None, None, self._past_of(connection, board, live.calendar),
                bool(board.members or live.has_team),
            )  # fmt: skip
            return self._foresee(connection, snapshot) if forecasts else snapshot

    def _live_of(self, asked: Asked) -> LiveBoard:
        live = self._live
        if live is None or (live.month, live.as_of) != (asked.month, asked.as_of):
            live = self._live = LiveBoard(self._ws, asked.month, asked.as_of)
        return live

    def foresee(self, snapshot: Snapshot) -> Snapshot:
        """Add the forecasts to a snapshot read without them."""
        with self._ws.read() as connection:
            return self._foresee(connection, snapshot)

    def _foresee(self, connection: "Connection", snapshot: Snapshot) -> Snapshot:
        board = snapshot.board
        if board.as_of < board.month:
            return snapshot
        found = [
            seer.read(connection, board.as_of) if (seer := self._seers.get(key)) else None
            for key in _seer_keys(board, snapshot.chosen)
        ]
        return replace(snapshot, outlook=found[0], people=found[1])

    def _scenarios_of(
        self, connection: "Connection", board: Board, chosen: Metric, days: Sequence[date]
    ) -> Mapping[str, Scenario]:
        key = board.month, chosen.code
        if key not in self._scenarios:
            self._scenarios[key] = {
                name: _scenario(connection, board, chosen, days, name) for name in SCENARIOS
            }
        return self._scenarios[key]

    def _by_day(
        self,
        connection: "Connection",
        live: LiveBoard,
        board: Board,
        chosen: Metric,
        days: Sequence[date],
    ) -> tuple[tuple[int, ...], dict[int, Spark]]:
        """Return the chosen metric running up, and everybody's sparkline."""
        passed = [day for day in days if day <= board.as_of]
        if not passed or board.department[chosen.code].fact is None:
            return (), {}
        if chosen.kind is Kind.FLOW:
            return _flow(live, board, chosen.code, passed)
        fact = _running_fact(connection, board, chosen, passed)
        if chosen.kind is Kind.STOCK:
            return fact, {}
        ratios = {0: _ratio_spark(connection, board, chosen, passed, None)}
        for line in board.members:
            ratios[line.member.id] = self._ratio_of(connection, board, chosen, passed, line)
        return fact, ratios

    def _ratio_of(
        self,
        connection: "Connection",
        board: Board,
        chosen: Metric,
        passed: Sequence[date],
        line: MemberLine,
    ) -> Spark:
        key = board.month, board.as_of, chosen.code, line.member.id
        fact = line.figures[chosen.code].fact
        kept = self._ratios.get(key)
        if kept is None or kept[0] != fact:
            kept = fact, _ratio_spark(connection, board, chosen, passed, line.member.id)
            self._ratios[key] = kept
        return kept[1]

    def _past_of(
        self, connection: "Connection", board: Board, worked: "WorkCalendar"
    ) -> tuple[Past, ...]:
        key = board.month, board.as_of, board.codes
        if key not in self._past:
            self._past[key] = tuple(
                _past(connection, board, worked, month)
                for month in (_earlier(board.month, 1), _earlier(board.month, 12))
            )
        return self._past[key]


def _seer_keys(board: Board, chosen: Metric) -> tuple[SeerKey, SeerKey]:
    return (board.month, board.codes, False), (board.month, (chosen.code,), True)


def _span(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def _earlier(month: date, count: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, index + 1, 1)


def _past(connection: "Connection", board: Board, worked: "WorkCalendar", month: date) -> Past:
    """Take the other month as far as this one has gone, counted in working days."""
    last = month_end(month)
    until = last
    if board.as_of < board.last:
        working = worked.working_days(month, last)
        passed = min(board.days_passed, len(working))
        until = working[passed - 1] if passed else month - timedelta(days=1)
    other = boards.read(connection, month, until, codes=board.codes)
    return Past(month, until, other.department)


def _scenario(
    connection: "Connection", board: Board, chosen: Metric, days: Sequence[date], name: str
) -> Scenario:
    """Read a scenario's plan; as of the day before the month no facts are read along."""
    before = board.month - timedelta(days=1)
    whole = boards.read(connection, board.month, before, codes=board.codes, scenario=name)
    plans = {code: figure.plan for code, figure in whole.department.items()}
    plan = plans.get(chosen.code)
    if plan is None:
        return Scenario(name, plans, ())
    if chosen.kind is not Kind.FLOW:
        return Scenario(name, plans, tuple([half_up(_fraction(plan))] * len(days)))
    daily = boards.read(
        connection, board.month, before, codes=(chosen.code,), by="day", scenario=name
    )
    by_day = {period.start: period.department[chosen.code].plan or 0 for period in daily.periods}
    running = accumulate(half_up(_fraction(by_day.get(day, 0))) for day in days)
    return Scenario(name, plans, tuple(running))


def _running_fact(
    connection: "Connection", board: Board, chosen: Metric, passed: Sequence[date]
) -> tuple[int, ...]:
    """Return a stock's levels by day, or a ratio as sum ÷ sum so far."""
    if chosen.kind is Kind.STOCK:
        return tuple(
            sum(value for _, value in boards.levels(connection, chosen.code, day)) for day in passed
        )
    running = []
    for code in boards.flows_of(board.metrics, [chosen.code]):
        by_day = boards.daily(connection, code, board.month, board.as_of)
        running.append(tuple(accumulate(by_day.get(day, 0) for day in passed)))
    # A ratio of a flow to itself has one part only: the first is the last.
    found = (
        boards.share(chosen, board.metrics, top, bottom)
        for top, bottom in zip(running[0], running[-1], strict=True)
    )
    return tuple(half_up(value) if value is not None else 0 for value in found)


def _flow(
    live: LiveBoard, board: Board, code: str, passed: Sequence[date]
) -> tuple[tuple[int, ...], dict[int, Spark]]:
    """Return a flow running up and by member; the department's days are the sum of theirs."""
    texts = [day.isoformat() for day in passed]
    by_member = {line.member.id: live.days(code, line.member.id) for line in board.members}
    total = dict.fromkeys(texts, 0)
    for row in by_member.values():
        for day, value in row.items():
            total[day] += value
    shown = [
        text
        for text, day in zip(texts, passed, strict=True)
        if total[text] or day.weekday() < SATURDAY
    ]
    sparks: dict[int, Spark] = {
        member: tuple([row.get(day, 0) for day in shown]) for member, row in by_member.items()
    }
    sparks[0] = tuple([total[day] for day in shown])
    return tuple(accumulate(total.values())), sparks


def _ratio_spark(
    connection: "Connection",
    board: Board,
    chosen: Metric,
    passed: Sequence[date],
    member: int | None,
) -> Spark:
    codes = boards.flows_of(board.metrics, [chosen.code])
    parts = [boards.daily(connection, code, board.month, board.as_of, member) for code in codes]
    ratios = (
        boards.share(chosen, board.metrics, parts[0].get(day, 0), parts[-1].get(day, 0))
        for day in passed
    )
    return tuple(half_up(value) if value is not None else None for value in ratios)


def _fraction(value: Value) -> Fraction:
    return Fraction(value or 0)
