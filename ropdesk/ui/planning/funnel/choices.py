"""Which deals the funnel looks at: pipeline, member, source; and what its bars show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ropdesk.i18n import _
from ropdesk.services import marketing_words
from ropdesk.ui.planning.funnel import words
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ropdesk.ui.planning.funnel.source import Shown

_ALL = -1


class Choices(QWidget):
    """Three boxes, each beginning with everything, and the choice of the bars."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        row = FlowLayout(self)
        self.pipelines = self._box(_("Pipeline"))
        self.members = self._box(_("Member"))
        self.sources = self._box(_("Source"))
        for box in (self.pipelines, self.members, self.sources):
            row.addWidget(box)
        self.how = Segmented(
            [(words.FLOW, _("Movement of the month")), (words.COHORT, _("Created in the month"))],
            name=_("What the bars show"),
        )
        row.addWidget(self.how)

    @property
    def pipeline(self) -> str | None:
        """The pipeline chosen, None for all."""
        chosen = self.pipelines.currentData()
        return chosen if isinstance(chosen, str) else None

    @property
    def member(self) -> int | None:
        """The member chosen, None for all."""
        chosen = self.members.currentData()
        return chosen if isinstance(chosen, int) and chosen != _ALL else None

    @property
    def source(self) -> str | None:
        """The source chosen, None for all."""
        chosen = self.sources.currentData()
        return chosen if isinstance(chosen, str) else None

    def fill(self, shown: "Shown") -> None:
        """Offer what there is; what was chosen stays chosen."""
        self._filling = True
        pipelines = [(name, words.pipeline_name(name)) for name in shown.pipelines]
        sources = [(name, marketing_words.source(name)) for name in shown.sources]
        _fill(self.pipelines, _("All pipelines"), pipelines)
        _fill(self.members, _("All members"), shown.members)
        _fill(self.sources, _("All sources"), sources)
        self.pipelines.setVisible(len(pipelines) > 1)
        self._filling = False

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumContentsLength(14)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(self._chosen)
        return box

    def _chosen(self, _at: int) -> None:
        if not self._filling:
            self.changed.emit()


def _fill(box: QComboBox, everything: str, options: Sequence[tuple[str | int, str]]) -> None:
    wanted = [(_ALL, everything), *options]
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] == wanted:
        return
    chosen = box.currentData()
    box.clear()
    for key, text in wanted:
        box.addItem(text, key)
    at = next((n for n, (key, _text) in enumerate(wanted) if key == chosen), 0)
    box.setCurrentIndex(at)
