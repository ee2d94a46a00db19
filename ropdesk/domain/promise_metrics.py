"""Which metric a promise means and how much of it, or that it is a task without a number.

Money is receipts where a payment is named or a deal closed; with a bill or an offer it is none.
A count is a metric where the verb promises the number («сделать 20 звонков»); where it is work on
what there is («разобрать 6 просроченных»), the number stays in the words.
"""

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction

from ropdesk.domain import promise_vocabulary as words
from ropdesk.domain.metrics import Direction, Kind, Unit
from ropdesk.domain.money import KOPECKS, half_up
from ropdesk.domain.promise_amounts import (
    Count,
    Money,
    find_counts,
    find_hours,
    find_money,
    find_percent,
    has_unit,
    is_foreign,
    phrases,
)
from ropdesk.domain.promise_line import Part, Sure
from ropdesk.domain.promise_numbers import Number, numbers
from ropdesk.domain.promise_words import Line, Room, Token, Where

_OFTEN = re.compile(
    r"(?<!\w)(?:в день|ежедневно|кажд\w+ (?:день|час|недел\w+)|в неделю|в час|per day|a day|daily"
    r"|per week|a week|каждому|каждый)(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:не(?! (?:менее|меньше|больше|более))|not)(?!\w)")
_NONE_LEFT = re.compile(
    r"(?<!\w)(?:просроч\w+(?: задач\w*)? +(?:в|под|до|на|-|=|:)? *(?:0|ноль|нол\w+)(?!\w)"
    r"|(?:без|ни одной|нет|no) +(?:просрочек|просроченных(?: +задач)?|overdue tasks))"
)
_CONVERSION = re.compile(r"(?<!\w)(?:конверси|conversion)\w*")
_CHECK = re.compile(r"(?<!\w)(?:(?P<mean>средн\w+ |ср\.? ?|average )чек\w*|чек\w*|average check)")
_NUMBERED = re.compile(
    r"(?:[№#]|(?<!\w)(?:номер|счет\w*|договор\w*|заявк[аеиу]|заказ\w*|лот\w?|акт\w?|пункт\w?"
    r"|этап\w?|филиал\w?|офис\w?|тел\.?|телефон\w?|no\.?|invoice|стр\.?|код\w?|инн|верси\w|q)) *$"
)
_PARTS_OF_TEXT = re.compile(r" *(?:[^\W\d_]|%|/|:\d)")
_LEAST_MONEY = 10  # fewer before some word are things: «оплата за 3 места»
_PHONE = 7  # digits from which a number is a telephone or a code, if no money is named


class _Does(IntEnum):
    """What the verb beside a number does with it."""

    ACHIEVE = 2
    UNKNOWN = 1
    TASK = 0


@dataclass(frozen=True, slots=True)
class Amount:
    """Metric and amount as far as they were understood."""

    metric: Part[str]
    amount: Part[int]


_MISSING = Amount(Part(None, Sure.MISSING), Part(None, Sure.MISSING))


def _amount(
    code: str | None, value: int | None, text: str, *, sure: bool, metric_sure: bool | None = None,
    others: tuple[int, ...] = (), codes: tuple[str, ...] = (),
) -> Amount:  # fmt: skip
    of_metric = sure if metric_sure is None else metric_sure
    return Amount(
        Part(code, Sure.SURE if of_metric and code else Sure.UNSURE, text, codes),
        Part(value, Sure.SURE if sure and value is not None else Sure.UNSURE, text, others),
    )


def read_amount(line: Line, room: Room) -> Amount:
    """Take metric and amount out of a line; what is no metric stays in its words."""
    level = _special(line, room)
    if level is not None:
        return level
    rest = [one for one in numbers(line.free) if not _is_part(line, one)]
    money = find_money(line.free, rest)
    counts = find_counts(line, room, rest)
    loose = [one for one in rest if not _PARTS_OF_TEXT.match(line.free[one.end :])]
    often = _OFTEN.search(line.low) is not None
    doubting = _first(list(line.words()), room, words.DOUBTING) is not None
    doubting = doubting or _NOT.search(line.free) is not None
    if money:
        found = _of_money(line, room, money, counts)
    elif counts:
        found = _of_counts(line, room, counts)
    else:
        return _of_loose(line, room, rest, loose)
    if doubting and found.metric.value is not None:
        metric, number = found.metric, found.amount
        return Amount(replace(metric, sure=Sure.UNSURE), replace(number, sure=Sure.UNSURE))
    if (loose or often) and found.amount.sure is Sure.SURE:
        # A number that belongs to nothing, or a number a day: how much it is in all is not said.
        value, text = found.amount.value, found.amount.text
        return Amount(found.metric, Part(value, Sure.UNSURE, text))
    return found


