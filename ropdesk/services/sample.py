"""The product's sample department, made on the first start by code: people, exports, plans, notes.

Deals and calls come in through the real import, from files in the shapes of amoCRM and Sipuni.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import delete, update

from ropdesk.domain.errors import N_
from ropdesk.domain.team import Absence, Member
from ropdesk.i18n import _
from ropdesk.services import (
    calendar,
    documents,
    facts,
    files,
    imports,
    planning_versions,
    sample_data,
    sample_director,
    sample_investigations,
    sample_marketing,
    sample_meetings,
    sample_promotions,
    sample_signals,
    sample_tasks,
    sample_voice,
    sample_week,
    settings,
    team,
)
from ropdesk.services import sample_files as exports
from ropdesk.services.facts import Entry
from ropdesk.services.files import FileSpec
from ropdesk.services.owners import Choice
from ropdesk.services.planning_draft import editing, set_cell
from ropdesk.services.sample_data import ABSENCES, SELLERS, SampleDepartment, Seller, month_start
from ropdesk.store.models import Change, Operation
from ropdesk.store.workspace import Workspace

COMPANY = "ООО «Северный ветер»"
SALES_HEAD = "Соколова Анна"
PLANNED_MONTHS = 12  # before the current one
CALLS_PER_INQUIRY = 2.1  # what the plans count on
SCENARIOS = {"minimum": 0.875, "standard": 1.0, "maximum": 1.125}
ENTERED_DAYS = 40  # days back with tasks typed by hand
OVERLAP = timedelta(days=7)  # what an export repeats of the one before
LATEST = time(15)  # the exports of today were taken then


def fill(ws: Workspace, today: date) -> None:
    """Make the sample department in an empty workspace; its last export is today's, from 15:00.

    Args:
        today: the day the sample ends at; the same day gives the same department.
    """
    settings.change(ws, company=COMPANY, department=_("Sales department"), sales_head=SALES_HEAD)
    members = _hire(ws, today)
    department = SampleDepartment(today, calendar.calendar(ws))
    _take_in(ws, department)
    for months in range(-PLANNED_MONTHS, 2):
        _plan(ws, today, months)
    _enter(ws, department, members)
    _comment(ws, month_start(today, -1))
    for fill_in in (
        sample_marketing.sample, sample_promotions.sample, sample_voice.sample,
        sample_investigations.sample, sample_week.sample, sample_signals.sample,
        sample_director.sample, sample_meetings.sample,
        sample_tasks.sample,
    ):  # fmt: skip
        fill_in(ws, today, members)
    _forget_the_making(ws)


def _hire(ws: Workspace, today: date) -> Mapping[str, int]:
    """Add the sellers and their absences; returns ids by name."""
    positions = (
        _("Lead sales manager"), _("Senior sales manager"), _("Sales manager"),
        _("Sales manager"), _("Trainee manager"), _("Trainee manager"),
    )  # fmt: skip
    ids = {}
    for seller, position in zip(SELLERS, positions, strict=True):
        ids[seller.name] = team.add(ws, _member(seller, position, today))
    for name, kind, start, length in ABSENCES:
        first = today + timedelta(start)
        team.add_absence(ws, Absence(ids[name], kind, first, first + timedelta(length - 1)))
    return ids


def _member(seller: Seller, position: str, today: date) -> Member:
    born, probation = sample_data.born_on(seller, today), sample_data.probation_of(seller, today)
    return Member(
        0, seller.name, position, sample_data.hired_on(seller, today),
        aliases=(f"{seller.extension} ({seller.name})",), deal_limit=seller.deal_limit,
        ramp={
            month_start(today, months): sample_data.ramp(seller, months) for months in seller.ramp
        },
        birthday=born, probation_until=probation,
    )  # fmt: skip


def _take_in(ws: Workspace, department: SampleDepartment) -> None:
    """Import the past up to the last month's end, then what has come since."""
    today = department.today
    start = datetime.combine(month_start(today, 0), time())
    deals, calls = department.deals(), list(department.calls())
    odd = exports.odd_deals(deals, today, 12, 3)
    # Filled in later, so that the second export changes a month already closed.
    late = exports.odd_deals(deals, start.date(), OVERLAP.days, 1) - odd
    since = datetime.combine(month_start(today, -sample_data.MONTHS), time())
    with TemporaryDirectory() as name:
        folder = Path(name)
        for moment, blank in ((start, odd | late), (datetime.combine(today, LATEST), odd)):
            day = (moment - timedelta(seconds=1)).date().strftime("%d.%m.%Y")
            news = [deal for deal in deals if deal.closed >= since - OVERLAP]
            export = folder / _("Export of amoCRM {day}.csv", day=day)
            if exports.write_deals(export, news, moment, blank):
                _import(ws, "deals", export, today)
            export = folder / _("Calls of Sipuni {day}.csv", day=day)
            if exports.write_calls(export, exports.until_now(calls, since, moment)):
                _import(ws, "calls", export, today)
            since = moment


