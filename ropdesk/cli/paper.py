"""Printed forms, workbooks and pictures of the window from the command line."""

from pathlib import Path

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.planning import find_member
from ropdesk.cli.values import now, today
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, language, ngettext
from ropdesk.services import plan_sheets, reports, workbooks
from ropdesk.services.team import team


def monthly(job: Job) -> Answer:
    """Write the report of a month."""
    job.output(job.args.output)
    with job.reading() as ws:
        pdf = reports.monthly_pdf(ws, job.args.month, today(), now())
    return _written(job, pdf)


def plan_sheet(job: Job) -> Answer:
    """Write the department's plan of a month, to sign."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        pdf = plan_sheets.department_pdf(ws, args.month, now(), args.version)
    return _written(job, pdf)


def member_sheets(job: Job) -> Answer:
    """Write each member's plan of a month, a page for everybody, to sign."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        chosen = None if args.member is None else [find_member(team(ws), n) for n in args.member]
        pdf = plan_sheets.member_pdf(ws, args.month, now(), chosen, args.version)
    return _written(job, pdf)


def board_book(job: Job) -> Answer:
    """Write plan against fact of a month as a workbook."""
    args = job.args
    target = job.output(args.output)
    with job.reading() as ws:
        workbooks.board_xlsx(ws, args.month, args.as_of or today(), target)
    return _told(target, target.stat().st_size)


def plan_book(job: Job) -> Answer:
    """Write the plan of a month as a workbook."""
    args = job.args
    target = job.output(args.output)
    with job.reading() as ws:
        workbooks.plan_xlsx(ws, args.month, target, args.version)
    return _told(target, target.stat().st_size)


def _written(job: Job, pdf: bytes) -> Answer:
    return _told(job.save(job.args.output, pdf), len(pdf))


def _told(target: Path, size: int) -> Answer:
    return Answer({"file": str(target), "size": size}, _("Written to {file}.", file=target))


def screenshots(job: Job) -> Answer:
    """Draw every page of the window into a folder."""
    if not job.path.is_file():
        raise DomainError(N_("There is no workspace «{file}»."), file=str(job.path))
    folder = job.args.output.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DomainError(
            N_("The folder «{file}» cannot be made. Choose another name."), file=str(folder)
        ) from error
    made = job.window.screenshots(job.path, folder, language(), job.args.theme, job.args.size)
    text = ngettext("{n} picture in {folder}.", "{n} pictures in {folder}.", len(made),
                    folder=folder)  # fmt: skip
    return Answer({"files": [str(file) for file in made]}, text)
