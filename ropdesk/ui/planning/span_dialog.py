"""A quarter or a year planned at once: one total becomes a draft for each month."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metric
from ropdesk.domain.months import add_months
from ropdesk.i18n import _, describe, month_name
from ropdesk.ui import values
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.dialogs import Dialog
from ropdesk.ui.widgets.fields import Field
from ropdesk.ui.widgets.month import MonthSwitcher
from ropdesk.ui.widgets.segmented import Segmented

QUARTER, YEAR = 3, 12
_WORDS, _WIDE = 70, 500  # pixels: four lines below the fields, the dialog
# First month, months, metric's code, total in stored integers.
PlanSpan = Callable[[date, int, str, int], object]


class SpanDialog(Dialog):
    """Asks for the span, the metric and the total, and plans the months."""

    def __init__(
        self,
        month: date,
        metrics: Sequence[Metric],
        plan: PlanSpan,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; `month` lies in the span proposed, `metrics` can be planned."""
        super().__init__(_("Plan a quarter or a year"), _("Plan the months"), parent)
        self.setModal(True)
        self._metrics = {metric.code: metric for metric in metrics}
        self._plan = plan
        self._shown_month = month
        self.span = Segmented(
            [(str(QUARTER), _("quarter")), (str(YEAR), _("year"))], str(QUARTER), _("How long")
        )
        self.span.changed.connect(self._span_chosen)
        self.first = MonthSwitcher(_quarter_of(month))
        self.first.changed.connect(self._say)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.span)
        row.addWidget(QLabel(_("starting with")))
        row.addWidget(self.first)
        row.addStretch(1)
        self.body.addLayout(row)
        self.which = QComboBox()
        for metric in metrics:
            self.which.addItem(values.name(metric), metric.code)
        self.which.activated.connect(self._say)
        self.total = QLineEdit()
        self._total_field = Field(_("Total of the months"), self.total)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(Field(_("Metric"), self.which), 1)
        fields.addWidget(self._total_field, 1)
        self.body.addLayout(fields)
        self.words = QLabel()
        self.words.setProperty("role", "secondary")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMinimumHeight(current_theme().px(_WORDS))
        self.setMinimumWidth(current_theme().px(_WIDE))
        self.body.addWidget(self.words)
        self.total.textEdited.connect(self._say)
        self._say()
        self.total.setFocus()

    @property
    def months(self) -> int:
        """How many months are planned."""
        return int(self.span.current)

    def submit(self) -> None:
        """Plan the months; a total that is none is said beside its field."""
        self._total_field.set_error("")
        try:
            total = self._typed()
        except DomainError as error:
            self._total_field.set_error(describe(error))
            raise
        if total is None:
            self._total_field.set_error(_("Type the total of all these months."))
            raise DomainError(N_("There is no total to share. Type one."))
        self._plan(self.first.month, self.months, self._chosen().code, total)

    def _chosen(self) -> Metric:
        return self._metrics[str(self.which.currentData())]

    def _typed(self) -> int | None:
        metric = self._chosen()
        return values.parse(metric, self.total.text(), values.entry_style(metric))

    def _span_chosen(self, key: str) -> None:
        quarter = _quarter_of(self._shown_month)
        self.first.set_month(quarter if int(key) == QUARTER else quarter.replace(month=1))
        self._say()

    def _say(self, *_told: object) -> None:
        first = self.first.month
        last = add_months(first, self.months - 1)
        lines = [
            _(
                "{first} – {last}: each month gets a draft. Months weigh by last year's and by "
                "working days; every one can be changed afterwards.",
                first=month_name(first),
                last=month_name(last),
            )
        ]
        metric = self._chosen()
        self.total.setPlaceholderText(values.entry_style(metric).unit)
        try:
            total = self._typed()
        except DomainError:
            total = None
        if total is not None:
            mean = values.headline(metric, total // self.months)
            lines.append(_("On average {value} a month.", value=mean))
        self.words.setText("\n".join(lines))


def _quarter_of(month: date) -> date:
    return date(month.year, (month.month - 1) // QUARTER * QUARTER + 1, 1)
