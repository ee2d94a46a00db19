"""Counted daily values are not journalled: what was typed over them finds its row again."""

from datetime import date
from pathlib import Path

import pytest

from ropdesk.domain.team import Member
from ropdesk.services import facts, files, history, imports, team
from ropdesk.services.owners import Choice
from ropdesk.store import derive
from ropdesk.store.workspace import Workspace

DAY = date(2026, 10, 5)
EXPORT = (
    "ID,Название сделки,Бюджет,Ответственный,Дата создания сделки,Дата закрытия,Этап сделки\n"
    "1,Окна,1000,Анна,01.10.2026 10:00:00,05.10.2026 12:00:00,Успешно реализовано\n"
    "2,Двери,500,Анна,01.10.2026 10:00:00,06.10.2026 12:00:00,Успешно реализовано\n"
)


@pytest.fixture
def filled(ws: Workspace, tmp_path: Path) -> Workspace:
    """Anna's deals, the first day's receipts typed over."""
    member = team.add(ws, Member(0, "Анна"))
    export = tmp_path / "deals.csv"
    export.write_text(EXPORT, encoding="utf-8")
    rows = files.read(export, files.FileSpec("deals"), date(2026, 11, 1))
    imports.run(ws, rows, Choice())
    facts.enter(ws, DAY, [facts.Entry(member, "receipts", 900_00, "возврат")])
    return ws


def values(ws: Workspace) -> list[tuple[object, ...]]:
    with ws.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT metric, day, derived, entered, value, reason FROM daily_value ORDER BY 1, 2"
        )
        return [tuple(row) for row in found]


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_was_typed_over_a_count_comes_back(filled: Workspace, steps: int) -> None:
    before = values(filled)
    assert ("receipts", "2026-10-05", 1000_00, 900_00, 900_00, "возврат") in before
    for _time in range(2):
        for _step in range(steps):
            history.undo(filled)
        for _step in range(steps):
            history.redo(filled)
        assert values(filled) == before
    with filled.read() as connection:
        assert derive.differences(connection) == 0


def test_an_import_taken_back_out_of_turn_leaves_what_was_typed(filled: Workspace) -> None:
    before = values(filled)
    imports.take_back(filled, 1)
    assert values(filled) == [("receipts", "2026-10-05", None, 900_00, 900_00, "возврат")]
    history.undo(filled)
    assert values(filled) == before
    history.undo(filled)
    history.redo(filled)
    history.redo(filled)
    assert values(filled) == [("receipts", "2026-10-05", None, 900_00, 900_00, "возврат")]
