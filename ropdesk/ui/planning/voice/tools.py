"""Tools and automation tried: what for, by whom, what changed, kept or dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.voice import Trial
from ropdesk.i18n import _, describe
from ropdesk.services import metrics, team, tools
from ropdesk.services import voice_words as words
from ropdesk.services.tools import Measured, NewTool
from ropdesk.ui import values
from ropdesk.ui.planning.number_field import NumberField
from ropdesk.ui.planning.promotions.actions import NewTrialAction
from ropdesk.ui.planning.promotions.asking import AskingSide, row_of, scrolling
from ropdesk.ui.planning.promotions.card import MONEY
from ropdesk.ui.planning.voice import cells
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.fields import Field, choice, choose
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.notes import NotesEdit, TextLine
from ropdesk.ui.widgets.ticks import TickButton

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context


@dataclass(frozen=True, slots=True)
class Bench:
    """What the side shows."""

    trials: tuple[Measured, ...]
    known: Metrics
    names: Mapping[int, str]


def read(ws: "Workspace", today: date) -> Bench:
    """Read trials with their effects."""
    people = team.team(ws)
    names = {m.id: m.name for m in people.active(date.min, date.max)}
    return Bench(tuple(tools.measured(ws, today)), metrics.catalogue(ws), names)


class ToolCard(Card):
    """A trial; each field saves when it is left or chosen."""

    def __init__(self, side: AskingSide) -> None:
        super().__init__(" ")
        self._side = side
        self._shown: Measured | None = None
        self._known: list[str] = []
        self.chip = Chip("")
        self.add_right(self.chip)
        start = side.context.today()
        self.title, self.why, self.conclusion = TextLine(), NotesEdit(), NotesEdit()
        none, clear = _("not set"), _("Clear")
        self.first, self.last = DateButton(none, clear, start), DateButton(none, clear, start)
        self.members: TickButton[int] = TickButton(_("everybody"))
        self.metric_choice = choice({})
        self.cost = NumberField(_("Cost, ₽"))
        self.fields = {
            "title": Field(_("What was tried"), self.title),
            "why": Field(_("What for"), self.why),
            "first": Field(_("First day"), self.first),
            "last": Field(_("Last day"), self.last),
            "members": Field(_("Who tries"), self.members),
            "metric": Field(_("Measured by"), self.metric_choice),
            "cost": Field(_("Cost, ₽"), self.cost),
            "conclusion": Field(_("Conclusion"), self.conclusion),
        }
        for name, field in (("title", self.title), ("why", self.why),
                            ("conclusion", self.conclusion)):  # fmt: skip
            field.committed.connect(partial(self._change, name))
        self.first.chosen.connect(self._first_chosen)
        self.last.chosen.connect(partial(self._change, "last"))
        self.members.chosen.connect(self._members_chosen)
        self.metric_choice.activated.connect(self._metric_chosen)
        self.cost.committed.connect(self._cost_typed)
        self.effect = QLabel()
        self.effect.setWordWrap(True)
        self.buttons = {
            Trial.KEPT: PrimaryButton(_("Keep it")),
            Trial.DROPPED: SecondaryButton(_("Drop it")),
            Trial.TRYING: SecondaryButton(_("Try on")),
        }
        for state, button in self.buttons.items():
            button.clicked.connect(partial(self._decide, state))
        self.remover = FlatButton(_("Remove"))
        self.remover.clicked.connect(self._remove)
        for name in ("title", "why"):
            self.body.addWidget(self.fields[name])
        flow = FlowLayout()
        for name in ("first", "last", "members", "metric", "cost"):
            flow.addWidget(self.fields[name])
        self.body.addWidget(row_of(flow))
        self.body.addWidget(self.effect)
        self.body.addWidget(self.fields["conclusion"])
        steps = FlowLayout(spacing=8)
        for step in (*self.buttons.values(), self.remover):
            steps.addWidget(step)
        self.body.addWidget(row_of(steps))
        self.body.addStretch(1)

    def show_trial(self, trial: Measured, bench: Bench) -> None:
        """Show a trial; what is being typed stays unless it is another one."""
        tool = trial.tool
        other = self._shown is None or self._shown.tool.id != tool.id
        self._shown = trial
        if other:
            for field in self.fields.values():
                field.set_error("")
        if self._known != list(bench.known):
            self._known = list(bench.known)
            self.metric_choice.clear()
            self.metric_choice.addItem(_("no metric"), "")
            for code, metric in bench.known.items():
                self.metric_choice.addItem(values.name(metric), code)
        self.set_title(tool.title)
        self.chip.set(words.trial(tool.state), cells.TRIALS[tool.state])
        self.title.show_text(tool.title, other=other)
        self.why.show_text(tool.why, other=other)
        self.conclusion.show_text(tool.conclusion, other=other)
        self.first.set_value(tool.first)
        self.last.set_value(tool.last)
        self.members.show_choice(bench.names, tool.members)
        choose(self.metric_choice, tool.metric)
        how = values.entry_style(MONEY)
        shown = "" if tool.cost is None else values.text(tool.cost, how)
        self.cost.show_value(shown, values.plain(tool.cost, how))
        self.effect.setText(words.trial_effect(trial))
        for state, button in self.buttons.items():
            button.setVisible(tool.state is not state)

    def start_typing(self) -> None:
        """Begin with the name."""
        self.title.setFocus()
        self.title.selectAll()

    # -- inside

    def _change(self, name: str, value: object) -> None:
        if self._shown is None or getattr(self._shown.tool, name) == value:
            return
        ws = self._side.context.workspace
        change = partial(tools.change, ws, self._shown.tool.id, **{name: value})
        if not self._side.do(change, self.fields):
            self._side.mark_stale()

    def _first_chosen(self, value: object) -> None:
        if isinstance(value, date):  # a trial always has its first day
            self._change("first", value)

    def _metric_chosen(self) -> None:
        self._change("metric", self.metric_choice.currentData())

    def _members_chosen(self, keys: object) -> None:
        if self._shown is not None and isinstance(keys, tuple):
            ws = self._side.context.workspace
            self._side.do(partial(tools.set_members, ws, self._shown.tool.id, keys), self.fields)

    def _cost_typed(self, text: str) -> None:
        try:
            value = values.parse(MONEY, text, values.entry_style(MONEY))
        except DomainError as error:
            self.cost.keep_refused(text, describe(error))
            self.fields["cost"].set_error(describe(error))
            return
        self.fields["cost"].set_error("")
        self._change("cost", value)

    def _decide(self, state: Trial) -> None:
        if self._shown is not None:
            self.conclusion.commit()
            context = self._side.context
            self._side.do(
                partial(
                    tools.decide, context.workspace, self._shown.tool.id, state, context.today()
                ),
                self.fields,
            )  # fmt: skip

    def _remove(self) -> None:
        if self._shown is None:
            return
        context, tool = self._side.context, self._shown.tool
        if self._side.do(partial(tools.remove, context.workspace, tool.id)):
            context.toast(_("«{title}» is removed", title=tool.title), undo=True)


class ToolsSide(AskingSide):
    """Trials at the left, the chosen one at the right."""

    watches = frozenset({
        "tool_trial", "tool_trial_member", "daily_value", "member", "absence", "calendar_day",
        "own_metric",
    })  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        NewTrialAction.of(context.registry).page = self
        self.bench: Bench | None = None
        self._record: int | None = None
        self._fresh = False
        self.primary = PrimaryButton(_("New trial"))
        self.primary.setToolTip(_("New trial (Ctrl+N)"))
        self.primary.clicked.connect(self.begin)
        self.table = FittingTable(cells.tool_columns(), ("cost", "span", "effect"))
        self.table.setAccessibleName(_("Tools tried"))
        self.table.current_row_changed.connect(self._row_chosen)
        listed = Card(_("Tools tried"), _("effect against comparable days before"))
        listed.body.addWidget(self.table, 1)
        self.card = ToolCard(self)
        both = Columns(narrow=720)
        both.add(listed, 5)
        both.add(scrolling(self.card), 5)
        self.stack.addWidget(both)

    def header_parts(self) -> Sequence[QWidget]:
        """Return the button."""
        return (self.primary,)

    def set_month(self, month: date) -> None:
        """Remember the month: trials are of any."""
        self.month = month

    def go_to(self, **where: object) -> None:
        """Show one trial: ``record`` is its id."""
        record = where.get("record")
        if isinstance(record, int):
            self._record = record
            self.mark_stale()

    def reload(self) -> None:
        """Read trials and their effects."""
        self.ask(partial(read, self.context.workspace, self.context.today()), self.show_bench)

    def show_bench(self, bench: Bench) -> None:
        """Show trials."""
        self.bench = bench
        if not bench.trials:
            self.show_empty(
                _("Tools and automation that the department tries: what for, for how long, and "
                  "what they really changed. Note the first one."),
                (_("New trial"), self.begin),
            )  # fmt: skip
            return
        self.stack.setCurrentIndex(0)
        wanted = self._record
        self.table.set_rows(cells.tool_rows(bench.trials))
        self._record = wanted  # the table tells of the row it has come to by itself
        ids = [each.tool.id for each in bench.trials]
        if self._record not in ids:
            self._record = ids[0]
        self.table.go_to_cell(self._record, "title")
        self._show_record()

    def begin(self) -> None:
        """Note a trial from today on and type its name."""
        made: list[int] = []
        new = NewTool(title=_("New trial"), first=self.context.today())

        def make() -> None:
            made.append(tools.add(self.context.workspace, new))

        if self.do(make):
            self._record, self._fresh = made[0], True

    # -- inside

    def _row_chosen(self, key: object) -> None:
        if isinstance(key, int) and key != self._record:
            self._record = key
            self._show_record()

    def _show_record(self) -> None:
        if self.bench is None:
            return
        found = next((each for each in self.bench.trials if each.tool.id == self._record), None)
        self.card.setVisible(found is not None)
        if found is not None:
            self.card.show_trial(found, self.bench)
            if self._fresh:
                self._fresh = False
                self.card.start_typing()
