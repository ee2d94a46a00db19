"""Made data: deals as rows of the store, an export of them, a month with a plan."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from ropdesk.domain.metrics import DERIVED_FROM_DEALS, Kind, Metrics
from ropdesk.domain.team import Member
from ropdesk.services import facts, imports, owners, planning, planning_versions, settings, team
from ropdesk.services.facts import Entry
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.store import derive
from ropdesk.store.workspace import Workspace, create

MEMBERS = 30
MONTH = date(2026, 10, 1)
AS_OF = date(2026, 10, 22)
PLANS = {"receipts": 1_200_000_000, "deals_won": 380, "inquiries": 2_100, "calls": 9_000}
STATUSES = ("won", "lost", "open")
CLOSED_AFTER = timedelta(5)
IMPORTED = 100_000  # deals that come in through the real import; more are copied in beside them
HEADER = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки", "Дата закрытия",
    "Этап сделки", "Воронка", "Источник",
)  # fmt: skip
STAGES = ("Успешно реализовано", "Закрыто и не реализовано", "В работе")


def workspace(
    path: Path, deals: int, days: int, until: date = AS_OF, members: int = MEMBERS
) -> Workspace:
    """Make a workspace with members, deals and the approved plan of the last day's month.

    Deals fill every member's every day in turn, one of each status: from members × days × 3 of
    them on, more deals make no more daily values, only greater ones.

    Args:
        days: how many days up to ``until`` the deals are spread over.
    """
    ws = create(path)
    names = [f"Менеджер {n:02}" for n in range(members)]
    for name in names:
        team.add(ws, Member(0, name))
    first = min(deals, IMPORTED)
    imports.run(ws, _incoming(range(first), names, days, until), owners.Choice())
    if deals > first:
        _copy_in(ws, _incoming(range(first, deals), names, days, until))
    month = until.replace(day=1)
    for code, value in PLANS.items():
        planning.set_value(ws, month, code, value)
    planning_versions.approve(ws, month, "Соколова Анна", month)
    return ws


def _incoming(numbers: range, names: list[str], days: int, until: date) -> Incoming:
    count, members = len(numbers), len(names)
    status = [STATUSES[n // members % 3] for n in numbers]
    created = [until - timedelta(n // members // 3 % days) for n in numbers]
    closed = [
        None if state == "open" else min(until, day + CLOSED_AFTER).isoformat()
        for day, state in zip(created, status, strict=True)
    ]
    return Incoming(
        "deals", "bench", FileInfo(f"{numbers.start}.csv", f"{numbers.start}", 0),
        list(range(count)), [str(n) for n in numbers], [names[n % members] for n in numbers],
        {
            "title": [f"Сделка {n}" for n in numbers], "stage": status, "status": status,
            "amount": [100_000 + n * 7_919 % 9_000_000 for n in numbers],
            "created": [day.isoformat() for day in created], "closed": closed,
            "source": ["Сайт"] * count, "pipeline": [""] * count, "lost_reason": [""] * count,
        },
        frozenset(), count, 0, (),
    )  # fmt: skip


def _copy_in(ws: Workspace, rows: Incoming) -> None:
    """Put further rows of the first import straight into the file, their sums with them."""
    people = {member.name: id_ for id_, member in team.team(ws).members.items()}
    owned = [people[name] for name in rows.owner]
    columns = ("title", "stage", "status", "amount", "created", "closed", "source", "pipeline",
               "lost_reason")  # fmt: skip
    values = list(zip(rows.external_ids, owned, *(rows.values[c] for c in columns), strict=True))
    with ws.replaying() as connection:
        cursor = connection.connection.cursor()
        cursor.executemany(
            "INSERT INTO deal (origin, external_id, member_id, title, stage, status, amount, "
            "created, closed, source, pipeline, lost_reason, batch_id, line) "
            "VALUES ('bench', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)",
            values,
        )
        days = {*rows.values["created"], *rows.values["closed"]} - {None}
        derive.refresh(connection, "deals", [(m, d) for m in people.values() for d in days])
        derive.refresh_open_deals(connection, people.values())


def widen(ws: Workspace, codes: tuple[str, ...], known: Metrics, until: date = AS_OF) -> None:
    """Show these metrics on the board, and enter numbers of those that deals do not give."""
    settings.change(ws, board=codes)
    by_hand = [c for c in codes if known[c].kind is not Kind.RATIO and c not in DERIVED_FROM_DEALS]
    members = sorted(team.team(ws).members)
    for day in (until - timedelta(n) for n in range(until.day)):
        entries = [Entry(m, c, (m * 7 + day.day) % 19) for m in members for c in by_hand]
        facts.enter(ws, day, entries)


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
