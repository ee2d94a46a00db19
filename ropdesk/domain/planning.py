"""From a month's goal down: the funnel, members' shares, days; and what is left to do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from statistics import median

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.money import half_up
from ropdesk.domain.split import Weight, split_with_locked
from ropdesk.domain.team import FULL_SHARE, Member, ramp_share

HISTORY_MONTHS = 6
POINTS = 10_000  # basis points in a whole
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Funnel:
    """A plan as a funnel; None is unknown.

    Attributes:
        receipts, average_check: kopecks.
        conversion: deals per inquiry, basis points.
        calls_per_inquiry: hundredths of a call.
    """

    receipts: int | None = None
    average_check: int | None = None
    deals: int | None = None
    conversion: int | None = None
    inquiries: int | None = None
    calls_per_inquiry: int | None = None
    calls: int | None = None


class Method(StrEnum):
    """How a department's plan is shared between members."""

    HISTORY = "history"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class PastMonth:
    """What a member brought in a month, in how many days present, at which ramp share (bp)."""

    value: int
    days: int
    ramp: int = FULL_SHARE


def _up(top: int | None, by: int, bottom: int | None) -> int | None:
    """Multiply, divide and round up; unknown when a part is, or when the divisor is zero."""
    return -(-top * by // bottom) if top is not None and bottom else None


def decompose(
    receipts: int | None,
    average_check: int | None,
    conversion: int | None,
    calls_per_inquiry: int | None,
) -> Funnel:
    """Work a goal back to deals, inquiries and calls, each the least whole number that suffices.

    deals = receipts ÷ check; inquiries = deals ÷ conversion; calls = inquiries × calls per
    inquiry. What an unknown or zero driver hides is unknown (None).

    Raises:
        DomainError: a value below zero.
    """
    start = Funnel(
        receipts, average_check, conversion=conversion, calls_per_inquiry=calls_per_inquiry
    )
    return _down(_checked(start))


def _checked(funnel: Funnel) -> Funnel:
    for name in Funnel.__slots__:
        value = getattr(funnel, name)
        if value is not None and value < 0:
            raise DomainError(N_("A plan cannot be below zero. Enter zero or more."), field=name)
    return funnel


def _down(funnel: Funnel) -> Funnel:
    """Recompute what lies below the receipts; what has an unknown driver stays as it was."""
    deals = _up(funnel.receipts, 1, funnel.average_check)
    deals = funnel.deals if deals is None else deals
    inquiries = _up(deals, POINTS, funnel.conversion)
    inquiries = funnel.inquiries if inquiries is None else inquiries
    return _with_calls(replace(funnel, deals=deals, inquiries=inquiries))


def _with_calls(funnel: Funnel) -> Funnel:
    if not funnel.calls_per_inquiry:
        return funnel
    return replace(funnel, calls=_up(funnel.inquiries, funnel.calls_per_inquiry, HUNDREDTHS))


def change(funnel: Funnel, field: str, value: int | None) -> Funnel:
    """Change one value and let the rest follow; the changed value itself always stays.

    - A driver (receipts, average_check, conversion, calls_per_inquiry): everything below follows,
      as in `decompose`.
    - A result (deals, inquiries, calls): what lies above becomes the most that this result can
      bring, receipts included; what lies below follows. The ratios stay. (To keep the goal and
      let a ratio give way instead, change the ratio: see `conversion_for`.)

    Afterwards receipts ≤ deals × check, deals ≤ inquiries × conversion and
    inquiries × calls per inquiry ≤ calls, each with less to spare than one more deal or inquiry
    takes. An unknown driver stops the chain, and values beyond it stay.

    Raises:
        DomainError: an unknown field or a value below zero.
    """
    if field not in Funnel.__slots__:
        raise DomainError(
            N_("There is no «{field}» in the funnel. Choose one of: {known}."),
            field=field,
            known=", ".join(Funnel.__slots__),
        )
    changed = _checked(replace(funnel, **{field: value}))
    if field == "deals":
        return _down(_with_receipts(changed))
    if field == "inquiries" and value is not None:
        return _with_deals(_with_calls(changed))
    if field == "calls" and value is not None:
        if not changed.calls_per_inquiry:
            return changed
        inquiries = value * HUNDREDTHS // changed.calls_per_inquiry
        return _with_deals(replace(changed, inquiries=inquiries))
    return _down(changed)


def _with_receipts(funnel: Funnel) -> Funnel:
    if funnel.deals is None or not funnel.average_check:
        return funnel
    return replace(funnel, receipts=funnel.deals * funnel.average_check)


def _with_deals(funnel: Funnel) -> Funnel:
    if funnel.inquiries is None or not funnel.conversion:
        return funnel
    deals = funnel.inquiries * funnel.conversion // POINTS
    return _with_receipts(replace(funnel, deals=deals))


def conversion_for(deals: int | None, inquiries: int | None) -> int | None:
    """Say which conversion (bp, rounded up) makes these inquiries enough for these deals."""
    return _up(deals, POINTS, inquiries)


def shortage(needed: int | None, promised: int | None) -> int | None:
    """Say how many of the needed inquiries nobody has promised; None when either is unknown."""
    return None if needed is None or promised is None else max(0, needed - promised)


def _paces(history: Mapping[int, Sequence[PastMonth]]) -> dict[int, Fraction]:
    """Count what each member brings per day at full ramp, over the last months that they worked."""
    paces = {}
    for member_id, months in history.items():
        worked = [month for month in months if month.days and month.ramp][-HISTORY_MONTHS:]
        if worked:
            days = sum(month.days * month.ramp for month in worked)
            paces[member_id] = max(
                Fraction(0), Fraction(sum(month.value for month in worked) * FULL_SHARE, days)
            )
    return paces


def member_weights(
    members: Iterable[Member],
    month: date,
    present: Mapping[int, Collection[date]],
    history: Mapping[int, Sequence[PastMonth]],
    method: Method = Method.HISTORY,
) -> dict[int, Weight]:
    """Weigh members for sharing a month's plan: pace × ramp share × days present.

    By history the pace is what a member brought per day over the last six months that they worked,
    brought to full ramp; a newcomer has the department's median pace. Equally, it is one for all,
    as it is when nobody has brought anything yet.

    Args:
        members: who shares the plan, in the order of ties.
        month: any day of the planned month.
        present: the working days of that month on which each member is present.
        history: earlier months, oldest first.
        method: by history or equally.
    """
    team = list(members)
    known = {member.id for member in team}
    paces: dict[int, Fraction] = {}
    if method is Method.HISTORY:
        paces = _paces({key: months for key, months in history.items() if key in known})
    if not any(paces.values()):
        paces = {}
    common = Fraction(median(paces.values())) if paces else Fraction(1)
    return {
        member.id: paces.get(member.id, common)
        * ramp_share(member, month)
        * len(present.get(member.id, ()))
        for member in team
    }


def weekday_weights(
    history: Mapping[int, Sequence[int]], min_weeks: int = 8
) -> dict[int, Fraction]:
    """Weigh weekdays (0 is Monday) by what they have brought, in hundredths; 1 is a plain day.

    A weekday's raw weight, its mean over the mean of all, is drawn to 1 by the share of its
    spread that chance alone explains (positive-part empirical Bayes: between-weekday variance ÷
    (that + the weekday's error variance)). Noise thus gives plain ones, a lasting pattern stays.
    A weekday with under `min_weeks` values, or nothing to compare it with, weighs 1.
    """
    known = {day: values for day, values in history.items() if len(values) >= max(2, min_weeks)}
    means = {day: Fraction(sum(values), len(values)) for day, values in known.items()}
    level = sum(means.values(), Fraction(0)) / max(1, len(means))
    weights = dict.fromkeys(range(7), Fraction(1))
    if len(known) < 2 or level <= 0:
        return weights
    squares = sum((value - means[day]) ** 2 for day, values in known.items() for value in values)
    chance = Fraction(squares) / (sum(map(len, known.values())) - len(known))
    errors = {day: chance / len(values) for day, values in known.items()}
    spread_of = sum(((mean - level) ** 2 for mean in means.values()), Fraction(0))
    lasting = spread_of / (len(known) - 1) - sum(errors.values(), Fraction(0)) / len(known)
    if lasting <= 0:
        return weights
    for day, mean in means.items():
        weight = 1 + lasting / (lasting + errors[day]) * (mean / level - 1)
        weights[day] = max(Fraction(0), Fraction(half_up(weight * HUNDREDTHS), HUNDREDTHS))
    return weights


def day_weights(
    working: Iterable[date],
    present: Collection[date],
    weekdays: Mapping[int, Weight] | None = None,
) -> dict[date, Weight]:
    """Weigh the working days of a month for one member: their weekday's weight, 0 when away.

    A member who is away all month and has a plan all the same carries it over every working day.
    """
    by_weekday = weekdays or {}
    return {
        day: by_weekday.get(day.weekday(), 1) if day in present or not present else 0
        for day in working
    }


def spread(
    total: int,
    weights: Mapping[date, Weight],
    pinned: Mapping[date, int] | None = None,
    *,
    scale: int = 1,
) -> dict[date, int]:
    """Spread a member's month over its days, exactly; days pinned by hand keep their value.

    Raises:
        DomainError: pinned days exceed the month, or leave a rest that no day can take.
    """
    days = split_with_locked(total, weights, pinned or {}, scale=scale)
    return dict(sorted(days.items()))


def department_days(plans: Iterable[Mapping[date, int]]) -> dict[date, int]:
    """Add up the days of the members' plans."""
    days: dict[date, int] = {}
    for plan in plans:
        for day, value in plan.items():
            days[day] = days.get(day, 0) + value
    return dict(sorted(days.items()))


def plan_to_date(days: Mapping[date, int], as_of: date) -> int:
    """Add up the plan of the days up to and including a day."""
    return sum(value for day, value in days.items() if day <= as_of)


def required_pace(plan: int, fact: int, days_left: int) -> int | None:
    """Say what each remaining working day must bring, rounded up.

    Zero when the plan is reached; None when it is not and no day is left.
    """
    if fact >= plan:
        return 0
    return _up(plan - fact, 1, days_left)
