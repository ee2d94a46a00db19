"""The customer of a promise: in quotes, after ООО or ИП, known from deals, or capitalised.

A name is brought to its dictionary form («от Вектора» is «Вектор») where the dictionary leaves no
choice; where it does, both are offered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ropdesk.domain.promise_line import Part, Sure
from ropdesk.domain.promise_vocabulary import CALLED, COUNTED, MONEY, NOT_NAMES, PAPERS, WORK_NOUNS
from ropdesk.domain.promise_words import Lexeme, Line, Room, Token, Where, folded

_QUOTED = re.compile(r"«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|\"([^\"]+)\"")
_FORM = re.compile(r"(?<!\w)(?:ооо|ао|пао|зао|оао|нао|тоо|llc|ltd|ип|чп|ип кфх|кфх) +(?=[\"«“„\w])")
_SOLE = re.compile(r"(?:ип|чп|кфх)")
# A quoted word behind these is a base of contacts, a book, a stage: no customer.
_NOT_OF = re.compile(
    r"(?:баз|скрипт|курс|книг|регламент|тем|продукт|тариф|этап|раздел|стади|модул|тренинг|акци"
    r"|вебинар|стать|ролик|воронк|статус|стандарт|блок|услуг|пакет|проект|стол|рассылк|сегмент"
    r"|причин|отчет|файл|таблиц|лист|папк|категори|возражени|script|book|course|stage|base)\w*"
    r"(?: по| из)? *$"
)
_CASES = {
    "от": {"gent"}, "из": {"gent"}, "у": {"gent"}, "для": {"gent"}, "без": {"gent"},
    "с": {"ablt", "gent"}, "со": {"ablt", "gent"}, "к": {"datv"}, "по": {"datv"},
    "в": {"accs", "loct"}, "во": {"accs", "loct"}, "на": {"accs", "loct"},
    "за": {"accs", "ablt"}, "про": {"accs"}, "о": {"loct"}, "перед": {"ablt"},
}  # fmt: skip
_VOCABULARY = MONEY | PAPERS | CALLED | WORK_NOUNS | NOT_NAMES | {
    word for phrase in COUNTED for word in phrase
}  # fmt: skip
_ACRONYM = 4
# Words that begin a promise of money and are nobody's name.
_GENERIC = {"план", "чек", "остаток", "транш", "этап", "итого", "сумма", "перевод", "выход"}
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее)$")
_LETTERS = 2  # of «и», «к», «на»: no part of a name


@dataclass(frozen=True, slots=True)
class _Name:
    """A customer's name where it stands."""

    start: int
    end: int
    value: str
    sure: bool
    others: tuple[str, ...] = ()


def read_quoted(line: Line) -> list[Part[str]]:
    """Take names in quotes and after a legal form, before anything else is read into them."""
    found: list[tuple[int, Part[str]]] = []
    while (form := _FORM.search(line.free)) is not None:
        start, name = form.start(), _after_form(line, form)
        text = line.take(start, max(name.end, form.end()), Where.CUSTOMER)
        if name.value:
            line.swaps[start] = (name.end, _shown(name.value))
            sure = Sure.SURE if name.sure else Sure.UNSURE
            found.append((start, Part(name.value, sure, text)))
    for match in _QUOTED.finditer(line.free):
        inner = next(group for group in match.groups() if group is not None)
        value = line.text[match.start() + 1 : match.end() - 1].strip()
        text = line.take(match.start(), match.end(), Where.CUSTOMER)
        line.swaps[match.start()] = (match.end(), f"«{value}»")
        if "\0" in inner or _NOT_OF.search(line.low[: match.start()]) is not None:
            continue
        named = value[:1].isupper() or value[:1].isdigit()
        found.append(
            (match.start(), Part(value, Sure.SURE if named else Sure.UNSURE, text))
        )  # fmt: skip
    return [part for _start, part in sorted(found, key=lambda one: one[0])]


def _after_form(line: Line, form: re.Match[str]) -> _Name:
    sole = form[0].split()[0].upper() if _SOLE.match(form[0]) else ""
    quoted = _QUOTED.match(line.free, form.end())
    if quoted is not None:
        value = line.text[quoted.start() + 1 : quoted.end() - 1].strip()
        return _Name(form.start(), quoted.end(), f"{sole} {value}".strip(), True)
    row: list[Token] = []
    for token in line.row_after(form.end()):
        if row and (not token.capital or len(token.text) == 1):
            break
        row.append(token)
    if not row:
        return _Name(form.start(), form.end(), "", False)
    end = row[-1].end
    initials = re.match(r"(?: ?[А-ЯA-Z]\.){1,2}", line.text[end:]) if sole else None
    end += initials.end() if initials else 0
    said = line.text[row[0].start : end]
    before = line.before(form.start())
    bent = bool(sole) and before is not None and before.low in _CASES
    value = f"{sole} {said}".strip()
    if not row[0].capital:
        return _Name(form.start(), end, f"{sole} {said.capitalize()}".strip(), False)
    return _Name(form.start(), end, value, not bent)


