"""The forecast's track record: every past forecast against what came."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.forecast import MonthDays, Trial, coverage, trials
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.months import add_months, month_end
from ropdesk.services import calendar, metrics, team
from ropdesk.services.forecast import DEPARTMENT, working_days
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

STAGES = (5, 10, 15)  # working days on which past months are looked at again
MONTHS = 36  # finished months looked back


@dataclass(frozen=True, slots=True)
class Stage:
    """How the forecasts of one working day turned out.

    Attributes:
        error: mean absolute error of ours, as a share of the month; ``plain_error`` of the plain
            run rate.
        coverage: share of months that ended inside the 80 % interval; None without intervals.
        above: share of forecasts that were too high.
    """

    working_day: int
    months: int
    error: Fraction
    plain_error: Fraction
    coverage: Fraction | None
    above: Fraction


@dataclass(frozen=True, slots=True)
class Record:
    """Past forecasts of one flow for the department or a member.

    Attributes:
        trials: newest month first, within a month by working day. Each knows only what the
            workspace has of the days up to its own; facts corrected later count as corrected.
        stages: the same summed up by working day.
        months: finished months with any value.
    """

    metric: Metric
    member: int
    trials: tuple[Trial, ...]
    stages: tuple[Stage, ...]
    months: int


def record(ws: Workspace, code: str, today: date, member: int = DEPARTMENT) -> Record:
    """Replay the finished months of a flow, newest first.

    Raises:
        DomainError: the metric is not a flow; only flows run up over a month.
    """
    with ws.read() as connection:
        known = metrics.load(connection)
        if code not in known or known[code].kind is not Kind.FLOW:
            raise DomainError(
                N_("Only metrics that add up over a month are forecast. Choose another metric.")
            )
        past = history(connection, code, today.replace(day=1), member)
    made = trials(past, STAGES)
    made.sort(key=lambda trial: (-trial.month.toordinal(), trial.working_day))
    return Record(
        known[code],
        member,
        tuple(made),
        tuple(_stage(day, made) for day in STAGES if any(t.working_day == day for t in made)),
        len(past),
    )


def history(
    connection: Connection, code: str, until: date, member: int = DEPARTMENT
) -> list[MonthDays]:
    """Read the finished months of a flow before a month, from the first that has a value."""
    whose = "" if member == DEPARTMENT else "AND member_id = ?"
    values = rows(
        connection,
        f"SELECT day, sum(value) FROM daily_value WHERE metric = ? AND day < ? {whose} "
        "GROUP BY day ORDER BY day",
        (code, until.isoformat(), *([] if member == DEPARTMENT else [member])),
    )
    series = {date.fromisoformat(day): int(value) for day, value in values}
    if not series:
        return []
    days, people = calendar.load(connection), team.load(connection)
    start = max(min(series).replace(day=1), add_months(until, -MONTHS))
    found = []
    while start < until:
        working = working_days(days, people, people.members.get(member), start)
        found.append(
            MonthDays(
                start,
                tuple(series.get(start + timedelta(n), 0) for n in range(len(working))),
                working,
            )
        )
        start = month_end(start) + timedelta(days=1)
    return found


def _stage(working_day: int, made: list[Trial]) -> Stage:
    here = [trial for trial in made if trial.working_day == working_day]

    def mean(values: list[Fraction]) -> Fraction:
        return sum(values, Fraction(0)) / len(values)

    return Stage(
        working_day,
        len(here),
        mean([abs(trial.error) for trial in here]),
        mean([abs(trial.plain_error) for trial in here]),
        coverage(here),
        Fraction(sum(trial.error > 0 for trial in here), len(here)),
    )
