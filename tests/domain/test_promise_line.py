"""The promise line: 200 ways of speaking understood, nothing misread silently."""

import time
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.domain.team import Member
from tests.domain.promise_room import TEAM, TODAY, reader, table

LINES = table("promise_lines.txt")
DOUBTS = [row[0] for row in table("promise_doubts.txt")]
READER = reader()


def expected(row):
    """Turn a row of the table into values: member, due, whole span, metric, amount, customer."""
    _line, who, due, amount, customer = row
    member = next((m.id for m in TEAM.values() if m.name.split()[0] == who), None)
    day = None if due == "-" else due.lstrip("<")
    code, value = amount.split() if amount != "-" else (None, None)
    scale = READER.metrics[code].scale if code else 0
    return {
        "member": member,
        "due": day and date(2026, int(day[3:]), int(day[:2])),
        "whole": due.startswith("<"),
        "metric": code,
        "amount": value and int(Fraction(value) * scale),
        "customer": None if customer == "-" else customer,
    }


def judged(row):
    """Say what of a line is not understood, and what is wrong with certainty."""
    said, wanted = READER.understand(row[0]), expected(row)
    missed, wrong = [], []
    for name in ("member", "due", "metric", "amount", "customer"):
        part, value = getattr(said, name), wanted[name]
        if part.sure is Sure.SURE and part.value != value:
            wrong.append((name, part.value))
        elif part.sure is Sure.UNSURE or (part.sure is Sure.MISSING and value is not None):
            missed.append((name, part.value))
    if said.member.sure is Sure.MISSING:
        missed.append(("member", None))
    if said.due.sure is Sure.SURE and said.whole_span is not wanted["whole"]:
        wrong.append(("whole_span", said.whole_span))
    if not said.text:
        missed.append(("text", ""))
    return missed, wrong


def test_two_hundred_ways_of_speaking_are_understood_completely():
    assert len(LINES) >= 200
    found = {row[0]: judged(row) for row in LINES}
    assert not {line: wrong for line, (_missed, wrong) in found.items() if wrong}
    missed = {line: parts for line, (parts, _wrong) in found.items() if parts}
    assert len(missed) <= len(LINES) // 20, missed


@pytest.mark.parametrize("line", DOUBTS)
def test_what_is_doubtful_is_never_certain(line):
    assert not READER.understand(line).certain


def test_a_line_costs_a_keystroke_no_more_than_five_milliseconds():
    READER.understand("Галиев")
    best = []
    for line, *_rest in LINES[::10]:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            READER.understand(line)
            times.append(time.perf_counter() - start)
        best.append(min(times))
    assert sorted(best)[len(best) // 2] < 0.005


@given(st.text(max_size=60))
def test_anything_typed_is_read_without_an_error(text):
    said = READER.understand(text)
    assert isinstance(said, Understood)
    assert isinstance(said.due.value, date)


@given(
    st.lists(
        st.sampled_from(sorted({word for row in LINES for word in row[0].split()})), max_size=9
    )
)
def test_words_in_any_order_never_name_two_things_with_certainty(words):
    said = READER.understand(" ".join(words))
    for part in (said.member, said.due, said.metric, said.amount, said.customer):
        assert part.sure is Sure.UNSURE or not part.others
    assert said.metric.value is None or said.metric.value in READER.metrics
    assert said.amount.sure is not Sure.SURE or said.metric.value is not None
    assert said.due.sure is not Sure.SURE or said.due.value >= TODAY


@given(st.sampled_from([row[0] for row in LINES]), st.data())
def test_a_line_half_typed_is_read_too(line, data):
    cut = data.draw(st.integers(0, len(line)))
    assert isinstance(READER.understand(line[:cut]), Understood)


# -- people


def who(line, *more, present=None):
    return reader(*more, present=present).understand(line).member


SECOND = Member(20, "Иванова Вера Ильинична")
BROTHER = Member(21, "Галиев Марат")


def test_of_two_with_one_surname_none_is_chosen():
    part = who("Иванова завтра 20 звонков", SECOND)
    assert (part.value, part.sure, part.others) == (None, Sure.UNSURE, (3, 20))


@pytest.mark.parametrize("line", ["Иванова М. завтра", "Иванова Мария завтра", "Маша завтра"])
def test_an_initial_or_a_first_name_tells_them_apart(line):
    assert who(line, SECOND).value == 3


def test_the_one_at_the_meeting_is_meant():
    part = who("Иванова завтра 20 звонков", SECOND, present={3, 4})
    assert (part.value, part.sure) == (3, Sure.SURE)


def test_somebody_absent_is_a_doubt():
    part = who("Галиев завтра 20 звонков", present={3, 4})
    assert (part.value, part.sure) == (1, Sure.UNSURE)


def test_a_surname_that_may_be_a_womans_or_a_mans_genitive_is_a_doubt():
    part = who("Петрова завтра 20 звонков", Member(22, "Петрова Инна"))
    assert (part.value, part.sure, part.others) == (22, Sure.UNSURE, (4,))


def test_a_diminutive_of_two_is_a_doubt():
    part = who("Саша завтра", Member(23, "Белов Александр"), Member(24, "Рыжова Александра"))
    assert (part.value, part.others) == (None, (23, 24))


def test_a_letter_wrong_asks_back():
    part = who("Голиев завтра", BROTHER)
    assert (part.value, part.sure, part.others) == (None, Sure.UNSURE, (1, 21))
    assert who("Голиев завтра").value == 1


def test_an_ordinary_word_is_a_name_only_where_names_stand():
    loves = Member(25, "Роман Вера")
    assert who("вера завтра 20 звонков", loves).value == 25
    assert who("завтра прочесть роман", loves).sure is Sure.UNSURE
    assert who("Галиев завтра прочесть роман", loves).value == 1


def test_the_sales_head_is_nobody_with_certainty():
    for line in ("я завтра", "РОП завтра", "Соколова завтра", "у меня завтра встреча"):
        assert who(line) == Part(None, Sure.SURE, who(line).text)


def test_who_is_talked_of_stays_in_the_words():
    said = READER.understand("Волк завтра помочь Галиеву с КП")
    assert (said.member.value, said.text) == (7, "Помочь Галиеву с КП")


# -- days


@pytest.mark.parametrize(
    ("words", "day", "others"),
    [
        ("в субботу", date(2026, 11, 21), (date(2026, 11, 20), date(2026, 11, 23))),
        ("во вторник", date(2026, 11, 24), (TODAY,)),
        ("16.11", date(2026, 11, 16), (date(2027, 11, 16),)),
        ("до 18", date(2026, 11, 18), (TODAY,)),
        ("в следующую пятницу", date(2026, 11, 27), (date(2026, 11, 20),)),
        ("31-го", date(2026, 12, 31), (date(2026, 12, 30), date(2027, 1, 11))),
        ("утром", date(2026, 11, 18), (TODAY,)),
        ("вчера", TODAY, (date(2026, 11, 18),)),
    ],
)
def test_a_day_in_doubt_keeps_its_other_meanings(words, day, others):
    due = READER.understand(f"Галиев {words} 20 звонков").due
    assert (due.value, due.sure, due.others) == (day, Sure.UNSURE, others)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("16-го", date(2026, 12, 16)),
        ("15 января", date(2027, 1, 15)),
        ("до нового года", date(2026, 12, 30)),
        ("через 2 рабочих дня", date(2026, 11, 19)),
        ("через месяц", date(2026, 12, 17)),
        ("в следующем месяце", date(2026, 12, 30)),
        ("до конца года", date(2026, 12, 30)),
        ("в среду на следующей неделе", date(2026, 11, 25)),
        ("в пятницу 20.11", date(2026, 11, 20)),
        ("во вторник 24.11", date(2026, 11, 24)),
        ("2026-11-25", date(2026, 11, 25)),
        ("November 25", date(2026, 11, 25)),
        ("end of month", date(2026, 11, 30)),
        ("in 2 days", date(2026, 11, 19)),
        ("в ноябре", date(2026, 11, 30)),
        ("до конца января", date(2027, 1, 29)),
    ],
)
def test_a_day_is_understood(words, day):
    due = READER.understand(f"Галиев {words} сделать звонки").due
    assert (due.value, due.sure) == (day, Sure.SURE)


