#!/usr/bin/env python3
"""Everything a developer does with RopDesk, by one name each: ``python3 dev.py COMMAND``.

Needs Python 3.11 or newer and nothing else: it makes its own environment in ``.venv``, installs the
exact versions of constraints.txt there, and on Debian and Ubuntu the system libraries that Qt
needs. Every command may be repeated at any time and does only what is still missing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCALE = ROOT / "ropdesk" / "locale"
WINDOWS = sys.platform == "win32"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = SCRIPTS / ("python.exe" if WINDOWS else "python")
OLDEST = (3, 11)
# What an installation depends on; a change here installs again.
RECIPE = ("pyproject.toml", "constraints.txt", "hatch_build.py")

# Shared object -> Debian package. Qt brings the rest of what it links against.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Programs that only the tests call: they look at printed pages as a person would.
TEST_PROGRAMS = {"pdftoppm": "poppler-utils"}


class DevError(Exception):
    """Something a developer has to put right; the text says what and how."""


def say(text: str) -> None:
    """Print a line of progress at once, also into a pipe."""
    print(f"── {text}", flush=True)


def call(command: Iterable[str | Path], **environment: str) -> int:
    """Run a command in the repository; say how it ended if it failed."""
    words = [str(word) for word in command]
    code = subprocess.run(
        words, cwd=ROOT, env={**os.environ, **environment}, check=False
    ).returncode
    if code:
        say(f"failed with exit code {code}: {shlex.join(words)}")
    return code


def must(command: Iterable[str | Path], advice: str = "") -> None:
    """Run a command that the rest depends on.

    Raises:
        DevError: it failed; ``advice`` tells what to do about it.
    """
    if code := call(command):
        raise DevError(advice or f"the step above failed with exit code {code}")


def module(name: str, *arguments: str, **environment: str) -> int:
    """Run a module with the environment's own Python."""
    return call([PYTHON, "-m", name, *arguments], **environment)


# ── System libraries ─────────────────────────────────────────────────────────────────────────


def loads(library: str) -> bool:
    """Tell whether the dynamic loader finds a shared object, as Qt would ask it to."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(
    libraries: Mapping[str, str],
    programs: Mapping[str, str],
    finds: Callable[[str], bool] = loads,
) -> list[str]:
    """Name the Debian packages of libraries and programs that are not here."""
    lacking = [package for library, package in libraries.items() if not finds(library)]
    return lacking + [package for name, package in programs.items() if not shutil.which(name)]


def apt_prefix() -> list[str] | None:
    """Return what to write before apt-get to install without a question, or None if one cannot."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages if that needs no password; tell whether it worked."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    say(f"installing system packages: {' '.join(packages)}")
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    quiet = subprocess.run(
        install, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False
    )
    if quiet.returncode == 0:
        return True
    call([*prefix, "apt-get", "update", "-q"], **environment)
    return call(install, **environment) == 0


def ensure_libraries(programs: Mapping[str, str] | None = None) -> None:
    """Have Qt's system libraries, and ``programs``, on Linux; elsewhere Qt brings everything.

    What cannot be installed is only reported: the programs that need it say so themselves.
    """
    if not sys.platform.startswith("linux"):
        return
    packages = missing_packages(QT_LIBRARIES, programs or {})
    if not packages or apt_install(packages):
        return
    if shutil.which("apt-get"):
        say("Qt may fail without some system libraries. Install them with:")
        print(f"   sudo apt-get install {' '.join(packages)}", flush=True)
    else:
        say("Qt may fail without the libraries that Debian calls:")
        print(f"   {' '.join(packages)}", flush=True)


# ── The environment ──────────────────────────────────────────────────────────────────────────


