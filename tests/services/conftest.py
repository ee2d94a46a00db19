"""A workspace in the test's own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Give a fresh workspace, closed at the end."""
    opened = workspace.create(tmp_path / "department.ropdesk")
    yield opened
    opened.close()
