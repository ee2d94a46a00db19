"""What may honestly be said of an effect, in a sentence."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.money import half_up
from ropdesk.i18n import _, ngettext
from ropdesk.reports.values import Style, style_for
from ropdesk.services.effects import Effect

_TENTHS = 10


def look(metric: Metric, values: Sequence[Fraction | int | None]) -> Style:
    """Choose one unit and precision for a few values of a metric (its smallest parts)."""
    parts = [_whole(metric, value) for value in values if value is not None]
    if metric.unit in {Unit.COUNT, Unit.POINTS}:
        small = all(abs(value) < _TENTHS for value in parts)
        uneven = any(value.denominator != 1 for value in parts)
        return Style(places=1 if small and uneven else 0)
    # Averages: no kopecks, and decimals where a count has them.
    return style_for(metric.unit, metric.scale, parts, ratio=True)


def _whole(metric: Metric, value: Fraction | int) -> Fraction:
    return Fraction(value) / metric.scale


def said(metric: Metric, value: Fraction | int | None, *, sign: bool = False) -> str:
    """Write a value with its unit: «31,4 т₽»; a change with its sign: «+0,6 п. п.»."""
    if value is None:
        return _("not known")
    style, amount = look(metric, [value]), _whole(metric, value)
    if sign:
        return style.change(amount, 1)
    return style.alone(amount, 1)


def interval(
    metric: Metric, low: Fraction, middle: Fraction, high: Fraction, *, sign: bool = True
) -> str:
    """Write «от +12 до +48 т₽, вероятнее всего +30»."""
    style = look(metric, [low, middle, high])
    ends = [style.text(_whole(metric, each), 1, sign=sign) for each in (low, high)]
    unit = style.difference or style.suffix
    return _(
        "from {low} to {high}, most likely {middle}",
        low=ends[0],
        high=f"{ends[1]}{i18n.THIN_SPACE}{unit}" if unit else ends[1],
        middle=style.text(_whole(metric, middle), 1, sign=sign),
    )


def sentence(metric: Metric, effect: Effect) -> str:
    """Say what changed over the days measured, and how sure that is.

    A flow is told as what it gained over all these days, other kinds as the change itself.
    """
    flow = metric.kind is Kind.FLOW
    middle = effect.total if flow else effect.change
    if middle is None:
        return _("There is nothing to compare yet")
    low, high = (effect.total_low, effect.total_high) if flow else (effect.low, effect.high)
    days = ngettext("over {n} working day", "over {n} working days", effect.days_after)
    if low is None or high is None:
        return _(
            "{change} {days}: too few days to tell it from chance",
            change=said(metric, middle, sign=True),
            days=days,
        )
    if effect.verdict == "unclear":
        if low == high:
            return _("No change {days}", days=days)
        return _(
            "{interval} {days}: it may be chance",
            interval=_first(interval(metric, low, middle, high)),
            days=days,
        )
    return _("{interval} {days}", interval=_first(interval(metric, low, middle, high)), days=days)


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def daily(metric: Metric, effect: Effect) -> str:
    """Say both sides: «было 31,4 т₽ в день, стало 44,0 т₽ в день»."""
    if effect.before is None or effect.after is None:
        return ""
    style = look(metric, [effect.before, effect.after])
    before, after = (style.alone(_whole(metric, v), 1) for v in (effect.before, effect.after))
    if metric.kind is Kind.FLOW:
        return _("{before} a day before, {after} a day then", before=before, after=after)
    return _("{before} before, {after} then", before=before, after=after)


def times(share: Fraction) -> str:
    """Write how many roubles one spent brought, to a tenth: «3,4»."""
    return i18n.decimal(Decimal(half_up(share * _TENTHS)) / _TENTHS, 1)
