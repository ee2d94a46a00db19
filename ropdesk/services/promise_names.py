"""Names as they are said: surnames, first names and diminutives in every case.

The dictionary is pymorphy3's, imported with the first line that is read: a fifth of a second and
thirty megabytes that neither the window's start nor any other page should pay.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from ropdesk.domain.promise_words import Lexeme, NameForm, folded
from ropdesk.domain.team import Member

_NAMES = {"Name", "Surn", "Patr"}
_BRANDS = {"Geox", "Orgn", "Trad"}
_CASES = {"gen2": "gent", "gen1": "gent", "acc2": "accs", "loc2": "loct", "loc1": "loct"}
_NOMINAL = {"NOUN", "ADJF", "PRTF"}
_RUSSIAN = re.compile(r"[а-яё]+(?:-[а-яё]+)*")
_LEAST_NEAR = 5  # letters of a surname of which one may be wrong
# First name → how colleagues say it. Some stand for several names, which then are all meant.
_SHORT = {
    "александр": "саша саня санек шура алекс", "александра": "саша саня шура",
    "алексей": "леша алеша леха", "алена": "аленка", "алина": "алинка", "алия": "аля",
    "альберт": "алик", "анастасия": "настя настена ася", "анатолий": "толя толик толян",
    "андрей": "андрюша андрюха дрон", "анна": "аня анюта нюра", "антон": "тоха антоха антоша",
    "антонина": "тоня", "аркадий": "аркаша", "арсений": "сеня арсен", "артем": "тема артемка",
    "артур": "артурик", "богдан": "бодя", "борис": "боря", "вадим": "вадик димон",
    "валентин": "валя валик", "валентина": "валя", "валерий": "валера", "валерия": "лера валера",
    "василий": "вася васек", "вера": "верочка", "вероника": "ника", "виктор": "витя витек",
    "виктория": "вика", "виталий": "виталик виталя", "владимир": "вова володя вован",
    "владислав": "влад владик слава", "вячеслав": "слава славик", "галина": "галя",
    "геннадий": "гена", "георгий": "гоша жора гера", "герман": "гера", "глеб": "глебка",
    "григорий": "гриша", "гузель": "гуля гузелька", "гульнара": "гуля", "гульназ": "гуля",
    "дарья": "даша дашка дашуля", "даниил": "даня данил", "данил": "даня", "данила": "даня",
    "денис": "ден дениска", "динара": "дина", "дмитрий": "дима димон митя димка",
    "евгений": "женя жека", "евгения": "женя", "егор": "егорка", "екатерина": "катя катюша катька",
    "елена": "лена алена ленка", "елизавета": "лиза", "жанна": "жанночка", "иван": "ваня ванек",
    "игорь": "игорек гоша", "ильдар": "ильдарик", "илья": "илюша илюха", "инна": "инночка",
    "ирина": "ира иришка", "камила": "мила", "камилла": "мила", "кирилл": "кирюха кир",
    "константин": "костя костян", "кристина": "крис кристинка", "ксения": "ксюша",
    "лариса": "лара", "лев": "лева", "леонид": "леня", "любовь": "люба", "людмила": "люда мила",
    "максим": "макс", "маргарита": "рита марго", "марина": "мариша", "мария": "маша маруся машка",
    "марк": "маркуша", "михаил": "миша миха мишка", "надежда": "надя", "наталья": "наташа ната",
    "наталия": "наташа ната", "никита": "никитос", "николай": "коля колян", "нина": "ниночка",
    "оксана": "ксюша", "олег": "олежка", "олеся": "леся", "ольга": "оля олька",
    "павел": "паша пашка", "петр": "петя", "полина": "поля", "радик": "радик", "раиса": "рая",
    "рафаэль": "рафик", "регина": "рега", "римма": "риммочка", "ринат": "ринатик",
    "роман": "рома ромка", "руслан": "рус русик", "рустам": "рустик", "светлана": "света светик",
    "семен": "сема сеня", "сергей": "сережа серега серый", "софия": "соня", "софья": "соня",
    "станислав": "стас слава", "степан": "степа", "тамара": "тома", "татьяна": "таня танюша",
    "тимофей": "тима тимоха", "тимур": "тима тимурка тимурчик", "федор": "федя",
    "филипп": "филя", "эдуард": "эдик", "эльвира": "эля эльвирка", "эльмира": "эля",
    "юлия": "юля юлька", "юрий": "юра юрик", "яков": "яша", "яна": "янка", "ярослав": "слава ярик",
}  # fmt: skip


@cache
def _dictionary() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@cache
def lexeme(word: str) -> Lexeme:
    """Say what the dictionary knows of a word; kept, as every line repeats the same words."""
    if _RUSSIAN.fullmatch(word) is None:
        return Lexeme()
    readings = _dictionary().parse(word)
    known = [one for one in readings if one.is_known]
    nouns = [one for one in readings if one.tag.POS in _NOMINAL]
    if not known and any("sing" in one.tag for one in nouns):
        # The plural of a name that nobody knows is a guess upon a guess.
        nouns = [one for one in nouns if "sing" in one.tag]
    forms = dict.fromkeys(
        (folded(one.normal_form), _CASES.get(str(one.tag.case), str(one.tag.case))) for one in nouns
    )
    best = readings[0]
    spoken = best.tag.POS == "INFN" or (best.tag.POS == "VERB" and best.is_known)
    return Lexeme(
        forms=tuple(forms),
        verb=folded(best.normal_form) if spoken else "",
        known=bool(known),
        person=any(_NAMES & one.tag.grammemes for one in (known or readings[:1])),
        place=any("Geox" in one.tag for one in readings),
        ordinary=any(not (_NAMES | _BRANDS) & one.tag.grammemes for one in known),
    )


def _declined(word: str, grammeme: str, *, woman: bool) -> Iterator[tuple[str, str]]:
    """Yield the forms of a name with their cases."""
    low = folded(word)
    yield low, "nomn"
    gender = "femn" if woman else "masc"
    whole = [
        one
        for one in _dictionary().parse(low)
        if one.tag.case == "nomn" and "sing" in one.tag and folded(one.normal_form)
    ]
    named = [one for one in whole if grammeme in one.tag]
    fitting = [one for one in named if gender in one.tag or "ms-f" in one.tag]
    chosen = fitting or (named if grammeme == "Name" else []) or _as_word(whole, low, woman=woman)
    for reading in chosen[:1]:
        own = {gender} if gender in reading.tag else set()
        for form in reading.lexeme:
            if "sing" in form.tag and own <= form.tag.grammemes:
                yield folded(form.word), str(form.tag.case)


def _as_word(readings: list[Any], low: str, *, woman: bool) -> list[Any]:
    """Choose how a name that is no name in the dictionary is declined («Волк», «Сорока»).

    A woman's name in a consonant keeps its form, as those in -о, -их and -ых do.
    """
    if low.endswith(("о", "их", "ых", "е", "и", "у", "ю")):
        return []
    if woman and low[-1] not in "ая":
        return []
    return [one for one in readings if one.tag.POS in {"NOUN", "ADJF"}]


def _parts(name: str) -> list[tuple[str, str]]:
    """Sort the words of a name: «Ким Дарья Олеговна» → surname, first, patronymic."""
    words = [word for word in folded(name).replace(".", " ").split() if len(word) > 1]
    found: list[tuple[str, str]] = []
    firsts = []
    for at, word in enumerate(words):
        tags = [one.tag for one in _dictionary().parse(word) if one.is_known]
        if at and (any("Patr" in tag for tag in tags) or word.endswith(("вич", "вна", "кызы"))):
            found.append((word, "patronymic"))
            continue
        found.append((word, "surname"))
        as_first = any("Name" in tag and tag.case == "nomn" for tag in tags)
        as_last = any("Surn" in tag and tag.case == "nomn" for tag in tags)
        if as_first:
            firsts.append((as_last, -at, len(found) - 1))
    place = min(firsts)[2] if firsts else 1
    if len(found) > 1:
        found[place] = (found[place][0], "first")
    return found


def _is_woman(parts: list[tuple[str, str]]) -> bool:
    for word, part in parts:
        if part == "patronymic":
            return word.endswith(("на", "кызы"))
    for word, part in parts:
        if part == "first":
            for one in _dictionary().parse(word):
                if "Name" in one.tag and one.tag.case == "nomn":
                    return "femn" in one.tag
            return word[-1] in "ая"
    return any(word.endswith(("ова", "ева", "ина", "ая")) for word, _part in parts)


def said_names(member: int, name: str, aliases: Iterable[str] = ()) -> dict[str, NameForm]:
    """List how one person is said, in small letters."""
    forms: dict[str, NameForm] = {}
    parts = _parts(name)
    woman = _is_woman(parts)
    for alias in aliases:
        words = _parts(alias)
        parts += [(words[0][0], "alias")] if len(words) == 1 else words
    for word, part in dict.fromkeys(parts):
        grammeme = {"first": "Name", "patronymic": "Patr"}.get(part, "Surn")
        pieces = [word, *(word.split("-") if "-" in word else ())]
        for piece in pieces:
            if len(piece) > 1:
                _put(forms, member, part, _declined(piece, grammeme, woman=woman))
        if part == "first":
            for short in _SHORT.get(word, "").split():
                of_woman = short[-1] in "ая"
                _put(forms, member, "short", _declined(short, "Name", woman=of_woman))
    return forms


def _put(
    forms: dict[str, NameForm], member: int, part: str, said: Iterable[tuple[str, str]]
) -> None:
    for word, case in said:
        known = forms.get(word)
        forms[word] = NameForm(
            member,
            known.part if known else part,
            direct=case == "nomn" or (known is not None and known.direct),
            ordinary=lexeme(word).ordinary,
            given=case == "datv" or (known is not None and known.given),
        )


def initials(name: str) -> str:
    """Return the letters that may stand for a first name or a patronymic."""
    return "".join(word[0] for word, part in _parts(name) if part != "surname")


def near_forms(said: Iterable[tuple[str, NameForm]]) -> dict[str, frozenset[int]]:
    """Map what is left of surnames when a letter is left out to those whose they are."""
    near: dict[str, set[int]] = {}
    for word, form in said:
        if form.part != "surname" or len(word) < _LEAST_NEAR:
            continue
        for key in {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))}:
            near.setdefault(key, set()).add(form.member)
    return {key: frozenset(ids) for key, ids in near.items()}


def member_names(members: Iterable[Member]) -> dict[str, list[NameForm]]:
    """Map everything that is said to those whom it may mean."""
    people: dict[str, list[NameForm]] = {}
    for member in members:
        for word, form in said_names(member.id, member.name, member.aliases).items():
            people.setdefault(word, []).append(form)
    return people
