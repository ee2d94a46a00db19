"""Made data: deals as rows of the store, an export of them, a month with a plan."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from ropdesk.domain.team import Member
from ropdesk.services import batches, imports, owners, planning, team
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.store.workspace import Workspace, create

MEMBERS = 30
MONTH = date(2026, 10, 1)
AS_OF = date(2026, 10, 22)
FLOWS = ("receipts", "deals_won", "inquiries")
HEADER = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Дата закрытия",
    "Этап сделки", "Воронка", "Источник",
)  # fmt: skip
STAGES = ("Успешно реализовано", "Закрыто и не реализовано", "В работе")


def workspace(path: Path, deals: int) -> Workspace:
    """Make a workspace with members, deals over two years, and an approved plan of a month."""
    ws = create(path)
    ids = [team.add(ws, Member(0, f"Менеджер {n:02}")) for n in range(MEMBERS)]
    rng = random.Random(deals)
    for start in range(0, deals, 100_000):
        _add_deals(ws, rng, range(start, min(deals, start + 100_000)))
    for code, value in zip(FLOWS, (1_200_000_000, 380, 2_100), strict=True):
        planning.set_value(ws, MONTH, code, value)
    assert len(ids) == MEMBERS
    return ws


def _add_deals(ws: Workspace, rng: random.Random, numbers: range) -> None:
    first = date(2024, 11, 1)
    count = len(numbers)
    created = [first + timedelta(rng.randrange(720)) for _ in numbers]
    status = [rng.choice(("won", "lost", "open")) for _ in numbers]
    closed = [
        None if state == "open" else (day + timedelta(rng.randrange(40))).isoformat()
        for day, state in zip(created, status, strict=True)
    ]
    incoming = Incoming(
        "deals", "bench", FileInfo(f"{numbers.start}.csv", "", 0), list(range(count)),
        [str(n) for n in numbers], [f"Менеджер {rng.randrange(MEMBERS):02}" for _ in numbers],
        {
            "title": [f"Сделка {n}" for n in numbers], "stage": status, "status": status,
            "amount": [rng.randrange(100_000, 9_000_000) for _ in numbers],
            "created": [day.isoformat() for day in created], "closed": closed,
            "source": ["Сайт"] * count, "pipeline": [""] * count, "lost_reason": [""] * count,
        },
        frozenset(), count, 0, (),
    )  # fmt: skip
    imports.run(ws, incoming, owners.Choice())
    assert batches.TABLES["deals"] == "deal"


def export(path: Path, deals: int) -> None:
    """Write deals as amoCRM exports them."""
    rng = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for n in range(deals):
            created = date(2025, 1, 1) + timedelta(rng.randrange(600))
            closed = created + timedelta(rng.randrange(60))
            stage = rng.choice(STAGES)
            writer.writerow(
                [
                    30_000_000 + n, f"Сделка {n}", rng.randrange(1000, 90_000),
                    f"Менеджер {rng.randrange(MEMBERS):02}", f"{created:%d.%m.%Y} 10:11:12",
                    "не закрыта" if stage == "В работе" else f"{closed:%d.%m.%Y} 12:00:00",
                    stage, "Основная", rng.choice(("Сайт", "Звонок", "Реклама")),
                ]
            )  # fmt: skip
