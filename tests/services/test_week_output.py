"""The week on paper and in a calendar, from the services and from the command line."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    planning,
    sample_data,
    sample_week,
    team,
    week,
    week_calendar,
    week_paper,
    week_series,
)
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace

MON = date(2026, 10, 19)
TUE, THU = MON + timedelta(1), MON + timedelta(3)
TODAY = date(2026, 10, 22)
ISSUED = datetime(2026, 10, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _russian():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


@pytest.fixture
def filled(ws: Workspace) -> Workspace:
    anna = team.add(ws, Member(0, "Анна"))
    team.add_absence(ws, Absence(anna, AbsenceKind.VACATION, THU, THU))
    planning.set_value(ws, date(2026, 10, 1), "calls", 2200)
    done, dropped, _waiting, _left = week.add(
        ws,
        [
            NewAction(title="Разбор звонков", week=MON, day=TUE, start=600, minutes=60,
                      member_id=anna, metric="conversion", expected=150),
            NewAction(title="Встреча", week=MON, day=TUE, note="взять образцы"),
            NewAction(title="Шаблон КП", week=MON, minutes=90),
            NewAction(title="Старое дело", week=MON - timedelta(7), metric="calls"),
        ],
    )  # fmt: skip
    week.finish(ws, done, TUE, "Скрипт выдан")
    week.drop(ws, dropped, "Отменил клиент")
    week_series.add_series(
        ws, NewAction(title="Планёрка", week=MON, start=540, minutes=15), Repeat((0, 1), MON)
    )
    week.set_focus(ws, MON, "Дожать счета")
    return ws


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_page_says_it_all(filled: Workspace) -> None:
    pdf = week_paper.pdf(filled, THU, TODAY, ISSUED)
    text = text_of(pdf)
    for words in (
        "План недели 19.10–25.10.2026", "Дожать счета", "Звонки", "Пн 19.10", "9:00–9:15",
        "Планёрка", "10:00–11:00", "Разбор звонков", "Скрипт выдан", "Анна", "Конверсия +1,5",
        "снято: Отменил клиент", "взять образцы", "нет: Анна", "Без дня", "Шаблон КП", "1 ч 30 мин",
        "С прошлых недель", "Старое дело",
    ):  # fmt: skip
        assert words in text.replace("\xa0", " "), words
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    assert pdf == week_paper.pdf(filled, THU, TODAY, ISSUED)


def test_an_empty_week_is_a_page_too(ws: Workspace) -> None:
    text = text_of(week_paper.pdf(ws, date(2026, 11, 4), TODAY, ISSUED))
    assert "действий пока нет" in text
    i18n.set_language("en")
    assert "No actions are planned" in text_of(week_paper.pdf(ws, MON, TODAY, ISSUED))


def test_a_crowded_week_runs_on(ws: Workspace) -> None:
    title = "Очень длинное название действия, которое не помещается в одну строку листа " * 2
    week.add(ws, [NewAction(title=f"{n} {title}", week=MON, day=TUE) for n in range(80)])
    pdf = week_paper.pdf(ws, MON, TODAY, ISSUED)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1
    assert "79 Очень" in text_of(pdf)


def parts(content: bytes) -> dict[str, object]:
    found = Calendar.from_ical(content)
    return {str(p["SUMMARY"]): p for p in found.walk() if p.name in {"VEVENT", "VTODO"}}


def test_the_calendar_holds_the_week(filled: Workspace) -> None:
    content = week_calendar.ics(filled, MON, TODAY)
    found = parts(content)
    assert set(found) == {"Планёрка", "Разбор звонков · Анна", "Встреча", "Шаблон КП"}
    assert content.count(b"SUMMARY:" + "Планёрка".encode()) == 2
    review = found["Разбор звонков · Анна"]
    assert review.decoded("DTSTART") == datetime.combine(date(2026, 10, 20), time(10))
    said = str(review["DESCRIPTION"]).replace("\u202f", " ")
    assert said == "Кто: Анна\nРади чего: Конверсия, ждём +1,5 п. п.\nЧто вышло: Скрипт выдан"
    assert found["Встреча"]["STATUS"] == "CANCELLED"
    assert found["Шаблон КП"].decoded("DUE") == date(2026, 10, 25)
    assert content == week_calendar.ics(filled, MON, TODAY)


def uids(content: bytes) -> dict[str, str]:
    return {name: str(part["UID"]) for name, part in parts(content).items()}


def test_an_action_keeps_its_name_in_the_calendar(filled: Workspace) -> None:
    before = {
        name: str(p["UID"]) for name, p in parts(week_calendar.ics(filled, MON, TODAY)).items()
    }
    waiting = next(x for x in week.week(filled, MON, TODAY).lines if x.title == "Шаблон КП")
    week.place(filled, waiting.ref, THU, 600, 30)
    series = next(x for x in week.week(filled, MON, TODAY).lines if x.recurring)
    assert isinstance(series.ref, Occurrence)
    week.finish(filled, series.ref, MON)
    after = {
        name: str(p["UID"]) for name, p in parts(week_calendar.ics(filled, MON, TODAY)).items()
    }
    assert before == after
    lines = week_calendar.ics(filled, MON, TODAY).splitlines()
    named = [line for line in lines if line.startswith(b"UID:")]
    assert len(set(named)) == len(named) == 5


def test_the_calendar_of_one_member(filled: Workspace) -> None:
    anna = next(iter(team.team(filled).members))
    assert set(parts(week_calendar.ics(filled, MON, TODAY, anna))) == {"Разбор звонков · Анна"}


def test_from_the_command_line(
    filled: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.close()
    target = ["--workspace", str(filled.path)]
    page, file = tmp_path / "week.pdf", tmp_path / "week.ics"
    assert main([*target, "report", "week-plan", "--week", "2026-10-22", "-o", str(page)]) == 0
    assert "План недели 19.10–25.10.2026" in text_of(page.read_bytes())
    args = [*target, "export", "week", "--week", "2026-10-22", "--member", "Анна", "-o", str(file)]
    assert main([*args, "--json"]) == 0
    assert set(parts(file.read_bytes())) == {"Разбор звонков · Анна"}
    assert str(file) in capsys.readouterr().out
    assert main([*target, "export", "week", "--week", "2026-10-22", "--member", "Яна",
                 "-o", str(file)]) == 1  # fmt: skip
    with pytest.raises(SystemExit) as wrong:
        main([*target, "report", "week-plan", "--week", "вчера", "-o", str(page)])
    assert wrong.value.code == 2


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 4), date(2027, 1, 5), date(2026, 10, 25)])
def test_the_sample_fills_two_weeks_on_any_day(ws: Workspace, language: str, today: date) -> None:
    i18n.set_language(language)
    ids = {s.name: team.add(ws, Member(0, s.name)) for s in sample_data.SELLERS}
    sample_week.sample(ws, today, ids)
    this = week.week(ws, today, today)
    assert len([x for x in this.lines if not x.recurring]) == 10
    assert len({x.series_id for x in this.lines if x.recurring}) <= 2
    assert len(this.left) >= 2
    assert this.focus
    assert all(x.done_on is None or x.done_on <= today for x in this.lines)
    assert week.week(ws, today - timedelta(7), today).effects
