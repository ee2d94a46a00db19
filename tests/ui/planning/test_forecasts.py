"""The forecast's track record as a person meets it."""

from datetime import date
from random import Random

import pytest
from PySide6.QtCore import Qt

from ropdesk.domain.months import month_end
from ropdesk.services import calendar, facts, team
from ropdesk.services.facts import Entry
from ropdesk.ui.planning.forecasts.view import ForecastsView
from ropdesk.ui.widgets.empty import EmptyState

PAST = [date(2026, month, 1) for month in range(4, 10)]


@pytest.fixture
def shown(desk):
    """Open the side and wait for the answer."""

    def show(**where):
        desk.page.go_to(view="reasons", side="forecasts", **where)
        desk.settle()
        side = desk.page.view("reasons").shown
        assert isinstance(side, ForecastsView)
        return side

    return show


def fill(ws):
    rng, kept = Random(5), calendar.calendar(ws)
    member = min(team.team(ws).members)
    for month in PAST:
        for day in kept.working_days(month, month_end(month)):
            facts.enter(ws, day, [Entry(member, "receipts", rng.randrange(50, 150) * 1_000_00)])
    return member


def test_every_past_forecast_stands_in_the_table(desk, shown):
    fill(desk.ws)
    side = shown()
    model = side.table.model()
    assert model.rowCount() == 9
    assert model.index(0, 0).data() == "Сентябрь 2026"
    assert model.index(8, 0).data() == "Июль 2026"
    texts = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert texts[:2] == ["Месяц", "Рабочий день"]
    assert "Прогноз" in texts[2]
    assert set(side.cards) == {5, 10, 15}
    assert "простой темп" in side.cards[10].accessibleName()


def test_a_card_draws_its_working_day(desk, shown, qtbot):
    fill(desk.ws)
    side = shown()
    side.cards[15].setFocus()
    qtbot.keyClick(side.cards[15], Qt.Key.Key_Space)
    data = side.chart.data
    fifteenth = [t for t in side.record.trials if t.working_day == 15]
    assert data.series[1].values == tuple(t.forecast.p50 for t in reversed(fifteenth))
    assert data.months == tuple(PAST[3:])


def test_a_member_has_a_record_of_their_own(desk, shown, qtbot):
    member = fill(desk.ws)
    side = shown(member=member)
    assert side.record.member == member
    side.people.setFocus()
    qtbot.keyClick(side.people, Qt.Key.Key_Home)
    desk.settle()
    assert side.record.member == 0


def test_without_a_past_it_says_what_is_missing(desk, shown):
    side = shown()
    assert side.record is not None
    assert side.record.trials == ()
    assert "четыре законченных месяца" in side.findChild(EmptyState).accessibleName()


def test_tab_goes_from_the_choices_to_the_cards_above_the_table(desk, shown, qtbot):
    fill(desk.ws)
    side = shown()
    desk.settle()
    first = next(iter(side.cards.values()))
    assert side.people.nextInFocusChain() is first
    assert first.nextInFocusChain() in side.cards.values()


def test_a_new_fact_is_in_the_record_at_once(desk, shown):
    member = fill(desk.ws)
    side = shown()
    before = side.record.trials[0].total
    facts.enter(desk.ws, date(2026, 9, 1), [Entry(member, "receipts", 9_000_000_00)])
    desk.settle()
    assert side.record.trials[0].total > before
