"""The board of a month kept between changes: a changed fact is read alone, the rest stays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import month_end
from ropdesk.services import calendar as calendars
from ropdesk.services import metrics as catalogues
from ropdesk.services import settings, team
from ropdesk.services.board import (
    STANDARD,
    Board,
    BoardSums,
    Figures,
    MemberLine,
    figures_of,
    listed,
)
from ropdesk.services.board_rows import known, levels, plan_state
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

FACTS = "daily_value"
BASIS = frozenset({"plan", "plan_value", "plan_day", "calendar_day", "setting", "own_metric",
                   "member", "member_alias", "ramp_up", "absence"})  # fmt: skip
MANY = 400  # changed rows from which on everything is read again

Place = tuple[int, str, str]
"""A member's id, a metric's code, an ISO day."""
Key = tuple[str, int]
"""A metric's code and a member's id; 0 stands for the department."""


class LiveBoard:
    """One month as of a day, equal to `board.board` at every reading.

    Tell it of every commit with `hear`; `read` then reads again no more than what has changed.
    Figures and lines that have not changed are the same objects as before.

    Args:
        codes: metrics to show; the chosen ones of the board by default.
    """

    def __init__(
        self,
        ws: Workspace,
        month: date,
        as_of: date,
        *,
        codes: Sequence[str] | None = None,
        scenario: str = STANDARD,
    ) -> None:
        self._ws = ws
        self._asked = tuple(codes) if codes is not None else None
        self._scenario = scenario
        self.month, self.as_of = month, as_of
        self._basis: _Basis | None = None
        self._waiting: set[int] = set()

    def hear(self, changed: Mapping[str, Collection[int]]) -> None:
        """Take the news of a commit: row ids by table, none of them meaning many."""
        ids = changed.get(FACTS, ())
        self._waiting.update(ids)
        many = FACTS in changed and not ids
        if many or len(self._waiting) > MANY or not BASIS.isdisjoint(changed):
            self._basis = None

    def board(self) -> Board:
        """Answer the month as it is now."""
        with self._ws.read() as connection:
            return self.read(connection)

    def read(self, connection: Connection) -> Board:
        """Answer `board` within a connection."""
        if self._basis is not None and self._waiting:
            places = _places(connection, self._waiting)
            if places:
                self._basis.follow(connection, places)
            else:
                self._basis = None
        if self._basis is None:
            self._basis = _Basis(connection, self.month, self.as_of, self._asked, self._scenario)
        self._waiting.clear()
        return self._basis.board

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar that the board read last counts by."""
        return self._read.days

    @property
    def has_team(self) -> bool:
        """Whether there is anybody in the workspace."""
        return bool(self._read.people.members)

    def days(self, code: str, member: int) -> Mapping[str, int]:
        """Return a flow of the board read last by ISO day, as far as the board counts."""
        return self._read.by_day.get((code, member), {})

    @property
    def _read(self) -> "_Basis":
        if self._basis is None:
            raise RuntimeError("read the board first")
        return self._basis


