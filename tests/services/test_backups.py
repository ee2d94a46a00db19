"""Backups, restoring, checking and recounting."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.team import Member
from ropdesk.services import backups, facts, settings, team
from ropdesk.services.facts import Entry
from ropdesk.store import backup
from ropdesk.store.errors import StorageError
from ropdesk.store.workspace import Workspace, open_workspace
from tests.services.snapshots import content

DAY = date(2026, 3, 2)


def test_a_copy_is_whole_while_the_workspace_is_open(ws: Workspace, tmp_path: Path) -> None:
    settings.change(ws, company="А")
    target = tmp_path / "копия" / "отдел.ropdesk"
    backups.save_copy(ws, target)
    settings.change(ws, company="Б")
    copied = open_workspace(target)
    assert settings.settings(copied).company == "А"
    copied.close()


def test_backups_are_listed_with_reason_and_size(ws: Workspace) -> None:
    assert backups.backups(ws.path) == []
    assert backups.due(ws.path, DAY)
    made = backups.make(ws, "manual")
    found = backups.backups(ws.path)
    assert [(b.path, b.why) for b in found] == [(made, "manual")]
    assert found[0].size == made.stat().st_size
    assert not backups.due(ws.path, found[0].at.date())
    assert backups.due(ws.path, found[0].at.date() + timedelta(1))


def test_a_restore_brings_back_and_keeps_what_was_there(ws: Workspace) -> None:
    settings.change(ws, company="А")
    made = backups.make(ws, "manual")
    settings.change(ws, company="Б")
    after = content(ws)
    with pytest.raises(StorageError, match="is open"):
        backups.restore(ws.path, made)
    assert content(ws) == after
    ws.close()
    replaced = backups.restore(ws.path, made)
    restored = open_workspace(ws.path)
    assert settings.settings(restored).company == "А"
    restored.close()
    assert replaced is not None
    backups.restore(ws.path, replaced)
    again = open_workspace(ws.path)
    assert content(again) == after
    again.close()


@pytest.mark.parametrize("spoil", ["missing", "text", "cut"])
def test_a_bad_backup_leaves_the_workspace_alone(ws: Workspace, tmp_path: Path, spoil: str) -> None:
    settings.change(ws, company="А")
    source = tmp_path / "плохая.ropdesk"
    if spoil == "text":
        source.write_text("не база", encoding="utf-8")
    elif spoil == "cut":
        backups.save_copy(ws, source)
        source.write_bytes(source.read_bytes()[:9000])
    ws.close()
    before = ws.path.read_bytes()
    with pytest.raises(StorageError):
        backups.restore(ws.path, source)
    assert ws.path.read_bytes() == before


def test_a_sound_workspace_checks_sound(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    facts.enter(ws, DAY, [Entry(who, "calls", 5)])
    assert backups.check(ws.path).sound


def test_what_differs_is_counted_and_repaired(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    facts.enter(ws, DAY, [Entry(who, "calls", 5)])
    with ws.replaying() as connection:
        connection.exec_driver_sql(
            "INSERT INTO daily_value (member_id, metric, day, derived, value, reason) "
            "VALUES (?, 'inquiries', '2026-03-03', 7, 7, '')",
            (who,),
        )
    assert backups.check(ws.path).differences
    assert not backups.check(ws.path).sound
    backups.recount(ws)
    assert backups.check(ws.path).sound
    with ws.read() as connection:
        kept = connection.exec_driver_sql("SELECT metric, value FROM daily_value").fetchall()
    assert [tuple(row) for row in kept] == [("calls", 5)]


def test_a_file_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no workspace"):
        backups.check(tmp_path / "нет.ropdesk")
    odd = tmp_path / "odd.ropdesk"
    odd.write_text("привет", encoding="utf-8")
    with pytest.raises(StorageError, match="not a RopDesk workspace"):
        backups.check(odd)


@given(st.lists(st.integers(0, 3 * 365 * 24), unique=True, max_size=120))
def test_rotation_keeps_the_newest_and_one_of_every_day_week_and_month(hours: list[int]) -> None:
    first = datetime(2024, 1, 1)  # noqa: DTZ001 - names of backups carry the user's clock
    made = [
        Path(f"{first + timedelta(hours=hour):%Y-%m-%d_%H%M%S}_daily.ropdesk") for hour in hours
    ]
    gone = set(backup.superseded(made))
    kept = sorted(set(made) - gone, reverse=True)
    newest = sorted(made, reverse=True)[: backup.KEEP_NEWEST]
    assert kept[: len(newest)] == newest
    assert len(kept) <= (
        backup.KEEP_NEWEST + backup.KEEP_DAYS + backup.KEEP_WEEKS + backup.KEEP_MONTHS
    )
    months = list(dict.fromkeys(f"{backup.moment(b):%Y-%m}" for b in sorted(made, reverse=True)))
    assert {f"{backup.moment(b):%Y-%m}" for b in kept} >= set(months[: backup.KEEP_MONTHS])
