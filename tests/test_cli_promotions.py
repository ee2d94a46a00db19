"""The pages of promotions and of the voice of the customer from the command line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.voice import Kind
from ropdesk.services import promotions, voice
from ropdesk.services.promotions import NewPromotion
from ropdesk.services.voice import NewMention
from ropdesk.store import workspace


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    i18n.set_language("ru")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a workspace with a promotion and a voice of October."""
    path = tmp_path / "department.ropdesk"
    ws = workspace.create(path)
    promotions.add(ws, NewPromotion(title="Комплект", created=date(2026, 10, 1)))
    voice.add(ws, Kind.NEED, "Рассрочка", NewMention(day=date(2026, 10, 5)))
    ws.close()
    return path


def report(file: Path, *words: str) -> int:
    return main(["--lang", "en", "--workspace", str(file), "report", *words])


@pytest.mark.parametrize("words", [("promotion", "--id", "1"), ("voice", "--month", "2026-10")])
def test_a_page_is_written(
    file: Path, tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "page.pdf"
    assert report(file, *words, "-o", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert "page.pdf" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("promotion", "--id", "7"), "This promotion is gone"),
        (("voice", "--month", "2026-09"), "Nothing was heard from customers in September 2026"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(
    file: Path, tmp_path: Path, words: tuple[str, ...], said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    target = tmp_path / "page.pdf"
    assert report(file, *words, "-o", str(target)) == 1
    assert said in capsys.readouterr().err
    assert not target.exists()
