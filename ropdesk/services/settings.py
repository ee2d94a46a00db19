"""Settings of the workspace: company, department, the week, the board's metrics."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import DEFAULT_BOARD
from ropdesk.store.models import Setting
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace


@dataclass(frozen=True, slots=True)
class Settings:
    """Values with one per workspace; defaults are those of a fresh one.

    Attributes:
        board: metric codes that the board shows, in the sales head's order.
        sales_head: who approves and signs.
        decree_days: count the one-off non-working days of 2020 and 2021 as days off.
        watched_folder: where new exports are dropped, or an empty string.
    """

    company: str = ""
    department: str = ""
    sales_head: str = ""
    week_days: int = 5
    decree_days: bool = False
    board: tuple[str, ...] = DEFAULT_BOARD
    watched_folder: str = ""


def load(connection: Connection) -> Settings:
    """Read the settings within a connection."""
    stored = rows(connection, "SELECT key, value FROM setting")
    known = {key: json.loads(value) for key, value in stored if key in Settings.__slots__}
    if "board" in known:
        known["board"] = tuple(known["board"])
    return Settings(**known)


def settings(ws: Workspace) -> Settings:
    """Return the settings of a workspace."""
    with ws.read() as connection:
        return load(connection)


def change(ws: Workspace, **values: Any) -> None:
    """Change settings by name, as one operation.

    Raises:
        DomainError: a value that cannot be (a week of other than 5 or 6 days).
    """
    if values.get("week_days", 5) not in (5, 6):
        raise DomainError(N_("A working week has 5 or 6 days. Choose one of them."))
    with ws.operation(N_("Change settings")) as operation:
        write(operation, values)


def write(operation: Operation, values: dict[str, Any]) -> None:
    """Write settings within a running operation."""
    for key, value in values.items():
        if key not in Settings.__slots__:
            message = f"no setting {key}"
            raise KeyError(message)
        text = json.dumps(value, ensure_ascii=False)
        row = operation.session.scalar(select(Setting).where(Setting.key == key))
        if row is None:
            operation.session.add(Setting(key=key, value=text))
        else:
            row.value = text
