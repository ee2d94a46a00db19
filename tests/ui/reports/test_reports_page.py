"""The reports page as a person uses it: choose, write, look, print, save, print again."""

import io
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from ropdesk.i18n import _, set_language
from ropdesk.services import documents, history, planning, planning_versions
from ropdesk.store import workspace
from ropdesk.ui.context import Context
from ropdesk.ui.reports import printing
from ropdesk.ui.reports.kinds import MEMBER_SHEETS, MONTHLY, PLAN_SHEET, Wanted
from ropdesk.ui.reports.page import ReportsPage
from ropdesk.ui.reports.printing import new_printer
from tests.services.reporting import MONTH, fill, plan

OCTOBER = date(2026, 10, 1)
SLOW = 15_000


@pytest.fixture
def ws(tmp_path):
    opened = workspace.create(tmp_path / "department.ropdesk")
    yield opened
    opened.close()


@pytest.fixture
def open_page(window, registry, runner, theme, ws, qtbot):
    """Return what opens the page on a workspace, with its changes told to it."""

    def opened(**where):
        context = Context(
            workspace=ws, registry=registry, runner=runner, theme=theme, toast=window.toast,
            navigate=window.show_page, today=lambda: date(2026, 10, 22),
        )  # fmt: skip
        ws.subscribe(lambda changes: window.on_changed(changes.tables))
        window.register_page("reports", lambda: ReportsPage(context))
        window.show_page("reports", **where)
        page = window.page("reports")
        qtbot.waitUntil(lambda: settled(page), timeout=SLOW)
        return page

    yield opened
    runner.close()
    window.forget_pages()


def settled(page):
    shown = page.ready or page.preview.message
    return bool(shown) and not page.making


def words(page):
    pages = PdfReader(io.BytesIO(page.paper.pdf)).pages
    text = " ".join(each.extract_text() for each in pages)
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())


def test_the_report_of_the_month_is_shown_at_once(ws, open_page):
    fill(ws)
    plan(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    assert page.preview.pages == len(PdfReader(io.BytesIO(page.paper.pdf)).pages)
    assert page.preview.page == 1
    assert page.paper.month == MONTH
    assert not page.preview.stale
    image = page.preview.view.grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() - 30)
    assert middle.lightness() > 250  # the paper is white


def test_words_are_kept_when_the_field_is_left_and_stand_on_the_paper(ws, open_page, qtbot):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    edit = page.comments.edits["reasons"]
    edit.setFocus()
    edit.insertPlainText("Отпуска в августе")
    page.comments.edits["done"].setFocus()
    page.comments.keep()
    assert documents.comments(ws, MONTH) == {"reasons": "Отпуска в августе"}
    qtbot.waitUntil(lambda: settled(page) and "Отпуска в августе" in words(page), timeout=SLOW)
    history.undo(ws)
    qtbot.waitUntil(lambda: edit.toPlainText() == "", timeout=SLOW)
    qtbot.waitUntil(lambda: "Отпуска" not in words(page), timeout=SLOW)


def test_words_are_kept_after_a_pause_and_before_another_month(ws, open_page, qtbot):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    page.comments.edits["done"].insertPlainText("Обучение")
    qtbot.waitUntil(lambda: documents.comments(ws, MONTH) == {"done": "Обучение"}, timeout=SLOW)
    page.comments.edits["done"].insertPlainText(" и найм")
    page.next_month()
    assert documents.comments(ws, MONTH) == {"done": "Обучение и найм"}
    assert page.comments.edits["done"].toPlainText() == ""
    page.previous_month()
    assert page.comments.edits["done"].toPlainText() == "Обучение и найм"


def test_a_change_elsewhere_makes_the_paper_anew(ws, open_page, qtbot):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    before = page.paper.pdf
    plan(ws)
    qtbot.waitUntil(lambda: settled(page) and page.paper.pdf != before, timeout=SLOW)
    assert "300" in words(page)


