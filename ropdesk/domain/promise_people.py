"""Who promises: names in any case, diminutives, initials; a doubt is never settled by a guess."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ropdesk.domain.promise_line import Part, Sure
from ropdesk.domain.promise_words import OWNER, Line, NameForm, Room, Token, Where

_OWNER_WORDS = {
    "я", "мне", "меня", "мной", "мною", "сам", "сама", "роп", "ропу", "ропа", "ропом", "i", "me",
    "myself",
}  # fmt: skip
_SELF = {"сам", "сама", "myself"}  # «Галиев сам»: his own
_EVERYBODY = {
    "все", "всем", "всех", "отдел", "отделу", "команда", "команде", "ребята", "менеджеры",
    "каждый", "каждому", "everybody", "everyone", "all", "team",
}  # fmt: skip
_PREPOSITION = re.compile(
    r"(?:(?<=^)|(?<=[ \0]))(?P<word>у|за|от|с|со|на|по|для|пусть|for|from) +$"
)
_FILLER = re.compile(
    r"^[ :,-]*(?:(?:обещает|обещал|обещала|пообещал|пообещала|обязуется|обязался|обязалась|говорит"
    r"|сказал|сказала|берет на себя|взял на себя|взяла на себя|должен|должна|надо|нужно|planning to"
    r"|планирует|promises|promised|promise|will)(?: +что(?!\w))?(?!\w))"
)
_SMALL = {"к", "ко", "с", "со", "о", "об", "про", "для", "от", "в", "во", "на", "по", "за", "через",
          "и", "перед", "без", "to", "with", "for", "from"}  # fmt: skip
_NOT_INITIALS = {"В", "К", "С", "О", "У", "И", "А", "Я", "I", "A"}
_PATRONYMIC = re.compile(r"(?:[ое]вич|ьич|[ое]вн)(?:а|у|ем|е|ы|ой)?$")
_LEAST_NEAR = 4  # letters under which one letter's difference is another name
_LEAST_BEGUN = 3


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring words that name one person.

    Attributes:
        ids: whose name it may be.
        direct: those whose name it is as the subject of a sentence.
        given: it is said in the nominative or the dative.
        fits: how well it stands as the one who promises: 2 begins the line, 1 may, 0 may not.
    """

    tokens: tuple[Token, ...]
    ids: frozenset[int]
    direct: frozenset[int]
    ordinary: bool
    given: bool
    doubtful: bool = False
    fits: int = 0

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def read_member(line: Line, room: Room) -> Part[int]:
    """Take the one who promises out of a line; other people stay in its words.

    Returns:
        The member; None with certainty for the sales head. Of two with one name at the meeting
        none is chosen.
    """
    groups = [_placed(group, line, room) for group in _groups(line, room)]
    named = [group for group in groups if group.tokens[0].low not in _SELF or len(groups) == 1]
    groups = named or groups
    firm = [group for group in groups if not group.ordinary] or groups
    if not firm:
        return _nobody(line, room)
    chosen = _chosen(firm)
    text = _take(line, chosen)
    joined = next((g for g in groups if g.ids != chosen.ids and _joined(line, chosen, g)), None)
    if joined is not None:
        return _part(None, sure=False, text=text, others=_order((*chosen.ids, *joined.ids)))
    rivals = [group for group in firm if group.fits >= chosen.fits and group.ids != chosen.ids]
    if rivals:
        ids = [member for group in (chosen, *rivals) for member in sorted(group.ids)]
        return _part(None, sure=False, text=text, others=_order(ids))
    return _whose(chosen, room, text)


def _whose(group: _Group, room: Room, text: str) -> Part[int]:
    here = group.ids & (room.present | {OWNER})
    candidates = here or group.ids
    if len(candidates) == 1:
        (member,) = candidates
        sure = bool(here) and group.fits > 0 and not group.doubtful and not _weak(group)
        return _part(member, sure=sure, text=text)
    direct = candidates & group.direct
    # «Иванова» may be Иванов's; two of one name are never chosen between.
    value = next(iter(direct)) if len(direct) == 1 else None
    others = [member for member in sorted(candidates) if member != value]
    return _part(value, sure=False, text=text, others=_order(others))


