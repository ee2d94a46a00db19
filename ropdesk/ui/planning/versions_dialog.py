"""Versions of a month's plan side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.i18n import _, month_name, ngettext
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version by number, and how it reads in the list."""

    number: int
    words: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One cell of two versions, every text ready; ``delta`` carries its sign."""

    key: tuple[str, str, int | None]
    what: str
    who: str
    a: str
    b: str
    delta: str
    changed: bool
    total: bool


Compare = Callable[[int, int], Sequence[ComparedLine]]


class VersionsDialog(Dialog):
    """Two versions chosen, their cells side by side; equal ones are left out unless asked for."""

    def __init__(
        self,
        month: date,
        choices: Sequence[VersionChoice],
        compare: Compare,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; `choices` are newest first, two at least."""
        super().__init__(
            _("Versions of the plan: {month}", month=month_name(month)),
            _("Close"),
            parent,
            cancel=False,
        )
        self._choices = {choice.number: choice for choice in choices}
        self._compare = compare
        self.older, self.newer = QComboBox(), QComboBox()
        self.older.setAccessibleName(_("Compare version"))
        self.newer.setAccessibleName(_("With version"))
        for box in (self.older, self.newer):
            for choice in choices:
                box.addItem(choice.words, choice.number)
            box.activated.connect(self._fill)
        self.older.setCurrentIndex(min(1, len(choices) - 1))
        self.every = QCheckBox(_("What is equal too"))
        self.every.toggled.connect(self._fill)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.older)
        row.addWidget(QLabel("\u2192"))
        row.addWidget(self.newer)
        row.addStretch(1)
        row.addWidget(self.every)
        self.body.addLayout(row)
        self._details = QLabel()
        self._details.setProperty("role", "secondary")
        self._details.setWordWrap(True)
        self.body.addWidget(self._details)
        self.table = DataTable()
        self.table.setAccessibleName(_("Versions side by side"))
        self.body.addWidget(self.table, 1)
        self.summary = QLabel()
        self.summary.setProperty("role", "secondary")
        foot = QVBoxLayout()
        foot.addWidget(self.summary)
        self.body.addLayout(foot)
        theme = current_theme()
        self.resize(theme.px(760), theme.px(520))
        self._fill()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        a, b = int(self.older.currentData()), int(self.newer.currentData())
        lines = self._compare(a, b)
        changed = [line for line in lines if line.changed]
        shown = lines if self.every.isChecked() else changed
        self.table.set_columns(
            [
                Column("who", _("Manager"), Align.LEFT, stretch=True),
                Column("what", _("Plan"), Align.LEFT),
                Column("a", _("Version {n}", n=a)),
                Column("b", _("Version {n}", n=b)),
                Column("delta", _("Change")),
            ],
            [_row(line) for line in shown],
        )
        details = (self._choices[number].details for number in (a, b))
        self._details.setText("\n".join(line for line in details if line))
        self._details.setVisible(bool(self._details.text()))
        if a == b:
            self.summary.setText(_("The same version on both sides: choose another."))
        elif changed:
            self.summary.setText(
                ngettext("{n} number differs.", "{n} numbers differ.", len(changed))
            )
        else:
            self.summary.setText(_("The versions do not differ."))


def _row(line: ComparedLine) -> Row:
    return Row(
        line.key,
        (
            Cell(line.who, bold=line.total),
            Cell(line.what),
            Cell(line.a, muted=True),
            Cell(line.b, bold=line.total),
            Cell(line.delta, bold=line.changed),
        ),
    )
