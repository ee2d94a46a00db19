"""The department's indicators at a meeting: the month, and the days passed."""

from PySide6.QtWidgets import QWidget

from ropdesk.domain import facts
from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _, month_name
from ropdesk.services.meeting_numbers import Interim, Numbers
from ropdesk.ui import values
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.cards import Card, MetricCard, MetricView
from ropdesk.ui.widgets.flow import CardRow


class InterimCard(Card):
    """One card a metric: fact, completion, plan."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Interim indicators"), parent=parent)
        self._row = CardRow()
        self.body.addWidget(self._row)
        self.cards: dict[str, MetricCard] = {}

    def show_numbers(self, numbers: Numbers, known: Metrics, days: str) -> None:
        """Show the month, and each metric of the board on the days of the fact."""
        self.set_title(_("Interim indicators"), days)
        views = {"": _month(numbers)}
        views |= {each.code: _view(each, known) for each in numbers.interim}
        if list(self.cards) != list(views):
            self._row.clear()
            self.cards = {code: MetricCard(view) for code, view in views.items()}
            for card in self.cards.values():
                self._row.add(card)
        for code, view in views.items():
            self.cards[code].show_value(view)


def _month(numbers: Numbers) -> MetricView:
    month, metric = numbers.month, numbers.metric
    share = values.completion(month.completion, metric.better)
    state = State(facts.state(month.completion, metric.better).value)
    note = _("plan {plan}", plan=values.headline(metric, month.plan))
    if month.p50 is not None:
        note = _("forecast {value}", value=values.headline(metric, month.p50))
    return MetricView(
        name=month_name(month.first), value=values.headline(metric, month.fact), note=note,
        aside=values.joined(share, "%") if month.completion is not None else "", state=state,
        tooltip=_("{metric}: {fact} of the plan {plan}", metric=values.name(metric),
                  fact=values.exact(metric, month.fact), plan=values.exact(metric, month.plan)),
    )  # fmt: skip


def _view(each: Interim, known: Metrics) -> MetricView:
    metric = known[each.code]
    share = values.completion(each.completion, metric.better)
    state = State(facts.state(each.completion, metric.better).value)
    plan = values.headline(metric, each.plan)
    return MetricView(
        name=values.short_name(metric), value=values.headline(metric, each.fact),
        note=_("plan {plan}", plan=plan) if each.plan is not None else _("no plan"),
        aside=values.joined(share, "%") if each.completion is not None else "", state=state,
        tooltip=values.exact(metric, each.fact),
    )  # fmt: skip
