"""Which document: its kind, and for a plan its version and the managers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from ropdesk.i18n import _, short_date
from ropdesk.services import planning, team
from ropdesk.ui.reports.kinds import KINDS, MEMBER_SHEETS, MONTHLY, Wanted
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.services.planning import PlanView, VersionInfo
    from ropdesk.ui.context import Context


class Choice(QWidget):
    """The kinds side by side, and below them what a kind still leaves open."""

    changed = Signal(object)  # Wanted

    def __init__(self, context: "Context", wanted: Wanted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = wanted
        self.kinds = Segmented(
            [(key, _(words)) for key, words in KINDS.items()], wanted.kind, _("Document")
        )
        self.kinds.changed.connect(self._kind_chosen)
        self.versions, self.members = QComboBox(), QComboBox()
        for box in (self.versions, self.members):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(12)
            box.activated.connect(self._chosen)
        self._version = Field(_("Version of the plan"), self.versions)
        self._member = Field(_("Whose sheets"), self.members)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.kinds, self._version, self._member):
            column.addWidget(widget)

    def show_wanted(self, wanted: Wanted) -> None:
        """Follow what is shown; the lists are read anew."""
        self._wanted = wanted
        self.kinds.set_current(wanted.kind)
        workspace = self._context.workspace
        plan = None if wanted.kind == MONTHLY else planning.plan(workspace, wanted.month)
        versions = () if plan is None else plan.versions
        options = [(_version_words(each), each.version) for each in versions]
        default = None if plan is None else plan.version
        _fill(self.versions, options, wanted.version or default)
        self._version.setVisible(len(versions) > 1)
        people = self._people(plan) if wanted.kind == MEMBER_SHEETS else []
        _fill(self.members, [(_("All managers"), None), *people], wanted.member)
        self._member.setVisible(len(people) > 1)

    def _people(self, plan: "PlanView | None") -> list[tuple[str, int | None]]:
        if plan is None:
            return []
        known = team.team(self._context.workspace)
        named = {member for _scenario, _metric, member in plan.values if member is not None}
        people = [known.members[i] for i in named if i in known.members and i != known.nobody]
        return [(m.name, m.id) for m in sorted(people, key=lambda m: m.name.casefold())]

    def _kind_chosen(self, kind: str) -> None:
        self.changed.emit(Wanted(kind, self._wanted.month))

    def _chosen(self) -> None:
        wanted = self._wanted
        member = self.members.currentData() if wanted.kind == MEMBER_SHEETS else None
        self.changed.emit(Wanted(wanted.kind, wanted.month, self.versions.currentData(), member))


def _fill(box: QComboBox, options: Sequence[tuple[str, int | None]], current: int | None) -> None:
    box.clear()
    for words, value in options:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(current)) if options else -1)


def _version_words(version: "VersionInfo") -> str:
    number = version.version
    if version.status == "draft":
        return _("{n}: draft", n=number)
    if version.approved_on is None:
        return _("{n}: superseded", n=number)
    day = short_date(version.approved_on)
    if version.status == "superseded":
        return _("{n}: approved {date}, superseded", n=number, date=day)
    return _("{n}: approved {date}", n=number, date=day)
