"""A workspace on a real file, closed afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ropdesk.store.workspace import Workspace, create


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "department.ropdesk"


@pytest.fixture
def ws(path: Path) -> Iterator[Workspace]:
    workspace = create(path)
    yield workspace
    workspace.close()
