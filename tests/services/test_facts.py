"""The day's grid: typed values, overrides with their reasons, blocks, totals."""

from datetime import date
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.services import facts, history, planning, team
from ropdesk.services.facts import Cell, Entry
from ropdesk.store.workspace import Workspace
from tests.services.importing import amo, amo_row, take

DAY = date(2026, 10, 12)
CODES = ("receipts", "deals_won", "calls", "overdue_tasks")


@pytest.fixture
def people(ws: Workspace) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in ("Иванова Мария", "Петров Алексей")]


def cell(ws: Workspace, member: int, code: str) -> Cell:
    return facts.grid(ws, DAY, CODES).cells[member, code]


def test_a_typed_value_is_there_and_adds_up(ws: Workspace, people: list[int]) -> None:
    facts.enter(ws, DAY, [Entry(people[0], "calls", 12), Entry(people[1], "calls", 30)])
    grid = facts.grid(ws, DAY, CODES)
    assert grid.totals["calls"].value == 42
    assert grid.totals["receipts"].value is None
    assert cell(ws, people[0], "calls") == Cell(12, entered=12)


def test_clearing_a_typed_value_leaves_nothing(ws: Workspace, people: list[int]) -> None:
    facts.enter(ws, DAY, [Entry(people[0], "calls", 12)])
    facts.enter(ws, DAY, [Entry(people[0], "calls", None)])
    assert cell(ws, people[0], "calls") == Cell(None)
    history.undo(ws)
    assert cell(ws, people[0], "calls").value == 12


def test_an_override_needs_a_word_and_stays_visible(
    ws: Workspace, people: list[int], tmp_path: Path
) -> None:
    take(ws, amo(tmp_path / "d.csv", [amo_row(1, "Иванова Мария", amount="500",
                                              closed="12.10.2026 12:00:00")]))  # fmt: skip
    with pytest.raises(DomainError, match="why"):
        facts.enter(ws, DAY, [Entry(people[0], "receipts", 70_000)])
    facts.enter(ws, DAY, [Entry(people[0], "receipts", 70_000, " возврат ")])
    found = cell(ws, people[0], "receipts")
    assert found.overridden
    assert (found.value, found.source, found.reason) == (70_000, 50_000, "возврат")
    facts.enter(ws, DAY, [Entry(people[0], "receipts", 50_000)])  # what the file says anyway
    assert not cell(ws, people[0], "receipts").overridden


def test_a_block_is_one_step_and_all_or_nothing(ws: Workspace, people: list[int]) -> None:
    with pytest.raises(DomainError):
        facts.enter(ws, DAY, [Entry(people[0], "calls", 5), Entry(people[1], "calls", -1)])
    assert cell(ws, people[0], "calls") == Cell(None)
    block = [Entry(p, code, 7) for p in people for code in ("calls", "deals_won")]
    facts.enter(ws, DAY, block)
    history.undo(ws)
    assert all(value == Cell(None) for value in facts.grid(ws, DAY, CODES).cells.values())


def test_of_a_cell_named_twice_the_last_counts(ws: Workspace, people: list[int]) -> None:
    facts.enter(ws, DAY, [Entry(people[0], "calls", 1), Entry(people[0], "calls", 2)])
    assert cell(ws, people[0], "calls").value == 2
    facts.enter(ws, DAY, [Entry(people[1], "calls", 1), Entry(people[1], "calls", None)])
    assert cell(ws, people[1], "calls") == Cell(None)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("conversion", 5, "computed"),
        ("calls", -1, "negative"),
        ("calls", 2**62 + 1, "too large"),
        ("nothing", 1, "no metric"),
    ],
)
def test_what_a_metric_cannot_be_is_refused(
    ws: Workspace, people: list[int], code: str, value: int, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        facts.enter(ws, DAY, [Entry(people[0], code, value)])


def test_a_refund_may_be_negative(ws: Workspace, people: list[int]) -> None:
    facts.enter(ws, DAY, [Entry(people[0], "receipts", -5_000)])
    assert cell(ws, people[0], "receipts").value == -5_000


def test_a_member_who_is_gone_is_refused_in_words(ws: Workspace) -> None:
    with pytest.raises(DomainError, match="gone"):
        facts.enter(ws, DAY, [Entry(99, "calls", 1)])


def test_the_plan_of_the_day_stands_behind(ws: Workspace, people: list[int]) -> None:
    planning.set_value(ws, date(2026, 10, 1), "calls", 2_200)
    grid = facts.grid(ws, DAY, CODES)
    planned = [grid.cells[p, "calls"].plan or 0 for p in people]
    assert sum(planned) == grid.totals["calls"].plan == 100
    assert grid.working


def test_who_had_left_is_shown_only_with_numbers(ws: Workspace, people: list[int]) -> None:
    gone = team.add(ws, Member(0, "Ким Дарья", left=date(2026, 9, 30)))
    assert gone not in {m.id for m in facts.grid(ws, DAY, CODES).members}
    facts.enter(ws, DAY, [Entry(gone, "calls", 3)])
    assert gone in {m.id for m in facts.grid(ws, DAY, CODES).members}
