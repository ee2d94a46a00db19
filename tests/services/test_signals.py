"""Signals through their services: what is told, what is not, and what is done about it."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.i18n import set_language
from ropdesk.services import facts, history, investigations, signals, signals_rows, team
from ropdesk.services.facts import Entry
from ropdesk.services.signals import Signal
from ropdesk.store.models import Investigation
from ropdesk.store.workspace import Workspace
from tests.services.importing import amo, amo_row, take

FIRST = date(2025, 6, 16)  # a Monday; no holidays until the week of 3 November
HOLIDAYS = 20  # the week that has three working days
WEEK = timedelta(weeks=1)
STEADY = (50, 53, 48, 51, 47, 52, 49, 50, 53, 48, 51, 49, 50)


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture
def anna(ws: Workspace) -> int:
    return team.add(ws, Member(0, "Anna", hired=date(2020, 1, 1)))


@pytest.fixture
def boris(ws: Workspace) -> int:
    return team.add(ws, Member(0, "Boris", hired=date(2020, 1, 1)))


def monday(number: int) -> date:
    return FIRST + number * WEEK


def enter(ws: Workspace, number: int, values: Mapping[tuple[int, str], int], days: int = 5) -> None:
    """Write a week's flows: half on its first working day, the rest on its last."""
    for day, part in ((0, 0), (days - 1, 1)):
        entries = [
            Entry(member, metric, value // 2 + (value % 2) * part)
            for (member, metric), value in values.items()
        ]
        facts.enter(ws, monday(number) + timedelta(days=day), entries)


def steady(ws: Workspace, member: int, metric: str = "calls", factor: int = 1) -> int:
    """Enter a quarter of steady weeks; returns the number of the next one."""
    for number, value in enumerate(STEADY):
        enter(ws, number, {(member, metric): value * factor})
    return len(STEADY)


def after(number: int) -> date:
    """Return the Monday after a week: the first day on which it is over."""
    return monday(number + 1)


def told(ws: Workspace, number: int) -> list[Signal]:
    return signals.signals(ws, after(number))


def test_a_fall_is_told_with_its_numbers(ws: Workspace, anna: int, boris: int) -> None:
    last = steady(ws, anna)
    steady(ws, boris)
    enter(ws, last, {(anna, "calls"): 10, (boris, "calls"): 50})
    [one] = told(ws, last)
    assert (one.rule, one.good, one.metric.code, one.member) == ("range", False, "calls", "Anna")
    assert one.key == f"range:calls:{anna}:2025-W38"
    assert (one.week, one.first, one.last) == (
        monday(last), monday(last), monday(last) + timedelta(days=6),
    )  # fmt: skip
    assert one.value == 10
    assert one.low is not None
    assert one.low > 10
    assert one.high is not None
    assert one.low < one.before < one.high
    assert one.weeks == 12  # the week in which it began teaches nothing
    assert one.title.startswith("Anna: calls 10, usually ")
    assert "12 weeks before it" in one.judged
    assert one.trail[-1].value == 10
    assert any("Department" in also for also in one.also)  # she makes most of its fall


def test_a_quiet_week_tells_nothing(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    enter(ws, last, {(anna, "calls"): 49})
    assert told(ws, last) == []
    looked = signals.look(ws, after(last), 4)
    assert looked.open == ()
    assert (looked.series, [m.code for m in looked.metrics]) == (2, ["calls"])


def test_the_same_story_is_told_once(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    for number, value in enumerate((10, 9, 8)):
        enter(ws, last + number, {(anna, "calls"): value})
    assert len(told(ws, last)) == 1
    assert told(ws, last + 1) == []
    assert told(ws, last + 2) == []
    assert len(signals.history(ws, FIRST, monday(last + 2))) == 1


def test_where_less_is_better_a_fall_is_good_news(ws: Workspace, anna: int) -> None:
    for number in range(13):
        missed = 20 + number % 3
        enter(ws, number, {(anna, "incoming_calls"): 100, (anna, "missed_calls"): missed})
    enter(ws, 13, {(anna, "incoming_calls"): 100, (anna, "missed_calls"): 2})
    [one] = told(ws, 13)
    assert (one.metric.code, one.good) == ("abandonment", True)
    assert one.value == 200  # basis points
    assert "«Incoming calls»" in one.judged


def test_a_holiday_week_and_a_vacation_are_no_fall(ws: Workspace, anna: int, boris: int) -> None:
    last = steady(ws, anna)
    steady(ws, boris)
    for number in range(last, HOLIDAYS):
        enter(ws, number, {(anna, "calls"): 50, (boris, "calls"): 50})
    enter(ws, HOLIDAYS, {(anna, "calls"): 30, (boris, "calls"): 30})
    assert told(ws, HOLIDAYS) == []
    enter(ws, HOLIDAYS + 1, {(anna, "calls"): 20, (boris, "calls"): 50})
    away = monday(HOLIDAYS + 1)
    [one] = told(ws, HOLIDAYS + 1)
    assert one.member == "Anna"
    team.add_absence(
        ws, Absence(anna, AbsenceKind.VACATION, away + timedelta(days=2), away + timedelta(days=4))
    )
    assert told(ws, HOLIDAYS + 1) == []


def test_a_full_week_in_three_days_is_no_triumph(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    for number in range(last, HOLIDAYS + 1):
        enter(ws, number, {(anna, "calls"): 50})
    assert told(ws, HOLIDAYS) == []


def test_a_late_file_is_no_fall(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    enter(ws, last, {(anna, "calls"): 10}, days=2)
    assert told(ws, last) == []
    looked = signals.look(ws, after(last), 4)
    assert (looked.last, looked.judged) == (monday(last), monday(last - 1))
    assert signals.look(ws, after(last), 1).judged is None


def test_a_missing_week_is_no_fall_and_teaches_nothing(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    enter(ws, last + 1, {(anna, "calls"): 50})
    enter(ws, last + 2, {(anna, "calls"): 10})
    assert told(ws, last) == []
    [one] = told(ws, last + 2)
    assert one.weeks == 13  # twelve, and the one after the gap


def test_too_short_a_past_tells_nothing(ws: Workspace, anna: int) -> None:
    for number in range(9):
        enter(ws, number, {(anna, "calls"): 50 + number % 2})
    enter(ws, 9, {(anna, "calls"): 1})
    assert told(ws, 9) == []


def test_few_pieces_tell_nothing(ws: Workspace, anna: int) -> None:
    for number in range(13):
        enter(ws, number, {(anna, "deals_won"): number % 2})
    enter(ws, 13, {(anna, "deals_won"): 9})
    assert [one.rule for one in told(ws, 13)] == []


def test_a_falling_streak(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna, factor=4)
    for number, value in enumerate((190, 180, 170, 160, 152)):
        enter(ws, last + number, {(anna, "calls"): value})
    [one] = signals.history(ws, monday(last), monday(last + 4))
    assert (one.rule, one.week, one.good) == ("streak", monday(last + 4), False)
    assert "5 weeks in a row, from 200 to 152" in one.title


def test_a_record_week_and_a_record_month(ws: Workspace, anna: int) -> None:
    for number in range(40):
        enter(ws, number, {(anna, "receipts"): 1_000_000 + 50_000 * (number % 3)})
    enter(ws, 40, {(anna, "receipts"): 1_600_000})
    [one] = [s for s in told(ws, 40) if s.rule == "record"]
    assert one.good
    assert (int(one.value), int(one.before)) == (1_600_000, 1_100_000)
    assert "the best week so far" in one.title
    assert one.weeks == 40
    assert len(one.trail) > 1


def test_each_week_knows_only_its_past(ws: Workspace, anna: int, boris: int) -> None:
    """What was told when a week was over is what the replay says of it much later."""
    last = steady(ws, anna)
    steady(ws, boris, factor=3)
    then = []
    for number, (one, other) in enumerate(((10, 150), (50, 400), (51, 149), (200, 20), (49, 150))):
        enter(ws, last + number, {(anna, "calls"): one, (boris, "calls"): other})
        then.append(told(ws, last + number))
    assert any(then)
    later = signals.history(ws, monday(last), monday(last + 4))
    assert later == [one for week in reversed(then) for one in week]
    assert {one.week for one in later} <= {monday(last + n) for n in range(5)}


def test_an_empty_workspace_has_nothing_to_say(ws: Workspace) -> None:
    assert signals.signals(ws, date(2026, 10, 22)) == []
    looked = signals.look(ws, date(2026, 10, 22), 13)
    assert (looked.open, looked.marked, looked.series, looked.least) == ((), (), 0, 11)
    assert looked.last == date(2026, 10, 12)
    assert signals.hidden(ws) == []


class TestMarks:
    @pytest.fixture
    def one(self, ws: Workspace, anna: int) -> Signal:
        last = steady(ws, anna)
        enter(ws, last, {(anna, "calls"): 10})
        [found] = told(ws, last)
        return found

    def test_hiding_needs_a_reason(self, ws: Workspace, one: Signal) -> None:
        with pytest.raises(DomainError) as caught:
            signals.dismiss(ws, one.key, "  ", date(2025, 9, 24))
        assert caught.value.fields["field"] == "reason"
        assert signals.signals(ws, one.week + WEEK) == [one]

    def test_a_hidden_one_is_gone_but_reachable(self, ws: Workspace, one: Signal) -> None:
        signals.dismiss(ws, one.key, " moved to a new office ", date(2025, 9, 24))
        assert signals.signals(ws, one.week + WEEK) == []
        assert signals.waiting(ws, one.week + WEEK) == 0
        [kept] = signals.hidden(ws)
        assert kept.mark is not None
        assert (kept.key, kept.mark.state, kept.mark.reason, kept.mark.marked_on) == (
            one.key, "dismissed", "moved to a new office", date(2025, 9, 24),
        )  # fmt: skip
        looked = signals.look(ws, one.week + WEEK, 4)
        assert (looked.open, looked.marked) == ((), (kept,))
        signals.restore(ws, one.key)
        assert signals.signals(ws, one.week + WEEK) == [one]
        signals.restore(ws, one.key)  # twice is no harm

    def test_hiding_is_undone(self, ws: Workspace, one: Signal) -> None:
        signals.dismiss(ws, one.key, "a trifle", date(2025, 9, 24))
        signals.dismiss(ws, one.key, "a trifle indeed", date(2025, 9, 25))
        [kept] = signals.hidden(ws)
        assert kept.mark is not None
        assert kept.mark.reason == "a trifle indeed"
        history.undo(ws)
        history.undo(ws)
        assert signals.signals(ws, one.week + WEEK) == [one]
        history.redo(ws)
        assert signals.signals(ws, one.week + WEEK) == []

    def test_an_investigation_is_opened_from_it(
        self, ws: Workspace, one: Signal, anna: int
    ) -> None:
        case = signals.open_investigation(ws, one, date(2025, 9, 24))
        assert signals.signals(ws, one.week + WEEK) == []
        [kept] = signals.hidden(ws)
        assert kept.mark is not None
        assert (kept.mark.state, kept.mark.investigation_id) == ("opened", case)
        found = investigations.case(ws, case, date(2025, 9, 24))
        assert found.question == f"Why? {one.title}"
        assert (found.metric, found.first, found.last) == ("calls", one.first, one.last)
        assert tuple(found.member_ids) == (anna,)
        with ws.operation("Remove") as operation:
            operation.session.delete(operation.session.get_one(Investigation, case))
        assert signals.signals(ws, one.week + WEEK) == [one]  # with the case goes the mark


def test_the_week_is_read_from_any_key() -> None:
    assert signals.week_of("cohort:conversion:source=Ads: new:2026-W01") == date(2025, 12, 29)


# -- deals


SOURCE = 8


def deal(number: int, created: date, days: int | None, source: str = "Site") -> list[object]:
    """Return a row of an export: won after so many days, else lost after three weeks."""
    closed = created + timedelta(days=21 if days is None else days)
    stage = "Закрыто и не реализовано" if days is None else "Успешно реализовано"
    row = amo_row(
        number, "Anna", stage, "1000", f"{created:%d.%m.%Y} 10:00:00", f"{closed:%d.%m.%Y} 12:00:00"
    )
    row[SOURCE] = source
    return row


def inquiries(until: int, fallen: int) -> list[list[object]]:
    """Two sources, 20 inquiries a week each, a third won within days; ads collapse at a week."""
    rows: list[list[object]] = []
    for week in range(until):
        for nth in range(20):
            created = monday(week) + timedelta(days=nth % 5)
            good = nth % 3 == 0
            ads = good and (week < fallen or nth == 0)
            rows.append(deal(len(rows), created, 3 if good else None))
            rows.append(deal(len(rows), created, 3 if ads else None, "Ads"))
    return rows


def test_conversion_of_one_source_collapses(ws: Workspace, tmp_path: Path) -> None:
    take(ws, amo(tmp_path / "deals.csv", inquiries(30, 24)))
    every = signals.history(ws, monday(20), monday(29))
    found = [one for one in every if one.rule == "cohort"]
    assert [(one.rule, one.source, one.good) for one in found] == [("cohort", "Ads", False)]
    one = found[0]
    assert one.key.startswith("cohort:conversion:source=Ads:20")
    assert one.before == Fraction(7, 20) * 10_000
    assert one.low is not None
    assert one.value < one.low < one.before
    assert one.subject == "Source «Ads»"
    ids = signals_rows.deals(ws, one)
    assert ids is not None
    assert len(ids) == 80  # four weeks of inquiries
    # They are judged when they have had their week, not at once.
    assert one.last < one.week


def test_inquiries_before_the_first_closing_are_not_judged(ws: Workspace, tmp_path: Path) -> None:
    """An export of deals closed since a day: older inquiries in it say nothing of conversion."""
    since = monday(14)
    rows = [
        row
        for row in inquiries(32, 99)
        if str(row[5])[6:10] + str(row[5])[3:5] + str(row[5])[:2] >= f"{since:%Y%m%d}"
    ]
    take(ws, amo(tmp_path / "deals.csv", rows))
    assert [s for s in signals.history(ws, monday(14), monday(31)) if s.rule == "cohort"] == []


def test_deals_stuck_in_a_stage(ws: Workspace, tmp_path: Path) -> None:
    rows = inquiries(30, 99)
    for nth in range(8):
        row = deal(10_000 + nth, monday(18), 0)
        row[5], row[6] = "", "Согласование договора"
        rows.append(row)
    take(ws, amo(tmp_path / "deals.csv", rows))
    found = [s for s in signals.history(ws, monday(12), monday(29)) if s.rule == "stuck"]
    assert [(one.stage, int(one.value), int(one.before)) for one in found] == [
        ("Согласование договора", 8, 0)
    ]
    ids = signals_rows.deals(ws, found[0])
    assert ids is not None
    assert len(ids) == 8
    assert signals_rows.deals(ws, found[0]) == ids


def test_the_rows_of_other_signals_are_those_of_their_metric(ws: Workspace, anna: int) -> None:
    last = steady(ws, anna)
    enter(ws, last, {(anna, "calls"): 10})
    [one] = told(ws, last)
    assert signals_rows.deals(ws, one) is None
