"""«What if»: what a change of inquiries, conversion or check does to the month's end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
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
    in_time,
    relative,
)
from ropdesk.domain.levers_closing import Lever, lever, ranked
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.money import half_up
from ropdesk.i18n import _
from ropdesk.services import levers_read, week
from ropdesk.services.board import PlanState, month_end
from ropdesk.services.forecast import Seer
from ropdesk.services.levers_read import FLOWS, SCENARIOS, Subject
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace

__all__ = [
    "DEPARTMENT", "SCENARIOS", "Chance", "Changes", "Levers", "Outcome", "Standing", "Subject",
    "closers", "levers", "make_actions", "new_actions", "set_value", "what_if",
]  # fmt: skip

Changes = Mapping[tuple[int, Factor], Fraction]
"""New values by member's id (`DEPARTMENT` for all) and factor, in the metric's stored parts."""

ENOUGH_OF_A_WEEK = 2  # working days that must be left for actions to begin this week


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


def levers(ws: Workspace, month: date, as_of: date) -> Levers:
    """Read what the levers of a month stand on.

    Args:
        month: first day of the month.
        as_of: the last day whose facts are counted.
    """
    last = month_end(month)
    begun = month <= as_of
    with ws.read() as connection:
        read = levers_read.read(connection, month, min(as_of, last))
    standing, subjects = Standing.NOT_BEGUN, []
    left = read.days_left if begun else ()
    if begun and not left:
        standing = Standing.FINISHED
    elif begun:
        subjects = levers_read.subjects(read, Seer(ws, month, FLOWS).look(ws, as_of))
        standing = Standing.OPEN if subjects else Standing.UNKNOWN
    return Levers(
        month=month,
        last=last,
        as_of=read.as_of,
        standing=standing,
        plan=read.plan,
        metrics=read.metrics,
        days_left=left,
        subjects=tuple(subjects),
        share=in_time(read.cycles, levers_read.waits(read)) if begun else None,
        cycle=levers_read.mean_cycle(read.cycles),
        cycle_deals=sum(read.cycles.values()),
    )


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


def closers(found: Levers, scenario: str, who: int | None = None) -> list[Lever]:
    """List every single change that would close the gap to a scenario's plan, the easiest first.

    Args:
        who: one subject only.

    Returns:
        Nothing where there is no plan, or the forecast reaches it already.
    """
    department = found.department
    target = department.targets.get(scenario)
    if target is None or target <= department.course.end:
        return []
    gap = target - department.course.end
    return ranked(
        [
            lever(
                one.id, one.rest, factor, gap, one.part, found.share, one.best.get(factor),
                found.obstacle(one.id, factor),
            )
            for one in found.subjects
            if one.offered and who in {None, one.id}
            for factor in Factor
        ]
    )  # fmt: skip


def first_week(found: Levers) -> date:
    """Return the Monday of the week for actions: this one, or the next when it is nearly over."""
    monday = found.as_of - timedelta(days=found.as_of.weekday())
    sunday = monday + timedelta(days=6)
    rest = [day for day in found.days_left if day <= sunday]
    beyond = len(rest) < len(found.days_left)
    return monday + timedelta(days=7) if len(rest) < ENOUGH_OF_A_WEEK and beyond else monday


def new_actions(found: Levers, changes: Changes) -> list[NewAction]:
    """Say changes as actions of the week, each with its owner, metric and expected effect."""
    effects = what_if(found, changes).effects
    made = []
    for one in found.subjects:
        own = {factor: changes[one.id, factor] for factor in Factor if (one.id, factor) in changes}
        for factor, value in own.items():
            base = one.rest.value(factor)
            if base is None:
                continue
            made.append(
                NewAction(
                    title=_title(one, factor, base, value),
                    week=first_week(found),
                    member_id=one.id or None,
                    metric=factor.value,
                    expected=_expected(found, factor, value - base),
                    note=_note(found, effects[one.id], len(own)),
                )
            )
    return made


def make_actions(ws: Workspace, found: Levers, changes: Changes) -> list[int]:
    """Turn changes into actions of the week, in one operation.

    Returns:
        Ids of the actions.

    Raises:
        DomainError: nothing has been changed.
    """
    actions = new_actions(found, changes)
    if not actions:
        raise DomainError(N_("Nothing is changed yet. Move a lever first."))
    return week.add(ws, actions)


_TITLES = {
    Factor.INQUIRIES: N_("{name}: bring inquiries of the rest of the month from {old} to {new}"),
    Factor.CONVERSION: N_("{name}: bring conversion from {old} to {new}"),
    Factor.CHECK: N_("{name}: bring the average check from {old} to {new}"),
}


def _title(one: Subject, factor: Factor, old: Fraction, new: Fraction) -> str:
    name = one.name or _("Department")
    return _(_TITLES[factor], name=name, old=said(factor, old), new=said(factor, new))


def said(factor: Factor, value: Fraction) -> str:
    """Write a factor's value in words for a title: «12,0 %», «31 400 ₽», «96»."""
    if factor is Factor.CONVERSION:
        return i18n.percent(value / 10_000, 1)
    if factor is Factor.CHECK:
        return i18n.money(half_up(value), 0)
    return i18n.integer(half_up(value))


def _expected(found: Levers, factor: Factor, change: Fraction) -> int:
    """Say what a week after should show: a ratio's whole change, of inquiries a week's part."""
    if factor is not Factor.INQUIRIES:
        return half_up(change)
    left = len(found.days_left)
    return half_up(change * min(5, left) / left)


def _note(found: Levers, effect: int, together: int) -> str:
    amount = i18n.metric_value(effect, "money", 100, sign=True)
    month = i18n.month_name(found.month)
    if together > 1:
        return _(
            "All levers of the same owner together, {month}: {amount}", month=month, amount=amount
        )
    return _("Expected effect on receipts, {month}: {amount}", month=month, amount=amount)
