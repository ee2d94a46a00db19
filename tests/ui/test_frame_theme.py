import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel

from ropdesk.ui import fonts, icons
from ropdesk.ui.roles import DARK, LIGHT, State

TEXT_ON = [
    ("text", "background"), ("text", "card"), ("text", "hover"), ("text", "accent_tint"),
    ("text", "total"), ("text", "field"),
    ("secondary", "background"), ("secondary", "card"), ("secondary", "total"),
    ("accent", "card"), ("accent", "background"), ("accent_text", "accent_tint"),
    ("good", "card"), ("warning", "card"), ("bad", "card"),
    ("good_text", "good_tint"), ("warning_text", "warning_tint"), ("bad_text", "bad_tint"),
    ("neutral_text", "neutral_tint"), ("on_button", "button"), ("on_button", "button_hover"),
    ("sidebar_text", "sidebar"), ("sidebar_text", "sidebar_hover"), ("sidebar_muted", "sidebar"),
    ("sidebar_muted", "sidebar_active"), ("sidebar_strong", "sidebar_active"),
    ("on_badge", "badge"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read(roles, ink, ground):
    lighter, darker = sorted(
        (luminance(getattr(roles, ink)), luminance(getattr(roles, ground))), reverse=True
    )
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_figures_are_equally_wide(theme):
    label = QLabel("1111")
    assert QFontInfo(label.font()).family() == fonts.FAMILY
    widths = {QFontMetricsF(label.font()).horizontalAdvance(figure * 8) for figure in "0123456789"}
    assert len(widths) == 1
    bold = QFontMetricsF(theme.font(19, fonts.BOLD))
    assert bold.horizontalAdvance("2222") == bold.horizontalAdvance("7177")


def test_theme_and_scale_repaint_everything(theme, qtbot):
    label = QLabel("x")
    qtbot.addWidget(label)
    label.setProperty("role", "title")
    label.show()
    small = label.sizeHint().height()
    with qtbot.waitSignal(theme.changed):
        theme.set_theme("dark")
    assert QApplication.palette().window().color().name().upper() == DARK.background
    with qtbot.waitSignal(theme.changed):
        theme.set_scale(150)
    label.ensurePolished()
    assert label.sizeHint().height() > small * 1.3
    theme.set_scale(900)
    assert theme.scale == 150
    theme.set_theme("system")  # the offscreen screen has no opinion: light
    assert theme.roles is LIGHT


def test_every_state_has_its_colours():
    for roles in (LIGHT, DARK):
        assert len({roles.of(state) for state in State}) == len(State)
        assert len({roles.chip(state) for state in State}) == len(State)


def test_icons_are_drawn_in_the_theme_s_colour(theme):
    pixmap = icons.icon("search", "bad", 64).pixmap(64, 64).toImage()
    inked = [
        pixmap.pixelColor(x, y).name().upper()
        for x in range(64)
        for y in range(64)
        if pixmap.pixelColor(x, y).alpha() > 250
    ]
    assert LIGHT.bad in inked
