"""Step 2: which column is which field, with values of the file beside."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ropdesk.domain.metrics import Kind, Metric
from ropdesk.i18n import _
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import FIELDS, NEEDS, Look
from ropdesk.ui.imports import texts
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel

COLUMN, CONSTANT, METRIC, NONE = "column", "constant", "metric", "none"
SCENARIOS = ("minimum", "standard", "maximum")


class _FieldRow:
    """One field: its name, the choice of a column, sample values or one text for all rows."""

    def __init__(self, name: str, words: str, *, needed: bool) -> None:
        self.name = name
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
            self.box.addItem(_("One text for all rows…"), (CONSTANT, ""))
        constant = look.constants.get(self.name)
        if self.name in look.mapping:
            self.choose((COLUMN, look.mapping[self.name]))
        elif constant is not None and self.name == "metric" and constant in metrics:
            self.choose((METRIC, constant))
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
        self.sample.setText(" · ".join(self._samples.get(value, ())) if kind == COLUMN else "")


class ColumnsStep(QWidget):
    """The fields of the kind, one a line."""

    def __init__(self, metrics: Mapping[str, Metric], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metrics = metrics
        self._rows: dict[str, _FieldRow] = {}
        self._kind = ""
        self._look: Look | None = None
        self.scenario = QComboBox()
        for key, words in zip(SCENARIOS, (_("Minimum"), _("Standard"), _("Maximum")), strict=True):
            self.scenario.addItem(words, key)
        self.order = QComboBox()
        for words, value in (
            (_("Choose…"), None), (_("day first: 03/04 is 3 April"), True),
            (_("month first: 03/04 is 4 March"), False),
        ):  # fmt: skip
            self.order.addItem(words, value)
        self._card = Card(_("Which column is what"))
        self._form = QWidget()
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._form)
        scroll.viewport().setAutoFillBackground(False)
        self._form.setAutoFillBackground(False)
        self._grid = QGridLayout(self._form)
        self._card.body.addWidget(scroll)
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
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                if widget not in (self.order, self.scenario):
                    widget.deleteLater()
        self._rows.clear()
        needed = {name for group in NEEDS[kind] for name in group[:1]}
        grid = self._grid
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, current_theme().px(150))
        for number, name in enumerate(FIELDS[kind]):
            row = _FieldRow(name, _(texts.FIELDS[kind][name]), needed=name in needed)
            self._rows[name] = row
            grid.addWidget(row.label, number, 0)
            grid.addWidget(row.box, number, 1)
            grid.addWidget(row.aside, number, 2)
        below = len(FIELDS[kind])
        self._order_label = QLabel(_("Dates such as 03/04/2025"))
        self._order_label.setBuddy(self.order)
        grid.addWidget(self._order_label, below, 0)
        grid.addWidget(self.order, below, 1)
        if kind == "plan":
            label = QLabel(_("Scenario"))
            label.setBuddy(self.scenario)
            grid.addWidget(label, below + 1, 0)
            grid.addWidget(self.scenario, below + 1, 1)
            self.scenario.show()
        grid.setRowStretch(below + 2, 1)

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
                elif kind == CONSTANT:
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
            elif constant:
                found[name] = (CONSTANT, constant)
            else:
                found[name] = (NONE, "")
        return found
