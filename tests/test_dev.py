"""dev.py, the continuous check and the documents that quote them."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev

PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def invoke(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dev.py", *words],
        cwd=dev.ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def pins() -> dict[str, str]:
    lines = (dev.ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonical(name): exact for name, exact in pairs}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_help_tells_every_command() -> None:
    result = invoke("--help")
    assert result.returncode == 0
    for name in dev.COMMANDS:
        assert re.search(rf"^  {name} +[A-Z]", result.stdout, re.MULTILINE)


def test_wrong_command_is_refused() -> None:
    result = invoke("fly")
    assert result.returncode == 2
    assert "invalid choice" in result.stderr


def test_dev_needs_the_standard_library_alone() -> None:
    tree = ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_an_old_python_can_still_read_the_file() -> None:
    source = (dev.ROOT / "dev.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert dev.has_display(platform, environment) is expected


def test_missing_packages_are_named_once_found_ones_not() -> None:
    packages = dev.missing_packages(
        {"libhere.so.1": "here", "libgone.so.1": "gone"},
        {Path(sys.executable).name + "-never": "never"},
        finds=lambda library: library == "libhere.so.1",
    )
    assert packages == ["gone", "never"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux libraries")
def test_the_loader_is_asked() -> None:
    assert dev.loads("libc.so.6")
    assert not dev.loads("libnobody-has-this.so.9")


def test_a_failing_command_is_named_and_its_code_passed_on(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(7)"]) == 7
    assert "failed with exit code 7" in capfd.readouterr().out
    with pytest.raises(dev.DevError, match="try the other door"):
        dev.must([sys.executable, "-c", "raise SystemExit(7)"], "try the other door")


def test_an_absent_part_is_a_sentence() -> None:
    with pytest.raises(dev.DevError, match="not in this checkout"):
        dev.need(dev.ROOT / "nowhere.py")


def catalogue(folder: Path, name: str, at: int) -> None:
    path = folder / "ru" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    for item in (path, path.parent):
        os.utime(item, ns=(at, at))


def test_a_compiled_catalogue_older_than_a_translation_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "LOCALE", tmp_path)
    assert not dev.catalogues_are_stale()
    catalogue(tmp_path, "plan.po", 10**18)
    assert dev.catalogues_are_stale()
    catalogue(tmp_path, "LC_MESSAGES/ropdesk.mo", 10**18 + 10**9)
    os.utime(tmp_path / "ru", ns=(10**18, 10**18))
    assert not dev.catalogues_are_stale()
    catalogue(tmp_path, "plan.po", 10**18 + 2 * 10**9)
    assert dev.catalogues_are_stale()


def test_every_dependency_is_pinned() -> None:
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
    exact = pins()
    for line in wanted:
        requirement = Requirement(line)
        pin = exact.get(canonical(requirement.name))
        assert pin, f"{requirement.name} is not in constraints.txt"
        assert requirement.specifier.contains(pin), f"{line} forbids its own pin {pin}"


def test_tests_run_on_the_pinned_versions() -> None:
    for name, pin in pins().items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue
        assert installed == pin, f"{name}: {installed} is installed, {pin} is pinned"


def test_no_index_address_is_recorded() -> None:
    for name in ("constraints.txt", "dev.py", "pyproject.toml", ".ci/run"):
        text = (dev.ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"--(extra-)?index-url|find-links|trusted-host", text), name


def quoted_commands(document: str) -> list[list[str]]:
    text = (dev.ROOT / document).read_text(encoding="utf-8")
    return [line.split() for line in re.findall(r"\bpython3? (dev\.py [^\n`]*)", text)]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_documents_quote_real_commands(document: str) -> None:
    quoted = quoted_commands(document)
    assert quoted
    for words in quoted:
        assert words[1] in dev.COMMANDS, " ".join(words)


@pytest.mark.parametrize(
    "document",
    ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions/README.md"],
)
def test_links_of_documents_lead_somewhere(document: str) -> None:
    path = dev.ROOT / document
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    local = [link for link in links if not re.match(r"https?:", link)]
    absent = [link for link in local if not (path.parent / link).exists()]
    assert not absent, f"{document} leads nowhere: {', '.join(absent)}"


def test_every_decision_is_listed() -> None:
    folder = dev.ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    unlisted = [path.name for path in folder.glob("*.md") if f"({path.name})" not in listed]
    assert unlisted == ["README.md"]


def test_the_readme_begins_with_two_commands() -> None:
    assert [words[1] for words in quoted_commands("README.md")[:2]] == ["run", "test"]


def test_the_continuous_check_runs_the_readmes_test_command() -> None:
    script = (dev.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"^python3 dev\.py test\b", script, re.MULTILINE)
    assert re.search(r"^python3 dev\.py lint\b", script, re.MULTILINE)
    assert os.access(dev.ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_continuous_check_is_valid_shell() -> None:
    result = subprocess.run(
        ["bash", "-n", ".ci/run"], cwd=dev.ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
