"""What to begin with in a month without a plan."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.domain.months import add_months
from ropdesk.i18n import _, month_name
from ropdesk.ui import values
from ropdesk.ui.planning.decomposition_source import MonthPlan
from ropdesk.ui.planning.decomposition_words import month_alone
from ropdesk.ui.widgets.buttons import PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.flow import FlowLayout


class OffersCard(Card):
    """Three ways to a first draft: last month's plan, the past's mean, or one number typed."""

    copy_wanted = Signal()
    history_wanted = Signal()
    typing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = QLabel()
        self._words.setProperty("role", "secondary")
        self._words.setWordWrap(True)
        self.copy = SecondaryButton()
        self.copy.clicked.connect(self.copy_wanted)
        self.history = SecondaryButton()
        self.history.clicked.connect(self.history_wanted)
        self.type = PrimaryButton(_("Type the receipts"))
        self.type.clicked.connect(self.typing_wanted)
        self.body.addWidget(self._words)
        holder = QWidget()
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        row = FlowLayout(holder, 8)
        for button in (self.type, self.copy, self.history):
            row.addWidget(button)
        self.body.addWidget(holder)
        self.hide()

    def show_month(self, month: MonthPlan) -> None:
        """Show what can be begun with; nothing where there is a plan already."""
        self.setVisible(month.empty)
        if not month.empty:
            return
        self.set_title(_("There is no plan for {month} yet", month=month_name(month.month)))
        mean = month.funnel.references["receipts"].mean
        self._words.setText(
            _("Begin with one number: deals, inquiries, managers and days follow from it.")
            if month.rows
            else _("Begin with one number. Managers are added in «Team»; they share the plan then.")
        )
        self.copy.setVisible(month.previous)
        self.copy.setText(_("Copy {month}", month=month_alone(add_months(month.month, -1))))
        self.history.setVisible(bool(mean))
        shown = values.headline(month.metrics["receipts"], mean)
        self.history.setText(_("From history: {value}", value=shown))
        self.history.setToolTip(_("The mean of the last 6 months"))
