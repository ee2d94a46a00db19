"""An investigation on paper from the command line."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now
from ropdesk.i18n import _
from ropdesk.services import investigation_paper


def report(job: Job) -> Answer:
    """Write one investigation."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        _title, pdf = investigation_paper.paper(ws, args.id, now())
    target = job.save(args.output, pdf)
    answer = {"file": str(target), "size": len(pdf)}
    return Answer(answer, _("Written to {file}.", file=target))
