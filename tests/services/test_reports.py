"""The monthly report says what the board, the plan and the forecast say, and nothing else."""

import io
from datetime import date, datetime
from fractions import Fraction

import pytest
from pypdf import PdfReader

from ropdesk.domain.team import Member
from ropdesk.i18n import _
from ropdesk.reports.model import MonthlyReport
from ropdesk.services import (
    board,
    documents,
    factor_words,
    factors,
    facts,
    forecast,
    planning,
    reports,
    settings,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.reporting import HEAD, ISSUED, MONTH, fill, plan

AFTER = date(2026, 10, 2)
AUGUST = date(2026, 8, 1)


def made(ws: Workspace, today: date = AFTER, month: date = MONTH) -> MonthlyReport:
    return reports.monthly(ws, month, today, ISSUED)


def line(report: MonthlyReport, code: str = "receipts"):
    return next(each for each in report.department if each.code == code)


def text_of(pdf: bytes) -> list[str]:
    # thin and non-breaking spaces of the page are spaces to a reader
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [" ".join(page.replace("\u202f", " ").replace("\xa0", " ").split()) for page in pages]


def test_a_finished_month_is_measured_by_its_whole_plan(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    report = made(ws)
    receipts = line(report)
    assert report.finished
    assert receipts.fact == 24_000_000
    assert receipts.plan == 30_000_000
    assert receipts.completion == Fraction(4, 5)
    assert receipts.deviation == -6_000_000
    assert line(report, "conversion").fact == Fraction(1, 5)
    assert line(report, "conversion").plan == Fraction(1, 4)
    assert line(report, "average_check").fact == 10_000
    assert receipts.forecast is None
    assert report.signers[0].endswith(HEAD)


def test_a_running_month_is_measured_by_the_plan_to_date(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    today = date(2026, 9, 11)
    report = made(ws, today)
    shown = board.board(ws, MONTH, today).department["receipts"]
    receipts = line(report)
    assert not report.finished
    assert (report.working_days_passed, report.working_days) == (9, 22)
    assert receipts.fact == 12_000_000
    assert receipts.plan_to_date == shown.plan_to_date
    assert receipts.completion == shown.completion
    assert receipts.deviation == 12_000_000 - shown.plan_to_date
    assert report.cumulative is not None
    assert report.cumulative.fact[10] == 12_000_000
    assert report.cumulative.fact[11:] == (None,) * 19
    assert report.cumulative.plan[-1] == 30_000_000


def test_every_figure_is_the_boards(ws: Workspace) -> None:
    fill(ws, (AUGUST, MONTH))
    plan(ws)
    report, shown = made(ws), board.board(ws, MONTH, AFTER, by="week")
    told = [code for code in shown.codes if code not in ("calls", "talk_time")]
    assert [each.code for each in report.department] == told  # nothing is known of the others
    for code in told:
        scale = shown.metrics[code].scale if shown.metrics[code].kind == "ratio" else 1
        fact = shown.department[code].fact
        assert line(report, code).fact == (fact if fact is None else Fraction(fact) / scale)
    assert [row.name for row in report.members] == [m.member.name for m in shown.members]
    for row, member in zip(report.members, shown.members, strict=True):
        assert row.metrics["receipts"].fact == member.figures["receipts"].fact
        assert row.metrics["receipts"].plan == member.figures["receipts"].plan
    weeks = [row.metrics["receipts"].fact for row in report.weeks]
    assert sum(weeks) == 24_000_000
    assert sum(row.metrics["receipts"].plan for row in report.weeks) == 30_000_000


def test_a_running_month_is_compared_at_the_same_working_day(ws: Workspace) -> None:
    fill(ws, (AUGUST, MONTH, date(2025, 9, 1)))
    ninth, eleventh = made(ws, date(2026, 9, 11)), made(ws, date(2026, 9, 15))
    assert line(ninth).previous == 12_000_000  # the ninth working day of August is the 13th
    assert line(ninth).change == 0
    assert line(eleventh).previous == 24_000_000  # the eleventh is the 17th
    assert line(ninth).last_year == 12_000_000
    assert line(made(ws)).previous == 24_000_000


def test_before_the_first_working_day_nothing_of_the_other_month_counts(ws: Workspace) -> None:
    january, december = date(2026, 1, 1), date(2025, 12, 1)
    fill(ws, (december, january))
    report = made(ws, date(2026, 1, 5), january)
    assert report.working_days_passed == 0
    assert line(report).previous is None  # the first of December is worked already


def test_days_off_after_the_last_working_day_count_on_both_sides(ws: Workspace) -> None:
    ids = fill(ws)
    anna = ids["Иванова Мария"]
    facts.enter(ws, date(2026, 8, 8), [Entry(anna, "receipts", 700)])  # a Saturday
    facts.enter(ws, date(2026, 8, 3), [Entry(anna, "receipts", 100)])
    saturday = line(made(ws, date(2026, 9, 5)))  # after four working days
    assert saturday.previous == 100  # August's fourth is a Thursday, and Friday is worked
    assert line(made(ws, date(2026, 9, 7))).previous == 100
    assert line(made(ws, date(2026, 9, 8))).previous == 800


def test_the_deviation_is_taken_apart_exactly(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    report = made(ws)
    told = report.deviation
    assert told is not None
    assert [factor.effect for factor in told.factors] == [0, -6_000_000, 0]
    assert sum(factor.effect for factor in told.factors) == line(report).deviation


def test_the_members_effects_are_the_departments(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    told = made(ws, date(2026, 9, 11)).deviation
    assert told is not None
    assert [row.name for row in told.rows] == ["=1+1", "Иванова Мария", "Петров Алексей"]
    for place in range(len(told.columns)):
        assert sum(row.effects[place] for row in told.rows) == told.total.effects[place]
    assert sum(row.deviation for row in told.rows) == told.total.deviation == told.fact - told.base


def test_the_deviation_stands_on_paper_as_in_the_window(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    words = factor_words.sentence(factors.factors(ws, MONTH, AFTER, whole=True))
    pages = text_of(reports.monthly_pdf(ws, MONTH, AFTER, ISSUED))
    plain = " ".join(words.replace("\u202f", " ").split())
    assert any(plain in page for page in pages)
    assert _("Why receipts differ") in " ".join(pages)


def test_a_plan_of_receipts_alone_is_told_without_factors(ws: Workspace) -> None:
    fill(ws)
    planning.set_value(ws, MONTH, "receipts", 30_000_000)
    assert made(ws).deviation is None


def test_those_farthest_behind_are_named_until_words_are_written(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    report = made(ws)
    behind = sorted(report.members, key=lambda m: m.metrics["receipts"].deviation)
    assert behind[0].name in report.reasons
    documents.set_comment(ws, MONTH, "reasons", "Каникулы")
    assert made(ws).reasons == "Каникулы"


def test_comments_stand_on_the_first_page_and_empty_ones_are_ruled(ws: Workspace) -> None:
    fill(ws)
    for field in ("reasons", "done", "decisions", "requests"):
        documents.set_comment(ws, MONTH, field, f"слова-{field}")
    report = made(ws)
    assert report.comments == ()
    first = text_of(reports.monthly_pdf(ws, MONTH, AFTER, ISSUED))[0]
    for field in ("reasons", "done", "decisions", "requests"):
        assert f"слова-{field}" in first
    documents.set_comment(ws, MONTH, "requests", " ")
    assert [field.code for field in made(ws).comments] == ["requests"]


def test_a_month_without_a_plan_says_so(ws: Workspace) -> None:
    fill(ws)
    report = made(ws)
    assert report.plan is None
    assert line(report).plan is None
    assert report.deviation is None
    pages = text_of(reports.monthly_pdf(ws, MONTH, AFTER, ISSUED))
    assert _("No plan was set for this month: only the fact is shown.") in pages[0]


def test_the_draft_counts_while_nothing_is_approved(ws: Workspace) -> None:
    fill(ws)
    plan(ws, approve=False)
    report = made(ws)
    assert report.plan is not None
    assert report.plan.approved_on is None
    assert line(report).plan == 30_000_000


@pytest.mark.parametrize("today", [date(2026, 8, 20), date(2026, 9, 1), AFTER])
def test_an_empty_workspace_gives_a_report_that_says_nothing(ws: Workspace, today: date) -> None:
    report = made(ws, today)
    assert not reports.says_anything(report)
    assert text_of(reports.monthly_pdf(ws, MONTH, today, ISSUED))


def test_a_month_not_begun_has_no_facts(ws: Workspace) -> None:
    fill(ws, (AUGUST,))
    plan(ws)
    report = made(ws, date(2026, 8, 20))
    assert line(report).fact is None
    assert line(report).plan == 30_000_000
    assert reports.says_anything(report)
    assert text_of(reports.monthly_pdf(ws, MONTH, date(2026, 8, 20), ISSUED))


def test_the_forecast_of_the_middle_is_held_against_the_month(ws: Workspace) -> None:
    months = [date(2026, month, 1) for month in range(1, 10)]
    fill(ws, tuple(months))
    accuracy = made(ws).forecast_accuracy
    then = forecast.outlook(ws, MONTH, date(2026, 9, 15), ["receipts"]).of("receipts")
    assert accuracy is not None
    assert then is not None
    assert accuracy.value == then.p50
    assert accuracy.error == abs(Fraction(then.p50, 24_000_000) - 1)
    assert made(ws, date(2026, 9, 14)).forecast_accuracy is None
    running = made(ws, date(2026, 9, 16)).forecast_accuracy
    assert running is not None
    assert running.error is None


def test_the_next_plan_is_told_with_what_it_needs(ws: Workspace) -> None:
    fill(ws)
    plan(ws, date(2026, 10, 1), approve=False)
    following = made(ws).next_plan
    assert following is not None
    assert (following.minimum, following.standard, following.maximum) == (
        24_000_000, 30_000_000, None,
    )  # fmt: skip
    assert [each.value for each in following.required] == [120, 30]


def test_a_metric_of_the_board_that_is_gone_is_passed_over(ws: Workspace) -> None:
    fill(ws)
    settings.change(ws, board=("receipts", "gone"))
    assert [each.code for each in made(ws).department] == ["receipts"]


def test_sixty_members_fit(ws: Workspace) -> None:
    fill(ws)
    for number in range(60):
        member = team.add(ws, Member(0, f"Менеджер {number:02}"))
        facts.enter(ws, MONTH, [Entry(member, "receipts", number * 1_000)])
    planning.set_value(ws, MONTH, "receipts", 30_000_000)
    report = made(ws)
    assert len(report.members) == 63
    pages = text_of(reports.monthly_pdf(ws, MONTH, AFTER, ISSUED))
    assert all(any(f"Менеджер {number:02}" in page for page in pages) for number in range(60))
    assert "1 /" in pages[0]


def test_the_same_data_and_moment_give_the_same_bytes(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    first = reports.monthly_pdf(ws, MONTH, AFTER, ISSUED)
    assert reports.monthly_pdf(ws, MONTH, AFTER, ISSUED) == first
    later = datetime(2026, 10, 3, 8, 0, tzinfo=ISSUED.tzinfo)
    assert reports.monthly_pdf(ws, MONTH, AFTER, later) != first


def test_corrections_by_hand_are_told(ws: Workspace) -> None:
    fill(ws)
    note = made(ws).head.footer_note
    assert note == ""  # typed facts are no corrections
