"""How a metric's values stand in a workbook: the number, its format, and the unit in the header."""

from decimal import Decimal
from fractions import Fraction

from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.exchange.xlsx_out import COUNT, PERCENT, SECONDS
from ropdesk.i18n import _
from ropdesk.services import report_lines
from ropdesk.services.board import Value

MONEY = FINE = "#,##0.00"  # the currency stands in the header
DAY_SECONDS = 86_400  # Excel counts time in days
PLACES = 10  # decimals kept of an average: far beyond what a format shows

Number = int | Decimal | None


def cell(metric: Metric, value: Value) -> Number:
    """Turn a value in smallest parts into what Excel counts with."""
    if value is None:
        return None
    whole = Fraction(value) / metric.scale
    if metric.unit is Unit.SECONDS:
        whole /= DAY_SECONDS
    if whole.denominator == 1:
        return int(whole)
    return round(Decimal(whole.numerator) / Decimal(whole.denominator), PLACES)


def number_format(metric: Metric) -> str:
    """Return Excel's format of a metric's values."""
    if metric.unit is Unit.MONEY:
        return MONEY
    if metric.unit is Unit.SHARE:
        return PERCENT
    if metric.unit is Unit.SECONDS:
        return SECONDS
    return FINE if metric.kind is Kind.RATIO else COUNT


def title(metric: Metric, what: str = "") -> str:
    """Return a header: the metric with its unit, and which of its values it is."""
    unit = {
        Unit.MONEY: "₽",
        Unit.SHARE: "%",
        Unit.SECONDS: _("h:mm:ss"),
        Unit.DAYS: _("days"),
        Unit.POINTS: _("points"),
    }.get(metric.unit, "")
    name = report_lines.name_of(metric)
    if metric.unit is Unit.DAYS and _("days") in name:
        unit = ""  # «Sales cycle, days» says it already
    said = f"{name}, {unit}" if unit else name
    return f"{said}: {what}" if what else said


def share(value: Fraction | None) -> Number:
    """Turn an exact share into a number; its format shows percent."""
    if value is None:
        return None
    return round(Decimal(value.numerator) / Decimal(value.denominator), PLACES)
