"""Copies are whole, rotation keeps what it promises, restoring puts back exactly what was kept."""

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.services import backups, history
from ropdesk.store import backup
from ropdesk.store.errors import StorageError
from ropdesk.store.models import Setting
from ropdesk.store.workspace import Workspace, create, open_workspace
from tests.store.dumps import dump, whole_dump
from tests.store.places import fill, small_disk

HOLD = """
import sys
from pathlib import Path
from ropdesk.store.workspace import open_workspace
ws = open_workspace(Path(sys.argv[1]))
with ws.operation("Hold"):
    pass
print("held", flush=True)
sys.stdin.readline()
ws.close()
"""


def write(ws: Workspace, key: str, value: str = "") -> None:
    with ws.operation("Write") as operation:
        operation.session.add(Setting(key=key, value=value))


def spoil(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    content[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(bytes(content))
    return bytes(content)


def test_a_copy_made_while_others_write_is_consistent(ws: Workspace, tmp_path: Path) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            with ws.operation("Pair") as operation:
                operation.session.add_all(
                    [Setting(key=f"{number}{side}", value="x" * 5000) for side in "ab"]
                )
            number += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(8):
            target = tmp_path / f"{number}.copy"
            backup.copy(ws.path, target)
            keys = [row["key"] for row in dump(target)["setting"]]
            assert len(keys) % 2 == 0
    finally:
        stop.set()
        writer.join()
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_carries_the_history(ws: Workspace, tmp_path: Path) -> None:
    write(ws, "a")
    write(ws, "b")
    history.undo(ws)
    backup.copy(ws.path, tmp_path / "copy")
    again = open_workspace(tmp_path / "copy")
    history.redo(again)
    again.close()
    assert [row["key"] for row in dump(tmp_path / "copy")["setting"]] == ["a", "b"]


def test_a_damaged_workspace_is_not_copied(ws: Workspace, path: Path, tmp_path: Path) -> None:
    write(ws, "a", "y" * 200_000)
    ws.close()
    target = tmp_path / "copy"
    target.write_bytes(b"an older copy")
    spoil(path)
    with pytest.raises(StorageError, match="damaged"):
        backup.copy(path, target)
    assert target.read_bytes() == b"an older copy"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy", path.name]


def test_copying_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"):
        backup.copy(tmp_path / "none.ropdesk", tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_named(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match=r"file/copy» cannot be written"):
        backup.copy(ws.path, tmp_path / "file" / "copy")


def test_a_full_disk_takes_no_half_copy(ws: Workspace, tmp_path: Path) -> None:
    write(ws, "a", "y" * 900_000)
    with small_disk(tmp_path / "stick") as stick:
        fill(stick, 300_000)
        with pytest.raises(StorageError, match="disk is full"):
            backup.copy(ws.path, stick / "copy")
        assert [each.name for each in stick.iterdir()] == ["filler"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(5000), b"\xff" * 9000])
def test_what_is_not_a_workspace_fails_verification(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.ropdesk"
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"a\.ropdesk"):
        backup.verify(file)
    assert file.read_bytes() == content


# -- rotation


def named(moment: datetime) -> Path:
    return Path(f"{moment:%Y-%m-%d_%H%M%S}_daily.ropdesk")


def test_one_backup_a_day_for_years_leaves_days_weeks_and_months() -> None:
    last = datetime(2026, 11, 21, 18)  # noqa: DTZ001 - names carry the user's clock
    all_days = [named(last - timedelta(days=n)) for n in range(800)]
    kept = sorted(set(all_days) - set(backup.superseded(all_days)), reverse=True)
    assert kept[:14] == all_days[:14]
    assert [f"{backup.moment(each):%d.%m.%Y}" for each in kept[14:]] == [
        # Sundays that end the weeks before the last fourteen days, then the ends of months.
        "01.11.2026", "31.10.2026", "25.10.2026", "18.10.2026", "11.10.2026", "04.10.2026",
        "30.09.2026", "31.08.2026", "31.07.2026", "30.06.2026", "31.05.2026", "30.04.2026",
        "31.03.2026", "28.02.2026", "31.01.2026", "31.12.2025",
    ]  # fmt: skip


def test_many_backups_a_day_leave_the_newest_ten() -> None:
    start = datetime(2026, 11, 21, 8)  # noqa: DTZ001
    one_day = [named(start + timedelta(minutes=n)) for n in range(50)]
    assert sorted(set(one_day) - set(backup.superseded(one_day))) == one_day[-10:]


MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
    unique=True,
    max_size=120,
)


@given(MOMENTS)
def test_rotation_keeps_exactly_what_it_promises(moments: list[datetime]) -> None:
    files = [named(each) for each in moments]
    gone = backup.superseded(files)
    newest_first = sorted(moments, reverse=True)
    wanted = set(newest_first[:10])
    for count, period in ((14, "%Y-%m-%d"), (8, "%G-%V"), (12, "%Y-%m")):
        newest_of: dict[str, datetime] = {}
        for each in newest_first:
            newest_of.setdefault(each.strftime(period), each)
        wanted |= set(sorted(newest_of.values(), reverse=True)[:count])
    assert set(files) - set(gone) == {named(each) for each in wanted}
    kept = [file for file in files if file not in gone]
    assert backup.superseded(kept) == []


def test_making_a_backup_rotates_ours_and_leaves_strangers(ws: Workspace, path: Path) -> None:
    folder = backup.folder(path)
    folder.mkdir()
    start = datetime(2020, 1, 1, 8)  # noqa: DTZ001
    for n in range(40):
        (folder / named(start + timedelta(minutes=n))).write_bytes(b"old")
    strangers = ["до отпуска.ropdesk", "2026-10-05 копия.ropdesk", "notes.txt"]
    for name in strangers:
        (folder / name).write_bytes(b"mine")
    made = backup.make(path, "daily")
    assert backup.made(path)[0] == made
    assert len(backup.made(path)) == 10
    assert all((folder / name).read_bytes() == b"mine" for name in strangers)
    assert [each.why for each in backups.backups(path)] == ["daily"] * 10


# -- restoring


def test_restoring_gives_exactly_what_was_kept(ws: Workspace, path: Path) -> None:
    write(ws, "a")
    kept = backup.make(path, "daily")
    then = whole_dump(path)
    write(ws, "b")
    now = whole_dump(path)
    ws.close()
    before = backup.restore(path, kept)
    assert whole_dump(path) == then
    assert before is not None
    assert whole_dump(before) == now
    again = open_workspace(path)
    write(again, "c")
    again.close()
    assert [row["key"] for row in dump(path)["setting"]] == ["a", "c"]


def test_restoring_where_nothing_is(ws: Workspace, path: Path, tmp_path: Path) -> None:
    write(ws, "a")
    kept = backup.make(path, "daily")
    target = tmp_path / "new" / "other.ropdesk"
    target.parent.mkdir()
    assert backup.restore(target, kept) is None
    assert whole_dump(target) == whole_dump(path)


def test_an_open_workspace_is_not_replaced(ws: Workspace, path: Path) -> None:
    write(ws, "a")
    kept = backup.make(path, "daily")
    write(ws, "b")
    now = whole_dump(path)
    with pytest.raises(StorageError, match="is open"):
        backup.restore(path, kept)
    assert whole_dump(path) == now
    write(ws, "c")
    assert not path.with_name(path.name + ".restored").exists()


def test_a_workspace_open_in_another_process_is_not_replaced(path: Path) -> None:
    create(path).close()
    kept = backup.make(path, "daily")
    now = whole_dump(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StorageError, match="is open"):
            backup.restore(path, kept)
        holder.communicate("\n", timeout=30)
    assert whole_dump(path) == now
    backup.restore(path, kept)


@pytest.mark.parametrize("trouble", ["spoilt", "cut", "other", "missing", "newer"])
def test_a_bad_backup_is_refused(ws: Workspace, path: Path, trouble: str) -> None:
    write(ws, "a", "y" * 200_000)
    kept = backup.make(path, "daily")
    write(ws, "b")
    ws.close()
    if trouble == "spoilt":
        spoil(kept)
    elif trouble == "cut":
        kept.write_bytes(kept.read_bytes()[:100_000])
    elif trouble == "other":
        kept.write_bytes(b"ID;Name\n1;2\n" * 1000)
    elif trouble == "missing":
        kept.unlink()
    else:
        newer = open_workspace(kept)
        with newer.replaying() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        newer.close()
    now = path.read_bytes()
    with pytest.raises(StorageError, match="daily"):
        backup.restore(path, kept)
    assert path.read_bytes() == now
    assert not path.with_name(path.name + ".restored").exists()


def test_a_damaged_workspace_is_replaced_and_kept_aside(ws: Workspace, path: Path) -> None:
    write(ws, "a", "y" * 200_000)
    kept = backup.make(path, "daily")
    then = whole_dump(path)
    ws.close()
    first = spoil(path)
    aside = backup.restore(path, kept)
    assert aside is not None
    assert aside.read_bytes()[100:] == first[100:]  # the header alone tells the journal's mode
    assert whole_dump(path) == then
    path.write_bytes(b"something else")
    second = backup.restore(path, kept)
    assert second is not None
    assert second.read_bytes() == b"something else"
    assert aside.read_bytes()[100:] == first[100:]
    assert whole_dump(path) == then


def test_a_full_disk_restores_nothing_and_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", "3m") as stick:
        path = stick / "department.ropdesk"
        made = create(path)
        write(made, "a", "y" * 400_000)
        made.close()
        kept = tmp_path / "kept.ropdesk"
        backup.copy(path, kept)
        now = whole_dump(path)
        fill(stick, 900_000)  # room for the restored file, not for a backup of the replaced one
        with pytest.raises(StorageError, match="disk is full"):
            backup.restore(path, kept)
        assert whole_dump(path) == now
        assert not list(stick.glob("*damaged*"))
