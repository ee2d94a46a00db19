"""What a meeting shows, beside the board of the same days."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    board,
    facts,
    forecast,
    meeting_numbers,
    meeting_run,
    meetings,
    planning,
    planning_versions,
    promises,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meeting_goals import Held
from ropdesk.services.meeting_numbers import MemberNumbers, Numbers, Spans
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promises import NewPromise
from ropdesk.store import models
from ropdesk.store.workspace import Workspace

MONTH = date(2026, 10, 1)
THU = date(2026, 10, 22)  # a plain day, as all of its week
FRI, SAT, SUN, MON, TUE = (THU + timedelta(n) for n in range(1, 6))
NINE, SIX = 9 * 60, 18 * 60
PLAN = 22_000_000
ANNA, BORIS = "Иванова Анна", "Петров Борис"


@dataclass(frozen=True)
class Meeting:
    """A meeting that nobody has written down."""

    day: date
    kind: str = "daily"
    start: int | None = NINE
    id: int | None = None


@dataclass(frozen=True)
class Pair:
    ws: Workspace
    anna: int
    boris: int


@pytest.fixture
def pair(ws: Workspace) -> Pair:
    """Give two members with an approved plan of receipts and some facts of October."""
    anna, boris = (team.add(ws, Member(0, name, hired=date(2025, 1, 1))) for name in (ANNA, BORIS))
    planning.set_value(ws, MONTH, "receipts", PLAN)
    planning.set_value(ws, MONTH, "calls", 2200)
    planning.distribute(ws, MONTH, "equal")
    planning_versions.approve(ws, MONTH, "РОП", MONTH)
    for day, code, *values in (
        (date(2026, 10, 5), "calls", 50, 40),
        (THU - timedelta(1), "receipts", 900_000, 100_000),
        (THU, "receipts", 300_000, 0),
        (THU, "calls", 30, 60),
        (FRI, "receipts", 10_000, 20_000),
        (SAT, "receipts", 70_000, 0),
        (SUN, "receipts", 0, 5_000),
        (THU, "overdue_tasks", 4, 2),
    ):
        facts.enter(ws, day, [
            Entry(who, code, value) for who, value in zip((anna, boris), values, strict=True)
        ])  # fmt: skip
    return Pair(ws, anna, boris)


def seen(ws: Workspace, meeting: Held, today: date, code: str = "receipts") -> Numbers:
    with ws.read() as connection:
        return meeting_numbers.numbers(connection, meeting, today, code)


def of(found: Numbers, member_id: int) -> MemberNumbers:
    return next(line for line in found.members if line.member_id == member_id)


def held(ws: Workspace, day: date, hour: int = 9, kind: str = "daily") -> int:
    ref = meetings.add(ws, NewMeeting(kind=kind, day=day, start=hour * 60))
    return meeting_run.begin(ws, ref, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def line(ws: Workspace, ref: meetings.Ref) -> meetings.MeetingLine:
    with ws.read() as connection:
        return meetings.line(connection, ref)


def drop(ws: Workspace, meeting_id: int) -> None:
    """Let another meeting begin."""
    with ws.operation("x") as operation:
        row = operation.session.get(models.Meeting, meeting_id)
        assert row is not None
        row.state = "done"


@pytest.mark.parametrize(
    ("day", "start", "kind", "spans"),
    [
        (THU, NINE, "daily", (THU - timedelta(1), THU - timedelta(1), THU, THU)),
        (THU, None, "daily", (THU - timedelta(1), THU - timedelta(1), THU, THU)),
        (MON, NINE, "daily", (FRI, SUN, MON, MON)),
        (MON, NINE, "own", (FRI, SUN, MON, MON)),
        (SAT, NINE, "daily", (FRI, FRI, MON, MON)),
        (THU, SIX, "daily", (THU, THU, FRI, FRI)),
        (FRI, SIX, "daily", (FRI, FRI, MON, MON)),
        (MON, SIX, "daily", (SAT, MON, TUE, TUE)),
        (MON, NINE, "weekly", (MON - timedelta(7), SUN, MON, MON + timedelta(6))),
        (FRI, SIX, "weekly", (MON - timedelta(7), SUN, MON, MON + timedelta(6))),
        (date(2026, 11, 3), NINE, "monthly",
         (MONTH, date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30))),
        # the eleven days off of the New Year: what came in over them is of the first morning
        (date(2026, 1, 12), NINE, "daily",
         (date(2025, 12, 30), date(2026, 1, 11), date(2026, 1, 12), date(2026, 1, 12))),
    ],
)  # fmt: skip
def test_the_days_that_a_meeting_speaks_of(
    day: date, start: int | None, kind: str, spans: tuple[date, date, date, date]
) -> None:
    assert meeting_numbers.days(day, start, kind, WorkCalendar()) == Spans(*spans)


def test_no_day_is_left_out_between_two_mornings_or_two_evenings() -> None:
    work = WorkCalendar()
    for start in (NINE, SIX):
        told = [
            meeting_numbers.days(day, start, "daily", work)
            for day in work.working_days(date(2026, 1, 1), date(2026, 12, 31))
        ]
        for before, after in pairwise(told):
            assert after.fact_first == before.fact_last + timedelta(1)
            assert after.fact_first <= after.fact_last


def test_the_numbers_are_the_boards_of_the_same_days(pair: Pair) -> None:
    ws = pair.ws
    team.add(ws, Member(0, "Тихонов Лев", hired=THU - timedelta(3)))  # neither a plan nor a fact
    for today in (THU, TUE):
        for code in ("receipts", "calls", "conversion", "average_check"):
            found = seen(ws, Meeting(THU), today, code)
            days = board.board(ws, MONTH, THU - timedelta(1), codes=[code], by="day").periods
            past = next(each for each in days if each.start == THU - timedelta(1))
            ahead = next(each for each in days if each.start == THU)
            assert len(found.members) == len(past.members) == 3
            for who, was, will in (
                (found.department, past.department, ahead.department),
                *(
                    (of(found, one.member.id), one.figures, two.figures)
                    for one, two in zip(past.members, ahead.members, strict=True)
                ),
            ):
                assert (who.fact, who.plan, who.completion) == (
                    was[code].fact, was[code].plan, was[code].completion,
                )  # fmt: skip
                assert (who.goal, who.board_goal) == (will[code].plan, will[code].plan)
                assert (who.agreed, who.goal_agreed) == (False, False)
    assert seen(ws, Meeting(THU), THU).department.fact == 1_000_000
    assert of(seen(ws, Meeting(THU), THU), pair.anna).plan == 500_000


def test_monday_counts_friday_and_the_weekend(pair: Pair) -> None:
    found = seen(pair.ws, Meeting(MON), MON)
    assert (found.spans.fact_first, found.spans.fact_last) == (FRI, SUN)
    assert of(found, pair.anna).fact == 80_000
    assert (found.department.fact, found.department.plan) == (105_000, 1_000_000)
    assert found.department.completion == Fraction(105_000, 1_000_000)


def test_a_span_over_two_months_takes_each_day_of_its_own_plan(pair: Pair) -> None:
    november = date(2026, 11, 1)
    planning.set_value(pair.ws, november, "receipts", 1_900_000)  # of 19 working days
    found = seen(pair.ws, Meeting(date(2026, 11, 4), "weekly"), date(2026, 11, 4))
    first, last = found.spans.plan_first, found.spans.plan_last
    assert (first, last) == (date(2026, 11, 2), date(2026, 11, 8))
    before = seen(pair.ws, Meeting(date(2026, 10, 27), "weekly"), date(2026, 10, 27))
    parts = 0
    for month in (MONTH, november):
        for day in board.board(pair.ws, month, MON, codes=["receipts"], by="day").periods:
            if date(2026, 10, 26) <= day.start <= date(2026, 11, 1):
                parts += int(day.department["receipts"].plan or 0)
    assert before.department.goal == parts > 0


def test_what_is_unknown_stays_unknown(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    found = seen(ws, Meeting(THU), THU)
    for who in (found.department, of(found, anna)):
        assert (who.fact, who.plan, who.completion, who.goal) == (None, None, None, None)
        assert (who.promises_kept, who.promises_due) == (None, None)
    assert (found.month.fact, found.month.plan, found.month.p50) == (None, None, None)
    assert found.interim == ()
    assert found.known_until is None
    facts.enter(ws, THU, [Entry(anna, "receipts", 5)])
    assert seen(ws, Meeting(MON), MON).department.fact == 0, "begun, and nothing came"
    assert seen(ws, Meeting(MON), MON).known_until == THU
    assert seen(ws, Meeting(TUE + timedelta(7)), THU).department.fact is None, "not yet"


def test_an_agreed_plan_stands_before_the_boards(pair: Pair) -> None:
    ws, anna, boris = pair.ws, pair.anna, pair.boris
    wednesday = held(ws, THU - timedelta(1))
    meeting_run.set_goal(ws, wednesday, anna, THU - timedelta(1), "receipts", 600_000)
    now = seen(ws, line(ws, wednesday), THU - timedelta(1))
    assert (of(now, anna).goal, of(now, anna).goal_agreed) == (600_000, True)
    assert of(now, anna).board_goal == 500_000
    assert (of(now, boris).goal, of(now, boris).goal_agreed) == (500_000, False)
    assert (now.department.goal, now.department.board_goal) == (1_100_000, 1_000_000)
    after = seen(ws, Meeting(THU), THU)
    assert (of(after, anna).plan, of(after, anna).agreed) == (600_000, True)
    assert (of(after, anna).board_plan, of(after, anna).completion) == (500_000, Fraction(3, 2))
    assert (after.department.plan, after.department.agreed) == (1_100_000, True)
    assert after.department.completion == Fraction(1_000_000, 1_100_000)
    assert (of(after, boris).agreed, of(after, boris).plan) == (False, 500_000)
    before = seen(ws, Meeting(THU - timedelta(1), start=8 * 60), THU)
    assert not of(before, anna).goal_agreed, "an earlier meeting does not know of it"
    assert not of(seen(ws, Meeting(THU), THU, "calls"), anna).agreed, "of another metric"


def test_the_last_meeting_before_has_the_last_word(pair: Pair) -> None:
    ws, anna = pair.ws, pair.anna
    for hour, value in ((9, 600_000), (11, 700_000)):
        ref = held(ws, THU - timedelta(1), hour)
        meeting_run.set_goal(ws, ref, anna, THU - timedelta(1), "receipts", value)
        drop(ws, ref)
    assert of(seen(ws, Meeting(THU), THU), anna).plan == 700_000
    noon = Meeting(THU - timedelta(1), start=10 * 60)
    assert of(seen(ws, noon, THU), anna).goal == 600_000


def test_friday_agreed_and_the_weekend_planned_add_up(pair: Pair) -> None:
    ws, anna = pair.ws, pair.anna
    ref = held(ws, FRI)
    meeting_run.set_goal(ws, ref, anna, FRI, "receipts", 100_000)
    found = of(seen(ws, Meeting(MON), MON), anna)
    assert (found.plan, found.agreed, found.board_plan) == (100_000, True, 500_000)
    assert found.completion == Fraction(8, 10)


def test_a_week_agreed_at_a_weekly_meeting_is_no_days_plan(pair: Pair) -> None:
    ws, anna = pair.ws, pair.anna
    ref = held(ws, date(2026, 10, 19), kind="weekly")
    meeting_run.set_goal(ws, ref, anna, date(2026, 10, 19), "receipts", 3_000_000)
    week = of(seen(ws, line(ws, ref), date(2026, 10, 19)), anna)
    assert (week.goal, week.goal_agreed, week.board_goal) == (3_000_000, True, 2_500_000)
    monday = seen(ws, Meeting(date(2026, 10, 19)), THU)
    assert (of(monday, anna).goal, of(monday, anna).goal_agreed) == (500_000, False)
    friday = of(seen(ws, Meeting(FRI, "weekly", SIX), FRI), anna)
    assert (friday.plan, friday.agreed, friday.board_plan) == (3_000_000, True, 2_500_000)
    # on Friday evening all the days that carry a plan have passed
    assert friday.completion == Fraction(1_210_000, 3_000_000)
    wednesday = of(seen(ws, Meeting(FRI, "weekly", SIX), THU - timedelta(1)), anna)
    assert wednesday.completion == Fraction(900_000, 1_800_000), "three days of five"


def test_a_department_plan_that_is_not_shared_out_holds_until_all_have_agreed(
    ws: Workspace,
) -> None:
    planning.set_value(ws, MONTH, "receipts", PLAN)
    anna, boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    ref = held(ws, THU)
    meeting_run.set_goal(ws, ref, anna, THU, "receipts", 400_000)
    found = seen(ws, line(ws, ref), THU)
    assert (found.department.goal, found.department.goal_agreed) == (1_000_000, False)
    assert (of(found, anna).goal, of(found, anna).board_goal) == (400_000, None)
    meeting_run.set_goal(ws, ref, boris, THU, "receipts", 500_000)
    found = seen(ws, line(ws, ref), THU)
    assert (found.department.goal, found.department.goal_agreed) == (900_000, True)
    assert found.department.board_goal == 1_000_000


def test_without_a_plan_what_is_agreed_is_the_plan(ws: Workspace) -> None:
    anna, _boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    ref = held(ws, THU)
    meeting_run.set_goal(ws, ref, anna, THU, "receipts", 400_000)
    found = seen(ws, line(ws, ref), THU)
    assert (found.department.goal, found.department.board_goal) == (400_000, None)


def test_a_plan_of_a_ratio_or_a_level_is_agreed_as_it_stands(pair: Pair) -> None:
    ws, anna = pair.ws, pair.anna
    ref = held(ws, FRI)
    meeting_run.set_goal(ws, ref, anna, FRI, "conversion", 1500)
    meeting_run.set_goal(ws, ref, anna, FRI, "overdue_tasks", 3)
    ratio = seen(ws, Meeting(MON), MON, "conversion")
    assert (of(ratio, anna).plan, ratio.department.agreed) == (1500, False)
    level = seen(ws, Meeting(MON), MON, "overdue_tasks")
    assert (of(level, anna).fact, of(level, anna).plan) == (4, 3)
    assert (level.department.fact, level.department.plan) == (6, 3)


def test_the_month_is_the_boards_and_ends_as_forecast(pair: Pair) -> None:
    ws = pair.ws
    found = seen(ws, Meeting(MON), MON)
    figure = board.board(ws, MONTH, SUN, codes=["receipts"]).department["receipts"]
    month = found.month
    assert (month.first, month.as_of) == (MONTH, SUN)
    assert (month.fact, month.plan, month.plan_to_date, month.completion) == (
        figure.fact, figure.plan, figure.plan_to_date, figure.completion,
    )  # fmt: skip
    ahead = forecast.outlook(ws, MONTH, SUN, ["receipts"]).of("receipts")
    assert ahead is not None
    assert (month.p10, month.p50, month.p90) == (ahead.p10, ahead.p50, ahead.p90)
    assert seen(ws, Meeting(date(2026, 11, 2)), date(2026, 11, 2)).month.first == date(2026, 11, 1)
    first = Meeting(date(2026, 10, 1))
    assert seen(ws, first, first.day).month.first == date(2026, 9, 1), "of the day spoken of"


def test_the_other_indicators_of_the_board_stand_beside(pair: Pair) -> None:
    found = seen(pair.ws, Meeting(FRI), FRI)
    calls = next(each for each in found.interim if each.code == "calls")
    assert (calls.fact, calls.plan, calls.completion) == (90, 100, Fraction(9, 10))
    assert "receipts" not in {each.code for each in found.interim}


def test_who_is_away_and_who_left_numbers(pair: Pair) -> None:
    ws, anna = pair.ws, pair.anna
    team.add_absence(ws, Absence(anna, AbsenceKind.SICK_LEAVE, THU, SUN))
    team.add(ws, Member(0, "Ушедшая Вера", hired=date(2025, 1, 1), left=date(2026, 9, 30)))
    late = team.add(ws, Member(0, "Бывший Яков", hired=date(2025, 1, 1), left=date(2026, 9, 30)))
    facts.enter(ws, THU - timedelta(1), [Entry(late, "receipts", 70)])
    found = seen(ws, Meeting(THU), THU)
    assert [each.name for each in found.members] == ["Бывший Яков", ANNA, BORIS]
    assert (of(found, anna).away, of(found, anna).away_until) == ("sick_leave", SUN)
    assert of(found, late).away == ""
    assert found.department.fact == sum(int(each.fact or 0) for each in found.members)


def test_the_time_of_counting_is_kept_and_an_unknown_metric_refused(pair: Pair) -> None:
    with pair.ws.read() as connection:
        found = meeting_numbers.numbers(connection, Meeting(THU), THU, at="2026-10-22T08:55")
        assert found.as_of == "2026-10-22T08:55"
        assert replace(found, as_of="") == meeting_numbers.numbers(connection, Meeting(THU), THU)
        with pytest.raises(DomainError):
            meeting_numbers.numbers(connection, Meeting(THU), THU, "nothing")


def test_promises_due_in_the_days_passed_are_counted(pair: Pair) -> None:
    ws, anna, boris = pair.ws, pair.anna, pair.boris

    def promise(who: int | None, due: date, amount: int | None = None) -> int:
        return promises.add(ws, NewPromise(
            text="Оплата", given=THU - timedelta(2), due=due, first=due, member_id=who,
            metric="receipts" if amount else "", amount=amount,
        ))  # fmt: skip

    promise(anna, FRI, 10_000)  # came
    promise(anna, FRI, 20_000)  # half of it
    promise(anna, SUN)  # nobody has judged it yet
    dropped = promise(anna, SAT)
    promises.drop(ws, dropped, "Клиент закрылся")
    promise(boris, THU, 1)
    promise(None, FRI, 30_000)
    found = seen(ws, Meeting(MON), MON)
    assert (of(found, anna).promises_kept, of(found, anna).promises_due) == (1, 3)
    assert (of(found, boris).promises_kept, of(found, boris).promises_due) == (None, None)
    assert (found.department.promises_kept, found.department.promises_due) == (1, 3)


@pytest.mark.parametrize("code", ["receipts", "calls", "conversion", "average_check"])
def test_a_week_is_the_boards_week_too(pair: Pair, code: str) -> None:
    found = seen(pair.ws, Meeting(MON, "weekly"), MON, code)
    weeks = board.board(pair.ws, MONTH, SUN, codes=[code], by="week").periods
    past, ahead = (
        next(each for each in weeks if each.start == day) for day in (MON - timedelta(7), MON)
    )
    assert found.department.fact == past.department[code].fact
    assert found.department.plan == past.department[code].plan
    assert found.department.completion == past.department[code].completion
    for one in past.members:
        mine = of(found, one.member.id)
        assert (mine.fact, mine.plan) == (one.figures[code].fact, one.figures[code].plan)
    # the last week of October ends on the first of November, which has no plan yet
    assert ahead.end == date(2026, 10, 31)
    assert found.department.goal == ahead.department[code].plan
