"""The plan sheets say the plan, to the kopeck, and what is unusual about its days."""

import io
from datetime import date
from fractions import Fraction

import pytest
from pypdf import PdfReader

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import _
from ropdesk.services import calendar, plan_sheets, planning, planning_versions, team
from ropdesk.store.workspace import Workspace
from tests.services.reporting import HEAD, ISSUED, MONTH, fill, plan, vacation

ANNA, PETER, FORMULA = "Иванова Мария", "Петров Алексей", "=1+1"


def test_the_departments_sheet_says_the_plan(ws: Workspace) -> None:
    ids = fill(ws)
    plan(ws)
    sheet = plan_sheets.department_sheet(ws, MONTH, ISSUED)
    totals = {column.code: column.total for column in sheet.metrics}
    assert totals == {
        "receipts": 30_000_000,
        "deals_won": 30,
        "inquiries": 120,
        "conversion": Fraction(1, 4),
        "average_check": 10_000,
    }
    assert next(iter(totals)) == "receipts"
    view = planning.plan(ws, MONTH)
    assert view is not None
    for member in sheet.members:
        assert member.values["receipts"] == view.value("receipts", ids[member.name])
    for code in ("receipts", "deals_won", "inquiries"):
        assert sum(member.values[code] for member in sheet.members) == totals[code]
        assert (
            sum(day.values[code] or 0 for day in sheet.days if code in day.values) == totals[code]
        )
    assert [(s.name, s.value) for s in sheet.scenarios] == [
        (_("minimum"), 24_000_000), (_("standard"), 30_000_000),
    ]  # fmt: skip
    assert sheet.working_days == 22
    assert (sheet.status, sheet.approved_by, sheet.approved_on) == (
        _("approved"), HEAD, date(2026, 8, 31),
    )  # fmt: skip
    assert sheet.signers[0].endswith(HEAD)


def test_a_draft_is_called_a_draft_on_every_page(ws: Workspace) -> None:
    fill(ws)
    plan(ws, approve=False)
    sheet = plan_sheets.department_sheet(ws, MONTH, ISSUED)
    assert sheet.status == _("draft, not approved")
    assert sheet.approved_on is None
    for pdf in (plan_sheets.department_pdf(ws, MONTH, ISSUED),
                plan_sheets.member_pdf(ws, MONTH, ISSUED)):  # fmt: skip
        for page in PdfReader(io.BytesIO(pdf)).pages:
            words = page.extract_text().replace("\u202f", " ").replace("\xa0", " ")
            assert _("draft, not approved") in " ".join(words.split())


def test_versions_are_printed_as_they_were(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    planning_versions.correct(ws, MONTH, "Отпуска")
    planning.set_value(ws, MONTH, "receipts", 27_000_000)
    newest = plan_sheets.department_sheet(ws, MONTH, ISSUED)
    first = plan_sheets.department_sheet(ws, MONTH, ISSUED, version=1)
    assert (newest.version, newest.reason, newest.metrics[0].total) == (2, "Отпуска", 27_000_000)
    assert (first.version, first.metrics[0].total) == (1, 30_000_000)


def test_unusual_days_are_noted(ws: Workspace) -> None:
    ids = fill(ws)
    vacation(ws, ids[ANNA], date(2026, 9, 7), date(2026, 9, 9))
    calendar.set_day(ws, date(2026, 9, 10), DayKind.DAY_OFF)
    calendar.set_day(ws, date(2026, 9, 11), DayKind.SHORTENED)
    calendar.set_day(ws, date(2026, 9, 12), DayKind.WORKDAY)  # a Saturday
    plan(ws)
    days = {day.day.day: day for day in plan_sheets.department_sheet(ws, MONTH, ISSUED).days}
    assert len(days) == 30
    assert days[10].note == _("day off")
    assert not days[10].working
    assert days[11].note == _("shortened")
    assert days[12].note == _("working day")
    assert days[12].working
    assert "1" in days[7].note
    assert days[6].note == ""
    [sheet] = plan_sheets.member_sheets(ws, MONTH, ISSUED, [ids[ANNA]])
    own = {day.day.day: day for day in sheet.days}
    assert own[7].note == _("vacation")
    assert not own[7].working
    assert own[7].values.get("receipts") in (None, 0)
    assert sheet.working_days == 19


def test_a_members_weeks_and_days_sum_to_the_month(ws: Workspace) -> None:
    fill(ws)
    plan(ws)
    sheets = plan_sheets.member_sheets(ws, MONTH, ISSUED)
    assert sorted(sheet.name for sheet in sheets) == sorted([ANNA, PETER, FORMULA])
    for sheet in sheets:
        totals = {column.code: column.total for column in sheet.metrics}
        for code in ("receipts", "deals_won", "inquiries"):
            assert sum(week.values[code] for week in sheet.weeks) == totals[code]
            assert sum(day.values.get(code) or 0 for day in sheet.days) == totals[code]
        assert sum(week.working_days for week in sheet.weeks) == sheet.working_days
        assert sheet.signers[0] == sheet.name


def test_one_page_a_member_and_the_same_bytes_again(ws: Workspace) -> None:
    ids = fill(ws)
    plan(ws)
    pdf = plan_sheets.member_pdf(ws, MONTH, ISSUED)
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 3
    assert plan_sheets.member_pdf(ws, MONTH, ISSUED) == pdf
    one = PdfReader(io.BytesIO(plan_sheets.member_pdf(ws, MONTH, ISSUED, [ids[PETER]]))).pages
    assert len(one) == 1
    assert PETER in one[0].extract_text().replace("\xa0", " ")


def test_no_plan_and_nobody_to_print_for_are_said(ws: Workspace) -> None:
    with pytest.raises(DomainError):
        plan_sheets.department_sheet(ws, MONTH, ISSUED)
    with pytest.raises(DomainError):
        plan_sheets.member_sheets(ws, MONTH, ISSUED)
    fill(ws)
    plan(ws)
    with pytest.raises(DomainError):
        plan_sheets.member_sheets(ws, MONTH, ISSUED, [999])
    with pytest.raises(DomainError):
        plan_sheets.department_sheet(ws, MONTH, ISSUED, version=9)


def test_a_plan_of_the_department_alone_is_printed(ws: Workspace) -> None:
    planning.set_value(ws, MONTH, "receipts", 30_000_000)
    sheet = plan_sheets.department_sheet(ws, MONTH, ISSUED)
    assert sheet.members == ()
    assert sheet.metrics[0].total == 30_000_000
    with pytest.raises(DomainError):
        plan_sheets.member_sheets(ws, MONTH, ISSUED)


def test_sixty_members_are_printed(ws: Workspace) -> None:
    for number in range(60):
        team.add(ws, Member(0, f"Менеджер {number:02}"))
    planning.set_value(ws, MONTH, "receipts", 30_000_001)
    sheet = plan_sheets.department_sheet(ws, MONTH, ISSUED)
    assert sum(member.values["receipts"] for member in sheet.members) == 30_000_001
    pdf = plan_sheets.department_pdf(ws, MONTH, ISSUED)
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert all(f"Менеджер {n:02}" in text.replace("\xa0", " ") for n in range(60))
    assert len(PdfReader(io.BytesIO(plan_sheets.member_pdf(ws, MONTH, ISSUED))).pages) == 60
