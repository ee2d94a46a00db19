"""Leads put in as deals, with their sources and reasons of loss."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ropdesk.services import imports
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Lead:
    """A deal as a CRM tells it."""

    source: str = "Сайт"
    created: date | None = date(2026, 10, 5)
    status: str = "open"
    reason: str = ""
    closed: date | None = None
    amount: int | None = None
    owner: str = "Иванова Мария"
    title: str = "Поставка: ООО «Ромашка»"
    number: str = ""


def put(ws: Workspace, leads: Sequence[Lead], file: str = "leads.csv") -> None:
    """Import leads; members who are not here yet are made."""
    total = len(leads)
    days = [(lead.created, lead.closed) for lead in leads]
    iso = [tuple(day.isoformat() if day else None for day in pair) for pair in days]
    incoming = Incoming(
        "deals", "raw", FileInfo(file, file, 0), list(range(2, total + 2)),
        [lead.number or f"{file}-{n}" for n, lead in enumerate(leads)],
        [lead.owner for lead in leads],
        {
            "title": [lead.title for lead in leads], "stage": [lead.status for lead in leads],
            "status": [lead.status for lead in leads], "amount": [lead.amount for lead in leads],
            "created": [pair[0] for pair in iso], "closed": [pair[1] for pair in iso],
            "source": [lead.source for lead in leads], "pipeline": [""] * total,
            "lost_reason": [lead.reason for lead in leads],
        },
        frozenset(), total, 0, (),
    )  # fmt: skip
    imports.run(ws, incoming, Choice(create_all=True))


def deal_id(ws: Workspace, number: str) -> int:
    """Return a deal's id by its number."""
    with ws.read() as connection:
        found = connection.exec_driver_sql("SELECT id FROM deal WHERE external_id = ?", (number,))
        return int(found.scalar_one())
