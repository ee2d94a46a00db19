"""The list of imports, what an import refused and changed; the watched folder."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import describe
from ropdesk.services import history, import_list, imports, settings, watch
from ropdesk.store.workspace import Workspace
from tests.services.importing import TODAY, amo, amo_row, counts, take, write_csv

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


def test_the_list_says_who_when_which_and_what(ws: Workspace, tmp_path: Path) -> None:
    settings.change(ws, sales_head="Соколова Анна")
    take(ws, amo(tmp_path / "Сделки.csv", [amo_row(1), amo_row("")]))
    take(ws, amo(tmp_path / "b.csv", [amo_row(1, amount="5"), amo_row(2)]))
    newest, oldest = import_list.imports(ws)
    assert (oldest.file, oldest.kind, oldest.preset, oldest.who) == (
        "Сделки.csv", "deals", "amoCRM", "Соколова Анна",
    )  # fmt: skip
    assert len(oldest.sha256) == 64
    assert (oldest.read, oldest.created, oldest.rejected) == (2, 1, 1)
    assert (newest.created, newest.updated, newest.undone) == (1, 1, False)
    history.undo(ws)
    assert import_list.imports(ws)[0].undone


def test_reasons_are_kept_in_words_of_any_language(ws: Workspace, tmp_path: Path) -> None:
    row = amo_row(2, created="31.02.2026")
    outcome = take(ws, amo(tmp_path / "a.csv", [amo_row(1), row]))
    assert outcome.batch_id is not None
    [kept] = import_list.rejections(ws, outcome.batch_id)
    assert kept.line == 3
    assert describe(kept.reason) == describe(outcome.rejected[0].reason)
    assert "DomainError" not in describe(kept.reason)
    for name in ("r.xlsx", "r.csv"):
        import_list.export_rejected(tmp_path / name, [kept])
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [3, describe(kept.reason)]
    assert describe(kept.reason) in (tmp_path / "r.csv").read_text("utf-8-sig")
    with pytest.raises(DomainError, match="cannot be written"):
        import_list.export_rejected(tmp_path / "nowhere" / "r.csv", [kept])


def test_changes_in_closed_months_are_named(ws: Workspace, tmp_path: Path) -> None:
    def row(n: int, **more: object) -> list[object]:
        base = {"created": "05.08.2026", "closed": "12.09.2026"}
        return amo_row(n, **{**base, **more})  # type: ignore[arg-type]

    take(ws, amo(tmp_path / "a.csv", [row(n) for n in range(1, 7)]))
    current = TODAY.strftime("%d.%m.%Y")
    later = take(ws, amo(tmp_path / "b.csv", [
        row(1, amount="1500"), row(2, closed="13.09.2026"), row(3, owner="Петров Олег"),
        row(4, stage="Закрыто и не реализовано"), row(5), row(6, title="Другое имя"),
        amo_row(7, created=current, closed=current),
    ]))  # fmt: skip
    assert counts(later) == (1, 5, 1, 0, 0)
    assert later.batch_id is not None
    found = import_list.closed_month_changes(ws, later.batch_id)
    assert {(c.external_id, c.field, c.before, c.after, c.month) for c in found} == {
        ("1", "amount", 1000_00, 1500_00, SEPTEMBER),
        ("2", "closed", date(2026, 9, 12), date(2026, 9, 13), SEPTEMBER),
        ("3", "owner", "Иванова Мария", "Петров Олег", AUGUST),
        ("4", "status", "won", "lost", SEPTEMBER),
    }
    imports.take_back(ws, later.batch_id)
    assert import_list.closed_month_changes(ws, later.batch_id) == []
    assert import_list.closed_month_changes(ws, 999) == []


def test_deals_behind_an_import(ws: Workspace, tmp_path: Path) -> None:
    first = take(ws, amo(tmp_path / "a.csv", [amo_row(1), amo_row(2)]))
    take(ws, amo(tmp_path / "b.csv", [amo_row(2, amount="7")]))
    assert first.batch_id is not None
    assert len(import_list.deal_ids(ws, first.batch_id)) == 1


def no_progress(_done: int, _total: int) -> None:
    pass


def test_a_known_export_comes_in_by_itself_once(ws: Workspace, tmp_path: Path) -> None:
    take(ws, amo(tmp_path / "old.csv", [amo_row(1)]))
    folder = tmp_path / "in"
    folder.mkdir()
    path = amo(folder / "new.csv", [amo_row(1, amount="2"), amo_row(2)])
    (folder / ".hidden.csv").write_text("x")
    (folder / "photo.png").write_text("x")
    (folder / "empty.csv").write_text("")
    now = watch.listing(folder)
    assert watch.settled({}, now) == []
    assert watch.settled(now, now) == [path]
    assert watch.fresh(ws, [path]) == [path]
    backed_up = []
    result = watch.take(ws, path, TODAY, no_progress, lambda: backed_up.append(1))
    assert result.outcome is not None
    assert counts(result.outcome) == (1, 1, 0, 0, 0)
    assert backed_up == [1]
    assert (
        watch.fresh(ws, [path, amo(folder / "copy.csv", [amo_row(1, amount="2"), amo_row(2)])])
        == []
    )


def test_what_needs_a_decision_waits_with_its_reason(ws: Workspace, tmp_path: Path) -> None:
    stranger = write_csv(tmp_path / "x.csv", ("a", "b", "c"), [("1", "2", "3")])
    unknown = amo(tmp_path / "y.csv", [amo_row(1, "Некто")])
    broken = tmp_path / "z.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    for path, words in ((stranger, "new"), (unknown, "Некто"), (broken, "")):
        result = watch.take(ws, path, TODAY, no_progress)
        assert result.outcome is None
        assert result.waits is not None
        assert words in str(result.waits)
    assert import_list.imports(ws) == []


def test_a_mapping_given_once_serves_the_folder(ws: Workspace, tmp_path: Path) -> None:
    head = ("nr", "seller", "state", "sum", "from", "till")
    rows = [("1", "Олег", "gut", "5", "2026-10-01", "2026-10-02")]
    maps = ("id=nr", "owner=seller", "stage=state", "amount=sum", "created=from", "closed=till")
    first = write_csv(tmp_path / "x.csv", head, rows)
    take(ws, first, maps=maps, exact=True, won=("gut",))
    more = write_csv(tmp_path / "y.csv", head, [*rows, ("2", "Олег", "gut", "7", "2026-10-01", "")])
    result = watch.take(ws, more, TODAY, no_progress)
    assert result.outcome is not None
    assert counts(result.outcome) == (1, 0, 1, 0, 0)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="cannot be read"):
        watch.listing(tmp_path / "nowhere")
