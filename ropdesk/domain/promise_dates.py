"""The days of the promise line: «завтра», «до пятницы», «25-го», «к концу недели», «by Friday».

Each phrase gives one or more days; what could be two days gives both and is unsure. A day that is
not worked stays as it was said, with the working days around it as the other meanings.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ropdesk.domain.promise_day_words import HOUR, MONTHS, MORNING, NEXT, PATTERNS, WEEKDAYS
from ropdesk.domain.promise_line import Part, Sure
from ropdesk.domain.promise_numbers import day_number, numbers
from ropdesk.domain.promise_words import Line, Room, Where

_DAY, _WEEK, _FAR = timedelta(days=1), timedelta(days=7), timedelta(days=366)
_OFFICE = range(8, 21)  # «к 12» at a morning meeting may be noon

# What stands before «до 5» where 5 is a level to reach, surely or perhaps.
_LEVEL = re.compile(
    r"(?<!\w)(?:(?P<sure>(?:просроч|сниз|сниж|сократ|сокращ|уменьш|довес|довед|подня|подним|увелич"
    r"|конверси|overdue)\w*(?: +задач\w*)?)|(?:звонк|набор|лид|заяв|обращен|calls|leads)\w*) +$"
)


@dataclass(frozen=True, slots=True)
class _Days:
    """What one phrase says: days, the likeliest first; none for a day that does not exist."""

    days: tuple[date, ...]
    whole: bool = False
    sure: bool = True
    text: str = ""
    adjusted: bool = False  # already the last working day of a span
    place: int = 0


_Found = re.Match[str]
# Before a day these leave open which one, or deny it: «через пятницу», «не завтра».
_OPEN = re.compile(r"(?<!\w)(?:кажд\w+|every|не|not|через|т[уо]т?|той|прошл\w+|last) +$")
_POINT = re.compile(
    r"(?<!\w)(?:верси\w*|v|п|пп|пункт\w*|ст|стать\w*|раздел\w*|глав\w*|приказ\w*|договор\w*"
    r"|счет\w*)\.? *$"
)
_REPORT = re.compile(
    r"(?:отчет|план|итог|сводк|данн|статистик|результат|анализ|показател)\w*(?: +\w+)? +$"
)
_Reader = Callable[[_Found, Room], _Days | None]


def read_days(line: Line, room: Room) -> tuple[Part[date], bool]:
    """Take every day and hour out of a line and say by when the promise is.

    Returns:
        The due day, and whether facts count from today on.
    """
    found = list(_phrases(line, room))
    hours = _hours(line, room)
    if not found:
        return (hours or Part(room.next_day, Sure.MISSING)), False
    text = " ".join(one.text for one in sorted(found, key=lambda one: one.place))
    whole = any(one.whole for one in found)
    found.sort(key=lambda one: not one.sure)
    days = tuple(dict.fromkeys(day for one in found for day in one.days))
    if not days:
        return Part(room.next_day, Sure.UNSURE, text), whole
    # «в четверг 29.10» on a Thursday: the second phrase says which of the two Thursdays.
    agreed = [day for day in days if all(day in one.days for one in found)]
    value, *others = agreed or days
    sure = len(agreed) == 1 and any(one.sure for one in found)
    if abs(value - room.today) > _FAR:
        sure = False
    elif not any(one.adjusted for one in found) and not room.works(value):
        around = (room.working(value - _DAY, -1), room.working(value + _DAY, 1))
        others += [day for day in around if day >= room.today and day not in others]
        sure = False
    return Part(value, Sure.SURE if sure else Sure.UNSURE, text, tuple(others)), whole


def _phrases(line: Line, room: Room) -> Iterator[_Days]:
    for pattern, kind in PATTERNS:
        place = 0
        while (match := pattern.search(line.free, place)) is not None:
            place = match.end()
            days = _READERS[kind](match, room)
            if days is None:
                continue
            parts = match.groupdict()
            vague = _OPEN.search(line.free[: match.start()]) is not None
            text = line.take(match.start(), match.end(), Where.DUE)
            # «с понедельника» is when something begins: whether it ends there is not said.
            yield replace(
                days,
                whole=days.whole or parts["until"] is not None,
                sure=days.sure and parts["odd"] is None and not vague,
                text=text,
                place=match.start(),
            )


# -- exact days


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full(match: _Found, room: Room) -> _Days:
    year = int(match["year"])
    named = _date(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
    if named is None:
        return _Days((), sure=False)
    return _Days((named,), sure=named >= room.today)


def _short(match: _Found, room: Room) -> _Days | None:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if match["until"] is None and _POINT.search(match.string[: match.start()]):
        return None
    whole_month = len(match["month"]) == 2
    if not whole_month and match["until"] is None:
        return None
    days = _of_month(room.today, month, day)
    return replace(days, sure=days.sure and whole_month)


def _of_month(today: date, month: int, day: int) -> _Days:
    """Return a day and month of this year or the next; one that has just passed is unsure."""
    this, following = _date(today.year, month, day), _date(today.year + 1, month, day)
    if this is not None and this >= today:
        return _Days((this,))
    if this is not None and following is not None and today - this > _FAR / 2:
        return _Days((following,))
    known = tuple(found for found in (this, following) if found is not None)
    return _Days(known, sure=False)


def _named(match: _Found, room: Room) -> _Days | None:
    day = day_number(match["day"])
    if not 1 <= day <= 31:
        return None
    month = _which(MONTHS, match["month"])
    year = match.groupdict().get("year")
    if year is None:
        return _of_month(room.today, month, day)
    named = _date(int(year), month, day)
    return _Days((named,), sure=named >= room.today) if named else _Days((), sure=False)


def _which(patterns: tuple[str, ...], word: str) -> int:
    return next(n for n, one in enumerate(patterns, start=1) if re.fullmatch(one, word))


def _day_of_month(match: _Found, room: Room) -> _Days | None:
    """Read «25-го»: the next such day. A month without that day is passed over, unsurely."""
    day = day_number(match["day"])
    if not 1 <= day <= 31:
        return None
    first = room.today.replace(day=1)
    months = [first]
    for _ in range(2):
        first = (first + 31 * _DAY).replace(day=1)
        months.append(first)
    skipped = False
    for month in months:
        found = _date(month.year, month.month, day)
        skipped = skipped or found is None
        if found is not None and found >= room.today:
            return _Days((found,), sure=not skipped)
    raise AssertionError(day)


def _bare_day(match: _Found, room: Room) -> _Days | None:
    """Read «до 25»; where it may be an hour, today is possible too."""
    if match["until"] is None or match["until"].strip().endswith("по"):
        return None
    level = _LEVEL.search(match.string[: match.start()])
    if level is not None and level["sure"]:
        return None
    following = re.match(r" +([^\W\d_]+)", match.string[match.end() :])
    if following is not None:
        lexeme = room.lexicon(following[1])
        # «до 25 звонков» is a level, «до 25 оплата» a day.
        if not lexeme.verb and lexeme.forms and lexeme.forms[0][1] in {"gent", "datv"}:
            return None
    days = _day_of_month(match, room)
    if days is not None and int(match["day"]) in _OFFICE:
        return replace(days, days=(*days.days, room.today), sure=False)
    return days if days is None or level is None else replace(days, sure=False)


def _spoken_day(match: _Found, room: Room) -> _Days | None:
    """Read «до пятого»; «пятого» alone, or before another word, may be anything's."""
    days = _day_of_month(match, room)
    alone = re.match(r" +[^\W\d_]", match.string[match.end() :]) is None
    spoken = " " in match["day"].strip()  # «двадцать пятого»
    if days is not None and not spoken and (match["until"] is None or not alone):
        return replace(days, sure=False)
    return days


