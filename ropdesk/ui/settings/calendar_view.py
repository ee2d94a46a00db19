"""The production calendar of a year: every day of it can be changed."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.calendar import DayKind, WorkCalendar, YearNorm
from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer, long_date, ngettext, weekday_short
from ropdesk.services import calendar, settings
from ropdesk.ui.page import View
from ropdesk.ui.planning.holiday_names import holiday_name
from ropdesk.ui.roles import State
from ropdesk.ui.settings.day_bar import KIND_WORDS, DayBar, DayFacts
from ropdesk.ui.settings.year_grid import YearGrid, YearView
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, IconButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

CYCLE = (DayKind.WORKDAY, DayKind.SHORTENED, DayKind.DAY_OFF)
DECREE_YEARS = (2020, 2021)
FIRST_YEAR, LAST_YEAR = 2000, 2100
LINE = 30  # height of the line of tools, in which smaller ones stand in the middle


class CalendarView(View):
    """A year; `failed` says what went wrong."""

    failed = Signal(str)
    watches = frozenset({"calendar_day", "setting"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._year = context.today().year
        self._calendar = WorkCalendar()
        self._edits: dict[date, tuple[DayKind, str]] = {}
        card = Card()
        card.body.addWidget(self._build_tools())
        self._norm = QLabel()
        self._norm.setProperty("role", "strong")
        self._source = Chip("")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._norm)
        line.addWidget(self._source)
        line.addStretch(1)
        card.body.addLayout(line)
        self.grid = YearGrid(context.today())
        self.grid.day_chosen.connect(self._show_day)
        self.grid.day_cycled.connect(self.cycle)
        card.body.addWidget(self.grid, 1)
        self.bar = DayBar()
        self.bar.kind_chosen.connect(self._set_kind)
        self.bar.note_typed.connect(self._set_note)
        self.bar.reset_wanted.connect(self._reset_day)
        card.body.addWidget(self.bar)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    @property
    def year(self) -> int:
        """The year shown."""
        return self._year

    def set_year(self, year: int) -> None:
        """Show another year."""
        self._year = min(LAST_YEAR, max(FIRST_YEAR, year))
        self.refresh()

    def reload(self) -> None:
        """Ask for the calendar and show the year."""
        ws = self._context.workspace
        chosen = settings.settings(ws)
        self._calendar = calendar.calendar(ws)
        self._edits = dict(calendar.edits(ws))
        norm = self._calendar.year_norm(self._year)
        self._title.setText(str(self._year))
        self.week.set_current(str(chosen.week_days))
        self.decree.setChecked(chosen.decree_days)
        self.decree.setVisible(self._year in DECREE_YEARS)
        self._reset_year.setVisible(any(day.year == self._year for day in self._edits))
        self._say_norm(norm)
        self.grid.show_year(self._year_view(norm), self._context.today())
        self._show_day(self.grid.day)

    def cycle(self, day: date) -> None:
        """Turn a day into the next kind: working, shortened, day off, and round again."""
        now = self._calendar.kind(day)
        self._write(day, CYCLE[(CYCLE.index(now) + 1) % len(CYCLE)], self._note(day))

    def import_file(self, path: Path) -> None:
        """Take a year from the official XML."""
        from ropdesk.services import calendar_import

        try:
            year, differing = calendar_import.import_file(self._context.workspace, path)
        except DomainError as error:
            self.failed.emit(describe(error))
            return
        self.failed.emit("")
        self.set_year(year)
        told = ngettext(
            "The calendar of {year} is imported: {n} day differs from the law's.",
            "The calendar of {year} is imported: {n} days differ from the law's.",
            differing,
            year=year,
        )
        self._context.toast(told, undo=differing > 0)

    # -- inside

    def _build_tools(self) -> QWidget:
        back = IconButton("left", _("Previous year"))
        back.clicked.connect(self._back)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        forward = IconButton("right", _("Next year"))
        forward.clicked.connect(self._forward)
        self.week = Segmented([("5", _("5-day week")), ("6", _("6-day week"))], name=_("Week"))
        self.week.setMinimumHeight(current_theme().px(LINE))
        self.week.changed.connect(self._set_week)
        self.decree = QCheckBox(_("Decree days off of 2020–2021"))
        self.decree.setToolTip(
            _("One-off paid days off by presidential decrees: counted as days off if checked.")
        )
        self.decree.clicked.connect(self._set_decree)
        self._reset_year = FlatButton(_("Reset the year"))
        self._reset_year.clicked.connect(self._reset_whole)
        self.importing = SecondaryButton(_("Import XML…"))
        self.importing.setToolTip(_("The official calendar of a year, from xmlcalendar.ru"))
        self.importing.clicked.connect(self._ask_file)
        turner = QWidget()
        row = QHBoxLayout(turner)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(back)
        row.addWidget(self._title)
        row.addWidget(forward)
        tools = QWidget()
        flow = FlowLayout(tools, 12)
        for widget in (turner, self.week, self.importing, self.decree, self._reset_year):
            flow.addWidget(widget)
        return tools

    def _say_norm(self, norm: YearNorm) -> None:
        days = ngettext("{n} working day", "{n} working days", norm.working_days)
        hours = _("{hours} h of a 40-hour week", hours=integer(norm.hours_40))
        self._norm.setText(f"{days} \u00b7 {hours}")
        if norm.source_known:
            self._source.set(_("the government's transfers are counted"), State.GOOD)
            return
        words = _("the government's transfers are not known yet")
        self._source.set(f"\u26a0 {words}", State.WARNING)
        self._source.setToolTip(
            _("Only public holidays and the moves the law makes are counted. Import the XML of "
              "the year once it is published, or change the days by hand.")
        )  # fmt: skip

    def _year_view(self, norm: YearNorm) -> YearView:
        first = date(self._year, 1, 1)
        count = (date(self._year + 1, 1, 1) - first).days
        days = [first + timedelta(n) for n in range(count)]
        notes = tuple(
            _("{days} d · {hours} h", days=month.working_days, hours=month.hours_40)
            for month in norm.months
        )
        return YearView(
            self._year,
            {day: self._calendar.kind(day) for day in days},
            frozenset(day for day in self._edits if day.year == self._year),
            notes,
            {day: self._spoken(day) for day in days},
        )

    def _spoken(self, day: date) -> str:
        words = [
            f"{long_date(day)}, {weekday_short(day)}: {_(KIND_WORDS[self._calendar.kind(day)])}"
        ]
        name = holiday_name(day)
        if name:
            words.append(name)
        if day in self._edits:
            words.append(_("changed; by law: {kind}", kind=_(KIND_WORDS[self._law(day)])))
            if self._note(day):
                words.append(self._note(day))
        return ". ".join(words)

    def _law(self, day: date) -> DayKind:
        return replace(self._calendar, edits={}).kind(day)

    def _note(self, day: date) -> str:
        return self._edits[day][1] if day in self._edits else ""

    def _show_day(self, day: date) -> None:
        self.bar.show_day(
            DayFacts(day, self._spoken(day), self._calendar.kind(day), self._note(day),
                     day in self._edits)
        )  # fmt: skip

    def _write(self, day: date, kind: DayKind, note: str) -> None:
        """Keep only what differs from the law, or what has a note."""
        same = kind is self._law(day) and not note
        if same and day not in self._edits:
            return
        calendar.set_day(self._context.workspace, day, None if same else kind, note)

    def _set_kind(self, kind: DayKind) -> None:
        self._write(self.grid.day, kind, self._note(self.grid.day))

    def _set_note(self, note: str) -> None:
        self._write(self.grid.day, self._calendar.kind(self.grid.day), note)

    def _reset_day(self) -> None:
        calendar.set_day(self._context.workspace, self.grid.day, None)

    def _reset_whole(self) -> None:
        calendar.reset_year(self._context.workspace, self._year)
        self._context.toast(_("Every day of {year} is by law again.", year=self._year), undo=True)

    def _set_week(self, days: str) -> None:
        settings.change(self._context.workspace, week_days=int(days))

    def _set_decree(self, checked: bool) -> None:
        settings.change(self._context.workspace, decree_days=checked)

    def _back(self) -> None:
        self.set_year(self._year - 1)

    def _forward(self) -> None:
        self.set_year(self._year + 1)

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Import the calendar of a year"), "", "XML (*.xml)"
        )
        if name:
            self.import_file(Path(name))