def ensure_venv() -> None:
    """Create ``.venv``, or create it anew where it no longer runs.

    Raises:
        DevError: this Python cannot make one, and no package could be installed that can.
    """
    if PYTHON.exists():
        probe = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False)
        if probe.returncode == 0:
            return
        say(".venv does not run any more (was it moved?); making it anew")
    create = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    say("making the environment in .venv")
    # Debian's Python without python3-venv explains itself at length; our advice is shorter.
    if subprocess.run(create, capture_output=True, check=False).returncode == 0:
        return
    own = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if (apt_install([own]) or apt_install(["python3-venv"])) and call(create) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    raise DevError(
        f"{sys.executable} cannot make a virtual environment (module venv or ensurepip is missing)."
        f"\n   Debian and Ubuntu: sudo apt-get install {own}"
        "\n   elsewhere: install Python from python.org; then run this command again"
    )


def recipe_digest() -> str:
    """Fingerprint what the installation depends on."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version}".encode())
    for name in RECIPE:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install(extra: str) -> None:
    """Install the project in place, with an extra or ``""``; nothing is done twice.

    Raises:
        DevError: pip failed.
    """
    digest = recipe_digest()
    stamps = {name: VENV / f"installed-{name or 'project'}" for name in ("", "dev")}
    if stamps[extra].exists() and stamps[extra].read_text() == digest:
        return
    say("installing exact versions into .venv (the first time some 300 MB, a few minutes)")
    started = time.monotonic()
    target = f".[{extra}]" if extra else "."
    options = ["-qq", "--disable-pip-version-check", "--no-input"]
    must(
        [PYTHON, "-m", "pip", "install", *options, "-e", target, "-c", "constraints.txt"],
        "pip could not install the project; its words are above. It needs the network once.",
    )
    for name in ("", "dev") if extra == "dev" else ("",):
        stamps[name].write_text(digest)
    say(f"installed in {time.monotonic() - started:.0f} s")


def catalogues_are_stale() -> bool:
    """Tell whether a compiled catalogue is missing or older than a translation it is made of."""
    for folder in LOCALE.glob("*/"):
        sources = list(folder.rglob("*.po"))
        compiled = folder / "LC_MESSAGES" / "ropdesk.mo"
        if not sources:
            continue
        if not compiled.exists():
            return True
        newest = max(source.stat().st_mtime_ns for source in [folder, *sources])
        if compiled.stat().st_mtime_ns < newest:
            return True
    return False


def prepare(extra: str = "", programs: Mapping[str, str] | None = None) -> None:
    """Have the environment, the system libraries and the compiled catalogues in order."""
    ensure_libraries(programs)
    ensure_venv()
    install(extra)
    if catalogues_are_stale():
        must([PYTHON, "-m", "devtools.catalogues", "compile"])


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown here: only Linux may be without a display."""
    if not platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


# ── Commands ─────────────────────────────────────────────────────────────────────────────────


