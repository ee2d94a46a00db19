"""Why the month stands where it does, what would move it, and how far forecasts can be trusted."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ropdesk.i18n import _
from ropdesk.ui.planning.side import Side, Sides

if TYPE_CHECKING:
    from ropdesk.ui.context import Context


def _factors(context: "Context", month: date) -> Side:
    from ropdesk.ui.planning.factors.view import FactorsView

    return FactorsView(context, month)


def _levers(context: "Context", month: date) -> Side:
    from ropdesk.ui.planning.levers.view import LeversView

    return LeversView(context, month)


def _forecasts(context: "Context", month: date) -> Side:
    from ropdesk.ui.planning.forecasts.view import ForecastsView

    return ForecastsView(context, month)


class ReasonsView(Sides):
    """Factors, levers, and the forecast's track record."""

    def __init__(self, context: "Context", month: date, parent: QWidget | None = None) -> None:
        options = [
            ("factors", _("Factors"), _factors),
            ("levers", _("What if"), _levers),
            ("forecasts", _("How forecasts came true"), _forecasts),
        ]
        super().__init__(context, month, options, _("What to look at"), parent)
