"""The papers of promotions and of the voice of the customer from the command line."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now, today
from ropdesk.i18n import _
from ropdesk.services import promotion_paper, voice_paper


def page(job: Job) -> Answer:
    """Write the page of a promotion."""
    job.output(job.args.output)
    with job.reading() as ws:
        _title, pdf = promotion_paper.paper(ws, job.args.id, today(), now())
    return _written(job, pdf)


def voice(job: Job) -> Answer:
    """Write what customers said in a month."""
    job.output(job.args.output)
    with job.reading() as ws:
        _title, pdf = voice_paper.paper(ws, job.args.month, now())
    return _written(job, pdf)


def _written(job: Job, pdf: bytes) -> Answer:
    target = job.save(job.args.output, pdf)
    return Answer({"file": str(target), "size": len(pdf)}, _("Written to {file}.", file=target))
