"""What a person reads: numbers, dates, plurals and errors, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk import i18n
from ropdesk.domain.errors import DomainError

DAY = date(2026, 10, 2)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("ru")
    yield
    i18n.set_language(before)


def plain(text: str) -> str:
    """Write special spaces and the minus as a person types them."""
    return text.replace(i18n.THIN_SPACE, " ").replace("\u2212", "-")


def test_numbers_are_grouped_and_signed_in_russian() -> None:
    assert plain(i18n.decimal(Decimal("-1234567.891"), 2)) == "-1 234 567,89"
    assert i18n.decimal(5, sign=True) == "+5"
    assert plain(i18n.money(125_000_000)) == "1 250 000,00 ₽"
    assert plain(i18n.percent(Decimal("0.185"), 1)) == "18,5 %"
    assert plain(i18n.percent(Fraction(1, 3), 1)) == "33,3 %"


def test_numbers_are_grouped_in_english_too() -> None:
    i18n.set_language("en")
    assert plain(i18n.decimal(Decimal("1234567.5"), 1)) == "1 234 567.5"


def test_dates_read_as_people_write_them() -> None:
    assert i18n.short_date(DAY) == "02.10.2026"
    assert i18n.day_month(DAY) == "02.10"
    assert i18n.month_name(DAY) == "Октябрь 2026"
    assert i18n.weekday_short(DAY) == "пт"
    assert i18n.moment(datetime(2026, 10, 2, 8, 55, tzinfo=UTC)).endswith("8:55")
    i18n.set_language("en")
    assert i18n.month_name(DAY) == "October 2026"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "1 рабочий день"), (3, "3 рабочих дня"), (11, "11 рабочих дней")]
)
def test_russian_has_three_plurals(n: int, said: str) -> None:
    assert plain(i18n.ngettext("{n} working day", "{n} working days", n)) == said


def test_an_error_within_an_error_is_translated_too() -> None:
    inner = DomainError("There is no workspace «{file}».", file="a.ropdesk")
    outer = DomainError("Column «{column}»: {reason}", column="Сумма", reason=inner)
    assert "a.ropdesk" in i18n.describe(outer)
    assert "There is no" not in i18n.describe(outer)


def test_stored_days_and_months_are_said_as_dates() -> None:
    assert i18n.label("{day} / {month}", {"day": "2026-10-02", "month": "2026-10"}) == (
        "02.10.2026 / Октябрь 2026"
    )
    assert i18n.label("{day}", {"day": "2026-02-31"}) == "2026-02-31"


@given(st.integers(-(10**40), 10**40))
def test_no_digit_of_a_whole_number_is_lost(value: int) -> None:
    assert int(plain(i18n.integer(value)).replace(" ", "")) == value


def test_an_unknown_language_is_russian() -> None:
    i18n.set_language("de")
    assert i18n.language() == "ru"
