"""A watched folder: which files in it are new, and whether each can be imported unasked."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services.import_look import FileSession, Look
from ropdesk.services.imports import Outcome, Progress
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace

SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"))
_UNFINISHED = (".crdownload", ".part", ".tmp", ".download")


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it lay in the folder: its size and the moment of its last change."""

    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: imported, or the reason why it waits for a person."""

    path: Path
    outcome: Outcome | None = None
    waits: DomainError | None = None


def listing(folder: Path) -> dict[Path, Seen]:
    """List the tables in a folder; subfolders, hidden and unfinished files are passed over.

    Raises:
        DomainError: the folder is gone or may not be read.
    """
    try:
        found = {}
        for path in sorted(folder.iterdir()):
            if path.suffix.casefold() not in SUFFIXES or path.name.startswith((".", "~$")):
                continue
            try:
                stat = path.stat()
            except FileNotFoundError:  # gone between the listing and the look
                continue
            if path.is_file() and not path.name.endswith(_UNFINISHED):
                found[path] = Seen(stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise DomainError(
            N_("The watched folder «{folder}» cannot be read. Choose it again."),
            folder=str(folder),
        ) from error
    return found


def settled(before: Mapping[Path, Seen], now: Mapping[Path, Seen]) -> list[Path]:
    """Tell which files are not being written any more: the same at two looks, and not empty."""
    return [path for path, seen in now.items() if seen.size and before.get(path) == seen]


def fresh(ws: Workspace, paths: Iterable[Path]) -> list[Path]:
    """Keep the files that were never imported, by their content; taken-back ones stay away."""
    by_hash: dict[str, Path] = {}
    for path in paths:
        by_hash.setdefault(_hash(path), path)
    with ws.read() as connection:
        known = {
            row[0] for row in connection.exec_driver_sql("SELECT DISTINCT sha256 FROM import_batch")
        }
    return [path for key, path in by_hash.items() if key and key not in known]


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # still open in another program: it will be looked at again
        return ""


def take(
    ws: Workspace,
    path: Path,
    today: date,
    progress: Progress,
    before: Callable[[], object] | None = None,
) -> Result:
    """Import a file that needs no decision: a remembered mapping or a known export.

    Args:
        before: called once it is certain that something will be written (a backup).
    """
    session = FileSession(ws, path, today)
    try:
        look = session.look(None, Choice())
        if (reason := waits(look)) is not None:
            return Result(path, waits=reason)
        if before is not None:
            before()
        return Result(path, session.run(look.spec, Choice(), progress))
    except DomainError as error:
        return Result(path, waits=error)


def waits(look: Look) -> DomainError | None:
    """Say why a file cannot be imported without a person, or None if it can."""
    if not look.known:
        return DomainError(N_("These columns are new: say once what they mean."))
    if look.question is not None:
        return look.question
    if look.missing or look.outcome is None:
        return DomainError(N_("Columns that were there last time are missing. Choose them again."))
    if look.dates_doubtful:
        return DomainError(N_("Dates may be read with the day or the month first. Say which."))
    if look.people:
        names = ", ".join(person.name for person in look.people[:3])
        return DomainError(
            N_("Nobody in the team is called {names}. Say whom they mean."), names=f"«{names}»"
        )
    return None
