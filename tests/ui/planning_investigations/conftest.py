"""The sides of investigations in the planning page, on the workspace of the planning tests."""

from tests.ui.planning.conftest import _russian, desk, empty_ws, ws

__all__ = ["_russian", "desk", "empty_ws", "ws"]