def _is_part(line: Line, number: Number) -> bool:
    """Whether a number belongs to a name or a document («№ 123», «1С», «+7 917 123-45-67»)."""
    before, after = line.free[: number.start], line.free[number.end :]
    glued = re.match(r"[^\W\d_]", line.text[number.end :]) is not None
    if glued and line.text[number.end].isupper() and line.low[number.end] not in "кkмmрт":
        return True
    if re.search(r"[a-zа-я]-$", before) or (re.match(r"-\d", after) and not number.spoken):
        ranged = re.match(r"-\d+ ?(?:к|k|тыс|млн|м\b|т\.|руб|₽)", after) is not None
        return not ranged and not has_unit(line.free, number)
    named = not number.spoken and _NUMBERED.search(before) is not None
    return named and not has_unit(line.free, number)


# -- levels and shares


def _special(line: Line, room: Room) -> Amount | None:
    """Read what has a notation of its own: no overdue task, conversion, hours on the line."""
    none_left = _NONE_LEFT.search(line.free)
    if none_left is not None and "overdue_tasks" in room.known:
        verbs = [t for t in line.words() if room.lexicon(t.low).verb and t.low[:7] != "просроч"]
        sure = all(room.lexicon(verb.low).verb in words.LEVELLING for verb in verbs)
        return _amount("overdue_tasks", 0, none_left[0], sure=sure)
    share = find_percent(line.free)
    named = _CONVERSION.search(line.free)
    if share is not None and named is not None and "conversion" in room.known:
        start, end, percent = share
        by = re.match(r"на ", line.free[start:]) is not None
        text = line.take(start, end, Where.AMOUNT)
        return _amount("conversion", half_up(percent * 100), text, sure=not by)
    hours = find_hours(line.free)
    if hours is not None and "talk_time" in room.known:
        text = line.take(hours.start, hours.end, Where.AMOUNT)
        return _amount("talk_time", hours.value, text, sure=not hours.doubtful)
    return None


# -- money


def _of_money(line: Line, room: Room, money: list[Money], counts: list[Count]) -> Amount:
    first = money[0]
    code, sure = _money_metric(line, room, first)
    if code is None:
        return _MISSING
    others = (*first.others, *(one.value for one in money[1:] if one.value is not None))
    codes = tuple(dict.fromkeys(one.code for one in counts))
    text = line.take(first.start, first.end, Where.AMOUNT)
    if not counts:
        _name_alone(line, room, first)
    return _amount(
        code, first.value, text, sure=not first.doubtful and len(money) == 1,
        metric_sure=sure and not counts, others=others, codes=codes,
    )  # fmt: skip


def _name_alone(line: Line, room: Room, money: Money) -> None:
    """Write «оплат» beside its amount as «оплаты», which can be read without it."""
    after, before = line.row_after(money.end), line.row_before(money.start)
    alone = not before or room.lexicon(before[-1].low).verb
    beside = after[:1] if alone else []
    if len(before) == 1 or (before and room.lexicon(before[-2].low).verb):
        beside.append(before[-1])
    for token in beside:
        if token.low in words.GENITIVES:
            line.swaps[token.start] = (token.end, words.GENITIVES[token.low])


def _money_metric(line: Line, room: Room, money: Money) -> tuple[str | None, bool]:
    """Return the metric of an amount of money, None for a task's, and whether it is sure."""
    check = _CHECK.search(line.free)
    if check is not None and "average_check" in room.known:
        return "average_check", check["mean"] is not None and not money.by
    row = list(line.words())
    for at in range(len(row)):
        own = next(phrases(room, row[at:]), None)
        if own is not None and _own_money(room, own[0]):
            return own[0], True
    paid, paper = _first(row, room, words.MONEY), _first(row, room, words.PAPERS)
    does = _does(line, room, money.start, money.end, "receipts")
    if paper is not None and (paid is None or paper < paid):
        # «Счёт на оплату 180к», «закрыть договор на 180к»: a bill, and perhaps its payment.
        return ("receipts", False) if paid is not None or does is _Does.ACHIEVE else (None, True)
    if paid is not None:
        # A deal of 180 thousand may be at any stage, unless it is to be closed.
        only_deal = _first(row, room, words.MONEY - words.DEALS) is None
        return "receipts", does is _Does.ACHIEVE or (does is None and not only_deal)
    if does is _Does.TASK:
        return None, True
    return "receipts", does is _Does.ACHIEVE


def _own_money(room: Room, code: str) -> bool:
    metric = room.known[code]
    return metric.unit is Unit.MONEY and not metric.builtin


def _first(row: list[Token], room: Room, known: set[str]) -> int | None:
    return next(
        (t.start for t in row if t.low in known or known & set(room.lexicon(t.low).lemmas)), None
    )


# -- counts


def _of_counts(line: Line, room: Room, counts: list[Count]) -> Amount:
    answers = [_of_count(line, room, one) for one in counts]
    kept = [(one, sure) for one, sure in zip(counts, answers, strict=True) if sure is not None]
    if not kept:
        return _MISSING
    (first, sure), *more = kept
    text = line.text[first.start : first.end].strip(" :")
    if more:
        # Two numbers are two promises: both stay in the words.
        others = tuple(one.value for one, _sure in more)
        codes = tuple(dict.fromkeys(one.code for one, _ in more if one.code != first.code))
        scaled = _stored(room, first)
        return _amount(first.code, scaled, text, sure=False, others=others, codes=codes)
    if sure:
        _shorten(line, room, first)
    return _amount(first.code, _stored(room, first), text, sure=sure)


