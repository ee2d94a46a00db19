"""Promises: judged from facts, never blamed for facts that are missing, counted honestly."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import promises as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Direction, Metric, Metrics
from ropdesk.domain.promises import Judged, Share, Verdict, Way

MONDAY = date(2026, 10, 19)
DAY = timedelta(1)
METRICS = Metrics()
RECEIPTS, CALLS = METRICS["receipts"], METRICS["calls"]
LOST, OVERDUE, CONVERSION = METRICS["deals_lost"], METRICS["overdue_tasks"], METRICS["conversion"]

days = st.integers(-20, 20).map(lambda n: MONDAY + n * DAY)
amounts = st.integers(1, 50)
cells = st.lists(st.tuples(days, st.integers(0, 20)), max_size=12)


def judge(
    amount: int, facts: list[tuple[date, int]], today: date, *, first: date = MONDAY,
    due: date = MONDAY + 2 * DAY, known: date | None = MONDAY + 30 * DAY, late: int = 0,
    better: Direction = Direction.UP,
) -> Judged:  # fmt: skip
    return rules.judge(amount, facts, first, due, known, today, better=better, late_days=late)


def test_kept_on_the_day_the_sum_reaches_what_was_promised() -> None:
    facts = [(MONDAY, 5), (MONDAY + DAY, 10), (MONDAY + 2 * DAY, 10)]
    assert judge(15, facts, MONDAY + 1 * DAY) == Judged(Verdict.KEPT, 15, MONDAY + DAY)
    assert judge(15, facts, MONDAY + 9 * DAY) == Judged(Verdict.KEPT, 25, MONDAY + DAY)


def test_what_comes_before_the_first_day_or_after_today_does_not_count() -> None:
    facts = [(MONDAY - DAY, 100), (MONDAY, 1), (MONDAY + DAY, 100)]
    assert judge(50, facts, MONDAY) == Judged(Verdict.OPEN, 1)


def test_the_due_day_itself_is_still_open() -> None:
    assert judge(9, [(MONDAY, 1)], MONDAY + 2 * DAY).verdict is Verdict.OPEN
    assert judge(9, [], MONDAY, known=None) == Judged(Verdict.OPEN)
    assert judge(9, [], MONDAY, known=MONDAY) == Judged(Verdict.OPEN, 0)


def test_part_of_it_is_partly_kept_and_nothing_is_broken() -> None:
    due = MONDAY + 2 * DAY
    assert judge(9, [(MONDAY, 1)], due + DAY) == Judged(Verdict.PARTLY, 1, due)
    assert judge(9, [], due + DAY) == Judged(Verdict.BROKEN, 0, due)


def test_without_the_facts_of_the_due_day_it_waits() -> None:
    due = MONDAY + 2 * DAY
    short = judge(9, [(MONDAY, 1)], due + DAY, known=due - DAY)
    assert short == Judged(Verdict.WAITING, 1)
    assert judge(9, [], due + DAY, known=None) == Judged(Verdict.WAITING)
    assert judge(9, [(MONDAY, 9)], due + DAY, known=MONDAY).verdict is Verdict.KEPT


def test_a_late_payment_keeps_it_within_the_days_of_grace() -> None:
    due = MONDAY + 2 * DAY
    facts = [(due + 3 * DAY, 9)]
    assert judge(9, facts, due + DAY, late=14) == Judged(Verdict.BROKEN, 0, due)
    assert judge(9, facts, due + 4 * DAY, late=14) == Judged(
        Verdict.KEPT, 9, due + 3 * DAY, late=True
    )
    assert judge(9, facts, due + 30 * DAY, late=2) == Judged(Verdict.BROKEN, 0, due)
    assert judge(10, facts, due + 4 * DAY, late=14) == Judged(Verdict.PARTLY, 9, due, late=True)
    some = judge(10, [(due, 1), *facts], due + 4 * DAY, late=14)
    assert some == Judged(Verdict.KEPT, 10, due + 3 * DAY, late=True)


def test_where_less_is_better_the_days_must_be_over() -> None:
    due, down = MONDAY + 2 * DAY, Direction.DOWN
    assert judge(2, [(MONDAY, 5)], due, better=down) == Judged(Verdict.OPEN, 5)
    assert judge(2, [(MONDAY, 2)], due + DAY, better=down) == Judged(Verdict.KEPT, 2, due)
    assert judge(0, [], due + DAY, better=down) == Judged(Verdict.KEPT, 0, due)
    assert judge(2, [(MONDAY, 3)], due + DAY, better=down) == Judged(Verdict.BROKEN, 3, due)


@given(amounts, cells, days, st.one_of(st.none(), days), days)
def test_nobody_is_blamed_while_the_day_lasts_or_its_facts_are_missing(
    amount: int, facts: list[tuple[date, int]], due: date, known: date | None, today: date
) -> None:
    found = rules.judge(amount, facts, due - 3 * DAY, due, known, today, late_days=14)
    if due >= today or known is None or known < due:
        assert found.verdict in {Verdict.OPEN, Verdict.WAITING, Verdict.KEPT}
        assert not found.late
    else:
        assert found.verdict in rules.JUDGED
        assert found.settled_on is not None
    assert (found.verdict is Verdict.OPEN) <= (due >= today)
    assert (found.verdict is Verdict.WAITING) <= (due < today)


@given(amounts, cells, days)
def test_kept_exactly_where_the_counted_facts_reach_the_amount(
    amount: int, facts: list[tuple[date, int]], due: date
) -> None:
    first, today = due - 2 * DAY, due + 60 * DAY
    found = rules.judge(amount, facts, first, due, due, today, late_days=5)
    in_time = sum(value for day, value in facts if first <= day <= due)
    with_late = sum(value for day, value in facts if first <= day <= due + 5 * DAY)
    assert (found.verdict is Verdict.KEPT) == (with_late >= amount)
    assert (found.verdict is Verdict.KEPT and not found.late) == (in_time >= amount)
    if found.verdict is Verdict.KEPT:
        assert found.settled_on is not None
        assert (found.settled_on > due) == found.late
        before = sum(value for day, value in facts if first <= day < found.settled_on)
        assert before < amount
    assert (found.verdict is Verdict.BROKEN) == (with_late == 0)


@given(amounts, cells, days, days)
def test_more_facts_never_make_it_worse(
    amount: int, facts: list[tuple[date, int]], due: date, extra: date
) -> None:
    worth = {Verdict.BROKEN: 0, Verdict.PARTLY: 1, Verdict.KEPT: 2}
    first, today = due - 2 * DAY, due + 60 * DAY
    one = rules.judge(amount, facts, first, due, due, today, late_days=5)
    two = rules.judge(amount, [*facts, (extra, 3)], first, due, due, today, late_days=5)
    assert worth[two.verdict] >= worth[one.verdict]


def test_a_level_is_reached_on_the_due_day_or_not() -> None:
    due, today = MONDAY, MONDAY + DAY
    level = rules.judge_level
    assert level(5, 7, due, due, due) == Judged(Verdict.OPEN, 7)
    assert level(5, 7, due, due - DAY, today) == Judged(Verdict.WAITING, 7)
    assert level(5, 7, due, None, today).verdict is Verdict.WAITING
    assert level(5, None, due, due, today) == Judged(Verdict.WAITING)
    assert level(5, 5, due, due, today) == Judged(Verdict.KEPT, 5, due)
    assert level(5, Fraction(49, 10), due, due, today).verdict is Verdict.BROKEN
    assert level(5, 5, due, due, today, Direction.DOWN).verdict is Verdict.KEPT
    assert level(5, 6, due, due, today, Direction.DOWN).verdict is Verdict.BROKEN
    assert level(5, 4, due, due, today, Direction.NONE).verdict is Verdict.BROKEN


def test_without_a_number_it_waits_for_a_word() -> None:
    assert rules.unjudged(MONDAY, MONDAY) == Judged(Verdict.OPEN)
    assert rules.unjudged(MONDAY, MONDAY + DAY) == Judged(Verdict.WAITING)


def test_what_a_promise_is_judged_by() -> None:
    assert rules.way(None, None, "") is Way.HAND
    assert rules.way(CALLS, None, "") is Way.HAND
    assert rules.way(CALLS, 20, "") is Way.DAYS
    assert rules.way(OVERDUE, 0, "") is Way.LEVEL
    assert rules.way(CONVERSION, 20, " ") is Way.LEVEL
    assert rules.way(RECEIPTS, None, "Вектор") is Way.DEALS
    assert rules.way(CALLS, 20, "Вектор") is Way.HAND


def test_the_share_says_how_many_it_is_made_of() -> None:
    one = Share(kept=3, partly=1, broken=1, late=1, moved=2, on_time=2)
    assert (one.n, one.share, one.enough) == (5, Fraction(3, 5), True)
    assert Share().share is None
    assert not Share(kept=4).enough
    assert one + Share(kept=1, on_time=1) == Share(4, 1, 1, 1, 2, 3)


def complaint(error: pytest.ExceptionInfo[DomainError]) -> object:
    return error.value.fields.get("field")


def test_words_are_kept_on_one_line_and_not_too_long() -> None:
    assert rules.text(" Дожать \n Вектор ") == "Дожать Вектор"
    assert rules.customer("  ООО  Вектор ") == "ООО Вектор"
    assert rules.result(" так  ") == "так"
    assert rules.reason("заболел ") == "заболел"
    for function, length, field in (
        (rules.text, rules.LONGEST, "text"),
        (rules.customer, rules.LONGEST_CUSTOMER, "customer"),
        (rules.result, rules.LONGEST_REASON, "result"),
        (rules.reason, rules.LONGEST_REASON, "reason"),
    ):
        assert len(function("я" * length)) == length
        with pytest.raises(DomainError) as error:
            function("я" * (length + 1))
        assert complaint(error) == field
    for function, field in ((rules.text, "text"), (rules.reason, "reason")):
        with pytest.raises(DomainError) as error:
            function(" \n ")
        assert complaint(error) == field


def test_days_that_cannot_be() -> None:
    rules.check_days(MONDAY, MONDAY, MONDAY)
    with pytest.raises(DomainError) as error:
        rules.check_days(MONDAY, MONDAY, MONDAY - DAY)
    assert complaint(error) == "due"
    with pytest.raises(DomainError) as error:
        rules.check_days(MONDAY, MONDAY + DAY, MONDAY)
    assert complaint(error) == "first"


@pytest.mark.parametrize(
    ("metric", "amount", "customer", "field"),
    [
        (None, None, "", None),
        (None, 5, "", "metric"),
        (CALLS, None, "", "amount"),
        (CALLS, None, "Вектор", "amount"),
        (RECEIPTS, None, "", "amount"),
        (RECEIPTS, None, "Вектор", None),
        (CALLS, 0, "", "amount"),
        (CALLS, -1, "", "amount"),
        (CALLS, 10**16, "", "amount"),
        (CALLS, 1, "", None),
        (LOST, 0, "", None),
        (LOST, -1, "", "amount"),
    ],
)
def test_how_much_may_be_promised(
    metric: Metric | None, amount: int | None, customer: str, field: str | None
) -> None:
    if field is None:
        rules.check_amount(metric, amount, customer)
        return
    with pytest.raises(DomainError) as error:
        rules.check_amount(metric, amount, customer)
    assert complaint(error) == field


def test_a_day_is_put_off_later_only_and_corrected_earlier_only() -> None:
    rules.check_move(MONDAY, MONDAY + DAY)
    rules.check_correction(MONDAY, MONDAY)
    rules.check_correction(MONDAY, MONDAY - DAY)
    with pytest.raises(DomainError):
        rules.check_move(MONDAY, MONDAY)
    with pytest.raises(DomainError):
        rules.check_correction(MONDAY, MONDAY + DAY)


def test_one_day_moves_as_a_day_and_a_span_grows() -> None:
    later = MONDAY + 3 * DAY
    assert rules.moved_first(MONDAY, MONDAY, later) == later
    assert rules.moved_first(MONDAY - DAY, MONDAY, later) == MONDAY - DAY
