"""The report to the director from the command line."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.director import ReportKind
from ropdesk.services import director
from ropdesk.store.workspace import create
from tests.services.reporting import fill, plan


@pytest.fixture(autouse=True)
def _language():
    yield
    i18n.set_language("ru")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "отдел.ropdesk"
    ws = create(made)
    fill(ws, (date(2026, 9, 1),))
    plan(ws)
    director.write(ws, ReportKind.WEEK, date(2026, 9, 15), result="Ровная неделя")
    director.write(ws, ReportKind.MONTH, date(2026, 9, 15), result="Ровный месяц")
    ws.close()
    return made


@pytest.mark.parametrize(
    ("period", "words"),
    [(["--week", "2026-09-17"], "Ровная неделя"), (["--month", "2026-09"], "Ровный месяц")],
)
def test_the_report_is_written(path: Path, tmp_path: Path, period: list[str], words: str) -> None:
    target = tmp_path / "отчёт.pdf"
    before = path.read_bytes()
    argv = ["--workspace", str(path), "report", "director", *period, "-o", str(target)]
    assert main(argv) == 0
    assert words in PdfReader(target).pages[0].extract_text()
    assert path.read_bytes() == before


@pytest.mark.parametrize("period", [[], ["--week", "2026-09-17", "--month", "2026-09"]])
def test_one_period_is_asked_for(path: Path, tmp_path: Path, period: list[str]) -> None:
    target = tmp_path / "отчёт.pdf"
    with pytest.raises(SystemExit) as stopped:
        main(["--workspace", str(path), "report", "director", *period, "-o", str(target)])
    assert stopped.value.code == 2
    assert not target.exists()


@pytest.mark.parametrize("period", [["--month", "9999-12"], ["--week", "0001-01-01"]])
def test_a_day_beyond_the_calendar_is_wrong_usage(
    path: Path, tmp_path: Path, period: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "отчёт.pdf"
    with pytest.raises(SystemExit) as stopped:
        main(["--workspace", str(path), "report", "director", *period, "-o", str(target)])
    assert stopped.value.code == 2
    assert "2026-10-22" in capsys.readouterr().err
