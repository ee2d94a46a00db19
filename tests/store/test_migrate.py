"""A migrated workspace is the models' schema; what is not ours or newer is refused."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from ropdesk.store import backup, migrate
from ropdesk.store.errors import StorageError
from ropdesk.store.workspace import create, open_workspace

RELEASED = Path(__file__).parent / "released"


def schema(path: Path) -> dict[tuple[str, str], object]:
    """Describe tables and indexes; the order of a table's parts does not matter."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master "
        "WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
    ).fetchall()
    connection.close()
    return {(kind, name): sorted(re.findall(r"\w+|[^\w\s]", sql)) for kind, name, sql in rows}


def empty_workspace(path: Path) -> None:
    """Make a file of ours from before the first schema."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
    connection.commit()
    connection.close()


def test_the_known_head_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrate.HEAD
    assert tuple(s.revision for s in scripts.walk_revisions())[::-1] == migrate.REVISIONS


def test_a_migrated_workspace_has_the_models_schema(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ropdesk", tmp_path / "new.ropdesk"
    empty_workspace(old)
    open_workspace(old).close()
    create(new).close()
    assert schema(old) == schema(new)


def released(path: Path, revision: str) -> None:
    """Make a workspace as a released version left it."""
    connection = sqlite3.connect(path)
    connection.executescript((RELEASED / f"{revision}.sql").read_text(encoding="utf-8"))
    connection.close()


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_a_released_workspace_is_migrated_with_all_it_holds(tmp_path: Path, revision: str) -> None:
    old, new = tmp_path / "old.ropdesk", tmp_path / "new.ropdesk"
    released(old, revision)
    before = dict(rows(old))
    workspace = open_workspace(old)
    with workspace.read() as connection:
        names = connection.exec_driver_sql("SELECT name FROM member ORDER BY id").scalars().all()
    workspace.close()
    assert "Петров Алексей" in names
    after = dict(rows(old))
    for table, held in before.items():  # a table may have gained columns
        kept = [
            {name: row[name] for name in was} for row, was in zip(after[table], held, strict=True)
        ]
        assert kept == held, table
    create(new).close()
    assert schema(old) == schema(new)
    backup.verify(old)


def rows(path: Path) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Read every table of a file, each row by its columns' names."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name <> 'alembic_version'"
        ).fetchall()
        for (table,) in tables:
            found = connection.execute(f"SELECT * FROM {table} ORDER BY 1")
            yield table, [dict(row) for row in found]


def test_a_backup_comes_before_a_migration(tmp_path: Path) -> None:
    old = tmp_path / "old.ropdesk"
    empty_workspace(old)
    open_workspace(old).close()
    kept = backup.made(old)
    assert [each.stem.rpartition("_")[2] for each in kept] == ["migration"]
    connection = sqlite3.connect(kept[0])
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()


def test_a_newer_workspace_is_refused_and_untouched(path: Path) -> None:
    create(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer RopDesk"):
        open_workspace(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"\x89PNG\r\n\x1a\n"])
def test_what_is_not_a_workspace_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StorageError, match="not a RopDesk workspace"):
        open_workspace(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE note (text)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match="not a RopDesk workspace"):
        open_workspace(path)


def test_a_damaged_workspace_is_said_to_be_damaged(path: Path) -> None:
    workspace = create(path)
    with workspace.operation("Fill") as operation:
        operation.conn.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES ('x', ?)", ("y" * 200_000,)
        )
    workspace.close()
    content = bytearray(path.read_bytes())
    content[4096:40960] = b"\xff" * (40960 - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StorageError, match="damaged"):
        backup.verify(path)
