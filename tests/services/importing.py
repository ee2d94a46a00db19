"""Exports made in the shapes of real ones, and what a workspace holds."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ropdesk.services import files, imports
from ropdesk.services.files import FileSpec
from ropdesk.services.imports import Outcome
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace

TODAY = date(2026, 10, 22)
AMO = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Дата закрытия",
    "Этап сделки", "Воронка", "Источник",
)  # fmt: skip
EVERYBODY = Choice(create_all=True)
CONTENT = (
    "deal", "call", "member", "member_alias", "daily_value", "plan", "plan_value", "plan_day",
    "stage_date",
)  # fmt: skip


def write_csv(
    path: Path,
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> Path:
    """Write a delimited file."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def amo_row(
    number: int | str, owner: str = "Иванова Мария", stage: str = "Успешно реализовано",
    amount: object = "1000", created: str = "02.10.2026 10:00:00",
    closed: str = "12.10.2026 12:00:00", title: str = "Поставка",
) -> list[object]:  # fmt: skip
    """Return a row of an amoCRM export."""
    return [number, title, amount, owner, created, closed, stage, "Основная", "Сайт"]


def amo(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    """Write an amoCRM export."""
    return write_csv(path, AMO, rows)


def take(
    ws: Workspace, path: Path, kind: str = "deals", choice: Choice = EVERYBODY, **spec: Any
) -> Outcome:
    """Import a file."""
    return imports.run(ws, files.read(path, FileSpec(kind, **spec), TODAY), choice)


def content(ws: Workspace) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return every row that a person's numbers rest on; a count of nothing is no row."""
    found = {}
    with ws.read() as connection:
        for table in CONTENT:
            result = connection.exec_driver_sql(f"SELECT * FROM {table}")
            names = list(result.keys())
            rows = [dict(zip(names, row, strict=True)) for row in result]
            if table == "daily_value":
                empty = {"entered": None, "imported": None}
                rows = [r for r in rows if r["derived"] or {k: r[k] for k in empty} != empty]
                for row in rows:
                    del row["id"]
            found[table] = sorted((tuple(row.values()) for row in rows), key=repr)
    return found


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    """Return created, updated, unchanged, repeated, refused."""
    return (
        outcome.created, outcome.updated, outcome.unchanged, outcome.duplicates,
        len(outcome.rejected),
    )  # fmt: skip


def adds_up(outcome: Outcome) -> bool:
    """Tell whether every row read went somewhere."""
    return outcome.read == sum(counts(outcome))