def test_without_a_day_the_next_working_day_is_suggested():
    friday = reader(today=date(2026, 11, 20)).understand("Галиев 20 звонков")
    assert friday.due == Part(date(2026, 11, 23), Sure.MISSING)


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.sampled_from(
    ["25-го", "до пятницы", "к концу недели", "до конца месяца", "через неделю", "31-го",
     "29 февраля", "до 1 декабря", "в следующий понедельник", "через 3 месяца", "завтра"],
))  # fmt: skip
def test_a_sure_day_is_never_past_and_always_worked(today, words):
    made = reader(today=today)
    due = made.understand(f"Галиев {words} 20 звонков").due
    assert due.sure is Sure.UNSURE or due.value >= today
    assert due.sure is Sure.UNSURE or made.calendar.is_working(due.value)


# -- words


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Галиев завтра оплата СтройИнвест 180к", "Оплата «СтройИнвест»"),
        ("Галиев завтра деньги от Вектора 180к", "Деньги от «Вектора»"),
        ("Галиев сегодня 20 звонков по базе «спящих»", "Звонки по базе «спящих»"),
        ("Петров сегодня разобрать 6 просроченных задач", "Разобрать 6 просроченных задач"),
        ("Петров до 15:00 отправить КП", "Отправить КП до 15:00"),
        ("Орлов завтра 95к", "Поступления"),
        ("Орлов завтра 40к оплат", "Оплаты"),
        ("Орлов завтра собрать 40к оплат", "Собрать оплаты"),
        ("Волк сегодня 3 часа на линии", "Время на линии"),
        ("Ким: (завтра) - позвонить Ромашке!", "Позвонить «Ромашке»"),
        ("Ким завтра 1 оплата", "Оплата"),
    ],
)
def test_the_words_of_a_promise_read_well(line, text):
    assert READER.understand(line).text == text


def test_a_page_pasted_by_mistake_is_cut():
    assert len(READER.understand("слово " * 10_000).text) <= 400


def test_a_day_and_money_are_read_alone():
    assert READER.day("пт") == (date(2026, 11, 20), False)
    assert READER.day("25") == (date(2026, 11, 25), False)
    assert READER.day("до 25.11") == (date(2026, 11, 25), True)
    assert READER.day("скоро") is None
    assert READER.day("завтра в обед с ним") is None
    assert READER.money("180к") == 18_000_000
    assert READER.money("1,2 млн") == 120_000_000
    assert READER.money("много") is None
