"""The promise line: 200 ways of speaking understood, nothing misread silently."""

import time
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promise_line import Part, Sure, Understood
from ropdesk.domain.promise_numbers import day_number
from ropdesk.domain.promise_words import Lexeme, Room
from ropdesk.domain.team import Member
from ropdesk.services.promise_line import Reader
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
        for _ in range(5):
            start = time.process_time()
            READER.understand(line)
            times.append(time.process_time() - start)
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


def test_of_two_who_may_promise_none_is_chosen():
    part = who("20 звонков Галиев завтра Ким")
    assert (part.value, part.sure, part.others) == (None, Sure.UNSURE, (1, 2))


@pytest.mark.parametrize("line", ["Завтра перейти к Седых", "Завтра помочь Ким"])
def test_a_name_that_depends_on_another_word_is_a_doubt(line):
    assert who(line).sure is Sure.UNSURE


def test_with_whom_something_is_promises():
    part = who("Завтра оплата Вектор 50к у Галиева")
    assert (part.value, part.sure) == (1, Sure.SURE)


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
        ("25.11.2036", date(2036, 11, 25), ()),
        ("31.02.2027", date(2026, 11, 18), ()),
        ("31 февраля 2027", date(2026, 11, 18), ()),
        ("до пятого декабря 2025", date(2025, 12, 5), ()),
        ("до второго этапа", date(2026, 12, 2), ()),
        ("на той неделе", date(2026, 11, 27), ()),
        ("до следующей недели", date(2026, 11, 27), ()),
        ("через пару дней", date(2026, 11, 19), ()),
        ("каждую пятницу", date(2026, 11, 20), ()),
        ("через пятницу", date(2026, 11, 20), ()),
        ("в ту пятницу", date(2026, 11, 20), ()),
        ("не завтра", date(2026, 11, 18), ()),
        ("в пятницу 27", date(2026, 11, 20), (date(2026, 11, 27),)),
        ("до 5.12", date(2026, 12, 5), (date(2026, 12, 4), date(2026, 12, 7))),
        ("до 5.2", date(2027, 2, 5), ()),
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
        ("25 ноября 2026 года", date(2026, 11, 25)),
        ("25-е число", date(2026, 11, 25)),
        ("в эту пятницу", date(2026, 11, 20)),
        ("до двадцать пятого", date(2026, 11, 25)),
        ("в течение трёх дней", date(2026, 11, 20)),
        ("через десять дней", date(2026, 11, 27)),
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


@pytest.mark.parametrize("words", [
    "версия 1.12", "март 3 раза",
    "45-го", "99.99", "45 ноября", "двадцать десятого ноября", "через много дней",
    "через 1,5 дня", "командировка на 3 дня", "встречи с 10-15 клиентами", "сбор до 1.50 млн",
    "до 25 клиентов", "по 25", "ср. чек", "отчёт за 2 недели", "отчёт за неделю",
])  # fmt: skip
def test_what_is_no_day_leaves_the_day_open(words):
    assert READER.understand(f"Галиев сделать {words}").due.sure is Sure.MISSING


def test_an_hour_on_a_day_off_is_a_doubt():
    saturday = reader(today=date(2026, 11, 21)).understand("Галиев до обеда 20 звонков")
    assert (saturday.due.value, saturday.due.sure) == (date(2026, 11, 21), Sure.UNSURE)
    assert saturday.due.others == (date(2026, 11, 23),)


def test_a_span_already_over_is_a_doubt():
    sunday = reader(today=date(2026, 11, 22)).understand("Галиев до конца недели 20 звонков")
    assert (sunday.due.value, sunday.due.sure) == (date(2026, 11, 22), Sure.UNSURE)


def test_what_is_no_ordinal_is_no_day():
    assert day_number("скоро") == 0


def test_where_no_day_is_worked_a_day_is_still_named():
    room = Room(TODAY, lambda _day: False, lambda _word: Lexeme())
    assert room.next_day == date(2026, 11, 18)


# -- amounts


