"""The forecast of a workspace is the forecaster's own, fed with its facts, team and calendar."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.forecast import Forecast, Forecaster, Method, MonthDays
from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import calendar, facts, forecast, metrics, team
from ropdesk.services.facts import Entry
from ropdesk.services.forecast import DEPARTMENT, Seer
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawDeal, put_deals

MONTH, LAST = date(2026, 10, 1), date(2026, 10, 31)
PAST = [date(2026, month, 1) for month in range(5, 10)]
ANNA, BORIS = "Иванова Анна", "Петров Борис"
Facts = dict[tuple[int, date], int]


def days_of(month: date) -> list[date]:
    day, found = month, []
    while day.month == month.month:
        found.append(day)
        day += timedelta(1)
    return found


def enter(ws: Workspace, told: Facts, code: str = "calls") -> None:
    for day in sorted({day for _, day in told}):
        facts.enter(ws, day, [Entry(m, code, v) for (m, on), v in told.items() if on == day])


def worked(ws: Workspace, members: Sequence[int], months: Sequence[date]) -> Facts:
    """Enter calls of every working day, more of them at a month's end, and answer them."""
    rng, kept = Random(7), calendar.calendar(ws)
    told = {
        (member, day): rng.randrange(5, 15) + day.day // 3 + 10 * number
        for month in months
        for day in days_of(month)
        if kept.is_working(day)
        for number, member in enumerate(members)
    }
    enter(ws, told)
    return told


def by_hand(
    ws: Workspace, told: Facts, members: Sequence[int], as_of: date, away: Sequence[date] = ()
) -> Forecast | None:
    """Feed the forecaster with the same days: sums of members, working days but those away."""
    kept = calendar.calendar(ws)

    def month(start: date) -> MonthDays:
        days = days_of(start)
        return MonthDays(
            start,
            tuple(sum(told.get((m, day), 0) for m in members) for day in days),
            tuple(kept.is_working(day) and day not in away for day in days),
        )

    return Forecaster([month(start) for start in PAST]).at(month(MONTH), as_of)


@pytest.mark.parametrize("day", [1, 5, 14, 22, 30])
def test_department_and_members_are_forecast_from_their_own_days(ws: Workspace, day: int) -> None:
    anna, boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    told = worked(ws, [anna, boris], [*PAST, MONTH])
    as_of = MONTH.replace(day=day)
    found = forecast.outlook(ws, MONTH, as_of, ["calls"])
    assert (found.month, found.as_of) == (MONTH, as_of)
    assert set(found.forecasts) == {("calls", who) for who in (DEPARTMENT, anna, boris)}
    for who, members in ((DEPARTMENT, [anna, boris]), (anna, [anna]), (boris, [boris])):
        made = found.of("calls", who)
        assert made is not None
        assert made == by_hand(ws, told, members, as_of)
        assert made.fact == sum(
            value for (m, on), value in told.items() if m in members and MONTH <= on <= as_of
        )
        assert made.months == len(PAST)
        assert found.chance("calls", made.p50, who) == made.probability(made.p50)


