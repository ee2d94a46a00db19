"""What the promise line is read with: its tokens, and what is known about words and people."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from ropdesk.domain.metrics import Metric

OWNER = 0  # the sales head among the people
_DAY = timedelta(days=1)
_FAR = 366
_TOKEN = re.compile(
    r"[^\W\d_]+(?:[-'’&+](?=[^\W\d_])[^\W\d_]+|\.[a-zа-я]{2,3}(?!\w)|\d+)*|\d+|[^\w\s]|_"
)
_SPACES, _DASHES = "\u00a0\u2007\u2009\u202f\t\r\n", "\u2010\u2011\u2012\u2013\u2014\u2212"
_SAME = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-") | {"ё": "е"})


class Where(StrEnum):
    """Which part of a promise took some characters of the line."""

    MEMBER = "member"
    DUE = "due"
    TIME = "time"
    AMOUNT = "amount"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a dictionary says of a word.

    Attributes:
        forms: (dictionary form, case) of each reading as a noun or an adjective, likeliest first;
            the case is «nomn», «gent», «datv», «accs», «ablt», «loct», or empty.
        verb: the infinitive, where the likeliest reading is a verb.
        known: the dictionary has the word; otherwise the readings are guesses by its ending.
        person: it may be a first name, a patronymic or a surname.
        place: it is a place's name.
        ordinary: it is known as something besides a name of a person, place or company.
    """

    forms: tuple[tuple[str, str], ...] = ()
    verb: str = ""
    known: bool = False
    person: bool = False
    place: bool = False
    ordinary: bool = False

    @property
    def lemmas(self) -> tuple[str, ...]:
        """The dictionary forms, with the infinitive last."""
        found = (lemma for lemma, _case in self.forms)
        return tuple(dict.fromkeys((*found, self.verb) if self.verb else found))


@dataclass(frozen=True, slots=True)
class NameForm:
    """One way to say a part of a member's name.

    Attributes:
        member: the member's id, `OWNER` for the sales head.
        part: «surname», «first», «short» (a diminutive), «patronymic» or «alias».
        direct: it can be the subject of a sentence.
        given: it is the dative («Галиеву»), in which a task is given.
        ordinary: it is an ordinary word as well («роман», «вера»).
    """

    member: int
    part: str
    direct: bool
    ordinary: bool
    given: bool = False


@dataclass(frozen=True)
class Room:
    """Everything that the words of a line may mean in a meeting.

    Attributes:
        works: whether a day is worked.
        people: how a name is said, in small letters → whose it may be.
        near: what remains of a surname's form when a letter is left out → whose it is.
        letters: id of a member → first letters of their names.
        present: ids of those at the meeting.
        metrics: dictionary forms of a metric's name → its code; own ones before the builtin.
        known: metrics by code.
        customers: a customer's name in small letters → as it is written.
        titles: names of metrics by code, as they are shown.
    """

    today: date
    works: Callable[[date], bool]
    lexicon: Callable[[str], Lexeme]
    people: Mapping[str, tuple[NameForm, ...]] = field(default_factory=dict)
    near: Mapping[str, frozenset[int]] = field(default_factory=dict)
    letters: Mapping[int, str] = field(default_factory=dict)
    present: frozenset[int] = frozenset()
    metrics: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    known: Mapping[str, Metric] = field(default_factory=dict)
    customers: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def working(self, day: date, step: int) -> date:
        """Return the nearest working day from a day on, in steps of +1 or −1.

        A year without a working day is given up: the day itself.
        """
        found = day
        for _ in range(_FAR):
            if self.works(found):
                return found
            found += step * _DAY
        return day

    @property
    def next_day(self) -> date:
        """The next working day after today."""
        return self.working(self.today + _DAY, 1)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign of the line; ``low`` is in small letters, ё as е."""

    start: int
    end: int
    text: str
    low: str

    @property
    def word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def folded(text: str) -> str:
    """Bring a text to small letters, one space, one dash and е for ё; its length stays."""
    return "".join(
        small if len(small := letter.lower()) == 1 else letter for letter in text
    ).translate(_SAME)


class Line:
    """A line while it is being read: what has been taken by which part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = folded(text)
        self.tokens = tuple(
            Token(found.start(), found.end(), found[0], self.low[found.start() : found.end()])
            for found in _TOKEN.finditer(text)
        )
        self.taken: list[Where | None] = [None] * len(text)
        self._free = self.low
        self.swaps: dict[int, tuple[int, str]] = {}  # start → end and what is written instead

    @property
    def free(self) -> str:
        """The small letters, what is taken hidden behind NULs."""
        return self._free

    def take(self, start: int, end: int, where: Where) -> str:
        """Give a span to a part and return its words."""
        for at in range(start, end):
            self.taken[at] = where
        self._free = self._free[:start] + "\0" * (end - start) + self._free[end:]
        return self.text[start:end].strip()

    def is_free(self, token: Token) -> bool:
        """Whether nothing has taken a token."""
        return not any(self.taken[token.start : token.end])

    def words(self) -> Iterator[Token]:
        """Yield the words that nothing has taken."""
        return (token for token in self.tokens if token.word and self.is_free(token))

    def row_after(self, at: int) -> list[Token]:
        """List the free words that stand one after another behind a place."""
        row: list[Token] = []
        for token in self.tokens:
            if token.start < at:
                continue
            if not token.word or self._free[at : token.end].strip(" ") != token.low:
                break
            row.append(token)
            at = token.end
        return row

    def row_before(self, at: int) -> list[Token]:
        """List the free words that stand one after another up to a place; signs may end them."""
        at = len(self._free[:at].rstrip(" :=-"))
        row: list[Token] = []
        for token in reversed(self.tokens):
            if token.end > at:
                continue
            if not token.word or self._free[token.start : at].strip(" ") != token.low:
                break
            row.append(token)
            at = token.start
        return row[::-1]

    def before(self, at: int) -> Token | None:
        """Return the token before a place."""
        return next((t for t in reversed(self.tokens) if t.end <= at), None)

    def begins(self, token: Token) -> bool:
        """Whether a word begins the line or a sentence, where any word has a capital."""
        last = self.before(token.start)
        return last is None or last.text in {".", "!", "?", ":", ";"} or last.low == "-"

    def opens(self, at: int) -> bool:
        """Whether nothing but who and when stands before a place."""
        before = zip(self.text[:at], self.taken[:at], strict=True)
        return not any(
            letter.isalnum() and where not in {Where.MEMBER, Where.DUE, Where.TIME}
            for letter, where in before
        )

    def rest(self, *kept: Where) -> str:
        """Return what nothing has taken, and the parts named, with a NUL in each gap."""
        return "".join(
            letter if where is None or where in kept else "\0"
            for letter, where in zip(self.text, self.taken, strict=True)
        )