def test_kinds_are_chosen_by_key_and_by_action(ws, open_page, qtbot, registry):
    ids = fill(ws)
    plan(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    assert page.comments.isVisible()
    page.choice.kinds.setFocus()
    qtbot.keyClick(page.choice.kinds, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.paper.kind == PLAN_SHEET and settled(page), timeout=SLOW)
    assert page.preview.pages == 1
    assert not page.comments.isVisible()
    registry.run("reports.member_sheets")
    qtbot.waitUntil(lambda: page.paper.kind == MEMBER_SHEETS and settled(page), timeout=SLOW)
    assert page.preview.pages == 3
    page.want(Wanted(MEMBER_SHEETS, MONTH, member=ids["Петров Алексей"]))
    qtbot.waitUntil(lambda: page.preview.pages == 1, timeout=SLOW)
    assert "Петров Алексей" in page.paper.title


def test_a_month_without_anything_says_so(ws, open_page, qtbot, registry):
    page = open_page(kind=MONTHLY, month=MONTH)
    assert not page.ready
    assert page.preview.message
    assert page.preview.pages == 0
    assert not registry["reports.print"].isEnabled()
    page.choose(PLAN_SHEET)
    qtbot.waitUntil(lambda: settled(page) and page.wanted.kind == PLAN_SHEET, timeout=SLOW)
    assert not page.ready
    page.save_pdf()  # nothing happens
    fill(ws)
    page.choose(MONTHLY)
    qtbot.waitUntil(lambda: page.ready, timeout=SLOW)
    assert registry["reports.print"].isEnabled()


def test_saving_issues_the_document_and_it_comes_back_identical(
    ws, open_page, qtbot, tmp_path, monkeypatch, registry
):
    fill(ws)
    plan(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    target = tmp_path / "отчёт"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    registry.run("reports.save_pdf")
    saved = target.with_name("отчёт.pdf").read_bytes()
    assert saved == page.paper.pdf
    [issued] = documents.issued(ws)
    qtbot.waitUntil(lambda: page.issued.table.list_model.rowCount() == 1, timeout=SLOW)
    registry.run("reports.save_pdf")
    assert len(documents.issued(ws)) == 1

    documents.set_comment(ws, MONTH, "reasons", "Уже другое")
    qtbot.waitUntil(lambda: settled(page) and page.paper.pdf != saved, timeout=SLOW)
    table = page.issued.table
    table.setFocus()
    table.setCurrentIndex(table.list_model.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.reprint.id == issued.id
    assert page.paper.pdf == saved
    again = tmp_path / "again.pdf"
    page.output.save_to(again)
    assert again.read_bytes() == saved
    assert len(documents.issued(ws)) == 1
    page.back_to_current()
    qtbot.waitUntil(lambda: settled(page) and "Уже другое" in words(page), timeout=SLOW)
    assert page.reprint is None


def test_a_place_that_cannot_be_written_to_is_said(ws, open_page, tmp_path):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    page.output.save_to(blocked / "report.pdf")
    assert "report.pdf" in page._banner.text
    assert documents.issued(ws) == []


@pytest.mark.parametrize("pages", [(1, 3), (2, 2)])
def test_printing_draws_the_pages_and_issues(ws, open_page, qtbot, tmp_path, pages):
    fill(ws)
    plan(ws)
    page = open_page(kind=MEMBER_SHEETS, month=MONTH)
    printer = new_printer(page.preview.pages, page.paper.title)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    target = tmp_path / "printed.pdf"
    printer.setOutputFileName(str(target))
    printer.setResolution(150)
    printer.setFromTo(*pages)
    page.output.print_on(printer)
    qtbot.waitUntil(lambda: len(documents.issued(ws)) == 1, timeout=60_000)
    printed = PdfReader(io.BytesIO(target.read_bytes())).pages
    assert len(printed) == pages[1] - pages[0] + 1
    assert round(float(printed[0].mediabox.width)) in range(594, 597)
    assert documents.pdf(ws, documents.issued(ws)[0].id) == page.paper.pdf


def test_the_print_dialog_offers_every_page(ws, open_page, monkeypatch, registry):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    seen = []

    def refuse(dialog):
        seen.append((dialog.printer().fromPage(), dialog.printer().toPage()))
        return 0

    monkeypatch.setattr(QPrintDialog, "exec", refuse)
    registry.run("reports.print")
    assert seen == [(1, page.preview.pages)]
    assert documents.issued(ws) == []


def test_the_workbooks_are_written(ws, open_page, qtbot, tmp_path, monkeypatch, registry):
    fill(ws)
    plan(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    for kind, name in ((MONTHLY, "board.xlsx"), (PLAN_SHEET, "plan.xlsx")):
        page.choose(kind)
        target = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_a, to=target, **_k: (str(to), "")
        )
        registry.run("reports.xlsx")
        qtbot.waitUntil(target.exists, timeout=SLOW)
        assert openpyxl.load_workbook(target).sheetnames
    qtbot.waitUntil(lambda: settled(page), timeout=SLOW)


def test_pages_are_turned_and_zoomed(ws, open_page, qtbot, registry):
    fill(ws)
    plan(ws)
    page = open_page(kind=MEMBER_SHEETS, month=MONTH)
    preview = page.preview
    preview.next_page()
    qtbot.waitUntil(lambda: preview.page == 2, timeout=SLOW)
    preview.previous_page()
    qtbot.waitUntil(lambda: preview.page == 1, timeout=SLOW)
    wide = preview.zoom
    registry.run("reports.zoom_in")
    assert preview.zoom == pytest.approx(wide * 1.25)
    registry.run("reports.zoom_out")
    assert preview.zoom == pytest.approx(wide)
    preview.fit("page")
    assert preview.zoom < wide
    registry.run("reports.fit_width")
    assert preview.zoom == pytest.approx(wide)


def test_the_page_survives_another_language_while_paper_is_made(ws, open_page, qtbot, window):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    page.next_month()
    page.refresh()
    page._settle.timeout.emit()
    set_language("en")
    window.retranslate()
    fresh = window.page("reports")
    assert fresh is not page
    qtbot.waitUntil(lambda: settled(fresh), timeout=SLOW)
    assert fresh.title == "Reports"


def test_in_the_first_days_the_month_before_is_reported(ws, open_page):
    page = open_page()
    assert page.wanted == Wanted(MONTHLY, OCTOBER)


def test_the_version_of_the_plan_is_chosen(ws, open_page, qtbot):
    fill(ws)
    plan(ws)
    planning_versions.correct(ws, MONTH, "Отпуска")
    planning.set_value(ws, MONTH, "receipts", 27_000_000)
    page = open_page(kind=PLAN_SHEET, month=MONTH)
    assert page.choice.versions.count() == 2
    assert _("draft, not approved") in words(page)
    page.choice.versions.setCurrentIndex(1)
    page.choice.versions.activated.emit(1)
    qtbot.waitUntil(lambda: settled(page) and "300 000" in words(page), timeout=SLOW)
    assert page.wanted.version == 1


def test_words_typed_last_are_kept_when_the_window_closes(ws, open_page, window):
    fill(ws)
    page = open_page(kind=MONTHLY, month=MONTH)
    page.comments.edits["done"].insertPlainText("Успели")
    window.closing.connect(lambda: kept.update(documents.comments(ws, MONTH)))
    kept = {}
    window.close()
    assert kept == {"done": "Успели"}


def test_strips_of_a_page_join_without_a_seam(ws, open_page, monkeypatch):
    fill(ws)
    plan(ws)
    page = open_page(kind=PLAN_SHEET, month=MONTH)
    document, whole = page.preview.document, QSize(620, 877)
    monkeypatch.setattr(printing, "BAND", 100)
    joined = QImage(whole, QImage.Format.Format_ARGB32)
    joined.fill(Qt.GlobalColor.white)
    expected = joined.copy()
    painter = QPainter(joined)
    for top in range(0, whole.height(), 100):
        painter.drawImage(0, top, printing.band_of(document, 0, whole, top))
    painter.end()
    painter = QPainter(expected)
    painter.drawImage(0, 0, document.render(0, whole))
    painter.end()
    far = [
        (x, y)
        for y in range(0, whole.height())
        for x in range(0, whole.width(), 2)
        if abs(joined.pixelColor(x, y).lightness() - expected.pixelColor(x, y).lightness()) > 40
    ]
    assert far == []
