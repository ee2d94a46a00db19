"""The first page of a first start, and where a workspace that cannot be opened is explained."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ropdesk import paths
from ropdesk.i18n import _
from ropdesk.ui.page import Page
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropdesk.ui.window_desk import Desk

MOST_RECENT = 5


class WelcomePage(Page):
    """Offers the sample department, a clean start, and the workspaces opened before."""

    def __init__(self, desk: "Desk", problem: str = "") -> None:
        super().__init__(desk.context(), _("Welcome to RopDesk"))
        self._desk = desk
        self.body.addWidget(_words(_(
            "RopDesk keeps the plan, the facts, the people and the paper of a sales department "
            "in one file on this computer. Nothing is sent anywhere."
        )))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(_choice(
            _("Look around"),
            _("A sample department with a year of deals, calls and plans. Everything works in it, "
              "and nothing in it is yours."),
            _("Open the sample department"), desk.open_sample, primary=not problem,
        ))  # fmt: skip
        row.addWidget(_choice(
            _("Begin with your data"),
            _("An empty workspace. Drop the export of your CRM on the window: managers and a "
              "year of facts come from it."),
            _("New workspace…"), desk.ask_new, primary=False,
        ))  # fmt: skip
        row.addWidget(_choice(
            _("Go on"),
            _("A workspace that you already have, on this computer or on a stick."),
            _("Open a workspace…"), desk.ask_open, primary=False,
        ))  # fmt: skip
        self.body.addLayout(row)
        self._add_recent()
        self.body.addStretch(1)
        if problem:
            self.show_error(problem)

    def itself(self) -> Page:
        """Return the page: the window asks for pages by a factory."""
        return self

    def _add_recent(self) -> None:
        recent = [path for path in paths.preferences().recent if path.is_file()][:MOST_RECENT]
        if not recent:
            return
        heading = QLabel(_("Opened before"))
        heading.setProperty("role", "cardTitle")
        self.body.addWidget(heading)
        for path in recent:
            opener = _Open(self._desk, path)
            shown = SecondaryButton(f"{path.stem}   {path.parent}")
            shown.clicked.connect(opener)
            self.body.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)


class _Open:
    """Opens one of the workspaces opened before."""

    def __init__(self, desk: "Desk", path: Path) -> None:
        self._desk, self._path = desk, path

    def __call__(self, _checked: bool = False) -> None:
        self._desk.open(self._path)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    label.setProperty("role", "secondary")
    return label


def _choice(
    title: str, text: str, action: str, run: "Callable[[], object]", *, primary: bool
) -> QWidget:
    card = Card(title)
    card.body.setSpacing(12)
    card.body.addWidget(_words(text), 1)
    pressed = (PrimaryButton if primary else SecondaryButton)(action)
    pressed.clicked.connect(_Run(run))
    card.body.addWidget(pressed, 0, Qt.AlignmentFlag.AlignLeft)
    card.setMinimumHeight(150)
    return card


class _Run:
    """Runs what a button is for, whatever Qt passes along."""

    def __init__(self, run: "Callable[[], object]") -> None:
        self._run = run

    def __call__(self, _checked: bool = False) -> None:
        self._run()
