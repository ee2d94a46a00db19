import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit

from ropdesk.domain.errors import N_, DomainError
from ropdesk.ui.roles import State
from ropdesk.ui.tables.bubble import CellError
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Pin, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.fitting_table import FittingTable

COLUMNS = [
    Column("name", "Менеджер", Align.LEFT),
    Column("deals", "Сделки"),
    Column("money", "Поступления, т₽"),
]
CONTROL = Qt.KeyboardModifier.ControlModifier


def row(key, name, deals, money, **more):
    return Row(
        key,
        (
            Cell(name),
            Cell(f"{deals}", sort_key=deals, editable=True),
            Cell(f"{money}\u202f000", raw=f"{money}000", sort_key=money, ref=("rows", key)),
        ),
        **more,
    )


ROWS = [
    row("all", "Отдел", 6, 60, pin=Pin.LAST),
    row(1, "Ёлкина", 3, 10),
    row(2, "Жуков", 1, 30),
    row(3, "Дёмин", 2, 20),
]


@pytest.fixture
def table(qtbot, theme):
    made = DataTable(COLUMNS)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.set_rows(ROWS)
    made.show()
    return made


def keys(table):
    return [shown.key for shown in table.list_model.rows]


def click_header(table, qtbot, column):
    header = table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(column) + 6, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def test_sorting_by_key_keeps_the_total_in_place(table, qtbot):
    assert keys(table) == [1, 2, 3, "all"]
    click_header(table, qtbot, 2)
    assert keys(table) == [1, 3, 2, "all"]
    click_header(table, qtbot, 2)
    assert keys(table) == [2, 3, 1, "all"]
    click_header(table, qtbot, 2)  # a third click restores the order given
    assert keys(table) == [1, 2, 3, "all"]
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert keys(table) == [3, 1, 2, "all"]  # Дёмин, Ёлкина, Жуков


def test_the_current_cell_stays_with_its_row(table):
    table.go_to_cell(2, "money")
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert table.current_place() == (2, "money")
    table.set_rows([ROWS[0], ROWS[2], row(4, "Новый", 9, 90)])
    assert table.current_place() == (2, "money")


def test_only_changed_cells_are_repainted(table):
    told = []
    table.list_model.dataChanged.connect(
        lambda a, b, _roles: told.append((a.row(), a.column(), b.column()))
    )
    table.set_rows(ROWS)
    assert told == []
    table.set_rows([*ROWS[:2], row(2, "Жуков", 5, 30), ROWS[3]])
    assert told == [(1, 1, 1)]
    table.list_model.update_cells(3, {"money": Cell("7"), "deals": Cell("8")})
    assert told[1:] == [(2, 1, 2)]
    table.list_model.update_cells("nobody", {"money": Cell("7")})


def test_a_click_on_a_number_opens_its_rows(table, qtbot):
    def spot(line, column):
        return table.visualRect(table.list_model.index(line, column)).center()

    with qtbot.waitSignal(table.cell_activated) as caught:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot(0, 2))
    assert caught.args == [("rows", 1)]
    with qtbot.assertNotEmitted(table.cell_activated):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot(0, 1))
    table.go_to_cell(3, "money")
    with qtbot.waitSignal(table.cell_activated) as caught:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert caught.args == [("rows", 3)]


def test_type_enter_next(table, qtbot):
    edits = []
    table.set_edit_handler(edits.extend)
    table.setFocus()
    table.go_to_cell(1, "deals")
    with qtbot.waitSignal(table.editing_changed):
        qtbot.keyClick(table, Qt.Key.Key_1)
    editor = table.findChild(QLineEdit)
    qtbot.keyClicks(editor, "2")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edits == [Edit(1, "deals", "12")])
    qtbot.waitUntil(lambda: table.current_place() == (2, "deals"))
    qtbot.keyClick(table, Qt.Key.Key_Tab)
    assert table.current_place() == (2, "money")
    qtbot.keyClick(table, Qt.Key.Key_5)  # not editable: nothing opens
    assert len(edits) == 1


def test_escape_changes_nothing(table, qtbot):
    edits = []
    table.set_edit_handler(edits.extend)
    table.go_to_cell(1, "deals")
    qtbot.keyClick(table, Qt.Key.Key_7)
    qtbot.keyClick(table.findChild(QLineEdit), Qt.Key.Key_Escape)
    qtbot.wait(10)
    assert edits == []


