"""The plan of a month from the command line."""

from getpass import getuser
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import shown, stored, today
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.money import scaled
from ropdesk.domain.team import match_name
from ropdesk.i18n import _, month_name, pgettext, short_date
from ropdesk.services import metrics as catalogues
from ropdesk.services import planning, planning_versions, settings
from ropdesk.services.planning import PlanView
from ropdesk.services.team import Team, team
from ropdesk.store.workspace import Workspace

Named = dict[int | None, str]


def put(job: Job) -> Answer:
    """Set one month's plan of a metric, for the department or a member."""
    args = job.args
    with job.writing(make=True) as ws:
        metric = catalogues.catalogue(ws)[args.metric]
        member = None if args.member is None else find_member(team(ws), args.member)
        value = scaled(args.value, metric.scale)
        planning.set_value(ws, args.month, args.metric, value, member, args.scenario)
        return _answer(job, ws)


def find_member(people: Team, name: str) -> int:
    """Find whom a name or alias means.

    Raises:
        DomainError: nobody, or more than one.
    """
    found = match_name(name, [m for m in people.members.values() if m.id != people.nobody])
    if found is None:
        raise DomainError(
            N_("Nobody in the team is called «{name}», or more than one. See ropdesk members."),
            name=name,
        )
    return found.id


def distribute(job: Job) -> Answer:
    """Share the department's plan between members and days."""
    with job.writing() as ws:
        planning.distribute(ws, job.args.month, job.args.by)
        return _answer(job, ws)


def approve(job: Job) -> Answer:
    """Approve the draft, in the name given, the sales head's or the user's."""
    with job.writing() as ws:
        who = job.args.who or settings.settings(ws).sales_head or getuser()
        planning_versions.approve(ws, job.args.month, who, today())
        return _answer(job, ws)


def correct(job: Job) -> Answer:
    """Start a new version of an approved plan."""
    with job.writing() as ws:
        planning_versions.correct(ws, job.args.month, job.args.reason)
        return _answer(job, ws)


def show(job: Job) -> Answer:
    """Show the plan of a month: the draft if there is one, else the approved one."""
    with job.reading() as ws:
        return _answer(job, ws, job.args.version)


def _answer(job: Job, ws: Workspace, version: int | None = None) -> Answer:
    view = planning.plan(ws, job.args.month, version)
    if view is None:
        raise DomainError(
            N_("There is no plan for {month}. Set one with ropdesk plan set."),
            month=job.args.month.strftime("%m.%Y"),
        )
    people = team(ws)
    names: Named = {None: ""} | {m.id: _(m.name) for m in people.members.values()}
    known = catalogues.catalogue(ws)
    return Answer(_data(view, names, known), _text(view, names, known))


def _data(view: PlanView, names: Named, known: Metrics) -> dict[str, Any]:
    return {
        "month": view.month.strftime("%Y-%m"),
        "version": view.version,
        "status": view.status,
        "reason": view.reason,
        "approved_by": view.approved_by or None,
        "approved_on": view.approved_on.isoformat() if view.approved_on else None,
        "values": [
            {
                "scenario": scenario,
                "metric": metric,
                "member": None if member is None else names[member],
                "value": stored(cell.value, known[metric]),
                "locked": cell.locked,
            }
            for (scenario, metric, member), cell in view.values.items()
            if metric in known
        ],
    }


def _text(view: PlanView, names: Named, known: Metrics) -> str:
    states = {
        "draft": pgettext("cli", "draft"),
        "approved": pgettext("cli", "approved"),
        "superseded": pgettext("cli", "superseded"),
    }
    scenarios = {
        "minimum": pgettext("cli", "minimum"),
        "standard": pgettext("cli", "standard"),
        "maximum": pgettext("cli", "maximum"),
    }
    title = _(
        "{month}, version {version}: {status}", month=month_name(view.month),
        version=view.version, status=states[view.status],
    )  # fmt: skip
    if view.approved_on:
        title += f", {view.approved_by}, {short_date(view.approved_on)}"
    rows = [
        (
            _(known[metric].name),
            scenarios[scenario],
            _("Department") if member is None else names[member],
            shown(stored(cell.value, known[metric])),
        )
        for (scenario, metric, member), cell in sorted(
            view.values.items(),
            key=lambda item: (item[0][1], item[0][0], names[item[0][2]].casefold()),
        )
        if metric in known
    ]
    head = (
        _("Metric"),
        pgettext("cli", "Scenario"),
        pgettext("cli", "Whose"),
        _("Plan"),
    )
    return f"{title}\n{table(head, rows, texts=3)}"
