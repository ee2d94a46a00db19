"""The month's plan on paper to sign: for the department, and a sheet for each member."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import Connection, select

from ropdesk import i18n
from ropdesk.domain.calendar import DayKind, WorkCalendar
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.months import month_end
from ropdesk.domain.team import Absence, AbsenceKind, Member, present_days, ramp_share
from ropdesk.i18n import _, ngettext
from ropdesk.reports import model
from ropdesk.services import calendar, metrics, planning, report_lines, settings, team
from ropdesk.services.board import STANDARD, share, spans
from ropdesk.services.planning import PlanView
from ropdesk.services.planning_sheet import month_text
from ropdesk.services.settings import Settings
from ropdesk.services.team import Team
from ropdesk.store.models import PlanDay
from ropdesk.store.workspace import Workspace

FIRST = ("receipts", "deals_won", "inquiries", "calls", "conversion", "average_check")
STATUS = {
    "approved": N_("approved"),
    "draft": N_("draft, not approved"),
    "superseded": N_("superseded by a later version"),
}
AWAY = {
    AbsenceKind.VACATION: N_("vacation"),
    AbsenceKind.SICK_LEAVE: N_("sick leave"),
    AbsenceKind.OTHER: N_("absent"),
}
DEPARTMENT_TITLES = (
    N_("Department's plan for {month}"),
    N_("Draft of the department's plan for {month}"),
)
MEMBER_TITLES = (N_("Manager's plan for {month}"), N_("Draft of the manager's plan for {month}"))
WHOLE = 10_000  # basis points of a full ramp-up

Days = Mapping[tuple[str, int | None], Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A version of a month's plan with everything that its paper says.

    Attributes:
        days: (metric, member or None for the department) → the plan by day.
        codes: metrics that the plan names, and ratios that follow from them.
    """

    view: PlanView
    month: date
    last: date
    metrics: Metrics
    codes: tuple[str, ...]
    days: Days
    calendar: WorkCalendar
    people: Team
    chosen: Settings
    issued: datetime

    @property
    def working(self) -> tuple[date, ...]:
        return self.calendar.working_days(self.month, self.last)

    @property
    def dates(self) -> list[date]:
        return [self.month + timedelta(n) for n in range((self.last - self.month).days + 1)]

    def total(self, metric: Metric, member: int | None) -> model.Value:
        """Return the month's plan in the paper's terms; a ratio follows from its flows."""
        return self.value(metric, lambda code: self.view.value(code, member))

    def value(self, metric: Metric, of: Callable[[str], int | None]) -> model.Value:
        """Return a metric's value where the stored ones are known by code."""
        if metric.kind is not Kind.RATIO:
            return of(metric.code)
        top, bottom = of(metric.numerator or ""), of(metric.denominator or "")
        found = share(metric, self.metrics, top, bottom)
        return report_lines.whole(metric, of(metric.code) if found is None else found)


def department_sheet(
    ws: Workspace, month: date, issued: datetime, version: int | None = None
) -> model.PlanSheet:
    """Answer the department's sheet of a month's plan.

    Args:
        issued: when the document is made, in the user's clock.
        version: of the plan; the draft, or else the approved one, unless given.

    Raises:
        DomainError: the month has no plan, or not this version.
    """
    with ws.read() as connection:
        plan = _read(connection, month, issued, version)
    view = plan.view
    main = plan.codes[0]
    return model.PlanSheet(
        _head(plan, *DEPARTMENT_TITLES), plan.month, view.version,
        _(STATUS[view.status]), _("standard"),
        metrics=_columns(plan, None), members=tuple(_members(plan)),
        days=tuple(_department_days(plan)), day_metric=_day_metric(plan),
        working_days=len(plan.working), approved_by=view.approved_by,
        approved_on=view.approved_on, reason=view.reason,
        scenarios=tuple(
            model.ScenarioValue(_(name), value)
            for scenario, name in report_lines.SCENARIOS.items()
            if (value := view.value(main, scenario=scenario)) is not None
        ),
        signers=(report_lines.signer(_("Head of sales"), plan.chosen.sales_head), _("Director")),
    )  # fmt: skip


