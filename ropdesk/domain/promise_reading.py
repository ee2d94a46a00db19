"""Reading a promise line: each part takes its words, the rest is what is promised."""

import re

from ropdesk.domain.metrics import Unit
from ropdesk.domain.promise_customers import read_customer, read_quoted
from ropdesk.domain.promise_dates import read_days
from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.domain.promise_metrics import read_amount
from ropdesk.domain.promise_people import read_member
from ropdesk.domain.promise_words import Line, Room, Where

LONGEST = 400  # letters of a line that are read; a page pasted by mistake must not hold the keys
_PAID = {"receipts", "deals_won", "average_check"}


def understand(text: str, room: Room) -> Understood:
    """Understand a line as far as it has been typed."""
    line = Line(text[:LONGEST])
    quoted = read_quoted(line)
    due, whole = read_days(line, room)
    member = read_member(line, room)
    amount = read_amount(line, room)
    paid = amount.metric.value in _PAID or _is_money(amount.metric.value, room)
    customer = read_customer(line, room, quoted, paid=paid)
    words = _words(line)
    if amount.amount.value is not None and _says_nothing(words, room):
        words = ""
    return Understood(
        member, due, whole, amount.metric, amount.amount, customer,
        words or _instead(amount.metric, customer, room),
    )  # fmt: skip


def _is_money(code: str | None, room: Room) -> bool:
    return code is not None and code in room.known and room.known[code].unit is Unit.MONEY


def _instead(metric: Part[str], customer: Part[str], room: Room) -> str:
    """Return the metric's name where nothing else was said («Галиев завтра 180к»)."""
    if metric.value is not None and metric.sure is not Sure.MISSING:
        return room.titles.get(metric.value, "")
    return f"«{customer.value}»" if customer.value else ""


def _says_nothing(words: str, room: Room) -> bool:
    """Whether no more is left than a verb («Сделать») or where («На линии»)."""
    left = words.lower().split()
    return " ".join(left) in {"на линии", "on the line"} or (
        len(left) == 1 and bool(room.lexicon(left[0]).verb)
    )


def _words(line: Line) -> str:
    """Return what is promised: what is left, hours at the end, a capital at the beginning."""
    rest = list(line.rest(Where.CUSTOMER, Where.TIME))
    hours = "".join(
        letter if where is Where.TIME else "\0"
        for letter, where in zip(line.text, line.taken, strict=True)
    )
    for at, where in enumerate(line.taken):
        if where is Where.TIME:
            rest[at] = "\0"
    for start, (end, instead) in line.swaps.items():
        rest[start:end] = [instead, *[""] * (end - start - 1)]
    text = " ".join((_clean("".join(rest)), *hours.replace("\0", " ").split()))
    text = text.strip()
    return text[:1].upper() + text[1:]


def _clean(text: str) -> str:
    """Close the gaps of what was taken: no double spaces, no signs and prepositions left alone."""
    text = re.sub(r"\(\s*\0[\s\0]*\)", " ", text)
    text = re.sub(r"(?<!\w)(?:на|от|за|в|у|по|и|на сумму)(?=\s*(?:\0\s*)+(?:$|[.,;!]))", " ", text)
    text = re.sub(r"\s*\0[\s\0]*", " \0 ", text)
    text = re.sub(r"(?:^|(?<=\0))[\s\0]*[-–—,;:.!]+(?=\s|\0)", " ", text)
    text = text.replace("\0", " ")
    text = re.sub(r",\s*(?=«)", " ", text)
    text = re.sub(r"\s+([,.;:!?)])", r"\1", re.sub(r"\s+", " ", text))
    text = text.strip(" ,;:!-–—+").lstrip(". ")
    return text if re.search(r"(?<!\w)\w\.$", text) else text.rstrip(". ")
