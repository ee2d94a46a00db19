"""Whatever is done to a plan, in whatever order: sums are exact and handwork stays."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import history, planning, team
from ropdesk.services.planning_sheet import Sheet, load_sheet
from ropdesk.store.models import DailyValue
from ropdesk.store.workspace import Workspace, open_workspace
from tests.workspaces import empty_workspace

NOV = date(2026, 11, 1)
METRICS = ("receipts", "calls", "open_deals", "conversion")
SCENARIOS = ("minimum", "standard")

who = st.sampled_from([None, 0, 1, 2])
what = st.sampled_from(METRICS)
scenario = st.sampled_from(SCENARIOS)
value = st.one_of(st.none(), st.integers(0, 500), st.integers(0, 50).map(lambda n: n * 100_00))
day = st.integers(0, 29).map(lambda n: NOV + timedelta(n))
step = st.one_of(
    st.tuples(st.just("set"), what, value, who, scenario),
    st.tuples(st.just("day"), day, st.sampled_from(METRICS[:2]), value, who, scenario),
    st.tuples(st.just("unlock"), what, who, scenario),
    st.tuples(st.just("share"), st.sampled_from(["history", "equal", "manual"])),
    st.tuples(st.just("away"), st.sampled_from([0, 1, 2]), day, st.integers(0, 12)),
    st.tuples(st.just("undo")),
)
BEGUN = [
    ("set", "calls", 400, None, "standard"),
    ("set", "receipts", 50_000_00, None, "standard"),
    ("day", NOV + timedelta(11), "calls", 40, None, "standard"),
]


@pytest.fixture(scope="module")
def department(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """Three members, one of them ramping up, with two months of unequal calls behind them."""
    path = tmp_path_factory.mktemp("planned") / "department.ropdesk"
    ws = empty_workspace(path)
    members = [
        team.add(ws, Member(0, "Анна")),
        team.add(ws, Member(0, "Борис", ramp={NOV: 4000})),
        team.add(ws, Member(0, "Вера", hired=date(2026, 11, 16))),
    ]
    with ws.operation("History") as operation:
        operation.session.add_all(
            DailyValue(member_id=member, metric="calls", day=date(2026, month, n), entered=n * k)
            for k, member in enumerate(members[:2], 1)
            for month in (9, 10)
            for n in range(1, 29)
        )
    ws.close()
    return path, members


def sheet_of(ws: Workspace) -> Sheet | None:
    found = planning.plan(ws, NOV)
    if found is None:
        return None
    with ws.read() as connection:
        return load_sheet(connection, found.id)


def do(ws: Workspace, members: list[int], step: tuple) -> bool:
    def member(index: int | None) -> int | None:
        return None if index is None else members[index]

    try:
        match step:
            case ("set", metric, amount, index, name):
                planning.set_value(ws, NOV, metric, amount, member(index), name)
            case ("day", on, metric, amount, index, name):
                planning.set_day(ws, NOV, on, metric, amount, member(index), name)
            case ("unlock", metric, index, name):
                planning.unlock(ws, NOV, metric, member(index), name)
            case ("share", by):
                planning.distribute(ws, NOV, by=by)
            case ("away", index, first, length):
                gap = Absence(members[index], AbsenceKind.OTHER, first, first + timedelta(length))
                team.add_absence(ws, gap)
                planning.refresh_days(ws, NOV)
    except DomainError:
        return False
    return True


def assert_exact(sheet: Sheet) -> None:
    for pair in sheet.pairs():
        members = sheet.members(pair)
        if pair[1] == "conversion":
            assert all((*pair, key) not in sheet.days for key in (None, *members))
            continue
        whole = sheet.cells[*pair, None]
        if members:
            assert sum(cell.value for cell in members.values()) == whole.value
        if pair[1] == "open_deals":
            continue
        for key, cell in ((None, whole), *members.items()):
            days = sheet.days.get((*pair, key), {})
            assert sum(d.value for d in days.values()) == cell.value
            assert all(d.value >= 0 for d in days.values())
        for on in {d for key in members for d in sheet.days.get((*pair, key), {})}:
            parts = (sheet.days.get((*pair, key), {}).get(on) for key in members)
            total = sheet.days[*pair, None].get(on)
            assert sum(part.value for part in parts if part) == (total.value if total else 0)


def handwork(sheet: Sheet | None) -> tuple[dict, dict]:
    """What was set by hand: locked cells and pinned days."""
    if sheet is None:
        return {}, {}
    locked = {key: cell.value for key, cell in sheet.cells.items() if cell.locked}
    pinned = {
        (key, on): cell.value
        for key, days in sheet.days.items()
        for on, cell in days.items()
        if cell.pinned
    }
    return locked, pinned


def assert_kept(before: Sheet | None, after: Sheet | None, step: tuple, members: list[int]) -> None:
    """Handwork changes only where the step itself is about it."""
    (locked, pinned), (locked_now, pinned_now) = handwork(before), handwork(after)
    cells = after.cells if after else {}
    for key in locked.keys() | locked_now.keys():
        if locked.get(key) != locked_now.get(key):
            match step:
                case ("set", metric, _amount, index, name):
                    assert key == (name, metric, None if index is None else members[index])
                case ("unlock", metric, index, name):
                    assert key[:2] == (name, metric)
                    assert key[2] is None or index is None or key[2] == members[index]
                case _:
                    raise AssertionError((step, key))
    for key, on in pinned.keys() | pinned_now.keys():
        if pinned.get((key, on)) != pinned_now.get((key, on)):
            match step:
                case ("set", metric, _amount, _index, name):
                    assert key[:2] == (name, metric)
                    assert key not in cells  # a plan that is gone has no days
                case ("day", day_set, metric, _amount, index, name):
                    assert key == (name, metric, None if index is None else members[index])
                    assert on == day_set
                case _:
                    raise AssertionError((step, key, on))


@settings(max_examples=60)
@given(st.booleans(), st.lists(step, min_size=1, max_size=12))
def test_any_sequence_keeps_sums_and_handwork(
    department: tuple[Path, list[int]], begun: bool, steps: list[tuple]
) -> None:
    steps = BEGUN + steps if begun else steps
    original, members = department
    with TemporaryDirectory() as folder:
        ws = open_workspace(Path(shutil.copy(original, folder)))
        start = len(history.entries(ws))
        try:
            for one in steps:
                before = sheet_of(ws)
                if one[0] == "undo":
                    if len([e for e in history.entries(ws) if e.state == "done"]) > start:
                        history.undo(ws)
                elif do(ws, members, one):
                    assert_kept(before, sheet_of(ws), one, members)
                else:
                    assert sheet_of(ws) == before
                after = sheet_of(ws)
                if after is not None:
                    assert_exact(after)
            while len([e for e in history.entries(ws) if e.state == "done"]) > start:
                history.undo(ws)
            assert planning.plan(ws, NOV) is None
        finally:
            ws.close()
