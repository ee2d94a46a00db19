"""Meetings from the command line."""

import json
from datetime import date
from pathlib import Path

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.meetings import Rule
from ropdesk.services import meetings
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from tests.services.holding import hold
from tests.workspaces import empty_workspace

MON = date(2026, 10, 19)


@pytest.fixture(autouse=True)
def _language():
    yield
    i18n.set_language("ru")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "отдел.ropdesk"
    ws = empty_workspace(made)
    rule = Rule(MON, (0, 2), until=date(2026, 10, 31))
    series = meetings.add_series(ws, NewSeries(kind="daily", rule=rule, start=540))
    hold(ws, Occurrence(series, MON), late=2, minutes=25)
    meetings.skip(ws, Occurrence(series, date(2026, 10, 21)), "Выставка")
    meetings.add(ws, NewMeeting(kind="director", day=date(2026, 11, 5), start=600))
    ws.close()
    return made


def run(path: Path, *argv: str) -> int:
    return main(["--workspace", str(path), *argv])


def test_a_month_is_told_to_a_script(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "meetings", "--month", "2026-10", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [line["day"] for line in told["meetings"]] == [
        "2026-10-19", "2026-10-21", "2026-10-26", "2026-10-28",
    ]  # fmt: skip
    first, second, third, _last = told["meetings"]
    assert (first["state"], first["minutes"], first["limit"], first["number"]) == (
        "done",
        25,
        20,
        1,
    )
    assert (first["begun_in_time"], first["within_limit"], first["start"]) == (True, False, "9:00")
    assert (second["state"], second["reason"]) == ("skipped", "Выставка")
    assert (third["id"], third["minutes"]) == (None, None)
    assert told["effect"]["kinds"]["daily"] == {
        "held": 1, "skipped": 1, "minutes": 25, "begun_in_time": "1.0000", "within_limit": "0.0000",
    }  # fmt: skip
    assert told["effect"]["promises"] == {"kept": 0, "judged": 0, "share": None}


def test_a_month_is_told_to_a_person(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "meetings", "--month", "2026-10") == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Ежедневная координация" in lines[1]
    assert "отменено" in lines[2]
    assert "Минут за месяц: 25" in lines[-1]
    assert run(path, "meetings", "--month", "2026-09") == 0
    assert "собраний нет" in capsys.readouterr().out


def test_the_calendar_is_written(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "собрания.ics"
    before = path.read_bytes()
    argv = ["export", "meetings", "--month", "2026-10", "-o", str(target)]
    assert run(path, *argv) == 0
    assert target.read_text("utf-8").count("BEGIN:VEVENT") == 4
    assert run(path, *argv, "--months", "2") == 0
    assert target.read_text("utf-8").count("BEGIN:VEVENT") == 5
    assert path.read_bytes() == before


def test_the_workspace_is_not_written_over(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["export", "meetings", "--month", "2026-10", "-o", str(path)]
    assert run(path, *argv) == 1
    assert "Выберите другое имя" in capsys.readouterr().err
