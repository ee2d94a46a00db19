"""A daily coordination from the day's page to the printed protocol, without a mouse."""

import io
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QPushButton

from ropdesk.domain.meetings import Section, State
from ropdesk.domain.promises import Verdict
from ropdesk.services import (
    board,
    facts,
    history,
    meeting_run,
    meetings,
    promises,
    protocols,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meeting_run import MeetingState
from ropdesk.store.workspace import Workspace
from ropdesk.ui import window_desk
from ropdesk.ui.meeting import preparation, room
from ropdesk.ui.meeting.preparation_agenda import AgendaTable
from ropdesk.ui.meeting.preparation_offers import OfferRow
from ropdesk.ui.meeting.promise_part import PartEdit
from ropdesk.ui.meeting.room_people import PersonRow
from ropdesk.ui.today import page
from ropdesk.ui.widgets.check_rows import CheckRow
from ropdesk.ui.widgets.notes import TextLine
from tests.exchange.shapes import AMO_2022
from tests.journeys import coordination
from tests.journeys.coordination import EIGHT, MONTH, TODAY, TOMORROW, YESTERDAY, Clock
from tests.journeys.keyboard import Keyboard
from tests.journeys.steps import Person, amocrm

Start = Callable[..., Person]
GALIEV, IVANOVA, KIM, ORLOV, PETROV, ILYA, SIDORENKO, YAKOVLEV = EIGHT
COORDINATION = "Ежедневная координация"
SECRET = "Поговорить с Яковлевым наедине"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Hang up a clock that goes when it is told."""
    made = Clock()
    for part in (page, preparation, room):
        monkeypatch.setattr(part, "moment", made)
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a department of eight."""
    return coordination.make(tmp_path / "Отдел продаж.ropdesk")


def members_of(ws: Workspace) -> dict[str, int]:
    return {member.name: member.id for member in team.team(ws).members.values()}


def held(ws: Workspace, meeting: int) -> MeetingState:
    with ws.read() as connection:
        return meeting_run.meeting(connection, meeting)


def running(person: Person) -> int:
    with person.ws.read() as connection:
        found = meeting_run.running(connection)
    assert found is not None
    return found


def words_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"[\s\u202f\u00a0\u00ad]+", " ", text)


def day_of_board(ws: Workspace, day: date) -> dict[str, int]:
    """Answer each one's receipts of a day: what the board has more on it than on the eve."""

    def read(as_of: date) -> dict[str, Any]:
        shown = board.board(ws, MONTH, as_of, codes=("receipts",))
        lines = [("", shown.department), *((x.member.name, x.figures) for x in shown.members)]
        return {name: figures["receipts"].fact for name, figures in lines}

    eve, found = read(day - timedelta(1)), read(day)
    return {name: (value or 0) - (eve[name] or 0) for name, value in found.items()}


def go_to_section(keys: Keyboard, meeting: int, section: Section) -> None:
    """Leave the field, and talk of the point of a section."""
    keys.press("Escape")
    for _step in range(30):
        state = held(keys.person.ws, meeting)
        point = state.point(state.current)
        assert point is not None
        if point.section == section:
            return
        keys.press("PgDown")
    raise AssertionError(section)


def prepare(keys: Keyboard) -> None:
    """From the day's page to the agenda: a promise is taken along, a point made shorter."""
    person = keys.person
    assert person.desk.window.current_page_name == "today"
    keys.tab_to(CheckRow, lambda row: row.view.text == COORDINATION)
    keys.press("Return")
    assert person.desk.window.current_page_name == "meeting"
    person.wait(lambda: bool(person.page.side and person.page.side.offers.rows))
    person.settle()
    for _press in range(2):
        if isinstance(keys.at, OfferRow):
            break
        keys.press("F6")
    assert isinstance(keys.at, OfferRow)
    assert "Вектором" in keys.at.offer.title
    keys.press("Return", "F6")
    assert isinstance(keys.at, AgendaTable)
    keys.press("Ctrl+Home", "Right", "Right")
    keys.write("3")
    keys.press("Return")
    keys.press("Ctrl+N")
    keys.write("Новая CRM 2")
    keys.press("Return")
    points = person.page.side.found.points
    assert points[0].minutes == 3
    assert any("Вектором" in point.title for point in points)
    assert (points[-1].title, points[-1].minutes) == ("Новая CRM", 2)


