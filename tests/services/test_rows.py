"""Every number of the board is made of exactly the rows shown behind it."""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.metrics import DERIVED_FROM_CALLS, DERIVED_FROM_DEALS, Direction, Kind, Metric
from ropdesk.domain.metrics import Unit as MetricUnit
from ropdesk.domain.team import Member
from ropdesk.services import board, facts, import_tables, metrics, rows, team
from ropdesk.services.facts import Entry
from ropdesk.services.files import FileSpec
from ropdesk.services.rows import Behind, CallRow, DealRow
from ropdesk.store.workspace import Workspace
from tests.services.importing import EVERYBODY, take
from tests.services.raw import NOBODY, RawCall, RawDeal, called, counted, opened, put_calls
from tests.services.raw import put_deals as put

MONTH, LAST = date(2026, 10, 1), date(2026, 10, 31)
WEEK = date(2026, 10, 12), date(2026, 10, 18)
ANNA, BORIS = "Иванова Анна", "Петров Борис"
FLOWS = tuple(code for code in DERIVED_FROM_DEALS if code != "open_deals")
HOUR = 3600


def on(day: int) -> date:
    return MONTH + timedelta(day - 1)


def member(ws: Workspace, name: str) -> int:
    found = team.team(ws)
    if name == NOBODY:
        assert found.nobody is not None
        return found.nobody
    return next(m.id for m in found.members.values() if m.name == name)


def sold(deals: Iterable[DealRow], code: str) -> int:
    """Add up the rows shown, as a person with a calculator would."""
    found = list(deals)
    if code == "receipts":
        return sum(deal.amount or 0 for deal in found)
    if code == "cycle_time":
        return sum((d.closed - d.created).days for d in found if d.closed and d.created)
    return len(found)


def talked(calls: Iterable[CallRow], code: str) -> int:
    column = {"talk_time": "talk", "handle_time": "talk", "wait_time": "wait",
              "rating_points": "rating"}.get(code)  # fmt: skip
    return sum((getattr(call, column) or 0) if column else 1 for call in calls)


def figure(ws: Workspace, code: str, who: int | None, month: date = MONTH) -> board.Value:
    found = board.board(ws, month, board.month_end(month), codes=[code])
    if who is None:
        return found.department[code].fact
    line = [line for line in found.members if line.member.id == who]
    return line[0].figures[code].fact if line else 0


SPECIMENS = [
    RawDeal(ANNA, created=on(1), closed=on(1), amount=10_00),
    RawDeal(ANNA, created=on(1) - timedelta(1), closed=LAST, amount=20_00),
    RawDeal(ANNA, created=LAST, closed=LAST + timedelta(1), amount=40_00),
    RawDeal(ANNA, created=on(11), closed=on(12), amount=None),
    RawDeal(ANNA, created=on(18), closed=on(18), amount=80_00),
    RawDeal(ANNA, created=on(20), closed=on(19), amount=160_00),
    RawDeal(ANNA, created=None, closed=on(13), amount=320_00),
    RawDeal(ANNA, created=on(12), closed=None, amount=640_00),
    RawDeal(BORIS, "lost", on(12), on(18)),
    RawDeal(BORIS, "lost", on(2), on(19)),
    RawDeal(BORIS, "lost", on(3), MONTH - timedelta(1)),
    RawDeal(BORIS, "lost", on(4)),
    RawDeal(BORIS, "open", MONTH - timedelta(40)),
    RawDeal(BORIS, "open", LAST + timedelta(1)),
    RawDeal(BORIS, "open", on(5), on(6)),
    RawDeal(BORIS, "open", None),
    RawDeal(NOBODY, "won", on(11), on(12), 1_280_00),
    RawDeal(NOBODY, "open", on(19)),
]
SPANS = [(MONTH, LAST), WEEK, (on(1), on(1)), (on(12), on(12)), (on(18), on(18)), (LAST, LAST)]


@pytest.mark.parametrize("code", DERIVED_FROM_DEALS)
@pytest.mark.parametrize("who", [None, ANNA, BORIS, NOBODY])
def test_deals_behind_a_number_are_those_it_counts(
    ws: Workspace, code: str, who: str | None
) -> None:
    """Over a month, a week and single days on whose borders deals begin and end."""
    put(ws, SPECIMENS)
    mine = [deal for deal in SPECIMENS if who in {None, deal.owner}]
    whom = None if who is None else member(ws, who)
    for first, last in SPANS:
        found = rows.behind(ws, code, whom, first, last)
        assert sold(found.deals, code) == counted(mine, code, first, last), (first, last)
        assert found.deal_count == len(found.deals)
        assert found.calls == found.values == ()
    assert figure(ws, code, whom) == sold(rows.behind(ws, code, whom, MONTH, LAST).deals, code)


