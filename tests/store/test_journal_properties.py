"""Whatever was done, undoing all of it and doing all of it again gives the same rows."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from ropdesk.services import history
from ropdesk.store.workspace import Workspace, open_workspace
from tests.store.dumps import Dump, dump
from tests.workspaces import empty_workspace

STATEMENTS = (
    "INSERT INTO member (name, position, nobody) VALUES (:text, '', 0)",
    "UPDATE member SET name = :text, deal_limit = :n WHERE id % 3 = :id % 3",
    "DELETE FROM member WHERE id = :id",
    "INSERT OR REPLACE INTO member_alias (member_id, alias, key) VALUES (:id, :text, :text)",
    "UPDATE OR REPLACE member_alias SET key = :text WHERE id = :id",
    "INSERT INTO ramp_up (member_id, month, share) VALUES (:id, :day, :n) "
    "ON CONFLICT (member_id, month) DO UPDATE SET share = excluded.share + 1",
    "REPLACE INTO setting (key, value) VALUES (:text, :n)",
    "DELETE FROM setting WHERE key < :text",
    "INSERT INTO plan (month, version, status, reason, method, approved_by) "
    "VALUES (:day, :id, 'draft', :text, '', '')",
    "INSERT INTO plan_value (plan_id, scenario, metric, member_id, value, locked) "
    "VALUES (:id, 'standard', :text, NULL, :n, 0)",
    "UPDATE plan_value SET value = :n",
    "DELETE FROM plan WHERE version = :id",
    "INSERT INTO document (kind, period, title, at, sha256, pdf) "
    "VALUES ('m', :day, :text, '', '', :blob)",
)
VALUES = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4),
        "n": st.integers(-(2**63), 2**63 - 2),
        "text": st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4
        ),
        "day": st.dates(date(2026, 1, 1), date(2026, 3, 1)),
        "blob": st.binary(max_size=8),
    }
)
OPERATION = st.lists(st.tuples(st.sampled_from(STATEMENTS), VALUES), min_size=1, max_size=4)


@contextmanager
def fresh() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        made = empty_workspace(Path(folder) / "w.ropdesk")
        try:
            yield made
        finally:
            made.close()


def perform(ws: Workspace, statements: list[tuple[str, dict[str, Any]]]) -> None:
    """Run an operation; one that breaks a constraint leaves nothing, as in the product."""
    before = dump(ws.path)
    try:
        with ws.operation("Random") as operation:
            for statement, values in statements:
                wanted = {name: values[name] for name in values if f":{name}" in statement}
                operation.conn.execute(text(statement), wanted)
    except IntegrityError:
        assert dump(ws.path) == before


def walk(ws: Workspace, states: list[Dump]) -> None:
    for state in reversed(states[:-1]):
        assert history.undo(ws) is not None
        assert dump(ws.path) == state
    assert history.undo(ws) is None
    for state in states[1:]:
        assert history.redo(ws) is not None
        assert dump(ws.path) == state
    assert history.redo(ws) is None


@settings(max_examples=40)
@given(st.lists(OPERATION, max_size=6))
def test_undo_all_and_redo_all_give_the_same_rows_also_after_a_restart(
    plan: list[list[tuple[str, dict[str, Any]]]],
) -> None:
    with fresh() as ws:
        states = [dump(ws.path)]
        for statements in plan:
            perform(ws, statements)
            now = dump(ws.path)
            if len(history.entries(ws)) == len(states):
                states.append(now)
        walk(ws, states)
        ws.close()
        again = open_workspace(ws.path)
        walk(again, states)
        again.close()
