"""Texts as they are kept."""

import pytest

from ropdesk.domain import texts
from ropdesk.domain.errors import DomainError


def test_lines_stay_and_blanks_around_go() -> None:
    assert texts.lines("  a  b\n\nc \n", 10, "note") == "a  b\n\nc"
    assert texts.lines("   ", 10, "note") == ""
    assert texts.line("  a  b\n\nc \n", 5, "title", "Empty.") == "a b c"


def test_the_longest_is_still_kept() -> None:
    assert texts.lines("я" * 10 + " ", 10, "note") == "я" * 10
    with pytest.raises(DomainError) as refused:
        texts.lines("я" * 11, 10, "note")
    assert refused.value.message == texts.TOO_LONG
    assert refused.value.fields == {"n": 10, "field": "note"}
    with pytest.raises(DomainError) as refused:
        texts.line("я" * 11, 10, "title", "Empty.", "Longer than {n}.")
    assert refused.value.message == "Longer than {n}."


@pytest.mark.parametrize("nothing", ["", " \n\t"])
def test_a_line_must_say_something(nothing: str) -> None:
    with pytest.raises(DomainError) as refused:
        texts.line(nothing, 10, "title", "Empty.")
    assert (refused.value.message, refused.value.fields) == ("Empty.", {"field": "title"})
