"""The page taken along, gathered from the workspace; and from the command line."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from ropdesk.__main__ import main
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import Rule
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    agenda_paper,
    facts,
    meeting_prep,
    meetings,
    planning,
    promises,
    settings,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.services.promises import NewPromise
from ropdesk.store.workspace import Workspace
from tests.store import dumps

TODAY = date(2026, 10, 22)
YESTERDAY = TODAY - timedelta(1)
AT = datetime(2026, 10, 22, 8, 55, tzinfo=UTC)


@pytest.fixture
def ref(ws: Workspace) -> Occurrence:
    """Two members, a plan, a fact and promises of yesterday; the coordination of today."""
    settings.change(ws, company="ООО «Ветер»", department="Отдел продаж")
    anna, boris = (team.add(ws, Member(0, name)) for name in ("Иванова Анна", "Петров Борис"))
    team.add_absence(ws, Absence(boris, AbsenceKind.SICK_LEAVE, TODAY, TODAY))
    planning.set_value(ws, date(2026, 10, 1), "receipts", 220_000_000)
    facts.enter(ws, YESTERDAY, [Entry(anna, "receipts", 14_800_000), Entry(boris, "receipts", 0)])
    for who, text, amount in ((anna, "Оплата", 10_000_000), (boris, "Договор", 5_000_000)):
        promises.add(ws, NewPromise(
            text=text, given=YESTERDAY, due=YESTERDAY, first=YESTERDAY, member_id=who,
            metric="receipts", amount=amount,
        ))  # fmt: skip
    promises.add(ws, NewPromise(text="Аттестация", given=YESTERDAY, due=TODAY, first=TODAY))
    rule = Rule(date(2026, 10, 1), weekdays=(0, 1, 2, 3, 4))
    series = NewSeries(kind="daily", rule=rule, start=540, place="Переговорная")
    return Occurrence(meetings.add_series(ws, series), TODAY)


def words(pdf: bytes) -> str:
    [page] = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().replace("\xa0", " ").replace("\u202f", " ").split())


def test_the_page_says_what_the_meeting_opens_with(ws: Workspace, ref: Occurrence) -> None:
    before = dumps.dump(ws.path)
    title, pdf = agenda_paper.pdf(ws, ref, TODAY, AT)
    assert title == "Повестка 22.10.2026. Ежедневная координация"
    found = words(pdf)
    for said in (
        "22 октября 2026, четверг, 9:00, до 20 мин.", "Место: Переговорная.",
        "Отсутствуют: Петров Борис (больничный).", "Отдел 148,0 102,3 145 51,2",
        "1 из 2", "Петров Б.: Договор", "50 000 ₽ 21.10", "Аттестация 22.10",
        "перечёркнутые не выполнены", "1. Факт за вчера · 4 мин", "числа на 22.10.2026 08:55",
    ):  # fmt: skip
        assert said in found, found
    assert "Оплата" not in found, "kept yesterday"
    assert agenda_paper.pdf(ws, ref, TODAY, AT) == (title, pdf), "a reprint is the same"
    assert dumps.dump(ws.path) == before, "printing writes nothing"


def test_points_and_minutes_are_those_prepared(ws: Workspace, ref: Occurrence) -> None:
    meeting_prep.add(ws, ref, "Новый регламент", 9)
    found = words(agenda_paper.pdf(ws, ref, TODAY, AT)[1])
    assert "7. Новый регламент · 9 мин" in found
    assert "до 20 мин, пункты занимают 29." in found


def test_an_empty_workspace_has_a_page_too(ws: Workspace) -> None:
    met = meetings.add(ws, NewMeeting(kind="own", day=TODAY))
    found = words(agenda_paper.pdf(ws, met, TODAY, AT)[1])
    assert "Тема" in found
    assert "Отдел 0" not in found


def test_a_meeting_is_found_by_its_day(ws: Workspace, ref: Occurrence) -> None:
    early = meetings.add(ws, NewMeeting(kind="director", day=TODAY, start=480))
    with ws.read() as connection:
        assert agenda_paper.of_day(connection, TODAY) == ref, "the coordination first"
        assert agenda_paper.of_day(connection, TODAY, "director") == early
        with pytest.raises(DomainError):
            agenda_paper.of_day(connection, TODAY, "weekly")
        with pytest.raises(DomainError):
            agenda_paper.of_day(connection, date(2026, 10, 24))
    meetings.skip(ws, ref, "Выезд")
    with ws.read() as connection:
        assert agenda_paper.of_day(connection, TODAY) == early


def test_the_command_line_writes_the_page(
    ws: Workspace, ref: Occurrence, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ref.day == TODAY
    met = meetings.add(ws, NewMeeting(kind="weekly", day=TODAY, start=900))
    before = dumps.dump(ws.path)
    ws.close()
    target = tmp_path / "повестка.pdf"
    base = ["--workspace", str(ws.path), "report", "agenda", "-o", str(target)]
    assert main([*base, "--day", "2026-10-22", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"].endswith("Ежедневная координация")
    assert "Ежедневная координация" in words(target.read_bytes())
    assert main([*base, "--day", "2026-10-22", "--kind", "weekly"]) == 0
    assert "Еженедельное собрание" in words(target.read_bytes())
    target.unlink()
    assert main([*base, "--meeting", str(met)]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    target.unlink()
    capsys.readouterr()
    for wrong in (["--meeting", "999"], ["--day", "2026-10-24"]):
        assert main([*base, *wrong]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert not target.exists()
    with pytest.raises(SystemExit) as stopped:
        main(base)
    assert stopped.value.code == 2
    assert dumps.dump(ws.path) == before
