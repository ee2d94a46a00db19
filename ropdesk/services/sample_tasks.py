"""The sample's tasks, and the duties as its sales head has kept them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.duties import State
from ropdesk.domain.errors import N_
from ropdesk.domain.months import month_end
from ropdesk.domain.week import monday
from ropdesk.i18n import _
from ropdesk.services import calendar, duties, tasks
from ropdesk.services.tasks import NewTask
from ropdesk.store.models import DutyMark
from ropdesk.store.workspace import Workspace

PETROV, GALIEV, KIM = "Петров Алексей", "Галиев Тимур", "Ким Дарья"
# How many working days in a row, and whether today already, each daily duty was done.
_DAILY = {"plan_fact": (9, True), "calls": (4, False), "crm_overdue": (2, True)}
_WEEKLY = {"stuck_deals": 5, "talks": 3, "crm_quality": 2, "practice": 4}
_MONTHLY = ("indicators", "standards", "training")


@dataclass(frozen=True, slots=True)
class _Task:
    """A task of the sample; `days` from today to when it is due, None is some day."""

    title: str
    days: int | None
    owner: str = ""
    repeat: str = ""
    result: str | None = None
    note: str = ""


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Write tasks of every kind and the marks of duties.

    Args:
        members: ids by the names of the sample's sellers.
    """
    work = calendar.calendar(ws)
    for task in _tasks(today):
        due = None if task.days is None else _worked(today, task.days, work)
        new = NewTask(
            title=task.title, due=due, member_id=members.get(task.owner), repeat=task.repeat,
            note=task.note,
        )  # fmt: skip
        ref = tasks.add(ws, new, today - timedelta(10))
        if task.result is not None:
            tasks.finish(ws, ref, due or today, task.result)
    _mark(ws, today, work)
    duties.set_state(ws, "discipline", State.DELEGATED, members[PETROV])
    duties.set_state(ws, "tools", State.IRRELEVANT)


def _tasks(today: date) -> list[_Task]:
    last = (month_end(today) - today).days
    return [
        _Task(_("Answer marketing about disputed leads (7)"), -2),
        _Task(_("Approve the plan of the next month"), 0),
        _Task(_("Attestation on the product"), 2, KIM),
        _Task(_("Check the agreement with quality control"), 5,
              note=_("Ten calls a week, chosen by them, not by us")),
        _Task(_("Collect reviews of three customers for the site"), 6, GALIEV),
        _Task(_("Report to the director for the week"), 4 - today.weekday(), repeat="week"),
        _Task(_("Count the bonuses of the department"), last, repeat="month"),
        _Task(_("New script of the first call"), None),
        _Task(_("Price list of the winter season to every customer"), -6, PETROV,
              result=_("Sent to 214 customers, eleven asked for a quote")),
    ]  # fmt: skip


def _worked(today: date, days: int, work: WorkCalendar) -> date:
    """Return a working day that many days away; a day off gives the one before."""
    day = today + timedelta(days)
    while not work.is_working(day):
        day -= timedelta(1)
    return day


def _mark(ws: Workspace, today: date, work: WorkCalendar) -> None:
    made = []
    past = work.working_days(today - timedelta(60), today - timedelta(1))
    for code, (days, now) in _DAILY.items():
        done = [*past[-days:], *([today] if now and work.is_working(today) else [])]
        made += [DutyMark(code=code, period=day, done_on=day) for day in done]
    for code, weeks in _WEEKLY.items():
        mondays = [monday(today) - timedelta(7 * number) for number in range(1, weeks + 1)]
        made += [DutyMark(code=code, period=day, done_on=day) for day in mondays]
    before = (today.replace(day=1) - timedelta(1)).replace(day=1)
    made += [DutyMark(code=code, period=before, done_on=before) for code in _MONTHLY]
    with ws.operation(N_("Duties of the past weeks")) as operation:
        operation.session.add_all(made)
