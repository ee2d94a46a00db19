"""Amounts of the promise line: money in any notation, counts of a metric, hours on the line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ropdesk.domain.money import KOPECKS, half_up
from ropdesk.domain.promise_numbers import Number
from ropdesk.domain.promise_vocabulary import CALLED, CALLING
from ropdesk.domain.promise_words import Line, Room, Token

_MILLION = r"(?P<million>млн\.?|миллион\w*|лям\w*|лимон\w*|кк|mln|million|мил|м|m)"
_THOUSAND = (
    r"(?P<thousand>тыс(?:яч\w*|\.)?|тыщ\w*|т\.? ?(?:р(?:уб\w*)?\.?|₽)|тр|тыр|косар\w+"
    r"|thousand|к|k|т\.?)"
)
_UNIT = re.compile(
    rf"(?P<gap> *)(?:(?:{_MILLION}|{_THOUSAND})(?!\w))?"
    r"(?P<rouble> *(?:₽|(?:руб(?:л\w+|\.)?|р\.?|rub|rur|roubles?|rubles?)(?!\w)))?"
    r"(?P<foreign> *(?:[$€]|(?:usd|eur|долл\w*|евро|юан\w*)(?!\w)))?"
)
_ALONE = re.compile(
    r"(?<![\w-])(?:(?P<million>миллион|лям|лимон)|(?P<thousand>тысяч[ау]|косарь))(?!\w)"
)
_RANGE = re.compile(r" ?(?:-|/|до|или|to|or) ?")
_LEAD = re.compile(
    r"(?:(?<=^)|(?<=[ \0(]))(?:(?P<about>(?:около|примерно|порядка|где-то|почти|плюс-минус|в районе"
    r"|приблизительно|ориентировочно|about|around|nearly) +|[~±≈] *)"
    r"|(?P<ceiling>(?:не больше|не более|максимум|макс|меньше|no more than|at most|under) +)"
    r"|(?P<until>(?:до|to|up to) +)"
    r"|(?P<by>(?:на|on) +(?:сумму +)?(?:в +)?)"
    r"|(?:общей суммой|на общую сумму|на сумму|в сумме|в размере|сумма|суммой|сумму"
    r"|итого|всего|ровно|еще|хотя бы|минимум"
    r"|как минимум|не менее|не меньше|от|по|в|at least|for|of)(?: +|: *)|(?:\+|:|-|=|>|≥) *)$"
)
_HOURS = re.compile(
    r"(?:(?P<hours>\d+(?:[.,]\d+)?) ?(?:ч|час|часа|часов|h|hours?)\.?(?!\w))?"
    r" ?(?:(?P<minutes>\d+) ?(?:м|мин|минут|минуты|min|minutes?)\.?(?!\w))?"
    r"(?= (?:на линии|разговор|в разговор|on the line))(?P<where> (?:на линии|on the line))?"
)
_PERCENT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?) ?(?:%|процент\w*|percent)")
_QUALIFIER = re.compile(r"(?:ых|их|ые|ие|ую|ой|new)$")
_MANY_DEALS = 100
_PLAIN_QUALIFIERS = ("нов", "хорош", "полноцен", "new")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money.

    Attributes:
        start, end: its place with the words that lead to it («на сумму»).
        value: kopecks; None for another currency.
        others: what else it may be.
        by: «на 5к»: a sum, or by how much something changes.
    """

    start: int
    end: int
    value: int | None
    doubtful: bool = False
    others: tuple[int, ...] = ()
    by: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A number of pieces of a metric.

    Attributes:
        start, end: the number's place with the words that lead to it.
        noun: the words of the metric.
        plain: number and noun stand together, so that the noun alone is readable in the plural.
        level: said as a level to reach («до 5», «не больше 5», «просрочек: 5»).
    """

    start: int
    end: int
    value: int
    code: str
    noun: tuple[Token, ...]
    plain: bool
    doubtful: bool
    level: bool


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before a number and what they make of it."""

    start: int
    about: bool = False
    ceiling: bool = False
    until: bool = False
    by: bool = False


def lead(text: str, start: int) -> Lead:
    """Read the words that lead to a number, backwards from its place."""
    found: set[str] = set()
    while (match := _LEAD.search(text[:start])) is not None:
        start = match.start()
        found |= {name for name, words in match.groupdict().items() if words}
    return Lead(start, *(name in found for name in ("about", "ceiling", "until", "by")))


# -- money


