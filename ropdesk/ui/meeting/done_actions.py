"""The palette's way to what can be done with a protocol in sight; the keys are on the buttons."""

from collections.abc import Callable
from typing import Protocol

from ropdesk.domain.errors import N_
from ropdesk.ui.page_actions import PageActions


class Done(Protocol):
    """What the actions ask of a finished meeting."""

    def begin_correction(self) -> None:
        """Open the words for a new edition."""

    def save_paper(self) -> None:
        """Ask where, and save the paper as a file."""

    def ask_printer(self) -> None:
        """Ask which printer, and print the paper."""

    def ready(self) -> bool:
        """Whether a paper is in sight."""


class DoneActions(PageActions[Done]):
    """Print, save, correct."""

    page_name = "meeting"

    def add_all(self) -> None:
        """Add the actions."""
        self._add("print_protocol", N_("Print the protocol…"), _print, "print")
        self._add("save_protocol", N_("Save the protocol as PDF…"), _save, "save")
        self._add("correct_protocol", N_("Correct the protocol"), _correct, "edit")

    def _add(self, name: str, text: str, run: Callable[[Done], object], icon: str) -> None:
        self.add(name, text, run, icon=icon, enabled=self._ready)

    def _ready(self) -> bool:
        from shiboken6 import isValid

        return self.page is not None and isValid(self.page) and self.page.ready()


def _print(view: Done) -> None:
    view.ask_printer()


def _save(view: Done) -> None:
    view.save_paper()


def _correct(view: Done) -> None:
    view.begin_correction()