def read_customer(line: Line, room: Room, quoted: Sequence[Part[str]], *, paid: bool) -> Part[str]:
    """Take the customer out of a line.

    Args:
        quoted: what `read_quoted` found.
        paid: the promise is a payment, so that a name in small letters is looked for as well.

    Returns:
        One customer; of several none surely.
    """
    if quoted:
        return _one(list(quoted))
    names = _known(line, room) or _capitals(line, room, paid=paid)
    if not names and paid:
        names = _small(line, room)
    parts = []
    for name in names:
        text = line.take(name.start, name.end, Where.CUSTOMER)
        line.swaps[name.start] = (name.end, _shown(_spoken(text, name.value)))
        sure = Sure.SURE if name.sure else Sure.UNSURE
        parts.append(Part(name.value, sure, text, name.others))
    return _one(parts)


def _one(parts: list[Part[str]]) -> Part[str]:
    if not parts:
        return Part(None, Sure.MISSING)
    first, *more = parts
    others = tuple(part.value for part in more if part.value and part.value != first.value)
    if not others:
        return first
    return Part(first.value, Sure.UNSURE, first.text, (*first.others, *others))


def _spoken(said: str, value: str) -> str:
    """Return a name as it was said («от Вектора»), with the capitals of the known one."""
    if folded(said) == folded(value):
        return value
    return said[:1].upper() + said[1:]


def _shown(name: str) -> str:
    return name if _SOLE.match(folded(name)) and " " in name else f"«{name}»"


def _known(line: Line, room: Room) -> list[_Name]:
    """Find the customers of deals, in any case; an ordinary word in small letters is a doubt."""
    found: list[_Name] = []
    row = list(line.words())
    for at, first in enumerate(row):
        if found and first.start < found[-1].end:
            continue
        for count in range(min(3, len(row) - at), 0, -1):
            some = row[at : at + count]
            if any(line.low[a.end : b.start].strip() for a, b in pairwise(some)):
                continue
            last = some[-1]
            lead = "".join(f"{token.low} " for token in some[:-1])
            forms = (last.low, *room.lexicon(last.low).lemmas)
            name = next((n for f in forms if (n := room.customers.get(lead + f))), None)
            if name is not None and not _is_vocabulary(first, room.lexicon(first.low)):
                clear = first.capital or not room.lexicon(first.low).ordinary
                found.append(_Name(first.start, last.end, name, clear))
                break
    return found


# -- capitals


def _capitals(line: Line, room: Room, *, paid: bool) -> list[_Name]:
    groups: list[list[Token]] = []
    for token in line.words():
        if len(token.text) == 1 or line.text[token.start - 1 : token.start].isdigit():
            continue  # «1С», an initial
        if not token.capital or _is_vocabulary(token, lexeme := room.lexicon(token.low)):
            continue
        if (lexeme.verb and lexeme.known) or (token.low in room.people and not paid):
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and not line.low[last.end : token.start].strip(" &"):
            groups[-1].append(token)
        else:
            groups.append([token])
    names = [_named(line, room, group, paid=paid) for group in groups]
    return [name for name in names if name is not None]


def _is_vocabulary(token: Token, lexeme: Lexeme) -> bool:
    return token.low in _VOCABULARY or not _VOCABULARY.isdisjoint(lexeme.lemmas)


def _named(line: Line, room: Room, group: list[Token], *, paid: bool) -> _Name | None:
    """Judge a row of capitalised words."""
    first, lexeme = group[0], room.lexicon(group[0].low)
    begins = line.begins(first) or line.opens(first.start)
    marked = any(letter.isupper() for letter in first.text[1:]) or first.text.isascii()
    if begins and not marked and len(group) == 1:
        # Where a sentence begins, a capital says nothing.
        if lexeme.ordinary and not paid:
            return None
        return _in_form(line, group, lexeme, sure=False)
    if len(group) > 1:
        clear = all(_nominative(room.lexicon(token.low)) for token in group) and not (
            begins and not marked
        )
        return _in_form(line, group, lexeme, sure=clear)
    if lexeme.person or lexeme.place or first.low in room.people:
        # Somebody who is talked of, or a town: no customer unless something is paid.
        return _in_form(line, group, lexeme, sure=False) if paid else None
    if not marked and _goes_on(line, room, first, lexeme):
        return _Name(first.start, first.end, first.text, False)
    acronym = first.text.isupper() and len(first.text) <= _ACRONYM
    before = line.before(first.start)
    behind_money = before is not None and before.low in MONEY
    return _in_form(line, group, lexeme, sure=not acronym or behind_money)


