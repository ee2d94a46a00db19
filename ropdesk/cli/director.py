"""The report to the director from the command line."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now, today
from ropdesk.domain.director import ReportKind
from ropdesk.i18n import _
from ropdesk.services import director_paper


def report(job: Job) -> Answer:
    """Write the report of a week or a month."""
    args = job.args
    job.output(args.output)
    kind = ReportKind.MONTH if args.week is None else ReportKind.WEEK
    with job.reading() as ws:
        _title, pdf = director_paper.pdf(ws, kind, args.week or args.month, today(), now())
    target = job.save(args.output, pdf)
    return Answer({"file": str(target), "size": len(pdf)}, _("Written to {file}.", file=target))
