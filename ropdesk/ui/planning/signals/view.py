"""The list of signals: this week's and earlier ones, and those that were hidden."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer
from ropdesk.services import rows, signals, signals_rows
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.planning.side import Side
from ropdesk.ui.planning.signals import words
from ropdesk.ui.planning.signals.card import SignalCard
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.services.signals import Look, Signal
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress, Task

HIDDEN = "hidden"
WEEKS = ("1", "4", "13", "26")
FIRST = "13"  # weeks shown at first: what nobody has looked into waits for a quarter


class SignalsSide(Side):
    """Signals of the last finished weeks; the month of the page does not matter.

    Attributes:
        period: the choice of weeks.
        cards: the cards shown, by the signal's key.
    """

    watches = frozenset(
        {"daily_value", "deal", "signal_mark", "member", "absence", "calendar_day", "setting",
         "own_metric", "stage", "stage_date", "investigation"}
    )  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._task: Task[Look] | None = None
        self._again = False
        self._shown: dict[str, Signal] = {}
        self.cards: dict[str, SignalCard] = {}
        self.empty: EmptyState | None = None
        self.period = Segmented(
            [
                ("1", _("last week")),
                ("4", _("4 weeks")),
                (FIRST, _("13 weeks")),
                ("26", _("half a year")),
                (HIDDEN, _("hidden and opened")),
            ],
            name=_("Which signals"),
        )
        self.period.set_current(FIRST)
        self.period.changed.connect(self._chosen)
        self._hint = QLabel()
        self._hint.setProperty("role", "secondary")
        self._hint.setWordWrap(True)
        self._build()

    def set_month(self, month: date) -> None:
        """Remember the month: signals are of the last weeks."""
        self.month = month

    def reload(self) -> None:
        """Look through the weeks in the worker."""
        if self._task is not None:
            self._again = True
            return
        wanted = self.period.current
        job = partial(_look, self.context.workspace, self.context.today(), wanted)
        self._task = self.context.runner.start(job, self._made, self._failed, quiet=True)

    def go_to(self, **where: object) -> None:
        """Show a week's signals, wherever it lies: ``week`` (a date)."""
        week = where.get("week")
        if isinstance(week, date):
            ago = (signals.last_week(self.context.today()) - week).days // 7
            key = next((k for k in WEEKS if ago < int(k)), "26")
            self.period.set_current(key)
            self.mark_stale()

    # -- inside

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._hint)
        self._place = QVBoxLayout()
        outer.addLayout(self._place, 1)
        self._list: QWidget | None = None

    def _chosen(self, _key: str) -> None:
        self.mark_stale()

    def _made(self, look: "Look") -> None:
        self._task = None
        if self._again:
            self._again = False
            self.reload()
            return
        hidden = self.period.current == HIDDEN
        shown = look.marked if hidden else look.open
        self._shown = {one.key: one for one in shown}
        count = f" · {integer(len(look.marked))}" if look.marked else ""
        self.period.set_text(HIDDEN, _("hidden and opened") + count)
        self._hint.setText(words.above(look) if shown and not hidden else "")
        self._hint.setVisible(bool(self._hint.text()))
        self._show(list(shown), look)

    def _failed(self, error: BaseException) -> None:
        self._task = None
        if not isinstance(error, DomainError):
            raise error
        self.show_error(describe(error))

    def _show(self, shown: "list[Signal]", look: "Look") -> None:
        focused = next((key for key, card in self.cards.items() if card.hasFocus()), None)
        if self._list is not None:
            self._place.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
        self.cards = {}
        self.empty = None
        self._list = self._cards(shown) if shown else self._nothing(look)
        self._place.addWidget(self._list, 1)
        if focused in self.cards:
            self.cards[focused].setFocus()

    def _cards(self, shown: "list[Signal]") -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        week: date | None = None
        for one in shown:
            if one.week != week:
                week = one.week
                heading = QLabel(words.week_words(week))
                heading.setProperty("role", "hint")
                column.addWidget(heading)
            card = SignalCard(one)
            card.rows_wanted.connect(self.open_rows)
            card.investigation_wanted.connect(self.investigate)
            card.case_wanted.connect(self.open_case)
            card.dismissed.connect(self.dismiss)
            card.restored.connect(self.restore)
            card.editing_begun.connect(self.begin_edit)
            card.editing_ended.connect(self.end_edit)
            self.cards[one.key] = card
            column.addWidget(card)
        column.addStretch(1)
        return content

    def _nothing(self, look: "Look") -> QWidget:
        if self.period.current == HIDDEN:
            sentence = _("Signals that you hide or open as investigations are kept here.")
            self.empty = EmptyState(sentence, (_("Show signals"), self._show_first))
        elif look.judged is None:
            self.empty = EmptyState(words.nothing(look), (_("Import…"), self._import))
        elif self.period.current == WEEKS[-1]:
            self.empty = EmptyState(words.nothing(look))
        else:
            action = (_("Show earlier weeks"), self._show_earlier)
            self.empty = EmptyState(words.nothing(look), action)
        return self.empty

    def _show_first(self) -> None:
        self._choose(FIRST)

    def _show_earlier(self) -> None:
        self._choose(WEEKS[WEEKS.index(self.period.current) + 1])

    def _choose(self, key: str) -> None:
        self.period.set_current(key)
        self.mark_stale()

    def _import(self) -> None:
        self.context.navigate("imports")

    # -- what can be done

    def open_rows(self, key: str) -> None:
        """Open the rows behind a signal."""
        from ropdesk.ui.planning import behind, behind_cells
        from ropdesk.ui.planning.behind import BehindDialog, Part

        told, ws = self._shown[key], self.context.workspace
        ids = signals_rows.deals(ws, told)
        if ids is None:
            where = Behind(told.metric.code, told.member_id, told.first, told.last)
            behind.open_behind(ws, where, self)
            return
        deals = behind_cells.deal_rows(rows.deals_by_id(ws, ids))
        part = Part("deals", _("Deals"), len(ids), behind_cells.deal_columns(), deals)
        BehindDialog(told.title, told.judged, [part], self).show()

    def investigate(self, key: str) -> None:
        """Open an investigation and go there."""
        case = signals.open_investigation(
            self.context.workspace, self._shown[key], self.context.today()
        )
        self._go_to_case(case)

    def open_case(self, key: str) -> None:
        """Go to the investigation that was opened of a signal."""
        mark = self._shown[key].mark
        if mark is not None and mark.investigation_id is not None:
            self._go_to_case(mark.investigation_id)

    def dismiss(self, key: str, reason: str) -> None:
        """Hide a signal with a reason; the line at the foot offers to take it back."""
        try:
            signals.dismiss(self.context.workspace, key, reason, self.context.today())
        except DomainError as error:
            self.cards[key].say_error(describe(error))
            return
        self.end_edit()
        self.context.toast(_("The signal is hidden"), undo=True)

    def restore(self, key: str) -> None:
        """Show a hidden signal again."""
        signals.restore(self.context.workspace, key)
        self.context.toast(_("The signal is shown again"), undo=True)

    def _go_to_case(self, case: int) -> None:
        self.context.navigate("planning", view="investigations", side="cases", record=case)


def _look(ws: "Workspace", today: date, wanted: str, progress: "Progress") -> "Look":
    progress.check_cancelled()
    if wanted == HIDDEN:
        return replace(signals.look(ws, today, 1), open=(), marked=tuple(signals.hidden(ws)))
    return signals.look(ws, today, int(wanted))
