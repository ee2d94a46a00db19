"""One file: made whole, written by one, read by many, and trouble told in a sentence."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import describe, set_language
from ropdesk.store import errors, migrate, workspace
from ropdesk.store.errors import StorageError, told
from ropdesk.store.models import Setting
from ropdesk.store.workspace import Workspace, create, open_workspace
from tests.store.dumps import dump, whole_dump
from tests.store.places import close_to_writing, closed_folder, fill, small_disk

WRITE = """
import sys
from pathlib import Path
from ropdesk.store.models import Setting
from ropdesk.store.workspace import open_workspace
ws = open_workspace(Path(sys.argv[1]))
with ws.operation("Write") as operation:
    operation.session.add(Setting(key=sys.argv[2], value=""))
ws.close()
"""
LIMITED = """
import resource, sys
from pathlib import Path
from ropdesk.i18n import describe
from ropdesk.store.errors import StorageError
from ropdesk.store.models import Setting
from ropdesk.store.workspace import open_workspace
ws = open_workspace(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    with ws.operation("Too much") as operation:
        operation.session.add(Setting(key="big", value="y" * 3_000_000))
except StorageError as error:
    print(describe(error))
"""


def in_another_process(code: str, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, check=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    return done.stdout


def write(ws: Workspace, key: str, value: str = "") -> None:
    with ws.operation("Write") as operation:
        operation.session.add(Setting(key=key, value=value))


@pytest.fixture
def russian() -> Iterator[None]:
    set_language("ru")
    yield
    set_language("ru")


# -- creating and opening


def test_a_new_workspace_is_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "новая папка" / "отдел продаж.ropdesk"
    create(path).close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    open_workspace(path).close()


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(DomainError, match="already exists"):
        create(path)
    assert path.read_bytes() == b"mine"


def test_what_an_interrupted_creation_left_is_no_obstacle(path: Path) -> None:
    path.with_name(path.name + ".new").write_bytes(b"half of a file")
    create(path).close()
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="Choose another"):
        create(tmp_path / "file" / "a.ropdesk")


def test_creating_on_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick") as stick:
        fill(stick, 40_000)
        with pytest.raises(StorageError, match="disk is full"):
            create(stick / "a.ropdesk")
        assert [each.name for each in stick.iterdir()] == ["filler"]


def test_creating_in_a_closed_folder(tmp_path: Path) -> None:
    with closed_folder(tmp_path / "closed") as folder:
        close_to_writing(folder)
        with pytest.raises(StorageError, match=r"a\.ropdesk.*(folder|Choose)"):
            create(folder / "a.ropdesk")
        assert list(folder.iterdir()) == []


@pytest.mark.parametrize("make", ["missing", "folder"])
def test_opening_what_is_not_there(path: Path, make: str) -> None:
    if make == "folder":
        path.mkdir()
    with pytest.raises(StorageError, match="There is no workspace"):
        open_workspace(path)
    assert path.exists() is (make == "folder")


# -- one writer, many readers


def test_a_reader_sees_one_moment_and_waits_for_nobody(ws: Workspace) -> None:
    write(ws, "a")
    count = "SELECT count(*) FROM setting"
    with ws.read() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 1
        with ws.operation("Write") as operation:
            operation.session.add(Setting(key="b", value=""))
            operation.session.flush()
            with ws.read() as other:
                assert other.exec_driver_sql(count).scalar_one() == 1
        assert reader.exec_driver_sql(count).scalar_one() == 1
    with ws.read() as later:
        assert later.exec_driver_sql(count).scalar_one() == 2


def test_a_second_writer_waits_its_turn(ws: Workspace) -> None:
    started, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with ws.operation("First") as operation:
            operation.session.add(Setting(key="first", value=""))
            started.set()
            go_on.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    started.wait(10)
    assert ws.data_version() is None
    threading.Timer(0.2, go_on.set).start()
    write(ws, "second")
    thread.join()
    assert [row["key"] for row in dump(ws.path)["setting"]] == ["first", "second"]


def test_a_second_writer_that_waits_in_vain_is_told(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "WAIT_FOR_WRITER", 0.1)
    started, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with ws.operation("First") as operation:
            operation.session.add(Setting(key="first", value=""))
            started.set()
            go_on.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    started.wait(10)
    try:
        with pytest.raises(StorageError, match="An import is being written"):
            write(ws, "second")
    finally:
        go_on.set()
        thread.join()
    write(ws, "third")
    assert [row["key"] for row in dump(ws.path)["setting"]] == ["first", "third"]


def test_another_process_that_holds_the_file_is_waited_for_and_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(path).close()
    monkeypatch.setattr(workspace, "BUSY_TIMEOUT", 100)
    ws = open_workspace(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="Another program is writing"):
            write(ws, "a")
        other.execute("ROLLBACK")
    write(ws, "a")
    ws.close()


def test_a_write_of_another_process_is_noticed_and_ones_own_is_not(ws: Workspace) -> None:
    write(ws, "a")
    seen = ws.data_version()
    write(ws, "b")
    with ws.read() as connection:
        connection.exec_driver_sql("SELECT * FROM setting").all()
    assert ws.data_version() == seen
    in_another_process(WRITE, ws.path, "theirs")
    assert ws.data_version() != seen
    with ws.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM setting").scalar_one() == 3


def test_closing_folds_the_log_into_the_file(path: Path) -> None:
    ws = create(path)
    write(ws, "a")
    ws.close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


# -- trouble with the disk


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick") as stick:
        path = stick / "a.ropdesk"
        ws = create(path)
        write(ws, "a")
        before = whole_dump(path)
        fill(stick, 60_000)
        with pytest.raises(StorageError, match="disk is full"):
            write(ws, "big", "y" * 400_000)
        assert whole_dump(path) == before
        (stick / "filler").unlink()
        write(ws, "b")
        ws.close()
        assert [row["key"] for row in dump(path)["setting"]] == ["a", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size")
@pytest.mark.usefixtures("russian")
def test_a_file_that_may_not_grow_changes_nothing(path: Path) -> None:
    ws = create(path)
    write(ws, "a")
    ws.close()
    before = whole_dump(path)
    said = in_another_process(LIMITED, path)
    assert path.name in said
    assert "место" in said or "места" in said
    assert whole_dump(path) == before


def test_a_closed_folder_is_told_and_what_is_there_is_kept(tmp_path: Path) -> None:
    with closed_folder(tmp_path / "closed") as folder:
        path = folder / "a.ropdesk"
        ws = create(path)
        write(ws, "a")
        ws.close()
        before = path.read_bytes()
        close_to_writing(folder)
        with pytest.raises(StorageError, match=r"a\.ropdesk"):
            ws = open_workspace(path)
            write(ws, "b")
        assert path.read_bytes() == before


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize("mark", [mark for mark, _ in errors._ADVICE])
def test_known_trouble_is_told_in_russian_with_advice(mark: str) -> None:
    with pytest.raises(StorageError) as caught, told(Path("отдел.ropdesk")):
        raise sqlite3.OperationalError(mark)
    text = describe(caught.value)
    assert text.endswith(".")
    assert sqlite3.OperationalError.__name__ not in text
    assert not set("abcdefghijklmnoqstuvwxyz") & set(
        text.replace("ropdesk", "").replace("RopDesk", "")
    )


def test_unknown_trouble_is_not_swallowed() -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), told(Path("a")):
        raise sqlite3.OperationalError("no such table: x")


def test_a_truncated_workspace_is_told(path: Path) -> None:
    ws = create(path)
    write(ws, "a", "y" * 300_000)
    ws.close()
    path.write_bytes(path.read_bytes()[:150_000])
    with pytest.raises(StorageError, match="damaged"):
        ws = open_workspace(path)
        try:
            with ws.read() as connection:
                connection.exec_driver_sql("SELECT * FROM setting, change").all()
        finally:
            ws.close()


def test_a_newer_file_is_refused_before_anything_is_written(path: Path) -> None:
    create(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="Update the program"):
        open_workspace(path)
    assert path.read_bytes() == before
    assert migrate.HEAD != "9999"


def test_before_the_first_operation_nothing_can_be_written(path: Path) -> None:
    create(path).close()
    opened = open_workspace(path)
    try:
        with (
            pytest.raises(OperationalError, match="readonly"),
            opened._writer.begin() as connection,
        ):
            connection.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('a', 'b')")
        with opened.operation("Set") as operation:
            operation.conn.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('a', 'b')")
        with opened.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM change").scalar() == 1
    finally:
        opened.close()


def test_a_board_does_not_wait_for_the_tables_of_other_duties() -> None:
    code = (
        "import sys; from ropdesk.services import board; "
        "print(*sorted(m for m in sys.modules if m.startswith('ropdesk.store.models.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in ran.stdout.split()}
    assert loaded & {"marketing", "promotions", "voice", "director", "week"} == set()
