"""The form of an action: what, who, what for, when, how often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metric
from ropdesk.domain.week import HOUR, State
from ropdesk.i18n import _, describe
from ropdesk.services.week import NewAction
from ropdesk.services.week_lines import ActionLine
from ropdesk.services.week_series import Repeat
from ropdesk.services.week_view import Week
from ropdesk.ui import values
from ropdesk.ui.planning.week import words
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import DateField, Field
from ropdesk.ui.widgets.segmented import Segmented

LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)
THIS, FOLLOWING = "this", "following"
WIDE = 560  # pixels at 100 % text scale


@dataclass(frozen=True, slots=True)
class Filled:
    """What the form says.

    Attributes:
        repeat: how it recurs; None for a single action or for one time of a recurring one.
        result: what came of it, where it is done.
    """

    action: NewAction
    repeat: Repeat | None
    result: str


class ActionForm(Dialog):
    """Asks for an action; what is wrong stands beside its field."""

    def __init__(
        self,
        week: Week,
        line: ActionLine | None,
        start: NewAction,
        repeat: Repeat | None,
        save: Callable[[Filled], object],
        parent: QWidget | None = None,
    ) -> None:
        """Make the form.

        Args:
            line: the action edited; None for a new one.
            start: the values to begin with.
            repeat: how the action recurs already; None where it does not.
            save: stores what was filled in; may refuse with `DomainError`.
        """
        title = _("New action") if line is None else _("Action")
        super().__init__(title, _("Put into the plan") if line is None else _("Save"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(current_theme().px(WIDE))
        self._week, self._line, self._start, self._repeat = week, line, start, repeat
        self._save = save
        self._fields: dict[str, Field] = {}
        self._build_what()
        self._build_when()
        self._build_repeat()
        self.note = QLineEdit(start.note)
        self.body.addWidget(self._field("note", _("Note"), self.note))
        self.outcome = QLineEdit(line.result if line is not None else "")
        done = self._field("result", _("What came of it"), self.outcome)
        done.setVisible(line is not None and line.state is State.DONE)
        self.body.addWidget(done)
        self.title.setFocus()

    def submit(self) -> None:
        """Store the action; a refusal is said beside its field."""
        for field in self._fields.values():
            field.set_error("")
        try:
            self._save(self._filled())
        except DomainError as error:
            name = error.fields.get("field")
            if isinstance(name, str) and name in self._fields:
                self._fields[name].set_error(describe(error))
            raise

    # -- the form

    def _field(self, key: str, label: str, editor: QWidget) -> Field:
        self._fields[key] = Field(label, editor)
        return self._fields[key]

    def _build_what(self) -> None:
        start, week = self._start, self._week
        self.title = QLineEdit(start.title)
        self.title.setMaxLength(200)
        self.title.setPlaceholderText(_("For example: review three negotiations of Petrov"))
        self.body.addWidget(self._field("title", _("What is to be done"), self.title))
        self.owner = QComboBox()
        for owner in week.owners:
            self.owner.addItem(words.owner_choice(owner), owner.id)
        if self._line is not None and self.owner.findData(start.member_id) < 0:
            self.owner.addItem(self._line.owner, start.member_id)  # has left since
        self.owner.setCurrentIndex(max(0, self.owner.findData(start.member_id)))
        self.owner.activated.connect(self._say_days)
        self.which = QComboBox()
        self.which.addItem(_("no metric"), "")
        for metric in week.metrics.values():
            self.which.addItem(values.name(metric), metric.code)
        self.which.setCurrentIndex(max(0, self.which.findData(start.metric)))
        self.which.activated.connect(self._say_unit)
        self.expected = QLineEdit()
        if start.expected is not None and start.metric in week.metrics:
            chosen = week.metrics[start.metric]
            self.expected.setText(values.plain(start.expected, values.entry_style(chosen)))
        for box in (self.owner, self.which):
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._field("member_id", _("Who"), self.owner), 0, 0)
        grid.addWidget(self._field("metric", _("For which metric"), self.which), 0, 1)
        grid.addWidget(self._field("expected", _("Expected change, a week"), self.expected), 0, 2)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self._say_unit()

    def _build_when(self) -> None:
        start = self._start
        self.day = QComboBox()
        self.time = QComboBox()
        self.time.addItem(_("any time"), None)
        times = sorted({*range(7 * HOUR, 21 * HOUR + 1, 15), *_known(start.start)})
        for minute in times:
            self.time.addItem(words.clock(minute), minute)
        self.time.setCurrentIndex(max(0, self.time.findData(start.start)))
        self.minutes = QComboBox()
        for minutes in sorted({*LENGTHS, start.minutes}):
            self.minutes.addItem(words.length(minutes), minutes)
        self.minutes.setCurrentIndex(self.minutes.findData(start.minutes))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("day", _("Day"), self.day), 2)
        row.addWidget(self._field("start", _("Time"), self.time), 1)
        row.addWidget(self._field("minutes", _("Length"), self.minutes), 1)
        self.body.addLayout(row)
        self._fill_days(start.day)

    def _build_repeat(self) -> None:
        chosen = self._repeat
        self.scope = Segmented(
            [(THIS, _("only this time")), (FOLLOWING, _("this and all following"))], THIS,
            _("What is changed"),
        )  # fmt: skip
        self.scope.changed.connect(self._say_scope)
        self.scope.setVisible(chosen is not None)
        self.body.addWidget(self.scope)
        self.weekdays: list[QCheckBox] = []
        row = QHBoxLayout()
        row.setSpacing(10)
        shown = {*range(5), *(day.day.weekday() for day in self._week.days)}
        shown |= set(chosen.weekdays if chosen is not None else ())
        for number in sorted(shown):
            name = i18n.weekday_short(self._week.monday + timedelta(number))
            box = QCheckBox(name)
            box.setObjectName(str(number))
            box.setAccessibleName(_("Recurs on {weekday}", weekday=name))
            box.setChecked(chosen is not None and number in chosen.weekdays)
            box.toggled.connect(self._say_scope)
            self.weekdays.append(box)
            row.addWidget(box)
        self.ends = QCheckBox(_("until"))
        self.until = DateField(self._week.monday + timedelta(27))
        if chosen is not None and chosen.until is not None:
            self.ends.setChecked(True)
            self.until.set_value(chosen.until)
        self.ends.toggled.connect(self._say_scope)
        row.addStretch(1)
        row.addWidget(self.ends)
        row.addWidget(self.until)
        self._days = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        self._days.setLayout(row)
        hint = _("A day off moves it to the working day before, if it is not done then anyway.")
        field = Field(_("Recurs every week"), self._days, hint)
        self._fields["until"] = field
        self.body.addWidget(field)
        self._say_scope()

    # -- what follows what

    def _fill_days(self, chosen: date | None) -> None:
        self.day.clear()
        self.day.addItem(_("not on the grid yet"), None)
        for day in self._week.days:
            self.day.addItem("", day.day.isoformat())  # Qt compares other objects by identity
        if chosen is not None:
            self.day.setCurrentIndex(max(0, self.day.findData(chosen.isoformat())))
        self._say_days()

    def _say_days(self, *_told: object) -> None:
        owner = self.owner.currentData()
        for number, day in enumerate(self._week.days, 1):
            text = words.day_title(day.day)
            note = ""
            room = day.rooms.get(owner)
            if not day.working:
                note = _("day off")
            elif owner in day.away:
                note = words.away_words(day.away[owner])
            elif room is not None and room.over:
                note = _("over by {time}", time=words.length(room.over))
            elif room is not None:
                note = _("free {time}", time=words.length(room.free))
            text = f"{text} · {note}" if note else text
            self.day.setItemText(number, text)

    def _say_unit(self, *_told: object) -> None:
        metric = self._metric()
        self.expected.setEnabled(metric is not None)
        unit = "" if metric is None else values.entry_style(metric).unit
        self.expected.setPlaceholderText(_("for example +5 {unit}", unit=unit) if metric else "")

    def _say_scope(self, *_told: object) -> None:
        single = self._repeat is not None and self.scope.current == THIS
        self._fields["until"].setVisible(not single)
        recurs = not single and any(box.isChecked() for box in self.weekdays)
        self.ends.setEnabled(recurs)
        self.until.setEnabled(recurs and self.ends.isChecked())
        self._fields["day"].setEnabled(not recurs)

    def _metric(self) -> Metric | None:
        code = str(self.which.currentData())
        return self._week.metrics[code] if code else None

    def _day(self) -> date | None:
        chosen = self.day.currentData()
        return None if chosen is None else date.fromisoformat(chosen)

    def _filled(self) -> Filled:
        metric = self._metric()
        try:
            text = self.expected.text()
            expected = None if metric is None else values.parse(metric, text)
        except DomainError as error:
            raise DomainError(error.message, **{**error.fields, "field": "expected"}) from error
        action = NewAction(
            title=self.title.text(), week=self._week.monday, day=self._day(),
            start=self.time.currentData(), minutes=self.minutes.currentData(),
            member_id=self.owner.currentData(), metric="" if metric is None else metric.code,
            expected=expected, note=self.note.text(),
            investigation_id=self._start.investigation_id,
        )  # fmt: skip
        return Filled(action, self._chosen_repeat(action), self.outcome.text())

    def _chosen_repeat(self, action: NewAction) -> Repeat | None:
        if self._repeat is not None and self.scope.current == THIS:
            return None
        weekdays = tuple(int(box.objectName()) for box in self.weekdays if box.isChecked())
        if not weekdays and self._repeat is None:
            return None
        if not weekdays:
            raise DomainError(N_("No weekday is chosen. Choose at least one."), field="until")
        first = self._repeat.first if self._repeat is not None else action.day or self._first()
        return Repeat(weekdays, first, self.until.value if self.ends.isChecked() else None)

    def _first(self) -> date:
        """Begin today in the running week: what has passed cannot be planned."""
        return max(self._week.monday, min(self._week.as_of, self._week.days[-1].day))


def _known(minute: int | None) -> tuple[int, ...]:
    return () if minute is None else (minute,)
