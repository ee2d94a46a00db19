"""The agreement on leads from the command line."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now, today
from ropdesk.i18n import _
from ropdesk.services import marketing_paper


def agreement(job: Job) -> Answer:
    """Write a month's agreement on leads, for two signatures."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        _title, pdf = marketing_paper.agreement(ws, args.month, today(), now())
    target = job.save(args.output, pdf)
    answer = {"file": str(target), "size": len(pdf)}
    return Answer(answer, _("Written to {file}.", file=target))
