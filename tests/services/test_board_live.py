"""The board kept between changes says what a board read afresh says, whatever has happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.domain.team import Member
from ropdesk.services import board, facts, history, metrics, planning, planning_versions, team
from ropdesk.services.board_live import LiveBoard
from ropdesk.services.facts import Entry
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from tests.services.importing import amo, amo_row, take

MONTH = date(2026, 10, 1)
AS_OF = date(2026, 10, 22)
CODES = ("receipts", "deals_won", "conversion", "average_check", "open_deals", "own_visits", "load")
ENTERED = ("receipts", "deals_won", "inquiries", "open_deals", "own_visits")
NAMES = ("Иванова Мария", "Петров Алексей", "Ким Дарья")

who = st.integers(0, 2)
day = st.integers(-12, 27).map(lambda n: MONTH + timedelta(n))
value = st.one_of(st.none(), st.integers(0, 5), st.integers(0, 50).map(lambda n: n * 100_00))
entry = st.tuples(who, st.sampled_from(ENTERED), value)
deal = st.tuples(
    st.integers(1, 6), st.sampled_from(NAMES), st.booleans(), st.integers(0, 9), st.integers(1, 28)
)
step = st.one_of(
    st.tuples(st.just("enter"), day, st.lists(entry, min_size=1, max_size=4)),
    st.tuples(st.just("enter"), day, st.lists(entry, min_size=1, max_size=1)),
    st.tuples(st.just("import"), st.lists(deal, min_size=1, max_size=6, unique_by=lambda d: d[0])),
    st.tuples(st.just("plan"), st.sampled_from(ENTERED), value, st.one_of(st.none(), who)),
    st.tuples(st.just("approve")),
    st.tuples(st.just("leave"), who, day),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


@contextmanager
def department() -> Iterator[tuple[Workspace, Path, list[int]]]:
    """Three members, a metric of one's own and a ratio of it."""
    with TemporaryDirectory() as name:
        ws = workspace.create(Path(name) / "department.ropdesk")
        visits = Metric("own_visits", "Visits", Kind.FLOW, Unit.COUNT, Direction.UP, builtin=False)
        load = Metric(
            "load", "Deals to visits", Kind.RATIO, Unit.SHARE, Direction.UP, "deals_won",
            "own_visits", builtin=False,
        )  # fmt: skip
        metrics.add(ws, visits)
        metrics.add(ws, load)
        metrics.set_board(ws, list(CODES))
        members = [team.add(ws, Member(0, name)) for name in NAMES]
        try:
            yield ws, Path(name), members
        finally:
            ws.close()


def do(ws: Workspace, folder: Path, members: list[int], step: tuple) -> None:
    match step:
        case ("enter", on, entries):
            typed = [Entry(members[who], code, amount, "why") for who, code, amount in entries]
            facts.enter(ws, on, typed)
        case ("import", deals):
            rows = [
                amo_row(
                    number, owner, "Успешно реализовано" if won else "Закрыто и не реализовано",
                    amount * 100, closed=f"{on:02}.10.2026 12:00:00",
                )
                for number, owner, won, amount, on in deals
            ]  # fmt: skip
            take(ws, amo(folder / "deals.csv", rows))
        case ("plan", code, amount, who):
            planning.set_value(ws, MONTH, code, amount, None if who is None else members[who])
        case ("approve",):
            planning_versions.approve(ws, MONTH, "Смирнов А. В.", MONTH)
        case ("leave", who, on):
            team.update(ws, Member(members[who], NAMES[who], left=on))
        case ("undo",):
            history.undo(ws)
        case ("redo",):
            history.redo(ws)


def fresh_days(ws: Workspace, code: str, member: int) -> dict[str, int]:
    with ws.read() as connection:
        found = board.daily(connection, code, MONTH, AS_OF, member)
    return {on.isoformat(): amount for on, amount in found.items()}


def compare(ws: Workspace, live: LiveBoard) -> None:
    """Compare everything a live board answers with the same asked afresh."""
    assert live.board() == board.board(ws, live.month, live.as_of)
    for line in live.board().members:
        for code in ("receipts", "own_visits"):
            assert live.days(code, line.member.id) == fresh_days(ws, code, line.member.id)


@settings(max_examples=25, deadline=None)
@given(st.lists(step, max_size=10), st.integers(1, 3))
def test_a_live_board_is_a_fresh_one_after_anything(steps: list[tuple], every: int) -> None:
    """Entries, imports, plans, leaving, undo and redo, looked at now and then."""
    with department() as (ws, folder, members):
        live = LiveBoard(ws, MONTH, AS_OF)
        ahead = LiveBoard(ws, MONTH, MONTH - timedelta(1))
        for each in (live, ahead):
            ws.subscribe(lambda changed, each=each: each.hear(changed.tables))
        compare(ws, live)
        for number, each in enumerate(steps, 1):
            here = set(members) <= set(team.team(ws).members)
            if not here and each[0] not in {"undo", "redo"}:
                continue  # the hiring itself has been undone
            try:
                do(ws, folder, members, each)
            except DomainError:
                continue
            if number % every == 0:
                compare(ws, live)
        compare(ws, live)
        assert ahead.board() == board.board(ws, MONTH, MONTH - timedelta(1))


def test_a_row_that_undo_brings_back_under_another_id_is_found() -> None:
    """The undone entry's number may have been taken by what an import counted since."""
    with department() as (ws, folder, members):
        live = LiveBoard(ws, MONTH, AS_OF)
        ws.subscribe(lambda changed: live.hear(changed.tables))
        take(ws, amo(folder / "deals.csv", [amo_row(1, NAMES[0])]))
        facts.enter(ws, date(2026, 10, 12), [Entry(members[0], "receipts", 5, "why")])
        compare(ws, live)
        for again in (history.undo, history.undo, history.redo, history.redo):
            again(ws)
            compare(ws, live)
        assert live.board().department["receipts"].fact == 5


def test_what_a_fact_does_not_touch_stays_the_same_object() -> None:
    """Only the member, the department and the metric's ratios are made anew."""
    with department() as (ws, _folder, members):
        facts.enter(ws, MONTH, [Entry(m, "receipts", 100) for m in members])
        live = LiveBoard(ws, MONTH, AS_OF)
        ws.subscribe(lambda changed: live.hear(changed.tables))
        before = live.board()
        facts.enter(ws, MONTH, [Entry(members[0], "receipts", 200)])
        after = live.board()
        kept = {line.member.id: line for line in before.members}
        changed = [line.member.id for line in after.members if line is not kept[line.member.id]]
        assert changed == [members[0]]
        assert after.department["deals_won"] is before.department["deals_won"]
        assert after.department["receipts"].fact == 400
