"""Levers on real workspaces: what they stand on, what changes do, actions and their undo."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.domain.levers import DEPARTMENT, Factor, Obstacle
from ropdesk.domain.levers_closing import Reach
from ropdesk.domain.money import half_up
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import calendar as calendars
from ropdesk.services import facts, files, forecast, history, imports, levers, planning, team
from ropdesk.services.board import month_end
from ropdesk.services.facts import Entry
from ropdesk.services.files import FileSpec
from ropdesk.services.levers import Standing
from ropdesk.services.owners import Choice
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace
from tests.services.raw import NOBODY, RawDeal, counted, put_deals

MONTH, AS_OF, LAST = date(2026, 10, 1), date(2026, 10, 20), date(2026, 10, 31)
ANNA, BORIS, VERA = "Иванова Анна", "Петров Борис", "Ким Вера"
CODES = ("receipts", "deals_won", "inquiries")


def deals_until(last: date, first: date = date(2026, 1, 12)) -> list[RawDeal]:
    """Make a past of two strong sellers and a weak one, deals closing within three weeks."""
    rng, made = Random(11), []
    day = first
    while day <= last:
        for name, many, price in ((ANNA, 4, 30_000_00), (BORIS, 3, 20_000_00), (VERA, 1, 9_000_00)):
            for _ in range(many if day.weekday() < 5 else 0):
                closed = day + timedelta(rng.randrange(1, 22))
                ended = closed <= last
                won = rng.random() < 0.3
                status = ("won" if won else "lost") if ended else "open"
                amount = price + rng.randrange(-3_000_00, 3_000_00)
                made.append(
                    RawDeal(name, status, day, closed if ended else None, amount)
                )  # fmt: skip
        day += timedelta(1)
    return made


@pytest.fixture
def deals() -> list[RawDeal]:
    return deals_until(AS_OF)


@pytest.fixture
def filled(ws: Workspace, deals: list[RawDeal]) -> Workspace:
    """The department with its past, and a plan of October above the forecast."""
    i18n.set_language("ru")
    put_deals(ws, deals)
    planning.set_value(ws, MONTH, "receipts", 1_200_000_00)
    planning.set_value(ws, MONTH, "receipts", 900_000_00, scenario="minimum")
    return ws


def ids(ws: Workspace) -> dict[str, int]:
    return {member.name: member.id for member in team.team(ws).members.values()}


def test_the_rest_is_the_forecast_less_the_fact(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    outlook = forecast.outlook(filled, MONTH, AS_OF, CODES)
    assert found.standing is Standing.OPEN
    for one in found.subjects:
        receipts, won, come = (outlook.of(code, one.id) for code in CODES)
        assert receipts is not None and won is not None and come is not None
        assert (one.course.fact, one.course.end) == (receipts.fact, receipts.p50)
        rest = one.rest
        assert rest.receipts == receipts.p50 - receipts.fact
        assert rest.inquiries is not None and rest.conversion is not None and rest.check is not None
        assert rest.inquiries * rest.conversion / 10_000 * rest.check == rest.receipts
    whole = found.department
    assert whole.rest.inquiries == outlook.of("inquiries").p50 - outlook.of("inquiries").fact
    assert sum(one.part for one in found.subjects[1:]) == whole.course.rest
    assert [one.name for one in found.subjects[1:]] == [ANNA, VERA, BORIS]


def test_only_the_share_that_closes_in_time_pays_this_month(
    filled: Workspace, deals: Sequence[RawDeal]
) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    won = [(d.closed - d.created).days for d in deals if d.status == "won"]
    kept = calendars.calendar(filled)
    left = [day for day in (AS_OF + timedelta(n) for n in range(1, 12)) if kept.is_working(day)]
    assert list(found.days_left) == left
    closes = sum(cycle <= (LAST - day).days for cycle in won for day in left)
    assert found.share == Fraction(closes, len(won) * len(left))
    assert found.cycle == Fraction(sum(won), len(won))
    base = found.department.rest
    assert base.inquiries is not None
    more = {(DEPARTMENT, Factor.INQUIRIES): base.inquiries * 2}
    outcome = levers.what_if(found, more)
    gained = outcome.after.p50 - outcome.before.p50
    assert abs(gained - half_up(base.receipts * base.fresh * found.share)) <= 1
    assert abs(gained + outcome.later - base.receipts * base.fresh) <= 1


def test_a_change_of_everybody_multiplies_the_rest_and_the_chance_follows(
    filled: Workspace,
) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    whole, k = found.department, Fraction(13, 10)
    assert whole.rest.conversion is not None
    outcome = levers.what_if(found, {(DEPARTMENT, Factor.CONVERSION): whole.rest.conversion * k})
    assert outcome.after.p50 == whole.course.fact + half_up(whole.course.rest * k)
    outlook = forecast.outlook(filled, MONTH, AS_OF, CODES)
    by_scenario = {chance.scenario: chance for chance in outcome.chances}
    standard = by_scenario["standard"]
    assert standard.before == outlook.chance("receipts", 1_200_000_00)
    nearer = outcome.fact - (outcome.fact - 1_200_000_00) * 10 // 13
    assert standard.after == outlook.chance("receipts", nearer)
    assert standard.after > standard.before
    assert standard.gap == 1_200_000_00 - outcome.after.p50
    assert by_scenario["maximum"].target is None


def test_members_effects_sum_to_the_departments(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    anna, boris = ids(filled)[ANNA], ids(filled)[BORIS]
    changes = {
        (DEPARTMENT, Factor.CHECK): found.department.rest.check * Fraction(11, 10),
        (anna, Factor.CONVERSION): found.subject(anna).rest.conversion * Fraction(5, 4),
        (boris, Factor.INQUIRIES): found.subject(boris).rest.inquiries * Fraction(3, 2),
    }
    outcome = levers.what_if(found, changes)
    assert set(outcome.effects) == {DEPARTMENT, anna, boris}
    assert sum(outcome.effects.values()) == outcome.after.p50 - outcome.before.p50
    assert abs(outcome.effects[anna] - Fraction(found.subject(anna).part, 4)) <= 1
    assert outcome.later > 0
    hers = levers.what_if(found, changes, anna)
    course = found.subject(anna).course
    assert hers.after.p50 == course.fact + half_up(course.rest * Fraction(5, 4) * Fraction(11, 10))
    vera = levers.what_if(found, changes, ids(filled)[VERA])
    assert vera.after.p50 > vera.before.p50  # the department's change is hers too
    assert levers.what_if(found, {}).after == levers.what_if(found, {}).before


def test_every_change_of_the_list_closes_the_gap(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    listed = levers.closers(found, "standard")
    assert {(one.subject, one.factor) for one in listed} == {
        (one.id, factor) for one in found.subjects for factor in Factor
    }
    able = [one for one in listed if one.needed is not None]
    assert len(able) > 3
    for one in able:
        outcome = levers.what_if(found, {(one.subject, one.factor): one.needed})
        assert abs(next(c.gap for c in outcome.chances if c.scenario == "standard")) <= 1
    order = [list(Reach).index(one.reach) for one in listed]
    assert order == sorted(order)
    assert {one.subject for one in levers.closers(found, "standard", DEPARTMENT)} == {DEPARTMENT}


def test_a_members_own_gap_is_closed_by_their_own_levers(filled: Workspace) -> None:
    vera = ids(filled)[VERA]
    planning.set_value(filled, MONTH, "receipts", 200_000_00, member_id=vera)
    found = levers.levers(filled, MONTH, AS_OF)
    listed = levers.closers(found, "standard", vera)
    assert {one.subject for one in listed} == {vera}
    for one in listed:
        if one.needed is None:
            continue
        outcome = levers.what_if(found, {(vera, one.factor): one.needed}, vera)
        own = next(chance for chance in outcome.chances if chance.scenario == "standard")
        assert own.target == 200_000_00
        assert abs(own.gap) <= 1


def test_the_best_month_is_what_was_reached(filled: Workspace, deals: Sequence[RawDeal]) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    best = found.department.best[Factor.CONVERSION]
    ratios = {}
    for number in range(1, 10):
        first = date(2026, number, 1)
        come = counted(deals, "inquiries", first, month_end(first))
        won = counted(deals, "deals_won", first, month_end(first))
        ratios[first] = Fraction(won * 10_000, come)
    assert (best.value, best.month) == (max(ratios.values()), max(ratios, key=ratios.__getitem__))
    anna = found.subject(ids(filled)[ANNA])
    towards = levers.towards_best(found, {}, anna.id, Fraction(1, 2))
    for (_who, factor), value in towards.items():
        base = anna.rest.value(factor)
        assert value == (base + anna.best[factor].value) / 2 > base


def test_all_best_months_together_close_a_share_of_the_gap(filled: Workspace) -> None:
    planning.set_value(filled, MONTH, "receipts", 90_000_000_00)
    planning.set_value(filled, MONTH, "receipts", 100, scenario="minimum")
    found = levers.levers(filled, MONTH, AS_OF)
    best = levers.towards_best(found, {}, DEPARTMENT, Fraction(1))
    gained = sum(levers.what_if(found, best).effects.values())
    gap = 90_000_000_00 - found.department.course.end
    assert levers.best_closes(found, "standard") == Fraction(gained, gap) > 0
    assert levers.best_closes(found, "minimum") is None
    assert levers.best_closes(found, "maximum") is None


def test_no_plan_and_a_plan_within_reach_have_no_gap(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    assert levers.closers(found, "maximum") == []
    planning.set_value(filled, MONTH, "receipts", 100, scenario="maximum")
    assert levers.closers(levers.levers(filled, MONTH, AS_OF), "maximum") == []


def test_a_finished_month_and_one_not_begun_are_closed(filled: Workspace) -> None:
    assert levers.levers(filled, date(2026, 9, 1), AS_OF).standing is Standing.FINISHED
    assert levers.levers(filled, MONTH, LAST).standing is Standing.FINISHED
    ahead = levers.levers(filled, date(2026, 11, 1), AS_OF)
    assert (ahead.standing, ahead.subjects) == (Standing.NOT_BEGUN, ())


def test_an_empty_workspace_has_nothing_to_go_on(ws: Workspace) -> None:
    found = levers.levers(ws, MONTH, AS_OF)
    assert (found.standing, found.share, found.cycle) == (Standing.UNKNOWN, None, None)


def test_without_a_forecast_the_mean_of_recent_months_stands_in(ws: Workspace) -> None:
    put_deals(ws, deals_until(date(2026, 10, 1), date(2026, 8, 31)))
    found = levers.levers(ws, MONTH, date(2026, 10, 1))
    whole = found.department
    assert forecast.outlook(ws, MONTH, date(2026, 10, 1), CODES).of("receipts") is None
    assert whole.guessed == CODES
    with ws.read() as connection:
        ((total,),) = rows(
            connection,
            "SELECT sum(value) FROM daily_value "
            "WHERE metric = 'receipts' AND day BETWEEN '2026-09-01' AND '2026-09-30'",
        )
    left, days = len(found.days_left), len(calendars.calendar(ws).working_days(MONTH, LAST))
    assert whole.course.rest == round(Fraction(total * left, days))
    outcome = levers.what_if(found, {})
    assert (outcome.before.p10, outcome.before.p90) == (None, None)


def test_typed_facts_alone_give_no_lag_and_only_what_is_known(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, ANNA))
    for number in range(1, 13):
        day = date(2026, 10, number)
        if calendars.calendar(ws).is_working(day):
            facts.enter(ws, day, [Entry(anna, "receipts", 50_000_00), Entry(anna, "deals_won", 2)])
    found = levers.levers(ws, MONTH, date(2026, 10, 12))
    assert found.share is None
    assert found.obstacle(DEPARTMENT, Factor.CHECK) is None
    assert found.obstacle(DEPARTMENT, Factor.CONVERSION) is Obstacle.NO_INQUIRIES
    assert found.department.rest.check == 25_000_00
    with pytest.raises(DomainError):
        levers.set_value(found, {}, DEPARTMENT, Factor.CONVERSION, Fraction(1_000))


def test_who_is_away_or_nobody_has_no_lever(ws: Workspace, deals: list[RawDeal]) -> None:
    put_deals(ws, [*deals, RawDeal(NOBODY, "won", date(2026, 10, 2), date(2026, 10, 5), 100_00)])
    planning.set_value(ws, MONTH, "receipts", 2_000_000_00)
    boris = ids(ws)[BORIS]
    away = Absence(boris, AbsenceKind.VACATION, AS_OF + timedelta(1), date(2026, 11, 5))
    team.add_absence(ws, away)
    found = levers.levers(ws, MONTH, AS_OF)
    assert {one.name for one in found.subjects if not one.offered} == {"Without an owner"}
    assert sum(one.part for one in found.subjects[1:]) == found.department.course.rest
    his = [one for one in levers.closers(found, "standard") if one.subject == boris]
    assert {(one.reach, one.obstacle) for one in his} == {(Reach.IMPOSSIBLE, Obstacle.AWAY)}


def test_a_value_equal_to_the_forecast_is_no_change(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    check = found.department.rest.check
    moved = levers.set_value(found, {}, DEPARTMENT, Factor.CHECK, check + 1)
    assert moved == {(DEPARTMENT, Factor.CHECK): check + 1}
    assert levers.set_value(found, moved, DEPARTMENT, Factor.CHECK, check) == {}
    with pytest.raises(DomainError):
        levers.set_value(found, moved, DEPARTMENT, Factor.CHECK, Fraction(0))


def test_reckoning_asks_the_workspace_nothing_and_is_quick(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    filled.close()
    check = found.department.rest.check
    began = perf_counter()
    for percent in range(100):
        levers.what_if(found, {(DEPARTMENT, Factor.CHECK): check * (100 + percent) / 100})
    assert perf_counter() - began < 2  # a hundred positions of a slider


# -- actions


def actions(ws: Workspace) -> list[tuple[object, ...]]:
    with ws.read() as connection:
        return rows(
            connection,
            "SELECT title, week, member_id, metric, expected, note FROM planned_action ORDER BY id",
        )


def test_changes_become_actions_in_one_step_that_undo_takes_back(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    anna = found.subject(ids(filled)[ANNA])
    conversion = Fraction(half_up(anna.rest.conversion) + 300)
    changes = {
        (anna.id, Factor.CONVERSION): conversion,
        (DEPARTMENT, Factor.INQUIRIES): found.department.rest.inquiries + 18,
    }
    before = len(history.entries(filled))
    made = levers.make_actions(filled, found, changes)
    assert len(made) == 2
    whole, hers = actions(filled)
    assert whole[2] is None and hers[2] == anna.id
    assert (whole[3], hers[3]) == ("inquiries", "conversion")
    assert whole[1] == hers[1] == "2026-10-19"
    assert whole[4] == half_up(Fraction(18 * 5, len(found.days_left)))
    assert hers[4] == half_up(conversion - anna.rest.conversion)
    old, new = (i18n.percent(v / 10_000, 1) for v in (anna.rest.conversion, conversion))
    assert hers[0] == f"{ANNA}: довести конверсию с {old} до {new}"
    assert "Октябрь 2026: +" in str(hers[5])
    assert len(history.entries(filled)) == before + 1
    history.undo(filled)
    assert actions(filled) == []
    history.redo(filled)
    assert len(actions(filled)) == 2


def test_without_a_change_there_is_nothing_to_do(filled: Workspace) -> None:
    found = levers.levers(filled, MONTH, AS_OF)
    with pytest.raises(DomainError):
        levers.make_actions(filled, found, {})
    assert actions(filled) == []


@pytest.mark.parametrize(
    ("as_of", "week"),
    [
        (date(2026, 10, 14), date(2026, 10, 12)),  # two days of the week are left
        (date(2026, 10, 15), date(2026, 10, 19)),  # one is too few
        (date(2026, 10, 17), date(2026, 10, 19)),
        (date(2026, 10, 29), date(2026, 10, 26)),  # the month ends with this week
    ],
)
def test_actions_begin_this_week_or_the_next(filled: Workspace, as_of: date, week: date) -> None:
    assert levers.first_week(levers.levers(filled, MONTH, as_of)) == week


# -- a set that nobody here wrote


def test_long_deals_hardly_pay_within_the_month(ws: Workspace, shared_data: Path) -> None:
    folder = shared_data / "crm_deals"
    read = files.read(folder / "sales_pipeline.csv", FileSpec("deals"), date(2018, 1, 5))
    imports.run(ws, read, Choice(create_all=True))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    month = date(2017, 11, 1)
    late = levers.levers(ws, month, date(2017, 11, 20))
    early = levers.levers(ws, month, date(2017, 11, 3))
    assert late.share < early.share < Fraction(1, 2)
    assert late.share < Fraction(1, 5)
    assert late.cycle is not None
    assert abs(late.cycle - Fraction(str(truth["sales_cycle_days_mean_won"]))) < 4
    assert sum(one.part for one in late.subjects[1:]) == late.department.course.rest
    base = late.department.rest
    twice = levers.what_if(late, {(DEPARTMENT, Factor.INQUIRIES): base.inquiries * 2})
    assert base.conversion > 10_000  # earlier inquiries close: a new one is worth less than that
    assert base.conversion * base.fresh < 8_000
    assert twice.later > 4 * (twice.after.p50 - twice.before.p50)