def run(arguments: list[str]) -> int:
    """Open RopDesk with the sample department; without a display, draw a demo."""
    prepare()
    if arguments or has_display(sys.platform, os.environ):
        return module("ropdesk", *(arguments or ["--sample"]))
    say("there is no display here; writing a demonstration into demo/ instead")
    code = module("ropdesk", "demo", "-o", "demo", QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(f"see {ROOT / 'demo'}: a workspace, printed reports and a picture of every page")
    return code


def test(arguments: list[str]) -> int:
    """Run all tests with coverage and hold the domain at 100 % of branches; or pytest ARGS."""
    prepare("dev", TEST_PROGRAMS)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    if arguments:
        return module("pytest", *arguments, **offscreen)
    parallel = ["-n", "2", "--dist", "loadfile"]
    if code := module("pytest", *parallel, "--cov", "--cov-report=", **offscreen):
        return code
    say("coverage of the whole")
    module("coverage", "report", "--format=total")
    say("coverage of the domain, branch by branch: must be 100 %")
    full = ["--include=ropdesk/domain/*", "--fail-under=100", "--show-missing", "--skip-covered"]
    return module("coverage", "report", *full)


def lint(arguments: list[str]) -> int:
    """Check style, format, types, layers and catalogues, all of them; --fix mends the first two."""
    prepare("dev")
    if "--fix" in arguments:
        module("ruff", "check", "--fix", "--quiet", ".")
        module("ruff", "format", ".")
    checks: dict[str, list[str | Path]] = {
        "style": [PYTHON, "-m", "ruff", "check", "."],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "types of the tools": [PYTHON, "-m", "mypy", "dev.py", "devtools"],
        "layers": [SCRIPTS / "lint-imports", "--no-cache"],
        "catalogues": [PYTHON, "-m", "devtools.catalogues", "check"],
    }
    failed = []
    for name, command in checks.items():
        say(name)
        if call(command):
            failed.append(name)
    say(f"not in order: {', '.join(failed)}" if failed else "all in order")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Measure RopDesk against bare Qt, sqlite3, pandas and reportlab on this machine."""
    prepare("dev")
    need(ROOT / "bench" / "__main__.py")
    return module("bench", *arguments, QT_QPA_PLATFORM="offscreen")


def soak(arguments: list[str]) -> int:
    """Kill RopDesk at random moments, many times, and look for damage."""
    prepare("dev")
    need(ROOT / "tests" / "soak.py")
    return module("tests.soak", *arguments, QT_QPA_PLATFORM="offscreen")


def screenshots(arguments: list[str]) -> int:
    """Draw every page as a picture, without a display: -o DIR, --lang, --theme, --size."""
    prepare()
    where = [] if {"-o", "--output"} & set(arguments) else ["-o", "out/screenshots"]
    return module("ropdesk", "screenshots", *where, *arguments, QT_QPA_PLATFORM="offscreen")


def package(arguments: list[str]) -> int:
    """Build the wheel, with catalogues and resources inside, into dist/."""
    prepare("dev")
    target = ROOT / "dist"
    build = ["wheel", "--no-deps", "-qq", "--disable-pip-version-check", "-w", str(target)]
    if code := module("pip", *build, *arguments, str(ROOT)):
        return code
    wheel = max(target.glob("ropdesk-*.whl"), key=lambda path: path.stat().st_mtime_ns)
    say(f"dist/{wheel.name}: {wheel.stat().st_size / 1e6:.2f} MB")
    return 0


def catalogues(arguments: list[str]) -> int:
    """Collect messages from the source, merge translations, compile; or: check, compile, merge."""
    prepare("dev")
    return module("devtools.catalogues", *(arguments or ["update"]))


def need(path: Path) -> None:
    """Refuse politely where a part of the repository is not there.

    Raises:
        DevError: the file does not exist.
    """
    if not path.exists():
        raise DevError(f"{path.relative_to(ROOT)} is not in this checkout; update it and try again")


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command
    for command in (run, test, lint, bench, screenshots, package, catalogues, soak)
}


def parser() -> argparse.ArgumentParser:
    """Describe the command line; what follows the command is the command's own."""
    listing = "\n".join(
        f"  {name:<12}{(command.__doc__ or '').splitlines()[0]}"
        for name, command in COMMANDS.items()
    )
    result = argparse.ArgumentParser(
        prog="dev.py",
        description="Everything a developer does with RopDesk.",
        epilog=f"commands:\n{listing}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    result.add_argument("arguments", nargs=argparse.REMAINDER, metavar="…")
    return result


def newer_python() -> str | None:
    """Find a Python that is new enough, and runs, when this one is not."""
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # Version managers leave launchers for Pythons that are not switched on.
        if (
            found
            and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0
        ):
            return found
    return None


def main(words: list[str]) -> int:
    """Run one command and return its exit code."""
    if sys.version_info[:2] < OLDEST:
        better = newer_python()
        if better:
            return subprocess.call([better, __file__, *words])
        say(f"RopDesk needs Python 3.11 or newer; this is {sys.version.split()[0]}")
        return 1
    # A pipe on Windows may not know our signs; a question mark is better than a traceback.
    getattr(sys.stdout, "reconfigure", lambda **_: None)(errors="replace")
    chosen = parser().parse_args(words)
    try:
        return COMMANDS[chosen.command](chosen.arguments)
    except DevError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