def find_money(text: str, numbers: list[Number]) -> list[Money]:
    """Find the amounts of money of a text; their numbers are taken out of the list."""
    amounts: list[Money] = []
    at = 0
    while at < len(numbers):
        found = _money(text, numbers, at)
        if found is None:
            at += 1
        else:
            amount, behind = found
            amounts.append(amount)
            del numbers[at:behind]
    for match in _ALONE.finditer(text):
        if not any(one.start <= match.start() < one.end for one in amounts):
            value = (1_000_000 if match["million"] else 1_000) * KOPECKS
            amounts.append(Money(lead(text, match.start()).start, match.end(), value))
    return sorted(amounts, key=lambda amount: amount.start)


def _money(text: str, numbers: Sequence[Number], at: int) -> tuple[Money, int] | None:
    first = numbers[at]
    following = numbers[at + 1] if at + 1 < len(numbers) else None
    if following is not None and _RANGE.fullmatch(text[first.end : following.start]):
        last = _with_unit(text, following)
        if last is not None and _with_unit(text, first) is None:
            value, end, size, _doubtful = last
            low = half_up(first.value * size * KOPECKS)
            start = lead(text, first.start).start
            return Money(start, end, low, True, (value,)), at + 2
    found = _with_unit(text, first)
    if found is None:
        return None
    value, end, size, doubtful = found
    before = lead(text, first.start)
    doubtful = doubtful or first.doubtful or before.about or before.ceiling or not value
    behind = at + 1
    others: tuple[int, ...] = ()
    if following is not None and size > 1 and not text[end : following.start].strip():
        # «1 млн 200 тыс», and «1 млн 200», which nearly always means thousands too.
        more = _with_unit(text, following)
        if more is not None and more[2] < size:
            return Money(before.start, more[1], value + more[0], doubtful), at + 2
        if more is None and following.value < 1_000 <= size and not _word_follows(text, following):
            others, doubtful, behind = (value,), True, at + 2
            value += half_up(following.value * KOPECKS * size / 1_000)
            end = following.end
    foreign = is_foreign(text, first)
    amount = Money(
        before.start, end, None if foreign else value, doubtful or foreign, others, before.by
    )  # fmt: skip
    return amount, behind


def _unit(text: str, number: Number) -> re.Match[str]:
    # Every part of the pattern may be empty, so the first match stands right behind the number.
    return next(_UNIT.finditer(text, number.end))


def _with_unit(text: str, number: Number) -> tuple[int, int, int, bool] | None:
    """Return kopecks, the end, the unit's size and whether it is doubtful; None without a unit."""
    unit = _unit(text, number)
    word = unit["million"] or unit["thousand"]
    if not (word or unit["rouble"] or unit["foreign"]):
        return None
    size = 1_000_000 if unit["million"] else 1_000 if unit["thousand"] else 1
    # «180 к Иванову», «5 м кабеля»: a letter apart may be a preposition or a measure.
    apart = bool(unit["gap"]) and word in {"к", "k", "м", "m"} and not unit["rouble"]
    doubtful = apart and re.match(r" +[^\W\d_]", text[unit.end() :]) is not None
    doubtful = doubtful or (word or "").rstrip(".") == "т"  # thousands or tonnes
    return half_up(number.value * size * KOPECKS), unit.end(), size, doubtful


def is_foreign(text: str, number: Number) -> bool:
    """Whether a currency other than the rouble stands before or behind a number."""
    before = text[: number.start].rstrip(" ")[-1:]
    return bool(_unit(text, number)["foreign"]) or (before != "" and before in "$€")


def has_unit(text: str, number: Number) -> bool:
    """Whether thousands, millions or a currency stand behind a number."""
    return _with_unit(text, number) is not None


def _word_follows(text: str, number: Number) -> bool:
    return re.match(r" *[^\W\d_]|[^\w\s]", text[number.end :]) is not None


# -- counts


def find_counts(line: Line, room: Room, numbers: list[Number]) -> list[Count]:
    """Find the numbers that count a metric; they are taken out of the list."""
    counts = []
    for number in list(numbers):
        if number.value.denominator != 1:
            continue
        found = _counted_after(line, room, number) or _counted_before(line, room, number)
        if found is not None:
            counts.append(found)
            numbers.remove(number)
    return counts


def metric_of(room: Room, words: Sequence[Token]) -> str | None:
    """Return the metric that a row of words names, None for none."""
    readings = [(word.low, *room.lexicon(word.low).lemmas) for word in words]
    return next((room.metrics[one] for one in product(*readings) if one in room.metrics), None)


