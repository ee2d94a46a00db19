"""A workspace: one SQLite file, one writer, readers that never wait for it."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from ropdesk.domain.errors import N_, DomainError
from ropdesk.store import backup, journal, migrate, models
from ropdesk.store.errors import StorageError, told
from ropdesk.store.journal import Changed

WAIT_FOR_WRITER = 5.0  # seconds: longer than any edit, shorter than patience
BUSY_TIMEOUT = 5_000  # milliseconds that SQLite waits for another process


@dataclass(slots=True)
class Operation:
    """A running operation: what services write through.

    ``touch`` names tables whose rows were written silently (imports); ``fields`` may be filled
    while the operation runs, so that its label can tell the outcome. What only left a note (an
    import of what was there already) is not ``undoable``: undo passes over it.
    """

    id: int
    conn: Connection
    session: Session
    fields: dict[str, Any]
    touched: set[str] = field(default_factory=set)
    undoable: bool = True

    def touch(self, *tables: str) -> None:
        """Name tables that were changed without the journal."""
        self.touched.update(tables)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Write rows that an import batch accounts for, unlogged."""
        self.session.flush()
        with journal.silent(self.conn, self.id):
            yield
            self.session.flush()


def now() -> str:
    """Return the moment as stored: UTC, ISO, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


class Workspace:
    """An open workspace. Create with `create` or `open_workspace`; close when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Changed], None]] = []
        self._armed = False  # whether the writer's connection has its journal
        self._writer = self._engine(writer=True)
        self._reader = self._engine(writer=False)

    def _engine(self, *, writer: bool) -> Engine:
        engine = create_engine(
            URL.create("sqlite", database=str(self.path)),
            poolclass=StaticPool if writer else QueuePool,
            connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT / 1000},
        )

        @event.listens_for(engine, "connect")
        def _connect(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None  # BEGIN is ours, not the driver's
            cursor = connection.cursor()
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA synchronous = FULL")
            cursor.execute("PRAGMA recursive_triggers = ON")  # or REPLACE deletes unlogged
            cursor.execute("PRAGMA cache_size = -65536")
            cursor.execute("PRAGMA temp_store = MEMORY")
            if writer:
                cursor.execute("PRAGMA journal_mode = WAL")
                self._armed = False
            cursor.execute("PRAGMA query_only = ON")

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

        return engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a read-only connection with one consistent view of the data."""
        with told(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def operation(self, label: str, **fields: Any) -> Iterator[Operation]:
        """Run one undoable operation; commit it, then tell the listeners what changed.

        Args:
            label: English msgid of the history line, marked with `N_`.
            **fields: values that fill the label.

        Raises:
            StorageError: another operation (an import) is writing, or the file cannot be written.
        """
        with self._writing(), self._writer.connect() as connection:
            transaction = connection.begin()
            try:
                running = self._begin(connection, label, fields)
                with Session(connection, expire_on_commit=False, autoflush=False) as session:
                    running.session = session
                    yield running
                    session.flush()
                changed = self._finish(running, label)
            except BaseException:
                transaction.rollback()
                raise
            if changed is None:  # leave no empty line in the history, and keep the redo
                transaction.rollback()
                return
            transaction.commit()
        self.tell(changed)

    def _begin(self, connection: Connection, label: str, fields: dict[str, Any]) -> Operation:
        operation_id = connection.exec_driver_sql(
            "INSERT INTO operation (label, fields, at, state) VALUES (?, '{}', ?, 'done')",
            (label, now()),
        ).lastrowid
        journal.set_mode(connection, "log", operation_id)
        return Operation(operation_id, connection, Session(connection), dict(fields))

    def _finish(self, running: Operation, label: str) -> Changed | None:
        tables = journal.touched(running.conn, running.id)
        tables |= {name: frozenset() for name in running.touched}
        if running.undoable:  # what was undone cannot come back over what is done now
            running.conn.exec_driver_sql(
                "UPDATE operation SET state = 'dropped' WHERE state = 'undone'"
            )
        running.conn.exec_driver_sql(
            "UPDATE operation SET fields = ?, state = ? WHERE id = ?",
            (
                json.dumps(running.fields, ensure_ascii=False, default=str),
                "done" if running.undoable else "noted",
                running.id,
            ),
        )
        journal.set_mode(running.conn, "idle", None)
        return Changed(tables, label, running.fields, running.id) if tables else None

    @contextmanager
    def replaying(self) -> Iterator[Connection]:
        """Give the writer's connection in silent mode, for undo, redo and their batches."""
        with self._writing(), self._writer.begin() as connection:
            journal.set_mode(connection, "silent", None)
            yield connection
            journal.set_mode(connection, "idle", None)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=WAIT_FOR_WRITER):
            raise StorageError(N_("An import is being written. Repeat when it has finished."))
        try:
            with told(self.path):
                self._arm()
                yield
        finally:
            self._lock.release()

    def _arm(self) -> None:
        """Give the writer's connection its journal, and let it write from now on."""
        with self._raw_writer() as cursor:
            if not self._armed:
                cursor.execute("PRAGMA query_only = OFF")
                journal.install(cursor)
                self._armed = True

    @contextmanager
    def _raw_writer(self) -> Iterator[sqlite3.Cursor]:
        raw = self._writer.raw_connection()
        try:
            yield cast("sqlite3.Cursor", raw.cursor())
        finally:
            raw.close()

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        """Call ``listener`` after every commit, in the thread that committed."""
        self._listeners.append(listener)

    def tell(self, changed: Changed) -> None:
        """Tell the listeners of a committed change (undo and other processes' changes as well)."""
        for listener in self._listeners:
            listener(changed)

    def data_version(self) -> int | None:
        """Return a number that moves when another process has written; None while we write."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            with told(self.path), self._raw_writer() as cursor:
                row = cursor.execute("PRAGMA data_version").fetchone()
                return int(row[0]) if row else None
        finally:
            self._lock.release()

    def close(self) -> None:
        """Let go of the file, folding the write-ahead log into it."""
        self._reader.dispose()
        with self._lock:
            self._writer.dispose()


def create(path: Path) -> Workspace:
    """Make a new workspace; it appears under its name only when it is whole.

    Raises:
        DomainError: there is already a file of this name.
        StorageError: the folder cannot be written to.
    """
    if path.exists():
        raise DomainError(N_("«{file}» already exists. Choose another name."), file=path.name)
    with told(path):
        partial = path.with_name(path.name + ".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                N_("«{file}» cannot be created: the folder may not be written to. Choose another."),
                file=path.name,
            ) from error
        try:
            _fill(partial)
            partial.rename(path)
        finally:
            partial.unlink(missing_ok=True)
    return _opened(path)


def _fill(path: Path) -> None:
    engine = create_engine(URL.create("sqlite", database=str(path)))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
            models.Base.metadata.create_all(connection)
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (migrate.HEAD,))
    finally:
        engine.dispose()


def open_workspace(path: Path) -> Workspace:
    """Open a workspace, migrating an older one after a verified backup.

    Raises:
        StorageError: no such file, not a workspace, damaged, or made by a newer program.
    """
    if not path.is_file():
        raise StorageError(N_("There is no workspace «{file}»."), file=str(path))
    with told(path):
        probe = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            revision = migrate.stored_revision(probe, path)
        finally:
            probe.close()
        if revision != migrate.HEAD:
            backup.make(path, "migration")
            migrate.upgrade(path)
    return _opened(path)


def _opened(path: Path) -> Workspace:
    """Open a file of ours, and find out at once whether it can be written to."""
    workspace = Workspace(path)
    try:
        workspace.data_version()
    except StorageError:
        workspace.close()
        raise
    return workspace
