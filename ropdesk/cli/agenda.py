"""The page to take along to a meeting, from the command line."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now, today
from ropdesk.i18n import _
from ropdesk.services import agenda_paper


def page(job: Job) -> Answer:
    """Write the agenda of one meeting: by its number, or by day and kind."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        ref = args.meeting
        if ref is None:
            with ws.read() as connection:
                ref = agenda_paper.of_day(connection, args.day, args.kind)
        title, content = agenda_paper.pdf(ws, ref, today(), now())
    target = job.save(args.output, content)
    answer = {"file": str(target), "size": len(content), "title": title}
    return Answer(answer, _("Written to {file}.", file=target))
