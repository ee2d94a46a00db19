"""A window over real workspaces: opening, others' changes, undo, backups, and what goes wrong."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton

from ropdesk import paths
from ropdesk.domain.team import Member
from ropdesk.services import team
from ropdesk.store import backup
from ropdesk.store.workspace import create, open_workspace
from ropdesk.ui.instance import Instance
from ropdesk.ui.pages import PAGES
from ropdesk.ui.theme import Theme
from ropdesk.ui.widgets.banner import Banner
from ropdesk.ui.window_desk import Desk, today
from ropdesk.ui.window_memory import WindowMemory
from tests.store.places import close_to_writing, closed_folder, fill, small_disk

HOLDER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ropdesk.ui.instance import Instance
application = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print(instance.hold(), flush=True)
instance.raise_wanted.connect(lambda: print("raised", flush=True))
if sys.argv[2:] != ["once"]:
    application.exec()
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let every test begin as on a computer that has never seen the program."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable))
    return tmp_path / "home"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "отдел.ropdesk"
    create(file).close()
    return file


@pytest.fixture
def make_desk(qtbot, theme: Theme) -> Iterator[Callable[[], Desk]]:
    made: list[Desk] = []

    def make() -> Desk:
        desk = Desk(theme, WindowMemory())
        desk.window.show()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.runner.close()
        desk.window.close()
        desk.window.deleteLater()
        desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()


def settle(qtbot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.busy, timeout=20_000)
    QCoreApplication.processEvents()


def names(desk: Desk) -> list[str]:
    assert desk.workspace is not None
    people = team.team(desk.workspace)
    return sorted(member.name for member in people.members.values() if member.id != people.nobody)


def said(desk: Desk) -> str:
    page = desk.window.current_page
    assert page is not None
    return page.findChild(Banner).text


def drop(desk: Desk, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    desk.window.dropEvent(event)


def command(path: Path, *arguments: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "ropdesk", "--workspace", str(path), *map(str, arguments)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip


def visit_all(desk: Desk) -> None:
    for name in PAGES:
        desk.window.show_page(name)
        page = desk.window.page(name)
        for view in page.view_names:
            page.show_view(view)
        QCoreApplication.processEvents()
    desk.window.show_page("planning")


def whys(path: Path) -> list[str]:
    return [each.stem.rpartition("_")[2] for each in backup.made(path)]


# -- opening


def test_a_first_start_welcomes(desk: Desk) -> None:
    desk.begin()
    assert desk.window.current_page_name == "welcome"
    assert desk.workspace is None
    assert said(desk) == ""


def test_a_workspace_opens_with_its_name_and_is_remembered(qtbot, desk: Desk, path: Path) -> None:
    desk.first = path
    desk.begin()
    assert desk.window.windowTitle() == "отдел — RopDesk"
    assert desk.window.current_page_name == "today"
    assert paths.preferences().recent == (path,)
    settle(qtbot, desk)


def test_the_last_workspaces_are_offered_and_open(
    qtbot, desk: Desk, path: Path, tmp_path: Path
) -> None:
    second = tmp_path / "второй.ropdesk"
    create(second).close()
    gone = tmp_path / "удалён.ropdesk"
    for each in (gone, second, path):
        paths.remember(each)
    desk.show_welcome()
    page = desk.window.current_page
    offered = [b for b in page.findChildren(QPushButton) if str(tmp_path) in b.text()]
    assert [b.text().split()[0] for b in offered] == ["отдел", "второй"]
    offered[1].click()
    assert desk.workspace is not None
    assert desk.workspace.path == second
    assert paths.preferences().recent[0] == second
    settle(qtbot, desk)


def test_a_new_workspace_is_made_and_an_existing_file_is_kept(
    qtbot, desk: Desk, tmp_path: Path
) -> None:
    desk.create(tmp_path / "новый.ropdesk")
    assert desk.workspace is not None
    settle(qtbot, desk)
    other = tmp_path / "занято.ropdesk"
    other.write_bytes(b"mine")
    desk.create(other)
    assert other.read_bytes() == b"mine"
    assert "занято.ropdesk" in said(desk)
    assert desk.workspace.path.name == "новый.ropdesk"
    assert desk.window.current_page_name == "today"


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(bytes(content))


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (damaged, "повреждён"),
        (newer, "новой версией"),
        (lambda path: path.write_bytes(b"ID;Name\n"), "не файл RopDesk"),
        (Path.unlink, "нет"),
    ],
)
def test_what_cannot_be_opened_is_explained_on_the_welcome_page(
    desk: Desk, path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    desk.first = path
    desk.begin()
    assert desk.window.current_page_name == "welcome"
    assert words in said(desk)
    assert path.name in said(desk)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_bad_file_leaves_the_workspace_shown_alone(
    qtbot, desk: Desk, path: Path, tmp_path: Path
) -> None:
    desk.open(path)
    settle(qtbot, desk)
    bad = tmp_path / "плохой.ropdesk"
    bad.write_bytes(b"ID;Name\n")
    drop(desk, bad)
    assert desk.window.current_page_name == "today"
    assert "плохой.ropdesk" in said(desk)
    assert names(desk) == []


def test_opening_the_workspace_that_is_shown_changes_nothing(qtbot, desk: Desk, path: Path) -> None:
    desk.open(path)
    settle(qtbot, desk)
    shown = desk.workspace
    drop(desk, path)
    assert desk.workspace is shown
    assert desk.window.isVisible()


def test_another_workspace_takes_the_place_of_the_first(
    qtbot, desk: Desk, path: Path, tmp_path: Path
) -> None:
    desk.open(path)
    visit_all(desk)
    settle(qtbot, desk)
    assert desk.workspace is not None
    team.add(desk.workspace, Member(0, "Анна"))
    QCoreApplication.processEvents()
    second = tmp_path / "второй.ropdesk"
    create(second).close()
    drop(desk, second)
    visit_all(desk)
    settle(qtbot, desk)
    assert desk.window.windowTitle() == "второй — RopDesk"
    assert names(desk) == []
    assert "closing" in whys(path)
    assert Instance(path).hold()


# -- one window per workspace


def test_a_second_instance_raises_the_first(qtbot, path: Path) -> None:
    first, second = Instance(path), Instance(path)
    assert first.hold()
    with qtbot.waitSignal(first.raise_wanted, timeout=5000):
        assert not second.hold()
    first.release()
    assert second.hold()
    second.release()


def test_a_second_window_gives_way_to_the_first(
    qtbot, make_desk: Callable[[], Desk], path: Path
) -> None:
    first = make_desk()
    first.open(path)
    settle(qtbot, first)
    second = make_desk()
    second.first = path
    with qtbot.waitSignal(first._instance.raise_wanted, timeout=5000):
        second.begin()
    assert not second.window.isVisible()
    assert first.window.isVisible()


def test_a_window_with_a_workspace_stays_when_the_wanted_one_is_open_elsewhere(
    qtbot, make_desk: Callable[[], Desk], path: Path, tmp_path: Path
) -> None:
    first, second = make_desk(), make_desk()
    first.open(path)
    settle(qtbot, first)
    second.create(tmp_path / "второй.ropdesk")
    settle(qtbot, second)
    with qtbot.waitSignal(first._instance.raise_wanted, timeout=5000):
        second.open(path)
    assert second.window.isVisible()
    assert second.workspace.path.name == "второй.ropdesk"


def test_a_start_in_another_process_raises_this_window(qtbot, desk: Desk, path: Path) -> None:
    desk.open(path)
    settle(qtbot, desk)
    desk.window.showMinimized()
    with (
        qtbot.waitSignal(desk._instance.raise_wanted, timeout=20_000),
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path), "once"], stdout=subprocess.PIPE, text=True
        ) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=20_000)
        assert other.stdout.read() == "False\n"
    assert not desk.window.isMinimized()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_the_lock_of_a_killed_process_is_taken_over(qtbot, desk: Desk, path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "True\n"
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait(20)
    assert path.with_name(path.name + ".lock").exists()
    desk.open(path)
    assert desk.workspace is not None
    settle(qtbot, desk)


# -- changes


def test_undo_and_redo_say_what_they_did(qtbot, desk: Desk, path: Path) -> None:
    desk.open(path)
    settle(qtbot, desk)
    team.add(desk.workspace, Member(0, "Анна"))
    desk.registry.run("app.undo")
    qtbot.waitUntil(lambda: names(desk) == [], timeout=5000)
    settle(qtbot, desk)
    assert "Отменено" in desk.window._toast.text
    assert "Анна" in desk.window._toast.text
    desk.registry.run("app.redo")
    qtbot.waitUntil(lambda: names(desk) == ["Анна"], timeout=5000)
    settle(qtbot, desk)
    assert "Анна" in desk.window._toast.text
    desk.registry.run("app.redo")
    qtbot.waitUntil(lambda: "Анна" not in desk.window._toast.text, timeout=5000)
    assert names(desk) == ["Анна"]


def test_a_change_of_another_process_is_shown(qtbot, desk: Desk, path: Path) -> None:
    desk.open(path)
    settle(qtbot, desk)
    desk.window.show_page("team")
    people = path.with_name("люди.csv")
    people.write_text("ФИО;Должность\nВера Новикова;менеджер\n", encoding="utf-8")
    command(path, "import", "members", people, "--map", "name=ФИО")

    def shown() -> bool:
        page = desk.window.page("team")
        texts = [label.text() for label in page.findChildren(QLabel)]
        for view in page.findChildren(_table_view()):
            model = view.model()
            if model is not None:
                texts += [
                    str(model.index(r, c).data())
                    for r in range(model.rowCount())
                    for c in range(model.columnCount())
                ]
        return any("Вера Новикова" in text for text in texts)

    qtbot.waitUntil(shown, timeout=10_000)


def _table_view() -> type:
    from PySide6.QtWidgets import QAbstractItemView

    return QAbstractItemView


# -- files


def test_a_dropped_file_goes_to_the_imports(qtbot, desk: Desk, path: Path, tmp_path: Path) -> None:
    desk.open(path)
    settle(qtbot, desk)
    file = tmp_path / "сделки.csv"
    file.write_text("ID;Ответственный;Этап\n1;Анна;Новая\n", encoding="utf-8")
    drop(desk, file)
    assert desk.window.current_page_name == "imports"
    settle(qtbot, desk)
    assert desk.window.current_page.wizard.look is not None
    assert names(desk) == []


def test_a_file_dropped_before_there_is_a_workspace_is_answered(desk: Desk, tmp_path: Path) -> None:
    desk.begin()
    file = tmp_path / "сделки.csv"
    file.write_text("ID\n1\n", encoding="utf-8")
    drop(desk, file)
    assert "сделки.csv" in said(desk)


# -- backups


def test_the_first_opening_of_a_day_makes_a_backup_and_the_second_none(
    qtbot, make_desk: Callable[[], Desk], path: Path
) -> None:
    for _time in range(2):
        desk = make_desk()
        desk.open(path)
        settle(qtbot, desk)
        desk.window.close()
    assert whys(path) == ["daily"]
    assert backup.moment(backup.made(path)[0]).date() == today()


def test_closing_after_a_change_makes_a_backup(qtbot, desk: Desk, path: Path) -> None:
    folder = backup.folder(path)
    folder.mkdir()
    backup.copy(path, folder / f"{today():%Y-%m-%d}_000000_daily.ropdesk")
    desk.open(path)
    settle(qtbot, desk)
    team.add(desk.workspace, Member(0, "Анна"))
    QCoreApplication.processEvents()
    desk.window.close()
    assert desk.workspace is None
    assert sorted(whys(path)) == ["closing", "daily"]
    assert not path.with_name(path.name + "-wal").exists()
    kept = open_workspace(backup.made(path)[0])
    assert len(team.team(kept).members) == 1
    kept.close()


def test_strangers_among_the_backups_are_no_obstacle(qtbot, desk: Desk, path: Path) -> None:
    folder = backup.folder(path)
    folder.mkdir()
    (folder / "до отпуска.ropdesk").write_bytes(b"mine")
    desk.open(path)
    settle(qtbot, desk)
    assert whys(path) == ["daily"]
    assert isinstance(today(), date)


# -- disks that resist


def test_a_closed_folder_is_explained(qtbot, desk: Desk, tmp_path: Path) -> None:
    with closed_folder(tmp_path / "закрыта") as folder:
        file = folder / "отдел.ropdesk"
        create(file).close()
        before = file.read_bytes()
        close_to_writing(folder)
        desk.first = file
        desk.begin()
        settle(qtbot, desk)
        assert desk.window.current_page_name == "welcome"
        assert file.name in said(desk)
        assert file.read_bytes() == before
        desk.window.close()


def test_a_full_disk_keeps_no_window_open(
    qtbot, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with small_disk(tmp_path / "stick", "4m") as stick:
        file = stick / "отдел.ropdesk"
        create(file).close()
        desk.open(file)
        settle(qtbot, desk)
        team.add(desk.workspace, Member(0, "Анна"))
        QCoreApplication.processEvents()
        fill(stick, 60_000)
        desk.window.close()
        assert desk.workspace is None
        assert "no backup on closing" in caplog.text
        kept = open_workspace(file)
        assert [m.name for m in team.team(kept).members.values()] == ["Анна"]
        kept.close()