def member_sheets(
    ws: Workspace,
    month: date,
    issued: datetime,
    member_ids: Collection[int] | None = None,
    version: int | None = None,
) -> list[model.MemberPlanSheet]:
    """Answer the sheets of the members who have a plan, by name.

    Args:
        issued, version: as of `department_sheet`.
        member_ids: only these; everybody unless given.

    Raises:
        DomainError: the month has no plan, not this version, or it names none of these members.
    """
    with ws.read() as connection:
        plan = _read(connection, month, issued, version)
    chosen = [m for m in _planned(plan) if member_ids is None or m.id in member_ids]
    chosen = [m for m in chosen if m.id != plan.people.nobody]
    if not chosen:
        raise DomainError(
            N_("The plan for {month} is not shared between members yet. Share it first."),
            month=month_text(plan.month),
        )
    return [_member_sheet(plan, member) for member in chosen]


def department_pdf(
    ws: Workspace, month: date, issued: datetime, version: int | None = None
) -> bytes:
    """Make the department's sheet as a PDF; the same plan and moment give the same bytes."""
    from ropdesk.reports.plan_sheets import plan_sheet

    return plan_sheet(department_sheet(ws, month, issued, version))


def member_pdf(
    ws: Workspace,
    month: date,
    issued: datetime,
    member_ids: Collection[int] | None = None,
    version: int | None = None,
) -> bytes:
    """Make the members' sheets as one PDF, each on its own page."""
    from ropdesk.reports.plan_sheets import member_plan_sheets

    return member_plan_sheets(member_sheets(ws, month, issued, member_ids, version))


def _read(connection: Connection, month: date, issued: datetime, version: int | None) -> _Plan:
    first = month.replace(day=1)
    view = planning.load(connection, first, version)
    known = metrics.load(connection)
    codes = () if view is None else _codes(view, known)
    if view is None or not codes:
        raise DomainError(
            N_("There is no plan for {month} yet. Set it on the planning page."),
            month=month_text(first),
        )
    return _Plan(
        view, first, month_end(first), known, codes, _days(connection, view.id),
        calendar.load(connection), team.load(connection), settings.load(connection), issued,
    )  # fmt: skip


def _codes(view: PlanView, known: Metrics) -> tuple[str, ...]:
    """List what the plan names, and ratios whose flows it names; the main ones first."""
    planned = {code for scenario, code, _member in view.values if scenario == STANDARD}
    codes = [
        metric.code
        for metric in known.values()
        if metric.code in planned
        or (
            metric.code in FIRST
            and metric.kind is Kind.RATIO
            and {metric.numerator, metric.denominator} <= planned
        )
    ]
    return tuple(sorted(codes, key=lambda c: FIRST.index(c) if c in FIRST else len(FIRST)))


def _days(connection: Connection, plan_id: int) -> Days:
    found: dict[tuple[str, int | None], dict[date, int]] = {}
    rows = connection.execute(
        select(PlanDay.metric, PlanDay.member_id, PlanDay.day, PlanDay.value).where(
            PlanDay.plan_id == plan_id, PlanDay.scenario == STANDARD
        )
    )
    for row in rows:
        found.setdefault((row.metric, row.member_id), {})[row.day] = row.value
    return found


def _head(plan: _Plan, title: str, draft_title: str) -> model.DocumentHead:
    drafted = plan.view.status == "draft"
    wanted = draft_title if drafted else title
    return model.DocumentHead(
        *report_lines.names(plan.chosen),
        _(wanted, month=report_lines.month_inside(plan.month)),
        "", plan.issued,
        _("plan version {version}, {status}", version=plan.view.version,
          status=_(STATUS[plan.view.status])),
    )  # fmt: skip


def _columns(plan: _Plan, member: int | None) -> tuple[model.PlanColumn, ...]:
    planned = [plan.metrics[code] for code in plan.codes]
    return tuple(
        model.PlanColumn(
            each.code, report_lines.name_of(each), each.unit, each.scale, plan.total(each, member)
        )
        for each in planned
    )


def _day_metric(plan: _Plan) -> str:
    """Choose the metric of the calendar: the first one that has a plan by day."""
    flows = [c for c in plan.codes if plan.metrics[c].kind is Kind.FLOW]
    return next((c for c in flows if (c, None) in plan.days), plan.codes[0])


def _planned(plan: _Plan) -> list[Member]:
    """List the members whom the plan names, by name; what has no owner comes last."""
    named = {key[2] for key in plan.view.values if key[0] == STANDARD and key[2] is not None}
    people = [plan.people.members[i] for i in named if i in plan.people.members]
    return sorted(people, key=lambda m: (m.id == plan.people.nobody, m.name.casefold()))