def phrases(room: Room, words: Sequence[Token]) -> Iterator[tuple[str, tuple[Token, ...]]]:
    """Yield the metrics with which a row of words begins, the longest name first."""
    for count in range(min(3, len(words)), 0, -1):
        code = metric_of(room, words[:count])
        if code is not None:
            yield code, tuple(words[:count])


def _counted_after(line: Line, room: Room, number: Number) -> Count | None:
    words, end = line.row_after(number.end), number.end
    if words and words[0].low in {"шт", "штук", "штуки", "pcs"}:
        end = words.pop(0).end
    for skipped in range(min(3, len(words))):
        qualifiers = words[:skipped]
        if not all(_QUALIFIER.search(word.low) for word in qualifiers):
            return None
        found = next(phrases(room, words[skipped:]), None)
        if found is None and _is_called(line, room, words[skipped]):
            told = lead(line.free, number.start)
            return Count(
                told.start, end, int(number.value), "calls", (words[skipped],),
                plain=False, doubtful=True, level=False,
            )  # fmt: skip
        if found is None:
            continue
        code, noun = found
        # «25 оплата» counts nothing: after 25 it would be «оплат».
        if not number.spoken and _singular(number, noun, room):
            return None
        told = lead(line.free, number.start)
        # «5-7 звонков»: how many of the two is not said.
        odd = re.search(r"\d ?(?:-|/|\+|или|to|or) ?$", line.low[: number.start]) is not None
        odd = odd or any(not word.low.startswith(_PLAIN_QUALIFIERS) for word in qualifiers)
        return Count(
            told.start, end, int(number.value), code, noun, plain=not qualifiers,
            doubtful=number.doubtful or told.about or told.by or odd or _may_be_money(code, number),
            level=told.until or told.ceiling,
        )  # fmt: skip
    return None


def _is_called(line: Line, room: Room, word: Token) -> bool:
    """Whether «25 клиентов» are those to be called, each of whom may take more than one call."""
    called = not CALLED.isdisjoint((word.low, *room.lexicon(word.low).lemmas))
    return called and any(room.lexicon(token.low).verb in CALLING for token in line.words())


def _singular(number: Number, noun: tuple[Token, ...], room: Room) -> bool:
    alone = number.value % 10 == 1 and number.value % 100 != 11
    return not alone and _nominative(noun, room)


def _nominative(noun: tuple[Token, ...], room: Room) -> bool:
    """Whether a metric's single word is in its dictionary form («оплата», not «оплаты»)."""
    lexeme = room.lexicon(noun[-1].low)
    return len(noun) == 1 and lexeme.forms[:1] == ((noun[0].low, "nomn"),)


def _may_be_money(code: str, number: Number) -> bool:
    """Whether «оплаты 300» may be roubles or thousands rather than payments."""
    return code == "deals_won" and number.value >= _MANY_DEALS


def _counted_before(line: Line, room: Room, number: Number) -> Count | None:
    told = lead(line.free, number.start)
    words = line.row_before(told.start)
    if re.match(r" *[^\W\d_]", line.free[number.end :]):
        return None  # it belongs to what follows
    for count in range(min(3, len(words)), 0, -1):
        noun = tuple(words[-count:])
        code = metric_of(room, noun)
        if code is not None:
            if _nominative(noun, room):
                return None  # «оплата 180»: how many roubles, not how many payments
            return Count(
                told.start, number.end, int(number.value), code, noun, plain=False,
                doubtful=number.doubtful or told.about or told.by or _may_be_money(code, number),
                level=True,
            )  # fmt: skip
    return None


def find_hours(text: str) -> Count | None:
    """Find the hours on the line («3 часа на линии»), in seconds."""
    for match in _HOURS.finditer(text):
        if match["hours"] is None and match["minutes"] is None:
            continue
        hours = Fraction((match["hours"] or "0").replace(",", "."))
        seconds = half_up(hours * 3_600) + int(match["minutes"] or 0) * 60
        told = lead(text, match.start())
        return Count(
            told.start, match.start("where") if match["where"] else match.end(), seconds,
            "talk_time", (), plain=False, doubtful=told.about or told.ceiling, level=False,
        )  # fmt: skip
    return None


def find_percent(text: str) -> tuple[int, int, Fraction] | None:
    """Find the first share: its place with what leads to it, and percent."""
    match = _PERCENT.search(text)
    if match is None:
        return None
    value = Fraction(match["number"].replace(",", "."))
    return lead(text, match.start()).start, match.end(), value
