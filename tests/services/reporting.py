"""A small department with known numbers, for the tests of its papers."""

from datetime import UTC, date, datetime

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import facts, planning, planning_versions, settings, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace

MONTH = date(2026, 9, 1)
ISSUED = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)
HEAD = "Соколова Анна"
WON = {"Иванова Мария": 6, "Петров Алексей": 4, "=1+1": 2}


def fill(ws: Workspace, months: tuple[date, ...] = (MONTH,)) -> dict[str, int]:
    """Hire three people and enter two days of facts in each month; returns ids by name."""
    settings.change(ws, company="ООО «Ветер»", department="Отдел продаж", sales_head=HEAD)
    ids = {name: team.add(ws, Member(0, name, "Менеджер")) for name in WON}
    for month in months:
        for day in (month.replace(day=1), month.replace(day=15)):
            entries = []
            for name, won in WON.items():
                entries += [
                    Entry(ids[name], "deals_won", won),
                    Entry(ids[name], "inquiries", won * 5),
                    Entry(ids[name], "receipts", won * 1_000_000),
                ]
            facts.enter(ws, day, entries)
    return ids


def plan(ws: Workspace, month: date = MONTH, *, approve: bool = True) -> None:
    """Plan 300 000 roubles, 30 deals of 120 inquiries."""
    planning.set_value(ws, month, "receipts", 30_000_000)
    planning.set_value(ws, month, "deals_won", 30)
    planning.set_value(ws, month, "inquiries", 120)
    planning.set_value(ws, month, "receipts", 24_000_000, scenario="minimum")
    if approve:
        planning_versions.approve(ws, month, HEAD, date(2026, 8, 31))


def vacation(ws: Workspace, member: int, first: date, last: date) -> None:
    """Send a member on vacation."""
    team.add_absence(ws, Absence(member, AbsenceKind.VACATION, first, last))