def hold(keys: Keyboard, clock: Clock) -> int:
    """Hold the meeting up to its last word."""
    person, ws = keys.person, keys.person.ws
    meeting = running(person)
    members = members_of(ws)

    keys.press("Alt+W")
    keys.tab_to(PersonRow, lambda row: row.person.name == ORLOV)
    keys.press("Space")
    keys.tab_to(TextLine)
    keys.write("пробки на мосту")
    keys.press("Return", "Escape")

    clock.at(4)
    go_to_section(keys, meeting, Section.REPEAT)
    keys.press("N")
    keys.write("Звонить в день заявки")
    keys.press("Tab")
    keys.write("Счета без согласования")
    clock.at(5)
    keys.press("F8")
    clock.at(15)
    assert held(ws, meeting).clock(clock.now).paused
    keys.press("F8")

    clock.at(16)
    go_to_section(keys, meeting, Section.TODAY)
    keys.press("G")
    for number in ("130", "95"):
        keys.write(number)
        keys.press("Return")

    for said in (
        "Галиев завтра оплата СтройИнвест 180к",
        "Ким до пятницы отправить договор Вектор",
        "Иванова сегодня оплата 50к",
    ):
        keys.press("Alt+P")
        keys.write(said)
        for _part in range(8):
            if not person.page.side.promises.field.line.text():
                break
            keys.press("Return")
    keys.press("Alt+P")
    keys.write("Петров завтра КП для Альфы")
    keys.press("Return")
    assert isinstance(keys.at, PartEdit), "two are called Петров"
    assert len(person.page.side.promises.rows) == 3
    keys.press("Escape")
    keys.press("Tab")
    assert isinstance(keys.at, PartEdit)
    keys.press("Ctrl+A")
    keys.write("Илья")
    keys.press("Return")
    for _part in range(8):
        if not person.page.side.promises.field.line.text():
            break
        keys.press("Return")
    with ws.read() as connection:
        given = promises.lines(connection, TODAY, meeting_id=meeting)
    assert {(one.member_id, one.due, one.metric, one.amount) for one in given} == {
        (members[GALIEV], TOMORROW, "receipts", 180_000_00),
        (members[KIM], TOMORROW, "", None),
        (members[IVANOVA], TODAY, "receipts", 50_000_00),
        (members[ILYA], TOMORROW, "", None),
    }

    keys.press("Escape", "Alt+D")
    keys.write("Документы готовит ассистент")
    keys.press("Return", "Escape", "F7")
    keys.write(SECRET)
    keys.press("F7")
    for _point in held(ws, meeting).points:
        keys.press("Ctrl+Return")
    clock.at(18)
    return meeting


def finish(keys: Keyboard, target: Path) -> bytes:
    """Finish, and save the paper."""
    person = keys.person
    keys.press("Ctrl+Shift+P")
    person.wait(lambda: getattr(person.page.side, "paper", None) is not None)
    person.settle()
    assert keys.at is person.page.side.printer, "Enter prints"
    person.answer_file_dialog(target)
    keys.press("Ctrl+S")
    person.wait(target.is_file)
    return target.read_bytes()


