"""The day from the command line says what its page says."""

import json
from datetime import date
from pathlib import Path

import pytest

from ropdesk.__main__ import main
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import facts, meetings, planning, promises, tasks, team
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promises import NewPromise
from ropdesk.services.tasks import NewTask
from tests.workspaces import empty_workspace

TODAY = date(2026, 10, 22)
MONTH = date(2026, 10, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "отдел.ropdesk"
    ws = empty_workspace(path)
    maria = team.add(ws, Member(0, "Иванова Мария"))
    orlov = team.add(ws, Member(0, "Орлов Никита"))
    team.add_absence(ws, Absence(orlov, AbsenceKind.SICK_LEAVE, TODAY, TODAY))
    planning.set_value(ws, MONTH, "receipts", 800_000_00)
    facts.enter(ws, date(2026, 10, 21), [Entry(maria, "receipts", 100_000_00)])
    facts.enter(ws, TODAY, [Entry(maria, "receipts", 20_000_00)])
    meetings.add(ws, NewMeeting(kind="daily", day=TODAY, start=9 * 60))
    promises.add(ws, NewPromise(text="Договор", given=MONTH, due=TODAY, first=TODAY,
                                member_id=maria))  # fmt: skip
    tasks.add(ws, NewTask(title="План ноября", due=TODAY), TODAY)
    tasks.add(ws, NewTask(title="Потом", due=date(2026, 10, 30)), TODAY)
    ws.close()
    return path


def run(workspace: Path, *arguments: str) -> int:
    return main(["--workspace", str(workspace), "--lang", "ru", "today", *arguments])


def test_the_day_as_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "--as-of", "2026-10-22", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["working_days"] == {"total": 22, "passed": 16}
    assert (told["yesterday"]["start"], told["yesterday"]["fact"]) == ("2026-10-21", "100000.00")
    assert (told["needed"], told["brought"]) == ("100000.00", "20000.00")  # 700 000 ÷ 7 days
    assert [(one["name"], one["away"]) for one in told["members"]] == [
        ("Иванова Мария", False), ("Орлов Никита", True),
    ]  # fmt: skip
    assert [(one["kind"], one["start"], one["state"]) for one in told["meetings"]] == [
        ("daily", "9:00", "planned")
    ]
    assert [one["what"] for one in told["people"]] == ["away"]
    assert [(one["text"], one["verdict"]) for one in told["promises"]] == [("Договор", "open")]
    assert [one["title"] for one in told["tasks"]] == ["План ноября"]
    assert {one["rhythm"] for one in told["duties"]} >= {"day"}


def test_the_day_in_words(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, "--as-of", "2026-10-22") == 0
    said = capsys.readouterr().out
    assert "Рабочий день 16 из 22; нужно сегодня: 100 000,00." in said.replace("\u202f", " ")
    assert "9:00 Ежедневная координация" in said
    assert "22.10.2026 Иванова Мария: Договор" in said


def test_a_day_off_of_an_empty_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "пусто.ropdesk"
    empty_workspace(path).close()
    assert run(path, "--as-of", "2026-10-24", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["working"], told["yesterday"], told["needed"], told["members"]) == (
        False, None, None, [],
    )  # fmt: skip
