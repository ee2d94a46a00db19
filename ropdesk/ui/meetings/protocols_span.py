"""How far back protocols are searched."""

from datetime import date, timedelta

from ropdesk.domain.errors import N_
from ropdesk.domain.months import add_months

EVER, WEEK, MONTH, QUARTER, YEAR, LAST_YEAR = (
    "ever", "week", "month", "quarter", "year", "last_year",
)  # fmt: skip
SPANS = {
    EVER: N_("all the time"),
    WEEK: N_("last 7 days"),
    MONTH: N_("this month"),
    QUARTER: N_("last 3 months"),
    YEAR: N_("this year"),
    LAST_YEAR: N_("last year"),
}


def span(key: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day of a choice; None is open."""
    this = today.replace(day=1)
    match key:
        case "week":
            return today - timedelta(6), None
        case "month":
            return this, None
        case "quarter":
            return add_months(this, -2), None
        case "year":
            return this.replace(month=1), None
        case "last_year":
            first = this.replace(year=this.year - 1, month=1)
            return first, this.replace(month=1) - timedelta(1)
    return None, None
