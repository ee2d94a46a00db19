"""A metric of the sales head's own: name, kind, unit, direction, and a ratio's two flows."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Direction, Kind, Metric, Metrics, Unit
from ropdesk.i18n import _, describe
from ropdesk.services import metrics
from ropdesk.ui import values
from ropdesk.ui.widgets.buttons import PrimaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from ropdesk.store.workspace import Workspace

KINDS = {
    Kind.FLOW: N_("adds up over days (flow)"),
    Kind.STOCK: N_("level at the end of a day (stock)"),
    Kind.RATIO: N_("one flow over another (ratio)"),
}
UNITS = {
    Unit.COUNT: N_("pieces"),
    Unit.MONEY: N_("roubles"),
    Unit.SECONDS: N_("time"),
    Unit.DAYS: N_("days"),
    Unit.POINTS: N_("points"),
    Unit.SHARE: N_("per cent"),
}
DIRECTIONS = {
    Direction.UP: N_("more is better"),
    Direction.DOWN: N_("less is better"),
    Direction.NONE: N_("neither"),
}
_LATIN = dict(
    zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        ("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r",
         "s", "t", "u", "f", "h", "ts", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"),
        strict=True)
)  # fmt: skip


def code_for(name: str, known: Metrics) -> str:
    """Make a code out of a name, in Latin letters, not yet taken."""
    latin = "".join(_LATIN.get(letter, letter) for letter in name.casefold())
    bare = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")[:32]
    code = bare if re.match(r"[a-z].", bare) else f"own_{bare}".rstrip("_")
    number, free = 2, code
    while free in known:
        free, number = f"{code}_{number}", number + 1
    return free


class OwnMetricForm(Card):
    """Adds a metric; what is wrong stands beside the field."""

    added = Signal(str)  # code

    def __init__(self, workspace: "Workspace", parent: QWidget | None = None) -> None:
        super().__init__(_("Add a metric of your own"), "", parent)
        self._workspace = workspace
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.returnPressed.connect(self.add)
        self.kind = _choice(KINDS)
        self.unit = _choice(UNITS)
        self.better = _choice(DIRECTIONS)
        self.top = QComboBox()
        self.bottom = QComboBox()
        self.name_field = Field(_("Name"), self.name)
        self._ratio = QWidget()
        pair = QVBoxLayout(self._ratio)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.addWidget(Field(_("What is divided"), self.top))
        pair.addWidget(Field(_("By what"), self.bottom))
        fields = (
            self.name_field, Field(_("Kind of metric"), self.kind), Field(_("Unit"), self.unit),
            Field(_("Direction"), self.better), self._ratio,
        )  # fmt: skip
        for field in fields:
            self.body.addWidget(field)
        self.button = PrimaryButton(_("Add"))
        self.button.clicked.connect(self.add)
        self.body.addWidget(self.button)
        self.body.addStretch(1)
        self.kind.currentIndexChanged.connect(self._follow)
        self._fill()
        self._follow()

    def add(self) -> None:
        """Add the metric described."""
        known = metrics.catalogue(self._workspace)
        kind = Kind(self.kind.currentData())
        ratio = kind is Kind.RATIO
        name = self.name.text().strip()
        metric = Metric(
            code_for(name, known), name, kind, Unit(self.unit.currentData()),
            Direction(self.better.currentData()),
            self.top.currentData() if ratio else None,
            self.bottom.currentData() if ratio else None, builtin=False,
        )  # fmt: skip
        try:
            metrics.add(self._workspace, metric)
        except DomainError as error:
            self.name_field.set_error(describe(error))
            return
        self.name_field.set_error("")
        self.name.clear()
        self._fill()
        self.added.emit(metric.code)

    def _fill(self) -> None:
        known = metrics.catalogue(self._workspace)
        for box in (self.top, self.bottom):
            chosen = box.currentData()
            box.clear()
            for code in known:
                if known[code].kind is Kind.FLOW:
                    box.addItem(values.name(known[code]), code)
            box.setCurrentIndex(max(0, box.findData(chosen)))

    def _follow(self) -> None:
        ratio = Kind(self.kind.currentData()) is Kind.RATIO
        self._ratio.setVisible(ratio)
        if not ratio and self.unit.currentData() == Unit.SHARE.value:
            self.unit.setCurrentIndex(0)


def _choice(options: "dict[Kind, str] | dict[Unit, str] | dict[Direction, str]") -> QComboBox:
    box = QComboBox()
    for key, words in options.items():
        box.addItem(_(words), key.value)
    return box