@pytest.mark.parametrize(
    ("words", "value", "others"),
    [
        ("оплата Вектор 180", 18_000_000, (18_000,)),
        ("оплата Вектор 1 млн 200", 120_000_000, (100_000_000,)),
        ("оплата Вектор 180-200к", 18_000_000, (20_000_000,)),
        ("оплата Вектор 180к-200к", 18_000_000, (20_000_000,)),
        ("оплата Вектор 180.000 руб", 18_000_000, ()),
        ("оплата Вектор 45т", 4_500_000, ()),
        ("оплата Вектор 5000$", None, ()),
        ("оплата Вектор $5000", None, ()),
        ("оплата Вектор 180 тугриков", None, ()),
        ("оплата Вектор 1000000000000", 100_000_000_000_000, ()),
        ("оплата Вектор двадцать двадцать тысяч", 4_000_000, ()),
        ("чек 35к", 3_500_000, ()),
        ("оплата 180к 20 звонков", 18_000_000, ()),
        ("закрыть договор на 180к", 18_000_000, ()),
        ("5-7 звонков", 7, ()),
        ("5 или 7 звонков", 7, ()),
    ],
)
def test_an_amount_in_doubt_asks(words, value, others):
    said = READER.understand(f"Галиев завтра {words}")
    assert (said.amount.value, said.amount.others) == (value, others)
    assert not said.certain


@pytest.mark.parametrize(
    ("words", "code", "value"),
    [
        ("оплата Вектор миллион", "receipts", 100_000_000),
        ("оплата Вектор тысячу", "receipts", 100_000),
        ("оплата Вектор один миллион", "receipts", 100_000_000),
        ("20 звонков в 15-00", "calls", 20),
        ("оплата Вектор 1.200.000", "receipts", 120_000_000),
        ("20 шт звонков", "calls", 20),
        ("сто двадцать пять звонков", "calls", 125),
        ("двенадцать звонков", "calls", 12),
        ("3 ч 20 мин на линии", "talk_time", 12_000),
    ],
)
def test_an_amount_is_understood(words, code, value):
    said = READER.understand(f"Галиев завтра {words}")
    assert (said.metric.value, said.amount.value) == (code, value)
    assert said.certain


@pytest.mark.parametrize("words", [
    "провести разговор с директором", "25 оплата", "позвонить на 89171234567", "заказ № 123456",
    "позвонить +7 917 123-45-67", "напомнить про 20к", "предоплата 50%", "счёт 4512 отправить",
])  # fmt: skip
def test_a_number_that_counts_nothing_is_no_amount(words):
    said = READER.understand(f"Галиев завтра {words}")
    assert said.amount.sure is not Sure.SURE
    assert said.metric.sure is not Sure.SURE


# -- customers


@pytest.mark.parametrize(
    ("words", "customer", "sure"),
    [
        ("оплата ип сафин 50к", "ИП Сафин", Sure.UNSURE),
        ("оплата от ИП Сафина 50к", "ИП Сафина", Sure.UNSURE),
        ("оплата ООО 50к", None, Sure.MISSING),
        ("оплата для Вектора 50к", "Вектор", Sure.SURE),
        ("оплата Ромашки 50к", "Ромашка", Sure.UNSURE),
        ("оплата вектор 50к", "Вектор", Sure.UNSURE),
        ("оплата ромбекс для клиента 50к", "Ромбекс", Sure.UNSURE),
        ("оплата «ромашка» 50к", "ромашка", Sure.UNSURE),
        ("оплата РЖД 50к", "РЖД", Sure.SURE),
        ("оплата 50к от РЖД", "РЖД", Sure.UNSURE),
        ("оплата Новая Линия 50к", "Новая Линия", Sure.SURE),
        ("оплата от Новой Линии 50к", "Новой Линии", Sure.UNSURE),
        ("оплата Мир окон 50к", "Мир", Sure.UNSURE),
        ("оплата Окна Люкс для дома 50к", "Окна Люкс", Sure.SURE),
        ("встреча в Казани", None, Sure.MISSING),
        ("позвонить Сидорову", None, Sure.MISSING),
        ("оплата Сидоров 50к", "Сидоров", Sure.UNSURE),
        ("оплата Казань 50к", "Казань", Sure.UNSURE),
    ],
)
def test_a_customer_is_named_or_asked_for(words, customer, sure):
    made = reader()
    part = made.understand(f"Галиев завтра {words}").customer
    assert (part.value, part.sure) == (customer, sure)


def test_a_customer_of_two_words_is_known_from_deals():
    made = Reader(TODAY, TEAM.values(), Metrics(), WorkCalendar(), customers=("Окна Плюс", "Лидер"))
    small = made.understand("Галиев завтра оплата окна плюс 50к").customer
    assert (small.value, small.sure) == ("Окна Плюс", Sure.UNSURE)
    bent = made.understand("Галиев завтра оплата от Лидера 50к").customer
    assert (bent.value, bent.sure) == ("Лидер", Sure.SURE)


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
        ("Орлов завтра собрать оплат на 40к", "Собрать оплаты"),
        ("Орлов завтра план 40к поступлений", "План поступлений"),
        ("Орлов завтра >15 звонков", "Звонки"),
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
