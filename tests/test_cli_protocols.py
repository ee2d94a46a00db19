"""Protocols on paper and the search through them, from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.services import meeting_run, protocols
from ropdesk.store import workspace
from tests.services.finishing import DAY, at, begun


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    i18n.set_language("ru")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a workspace with a finished meeting of two editions, and one that is running."""
    path = tmp_path / "department.ropdesk"
    ws = workspace.create(path)
    held = begun(ws)
    protocols.finish(ws, held.id, at(9, 17))
    protocols.begin_correction(ws, held.id)
    meeting_run.add_decision(ws, held.id, "Заявка до 12:00")
    protocols.issue_edition(ws, held.id, "решение дополнено", at(12, 0))
    begun(ws, "own", held.members)
    ws.close()
    return path


def run(file: Path, *words: str) -> int:
    return main(["--lang", "ru", "--workspace", str(file), *words])


def answer(file: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(file, *words, "--json") == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def paper(file: Path, edition: int) -> bytes:
    ws = workspace.open_workspace(file)
    try:
        return protocols.pdf(ws, 1, edition)
    finally:
        ws.close()


@pytest.mark.parametrize(("words", "edition"), [((), 2), (("--edition", "1"), 1)])
def test_the_very_paper_is_written(
    file: Path, tmp_path: Path, words: tuple[str, ...], edition: int,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    target = tmp_path / "protocol.pdf"
    asked = ("report", "protocol", "--meeting", "1", *words, "-o", str(target))
    found = answer(file, capsys, *asked)
    assert target.read_bytes() == paper(file, edition)
    assert (found["edition"], found["number"], found["year"]) == (edition, 1, 2026)
    assert found["title"].startswith("Протокол № 1 от 22.10.2026")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--meeting", "2"), "ещё нет протокола"),
        (("--meeting", "77"), "ещё нет протокола"),
        (("--meeting", "1", "--edition", "3"), "Такой редакции протокола нет"),
    ],
)
def test_what_is_not_there_is_said(
    file: Path, tmp_path: Path, words: tuple[str, ...], said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    target = tmp_path / "protocol.pdf"
    assert run(file, "report", "protocol", *words, "-o", str(target)) == 1
    assert said in capsys.readouterr().err
    assert not target.exists()


def test_protocols_are_found_by_words(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (hit,) = answer(file, capsys, "protocols", "заяв", "ГАЛИЕВ")["protocols"]
    assert (hit["meeting"], hit["number"], hit["day"]) == (1, 1, DAY.isoformat())
    assert (hit["kind"], hit["edition"]) == ("daily", 2)
    assert any("Заявка до 12:00" in piece["text"] for piece in hit["found"])
    assert answer(file, capsys, "protocols", "зебра")["protocols"] == []
    assert answer(file, capsys, "protocols", "--kind", "own")["protocols"] == []
    assert answer(file, capsys, "protocols", "--from", "2026-10-23")["protocols"] == []
    assert len(answer(file, capsys, "protocols", "--member", "Галиев Тимур")["protocols"]) == 1


def test_a_person_gets_a_table(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "protocols", "ассистент") == 0
    said = capsys.readouterr().out
    assert "Протокол № 1 от 22.10.2026. Ежедневная координация" in said
    assert "Решения: Счета готовит ассистент" in said
    assert run(file, "protocols", "зебра") == 0
    assert "Ничего не найдено." in capsys.readouterr().out
