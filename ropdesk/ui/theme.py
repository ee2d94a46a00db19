"""The theme in force: colours by role, text scale, palette and style sheet made from them."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ropdesk.ui import fonts
from ropdesk.ui.none_guard import protect_none
from ropdesk.ui.roles import DARK, LIGHT, Roles, State
from ropdesk.ui.stylesheet import style_sheet

__all__ = ["MAX_SCALE", "MIN_SCALE", "Roles", "State", "Theme", "ThemeName", "current_theme"]

protect_none()  # every widget of ours comes through this module

ThemeName = Literal["light", "dark", "system"]
MIN_SCALE, MAX_SCALE = 100, 150


class Theme(QObject):
    """Paints the whole application by roles, following the system unless told otherwise.

    `changed` fires after the application has been repainted. A widget that paints itself needs
    no connection: a new palette and style sheet repaint it, and it reads `current_theme()` then.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name: ThemeName = "system"
        self._scale = MIN_SCALE
        self._roles = LIGHT
        self._started = False
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._metrics: dict[tuple[int, int], QFontMetricsF] = {}
        self._colours: dict[str, QColor] = {}

    @property
    def name(self) -> ThemeName:
        """What was asked for: ``light``, ``dark`` or ``system``."""
        return self._name

    @property
    def scale(self) -> int:
        """Text scale in percent, 100 to 150."""
        return self._scale

    @property
    def roles(self) -> Roles:
        """The colours in force."""
        return self._roles

    def start(self, name: ThemeName = "system", scale: int = MIN_SCALE) -> None:
        """Load the fonts and paint the application; the first call of the window's life."""
        fonts.load()
        QApplication.setStyle("fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._name = name
        self._scale = _clamped(scale)
        self._started = True
        self._apply()

    def set_theme(self, name: ThemeName) -> None:
        """Choose light, dark, or what the system shows."""
        self._name = name
        self._apply()

    def set_scale(self, percent: int) -> None:
        """Set the text scale; outside 100 to 150 percent the nearest bound is taken."""
        self._scale = _clamped(percent)
        self._apply()

    def px(self, pixels: int) -> int:
        """Scale a length that goes with the text."""
        return (pixels * self._scale + 50) // 100

    def font(self, pixels: int = 13, weight: int = fonts.REGULAR) -> QFont:
        """Return the program's font, the size given at 100 % scale. Shared: copy to change."""
        found = self._fonts.get((pixels, weight))
        if found is None:
            found = self._fonts[pixels, weight] = fonts.font(self.px(pixels), weight)
        return found

    def metrics(self, pixels: int = 13, weight: int = fonts.REGULAR) -> QFontMetricsF:
        """Return the measures of that font. Shared."""
        found = self._metrics.get((pixels, weight))
        if found is None:
            found = self._metrics[pixels, weight] = QFontMetricsF(self.font(pixels, weight))
        return found

    def colour(self, role: str) -> QColor:
        """Return the colour of a role by its name in `Roles`. Shared: copy to change."""
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = QColor(str(getattr(self._roles, role)))
        return found

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._name == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._name == "dark" or (self._name == "system" and _system_is_dark())
        self._roles = DARK if dark else LIGHT
        for kept in (self._fonts, self._metrics, self._colours):
            kept.clear()
        app = QApplication.instance()
        if not self._started or not isinstance(app, QApplication):
            return
        app.setFont(self.font())
        app.setPalette(_palette(self._roles))
        app.setStyleSheet(style_sheet(self._roles, self.px))
        self.changed.emit()


def _clamped(percent: int) -> int:
    return min(MAX_SCALE, max(MIN_SCALE, percent))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(roles: Roles) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in {
        role.Window: roles.background,
        role.WindowText: roles.text,
        role.Base: roles.field,
        role.AlternateBase: roles.total,
        role.Text: roles.text,
        role.Button: roles.card,
        role.ButtonText: roles.text,
        role.BrightText: roles.bad,
        role.ToolTipBase: roles.card,
        role.ToolTipText: roles.text,
        role.PlaceholderText: roles.secondary,
        role.Highlight: roles.accent_tint,
        role.HighlightedText: roles.text,
        role.Link: roles.accent,
        role.LinkVisited: roles.accent,
        role.Accent: roles.accent,
        role.Light: roles.card,
        role.Midlight: roles.line,
        role.Mid: roles.field_line,
        role.Dark: roles.secondary,
        role.Shadow: roles.line,
    }.items():
        palette.setColor(target, QColor(name))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(roles.disabled))
    return palette


_current: list[Theme] = []


def current_theme() -> Theme:
    """Return the process's one theme, made on first use."""
    if not _current:
        _current.append(Theme())
    return _current[0]
