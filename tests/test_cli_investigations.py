"""An investigation on paper from the command line."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from ropdesk.__main__ import main
from ropdesk.services import investigations
from ropdesk.services.investigations import NewInvestigation
from ropdesk.store import workspace


def test_one_investigation_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "department.ropdesk"
    ws = workspace.create(path)
    case = investigations.start(
        ws,
        NewInvestigation(
            question="Why have the calls fallen?", metric="calls", first=date(2026, 9, 1),
            last=date(2026, 9, 30), opened=date(2026, 10, 1),
        ),
    )  # fmt: skip
    ws.close()
    file = tmp_path / "case.pdf"
    argv = ["--lang", "en", "--workspace", str(path), "report", "investigation", "-o", str(file)]
    assert main([*argv, "--id", str(case)]) == 0
    (page,) = PdfReader(file).pages
    assert "Why have the calls fallen?" in page.extract_text()
    capsys.readouterr()
    file.unlink()
    assert main([*argv, "--id", "77"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "investigation is gone" in said.err
    assert not file.exists()
    with pytest.raises(SystemExit) as stopped:
        main(argv)
    assert stopped.value.code == 2