def _weak(group: _Group) -> bool:
    """Say whether it is an ordinary word in small letters inside the line («роман»)."""
    return group.ordinary and group.fits < 2


def _part(member: int | None, *, sure: bool, text: str, others: tuple[int, ...] = ()) -> Part[int]:
    # The sales head is None, so among candidates there is no word for them.
    value = None if member == OWNER else member
    kept = tuple(other for other in others if other != OWNER)
    return Part(value, Sure.SURE if sure else Sure.UNSURE, text, kept)


def _order(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))


# -- names


def _groups(line: Line, room: Room) -> list[_Group]:
    groups: list[_Group] = []
    words = [token for token in line.tokens if line.is_free(token)]
    at = 0
    while at < len(words):
        group, at = _group(line, room, words, at)
        if group is not None:
            groups.append(group)
    return groups


def _group(line: Line, room: Room, words: Sequence[Token], at: int) -> tuple[_Group | None, int]:
    """Read one person's name from a word on; return it and the place behind."""
    start, letters = at, ""
    while (next_at := _initial(words, at)) is not None:
        letters += words[at].low
        at = next_at
    forms = _forms(words[at], room) if at < len(words) else ()
    if not forms or not _together(line, words, start, at):
        return None, start + 1
    tokens, at = list(words[start : at + 1]), at + 1
    ids, direct = _ids(forms), _ids(form for form in forms if form.direct)
    ordinary = all(form.ordinary for form in forms) and not tokens[-1].capital
    while at < len(words) and _together(line, words, at - 1, at):
        if (next_at := _initial(words, at)) is not None:
            letters += words[at].low
            tokens += words[at:next_at]
            at = next_at
            continue
        more = _forms(words[at], room)
        if not ids & _ids(more):
            break
        ids, ordinary = ids & _ids(more), False
        direct &= _ids(form for form in more if form.direct)
        tokens.append(words[at])
        at += 1
    meant = frozenset(
        member for member in ids if all(one in room.letters.get(member, "") for one in letters)
    )
    ids = meant or ids
    doubtful = not meant
    if at < len(words) and _together(line, words, at - 1, at):
        if _PATRONYMIC.search(words[at].low):
            # A patronymic that the list of members lacks; another than theirs is another person.
            doubtful = doubtful or any(len(room.letters.get(one, "")) > 1 for one in ids)
            tokens.append(words[at])
            at += 1
        else:
            doubtful = doubtful or _is_stranger(room, words[at])
    if start and _together(line, words, start - 1, start):
        doubtful = doubtful or _is_stranger(room, words[start - 1])
    given = any(form.direct or form.given for token in tokens for form in _forms(token, room))
    return _Group(tuple(tokens), ids, direct & ids, ordinary, given, doubtful), at


def _is_stranger(room: Room, word: Token) -> bool:
    """Whether a word beside a name is a name too, and nobody's here («Галиев Руслан»)."""
    lexeme = room.lexicon(word.low)
    named = lexeme.person and (word.capital or not (lexeme.ordinary or lexeme.place))
    return named and word.low not in room.people and word.low not in room.customers


def _forms(token: Token, room: Room) -> tuple[NameForm, ...]:
    if token.low in _OWNER_WORDS:
        return (NameForm(OWNER, "owner", direct=True, ordinary=False),)
    return room.people.get(token.low, ())


def _ids(forms: Iterable[NameForm]) -> frozenset[int]:
    return frozenset(form.member for form in forms)


def _initial(words: Sequence[Token], at: int) -> int | None:
    """Return the place behind an initial, None where there is none."""
    if at >= len(words) or len(words[at].text) != 1 or not words[at].capital:
        return None
    dotted = at + 1 < len(words) and words[at + 1].text == "."
    if not dotted and (words[at].text in _NOT_INITIALS or at == 0):
        return None
    return at + 1 + dotted


