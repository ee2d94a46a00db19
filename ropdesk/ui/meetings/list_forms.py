"""The form of a meeting: once, every week or every month."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk import i18n
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import Rule
from ropdesk.domain.week import DAYS, HOUR
from ropdesk.i18n import _, describe
from ropdesk.services.meeting_kinds import Kind
from ropdesk.ui.meetings import words
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field, NumberBox, choice, choose
from ropdesk.ui.widgets.segmented import Segmented

ONCE, WEEK, MONTH = "once", "week", "month"
LENGTHS = (10, 15, 20, 30, 45, 60, 90, 120, 180, 240)
NTH = (*range(1, 11), -1, -2, -3)
TOP = Qt.AlignmentFlag.AlignTop
WIDE = 520  # pixels at 100 % text scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the form begins with, and what it says in the end.

    Attributes:
        day: of a single meeting.
        rule: how it recurs; None for a single one.
    """

    kind: str
    day: date
    start: int | None
    minutes: int
    title: str = ""
    place: str = ""
    rule: Rule | None = None


def time_box(start: int | None) -> QComboBox:
    """Return a choice of times of a day, every quarter of an hour, and «any time»."""
    box = choice({})
    box.addItem(_("any time"), None)
    for minute in sorted(
        {*range(7 * HOUR, 21 * HOUR + 1, 15), *(() if start is None else (start,))}
    ):
        box.addItem(words.clock(minute), minute)
    choose(box, start)
    return box


class DayNote(QLabel):
    """Says under a date that it is a day off; nothing is refused."""

    def __init__(self, field: DateField, work: WorkCalendar) -> None:
        super().__init__()
        self._field, self._work = field, work
        self.setProperty("role", "secondary")
        field.dateChanged.connect(self.say)
        self.say()

    def say(self, *_told: object) -> None:
        """Look at the date again."""
        day = self._field.value
        off = not self._work.is_working(day)
        self.setText(_("{day} is a day off", day=i18n.weekday_date(day)) if off else "")
        self.setVisible(off)


def length_box(minutes: int) -> QComboBox:
    """Return a choice of lengths."""
    box = choice({})
    _offer(box, minutes)
    return box


def _offer(box: QComboBox, minutes: int) -> None:
    box.clear()
    for length in sorted({*LENGTHS, minutes}):
        box.addItem(words.length(length), length)
    choose(box, minutes)


