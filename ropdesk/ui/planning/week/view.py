"""The week's action plan: goals above, days and hours, what waits at the right."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.months import month_end
from ropdesk.domain.week import monday
from ropdesk.i18n import _
from ropdesk.services import week as weeks
from ropdesk.services.week import Ref, Week
from ropdesk.ui.planning.side import Side
from ropdesk.ui.planning.week import words
from ropdesk.ui.planning.week.actions import WeekActions
from ropdesk.ui.planning.week.aside import Aside
from ropdesk.ui.planning.week.box import ActionBox
from ropdesk.ui.planning.week.changes import Changes
from ropdesk.ui.planning.week.goals import GoalStrip
from ropdesk.ui.planning.week.grid import Target, WeekGrid
from ropdesk.ui.planning.week.menu import choices
from ropdesk.ui.planning.week.switcher import WeekSwitcher
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.chips import Chip

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

EVERYBODY = -1
ASIDE, NARROW_ASIDE = 268, 212  # pixels at 100 % text scale
NARROW, STACKED = 1000, 640  # where the lists become narrow, and where they go below
WIDEST = (1 << 24) - 1  # Qt's own
TABLES = frozenset({
    "planned_action", "action_series", "week_note", "member", "absence", "calendar_day", "setting",
    "plan", "plan_value", "plan_day", "daily_value", "own_metric", "meeting", "meeting_series",
    "meeting_kind",
})  # fmt: skip


class WeekView(Side):
    """One week. `go_to` takes ``day`` (its week is shown) and ``record`` (an action's id)."""

    watches = TABLES
    own_period = True
    _top: QBoxLayout
    _below: QBoxLayout

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        WeekActions.of(context.registry).page = self
        self.changes = Changes(context, self)
        self.changes.refused.connect(self.show_error)
        self.changes.follow.connect(self._follow)
        self._wanted: Ref | None = None
        self._held = False
        self._week: Week | None = None
        self.switcher = WeekSwitcher(self._week_of(month), context.today())
        self.switcher.changed.connect(self._choose_week)
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Whose actions"))
        self.owner.setMinimumContentsLength(14)
        self.owner.activated.connect(self._filter)
        self.focus_text = QLineEdit()
        self.focus_text.setAccessibleName(_("What the week is about"))
        self.focus_text.setPlaceholderText(_("What is the week about? A sentence for everybody"))
        self.focus_text.setMaxLength(200)
        self.focus_text.editingFinished.connect(self._write_focus)
        self.done = Chip("")
        self.goals = GoalStrip()
        self.grid = WeekGrid()
        self.aside = Aside()
        self._build()
        self._connect()
        self.menu: QMenu | None = None

    @property
    def week(self) -> Week | None:
        """The week in sight."""
        return self._week

    # -- the room among the others

    def set_month(self, month: date) -> None:
        """Follow the page's month: its running week, or its first one."""
        if month != self.month:
            self.month = month
            self._choose_week(self._week_of(month))

    def header_parts(self) -> Sequence[QWidget]:
        """Return the buttons of the week."""
        export = SecondaryButton(_("To calendar…"))
        export.setToolTip(_("Save the week as iCalendar, for Outlook, Google or a phone"))
        export.clicked.connect(self.export_calendar)
        paper = SecondaryButton(_("Print"))
        paper.setToolTip(_("Print ({keys})", keys="Ctrl+P"))
        paper.clicked.connect(self.print_paper)
        new = PrimaryButton(_("New action"))
        new.setToolTip(_("New action ({keys})", keys="Ctrl+N, N"))
        new.clicked.connect(self.new_action)
        return (self.done, export, paper, new)

    def go_to(self, **where: object) -> None:
        """Go to the week of a day, or to an action."""
        day, record = where.get("day"), where.get("record")
        if isinstance(record, int):
            found = weeks.week_of(self.context.workspace, record)
            day = found if found is not None else day
            self._wanted = record
        if isinstance(day, date):
            self._choose_week(monday(day))
        self.refresh()

    def print_paper(self) -> bool:
        """Show the week's page."""
        from ropdesk.ui.planning.week.output import print_week

        print_week(self.context, self, self.switcher.week)
        return True

    def export_calendar(self) -> None:
        """Save the week as iCalendar."""
        from ropdesk.ui.planning.week.output import save_calendar

        save_calendar(self.context, self, self.switcher.week)

    def new_action(self) -> None:
        """Open the form; the day of the action in focus is proposed."""
        week = self._week
        if week is None:
            return
        focused = self._focused()
        day = focused.line.day if focused is not None else None
        if day is None and any(d.day == week.as_of and d.working for d in week.days):
            day = week.as_of
        owner = self._chosen_owner()
        self.changes.new(day, None, None if owner == EVERYBODY else owner)

    # -- what is shown

    def reload(self) -> None:
        """Ask for the week."""
        ws, today = self.context.workspace, self.context.today()
        self._show(weeks.week(ws, self.switcher.week, today))

    def _show(self, week: Week) -> None:
        self._week = self.changes.week = week
        self._fill_owners(week)
        owner = self._chosen_owner()
        lines = tuple(x for x in week.lines if owner in {EVERYBODY, x.member_id})
        left = [x for x in week.left if owner in {EVERYBODY, x.member_id}]
        member = None if owner == EVERYBODY else owner
        if not self.focus_text.hasFocus():
            self.focus_text.setText(week.focus)
            self.focus_text.setCursorPosition(0)
        self.done.set(*words.done_words(lines, week.as_of))
        self.goals.show_week(week, member)
        self.grid.show_week(week, lines, member)
        self.aside.show_week(week, lines, left)
        if self._wanted is not None:
            box = self._box(self._wanted)
            self._wanted = None
            if box is not None:
                box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_owners(self, week: Week) -> None:
        chosen = self._chosen_owner()
        self.owner.clear()
        self.owner.addItem(_("All owners"), EVERYBODY)
        for owner in week.owners:
            self.owner.addItem(words.owner_choice(owner), owner.id)
        at = self.owner.findData(chosen)
        if chosen is None:
            at = 1
        self.owner.setCurrentIndex(max(0, at))

    def _chosen_owner(self) -> int | None:
        if self.owner.count() == 0:
            return EVERYBODY
        found = self.owner.currentData()
        return found if found is None else int(found)

    # -- inside

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.switcher)
        first.addWidget(self.owner, 1)
        top = self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(10)
        top.addLayout(first)
        top.addWidget(self.focus_text, 1)
        frame = QFrame()
        frame.setObjectName("card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.grid)
        below = self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(10)
        below.addWidget(frame, 1)
        below.addWidget(self.aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.goals)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        grid, aside = self.grid, self.aside
        grid.command.connect(self._command)
        grid.menu_wanted.connect(self.open_menu)
        grid.placed.connect(self._placed)
        grid.dragged_off.connect(self._dragged_off)
        grid.held.connect(self._hold)
        grid.new_wanted.connect(self._new_at)
        for cards in (aside.waiting, aside.left):
            cards.command.connect(self._command)
            cards.menu_wanted.connect(self.open_menu)
            cards.dragged.connect(self._row_dragged)
            cards.dropped.connect(self._row_dropped)
            cards.let_go.connect(grid.give_up)
        aside.waiting.all_wanted.connect(self._arrange)
        aside.left.all_wanted.connect(self._carry_all)
        for keys, slot in (
            ("Ctrl+N", self.new_action), ("Ctrl+Left", self.switcher.previous),
            ("Ctrl+Right", self.switcher.following), ("Ctrl+Home", self.switcher.this_week),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        letter = QShortcut(QKeySequence("N"), self.grid)
        letter.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        letter.activated.connect(self.new_action)
        beside = QShortcut(QKeySequence("N"), self.aside)
        beside.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        beside.activated.connect(self.new_action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the grid the room it needs."""
        super().resizeEvent(event)
        px = current_theme().px
        stacked = self.width() < px(STACKED)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        for layout in (self._top, self._below):
            layout.setDirection(way)
        if stacked:
            self.aside.setMinimumWidth(0)
            self.aside.setMaximumWidth(WIDEST)
            self.aside.setMinimumHeight(px(ASIDE))
        else:
            self.aside.setMinimumHeight(0)
            self.aside.setFixedWidth(px(NARROW_ASIDE if self.width() < px(NARROW) else ASIDE))

    def _week_of(self, month: date) -> date:
        today = self.context.today()
        return monday(today if month <= today <= month_end(month) else month)

    def _choose_week(self, day: date) -> None:
        self.switcher.set_week(day)
        self.show_error("")
        self.mark_stale()

    def _filter(self, _index: int) -> None:
        if self._week is not None:
            self._show(self._week)

    def _follow(self, ref: Ref) -> None:
        self._wanted = ref

    def _box(self, ref: Ref) -> ActionBox | None:
        return self.grid.box(ref) or self.aside.box(ref)

    def _focused(self) -> ActionBox | None:
        shown = [*self.grid.boxes(), *self.aside.waiting.boxes(), *self.aside.left.boxes()]
        return next((box for box in shown if box.hasFocus()), None)

    def _write_focus(self) -> None:
        self.changes.set_focus_text(self.focus_text.text())

    def _command(self, ref: Ref, name: str) -> None:
        if name not in {"left", "right", "up", "down"}:
            self.changes.run(ref, name)
            return
        lists = (self.aside.waiting, self.aside.left)
        if self.grid.box(ref) is not None:
            self.grid.step_from(ref, name)
        elif not any(one.step_from(ref, name) for one in lists) and name == "left":
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        self.changes.arrange()

    def _carry_all(self) -> None:
        self.changes.carry_all([box.line for box in self.aside.left.boxes()])

    def _new_at(self, target: Target) -> None:
        owner = self._chosen_owner()
        self.changes.new(target.day, target.start, None if owner == EVERYBODY else owner)

    def _placed(self, ref: Ref, target: Target, minutes: int) -> None:
        line = self.changes.line(ref)
        if line is not None:
            self.changes.place(line, target.day, target.start, minutes)

    def _dragged_off(self, ref: Ref, at: QPoint) -> None:
        line = self.changes.line(ref)
        if line is not None and self.aside.holds(at):
            self.changes.off_grid(line)

    def _row_dragged(self, ref: Ref, at: QPoint, stretching: bool) -> None:
        line = self.changes.line(ref)
        if line is not None:
            self.grid.drag(line, at, 0, stretching=stretching)

    def _row_dropped(self, ref: Ref, at: QPoint, stretching: bool) -> None:
        line = self.changes.line(ref)
        if line is not None:
            self.grid.drop(line, at, 0, stretching=stretching)

    def _hold(self, held: bool) -> None:
        """Let no refresh take a box away from under the pointer."""
        if held and not self._held:
            self.begin_edit()
        elif self._held and not held:
            self.end_edit()
        self._held = held

    def open_menu(self, ref: Ref, at: QPoint) -> None:
        """Open an action's menu."""
        line = self.changes.line(ref)
        if line is None:
            return
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        earlier = self._week is not None and line.week < self._week.monday
        for name, text, keys in choices(line, earlier=earlier):
            shown = f"{text}\t{keys}" if keys else text
            self.menu.addAction(shown, partial(self.changes.run, ref, name))
        self.menu.popup(at)