deal = st.builds(
    RawDeal,
    st.sampled_from([ANNA, BORIS, NOBODY]),
    st.sampled_from(["won", "lost", "open"]),
    st.none() | st.integers(-5, 36).map(on),
    st.none() | st.integers(-5, 36).map(on),
    st.none() | st.integers(0, 10**9),
)


@settings(max_examples=25)
@given(st.lists(deal, min_size=1, max_size=15), st.integers(1, 31), st.integers(0, 30))
def test_any_span_of_any_deals_adds_up(deals: list[RawDeal], start: int, length: int) -> None:
    first, last = on(start), min(LAST, on(start + length))
    with opened() as ws:
        put(ws, deals)
        for code in DERIVED_FROM_DEALS:
            found = rows.behind(ws, code, None, first, last)
            assert sold(found.deals, code) == counted(deals, code, first, last)
            assert found.deal_count == len({row.id for row in found.deals})
        for code in FLOWS:
            assert (figure(ws, code, None) or 0) == counted(deals, code, MONTH, LAST)


CALLS = [
    RawCall(ANNA, on(1), "in", True, 10, 60, 5),
    RawCall(ANNA, on(12), "in", False, 30),
    RawCall(ANNA, on(18), "out", True, 7, 120, 4),
    RawCall(ANNA, LAST, "out", False, 5, 3),
    RawCall(ANNA, LAST + timedelta(1), "in", True, 100, 1_000, 1),
    RawCall(BORIS, on(12), "in", True, None, None, None),
    RawCall(BORIS, on(13), "in", True, 20, 2 * HOUR, 3),
    RawCall(NOBODY, on(18), "in", False),
]


@pytest.mark.parametrize("code", DERIVED_FROM_CALLS)
@pytest.mark.parametrize("who", [None, ANNA, BORIS, NOBODY])
def test_calls_behind_a_number_are_those_it_counts(
    ws: Workspace, code: str, who: str | None
) -> None:
    """What was waited for on a call nobody took, or on one made, is no speed of answer."""
    put_calls(ws, CALLS)
    mine = [call for call in CALLS if who in {None, call.owner}]
    whom = None if who is None else member(ws, who)
    for first, last in SPANS:
        found = rows.behind(ws, code, whom, first, last)
        assert talked(found.calls, code) == called(mine, code, first, last), (first, last)
        assert (found.call_count, found.deals) == (len(found.calls), ())
    assert figure(ws, code, whom) == called(mine, code, MONTH, LAST)


def own_ratio(ws: Workspace, code: str, top: str, bottom: str) -> None:
    metrics.add(
        ws,
        Metric(
            code, code, Kind.RATIO, MetricUnit.SHARE, Direction.UP, top, bottom, builtin=False
        ),
    )  # fmt: skip


def test_both_halves_of_a_ratio_are_behind_it(ws: Workspace) -> None:
    put(ws, SPECIMENS)
    conversion = rows.behind(ws, "conversion", None, MONTH, LAST)
    won = [d for d in conversion.deals if d.status == "won" and d.closed and within(d.closed)]
    came = [d for d in conversion.deals if d.created and within(d.created)]
    assert figure(ws, "conversion", None) == Fraction(len(won) * 10_000, len(came))
    assert {d.id for d in won} | {d.id for d in came} == {d.id for d in conversion.deals}
    check = rows.behind(ws, "average_check", None, MONTH, LAST)
    assert figure(ws, "average_check", None) == Fraction(
        sold(check.deals, "receipts"), check.deal_count
    )


def within(day: date) -> bool:
    return MONTH <= day <= LAST


def test_a_ratio_of_one_s_own_shows_lost_deals_too(ws: Workspace) -> None:
    """Lost to won: both are behind the number, each by its closing day."""
    own_ratio(ws, "loss", "deals_lost", "deals_won")
    put(ws, SPECIMENS)
    found = rows.behind(ws, "loss", None, MONTH, LAST)
    lost = [d for d in found.deals if d.status == "lost"]
    won = [d for d in found.deals if d.status == "won"]
    assert len(lost) == counted(SPECIMENS, "deals_lost", MONTH, LAST) == 2
    assert len(won) == counted(SPECIMENS, "deals_won", MONTH, LAST)
    assert figure(ws, "loss", None) == Fraction(len(lost) * 10_000, len(won))
    assert found.deal_count == len(lost) + len(won)