def _goes_on(line: Line, room: Room, first: Token, lexeme: Lexeme) -> bool:
    """Whether a name may be longer than its capital («Три кита», «Мир окон»)."""
    if lexeme.known and not lexeme.forms:
        return True
    following = next(iter(line.row_after(first.end)), None)
    if following is None or following.capital or not lexeme.known:
        return False
    after = room.lexicon(following.low)
    return (
        bool(after.forms)
        and len(following.low) > _LETTERS
        and not after.verb
        and not _is_vocabulary(following, after)
    )


def _nominative(lexeme: Lexeme) -> bool:
    return not lexeme.forms or any(case in {"nomn", ""} for _lemma, case in lexeme.forms)


def _in_form(line: Line, group: Sequence[Token], lexeme: Lexeme, *, sure: bool) -> _Name:
    """Bring a name to its dictionary form, or keep it with the other form beside it."""
    first, last = group[0], group[-1]
    said = line.text[first.start : last.end]
    if len(group) > 1 or first.text.isascii() or not lexeme.forms:
        return _Name(first.start, last.end, said, sure)
    before = line.before(first.start)
    wanted = _CASES.get(before.low) if before is not None else None
    bent = [lemma for lemma, case in lexeme.forms if wanted is not None and case in wanted]
    straight = any(lemma == first.low and case == "nomn" for lemma, case in lexeme.forms)
    if wanted is None:
        firm = lexeme.known or first.low[-1] not in "аяыиуюе"
        if straight:
            return _Name(first.start, last.end, said, sure and firm)
        bent = [lemma for lemma, _case in lexeme.forms]
    lemmas = list(dict.fromkeys(bent))
    if not lemmas or lemmas == [first.low]:
        return _Name(first.start, last.end, said, sure)
    values = [_cased(lemma, said) for lemma in lemmas if lemma != first.low]
    plural = any(case == "nomn" for _lemma, case in lexeme.forms)
    clear = sure and lexeme.known and len(lemmas) == 1 and (wanted is not None or not plural)
    return _Name(
        first.start, last.end, values[0], clear, (*values[1:], *(() if clear else (said,)))
    )


def _cased(lemma: str, said: str) -> str:
    """Write a dictionary form with the capitals of the word as it was said."""
    low = folded(said)
    same = next((n for n, (a, b) in enumerate(zip(lemma, low, strict=False)) if a != b),
                min(len(lemma), len(low)))  # fmt: skip
    return said[:same] + lemma[same:]


# -- small letters


def _small(line: Line, room: Room) -> list[_Name]:
    """Find what may be a customer in small letters: no dictionary's word, or one paying."""
    found = []
    for token in line.words():
        lexeme = room.lexicon(token.low)
        if token.capital or len(token.low) < 3 or _is_vocabulary(token, lexeme) or lexeme.verb:
            continue
        if token.low in _CASES or token.low in room.people:
            continue
        straight = any(lemma == token.low and case == "nomn" for lemma, case in lexeme.forms)
        metric = any((one,) in room.metrics for one in (token.low, *lexeme.lemmas))
        start = _paying(line, token) if straight and not metric else None
        if start is not None or not lexeme.known or not (lexeme.ordinary or lexeme.person):
            start = token.start if start is None else start
            said = line.text[start : token.end]
            found.append(_Name(start, token.end, said[:1].upper() + said[1:], False))
    return found


def _paying(line: Line, token: Token) -> int | None:
    """Return where a name begins that stands where a customer does, None where it does not.

    Behind money («оплата вектор»), with its number («оплата 5 элемент»), or first of all
    («Галиев вектор 45к оплата»).
    """
    before = line.before(token.start)
    if line.opens(token.start):
        return None if token.low in _GENERIC or _ADJECTIVE.search(token.low) else token.start
    if before is None or before.low in MONEY:
        return token.start
    money = line.before(before.start)
    numbered = before.text.isdigit() and money is not None and money.low in MONEY
    return before.start if numbered else None
