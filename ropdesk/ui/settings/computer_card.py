"""How the program looks on this computer: language, theme, size of text; applied at once."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel

from ropdesk import i18n, paths
from ropdesk.i18n import _
from ropdesk.ui import qt_texts
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.segmented import Segmented
from ropdesk.ui.window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ropdesk.ui.context import Context
    from ropdesk.ui.theme import ThemeName

SCALES = (100, 110, 125, 150)
THEMES: "tuple[ThemeName, ...]" = ("system", "light", "dark")


class ComputerCard(Card):
    """Three choices; `failed` says when they cannot be remembered."""

    failed = Signal(str)

    def __init__(self, context: "Context") -> None:
        super().__init__(_("This computer"), _("not kept in the workspace"))
        self._context = context
        self.language = Segmented(
            [("ru", "Русский"), ("en", "English")], i18n.language(), _("Language")
        )
        self.language.changed.connect(self._set_language)
        self.theme = Segmented(
            [("system", _("as the system")), ("light", _("light")), ("dark", _("dark"))],
            context.theme.name,
            _("Theme"),
        )
        self.theme.changed.connect(self._set_theme)
        scale = min(SCALES, key=lambda known: abs(known - context.theme.scale))
        self.scale = Segmented(
            [(str(each), f"{each}{i18n.THIN_SPACE}%") for each in SCALES],
            str(scale),
            _("Size of text"),
        )
        self.scale.changed.connect(self._set_scale)
        self._add(_("Language"), self.language)
        self._add(_("Theme"), self.theme)
        self._add(_("Size of text"), self.scale)
        self.body.addStretch(1)

    def _add(self, words: str, choice: "QWidget") -> None:
        label = QLabel(words)
        label.setProperty("role", "secondary")
        self.body.addWidget(label)
        self.body.addWidget(choice)

    def _set_language(self, code: str) -> None:
        i18n.set_language(code)
        qt_texts.install()
        self._remember(language=code)
        window = self.window()
        if isinstance(window, MainWindow):
            # Not now: the pages are made anew, and this one is still handling the click.
            QTimer.singleShot(0, window.retranslate)

    def _set_theme(self, key: str) -> None:
        name = next(name for name in THEMES if name == key)
        self._context.theme.set_theme(name)
        self._remember(theme=name)

    def _set_scale(self, key: str) -> None:
        self._context.theme.set_scale(int(key))
        self._remember(text_scale=int(key))

    def _remember(self, **values: Any) -> None:
        try:
            paths.save(replace(paths.preferences(), **values))
        except OSError:
            self.failed.emit(
                _(
                    "This choice holds until the program is closed: «{file}» cannot be written. "
                    "Check the folder and the free space.",
                    file=paths.preferences_file(),
                )
            )
