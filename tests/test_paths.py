"""What this computer remembers between starts, and files that appear whole or not at all."""

from pathlib import Path

import pytest

from ropdesk import paths
from ropdesk.paths import Preferences


@pytest.fixture(autouse=True)
def _fresh() -> None:
    paths.preferences_file().unlink(missing_ok=True)


def test_everything_lies_in_the_persons_own_folders() -> None:
    home = Path.home()
    for path in (
        paths.data_folder(), paths.default_workspace(), paths.sample_workspace(),
        paths.log_folder(), paths.preferences_file(),
    ):  # fmt: skip
        assert home in path.parents
    assert paths.default_workspace() != paths.sample_workspace()


def test_preferences_come_back_as_saved(tmp_path: Path) -> None:
    assert paths.preferences() == Preferences()
    wanted = Preferences("en", "dark", 125, (tmp_path / "отдел.ropdesk",), {"width": 1366})
    paths.save(wanted)
    assert paths.preferences() == wanted


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"language": "fr", "theme": 5, "text_scale": "x", "recent": 1}',
     '{"text_scale": 900, "recent": [1, null], "window": []}'],
)  # fmt: skip
def test_a_spoilt_file_gives_the_defaults(text: str) -> None:
    file = paths.preferences_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    assert paths.preferences() == Preferences()


def test_the_last_opened_workspace_comes_first(tmp_path: Path) -> None:
    for name in ("a", "b", "a", *map(str, range(paths.RECENT))):
        paths.remember(tmp_path / f"{name}.ropdesk")
    names = [path.stem for path in paths.preferences().recent]
    assert names == [str(n) for n in reversed(range(paths.RECENT))]
    paths.remember(tmp_path / "5.ropdesk")
    assert [path.stem for path in paths.preferences().recent][:2] == ["5", "9"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new" / "report.pdf"
    paths.write_whole(target, b"one")
    paths.write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [each.name for each in target.parent.iterdir()] == ["report.pdf"]
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    with pytest.raises(OSError, match=r"folder\.pdf"):
        paths.write_whole(folder, b"three")
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*"))
