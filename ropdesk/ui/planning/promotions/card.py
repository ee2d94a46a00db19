"""The chosen promotion: its steps, its terms changed in place, its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import CATALOGUE, Metric, Metrics
from ropdesk.domain.promotions import ORDER, State
from ropdesk.i18n import _, describe
from ropdesk.services import promotion_words as words
from ropdesk.services import promotions
from ropdesk.ui import values
from ropdesk.ui.planning.number_field import NumberField
from ropdesk.ui.planning.promotions.asking import AskingSide, row_of
from ropdesk.ui.planning.promotions.cells import STATES
from ropdesk.ui.planning.promotions.chart import PromotionChart
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.date_choice import DateButton
from ropdesk.ui.widgets.fields import Field, choice, choose
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.notes import NotesEdit, TextLine
from ropdesk.ui.widgets.ticks import TickButton

if TYPE_CHECKING:
    from ropdesk.services.promotion_results import Detail

MONEY = next(metric for metric in CATALOGUE if metric.code == "receipts")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from: metrics, members by id, sources of deals."""

    known: Metrics
    members: Mapping[int, str]
    sources: tuple[str, ...]


class PromotionCard(QWidget):
    """A promotion; each field saves when it is left or chosen.

    Attributes:
        result: the card of what it brought, to stand where there is room for it.
    """

    paper_wanted = Signal()

    def __init__(self, side: AskingSide) -> None:
        super().__init__()
        self._side = side
        self._detail: Detail | None = None
        self._choices: Choices | None = None
        self._make_fields()
        self._make_buttons()
        self._terms = Card(" ")
        self._terms.add_right(self.chip)
        body = self._terms.body
        body.addWidget(self._steps)
        body.addWidget(self._notes)
        body.addWidget(self.fields["title"])
        body.addWidget(self.fields["offer"])
        body.addWidget(self.fields["audience"])
        flow = FlowLayout()
        for key in ("first", "last", "members", "sources", "metric", "expected", "budget",
                    "spent", "agreed_by"):  # fmt: skip
            flow.addWidget(self.fields[key])
        body.addWidget(row_of(flow))
        self.result = Card(_("Result"))
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "cardTitle")
        self.details = QLabel()
        self.details.setWordWrap(True)
        self.details.setProperty("role", "secondary")
        self.chart = PromotionChart()
        for widget in (self.sentence, self.chart, self.details, self.fields["conclusion"]):
            self.result.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._terms)
        column.addStretch(1)

    @property
    def detail(self) -> "Detail | None":
        """What is shown."""
        return self._detail

    def show_detail(self, detail: "Detail", choices: Choices) -> None:
        """Show a promotion; what is being typed stays unless it is another one."""
        before = self._detail
        other = before is None or before.promotion.id != detail.promotion.id
        self._detail = detail
        found, result = detail.promotion, detail.result
        if other:
            for field in self.fields.values():
                field.set_error("")
        if self._choices is None or list(self._choices.known) != list(choices.known):
            self.metric_choice.clear()
            for code, metric in choices.known.items():
                self.metric_choice.addItem(values.name(metric), code)
        self._choices = choices
        self._terms.set_title(found.title)
        self.chip.set(words.state(found.state), STATES[found.state])
        for name in ("title", "offer", "audience", "agreed_by", "conclusion"):
            self._texts[name].show_text(getattr(found, name), other=other)
        self.first.set_value(found.first)
        self.last.set_value(found.last)
        self.members.show_choice(choices.members, found.members)
        self.sources.show_choice({name: name for name in choices.sources}, found.sources)
        choose(self.metric_choice, found.metric)
        self._show_number("expected", found.expected)
        self._show_number("budget", found.budget)
        self._show_number("spent", found.spent)
        notes = (words.next_step(detail), words.overlaps(detail.overlaps))
        self._notes.setText("\n".join(f"\u26a0 {text}" for text in notes if text))
        self._notes.setVisible(bool(self._notes.text()))
        self.sentence.setText(words.fact(result))
        self.details.setText(" ".join(
            text for text in (words.how_measured(result), words.against_expected(found, result),
                              words.money(found, result)) if text
        ))  # fmt: skip
        self.chart.show_detail(detail)
        self._follow_state(found.state)

    def start_typing(self) -> None:
        """Begin with the name."""
        self.title.setFocus()
        self.title.selectAll()

    # -- inside

    def _make_fields(self) -> None:
        start = self._side.context.today()
        self.title, self.agreed_by = TextLine(), TextLine(80)
        self.offer, self.conclusion = NotesEdit(), NotesEdit()
        self.audience = TextLine(300)
        self._texts: dict[str, TextLine | NotesEdit] = {
            "title": self.title, "offer": self.offer, "audience": self.audience,
            "agreed_by": self.agreed_by, "conclusion": self.conclusion,
        }  # fmt: skip
        for name, field in self._texts.items():
            field.committed.connect(partial(self._change, name))
        none, clear = _("not set"), _("Clear")
        self.first, self.last = DateButton(none, clear, start), DateButton(none, clear, start)
        self.first.chosen.connect(partial(self._change, "first"))
        self.last.chosen.connect(partial(self._change, "last"))
        self.members: TickButton[int] = TickButton(_("everybody"))
        self.members.chosen.connect(self._members_chosen)
        self.sources: TickButton[str] = TickButton(_("all sources"))
        self.sources.chosen.connect(self._sources_chosen)
        self.metric_choice = choice({})
        self.metric_choice.activated.connect(self._metric_chosen)
        self._numbers = {
            name: NumberField(label)
            for name, label in (("expected", _("Expected over the period")),
                                ("budget", _("Budget, ₽")), ("spent", _("Spent, ₽")))
        }  # fmt: skip
        for name, number in self._numbers.items():
            number.committed.connect(partial(self._number_typed, name))
        self.agreed_by.setMinimumWidth(current_theme().px(190))
        self.fields = {
            "title": Field(_("Name"), self.title),
            "offer": Field(_("Offer: what customers get"), self.offer),
            "audience": Field(_("For whom"), self.audience),
            "first": Field(_("First day"), self.first),
            "last": Field(_("Last day"), self.last),
            "members": Field(_("Who takes part"), self.members),
            "sources": Field(_("Sources of deals"), self.sources),
            "metric": Field(_("Measured by"), self.metric_choice),
            "expected": Field(_("Expected over the period"), self._numbers["expected"]),
            "budget": Field(_("Budget, ₽"), self._numbers["budget"]),
            "spent": Field(_("Spent, ₽"), self._numbers["spent"]),
            "agreed_by": Field(_("Who agreed"), self.agreed_by),
            "conclusion": Field(_("Conclusion: repeat, change or drop"), self.conclusion),
        }

    def _make_buttons(self) -> None:
        self.chip = Chip("")
        self.forward = PrimaryButton()
        self.forward.clicked.connect(self._go_forward)
        self.back = SecondaryButton(_("A step back"))
        self.back.clicked.connect(self._go_back)
        self.paper = SecondaryButton(_("One page…"))
        self.paper.setToolTip(_("The proposal to be agreed, with its result (Ctrl+P)"))
        self.paper.clicked.connect(self.paper_wanted)
        self.remover = FlatButton(_("Remove"))
        self.remover.clicked.connect(self._remove)
        flow = FlowLayout(spacing=8)
        for button in (self.forward, self.back, self.paper, self.remover):
            flow.addWidget(button)
        self._steps = row_of(flow)
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._notes.setProperty("role", "strong")

    def _follow_state(self, state: State) -> None:
        labels = {
            State.PROPOSAL: _("Propose"),
            State.AGREED: _("It is agreed"),
            State.RUNNING: _("Start"),
            State.FINISHED: _("Finish"),
        }
        place = ORDER.index(state)
        following = ORDER[place + 1] if place + 1 < len(ORDER) else None
        self.forward.setVisible(following is not None)
        if following is not None:
            self.forward.setText(labels[following])
        self.back.setVisible(place > 0)

    def _show_number(self, name: str, value: int | None) -> None:
        metric, field = self._metric_of(name), self._numbers[name]
        how = values.entry_style(metric)
        shown = "" if value is None else values.text(value, how)
        field.show_value(shown, values.plain(value, how), values.exact(metric, value))
        if name == "expected":
            unit = f", {how.unit}" if how.unit else ""
            field.setPlaceholderText(unit.removeprefix(", "))

    def _metric_of(self, name: str) -> Metric:
        if name == "expected" and self._detail is not None:
            return self._detail.result.metric
        return MONEY

    def _change(self, name: str, value: object) -> None:
        if self._detail is None or getattr(self._detail.promotion, name) == value:
            return
        ws, key = self._side.context.workspace, self._detail.promotion.id
        change = partial(promotions.change, ws, key, **{name: value})
        if not self._side.do(change, self.fields):
            self._side.mark_stale()

    def _number_typed(self, name: str, text: str) -> None:
        field = self._numbers[name]
        metric = self._metric_of(name)
        try:
            value = values.parse(metric, text, values.entry_style(metric))
        except DomainError as error:
            field.keep_refused(text, describe(error))
            self.fields[name].set_error(describe(error))
            return
        self.fields[name].set_error("")
        self._change(name, value)

    def _metric_chosen(self) -> None:
        self._change("metric", self.metric_choice.currentData())

    def _members_chosen(self, keys: object) -> None:
        if self._detail is not None and isinstance(keys, tuple):
            ws = self._side.context.workspace
            put = partial(promotions.set_members, ws, self._detail.promotion.id, keys)
            self._side.do(put, self.fields)

    def _sources_chosen(self, keys: object) -> None:
        if self._detail is not None and isinstance(keys, tuple):
            ws = self._side.context.workspace
            put = partial(promotions.set_sources, ws, self._detail.promotion.id, keys)
            self._side.do(put, self.fields)

    def _go_forward(self) -> None:
        self._step(1)

    def _go_back(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._detail is None:
            return
        for box in (self.offer, self.conclusion):
            box.commit()
        found = self._detail.promotion
        state = ORDER[ORDER.index(found.state) + by]
        context = self._side.context
        self._side.do(
            partial(promotions.move, context.workspace, found.id, state, context.today()),
            self.fields,
        )

    def _remove(self) -> None:
        if self._detail is None:
            return
        found, context = self._detail.promotion, self._side.context
        if self._side.do(partial(promotions.remove, context.workspace, found.id)):
            context.toast(_("«{title}» is removed", title=found.title), undo=True)
