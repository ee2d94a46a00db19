import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.exchange import values
from ropdesk.exchange.values import (
    parse_amount,
    parse_amounts,
    parse_boolean,
    parse_date,
    parse_dates,
    parse_duration,
    parse_durations,
    parse_id,
    parse_ids,
    parse_moment,
    parse_moments,
    parse_rating,
    parse_time_of_day,
    plain_texts,
)
from ropdesk.i18n import describe


def reason(answer) -> str:
    assert isinstance(answer, DomainError)
    return answer.message


@pytest.mark.parametrize(
    ("cell", "kopecks"),
    [
        ("1 234,56", 123456), ("1\u00a0234\u202f567,8", 123456780), ("1'234.50", 123450),
        ("350000.00", 35000000), ("(1 500)", -150000), ("\u2212500 ₽", -50000), ("-5 руб.", -500),
        ("+7", 700), ("$1,234.50", 123450), ("1.234.567,89 €", 123456789), ("1,234,567", 123456700),
        ("0,125", 13), (".5", 50), ("1 000 р.", 100000), ("12 рублей", 1200), ("", None),
        ("-", None), ("–", None), (None, None), ("NULL", None), ("0", 0), (10.5, 1050), (7, 700),
        (0.1, 10), (1234567.005, 123456701), (Decimal("0.005"), 1), ("1,235", None),
        ("92233720368547758.07", 2**63 - 1),
    ],
)  # fmt: skip
def test_amount(cell, kopecks):
    answer = parse_amount(cell)
    if cell == "1,235":
        assert "thousands or a fraction" in reason(answer)
    else:
        assert answer == kopecks


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "abc", "1 23", "12-50", "01.03.2024", "2024-03-01", "1e5", "#REF!", "1,2,3", True,
     dt.date(2024, 3, 1), "٣", "½", float("nan"), "1.5E+06", "5 шт"],
)  # fmt: skip
def test_not_an_amount(cell):
    assert "not an amount" in reason(parse_amount(cell))


@pytest.mark.parametrize("cell", ["92233720368547758.08", "9" * 40, "-" + "9" * 30, 10**20, 1e300])
def test_amount_beyond_64_bits(cell):
    assert "too large" in reason(parse_amount(cell))
    assert parse_amounts([cell]).values == [None]


def test_a_column_proves_its_decimal_mark():
    assert parse_amounts(["1,234", "1,5"]).values == [123, 150]
    assert parse_amounts(["1,234", "1,234.5"]).values == [123400, 123450]
    assert parse_amounts(["1.234", "2.5"]).values == [123, 250]
    assert parse_amounts(["1.234", "7,5"]).values == [123400, 750]
    unsure = parse_amounts(["1,234", "5"])
    assert unsure.values == [None, 500]
    assert set(unsure.errors) == {0}


GROUPS = ["", " ", "\u00a0", "\u202f", "\u2009"]


@given(
    kopecks=st.integers(-(2**63) + 1, 2**63 - 1),
    group=st.sampled_from(GROUPS),
    mark=st.sampled_from(".,"),
    sign=st.sampled_from(["{}", "{} ₽", "₽{}", "{}\u00a0руб.", "{}р.", "$ {}", "{} €", " {} "]),
    parentheses=st.booleans(),
)
def test_any_notation_gives_the_same_kopecks(kopecks, group, mark, sign, parentheses):
    whole, part = divmod(abs(kopecks), 100)
    number = f"{whole:,}".replace(",", group) + f"{mark}{part:02}"
    text = sign.format(number)
    if kopecks < 0:
        text = f"({text})" if parentheses else f"-{text}"
    assert parse_amount(text) == kopecks
    assert parse_amounts([text]).values == [kopecks]


@given(st.lists(st.integers(0, 10**12), min_size=1), st.sampled_from([1, 100, 10_000]))
def test_plain_digits_take_the_short_way_to_the_same_answer(numbers, scale):
    cells = [str(number) for number in numbers]
    assert parse_amounts(cells, scale).values == [parse_amount(cell, scale) for cell in cells]


