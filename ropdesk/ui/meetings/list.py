"""Meetings: the coming ones, those held, and the rules they come by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_
from ropdesk.domain.meetings import State
from ropdesk.i18n import _
from ropdesk.services import meeting_effect, meetings
from ropdesk.services.meetings import MeetingLine, Ref
from ropdesk.ui.meetings import list_cells, list_read
from ropdesk.ui.meetings.effect import EffectCard
from ropdesk.ui.meetings.list_card import MeetingCard
from ropdesk.ui.meetings.list_changes import Changes
from ropdesk.ui.meetings.list_read import Shelf
from ropdesk.ui.meetings.list_rule import RuleCard
from ropdesk.ui.page import Page, View
from ropdesk.ui.tables.cells import Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.services.meeting_effect import MonthEffect
    from ropdesk.ui.context import Context

COMING, PAST, RULES = "coming", "past", "rules"
NOTHING = {
    COMING: N_("Nothing is planned for two weeks. Ctrl+N adds a meeting, Ctrl+Shift+N a rule."),
    PAST: N_("No meeting has been held in the last three months."),
    RULES: N_("No meeting recurs yet. Ctrl+Shift+N makes a rule."),
}
MONTHS = 3  # whose minutes the panel tells
NARROW = 720  # pixels at 100 % text scale under which the cards go below the list
TABLE_HEIGHT = 220


class ListView(View):
    """The coming two weeks, the past three months, and the rules.

    `go_to` takes ``meeting`` (a `Ref`) and ``side`` (coming, past or rules).
    """

    watches = frozenset({
        "meeting", "meeting_series", "meeting_kind", "meeting_point", "meeting_mark",
        "agenda_item", "calendar_day", "setting", "promise", "promise_move", "daily_value", "deal",
    })  # fmt: skip

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.changes = Changes(context, self)
        self.shelf = Shelf((), (), {}, {}, {}, {})
        self._chosen: dict[str, object] = {}
        self._side = COMING
        self._empty: EmptyState | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._bind_keys()

    # -- the side among the others

    def header_parts(self) -> Sequence[QWidget]:
        """Return the buttons of the list."""
        export = SecondaryButton(_("To calendar…"))
        export.setToolTip(
            _("Save the coming three months as iCalendar, for Outlook, Google or a phone")
        )
        export.clicked.connect(self.export_calendar)
        rule = SecondaryButton(_("By rule…"))
        rule.setToolTip(_("A meeting that recurs ({keys})", keys="Ctrl+Shift+N"))
        rule.clicked.connect(self.new_rule)
        new = SecondaryButton(_("New meeting"))  # what is primary stands in the card
        new.setToolTip(_("New meeting ({keys})", keys="Ctrl+N"))
        new.clicked.connect(self.new_meeting)
        return (export, rule, new)

    def go_to(self, **where: object) -> None:
        """Go to a meeting, or to one of the three lists."""
        side, ref = where.get("side"), where.get("meeting")
        if isinstance(side, str) and side in {COMING, PAST, RULES}:
            self.show_side(side)
        if isinstance(ref, int | meetings.Occurrence):
            self.follow(ref)

    def show_error(self, text: str) -> None:
        """Say what is wrong above the page's content; empty takes it away."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Page):
            above = above.parentWidget()
        if above is not None:
            above.show_error(text)

    # -- what is done

    def new_meeting(self) -> None:
        """Ask for a meeting."""
        self.changes.new(self.context.today())

    def new_rule(self) -> None:
        """Ask for a recurring meeting."""
        self.changes.new_rule(self.context.today())

    def prepare_next(self) -> None:
        """Open the next meeting that is planned or running."""
        self.refresh()
        wanted = (State.RUNNING, State.PLANNED)
        line = next((one for one in self.shelf.coming if one.state in wanted), None)
        if line is not None:
            self.changes.run(line, "open")

    def export_calendar(self) -> None:
        """Save the coming meetings as iCalendar."""
        from ropdesk.ui.meetings.list_output import save_calendar

        save_calendar(self.context, self)

    def follow(self, ref: Ref) -> None:
        """Choose a meeting, in whichever list it stands."""
        self.refresh()
        line = self.shelf.find(ref)
        if line is not None:
            side = COMING if line in self.shelf.coming else PAST
            self._chosen[side] = line.ref
            self.show_side(side)

    def know_rule(self, series_id: int) -> None:
        """Choose a rule for when the rules are shown; show what comes by it."""
        self._chosen[RULES] = series_id
        self.refresh()

    def follow_rule(self, series_id: int) -> None:
        """Show a rule."""
        self.know_rule(series_id)
        self.show_side(RULES)

    def show_side(self, side: str) -> None:
        """Show the coming meetings, the past ones or the rules."""
        self.choice.set_current(side)
        self._show()

    @property
    def chosen(self) -> MeetingLine | None:
        """The meeting shown in the card."""
        if self.choice.current == RULES:
            return None
        return self.shelf.find(cast("Ref | None", self._chosen.get(self.choice.current)))

    # -- what is shown

    def reload(self) -> None:
        """Ask for the meetings and for the month's effect."""
        self.shelf = list_read.read(self.context.workspace, self.context.today())
        if self.shelf.empty:
            self._show_empty()
            return
        self._stack.setCurrentIndex(0)
        self._show()
        self._show_effect()

    def _show(self, *_told: object) -> None:
        side = self._side = self.choice.current
        shelf, today = self.shelf, self.context.today()
        counts = {COMING: len(shelf.coming), PAST: len(shelf.past), RULES: len(shelf.series)}
        named = {COMING: _("Two weeks"), PAST: _("Past"), RULES: _("By rule")}
        for key, count in counts.items():
            self.choice.set_text(key, f"{named[key]} {count}")
        self.table.setVisible(side != RULES and counts[side] > 0)
        self.rules.setVisible(side == RULES and counts[side] > 0)
        self.nothing.setText(_(NOTHING[side]))
        self.nothing.setVisible(not counts[side])
        if side == RULES:
            self._fill(self.rules, list_cells.rule_rows(shelf, today), "title")
        else:
            lines = shelf.coming if side == COMING else shelf.past
            self._fill(self.table, list_cells.rows(lines, shelf.held, today), "title")
        self._show_card()

    def _fill(self, table: FittingTable, rows: Sequence[Row], column: str) -> None:
        wanted = self._chosen.get(self._side)
        table.set_rows(rows)
        keys = [row.key for row in rows]
        if wanted not in keys:
            wanted = keys[0] if keys else None
        self._chosen[self._side] = wanted  # the table tells of the row it has come to by itself
        if wanted is not None:
            table.go_to_cell(wanted, column)

    def _show_card(self) -> None:
        line = self.chosen
        self.card.setVisible(line is not None)
        if line is not None:
            with self.context.workspace.read() as connection:
                points = meeting_effect.points(connection, line)
            held = None if line.id is None else self.shelf.held.get(line.id)
            self.card.show_line(line, points, held, self.context.today())
        rule = self.shelf.series.get(cast("int", self._chosen.get(RULES)))
        shown = self._side == RULES and rule is not None
        self.rule_card.setVisible(shown)
        if shown and rule is not None:
            self.rule_card.show_series(rule, self.shelf.titles, self.context.today())

    def _show_effect(self) -> None:
        last, today = self.effect.switcher.month, self.context.today()
        with self.context.workspace.read() as connection:
            found: list[MonthEffect] = meeting_effect.months(connection, last, MONTHS, today)
        self.effect.show_months(found)

    def _show_empty(self) -> None:
        if self._empty is None:
            self._empty = EmptyState(
                _(
                    "Coordinations and meetings: prepared in one look, held with a timer, finished "
                    "with a protocol. Begin with the daily coordination on every working day."
                ),
                (_("Daily coordination by rule…"), self.new_rule),
                (_("One meeting…"), self.new_meeting),
            )
            self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    # -- inside

    def _build(self) -> QWidget:
        listed = Card()
        self.choice = Segmented([(COMING, ""), (PAST, ""), (RULES, "")], name=_("Which meetings"))
        self.choice.changed.connect(self._show)
        listed.body.addWidget(self.choice)
        self.table = FittingTable(list_cells.columns(), ("minutes",))
        self.rules = FittingTable(list_cells.rule_columns(), ("start", "next"))
        for table, name in ((self.table, _("Meetings")), (self.rules, _("Meetings by rule"))):
            table.setAccessibleName(name)
            table.setMinimumHeight(current_theme().px(TABLE_HEIGHT))
            table.current_row_changed.connect(self._row_chosen)
            table.row_activated.connect(self._row_opened)
            listed.body.addWidget(table, 1)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "secondary")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        listed.body.addWidget(self.nothing, 1)
        self.card, self.rule_card = MeetingCard(), RuleCard()
        self.card.asked.connect(self._asked)
        self.rule_card.asked.connect(self._asked_rule)
        self.effect = EffectCard(self.context.today().replace(day=1))
        self.effect.month_chosen.connect(self._month_chosen)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.card, self.rule_card, self.effect):
            column.addWidget(widget)
        column.addStretch(1)
        both = Columns(NARROW)
        both.add(listed, 58)
        both.add(beside, 42)
        return both

    def _bind_keys(self) -> None:
        for keys, slot in (("Ctrl+N", self.new_meeting), ("Ctrl+Shift+N", self.new_rule)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        for keys, slot in (
            ("B", self.begin), ("P", self.prepare), ("M", self.move_chosen), ("Del", self.skip),
            ("F2", self.change),
        ):  # fmt: skip
            for table in (self.table, self.rules):
                letter = QShortcut(QKeySequence(keys), table)
                letter.setContext(Qt.ShortcutContext.WidgetShortcut)
                letter.activated.connect(slot)

    def begin(self) -> None:
        """Begin the chosen meeting."""
        self._asked("begin")

    def prepare(self) -> None:
        """Prepare the chosen meeting."""
        self._asked("prepare")

    def move_chosen(self) -> None:
        """Move the chosen meeting."""
        self._asked("move")

    def skip(self) -> None:
        """Skip the chosen meeting; end the chosen rule."""
        self._asked("skip")

    def change(self) -> None:
        """Change the chosen meeting or rule."""
        self._asked("change")

    def _row_chosen(self, key: object) -> None:
        self._chosen[self._side] = key
        self._show_card()

    def _row_opened(self, _key: object) -> None:
        card = self.rule_card if self._side == RULES else self.card
        first = next(iter(card.buttons.values()), None)
        if first is not None:
            first.click()

    def _asked(self, command: str) -> None:
        if self._side == RULES:
            self._asked_rule({"skip": "end"}.get(command, command))
            return
        line = self.chosen
        if line is not None and command in self.card.buttons:
            self.changes.run(line, command)

    def _asked_rule(self, command: str) -> None:
        rule = self.shelf.series.get(cast("int", self._chosen.get(RULES)))
        button = self.rule_card.buttons.get(command)
        if rule is not None and button is not None and button.isEnabled():
            self.changes.run_rule(rule, command)

    def _month_chosen(self, _month: object) -> None:
        self._show_effect()
