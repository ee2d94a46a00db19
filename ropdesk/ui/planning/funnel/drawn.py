"""The left of the funnel: the bars, and open deals against the norm."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.funnel import PipelineFunnel
from ropdesk.ui.planning.funnel import words
from ropdesk.ui.planning.funnel.bars import FunnelBars
from ropdesk.ui.planning.funnel.strip import AgeStrip
from ropdesk.ui.widgets.cards import Card


class Drawn(QScrollArea):
    """Two cards; many stages scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setObjectName("clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.card = Card(_("Funnel"))
        self.bars = FunnelBars()
        self.card.body.addWidget(self.bars)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "secondary")
        self.card.body.addWidget(self.note)
        column.addWidget(self.card)
        self.ages = Card(_("Open deals against the norm"), _("today"))
        self.strip = AgeStrip()
        self.ages.body.addWidget(self.strip)
        column.addWidget(self.ages)
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(inner)

    def set_whole(self, *, whole: bool) -> None:
        """Take all the height there is to draw, or scroll within what is given."""
        inner = self.widget()
        self.setMinimumHeight(inner.sizeHint().height() if whole and inner is not None else 0)

    def show_line(self, line: PipelineFunnel | None, how: str, *, named: bool) -> None:
        """Draw a pipeline.

        Args:
            how: ``flow`` or ``cohort``, as in `words.steps`.
            named: whether there are several, so that this one needs its name.
        """
        hint = words.pipeline_name(line.name) if line is not None and named else ""
        self.card.set_title(_("Funnel"), hint)
        self.bars.show_steps([] if line is None else words.steps(line, how))
        note = words.maturity(line, how) if line is not None else _("Nothing in this month.")
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.strip.show_ages([] if line is None else words.ages(line))
        self.ages.setVisible(line is not None and bool(line.stages))