class Form(Dialog):
    """A dialog that grows with what it has to say, so that no field is squeezed."""

    def __init__(self, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(title, verb, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)

    def try_submit(self) -> None:
        """Do what the form is for, or make room for why not."""
        super().try_submit()
        if self.isVisible():
            self.adjustSize()


class MeetingForm(Form):
    """Asks for a meeting; what is wrong stands beside its field.

    Args:
        start: the values to begin with.
        save: stores what was filled in; may refuse with `DomainError`.
        work: tells days off.
        repeats: which of once, every week, every month can be chosen.
        note: a sentence above the fields.
    """

    def __init__(
        self, heading: str, verb: str, kinds: Sequence[Kind], start: Filled,
        save: Callable[[Filled], object], work: WorkCalendar,
        repeats: Sequence[str] = (ONCE, WEEK, MONTH), note: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(heading, verb, parent)
        self.setMinimumWidth(current_theme().px(WIDE))
        self._kinds = {kind.code: kind for kind in kinds}
        self._save, self._start, self._work = save, start, work
        self._fields: dict[str, Field] = {}
        if note:
            above = QLabel(note)
            above.setWordWrap(True)
            above.setProperty("role", "secondary")
            self.body.addWidget(above)
        self._build_what(start)
        self._build_when(start, repeats)
        self._say_repeat()
        self.kind.setFocus()

    def submit(self) -> None:
        """Store the meeting; a refusal is said beside its field."""
        for field in self._fields.values():
            field.set_error("")
        try:
            self._save(self.filled())
        except DomainError as error:
            name = str(error.fields.get("field", ""))
            if name in self._fields and self._fields[name].isVisible():
                self._fields[name].set_error(describe(error))
            raise

    def filled(self) -> Filled:
        """Return what the form says."""
        return Filled(
            kind=str(self.kind.currentData()), day=self.day.value,
            start=self.time.currentData(), minutes=self.minutes.currentData(),
            title=self.title.text(), place=self.place.text(), rule=self._rule(),
        )  # fmt: skip

    # -- the form

    def _field(self, key: str, label: str, editor: QWidget, hint: str = "") -> Field:
        self._fields[key] = Field(label, editor, hint)
        return self._fields[key]

    def _build_what(self, start: Filled) -> None:
        self.kind = choice({code: kind.title for code, kind in self._kinds.items()})
        choose(self.kind, start.kind)
        self.kind.activated.connect(self._say_kind)
        self.title = QLineEdit(start.title)
        self.title.setMaxLength(120)
        self.place = QLineEdit(start.place)
        self.place.setMaxLength(120)
        self.place.setPlaceholderText(_("For example: meeting room, or a link"))
        self.body.addWidget(self._field("kind", _("Kind of meeting"), self.kind))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("title", _("Name, if not that of the kind"), self.title), 1)
        row.addWidget(self._field("place", _("Place"), self.place), 1)
        self.body.addLayout(row)
        self.time, self.minutes = time_box(start.start), length_box(start.minutes)
        self._say_kind_name()

    def _build_when(self, start: Filled, repeats: Sequence[str]) -> None:
        named = {ONCE: _("once"), WEEK: _("every week"), MONTH: _("every month")}
        rule = start.rule
        now = ONCE if rule is None else WEEK if rule.month_day is None else MONTH
        self.repeat = Segmented([(key, named[key]) for key in repeats],
                                now if now in repeats else repeats[0],
                                _("How often"))  # fmt: skip
        self.repeat.changed.connect(self._say_repeat)
        self.repeat.setVisible(len(repeats) > 1)
        self.body.addWidget(self.repeat)
        self.day = DateField(start.day if rule is None else rule.first)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("day", _("Day"), self.day), 1, TOP)
        row.addWidget(self._field("start", _("Time"), self.time), 1, TOP)
        row.addWidget(self._field("minutes", _("Time limit"), self.minutes), 1, TOP)
        self.body.addLayout(row)
        self.day_note = DayNote(self.day, self._work)
        self.body.addWidget(self.day_note)
        self.body.addWidget(self._build_weekdays(rule))
        self.nth = choice({})
        kept = None if rule is None else rule.month_day
        for nth in NTH if kept in {None, *NTH} else (*NTH, kept):
            self.nth.addItem(words.nth_words(nth), nth)
        choose(self.nth, kept or 1)
        self.body.addWidget(self._field("month_day", _("On which day of the month"), self.nth))
        self.ends = QCheckBox(_("until"))
        self.until = DateField(self.day.value)
        if rule is not None and rule.until is not None:
            self.ends.setChecked(True)
            self.until.set_value(rule.until)
        self.ends.toggled.connect(self.until.setEnabled)
        self.until.setEnabled(self.ends.isChecked())
        self.until.setAccessibleName(_("Last day"))
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.ends)
        inside.addWidget(self.until)
        inside.addStretch(1)
        hint = _("A day off moves it to the working day before in the same week, or leaves it out.")
        self.body.addWidget(self._field("until", _("How long it recurs"), line, hint))

    def _build_weekdays(self, rule: Rule | None) -> QWidget:
        chosen = words.WORKWEEK if rule is None or rule.month_day else rule.weekdays
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.weekdays: list[QCheckBox] = []
        for number in range(DAYS):
            name = words.weekdays((number,))
            day = QCheckBox(name)
            day.setAccessibleName(_("Recurs on {weekday}", weekday=name))
            day.setChecked(number in chosen)
            self.weekdays.append(day)
            row.addWidget(day)
        row.addStretch(1)
        self.every = NumberBox()
        self.every.setRange(1, 8)
        self.every.setPrefix(_("every") + " ")
        self.every.setSuffix(" " + _("wk"))
        self.every.setValue(1 if rule is None else rule.every)
        self.every.setAccessibleName(_("Every so many weeks"))
        row.addWidget(self.every)
        return self._field("weekdays", _("On which weekdays"), box)

    # -- what follows what

    def _say_kind(self, *_told: object) -> None:
        kind = self._kinds[str(self.kind.currentData())]
        _offer(self.minutes, kind.minutes)
        self._say_kind_name()

    def _say_kind_name(self) -> None:
        kind = self._kinds.get(str(self.kind.currentData()))
        self.title.setPlaceholderText("" if kind is None else kind.title)

    def _say_repeat(self, *_told: object) -> None:
        how = self.repeat.current
        self._fields["weekdays"].setVisible(how == WEEK)
        self._fields["month_day"].setVisible(how == MONTH)
        self._fields["until"].setVisible(how != ONCE)
        if how == ONCE:
            self.day_note.say()
        else:
            self.day_note.hide()
        label = self._fields["day"].findChildren(QLabel)[0]
        label.setText(_("Day") if how == ONCE else _("From"))
        if self.isVisible():
            self.adjustSize()

    def _rule(self) -> Rule | None:
        how = self.repeat.current
        if how == ONCE:
            return None
        until = self.until.value if self.ends.isChecked() else None
        if how == MONTH:
            return Rule(self.day.value, month_day=self.nth.currentData(), until=until)
        weekdays = tuple(n for n, day in enumerate(self.weekdays) if day.isChecked())
        return Rule(self.day.value, weekdays, self.every.value(), until=until)


class MoveForm(Form):
    """Asks for another day and time, and why."""

    def __init__(
        self, title: str, day: date, start: int | None, today: date,
        save: Callable[[date, int | None, str], object], work: WorkCalendar,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_("Move «{title}»", title=title), _("Move"), parent)
        self._save = save
        was = QLabel(_("Now: {day}", day=i18n.weekday_date(day)))
        was.setProperty("role", "secondary")
        self.body.addWidget(was)
        self.day = DateField(max(day, today))
        self.time = time_box(start)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Day"), self.day), 1, TOP)
        row.addWidget(Field(_("Time"), self.time), 1, TOP)
        self.body.addLayout(row)
        self.day_note = DayNote(self.day, work)
        self.body.addWidget(self.day_note)
        self._field = Field(_("Reason"), self.reason)
        self.body.addWidget(self._field)
        self.day.setFocus()

    def submit(self) -> None:
        """Move the meeting; a missing reason is said beside its field."""
        self._field.set_error("")
        try:
            self._save(self.day.value, self.time.currentData(), self.reason.text())
        except DomainError as error:
            if error.fields.get("field") == "reason":
                self._field.set_error(describe(error))
            raise


class SkipForm(Form):
    """Asks why a meeting is left out."""

    def __init__(
        self, title: str, day: date, save: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Skip «{title}»", title=title), _("Skip"), parent)
        self._save = save
        was = QLabel(i18n.weekday_date(day))
        was.setProperty("role", "secondary")
        self.body.addWidget(was)
        self.reason = QLineEdit()
        self.reason.setMaxLength(300)
        self._field = Field(_("Reason"), self.reason)
        self.body.addWidget(self._field)
        self.reason.setFocus()

    def submit(self) -> None:
        """Skip the meeting; without a reason that is refused beside the field."""
        self._field.set_error("")
        try:
            self._save(self.reason.text())
        except DomainError as error:
            self._field.set_error(describe(error))
            raise
