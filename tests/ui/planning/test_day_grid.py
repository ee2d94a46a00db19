"""Facts of the day as typed by a person."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ropdesk.domain.errors import N_
from ropdesk.services import facts, history
from ropdesk.services.facts import Imported
from ropdesk.store.models import ImportBatch
from ropdesk.ui.planning.reason_dialog import ReasonDialog
from tests.ui.planning.conftest import TODAY, Desk


def open_grid(desk: Desk) -> None:
    """Open the grid by its action."""
    desk.context.registry.run("planning.enter_fact")
    desk.qtbot.waitUntil(lambda: desk.page.day_view.table.list_model.rowCount() == 4)


def values_of(desk: Desk, code: str) -> list[int | None]:
    """The stored values of a metric today, by member."""
    grid = facts.grid(desk.ws, TODAY)
    return [grid.cells[member.id, code].value for member in grid.members]


def test_type_enter_next(desk: Desk, qtbot: QtBot) -> None:
    open_grid(desk)
    table = desk.page.day_view.table
    assert table.hasFocus()
    for typed in ("12 500", "7,5"):
        qtbot.keyClicks(table, typed[0])
        editor = table.focusWidget() if table.focusWidget() is not table else table
        qtbot.keyClicks(editor, typed[1:])
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.wait(30)
    assert values_of(desk, "receipts") == [12_500_00, 7_50, None]


def test_a_pasted_block_is_one_operation(desk: Desk) -> None:
    open_grid(desk)
    table = desk.page.day_view.table
    first = table.list_model.rows[0].key
    table.go_to_cell(first, "receipts")
    QGuiApplication.clipboard().setText("1 000,50\t1\n2000\t2\n3000\t3\n")
    table.paste()
    assert values_of(desk, "receipts") == [1_000_50, 2_000_00, 3_000_00]
    assert values_of(desk, "deals_won") == [1, 2, 3]
    history.undo(desk.ws)
    assert values_of(desk, "receipts") == [None, None, None]


def test_a_wrong_cell_refuses_the_whole_block_and_is_named(desk: Desk) -> None:
    open_grid(desk)
    table = desk.page.day_view.table
    first = table.list_model.rows[0].key
    table.go_to_cell(first, "receipts")
    QGuiApplication.clipboard().setText("1000\nмного\n")
    table.paste()
    from ropdesk.ui.tables.bubble import CellError

    said = [bubble.text for bubble in table.findChildren(CellError)]
    assert said
    assert "«много» — не число" in said[-1]
    assert values_of(desk, "receipts") == [None, None, None]


def test_an_override_asks_for_its_reason_and_stays_visible(desk: Desk, qtbot: QtBot) -> None:
    grid = facts.grid(desk.ws, TODAY)
    member = grid.members[0].id
    with desk.ws.operation(N_("Import")) as operation:
        batch = ImportBatch(
            kind="facts", file_name="facts.csv", operation_id=operation.id, sha256="0" * 64, size=1,
            at="2026-10-22T10:00:00+00:00",
        )  # fmt: skip
        operation.session.add(batch)
        operation.session.flush()
        facts.put(operation, [Imported(1, member, "receipts", TODAY, 9_000_00)], batch.id)
    open_grid(desk)
    view = desk.page.day_view
    table = view.table
    table.go_to_cell(member, "receipts")
    QGuiApplication.clipboard().setText("9500")
    table.paste()
    dialog = view.dialog
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.field.insert("возврат")  # QTest types Latin letters only
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: values_of(desk, "receipts")[0] == 9_500_00)
    qtbot.waitUntil(lambda: not view.stale)
    model = table.list_model
    cell = model.cell(model.row_of(member), model.column_of("receipts"))
    assert cell.marked
    assert cell.secondary == " *"
    assert "возврат" in cell.tooltip


def test_days_are_turned_by_keys(desk: Desk, qtbot: QtBot) -> None:
    open_grid(desk)
    view = desk.page.day_view
    qtbot.keyClick(view.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert (TODAY - view.day).days == 1
    for _ in range(22):
        view.back()
    assert desk.page.month.month == 9
