"""Approving a month's plan: what is overloaded, then the name and the date."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, month_name, ngettext
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field

Approve = Callable[[str, date], object]
_LINES_SHOWN = 8


class ApproveDialog(Dialog):
    """Shows what does not fit, asks who approves and when, and approves."""

    def __init__(
        self,
        month: date,
        overload: Sequence[str],
        by: str,
        on: date,
        approve: Approve,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            overload: one sentence for each load beyond what was ever carried, the worst first.
            by, on: proposed name and date.
            approve: does it; may raise `DomainError`.
        """
        super().__init__(
            _("Approve the plan: {month}", month=month_name(month)), _("Approve"), parent
        )
        self.setModal(True)
        self._approve = approve
        self.body.addWidget(self._about(overload))
        self.name = QLineEdit(by)
        self.name.setMaxLength(120)
        self.date = DateField(on)
        self._name_field = Field(_("Who approves"), self.name)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._name_field, 2)
        row.addWidget(Field(_("Date"), self.date), 1)
        self.body.addLayout(row)
        note = QLabel(
            _(
                "An approved plan does not change. It is corrected by a new version with a reason; "
                "the earlier one stays to compare."
            )
        )
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        self.body.addWidget(note)
        self.setMinimumWidth(current_theme().px(520))
        (self.primary if by else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Approve; a missing name is said beside its field."""
        self._name_field.set_error("")
        if not self.name.text().strip():
            self._name_field.set_error(_("Type the name of who approves."))
            raise DomainError(N_("A plan is approved by somebody. Type the name."))
        self._approve(self.name.text().strip(), self.date.value)

    def _about(self, overload: Sequence[str]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if not overload:
            column.addWidget(
                QLabel("\u2713 " + _("Everybody's plan is within what they can carry."))
            )
            return box
        head = QLabel(
            ngettext(
                "{n} manager to look at first:", "{n} managers to look at first:", len(overload)
            )
        )
        head.setProperty("role", "strong")
        column.addWidget(head)
        for line in overload:
            label = QLabel(f"\u26a0 {line}")
            label.setWordWrap(True)
            column.addWidget(label)
        if len(overload) <= _LINES_SHOWN:
            return box
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(box)
        scroll.setMinimumHeight(current_theme().px(220))
        return scroll
