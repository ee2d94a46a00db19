"""The voice of the customer: states, words, and the span compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import voice
from ropdesk.domain.errors import DomainError
from ropdesk.domain.voice import State, Trial

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 16)


def test_words_are_found_by_their_beginnings() -> None:
    text = "Нет учёта партий в отчёте"
    assert voice.found("", text)
    assert voice.found("отчет уч", text)
    assert voice.found("ПАРТ", text)
    assert not voice.found("чет", text)
    assert not voice.found("партий скидка", text)


def test_what_is_said_is_one_line_and_bounded() -> None:
    assert voice.text(" Дорого\n  везти ") == "Дорого везти"
    with pytest.raises(DomainError, match="Nothing is written"):
        voice.text(" \n")
    with pytest.raises(DomainError, match="longer than 300"):
        voice.text("а" * 301)


def test_before_a_whole_month_is_the_month_before() -> None:
    found = voice.earlier(date(2026, 3, 1), date(2026, 3, 31))
    assert found == (date(2026, 2, 1), date(2026, 2, 28))


@given(st.dates(date(2020, 1, 2), date(2030, 1, 1)), st.integers(0, 400))
def test_before_is_just_before_and_as_long_or_a_month(first: date, length: int) -> None:
    last = first + timedelta(length)
    start, end = voice.earlier(first, last)
    assert end == first - timedelta(1)
    month = first.day == 1 and length + 1 <= 31 and (last + timedelta(1)).day == 1
    assert month or end - start == last - first


def test_what_is_passed_on_has_somebody_and_no_answer() -> None:
    assert voice.check_pass(State.NEW, " Продукт ") == "Продукт"
    assert voice.check_pass(State.PASSED, "Маркетинг") == "Маркетинг"
    with pytest.raises(DomainError, match="not said to whom"):
        voice.check_pass(State.NEW, " ")
    with pytest.raises(DomainError, match="answered already"):
        voice.check_pass(State.DONE, "Продукт")


def test_an_answer_follows_what_was_passed_on() -> None:
    voice.check_answer(State.PASSED, State.ACCEPTED)
    voice.check_answer(State.ACCEPTED, State.DONE)
    with pytest.raises(DomainError, match="not passed on yet"):
        voice.check_answer(State.NEW, State.DONE)
    with pytest.raises(DomainError, match="An answer is"):
        voice.check_answer(State.PASSED, State.NEW)


def test_a_trial_is_decided_with_a_conclusion() -> None:
    voice.check_trial(Trial.TRYING, "", FIRST, None)
    voice.check_trial(Trial.KEPT, "Быстрее", FIRST, LAST)
    with pytest.raises(DomainError, match="conclusion"):
        voice.check_trial(Trial.DROPPED, " ", FIRST, LAST)
    with pytest.raises(DomainError, match="ends before it begins"):
        voice.check_trial(Trial.TRYING, "", LAST, FIRST)
