"""The promise line: typed in one line, shown as understood, corrected by Tab, accepted by Enter."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Unit
from ropdesk.i18n import _
from ropdesk.services.promise_line import Reader
from ropdesk.ui import values
from ropdesk.ui.matching import score
from ropdesk.ui.meeting import promise_words as words
from ropdesk.ui.meeting.promise_draft import SALES_HEAD, Draft, Name, Value
from ropdesk.ui.meeting.promise_part import PartEdit, PartRow
from ropdesk.ui.widgets.fields import FieldError

LONGEST = 400


class PromiseField(QWidget):
    """A promise in one line.

    Enter accepts it when nothing is in doubt, otherwise it leads to the first doubt; Enter there
    confirms, typing corrects. Tab goes through all parts, Escape comes back and clears.

    Signals:
        accepted: the `PromiseInput` that the sales head confirmed.
    """

    accepted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader: Reader | None = None
        self._accepted = ""
        self.draft = Draft()
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText(_("Galiev tomorrow payment StroyInvest 180k"))
        self.line.setAccessibleName(_("Promise in one line"))
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.parts = {name: PartEdit(name) for name in Name}
        self._row = PartRow()
        for part in self.parts.values():
            self._row.add(part)
            part.stepped.connect(self._stepped)
            part.entered.connect(self._entered)
            part.escaped.connect(self._escaped)
            part.come.connect(self._come)
            part.gone.connect(self._gone)
        self._hint = QLabel()
        self._hint.setProperty("role", "secondary")
        self._hint.setWordWrap(True)
        self._error = FieldError()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.line, self._row, self._hint, self._error):
            column.addWidget(widget)
        self.setFocusProxy(self.line)
        self._show()

    @property
    def hint(self) -> str:
        """What is said below the parts."""
        return self._hint.text()

    @property
    def error(self) -> str:
        """What is said to be wrong, empty if nothing is."""
        return self._error.text()

    def set_reader(self, reader: Reader) -> None:
        """Read lines with the people and the day of a meeting; what is typed stays."""
        self._reader = reader
        self._typed(self.line.text())

    def clear(self) -> None:
        """Begin anew."""
        self.draft.clear()
        self.line.clear()
        self._show()

    def give_back(self, error: str) -> None:
        """Put the words accepted last back, and say why the promise cannot be written down."""
        self.line.setText(self._accepted)
        self._error.say(error)

    # -- the line

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Escape of the line; learn the names when it is come to."""
        if watched is self.line:
            if event.type() is QEvent.Type.FocusIn:
                QTimer.singleShot(0, self, self._prepare)
            elif isinstance(event, QKeyEvent):
                if event.type() is QEvent.Type.ShortcutOverride:
                    if event.key() == Qt.Key.Key_Escape and self.line.text():
                        event.accept()
                        return True
                elif event.type() is QEvent.Type.KeyPress:
                    return self._line_key(event)
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.line.text().strip():
            self._go_on()
            return True
        if event.key() == Qt.Key.Key_Escape and self.line.text():
            self.clear()
            return True
        return False

    def _prepare(self) -> None:
        if self._reader is not None:
            self._reader.prepare()

    def _typed(self, text: str) -> None:
        if self._reader is None or not text.strip():
            self.draft.clear()
        else:
            self.draft.read(self._reader.understand(text))
        self._show()

    # -- the parts

    def _show(self) -> None:
        reader = self._reader
        on = reader is not None and self.draft.understood is not None
        self._row.setVisible(on)
        self._error.say("")
        if reader is None or not on:
            self._hint.hide()
            return
        for name, part in self.parts.items():
            chip = words.shown(self.draft, reader, name)
            part.show_part(chip, words.plain(self.draft, reader, name), self.draft.sure(name))
        self.parts[Name.AMOUNT].setVisible(bool(self.draft.value(Name.METRIC)))
        here = next((part for part in self.parts.values() if part.hasFocus()), None)
        if here is not None:
            self._say_hint(reader, here.name)
        else:
            asked = self.draft.first_open()
            self._hint.setText(
                _("Enter: to what is in doubt. Tab: correct.") if asked else _("Enter: write down.")
            )
            self._hint.show()

    def _say_hint(self, reader: Reader, name: Name) -> None:
        self._hint.setText(words.hint(self.draft, reader, name))
        self._hint.show()

    def _part(self) -> PartEdit:
        return next(part for part in self.parts.values() if part is self.sender())

    def _come(self) -> None:
        if self._reader is not None:
            self._say_hint(self._reader, self._part().name)

    def _gone(self) -> None:
        part = self._part()
        if part.isModified() and self._reader is not None and self.draft.understood is not None:
            part.setModified(False)
            self._take(part, self._reader)
        self._show()

    def _take(self, part: PartEdit, reader: Reader) -> bool:
        """Take what was typed into a part; say what is not understood."""
        typed = part.text().strip()
        found = self._read(part.name, typed, reader)
        if found is None:
            self._show()
            self._error.say(_wrong(part.name))
            return False
        value, span = found
        self.draft.put(part.name, value, span=span)
        self._show()
        return True

    def _read(self, name: Name, typed: str, reader: Reader) -> tuple[Value, bool | None] | None:
        """Read a part: its value and, for a day, its span; None for what is not understood."""
        if name in {Name.CUSTOMER, Name.TEXT}:
            return typed, None
        if name is Name.DUE:
            return reader.day(typed)
        if name is Name.MEMBER:
            options = {one: words.member_name(reader, one) for one in _members(reader)}
            return _best(typed, options)
        if name is Name.METRIC:
            codes = {code: words.plain_metric(reader, code) for code in words.metric_codes(reader)}
            return _best(typed, codes) if typed else ("", None)
        metric = words.metric_of(reader, self.draft)
        if metric is None or not typed:
            return None
        try:
            value = values.parse(metric, typed)
        except DomainError:
            value = reader.money(typed) if metric.unit is Unit.MONEY else None
        return None if value is None else (value, None)

    def _stepped(self, step: int) -> None:
        part, reader = self._part(), self._reader
        if reader is None:
            return
        name, value = part.name, self.draft.value(part.name)
        if name is Name.DUE:
            day = value if isinstance(value, date) else reader.today
            self.draft.put(name, day + timedelta(step), span=self.draft.span)
        else:
            options = self._options(name, reader)
            if not options:
                return
            at = options.index(value) if value in options else (-1 if step > 0 else 0)
            self.draft.put(name, options[(at + step) % len(options)])
        part.show_choice(words.plain(self.draft, reader, name))
        self._show()

    def _options(self, name: Name, reader: Reader) -> list[Value]:
        """List what the arrows choose from: what the line may mean first."""
        said = self.draft.understood
        if said is None or name is Name.TEXT:
            return []
        meant = getattr(said, name.value)
        first = [one for one in (meant.value, *meant.others) if one is not None]
        if name is Name.MEMBER:
            return list(dict.fromkeys([*first, *_members(reader)]))
        if name is Name.METRIC:
            return list(dict.fromkeys([*first, *words.metric_codes(reader)]))
        return list(dict.fromkeys([*first, *([""] if name is Name.CUSTOMER else [])]))

    def _entered(self) -> None:
        part, reader = self._part(), self._reader
        if reader is None:
            return
        if part.isModified():
            part.setModified(False)
            if not self._take(part, reader):
                part.setModified(True)
                return
        elif not self.draft.settled(part.name):
            if not self.draft.confirmable(part.name):
                self._error.say(_wrong(part.name))
                return
            value = self.draft.value(part.name)
            self.draft.put(part.name, "" if value is None else value)
        self._go_on()

    def _go_on(self) -> None:
        """Lead to the first open part, or accept."""
        if self._reader is None:
            return
        asked = self.draft.first_open()
        if asked is not None:
            self._show()
            self.parts[asked].setFocus(Qt.FocusReason.TabFocusReason)
            return
        promise, self._accepted = self.draft.result(), self.line.text()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.accepted.emit(promise)

    def _escaped(self) -> None:
        part = self._part()
        part.setModified(False)
        self.draft.forget(part.name)
        self.line.setFocus(Qt.FocusReason.BacktabFocusReason)
        self._show()


def _members(reader: Reader) -> list[int]:
    return [*reader.members, SALES_HEAD]


def _best(typed: str, options: dict[int, str] | dict[str, str]) -> tuple[Value, None] | None:
    """Find the one option that answers best to what was typed; of two equal ones none."""
    scored = [(found, key) for key, name in options.items() if (found := score(typed, name))]
    most = max((found for found, _key in scored), default=0)
    best = [key for found, key in scored if found == most]
    return (best[0], None) if len(best) == 1 and typed else None


def _wrong(name: Name) -> str:
    if name is Name.MEMBER:
        return _("Nobody, or more than one, is called so. Choose with the arrows.")
    if name is Name.DUE:
        return _("The day is not understood. Write «tomorrow», «Fri» or 25.10.")
    if name is Name.METRIC:
        return _("There is no such metric. Choose with the arrows.")
    if name is Name.AMOUNT:
        return _("Say how much: 180k, 1.2 m, 20.")
    return _("Say what is promised.")
