"""What successive imports, and exports with dates of stages, tell about a deal's way."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from ropdesk.services import files, history, imports
from ropdesk.services.files import FileSpec
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from tests.services.importing import EVERYBODY, write_csv
from tests.services.snapshots import content

HEAD = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Дата закрытия",
    "Этап сделки", "Воронка", "Источник",
)  # fmt: skip
NEW, TALK, OFFER = "Первичный контакт", "Переговоры", "КП отправлено"
WON = "Успешно реализовано"
Told = tuple[str, str, str, int, str | None]


def take(
    ws: Workspace,
    path: Path,
    rows: Sequence[Sequence[object]],
    day: date,
    head: Sequence[str] = (),
    maps: tuple[str, ...] = (),
) -> int:
    """Import an export made on a day; returns its batch."""
    write_csv(path, (*HEAD, *head), rows)
    moment = datetime.combine(day, time(12), UTC).timestamp()
    os.utime(path, (moment, moment))
    incoming = files.read(path, FileSpec("deals", maps=maps), day)
    batch = imports.run(ws, incoming, EVERYBODY).batch_id
    assert batch is not None
    return batch


def deal(number: int, stage: str, created: str = "01.10.2026", closed: str = "", *more: str,
         amount: int = 1000) -> tuple[object, ...]:  # fmt: skip
    """Return a row of an export."""
    return (number, f"Сделка {number}", amount, "Иванова Мария", created, closed, stage, "Основная",
            "Сайт", *more)  # fmt: skip


def told(ws: Workspace) -> list[Told]:
    """Return what is stored: deal, stage, day, exact, not before."""
    with ws.read() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql(
                "SELECT d.external_id, s.stage, s.day, s.exact, s.not_before FROM stage_date AS s "
                "JOIN deal AS d ON d.id = s.deal_id ORDER BY d.external_id, s.day, s.id"
            )
        ]


def test_a_first_sighting_says_nothing_about_the_way(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, NEW), deal(2, TALK)], date(2026, 10, 5))
    assert told(ws) == []


def test_a_change_between_two_exports_is_a_span(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, NEW), deal(2, NEW, "03.10.2026")], date(2026, 10, 5))
    take(ws, tmp_path / "b.csv", [deal(1, TALK), deal(2, NEW, "03.10.2026")], date(2026, 10, 12))
    # The first file is no older than its newest deal, and the second no newer than its file.
    assert told(ws) == [
        ("1", NEW, "2026-10-05", 0, "2026-10-01"),
        ("1", TALK, "2026-10-12", 0, "2026-10-03"),
    ]


def test_an_export_that_repeats_a_stage_narrows_the_span(ws: Workspace, tmp_path: Path) -> None:
    others = [deal(9, NEW, "05.10.2026"), deal(8, NEW, "12.10.2026"), deal(7, NEW, "19.10.2026")]
    take(ws, tmp_path / "a.csv", [deal(1, NEW), *others[:1]], date(2026, 10, 5))
    take(ws, tmp_path / "b.csv", [deal(1, NEW), *others[:2]], date(2026, 10, 12))
    take(ws, tmp_path / "c.csv", [deal(1, TALK), *others], date(2026, 10, 19))
    assert told(ws)[-1] == ("1", TALK, "2026-10-19", 0, "2026-10-12")


def test_an_export_taken_back_narrows_nothing(ws: Workspace, tmp_path: Path) -> None:
    others = [deal(9, NEW, "05.10.2026"), deal(8, NEW, "12.10.2026"), deal(7, NEW, "19.10.2026")]
    take(ws, tmp_path / "a.csv", [deal(1, NEW), *others[:1]], date(2026, 10, 5))
    again = take(ws, tmp_path / "b.csv", [deal(1, NEW), *others[:2]], date(2026, 10, 12))
    imports.take_back(ws, again)
    take(ws, tmp_path / "c.csv", [deal(1, TALK), *others], date(2026, 10, 19))
    assert told(ws)[-1] == ("1", TALK, "2026-10-19", 0, "2026-10-05")


def test_another_change_keeps_the_first_sighting(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, TALK)], date(2026, 10, 5))
    take(ws, tmp_path / "b.csv", [deal(1, TALK, amount=5)], date(2026, 10, 12))
    assert told(ws) == [("1", TALK, "2026-10-05", 0, "2026-10-01")]


def test_a_closed_deal_keeps_where_it_was_closed_from(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, OFFER)], date(2026, 10, 5))
    take(ws, tmp_path / "b.csv", [deal(1, WON, closed="08.10.2026")], date(2026, 10, 12))
    assert told(ws) == [("1", OFFER, "2026-10-05", 0, "2026-10-01")]


def test_a_column_says_since_when(ws: Workspace, tmp_path: Path) -> None:
    head = ("Дата перехода на этап",)
    first = [deal(1, TALK, "01.10.2026", "", "03.10.2026 15:20:00"), deal(2, NEW, "02.10.2026")]
    take(ws, tmp_path / "a.csv", [first[0], (*first[1], "")], date(2026, 10, 5), head)
    assert told(ws) == [("1", TALK, "2026-10-03", 1, None)]
    again = [
        deal(1, OFFER, "01.10.2026", "", "07.10.2026"),
        deal(2, TALK, "02.10.2026", "", "08.10.2026"),
    ]
    take(ws, tmp_path / "b.csv", again, date(2026, 10, 12), head)
    assert told(ws) == [
        ("1", TALK, "2026-10-03", 1, None),
        ("1", OFFER, "2026-10-07", 1, None),
        ("2", NEW, "2026-10-05", 0, "2026-10-02"),
        ("2", TALK, "2026-10-08", 1, None),
    ]


def test_columns_of_stages_are_told_by_their_names_and_by_maps(
    ws: Workspace, tmp_path: Path
) -> None:
    head = ("Дата этапа «Первичный контакт»", "Переговоры: дата", "Отправили КП")
    rows = [
        deal(1, NEW, "01.10.2026", "", "01.10.2026", "", ""),
        deal(2, TALK, "01.10.2026", "", "01.10.2026", "04.10.2026", ""),
        deal(3, WON, "01.10.2026", "09.10.2026", "01.10.2026", "04.10.2026", "не было"),
    ]
    take(ws, tmp_path / "a.csv", rows, date(2026, 10, 10), head)
    assert [each[:3] for each in told(ws)] == [
        ("1", NEW, "2026-10-01"), ("2", NEW, "2026-10-01"), ("2", TALK, "2026-10-04"),
        ("3", NEW, "2026-10-01"), ("3", TALK, "2026-10-04"),
    ]  # fmt: skip
    rows[1] = deal(2, OFFER, "01.10.2026", "", "01.10.2026", "04.10.2026", "06.10.2026")
    maps = (f"stage:{OFFER}=Отправили КП", f"stage:{TALK}=Переговоры: дата")
    take(ws, tmp_path / "b.csv", rows, date(2026, 10, 11), head, maps)
    assert [each for each in told(ws) if each[0] == "2"] == [
        ("2", NEW, "2026-10-01", 1, None), ("2", TALK, "2026-10-04", 1, None),
        ("2", OFFER, "2026-10-06", 1, None),
    ]  # fmt: skip


def test_undo_and_redo_bring_the_way_back(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, NEW), deal(2, NEW)], date(2026, 10, 5))
    before = content(ws)
    head = ("Дата перехода на этап",)
    rows = [deal(1, TALK, "01.10.2026", "", ""), deal(2, OFFER, "01.10.2026", "", "07.10.2026"),
            deal(3, TALK, "01.10.2026", "", "09.10.2026")]  # fmt: skip
    take(ws, tmp_path / "b.csv", rows, date(2026, 10, 12), head)
    after = told(ws)
    assert len(after) == 5
    for _ in range(2):
        history.undo(ws)
        assert content(ws)["stage_date"] == before["stage_date"] == []
        history.redo(ws)
        assert told(ws) == after


def test_what_people_wrote_about_a_deal_comes_back_with_its_import(
    ws: Workspace, tmp_path: Path
) -> None:
    batch = take(ws, tmp_path / "a.csv", [deal(1, NEW), deal(2, NEW)], date(2026, 10, 5))
    later = take(
        ws, tmp_path / "b.csv", [deal(1, NEW, "01.10.2026", "", "03.10.2026")], date(2026, 10, 12),
        ("Дата перехода на этап",),
    )  # fmt: skip
    assert later != batch
    with ws.operation("Note") as operation:
        for statement in (
            "INSERT INTO lead_verdict (deal_id, verdict, reason, decided_on, answer) "
            "VALUES (1, 'disputed', 'не наш', '2026-10-06', '')",
            "INSERT INTO voice (kind, text, product, state, passed_to, answer) "
            "VALUES ('need', 'Доставка за день', '', 'new', '', '')",
            "INSERT INTO voice_mention (voice_id, day, source, customer, quote, deal_id) "
            "VALUES (1, '2026-10-06', 'call', '', '', 2)",
        ):
            operation.conn.exec_driver_sql(statement)
    before = content(ws)
    imports.take_back(ws, batch)
    gone = content(ws)
    assert gone["deal"] == gone["lead_verdict"] == gone["stage_date"] == []
    assert len(gone["voice_mention"]) == 1
    assert gone["voice_mention"] != before["voice_mention"]
    history.undo(ws)
    after = content(ws)
    for table in ("deal", "lead_verdict", "stage_date", "voice_mention", "voice"):
        assert after[table] == before[table] != []
    history.redo(ws)
    assert content(ws)["lead_verdict"] == []


def test_a_taken_back_batch_comes_back_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "w.ropdesk"
    ws = workspace.create(path)
    take(ws, tmp_path / "a.csv", [deal(1, NEW)], date(2026, 10, 5))
    take(ws, tmp_path / "b.csv", [deal(1, TALK)], date(2026, 10, 12))
    before = told(ws)
    history.undo(ws)
    ws.close()
    ws = workspace.open_workspace(path)
    assert told(ws) == []
    history.redo(ws)
    assert told(ws) == before
    ws.close()
