"""The names under which exports know a member."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import _, describe
from ropdesk.ui.roles import State
from ropdesk.ui.team.edits import other_names, with_alias, without_alias
from ropdesk.ui.team.sections import Section
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.fields import FieldError, mark_invalid
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.paint import chip_size, paint_chip
from ropdesk.ui.widgets.painted import PaintedButton

Commit = Callable[[Callable[[Member], Member]], object]


class AliasChip(PaintedButton):
    """An alias; a click, Enter or Space takes it away."""

    def __init__(self, alias: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{alias}  \u2715", parent)
        self.alias = alias
        words = _("Remove the alias {alias}", alias=alias)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def natural_size(self) -> tuple[int, int]:
        """Return the size of the chip."""
        wide, high = chip_size(self.text())
        return int(wide) + 1, int(high) + 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip and where the keyboard is."""
        painter = QPainter(self)
        state = State.ACCENT if self.underMouse() else State.NEUTRAL
        paint_chip(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), self.text(), state)
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(1, 1, -1, -1), self.height() // 2)


class AliasesSection(Section):
    """Chips of aliases, and a field for one more."""

    def __init__(self, commit: Commit) -> None:
        super().__init__(_("Names and keys in exports"))
        self._commit = commit
        self._shown: tuple[str, ...] = ()
        self._holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        self._flow = FlowLayout(self._holder, 6)
        self.body.addWidget(self._holder)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("one more name or key"))
        self.field.setAccessibleName(_("One more name or key in exports"))
        self.field.returnPressed.connect(self._add)
        self.adding = SecondaryButton(_("Add"))
        self.adding.clicked.connect(self._add)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.adding)
        self.body.addLayout(row)
        self.error = FieldError()
        self.body.addWidget(self.error)

    @property
    def chips(self) -> list[AliasChip]:
        """The chips shown."""
        return [chip for chip in self._holder.findChildren(AliasChip) if not chip.isHidden()]

    def show_member(self, member: Member) -> None:
        """Show a member's aliases."""
        names = other_names(member)
        if names == self._shown:
            return
        self._shown = names
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for alias in names:
            chip = AliasChip(alias, self._holder)
            chip.clicked.connect(self._remove)
            self._flow.addWidget(chip)
            chip.show()
        self._holder.setVisible(bool(names))
        self._holder.updateGeometry()
        self._say("")

    def _add(self) -> None:
        text = self.field.text()
        try:
            self._commit(lambda member: with_alias(member, text))
        except DomainError as error:
            self._say(describe(error))
        else:
            self.field.clear()
            self._say("")

    def _remove(self) -> None:
        chip = self.sender()
        if isinstance(chip, AliasChip):
            alias = chip.alias
            self._commit(lambda member: without_alias(member, alias))

    def _say(self, text: str) -> None:
        self.error.say(text)
        mark_invalid(self.field, invalid=bool(text))
