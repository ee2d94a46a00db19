"""The rules of the house that no linter knows: rooms, sizes, forbidden things."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dev import ROOT

PACKAGE = ROOT / "ropdesk"
FLOORS = {"domain", "store", "exchange", "reports", "services", "ui"}
ENTRANCES = {"cli", "app"}  # a module each, or a folder once it has grown
DUTIES = {"today", "planning", "meetings", "team", "training", "hiring", "motivation", "reports"}
# Folders of the window that are no duty: parts that every page uses, and the page of one meeting.
SHARED_UI = {
    "widgets", "tables", "charts", "dialogs", "imports", "settings", "models", "shell", "meeting",
}  # fmt: skip
# Where a duty of the window must have its rules: reading the others, it may have none of its own.
WITHOUT_SERVICE = {"today"}

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
# Marks that silence a checker: each is a small debt, so their number is held down.
MARKS = {r"# noqa": 15, r"# type: ignore": 5, r"# pragma: no cover": 5}

FORBIDDEN = {
    r"\bQTableWidget\b": "tables are QAbstractTableModel over rows",
    r"\bprocessEvents\b": "long work belongs to the runner",
    r"\bQtConcurrent\b": "it has no run() in PySide6; use the runner",
    r"\bQtWebEngine": "paper is shown by QtPdf",
    # QLocalServer, which raises the first window of a workspace, stays on this computer.
    r"\bQtWebSockets\b|\bQ(NetworkAccess|TcpS|UdpS|SslS)\w+": "nothing goes over the network",
    r"\bimport (urllib\.request|requests|httpx|aiohttp)\b": "nothing goes over the network",
    r"\bsession\.query\(": "SQLAlchemy 2 style: select()",
}
MACHINE_PATH = re.compile(
    r"(?<![\w.~*/:-])/(?:home|root|work|Users)/\w|[A-Z]:\\\\?(?:Users|Documents)\b"
)
TEXT = {".py", ".toml", ".md", ".txt", ".po", ".pot", ".json", ".yml", ".spec", ".desktop", ".xml"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> tuple[tuple[str, str, ast.Module], ...]:
    """Every module of the program: its name, text and syntax tree."""
    return tuple(
        (path.relative_to(ROOT).as_posix(), text, ast.parse(text))
        for path in sorted(PACKAGE.rglob("*.py"))
        for text in [path.read_text(encoding="utf-8")]
    )


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for name, _text, tree in modules():
        for node in ast.walk(tree):
            yield name, node


def complain(rule: str, lines: list[str]) -> None:
    if lines:
        pytest.fail(f"{rule}:\n" + "\n".join(sorted(lines)), pytrace=False)


def rooms(floor: Path) -> set[str]:
    """The folders and modules of a floor by name."""
    found = {path.stem for path in floor.glob("*.py")}
    return found | {path.parent.name for path in floor.glob("*/__init__.py")}


def test_import_contracts_hold() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if result.returncode:
        pytest.fail(result.stdout + result.stderr, pytrace=False)


def test_only_known_floors() -> None:
    unknown = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - FLOORS - ENTRANCES
    assert not unknown, f"unknown floors: {unknown}"
    missing = [floor for floor in FLOORS if not (PACKAGE / floor / "__init__.py").exists()]
    assert not missing, f"floors without a package: {missing}"


def test_tests_mirror_the_floors() -> None:
    missing = [floor for floor in FLOORS if not any((ROOT / "tests" / floor).rglob("test_*.py"))]
    assert not missing, f"floors without tests: {missing}"


def test_rooms_of_the_window_are_duties() -> None:
    folders = {path.parent.name for path in (PACKAGE / "ui").glob("*/__init__.py")}
    assert folders <= DUTIES | SHARED_UI, f"no duty: {folders - DUTIES - SHARED_UI}"


def test_a_duty_has_its_room_on_the_floors_below() -> None:
    shown = {path.parent.name for path in (PACKAGE / "ui").glob("*/__init__.py")} & DUTIES
    lacking = shown - WITHOUT_SERVICE - rooms(PACKAGE / "services")
    assert not lacking, f"pages without a service of the same name: {lacking}"


def test_modules_are_short() -> None:
    lengths = [(name, len(text.splitlines())) for name, text, _tree in modules()]
    complain(
        f"modules over {LONGEST_MODULE} lines",
        # A migration is one list of tables, written once and never read as code.
        [
            f"{name}: {length}"
            for name, length in lengths
            if length > LONGEST_MODULE and "/migrations/" not in name
        ],
    )


def test_no_message_hides_in_an_f_string() -> None:
    # The collector of messages cannot see into f-strings, so they would stay in English.
    complain(
        "messages inside f-strings",
        [
            f"{name}:{call.lineno}: {call.args[0].value!r}"
            for name, node in nodes()
            if isinstance(node, ast.JoinedStr)
            for call in ast.walk(node)
            if isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in {"_", "ngettext", "pgettext", "N_"}
            and isinstance(call.args[0], ast.Constant)
        ],
    )


def test_functions_are_short() -> None:
    long = []
    for name, node in nodes():
        # A migration is one list of tables, written once and never read as code.
        if isinstance(node, Function) and "/migrations/" not in name:
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                long.append(f"{name}:{node.lineno}: {node.name} has {length}")
    complain(f"functions over {LONGEST_FUNCTION} lines", long)


@pytest.mark.parametrize(("mark", "limit"), MARKS.items())
def test_few_marks_silence_a_checker(mark: str, limit: int) -> None:
    places = [
        f"{name}:{number}: {line.strip()}"
        for name, text, _tree in modules()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(mark, line)
    ]
    if len(places) > limit:
        complain(f"{len(places)} × {mark}, at most {limit}", places)


@pytest.mark.parametrize(("pattern", "reason"), FORBIDDEN.items())
def test_forbidden_things_are_absent(pattern: str, reason: str) -> None:
    complain(
        reason,
        [
            f"{name}:{number}: {line.strip()}"
            for name, text, _tree in modules()
            for number, line in enumerate(text.splitlines(), 1)
            if re.search(pattern, line)
        ],
    )


def caught(handler: ast.ExceptHandler) -> set[str]:
    """The names of the exceptions that a handler takes."""
    if handler.type is None:
        return {"BaseException"}
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {ast.unparse(kind).rpartition(".")[2] for kind in kinds}


def swallows(node: ast.AST) -> bool:
    """Tell whether a node drops any error at all without a word."""
    if isinstance(node, ast.ExceptHandler):
        idle = all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)
        return idle and bool(caught(node) & {"Exception", "BaseException", "SQLAlchemyError"})
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
        return bool({ast.unparse(kind) for kind in node.args} & {"Exception", "BaseException"})
    return False


def test_nothing_is_swallowed() -> None:
    places = [f"{name}:{getattr(node, 'lineno', 0)}" for name, node in nodes() if swallows(node)]
    complain("errors swallowed", places)


def test_messages_are_whole_texts() -> None:
    """gettext cannot find a message that is put together at run time."""
    calls = {"_", "N_", "ngettext", "pgettext"}
    complain(
        "f-string or concatenation in a message",
        [
            f"{name}:{node.lineno}: {ast.unparse(node)[:80]}"
            for name, node in nodes()
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in calls
            and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args[:2])
        ],
    )


def test_the_database_keeps_integers() -> None:
    from sqlalchemy import Float, Numeric

    from ropdesk.store import models

    tables = models.Base.metadata.tables
    assert tables
    complain(
        "columns that are no integers",
        [
            f"{table.name}.{column.name}: {column.type!r}"
            for table in tables.values()
            for column in table.columns
            if isinstance(column.type, Float | Numeric)
        ],
    )


def test_no_real_column_in_the_migrations() -> None:
    complain(
        "REAL in store/",
        [
            f"{name}:{number}: {line.strip()}"
            for name, text, _tree in modules()
            if name.startswith("ropdesk/store/")
            for number, line in enumerate(text.splitlines(), 1)
            if re.search(r"\bREAL\b|\bFloat\(|\bsa\.(Float|REAL|Numeric|Double)\b", line)
        ],
    )


def test_domain_stands_on_the_standard_library() -> None:
    allowed = {*sys.stdlib_module_names, "ropdesk"}
    places = []
    for name, node in nodes():
        if not name.startswith("ropdesk/domain/"):
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        foreign = {item.partition(".")[0] for item in names} - allowed
        if name == "ropdesk/domain/calendar.py":
            foreign -= {"holidays"}
        places += [f"{name}: {item}" for item in foreign]
    complain("foreign libraries in the domain", places)


def texts() -> Iterator[Path]:
    """Text files that belong to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in TEXT and path.is_file():
            yield path


def test_no_machine_paths() -> None:
    complain(
        "paths of one machine",
        [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for path in texts()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if MACHINE_PATH.search(line)
        ],
    )


def test_machine_paths_are_recognised() -> None:
    for sample in ("/ho" + "me/ann/x", "C:\\\\Us" + "ers\\\\ann", '"/wo' + 'rk/main"'):
        assert MACHINE_PATH.search(sample)
    for sample in ("tests/work/x", "https://example.org/home/x", "~/work/x"):
        assert not MACHINE_PATH.search(sample)


def test_the_pictures_and_pages_that_documents_name_are_there() -> None:
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    complain("named in the documents and not there", missing)
