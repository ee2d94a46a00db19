"""Working days and hours from the command line."""

from datetime import date

from ropdesk.cli.job import Answer, Job, table
from ropdesk.domain.calendar import WorkCalendar, YearNorm
from ropdesk.i18n import _, integer, month_name, pgettext, short_date


def year(job: Job) -> Answer:
    """Tell the working time of a year; without a workspace, as the law has it."""
    if job.args.workspace is None and not job.path.exists():
        return _answer(WorkCalendar().year_norm(job.args.year))
    from ropdesk.services.calendar import calendar

    if job.args.workspace is not None and not job.path.exists():
        job.say(_("There is no workspace «{file}» yet: the law's calendar.", file=job.path))
        return _answer(WorkCalendar().year_norm(job.args.year))
    with job.reading() as ws:
        return _answer(calendar(ws).year_norm(job.args.year))


def _answer(norm: YearNorm) -> Answer:
    data = {
        "year": norm.year,
        "working_days": norm.working_days,
        "hours_40": norm.hours_40,
        "months": [
            {"month": m.month.month, "working_days": m.working_days, "hours_40": m.hours_40}
            for m in norm.months
        ],
        "working_weekends": [day.isoformat() for day in norm.working_weekends],
        "shortened": [day.isoformat() for day in norm.shortened],
        "transfers_known": norm.source_known,
    }
    rows = [(month_name(m.month), str(m.working_days), integer(m.hours_40)) for m in norm.months]
    rows.append((pgettext("cli", "Year"), str(norm.working_days), integer(norm.hours_40)))
    lines = [
        table(
            (str(norm.year), pgettext("cli", "days"), pgettext("cli", "hours")),
            rows,
        )
    ]
    for title, days in (
        (_("Working weekends"), norm.working_weekends),
        (_("Shortened days"), norm.shortened),
    ):
        lines.append(f"{title}: {_listed(days)}")
    if not norm.source_known:
        lines.append(_("The transfers of this year's days off are not published yet."))
    return Answer(data, "\n".join(lines))


def _listed(days: tuple[date, ...]) -> str:
    return ", ".join(map(short_date, days)) if days else _("none")
