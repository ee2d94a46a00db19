"""Every change of every table is logged, undone and done again; nothing is written unseen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from ropdesk.domain.errors import N_
from ropdesk.services import history
from ropdesk.store import journal
from ropdesk.store.errors import StorageError
from ropdesk.store.models import (
    Absence,
    Base,
    Deal,
    Document,
    ImportBatch,
    Member,
    MemberAlias,
    Plan,
    PlanValue,
    RampUp,
    Setting,
)
from ropdesk.store.workspace import Workspace, open_workspace
from tests.store.dumps import Dump, dump, whole_dump

DAY = date(2026, 10, 5)


def operations(ws: Workspace) -> int:
    with ws.read() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM operation").scalar_one()
    assert isinstance(found, int)
    return found


def fill_every_table(ws: Workspace) -> None:
    """Put a row into each followed table, by the columns' own types (batch 1 is another's)."""
    with ws.operation("Fill") as operation:
        operation.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in journal.journalled():
            values = {column.name: sample(column) for column in table.columns}
            operation.conn.execute(insert(table).values(**values))


def sample(column: Any) -> object:
    if column.name == "operation_id":
        return 1
    if column.name == "undo_operation_id":
        return None
    if column.name in {"id", "derived", "value"} or column.foreign_keys:
        return 1 if column.type.python_type is int else "1"
    if column.name in {"imported", "entered"}:
        return None
    kinds: dict[type, object] = {
        int: 7, str: "ё «'\" \n", bool: True, date: DAY, bytes: bytes(range(256))
    }  # fmt: skip
    return kinds[column.type.python_type]


def steps_around(ws: Workspace, before: Dump, after: Dump) -> None:
    assert after != before
    history.undo(ws)
    assert dump(ws.path) == before
    history.redo(ws)
    assert dump(ws.path) == after


def test_every_table_is_followed() -> None:
    names = {table.name for table in journal.journalled()}
    assert names | journal.UNJOURNALLED == {*Base.metadata.tables, "alembic_version"}


def test_inserts_updates_and_deletes_of_every_table_come_back(ws: Workspace) -> None:
    with ws.operation("The operation of the batch") as operation:
        operation.touch("deal")
    empty = dump(ws.path)
    fill_every_table(ws)
    full = dump(ws.path)
    assert all(len(rows) == 1 for rows in full.values())
    steps_around(ws, empty, full)
    for table in journal.journalled():
        texts = [c.name for c in table.columns if isinstance(sample(c), str) and c.name != "value"]
        if not texts or table.name == "member_alias":
            continue
        with ws.operation("Change") as operation:
            operation.conn.execute(update(table).values({texts[-1]: "другое"}))
        history.undo(ws)
        assert dump(ws.path) == full, table.name
    with ws.operation("Empty") as operation:
        operation.conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in journal.journalled():
            operation.conn.execute(delete(table))
    steps_around(ws, full, empty)


@pytest.fixture
def people(ws: Workspace) -> Workspace:
    with ws.operation("People") as operation:
        for name in ("Анна", "Борис"):
            member = Member(name=name)
            operation.session.add(member)
            operation.session.flush()
            operation.session.add_all(
                [
                    MemberAlias(member_id=member.id, alias=name, key=name),
                    RampUp(member_id=member.id, month=DAY.replace(day=1), share=5000),
                    Absence(member_id=member.id, kind="vacation", first=DAY, last=DAY),
                ]
            )
    return ws


def test_cascades_are_undone(people: Workspace) -> None:
    before = dump(people.path)
    with people.operation("Remove") as operation:
        operation.conn.execute(delete(Member).where(Member.id == 1))
    after = dump(people.path)
    assert [len(after[name]) for name in ("member", "member_alias", "ramp_up", "absence")] == [
        1
    ] * 4
    steps_around(people, before, after)


def test_bulk_statements_are_undone(people: Workspace) -> None:
    before = dump(people.path)
    with people.operation("Bulk") as operation:
        operation.conn.execute(update(Member).values(position="менеджер"))
        operation.conn.exec_driver_sql(
            "INSERT INTO setting (key, value) SELECT name, 1 FROM member"
        )
        operation.conn.execute(delete(Absence))
    steps_around(people, before, dump(people.path))


@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO setting (key, value) VALUES ('a', 'new')",
        "INSERT INTO setting (key, value) VALUES ('a', 'new') "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        "UPDATE OR REPLACE setting SET key = 'a' WHERE key = 'b'",
        "UPDATE setting SET id = id + 10",
    ],
)
def test_replaced_and_upserted_rows_are_undone(ws: Workspace, statement: str) -> None:
    with ws.operation("Fill") as operation:
        operation.session.add_all([Setting(key="a", value="old"), Setting(key="b", value="old")])
    before = dump(ws.path)
    with ws.operation("Replace") as operation:
        operation.conn.exec_driver_sql(statement)
    steps_around(ws, before, dump(ws.path))


def test_bytes_come_back_to_the_last_one(ws: Workspace) -> None:
    pdf = bytes(range(256)) * 300
    with ws.operation("Issue") as operation:
        operation.session.add(
            Document(kind="monthly", period=DAY, title="t", at="x", sha256="y", pdf=pdf)
        )
    history.undo(ws)
    assert dump(ws.path)["document"] == []
    history.redo(ws)
    assert dump(ws.path)["document"][0]["pdf"] == pdf


def test_large_numbers_stay_exact(ws: Workspace) -> None:
    largest = 2**63 - 1
    with ws.operation("Fill") as operation:
        plan = Plan(month=DAY, version=1)
        operation.session.add(plan)
        operation.session.flush()
        operation.session.add(
            PlanValue(
                plan_id=plan.id, scenario="standard", metric="receipts", member_id=None,
                value=-largest,
            )
        )  # fmt: skip
    with ws.operation("Change") as operation:
        operation.conn.execute(update(PlanValue).values(value=largest))
    history.undo(ws)
    assert dump(ws.path)["plan_value"][0]["value"] == -largest
    history.redo(ws)
    assert dump(ws.path)["plan_value"][0]["value"] == largest


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting (key, value) VALUES ('a', 'b')",
        "UPDATE member SET name = 'x'",
        "DELETE FROM member",
    ],
)
def test_a_write_outside_an_operation_is_refused(people: Workspace, statement: str) -> None:
    before = whole_dump(people.path)
    with (
        pytest.raises(IntegrityError, match="write outside an operation"),
        people._writer.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    assert whole_dump(people.path) == before


def test_readers_cannot_write(people: Workspace) -> None:
    with pytest.raises(StorageError, match="may only be read"), people.read() as connection:
        connection.execute(delete(Member))


def test_a_failed_operation_leaves_nothing(people: Workspace) -> None:
    before = whole_dump(people.path)
    told: list[object] = []
    people.subscribe(told.append)
    with (
        pytest.raises(ZeroDivisionError),
        people.operation("Fail") as operation,
        operation.silent(),
    ):
        operation.conn.execute(delete(Absence))
        operation.session.add(Setting(key="a", value="b"))
        raise ZeroDivisionError
    assert whole_dump(people.path) == before
    assert told == []
    with people.operation("After a failure all is followed again") as operation:
        operation.session.add(Setting(key="a", value="b"))
    history.undo(people)
    assert dump(people.path)["setting"] == []


def test_an_operation_that_touches_nothing_leaves_no_line_and_keeps_redo(ws: Workspace) -> None:
    with ws.operation("Fill") as operation:
        operation.session.add(Setting(key="a", value="b"))
    history.undo(ws)
    told: list[object] = []
    ws.subscribe(told.append)
    with ws.operation("Look") as operation:
        operation.conn.exec_driver_sql("UPDATE setting SET value = value")
    assert (operations(ws), told) == (1, [])
    redone = history.redo(ws)
    assert redone is not None
    assert dump(ws.path)["setting"] == [{"id": 1, "key": "a", "value": "b"}]


def test_a_row_written_with_its_own_values_is_no_change(people: Workspace) -> None:
    with people.operation("Same") as operation:
        operation.conn.execute(update(Member).values(name=Member.name))
    assert operations(people) == 1


def test_an_operation_after_undo_drops_what_could_be_redone(ws: Workspace) -> None:
    for key in "ab":
        with ws.operation("Fill") as operation:
            operation.session.add(Setting(key=key, value=""))
    history.undo(ws)
    with ws.operation("Fill") as operation:
        operation.session.add(Setting(key="c", value=""))
    assert history.redo(ws) is None
    assert [row["key"] for row in dump(ws.path)["setting"]] == ["a", "c"]
    history.undo(ws)
    history.undo(ws)
    assert history.undo(ws) is None
    assert dump(ws.path)["setting"] == []


def test_listeners_hear_which_rows_changed(people: Workspace) -> None:
    told: list[journal.Changed] = []
    people.subscribe(told.append)
    with people.operation(N_("Rename {name}"), name="Анна") as operation:
        operation.conn.execute(update(Member).where(Member.id == 2).values(name="Вера"))
        operation.touch("deal")
    history.undo(people)
    assert [dict(each.tables) for each in told] == [
        {"member": frozenset({2}), "deal": frozenset()},
        {"member": frozenset({2})},
    ]
    assert [each.fields for each in told] == [{"name": "Анна"}] * 2
    assert told[0].touches(frozenset({"deal"}))
    assert not told[0].touches(frozenset({"plan"}))


def test_silent_rows_are_left_to_their_batch(people: Workspace) -> None:
    with people.operation("Import") as operation:
        batch = ImportBatch(
            kind="deals", file_name="a.csv", operation_id=operation.id, sha256="", size=1, at=""
        )
        operation.session.add(batch)
        operation.session.flush()
        with operation.silent():
            operation.session.add(
                Deal(
                    origin="", external_id="1", title="", member_id=1, stage="", status="open",
                    amount=1, created=DAY, closed=None, source="", pipeline="", lost_reason="",
                    batch_id=batch.id, line=2,
                )
            )  # fmt: skip
        operation.touch("deal")
    with people.read() as connection:
        logged = connection.exec_driver_sql(
            "SELECT DISTINCT table_name FROM change WHERE operation_id = 2"
        ).all()
    assert logged == [("import_batch",)]
    history.undo(people)
    assert dump(people.path)["deal"] == []


def test_undo_reaches_behind_a_restart(people: Workspace, path: Path) -> None:
    people.close()
    again = open_workspace(path)
    history.undo(again)
    assert not any(dump(path).values())
    again.close()
    third = open_workspace(path)
    history.redo(third)
    third.close()
    assert len(dump(path)["member"]) == 2