def test_facts_after_the_day_are_not_looked_at(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    worked(ws, [anna], [*PAST, MONTH])
    as_of = date(2026, 10, 14)
    before = forecast.outlook(ws, MONTH, as_of, ["calls"])
    enter(ws, {(anna, date(2026, 10, 15)): 10**6, (anna, date(2026, 11, 2)): 10**6})
    assert forecast.outlook(ws, MONTH, as_of, ["calls"]) == before
    made = forecast.outlook(ws, MONTH, date(2026, 10, 15), ["calls"]).of("calls")
    assert made is not None
    assert made.fact > 10**6


def test_a_finished_month_is_its_fact(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    told = worked(ws, [anna], [*PAST, MONTH])
    fact = sum(value for (_, on), value in told.items() if on >= MONTH)
    for as_of in (LAST, date(2026, 12, 31)):
        found = forecast.outlook(ws, MONTH, as_of, ["calls"])
        made = found.of("calls", anna)
        assert found.as_of == LAST
        assert made is not None
        assert (made.p10, made.p50, made.p90, made.method) == (fact, fact, fact, Method.FACT)
        assert (found.chance("calls", fact, anna), found.chance("calls", fact + 1, anna)) == (1, 0)


def test_before_the_month_its_past_speaks(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    told = worked(ws, [anna], PAST)
    as_of = date(2026, 9, 30)
    made = forecast.outlook(ws, MONTH, as_of, ["calls"]).of("calls")
    assert made == by_hand(ws, told, [anna], as_of)
    assert made is not None
    assert (made.fact, made.months) == (0, len(PAST))
    assert made.p50 > 0


def test_without_a_past_there_is_no_forecast_until_three_days_have_passed(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    assert forecast.outlook(ws, MONTH, LAST - timedelta(1), ["calls"]).forecasts == {}
    worked(ws, [anna], [MONTH])
    for day, known in ((2, False), (5, True)):
        found = forecast.outlook(ws, MONTH, MONTH.replace(day=day), ["calls"])
        assert (found.of("calls") is not None) is known
        assert (found.of("calls", anna) is not None) is known
    made = found.of("calls")
    assert made is not None
    assert (made.p10, made.p90, made.months) == (None, None, 0)
    assert found.chance("calls", made.p50 + 1) is None
    assert found.chance("calls", made.fact) == 1
    assert (found.of("inquiries"), found.chance("inquiries", 1)) == (None, None)


def test_days_away_are_not_worked_by_the_member_but_are_by_the_department(ws: Workspace) -> None:
    anna, boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    told = worked(ws, [anna, boris], [*PAST, MONTH])
    as_of = date(2026, 10, 14)
    before = forecast.outlook(ws, MONTH, as_of, ["calls"])
    gap = [date(2026, 10, n) for n in range(19, 26)]
    team.add_absence(ws, Absence(anna, AbsenceKind.VACATION, gap[0], gap[-1]))
    after = forecast.outlook(ws, MONTH, as_of, ["calls"])
    mine, whole, theirs = (after.of("calls", who) for who in (anna, DEPARTMENT, boris))
    assert mine == by_hand(ws, told, [anna], as_of, gap)
    was = before.of("calls", anna)
    assert mine is not None
    assert was is not None
    assert mine.p50 < was.p50
    assert (whole, theirs) == (before.of("calls"), before.of("calls", boris))


@pytest.mark.parametrize("hired", [True, False])
def test_days_before_hiring_and_after_leaving_are_not_worked(ws: Workspace, hired: bool) -> None:
    """A month of which a member worked a part is forecast from that part."""
    anna = team.add(ws, Member(0, ANNA))
    told = worked(ws, [anna], [MONTH])
    border = date(2026, 10, 12)
    if hired:
        team.update(ws, Member(anna, ANNA, hired=border))
        away = [day for day in days_of(MONTH) if day < border]
    else:
        team.update(ws, Member(anna, ANNA, left=border))
        away = [day for day in days_of(MONTH) if day > border]
    as_of = date(2026, 10, 22)
    found = forecast.outlook(ws, MONTH, as_of, ["calls"])
    days = MonthDays(
        MONTH,
        tuple(told.get((anna, day), 0) for day in days_of(MONTH)),
        tuple(calendar.calendar(ws).is_working(d) and d not in away for d in days_of(MONTH)),
    )
    assert found.of("calls", anna) == Forecaster(()).at(days, as_of)
    assert found.of("calls", anna) != found.of("calls")


def test_who_is_away_all_month_is_measured_by_the_department_s_days(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA, hired=date(2027, 1, 11)))
    worked(ws, [anna], [MONTH])
    with ws.read() as connection:
        people, days = team.load(connection), calendar.load(connection)
    mine = forecast.working_days(days, people, people.members[anna], MONTH)
    assert mine == forecast.working_days(days, people, None, MONTH)
    assert sum(mine) == 22
    found = forecast.outlook(ws, MONTH, date(2026, 10, 14), ["calls"])
    assert found.of("calls", anna) == found.of("calls")


def test_the_row_without_an_owner_is_forecast_like_anybody(ws: Workspace) -> None:
    put_deals(ws, [RawDeal("", created=day, closed=day) for day in days_of(MONTH)[:14]])
    found = forecast.outlook(ws, MONTH, MONTH.replace(day=14), ["deals_won"])
    nobody = team.team(ws).nobody
    assert nobody is not None
    assert found.of("deals_won", nobody) == found.of("deals_won")
    assert found.of("deals_won") is not None


def test_a_ratio_stands_for_its_flows_and_levels_are_not_forecast(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    for code in ("deals_won", "inquiries", "overdue_tasks", "calls"):
        enter(ws, {(anna, day): 3 for day in days_of(MONTH)[:14]}, code)
    as_of = MONTH.replace(day=14)
    found = forecast.outlook(ws, MONTH, as_of, ["conversion", "overdue_tasks"])
    assert {code for code, _ in found.forecasts} == {"deals_won", "inquiries"}
    assert forecast.outlook(ws, MONTH, as_of, ["overdue_tasks"]).forecasts == {}
    shown = forecast.outlook(ws, MONTH, as_of)
    assert {code for code, _ in shown.forecasts} == {"calls", "deals_won", "inquiries"}


def test_a_metric_that_does_not_exist_is_refused_by_name(ws: Workspace) -> None:
    with pytest.raises(DomainError) as refused:
        Seer(ws, MONTH, ["calls", "gone"])
    assert refused.value.fields["code"] == "gone"


def test_a_metric_removed_from_the_workspace_does_not_stop_the_board_s_forecast(
    ws: Workspace,
) -> None:
    anna = team.add(ws, Member(0, ANNA))
    worked(ws, [anna], [MONTH])
    visits = Metric("visits", "Visits", Kind.FLOW, Unit.COUNT, Direction.UP, builtin=False)
    metrics.add(ws, visits)
    metrics.set_board(ws, ["calls", "visits"])
    metrics.remove(ws, "visits")
    found = forecast.outlook(ws, MONTH, MONTH.replace(day=14))
    assert {code for code, _ in found.forecasts} == {"calls"}


def test_the_department_alone_is_forecast_the_same(ws: Workspace) -> None:
    members = [team.add(ws, Member(0, name)) for name in (ANNA, BORIS)]
    worked(ws, members, [*PAST, MONTH])
    alone = Seer(ws, MONTH, ["calls"], members=False)
    everybody = Seer(ws, MONTH, ["calls"])
    for day in (1, 14, 31):
        as_of = MONTH.replace(day=day)
        found = alone.look(ws, as_of)
        assert set(found.forecasts) == {("calls", DEPARTMENT)}
        assert found.of("calls") == everybody.look(ws, as_of).of("calls")


def test_what_is_learnt_once_follows_the_facts(ws: Workspace) -> None:
    """A kept Seer says after an entry what a new one says."""
    anna = team.add(ws, Member(0, ANNA))
    worked(ws, [anna], PAST)
    seer, as_of = Seer(ws, MONTH, ["calls"]), date(2026, 10, 5)
    for amount in (4, 40, 400):
        enter(ws, {(anna, as_of): amount})
        assert seer.look(ws, as_of) == forecast.outlook(ws, MONTH, as_of, ["calls"])
    boris = team.add(ws, Member(0, BORIS))
    enter(ws, {(boris, as_of): 7})
    assert seer.look(ws, as_of).of("calls") == forecast.outlook(ws, MONTH, as_of).of("calls")


def test_two_years_are_remembered_and_the_third_is_not(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    old = date(2024, 9, 2)
    enter(ws, {(anna, old): 50, (anna, date(2024, 8, 1)): 10**9})
    made = forecast.outlook(ws, MONTH, date(2026, 9, 30), ["calls"]).of("calls")
    enter(ws, {(anna, date(2024, 8, 1)): 1})
    assert forecast.outlook(ws, MONTH, date(2026, 9, 30), ["calls"]).of("calls") == made
