"""Backups: consistent copies by SQLite's own API, verified before they count, rotated."""

import contextlib
import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ropdesk.domain.errors import N_
from ropdesk.store import migrate
from ropdesk.store.errors import StorageError, told

KEEP_NEWEST = 10
KEEP_DAYS = 14
KEEP_WEEKS = 8
KEEP_MONTHS = 12
_STAMP = "%Y-%m-%d_%H%M%S"


def folder(path: Path) -> Path:
    """Return where a workspace's backups lie: beside it."""
    return path.with_name(path.stem + ".backups")


def copy(path: Path, target: Path) -> None:
    """Write a consistent, verified copy; the target appears only when it is whole.

    Raises:
        StorageError: the source is damaged or the target cannot be written.
    """
    partial = target.with_name(target.name + ".part")
    with told(path):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(b"")  # or SQLite's word about it would name the source
            with (
                contextlib.closing(_connect(path)) as source,
                contextlib.closing(sqlite3.connect(partial)) as sink,
            ):
                source.backup(sink)
                sink.execute("PRAGMA journal_mode = DELETE")
            verify(partial)
            _flush(partial)
            partial.replace(target)
        except OSError as error:
            raise StorageError(
                N_("«{file}» cannot be written. Check the folder and the free space."),
                file=str(target),
            ) from error
        finally:
            # A disk that fills in the middle leaves SQLite's own journal of the half copy too.
            for rest in (partial, partial.with_name(partial.name + "-journal")):
                if rest.exists():
                    rest.unlink()


def _connect(path: Path, timeout: float = 5) -> sqlite3.Connection:
    """Connect to a file that is there: a plain connect would make an empty one."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def verify(path: Path) -> None:
    """Check that a file is a whole workspace that this program can read.

    Raises:
        StorageError: it is not.
    """
    with told(path), contextlib.closing(_connect(path)) as connection:
        migrate.stored_revision(connection, path)
        problems = connection.execute("PRAGMA integrity_check(3)").fetchall()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if problems != [("ok",)] or broken is not None:
        raise StorageError(
            N_("«{file}» is damaged. Restore the last backup: nothing else was changed."),
            file=path.name,
        )


def make(path: Path, why: str) -> Path:
    """Make a backup beside the workspace and rotate the old ones; return its path."""
    target = folder(path) / f"{datetime.now().strftime(_STAMP)}_{why}.ropdesk"  # noqa: DTZ005 - the user's clock
    copy(path, target)
    for old in superseded(made(path)):
        old.unlink(missing_ok=True)
    return target


def made(path: Path) -> list[Path]:
    """List a workspace's backups, newest first; files of other names are not ours to rotate."""
    return sorted(filter(_is_ours, folder(path).glob("*.ropdesk")), reverse=True)


def _is_ours(file: Path) -> bool:
    try:
        moment(file)
    except ValueError:
        return False
    return file.name[17] == "_"


def moment(backup: Path) -> datetime:
    """Read when a backup was made from its name, in the user's clock."""
    return datetime.strptime(backup.name[:17], _STAMP)  # noqa: DTZ007 - the user's clock


def superseded(backups: Iterable[Path]) -> list[Path]:
    """Choose what rotation lets go: all but the newest few and one a day, week and month."""
    newest_first = sorted(backups, reverse=True)
    keep = set(newest_first[:KEEP_NEWEST])
    for limit, period in ((KEEP_DAYS, "%Y-%m-%d"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        seen: dict[str, Path] = {}
        for item in newest_first:
            seen.setdefault(moment(item).strftime(period), item)
        keep.update(list(seen.values())[:limit])
    return [item for item in newest_first if item not in keep]


def restore(path: Path, source: Path) -> Path | None:
    """Put a backup in a workspace's place; the replaced one is backed up first.

    The new file is prepared aside and takes the name in one step, so at any moment the name holds
    a whole workspace. Nobody may have the workspace open.

    Returns:
        The backup of what was replaced, or None if there was nothing (or nothing readable).

    Raises:
        StorageError: the backup is damaged or newer, or the workspace is open.
    """
    if not source.is_file():
        raise StorageError(N_("There is no backup «{file}»."), file=str(source))
    verify(source)
    partial = path.with_name(path.name + ".restored")
    copy(source, partial)
    before = None
    try:
        if path.exists():
            before = _set_aside(path)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return before


def _set_aside(path: Path) -> Path | None:
    """Back up what will be replaced and make sure that nobody holds it open."""
    try:
        with contextlib.closing(_connect(path, timeout=0.5)) as connection:
            # Leaving WAL mode succeeds only for the sole user of a file, and removes the log that
            # would otherwise be replayed onto the restored one.
            connection.execute("PRAGMA journal_mode = DELETE")
        verify(path)
    except (sqlite3.DatabaseError, StorageError) as error:
        if "locked" in str(error):
            raise StorageError(
                N_("«{file}» is open. Close it and repeat."), file=path.name
            ) from error
        return _keep_damaged(path)
    return make(path, "restore")


def _keep_damaged(path: Path) -> Path:
    """Keep a file that cannot be read as it is, under another name: it may still be of use."""
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
    try:
        for suffix in ("", "-wal"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                aside.with_name(aside.name + suffix).write_bytes(part.read_bytes())
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            N_("«{file}» cannot be written. Check the folder and the free space."),
            file=str(aside),
        ) from error
    return aside