def _members(plan: _Plan) -> Iterable[model.PlanMember]:
    for member in _planned(plan):
        values = {code: plan.total(plan.metrics[code], member.id) for code in plan.codes}
        nobody = member.id == plan.people.nobody
        name = _(member.name) if nobody else member.name
        yield model.PlanMember(name, values, "" if nobody else _member_note(plan, member))


def _member_note(plan: _Plan, member: Member) -> str:
    """Say why a member's plan is not an ordinary one: ramp-up, and days away."""
    notes = []
    ramp = ramp_share(member, plan.month)
    if ramp != WHOLE:
        notes.append(_("ramp-up {share}", share=i18n.percent(Fraction(ramp, WHOLE))))
    away = len(plan.working) - len(present_days(member, plan.people.absences, plan.working))
    if away:
        notes.append(ngettext("{n} day away", "{n} days away", away))
    return ", ".join(notes)


def _department_days(plan: _Plan) -> Iterable[model.PlanDay]:
    here = [m for m in _planned(plan) if m.id != plan.people.nobody]
    for day in plan.dates:
        working = plan.calendar.is_working(day)
        note = _calendar_note(plan, day)
        if working and not note:
            away = sum(_absence(plan, member, day) is not None for member in here)
            note = ngettext("{n} away", "{n} away", away) if away else ""
        yield model.PlanDay(day, working, _day_values(plan, day, None), note)


def _day_values(plan: _Plan, day: date, member: int | None) -> dict[str, model.Value]:
    return {
        code: plan.days[code, member].get(day) for code in plan.codes if (code, member) in plan.days
    }


def _absence(plan: _Plan, member: Member, day: date) -> Absence | None:
    return next(
        (a for a in plan.people.absences if a.member_id == member.id and a.start <= day <= a.end),
        None,
    )


def _calendar_note(plan: _Plan, day: date) -> str:
    """Say what is unusual about a day of the calendar."""
    kind = plan.calendar.kind(day)
    weekend = day.weekday() >= plan.calendar.week_days
    if kind is DayKind.DAY_OFF:
        return "" if weekend else _("day off")
    if weekend:
        return _("working day")
    return _("shortened") if kind is DayKind.SHORTENED else ""


def _member_sheet(plan: _Plan, member: Member) -> model.MemberPlanSheet:
    present = set(present_days(member, plan.people.absences, plan.working))
    ramp = ramp_share(member, plan.month)
    return model.MemberPlanSheet(
        _head(plan, *MEMBER_TITLES), plan.month, plan.view.version,
        _(STATUS[plan.view.status]), member.name,
        metrics=tuple(c for c in _columns(plan, member.id) if c.total is not None),
        weeks=tuple(_weeks(plan, member, present)),
        days=tuple(_member_day(plan, member, day, present) for day in plan.dates),
        day_metric=_day_metric(plan), working_days=len(present), position=member.position,
        note="" if ramp == WHOLE
        else _("ramp-up {share}", share=i18n.percent(Fraction(ramp, WHOLE))),
        approved_by=plan.view.approved_by, approved_on=plan.view.approved_on,
        signers=(member.name, report_lines.signer(_("Head of sales"), plan.chosen.sales_head)),
    )  # fmt: skip


def _weeks(plan: _Plan, member: Member, present: Collection[date]) -> Iterable[model.PlanWeek]:
    for start, end in spans(plan.month, plan.last, "week"):
        sums = {
            code: sum(value for day, value in days.items() if start <= day <= end)
            for (code, owner), days in plan.days.items()
            if owner == member.id
        }
        worked = sum(start <= day <= end for day in present)
        if not worked and not any(sums.values()):
            continue  # a week of days off alone says nothing
        values = {code: plan.value(plan.metrics[code], sums.get) for code in plan.codes}
        yield model.PlanWeek(start, end, worked, values)


def _member_day(plan: _Plan, member: Member, day: date, present: Collection[date]) -> model.PlanDay:
    absence = _absence(plan, member, day)
    note = _calendar_note(plan, day)
    if absence is not None and plan.calendar.is_working(day):
        note = absence.note or _(AWAY[absence.kind])
    return model.PlanDay(day, day in present, _day_values(plan, day, member.id), note)
