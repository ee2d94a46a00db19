"""The commands as a script or a stranger uses them: answers, exit codes, nothing harmed."""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from ropdesk import cli, i18n
from ropdesk.__main__ import main

DEALS = """\
ID;Name;Owner;Stage;Amount;Created;Closed;Source
1;Pump;Иванова Мария;Won;1 250,50;01.10.2026;05.10.2026;Site
2;Valve;Петров Алексей;Lost;900;02.10.2026;06.10.2026;Fair
3;Pipe;Иванова Мария;Won;749,50;05.10.2026;20.10.2026;Site
4;Tank;Петров Алексей;New;5000;06.10.2026;;Call
"""
MAPS = [
    f"--map={field}={column}"
    for field, column in {
        "id": "ID", "title": "Name", "owner": "Owner", "stage": "Stage", "amount": "Amount",
        "created": "Created", "closed": "Closed", "source": "Source",
    }.items()
]  # fmt: skip
STAGES = ["--won", "Won", "--lost", "Lost"]


class Ran:
    """What a command left behind: its exit code and both streams."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        found = json.loads(self.out)
        assert isinstance(found, dict)
        assert self.out.count("\n") == 1
        return found


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _language() -> Any:
    yield
    i18n.set_language("ru")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "ws" / "отдел.ropdesk"


@pytest.fixture
def run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*argv: object) -> Ran:
        capsys.readouterr()
        try:
            code = main(["--lang", "en", "--workspace", str(workspace), *map(str, argv)])
        except SystemExit as stopped:  # how argparse says "wrong usage"
            code = int(stopped.code or 0)
        streams = capsys.readouterr()
        return Ran(code, streams.out, streams.err)

    return call


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="cp1251")
    return file


def import_deals(run: Run, file: Path, *more: object) -> Ran:
    return run("import", "deals", file, *MAPS, *STAGES, "--create-members", "--json", *more)


def dump(path: Path) -> list[str]:
    """Everything a workspace says, as SQL."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


# --- usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ["nonsense"],
        ["board"],
        ["board", "--month", "2026-13"],
        ["board", "--month", "October"],
        ["board", "--month", "2026-10", "--by", "year"],
        ["calendar", "--year", "25"],
        ["plan", "set", "--month", "2026-10", "--metric", "receipts", "--value", "many"],
        ["import"],
        ["import", "deals"],
        ["import", "deals", "x.csv", "--map", "nofield=Column"],
        ["import", "deals", "x.csv", "--map", "owner"],
        ["import", "deals", "x.csv", "--repeated", "twice"],
        ["screenshots", "-o", "x", "--size", "big"],
        ["report", "monthly", "--month", "2026-10"],
    ],
)
def test_wrong_usage_is_told_by_exit_code_2(run: Run, workspace: Path, argv: list[str]) -> None:
    ran = run(*argv)
    assert ran.code == 2
    assert ran.out == ""
    assert "ropdesk" in ran.err
    assert not workspace.exists()


