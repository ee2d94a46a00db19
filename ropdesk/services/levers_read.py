"""What the levers of a month stand on: facts, forecasts, the past, the plan, the time to close."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.levers import DEPARTMENT, Course, Factor, Rest, mean_rest, rest_of
from ropdesk.domain.levers_closing import Best, PastMonth, best_month, usual
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.split import largest_remainder
from ropdesk.services import calendar, metrics, team
from ropdesk.services.board import PlanState, month_end, plan_state
from ropdesk.services.forecast import Outlook, working_days
from ropdesk.store.plain import rows

RECEIPTS, DEALS, INQUIRIES = FLOWS = ("receipts", "deals_won", "inquiries")
SCENARIOS = ("minimum", "standard", "maximum")
PAST_MONTHS = 12
BEGINNING = 3  # working days within which a whole month's numbers have begun
RECENT = 3  # months whose mean stands in for a forecast, and whose ratios are the usual ones

Sums = Mapping[tuple[str, int], int]
"""By a flow's code and a member's id, the department under `DEPARTMENT`."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The department or a member: where the month is heading, and what of it can be changed.

    Attributes:
        id: a member's id; `DEPARTMENT` is the department.
        course: its receipts, by its own forecast, as the board shows it.
        rest: what is still to come, by factors.
        part: what of the department's rest is this member's, kopecks; the parts sum to it.
        offered: whether it can be chosen (what has no owner cannot).
        away: nobody is there until the month's end.
        guessed: flows without a forecast, taken from the mean of recent months.
        targets: plan of receipts by scenario, kopecks; absent where there is none.
        best: the best of the last twelve months, by factor.
    """

    id: int
    name: str
    course: Course
    rest: Rest
    part: int
    offered: bool
    away: bool
    guessed: tuple[str, ...]
    targets: Mapping[str, int]
    best: Mapping[Factor, Best]


@dataclass(slots=True)
class Read:
    """What one reading of the workspace found."""

    month: date
    last: date
    as_of: date
    metrics: Metrics
    days: WorkCalendar
    people: team.Team
    plan: PlanState
    facts: Sums
    past: Mapping[date, Sums]
    targets: Mapping[int, Mapping[str, int]]
    cycles: Mapping[int, int]
    begun: date | None
    _worked: dict[tuple[int, date], tuple[bool, ...]] = field(default_factory=dict)

    @property
    def whole_months(self) -> list[date]:
        """List the past months with numbers from their beginning on; all if there are no such."""
        known = sorted(self.past)
        whole = [
            month
            for month in known
            if self.begun is not None and self.begun <= self._third_working_day(month)
        ]
        return whole or known

    def _third_working_day(self, month: date) -> date:
        worked = self.days.working_days(month, month_end(month))[:BEGINNING]
        return max(worked, default=month)

    @property
    def days_left(self) -> tuple[date, ...]:
        """The working days still to come."""
        return self.days.working_days(self.as_of + timedelta(days=1), self.last)

    def worked(self, member: int, month: date) -> tuple[bool, ...]:
        """Say for each day of a month whether it is worked, by a member or the department."""
        key = member, month
        if key not in self._worked:
            who = self.people.members.get(member)
            self._worked[key] = working_days(self.days, self.people, who, month)
        return self._worked[key]

    def left_of(self, member: int) -> int:
        """Count a member's (the department's) working days still to come."""
        return sum(self.worked(member, self.month)[(self.as_of - self.month).days + 1 :])

    def months_of(self, member: int) -> list[PastMonth]:
        """List the past months in which the subject had any numbers, oldest first."""
        found = []
        for month, sums in sorted(self.past.items()):
            receipts, deals, inquiries = (sums.get((code, member), 0) for code in FLOWS)
            if receipts or deals or inquiries:
                worked = sum(self.worked(member, month))
                found.append(PastMonth(month, inquiries, deals, receipts, worked))
        return found

    def this_month(self, member: int) -> PastMonth:
        """Return the running month so far."""
        receipts, deals, inquiries = (self.facts.get((code, member), 0) for code in FLOWS)
        return PastMonth(self.month, inquiries, deals, receipts, 0)


def read(connection: Connection, month: date, as_of: date) -> Read:
    """Read a month as of a day within it."""
    plan = plan_state(connection, month)
    return Read(
        month=month,
        last=month_end(month),
        as_of=as_of,
        metrics=metrics.load(connection),
        days=calendar.load(connection),
        people=team.load(connection),
        plan=plan,
        facts=_by_month(connection, month, as_of).get(month, {}),
        past=_by_month(connection, _back(month, PAST_MONTHS), month - timedelta(days=1)),
        targets=_targets(connection, plan.id),
        cycles=_cycles(connection, _back(month, PAST_MONTHS), as_of),
        begun=_begun(connection),
    )


def _back(month: date, count: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, index + 1, 1)


def _by_month(
    connection: Connection, first: date, last: date
) -> dict[date, dict[tuple[str, int], int]]:
    found: dict[date, dict[tuple[str, int], int]] = {}
    # A plus keeps SQLite to the index of days: by metric it would walk all their history.
    for text, member, code, value in rows(
        connection,
        "SELECT substr(day, 1, 7), member_id, metric, sum(value) FROM daily_value "
        "WHERE day BETWEEN ? AND ? AND +metric IN (?, ?, ?) GROUP BY 1, 2, 3",
        (first.isoformat(), last.isoformat(), *FLOWS),
    ):
        sums = found.setdefault(date.fromisoformat(f"{text}-01"), {})
        sums[code, member] = value
        sums[code, DEPARTMENT] = sums.get((code, DEPARTMENT), 0) + value
    return found


def _begun(connection: Connection) -> date | None:
    """Return the first day with any numbers."""
    ((day,),) = rows(connection, "SELECT min(day) FROM daily_value")
    return None if day is None else date.fromisoformat(day)


def _targets(connection: Connection, plan_id: int | None) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for member, scenario, value in rows(
        connection,
        "SELECT coalesce(member_id, 0), scenario, value FROM plan_value "
        "WHERE plan_id = ? AND metric = ?",
        (plan_id, RECEIPTS),
    ):
        found.setdefault(member, {})[scenario] = value
    return found


def _cycles(connection: Connection, first: date, last: date) -> dict[int, int]:
    """Count won deals by the days from creation to closing."""
    return dict(
        rows(
            connection,
            "SELECT CAST(julianday(closed) - julianday(created) AS INTEGER), count(*) FROM deal "
            "WHERE status = 'won' AND closed BETWEEN ? AND ? AND created <= closed GROUP BY 1",
            (first.isoformat(), last.isoformat()),
        )
    )  # fmt: skip


def subjects(read: Read, outlook: Outlook) -> list[Subject]:
    """Put together the department, then the members by name; empty without any forecast."""
    department = _course(read, outlook, DEPARTMENT)
    if department is None:
        return []
    members = _members(read)
    courses = {m: _course(read, outlook, m) or Course(0, 0) for m in members}
    parts = _shared(department.rest, [courses[m].rest for m in members], read, members)
    own = dict(zip(members, parts, strict=True))
    found = [_subject(read, outlook, DEPARTMENT, department, department.rest)]
    found += [_subject(read, outlook, m, courses[m], own[m]) for m in members]
    return found


def _members(read: Read) -> list[int]:
    """List who may bring something: who is here, and who has numbers in the month."""
    here = {member.id for member in read.people.active(read.month, read.last)}
    here |= {member for _code, member in read.facts if member}
    known = [read.people.members[m] for m in here if m in read.people.members]
    return [m.id for m in sorted(known, key=lambda m: (m.name.casefold(), m.id))]


def _shared(total: int, rests: Sequence[int], read: Read, members: Sequence[int]) -> list[int]:
    """Share the department's rest by the members' own rests, else by their facts."""
    if not members:
        return []
    weights = [max(0, rest) for rest in rests]
    if not any(weights):
        weights = [max(0, read.facts.get((RECEIPTS, m), 0)) for m in members]
    return largest_remainder(total, weights)


def _subject(read: Read, outlook: Outlook, who: int, course: Course, part: int) -> Subject:
    months = read.months_of(who)
    check, conversion = usual([*months[-RECENT:], read.this_month(who)])
    deals, inquiries = (_rest(read, outlook, code, who) for code in (DEALS, INQUIRIES))
    left = read.left_of(who)
    best = {factor: best_month(months, factor, left) for factor in Factor}
    member = read.people.members.get(who)
    gone = member is not None and member.left is not None and member.left <= read.as_of
    return Subject(
        id=who,
        name=member.name if member else "",
        course=course,
        rest=rest_of(course.rest, deals, inquiries, check, conversion),
        part=part,
        offered=who == DEPARTMENT or (who != read.people.nobody and not gone),
        away=_absent(read, who),
        guessed=_guessed(read, outlook, who),
        targets=read.targets.get(who, {}),
        best={factor: found for factor, found in best.items() if found is not None},
    )


def _absent(read: Read, who: int) -> bool:
    from ropdesk.domain.team import present_days

    member = read.people.members.get(who)
    if member is None or who == read.people.nobody:
        return False
    return not present_days(member, read.people.absences, read.days_left)


def _course(read: Read, outlook: Outlook, who: int) -> Course | None:
    """Say where receipts are heading; None where neither a forecast nor a past says anything."""
    fact = read.facts.get((RECEIPTS, who), 0)
    found = outlook.of(RECEIPTS, who)
    if found is not None:
        return Course(found.fact, found.p50 - found.fact, found)
    guess = _mean(read, RECEIPTS, who)
    return None if guess is None else Course(fact, round(guess))


def _rest(read: Read, outlook: Outlook, code: str, who: int) -> Fraction | None:
    found = outlook.of(code, who)
    if found is not None:
        return Fraction(max(0, found.p50 - found.fact))
    return _mean(read, code, who)


def _mean(read: Read, code: str, who: int) -> Fraction | None:
    recent = read.whole_months[-RECENT:]
    values = [read.past[month].get((code, who), 0) for month in recent]
    if not any(values):
        return None
    total = sum(read.worked(who, read.month))
    return mean_rest(values, read.left_of(who), total)


def _guessed(read: Read, outlook: Outlook, who: int) -> tuple[str, ...]:
    return tuple(
        code
        for code in FLOWS
        if outlook.of(code, who) is None and _mean(read, code, who) is not None
    )


def waits(read: Read) -> list[int]:
    """Count for each working day to come the calendar days from it to the month's end."""
    return [(read.last - day).days for day in read.days_left]


def mean_cycle(cycles: Mapping[int, int]) -> Fraction | None:
    """Return the mean days from creation to closing; None without won deals."""
    deals = sum(cycles.values())
    return Fraction(_days(cycles.items()), deals) if deals else None


def _days(cycles: Iterable[tuple[int, int]]) -> int:
    return sum(days * count for days, count in cycles)
