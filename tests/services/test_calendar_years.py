"""The file of official years: kept, believed, and thrown away when spoilt."""

from pathlib import Path

import pytest

from ropdesk.domain.calendar import published
from ropdesk.services import calendar_years
from ropdesk.services.calendar_years import KeptYears


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return calendar_years._file()


def test_a_year_put_is_there_for_the_next_start(file: Path) -> None:
    KeptYears().put(2026, published(2026))
    assert file.is_file()
    assert KeptYears().get(2026) == published(2026)
    assert KeptYears().get(2025) is None


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"source": "other", "years": {"2026": 1}}'])
def test_a_spoilt_file_is_as_good_as_none(file: Path, spoilt: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(spoilt, encoding="utf-8")
    assert KeptYears().get(2026) is None


def test_a_spoilt_year_is_not_believed(file: Path) -> None:
    KeptYears().put(2026, published(2026))
    text = file.read_text(encoding="utf-8").replace('"known": true', '"unknown": true')
    file.write_text(text, encoding="utf-8")
    assert KeptYears().get(2026) is None
