"""Trouble with the file itself, told as advice rather than as a traceback."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from ropdesk.domain.errors import N_, DomainError


class StorageError(DomainError):
    """The workspace cannot be read or written; the message says why and what to do."""


_ADVICE = (
    ("database is locked", N_("Another program is writing to «{file}». Wait a moment and repeat.")),
    ("disk is full", N_("The disk is full: «{file}» was not changed. Free some space and repeat.")),
    ("disk I/O error", N_("The disk with «{file}» does not answer. Check it and its free space.")),
    ("readonly", N_("«{file}» may only be read. Allow writing to it or open a copy.")),
    ("query_only", N_("«{file}» is open for reading only.")),
    (
        "unable to open",
        N_("«{file}» cannot be opened. Check that the folder exists and may be written to."),
    ),
    (
        "not a database",
        N_("«{file}» is not a RopDesk workspace. Choose another file or restore a backup."),
    ),
    ("malformed", N_("«{file}» is damaged. Restore the last backup: nothing else was changed.")),
    ("write outside an operation", N_("A change outside an operation was refused.")),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn known storage trouble into a `StorageError`; let everything else through."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        text = str(error.orig if isinstance(error, DBAPIError) else error)
        for mark, message in _ADVICE:
            if mark in text:
                raise StorageError(message, file=path.name) from error
        raise
