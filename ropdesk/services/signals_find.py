"""What the rules of signals see in one week, with the numbers that are shown for it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from ropdesk.domain import signals as rules
from ropdesk.domain.metrics import Direction, Kind, Metric, Metrics, Unit
from ropdesk.domain.signal_stories import DEPARTMENT as WHOLE
from ropdesk.domain.signal_stories import RECORD, Sighting, Whose
from ropdesk.domain.signals import MIN_WEEKS, Week
from ropdesk.services.signals_cohorts import Best, Cohorts, Peak
from ropdesk.services.signals_data import ARRIVING, DEPARTMENT, Weeks, monday_of

MIN_COUNT = 4  # expected of a week: fewer say nothing
MIN_BELOW = 8  # of a ratio's denominator, in the week and on average
MOSTLY = Fraction(4, 5)  # of the weeks learnt from have something
COUNTED_BY = {"receipts": "deals_won", "talk_time": "calls"}
COHORT_WEEKS = 4  # of inquiries judged together
TRAIL = 14  # weeks drawn
RECORDS = ("receipts", "deals_won", "calls")  # the first that is there
RECORD_WEEKS, RECORD_MONTHS = 26, 6  # of the past
WEEK_MARGIN, MONTH_MARGIN = Fraction(3, 20), Fraction(1, 20)  # over the record before
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Point:
    """A week of the little chart: its value in stored parts, as if as long as the week judged."""

    monday: date
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """A sighting with its numbers, all in the stored parts of its metric.

    Attributes:
        first, last: days whose number it is.
        low, high: the usual range; None for records.
        before: what it is compared with: the usual mean, the streak's start, the old record.
        before_on: when that was, for a streak and a record.
        weeks: how many weeks (months, of a month's record) it was learnt from.
        sigmas: how far away the limits are.
        steps: length of a streak; weeks given to a deal, of a conversion.
        whole: the month or the week, of a record.
    """

    sighting: Sighting
    metric: Metric
    first: date
    last: date
    value: Fraction
    before: Fraction
    weeks: int
    low: Fraction | None = None
    high: Fraction | None = None
    before_on: date | None = None
    sigmas: float = 0.0
    steps: int = 0
    trail: tuple[Point, ...] = ()


def parts(metric: Metric, known: Metrics) -> Fraction:
    """Say how many stored parts of a metric one unit of a rate makes."""
    if metric.kind is not Kind.RATIO:
        return Fraction(1)
    top, bottom = known[metric.numerator or ""], known[metric.denominator or ""]
    return Fraction(bottom.scale * metric.scale, top.scale)


def find(
    weeks: Weeks, number: int, cohorts: Cohorts | None = None, best: Best | None = None
) -> list[Find]:
    """Answer everything that the rules see in a week; nothing is chosen or merged yet."""
    found = list(_ranges(weeks, number, by_cohorts=cohorts is not None))
    if cohorts is not None:
        found += _conversions(weeks, cohorts, number)
    if best is not None:
        found += _records(weeks, best, number)
    return found


Series = tuple[Metric, int, list[Week]]
"""A metric, a member's id or `DEPARTMENT`, and the weeks up to the one judged."""


def watched(weeks: Weeks, number: int, *, by_cohorts: bool) -> list[Series]:
    """List the series that a week is judged by: those with enough of a past."""
    monday = monday_of(number)
    found = []
    subjects = weeks.subjects(number)
    for metric in weeks.judged(number):
        if by_cohorts and metric.code == "conversion":
            continue  # a week's deals come from inquiries of other weeks: cohorts say it truly
        for member in subjects:
            mine = weeks.series(metric, member, number)
            if len(mine) > MIN_WEEKS and mine[-1].monday == monday:
                found.append((metric, member, mine))
    return found


def _ranges(weeks: Weeks, number: int, *, by_cohorts: bool) -> Iterator[Find]:
    series = watched(weeks, number, by_cohorts=by_cohorts)
    sigmas = rules.width(len(series))
    for metric, member, mine in series:
        one = _range(weeks, metric, member, mine, sigmas)
        if one is not None:
            yield one


def _range(
    weeks: Weeks, metric: Metric, member: int, mine: list[Week], sigmas: float
) -> Find | None:
    better = 1 if metric.better is Direction.UP else -1
    past, week = mine[:-1], mine[-1]
    if not _enough(weeks, metric, member, past[-rules.MEMORY :], week):
        return None
    scale = parts(metric, weeks.metrics)
    shown = scale if metric.kind is Kind.RATIO else scale * week.weight
    whose = _whose(member)
    steps, start = 0, None
    pieces = metric.kind is Kind.FLOW and metric.unit is Unit.COUNT
    learnt = rules.usual(past, sigmas, pieces=pieces)
    unusual = _outside(metric, past, week, learnt)
    if unusual is not None:
        rule, usual, strength = "range", unusual.usual, unusual.strength
        good = unusual.side == better
        if good and member != DEPARTMENT and metric.code in ARRIVING:
            return None  # who got more of them was given more of them
    else:
        falling = rules.streak(mine, better, sigmas, pieces=pieces)
        if falling is None:
            return None
        rule, usual, strength, good = "streak", falling.usual, falling.strength, False
        steps, start = falling.steps, falling.start
    low, high = usual.limits(week.weight)
    pull = (week.rate - usual.centre) * week.weight
    return Find(
        sighting=Sighting(rule, metric.code, whose, good, strength, pull), metric=metric,
        first=week.monday, last=week.monday + timedelta(days=6), value=week.rate * shown,
        before=(start.rate if start else usual.centre) * shown, low=low * shown,
        high=high * shown, before_on=start.monday if start else None, weeks=usual.weeks,
        sigmas=usual.width, steps=steps,
        trail=tuple(Point(each.monday, each.rate * shown) for each in mine[-TRAIL:]),
    )  # fmt: skip


def _outside(
    metric: Metric, past: Sequence[Week], week: Week, learnt: rules.Usual | None
) -> rules.Unusual | None:
    """Judge a week by its weight, and a flow's week as one of the usual length besides.

    A week of two working days with the receipts of five is not good news: they were awaited.
    """
    unusual = rules.outside(past, week, learnt) if learnt is not None else None
    if unusual is None or learnt is None or metric.kind is not Kind.FLOW:
        return unusual
    plain = Week(week.monday, week.value, int(median(each.weight for each in past)))
    again = rules.outside(past, plain, learnt)
    return unusual if again is not None and again.side == unusual.side else None


def _whose(member: int) -> Whose:
    return Whose(member=member) if member != DEPARTMENT else WHOLE


def _enough(weeks: Weeks, metric: Metric, member: int, past: Sequence[Week], week: Week) -> bool:
    """Tell whether there is enough in a week to speak of it at all."""
    if metric.kind is Kind.RATIO:
        mean = Fraction(sum(w.weight for w in past), len(past))
        return week.weight >= MIN_BELOW and mean >= MIN_BELOW
    if metric.kind is Kind.STOCK:
        return True
    if metric.unit is Unit.COUNT:
        return _expected(past, week) >= MIN_COUNT
    counted = COUNTED_BY.get(metric.code, "")
    if (counted, member) in weeks.sums:
        number = weeks.series(weeks.metrics[counted], member, week.monday.toordinal() // 7)
        return bool(number) and _expected(number[-rules.MEMORY :], week) >= MIN_COUNT
    return sum(1 for each in past if each.value) >= MOSTLY * len(past)


def _expected(past: Sequence[Week], week: Week) -> Fraction:
    whole = sum(each.weight for each in past)
    return Fraction(sum(each.value for each in past) * week.weight, whole)


# -- conversion of those who came, after they had time to buy


def _conversions(weeks: Weeks, cohorts: Cohorts, number: int) -> Iterator[Find]:
    lag = cohorts.lag(number)
    metric = weeks.metrics["conversion"]
    if lag is None or not all(weeks.complete(code, number) for code in ("inquiries", "deals_won")):
        return
    asked: list[tuple[Whose, int | str]] = [(_whose(m), m) for m in weeks.subjects(number)]
    asked += [(Whose(source=name), name) for name in sorted(cohorts.sources)]
    sigmas = rules.width(len(asked))
    for whose, of in asked:
        series = cohorts.series(of, lag, number - lag)
        end = monday_of(number - lag)
        first = end - timedelta(weeks=COHORT_WEEKS - 1)
        now = [week for week in series if week.monday >= first]
        past = [week for week in series if week.monday < first][1:]
        one = _judge(now, past, sigmas)
        if one is None:
            continue
        found, judged = one
        last = end + timedelta(days=6)
        pull = (judged.rate - found.before) * judged.weight
        sighting = Sighting(
            "cohort", metric.code, whose, found.side > 0, found.strength, pull
        )  # fmt: skip
        yield Find(
            sighting=sighting, metric=metric, first=first, last=last,
            value=judged.rate * metric.scale, before=found.before * metric.scale,
            low=found.low * metric.scale, high=found.high * metric.scale, weeks=found.weeks,
            sigmas=sigmas, steps=lag, trail=_blocks(series, metric.scale),
        )  # fmt: skip


def _judge(
    now: Sequence[Week], past: Sequence[Week], sigmas: float
) -> tuple[rules.Conversion, Week] | None:
    if not now:
        return None
    judged = Week(now[0].monday, sum(w.value for w in now), sum(w.weight for w in now))
    found = rules.conversion(past, judged, sigmas)
    return None if found is None else (found, judged)


def _blocks(series: Sequence[Week], scale: int) -> tuple[Point, ...]:
    """Draw what is judged: the share of four weeks together, week by week."""
    points = []
    for end in range(COHORT_WEEKS, len(series) + 1):
        block = series[end - COHORT_WEEKS : end]
        share = Fraction(sum(w.value for w in block), sum(w.weight for w in block))
        points.append(Point(block[-1].monday, share * scale))
    return tuple(points[-TRAIL:])


# -- records


def _records(weeks: Weeks, best: Best, number: int) -> Iterator[Find]:
    monday = monday_of(number)
    sunday = monday + timedelta(days=6)
    if not weeks.complete(best.metric.code, number):
        return
    month = sunday if (sunday + timedelta(days=1)).day == 1 else sunday.replace(day=1) - ONE_DAY
    asked = [(best.weeks, monday, sunday, RECORD_WEEKS, WEEK_MARGIN)]
    if month >= monday:
        asked.append((best.months, month.replace(day=1), month, RECORD_MONTHS, MONTH_MARGIN))
    for member in weeks.subjects(number):
        for peaks, first, last, least, margin in asked:
            mine = peaks.get(member, ())
            place = bisect_left(mine, first, key=_start)
            if place <= least or place == len(mine) or mine[place].start != first:
                continue  # the first week or month of all may be a part of one
            peak = mine[place]
            gain = rules.record(peak.best, peak.value, margin)
            if gain is not None:
                trail = mine[max(place + 1 - TRAIL, 0) : place + 1]
                yield _record(best.metric, _whose(member), trail, last, place, gain)


def _start(peak: Peak) -> date:
    return peak.start


def _record(
    metric: Metric, whose: Whose, trail: Sequence[Peak], last: date, count: int, gain: Fraction
) -> Find:
    peak = trail[-1]
    pull = Fraction(peak.value - peak.best)
    return Find(
        sighting=Sighting(RECORD, metric.code, whose, True, float(1 + gain), pull), metric=metric,
        first=peak.start, last=last, value=Fraction(peak.value), before=Fraction(peak.best),
        before_on=peak.best_on, weeks=count,
        trail=tuple(Point(each.start, Fraction(each.value)) for each in trail),
    )  # fmt: skip