def test_a_ratio_of_calls_shows_none_that_neither_half_counts(ws: Workspace) -> None:
    own_ratio(ws, "missed_to_answered", "missed_calls", "answered_calls")
    put_calls(ws, CALLS)
    found = rows.behind(ws, "missed_to_answered", None, MONTH, LAST)
    made = [c for c in found.calls if c.direction == "out" and not c.answered]
    assert not made
    assert found.call_count == called(CALLS, "missed_calls", MONTH, LAST) + called(
        CALLS, "answered_calls", MONTH, LAST
    )
    both = rows.behind(ws, "abandonment", None, MONTH, LAST)
    assert both.call_count == called(CALLS, "incoming_calls", MONTH, LAST)


def explained(found: Behind, code: str, by_day: Callable[[DealRow], date | None]) -> int:
    """Count deals of days on which nobody typed, and what was typed on the others."""
    typed = {(value.member, value.day) for value in found.values}
    left = [deal for deal in found.deals if (deal.member, by_day(deal)) not in typed]
    return sold(left, code) + sum(value.value for value in found.values)


def test_typed_values_stand_beside_the_deals_they_replace(ws: Workspace) -> None:
    put(ws, SPECIMENS)
    anna, boris = member(ws, ANNA), member(ws, BORIS)
    facts.enter(ws, on(12), [Entry(boris, "deals_won", 3), Entry(boris, "receipts", 500_00)])
    facts.enter(ws, on(18), [Entry(anna, "receipts", 90_00, "the contract says so")])
    facts.enter(ws, MONTH - timedelta(1), [Entry(anna, "receipts", 7_00)])
    for code in ("receipts", "deals_won"):
        for whom in (None, anna, boris):
            found = rows.behind(ws, code, whom, MONTH, LAST)
            assert explained(found, code, lambda d: d.closed) == figure(ws, code, whom)
    [value] = rows.behind(ws, "receipts", anna, *WEEK).values
    assert (value.value, value.entered, value.source) == (90_00, 90_00, 80_00)
    assert (value.member, value.metric, value.day) == (ANNA, "receipts", on(18))
    assert value.reason == "the contract says so"
    both = rows.behind(ws, "average_check", boris, on(12), on(12))
    assert {v.metric: v.value for v in both.values} == {"receipts": 500_00, "deals_won": 3}


def test_a_file_of_daily_values_is_named(ws: Workspace, tmp_path: Path) -> None:
    team.add(ws, Member(0, ANNA))
    path = tmp_path / "итоги.csv"
    path.write_text(f"Дата,Менеджер,Значение\n12.10.2026,{ANNA},40\n", encoding="utf-8")
    import_tables.run_facts(ws, path, FileSpec("facts", metric="calls"), EVERYBODY, LAST)
    [value] = rows.behind(ws, "calls", None, MONTH, LAST).values
    assert (value.value, value.source, value.entered) == (40, 40, None)
    assert value.file == "итоги.csv"
    assert figure(ws, "calls", None) == 40


def test_behind_a_level_is_the_one_value_of_each_member_that_still_holds(ws: Workspace) -> None:
    """Values typed before are history: they are in no sum."""
    anna, boris = (team.add(ws, Member(0, name)) for name in (ANNA, BORIS))
    for day, amount in ((1, 9), (10, 5), (20, 7)):
        facts.enter(ws, on(day), [Entry(anna, "overdue_tasks", amount)])
    facts.enter(ws, MONTH - timedelta(60), [Entry(boris, "overdue_tasks", 2)])
    for last, expected in ((on(9), [9, 2]), (on(19), [5, 2]), (LAST, [7, 2])):
        found = rows.behind(ws, "overdue_tasks", None, MONTH, last)
        assert [value.value for value in found.values] == expected
        shown = board.board(ws, MONTH, last, codes=["overdue_tasks"])
        assert shown.department["overdue_tasks"].fact == sum(expected)
    assert [v.value for v in rows.behind(ws, "overdue_tasks", boris, MONTH, LAST).values] == [2]


def test_a_typed_level_gives_way_to_the_deals_counted_after_it(ws: Workspace) -> None:
    put(ws, [RawDeal(ANNA, "open", on(5)), RawDeal(ANNA, "open", on(20))])
    anna = member(ws, ANNA)
    facts.enter(ws, on(10), [Entry(anna, "open_deals", 30)])
    assert [v.value for v in rows.behind(ws, "open_deals", anna, MONTH, on(19)).values] == [30]
    found = rows.behind(ws, "open_deals", anna, MONTH, LAST)
    assert (found.values, found.deal_count, figure(ws, "open_deals", anna)) == ((), 2, 2)


def test_a_row_says_where_it_came_from(ws: Workspace) -> None:
    put(ws, [RawDeal(ANNA, created=on(2), closed=on(9), amount=5_00, number="A-1")], "октябрь.csv")
    [row] = rows.behind(ws, "receipts", None, MONTH, LAST).deals
    assert (row.file, row.line, row.external_id, row.member) == ("октябрь.csv", 2, "A-1", ANNA)
    assert (row.created, row.closed, row.status) == (on(2), on(9), "won")


