"""Step 2: which column is which field, with values of the file beside."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import FIELDS, NEEDS, Look
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.forms import Form
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel

COLUMN, CONSTANT, FIXED, METRIC, NONE = "column", "constant", "fixed", "metric", "none"
# What all rows may be at one stroke: the text that stands for it, and its words.
FIXED_STAGES = {
    "Won": N_("All rows: won deals"),
    "Lost": N_("All rows: lost deals"),
}
SCENARIOS = ("minimum", "standard", "maximum")


class _FieldRow:
    """One field: its name, the choice of a column, sample values or one text for all rows."""

    def __init__(self, name: str, words: str, *, needed: bool) -> None:
        self.name = name
        self._needed = needed
        self.label = QLabel(words + (" *" if needed else ""))
        if needed:
            self.label.setToolTip(_("Nothing can be imported without it"))
        self.box = QComboBox()
        self.box.setAccessibleName(words)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(22)
        self.label.setBuddy(self.box)
        self.sample = ElidedLabel()
        self.sample.setProperty("role", "secondary")
        self.text = QLineEdit()
        self.text.setAccessibleName(_("{field}: one text for all rows", field=words))
        self.aside = QStackedWidget()
        self.aside.addWidget(self.sample)
        self.aside.addWidget(self.text)
        self._samples: Mapping[str, tuple[str, ...]] = {}
        self.box.currentIndexChanged.connect(self._follow)

    def fill(self, look: Look, metrics: Mapping[str, str]) -> None:
        """Offer the file's columns, and choose what is in force."""
        self._samples = look.columns
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(_("— none —"), (NONE, ""))
        for column in look.columns:
            self.box.addItem(column, (COLUMN, column))
        self.box.insertSeparator(self.box.count())
        if self.name == "metric":
            for code, words in metrics.items():
                self.box.addItem(_("All rows: {metric}", metric=words), (METRIC, code))
        else:
            for text, words in FIXED_STAGES.items() if self.name == "stage" else ():
                self.box.addItem(_(words), (FIXED, text))
            self.box.addItem(_("One text for all rows…"), (CONSTANT, ""))
        constant = look.constants.get(self.name)
        if self.name in look.mapping:
            self.choose((COLUMN, look.mapping[self.name]))
        elif constant is not None and self.name == "metric" and constant in metrics:
            self.choose((METRIC, constant))
        elif constant in FIXED_STAGES and self.name == "stage":
            self.choose((FIXED, constant))
        elif constant:
            self.choose((CONSTANT, ""))
            self.text.setText(constant)
        self.box.blockSignals(False)
        self._follow()

    def choose(self, wanted: tuple[str, str]) -> None:
        """Choose by kind and value, if it is offered."""
        # Tuples come back from Qt as lists, so `findData` does not find them.
        for number in range(self.box.count()):
            if tuple(self.box.itemData(number) or ()) == wanted:
                self.box.setCurrentIndex(number)

    @property
    def choice(self) -> tuple[str, str]:
        """What is chosen: its kind and the column, the text or the metric's code."""
        kind, value = self.box.currentData() or (NONE, "")
        return (kind, self.text.text().strip()) if kind == CONSTANT else (kind, value)

    def _follow(self) -> None:
        kind, value = self.box.currentData() or (NONE, "")
        self.aside.setCurrentWidget(self.text if kind == CONSTANT else self.sample)
        words = " · ".join(self._samples.get(value, ())) if kind == COLUMN else ""
        if kind == NONE and self._needed:
            words = _("\u2190 choose where it stands, or one text for all rows")
        self.sample.setText(words)


