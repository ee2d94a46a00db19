"""Customers are found again however they are written and declined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.customers import customer_words, names


@pytest.mark.parametrize(
    ("customer", "title"),
    [
        ("СтройИнвест", "ООО «СтройИнвест», счёт 12"),
        ("СтройИнвеста", "Поставка: ООО «СТРОЙИНВЕСТ»"),
        ("ромашку", 'Договор ООО "Ромашка"'),
        ("ИП Иванов", "Иванову П. А., доставка"),
        ("Ёлка-Плюс", "елка плюс — 2 заказа"),
        ("Меркурию", "ЗАО Меркурий"),
        ("Технологией", "АО Технологии"),
        ("Северной звезде", "ООО «Северная Звезда»"),
        ("Вектор-2", "Вектор 2"),
        ("ACME Ltd", "Acme, pilot"),
    ],
)
def test_a_title_names_its_customer(customer: str, title: str) -> None:
    assert names(customer, title)


@pytest.mark.parametrize(
    ("customer", "title"),
    [
        ("Альфа", "Альфастрой, поставка"),
        ("Вектор-2", "Вектор-3"),
        ("Северный ветер", "Северный поток"),
        ("Мир", "Миратекс"),
        ("", "Вектор"),
        ("«»", "Вектор"),
    ],
)
def test_another_title_does_not(customer: str, title: str) -> None:
    assert not names(customer, title)


def test_a_legal_form_alone_names_nobody_else() -> None:
    assert customer_words("ООО") == {"ооо"}
    assert not names("ООО", "ООО Вектор")


@given(st.text(alphabet='абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВ-«»"12', max_size=30))
def test_a_name_is_in_its_own_title_whatever_the_signs(text: str) -> None:
    assert customer_words(text) == customer_words(f"«{text.upper()}»")
    if customer_words(text):
        assert names(text, f"Договор № 7, {text}")