@given(st.lists(st.text(alphabet="0123456789., -₽()е", max_size=12)))
def test_a_column_agrees_with_its_cells(cells):
    mark = values_mark(cells)
    column = parse_amounts(cells)
    for at, cell in enumerate(cells):
        alone = parse_amount(cell, decimal_mark=mark)
        assert column.values[at] == (None if isinstance(alone, DomainError) else alone)
        assert (at in column.errors) == isinstance(alone, DomainError)


def values_mark(cells):
    from ropdesk.exchange.amounts import decimal_mark_of

    return decimal_mark_of(cells)


@pytest.mark.parametrize(
    "cell",
    [
        "05.03.2024",
        "5.3.2024",
        "05.03.24",
        "05.03.2024 10:11:12",
        "05.03.2024 10:11",
        "2024-03-05",
        "2024-03-05T10:11:12",
        "2024-03-05T22:00:00Z",
        "2024-03-05T22:00:00.123+03:00",
        "2024/03/05",
        "2024.03.05",
        "[10:11:12] 2024-03-05",
        "5 марта 2024 г.",
        "5 мар. 2024",
        "Mar 5, 2024",
        "20240305",
        dt.date(2024, 3, 5),
        dt.datetime.fromisoformat("2024-03-05T23:59:00"),
        45356,
        45356.75,
        " 05.03.2024 ",
        "3/5/2024 9:05 PM",
    ],
)
def test_date(cell):
    rules = values.Notation(day_first=False, serials=not isinstance(cell, str))
    assert parse_date(cell, rules) == "2024-03-05"


@pytest.mark.parametrize(
    "cell", ["", "-", "–", "не закрыта", None, "0000-00-00", "00.00.0000", "NULL"]
)
def test_no_date(cell):
    assert parse_date(cell) is None


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31.02.2024", "no date"),
        ("2023-02-29", "no date"),
        ("45.45.2024", "no date"),
        ("2024-13-01", "no date"),
        ("01.01.1900", "outside"),
        ("1989-12-31", "outside"),
        ("2101-01-01", "outside"),
        (dt.datetime.fromisoformat("1900-01-01T00:00:00"), "outside"),
        ("1054", "not a date"),
        ("05.03.2024 25:00", "not a date"),
        ("05.03.2024x", "not a date"),
        ("=TODAY()", "not a date"),
        ("03/04/2024", "day or the month"),
        (True, "not a date"),
        (10.5, "outside"),
        ("завтра", "not a date"),
        ("5 мартобря 2024", "not a date"),
        (dt.time(1, 2), "not a date"),
    ],
)
def test_bad_date(cell, why):
    assert why in reason(parse_date(cell))


def test_day_or_month_first_is_proved_by_the_column():
    assert parse_dates(["3/4/2024", "3/14/2024"]).values == ["2024-03-04", "2024-03-14"]
    assert parse_dates(["3/4/2024", "14/3/2024"]).values == ["2024-04-03", "2024-03-14"]
    unsure = parse_dates(["3/4/2024", "5/5/2024"])
    assert unsure.values == [None, "2024-05-05"]
    both = parse_dates(["3/4/2024", "14/3/2024", "3/14/2024"])
    assert both.values == [None, "2024-03-14", "2024-03-14"]
    assert parse_dates(["3/4/2024"], day_first=True).values == ["2024-04-03"]


def test_serials_only_where_the_whole_column_is_serials():
    assert parse_dates(["45356", "45357.5"]).values == ["2024-03-05", "2024-03-06"]
    assert parse_dates([45356, ""]).values == ["2024-03-05", None]
    mixed = parse_dates(["45356", "05.03.2024"])
    assert mixed.values == [None, "2024-03-05"]
    assert parse_dates([45356, dt.date(2024, 3, 5)]).values == [None, "2024-03-05"]


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
SECONDS = st.integers(0, 86399)


@given(st.lists(st.tuples(DAYS, SECONDS), min_size=1), st.booleans())
def test_moments_of_a_column(moments, iso):
    pattern = "%Y-%m-%dT%H:%M:%S" if iso else "%d.%m.%Y %H:%M:%S"
    start = dt.time()
    cells = [
        (dt.datetime.combine(day, start) + dt.timedelta(seconds=second)).strftime(pattern)
        for day, second in moments
    ]
    assert parse_dates([*cells, ""]).values == [*(day.isoformat() for day, _ in moments), None]
    assert parse_moments(cells).values == [
        values.Moment(day.isoformat(), second) for day, second in moments
    ]