class ColumnsStep(QWidget):
    """The fields of the kind, one a line."""

    def __init__(self, metrics: Mapping[str, Metric], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metrics = metrics
        self._rows: dict[str, _FieldRow] = {}
        self._kind = ""
        self._look: Look | None = None
        self._card = Card(_("Which column is what"))
        self._form = Form()
        self._card.body.addWidget(self._form)
        self._rebuild("deals")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card, 1)

    def show_look(self, look: Look) -> None:
        """Show the fields of the kind and what they are taken from."""
        self._look = look
        if look.spec.kind != self._kind:
            self._rebuild(look.spec.kind)
        shown = {
            code: _(metric.name) if metric.builtin else metric.name
            for code, metric in self._metrics.items()
            if metric.kind is not Kind.RATIO or look.spec.kind == "plan"
        }
        for row in self._rows.values():
            row.fill(look, shown)
        doubtful = look.dates_doubtful or look.spec.day_first is not None
        self.order.setVisible(doubtful)
        self._order_label.setVisible(doubtful)
        wanted = {None: 0, True: 1, False: 2}[look.spec.day_first]
        self.order.setCurrentIndex(wanted)
        self.scenario.setCurrentIndex(SCENARIOS.index(look.spec.scenario))

    def _rebuild(self, kind: str) -> None:
        self._kind = kind
        self._rows.clear()
        needed = {group[0] for group in NEEDS[kind] if len(group) == 1 or kind == "plan"}
        grid = self._form.fresh()
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, current_theme().px(150))
        for number, name in enumerate(FIELDS[kind]):
            row = _FieldRow(name, _(texts.FIELDS[kind][name]), needed=name in needed)
            self._rows[name] = row
            grid.addWidget(row.label, number, 0)
            grid.addWidget(row.box, number, 1)
            grid.addWidget(row.aside, number, 2)
        below = len(FIELDS[kind])
        self.order, self.scenario = QComboBox(), QComboBox()
        for words, value in (
            (_("Choose…"), None), (_("day first: 03/04 is 3 April"), True),
            (_("month first: 03/04 is 4 March"), False),
        ):  # fmt: skip
            self.order.addItem(words, value)
        for key, words in zip(SCENARIOS, (_("Minimum"), _("Standard"), _("Maximum")), strict=True):
            self.scenario.addItem(words, key)
        self._order_label = QLabel(_("Dates such as 03/04/2025"))
        self._scenario_label = QLabel(_("Scenario"))
        for label, box in ((self._order_label, self.order), (self._scenario_label, self.scenario)):
            label.setBuddy(box)
            box.setAccessibleName(label.text())
            grid.addWidget(label, below, 0)
            grid.addWidget(box, below, 1)
            below += 1
        self.scenario.setVisible(kind == "plan")
        self._scenario_label.setVisible(kind == "plan")
        grid.setRowStretch(below, 1)

    def choose(self, field: str, column: str) -> None:
        """Take a field from a column, as a person would."""
        self._rows[field].choose((COLUMN, column))

    def answer(self, spec: FileSpec) -> FileSpec:
        """Return the specification with what is chosen here; the same where nothing changed."""
        look = self._look
        if look is None:
            return spec
        day_first = self.order.currentData() if self.order.isVisibleTo(self) else None
        scenario = str(self.scenario.currentData())
        choices = {name: row.choice for name, row in self._rows.items()}
        if choices != self._in_force(look):
            maps, metric = [], ""
            for name, (kind, value) in choices.items():
                field = name.partition(":")[0]
                if kind == COLUMN:
                    maps.append(f"{field}={value}")
                elif kind in {CONSTANT, FIXED}:
                    maps.append(f"{field}=={value}")
                elif kind == METRIC:
                    metric = value
            spec = replace(
                spec, preset=look.preset or "auto", maps=tuple(maps), exact=True, metric=metric
            )
        return replace(spec, day_first=day_first, scenario=scenario)

    def _in_force(self, look: Look) -> dict[str, tuple[str, str]]:
        found = {}
        for name in self._rows:
            constant = look.constants.get(name)
            if name in look.mapping:
                found[name] = (COLUMN, look.mapping[name])
            elif name == "metric" and constant in self._metrics:
                found[name] = (METRIC, str(constant))
            elif name == "stage" and constant in FIXED_STAGES:
                found[name] = (FIXED, str(constant))
            elif constant:
                found[name] = (CONSTANT, constant)
            else:
                found[name] = (NONE, "")
        return found
