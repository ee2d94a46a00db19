"""«What if»: levers of the rest of the month, what they come to, and what would close the gap."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.levers import DEPARTMENT, Factor
from ropdesk.i18n import _, describe, ngettext
from ropdesk.services import levers as service
from ropdesk.services.levers import Changes, Levers, Standing
from ropdesk.ui import values
from ropdesk.ui.planning.levers import texts, words
from ropdesk.ui.planning.levers.actions import ACT, RESET, LeversActions
from ropdesk.ui.planning.levers.closing_card import ClosingCard
from ropdesk.ui.planning.levers.result_card import ResultCard
from ropdesk.ui.planning.levers.what_card import WhatCard
from ropdesk.ui.planning.side import Side
from ropdesk.ui.widgets.buttons import action_button
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from ropdesk.domain.levers_closing import Lever
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

_NARROW = 760  # pixels at 100 % text, below which the cards stand one under another


class LeversView(Side):
    """The levers of a month.

    `go_to` takes ``member`` (an id), to show that member's levers.
    """

    watches = frozenset({
        "daily_value", "deal", "plan", "plan_value", "calendar_day", "setting", "member",
        "absence", "import_batch",
    })  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._actions = LeversActions.of(context.registry)
        self._actions.page = self
        self._found: Levers | None = None
        self._changes: Changes = {}
        self._closers: list[Lever] = []
        self._who = DEPARTMENT
        self._scenario = "standard"
        self._asked = 0
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._build())
        self._empty: EmptyState | None = None
        self._stack.hide()  # until there is something to say

    @property
    def found(self) -> Levers | None:
        """What the levers stand on; None until it has been read."""
        return self._found

    @property
    def _open(self) -> Levers | None:
        """What the levers stand on, where they can be moved."""
        found = self._found
        return found if found is not None and found.standing is Standing.OPEN else None

    @property
    def changes(self) -> Changes:
        """What the person has changed."""
        return self._changes

    @property
    def can_act(self) -> bool:
        """Whether something is changed, in sight of the person."""
        return bool(self._changes) and self.isVisible()

    def header_parts(self) -> Sequence[QWidget]:
        """Return «Reset» and «Turn into actions»."""
        registry = self.context.registry
        return (action_button(registry[RESET]), action_button(registry[ACT], primary=True))

    def set_month(self, month: date) -> None:
        """Show another month: changes of this one mean nothing there."""
        if month != self.month:
            self._changes = {}
            self.what.forget_typing()
        super().set_month(month)

    def go_to(self, **where: object) -> None:
        """Show a member's levers."""
        member = where.get("member")
        if isinstance(member, int):
            self.choose(member)

    def reload(self) -> None:
        """Read the month again."""
        self._asked += 1
        ws, month, today = self.context.workspace, self.month, self.context.today()
        asked = self._asked

        def read(_progress: "Progress") -> Levers:
            return service.levers(ws, month, today)

        self.context.runner.start(read, partial(self._take, asked), quiet=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the actions know that the changes are in sight."""
        super().showEvent(event)
        self._actions.page = self
        self._actions.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the actions know that the changes are out of sight."""
        super().hideEvent(event)
        self._actions.refresh()

    # -- what the person does

    def choose(self, who: int) -> None:
        """Show the levers of a member, or of the department."""
        self._who = who
        self.what.forget_typing()
        self._show()

    def choose_scenario(self, scenario: str) -> None:
        """Ask what closes the gap to another scenario's plan."""
        self._scenario = scenario
        self.closing.segments.set_current(scenario)
        self._show_closing()

    def move_lever(self, key: str, percent: int) -> None:
        """Move a lever by so many per cent of its forecast."""
        found = self._open
        factor = Factor(key)
        base = found.subject(self._who).rest.value(factor) if found is not None else None
        if base is not None:
            self._set(factor, base * Fraction(100 + percent, 100))

    def type_value(self, key: str, text: str) -> None:
        """Set a lever to a typed value; nothing typed goes back to the forecast.

        Raises:
            DomainError: not a number, or not a possible one.
        """
        found = self._open
        if found is None:
            return
        factor = Factor(key)
        metric = words.metric_of(found, factor)
        value = values.parse(metric, text, words.style_of(found, factor))
        base = found.subject(self._who).rest.value(factor)
        wanted = base if value is None else Fraction(value)
        if wanted is not None:
            self._set(factor, wanted)

    def go_to_best(self) -> None:
        """Set each lever in sight to its best month, where that is more than the forecast."""
        self._go_towards_best(Fraction(1))

    def go_halfway(self) -> None:
        """Set each lever in sight halfway to its best month."""
        self._go_towards_best(Fraction(1, 2))

    def _go_towards_best(self, way: Fraction) -> None:
        if self._open is not None:
            self._changes = service.towards_best(self._open, self._changes, self._who, way)
            self._show()

    def try_out(self, ref: object) -> None:
        """Put one change of the list on the levers, and nothing else."""
        if isinstance(ref, tuple):
            subject, factor = ref
            one = next(
                (x for x in self._closers if (x.subject, x.factor) == (subject, Factor(factor))),
                None,
            )
            if one is not None and one.needed is not None and texts.can_try(one):
                self._changes = {(one.subject, one.factor): one.needed}
                self.choose(one.subject)

    def reset(self) -> None:
        """Take all changes back."""
        self._changes = {}
        self.what.forget_typing()
        self._show()

    def make_actions(self) -> None:
        """Turn the changes into actions of the week."""
        if self._open is None:
            return
        try:
            made = service.make_actions(self.context.workspace, self._open, self._changes)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.show_error("")
        words_ = ngettext(
            "{n} action is in the plan of the week", "{n} actions are in the plan of the week",
            len(made),
        )  # fmt: skip
        self.context.toast(words_, undo=True)

    # -- inside

    def _build(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.what = WhatCard()
        self.what.set_handler(self.type_value)
        self.what.subject_chosen.connect(self.choose)
        self.what.moved.connect(self.move_lever)
        self.what.best_wanted.connect(self.go_to_best)
        self.what.halfway_wanted.connect(self.go_halfway)
        self.what.editing_changed.connect(self._hold)
        self.result = ResultCard()
        self.closing = ClosingCard([(key, _(name)) for key, name in words.SCENARIO_NAMES.items()])
        self.closing.scenario_chosen.connect(self.choose_scenario)
        self.closing.plan_wanted.connect(self._make_plan)
        self.closing.table.cell_activated.connect(self.try_out)
        self.closing.table.row_activated.connect(self.try_out)
        upper = Columns(_NARROW)
        upper.add(self.what, 54)
        upper.add(self.result, 46)
        column.addWidget(upper)
        column.addWidget(self.closing, 1)
        return inner

    def _take(self, asked: int, found: Levers) -> None:
        if asked != self._asked or found.month != self.month:
            return
        self._found = found
        self._stack.show()
        if found.standing is not Standing.OPEN:
            self._changes = {}
            self._show_empty(found)
            self._actions.refresh()
            return
        offered = {one.id for one in found.subjects if one.offered}
        if self._who not in offered:
            self._who = DEPARTMENT
        self._changes = {
            (who, factor): value
            for (who, factor), value in self._changes.items()
            if who in offered and found.obstacle(who, factor) is None
        }
        self._stack.setCurrentIndex(0)
        self._show()
        self._show_closing()

    def _set(self, factor: Factor, value: Fraction) -> None:
        if self._open is not None:
            self._changes = service.set_value(self._open, self._changes, self._who, factor, value)
            self._show()

    def _show(self) -> None:
        """Show the levers and what they come to."""
        found = self._open
        if found is None:
            return
        whole = service.what_if(found, self._changes)
        one = whole if self._who == DEPARTMENT else service.what_if(
            found, self._changes, self._who
        )  # fmt: skip
        self.what.show_subjects(texts.subject_options(found, self._changes), self._who)
        self.what.show_levers(texts.lever_views(found, self._changes, self._who))
        changed = words.changed(found, self._changes)
        self.what.say(
            words.lag(found),
            words.remarks(found.subject(self._who)),
            _("Changed: {list}", list=changed) if changed else "",
        )
        best = service.towards_best(found, {}, self._who, Fraction(1))
        self.what.offer_best(possible=bool(best))
        self.result.show_result(texts.result(found, one, whole))
        self._actions.refresh()

    def _show_closing(self) -> None:
        found = self._open
        if found is None:
            return
        self._closers = service.closers(found, self._scenario)
        self.closing.show_closing(texts.closing(found, self._closers, self._scenario))

    def _show_empty(self, found: Levers) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        unknown = found.standing is Standing.UNKNOWN
        action = (_("Import…"), self._import) if unknown else (_("This month"), self._this_month)
        self._empty = EmptyState(words.closed_sentence(found), action)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _hold(self, typing: bool) -> None:
        if typing:
            self.begin_edit()
        else:
            self.end_edit()

    def _this_month(self) -> None:
        month = self.context.today().replace(day=1)
        self.context.navigate("planning", month=month, view="reasons", side="levers")

    def _import(self) -> None:
        self.context.navigate("imports")

    def _make_plan(self) -> None:
        self.context.navigate("planning", month=self.month, view="decomposition")
