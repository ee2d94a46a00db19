"""What a month's plan is shared by: who works when, and what the past shows."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.months import add_months
from ropdesk.domain.months import month_end as last_day
from ropdesk.domain.planning import Method, PastMonth, member_weights, weekday_weights
from ropdesk.domain.split import Weight
from ropdesk.domain.team import Member, present_days, ramp_share
from ropdesk.services import calendar, metrics, team
from ropdesk.services.planning_sheet import Cell
from ropdesk.store.plain import rows

PAST_MONTHS = 12  # looked through for the last six months that a member worked


class Basis:
    """What a month's plan is shared by: who works when, and what the past shows.

    The past is everything before the month; each metric's is read once.
    """

    def __init__(self, connection: Connection, month: date) -> None:
        self.month = month.replace(day=1)
        self.metrics = metrics.load(connection)
        self.team = team.load(connection)
        self.calendar = calendar.load(connection)
        self.working = self.calendar.working_days(self.month, last_day(self.month))
        self.members = self.team.active(self.month, last_day(self.month))
        self.present = {m.id: self._present(m, self.working) for m in self.members}
        self._connection = connection
        self._span = (add_months(self.month, -PAST_MONTHS).isoformat(), self.month.isoformat())
        ((known,),) = rows(
            connection, "SELECT max(day) FROM daily_value WHERE day < ?", self._span[1:]
        )
        self.known_until = None if known is None else date.fromisoformat(known)
        self._past: dict[str, dict[date, dict[int, int]]] = {}
        self._totals: dict[str, Mapping[date, int]] = {}
        self._weekdays: dict[str, dict[int, Fraction]] = {}
        self._history: dict[str, dict[int, list[PastMonth]]] = {}

    def _present(self, member: Member, days: Collection[date]) -> tuple[date, ...]:
        return present_days(member, self.team.absences, days)

    def present_on(self, member_id: int) -> tuple[date, ...]:
        """List the working days of a member, who may have left before the month."""
        if member_id in self.present:
            return self.present[member_id]
        return self._present(self.team.members[member_id], self.working)

    def read_past(self, codes: Collection[str]) -> None:
        """Read the past of several metrics at once: sums by month and member."""
        wanted = [code for code in dict.fromkeys(codes) if code not in self._past]
        if not wanted:
            return
        for code in wanted:
            self._past[code] = {}
        # Naming the members lets the index go straight to the days of each.
        marks = ", ".join("?" * len(wanted))
        by_month = (
            "SELECT substr(day, 1, 7), metric, member_id, sum(value) FROM daily_value "
            f"WHERE metric IN ({marks}) AND member_id IN (SELECT id FROM member) "
            "AND day >= ? AND day < ? GROUP BY metric, member_id, substr(day, 1, 7)"
        )
        for text, code, member_id, total in rows(
            self._connection, by_month, [*wanted, *self._span]
        ):
            first = date.fromisoformat(f"{text}-01")
            self._past[code].setdefault(first, {})[member_id] = total

    def _by_day(self, code: str) -> Mapping[date, int]:
        """Return the department's sums of earlier days."""
        if code not in self._totals:
            query = (
                "SELECT day, sum(value) FROM daily_value WHERE metric = ? "
                "AND member_id IN (SELECT id FROM member) AND day >= ? AND day < ? "
                "GROUP BY day ORDER BY day"
            )
            found = rows(self._connection, query, [code, *self._span])
            self._totals[code] = {date.fromisoformat(day): total for day, total in found}
        return self._totals[code]

    def past(self, code: str) -> Mapping[date, Mapping[int, int]]:
        """Return the sums of earlier months (a flow's) by month and member, oldest first."""
        self.read_past([code])
        return self._past[code]

    def finished(self, code: str) -> Mapping[date, Mapping[int, int]]:
        """Return the same without the running month.

        A month is running when the workspace's numbers stop before its last three working days.
        """
        return {
            month: values
            for month, values in self.past(code).items()
            if self.known_until is None or not self._running(month, self.known_until)
        }

    def _running(self, month: date, until: date) -> bool:
        closing = self.calendar.working_days(month, last_day(month))[-3:]
        return month <= until < min(closing, default=month)

    def fact(self, code: str, until: date, member_id: int | None = None) -> int:
        """Add up a flow's facts of the month up to and including a day."""
        facts = self.facts(code, until)
        return sum(facts.values()) if member_id is None else facts.get(member_id, 0)

    def facts(self, code: str, until: date) -> Mapping[int, int]:
        """Add up the same for every member who has any."""
        query = (
            "SELECT member_id, sum(value) FROM daily_value "
            "WHERE metric = ? AND member_id IN (SELECT id FROM member) "
            "AND day >= ? AND day <= ? GROUP BY member_id"
        )
        span = [code, self.month.isoformat(), until.isoformat()]
        return dict(rows(self._connection, query, span))

    def history(self, code: str) -> dict[int, list[PastMonth]]:
        """Return each member's earlier months: from being hired, or else from their first value.

        Days after the workspace's last number count for nobody: the running month is not over.
        """
        if code not in self._history:
            self._history[code] = self._read_history(code)
        return self._history[code]

    def _read_history(self, code: str) -> dict[int, list[PastMonth]]:
        past, totals = self.past(code), self._by_day(code)
        if not totals or self.known_until is None:
            return {}
        first, last = min(totals).replace(day=1), self.known_until
        if sum(day >= last.replace(day=1) for day in totals) < 2:
            last = last_day(last)  # numbers by month, whatever day they are dated
        months = [add_months(self.month, n) for n in range(-PAST_MONTHS, 0)]
        days = {
            month: self.calendar.working_days(month, min(last_day(month), last))
            for month in months
            if first <= month <= last
        }
        found: dict[int, list[PastMonth]] = {}
        for member in self.members:
            for month, working in days.items():
                value = past.get(month, {}).get(member.id)
                if value is None and member.hired is None and member.id not in found:
                    continue
                there = len(self._present(member, working))
                found.setdefault(member.id, []).append(
                    PastMonth(value or 0, there, ramp_share(member, month))
                )
        return found

    def weekdays(self, code: str) -> Mapping[int, Fraction]:
        """Return the weights of weekdays, plain where the past shows no pattern."""
        if code not in self._weekdays:
            totals = self._by_day(code)
            by_weekday: dict[int, list[int]] = {}
            for day in self.calendar.working_days(min(totals), max(totals)) if totals else ():
                by_weekday.setdefault(day.weekday(), []).append(totals.get(day, 0))
            self._weekdays[code] = weekday_weights(by_weekday)
        return self._weekdays[code]

    def weights(self, metric: Metric, method: str, cells: Mapping[int, Cell]) -> dict[int, Weight]:
        """Weigh the members for sharing a plan; by hand, by what they have in the plan now."""
        if method == "manual":
            kept = {m.id: cells[m.id].value if m.id in cells else 0 for m in self.members}
            if any(value for key, value in kept.items() if not cells.get(key, Cell(0)).locked):
                return dict(kept)
        by_history = method == Method.HISTORY and metric.kind is Kind.FLOW
        return member_weights(
            self.members,
            self.month,
            self.present,
            self.history(metric.code) if by_history else {},
            Method.HISTORY if by_history else Method.EQUAL,
        )
