import gc
import sys
import threading
import time

import pytest
from PySide6.QtCore import Qt, QThread, qWarning
from PySide6.QtWidgets import QApplication

from ropdesk.domain.errors import N_, DomainError
from ropdesk.ui.errors import ErrorDesk, log, start_log
from ropdesk.ui.runner import Runner
from ropdesk.ui.widgets.report_dialog import ReportDialog


def test_the_answer_comes_on_the_main_thread(runner, qtbot):
    seen = {}

    def job(progress):
        progress.total(3, "rows")
        for _row in range(3):
            progress.step()
        seen["worker"] = QThread.currentThread()
        return 42

    def done(result):
        seen["result"] = result
        seen["thread"] = QThread.currentThread()

    runner.start(job, done, title="Import")
    assert runner.busy
    qtbot.waitUntil(lambda: "result" in seen)
    main = QApplication.instance().thread()
    assert seen["result"] == 42
    assert seen["thread"] is main
    assert seen["worker"] is not main
    assert not runner.busy
    assert runner.dialog is None  # it was quick


def test_an_exception_comes_to_its_handler(runner, qtbot):
    caught = []

    def job(_progress):
        raise DomainError(N_("No reason is given. Write a word or two."))

    runner.start(job, pytest.fail, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], DomainError)


def test_long_work_shows_progress_and_cancels_by_the_button(runner, qtbot):
    ended = []

    def job(progress):
        progress.total(100_000, "Import of deals")
        for _row in range(100_000):
            progress.step()
            time.sleep(0.002)

    runner.start(job, pytest.fail, pytest.fail, "Import", on_cancelled=lambda: ended.append(1))
    assert runner.dialog is None
    qtbot.waitUntil(lambda: runner.dialog is not None, timeout=5000)
    dialog = runner.dialog
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ended == [1])
    qtbot.waitUntil(lambda: runner.dialog is None)


def test_closing_waits_for_the_thread(runner):
    started = threading.Event()

    def job(progress):
        started.set()
        while True:
            progress.check_cancelled()
            time.sleep(0.001)

    runner.start(job, pytest.fail, pytest.fail, quiet=True)
    assert started.wait(5)
    runner.close()


@pytest.fixture
def desk(window, tmp_path):
    said, reports = [], []
    made = ErrorDesk(
        tmp_path / "reports",
        said.append,
        advise=lambda error: "Диск полон." if isinstance(error, OSError) else None,
        show_report=lambda text, file: reports.append((text, file)),
    )
    made.said, made.reports = said, reports
    start_log(tmp_path)
    before = sys.excepthook, threading.excepthook
    made.install()
    yield made
    made.uninstall()
    sys.excepthook, threading.excepthook = before
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


def test_domain_errors_and_trouble_are_said_not_reported(desk):
    sys.excepthook(DomainError, DomainError(N_("No reason is given. Write a word or two.")), None)
    sys.excepthook(OSError, OSError(28, "full"), None)
    assert desk.said == ["Причина не указана. Напишите пару слов.", "Диск полон."]
    assert desk.reports == []


def test_our_mistake_is_logged_and_reported(desk, qtbot, tmp_path):
    def fail():
        raise ZeroDivisionError("ours")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(desk.reports))
    text, file = desk.reports[0]
    assert "ZeroDivisionError: ours" in text
    assert file.read_text("utf-8") == text
    assert "ZeroDivisionError" in (tmp_path / "ropdesk.log").read_text("utf-8")


def test_qt_s_words_go_to_the_log(desk, tmp_path):
    qWarning("Qt grumbles")
    assert "Qt grumbles" in (tmp_path / "ropdesk.log").read_text("utf-8")


def test_a_report_that_cannot_be_written_is_still_shown(desk, tmp_path):
    (tmp_path / "reports").write_text("a file where the folder should be")
    desk.take(ZeroDivisionError("ours"))
    assert desk.reports[0][1] is None


def test_the_report_is_copied(qtbot, theme, tmp_path):
    dialog = ReportDialog("Traceback", tmp_path / "r.txt")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "Traceback"


def test_nothing_is_collected_in_the_worker(qtbot, runner):
    # A window's object that dies in another thread takes its timers and watchers down badly.
    seen = []

    def job(_progress):
        seen.append(gc.isenabled())

    done = []
    runner.start(job, done.append)
    runner.start(job, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert seen == [False, False]
    qtbot.waitUntil(lambda: not runner.busy)
    assert gc.isenabled()


def test_a_closed_runner_lets_the_collector_go(qtbot, window):
    runner = Runner(window)
    runner.start(lambda _progress: None, lambda _nothing: None)
    assert not gc.isenabled()
    runner.close()
    assert gc.isenabled()
