"""«What if»: what a change of inquiries, conversion or check does to the month's end."""

from datetime import date, timedelta
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.levers import DEPARTMENT, Factor, in_time
from ropdesk.domain.money import half_up
from ropdesk.i18n import _
from ropdesk.services import levers_read, week
from ropdesk.services.board import month_end
from ropdesk.services.forecast import Seer
from ropdesk.services.levers_read import FLOWS, SCENARIOS, Subject
from ropdesk.services.levers_what_if import (
    Chance,
    Changes,
    Levers,
    Outcome,
    Standing,
    best_closes,
    closers,
    set_value,
    towards_best,
    what_if,
)
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace

__all__ = [
    "DEPARTMENT", "SCENARIOS", "Chance", "Changes", "Levers", "Outcome", "Standing", "Subject",
    "best_closes", "closers", "first_week", "levers", "make_actions", "new_actions", "set_value",
    "towards_best", "what_if",
]  # fmt: skip

ENOUGH_OF_A_WEEK = 2  # working days that must be left for actions to begin this week


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
