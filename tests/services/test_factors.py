"""The split of a month's deviation: the board's numbers, every kopeck of them, by any cut."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bench import data
from bench import factors as bench
from bench.board import connect
from ropdesk import i18n
from ropdesk.domain.factors import PARTS, Factor, Reason
from ropdesk.domain.team import Member
from ropdesk.services import board, factor_words, facts, planning, planning_versions, team
from ropdesk.services.factors import CODES, FactorReport, factors
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace, open_workspace
from tests.services.conftest import SAMPLE_DAY
from tests.services.raw import NOBODY, RawDeal, put_deals
from tests.services.reporting import HEAD, MONTH, fill, plan

AUGUST = date(2026, 8, 1)
END = date(2026, 9, 30)
MIDDLE = date(2026, 9, 11)
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _russian() -> Iterator[None]:
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


@pytest.fixture(scope="module")
def sample_ws(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = open_workspace(Path(shutil.copy(sample_file, tmp_path_factory.mktemp("sample"))))
    yield opened
    opened.close()


def enter(ws: Workspace, day: date, member: int, inquiries: int, deals: int, receipts: int) -> None:
    entries = [
        Entry(member, "inquiries", inquiries),
        Entry(member, "deals_won", deals),
        Entry(member, "receipts", receipts),
    ]
    facts.enter(ws, day, entries)


def holds(report: FactorReport) -> None:
    """Every line adds up, and the lines add up to the department, factor by factor."""
    splits = [line.split for line in report.lines]
    left = [report.rest] if report.rest else []
    for line in (report.department, *report.lines):
        split = line.split
        if split.deviation is None:
            continue
        assert split.deviation == (line.fact.receipts or 0) - (line.base.receipts or 0)
        assert sum(split.effect(factor) for factor in Factor) == split.deviation
        deeper = split.calls + split.calls_mix + split.per_call + split.no_calls
        assert deeper == split.inquiries + split.mix
    for name in PARTS:
        total = sum(getattr(split, name) for split in [*splits, *left])
        assert total == getattr(report.department.split, name), name


@pytest.mark.parametrize("against", ["plan", date(2026, 9, 1), date(2025, 10, 1)])
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("by", ["member", "week"])
def test_the_sample_adds_up_by_every_cut(
    sample_ws: Workspace, against: str | date, whole: bool, by: str
) -> None:
    report = factors(sample_ws, OCTOBER, SAMPLE_DAY, against=against, whole=whole, by=by)
    holds(report)
    shown = board.board(sample_ws, OCTOBER, SAMPLE_DAY, codes=CODES)
    figure = shown.department["receipts"]
    assert report.department.fact.receipts == figure.fact
    assert (
        sum(line.fact.inquiries or 0 for line in report.lines) == report.department.fact.inquiries
    )
    assert sum(line.base.calls or 0 for line in report.lines) == report.department.base.calls
    if against == "plan":
        assert report.department.base.receipts == (figure.plan if whole else figure.plan_to_date)
    else:
        other = board.board(sample_ws, report.other, report.other_as_of, codes=CODES)
        assert report.department.base.receipts == other.department["receipts"].fact
    assert report.department.split.deeper
    assert report.department.split.unsplit == 0
    assert report.largest is report.department.split.ranked[0]


def test_one_worked_month(ws: Workspace) -> None:
    """240 000 of 300 000 roubles: 24 deals of 30, the same check, 120 inquiries as planned."""
    fill(ws)
    plan(ws)
    report = factors(ws, MONTH, END)
    holds(report)
    split = report.department.split
    assert split.deviation == split.conversion == -6_000_000
    assert split.inquiries + split.mix == 0
    assert split.average_check == 0
    assert report.largest is Factor.CONVERSION
    assert not split.deeper
    assert factor_words.sentence(report).startswith(
        "Поступления 240\u202fт₽, план на дату 300\u202fт₽: −60\u202fт₽. Больше всего: конверсия"
    )


def test_the_same_month_has_no_effects(ws: Workspace) -> None:
    fill(ws, (AUGUST, MONTH))
    report = factors(ws, MONTH, END, against=AUGUST)
    assert report.department.split.deviation == 0
    assert not any(getattr(report.department.split, name) for name in PARTS)
    assert report.largest is None
    assert all(line.split.ranked == () for line in report.lines)


def test_another_month_is_read_to_the_same_working_day(ws: Workspace) -> None:
    fill(ws, (AUGUST, MONTH))
    running = factors(ws, MONTH, MIDDLE, against=AUGUST)  # the ninth working day
    assert running.other_as_of == date(2026, 8, 13)
    assert running.department.base.receipts == running.department.fact.receipts == 12_000_000
    whole = factors(ws, MONTH, MIDDLE, against=AUGUST, whole=True)
    assert whole.other_as_of == date(2026, 8, 31)
    assert whole.department.base.receipts == 24_000_000


def test_weeks_of_another_month_have_as_many_working_days(ws: Workspace) -> None:
    member = team.add(ws, Member(0, "Иванова Мария"))
    # 1.09.2026 is a Tuesday, 3.08.2026 a Monday: the first week of September has four working days
    for day in (date(2026, 9, 4), date(2026, 9, 7), date(2026, 8, 6), date(2026, 8, 7)):
        enter(ws, day, member, 10, 1, 100_00)
    report = factors(ws, MONTH, END, against=AUGUST, by="week")
    holds(report)
    assert [line.base.inquiries for line in report.lines] == [10, 10, 0, 0, 0]
    assert [line.fact.inquiries for line in report.lines] == [10, 10, 0, 0, 0]
    assert report.lines[0].first == MONTH
    assert report.lines[0].last == date(2026, 9, 6)
    assert report.lines[-1].last == END


def test_weeks_to_come_belong_to_the_whole_plan_only(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    running = factors(ws, MONTH, MIDDLE, by="week")
    assert [line.last for line in running.lines] == [date(2026, 9, 6), MIDDLE]
    whole = factors(ws, MONTH, MIDDLE, by="week", whole=True)
    holds(whole)
    assert whole.lines[-1].last == END
    assert whole.lines[-1].fact.receipts == 0
    assert whole.department.split.deviation == 12_000_000 - 30_000_000


def test_a_newcomer_whom_nobody_planned_is_all_inquiries(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    new = team.add(ws, Member(0, "Ким Дарья", hired=date(2026, 9, 10)))
    enter(ws, date(2026, 9, 14), new, 10, 2, 30_000_00)
    report = factors(ws, MONTH, END)
    holds(report)
    line = next(line for line in report.lines if line.member == new)
    assert line.base.receipts == 0
    assert line.split.inquiries + line.split.mix == line.split.deviation == 3_000_000
    assert report.department.split.mix != 0
    assert report.rest is None


def test_who_left_takes_their_inquiries_with_them(ws: Workspace) -> None:
    ids = fill(ws, (AUGUST,))
    for member in ids.values():
        enter(ws, date(2026, 9, 1), member, 20, 4, 40_000_00)
    gone = team.add(ws, Member(0, "Орлов Никита", left=date(2026, 8, 20)))
    enter(ws, date(2026, 8, 5), gone, 10, 2, 20_000_00)
    report = factors(ws, MONTH, END, against=AUGUST)
    holds(report)
    line = next(line for line in report.lines if line.member == gone)
    assert line.left == date(2026, 8, 20)
    assert line.split.inquiries + line.split.mix == line.split.deviation == -2_000_000


def test_deals_without_an_owner_have_their_line(ws: Workspace) -> None:
    deals = [
        RawDeal("Иванова Мария", created=date(2026, 9, 1), closed=date(2026, 9, 2)),
        RawDeal(NOBODY, created=date(2026, 9, 1), closed=date(2026, 9, 3)),
        RawDeal(NOBODY, created=date(2026, 8, 3), closed=date(2026, 8, 4)),
    ]
    put_deals(ws, deals)
    report = factors(ws, MONTH, END, against=AUGUST)
    holds(report)
    assert [line.name for line in report.lines] == ["Иванова Мария", "Без ответственного"]


def test_deals_without_inquiries_are_not_split_and_said_so(ws: Workspace) -> None:
    late = RawDeal("Иванова Мария", created=date(2026, 8, 28), closed=date(2026, 9, 2))
    early = RawDeal("Петров Алексей", created=date(2026, 8, 3), closed=date(2026, 8, 4))
    put_deals(ws, [late, early, RawDeal("Петров Алексей", created=MONTH, closed=END)])
    report = factors(ws, MONTH, END, against=AUGUST)
    holds(report)
    maria = next(line for line in report.lines if line.name == "Иванова Мария").split
    assert (maria.unsplit, maria.reason) == (100_00, Reason.DEALS_ALONE)
    assert report.department.split.unsplit == 100_00
    assert "нет ни одного обращения" in factor_words.unsplit_words(maria)


def test_a_plan_of_receipts_alone_is_not_split(ws: Workspace) -> None:
    fill(ws)
    planning.set_value(ws, MONTH, "receipts", 30_000_000)
    report = factors(ws, MONTH, END)
    holds(report)
    assert report.department.split.reason is Reason.UNKNOWN
    assert report.department.split.unsplit == -6_000_000
    assert "Запланируйте" in factor_words.sentence(report)
    assert [step.factor for step in factor_words.steps(report)] == [Factor.UNSPLIT]


def test_weeks_of_a_small_plan_are_split_too(ws: Workspace) -> None:
    """Two deals a month each: most weeks of the plan have receipts but no whole deal."""
    for name in ("Иванова Мария", "Петров Алексей"):
        member = team.add(ws, Member(0, name))
        for day in (1, 14, 25):
            enter(ws, date(2026, 9, day), member, 3, 1, 50_000_00)
    for code, value in (("receipts", 400_000_00), ("deals_won", 4), ("inquiries", 12)):
        planning.set_value(ws, MONTH, code, value)
    report = factors(ws, MONTH, END, by="week")
    holds(report)
    small = [line for line in report.lines if line.base.receipts and not line.base.deals]
    assert small
    for line in small:
        assert "плана месяца" in factor_words.line_steps(line, "week")[0].how
    assert report.department.split.unsplit == 0


def test_a_plan_nobody_shares_is_split_as_a_whole(ws: Workspace) -> None:
    plan(ws)  # there is nobody to share it out to
    fill(ws)
    report = factors(ws, MONTH, END)
    holds(report)
    assert report.department.split.conversion == -6_000_000
    assert all(line.split.reason is Reason.NO_RECEIPTS for line in report.lines)
    assert report.rest is not None
    assert report.rest.conversion == -6_000_000
    assert report.most(Factor.CONVERSION) is None


def test_calls_planned_by_the_department_alone_are_left_out(sample_ws: Workspace) -> None:
    report = factors(sample_ws, OCTOBER, SAMPLE_DAY)
    split = report.department.split
    assert split.deeper
    assert split.calls + split.calls_mix + split.per_call == split.inquiries + split.mix


@pytest.mark.parametrize("by", ["member", "week"])
def test_nothing_known_has_no_deviation(ws: Workspace, by: str) -> None:
    empty = factors(ws, MONTH, END, by=by)
    assert not empty.known
    assert empty.largest is None
    assert factor_words.steps(empty) == ()
    assert "ещё нет поступлений" in factor_words.sentence(empty)
    fill(ws)
    assert "нет плана поступлений" in factor_words.sentence(factors(ws, MONTH, END, by=by))
    past = factors(ws, MONTH, END, against=date(2020, 1, 1), by=by)
    assert not past.known
    assert "Выберите другой" in factor_words.sentence(past)
    future = factors(ws, date(2026, 12, 1), END, by=by)
    assert not future.known
    assert future.as_of == date(2026, 11, 30)


def test_a_draft_of_one_figure_can_be_approved_and_split(ws: Workspace) -> None:
    fill(ws)
    plan(ws, approve=False)
    before = factors(ws, MONTH, END)
    planning_versions.approve(ws, MONTH, HEAD, date(2026, 8, 31))
    after = factors(ws, MONTH, END)
    assert (before.plan.status, after.plan.status) == ("draft", "approved")
    assert before.department == after.department


@pytest.mark.parametrize("language", ["ru", "en"])
def test_steps_say_the_numbers_they_come_from(sample_ws: Workspace, language: str) -> None:
    i18n.set_language(language)
    report = factors(sample_ws, OCTOBER, SAMPLE_DAY)
    steps = factor_words.steps(report)
    assert sum(step.effect for step in steps) == report.department.split.deviation
    inquiries = steps[0].how
    fact, base = report.department.fact, report.department.base
    for number in (fact.inquiries, base.inquiries):
        assert i18n.integer(number or 0) in inquiries
    assert [step.factor for step in steps] == [
        Factor.INQUIRIES, Factor.MIX, Factor.CONVERSION, Factor.CHECK,
    ]  # fmt: skip


def test_the_hand_written_split_says_the_same(tmp_path) -> None:
    ws = data.workspace(tmp_path / "a.ropdesk", 3 * 100 * 3, 100, members=3)
    plain = connect(ws.path)
    asked = data.MONTH, data.AS_OF
    hand = bench.by_hand_plan(plain, *asked)
    assert bench.same(bench.ours_plan(ws, *asked), hand)
    months = bench.MONTHS[:2]
    pairs = zip(bench.ours_months(ws, months), bench.by_hand_months(plain, months), strict=True)
    assert all(bench.same(ours, theirs) for ours, theirs in pairs)
    assert not bench.same(bench.ours_plan(ws, *asked), {**hand, "": (0.0, 0.0, 0.0, 0.0)})
    assert not bench.same(bench.ours_plan(ws, *asked), {})
    plain.close()
    ws.close()


def test_a_week_planned_too_small_for_a_deal_is_split_of_the_whole_month_too(
    ws: Workspace,
) -> None:
    anna = team.add(ws, Member(0, "Анна"))
    for code, value in (("inquiries", 50), ("deals_won", 3), ("receipts", 1_500_000_07)):
        planning.set_value(ws, MONTH, code, value)
    planning.distribute(ws, MONTH)
    enter(ws, MONTH, anna, 5, 1, 100_001)
    report = factors(ws, MONTH, MIDDLE, whole=True, by="week")
    holds(report)
    assert report.department.split.unsplit == 0


def test_a_kopeck_is_no_word_of_the_sentence(sample_ws: Workspace) -> None:
    report = factors(sample_ws, OCTOBER, SAMPLE_DAY, by="week")
    split = replace(report.department.split, mix=-50)
    shown = replace(report, department=replace(report.department, split=split))
    assert "по неделям" not in factor_words.sentence(shown)
    split = replace(split, mix=-51)
    shown = replace(report, department=replace(report.department, split=split))
    assert "по неделям −1 ₽" in factor_words.sentence(shown)
