"""The month's report tells what was done about its reasons, as the duties keep it."""

from datetime import date, timedelta

import pytest

from ropdesk.domain.investigations import Verdict
from ropdesk.domain.voice import Heard, Kind
from ropdesk.i18n import set_language
from ropdesk.services import (
    investigations,
    meetings,
    practices,
    promotions,
    report_doings,
    voice,
    week,
    week_series,
)
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promotions import NewPromotion
from ropdesk.services.voice import NewMention
from ropdesk.services.week import NewAction, Occurrence
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace
from tests.services import reporting
from tests.services.holding import hold

MONTH, TODAY = date(2026, 9, 1), date(2026, 10, 5)


@pytest.fixture(autouse=True)
def _russian():
    set_language("ru")
    yield


def test_nothing_done_prints_nothing(ws: Workspace) -> None:
    found = report_doings.doings(ws, MONTH, TODAY)
    assert found.empty


def test_only_the_months_own_work_is_told(ws: Workspace) -> None:
    reporting.fill(ws)
    for question, day in (("Сентябрьский вопрос", 10), ("Давний вопрос", None)):
        opened = date(2026, 9, day) if day else date(2026, 6, 10)
        investigations.start(
            ws,
            NewInvestigation(
                question=question, metric="receipts", first=date(2026, 6, 1),
                last=date(2026, 6, 30), opened=opened,
            ),
        )  # fmt: skip
    done, *_rest = week.add(
        ws,
        [
            NewAction(title="Разбор звонков", week=date(2026, 9, 7)),
            NewAction(title="Второе КП", week=date(2026, 9, 14)),
            NewAction(title="Не сейчас", week=date(2026, 10, 5)),
        ],
    )
    week.finish(ws, done, date(2026, 9, 9))
    voice.add(ws, Kind.OBJECTION, "Дорогая доставка",
              NewMention(day=date(2026, 9, 3), source=Heard.CALL))  # fmt: skip
    voice.add(ws, Kind.NEED, "Рассрочка",
              NewMention(day=date(2026, 8, 3), source=Heard.CALL))  # fmt: skip
    promotions.add(ws, NewPromotion(title="Осень", created=date(2026, 8, 20)))
    found = report_doings.doings(ws, MONTH, TODAY)
    assert [case.question for case in found.cases] == ["Сентябрьский вопрос"]
    assert found.actions == "Планы недель: 2 действия, сделано 1."
    assert [(line.text, line.times) for line in found.voices] == [("Дорогая доставка", 1)]
    assert found.promotions == ()  # an idea has no days yet
    assert not found.empty


def test_what_proved_itself_stands_with_its_numbers(ws: Workspace) -> None:
    reporting.fill(ws, (date(2026, 8, 1), MONTH))
    case = investigations.start(
        ws,
        NewInvestigation(
            question="Почему мало сделок?", metric="deals_won", first=date(2026, 8, 1),
            last=date(2026, 8, 31), opened=date(2026, 8, 28),
        ),
    )  # fmt: skip
    finding = practices.add_finding(ws, case, "Три варианта в КП", date(2026, 8, 29))
    investigations.decide(
        ws, case, "Мало вариантов", "Три варианта", date(2026, 9, 25), date(2026, 8, 31)
    )
    investigations.verdict(
        ws, case, Verdict.HELPED, "Стало лучше", date(2026, 9, 25), prove=[finding]
    )
    found = report_doings.doings(ws, MONTH, TODAY)
    assert [line.text for line in found.practices] == ["Три варианта в КП"]
    assert "стало" in found.practices[0].evidence
    assert [(line.question, line.state) for line in found.cases] == [
        ("Почему мало сделок?", "помогло")
    ]


def test_times_of_recurring_actions_count_but_not_those_taken_out(ws: Workspace) -> None:
    first = date(2026, 9, 7)
    daily = NewAction(title="Планёрка", week=first)
    series = week_series.add_series(
        ws, daily, Repeat((0, 1, 2, 3, 4), first, first + timedelta(days=4))
    )
    week.finish(ws, Occurrence(series, first), first)
    week.remove(ws, Occurrence(series, first + timedelta(days=1)))
    week.drop(ws, Occurrence(series, first + timedelta(days=2)), "Все в отъезде")
    assert report_doings.doings(ws, MONTH, TODAY).actions == "Планы недель: 3 действия, сделано 1."
    running = report_doings.doings(ws, MONTH, date(2026, 9, 6))
    assert running.actions == ""


def test_the_months_meetings_are_counted(ws: Workspace) -> None:
    def plan(kind: str, day: int) -> int:
        return meetings.add(ws, NewMeeting(kind=kind, day=date(2026, 9, day), start=540))

    hold(ws, plan("daily", 7), late=3, minutes=20)
    hold(ws, plan("daily", 8), late=9, minutes=25)
    hold(ws, plan("weekly", 11), minutes=55)
    meetings.skip(ws, plan("daily", 9), "Выставка")
    meetings.skip(ws, plan("marketing", 10), "Перенесли")
    hold(ws, meetings.add(ws, NewMeeting(kind="daily", day=date(2026, 10, 1), start=540)))
    found = report_doings.doings(ws, MONTH, TODAY)
    told = [(x.kind, x.held, x.skipped, x.minutes, x.in_time, x.within) for x in found.meetings]
    assert [(kind, *counts) for kind, *counts in told] == [
        ("Ежедневная координация", 2, 1, 45, "50,0\u202f%", "50,0\u202f%"),
        ("Еженедельное собрание", 1, 0, 55, "100,0\u202f%", "100,0\u202f%"),
        ("Встреча с маркетингом", 0, 1, 0, "–", "–"),
        ("Все", 3, 2, 100, "66,7\u202f%", "66,7\u202f%"),
    ]
    assert found.promises == ""
    assert not found.empty
