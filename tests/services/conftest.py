"""A workspace in the test's own folder."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from ropdesk.i18n import set_language
from ropdesk.services import sample
from ropdesk.store.workspace import Workspace
from tests.workspaces import empty_workspace

SAMPLE_DAY = date(2026, 10, 22)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Give a fresh workspace, closed at the end."""
    opened = empty_workspace(tmp_path / "department.ropdesk")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample department of `SAMPLE_DAY`, to be copied; made once for all processes."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    path, made = root / "sample.ropdesk", root / "sample.made"
    lock = QLockFile(str(root / "sample.lock"))
    lock.setStaleLockTime(0)  # however slow the making is; one that died leaves nothing locked
    assert lock.lock()
    try:
        if not made.exists():
            set_language("ru")
            ws = empty_workspace(path)
            sample.fill(ws, SAMPLE_DAY)
            ws.close()
            made.touch()
    finally:
        lock.unlock()
    return path


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    """Begin each test in Russian, whatever the one before spoke."""
    set_language("ru")
    yield
    set_language("ru")