def test_delete_clears_a_block_as_one_act(table, qtbot):
    calls = []
    table.set_edit_handler(calls.append)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert calls == [[Edit(key, "deals", "") for key in (1, 2, 3, "all")]]


def test_copy_and_paste_blocks_as_excel_does(table, qtbot):
    calls = []
    table.set_edit_handler(calls.append)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, CONTROL)
    text = QApplication.clipboard().text()
    assert text.split("\n")[0] == "Ёлкина\t3\t10000"
    assert len(text.split("\n")) == 4
    QApplication.clipboard().setText("4\t100\r\n5\t200\r\n")
    table.go_to_cell(2, "deals")
    qtbot.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert calls == [[Edit(2, "deals", "4"), Edit(3, "deals", "5")]]
    QApplication.clipboard().setText("9")
    table.selectColumn(1)
    qtbot.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert [edit.text for edit in calls[1]] == ["9"] * 4
    QApplication.clipboard().setText("")
    qtbot.keyClick(table, Qt.Key.Key_V, CONTROL)
    assert len(calls) == 2


def test_a_refusal_stands_at_the_cell(table, qtbot):
    def refuse(_edits):
        raise DomainError(N_("No reason is given. Write a word or two."))

    table.set_edit_handler(refuse)
    table.go_to_cell(1, "deals")
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    bubble = table.viewport().findChild(CellError)
    assert bubble.isVisible()
    assert bubble.text.startswith("Причина не указана")
    assert table.viewport().rect().contains(bubble.geometry())


def test_cells_speak_to_screen_readers_and_tooltips(table):
    model = table.list_model
    spoken = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ёлкина, Поступления, т₽: 10\u202f000"
    long = "Константинопольская Александра Вениаминовна"
    table.set_rows([Row(1, (Cell(long, tooltip=long), Cell(), Cell()))])
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == long


def wide_board(people, change=0):
    columns = [Column("name", "Менеджер", Align.LEFT)]
    columns += [Column(f"m{n}", f"Показатель {n}") for n in range(12)]
    rows = [
        Row(
            p,
            (
                Cell(f"Менеджер {p}", secondary=" · стажёр"),
                *(
                    Cell(str(p * n + change * (p == 3)), chip=n == 2, state=State.GOOD)
                    for n in range(11)
                ),
                Cell(spark=tuple(range(p % 5, p % 5 + 12))),
            ),
        )
        for p in range(people)
    ]
    return columns, rows


def test_a_changed_fact_is_painted_at_once(qtbot, theme):
    columns, rows = wide_board(30)
    table = DataTable(columns)
    qtbot.addWidget(table)
    table.resize(1100, 900)
    table.set_rows(rows)
    table.show()
    table.grab()
    before = table.grab().toImage()
    changes = QSignalSpy(table.list_model.dataChanged)
    resets = QSignalSpy(table.list_model.modelReset)
    table.set_rows(wide_board(30, change=1)[1])
    assert table.grab().toImage() != before
    # Only what changed is told of: the whole table is neither made nor painted again.
    assert resets.count() == 0
    assert 0 < changes.count() <= 3


def test_where_columns_do_not_fit_the_widest_give_way_and_numbers_stay_whole(qtbot, theme):
    columns = [
        Column("name", "Менеджер", Align.LEFT, stretch=True),
        Column("why", "Почему", Align.LEFT, width=300),
        Column("answer", "Ответ", Align.LEFT, width=280),
        Column("day", "День"),
        Column("more", "Ещё", width=200),
    ]
    table = FittingTable(columns, ("more",))
    qtbot.addWidget(table)
    cells = (Cell("Ёлкина Мария"), Cell("Почему"), Cell("Ответ"), Cell("20.10.2026"), Cell("1"))
    table.set_rows([Row(1, cells)])
    table.resize(1100, 200)
    table.show()
    whole = table.columnWidth(3)
    table.resize(520, 200)
    assert table.isColumnHidden(4)
    assert table.horizontalHeader().length() <= table.viewport().width(), "no scrolling sideways"
    assert table.columnWidth(3) == whole, "a date is not cut"
    assert table.columnWidth(1) < 300
    assert table.columnWidth(2) < 280
