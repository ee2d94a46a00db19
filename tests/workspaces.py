"""Empty workspaces, quickly: the product makes one, every test has a copy of it."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ropdesk.store.workspace import Workspace, create, open_workspace


@cache
def _made() -> tuple[TemporaryDirectory[str], Path]:
    """Make the original; the folder lives as long as the process."""
    folder = TemporaryDirectory(prefix="ropdesk-empty-")
    path = Path(folder.name) / "empty.ropdesk"
    create(path).close()
    return folder, path


def empty_workspace(path: Path) -> Workspace:
    """Return an open workspace with nothing in it, in a new file."""
    shutil.copyfile(_made()[1], path)
    return open_workspace(path)
