from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.team import (
    Absence,
    AbsenceKind,
    Member,
    match_name,
    next_birthday,
    normal_name,
    present_days,
    ramp_share,
)

DAYS = tuple(date(2025, 3, day) for day in range(3, 8))
MARIA = Member(1, "Иванова Мария")
PETR = Member(2, "Пётр Семёнов", aliases=("p.semenov", "Менеджер 7"))
ANNA = Member(3, "Сидорова-Кац Анна Львовна")
TEAM = (MARIA, PETR, ANNA)


def test_present_days():
    member = Member(1, "A", hired=date(2025, 3, 4), left=date(2025, 3, 6))
    absences = [
        Absence(1, AbsenceKind.VACATION, date(2025, 2, 1), date(2025, 3, 4)),
        Absence(2, AbsenceKind.SICK_LEAVE, date(2025, 3, 1), date(2025, 3, 31)),
    ]
    assert present_days(member, [], DAYS) == DAYS[1:4]
    assert present_days(member, absences, DAYS) == DAYS[2:4]
    assert present_days(Member(3, "B"), absences, DAYS) == DAYS


@given(st.integers(0, 9), st.integers(0, 9))
def test_an_absence_takes_its_days_and_no_other(start, length):
    begin = date(2025, 3, 1) + timedelta(days=start)
    gap = Absence(1, AbsenceKind.OTHER, begin, begin + timedelta(days=length))
    kept = present_days(MARIA, [gap], DAYS)
    assert set(kept) == {day for day in DAYS if not gap.start <= day <= gap.end}


def test_ramp():
    member = Member(1, "A", ramp={date(2025, 3, 1): 5000})
    assert ramp_share(member, date(2025, 3, 17)) == 5000
    assert ramp_share(member, date(2025, 4, 1)) == 10_000
    assert hash(member) == hash(Member(1, "A"))


def test_normal_name():
    assert normal_name("  СЕМЁНОВ   Пётр ") == normal_name("петр семенов")
    assert normal_name("Иванова М.И.") == normal_name("М. И. Иванова")


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("Мария Иванова", MARIA),
        ("ИВАНОВА  мария", MARIA),
        ("Иванова М.", MARIA),
        ("М.П. Иванова", MARIA),
        ("Иванова Мария Петровна", MARIA),
        ("Семенов Петр", PETR),
        ("P.Semenov", PETR),
        ("менеджер 7", PETR),
        ("Сидорова-Кац А. Л.", ANNA),
        ("Анна Сидорова-Кац", ANNA),
        ("Менеджер 70", None),
        ("Иванова", None),
        ("Иванова А.", None),
        ("Иванова Анна", None),
        ("Анна", None),
        ("М.", None),
        ("", None),
        ("—", None),
    ],
)
def test_match_name(text, member):
    assert match_name(text, TEAM) is member


def test_ambiguous_names_match_nobody():
    twins = (MARIA, Member(9, "Иванова Марина"))
    assert match_name("Иванова М.", twins) is None
    assert match_name("Иванова Марина", twins) is twins[1]
    assert match_name("Мария Иванова", (MARIA, Member(9, "мария иванова"))) is None


@given(st.permutations(["Иванова", "Мария", "Петровна"]))
def test_word_order_does_not_matter(words):
    assert match_name(" ".join(words), TEAM) is MARIA


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (date(1990, 10, 22), date(2026, 10, 22), date(2026, 10, 22)),
        (date(1990, 10, 21), date(2026, 10, 22), date(2027, 10, 21)),
        (date(1990, 1, 3), date(2026, 12, 30), date(2027, 1, 3)),
        (date(1996, 2, 29), date(2026, 2, 28), date(2026, 2, 28)),
        (date(1996, 2, 29), date(2028, 2, 28), date(2028, 2, 29)),
        (date(1996, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
    ],
)
def test_the_next_birthday_is_today_or_later(born: date, today: date, expected: date) -> None:
    assert next_birthday(born, today) == expected
