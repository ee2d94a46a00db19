"""What all tests stand on: no display, a home of their own, the same examples on every run."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import dev

# Before anything asks Qt or platformdirs: the person's own files are never touched.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
HOME = Path(tempfile.mkdtemp(prefix="ropdesk-tests-"))
FOLDERS = {
    "HOME": HOME,
    "USERPROFILE": HOME,
    "APPDATA": HOME / "roaming",
    "LOCALAPPDATA": HOME / "local",
    "XDG_CONFIG_HOME": HOME / "config",
    "XDG_DATA_HOME": HOME / "data",
    "XDG_STATE_HOME": HOME / "state",
    "XDG_CACHE_HOME": HOME / "cache",
    "XDG_RUNTIME_DIR": HOME / "run",
}
for variable, folder in FOLDERS.items():
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ[variable] = str(folder)

IN_CI = bool(os.environ.get("CI"))
settings.register_profile(
    "ropdesk",
    deadline=None,  # a shared machine is slow at times; that is not a failure
    derandomize=IN_CI,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ropdesk")

SHARED_DATA = dev.ROOT.parent / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Drop a compiled catalogue that is older than its sources; the .po files then speak."""
    if not hasattr(config, "workerinput") and dev.catalogues_are_stale():
        for compiled in dev.LOCALE.rglob("*.mo"):
            compiled.unlink()


def pytest_unconfigure() -> None:
    """Remove the home of this run."""
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public data sets beside the checkout."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the public data sets are not here (../shared/data)")
    return SHARED_DATA