def test_help_speaks_both_languages(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert "plan against fact" in run("--help").out
    with pytest.raises(SystemExit):
        main(["--lang", "ru", "--help"])
    assert "план и факт" in capsys.readouterr().out


class Screen:
    """Stands where the window stands, and notes that it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Path | None, str | None]] = []

    def run(self, workspace: Path | None, language: str | None, *, sample: bool) -> int:
        self.asked.append((workspace, language))
        return 7

    def screenshots(
        self, workspace: Path, folder: Path, language: str, theme: str, size: tuple[int, int]
    ) -> list[Path]:
        raise NotImplementedError


def test_without_a_command_the_window_opens(tmp_path: Path) -> None:
    screen = Screen()
    assert cli.main([], screen) == 7
    assert cli.main(["--workspace", str(tmp_path / "a.ropdesk"), "--lang", "en"], screen) == 7
    assert screen.asked == [(None, None), (tmp_path / "a.ropdesk", "en")]


def test_a_bug_is_one_line_and_a_log(
    tmp_path: Path, deals: Path, run: Run, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_deals(run, deals)
    argv = ["--workspace", str(workspace), "--lang", "en", "screenshots", "-o", str(tmp_path / "p")]
    assert cli.main(argv, Screen()) == 1
    streams = capsys.readouterr()
    assert streams.err.startswith("RopDesk made a mistake: ")
    assert "Traceback" not in streams.err
    assert streams.out == ""


# --- calendar --------------------------------------------------------------------------------


def test_calendar_needs_no_workspace(run: Run, workspace: Path) -> None:
    told = run("calendar", "--year", 2025, "--json").json
    assert (told["year"], told["working_days"], told["hours_40"]) == (2025, 247, 1972)
    assert told["months"][0] == {"month": 1, "working_days": 17, "hours_40": 136}
    assert [m["month"] for m in told["months"]] == list(range(1, 13))
    assert told["working_weekends"] == ["2025-11-01"]
    assert told["shortened"] == ["2025-03-07", "2025-04-30", "2025-06-11", "2025-11-01"]
    assert not workspace.exists()
    assert "November 2025" in run("calendar", "--year", 2025).out


# --- imports ---------------------------------------------------------------------------------


def test_import_tells_what_came_of_every_row(run: Run, deals: Path) -> None:
    told = import_deals(run, deals).json
    assert {k: told[k] for k in ("read", "created", "updated", "unchanged", "duplicates")} == {
        "read": 4, "created": 4, "updated": 0, "unchanged": 0, "duplicates": 0,
    }  # fmt: skip
    assert told["rejected"] == []
    assert told["members_created"] == ["Иванова Мария", "Петров Алексей"]
    assert told["encoding"] in {"cp1251", "windows-1251"}
    assert told["delimiter"] == ";"
    assert set(told) >= {"preset"}


def test_the_same_file_again_changes_nothing_and_a_newer_one_updates(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    again = import_deals(run, deals).json
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 4)
    newer = DEALS.replace("900;", "950;") + "5;Gate;Петров Алексей;New;1;07.10.2026;;\n;x;;;;;;\n"
    deals.write_text(newer, encoding="cp1251")
    told = import_deals(run, deals).json
    assert (told["created"], told["updated"], told["unchanged"]) == (1, 1, 3)
    assert [sorted(each) for each in told["rejected"]] == [["line", "reason"]]
    assert told["rejected"][0]["line"] == 7
    counted = sum(told[k] for k in ("created", "updated", "unchanged", "duplicates"))
    assert told["read"] == counted + len(told["rejected"])


def test_a_dry_run_leaves_nothing_behind(run: Run, deals: Path, workspace: Path) -> None:
    told = import_deals(run, deals, "--dry-run").json
    assert told["created"] == 4
    assert not workspace.exists()
    import_deals(run, deals)
    before = dump(workspace)
    deals.write_text(DEALS.replace("900;", "950;"), encoding="cp1251")
    assert import_deals(run, deals, "--dry-run").json["updated"] == 1
    assert dump(workspace) == before


def test_unknown_people_are_refused_row_by_row(run: Run, deals: Path) -> None:
    ran = run("import", "deals", deals, *MAPS, *STAGES, "--json")
    assert len(ran.json["rejected"]) == 4
    assert "--create-members" in ran.err


def test_rows_of_one_id_are_told_apart_by_word(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text(
        "Order,Owner,Stage,Amount,Day,Product\n"
        "A1,Ann Lee,Won,10.50,2026-10-01,Pump\nA1,Ann Lee,Won,4.50,2026-10-01,Pipe\n",
        encoding="utf-8",
    )
    maps = [
        f"--map={pair}"
        for pair in ("id=Order", "owner=Owner", "stage=Stage", "amount=Amount", "created=Day",
                     "closed=Day")
    ]  # fmt: skip
    argv = ["import", "deals", lines, *maps, "--won", "Won", "--create-members", "--json"]
    refused = run(*argv, "--repeated", "refuse")
    assert (refused.code, refused.out) == (1, "")
    told = run(*argv, "--repeated", "sum").json
    assert (told["created"], told["duplicates"]) == (1, 1)
    board = run("board", "--month", "2026-10", "--json").json
    assert board["department"]["receipts"]["fact"] == "15.00"


def test_facts_members_and_plans_come_in_as_tables(run: Run, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Who,Key,Job\nAnn Lee,272,Lead\nBob Ray,277,Manager\n", encoding="utf-8")
    told = run(
        "import", "members", people, "--map", "name=Who", "--map", "alias=Key", "--map",
        "position=Job", "--json",
    ).json  # fmt: skip
    assert told["members_created"] == ["Ann Lee", "Bob Ray"]
    members = run("members", "--json").json["members"]
    assert [(m["name"], m["position"]) for m in members] == [
        ("Ann Lee", "Lead"), ("Bob Ray", "Manager"),
    ]  # fmt: skip
    assert members[0]["aliases"] == ["272"]

    facts = tmp_path / "facts.csv"
    facts.write_text("key,day,done\n272,2026-10-01,5\n277,2026-10-02,7\n", encoding="utf-8")
    told = run(
        "import", "facts", facts, "--map", "member=key", "--map", "day=day", "--map", "value=done",
        "--metric", "tasks_done", "--json",
    ).json  # fmt: skip
    assert told["created"] == 2
    plans = tmp_path / "plans.csv"
    plans.write_text("key,month,target\n272,2026-10,100\n277,2026-10,50\n", encoding="utf-8")
    told = run(
        "import", "plan", plans, "--map", "member=key", "--map", "month=month", "--map",
        "value=target", "--metric", "tasks_done", "--json",
    ).json  # fmt: skip
    assert told["created"] == 2
    board = run("board", "--month", "2026-10", "--json").json
    assert board["plan"]["status"] == "draft"
    found = board["department"]["tasks_done"]
    assert (found["fact"], found["plan"]) == ("12", "150")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header.csv", b"ID;Name;Owner;Stage;Amount;Created;Closed;Source\n"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
        ("cut.xlsx", b"PK\x03\x04" + bytes(200)),
        ("other.csv", b"a;b;c\n1;2;3\n"),
    ],
)
def test_bad_files_are_one_clear_line_and_an_untouched_workspace(
    run: Run, deals: Path, workspace: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    first = import_deals(run, file)
    assert (first.code, first.out) == (1, "")
    assert first.err.count("\n") == 1
    assert "mistake" not in first.err
    assert not workspace.exists()
    assert not list(workspace.parent.glob("*"))
    import_deals(run, deals)
    before = dump(workspace)
    assert import_deals(run, file).code == 1
    assert import_deals(run, tmp_path / "missing.csv").code == 1
    assert dump(workspace) == before


def test_an_import_is_taken_back_as_a_whole(run: Run, deals: Path) -> None:
    batch = import_deals(run, deals).json["batch"]
    line = run("imports", "list", "--json").json["imports"][0]
    assert (line["id"], line["file"], line["created"], line["undone"]) == (
        batch, "deals.csv", 4, False,
    )  # fmt: skip
    assert run("imports", "undo", batch, "--json").json == {"undone": batch}
    assert "deals.csv (taken back)" in run("imports", "list").out
    board = run("board", "--month", "2026-10", "--json").json
    assert not any(Decimal(m["fact"] or 0) for m in board["department"].values())
    assert run("imports", "undo", batch).code == 1


# --- board and plan --------------------------------------------------------------------------

FIGURES = {"fact", "plan", "plan_to_date", "completion", "forecast"}


def test_board_is_as_the_contract_says(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    run("plan", "set", "--month", "2026-10", "--metric", "receipts", "--value", "10000")
    told = run("board", "--month", "2026-10", "--as-of", "2026-10-10", "--json").json
    assert told["month"] == "2026-10"
    assert told["as_of"] == "2026-10-10"
    assert told["working_days"] == {"total": 22, "passed": 7}
    assert told["plan"] == {"status": "draft", "version": 1, "scenario": "standard"}
    assert "periods" not in told
    for metrics in [told["department"], *(m["metrics"] for m in told["members"])]:
        assert len(metrics) >= 26
        for figures in metrics.values():
            assert set(figures) == FIGURES
            assert all(isinstance(v, str | None) for k, v in figures.items() if k != "forecast")
    receipts = told["department"]["receipts"]
    assert (receipts["fact"], receipts["plan"]) == ("1250.50", "10000.00")
    done = Decimal(receipts["fact"]) / Decimal(receipts["plan_to_date"])
    assert Decimal(receipts["completion"]) == round(done, 4)
    assert told["department"]["conversion"]["fact"] == "0.2500"
    assert told["department"]["deals_won"]["fact"] == "1"
    assert told["department"]["csat"]["fact"] is None
    assert [m["name"] for m in told["members"]] == ["Иванова Мария", "Петров Алексей"]


def test_board_by_weeks_and_days_adds_up(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    for by in ("week", "day"):
        argv = ["board", "--month", "2026-10", "--as-of", "2026-10-31", "--by", by, "--json"]
        told = run(*argv).json
        facts = [Decimal(p["department"]["receipts"]["fact"] or 0) for p in told["periods"]]
        assert sum(facts) == Decimal("2000.00")
        assert set(told["periods"][0]) >= {"start", "end", "department", "members"}
    assert told["periods"][0]["start"] == told["periods"][0]["end"]


def test_board_of_a_month_without_anything(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    told = run("board", "--month", "2020-02", "--json").json
    assert told["plan"] == {"status": "none", "version": None, "scenario": "standard"}
    assert told["department"]["receipts"]["plan"] is None
    text = run("board", "--month", "2026-10").out
    assert "Receipts" in text
    assert "Иванова Мария" in text


def test_a_plan_is_set_shared_approved_and_corrected(
    run: Run, deals: Path, workspace: Path
) -> None:
    import_deals(run, deals)
    month = ["--month", "2026-11"]
    run("plan", "set", *month, "--metric", "receipts", "--value", "1 000 000,01", "--json")
    told = run(
        "plan", "set", *month, "--metric", "receipts", "--member", "Иванова М.", "--value",
        "600000", "--json",
    ).json  # fmt: skip
    values = {v["member"]: v["value"] for v in told["values"]}
    assert values == {None: "1000000.01", "Иванова Мария": "600000.00",
                      "Петров Алексей": "400000.01"}  # fmt: skip
    assert run("plan", "distribute", *month, "--by", "equal").code == 0
    told = run("plan", "approve", *month, "--who", "Соколова Анна", "--json").json
    assert (told["status"], told["approved_by"]) == ("approved", "Соколова Анна")
    before = dump(workspace)
    refused = run("plan", "set", *month, "--metric", "receipts", "--value", 1)
    assert (refused.code, refused.out, refused.err.count("\n")) == (1, "", 1)
    assert run("plan", "approve", *month).code == 1
    assert dump(workspace) == before
    told = run("plan", "correct", *month, "--reason", "new price", "--json").json
    assert (told["version"], told["status"], told["reason"]) == (2, "draft", "new price")
    assert "version 2: draft" in run("plan", "show", *month).out
    assert run("plan", "show", *month, "--version", 1, "--json").json["status"] == "approved"


@pytest.mark.parametrize(
    "argv",
    [
        ["plan", "set", "--month", "2026-11", "--metric", "joy", "--value", "1"],
        ["plan", "set", "--month", "2026-11", "--metric", "calls", "--value", "1", "--member", "X"],
        ["plan", "set", "--month", "2026-11", "--metric", "calls", "--value", "-5"],
        ["plan", "show", "--month", "2026-11"],
        ["plan", "distribute", "--month", "2026-11"],
        ["plan", "approve", "--month", "2026-11"],
        ["imports", "undo", "99"],
        ["redo"],
    ],
)
def test_refusals_leave_everything_as_it_was(
    run: Run, deals: Path, workspace: Path, argv: Sequence[str]
) -> None:
    missing = run(*argv)
    assert (missing.code, missing.out) == (1, "")
    assert not workspace.exists()
    import_deals(run, deals)
    before = dump(workspace)
    ran = run(*argv)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "mistake" not in ran.err
    assert dump(workspace) == before


def test_reading_never_makes_a_workspace(run: Run, workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    for argv in (
        ["members"], ["board", "--month", "2026-10"], ["history"], ["check"], ["undo"],
        ["backup", "-o", out], ["report", "monthly", "--month", "2026-10", "-o", out],
        ["screenshots", "-o", tmp_path / "pages"],
    ):  # fmt: skip
        ran = run(*argv)
        assert (ran.code, ran.out) == (1, ""), argv
        assert "отдел.ropdesk" in ran.err
    assert not workspace.exists()
    assert not out.exists()


def test_papers_are_pdf_files(run: Run, deals: Path, tmp_path: Path) -> None:
    import_deals(run, deals)
    month = ["--month", "2026-10"]
    run("plan", "set", *month, "--metric", "receipts", "--value", "10000")
    pages = {}
    for form in ("monthly", "plan-sheet", "member-sheets"):
        file = tmp_path / "paper" / f"{form}.pdf"
        told = run("report", form, *month, "-o", file, "--json").json
        assert told == {"file": str(file), "size": file.stat().st_size}
        reader = PdfReader(file)
        pages[form] = [page.extract_text() for page in reader.pages]
    assert "October" in pages["monthly"][0]
    assert "October 2026" in pages["plan-sheet"][0]
    assert len(pages["member-sheets"]) == 2
    one = tmp_path / "one.pdf"
    run("report", "member-sheets", *month, "-o", one, "--member", "Петров")
    refused = run("report", "plan-sheet", "--month", "2020-01", "-o", one)
    assert (refused.code, refused.out) == (1, "")
    assert sorted(each.name for each in tmp_path.glob("*.pdf")) == []
    run("report", "member-sheets", *month, "-o", one, "--member", "Петров Алексей")
    assert len(PdfReader(one).pages) == 1


def test_workbooks_are_written(run: Run, deals: Path, tmp_path: Path) -> None:
    import_deals(run, deals)
    month = ["--month", "2026-10"]
    book = tmp_path / "book.xlsx"
    refused = run("export", "plan", *month, "-o", book)
    assert (refused.code, refused.out, book.exists()) == (1, "", False)
    run("plan", "set", *month, "--metric", "receipts", "--value", "10000")
    found = {}
    for name, day in (("board", ["--as-of", "2026-10-20"]), ("plan", [])):
        told = run("export", name, *month, *day, "-o", book, "--json").json
        assert told == {"file": str(book), "size": book.stat().st_size}
        sheets = load_workbook(book).worksheets
        found[name] = [cell for sheet in sheets for row in sheet.values for cell in row]
    assert 2000 in found["board"]
    assert 10000 in found["plan"]


def test_pictures_need_a_folder(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    ran = run("screenshots", "-o", deals)
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be made" in ran.err


# --- copies, history -------------------------------------------------------------------------


def test_backup_and_restore(run: Run, deals: Path, workspace: Path, tmp_path: Path) -> None:
    import_deals(run, deals)
    copy = tmp_path / "copies" / "copy.ropdesk"
    told = run("backup", "-o", copy, "--json").json
    assert told == {"file": str(copy), "size": copy.stat().st_size}
    before = dump(workspace)
    run("undo")
    assert dump(workspace) != before
    told = run("restore", copy, "--json").json
    assert dump(workspace) == before
    assert Path(told["replaced"]).is_file()
    assert run("check", "--json").json == {"sound": True, "problems": [], "differences": 0}


def test_the_workspace_is_never_written_over(run: Run, deals: Path, workspace: Path) -> None:
    import_deals(run, deals)
    before = dump(workspace)
    link = workspace.with_name("link.ropdesk")
    link.symlink_to(workspace)
    for target in (workspace, link, Path(f"{workspace}-wal"), workspace.parent):
        for argv in (["backup"], ["report", "monthly", "--month", "2026-10"]):
            ran = run(*argv, "-o", target)
            assert (ran.code, ran.out) == (1, ""), target
    assert run("restore", workspace).code == 1
    assert dump(workspace) == before


def test_a_damaged_backup_replaces_nothing(
    run: Run, deals: Path, workspace: Path, tmp_path: Path
) -> None:
    import_deals(run, deals)
    before = dump(workspace)
    bad = tmp_path / "bad.ropdesk"
    bad.write_bytes(workspace.read_bytes()[:5000])
    assert run("restore", bad).code == 1
    assert run("restore", deals).code == 1
    assert run("restore", tmp_path / "none.ropdesk").code == 1
    assert dump(workspace) == before


def test_check_names_a_figure_that_does_not_follow(run: Run, deals: Path, workspace: Path) -> None:
    import_deals(run, deals)
    connection = sqlite3.connect(workspace)
    connection.execute(
        "UPDATE daily_value SET derived = derived + 1, value = value + 1 WHERE metric = 'receipts'"
    )
    connection.commit()
    connection.close()
    ran = run("check", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["sound"] is False
    assert "отдел.ropdesk" in ran.err


def test_undo_redo_and_history(run: Run, deals: Path) -> None:
    import_deals(run, deals)
    run("plan", "set", "--month", "2026-10", "--metric", "calls", "--value", 100)
    lines = run("history", "--json").json["history"]
    assert len(lines) == 2
    assert set(lines[0]) >= {"what", "at", "state"}
    assert run("undo", "--json").json["what"] == lines[0]["what"]
    assert run("undo").code == 0
    assert run("redo").code == 0
    assert run("redo").code == 0
    assert run("redo").code == 1


# --- as a process ----------------------------------------------------------------------------


def spawn(*argv: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "ropdesk", *map(str, argv)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )  # fmt: skip


def test_as_a_process_with_an_ascii_terminal(deals: Path, workspace: Path) -> None:
    argv = ["--workspace", workspace, "import", "deals", deals, *MAPS, *STAGES, "--create-members"]
    process = spawn(*argv, "--json")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    assert json.loads(out)["members_created"] == ["Иванова Мария", "Петров Алексей"]


def test_ctrl_c_leaves_nothing_half_done(tmp_path: Path) -> None:
    process = spawn("--lang", "en", "demo", "-o", tmp_path / "demo", "--today", "2026-10-22")
    assert process.stderr is not None
    assert "sample department" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert not list((tmp_path / "demo").rglob("*"))


def test_demo_makes_a_workspace_its_papers_and_a_picture_of_every_page(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    argv = ["--lang", "en", "demo", "-o", folder, "--today", "2026-03-02", "--json"]
    process = spawn(*argv)
    out, err = process.communicate(timeout=280)
    assert process.returncode == 0, err
    files = [Path(name) for name in json.loads(out)["files"]]
    assert sorted(files) == sorted(path for path in folder.rglob("*") if path.is_file())
    assert [each.name for each in files[:3]] == [
        "sample.ropdesk", "report-2026-02.pdf", "plan-2026-03.pdf",
    ]  # fmt: skip
    assert len(PdfReader(files[1]).pages) >= 3
    assert [each.name for each in files[3:6]] == [
        "week-2026-03-02.pdf", "director-2026-03-02.pdf", "agreement-2026-03.pdf",
    ]  # fmt: skip
    assert all(PdfReader(each).pages for each in files[3:6])
    pictures = [each for each in files if each.suffix == ".png"]
    assert {"planning-reasons-levers.png", "planning-week.png"} <= {each.name for each in pictures}
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in pictures)
    again = spawn(*argv)
    out, err = again.communicate(timeout=60)
    assert (again.returncode, out) == (1, "")
    assert "already exists" in err


def test_nothing_heavy_is_imported_for_a_light_command() -> None:
    program = (
        "import sys; from ropdesk.__main__ import main; "
        "assert main(['calendar', '--year', '2026']) == 0; "
        "heavy = {'pandas', 'numpy', 'PySide6', 'reportlab', 'openpyxl', 'alembic', 'pyqtgraph',"
        " 'sqlalchemy'}; print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stderr.strip() == "[]"


# --- real data -------------------------------------------------------------------------------


def test_real_crm_deals(run: Run, shared_data: Path) -> None:
    folder = shared_data / "crm_deals"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    told = run(
        "import", "deals", folder / "sales_pipeline.csv", "--map", "id=opportunity_id", "--map",
        "owner=sales_agent", "--map", "stage=deal_stage", "--map", "created=engage_date", "--map",
        "closed=close_date", "--map", "amount=close_value", "--won", "Won", "--lost", "Lost",
        "--create-members", "--json",
    ).json  # fmt: skip
    assert (told["read"], told["created"], len(told["members_created"])) == (8800, 8800, 30)
    won: dict[str, int] = defaultdict(int)
    lost: dict[str, int] = defaultdict(int)
    money: dict[str, Decimal] = defaultdict(Decimal)
    cycle = count = 0
    for month, figures in truth["won_by_month"].items():
        board = run("board", "--month", month, "--json").json
        whole = board["department"]
        assert whole["deals_won"]["fact"] == str(figures["n"])
        assert Decimal(whole["receipts"]["fact"]) == Decimal(str(figures["sum"]))
        assert int(whole["deals_lost"]["fact"]) == truth["lost_by_month"][month]
        assert int(whole["inquiries"]["fact"]) == truth["engaged_by_month"][month]
        cycle += int(whole["cycle_time"]["fact"])
        count += int(whole["deals_won"]["fact"])
        for member in board["members"]:
            won[member["name"]] += int(member["metrics"]["deals_won"]["fact"])
            lost[member["name"]] += int(member["metrics"]["deals_lost"]["fact"])
            money[member["name"]] += Decimal(member["metrics"]["receipts"]["fact"])
    assert count == truth["won_count"]
    assert sum(money.values()) == Decimal(str(truth["won_sum"]))
    assert round(cycle / count, 3) == truth["sales_cycle_days_mean_won"]
    for name, figures in truth["by_agent"].items():
        assert (won[name], lost[name]) == (figures["n_won"], figures["n_lost"]), name
        assert money[name] == Decimal(str(figures["sum_won"])), name
    assert run("check", "--json").json["sound"]


def test_real_calls(run: Run, shared_data: Path) -> None:
    folder = shared_data / "call_centre"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    told = run(
        "import", "calls", folder / "Call-Center-Dataset.xlsx", "--map", "direction==incoming",
        "--create-members", "--json",
    ).json  # fmt: skip
    assert (told["read"], told["created"], len(told["members_created"])) == (5000, 5000, 8)
    sums: dict[str, int] = defaultdict(int)
    for month, figures in truth["by_month"].items():
        whole = run("board", "--month", month, "--json").json["department"]
        assert int(whole["calls"]["fact"]) == figures["calls"]
        assert int(whole["talk_time"]["fact"]) == figures["talk_sec"]
        assert Decimal(whole["asa"]["fact"]) == Decimal(str(figures["asa"]))
        assert Decimal(whole["csat"]["fact"]) == Decimal(str(figures["csat"]))
        for code in ("calls", "answered_calls", "missed_calls", "talk_time", "wait_time",
                     "rating_points", "ratings"):  # fmt: skip
            sums[code] += int(whole[code]["fact"])
    assert sums["missed_calls"] == truth["abandoned"]
    assert sums["answered_calls"] == truth["answered"]
    assert round(sums["wait_time"] / sums["answered_calls"], 4) == truth["asa_seconds_mean"]
    assert (
        round(sums["talk_time"] / sums["answered_calls"], 4) == truth["talk_seconds_mean_AHT_proxy"]
    )
    assert round(sums["rating_points"] / sums["ratings"], 4) == truth["csat_mean"]


def test_real_order_lines_and_targets(run: Run, shared_data: Path) -> None:
    folder = shared_data / "adventureworks"
    run(
        "import", "members", folder / "Salesperson.csv", "--map", "name=Salesperson", "--map",
        "alias=EmployeeKey", "--map", "alias=EmployeeID", "--map", "position=Title",
    )  # fmt: skip
    told = run(
        "import", "deals", folder / "Sales.csv", "--map", "id=SalesOrderNumber", "--map",
        "owner=EmployeeKey", "--map", "created=OrderDate", "--map", "closed=OrderDate", "--map",
        "amount=Sales", "--map", "stage==Won", "--won", "Won", "--json",
    ).json  # fmt: skip
    assert (told["rejected"], told["delimiter"]) == ([], "|")
    told = run(
        "import", "plan", folder / "Targets.csv", "--map", "member=EmployeeID", "--map",
        "month=TargetMonth", "--map", "value=TargetAmount", "--metric", "receipts", "--json",
    ).json  # fmt: skip
    assert told["rejected"] == []
    with (folder / "plan_fact_truth.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    for month in sorted({row["month"] for row in truth}):
        told = run("board", "--month", month.replace("/", "-"), "--json").json
        found = {m["name"]: m["metrics"]["receipts"] for m in told["members"]}
        for row in (row for row in truth if row["month"] == month):
            figures = found[row["salesperson"]]
            for what in ("plan", "fact"):
                assert Decimal(figures[what] or 0) == Decimal(row[what] or 0), (row, figures)


@pytest.mark.parametrize("year", range(2022, 2026))
def test_real_calendars(run: Run, shared_data: Path, year: int) -> None:
    from xml.etree import ElementTree

    tree = ElementTree.parse(shared_data / "work_calendar" / f"xmlcalendar_{year}.xml")
    days = [(day.get("d", ""), day.get("t")) for day in tree.iter("day")]
    short = [f"{year}-{d.replace('.', '-')}" for d, kind in days if kind == "2"]
    told = run("calendar", "--year", year, "--json").json
    assert told["shortened"] == sorted(short)
