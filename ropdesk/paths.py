"""Where this computer keeps RopDesk's files, and what it remembers between starts."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

NAME = "RopDesk"
SUFFIX = ".ropdesk"
RECENT = 10  # workspaces remembered


def data_folder() -> Path:
    """Return the folder of workspaces that nobody has put elsewhere."""
    return platformdirs.user_data_path(NAME, appauthor=False)


def default_workspace() -> Path:
    """Return the workspace that is meant when none is named."""
    return data_folder() / f"department{SUFFIX}"


def sample_workspace() -> Path:
    """Return where the sample department of the first start lies."""
    return data_folder() / f"sample{SUFFIX}"


def log_folder() -> Path:
    """Return the folder of the log and of error reports."""
    return platformdirs.user_log_path(NAME, appauthor=False)


def preferences_file() -> Path:
    """Return the file of what this computer remembers."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "preferences.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What belongs to this computer and not to a workspace.

    Attributes:
        language: ``"ru"`` or ``"en"``.
        theme: ``"system"``, ``"light"`` or ``"dark"``.
        text_scale: size of text in percent, 100 to 150.
        recent: workspaces, the last opened first.
        window: what the window keeps about itself (geometry, column widths), as it likes.
    """

    language: str = "ru"
    theme: str = "system"
    text_scale: int = 100
    recent: tuple[Path, ...] = ()
    window: Mapping[str, Any] = field(default_factory=dict)


def preferences() -> Preferences:
    """Read what is remembered; a missing or spoilt file (or value) gives the defaults."""
    try:
        stored = json.loads(preferences_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):  # nothing here is worth stopping a start for
        return Preferences()
    if not isinstance(stored, dict):
        return Preferences()
    known = Preferences()
    language, theme = stored.get("language"), stored.get("theme")
    scale, recent, window = stored.get("text_scale"), stored.get("recent"), stored.get("window")
    return Preferences(
        language=language if language in {"ru", "en"} else known.language,
        theme=theme if theme in {"system", "light", "dark"} else known.theme,
        text_scale=scale if isinstance(scale, int) and 100 <= scale <= 150 else known.text_scale,
        recent=tuple(Path(p) for p in recent if isinstance(p, str))
        if isinstance(recent, list)
        else (),
        window=window if isinstance(window, dict) else {},
    )


def save(wanted: Preferences) -> None:
    """Remember these preferences.

    Raises:
        OSError: the folder cannot be written to.
    """
    stored = {
        "language": wanted.language,
        "theme": wanted.theme,
        "text_scale": wanted.text_scale,
        "recent": [str(path) for path in wanted.recent],
        "window": dict(wanted.window),
    }
    text = json.dumps(stored, ensure_ascii=False, indent=1)
    write_whole(preferences_file(), text.encode())


def remember(path: Path) -> None:
    """Put a workspace first among the recent ones."""
    known = preferences()
    path = path.absolute()
    recent = (path, *(other for other in known.recent if other != path))
    save(replace(known, recent=recent[:RECENT]))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears under its name only when it is whole and on the disk.

    Raises:
        OSError: the folder cannot be written to, or the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