@given(
    st.lists(
        st.text(alphabet="0123456789.:- TZ", min_size=0, max_size=20)
        | st.just("01.02.2024 25:00:00")
    )
)
def test_a_column_of_dates_agrees_with_its_cells(cells):
    rules = values.notation_of(cells)
    column = parse_dates(cells)
    for at, cell in enumerate(cells):
        alone = parse_date(cell, rules)
        assert column.values[at] == (None if isinstance(alone, DomainError) else alone)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("65", 65),
        (65, 65),
        (65.0, 65),
        ("1:02:03", 3723),
        ("01:30", 90),
        ("00:00:00", 0),
        ("–", None),
        ("", None),
        (dt.time(0, 2, 23), 143),
        (dt.timedelta(hours=25), 90000),
        (0.5, 43200),
        (143 / 86400, 143),
        ("0,00165509", 143),
        ("1 ч 2 мин 3 сек", 3723),
        ("5 мин", 300),
        ("65.0", 65),
        (dt.datetime.fromisoformat("1899-12-31T01:00:00"), 90000),
    ],
)
def test_duration(cell, seconds):
    assert parse_duration(cell) == seconds


@pytest.mark.parametrize(
    "cell", ["abc", "1:75", "1:99:00", -5, "=1", dt.date(2024, 1, 1), True, 10**9]
)
def test_bad_duration(cell):
    assert "not a duration" in reason(parse_duration(cell))


def test_day_fractions_are_seen_in_the_column():
    assert parse_durations([0.5, 1, 143 / 86400]).values == [43200, 86400, 143]
    assert parse_durations([0, 1, 65]).values == [0, 1, 65]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Y", True),
        ("Нет", False),
        (1, True),
        ("0", False),
        (True, True),
        ("", None),
        ("да", True),
        (1.0, True),
    ],
)
def test_boolean(cell, answer):
    assert parse_boolean(cell) is answer


def test_bad_boolean_and_rating():
    assert "neither yes nor no" in reason(parse_boolean("может быть"))
    assert "not a rating" in reason(parse_rating("отлично"))
    assert [parse_rating(cell) for cell in ("5", 4, "3.0", "", "4/5")] == [5, 4, 3, None, 4]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [(20115001, "20115001"), (20115001.0, "20115001"), ("'00123", "00123"), (" A-1 ", "A-1"),
     ("12345678901234567890", "12345678901234567890"), (12345678901234567, "12345678901234567"),
     ("", None), (None, None), ("-", None), ("1E5", "1E5")],
)  # fmt: skip
def test_id(cell, answer):
    assert parse_id(cell) == answer
    assert parse_ids([cell]).values == [answer]


@pytest.mark.parametrize("cell", ["1,23457E+12", "1.23457e+12", 1e20, float("nan")])
def test_shortened_id_is_refused(cell):
    assert "shortened" in reason(parse_id(cell))
    assert parse_ids(["1", cell]).values == ["1", None]


def test_time_of_day():
    cells = [
        "9:05",
        "09:05:01",
        dt.time(9, 5),
        0.5,
        "",
        "[23:59:59]",
        dt.datetime.fromisoformat("2024-01-01T01:00:00"),
    ]
    answers = [parse_time_of_day(cell) for cell in cells]
    assert answers == [32700, 32701, 32700, 43200, None, 86399, 3600]
    assert "not a date" in reason(parse_time_of_day("25:00"))
    assert parse_moment("2024-03-05 09:05") == values.Moment("2024-03-05", 32700)


def test_texts_in_one_line():
    assert plain_texts([" Анна \u00a0 Иванова\n", "Анна Иванова", 5.0, None]) == [
        "Анна Иванова", "Анна Иванова", "5", "",
    ]  # fmt: skip


def test_reasons_are_said_in_russian_too():
    assert describe(parse_amount("abc")) != parse_amount("abc").message
