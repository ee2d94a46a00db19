"""What may be typed into meetings, promises, tasks and duties: taken whole, or told in a sentence.

Whatever was taken is read again by everything that shows it, and is taken back step by step.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.duties import Rhythm
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import DAILY, Rule, State
from ropdesk.domain.promises import Verdict
from ropdesk.domain.tasks import Kind
from ropdesk.domain.team import Member
from ropdesk.services import (
    duties,
    facts,
    history,
    meeting_kinds,
    meeting_numbers,
    meeting_offers,
    meeting_prep,
    meeting_run,
    meetings,
    promise_line,
    promises,
    protocols,
    tasks,
    team,
)
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.services.promises import NewPromise
from ropdesk.services.tasks import NewTask, TaskRef
from ropdesk.store.workspace import Workspace
from ropdesk.ui.today import source
from tests.store.dumps import dump
from tests.workspaces import empty_workspace

TODAY = date(2026, 10, 22)
NINE = datetime(2026, 10, 22, 9, tzinfo=timezone(timedelta(hours=3)))
TEXTS = {
    "empty": "", "blank": " \n\t ", "long": "Ж" * 10_000, "emoji": "👨‍👩‍👧‍👦🔥" * 20,
    "right to left": "שלום \u202eabc", "zero": "a\x00b", "markup": "<b>x</b>&amp;<img src=x>",
    "lines": "a\nb\r\nc",
}  # fmt: skip
FAR = (date.min, date(1, 1, 2), date(1899, 12, 31), date(2101, 1, 1), date.max)
HUGE = (-(2**70), -1, 2**63 - 1, 2**63, 2**70)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    opened = empty_workspace(tmp_path / "отдел.ropdesk")
    for name in ("Галиев Тимур", "Иванова Мария"):
        team.add(opened, Member(0, name))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def member(ws: Workspace) -> int:
    return min(team.team(ws).members)


def said(act: Callable[..., Any], *given: Any, **more: Any) -> str:
    """Do it; return what was said against it, empty when it was taken."""
    try:
        act(*given, **more)
    except DomainError as error:
        words = i18n.describe(error)
        assert words.endswith(".")
        assert len(words) < 400
        return words
    return ""


def read_everything(ws: Workspace, on: date = TODAY) -> None:
    source.read(ws, on)
    with ws.read() as connection:
        promises.lines(connection, on)
        promises.shares(connection, on, date.min, date.max)
        tasks.tasks(connection, on, open_only=False)
        duties.duties(connection, on)
        protocols.search(connection, "а")
        for line in meetings.between(connection, on - timedelta(40), on + timedelta(40)):
            meeting_prep.preparation(connection, line.ref)
            meeting_numbers.numbers(connection, line, on)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_words_are_taken_or_refused(ws: Workspace, text: str) -> None:
    who, held = member(ws), meetings.add(ws, NewMeeting(kind=DAILY, day=TODAY, start=540))
    meeting_run.begin(ws, held, NINE)
    with ws.read() as connection:
        point = meeting_run.meeting(connection, held).points[0].id
    new = NewPromise(text=text, given=TODAY, due=TODAY, first=TODAY, member_id=who, customer=text)
    said(promises.add, ws, new)
    said(tasks.add, ws, NewTask(title=text, note=text), TODAY)
    said(meeting_kinds.add_kind, ws, text)
    said(meetings.add, ws, NewMeeting(kind=DAILY, day=TODAY, title=text, place=text))
    said(duties.add_own, ws, text, next(iter(Rhythm)))
    said(meeting_run.set_notes, ws, point, notes=text, avoid=text)
    said(meeting_run.add_decision, ws, held, text)
    said(meeting_run.set_private, ws, held, text)
    said(meeting_run.set_attendance, ws, held, who, meeting_run.LATE, text)
    said(meeting_run.set_people, ws, held, led_by=text, secretary=text, guests=text)
    said(meeting_run.add_point, ws, held, text)
    promise_line.promise_reader(ws, TODAY, None).understand(text)
    protocols.finish(ws, held, NINE + timedelta(minutes=20))
    protocols.begin_correction(ws, held)
    if said(protocols.issue_edition, ws, held, text, NINE + timedelta(hours=1)):
        protocols.cancel_correction(ws, held)
    with ws.read() as connection:
        protocols.search(connection, text)
        assert meetings.line(connection, held).state is State.DONE
    read_everything(ws)
    while any(entry.state == "done" for entry in history.entries(ws)):
        history.undo(ws)
    assert dump(ws.path)["meeting"] == dump(ws.path)["member"] == []


@pytest.mark.parametrize("day", FAR)
def test_a_year_far_away_is_refused_everywhere(ws: Workspace, day: date) -> None:
    new = NewPromise(text="Счёт", given=TODAY, due=TODAY, first=TODAY, member_id=member(ws))
    given = promises.add(ws, new)
    held = meetings.add(ws, NewMeeting(kind=DAILY, day=TODAY, start=540))
    before = dump(ws.path)
    far = NewPromise(text="Счёт", given=min(day, TODAY), due=day, first=day, member_id=member(ws))
    assert said(promises.add, ws, far)
    assert said(promises.move, ws, given, day, "так", TODAY)
    assert said(tasks.add, ws, NewTask(title="Счёт", due=day, repeat="month"), TODAY)
    assert said(meetings.add, ws, NewMeeting(kind=DAILY, day=day, start=540))
    assert said(meetings.move, ws, held, day, 540, "так")
    assert said(meetings.add_series, ws, NewSeries(kind=DAILY, rule=Rule(day, (0,)), start=540))
    until = Rule(TODAY, (0,), until=day)
    assert said(meetings.add_series, ws, NewSeries(kind=DAILY, rule=until, start=540))
    assert dump(ws.path) == before
    read_everything(ws)


@pytest.mark.parametrize("number", HUGE)
def test_numbers_beyond_everything_are_refused(ws: Workspace, number: int) -> None:
    held = meetings.add(ws, NewMeeting(kind=DAILY, day=TODAY, start=540))
    meeting_run.begin(ws, held, NINE)
    before = dump(ws.path)
    new = NewPromise(text="Оплата", given=TODAY, due=TODAY, first=TODAY, member_id=member(ws),
                     metric="receipts", amount=number)  # fmt: skip
    assert said(promises.add, ws, new)
    assert said(meeting_run.set_goal, ws, held, member(ws), TODAY, "receipts", number)
    assert said(meetings.add, ws, NewMeeting(kind=DAILY, day=TODAY, start=number))
    assert said(meetings.add, ws, NewMeeting(kind=DAILY, day=TODAY, minutes=number))
    assert said(meeting_kinds.add_kind, ws, "Свой", number)
    assert said(duties.set_start, ws, "month_plan", number)
    assert said(meeting_prep.add, ws, held, "Новый пункт", number)
    assert dump(ws.path) == before


def test_what_is_gone_is_said_to_be_gone(ws: Workspace) -> None:
    before = dump(ws.path)
    for act in (
        lambda: promises.judge(ws, 77, Verdict.KEPT, TODAY),
        lambda: tasks.finish(ws, TaskRef(Kind.TASK, 77), TODAY),
        lambda: meeting_run.begin(ws, 77, NINE),
        lambda: meeting_run.begin(ws, Occurrence(77, TODAY), NINE),
        lambda: protocols.finish(ws, 77, NINE),
        lambda: meeting_run.set_notes(ws, 77, notes="x"),
        lambda: meeting_run.add_decision(ws, 77, "x"),
        lambda: meeting_prep.add(ws, 77, "x"),
        lambda: meeting_offers.offers(ws, 77, TODAY),
        lambda: duties.mark(ws, "нет такой", TODAY),
    ):
        assert said(act)
    assert dump(ws.path) == before


def test_a_meeting_over_new_years_eve_is_of_the_year_it_began_in(ws: Workspace) -> None:
    eve = date(2026, 12, 31)
    held = meetings.add(ws, NewMeeting(kind=DAILY, day=eve, start=23 * 60 + 30))
    began = datetime(2026, 12, 31, 23, 55, tzinfo=NINE.tzinfo)
    meeting_run.begin(ws, held, began)
    protocols.finish(ws, held, began + timedelta(minutes=15))
    assert said(protocols.finish, ws, held, began + timedelta(minutes=16))
    with ws.read() as connection:
        made = protocols.content(connection, held)
    assert (made.number, made.year, made.day, made.seconds) == (1, 2026, eve, 15 * 60)
    read_everything(ws, date(2027, 1, 1))


def test_a_member_who_is_removed_leaves_the_protocol_whole(ws: Workspace) -> None:
    who = member(ws)
    held = meetings.add(ws, NewMeeting(kind=DAILY, day=TODAY, start=540))
    meeting_run.begin(ws, held, NINE)
    promises.add(ws, NewPromise(text="Счёт Вектору", given=TODAY, due=TODAY, first=TODAY,
                                member_id=who, meeting_id=held))  # fmt: skip
    protocols.finish(ws, held, NINE + timedelta(minutes=20))
    paper = protocols.pdf(ws, held)
    team.remove(ws, who)
    read_everything(ws)
    with ws.read() as connection:
        (pledge,) = protocols.content(connection, held).pledges
        assert [hit.meeting_id for hit in protocols.search(connection, "галиев вектору")] == [held]
    assert pledge.name == "Галиев Тимур"
    assert protocols.pdf(ws, held) == paper
    history.undo(ws)
    with ws.read() as connection:
        assert len(promises.lines(connection, TODAY)) == 1


def test_a_series_without_end_is_read_far_ahead(ws: Workspace) -> None:
    rule = Rule(TODAY, (0, 1, 2, 3, 4))
    meetings.add_series(ws, NewSeries(kind=DAILY, rule=rule, start=540))
    facts.enter(ws, TODAY, [facts.Entry(member(ws), "receipts", 100)])
    for on in (date(2027, 3, 1), date(2040, 6, 1)):
        read_everything(ws, on)
        with ws.read() as connection:
            found = meetings.between(connection, on, on + timedelta(27))
        assert 15 <= len(found) <= 20


@pytest.mark.parametrize(
    "argv",
    [
        ("report", "protocol", "--meeting", "99999999999999999999"),
        ("report", "protocol", "--meeting", "1", "--edition", "9" * 30),
        ("report", "agenda", "--meeting", "9" * 30),
        ("report", "agenda", "--day", "9999-12-31"),
    ],
)
def test_the_command_line_refuses_far_numbers(
    ws: Workspace, tmp_path: Path, argv: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.pdf"
    with pytest.raises(SystemExit) as left:
        main(["--lang", "ru", "--workspace", str(ws.path), *argv, "-o", str(target)])
    assert left.value.code == 2
    assert "Напишите так" in capsys.readouterr().err
    assert not target.exists()