def _import(ws: Workspace, kind: str, export: Path, today: date) -> None:
    imports.run(ws, files.read(export, FileSpec(kind), today), Choice())


def _plan(ws: Workspace, today: date, months: int) -> None:
    """Plan a month: past ones approved, the current one corrected once, the next a draft."""
    month = month_start(today, months)
    ambition = 0.97 if months == 0 else 1.01 + 0.01 * (month.month % 3)
    first = 1.03 if months == 0 else 1.0
    funnel = _expected(today, months)
    _set_month(ws, month, funnel, ambition * first)
    if months > 0:
        return
    days = calendar.calendar(ws).working_days(month - timedelta(21), month - timedelta(1))
    planning_versions.approve(ws, month, SALES_HEAD, days[-2])
    if months == 0:
        reason = _("The trainees ramp up more slowly than expected")
        planning_versions.correct(ws, month, reason)
        _set_month(ws, month, funnel, ambition)
        planning_versions.approve(ws, month, SALES_HEAD, days[-1])


def _expected(today: date, months: int) -> tuple[float, float, float]:
    """Add up what the sellers are good for in a month: receipts, deals, inquiries."""
    each = [(seller, sample_data.expected(seller, today, months)) for seller in SELLERS]
    deals = [(seller, money / seller.check) for seller, money in each]
    return (
        sum(money for _seller, money in each),
        sum(count for _seller, count in deals),
        sum(count / seller.conversion for seller, count in deals),
    )


def _set_month(
    ws: Workspace, month: date, funnel: tuple[float, float, float], ambition: float
) -> None:
    receipts, deals, inquiries = funnel
    with (
        ws.operation(N_("Set the plan for {month}"), month=f"{month:%m.%Y}") as operation,
        editing(operation, month) as draft,
    ):
        for scenario, share in SCENARIOS.items():
            money = round(receipts * ambition * share, -5)
            more = money / receipts
            asked = round(inquiries * (1 + more) / 2, -1)  # half from more of them, half from skill
            planned = {
                "receipts": money * 100, "deals_won": round(deals * more), "inquiries": asked,
                "calls": round(asked * CALLS_PER_INQUIRY, -1),
            }  # fmt: skip
            for metric, value in planned.items():
                set_cell(draft, (scenario, metric, None), int(value))


def _enter(ws: Workspace, department: SampleDepartment, members: Mapping[str, int]) -> None:
    """Type what no export tells: tasks, and one correction with its reason."""
    today, random = department.today, Random(sample_data.SEED)  # noqa: S311 - invented figures
    known = calendar.calendar(ws)
    days = known.working_days(today - timedelta(ENTERED_DAYS), today - timedelta(1))
    for day in days:
        entries = []
        for seller in SELLERS:
            if day not in department.working(seller, _months_between(today, day)):
                continue
            done = random.randint(9, 18)
            overdue = random.randint(0, 3) + (5 if seller.name == "Петров Алексей" else 0)
            entries += [
                Entry(members[seller.name], "tasks_done", done),
                Entry(members[seller.name], "tasks_on_time", done - random.randint(0, 3)),
                Entry(members[seller.name], "overdue_tasks", overdue),
            ]
        facts.enter(ws, day, entries)
    if days:
        reason = _("Calls from a mobile phone, which the telephony does not see")
        facts.enter(ws, days[-1], [Entry(members["Галиев Тимур"], "calls", 52, reason)])


def _months_between(today: date, day: date) -> int:
    return (day.year - today.year) * 12 + day.month - today.month


def _comment(ws: Workspace, month: date) -> None:
    texts = {
        "reasons": _(
            "The average check is below the plan, most of all with Petrov and Sidorenko: more "
            "small orders than usual. Inquiries came nearly as planned."
        ),
        "done": _("Two negotiations with Petrov and Galiev were reviewed; 18 trainings were held."),
        "decisions": _(
            "Marketing is asked for the inquiries of the new plan, 60 % of them on target."
        ),
    }
    for field, text in texts.items():
        documents.set_comment(ws, month, field, text)


def _forget_the_making(ws: Workspace) -> None:
    """Let undo begin with the person's own first change, not take the sample apart."""
    with ws.replaying() as connection:
        connection.execute(update(Operation).values(state="dropped"))
        connection.execute(delete(Change))
