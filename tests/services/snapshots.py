"""The whole content of a workspace, to compare states."""

from ropdesk.store.journal import UNJOURNALLED
from ropdesk.store.models import Base
from ropdesk.store.workspace import Workspace

Content = dict[str, list[tuple[object, ...]]]


def content(ws: Workspace) -> Content:
    """Return every row of every table that a person's work fills."""
    with ws.read() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}")),
                key=repr,
            )
            for table in Base.metadata.sorted_tables
            if table.name not in UNJOURNALLED
        }
