"""Why receipts differ from the plan or from another month: the split, by member and by week."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from ropdesk.domain import factors as rules
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.factors import Factor, Flows, Split
from ropdesk.domain.months import month_end
from ropdesk.i18n import _
from ropdesk.services import board as boards
from ropdesk.services import calendar as calendars
from ropdesk.services.board import Board, Figures
from ropdesk.services.board_rows import PlanState
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

PLAN, MONTH = "plan", "month"
CODES = ("inquiries", "deals_won", "receipts", "calls")
FIELDS = dict(zip(("inquiries", "deals", "receipts", "calls"), CODES, strict=True))
NEEDED = ("inquiries", "deals", "receipts")
DEPARTMENT = 0
UNKNOWN = Flows(None, None, None)

K = TypeVar("K", bound=Hashable)
Pair = tuple[Flows, Flows]
"""Base and fact."""


@dataclass(frozen=True, slots=True)
class FactorLine:
    """One subject: what it is measured by, what came, and the deviation split.

    Attributes:
        name: a member's name ready to show; empty for the department and for weeks.
        first, last: days of the fact.
        left: the day a member left the department, if that was before the month's end.
    """

    name: str
    first: date
    last: date
    base: Flows
    fact: Flows
    split: Split
    member: int | None = None
    left: date | None = None


Part = tuple[FactorLine, Pair, Flows]
"""A line not yet split, its base and fact, and its plan of the month."""


@dataclass(frozen=True, slots=True)
class FactorReport:
    """A deviation of receipts taken apart.

    Attributes:
        as_of: the last day counted.
        against: ``plan`` or ``month``.
        other, other_as_of: the month compared with and its last day counted; None for the plan.
        whole: measured by the whole month, not up to the same working day.
        by: ``member`` or ``week``: what the lines are, and between what inquiries can move.
        lines: they add up to the department, ``rest`` included.
        rest: what the members' plans leave of the department's; None where they make it.
    """

    month: date
    as_of: date
    against: str
    other: date | None
    other_as_of: date | None
    whole: bool
    by: str
    plan: PlanState
    department: FactorLine
    lines: tuple[FactorLine, ...]
    rest: Split | None = None

    @property
    def known(self) -> bool:
        """Whether there is a deviation at all."""
        return self.department.split.deviation is not None

    @property
    def largest(self) -> Factor | None:
        """The factor that weighs most in the department, None where nothing deviates."""
        ranked = self.department.split.ranked
        return ranked[0] if ranked else None

    def most(self, factor: Factor) -> FactorLine | None:
        """Return the line that gives most to a factor's effect, in the same direction."""
        effect = self.department.split.effect(factor)
        sign = 1 if effect > 0 else -1
        found = [line for line in self.lines if line.split.effect(factor) * sign > 0]
        return max(found, key=lambda line: abs(line.split.effect(factor)), default=None)


def factors(
    ws: Workspace,
    month: date,
    as_of: date,
    *,
    against: str | date = PLAN,
    whole: bool = False,
    by: str = "member",
) -> FactorReport:
    """Split the deviation of a month's receipts over inquiries, conversion and average check.

    Args:
        month: first day of the month.
        as_of: count up to this day.
        against: ``plan``, or the first day of the month to compare with.
        whole: measure by the whole plan or the whole other month; otherwise by what of it falls
            on as many working days as have passed.
        by: ``member`` or ``week``.
    """
    with ws.read() as connection:
        return read(connection, month, as_of, against=against, whole=whole, by=by)


def read(
    connection: Connection,
    month: date,
    as_of: date,
    *,
    against: str | date = PLAN,
    whole: bool = False,
    by: str = "member",
) -> FactorReport:
    """Answer `factors` within a connection."""
    shown = boards.read(connection, month, as_of, codes=CODES)
    other = None
    if isinstance(against, date):
        until = month_end(against)
        if not whole:
            until = same_day(calendars.load(connection), month, shown.as_of, against)
        other = boards.read(connection, against, until, codes=CODES)
    pair = _pair(shown.department, other.department if other else None, whole=whole)
    if by == "week":
        names = _weeks(connection, shown, other, whole=whole)
    else:
        names = _members(shown, other, whole=whole)
    lent = None if other else _flows(shown.department, "plan")
    lends = [line_lent if lent else None for _line, _pair, line_lent in names]
    made, parts, rest = split(pair, [line_pair for _line, line_pair, _lent in names], lent, lends)
    span = shown.month, shown.as_of
    return FactorReport(
        month, shown.as_of, MONTH if other else PLAN,
        other.month if other else None, other.as_of if other else None, whole, by, shown.plan,
        FactorLine("", *span, *pair, made, DEPARTMENT),
        tuple(
            replace(line, base=base, fact=fact, split=part)
            for (line, _old, _lent), ((base, fact), part) in zip(names, parts, strict=True)
        ),
        rest,
    )  # fmt: skip


def split(
    whole: Pair,
    pairs: Sequence[Pair],
    lent: Flows | None = None,
    lends: Sequence[Flows | None] = (),
) -> tuple[Split, list[tuple[Pair, Split]], Split | None]:
    """Split a whole by its parts, or by itself where they do not make it.

    Args:
        lent, lends: plans of the whole month, of the whole and of each part.

    Returns:
        the whole's split; the parts' numbers as they were split, with their splits; and what the
        parts leave of the whole, None where they make it.
    """
    if not all(_makes(whole[side], [p[side] for p in pairs], "calls") for side in (0, 1)):
        whole = replace(whole[0], calls=None), replace(whole[1], calls=None)
        pairs = [(replace(a, calls=None), replace(b, calls=None)) for a, b in pairs]
    complete = pairs and all(
        _makes(whole[side], [p[side] for p in pairs], name) for side in (0, 1) for name in NEEDED
    )
    if complete:
        pairs = [(_filled(a, whole[0]), _filled(b, whole[1])) for a, b in pairs]
        found = rules.split(dict(enumerate(pairs)), dict(enumerate(lends)))
        parts = [(pair, found.parts[n]) for n, pair in enumerate(pairs)]
        return found.whole, parts, None
    made = rules.alone(*whole, lent)
    lenders = lends or [None] * len(pairs)
    alone = [(pair, rules.alone(*pair, own)) for pair, own in zip(pairs, lenders, strict=True)]
    if made.deviation is None:
        return made, alone, None
    return made, alone, rules.rest(made, [part for _pair, part in alone])


