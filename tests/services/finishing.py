"""A department with numbers, and a daily meeting that was held on them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    facts,
    meeting_run,
    meetings,
    planning,
    planning_versions,
    promises,
    settings,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.promises import NewPromise
from ropdesk.store.workspace import Workspace

DAY = date(2026, 10, 22)  # a Thursday
YESTERDAY = DAY - timedelta(1)
MONTH = DAY.replace(day=1)
MOSCOW = timezone(timedelta(hours=3))
NAMES = ("Иванова Мария", "Петров Алексей", "Галиев Тимур", "Орлов Никита")
PLAN = 8_800_000_00


def at(hour: int, minute: int, day: date = DAY) -> datetime:
    """Give a moment of the day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=MOSCOW)


@dataclass(frozen=True)
class Held:
    """A workspace with a meeting in it.

    Attributes:
        members: ids by name.
        points: ids of the meeting's points by section.
    """

    ws: Workspace
    id: int
    members: dict[str, int]
    points: dict[str, int]


def department(ws: Workspace) -> dict[str, int]:
    """Give the department its people, an approved plan of receipts and yesterday's facts."""
    settings.change(ws, company="ООО «Северный ветер»", sales_head="Соколова Анна")
    members = {name: team.add(ws, Member(0, name, hired=date(2025, 1, 1))) for name in NAMES}
    team.add_absence(ws, Absence(members[NAMES[3]], AbsenceKind.SICK_LEAVE, DAY, DAY))
    planning.set_value(ws, MONTH, "receipts", PLAN)
    planning.distribute(ws, MONTH, "equal")
    planning_versions.approve(ws, MONTH, "Соколова Анна", MONTH)
    for name, value in zip(NAMES, (148_000_00, 92_000_00, 0, 35_000_00), strict=True):
        facts.enter(ws, YESTERDAY, [Entry(members[name], "receipts", value)])
    return members


def begun(ws: Workspace, kind: str = "daily", members: dict[str, int] | None = None) -> Held:
    """Begin a meeting at nine, and let words fall."""
    known = members if members is not None else department(ws)
    meeting = meetings.add(ws, NewMeeting(kind=kind, day=DAY, start=9 * 60))
    meeting_run.begin(ws, meeting, at(9, 0))
    with ws.read() as connection:
        state = meeting_run.meeting(connection, meeting)
    points = {point.section: point.id for point in state.points}
    if kind == "daily":
        meeting_run.go_to_point(ws, meeting, points["repeat"], at(9, 5))
        meeting_run.set_notes(
            ws, points["repeat"], "Звонок в день отправки КП", "Четыре часа на счёт"
        )
        meeting_run.set_goal(ws, meeting, known[NAMES[0]], DAY, "receipts", 130_000_00)
    meeting_run.add_decision(ws, meeting, "Счета готовит ассистент")
    promise(ws, meeting, known[NAMES[2]])
    return Held(ws, meeting, known, points)


def promise(ws: Workspace, meeting: int, member: int | None, **more: object) -> int:
    """Give a promise at a meeting."""
    values = {
        "text": "Оплата", "given": DAY, "due": DAY, "first": DAY, "member_id": member,
        "meeting_id": meeting, "customer": "СтройИнвест", "metric": "receipts",
        "amount": 180_000_00,
    } | more  # fmt: skip
    return promises.add(ws, NewPromise(**values))
