"""Reckoning of levers: what changes come to, without asking the workspace again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ropdesk.domain.levers import (
    DEPARTMENT,
    ONE,
    UNCHANGED,
    Change,
    End,
    Factor,
    Obstacle,
    Relative,
    Total,
    add_up,
    check_change,
    relative,
)
from ropdesk.domain.levers_closing import Lever, lever, ranked
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.money import half_up
from ropdesk.services.board import PlanState
from ropdesk.services.levers_read import SCENARIOS, Subject

Changes = Mapping[tuple[int, Factor], Fraction]
"""New values by member's id (`DEPARTMENT` for all) and factor, in the metric's stored parts."""


class Standing(StrEnum):
    """Whether the levers of a month can be moved."""

    OPEN = "open"
    FINISHED = "finished"
    NOT_BEGUN = "not_begun"
    UNKNOWN = "unknown"  # neither a forecast nor a past month


@dataclass(frozen=True, slots=True)
class Levers:
    """All that a month's levers stand on; changes are reckoned from it without asking again.

    Attributes:
        days_left: working days still to come.
        subjects: the department first, then the members by name.
        share: of inquiries that come from now on, how many close within the month; None unknown.
        cycle: mean days from an inquiry to its payment; None without won deals.
        cycle_deals: won deals that tell it.
    """

    month: date
    last: date
    as_of: date
    standing: Standing
    plan: PlanState
    metrics: Metrics
    days_left: tuple[date, ...]
    subjects: tuple[Subject, ...]
    share: Fraction | None
    cycle: Fraction | None
    cycle_deals: int

    @property
    def department(self) -> Subject:
        """The department; only where the month is open."""
        return self.subjects[0]

    def subject(self, who: int) -> Subject:
        """Return a member, or the department; the department for who is not here."""
        return next((one for one in self.subjects if one.id == who), self.subjects[0])

    def obstacle(self, who: int, factor: Factor) -> Obstacle | None:
        """Say why a lever cannot be moved; None when it can."""
        subject = self.subject(who)
        return Obstacle.AWAY if subject.away else subject.rest.obstacle(factor)


@dataclass(frozen=True, slots=True)
class Chance:
    """A scenario's plan of receipts, and how probable it is before and after the changes.

    Attributes:
        target: the plan, kopecks; None where there is none.
        before, after: probabilities; None without an interval or a plan.
        gap: what is missing to the plan after the changes, kopecks; negative is a surplus.
    """

    scenario: str
    target: int | None
    before: Fraction | None
    after: Fraction | None
    gap: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What changes do to the month's end of one subject.

    Attributes:
        fact: receipts so far, kopecks.
        before, after: the month's end without and with the changes.
        effects: what each change adds to the department's end, by subject; their sum is the whole.
        later: what added inquiries bring after the month, kopecks.
    """

    subject: int
    fact: int
    before: End
    after: End
    chances: tuple[Chance, ...]
    effects: Mapping[int, int]
    later: int


def what_if(found: Levers, changes: Changes, subject: int = DEPARTMENT) -> Outcome:
    """Reckon what changes come to, without asking the workspace.

    Args:
        changes: of any subjects; the department's come over those of its members.
        subject: whose month's end is asked for.
    """
    relatives = _relatives(found, changes)
    total = _total(found, relatives)
    who = found.subject(subject)
    if who.id == DEPARTMENT:
        k = total.rest / who.course.rest if who.course.rest else ONE
        later = total.later
    else:
        own = relatives.get(who.id, UNCHANGED).on_top(relatives.get(DEPARTMENT, UNCHANGED))
        k = own.now(found.share)
        later = half_up(who.course.rest * own.later(found.share))
    after = who.course.times(k)
    return Outcome(
        subject=who.id,
        fact=who.course.fact,
        before=who.course.times(ONE),
        after=after,
        chances=tuple(_chance(who, scenario, k, after) for scenario in SCENARIOS),
        effects=total.effects,
        later=later,
    )


def _chance(who: Subject, scenario: str, k: Fraction, after: End) -> Chance:
    target = who.targets.get(scenario)
    if target is None:
        return Chance(scenario, None, None, None, None)
    before = who.course.chance(target)
    return Chance(scenario, target, before, who.course.chance(target, k), target - after.p50)


def _relatives(found: Levers, changes: Changes) -> dict[int, Relative]:
    by_subject: dict[int, dict[Factor, Fraction]] = {}
    for (who, factor), value in changes.items():
        by_subject.setdefault(who, {})[factor] = value
    known: dict[int, Change] = {
        one.id: by_subject[one.id] for one in found.subjects if one.id in by_subject
    }
    return {who: relative(found.subject(who).rest, change) for who, change in known.items()}


def _total(found: Levers, relatives: Mapping[int, Relative]) -> Total:
    parts = {one.id: one.part for one in found.subjects if one.id != DEPARTMENT}
    # A workspace without members has its numbers nowhere, but a share may be all the department's.
    parts = parts or {-1: found.department.part}
    return add_up(parts, relatives, found.share)


def set_value(
    found: Levers, changes: Changes, who: int, factor: Factor, value: Fraction
) -> Changes:
    """Return the changes with one more; a value equal to the base takes the change away.

    Raises:
        DomainError: this lever cannot be moved, or not to this value.
    """
    subject = found.subject(who)
    kept = {key: old for key, old in changes.items() if key != (who, factor)}
    check_change(subject.rest, factor, value)
    return kept if value == subject.rest.value(factor) else {**kept, (who, factor): value}


def towards_best(found: Levers, changes: Changes, who: int, way: Fraction) -> Changes:
    """Return the changes with each lever of a subject brought towards its best month.

    Levers that stand above their best month, or cannot be moved, go back to the forecast.

    Args:
        way: the part of the way, 1 for all of it.
    """
    subject = found.subject(who)
    made = {key: value for key, value in changes.items() if key[0] != who}
    for factor, best in subject.best.items():
        base = subject.rest.value(factor)
        if found.obstacle(who, factor) is None and base is not None and best.value > base:
            made[who, factor] = base + (best.value - base) * way
    return made


def best_closes(found: Levers, scenario: str) -> Fraction | None:
    """Say which share of the gap to a plan all the department's best months together would close.

    Returns:
        At most 1; None where there is no gap.
    """
    department = found.department
    target = department.targets.get(scenario)
    if target is None or target <= department.course.end:
        return None
    outcome = what_if(found, towards_best(found, {}, DEPARTMENT, ONE))
    gained = outcome.after.p50 - outcome.before.p50
    return min(ONE, Fraction(gained, target - department.course.end))


def closers(found: Levers, scenario: str, who: int | None = None) -> list[Lever]:
    """List every single change that would close the gap to a scenario's plan, the easiest first.

    Args:
        who: the gap of one subject to its own plan, by its own levers; otherwise the
            department's, by everybody's.

    Returns:
        Nothing where there is no plan, or the forecast reaches it already.
    """
    whose = found.subject(DEPARTMENT if who is None else who)
    target = whose.targets.get(scenario)
    if target is None or target <= whose.course.end:
        return []
    gap = target - whose.course.end
    parts = (
        {one.id: one.part for one in found.subjects}
        if who is None
        else {whose.id: whose.course.rest}
    )
    return ranked(
        [
            lever(
                one.id, one.rest, factor, gap, parts[one.id], found.share, one.best.get(factor),
                found.obstacle(one.id, factor),
            )
            for one in found.subjects
            if one.offered and one.id in parts
            for factor in Factor
        ]
    )  # fmt: skip
