"""What is measured must be the same thing on both sides; times are not looked at here."""

from pathlib import Path

import pytest

from bench import board, data, editing, importing, meetings, paper, start
from bench.measure import Line, alternate, median, percentile
from ropdesk.services import metrics
from ropdesk.store.workspace import create
from ropdesk.ui.window_desk import today

DAYS = 40
MEMBERS = 3
DEALS = MEMBERS * DAYS * len(data.STATUSES)


def test_the_hand_written_board_says_the_same(tmp_path: Path) -> None:
    ws = data.workspace(tmp_path / "a.ropdesk", DEALS, DAYS, members=MEMBERS)
    plain = board.connect(ws.path)
    ours = board.table_of(board.ours(ws, data.MONTH, data.AS_OF))
    assert ours == board.by_hand(plain, data.MONTH, data.AS_OF)
    assert ours["", "conversion"][0] and ours["", "average_check"][2]
    plain.close()
    ws.close()


def test_more_deals_make_no_more_daily_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "IMPORTED", DEALS)
    counts = []
    for times in (1, 4):
        path = tmp_path / f"{times}.ropdesk"
        ws = data.workspace(path, DEALS * times, DAYS, members=MEMBERS)
        with ws.read() as connection:
            run = connection.exec_driver_sql
            inquiries = "SELECT sum(value) FROM daily_value WHERE metric = 'inquiries'"
            assert run("SELECT count(*) FROM deal").scalar() == DEALS * times
            assert run(inquiries).scalar() == DEALS * times
            counts.append(run("SELECT count(*) FROM daily_value").scalar())
        ws.close()
    assert counts[0] == counts[1]


def test_both_imports_take_every_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "DEALS", 60)
    model, export = tmp_path / "model.ropdesk", tmp_path / "deals.csv"
    create(model).close()
    data.export(export, 60)
    importing.plain(export, model, tmp_path / "plain.db")
    importing.ours(export, tmp_path)
    plain = board.connect(tmp_path / "plain.db")
    assert plain.execute("SELECT count(*) FROM deal").fetchone() == (60,)
    plain.close()


def test_a_report_is_laid_out_both_ways(tmp_path: Path) -> None:
    made = paper.report(tmp_path, MEMBERS, DAYS)
    line = paper.compare(made, 1)
    assert line.ratio > 0
    assert paper.pages(paper.ours(made)) >= 3


def test_the_hand_written_promises_and_the_plain_search_say_the_same(tmp_path: Path) -> None:
    ws = data.workspace(tmp_path / "a.ropdesk", DEALS, DAYS, members=MEMBERS)
    meetings.promise(ws, 200)
    meetings.archive(ws, 60)
    plain = board.connect(ws.path)
    ours = meetings.ours_promises(ws, data.AS_OF)
    assert ours == meetings.by_hand_promises(plain, data.AS_OF)
    assert sum(sum(one) for one in ours.values()) > 100
    found = meetings.first_search(ws)
    assert sorted(found) == sorted(meetings.by_hand_search(plain, (meetings.FOUND,)))
    assert len(found) == 2
    plain.close()
    ws.close()


def test_a_change_is_painted_in_card_table_and_chart(qtbot, tmp_path: Path) -> None:
    now = today()
    path = tmp_path / "department.ropdesk"
    ws = data.workspace(path, DEALS, DAYS, now, MEMBERS)
    data.widen(ws, editing.CODES, metrics.catalogue(ws), now)
    ws.close()
    window = editing.Window(path)
    qtbot.addWidget(window.desk.window)
    made = editing.changes(window, now, 2)
    assert all(0 < each.committed < each.painted for each in made)
    window.close()
    assert editing.line(made).unit == "ms"


def test_a_start_tells_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "department.ropdesk"
    data.workspace(path, DEALS, DAYS, today(), MEMBERS).close()
    assert set(start.start(tmp_path)) == {"first"}
    assert {"first", "filled"} <= set(start.start(tmp_path, str(path), str(MEMBERS)))


def test_a_line_says_whether_its_bound_holds() -> None:
    assert str(Line("a", 1.5, 2.0, "b")) == "ok   a: 1.50 × (bound 2 ×) — b"
    assert str(Line("a", 2.5, 2.0, "b", "ms")) == "OVER a: 2.50 ms (bound 2 ms) — b"


def test_the_statistics_are_plain() -> None:
    assert median([3, 1, 2]) == 2
    assert percentile([float(n) for n in range(101)], 0.95) == 95
    calls: list[str] = []
    assert len(alternate(lambda: calls.append("a"), lambda: calls.append("b"), times=2)) == 2
    assert calls == ["a", "b", "a", "b"]