# -- days counted from today


def _relative(match: _Found, room: Room) -> _Days:
    word = match["word"]
    if word.startswith(("послезавтра", "day after")):
        return _Days((room.today + 2 * _DAY,))
    if word.startswith(("вчера", "yesterday")):
        return _Days((room.today, room.next_day), sure=False)
    later = word.startswith(("завтра", "tom", "tmr"))
    return _Days((room.today + later * _DAY,))


def _after(match: _Found, room: Room) -> _Days | None:
    if match["way"] is None and _REPORT.search(match.string[: match.start()]):
        return None
    said = match["count"] or ""
    count = {"": 1, "пару": 2, "a couple of": 2, "a": 1, "an": 1}.get(said.strip())
    sure = not said.startswith(("пару", "a couple"))
    if count is None:
        known = numbers(said.strip())
        if len(known) != 1 or known[0].value.denominator != 1 or known[0].value > 400:
            return None
        count = int(known[0].value)
    unit = match["unit"]
    if "рабоч" in unit or "working" in unit or "business" in unit:
        day = room.today
        for _ in range(count):
            day = room.working(day + _DAY, 1)
        return _Days((day,), whole=match["way"] is None, sure=sure)
    if unit.startswith(("мес", "mon")):
        month = room.today.month - 1 + count
        year, last = room.today.year + month // 12, room.today.day
        found = next(d for n in range(4) if (d := _date(year, month % 12 + 1, last - n)))
        return _Days((found,), whole=match["way"] is None, sure=sure)
    step = _WEEK if unit.startswith(("нед", "week")) else _DAY
    return _Days((room.today + count * step,), whole=match["way"] is None, sure=sure)


