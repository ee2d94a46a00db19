"""Every record of a workspace has a name in the history, and every value of it."""

import pytest

from ropdesk.store.models import Base, Change, Operation
from ropdesk.ui.settings import change_words

OWN = {Change.__tablename__, Operation.__tablename__}  # the history itself
SETTINGS_ONLY = {"key"}


@pytest.mark.parametrize("table", [t for t in Base.metadata.sorted_tables if t.name not in OWN])
def test_every_table_and_column_is_named(table):
    assert table.name in change_words.TABLES
    known = {*change_words.COLUMNS, *change_words.HIDDEN, *SETTINGS_ONLY}
    assert {column.name for column in table.columns} <= known
