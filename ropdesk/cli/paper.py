"""Printed forms and pictures of the window from the command line."""

from datetime import datetime

from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import today
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, language, ngettext
from ropdesk.services import reports


def monthly(job: Job) -> Answer:
    """Write the report of a month."""
    job.output(job.args.output)
    with job.reading() as ws:
        pdf = reports.monthly_pdf(ws, job.args.month, today(), datetime.now().astimezone())
    return _written(job, pdf)


def _written(job: Job, pdf: bytes) -> Answer:
    target = job.save(job.args.output, pdf)
    return Answer({"file": str(target), "size": len(pdf)}, _("Written to {file}.", file=target))


def screenshots(job: Job) -> Answer:
    """Draw every page of the window into a folder."""
    if not job.path.is_file():
        raise DomainError(N_("There is no workspace «{file}»."), file=str(job.path))
    folder = job.args.output.absolute()
    if folder.exists() and not folder.is_dir():
        raise DomainError(N_("«{file}» is not a folder. Choose another name."), file=str(folder))
    made = job.window.screenshots(job.path, folder, language(), job.args.theme, job.args.size)
    text = ngettext("{n} picture in {folder}.", "{n} pictures in {folder}.", len(made),
                    folder=folder)  # fmt: skip
    return Answer({"files": [str(file) for file in made]}, text)
