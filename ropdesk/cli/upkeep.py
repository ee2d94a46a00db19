"""Copies, checks and the history of the workspace from the command line."""

from typing import Any

from ropdesk.cli.job import Answer, Job
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, moment
from ropdesk.services import backups
from ropdesk.services import history as histories
from ropdesk.services.history import Entry


def backup(job: Job) -> Answer:
    """Write a consistent, verified copy of the workspace."""
    target = job.output(job.args.output)
    with job.reading() as ws:
        backups.save_copy(ws, target)
    return Answer(
        {"file": str(target), "size": target.stat().st_size},
        _("Copied to {file}.", file=target),
    )


def restore(job: Job) -> Answer:
    """Put a copy in the workspace's place; what was there is backed up first."""
    source = job.args.file
    if source.exists() and job.path.exists() and source.samefile(job.path):
        raise DomainError(
            N_("«{file}» is the workspace itself. Choose a backup."), file=str(source)
        )
    before = backups.restore(job.path, source)
    text = _("Restored from {file}.", file=source)
    if before:
        text += " " + _("What was there is kept in {file}.", file=before)
    return Answer({"file": str(job.path), "replaced": str(before) if before else None}, text)


def check(job: Job) -> Answer:
    """Check the file and every figure derived from deals, calls and plans."""
    health = backups.check(job.path)
    data = {
        "sound": health.sound,
        "problems": list(health.problems),
        "differences": health.differences,
    }
    if health.sound:
        return Answer(data, _("«{file}» is sound.", file=job.path.name))
    refusal = DomainError(
        N_("«{file}»: {n} derived figures differ from their rows. Restore the last backup."),
        file=job.path.name,
        n=health.differences,
    )
    return Answer(data, refusal=refusal)


def undo(job: Job) -> Answer:
    """Take back the last change."""
    with job.writing() as ws:
        done = histories.undo(ws)
    if done is None:
        raise DomainError(N_("There is nothing to take back."))
    return Answer(_entry(done), _("Taken back: {what}.", what=_label(done)))


def redo(job: Job) -> Answer:
    """Bring back the change taken back last."""
    with job.writing() as ws:
        done = histories.redo(ws)
    if done is None:
        raise DomainError(N_("There is nothing to bring back."))
    return Answer(_entry(done), _("Brought back: {what}.", what=_label(done)))


def history(job: Job) -> Answer:
    """List what was done, newest first."""
    with job.reading() as ws:
        entries = histories.entries(ws, max(1, job.args.limit))
    undone = _("taken back")
    lines = [
        f"{moment(e.at.astimezone())}  {_label(e)}" + (f" ({undone})" if e.state != "done" else "")
        for e in entries
    ]
    return Answer({"history": [_entry(e) for e in entries]}, "\n".join(lines))


def _label(entry: Entry) -> str:
    return _(entry.label, **{name: _text(value) for name, value in entry.fields.items()})


def _text(value: Any) -> Any:
    return _(value) if isinstance(value, str) and value else value


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "what": _label(entry),
        "at": entry.at.isoformat(),
        "state": entry.state,
        "rows": entry.rows,
    }
