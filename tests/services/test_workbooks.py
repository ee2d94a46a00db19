"""The workbooks hold numbers as numbers, with formats, and text as text."""

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, language, set_language
from ropdesk.services import board, facts, settings, workbooks
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.reporting import MONTH, fill, plan

AFTER = date(2026, 10, 2)


def opened(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def table(sheet: openpyxl.worksheet.worksheet.Worksheet, head: int = 1) -> list[dict[str, object]]:
    """Read a sheet as dictionaries by header; cells, not values."""
    names = [cell.value for cell in sheet[head]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=head + 1)]


def column(rows: list[dict[str, object]], start: str) -> str:
    return next(name for name in rows[0] if name is not None and name.startswith(start))


def test_the_board_is_numbers_with_formats(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    plan(ws)
    path = tmp_path / "board.xlsx"
    workbooks.board_xlsx(ws, MONTH, AFTER, path)
    book = opened(path)
    assert book.sheetnames == [
        _("Month"), _("By week"), _("Weeks by manager"), _("By days"), _("Days by manager"),
    ]  # fmt: skip
    month = book.worksheets[0]
    assert month["A1"].value == "ООО «Ветер»"
    rows = table(month, 3)
    manager, receipts = next(iter(rows[0])), f"{_('Receipts')}, ₽: {_('fact')}"
    by_name = {row[manager].value: row for row in rows}
    total = by_name[_("Department")]
    assert total[receipts].value == 240_000
    assert total[receipts].number_format == "#,##0.00"
    assert total[f"{_('Receipts')}, ₽: {_('plan')}"].value == 300_000
    assert total[f"{_('Receipts')}: {_('completion to date, %')}"].value == pytest.approx(0.8)
    conversion = total[f"{_('Conversion')}, %: {_('fact')}"]
    assert conversion.value == pytest.approx(0.2)
    assert conversion.number_format == "0.0%"
    assert by_name["Иванова Мария"][receipts].value == 120_000
    assert sum(row[receipts].value for row in rows) == 2 * 240_000


def test_text_that_looks_like_a_formula_stays_text(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    plan(ws)
    settings.change(ws, company="=HYPERLINK(1)")
    for write, path in (
        (lambda to: workbooks.board_xlsx(ws, MONTH, AFTER, to), tmp_path / "a.xlsx"),
        (lambda to: workbooks.plan_xlsx(ws, MONTH, to), tmp_path / "b.xlsx"),
    ):
        write(path)
        cells = [c for sheet in opened(path) for row in sheet.iter_rows() for c in row]
        assert any(c.value == "=1+1" and c.data_type in "si" for c in cells)
        assert not [c.coordinate for c in cells if c.data_type == "f"]


def test_weeks_and_days_sum_to_the_month(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    plan(ws)
    path = tmp_path / "board.xlsx"
    workbooks.board_xlsx(ws, MONTH, AFTER, path)
    book = opened(path)
    for name in ("By week", "By days"):
        rows = table(book[_(name)])
        receipts = column(rows, _("Receipts"))
        assert sum(row[receipts].value or 0 for row in rows[:-1]) == 240_000
        assert rows[-1][receipts].value == 240_000
        first = rows[0][next(iter(rows[0]))]
        assert first.value.date() == date(2026, 9, 1)
        assert first.number_format == "dd.mm.yyyy"
    for name in ("Weeks by manager", "Days by manager"):
        rows = table(book[_(name)])
        assert sum(row[column(rows, _("Receipts"))].value or 0 for row in rows) == 240_000


def test_a_running_month_has_its_forecast(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tuple(date(2026, month, 1) for month in range(1, 10)))
    path = tmp_path / "board.xlsx"
    workbooks.board_xlsx(ws, MONTH, date(2026, 9, 16), path)
    rows = table(opened(path).worksheets[0], 3)
    name = f"{_('Receipts')}, ₽: {_('forecast')}"
    assert rows[-1][name].value > 0
    workbooks.board_xlsx(ws, MONTH, AFTER, path)
    assert name not in table(opened(path).worksheets[0], 3)[0]


def test_time_is_excels_time(ws: Workspace, tmp_path: Path) -> None:
    ids = fill(ws)
    facts.enter(ws, MONTH, [Entry(ids["Иванова Мария"], "talk_time", 5_400)])
    settings.change(ws, board=("talk_time",))
    path = tmp_path / "board.xlsx"
    workbooks.board_xlsx(ws, MONTH, AFTER, path)
    rows = table(opened(path).worksheets[0], 3)
    cell = rows[-1][column(rows, _("Talk time"))]
    assert cell.number_format == "[h]:mm:ss"
    assert cell.value == timedelta(hours=1, minutes=30)


def test_the_plan_is_every_scenario_member_and_day(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    plan(ws)
    path = tmp_path / "plan.xlsx"
    workbooks.plan_xlsx(ws, MONTH, path)
    book = opened(path)
    scenarios = table(book[_("Scenarios")], 3)
    receipts = column(scenarios, _("Receipts"))
    assert [row[receipts].value for row in scenarios] == [240_000, 300_000, None]
    members = table(book[_("Managers, {scenario}", scenario=_("standard"))])
    assert sum(row[receipts].value for row in members[:-1]) == 300_000
    assert members[-1][receipts].value == 300_000
    days = table(book[_("By days")])
    assert len(days) == 31
    assert sum(row[receipts].value or 0 for row in days[:-1]) == 300_000
    by_member = table(book[_("Days by manager")])
    assert sum(row[receipts].value or 0 for row in by_member) == 300_000


def test_headers_follow_the_language(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    before = language()
    try:
        set_language("en")
        workbooks.board_xlsx(ws, MONTH, AFTER, tmp_path / "en.xlsx")
    finally:
        set_language(before)
    assert "Receipts, ₽: fact" in [c.value for c in opened(tmp_path / "en.xlsx").worksheets[0][3]]


def test_an_empty_workspace_writes_a_board_and_refuses_a_plan(
    ws: Workspace, tmp_path: Path
) -> None:
    workbooks.board_xlsx(ws, MONTH, AFTER, tmp_path / "board.xlsx")
    assert opened(tmp_path / "board.xlsx").sheetnames
    with pytest.raises(DomainError):
        workbooks.plan_xlsx(ws, MONTH, tmp_path / "plan.xlsx")
    assert not (tmp_path / "plan.xlsx").exists()


def test_the_figures_are_the_boards(ws: Workspace, tmp_path: Path) -> None:
    fill(ws)
    plan(ws)
    path = tmp_path / "board.xlsx"
    today = date(2026, 9, 11)
    workbooks.board_xlsx(ws, MONTH, today, path)
    shown = board.board(ws, MONTH, today)
    rows = {row[_("Manager")].value: row for row in table(opened(path).worksheets[0], 3)}
    for line in shown.members:
        figure = line.figures["receipts"]
        row = rows[line.member.name]
        assert row[f"{_('Receipts')}, ₽: {_('fact')}"].value == figure.fact / 100
        assert row[f"{_('Receipts')}, ₽: {_('plan to date')}"].value == figure.plan_to_date / 100
