"""The lists of the day's page: the agenda, people, promises and tasks, signals, needs by person."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _, day_month, ngettext
from ropdesk.services.promises import PromiseLine
from ropdesk.services.tasks import TaskLine
from ropdesk.services.today import Need
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import state_of
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.today import words
from ropdesk.ui.today.source import Shown
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.check_rows import CheckList, CheckView
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from fractions import Fraction

    from ropdesk.domain.metrics import Metric
    from ropdesk.services.meeting_numbers import MemberNumbers
    from ropdesk.services.signals import Signal as Told

MOST = 11  # promises and tasks in the list; the link leads to the others
MOST_SIGNALS = 3


class ListCard(Card):
    """Rows, or a sentence where there are none, and a link to where all of them are."""

    all_wanted = Signal()

    def __init__(
        self, title: str, empty: str, link: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self.list = CheckList(title)
        self._empty = QLabel(empty)
        self._empty.setProperty("role", "secondary")
        self._empty.setWordWrap(True)
        self.link = LinkLabel(link)
        self.link.clicked.connect(self.all_wanted)
        self.link.setVisible(bool(link))
        self.add_right(self.link)
        for widget in (self.list, self._empty):
            self.body.addWidget(widget)

    @property
    def empty_text(self) -> str:
        """The sentence shown in place of rows; empty while there are rows."""
        return "" if self._empty.isHidden() else self._empty.text()

    def say_empty(self, text: str) -> None:
        """Change the sentence that stands where there are no rows."""
        self._empty.setText(text)

    def show_rows(self, rows: Sequence[CheckView]) -> None:
        """Show the rows."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)


class DueCard(ListCard):
    """Promises and tasks, overdue ones first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Promises and tasks"),
            _("Nothing is promised or due within a week. Promises are written at meetings."),
            _("All promises and tasks"), parent,
        )  # fmt: skip
        self.chip = Chip("", State.BAD)
        self.chip.hide()
        self.add_right(self.chip)
        self.body.addWidget(self.link)  # below: it counts what the list leaves out

    def show_day(self, shown: Shown) -> None:
        """Show what is due by the end of the week ahead."""
        today = shown.day.day
        lines: list[PromiseLine | TaskLine] = [*shown.promises, *shown.tasks]
        lines.sort(key=_by_due)
        rows = []
        for line in lines[:MOST]:
            chip, state = words.due_chip(line.due, today)
            rows.append(_promise(line, chip, state) if isinstance(line, PromiseLine)
                        else _task(line, chip, state))  # fmt: skip
        self.show_rows(rows)
        left = len(lines) - len(rows)
        text = _("All promises and tasks")
        self.link.setText(
            ngettext("{n} more: all promises and tasks", "{n} more: all promises and tasks", left)
            if left else text
        )  # fmt: skip
        self.chip.setVisible(shown.overdue > 0)
        self.chip.set(ngettext("! {n} overdue", "! {n} overdue", shown.overdue), State.BAD)


def _by_due(line: PromiseLine | TaskLine) -> tuple[int, bool, str]:
    due = 10**7 if line.due is None else line.due.toordinal()
    return due, isinstance(line, TaskLine), _title(line)


def _title(line: PromiseLine | TaskLine) -> str:
    return line.text if isinstance(line, PromiseLine) else line.title


def _promise(line: PromiseLine, chip: str, state: State) -> CheckView:
    who = words.surname(line.name) or _("Sales head")
    note = _("promised on {day}", day=day_month(line.given))
    if line.moves:
        note += " \u00b7 " + ngettext("put off {n} time", "put off {n} times", line.moves)
    return CheckView(
        ("promise", line.id), f"{who}: {line.text}", note=note, chip=chip, state=state,
        checked=False, tooltip=_("Space: kept. Enter: the promise among all."),
    )  # fmt: skip


def _task(line: TaskLine, chip: str, state: State) -> CheckView:
    text = f"{words.surname(line.owner)}: {line.title}" if line.owner else line.title
    return CheckView(
        line.ref, text, chip=chip, state=state, checked=False if line.ticks else None,
        tooltip=_("Space: done. Enter: where it comes from."),
    )  # fmt: skip


class SignalsCard(ListCard):
    """What stands out in the last finished week."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Worth attention"), _("Looking through the last week…"), _("All signals"), parent
        )

    def show_signals(self, told: "Sequence[Told]") -> None:
        """Show the strongest ones."""
        self.say_empty(_("Nothing stands out in the last finished week."))
        self.show_rows([
            CheckView(
                one.key, one.title, state=State.GOOD if one.good else State.WARNING,
                button=_("Look into it"), tooltip=one.judged,
                spoken=_("good news") if one.good else "",
            )
            for one in told[:MOST_SIGNALS]
        ])  # fmt: skip


class NeedsCard(Card):
    """What each person brought and what today needs of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Needed today by person"), parent=parent)
        self.table = FittingTable(spare=("share", "fact"))
        self.table.setAccessibleName(_("Needed today by person"))
        self.body.addWidget(self.table)

    def show_day(self, shown: Shown) -> None:
        """Show the table; without a plan and without facts there is none."""
        day = shown.day
        numbers = day.numbers
        self.setVisible(numbers is not None and bool(day.needs))
        if numbers is None:
            return
        metric = numbers.metric
        # Before the facts of the days are in, nobody's are known.
        shown_facts = numbers.members if words.facts_in(numbers) else ()
        was = {one.member_id: one for one in shown_facts}
        how = values.style(metric, [one.need for one in day.needs])
        self.set_title(_("Needed today by person"), how.unit)
        self.table.set_columns(
            [
                Column("name", _("Member"), Align.LEFT, stretch=True),
                Column("fact", words.span_words(numbers, day.day)),
                Column("share", _("Completion")),
                Column("need", _("Today"), tooltip=_(
                    "What is missing to the month's plan ÷ own working days left"
                )),
            ],
            [_row(one, was.get(one.member_id), metric, how) for one in day.needs],
        )  # fmt: skip
        self.table.setFixedHeight(self._height(len(day.needs)))

    def _height(self, rows: int) -> int:
        from ropdesk.ui.theme import current_theme

        return current_theme().px(34) + min(rows, 12) * current_theme().px(30) + 4


def _row(one: Need, was: "MemberNumbers | None", metric: "Metric", how: values.Style) -> Row:
    fact = was.fact if was is not None else None
    share: Fraction | None = was.completion if was is not None else None
    if one.away:
        need = Cell(_("away"), muted=True)
    elif one.need == 0:
        need = Cell("\u2713", state=State.GOOD, tooltip=_("The plan of the month is reached."))
    else:
        tip = ngettext("{n} working day left", "{n} working days left", one.days_left)
        need = Cell(
            values.text(one.need, how), bold=True, sort_key=one.need,
            tooltip=f"{values.exact(metric, one.need)}\n{tip}",
        )  # fmt: skip
    rated = Cell(words.done_words(share, metric), state=state_of(share, metric), chip=True)
    return Row(
        one.member_id,
        (
            Cell(one.name, tooltip=one.name, ref=one.member_id),
            Cell(values.text(fact, how), tooltip=values.exact(metric, fact)),
            rated if share is not None else Cell(values.UNKNOWN, muted=True),
            need,
        ),
        Pin.NONE,
    )
