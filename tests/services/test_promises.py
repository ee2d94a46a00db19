"""Promises: written down, put off with a reason, judged from the facts of the workspace."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.promises import Share, Verdict, Way
from ropdesk.domain.team import Member
from ropdesk.services import facts, history, promises, team
from ropdesk.services.facts import Entry
from ropdesk.services.promise_line import PromiseInput
from ropdesk.services.promises import NewPromise, PromiseLine
from ropdesk.store.models import Promise
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawCall, RawDeal, counted, opened, put_calls, put_deals

MONDAY = date(2026, 10, 19)
DAY = timedelta(1)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + n * DAY for n in (1, 2, 3))
ANNA, BORIS = "Анна Белова", "Борис Котов"


def hire(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def promise(ws: Workspace, member: int | None, **values: Any) -> int:
    said: dict[str, Any] = {
        "text": "Позвонить", "given": MONDAY, "due": TUESDAY, "first": TUESDAY, **values
    }  # fmt: skip
    return promises.add(ws, NewPromise(member_id=member, **said))


def read(ws: Workspace, id_: int, today: date) -> PromiseLine:
    with ws.read() as connection:
        return promises.line(connection, today, id_)


def enter(ws: Workspace, member: int, metric: str, day: date, value: int | None) -> None:
    facts.enter(ws, day, [Entry(member, metric, value)])


def test_a_promise_without_a_number_waits_for_a_word(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    id_ = promise(ws, anna, text=" Показать  Киму звонок ")
    here = read(ws, id_, TUESDAY)
    assert (here.text, here.name, here.verdict, here.way) == (
        "Показать Киму звонок", ANNA, Verdict.OPEN, Way.HAND,
    )  # fmt: skip
    late = read(ws, id_, WEDNESDAY)
    assert (late.verdict, late.asks, late.overdue(WEDNESDAY)) == (Verdict.WAITING, True, True)
    promises.judge(ws, id_, Verdict.KEPT, TUESDAY, "показала")
    kept = read(ws, id_, WEDNESDAY)
    assert (kept.verdict, kept.by_hand, kept.late, kept.on_time, kept.result) == (
        Verdict.KEPT, True, False, True, "показала",
    )  # fmt: skip
    promises.judge(ws, id_, Verdict.KEPT, WEDNESDAY)
    assert (read(ws, id_, WEDNESDAY).late, read(ws, id_, WEDNESDAY).on_time) == (True, False)
    promises.reopen(ws, id_)
    again = read(ws, id_, WEDNESDAY)
    assert (again.verdict, again.by_hand, again.result) == (Verdict.WAITING, False, "")


def test_calls_are_counted_on_the_days_promised_only(ws: Workspace) -> None:
    put_calls(ws, [RawCall(ANNA, day) for day in [MONDAY] * 5 + [TUESDAY] * 3 + [WEDNESDAY] * 9])
    put_calls(ws, [RawCall(BORIS, TUESDAY)] * 50, "other.csv")
    anna = next(m.id for m in team.team(ws).members.values() if m.name == ANNA)
    three = promise(ws, anna, metric="calls", amount=3)
    ten = promise(ws, anna, metric="calls", amount=10)
    span = promise(ws, anna, metric="calls", amount=8, first=MONDAY)
    none = promise(ws, anna, metric="wait_time", amount=0)
    got = [read(ws, id_, THURSDAY) for id_ in (three, ten, span, none)]
    assert [(line.verdict, line.fact) for line in got] == [
        (Verdict.KEPT, 3), (Verdict.PARTLY, 3), (Verdict.KEPT, 8), (Verdict.KEPT, 0),
    ]  # fmt: skip
    assert got[2].settled_on == TUESDAY
    assert got[0].shared_with == (ten, span)
    assert got[3].shared_with == ()


def test_the_sales_head_answers_for_the_department(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    for member, value in ((anna, 40), (boris, 60)):
        enter(ws, member, "calls", TUESDAY, value)
    own = read(ws, promise(ws, None, metric="calls", amount=100), WEDNESDAY)
    assert (own.verdict, own.fact, own.name, own.member_id) == (Verdict.KEPT, 100, "", None)


def test_without_the_facts_of_the_day_nobody_has_broken_anything(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    id_ = promise(ws, anna, metric="calls", amount=20)
    assert read(ws, id_, WEDNESDAY).verdict is Verdict.WAITING
    enter(ws, anna, "calls", MONDAY, 30)
    waiting = read(ws, id_, WEDNESDAY)
    assert (waiting.verdict, waiting.fact, waiting.asks) == (Verdict.WAITING, None, False)
    enter(ws, boris, "talk_time", TUESDAY, 5)
    assert read(ws, id_, WEDNESDAY).verdict is Verdict.WAITING
    enter(ws, boris, "calls", TUESDAY, 5)
    assert (read(ws, id_, WEDNESDAY).verdict, read(ws, id_, WEDNESDAY).fact) == (Verdict.BROKEN, 0)
    enter(ws, anna, "calls", TUESDAY, 20)
    assert read(ws, id_, WEDNESDAY).verdict is Verdict.KEPT
    enter(ws, anna, "calls", TUESDAY, None)
    assert read(ws, id_, WEDNESDAY).verdict is Verdict.BROKEN


def test_a_day_without_payments_is_known_by_its_other_deals(ws: Workspace) -> None:
    put_deals(ws, [RawDeal(ANNA, created=MONDAY, closed=MONDAY)])
    anna = next(m.id for m in team.team(ws).members.values() if m.name == ANNA)
    money = promise(ws, anna, metric="receipts", amount=50_00)
    assert read(ws, money, WEDNESDAY).verdict is Verdict.WAITING
    put_deals(ws, [RawDeal(BORIS, "open", created=TUESDAY)], "two.csv")
    assert read(ws, money, WEDNESDAY).verdict is Verdict.BROKEN
    enter(ws, anna, "receipts", TUESDAY, 60_00)
    assert read(ws, money, WEDNESDAY).verdict is Verdict.KEPT


def test_typed_numbers_are_known_only_as_far_as_they_are_typed(ws: Workspace) -> None:
    put_deals(ws, [RawDeal(ANNA, "open", created=TUESDAY)])
    anna = next(m.id for m in team.team(ws).members.values() if m.name == ANNA)
    enter(ws, anna, "receipts", MONDAY, 10_00)
    assert read(ws, promise(ws, anna, metric="receipts", amount=50_00), WEDNESDAY).verdict is (
        Verdict.WAITING
    )


def deals(ws: Workspace, *won: tuple[str, date, int], owner: str = ANNA) -> int:
    put_deals(
        ws,
        [
            RawDeal(owner, created=MONDAY, closed=day, amount=amount, title=title)
            for title, day, amount in won
        ],
        f"{owner}{won[0]}.csv",
    )
    return next(m.id for m in team.team(ws).members.values() if m.name == owner)


def test_a_customers_payment_is_found_in_the_members_deals(ws: Workspace) -> None:
    anna = deals(
        ws, ("ООО «СтройИнвест», счёт 7", TUESDAY, 180_000_00), ("Вектор", TUESDAY, 900_000_00)
    )
    deals(ws, ("СтройИнвест", TUESDAY, 999_00), owner=BORIS)
    id_ = promise(ws, anna, customer="стройинвеста", metric="receipts", amount=180_000_00)
    found = read(ws, id_, WEDNESDAY)
    assert (found.verdict, found.fact, found.settled_on, found.way) == (
        Verdict.KEPT, 180_000_00, TUESDAY, Way.DEALS,
    )  # fmt: skip
    more = promise(ws, anna, customer="СтройИнвест", metric="receipts", amount=200_000_00)
    assert (read(ws, more, WEDNESDAY).verdict, read(ws, more, WEDNESDAY).shared_with) == (
        Verdict.PARTLY, (id_,),
    )  # fmt: skip
    other = promise(ws, anna, customer="Вектор", metric="receipts", amount=1_00)
    assert read(ws, other, WEDNESDAY).shared_with == ()
    whole = read(ws, promise(ws, anna, metric="receipts", amount=1_00), WEDNESDAY)
    assert whole.shared_with == (id_, more, other)
    mine = read(
        ws, promise(ws, None, customer="СтройИнвест", metric="deals_won", amount=2), TUESDAY
    )
    assert (mine.verdict, mine.fact) == (Verdict.KEPT, 2)


def test_a_customer_may_pay_early_or_late(ws: Workspace) -> None:
    anna = deals(ws, ("Вектор", MONDAY, 5_00), ("Лада", TUESDAY + 14 * DAY, 5_00))
    last = MONDAY + 60 * DAY
    deals(ws, ("Потом", last - DAY, 1_00), owner=BORIS)
    early = promise(ws, anna, customer="Вектор", metric="receipts", amount=5_00)
    late = promise(ws, anna, customer="Лада", metric="receipts", amount=5_00)
    never = promise(ws, anna, customer="Потом", metric="receipts", amount=5_00)
    assert read(ws, early, MONDAY).on_time
    kept = read(ws, late, last)
    assert (kept.verdict, kept.late, kept.on_time) == (Verdict.KEPT, True, False)
    assert read(ws, never, last).verdict is Verdict.BROKEN
    with ws.read() as connection:
        assert len(promises.deal_ids(connection, last, late)) == 1
        assert promises.deal_ids(connection, last, never) == []


def test_without_an_amount_any_payment_of_the_customer_keeps_it(ws: Workspace) -> None:
    anna = deals(ws, ("Вектор", TUESDAY, 5_00), ("Вектор", TUESDAY, 7_00))
    found = read(ws, promise(ws, anna, customer="Вектор", metric="receipts"), WEDNESDAY)
    assert (found.verdict, found.fact) == (Verdict.KEPT, 12_00)
    lada = read(ws, promise(ws, anna, customer="Лада", metric="receipts"), WEDNESDAY)
    assert (lada.verdict, lada.fact) == (Verdict.BROKEN, 0)


def test_where_deals_are_never_imported_a_customers_promise_waits_for_a_word(
    ws: Workspace,
) -> None:
    (anna,) = hire(ws, ANNA)
    enter(ws, anna, "receipts", TUESDAY, 100_00)
    id_ = promise(ws, anna, customer="Вектор", metric="receipts", amount=5_00)
    assert (read(ws, id_, WEDNESDAY).verdict, read(ws, id_, WEDNESDAY).asks) == (
        Verdict.WAITING, True,
    )  # fmt: skip


def test_levels_count_on_the_due_day(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    enter(ws, anna, "overdue_tasks", MONDAY, 3)
    enter(ws, boris, "overdue_tasks", TUESDAY, 1)
    enter(ws, boris, "overdue_tasks", WEDNESDAY, 9)
    said = {"metric": "overdue_tasks", "amount": 4}
    assert (read(ws, promise(ws, anna, **said), WEDNESDAY).fact) == 3
    assert read(ws, promise(ws, boris, **said), WEDNESDAY).verdict is Verdict.KEPT
    everybody = read(ws, promise(ws, None, **said), WEDNESDAY)
    assert (everybody.verdict, everybody.fact) == (Verdict.KEPT, 4)
    tomorrow = promise(ws, boris, **said, due=THURSDAY, first=THURSDAY)
    assert (read(ws, tomorrow, WEDNESDAY).verdict, read(ws, tomorrow, WEDNESDAY).fact) == (
        Verdict.OPEN, 9,
    )  # fmt: skip


def test_a_ratio_is_sum_by_sum_over_the_days(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    for day, won, asked in ((MONDAY, 1, 2), (TUESDAY, 0, 2)):
        enter(ws, anna, "deals_won", day, won)
        enter(ws, anna, "inquiries", day, asked)
    span = {"metric": "conversion", "first": MONDAY}
    assert read(ws, promise(ws, anna, amount=2_500, **span), WEDNESDAY).verdict is Verdict.KEPT
    low = read(ws, promise(ws, anna, amount=2_501, **span), WEDNESDAY)
    assert (low.verdict, low.fact) == (Verdict.BROKEN, 2_500)
    late = promise(ws, anna, amount=2_500, metric="conversion", due=WEDNESDAY, first=WEDNESDAY)
    assert (read(ws, late, THURSDAY).verdict, read(ws, late, THURSDAY).fact) == (
        Verdict.WAITING, None,
    )  # fmt: skip


def test_a_move_needs_a_reason_is_counted_and_kept(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    id_ = promise(ws, anna, metric="calls", amount=5)
    with pytest.raises(DomainError, match="reason"):
        promises.move(ws, id_, WEDNESDAY, " ", TUESDAY)
    with pytest.raises(DomainError, match="later"):
        promises.move(ws, id_, TUESDAY, "болел", TUESDAY)
    assert read(ws, id_, TUESDAY).moves == 0
    promises.move(ws, id_, WEDNESDAY, " болел ", TUESDAY)
    promises.move(ws, id_, THURSDAY, "занят", WEDNESDAY)
    moved = read(ws, id_, WEDNESDAY)
    assert (moved.moves, moved.original_due, moved.due, moved.first) == (
        2, TUESDAY, THURSDAY, THURSDAY,
    )  # fmt: skip
    enter(ws, anna, "calls", TUESDAY, 50)
    enter(ws, anna, "calls", THURSDAY, 5)
    kept = read(ws, id_, THURSDAY)
    assert (kept.verdict, kept.fact, kept.late, kept.on_time) == (Verdict.KEPT, 5, False, False)
    with ws.read() as connection:
        first, second = promises.moves(connection, id_)
    assert (first.due_from, first.due_to, first.moved_on, first.reason) == (
        TUESDAY, WEDNESDAY, TUESDAY, "болел",
    )  # fmt: skip
    assert second.reason == "занят"
    for _change in range(3):
        history.undo(ws)
    assert (read(ws, id_, WEDNESDAY).moves, read(ws, id_, WEDNESDAY).due) == (1, WEDNESDAY)
    promises.judge(ws, id_, Verdict.BROKEN, THURSDAY)
    with pytest.raises(DomainError, match="judged"):
        promises.move(ws, id_, MONDAY + 9 * DAY, "ещё", THURSDAY)


def test_a_promise_is_corrected_but_never_put_off_silently(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    id_ = promise(ws, anna, due=THURSDAY, first=THURSDAY)
    promises.change(
        ws, id_, text="Десять звонков", member_id=boris, metric="calls", amount=10,
        customer=" ", due=WEDNESDAY,
    )  # fmt: skip
    now = read(ws, id_, TUESDAY)
    assert (now.text, now.name, now.metric, now.amount, now.due, now.first) == (
        "Десять звонков", BORIS, "calls", 10, WEDNESDAY, WEDNESDAY,
    )  # fmt: skip
    promises.change(ws, id_, first=MONDAY, member_id=None)
    assert (read(ws, id_, TUESDAY).first, read(ws, id_, TUESDAY).member_id) == (MONDAY, None)
    for values in (
        {"due": THURSDAY}, {"text": ""}, {"member_id": 999}, {"meeting_id": 999},
        {"metric": "nothing"}, {"amount": None}, {"first": THURSDAY}, {"due": MONDAY - DAY},
    ):  # fmt: skip
        with pytest.raises(DomainError):
            promises.change(ws, id_, **values)
    with pytest.raises(KeyError):
        promises.change(ws, id_, state="kept")
    assert read(ws, id_, TUESDAY).text == "Десять звонков"


def test_what_is_gone_is_said(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    id_ = promise(ws, anna)
    promises.remove(ws, id_)
    with pytest.raises(DomainError, match="gone"):
        read(ws, id_, MONDAY)
    with pytest.raises(DomainError, match="gone"):
        promises.drop(ws, id_, "нет")
    with pytest.raises(DomainError):
        promise(ws, 999)
    history.undo(ws)
    assert read(ws, id_, MONDAY).text == "Позвонить"


def test_a_dropped_one_counts_for_nobody(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    enter(ws, anna, "calls", TUESDAY, 5)
    id_ = promise(ws, anna, metric="calls", amount=9)
    other = promise(ws, anna, metric="calls", amount=9)
    with pytest.raises(DomainError, match="reason"):
        promises.drop(ws, id_, "")
    promises.drop(ws, id_, "клиент закрылся")
    dropped = read(ws, id_, WEDNESDAY)
    assert (dropped.verdict, dropped.result, dropped.by_hand) == (
        Verdict.DROPPED, "клиент закрылся", False,
    )  # fmt: skip
    assert read(ws, other, WEDNESDAY).shared_with == ()
    with ws.read() as connection:
        assert promises.shares(connection, WEDNESDAY, MONDAY, THURSDAY) == {
            anna: Share(partly=1)
        }  # fmt: skip


def test_lists_are_asked_by_person_meeting_day_and_state(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    kept = promise(ws, anna, due=MONDAY, first=MONDAY)
    promises.judge(ws, kept, Verdict.KEPT, MONDAY)
    hers, his = promise(ws, anna), promise(ws, boris, due=THURSDAY)
    own = promise(ws, None, due=WEDNESDAY)

    def asked(**how: Any) -> list[int]:
        with ws.read() as connection:
            return [line.id for line in promises.lines(connection, WEDNESDAY, **how)]

    assert asked() == [kept, hers, own, his]
    assert asked(member_id=anna) == [kept, hers]
    assert asked(member_id=None) == [own]
    assert asked(open_only=True) == [hers, own, his]
    assert asked(due=(TUESDAY, WEDNESDAY)) == [hers, own]
    assert asked(meeting_id=7) == []
    assert asked(member_id=anna, open_only=True, due=(MONDAY, MONDAY)) == []


def test_shares_count_what_was_judged_by_member_and_month(ws: Workspace) -> None:
    anna, boris = hire(ws, ANNA, BORIS)
    for verdict, on in (
        (Verdict.KEPT, TUESDAY), (Verdict.KEPT, WEDNESDAY), (Verdict.PARTLY, TUESDAY),
        (Verdict.BROKEN, TUESDAY),
    ):  # fmt: skip
        promises.judge(ws, promise(ws, anna), verdict, on)
    moved = promise(ws, boris)
    promises.move(ws, moved, WEDNESDAY, "болел", TUESDAY)
    promises.judge(ws, moved, Verdict.KEPT, WEDNESDAY)
    promise(ws, boris)
    november = promise(ws, None, due=date(2026, 11, 2))
    promises.judge(ws, november, Verdict.BROKEN, THURSDAY)
    hers = Share(kept=2, partly=1, broken=1, late=1, on_time=1)
    his = Share(kept=1, moved=1)
    with ws.read() as connection:
        assert promises.shares(connection, THURSDAY, MONDAY, THURSDAY) == {anna: hers, boris: his}
        assert promises.shares_by_month(connection, THURSDAY, MONDAY, date(2026, 11, 30)) == {
            date(2026, 10, 1): {anna: hers, boris: his},
            date(2026, 11, 1): {None: Share(broken=1)},
        }


def test_a_confirmed_line_becomes_a_promise(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    said = PromiseInput(anna, "Десять звонков", "", THURSDAY, True, "calls", 10)
    new = promises.new_promise(TUESDAY, said)
    assert (new.first, new.due, new.given) == (TUESDAY, THURSDAY, TUESDAY)
    day = promises.new_promise(TUESDAY, PromiseInput(anna, "К", "", THURSDAY, False, "calls", 1))
    assert day.first == THURSDAY
    assert read(ws, promises.add(ws, new), TUESDAY).amount == 10


def test_an_own_metric_that_is_gone_leaves_its_promise_to_a_word(ws: Workspace) -> None:
    (anna,) = hire(ws, ANNA)
    with ws.operation("test") as operation:
        operation.session.add(
            Promise(
                text="т", given=MONDAY, due=MONDAY, first=MONDAY, member_id=anna, metric="visits",
                amount=3,
            )
        )  # fmt: skip
    with ws.read() as connection:
        (line,) = promises.lines(connection, TUESDAY)
    assert (line.way, line.asks) == (Way.HAND, True)


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_questions_does_not_grow_with_the_promises(ws: Workspace, count: int) -> None:
    anna = deals(ws, ("Вектор", TUESDAY, 5_00))
    put_calls(ws, [RawCall(ANNA, TUESDAY)])
    kinds: list[dict[str, Any]] = [
        {"metric": "receipts", "amount": 1_00, "customer": "Вектор"},
        {"metric": "calls", "amount": 1},
        {"metric": "open_deals", "amount": 1},
        {"metric": "conversion", "amount": 1},
        {},
    ]
    with ws.operation("test") as operation:
        for n in range(count):
            for member in (anna, None):
                for values in kinds:
                    operation.session.add(
                        Promise(
                            text="т", given=MONDAY, due=TUESDAY + n % 5 * DAY, first=MONDAY,
                            member_id=member, **values,
                        )
                    )  # fmt: skip
    asked: list[str] = []
    with ws.read() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        try:
            found = promises.lines(connection, THURSDAY)
        finally:
            raw.set_trace_callback(None)
        steps = [
            str(step[3])
            for sql in asked
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        ]
    assert len(found) == count * 10
    assert {line.way for line in found} == set(Way)
    assert len(asked) == 12
    looked = [step for step in steps if step.split()[1] in {"d", "v", "t"}]
    assert looked
    # Facts are found by an index and a place in it: never by walking all there is of a metric.
    assert [step for step in looked if "SCAN" in step or step.endswith("(metric=?)")] == []


TITLES = ("ООО «Вектор»", "Вектор, счёт 7", "Лада", "АО Вектор-Плюс", "Ладога")
days = st.integers(-3, 20).map(lambda n: MONDAY + n * DAY)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.builds(
            RawDeal, owner=st.sampled_from((ANNA, BORIS)), closed=days, created=days,
            status=st.sampled_from(("won", "lost")), title=st.sampled_from(TITLES),
            amount=st.integers(0, 900).map(lambda n: n * 100),
        ),
        min_size=1, max_size=12,
    ),
    days, st.integers(0, 5), st.integers(1, 1_500),
)  # fmt: skip
def test_facts_are_those_of_the_deals_counted_by_hand(
    raw: list[RawDeal], due: date, length: int, roubles: int
) -> None:
    first, today, amount = due - length * DAY, MONDAY + 60 * DAY, roubles * 100
    with opened() as ws:
        put_deals(ws, raw)
        members = {m.name: m.id for m in team.team(ws).members.values()}
        anna = members.get(ANNA) or team.add(ws, Member(0, ANNA))
        said = {"given": first, "first": first, "due": due, "metric": "receipts", "amount": amount}
        whole = read(ws, promise(ws, anna, **said), today)
        every = read(ws, promise(ws, None, **said), today)
        vector = read(ws, promise(ws, anna, **said, customer="Вектора"), today)
    hers = [deal for deal in raw if deal.owner == ANNA]
    mine = [d for d in hers if "Вектор" in d.title]
    known = max(d for deal in raw for d in (deal.created, deal.closed) if d is not None)
    for line, deals_, late in ((whole, hers, 0), (every, raw, 0), (vector, mine, 14)):
        in_time = counted(deals_, "receipts", first, due)
        with_late = counted(deals_, "receipts", first, due + late * DAY)
        expected = (
            Verdict.KEPT if in_time >= amount
            else Verdict.WAITING if known < due
            else Verdict.KEPT if with_late >= amount
            else Verdict.PARTLY if with_late > 0
            else Verdict.BROKEN
        )  # fmt: skip
        assert line.verdict is expected
        assert line.late == (expected in {Verdict.KEPT, Verdict.PARTLY} and in_time < amount
                             and (expected is Verdict.KEPT or in_time == 0))  # fmt: skip
        if line.verdict is not Verdict.WAITING:
            assert line.fact == (in_time if in_time >= amount else with_late)
