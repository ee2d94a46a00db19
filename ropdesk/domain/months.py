"""Steps between months, and the days that anything is planned on."""

from datetime import date, timedelta

from ropdesk.domain.errors import N_, DomainError

FIRST_YEAR, LAST_YEAR = 1992, 2100  # what the production calendar can answer for


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that is ``count`` months later (or earlier)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def month_end(month: date) -> date:
    """Return the last day of a month."""
    return add_months(month, 1) - timedelta(days=1)


def checked_day(day: date, field: str = "day") -> date:
    """Refuse a day so far away that its year must be mistyped.

    Raises:
        DomainError: before 1992 or after 2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DomainError(
            N_("A day in the year {year} is too far away: from {first} to {last}. Check the year."),
            year=day.year, first=FIRST_YEAR, last=LAST_YEAR, field=field,
        )  # fmt: skip
    return day