def test_rows_go_from_the_newest(ws: Workspace) -> None:
    put(ws, [RawDeal(ANNA, closed=on(day)) for day in (3, 30, 12)])
    found = rows.behind(ws, "deals_won", None, MONTH, LAST).deals
    assert [row.closed for row in found] == [on(30), on(12), on(3)]
    put_calls(ws, [RawCall(ANNA, on(day)) for day in (3, 30, 12)])
    assert [c.day for c in rows.behind(ws, "calls", None, MONTH, LAST).calls] == [
        on(30), on(12), on(3),
    ]  # fmt: skip


def test_a_long_list_is_cut_at_its_newest_and_its_count_is_not(ws: Workspace) -> None:
    days = [on(1 + n % 31) for n in range(rows.LIMIT + 400)]
    put(ws, [RawDeal(ANNA, created=day, closed=day) for day in days])
    for code in ("deals_won", "conversion"):
        found = rows.behind(ws, code, None, MONTH, LAST)
        assert (len(found.deals), found.deal_count) == (rows.LIMIT, rows.LIMIT + 400)
        newest = sorted(days, reverse=True)[: rows.LIMIT]
        assert [row.closed for row in found.deals] == newest


FINDABLE = [
    ("4815", "Поставка мебели"), ("1623", "ПОСТАВКА окон"), ("42", "Ремонт 100% под ключ"),
    ("421", "Ремонт_офиса"), ("7", "Ремонт офиса"), ("8", "What? [draft] *"), ("x9", "Straße"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("поставка", {"4815", "1623"}),
        ("МЕБЕЛИ", {"4815"}),
        ("ставк", {"4815", "1623"}),
        ("0%", {"42"}),
        ("%", {"42"}),
        ("т_о", {"421"}),
        ("[D", {"8"}),
        ("? [", {"8"}),
        ("*", {"8"}),
        ("42", {"42", "421"}),
        ("2", set()),
        ("X9", {"x9"}),
        ("STRAß", {"x9"}),
        ("нет такой", set()),
    ],
)
def test_deals_are_found_by_a_piece_of_the_title_or_the_start_of_the_number(
    ws: Workspace, text: str, numbers: set[str]
) -> None:
    put(ws, [RawDeal(ANNA, closed=on(5), title=title, number=n) for n, title in FINDABLE])
    assert {row.external_id for row in rows.find_deals(ws, text)} == numbers


def test_found_deals_are_the_newest_and_no_more_than_asked(ws: Workspace) -> None:
    put(ws, [RawDeal(ANNA, closed=on(n), number=str(n)) for n in range(1, 6)])
    assert [row.external_id for row in rows.find_deals(ws, "пост", limit=2)] == ["5", "4"]


def test_deals_by_id(ws: Workspace) -> None:
    put(ws, [RawDeal(ANNA, closed=on(n), number=str(n)) for n in range(1, 6)])
    known = {row.external_id: row.id for row in rows.find_deals(ws, "пост")}
    found = rows.deals_by_id(ws, [known["2"], known["4"], 999])
    assert [row.external_id for row in found] == ["4", "2"]
    assert rows.deals_by_id(ws, []) == []


def test_thirty_sellers_real_deals(ws: Workspace, shared_data: Path) -> None:
    """Rows behind months and sellers add up to figures counted elsewhere."""
    folder = shared_data / "crm_deals"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    take(ws, folder / "sales_pipeline.csv")
    for text in ("2017-03", "2017-07", "2017-12"):
        month = date.fromisoformat(f"{text}-01")
        last = board.month_end(month)
        won = rows.behind(ws, "receipts", None, month, last)
        figures = truth["won_by_month"][text]
        assert (won.deal_count, sold(won.deals, "receipts")) == (
            figures["n"], round(figures["sum"] * 100),
        )  # fmt: skip
        assert (
            rows.behind(ws, "deals_lost", None, month, last).deal_count
            == (truth["lost_by_month"][text])
        )
        assert (
            rows.behind(ws, "inquiries", None, month, last).deal_count
            == (truth["engaged_by_month"][text])
        )
    for name in ("Darcel Schlecht", "Vicki Laflamme", "Kary Hendrixson"):
        figures, whom = truth["by_agent"][name], member(ws, name)
        year = date(2017, 1, 1), date(2017, 12, 31)
        won = rows.behind(ws, "receipts", whom, *year)
        assert {row.member for row in won.deals} == {name}
        assert (won.deal_count, sold(won.deals, "receipts")) == (
            figures["n_won"], round(figures["sum_won"] * 100),
        )  # fmt: skip
        assert rows.behind(ws, "deals_lost", whom, *year).deal_count == figures["n_lost"]
