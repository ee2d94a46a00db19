"""What is said under a point: notes, or what to repeat and what not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.meetings import Section
from ropdesk.i18n import _
from ropdesk.services.meeting_run import Point
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.notes import NotesEdit

NOTES, AVOID = "notes", "avoid"


class NotesCard(Card):
    """The words of the point that is talked of; kept as they are typed.

    Signals:
        said: point id, which of both (notes, avoid), the words.
    """

    said = Signal(int, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent=parent)
        self._point: Point | None = None
        self.notes = NotesEdit(_("What was talked about"), lines=3, most=None, as_typed=True)
        self.avoid = NotesEdit(_("What not to do again"), lines=3, most=None, as_typed=True)
        self.notes.committed.connect(self._notes_said)
        self.avoid.committed.connect(self._avoid_said)
        self._above = QLabel(_("What to repeat"))
        self._between = QLabel(_("What not to repeat"))
        for label, edit in ((self._above, self.notes), (self._between, self.avoid)):
            label.setProperty("role", "strong")
            label.setBuddy(edit)
            self.body.addWidget(label)
            self.body.addWidget(edit, 1)
        self.avoid.setAccessibleName(_("What not to repeat"))

    @property
    def edits(self) -> tuple[NotesEdit, NotesEdit]:
        """Both fields."""
        return self.notes, self.avoid

    def show_point(self, point: Point | None, *, correcting: bool = False) -> None:
        """Show the words of a point; what is being typed of the same point stays."""
        other = self._point is None or point is None or point.id != self._point.id
        if other:
            self.commit()
        self._point = point
        self.setVisible(point is not None)
        if point is None:
            return
        repeat = point.section == Section.REPEAT
        hint = _("the numbers stay as they were printed") if correcting else ""
        self.set_title("" if repeat and not correcting else point.title, hint)
        self.notes.setAccessibleName(_("What to repeat") if repeat else _("Notes"))
        for widget in (self._above, self._between, self.avoid):
            widget.setVisible(repeat)
        self.notes.show_text(point.notes, other=other)
        self.avoid.show_text(point.avoid, other=other)

    def refused(self) -> None:
        """Hear that the words told were not kept."""
        if self._point is not None:
            self.notes.refused(self._point.notes)
            self.avoid.refused(self._point.avoid)

    def commit(self) -> None:
        """Tell what is being typed now."""
        for edit in self.edits:
            edit.commit()

    def take_focus(self) -> None:
        """Go to the notes, to the end of what is there."""
        self.notes.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.notes.moveCursor(self.notes.textCursor().MoveOperation.End)

    def _notes_said(self, text: str) -> None:
        if self._point is not None:
            self.said.emit(self._point.id, NOTES, text)

    def _avoid_said(self, text: str) -> None:
        if self._point is not None:
            self.said.emit(self._point.id, AVOID, text)
