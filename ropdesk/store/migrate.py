"""The schema's version: known at a glance at every start, migrated by Alembic when it is old."""

import sqlite3
from pathlib import Path

from ropdesk.domain.errors import N_
from ropdesk.store.errors import StorageError

APPLICATION_ID = 0x526F7044  # "RopD" in the file's header
REVISIONS = ("0001", "0002", "0003")  # oldest first; the last one is the schema of the models
HEAD = REVISIONS[-1]


def stored_revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """Read the schema version of a file; refuse what is not ours or is newer than us.

    Returns:
        The revision, or None for a file of ours without tables yet.

    Raises:
        StorageError: not a workspace, or made by a newer RopDesk.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise StorageError(
            N_("«{file}» is not a RopDesk workspace. Choose another file or restore a backup."),
            file=path.name,
        )
    tables = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    ).fetchone()
    row = (
        connection.execute("SELECT version_num FROM alembic_version").fetchone() if tables else None
    )
    revision = str(row[0]) if row else None
    if revision is not None and revision not in REVISIONS:
        raise StorageError(
            N_("«{file}» was made by a newer RopDesk. Update the program to open it."),
            file=path.name,
        )
    return revision


def upgrade(path: Path) -> None:
    """Bring a workspace to the newest schema, in one transaction: all of it or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["path"] = path
    command.upgrade(config, HEAD)
