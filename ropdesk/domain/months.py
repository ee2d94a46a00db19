"""Steps between months."""

from datetime import date, timedelta


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that is ``count`` months later (or earlier)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def month_end(month: date) -> date:
    """Return the last day of a month."""
    return add_months(month, 1) - timedelta(days=1)
