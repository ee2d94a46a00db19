"""What a command works with: its arguments, the workspace, and where answers and files go."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ropdesk import paths
from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ropdesk.store.workspace import Workspace


class Screens(Protocol):
    """What only the window can do."""

    def run(self, workspace: Path | None, language: str | None, *, sample: bool) -> int:
        """Open the window and return its exit code."""

    def screenshots(
        self, workspace: Path, folder: Path, language: str, theme: str, size: tuple[int, int]
    ) -> list[Path]:
        """Draw every page of a workspace into a folder."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: for a script as JSON, for a person as text.

    Attributes:
        refusal: what was found wrong; it is told after the answer, and the exit code is 1.
    """

    data: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    refusal: DomainError | None = None


class Job:
    """One command being done."""

    def __init__(self, args: Namespace, window: Screens) -> None:
        self.args = args
        self.window = window
        self.path: Path = args.workspace or paths.default_workspace()

    def say(self, text: str) -> None:
        """Tell a person something beside the answer."""
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    @contextmanager
    def reading(self) -> Iterator[Workspace]:
        """Open the workspace for questions.

        Raises:
            DomainError: there is none, or it cannot be read.
        """
        from ropdesk.store.workspace import open_workspace

        ws = open_workspace(self.path)
        try:
            yield ws
        finally:
            ws.close()

    @contextmanager
    def writing(self, *, make: bool = False, keep: bool = True) -> Iterator[Workspace]:
        """Open the workspace for a change; one made here goes again on failure.

        Args:
            make: make a missing workspace, as the first import does.
            keep: whether a workspace made here stays (a rehearsal leaves none behind).
        """
        from ropdesk.store.workspace import create, open_workspace

        fresh = make and not self.path.exists()
        ws = create(self.path) if fresh else open_workspace(self.path)
        done = False
        try:
            yield ws
            done = keep
        finally:
            ws.close()
            if fresh and not done:
                self._remove()

    def _remove(self) -> None:
        from ropdesk.store import backup

        self.path.unlink(missing_ok=True)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.rmtree(backup.folder(self.path), ignore_errors=True)

    def output(self, file: Path) -> Path:
        """Check where a result is to be written; the workspace is never written over.

        Raises:
            DomainError: the file is the workspace itself, or a folder.
        """
        target = file.absolute()
        own = [self.path.absolute()]
        own += [self.path.absolute().with_name(self.path.name + tail) for tail in ("-wal", "-shm")]
        if target in own or any(p.exists() and target.exists() and p.samefile(target) for p in own):
            raise DomainError(
                N_("«{file}» is the workspace itself. Choose another name."), file=str(file)
            )
        if target.is_dir():
            raise DomainError(N_("«{file}» is a folder. Add a file name."), file=str(file))
        return target

    def save(self, file: Path, content: bytes) -> Path:
        """Write a result; it appears under its name only when it is whole."""
        target = self.output(file)
        try:
            paths.write_whole(target, content)
        except OSError as error:
            raise DomainError(
                N_("«{file}» cannot be written. Check the folder and the free space."),
                file=str(file),
            ) from error
        return target


def table(head: Sequence[str], rows: Sequence[Sequence[str]], texts: int = 1) -> str:
    """Lay out rows for a terminal: the first ``texts`` columns left, the others right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place >= texts else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    )
