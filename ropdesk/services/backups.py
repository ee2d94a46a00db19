"""Backups, restoring and checking, as a person asks for them."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ropdesk.domain.errors import N_
from ropdesk.store import backup, derive
from ropdesk.store.errors import StorageError
from ropdesk.store.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup beside the workspace: when, why and how many bytes."""

    path: Path
    at: datetime
    why: str
    size: int


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: nothing wrong is ``differences == 0`` and no problems."""

    problems: tuple[str, ...]
    differences: int

    @property
    def sound(self) -> bool:
        """Tell whether the file and every derived figure are as they should be."""
        return not self.problems and not self.differences


def backups(path: Path) -> list[Backup]:
    """List the backups of a workspace, newest first."""
    return [
        Backup(each, backup.moment(each), each.stem[18:], each.stat().st_size)
        for each in backup.made(path)
    ]


def save_copy(ws: Workspace, target: Path) -> None:
    """Write a consistent, verified copy of an open workspace."""
    backup.copy(ws.path, target)


def make(ws: Workspace, why: str) -> Path:
    """Make a backup beside the workspace; old ones rotate out."""
    return backup.make(ws.path, why)


def due(path: Path, today: date) -> bool:
    """Tell whether today's backup is still to be made."""
    made = backup.made(path)
    return not made or backup.moment(made[0]).date() < today


def restore(path: Path, source: Path) -> Path | None:
    """Put a backup in a closed workspace's place; returns the backup of what was replaced."""
    return backup.restore(path, source)


def check(path: Path) -> Health:
    """Check the file and every figure derived from deals and calls.

    Raises:
        StorageError: the file is not a workspace, or is too damaged to be read.
    """
    if not path.is_file():
        raise StorageError(N_("There is no workspace «{file}»."), file=str(path))
    backup.verify(path)
    ws = open_workspace(path)
    try:
        with ws.read() as connection:
            differing = derive.differences(connection)
            plans = connection.exec_driver_sql(
                "SELECT count(*) FROM plan_value v WHERE v.member_id IS NULL AND EXISTS "
                "(SELECT 1 FROM plan_day d WHERE d.plan_id = v.plan_id AND d.scenario = v.scenario "
                "AND d.metric = v.metric AND d.member_id IS NULL) AND v.value <> "
                "(SELECT sum(value) FROM plan_day d WHERE d.plan_id = v.plan_id "
                "AND d.scenario = v.scenario AND d.metric = v.metric AND d.member_id IS NULL)"
            ).scalar_one()
    finally:
        ws.close()
    return Health((), differing + plans)


def recount(ws: Workspace) -> None:
    """Count every derived figure anew from its rows (a repair after `check`)."""
    with ws.operation(N_("Recount the daily values")) as operation:
        with operation.silent():
            for kind, table, days in (
                ("deals", "deal", ("created", "closed")),
                ("calls", "call", ("day",)),
            ):
                pairs = {
                    (member, day)
                    for column in days
                    for member, day in operation.conn.exec_driver_sql(
                        f"SELECT DISTINCT member_id, {column} FROM {table} "
                        f"WHERE {column} IS NOT NULL"
                    )
                }
                pairs |= {
                    (member, day)
                    for member, day in operation.conn.exec_driver_sql(
                        "SELECT DISTINCT member_id, day FROM daily_value WHERE derived IS NOT NULL"
                    )
                }
                derive.refresh(operation.conn, kind, pairs)
                if kind == "deals":
                    derive.refresh_open_deals(operation.conn, {member for member, _ in pairs})
        operation.touch("daily_value")
