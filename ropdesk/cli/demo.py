"""The sample department with its papers and pictures, made in a folder."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ropdesk import paths
from ropdesk.cli.job import Answer, Job
from ropdesk.cli.values import now, today
from ropdesk.domain.director import ReportKind
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, language
from ropdesk.services import (
    backups,
    director_paper,
    marketing_paper,
    plan_sheets,
    protocols,
    reports,
    sample,
    sample_meetings,
    team,
    week_paper,
)
from ropdesk.store.workspace import Workspace, create, open_workspace


def make(job: Job) -> Answer:
    """Make everything aside, then move it into the folder: it is all there, or nothing is."""
    folder = job.args.output.absolute()
    day = job.args.today or today()
    workspace = f"sample{paths.SUFFIX}"
    if (folder / workspace).exists():
        raise DomainError(
            N_("«{file}» already exists. Choose another folder."), file=str(folder / workspace)
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".making-") as name:
            made = _make(job, Path(name), workspace, day)
            files = [_moved(file, folder / file.relative_to(name)) for file in made]
    except OSError as error:
        raise DomainError(
            N_("«{file}» cannot be written. Check the folder and the free space."),
            file=str(folder),
        ) from error
    return Answer({"files": [str(file) for file in files]}, "\n".join(map(str, files)))


def _make(job: Job, folder: Path, workspace: str, day: date) -> list[Path]:
    path = folder / workspace
    month = (day.replace(day=1) - timedelta(1)).replace(day=1)
    ws = create(path)
    try:
        job.say(_("Making the sample department…"))
        sample.fill(ws, day)
        report = folder / f"report-{month:%Y-%m}.pdf"
        report.write_bytes(reports.monthly_pdf(ws, month, day, now()))
        plan = folder / f"plan-{day:%Y-%m}.pdf"
        plan.write_bytes(plan_sheets.department_pdf(ws, day.replace(day=1), now()))
        papers = [report, plan, *_papers(ws, folder, day)]
        shown = folder / f"shown{paths.SUFFIX}"
        backups.save_copy(ws, shown)
    finally:
        ws.close()
    job.say(_("Drawing the pages…"))
    pages = folder / "pages"
    _open_room(shown, day)
    pictures = job.window.screenshots(shown, pages, language(), job.args.theme, job.args.size)
    return [path, *papers, *pictures]


def _open_room(shown: Path, day: date) -> None:
    """Begin the day's coordination in the copy that is drawn, so that the room has its picture."""
    ws = open_workspace(shown)
    try:
        members = {member.name: member.id for member in team.team(ws).members.values()}
        sample_meetings.open_room(ws, day, members)
    finally:
        ws.close()


def _papers(ws: Workspace, folder: Path, day: date) -> list[Path]:
    """Write the week's plan and report, the agreement on leads, and the last protocol."""
    made = {
        f"week-{day}.pdf": week_paper.pdf(ws, day, day, now()),
        f"director-{day}.pdf": director_paper.pdf(ws, ReportKind.WEEK, day, day, now())[1],
        f"agreement-{day:%Y-%m}.pdf": marketing_paper.agreement(ws, day.replace(day=1), day, now())[
            1
        ],
    }
    with ws.read() as connection:
        meeting = protocols.last_done(connection)
        held = None if meeting is None else protocols.content(connection, meeting)
    if held is not None:
        made[f"protocol-{held.day}.pdf"] = protocols.pdf(ws, held.meeting_id)
    files = []
    for name, pdf in made.items():
        (folder / name).write_bytes(pdf)
        files.append(folder / name)
    return files


def _moved(file: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return file.replace(target)
