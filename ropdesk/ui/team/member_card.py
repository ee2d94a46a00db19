"""The card of one member: everything that can be said and changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import _, describe, month_name
from ropdesk.services import team
from ropdesk.ui.settings.record_dialog import RecordDialog
from ropdesk.ui.team import edits
from ropdesk.ui.team.absences_section import AbsencesSection
from ropdesk.ui.team.aliases_section import AliasesSection
from ropdesk.ui.team.list_rows import Listed
from ropdesk.ui.team.promises_section import PromisesSection
from ropdesk.ui.team.ramp_section import RampSection
from ropdesk.ui.team.results_section import ResultsSection
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.fields import Field, FieldError

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

WIDTH, HEIGHT = 384, 300


class MemberCard(Card):
    """Fields that commit when left or on Enter; the rest in sections below."""

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._context = context
        self._member: Member | None = None
        self.history_dialog: RecordDialog | None = None
        self.setMinimumSize(current_theme().px(WIDTH), current_theme().px(HEIGHT))
        self.history_link = LinkLabel(_("History…"))
        self.history_link.clicked.connect(self.open_history)
        self.add_right(self.history_link)
        inner = QWidget()
        inner.setObjectName("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        column.addLayout(self._build_fields())
        self.results = ResultsSection(self._open_board)
        self.promises = PromisesSection(context)
        self.ramp = RampSection(self.commit)
        self.absences = AbsencesSection(context)
        self.aliases = AliasesSection(self.commit)
        for section in (self.results, self.promises, self.ramp, self.absences, self.aliases):
            column.addWidget(section)
        column.addLayout(self._build_foot())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self._scroll = scroll
        self.body.addWidget(scroll, 1)

    def show_member(self, listed: Listed, member: Member | None) -> None:
        """Show a member; None shows that nobody is chosen."""
        other = member is None or self._member is None or member.id != self._member.id
        self._member = member
        self._scroll.setVisible(member is not None)
        self.history_link.setVisible(member is not None)
        if member is None:
            self.set_title(_("Nobody is chosen"))
            return
        self.set_title(member.name)
        if other:
            self._remove_error.say("")
            for field in self._fields.values():
                field.set_error("")
        for editor, text in (
            (self.name, member.name),
            (self.position, member.position),
            (self.limit, "" if member.deal_limit is None else str(member.deal_limit)),
        ):
            if other or not (editor.hasFocus() and editor.isModified()):
                editor.setText(text)
                editor.setCursorPosition(0)
        self.hired.set_value(member.hired)
        self.left.set_value(member.left)
        self.birthday.set_value(member.birthday)
        self.probation.set_value(member.probation_until)
        self.results.show_line(listed.board, listed.line(member.id), month_name(listed.month))
        self.promises.show_member(member.id, listed.today)
        self.ramp.show_member(member, listed.month)
        self.absences.show_member(listed.team, member, listed.today)
        self.aliases.show_member(member)

    def commit(self, change: Callable[[Member], Member]) -> None:
        """Change the member shown, as stored now; raises `DomainError` when that cannot be."""
        if self._member is None:
            return
        stored = team.team(self._context.workspace).members.get(self._member.id, self._member)
        team.update(self._context.workspace, change(stored))

    def open_history(self) -> None:
        """Show every version of this record; an earlier one can be brought back."""
        if self._member is None:
            return
        self.history_dialog = RecordDialog(
            self._context.workspace, "member", self._member.id, self._member.name, self
        )
        self.history_dialog.open()

    # -- inside

    def _build_fields(self) -> QGridLayout:
        today = self._context.today()
        self.name, self.position, self.limit = QLineEdit(), QLineEdit(), QLineEdit()
        self.limit.setPlaceholderText(_("none"))
        self.hired = DateButton(_("unknown"), _("Unknown"), today)
        self.left = DateButton(_("still works here"), _("Still works here"), today)
        # Most people are about thirty; the calendar's year can be typed from there.
        self.birthday = DateButton(
            _("unknown"), _("Unknown"), today.replace(year=today.year - 30, day=1)
        )
        self.probation = DateButton(_("none"), _("No probation"), today)
        self._fields = {
            "name": Field(_("Full name"), self.name),
            "position": Field(_("Position"), self.position),
            "limit": Field(_("Limit of open deals"), self.limit),
            "hired": Field(_("Hired"), self.hired),
            "left": Field(_("Last day"), self.left),
            "birthday": Field(_("Birthday"), self.birthday),
            "probation": Field(_("Probation until"), self.probation),
        }
        self.name.editingFinished.connect(self._name_typed)
        self.position.editingFinished.connect(self._position_typed)
        self.limit.editingFinished.connect(self._limit_typed)
        self.hired.chosen.connect(self._hired_chosen)
        self.left.chosen.connect(self._left_chosen)
        self.birthday.chosen.connect(self._birthday_chosen)
        self.probation.chosen.connect(self._probation_chosen)
        grid = QGridLayout()
        grid.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._fields["name"], 0, 0, 1, 2, top)
        grid.addWidget(self._fields["position"], 1, 0, top)
        grid.addWidget(self._fields["limit"], 1, 1, top)
        grid.addWidget(self._fields["hired"], 2, 0, top)
        grid.addWidget(self._fields["left"], 2, 1, top)
        grid.addWidget(self._fields["birthday"], 3, 0, top)
        grid.addWidget(self._fields["probation"], 3, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _build_foot(self) -> QVBoxLayout:
        self.removing = LinkLabel(_("Remove the member"))
        self.removing.setToolTip(
            _("Only somebody without any numbers can be removed; others get a last day.")
        )
        self.removing.clicked.connect(self._remove)
        self._remove_error = FieldError()
        self._today_link = LinkLabel(_("Make today the last day"))
        self._today_link.clicked.connect(self._leave_today)
        self._today_link.hide()
        column = QVBoxLayout()
        row = QHBoxLayout()
        row.addWidget(self.removing)
        row.addStretch(1)
        row.addWidget(self._today_link)
        column.addWidget(self._remove_error)
        column.addLayout(row)
        return column

    def _take(self, key: str, editor: QLineEdit, change: Callable[[Member], Member]) -> None:
        if not editor.isModified():
            return
        try:
            self.commit(change)
        except DomainError as error:
            self._fields[key].set_error(describe(error))
        else:
            editor.setModified(False)
            self._fields[key].set_error("")

    def _name_typed(self) -> None:
        self._take("name", self.name, lambda m: edits.named(m, self.name.text()))

    def _position_typed(self) -> None:
        text = self.position.text().strip()
        self._take("position", self.position, lambda m: replace(m, position=text))

    def _limit_typed(self) -> None:
        self._take(
            "limit", self.limit, lambda m: replace(m, deal_limit=edits.limit(self.limit.text()))
        )

    def _hired_chosen(self, day: object) -> None:
        self._take_date("hired", day if isinstance(day, date) else None)

    def _left_chosen(self, day: object) -> None:
        self._take_date("left", day if isinstance(day, date) else None)

    def _birthday_chosen(self, day: object) -> None:
        self._take_date("birthday", day if isinstance(day, date) else None)

    def _probation_chosen(self, day: object) -> None:
        self._take_date("probation", day if isinstance(day, date) else None)

    def _take_date(self, key: str, day: date | None) -> None:
        try:
            self.commit(lambda m: edits.dated(m, key, day))
        except DomainError as error:
            self._fields[key].set_error(describe(error))
        else:
            for name in ("hired", "left", "birthday", "probation"):
                self._fields[name].set_error("")

    def _remove(self) -> None:
        if self._member is None:
            return
        try:
            team.remove(self._context.workspace, self._member.id)
        except DomainError as error:
            self._remove_error.say(describe(error))
            self._today_link.setVisible(self._member.left is None)
        else:
            self._context.toast(_("{name} has been removed.", name=self._member.name), undo=True)

    def _leave_today(self) -> None:
        self._take_date("left", self._context.today())
        self._remove_error.say("")
        self._today_link.hide()

    def _open_board(self) -> None:
        self._context.navigate("planning", view="board", month=self.results.month)
