"""Why receipts differ: what it is measured by, the waterfall, the sentence, the table."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.domain.factors import Factor, Reason
from ropdesk.domain.months import month_end
from ropdesk.i18n import _, describe, month_name
from ropdesk.services import factor_words as words
from ropdesk.services import factors as service
from ropdesk.services import investigations, metrics
from ropdesk.services.factors import PLAN, FactorReport
from ropdesk.services.investigations import NewInvestigation
from ropdesk.ui.planning.behind import BehindDialog, open_behind
from ropdesk.ui.planning.board_cells import Behind
from ropdesk.ui.planning.factors import rows
from ropdesk.ui.planning.factors.actions import INVESTIGATE, FactorsActions
from ropdesk.ui.planning.factors.basis import BasisRow
from ropdesk.ui.planning.factors.rows import Subject
from ropdesk.ui.planning.factors.waterfall import Waterfall
from ropdesk.ui.planning.factors.wrapped import Wrapped
from ropdesk.ui.planning.side import Side
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel, action_button
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.fitting_table import FittingTable

if TYPE_CHECKING:
    from ropdesk.ui.context import Context
    from ropdesk.ui.tables.cells import Column

NARROW = 940  # pixels at 100 % text scale: below it the table stands under the chart
HEADING, ROW, MOST_ROWS = 34, 30, 11


class FactorsView(Side):
    """One month's deviation of receipts."""

    watches = frozenset({"daily_value", "plan", "plan_value", "plan_day", "member", "calendar_day",
                         "setting"})  # fmt: skip

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        super().__init__(context, month, parent)
        self._report: FactorReport | None = None
        self._subject: Subject | None = None
        self._columns: tuple[Column, ...] = ()
        self.dialog: BehindDialog | None = None
        self._actions = FactorsActions.of(context.registry)
        self._actions.page = self
        self.basis = BasisRow(month)
        self.basis.changed.connect(self._ask_again)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.basis)
        column.addWidget(self._stack, 1)
        self._full = Columns(NARROW)
        self._full.add(self._build_chart(), 48)
        self._full.add(self._build_table(), 52)
        self._stack.addWidget(self._full)
        self._empty: EmptyState | None = None

    # -- what is shown

    @property
    def report(self) -> FactorReport | None:
        """What is shown."""
        return self._report

    @property
    def subject(self) -> Subject | None:
        """The factor the person stands at."""
        return self._subject

    @property
    def can_investigate(self) -> bool:
        """Whether a deviation is in sight of the person."""
        return self.isVisible() and self._subject is not None and self._subject.effect != 0

    def set_month(self, month: date) -> None:
        """Show another month."""
        self.basis.set_month(month)
        super().set_month(month)

    def reload(self) -> None:
        """Split the month's deviation and show it."""
        asked = self.basis.basis
        as_of = min(self.context.today(), month_end(self.month))
        report = service.factors(
            self.context.workspace, self.month, as_of, against=asked.against, whole=asked.whole,
            by=asked.by,
        )  # fmt: skip
        self._report = report
        if report.known:
            self._stack.setCurrentWidget(self._full)
            self._show(report)
        else:
            self._subject = None
            self._show_empty(report)
        self._actions.refresh()

    # -- actions

    def investigate(self) -> None:
        """Start an investigation of the factor chosen and go to it."""
        report, subject = self._report, self._subject
        if report is None or subject is None or not self.can_investigate:
            return
        about = rows.subject_words(report, subject)
        member = subject.line.member
        new = NewInvestigation(
            question=_("Why {effect}: {about}, {month}?", effect=words.money(subject.effect),
                       about=about, month=month_name(report.month).lower()),
            metric=subject.metric,
            first=subject.line.first, last=max(subject.line.first, subject.line.last),
            opened=self.context.today(),
            members=(member,) if member else (),
            kind="problem" if subject.effect < 0 else "success",
            source="factor",
            source_key=f"{report.month:%Y-%m}:{subject.metric}:{member or ''}",
            notes=words.sentence(report),
        )  # fmt: skip
        try:
            record = investigations.start(self.context.workspace, new)
        except DomainError as error:
            self.show_error(describe(error))
            return
        self.context.navigate("planning", view="investigations", side="cases", record=record)

    def open_plan(self) -> None:
        """Go to the plan of the month."""
        self.context.navigate("planning", view="decomposition", month=self.month)

    def import_file(self) -> None:
        """Go to the imports."""
        if "app.import" in self.context.registry:
            self.context.registry.run("app.import")
        else:
            self.context.navigate("imports")

    def compare_with_previous(self) -> None:
        """Compare with the month before instead."""
        self.basis.choose("previous")

    # -- showing

    def _show(self, report: FactorReport) -> None:
        receipts = metrics.catalogue(self.context.workspace)["receipts"]
        base = words.base_words(report)
        title = _("{base} → fact, {unit}", base=base[:1].upper() + base[1:],
                  unit=rows.how_written(report, receipts).unit)  # fmt: skip
        self._chart_card.set_title(title)
        self.chart.show_bars(rows.factor_bars(report, receipts))
        deeper = report.department.split.deeper
        self.calls.show_bars(rows.call_bars(report, receipts) if deeper else ())
        self.calls.setVisible(deeper)
        self._calls_title.setVisible(deeper)
        self.sentence.setText(words.sentence(report))
        unknown = report.department.split.reason is Reason.UNKNOWN
        self.set_plan.setVisible(unknown and report.against == PLAN)
        columns = rows.table_columns(report, receipts)
        shown = rows.table_rows(report, receipts)
        if columns != self._columns:
            self._columns = columns
            self.table.set_columns(columns, shown)
        else:
            self.table.set_rows(shown)
        self.table.fit()
        theme = current_theme()
        count = min(MOST_ROWS, len(shown))
        self.table.setMinimumHeight(theme.px(HEADING) + count * theme.px(ROW))
        subject = self._same(report) or Subject(report.largest, report.department)
        self._stand_at(subject)
        if subject.line is report.department and subject.factor:
            self.chart.set_current(subject.factor.value)

    def _show_empty(self, report: FactorReport) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        action = _("Import…"), self.import_file
        unplanned = report.against == PLAN and report.department.fact.receipts is not None
        if unplanned:
            action = _("Set the plan"), self.open_plan
        previous = (_("Compare with the previous month"), self.compare_with_previous)
        self._empty = EmptyState(
            words.no_deviation(report), action, previous if unplanned else None
        )
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _build_chart(self) -> Card:
        self._chart_card = card = Card(" ")
        self.sentence = Wrapped()
        self.chart = Waterfall(_("Factors of the deviation"))
        self.chart.activated.connect(self._open_bar)
        self.chart.current_changed.connect(self._at_bar)
        self._calls_title = QLabel(_("Inquiries by way of calls"))
        self._calls_title.setProperty("role", "strong")
        self.calls = Waterfall(_("Inquiries by way of calls"))
        self.calls.activated.connect(self._open_bar)
        self.calls.current_changed.connect(self._at_bar)
        self.set_plan = LinkLabel(_("Set the plan"))
        self.set_plan.clicked.connect(self.open_plan)
        self.how = LinkLabel(_("How it is counted"))
        self.how.clicked.connect(self._toggle_rules)
        self.rules = Wrapped("\n\n".join(_(rule) for rule in words.RULES), "secondary")
        self.rules.hide()
        for widget in (
            self.sentence, self.set_plan, self.chart, self._calls_title, self.calls, self.how,
            self.rules,
        ):  # fmt: skip
            card.body.addWidget(widget)
        card.body.addStretch(1)
        return card

    def _build_table(self) -> Card:
        card = Card(_("Who and what brought it"), _("a click on a number opens the rows behind it"))
        self.table = FittingTable()
        self.table.setAccessibleName(_("Who and what brought it"))
        self.table.cell_activated.connect(self._open_cell)
        self.table.selectionModel().currentChanged.connect(self._at_cell)
        self.about = Wrapped(role="secondary")
        self.button = action_button(self.context.registry[INVESTIGATE])
        card.body.addWidget(self.table, 1)
        self.numbers = Wrapped()
        card.body.addWidget(self.numbers)
        foot = QHBoxLayout()
        foot.addWidget(self.about, 1)
        foot.addWidget(self.button)
        card.body.addLayout(foot)
        return card

    # -- what the person stands at

    def _stand_at(self, subject: Subject) -> None:
        self._subject = subject
        if self._report is not None:
            about = rows.subject_words(self._report, subject)
            self.about.setText(
                _("Chosen: {about}, {effect}", about=about, effect=words.money(subject.effect))
            )
            self.numbers.setText(rows.numbers_words(self._report, subject))
        self._actions.refresh()

    def _same(self, report: FactorReport) -> Subject | None:
        """Find in a new answer what the person stood at in the one before."""
        here = self._subject
        if here is None:
            return None
        for line in (report.department, *report.lines):
            if (line.name, line.member, line.first) == (
                here.line.name, here.line.member, here.line.first,
            ):  # fmt: skip
                return Subject(here.factor, line)
        return None

    def _at_bar(self, key: str) -> None:
        if self._report is not None:
            self._stand_at(Subject(_factor(key), self._report.department))

    def _at_cell(self) -> None:
        place = self.table.currentIndex()
        if not place.isValid():
            return
        cell = self.table.list_model.cell(place.row(), place.column())
        if isinstance(cell.ref, Subject):
            self._stand_at(cell.ref)

    # -- where numbers lead

    def _open_bar(self, key: str) -> None:
        if self._report is None:
            return
        metric = dict(rows.CALLS).get(key) or Subject(_factor(key), self._report.department).metric
        self._open(metric, None, self._report.month, self._report.as_of)

    def _open_cell(self, ref: object) -> None:
        if isinstance(ref, Subject):
            self._stand_at(ref)
            self._open(ref.metric, ref.line.member or None, ref.line.first, ref.line.last)

    def _open(self, metric: str, member: int | None, first: date, last: date) -> None:
        where = Behind(metric, member, first, last)
        self.dialog = open_behind(self.context.workspace, where, self)

    def _toggle_rules(self) -> None:
        self.rules.setVisible(self.rules.isHidden())

    def _ask_again(self) -> None:
        self._subject = None  # another basis has another largest factor
        self.refresh()


def _factor(key: str) -> Factor | None:
    """Return the factor of a bar; the ends and the calls stand for the whole deviation."""
    if key in {code for code, _metric in rows.CALLS}:
        return Factor.INQUIRIES
    return Factor(key) if key in set(Factor) else None
