"""A workspace in the test's own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ropdesk.i18n import set_language
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Give a fresh workspace, closed at the end."""
    opened = workspace.create(tmp_path / "department.ropdesk")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    """Begin each test in Russian, whatever the one before spoke."""
    set_language("ru")
    yield
    set_language("ru")
