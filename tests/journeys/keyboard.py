"""Somebody who has no mouse: keys go where the keyboard is, and nowhere else."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.steps import Person

W = TypeVar("W", bound=QWidget)
MOST_TABS = 120


class Keyboard:
    """Presses keys before a person's window."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def at(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.person.desk.window

    def press(self, *pressed: str) -> None:
        """Press keys, as Qt writes them, one after the other."""
        for one in pressed:
            found = QKeySequence(one)[0]
            QTest.keyPress(self.at, found.key(), found.keyboardModifiers())
            QTest.keyRelease(self.at, found.key(), found.keyboardModifiers())
            self.person.settle()

    def write(self, text: str) -> None:
        """Type words, in whatever alphabet."""
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(self.at, event)

    def tab_to(self, wanted: type[W], fits: Callable[[W], bool] = lambda _widget: True) -> W:
        """Press Tab until the keyboard is on a widget of this kind."""
        passed = []
        for _step in range(MOST_TABS):
            if isinstance(self.at, wanted) and fits(self.at):
                return self.at
            passed.append(f"{type(self.at).__name__} «{self.at.accessibleName()}»")
            QTest.keyClick(self.at, Qt.Key.Key_Tab)
            self.person.qtbot.wait(1)
        raise AssertionError("Tab does not come there: " + ", ".join(passed))
