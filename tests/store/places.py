"""Folders that resist: too small, or closed to writing. Real ones, as far as the account allows."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _root() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


def _mount(*options: str) -> bool:
    done = subprocess.run(["mount", *options], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def small_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """Give a disk of this size; skips the test where the account may not mount one."""
    folder.mkdir()
    if not _root() or not _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)):
        pytest.skip("only root on Linux may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def closed_folder(folder: Path) -> Iterator[Path]:
    """Give a folder that takes no writing once `close_to_writing` is called on it."""
    if _root():
        with small_disk(folder, "16m"):
            yield folder
    else:
        folder.mkdir()
        try:
            yield folder
        finally:
            folder.chmod(0o700)


def close_to_writing(folder: Path) -> None:
    """Close a folder of `closed_folder` to writing; root is stopped by the file system alone."""
    if _root():
        assert _mount("-o", "remount,ro", str(folder))
        return
    for file in folder.iterdir():
        file.chmod(0o400)
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this account writes everywhere")


def fill(folder: Path, leave: int) -> None:
    """Fill a disk but for so many bytes."""
    free = shutil.disk_usage(folder).free
    (folder / "filler").write_bytes(b"\0" * max(0, free - leave))
