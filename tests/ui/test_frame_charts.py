import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt

from ropdesk.i18n import money
from ropdesk.ui.charts.cumulative import CumulativeChart
from ropdesk.ui.charts.data import CumulativeData, MonthsData, Scale, Series
from ropdesk.ui.charts.months import BarsChart, LinesChart
from ropdesk.ui.charts.ticks import day_ticks, spread, tick_text, value_ticks

MILLION = 100_000_000
ROUBLES = Scale(MILLION, 1, money)
DAYS = tuple(date(2026, 10, 1) + timedelta(n) for n in range(31))
PLAN = tuple(12 * MILLION * (n + 1) // 31 for n in range(31))
FACT = tuple(MILLION * 84 * (n + 1) // 220 for n in range(22))
AHEAD = tuple(FACT[-1] + MILLION * 38 * (n + 1) // 100 for n in range(9))
OCTOBER = CumulativeData(
    DAYS,
    PLAN,
    FACT,
    AHEAD,
    tuple(v - MILLION // 2 for v in AHEAD),
    tuple(v + MILLION // 2 for v in AHEAD),
    (
        ("минимум", tuple(v * 10 // 12 for v in PLAN)),
        ("максимум", tuple(v * 14 // 12 for v in PLAN)),
    ),
    ROUBLES,
)


def shown(chart, qtbot):
    qtbot.addWidget(chart)
    chart.resize(420, 300)
    chart.show()
    qtbot.waitUntil(lambda: chart.canvas is not None, timeout=10_000)
    qtbot.wait(30)
    return chart


@pytest.fixture
def october(qtbot, theme):
    chart = CumulativeChart("Нет данных за месяц.")
    chart.update_data(OCTOBER)
    return shown(chart, qtbot)


def test_labels_stand_beside_lines_and_apart(october):
    assert october.accessibleDescription() == (
        "минимум 10,0, максимум 14,0, план 12,0, прогноз 11,8, факт 8,4"
    )
    assert october.canvas.overlay.geometry() == october.canvas.rect()


def test_the_exact_values_of_a_day_are_said(october):
    words = october.words_at(21).replace("\u202f", " ").split("\n")
    assert words[:3] == ["22.10", "факт 8 400 000,00 ₽", "план 8 516 129,03 ₽"]
    assert [word.split()[0] for word in words[3:]] == ["минимум", "максимум"]
    assert "прогноз" in october.words_at(22)
    assert "от " in october.words_at(30)
    assert october.words_at(99) == ""


def test_a_click_leads_to_the_day(october, qtbot):
    spot = october.canvas.to_pixels(15, 0)
    with qtbot.waitSignal(october.clicked) as caught:
        qtbot.mouseClick(
            october.canvas.overlay, Qt.MouseButton.LeftButton, pos=QPoint(int(spot.x()) + 1, 80)
        )
    assert caught.args == [date(2026, 10, 15)]


def test_the_days_by_keyboard(october, qtbot):
    overlay = october.canvas.overlay
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    qtbot.keyClick(overlay, Qt.Key.Key_Right)
    with qtbot.waitSignal(october.clicked) as caught:
        qtbot.keyClick(overlay, Qt.Key.Key_Return)
    assert caught.args == [date(2026, 10, 2)]


def test_new_numbers_move_the_lines_without_a_rebuild(october):
    lines = dict(october.canvas._lines)
    october.update_data(CumulativeData(DAYS, PLAN, FACT[:10], scale=ROUBLES))
    assert october.canvas._lines["fact"] is lines["fact"]
    assert "scenario0" not in october.canvas._lines
    assert october.accessibleDescription() == "план 12,0, факт 3,8"


def test_nothing_to_draw_is_a_sentence(october, qtbot):
    october.update_data(CumulativeData())
    assert october._sentence.isVisible()
    october.update_data(OCTOBER)
    assert not october._sentence.isVisible()


def test_charts_follow_the_theme(october, theme, qtbot):
    theme.set_theme("dark")
    qtbot.wait(10)
    corner = october.grab().toImage().pixelColor(2, 2).name().upper()
    assert corner == theme.roles.card


def test_a_chart_is_there_before_its_library():
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "from ropdesk.ui.charts.cumulative import CumulativeChart;"
        "from ropdesk.ui.charts.months import BarsChart;"
        "chart = CumulativeChart('x'); chart.show();"
        "assert not {'pyqtgraph', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


MONTHS = tuple(date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(12))
VALUES = tuple((8 + n) * MILLION for n in range(12))


@pytest.mark.parametrize("kind", [LinesChart, BarsChart])
def test_twelve_months(kind, qtbot, theme):
    chart = kind("Нет истории.")
    series = (
        Series("факт", (*VALUES[:9], None, None, None)),
        Series("план", VALUES, dashed=True),
    )
    chart.update_data(MonthsData(MONTHS, series, ROUBLES))
    shown(chart, qtbot)
    assert chart.accessibleDescription() == "факт 16,0, план 19,0"
    assert chart.words_at(0).startswith("Ноябрь 2025\nфакт 8")
    chart.grab()
    chart.update_data(MonthsData(MONTHS, (Series("факт", VALUES),), ROUBLES))
    assert chart.accessibleDescription() == "факт 19,0"


@given(
    st.integers(1, 10**15), st.sampled_from([1, 100, 100_000, MILLION]), st.integers(-(10**12), 0)
)
def test_axis_numbers_are_few_round_and_cover(highest, divisor, lowest):
    ticks = value_ticks(highest, divisor, lowest=lowest)
    assert 2 <= len(ticks) <= 8
    assert ticks[0] <= lowest
    assert ticks[-1] >= highest
    assert 0 in ticks
    step = ticks[1] - ticks[0]
    assert all(b - a == step for a, b in pairwise(ticks))
    texts = [tick_text(tick, divisor, step) for tick in ticks]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("last", "named"),
    [(31, [1, 8, 15, 22, 29, 31]), (30, [1, 8, 15, 22, 30]), (28, [1, 8, 15, 22, 28]),
     (29, [1, 8, 15, 22, 29])],
)  # fmt: skip
def test_days_on_the_axis(last, named):
    assert day_ticks(last) == named


@given(st.lists(st.floats(0, 200), max_size=8))
def test_labels_never_overlap(wishes):
    places = sorted(spread(wishes, 15, 8, 270))
    assert all(b - a >= 15 - 1e-6 for a, b in pairwise(places))
    assert all(8 - 1e-6 <= place <= 270 + 1e-6 for place in places)
