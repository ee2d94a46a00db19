"""What is said of a promise, the same on the screen and on paper."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Share, Verdict, Way
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine

TODAY = date(2026, 10, 22)
KNOWN = Metrics()
LINE = PromiseLine(
    id=1, text="Оплата", customer="", member_id=7, name="Анна Белова", given=date(2026, 10, 19),
    due=TODAY, first=TODAY, metric="receipts", amount=180_000_00, verdict=Verdict.OPEN,
    by_hand=False, fact=32_000_00, settled_on=None, late=False, moves=0, meeting_id=None,
    result="", way=Way.DAYS, original_due=TODAY,
)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "сегодня"),
        ({"due": TODAY + timedelta(1)}, "открыто"),
        ({"verdict": Verdict.WAITING}, "фактов ещё нет"),
        ({"verdict": Verdict.WAITING, "way": Way.HAND}, "ждёт вас"),
        ({"verdict": Verdict.KEPT}, "выполнено"),
        ({"verdict": Verdict.KEPT, "late": True}, "выполнено позже"),
        ({"verdict": Verdict.PARTLY}, "частично"),
        ({"verdict": Verdict.BROKEN}, "не выполнено"),
        ({"verdict": Verdict.DROPPED}, "снято"),
    ],
)
def test_a_verdict_in_a_word(values: dict[str, Any], said: str) -> None:
    assert words.verdict(replace(LINE, **values), TODAY) == said


@pytest.mark.parametrize(
    ("values", "amount", "fact"),
    [
        ({}, "180 000 ₽", "32 000 ₽ из 180 000 ₽, 18 %"),
        ({"fact": None}, "180 000 ₽", "пока неизвестно"),
        ({"amount": 100_50, "fact": 0}, "100,50 ₽", "0 ₽ из 100,50 ₽, 0 %"),
        ({"amount": None, "way": Way.DEALS}, "Поступления", "32 000 ₽"),
        ({"metric": "calls", "amount": 20, "fact": 5}, "Звонки: 20", "5 из 20, 25 %"),
        ({"metric": "conversion", "amount": 2_000, "fact": Fraction(1_750), "way": Way.LEVEL},
         "Конверсия: 20,0 %", "17,5 % из 20,0 %"),
        ({"metric": "", "amount": None, "fact": None, "way": Way.HAND}, "", ""),
        ({"metric": "gone"}, "", ""),
    ],
)  # fmt: skip
def test_how_much_and_what_there_is(values: dict[str, Any], amount: str, fact: str) -> None:
    line = replace(LINE, **values)
    assert (plain(words.amount(KNOWN, line)), plain(words.fact(KNOWN, line))) == (amount, fact)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "«Поступления», 22.10.2026."),
        ({"first": date(2026, 10, 19)}, "«Поступления», 19.10 – 22.10.2026."),
        ({"name": ""}, "«Поступления» всего отдела, 22.10.2026."),
        ({"way": Way.LEVEL}, "«Поступления» на 22.10.2026: достигнуто или нет."),
        ({"way": Way.DEALS, "customer": "ООО «Вектор»"},
         "Выигранные сделки, где назван клиент ООО «Вектор», 19.10 – 22.10.2026; "
         "до 14 дней позже – с опозданием."),
        ({"way": Way.HAND}, "Считать здесь нечего: отмечаете вы."),
        ({"by_hand": True}, "Отмечено вручную; числа показаны для сравнения."),
        ({"verdict": Verdict.DROPPED}, "Снято: не считается ни выполненным, ни нарушенным."),
    ],
)  # fmt: skip
def test_what_it_is_judged_by(values: dict[str, Any], said: str) -> None:
    assert plain(words.basis(KNOWN, replace(LINE, **values))) == said


def test_what_it_waits_for() -> None:
    waiting = replace(LINE, verdict=Verdict.WAITING)
    assert words.waiting(LINE) == ""
    assert words.waiting(waiting).startswith("Фактов за 22.10.2026 ещё нет")
    assert words.waiting(replace(waiting, way=Way.HAND)) == "Срок прошёл. Отметьте, выполнено ли."


def test_moves_sharing_and_names() -> None:
    assert (words.moved(LINE), words.sharing(LINE), words.who(LINE)) == ("", "", "Анна Белова")
    moved = replace(LINE, moves=2, original_due=date(2026, 10, 20), shared_with=(3, 4))
    assert words.moved(moved) == "перенос 2 раза, первый срок 20.10.2026"
    assert words.sharing(moved) == "Эти же факты считают ещё 2 обещания."
    assert words.who(replace(LINE, name="")) == "РОП"


def test_a_share_is_told_with_its_sample() -> None:
    assert words.share(Share()) == "оценённых нет"
    assert words.details(Share()) == ""
    assert words.share(Share(kept=3, broken=1)) == "3 из 4, мало данных"
    enough = Share(kept=6, partly=1, broken=1, late=2, moved=1, on_time=3)
    assert plain(words.share(enough)) == "75 %, 6 из 8"
    assert words.details(enough) == (
        "в срок 3, с опозданием 2, частично 1, не выполнено 1, с переносом 1"
    )


def test_near_days_have_names() -> None:
    def due(day: date) -> str:
        return words.due(replace(LINE, due=day), TODAY)

    near = [due(TODAY + timedelta(n)) for n in (-1, 0, 1, 2)]
    assert near == ["вчера", "сегодня", "завтра", "24.10"]
    assert due(date(2025, 10, 22)) == "22.10.2025"
