"""Who is at a meeting: everybody of the department, a key or a click for each."""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.meeting_run import ABSENT, LATE, PRESENT, Attendance, MeetingState
from ropdesk.ui.fonts import MEDIUM, REGULAR
from ropdesk.ui.meeting.room_rows import DOWN, EDIT, UP, RowButton, step
from ropdesk.ui.roles import State
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.notes import TextLine

NEXT = {PRESENT: LATE, LATE: ABSENT, ABSENT: PRESENT}
SIGNS = {PRESENT: "\u2713", LATE: "\u25d4", ABSENT: "\u2212"}  # ✓ ◔ −
STATES = {PRESENT: State.GOOD, LATE: State.WARNING, ABSENT: State.BAD}
PAD, MARK = 6, 18  # pixels at 100 % text scale


def words_of(state: str) -> str:
    """Say whether somebody is there."""
    return {PRESENT: _("present"), LATE: _("late"), ABSENT: _("absent")}[state]


class PersonRow(RowButton):
    """One member: a sign and the name. A click, Enter or Space: present, late, absent."""

    def __init__(self, person: Attendance, parent: QWidget | None = None) -> None:
        super().__init__(person.name, parent)
        self.person = person
        self.show_person(person)

    def show_person(self, person: Attendance) -> None:
        """Show how it stands."""
        self.person = person
        self.setText(person.name)
        parts = (person.name, words_of(person.state), person.reason)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(
            _("{who}. Space or a click: present, late, absent.", who=self.accessibleName())
        )
        self.update()

    def natural_size(self) -> tuple[int, int]:
        """Return one line's height."""
        return 60, current_theme().px(24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(13, MEDIUM))
        painter.setPen(theme.roles.of(STATES[self.person.state]))
        left = theme.px(PAD)
        painter.drawText(
            QRect(left, 0, theme.px(MARK), self.height()), flags, SIGNS[self.person.state]
        )
        painter.setFont(theme.font(12, REGULAR))
        painter.setPen(theme.colour("secondary" if self.person.state == ABSENT else "text"))
        room = QRect(left + theme.px(MARK), 0, self.width() - 2 * left - theme.px(MARK), 0)
        room.setHeight(self.height())
        name = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, flags, name)
        if self.hasFocus():
            self.paint_focus(painter, self.rect().adjusted(1, 1, -1, -1), 5)


class _Person(QWidget):
    """A member's row, and below it the reason of somebody who is late or absent."""

    reason_given = Signal(int, str)

    def __init__(self, person: Attendance) -> None:
        super().__init__()
        self.row = PersonRow(person)
        self.reason: TextLine | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self.row)

    def show_person(self, person: Attendance) -> None:
        self.row.show_person(person)
        if person.state == PRESENT:
            if self.reason is not None:
                self.reason.hide()
            return
        if self.reason is None:
            self.reason = TextLine()
            self.reason.setPlaceholderText(_("reason"))
            self.reason.committed.connect(self._given)
            self._column.addWidget(self.reason)
            self.reason.setContentsMargins(current_theme().px(PAD + MARK), 0, 0, 0)
        self.reason.setAccessibleName(_("{name}: reason", name=person.name))
        self.reason.show_text(person.reason, other=False)
        self.reason.show()

    def _given(self, text: str) -> None:
        self.reason_given.emit(self.row.person.member_id, text)


class PeopleCard(Card):
    """«Присутствуют 5 из 6», those who are not there first.

    Signals:
        changed: member id, state, reason.
        roles_wanted: who leads, writes and visits is to be said.
    """

    changed = Signal(int, str, str)
    roles_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self.people: dict[int, _Person] = {}
        self._state: dict[int, Attendance] = {}
        inner = QWidget()
        inner.setObjectName("clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll, 1)
        self.roles = IconButton("edit", _("Who leads, who writes, guests"))
        self.roles.clicked.connect(self.roles_wanted)
        self._others = QLabel()
        self._others.setProperty("role", "secondary")
        self._others.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._others, 1)
        row.addWidget(self.roles)
        self.body.insertLayout(0, row)

    def row(self, member_id: int) -> PersonRow:
        """Return a member's row."""
        return self.people[member_id].row

    def reason(self, member_id: int) -> TextLine | None:
        """Return the field of a member's reason, if there is one."""
        return self.people[member_id].reason

    def show_people(self, state: MeetingState) -> None:
        """Show who is there; the order is that of the first showing, absent ones first."""
        people = state.attendance
        here = sum(1 for each in people if each.state != ABSENT)
        counted = _("{n} of {all} present", n=here, all=len(people))
        self.set_title(counted if people else _("Participants"))
        others = (
            _("led by {name}", name=state.led_by) if state.led_by else "",
            _("protocol by {name}", name=state.secretary) if state.secretary else "",
            _("guests: {names}", names=state.guests) if state.guests else "",
        )
        said = "; ".join(part for part in others if part)
        self._others.setText(said or _("Who leads, who writes, guests"))
        self._state = {each.member_id: each for each in people}
        if self.people.keys() != self._state.keys():
            self._make(people)
        for member_id, each in self._state.items():
            self.people[member_id].show_person(each)

    def take_focus(self) -> None:
        """Go to the first row."""
        first = next(iter(self.people.values()), None)
        if first is not None:
            first.row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commit(self) -> None:
        """Keep a reason that is being typed."""
        for person in self.people.values():
            if person.reason is not None:
                person.reason.editingFinished.emit()

    def _commanded(self, name: str) -> None:
        row = self.sender()
        if not isinstance(row, PersonRow):
            return
        if name in {UP, DOWN}:
            rows: list[RowButton] = [person.row for person in self.people.values()]
            there = step(rows, row, name)
            if there is not None:
                self._scroll.ensureWidgetVisible(there)
        elif name == EDIT:
            field = self.people[row.person.member_id].reason
            if field is not None and field.isVisible():
                field.setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, people: tuple[Attendance, ...]) -> None:
        for person in self.people.values():
            self._column.removeWidget(person)
            person.hide()
            person.deleteLater()
        self.people = {}
        ordered = sorted(people, key=lambda each: (each.state == PRESENT, each.name.casefold()))
        for number, each in enumerate(ordered):
            person = _Person(each)
            person.row.setObjectName(str(each.member_id))
            person.row.clicked.connect(self._toggle)
            person.row.commanded.connect(self._commanded)
            person.reason_given.connect(self._reason)
            self.people[each.member_id] = person
            self._column.insertWidget(number, person)

    def _toggle(self) -> None:
        person = self._state[int(self.sender().objectName())]
        self.changed.emit(person.member_id, NEXT[person.state], person.reason)

    def _reason(self, member_id: int, text: str) -> None:
        self.changed.emit(member_id, self._state[member_id].state, text)
