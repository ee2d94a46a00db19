"""The way of deals through their stages: order, stays, conversion, time, norms. Pure functions.

Days are ordinals (`date.toordinal`). A day that only successive exports tell is a span: the deal
came no earlier than its ``low`` and no later than its ``high``; for a day that is known both are
the same. What nobody told is unknown and counted as such, never as nothing.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

Place = tuple[str, str]
"""A pipeline and a stage in it."""
Lengths = Mapping[int, int]
"""Length of stays in days → how many of them."""

OPEN, WON, LOST = "open", "won", "lost"
FORWARD, BACK, ASIDE = "forward", "back", "aside"
SURE = 14  # days: of wider spans nobody can say how long a stay was
ENOUGH = 20  # finished stays, before they make a norm
NORM = Fraction(3, 4)  # of finished stays are no longer than the norm
OLD = Fraction(9, 10)  # of won deals took no longer than what makes a deal old

_NUMBER = re.compile(r"\s*(\d{1,3})\b")
_USUAL = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"нов|неразобр|входящ|заявк|обращен|перв|prospect|\bnew\b|incoming|\blead",
        r"контакт|квалиф|дозвон|qualif|engag|contact",
        r"потребн|встреч|замер|демо|презент|need|discover|meeting|demo",
        r"\bкп\b|предложен|расч[её]т|proposal|quote|offer|value",
        r"переговор|решени|дума|negotiat|decision",
        r"соглас|договор|contract|agreement",
        r"сч[её]т|предоплат|оплат|invoice|payment|отгруз|closing",
    )
)


class Told(NamedTuple):
    """What an import told: the deal came to a place by ``high`` and not before ``low``."""

    deal: int
    pipeline: str
    stage: str
    low: int | None
    high: int


class Deal(NamedTuple):
    """A deal as far as its way matters."""

    id: int
    status: str
    created: int | None
    closed: int | None


class Stay(NamedTuple):
    """A deal's stay in a stage; ``how`` it left is empty while it stands there.

    ``how`` is ``forward``, ``back`` or ``aside`` (to another pipeline), ``won`` or ``lost``.
    """

    place: Place
    low: int | None
    high: int
    left_low: int | None
    left_high: int | None
    how: str

    @property
    def days(self) -> int | None:
        """Length in calendar days, by the middles of its spans; None where they are too wide."""
        if self.left_high is None:
            return None
        return _length(self.low, self.high, self.left_low, self.left_high)


def moves(told: Iterable[Told]) -> dict[tuple[Place, Place], int]:
    """Count how often deals went from one stage to another of the same pipeline.

    Args:
        told: by deal, in the order of their days.
    """
    found: dict[tuple[Place, Place], int] = {}
    before: Told | None = None
    for each in told:
        if before is not None and before.deal == each.deal and before.pipeline == each.pipeline:
            step = ((before.pipeline, before.stage), (each.pipeline, each.stage))
            if step[0] != step[1]:
                found[step] = found.get(step, 0) + 1
        before = each
    return found


def hint(stage: str) -> int:
    """Say where a stage usually stands by its name: its own number, or a usual word's place."""
    number = _NUMBER.match(stage)
    if number:
        return int(number[1])
    return next((at for at, words in enumerate(_USUAL) if words.search(stage)), len(_USUAL) // 2)


def in_order(
    stages: Collection[str],
    set_by_hand: Mapping[str, int],
    seen: Mapping[tuple[str, str], int],
) -> list[str]:
    """Put the open stages of a pipeline in order.

    Those set by hand come first, as they were set. The others follow as deals were seen to move:
    next is always the stage that more deals left for the remaining ones than came to from them
    (the greedy rule of Eades, Lin and Smyth, 1993, for cutting the fewest backward moves). Where
    no moves tell, their names do.
    """
    known = sorted((s for s in stages if s in set_by_hand), key=lambda s: (set_by_hand[s], s))
    rest = [stage for stage in stages if stage not in set_by_hand]
    while rest:
        balance = dict.fromkeys(rest, 0)
        for (start, end), count in seen.items():
            if start in balance and end in balance:
                balance[start] += count
                balance[end] -= count
        best = min(rest, key=lambda stage: (-balance[stage], hint(stage), stage))
        known.append(best)
        rest.remove(best)
    return known


def way(deal: Deal, told: Sequence[Told], positions: Mapping[Place, int]) -> list[Stay]:
    """Follow a deal through its stages.

    In the first stage of its pipeline a deal stands since it was created. Nothing lasts beyond the
    day of closing.

    Args:
        told: what was told of this deal, in the order of days; empty if nobody knows its way.
        positions: place → its number in its pipeline, from 0.
    """
    entries, spans = _spans(deal, told, positions)
    end = deal.closed if deal.status != OPEN else None
    stays = []
    for at, entry in enumerate(entries):
        place, (low, high), (left_low, left_high) = (
            (entry.pipeline, entry.stage), spans[at], spans[at + 1],
        )  # fmt: skip
        if at + 1 < len(entries):
            following = (entries[at + 1].pipeline, entries[at + 1].stage)
            how = _how(place, following, positions)
            stays.append(Stay(place, low, high, left_low, left_high, how))
        elif end is not None:
            stays.append(Stay(place, low, high, left_low, left_high, deal.status))
        else:
            stays.append(Stay(place, low, high, None, None, ""))
    return stays


def _spans(
    deal: Deal, told: Sequence[Told], positions: Mapping[Place, int]
) -> tuple[list[Told], list[tuple[int | None, int]]]:
    """Return what was told of each stay, and the spans in which they began; the end comes last."""
    entries: list[Told] = []
    for each in told:
        if not entries or each.stage != entries[-1].stage or each.pipeline != entries[-1].pipeline:
            entries.append(each)
    spans = [_span(deal, entry, at == 0, positions) for at, entry in enumerate(entries)]
    end = deal.closed if deal.status != OPEN else None
    spans.append((end, end) if end is not None else (None, -1))
    return entries, spans


def _span(
    deal: Deal, entry: Told, first: bool, positions: Mapping[Place, int]
) -> tuple[int | None, int]:
    low, high = entry.low, entry.high
    if deal.closed is not None and deal.closed < high and deal.status != OPEN:
        high = deal.closed
    if low is not None and low > high:
        low = high
    if first and deal.created is not None:
        low = deal.created if low is None else max(low, deal.created)
        if positions.get((entry.pipeline, entry.stage)) == 0:
            high = deal.created
        low = min(low, high)
    return low, high


def stand(deal: Deal, begun: Told, first: bool, positions: Mapping[Place, int]) -> Stay:
    """Return the stay in which an open deal stands: the last one of its `way`, found alone.

    Args:
        begun: what was told first of this stay.
        first: whether it is the deal's first.
    """
    low, high = _span(deal, begun, first, positions)
    return Stay((begun.pipeline, begun.stage), low, high, None, None, "")


def lengths(
    deal: Deal, told: Sequence[Told], positions: Mapping[Place, int], as_of: int
) -> list[tuple[Place, int]]:
    """Return the lengths of the stays of a deal's `way` that ended by a day, where known."""
    entries, spans = _spans(deal, told, positions)
    found = []
    for entry, (low, high), (left_low, left_high) in zip(entries, spans, spans[1:], strict=False):
        if left_high <= as_of:
            days = _length(low, high, left_low, left_high)
            if days is not None:
                found.append(((entry.pipeline, entry.stage), days))
    return found


def _length(low: int | None, high: int, left_low: int | None, left_high: int) -> int | None:
    if left_low is None or low is None or high - low > SURE or left_high - left_low > SURE:
        return None
    return max(0, (left_low + left_high) // 2 - (low + high) // 2)


def _how(place: Place, following: Place, positions: Mapping[Place, int]) -> str:
    if place[0] != following[0]:
        return ASIDE
    here, there = positions.get(place, 0), positions.get(following, 0)
    return FORWARD if there >= here else BACK


def percentile(lengths: Lengths, share: Fraction) -> int | None:
    """Return the least length that at least this share of the stays do not exceed (nearest rank).

    Returns:
        Days, or None where there are no stays.
    """
    wanted = share * sum(lengths.values())
    passed = 0
    for days in sorted(lengths):
        passed += lengths[days]
        if passed and passed >= wanted:
            return days
    return None


def median(lengths: Lengths) -> int | None:
    """Return the middle length in days; the lower one of two."""
    return percentile(lengths, Fraction(1, 2))


def norm(by_hand: int | None, lengths: Lengths) -> int | None:
    """Say how long a deal may stay: as set by hand, else as three of four finished stays did.

    Returns:
        Days; None where there are fewer than `ENOUGH` finished stays to say. At least one day: a
        stage that most deals leave on the day they come still leaves a day to act.
    """
    if by_hand is not None:
        return by_hand
    if sum(lengths.values()) < ENOUGH:
        return None
    found = percentile(lengths, NORM)
    return None if found is None else max(1, found)


def share(part: int, whole: int) -> Fraction | None:
    """Return part ÷ whole, None where there is nothing to divide by."""
    return Fraction(part, whole) if whole else None


def reached(deal: Deal, stays: Sequence[Stay], positions: Mapping[Place, int]) -> int:
    """Return how far a deal came: the furthest position, -1 where nobody knows any stage of it.

    A won deal is beyond every stage, whatever is known of its way.
    """
    if deal.status == WON:
        return max(positions.values(), default=-1) + 1
    return max((positions.get(stay.place, -1) for stay in stays), default=-1)


def standing(stay: Stay, as_of: int) -> int:
    """Return for how many days a deal has stood in its stage at least."""
    return max(0, as_of - stay.high)
