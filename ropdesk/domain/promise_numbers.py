"""Numbers of the promise line in digits and in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_UNITS = {
    "ноль": 0, "нуля": 0, "один": 1, "одна": 1, "одну": 1, "одно": 1, "одного": 1, "одной": 1,
    "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4, "четырех": 4, "пять": 5,
    "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "одиннадцать": 11, "одиннадцати": 11,
    "двенадцать": 12, "двенадцати": 12, "тринадцать": 13, "тринадцати": 13, "четырнадцать": 14,
    "четырнадцати": 14, "пятнадцать": 15, "пятнадцати": 15, "шестнадцать": 16, "шестнадцати": 16,
    "семнадцать": 17, "семнадцати": 17, "восемнадцать": 18, "восемнадцати": 18,
    "девятнадцать": 19, "девятнадцати": 19, "десяток": 10, "дюжину": 12, "дюжина": 12,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15,
}  # fmt: skip
_TENS = {
    "двадцать": 20, "двадцати": 20, "тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40,
    "пятьдесят": 50, "пятидесяти": 50, "шестьдесят": 60, "шестидесяти": 60, "семьдесят": 70,
    "семидесяти": 70, "восемьдесят": 80, "восьмидесяти": 80, "девяносто": 90, "девяноста": 90,
    "полсотни": 50, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_HUNDREDS = {
    "сто": 100, "ста": 100, "двести": 200, "двухсот": 200, "триста": 300, "трехсот": 300,
    "четыреста": 400, "четырехсот": 400, "пятьсот": 500, "пятисот": 500, "шестьсот": 600,
    "шестисот": 600, "семьсот": 700, "семисот": 700, "восемьсот": 800, "восьмисот": 800,
    "девятьсот": 900, "девятисот": 900, "сотню": 100, "сотня": 100, "hundred": 100,
}  # fmt: skip
_ABOUT = {"пара": 2, "пару": 2, "парочку": 2, "парочка": 2}
_WORDS = _ABOUT | _UNITS | _TENS | _HUNDREDS
_PARTS = {
    "полтора": Fraction(3, 2), "полторы": Fraction(3, 2), "полутора": Fraction(3, 2),
    "пол": Fraction(1, 2),
}  # fmt: skip
_ONE = "|".join(sorted((*_WORDS, *_PARTS), key=len, reverse=True))
_SPOKEN = re.compile(rf"(?<!\w)(?:{_ONE})(?: +(?:{_ONE}))*(?!\w)")
_HALF = re.compile(r"(?<!\w)пол(?=-?(?:миллион|лям|лимон|млн))-?")
_WRITTEN = re.compile(
    r"(?<![\w№#])(?<!\d[.,])([1-9]\d{0,2}(?:\.\d{3}){2,}|[1-9]\d{0,2}(?:,\d{3}){2,}"
    r"|\d{1,3}(?:[ '’]\d{3})+(?!\d)(?:,\d{1,2})?|\d+(?:[.,]\d+)?)(?![.,]\d)"
    r"(?:-?(?:ти|х|и|ью)(?!\w))?"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_ORDINALS = (
    "перв", "втор", "треть", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат",
    "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
)  # fmt: skip
_STEM = {stem: number for number, stem in enumerate(_ORDINALS, start=1)} | {"тридцат": 30}
_STEMS = "|".join(sorted(_STEM, key=len, reverse=True))
ORDINAL = rf"(?:(?:двадцать|тридцать) +)?(?:{_STEMS})(?:ого|ому|его|ему|ое|ье|ьего|ьему)"
_ORDINAL = re.compile(rf"(?:(двадцать|тридцать) +)?({_STEMS})\w+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the line.

    Attributes:
        doubtful: it may be thousands or a fraction («180.000»), or words that make no number.
        spoken: written in words.
    """

    start: int
    end: int
    value: Fraction
    doubtful: bool = False
    spoken: bool = False


def numbers(text: str) -> list[Number]:
    """Find the numbers of a text in small letters, in order."""
    found = [*_written(text), *_spoken(text)]
    return sorted(found, key=lambda number: number.start)


def _written(text: str) -> Iterator[Number]:
    for match in _WRITTEN.finditer(text):
        bare = re.sub(r"[ '’]", "", match[1])
        doubtful = bool(_GROUPED.fullmatch(bare))
        groups = doubtful or bare.count(".") + bare.count(",") > 1
        plain = re.sub(r"[.,]", "", bare) if groups else bare.replace(",", ".")
        yield Number(match.start(), match.end(), Fraction(plain), doubtful)


def _spoken(text: str) -> Iterator[Number]:
    for match in _HALF.finditer(text):
        yield Number(match.start(), match.end(), Fraction(1, 2), spoken=True)
    for match in _SPOKEN.finditer(text):
        value, least, doubtful = Fraction(0), 1_000, not _ABOUT.keys().isdisjoint(match[0].split())
        for word in match[0].split():
            part = _PARTS.get(word) or Fraction(_WORDS.get(word, 0))
            size = 100 if word in _HUNDREDS else 10 if part >= 10 else 1
            doubtful = doubtful or size >= least
            # Nothing follows «двенадцать»: it has both its ten and its unit.
            least = size if word in _HUNDREDS or word in _TENS else 1
            value += part
        yield Number(match.start(), match.end(), value, doubtful, spoken=True)


def ordinal(text: str) -> int:
    """Return the number of «двадцать пятого»; 0 for what is none."""
    match = _ORDINAL.fullmatch(text)
    if match is None:
        return 0
    tens = _WORDS[match[1]] if match[1] else 0
    last = _STEM[match[2]]
    return tens + last if not tens or last < 10 else 0


def day_number(text: str) -> int:
    """Return the day of a month of «25» or «двадцать пятого»; 0 for none."""
    return int(text) if text.isdigit() else ordinal(text)