def _weekday(match: _Found, room: Room) -> _Days | None:
    """Read a weekday: the next one. On the day itself, and for «следующая», both are possible."""
    wanted = _which(WEEKDAYS, match["weekday"]) - 1
    ahead = (wanted - room.today.weekday()) % 7
    near = room.today + ahead * _DAY
    of_next = room.today + (7 - room.today.weekday() + wanted) * _DAY
    if match["weekday"] == "ср" and not (match["until"] or match["on"]):
        return None  # «ср. чек»
    if match["of_next"] is not None:
        return _Days((of_next,))
    which = match["which"]
    number = re.match(r" +(\d{1,2})(?!\d|[.,:]\d)", match.string[match.end() :])
    after = near + _WEEK
    if number is not None and int(number[1]) == after.day:
        return _Days((near, after), sure=False)  # «в пятницу 27 КП»: the 27th, or 27 of them
    if which is None:
        return _Days((near,)) if ahead else _Days((near + _WEEK, near), sure=False)
    if re.fullmatch(NEXT, which):
        # The coming Friday is «завтра» or «эта» when near; farther off, people mean either.
        clear = near == of_next or ahead < 2
        return _Days((of_next,)) if clear else _Days((of_next, near), sure=False)
    return _Days((near,), sure=bool(ahead))


# -- spans


def _last_of(room: Room, span: str, *, following: bool) -> date:
    """Return the last calendar day of this or the following week, month, quarter or year."""
    today = room.today
    if span.startswith(("недел", "рабочей недел", "week")):
        return today + (6 - today.weekday() + 7 * following) * _DAY
    months = 1 if span.startswith(("месяц", "month")) else 3 if span[0] in "кq" else 12
    past = (today.month - 1) // months * months + months * (1 + following)
    return date(today.year + past // 12, past % 12 + 1, 1) - _DAY


def _span_end(room: Room, last: date) -> _Days:
    """Return the last working day of a span; past it, the span's own last day is unsure."""
    day = room.working(last, -1)
    if day < room.today:
        return _Days((last,), whole=True, sure=False)
    return _Days((day,), whole=True, adjusted=True)


def _end_of(match: _Found, room: Room) -> _Days | None:
    parts = match.groupdict()
    part = parts.get("part")
    if parts.get("within") and _REPORT.search(match.string[: match.start()]):
        return None
    following = match["which"] is not None and bool(re.fullmatch(NEXT, match["which"]))
    end = _span_end(room, _last_of(room, match["span"], following=following))
    if part is None:
        # «до следующей недели» ends before it begins, or with it.
        return replace(end, sure=end.sure and match["until"] is None and not parts.get("within"))
    # The beginning and the middle of a span are not days.
    return replace(end, sure=end.sure and part.startswith(("кон", "end", "the end")))


def _end_of_month(match: _Found, room: Room) -> _Days:
    month = _which(MONTHS, match["month"])
    year = room.today.year + (month < room.today.month)
    last = date(year + month // 12, month % 12 + 1, 1) - _DAY
    return _span_end(room, last)


def _vague_week(_match: _Found, room: Room) -> _Days:
    """Read «на той неделе»: usually the next, but the last as well."""
    return replace(_span_end(room, _last_of(room, "недели", following=True)), sure=False)


def _new_year(_match: _Found, room: Room) -> _Days:
    return _span_end(room, _last_of(room, "года", following=False))


# -- hours


def _hours(line: Line, room: Room) -> Part[date] | None:
    """Take hours, which stay in the promise's words; alone they mean today."""
    said = []
    while (match := HOUR.search(line.free)) is not None:
        said.append(match[0])
        line.take(match.start(), match.end(), Where.TIME)
    if not said:
        return None
    text = " ".join(said)
    if re.sub(" +", " ", said[0]) in MORNING:
        return Part(room.next_day, Sure.UNSURE, text, (room.today,))
    if room.works(room.today):
        return Part(room.today, Sure.SURE, text)
    return Part(room.today, Sure.UNSURE, text, (room.next_day,))


_READERS: dict[str, _Reader] = {
    "after": _after,
    "bare_day": _bare_day,
    "day_of_month": _day_of_month,
    "end_of": _end_of,
    "end_of_month": _end_of_month,
    "full": _full,
    "named": _named,
    "new_year": _new_year,
    "relative": _relative,
    "short": _short,
    "spoken_day": _spoken_day,
    "vague_week": _vague_week,
    "weekday": _weekday,
}
