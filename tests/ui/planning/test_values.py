"""Values as texts and back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import CATALOGUE, Kind, Metric, Metrics
from ropdesk.ui import values

KNOWN = Metrics()


def said(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("receipts", 8_420_315_50, "8,42 млн ₽"),
        ("receipts", 311_418_00, "311 418 ₽"),
        ("conversion", Fraction(1790), "17,9 %"),
        ("inquiries", 1497, "1 497"),
        ("talk_time", 187 * 3600, "187 ч"),
        ("talk_time", 3 * 3600 + 125, "3:02"),
        ("receipts", None, "—"),
    ],
)
def test_headlines(code: str, value: values.Value, words: str) -> None:
    assert said(values.headline(KNOWN[code], value)) == words


def test_deviations() -> None:
    assert said(values.deviation(KNOWN["conversion"], 1790, 1870)) == "−0,8 п. п."
    assert said(values.deviation(KNOWN["average_check"], 31_418_00, 31_200_00)) == "+0,7 %"


@pytest.mark.parametrize(
    ("code", "typed", "stored"),
    [
        ("receipts", "12 000", 12_000_00),
        ("receipts", "12,5", 12_50),
        ("receipts", "1 234 567,89 ₽", 1_234_567_89),
        ("receipts", "1.234,50", 1_234_50),
        ("receipts", "1,234.50", 1_234_50),
        ("talk_time", "1:30", 5400),
        ("talk_time", "1:30:15", 5415),
        ("talk_time", "2,5", 9000),
        ("conversion", "18,5", 1850),
        ("calls", "", None),
    ],
)
def test_typed(code: str, typed: str, stored: int | None) -> None:
    assert values.parse(KNOWN[code], typed) == stored


@pytest.mark.parametrize("typed", ["много", "1,2,3", "1:75", "12е3", "=1+1", "--5"])
def test_no_number(typed: str) -> None:
    with pytest.raises(DomainError):
        values.parse(KNOWN["receipts"], typed)


def test_thousands_in_a_table() -> None:
    how = values.style(KNOWN["receipts"], [8_420_000_00])
    assert values.heading("Поступления", how) == "Поступления, т₽"
    assert said(values.text(2_310_499_99, how)) == "2 310"
    assert values.parse(KNOWN["receipts"], "18,5", how) == 18_500_00


@given(st.sampled_from([m for m in CATALOGUE if m.kind is not Kind.RATIO]),
       st.integers(0, 10**12), st.sampled_from(["ru", "en"]))  # fmt: skip
def test_what_an_editor_shows_is_read_back(metric: Metric, value: int, language: str) -> None:
    i18n.set_language(language)
    how = values.entry_style(metric)
    assert values.parse(metric, values.plain(value, how), how) == value
