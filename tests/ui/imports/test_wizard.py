"""The wizard as a person uses it: drop, answer, Enter."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ropdesk.domain.team import Member
from ropdesk.services import history, import_list, imports, settings, team
from ropdesk.services.owners import LEAVE_OUT
from ropdesk.ui.imports.jobs import ImportJob
from ropdesk.ui.imports.watcher import Watcher
from ropdesk.ui.runner import Cancelled
from tests.services.importing import amo, amo_row, content, take, write_csv


def test_an_amocrm_export_takes_two_enters(room, tmp_path: Path) -> None:
    room.drop(amo(tmp_path / "a.csv", [amo_row(1), amo_row(2, "Петров Олег"), amo_row("")]))
    assert room.wizard.step == "people"
    room.enter()
    assert room.wizard.step == "result"
    outcome = room.wizard.look.outcome
    assert (outcome.created, len(outcome.rejected)) == (2, 1)
    assert outcome.members_created == ("Иванова Мария", "Петров Олег")
    assert not content(room.ws)["deal"]
    room.enter()
    assert len(content(room.ws)["deal"]) == 2
    assert room.page.list_view.isVisible()
    assert "2 новых" in room.toasts[-1].replace("новые", "новых")
    [line] = import_list.imports(room.ws)
    assert line.rejected == 1
    assert list((tmp_path / "department.backups").glob("*import*"))


def test_a_known_team_goes_straight_to_the_check(room, tmp_path: Path) -> None:
    take(room.ws, amo(tmp_path / "a.csv", [amo_row(1)]))
    room.drop(amo(tmp_path / "b.csv", [amo_row(1, amount="5"), amo_row(2)]))
    assert room.wizard.step == "result"
    assert room.wizard.next_button.text() == "Импортировать"
    room.enter()
    assert import_list.imports(room.ws)[0].updated == 1


def test_the_same_file_has_nothing_to_import(room, tmp_path: Path) -> None:
    path = amo(tmp_path / "a.csv", [amo_row(1)])
    take(room.ws, path)
    room.drop(path)
    assert room.wizard.look.seen
    assert room.wizard.next_button.text() == "Закрыть"
    room.enter()
    assert len(import_list.imports(room.ws)) == 1


HEAD = ("nr", "seller", "state", "sum", "from", "till")
ROWS = [("1", "Олег", "gut", "5", "2026-10-01", "2026-10-02"),
        ("2", "Олег", "schlecht", "7", "2026-10-01", "2026-10-03"),
        ("3", "Бот", "gut", "9", "2026-10-01", "2026-10-03")]  # fmt: skip


def map_strangers(room) -> None:
    step = room.wizard.columns_step
    for field, column in {
        "id": "nr", "owner": "seller", "stage": "state", "amount": "sum", "created": "from",
        "closed": "till",
    }.items():  # fmt: skip
        step.choose(field, column)


def test_an_unknown_file_is_mapped_once_and_remembered(room, tmp_path: Path) -> None:
    room.drop(write_csv(tmp_path / "x.csv", HEAD, ROWS), "deals")
    assert room.wizard.step == "columns"
    room.enter()
    assert room.wizard.step == "columns"
    assert "Этап" in room.wizard.error
    map_strangers(room)
    room.enter()
    assert room.wizard.step == "stages"
    room.wizard.stages_step.choose("gut", "won")
    room.wizard.stages_step.choose("schlecht", "lost")
    room.enter()
    assert room.wizard.step == "people"
    room.wizard.people_step.choose("Бот", LEAVE_OUT)
    room.enter()
    assert room.wizard.step == "result"
    assert room.wizard.look.outcome.created == 2
    room.enter()
    with room.ws.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT external_id, status FROM deal ORDER BY 1").fetchall()  # fmt: skip
    assert [tuple(row) for row in found] == [("1", "won"), ("2", "lost")]
    room.drop(
        write_csv(
            tmp_path / "y.csv", HEAD, [*ROWS[:2], ("4", "Олег", "gut", "1", "2026-10-05", "")]
        )
    )
    assert room.wizard.look.known == "remembered"
    assert room.wizard.step == "result"


def test_back_and_escape_lead_out_without_a_trace(room, tmp_path: Path) -> None:
    room.drop(write_csv(tmp_path / "x.csv", HEAD, ROWS), "deals")
    map_strangers(room)
    room.enter(2)
    assert room.wizard.step == "people"
    for step in ("stages", "columns", "file"):
        QTest.keyClick(room.wizard, Qt.Key.Key_Escape)
        assert room.wizard.step == step
    QTest.keyClick(room.wizard, Qt.Key.Key_Escape)
    assert room.page.list_view.isVisible()
    assert not content(room.ws)["member"]


def test_repeated_rows_are_asked_about(room, tmp_path: Path) -> None:
    head = ("Номер сделки", "Менеджер", "Этап", "Сумма", "Дата создания", "Дата закрытия", "Товар")
    rows = [("1", "Олег", "Успешно", "100", "01.10.2026", "02.10.2026", f"т{n}") for n in range(2)]
    room.drop(write_csv(tmp_path / "x.csv", head, rows))
    room.enter()
    assert room.wizard.step == "stages"
    room.enter()
    assert "выберите" in room.wizard.error
    room.wizard.stages_step.sum.setChecked(True)
    room.enter()
    while room.wizard.step != "result":
        room.enter()
    outcome = room.wizard.look.outcome
    assert (outcome.created, outcome.duplicates) == (1, 1)
    room.enter()
    with room.ws.read() as connection:
        assert connection.exec_driver_sql("SELECT amount FROM deal").scalar() == 200_00


def test_doubtful_dates_are_asked_about(room, tmp_path: Path) -> None:
    rows = [amo_row(1, created="03/04/2026", closed="05/06/2026")]
    room.drop(amo(tmp_path / "a.csv", rows))
    assert room.wizard.step == "columns"
    room.wizard.columns_step.order.setCurrentIndex(1)
    room.enter(3)
    with room.ws.read() as connection:
        assert connection.exec_driver_sql("SELECT created FROM deal").scalar() == "2026-04-03"


def test_a_plan_of_one_metric(room, tmp_path: Path) -> None:
    head = ("Менеджер", "Месяц", "План")
    room.drop(write_csv(tmp_path / "p.csv", head, [("Олег", "11.2026", "500")]))
    assert room.wizard.look.spec.kind == "plan"
    row = room.wizard.columns_step._rows["metric"]
    row.choose(("metric", "calls"))
    room.enter(3)
    assert [tuple(r)[2:] for r in content(room.ws)["plan_value"]]
    assert import_list.imports(room.ws)[0].kind == "plan"


@pytest.mark.parametrize(
    ("name", "data"),
    [("e.csv", b""), ("p.csv", b"\x89PNG\r\n\x1a\n123"), ("t.xlsx", b"PK\x03\x04broken")],
)
def test_what_cannot_be_read_is_said_in_words(room, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    room.drop(tmp_path / name)
    assert room.wizard.error
    assert room.wizard.step == "file"
    assert not room.wizard.busy


def test_another_encoding_is_read_live(room, tmp_path: Path) -> None:
    room.drop(write_csv(tmp_path / "x.csv", ("Менеджер", "Этап"), [("Олег", "Успешно")],
                        encoding="cp1251"), "deals")  # fmt: skip
    step = room.wizard.file_step
    step.encoding.setCurrentIndex(step.encoding.findData("koi8-r"))
    room.wait()
    assert step.table.list_model.columns[1].title != "Менеджер"
    step.encoding.setCurrentIndex(step.encoding.findData("cp1251"))
    room.wait()
    assert step.table.list_model.columns[1].title == "Менеджер"


def test_cancel_leaves_everything_as_it_was(room, tmp_path: Path) -> None:
    room.drop(amo(tmp_path / "a.csv", [amo_row(n) for n in range(50)]))
    room.enter()
    before = content(room.ws)
    room.wizard.go_on()
    room.wizard._task.cancel()
    room.wait()
    assert content(room.ws) == before
    assert "ничего не изменено" in room.wizard.error
    assert room.wizard.step == "result"
    room.enter()
    assert len(content(room.ws)["deal"]) == 50


class CancelledProgress:
    """A progress whose person pressed Cancel once the writing began."""

    def total(self, count: int, words: str = "") -> None:
        pass

    def at(self, done: int, total: int) -> None:
        raise Cancelled


def test_cancel_while_writing_rolls_back(room, tmp_path: Path) -> None:
    room.drop(amo(tmp_path / "a.csv", [amo_row(n) for n in range(5)]))
    room.enter()
    wizard = room.wizard
    job = ImportJob(room.ws, wizard._session, wizard._spec, wizard._choice())
    before = content(room.ws)
    with pytest.raises(Cancelled):
        job(CancelledProgress())
    assert content(room.ws) == before
    assert history.undoable(room.ws) is None


def test_the_list_takes_an_import_back(room, tmp_path: Path) -> None:
    take(room.ws, amo(tmp_path / "a.csv", [amo_row(1)]))
    room.page.refresh()
    detail = room.page.list_view.detail
    detail.take_back()
    assert not content(room.ws)["deal"]
    assert import_list.imports(room.ws)[0].undone
    assert "отменён" in room.toasts[-1]
    first = take(room.ws, amo(tmp_path / "b.csv", [amo_row(2)]))
    take(room.ws, amo(tmp_path / "c.csv", [amo_row(2, amount="7")]))
    room.page.refresh()
    room.page.list_view.select(first.batch_id)
    detail.take_back()
    assert "Более поздний" in detail._error.text()
    assert len(content(room.ws)["deal"]) == 1


def test_suspicious_data_leads_to_its_rows(room, tmp_path: Path, qtbot) -> None:
    take(room.ws, amo(tmp_path / "a.csv", [amo_row(1, amount=""), amo_row(2)]))
    room.page.refresh()
    view = room.page.list_view
    view._links.itemAt(0).widget().click()
    qtbot.addWidget(view._dialog)
    assert [row.key for row in view._dialog.table.list_model.rows] == [1]
    view._dialog.close()


def test_the_watched_folder_brings_files_in(room, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    take(room.ws, amo(tmp_path / "a.csv", [amo_row(1)]))
    settings.change(room.ws, watched_folder=str(folder))
    watcher = Watcher(room.context)
    amo(folder / "b.csv", [amo_row(1, amount="3"), amo_row(2)])
    amo(folder / "c.csv", [amo_row(3, "Некто Новый")])
    for _ in range(3):
        watcher.look()
        room.wait()
    watcher.stop()
    assert len(content(room.ws)["deal"]) == 2
    said = " ".join(room.toasts)
    assert "b.csv" in said
    assert "Некто Новый" in said
    assert len(import_list.imports(room.ws)) == 2
    watcher.look()
    room.wait()
    assert len(room.toasts) == 2
    imports.take_back(room.ws, import_list.imports(room.ws)[0].id)
    watcher.look()
    room.wait()
    assert len(content(room.ws)["deal"]) == 1, "what was taken back does not come again by itself"
    assert len(team.team(room.ws).members) == 1


def test_a_file_that_waits_is_opened_from_the_page(room, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    take(room.ws, amo(tmp_path / "a.csv", [amo_row(1)]))
    settings.change(room.ws, watched_folder=str(folder))
    card = room.page.list_view.waiting
    assert card.isHidden()
    watcher = Watcher(room.context)
    files = [amo(folder / f"{name}.csv", [amo_row(3, f"Некто {name}")]) for name in "cde"]
    for _ in range(3):
        watcher.look()
        room.wait()
    assert not card.isHidden()
    assert list(card.buttons) == files
    files[2].unlink()
    watcher.look()
    room.wait()
    assert list(card.buttons) == files[:2]
    card.buttons[files[0]].click()
    room.wait()
    assert room.page._pages.currentWidget() is room.wizard
    people = room.wizard.look.people
    assert [person.name for person in people] == ["Некто c"]
    team.add(room.ws, Member(0, "Некто c", "", None))
    room.drop(files[0])
    room.enter(5)
    assert len(import_list.imports(room.ws)) == 2
    assert list(card.buttons) == files[1:2]
    watcher.stop()
    assert card.isHidden()


def test_a_file_that_cannot_be_read_does_not_show_the_one_before(room, tmp_path: Path) -> None:
    room.drop(write_csv(tmp_path / "x.csv", HEAD, ROWS), "deals")
    assert room.wizard.file_step.table.list_model.rows
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04broken")
    room.drop(tmp_path / "t.xlsx")
    step = room.wizard.file_step
    assert room.wizard.step == "file"
    assert not step.table.list_model.rows
    assert not step.encoding.isVisible()
    room.drop(write_csv(tmp_path / "y.csv", HEAD, ROWS), "deals")
    room.wizard.back()
    assert step.encoding.isVisible()
    assert step.header.isVisible()
