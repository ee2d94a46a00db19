"""The board in small windows, by keyboard, and with numbers at the edge of a colour."""

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.domain.team import Member
from ropdesk.services import facts, metrics, team
from ropdesk.services.facts import Entry
from ropdesk.ui import values
from ropdesk.ui.planning.board_card import BoardCard
from ropdesk.ui.planning.board_table import BoardTable
from ropdesk.ui.tables.frozen import FrozenColumn
from tests.ui.planning.conftest import MONTH, Desk

TWELVE = ["receipts", "inquiries", "deals_won", "conversion", "average_check", "calls",
          "talk_time", "deals_lost", "sales_cycle", "tasks_done", "overdue_tasks",
          "qualified_inquiries"]  # fmt: skip


def table_of(desk: Desk) -> BoardTable:
    """The board's table."""
    return desk.page.board.findChildren(BoardTable)[0]


def shown(table: BoardTable) -> list[str]:
    """Keys of the columns."""
    return [column.key for column in table.list_model.columns]


@pytest.mark.parametrize("width", [1366, 1250, 1100])
def test_every_column_is_whole_at_any_width(desk: Desk, width: int) -> None:
    metrics.set_board(desk.ws, TWELVE)
    desk.window.resize(width, 700)
    desk.settle()
    table = table_of(desk)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.horizontalHeader().length() <= table.viewport().width()
    assert shown(table)[:4] == ["name", "fact", "plan", "percent"]
    assert len(table.hidden_metrics) == 12 - 1 - sum(k.startswith("m:") for k in shown(table))


def test_the_weightiest_columns_stay_the_longest(desk: Desk) -> None:
    metrics.set_board(desk.ws, TWELVE)
    desk.settle()
    wanted = {"m:deals_won", "m:conversion", "m:average_check", "forecast"}
    assert wanted <= set(shown(table_of(desk)))


def test_a_long_name_gives_way_and_is_told_whole(desk: Desk) -> None:
    name = "Константинопольская-Преображенская Елена"
    key = team.add(desk.ws, Member(0, name))
    desk.window.resize(1100, 680)
    desk.settle()
    table = table_of(desk)
    assert table.list_model.cell(table.list_model.row_of(key), 0).tooltip == name
    assert table.horizontalScrollBar().maximum() == 0


def test_names_stay_when_all_columns_are_scrolled(desk: Desk) -> None:
    metrics.set_board(desk.ws, TWELVE)
    desk.settle()
    table = table_of(desk)
    table.show_all(every=True)
    bar, frozen = table.horizontalScrollBar(), table.findChildren(FrozenColumn)[0]
    assert bar.maximum() > 0
    assert not frozen.isVisible()
    bar.setValue(bar.maximum())
    assert frozen.isVisible()
    assert frozen.width() == table.columnWidth(0)
    table.setCurrentIndex(table.list_model.index(1, 1))
    assert table.columnViewportPosition(1) >= table.columnWidth(0)


def test_a_long_name_of_ones_own_metric_does_not_push_the_others_out(desk: Desk) -> None:
    own = Metric("own_visits", "Выезды к клиенту на объект с замерами", Kind.FLOW, Unit.COUNT,
                 Direction.UP, builtin=False)  # fmt: skip
    metrics.add(desk.ws, own)
    metrics.set_board(desk.ws, ["own_visits", "receipts", "deals_won"])
    member = min(team.team(desk.ws).members)
    facts.enter(desk.ws, MONTH, [Entry(member, "own_visits", 3)])
    desk.page.board.choose_metric("own_visits")
    desk.settle()
    column = table_of(desk).list_model.columns[1]
    assert column.title == "Выезды к клиент…"
    assert column.tooltip == own.name


def test_cards_in_rows_are_low(desk: Desk) -> None:
    high = desk.page.board.findChildren(BoardCard)[0].height()
    metrics.set_board(desk.ws, TWELVE)
    desk.window.resize(1100, 680)
    desk.settle()
    cards = [c for c in desk.page.board.findChildren(BoardCard) if c.isVisible()]
    rows = {card.y() for card in cards}
    assert len(cards) == 12
    assert len(rows) == 2
    assert all(card.height() < high * 0.7 for card in cards)


@pytest.mark.parametrize(
    ("share", "better", "words"),
    [
        (Fraction(996, 1000), Direction.UP, "99"),
        (Fraction(1), Direction.UP, "100"),
        (Fraction(946, 1000), Direction.UP, "94"),
        (Fraction(1004, 1000), Direction.DOWN, "101"),
        (Fraction(996, 1000), Direction.DOWN, "100"),
        (Fraction(996, 1000), Direction.NONE, "100"),
        (None, Direction.UP, values.UNKNOWN),
    ],
)
def test_percent_agree_with_their_colour(
    share: Fraction | None, better: Direction, words: str
) -> None:
    assert values.completion(share, better) == words


def test_tab_goes_through_the_cards_to_the_table_and_on(desk: Desk) -> None:
    desk.window.activateWindow()
    board = desk.page.board
    cards = board.findChildren(BoardCard)
    cards[0].setFocus()
    passed = []
    for _step in range(len(cards) + 6):
        passed.append(QApplication.focusWidget())
        QTest.keyClick(passed[-1], Qt.Key.Key_Tab)
    assert passed[: len(cards)] == cards
    table = table_of(desk)
    assert table in passed
    assert passed[-1] is not table