def same_day(days: WorkCalendar, month: date, as_of: date, other: date) -> date:
    """Find the day of another month at which as much of it was worked as of this one.

    Days off after the last working day counted are days off there too, as many as there are. Of
    a finished month that is the other's last day.
    """
    last = month_end(other)
    if as_of >= month_end(month):
        return last
    worked = days.working_days(other, last)
    here = days.working_days(month, as_of)
    since = here[-1] if here else month - timedelta(days=1)
    idle = as_of - since
    start = other - timedelta(days=1)
    if here:
        start = worked[min(len(here), len(worked)) - 1] if worked else last
    following = next((day for day in worked if day > start), last + timedelta(days=1))
    return min(start + idle, following - timedelta(days=1))


def _makes(whole: Flows, parts: Iterable[Flows], name: str) -> bool:
    """Say whether parts add up to the whole; nobody's number counts as nothing."""
    value = getattr(whole, name)
    known = [number for part in parts if (number := getattr(part, name)) is not None]
    return sum(known) == value if value is not None else not known


def _filled(part: Flows, whole: Flows) -> Flows:
    """Let a part without a number have none of the whole's: nothing was planned for it."""
    return Flows(
        *(
            0 if getattr(part, name) is None and getattr(whole, name) is not None
            else getattr(part, name)
            for name in FIELDS
        )
    )  # fmt: skip


def _pair(shown: Figures | None, other: Figures | None, *, whole: bool) -> Pair:
    fact = _flows(shown, "fact")
    if other is not None:
        return _flows(other, "fact"), fact
    return _flows(shown, "plan" if whole else "plan_to_date"), fact


def _flows(figures: Figures | None, part: str) -> Flows:
    if figures is None:
        return UNKNOWN
    return Flows(*(getattr(figures[code], part) for code in CODES))


def _members(shown: Board, other: Board | None, *, whole: bool) -> list[Part]:
    """List everybody of either month: who came and who left are compared with nothing."""
    here = {line.member.id: line for line in shown.members}
    there = {line.member.id: line for line in other.members} if other else {}
    people = {**there, **here}
    nobody = shown.nobody
    order = sorted(people, key=lambda i: (i == nobody, people[i].member.name.casefold()))
    found = []
    for key in order:
        member = people[key].member
        now = here[key].figures if key in here else None
        if other is None:
            pair = _pair(now, None, whole=whole)
        else:
            pair = _flows(there[key].figures if key in there else None, "fact"), _flows(now, "fact")
        left = member.left if member.left is not None and member.left <= shown.last else None
        name = _(member.name) if key == nobody else member.name
        line = FactorLine(
            name, shown.month, shown.as_of, UNKNOWN, UNKNOWN, Split(), member.id, left
        )
        found.append((line, pair, _flows(now, "plan")))
    return found


def _weeks(connection: Connection, shown: Board, other: Board | None, *, whole: bool) -> list[Part]:
    """Cut the month into weeks; another month is cut after as many working days."""
    ended = shown.last if whole else shown.as_of
    spans = boards.spans(shown.month, ended, "week")
    facts = _cut(_days(connection, shown.month, shown.as_of), [last for _first, last in spans])
    if other is None:
        planned = {
            name: boards.planned_days(connection, shown.plan.id, code, shown.scenario)
            for name, code in FIELDS.items()
        }
        base = _cut(planned, [last for _first, last in spans], ended)
    else:
        days = calendars.load(connection)
        ends = [same_day(days, shown.month, last, other.month) for _first, last in spans]
        ends[-1:] = [other.as_of] if ends else []
        base = _cut(_days(connection, other.month, other.as_of), ends)
    planned_all = _flows(shown.department, "plan")
    return [
        (FactorLine("", *span, UNKNOWN, UNKNOWN, Split()), (base[n], facts[n]), planned_all)
        for n, span in enumerate(spans)
    ]


def _days(connection: Connection, first: date, last: date) -> dict[str, dict[date, int]]:
    """Read the department's numbers by day."""
    found: dict[str, dict[date, int]] = {name: {} for name in FIELDS}
    names = {code: name for name, code in FIELDS.items()}
    for code, day, value in rows(
        connection,
        "SELECT metric, day, sum(value) FROM daily_value WHERE day BETWEEN ? AND ? "
        "GROUP BY metric, day",
        (first.isoformat(), last.isoformat()),
    ):
        if code in names:
            found[names[code]][date.fromisoformat(day)] = value
    return found


def _cut(
    numbers: Mapping[str, Mapping[date, int]], ends: Sequence[date], until: date | None = None
) -> list[Flows]:
    """Add numbers up to each end; without a single number of a kind that one is unknown."""
    sums: dict[str, list[int | None]] = {}
    for name, by_day in numbers.items():
        totals = [0] * len(ends)
        for day, value in by_day.items():
            place = next((n for n, end in enumerate(ends) if day <= end), None)
            if place is not None and (until is None or day <= until):
                totals[place] += value
        sums[name] = list(totals) if by_day else [None] * len(ends)
    return [Flows(*(sums[name][n] for name in FIELDS)) for n in range(len(ends))]
