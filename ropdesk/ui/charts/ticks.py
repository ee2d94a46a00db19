"""Where the axes' numbers stand."""

from decimal import Decimal

from ropdesk.i18n import decimal

_STEPS = (1, 2, 3, 5)


def value_ticks(highest: int, divisor: int, most: int = 5, lowest: int = 0) -> list[int]:
    """Return stored values for round numbers of the axis, from zero (or below) past the highest.

    Args:
        highest: the highest value shown, stored units.
        divisor: stored units in one unit of the axis.
        most: how many steps at most.
        lowest: the lowest value shown, if below zero.
    """
    span = max(highest, 0) - min(lowest, 0)
    if span <= 0:
        return [0, divisor]
    step = _round_step(span, divisor, most)
    first = min(lowest, 0) // step
    ticks = [first * step]
    while ticks[-1] < highest:
        ticks.append(ticks[-1] + step)
    return ticks


def _round_step(span: int, divisor: int, most: int) -> int:
    """Return the smallest round step, whole in stored units, that needs no more than `most`."""
    power = Decimal(divisor)
    while power * most > span and power >= 10:
        power /= 10
    while True:
        for factor in _STEPS:
            step = int(power * factor)
            if step >= 1 and step * most >= span:
                return step
        power *= 10


def tick_text(value: int, divisor: int, step: int) -> str:
    """Say an axis's number with as many decimals as its step needs, and no more."""
    places = 0
    reach = divisor
    while step % reach and places < 8 and reach % 10 == 0:
        reach //= 10
        places += 1
    return decimal(Decimal(value) / divisor, places)


def day_ticks(last: int, apart: float = 2) -> list[int]:
    """Return the days of the month to name: weekly from the first, and the last.

    A day nearer to the last than `apart` days gives way.
    """
    days = [day for day in (1, 8, 15, 22, 29) if day == last or last - day >= apart]
    return [*days, last] if last not in days else days


def spread(places: list[float], gap: float, low: float, high: float) -> list[float]:
    """Push labels apart so that neighbours stand at least `gap` from each other.

    Args:
        places: wished places along one axis, in any order.
        gap: least distance.
        low: the first place allowed.
        high: the last place allowed.

    Returns:
        Places in the order given, as near to the wishes as they fit.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    result = [0.0] * len(places)
    previous = low - gap
    for index in order:
        previous = max(places[index], previous + gap)
        result[index] = previous
    limit = high
    for index in reversed(order):
        result[index] = min(result[index], limit)
        limit = result[index] - gap
    return result
