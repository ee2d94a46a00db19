"""The track record says what the program itself would have said on those days."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.months import month_end
from ropdesk.domain.team import Member
from ropdesk.services import calendar, facts, forecast, forecast_record, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace

TODAY = date(2026, 10, 22)
PAST = [date(2026, month, 1) for month in range(4, 10)]


def fill(ws: Workspace, members: Sequence[int], months: Sequence[date]) -> None:
    rng, kept = Random(3), calendar.calendar(ws)
    for month in months:
        for day in kept.working_days(month, month_end(month)):
            facts.enter(ws, day, [Entry(m, "calls", rng.randrange(10, 30)) for m in members])


def test_each_past_forecast_is_the_one_given_that_day(ws: Workspace) -> None:
    anna = team.add(ws, Member(0, "Иванова Анна"))
    boris = team.add(ws, Member(0, "Петров Борис"))
    fill(ws, [anna, boris], PAST)
    whole = forecast_record.record(ws, "calls", TODAY)
    assert whole.months == 6
    assert [(t.month, t.working_day) for t in whole.trials] == [
        (month, day) for month in reversed(PAST[3:]) for day in (5, 10, 15)
    ]
    for trial in whole.trials:
        told = forecast.outlook(ws, trial.month, trial.as_of, ["calls"])
        assert trial.forecast == told.of("calls")
        end = forecast.outlook(ws, trial.month, month_end(trial.month), ["calls"]).of("calls")
        assert end is not None
        assert trial.total == end.p50
    alone = forecast_record.record(ws, "calls", TODAY, anna)
    for trial in alone.trials:
        told = forecast.outlook(ws, trial.month, trial.as_of, ["calls"])
        assert trial.forecast == told.of("calls", anna)


def test_stages_sum_the_trials_up(ws: Workspace) -> None:
    fill(ws, [team.add(ws, Member(0, "Иванова Анна"))], PAST)
    found = forecast_record.record(ws, "calls", TODAY)
    assert [stage.working_day for stage in found.stages] == [5, 10, 15]
    for stage in found.stages:
        here = [t for t in found.trials if t.working_day == stage.working_day]
        assert stage.months == len(here) == 3
        off = [abs(Fraction(t.forecast.p50 - t.total, t.total)) for t in here]
        assert stage.error == sum(off) / 3
        inside = [t.forecast.p10 <= t.total <= t.forecast.p90 for t in here]  # type: ignore[operator]
        assert stage.coverage == Fraction(sum(inside), 3)
        assert stage.above == Fraction(sum(t.forecast.p50 > t.total for t in here), 3)


def test_the_running_month_is_not_past(ws: Workspace) -> None:
    member = team.add(ws, Member(0, "Иванова Анна"))
    fill(ws, [member], PAST[:4])
    facts.enter(ws, TODAY - timedelta(1), [Entry(member, "calls", 500)])
    found = forecast_record.record(ws, "calls", TODAY)
    assert {trial.month for trial in found.trials} == {PAST[3]}


def test_too_little_past_has_no_record(ws: Workspace) -> None:
    empty = forecast_record.record(ws, "receipts", TODAY)
    assert (empty.trials, empty.stages, empty.months) == ((), (), 0)
    fill(ws, [team.add(ws, Member(0, "Иванова Анна"))], PAST[-3:])
    assert forecast_record.record(ws, "calls", TODAY).trials == ()


@pytest.mark.parametrize("code", ["conversion", "open_deals", "nothing"])
def test_only_flows_are_forecast(ws: Workspace, code: str) -> None:
    with pytest.raises(DomainError, match="add up over a month"):
        forecast_record.record(ws, code, TODAY)
