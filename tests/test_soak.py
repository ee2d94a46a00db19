"""Killed at any moment, a workspace stays whole (the short form of `dev.py soak`)."""

from tests import soak


def test_ten_kills_leave_a_whole_workspace() -> None:
    assert soak.run(10, seed=7) == 10