def test_a_meeting_of_eight_from_today_to_the_paper(
    start: Start, path: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start(path)
    person.settle()
    keys = Keyboard(person)
    before = len(history.entries(person.ws))
    prepare(keys)
    keys.press("Ctrl+Return")
    assert running(person)
    meeting = hold(keys, clock)
    moment_of_board = day_of_board(person.ws, YESTERDAY)
    shown = board.board(person.ws, MONTH, YESTERDAY, codes=("receipts",)).department["receipts"]
    pdf = finish(keys, tmp_path / "протокол.pdf")

    # What was typed is in the protocol, what is nobody's business is not.
    state = held(person.ws, meeting)
    assert state.line.state is State.DONE
    assert state.clock(clock.now).elapsed == 8 * 60  # ten minutes of eighteen were a pause
    assert state.private == SECRET
    text = words_of(pdf)
    for expected in (
        *EIGHT, "пробки на мосту", "Звонить в день заявки", "Счета без согласования", "СтройИнвест",
        "180", "договор", "Альф", "Документы готовит ассистент", "Протокол № 1", "130", "95",
    ):  # fmt: skip
        assert expected in text, expected
    assert "наедине" not in text

    # Its numbers are those of the board.
    with person.ws.read() as connection:
        content = protocols.content(connection, meeting)
    (table,) = content.tables[:1]
    assert {line.name: line.fact or 0 for line in table.members} == {
        name: value for name, value in moment_of_board.items() if name
    }
    assert table.department.fact == moment_of_board[""]
    assert content.month is not None
    assert (content.month.fact, content.month.plan) == (shown.fact, shown.plan)
    goals = {line.name: line.goal for line in table.members if line.agreed}
    assert goals == {GALIEV: 130_000_00, IVANOVA: 95_000_00}

    # Whatever comes in later, it stays.
    members = members_of(person.ws)
    facts.enter(person.ws, YESTERDAY, [Entry(members[IVANOVA], "receipts", 777_000_00)])
    facts.enter(person.ws, TODAY, [Entry(members[KIM], "receipts", 60_000_00)])
    export = tmp_path / "amocrm_export_leads_2026-10-22.csv"
    export.write_text(amocrm(AMO_2022, [deal(YAKOVLEV, YESTERDAY, 500_000)]), encoding="utf-8")
    person.import_file(export)
    later = day_of_board(person.ws, YESTERDAY)
    assert (later[IVANOVA], later[YAKOVLEV]) == (777_000_00, 500_000_00)
    with person.ws.read() as connection:
        assert protocols.content(connection, meeting) == content
    assert protocols.pdf(person.ws, meeting) == pdf

    # The last steps are taken back and done again.
    steps = len(history.entries(person.ws)) - before
    whole = held(person.ws, meeting)
    for _step in range(steps):
        history.undo(person.ws)
    person.settle()
    with person.ws.read() as connection:
        assert [line.state for line in meetings.on_day(connection, TODAY)] == [State.PLANNED]
        assert len(promises.lines(connection, TODAY)) == 1
    for _step in range(steps):
        history.redo(person.ws)
    person.settle()
    assert held(person.ws, meeting) == whole
    assert protocols.pdf(person.ws, meeting) == pdf
    person.desk.window.close()

    # The next morning opens with what was promised; one of it the program has judged by itself.
    monkeypatch.setattr(window_desk, "today", lambda: TOMORROW)
    clock.at(24 * 60)
    next_morning(start(path))


def next_morning(person: Person) -> None:
    person.settle()
    members = members_of(person.ws)
    facts.enter(person.ws, TODAY, [Entry(members[IVANOVA], "receipts", 60_000_00)])
    keys = Keyboard(person)
    keys.press("Ctrl+Return")
    meeting = running(person)
    assert held(person.ws, meeting).line.number == 2
    numbers = person.page.side.numbers.numbers
    agreed = {each.name: each.plan for each in numbers.members if each.agreed}
    assert agreed == {GALIEV: 130_000_00, IVANOVA: 95_000_00}
    go_to_section(keys, meeting, Section.PROMISES)
    shown = person.page.side.due.table.list_model.rows
    with person.ws.read() as connection:
        lines = {each.id: each for each in promises.lines(connection, TOMORROW)}
    due = [lines[row.key] for row in shown]
    assert {each.name for each in due} == {GALIEV, IVANOVA, KIM, ILYA}
    (paid,) = [each for each in due if each.name == IVANOVA]
    assert (paid.verdict, paid.by_hand, paid.fact) == (Verdict.KEPT, False, 60_000_00)
    (row,) = [row for row in shown if row.key == paid.id]
    assert "выполнено" in [cell.text for cell in row.cells]


def test_a_killed_program_opens_the_meeting_where_it_was(
    start: Start, path: Path, clock: Clock
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.coordination", str(path)],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert child.stdout is not None
    said = child.stdout.readline().decode().strip()
    child.kill()
    child.wait()
    child.stdout.close()
    assert said == coordination.TYPED

    clock.at(30)
    person = start(path)
    person.settle()
    assert person.desk.window.current_page_name == "meeting"
    state = held(person.ws, running(person))
    titles = [point.title for point in state.points]
    shown = person.page.room
    assert shown.point_id == state.points[2].id, titles
    assert shown.notes.notes.text().startswith(coordination.BEFORE_THE_KILL)
    assert state.clock(clock.now).elapsed == 26 * 60  # four minutes of thirty were a pause
    assert state.clock(clock.now).points[state.points[2].id] == 20 * 60
    assert shown.timer.text.startswith("⚠ 26:00 из 20:00")

    # It goes on from there by the same keys.
    keys = Keyboard(person)
    keys.press("N", "Ctrl+End")
    keys.write(" и после")
    keys.press("Ctrl+Return")
    again = held(person.ws, state.id)
    assert again.points[2].notes.endswith("и после")
    assert again.current == state.points[3].id


def test_a_correction_is_another_edition_and_everything_is_found(
    start: Start, path: Path, clock: Clock, tmp_path: Path
) -> None:
    person = start(path)
    person.settle()
    keys = Keyboard(person)
    keys.press("Ctrl+Return")
    meeting = hold(keys, clock)
    first = finish(keys, tmp_path / "первая.pdf")
    keys.tab_to(QPushButton, lambda button: button is person.page.side.correct)
    keys.press("Space")
    assert held(person.ws, meeting).line.state is State.CORRECTING
    keys.press("Alt+D")
    keys.write("Скидки согласует директор")
    keys.press("Return", "Escape", "Ctrl+Shift+P")
    keys.write("добавлено решение")
    keys.press("Return")
    person.wait(lambda: held(person.ws, meeting).line.state is State.DONE)
    person.settle()
    with person.ws.read() as connection:
        assert [each.edition for each in protocols.editions(connection, meeting)] == [2, 1]
    second = words_of(protocols.pdf(person.ws, meeting))
    for expected in ("Скидки согласует директор", "добавлено решение", "Документы готовит"):
        assert expected in second
    assert protocols.pdf(person.ws, meeting, 1) == first
    assert "Скидки" not in words_of(first)

    members = members_of(person.ws)
    with person.ws.read() as connection:
        for words, wanted in (
            ("скидки", {}), ("ЗАЯВКИ звонить", {}), ("ким", {}), ("стройинвест 180000", {}),
            ("мосту", {}), ("", {"member_id": members[ILYA]}),
        ):  # fmt: skip
            found = protocols.search(connection, words, **wanted)
            assert [hit.meeting_id for hit in found] == [meeting], words
        assert not protocols.search(connection, "наедине")
        assert not protocols.search(connection, "скидки", last=YESTERDAY)
    history.undo(person.ws)  # the edition is taken back, the correction goes on
    assert held(person.ws, meeting).line.state is State.CORRECTING
    assert protocols.pdf(person.ws, meeting) == first


def deal(seller: str, day: date, roubles: int) -> dict[str, object]:
    return {
        "ID": 501, "Название сделки": "Окна", "Бюджет": roubles, "Ответственный": seller,
        "Дата создания сделки": f"{day:%d.%m.%Y} 10:00:00",
        "Дата закрытия": f"{day:%d.%m.%Y} 17:30:00", "Этап сделки": "Успешно реализовано",
        "Воронка": "Продажи",
    }  # fmt: skip
