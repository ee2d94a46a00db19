"""An absence: who, why, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QHBoxLayout, QLineEdit, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind
from ropdesk.i18n import _, describe
from ropdesk.services import team
from ropdesk.services.team import AbsenceRow
from ropdesk.store.workspace import Workspace
from ropdesk.ui.team.words import KINDS
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field
from ropdesk.ui.widgets.segmented import Segmented


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a new absence is proposed to be."""

    member_id: int
    start: date
    end: date


class AbsenceDialog(Dialog):
    """Notes a new absence, or changes and removes one that is there."""

    done_with = Signal()

    def __init__(
        self,
        ws: Workspace,
        names: Mapping[int, str],
        what: Proposed | AbsenceRow,
        parent: QWidget,
    ) -> None:
        """Make the dialog; `names` are the members to choose from."""
        known = what if isinstance(what, AbsenceRow) else None
        title = _("Change the absence") if known else _("Note an absence")
        super().__init__(title, _("Change") if known else _("Note it"), parent)
        self._ws, self._known = ws, known
        shown = (
            what.absence
            if isinstance(what, AbsenceRow)
            else Absence(what.member_id, AbsenceKind.VACATION, what.start, what.end)
        )
        self.member = QComboBox()
        for member_id, name in names.items():
            self.member.addItem(name, member_id)
        self.member.setCurrentIndex(self.member.findData(shown.member_id))
        self.member.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.body.addWidget(Field(_("Member"), self.member))
        self.kind = Segmented(
            [(kind.value, _(words)) for kind, words in KINDS.items()],
            shown.kind.value,
            _("What kind"),
        )
        self.body.addWidget(self.kind)
        self.first, self.last = DateField(shown.start), DateField(shown.end)
        self.first.dateChanged.connect(self._follow)
        self._last_field = Field(_("Last day"), self.last)
        dates = QHBoxLayout()
        dates.addWidget(Field(_("First day"), self.first), 1)
        dates.addWidget(self._last_field, 1)
        self.body.addLayout(dates)
        self.note = QLineEdit(shown.note)
        self.note.setMaxLength(500)
        self.body.addWidget(Field(_("Note"), self.note))
        if known is not None:
            self.removing = SecondaryButton(_("Remove"))
            self.removing.clicked.connect(self._remove)
            self.buttons.addButton(self.removing, QDialogButtonBox.ButtonRole.ResetRole)

    def submit(self) -> None:
        """Note or change the absence; what is wrong is said beside the last day."""
        self._last_field.set_error("")
        absence = Absence(
            int(self.member.currentData()), AbsenceKind(self.kind.current),
            self.first.value, self.last.value, self.note.text().strip(),
        )  # fmt: skip
        try:
            if self._known is None:
                team.add_absence(self._ws, absence)
            else:
                team.change_absence(self._ws, self._known.id, absence)
        except DomainError as error:
            self._last_field.set_error(describe(error))
            raise
        self.done_with.emit()

    def _follow(self) -> None:
        """Keep the last day from lying before the first."""
        if self.last.value < self.first.value:
            self.last.set_value(self.first.value)

    def _remove(self) -> None:
        if self._known is not None:
            team.remove_absence(self._ws, self._known.id)
        self.accept()
        self.done_with.emit()
