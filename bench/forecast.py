"""Past forecasts on real months against the plain run rate; skips sets that are not there.

Not a measure of speed: the ratio is the forecast's mean absolute percentage error to the run
rate's on the same days, so below 1 it is the better guess.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.measure import Line
from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.forecast import MonthDays, Trial, coverage, trials
from ropdesk.domain.months import month_end

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
MONTH_STAGES, WEEK_STAGES = (5, 10, 15), (1, 2, 3, 4, 5, 6)
LOW, HIGH = 0.70, 0.90  # between these lies the share of months inside an 80 % interval

Series = dict[date, int]


def run() -> Iterator[Line]:
    """Replay every set that is there, and print its table."""
    for name, series, weekly in _sets():
        periods = _weeks(series) if weekly else _months(series)
        stages = WEEK_STAGES if weekly else MONTH_STAGES
        made = trials(periods, stages)
        unit = "day of the week" if weekly else "working day"
        for stage in stages:
            here = [trial for trial in made if trial.working_day == stage]
            if here:
                print(f"     {name}, {unit} {stage}, {len(here)} times: {_words(here)}")
        covered = float(coverage(made) or 0)
        ours, plain = _errors(made)
        what = f"forecast of {name}, error to the run rate's"
        yield Line(what, ours / plain, 1.0, _words(made))
        middle = (LOW + HIGH) / 2
        yield Line(
            f"its 80 % interval, coverage off {middle:.0%}",
            abs(covered - middle) * 100,
            (HIGH - LOW) / 2 * 100,
            f"{covered:.1%} of {len(made)} inside",
            "points",
        )


def _errors(made: Sequence[Trial]) -> tuple[float, float]:
    ours = sum(abs(float(trial.error)) for trial in made) / len(made)
    return ours, sum(abs(float(trial.plain_error)) for trial in made) / len(made)


def _words(made: Sequence[Trial]) -> str:
    ours, plain = _errors(made)
    inside = coverage(made)
    covered = "no interval" if inside is None else f"{float(inside):.0%} inside"
    return f"ours {ours:.1%}, run rate {plain:.1%}, {covered}"


def _sets() -> Iterator[tuple[str, Series, bool]]:
    for name, read, weekly in (
        ("crm_deals receipts", _crm, False),
        ("adventureworks receipts", _adventureworks, False),
        ("call_centre calls by week", _calls, True),
    ):
        try:
            yield name, read(), weekly
        except FileNotFoundError as error:
            print(f"     {name}: {error.filename} is not here, passed over")


def _crm() -> Series:
    series: Series = defaultdict(int)
    for row in _table(DATA / "crm_deals" / "sales_pipeline.csv", ","):
        if row["deal_stage"] == "Won":
            series[date.fromisoformat(row["close_date"])] += round(float(row["close_value"]) * 100)
    return series


def _adventureworks() -> Series:
    series: Series = defaultdict(int)
    for row in _table(DATA / "adventureworks" / "Sales.csv", "|"):
        year, month, day = map(int, row["OrderDate"].split("/"))
        series[date(year, month, day)] += round(float(row["Sales"]) * 100)
    return series


def _calls() -> Series:
    from openpyxl import load_workbook

    series: Series = defaultdict(int)
    book = load_workbook(DATA / "call_centre" / "Call-Center-Dataset.xlsx", read_only=True)
    table = book.worksheets[0].iter_rows(values_only=True)
    column = next(table).index("Date")
    for row in table:
        if row[column] is not None:
            series[datetime.fromisoformat(str(row[column])).date()] += 1
    book.close()
    return series


def _table(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _months(series: Series) -> list[MonthDays]:
    calendar = WorkCalendar()
    start, found = min(series).replace(day=1), []
    while start <= max(series):
        days = [start + timedelta(n) for n in range((month_end(start) - start).days + 1)]
        found.append(_period(days, series, tuple(map(calendar.is_working, days))))
        start = days[-1] + timedelta(1)
    return found


def _weeks(series: Series) -> list[MonthDays]:
    """Take whole weeks; a call centre works every day of them."""
    first = min(series)
    start, found = first + timedelta(-first.weekday() % 7), []
    while start + timedelta(6) <= max(series):
        days = [start + timedelta(n) for n in range(7)]
        found.append(_period(days, series, (True,) * 7))
        start += timedelta(7)
    return found


def _period(days: list[date], series: Series, working: tuple[bool, ...]) -> MonthDays:
    return MonthDays(days[0], tuple(series.get(day, 0) for day in days), working)
