"""The week's action plan from the command line: its page, and its calendar file."""

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.planning import find_member
from ropdesk.cli.values import now, today
from ropdesk.i18n import _
from ropdesk.services import week_calendar, week_paper
from ropdesk.services.team import team


def plan(job: Job) -> Answer:
    """Write the page of a week."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        content = week_paper.pdf(ws, args.week, today(), now())
    return _written(job, content)


def calendar(job: Job) -> Answer:
    """Write a week's actions as iCalendar."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        member = None if args.member is None else find_member(team(ws), args.member)
        content = week_calendar.ics(ws, args.week, today(), member)
    return _written(job, content)


def _written(job: Job, content: bytes) -> Answer:
    target = job.save(job.args.output, content)
    answer = {"file": str(target), "size": len(content)}
    return Answer(answer, _("Written to {file}.", file=target))