def _together(line: Line, words: Sequence[Token], first: int, last: int) -> bool:
    """Say whether words stand side by side, with nothing but spaces between."""
    return all(not line.low[words[n].end : words[n + 1].start].strip() for n in range(first, last))


# -- places


def _placed(group: _Group, line: Line, room: Room) -> _Group:
    """Judge whether a name may be the one who promises."""
    before = line.free[: group.start]
    found = _PREPOSITION.search(before)
    word = found["word"] if found else ""
    begins = line.opens(found.start() if found else group.start)
    if begins:
        fits = 2
    elif word == "у":
        fits = 1
    else:
        fits = int(bool(group.direct) and not word and not _governed(line, room, group))
    # «Петрова завтра» with a Петров here: perhaps a Петрова who is not.
    doubtful = group.doubtful or not (group.given or word)
    return replace(group, fits=fits, doubtful=doubtful)


def _governed(line: Line, room: Room, group: _Group) -> bool:
    """Whether a name depends on the word before it («позвонить Ким», «к Седых»)."""
    last = line.before(group.start)
    if last is None or not line.is_free(last):
        return False
    # «180к Галиев»: a letter behind a digit is thousands.
    small = last.low in _SMALL and not line.text[last.start - 1 : last.start].isdigit()
    return small or bool(room.lexicon(last.low).verb)


def _chosen(groups: Sequence[_Group]) -> _Group:
    return max(groups, key=lambda group: (group.fits, -group.start))


def _joined(line: Line, one: _Group, other: _Group) -> bool:
    """Say whether two names are said together («Галиев и Ким», «Галиев, Ким»)."""
    first, second = sorted((one, other), key=lambda group: group.start)
    between = line.low[first.end : second.start].strip()
    return between in {"и", ",", "+", "/", "&", "and", "с", "вместе с", "или", "за", "вместо", ""}


def _take(line: Line, group: _Group) -> str:
    text = line.take(group.start, group.end, Where.MEMBER)
    found = _PREPOSITION.search(line.low[: group.start])
    if found is not None and group.fits:
        line.take(found.start(), group.start, Where.MEMBER)
    filler = _FILLER.match(line.free[group.end :])
    if filler is not None:
        line.take(group.end, group.end + filler.end(), Where.MEMBER)
    return text


# -- nobody known


def _nobody(line: Line, room: Room) -> Part[int]:
    """Say what may be a name: a letter wrong, a name begun, somebody unknown, everybody."""
    first = next((token for token in line.words() if line.opens(token.start)), None)
    if first is not None and first.low in _EVERYBODY:
        return _part(None, sure=False, text=line.take(first.start, first.end, Where.MEMBER))
    for token in line.words():
        ids = _near(token, room, begins=token == first)
        if ids:
            text = line.take(token.start, token.end, Where.MEMBER)
            value, *others = (*ids,) if len(ids) == 1 else (None, *ids)
            return _part(value, sure=False, text=text, others=_order(o for o in others if o))
    if first is not None and first.capital:
        lexeme = room.lexicon(first.low)
        if lexeme.person and not lexeme.ordinary:
            text = line.take(first.start, first.end, Where.MEMBER)
            return _part(None, sure=False, text=text)
    return Part(None, Sure.MISSING)


def _near(token: Token, room: Room, *, begins: bool) -> tuple[int, ...]:
    """Find members whose surname differs by one letter, or begins with the word."""
    word = token.low
    if len(word) >= _LEAST_NEAR and (begins or token.capital) and not room.lexicon(word).ordinary:
        keys = {word} | {word[:n] + word[n + 1 :] for n in range(len(word))}
        near = frozenset[int]().union(*(room.near.get(key, frozenset()) for key in keys))
        if near:
            return tuple(sorted(near))
    if not begins or len(word) < _LEAST_BEGUN:
        return ()
    begun = {
        form.member
        for said, forms in room.people.items()
        if said.startswith(word)
        for form in forms
        if form.part == "surname" and form.direct
    }
    return tuple(sorted(begun))
