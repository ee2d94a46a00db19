"""The chosen entry: its words, the way to the product side, its mentions."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from ropdesk.domain.voice import LONGEST, Kind, State
from ropdesk.i18n import _
from ropdesk.services import voice
from ropdesk.services import voice_words as words
from ropdesk.ui.planning.promotions.asking import AskingSide, row_of
from ropdesk.ui.planning.voice import cells
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import FlatButton, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.fields import Field, choice, choose
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.notes import NotesEdit, TextLine

if TYPE_CHECKING:
    from ropdesk.services.voice import Mention, Voice

MENTIONS_HEIGHT = 120


class EntryCard(Card):
    """An entry; each field saves when it is left or chosen."""

    def __init__(self, side: AskingSide) -> None:
        super().__init__(" ")
        self._side = side
        self._entry: Voice | None = None
        self.chip = Chip("")
        self.add_right(self.chip)
        self.text, self.product, self.to = TextLine(LONGEST), TextLine(80), TextLine(80)
        self.answer = NotesEdit()
        self.kind = choice({k.value: words.kind(k) for k in Kind})
        self.fields = {
            "text": Field(_("What customers say"), self.text),
            "kind": Field(_("Kind"), self.kind),
            "product": Field(_("Product or subject"), self.product),
            "to": Field(_("Passed on to"), self.to),
            "answer": Field(_("Their answer"), self.answer),
        }
        self.text.committed.connect(partial(self._change, "text"))
        self.product.committed.connect(partial(self._change, "product"))
        self.to.committed.connect(partial(self._change, "passed_to"))
        self.answer.committed.connect(partial(self._change, "answer"))
        self.kind.activated.connect(self._kind_chosen)
        self.passing = PrimaryButton(_("Pass on"))
        self.passing.clicked.connect(self.pass_on)
        self.answers: dict[State, SecondaryButton] = {}
        for state, text in ((State.ACCEPTED, _("Accepted")), (State.DONE, _("Done")),
                            (State.DECLINED, _("Declined"))):  # fmt: skip
            button = SecondaryButton(text)
            button.clicked.connect(partial(self.note_answer, state))
            self.answers[state] = button
        self.back = FlatButton(_("A step back"))
        self.back.clicked.connect(self._step_back)
        self.remover = FlatButton(_("Remove"))
        self.remover.clicked.connect(self._remove)
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.counts.setProperty("role", "secondary")
        self.mentions = FittingTable(cells.mention_columns(), ("source", "member"))
        self.mentions.setAccessibleName(_("When it was heard"))
        self.mentions.setMinimumHeight(current_theme().px(MENTIONS_HEIGHT))
        self.mentions.current_row_changed.connect(self._follow_mention)
        self.forget = FlatButton(_("Remove the mention"))
        self.forget.clicked.connect(self._forget)
        self._lay_out()

    @property
    def entry(self) -> "Voice | None":
        """What is shown."""
        return self._entry

    def show_entry(
        self, entry: "Voice", mentions: "Sequence[Mention]", names: Mapping[int, str]
    ) -> None:
        """Show an entry; what is being typed stays unless it is another one."""
        other = self._entry is None or self._entry.id != entry.id
        self._entry = entry
        if other:
            for field in self.fields.values():
                field.set_error("")
        self.set_title(entry.text)
        self.chip.set(words.state(entry.state), cells.STATES[entry.state])
        self.text.show_text(entry.text, other=other)
        self.product.show_text(entry.product, other=other)
        self.to.show_text(entry.passed_to, other=other)
        self.answer.show_text(entry.answer, other=other)
        choose(self.kind, entry.kind.value)
        told = words.counts(entry, names)
        self.counts.setText(_("This month: {counts}.", counts=told) if told else
                            _("Not heard this month."))  # fmt: skip
        self.mentions.set_rows(cells.mention_rows(mentions, names))
        self.passing.setVisible(entry.state in {State.NEW, State.PASSED})
        self.passing.setText(
            _("Pass on") if entry.state is State.NEW else _("Pass on again")
        )  # fmt: skip
        for state, button in self.answers.items():
            button.setVisible(entry.state not in {State.NEW, state})
        self.back.setVisible(entry.state is not State.NEW)
        self._follow_mention(None)

    def pass_on(self) -> None:
        """Pass it on to whom the field says, today."""
        if self._entry is not None:
            context = self._side.context
            self._side.do(
                partial(
                    voice.pass_on, context.workspace, [self._entry.id], self.to.text(),
                    context.today(),
                ),
                self.fields,
            )  # fmt: skip

    def note_answer(self, state: State) -> None:
        """Note the answer that the field says."""
        if self._entry is not None:
            context = self._side.context
            text = self.answer.take()
            self._side.do(
                partial(
                    voice.answer, context.workspace, self._entry.id, state, text, context.today()
                ),
                self.fields,
            )  # fmt: skip

    # -- inside

    def _lay_out(self) -> None:
        self.body.addWidget(self.fields["text"])
        about = FlowLayout()
        self.product.setMinimumWidth(current_theme().px(170))
        for key in ("kind", "product"):
            about.addWidget(self.fields[key])
        self.body.addWidget(row_of(about))
        self.body.addWidget(self.fields["to"])
        self.body.addWidget(self.fields["answer"])
        steps = FlowLayout(spacing=8)
        for button in (self.passing, *self.answers.values(), self.back, self.remover):
            steps.addWidget(button)
        self.body.addWidget(row_of(steps))
        self.body.addWidget(self.counts)
        self.body.addWidget(self.mentions, 1)
        self.body.addWidget(self.forget)

    def _change(self, name: str, value: str) -> None:
        if self._entry is not None and getattr(self._entry, name) != value:
            ws = self._side.context.workspace
            change = partial(voice.change, ws, self._entry.id, **{name: value})
            self._side.do(change, self.fields)

    def _kind_chosen(self) -> None:
        if self._entry is not None and self._entry.kind.value != self.kind.currentData():
            self._change("kind", self.kind.currentData())

    def _step_back(self) -> None:
        if self._entry is not None:
            self._side.do(partial(voice.step_back, self._side.context.workspace, self._entry.id))

    def _remove(self) -> None:
        if self._entry is None:
            return
        context, text = self._side.context, self._entry.text
        if self._side.do(partial(voice.remove, context.workspace, self._entry.id)):
            context.toast(_("«{title}» is removed", title=text), undo=True)

    def _forget(self) -> None:
        place = self.mentions.current_place()
        if place is not None and isinstance(place[0], int):
            remove = partial(voice.remove_mention, self._side.context.workspace, place[0])
            self._side.do(remove)

    def _follow_mention(self, _key: object) -> None:
        self.forget.setVisible(self.mentions.current_place() is not None)