class _Basis:
    """What a board is made of, and the board made of it."""

    def __init__(
        self,
        connection: Connection,
        month: date,
        as_of: date,
        codes: tuple[str, ...] | None,
        scenario: str,
    ) -> None:
        chosen = settings.load(connection)
        self.metrics: Metrics = catalogues.load(connection)
        shown = tuple(code for code in (codes or chosen.board) if code in self.metrics)
        self.people = team.load(connection)
        self.days = calendars.load(connection, chosen)
        last = month_end(month)
        until = max(min(as_of, last), month - timedelta(days=1))
        plan = plan_state(connection, month)
        self._source = BoardSums(
            connection, self.metrics, shown, month, last, until, plan.id, scenario, "day"
        )
        self.by_day: dict[Key, dict[str, int]] = {}
        for member, code, day, value in self._source.cells:
            self.by_day.setdefault((code, member), {})[day] = value
        self._source.cells.clear()
        working = self.days.working_days(month, last)
        self.board = Board(
            month=month, last=last, as_of=until, days_total=len(working),
            days_passed=sum(day <= until for day in working), plan=plan, scenario=scenario,
            metrics=self.metrics, codes=shown, nobody=self.people.nobody,
            department=self._source.figures(0),
            members=self._source.lines(listed(self.people, self._source, month, last)),
        )  # fmt: skip

    def follow(self, connection: Connection, places: Iterable[Place]) -> None:
        """Read these numbers again and make anew the figures that stand on them."""
        source, until = self._source, self.board.as_of.isoformat()
        touched: set[Key] = set()
        codes: set[str] = set()
        for member, code, day in places:
            if code not in {*source.flows, *source.stocks} or day > until:
                continue
            codes.add(code)
            if code in source.flows and day >= self.board.month.isoformat():
                self._read_day(connection, member, code, day)
                touched.add((code, member))
        for code in codes & set(source.stocks):
            touched |= self._read_levels(connection, code)
        self._add_up(touched)
        for code in codes:
            touched |= self._learn_whether_known(connection, code)
        if touched:
            self._figure(touched)

    def _read_day(self, connection: Connection, member: int, code: str, day: str) -> None:
        found = rows(
            connection,
            "SELECT value FROM daily_value WHERE member_id = ? AND metric = ? AND day = ?",
            (member, code, day),
        )
        by_day = self.by_day.setdefault((code, member), {})
        by_day.pop(day, None)
        if found:
            by_day[day] = found[0][0]

    def _read_levels(self, connection: Connection, code: str) -> set[Key]:
        """Take the stock's levels anew; return whose may differ."""
        sums = self._source.facts.values
        before = {key for key in sums if key[0] == code}
        for key in before:
            del sums[key]
        for member, value in levels(connection, code, self.board.as_of):
            self._source.facts.add(code, member, value)
        return before | {key for key in sums if key[0] == code}

    def _add_up(self, touched: Iterable[Key]) -> None:
        """Sum the days of these flows, and the department's of the sums of its members."""
        sums = self._source.facts.values
        flows = {code for code, _member in touched} & set(self._source.flows)
        for code, member in touched:
            if code in flows:
                _put(sums, (code, member), self.by_day.get((code, member), {}).values())
        for code in flows:
            _put(sums, (code, 0), [v for (c, member), v in sums.items() if c == code and member])

    def _learn_whether_known(self, connection: Connection, code: str) -> set[Key]:
        """Note whether a metric's numbers have begun; return whom that touches."""
        source = self._source
        if source.until < source.month:
            return set()
        begun = any(key[0] == code for key in source.facts.values)
        now = begun or known(connection, code, source.until)
        if now == (code in source.known):
            return set()
        source.known ^= {code}
        return {(code, line.member.id) for line in self.board.members}

    def _figure(self, touched: Iterable[Key]) -> None:
        board, by_member = self.board, {0: set[str]()}
        for code, member in touched:
            by_member[0].add(code)
            by_member.setdefault(member, set()).add(code)
        kept = {line.member.id: line for line in board.members}
        lines = []
        for line in listed(self.people, self._source, board.month, board.last):
            before = kept.get(line.member.id)
            if before is None:
                figures: Figures = self._source.figures(line.member.id)
                lines.append(MemberLine(line.member, line.ramp, figures))
            elif line.member.id in by_member:
                figures = self._figures(line.member.id, by_member[line.member.id], before.figures)
                lines.append(MemberLine(line.member, line.ramp, figures))
            else:
                lines.append(before)
        self.board = replace(
            board,
            department=self._figures(0, by_member[0], board.department),
            members=tuple(lines),
        )

    def _figures(self, member: int, codes: set[str], before: Figures) -> Figures:
        """Make a member's figures of these metrics and of their ratios anew."""
        source = self._source
        shown = [code for code in source.codes if codes & _parts(self.metrics[code])]
        fresh = figures_of(
            self.metrics, shown, member, source.facts, source.known, source.plans,
            source.to_date.values,
        )  # fmt: skip
        return {**before, **fresh}


def _parts(metric: Metric) -> set[str]:
    if metric.kind is Kind.RATIO:
        return {metric.numerator or "", metric.denominator or ""}
    return {metric.code}


def _put(sums: dict[Key, int], key: Key, values: Collection[int]) -> None:
    """Keep the sum of values; where there is none, there is no sum either."""
    if values:
        sums[key] = sum(values)
    else:
        sums.pop(key, None)


def _places(connection: Connection, ids: Collection[int]) -> list[Place]:
    """Answer where these rows of daily values stand or stood, by the journal.

    Undo may bring a row back under another id, so the ids themselves are not to be relied upon.
    """
    marks = ", ".join("?" * len(ids))
    logged = f"FROM change WHERE table_name = 'daily_value' AND row_id IN ({marks})"
    return [
        (member, code, day)
        for member, code, day in rows(
            connection,
            "SELECT json_extract(side, '$.member_id'), json_extract(side, '$.metric'), "
            f"json_extract(side, '$.day') FROM (SELECT before AS side {logged} "
            f"UNION ALL SELECT after {logged}) WHERE side IS NOT NULL GROUP BY 1, 2, 3",
            (*ids, *ids),
        )
    ]