def _shorten(line: Line, room: Room, count: Count) -> None:
    """Take a count out of the words where its noun is readable alone: «звонки по базе»."""
    noun = count.noun[0]
    plural = words.GENITIVES.get(noun.low, "")
    if count.plain and len(count.noun) == 1:
        named = (words.PLURAL[one] for one in _lemmas(room, noun) if one in words.PLURAL)
        plural = next(named, "") if count.value != 1 else noun.low
    if plural:
        line.swaps[noun.start] = (noun.end, plural)
    if plural or count.start > noun.start:
        line.take(count.start, count.end, Where.AMOUNT)


def _lemmas(room: Room, token: Token) -> tuple[str, ...]:
    return (token.low, *room.lexicon(token.low).lemmas)


def _stored(room: Room, count: Count) -> int:
    return count.value * room.known[count.code].scale


def _of_count(line: Line, room: Room, count: Count) -> bool | None:
    """Say whether a count is surely a metric's amount; None for a task's number."""
    metric = room.known[count.code]
    does = _does(line, room, count.start, count.noun[-1].end, count.code)
    before = next(iter(line.row_before(count.start)[-1:]), None)
    if before is not None and not words.WORK_NOUNS.isdisjoint(_lemmas(room, before)):
        return None
    if metric.kind is Kind.STOCK:
        if does is _Does.TASK or does is _Does.UNKNOWN:
            return None
        return (count.level or count.value == 0) and not count.doubtful
    if does is _Does.TASK:
        return None
    fits = metric.unit is not Unit.MONEY and metric.better is Direction.UP
    noun_first = count.start > count.noun[0].start
    clear = fits and not count.doubtful and (not count.level or noun_first) and count.value > 0
    return clear and does is not _Does.UNKNOWN


# -- verbs


def _does(line: Line, room: Room, start: int, end: int, code: str) -> _Does | None:
    """Judge the verb nearest to an amount in its clause, one before it rather than after."""
    begin = max((m.end() for m in re.finditer(r"[,;]|(?<!\w)и(?!\w)", line.low[:start])), default=0)
    close = next((m.start() + end for m in re.finditer(r"[,;]", line.low[end:])), len(line.low))
    stock = code in room.known and room.known[code].kind is Kind.STOCK
    achieving = words.LEVELLING if stock else words.ACHIEVING.get(code, words.USUAL)
    verbs = [
        (token, verb)
        for token in line.words()
        if begin <= token.start < close
        and (verb := room.lexicon(token.low).verb)
        and verb not in words.NEUTRAL
        and not token.low.startswith("просроч")
    ]
    before = [verb for token, verb in verbs if token.end <= start]
    after = [verb for token, verb in verbs if token.start >= end]
    nearest = before[-1] if before else after[0] if after else None
    if nearest is None:
        return None
    if nearest in words.SPENDING and any(token.low == nearest for token, _verb in verbs):
        return _Does.UNKNOWN
    if nearest in achieving:
        return _Does.ACHIEVE
    return _Does.TASK if stock or nearest in words.TASKS else _Does.UNKNOWN


# -- numbers that belong to nothing


def _of_loose(line: Line, room: Room, rest: list[Number], loose: list[Number]) -> Amount:
    paid = _first(list(line.words()), room, words.MONEY)
    large = [one for one in rest if one.value >= _LEAST_MONEY and one not in loose]
    if not loose and large and paid is not None and not _is_share(line, large[0]):
        # «Оплата 180 тугриков»: a number, and not one that is understood.
        text = line.text[large[0].start : large[0].end]
        return Amount(Part("receipts", Sure.UNSURE, text), Part(None, Sure.UNSURE, text))
    if not loose:
        return _MISSING
    first = loose[0]
    text = line.text[first.start : first.end].strip()
    if paid is None or first.doubtful or len(loose) > 1:
        if paid is None and len(text) >= _PHONE and first.value >= 10 ** (_PHONE - 1):
            return _MISSING
        return Amount(Part(None, Sure.MISSING, text), Part(None, Sure.UNSURE, text))
    start = first.start
    value = half_up(first.value * KOPECKS)
    line.take(start, first.end, Where.AMOUNT)
    does = _does(line, room, start, first.end, "receipts")
    if is_foreign(line.free, first):
        return _amount("receipts", None, text, sure=False)
    if first.value >= 1_000:
        clear = does in {None, _Does.ACHIEVE} and first.value <= Fraction(10) ** 9
        return _amount("receipts", value, text, sure=clear, metric_sure=clear)
    # «Оплата 180»: thousands, said the way they are said; it may be roubles.
    return _amount("receipts", value * 1_000, text, sure=False, metric_sure=True, others=(value,))


def _is_share(line: Line, number: Number) -> bool:
    return re.match(r" ?(?:%|процент)", line.low[number.end :]) is not None
