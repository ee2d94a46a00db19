"""What the program knows to be done by itself: one statement for all duties and periods."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection

from ropdesk.store.plain import rows

_WEEK = "date({day}, 'weekday 0', '-6 days')"  # its Monday
_MONTH = "date({day}, 'start of month')"
_HELD = "m.state IN ('done', 'correcting') AND m.day BETWEEN ?1 AND ?2"


def _held(code: str, kind: str, period: str = "{day}") -> str:
    named = period.format(day="m.day")
    return f"SELECT '{code}', {named} FROM meeting m WHERE m.kind = '{kind}' AND {_HELD}"


def _dated(code: str, table: str, column: str, period: str) -> str:
    named = period.format(day=column)
    return f"SELECT '{code}', {named} FROM {table} WHERE {column} BETWEEN ?1 AND ?2"


# Each gives a duty's code and the period that it was done in, of the days from ?1 to ?2. What is
# done for another month (the plan of the next one) is counted in the month whose duty it was.
_QUERIES = (
    _held("coordination", "daily"),
    "SELECT 'protocol', m.day FROM meeting_protocol p JOIN meeting m ON m.id = p.meeting_id "
    f"WHERE {_HELD}",
    # From one day with facts to the next by the index: values are many, days are few.
    "SELECT 'statistics', day FROM fact_day WHERE day IS NOT NULL",
    _held("weekly_meeting", "weekly", _WEEK),
    "SELECT 'week_plan', week FROM planned_action WHERE series_id IS NULL AND state <> 'removed' "
    "AND week BETWEEN ?1 AND ?2",
    _dated("investigation", "investigation", "opened", _WEEK),
    _dated("investigation", "investigation", "verdict_on", _WEEK),
    "SELECT 'director_week', start FROM director_report WHERE kind = 'week' AND state = 'sent' "
    "AND start BETWEEN ?1 AND ?2",
    _held("director_week", "director", _WEEK),
    _held("marketing", "marketing", _WEEK),
    _held("quality", "quality", _WEEK),
    "SELECT 'month_plan', date(month, '-1 month') FROM plan "
    "WHERE status IN ('approved', 'superseded') AND month >= ?1",
    _held("month_meeting", "monthly", _MONTH),
    "SELECT 'director_month', date(start, '+1 month') FROM director_report "
    "WHERE kind = 'month' AND state = 'sent' AND start >= date(?1, '-1 month')",
    "SELECT 'agreement', date(month, '-1 month') FROM lead_agreement "
    "WHERE state IN ('agreed', 'closed') AND month >= ?1",
    _dated("promotions", "promotion", "created", _MONTH),
    _dated("promotions", "promotion", "agreed_on", _MONTH),
    _dated("product", "voice", "passed_on", _MONTH),
    _dated("tools", "tool_trial", "first", _MONTH),
    _dated("tools", "tool_trial", "decided_on", _MONTH),
)
_SQL = (
    "WITH RECURSIVE fact_day(day) AS ("
    "SELECT min(day) FROM daily_value WHERE day BETWEEN ?1 AND ?2 UNION ALL "
    "SELECT (SELECT min(v.day) FROM daily_value v WHERE v.day > f.day AND v.day <= ?2) "
    "FROM fact_day f WHERE f.day IS NOT NULL) " + " UNION ".join(_QUERIES)
)


def seen(connection: Connection, first: date, today: date) -> dict[str, set[date]]:
    """Answer the periods in which each duty was done as far as the program knows, by code.

    Args:
        first: nothing before this day is looked at; the first day of a month.
        today: nothing after it counts, save what is made beforehand (the next month's plan).
    """
    found: dict[str, set[date]] = defaultdict(set)
    for code, period in rows(connection, _SQL, (first.isoformat(), today.isoformat())):
        found[code].add(date.fromisoformat(period))
    return found
