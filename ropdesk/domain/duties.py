"""The duties of a sales head: the starting set, periods, streaks.

The set follows two published descriptions of the work: «Полное руководство по обязанностям
руководителя отдела продаж» (Oki-Toki, 07.07.2025) and «Обязанности руководителя отдела продаж»
(planning, organisation, control, training, motivation), with their rhythms: a daily coordination,
a weekly meeting, a monthly report to the team. Where a source says only «regularly», the rhythm
is the shortest at which the duty still changes something.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import add_months

LONGEST_TITLE = 120
_MIDNIGHT = 24 * 60
_NOWHERE: Mapping[str, Any] = MappingProxyType({})


class Rhythm(StrEnum):
    """How often a duty comes; ``day`` is every working day."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class State(StrEnum):
    """Whose a duty is."""

    MINE = "mine"
    DELEGATED = "delegated"
    IRRELEVANT = "irrelevant"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of the starting set.

    Attributes:
        title: msgid.
        page, where: what shows the place to do it.
        start: the usual time, minutes after midnight; None is any time.
        auto: what the program recognises it by (msgid); empty where only a hand marks it.
    """

    code: str
    rhythm: Rhythm
    title: str
    page: str
    where: Mapping[str, Any] = field(default_factory=lambda: _NOWHERE)
    start: int | None = None
    auto: str = ""


def _day(code: str, title: str, page: str, view: str = "", **more: Any) -> Duty:
    return _duty(Rhythm.DAY, code, title, page, view, **more)


def _week(code: str, title: str, page: str, view: str = "", **more: Any) -> Duty:
    return _duty(Rhythm.WEEK, code, title, page, view, **more)


def _month(code: str, title: str, page: str, view: str = "", **more: Any) -> Duty:
    return _duty(Rhythm.MONTH, code, title, page, view, **more)


def _duty(
    rhythm: Rhythm, code: str, title: str, page: str, view: str, *,
    side: str = "", start: int | None = None, auto: str = "", **where: str,
) -> Duty:  # fmt: skip
    place = {key: value for key, value in (("view", view), ("side", side), *where.items()) if value}
    return Duty(code, rhythm, title, page, MappingProxyType(place), start, auto)


STARTING_SET: tuple[Duty, ...] = (
    _day("plan_fact", N_("Compare plan and fact"), "planning", "board"),
    _day(
        "coordination", N_("Coordination with the department"), "meetings", "list", start=9 * 60,
        auto=N_("a daily coordination was held on this day"),
    ),
    _day(
        "protocol", N_("Keep the protocol, write every promise down"), "meetings", "protocols",
        auto=N_("a protocol of a meeting of this day is issued"),
    ),
    _day("calls", N_("Listen to two calls"), "planning", "voice", side="customers"),
    _day("crm_overdue", N_("Check the CRM: overdue tasks"), "planning", "funnel"),
    _day(
        "statistics", N_("Collect the day's statistics"), "planning", "day", start=18 * 60,
        auto=N_("facts of this day are in"),
    ),
    _week(
        "weekly_meeting", N_("Weekly meeting with the department"), "meetings", "list",
        auto=N_("a weekly meeting was held in this week"),
    ),
    _week(
        "week_plan", N_("Make the week's action plan"), "planning", "week",
        auto=N_("the week's plan has an action of its own, recurring ones apart"),
    ),
    _week(
        "forecast", N_("Check the forecast, shift efforts"), "planning", "reasons", side="levers"
    ),
    _week(
        "investigation", N_("Investigate what worked and what did not"),
        "planning", "investigations", side="cases",
        auto=N_("an investigation was opened or got its verdict in this week"),
    ),
    _week(
        "director_week", N_("Report to the director, coordinate with them"),
        "planning", "director", kind="week",
        auto=N_("the report of this week was sent, or a meeting with the director was held"),
    ),
    _week(
        "marketing", N_("Check leads and figures with marketing"), "planning", "marketing",
        auto=N_("a meeting with marketing was held in this week"),
    ),
    _week(
        "quality", N_("Coordination with quality control"), "meetings", "list",
        auto=N_("a meeting with quality control was held in this week"),
    ),
    _week("stuck_deals", N_("Look through stuck deals"), "planning", "funnel"),
    _week("closing", N_("Help with difficult customers, the member leads"), "planning", "funnel"),
    _week("crm_quality", N_("Check how the CRM is kept, and each member's load"),
          "planning", "funnel"),
    _week("time_use", N_("Take work that is not sales off the members"), "planning", "week"),
    _week("discipline", N_("Check discipline and standards"), "team"),
    _week("practice", N_("Practice in pairs"), "planning", "week"),
    _week("call_review", N_("Review won and lost negotiations"), "planning", "week"),
    _week("talks", N_("One-to-ones and coaching"), "team"),
    _week("candidates", N_("Select candidates, hold final interviews"), "planning", "week"),
    _month(
        "month_plan", N_("Approve the plan of the next month"), "planning", "decomposition",
        auto=N_("the plan of the next month is approved"),
    ),
    _month(
        "month_meeting", N_("Monthly meeting: report to the team"), "meetings", "list",
        auto=N_("a monthly meeting was held in this month"),
    ),
    _month(
        "director_month", N_("Report to the director on the past month"), "planning", "director",
        kind="month", auto=N_("the report of the past month was sent"),
    ),
    _month("indicators", N_("Look through the key indicators"), "planning", "board"),
    _month(
        "agreement", N_("Agree on leads of the next month with marketing"),
        "planning", "marketing", side="agreements",
        auto=N_("an agreement on leads of the next month is made"),
    ),
    _month(
        "promotions", N_("Suggest promotions and offers"), "planning", "promotions",
        auto=N_("a promotion was suggested or agreed in this month"),
    ),
    _month("standards", N_("Improve scripts, standards and regulations"), "planning", "week"),
    _month("training", N_("Make the training schedule: product, CRM, sales"), "planning", "week"),
    _month("courses", N_("Reading, courses, outside speakers"), "planning", "week"),
    _month("attestation", N_("Attestation and individual development plans"), "team"),
    _month("motivation", N_("Look through motivation: pay, contests, recognition"), "team"),
    _month(
        "product", N_("Pass the customer's voice on to the product side"),
        "planning", "voice", side="customers",
        auto=N_("something that customers say was passed on in this month"),
    ),
    _month(
        "tools", N_("Try a tool or an automation"), "planning", "voice", side="tools",
        auto=N_("a trial of a tool began or ended in this month"),
    ),
)  # fmt: skip
"""Daily, weekly, monthly; each in the order of the day or of the month."""


def period(rhythm: Rhythm, day: date) -> date:
    """Return what a duty's period is called by: the day, its Monday or the month's first day."""
    if rhythm is Rhythm.MONTH:
        return day.replace(day=1)
    return day - timedelta(day.weekday()) if rhythm is Rhythm.WEEK else day


def before(rhythm: Rhythm, start: date, calendar: WorkCalendar) -> date:
    """Return the period before one; of a daily duty, the working day before."""
    if rhythm is Rhythm.MONTH:
        return add_months(start, -1)
    if rhythm is Rhythm.WEEK:
        return start - timedelta(7)
    earlier = start - timedelta(1)
    while not calendar.is_working(earlier):
        earlier -= timedelta(1)
    return earlier


def streak(
    rhythm: Rhythm, done: Collection[date], today: date, calendar: WorkCalendar, floor: date
) -> int:
    """Count the periods in a row in which a duty was done, back from the current one.

    An open current period neither counts nor breaks it. A day off is nobody's period: it neither
    counts nor breaks it either.

    Args:
        done: periods, as `period` calls them.
        floor: nothing before this day is looked at.
    """
    at = period(rhythm, today)
    count = int(at in done and (rhythm is not Rhythm.DAY or calendar.is_working(at)))
    while at > floor:
        at = before(rhythm, at, calendar)
        if at not in done:
            break
        count += 1
    return count


def title(text: str) -> str:
    """Return the title of a duty of one's own as it is kept.

    Raises:
        DomainError: it is empty or longer than `LONGEST_TITLE`.
    """
    kept = " ".join(text.split())
    if not kept:
        raise DomainError(N_("The duty has no name. Write what it is."), field="title")
    if len(kept) > LONGEST_TITLE:
        raise DomainError(
            N_("The duty is longer than {n} characters. Shorten it."),
            n=LONGEST_TITLE,
            field="title",
        )
    return kept


def start(minute: int | None) -> int | None:
    """Return a usual time as it is kept, minutes after midnight.

    Raises:
        DomainError: no day has such a time.
    """
    if minute is not None and not 0 <= minute < _MIDNIGHT:
        raise DomainError(N_("There is no such time. Choose one between 0:00 and 23:59."),
                          field="start")  # fmt: skip
    return minute


def delegate(state: State, member_id: int | None, words: str) -> tuple[int | None, str]:
    """Return to whom a duty is delegated: a member or a name, neither where it is not.

    Raises:
        DomainError: it is delegated to nobody.
    """
    if state is not State.DELEGATED:
        return None, ""
    name = " ".join(words.split())
    if member_id is None and not name:
        raise DomainError(
            N_("It is not said to whom. Choose a member or write a name."), field="delegate"
        )
    return member_id, "" if member_id is not None else name
