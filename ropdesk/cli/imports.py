"""Files in, from the command line."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import today
from ropdesk.i18n import _, describe, integer, moment, ngettext, pgettext
from ropdesk.services import backups, import_list, import_tables, imports
from ropdesk.services import files as readers
from ropdesk.services.files import FileSpec
from ropdesk.services.imports import Outcome
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace

SHOWN = 20  # refused rows shown to a person; a script gets them all


def deals(job: Job) -> Answer:
    """Import the deals of a CRM export."""
    args = job.args
    spec = _spec(
        job, "deals", preset=args.preset, won=tuple(args.won), lost=tuple(args.lost),
        repeated=args.repeated or "",
    )  # fmt: skip
    return _rows(job, spec)


def calls(job: Job) -> Answer:
    """Import the calls of a telephony export."""
    return _rows(job, _spec(job, "calls", preset=job.args.preset))


def facts(job: Job) -> Answer:
    """Import daily values from a long table."""
    return _table(job, _spec(job, "facts", metric=job.args.metric or ""), job.args.create_members)


def plan(job: Job) -> Answer:
    """Import monthly plans from a long table, into drafts."""
    args = job.args
    spec = _spec(job, "plan", metric=args.metric or "", scenario=args.scenario)
    return _table(job, spec, args.create_members)


def members(job: Job) -> Answer:
    """Import the team with the names and keys under which exports know it."""
    return _table(job, _spec(job, "members"), create=True)


def _spec(job: Job, kind: str, **more: Any) -> FileSpec:
    args = job.args
    return FileSpec(
        kind, maps=tuple(args.mapping), sheet=args.sheet, encoding=args.encoding, **more
    )


def _rows(job: Job, spec: FileSpec) -> Answer:
    args = job.args
    incoming = readers.read(args.file, spec, today())
    choice = Choice(create_all=args.create_members)
    stood = job.path.exists()
    with job.writing(make=True, keep=not args.dry_run) as ws:
        if args.dry_run:
            return _answer(job, imports.dry_run(ws, incoming, choice))
        if stood:
            backups.make(ws, "import")
        return _answer(job, imports.run(ws, incoming, choice))


Do = Callable[[Workspace, Path, FileSpec, Choice, date], Outcome]
_REHEARSE: dict[str, Do] = {
    "facts": import_tables.dry_run_facts,
    "plan": import_tables.dry_run_plan,
    "members": import_tables.dry_run_members,
}
_DO: dict[str, Do] = {
    "facts": import_tables.run_facts,
    "plan": import_tables.run_plan,
    "members": import_tables.run_members,
}


def _table(job: Job, spec: FileSpec, create: bool) -> Answer:
    args = job.args
    choice = Choice(create_all=create)
    stood = job.path.exists()
    with job.writing(make=True, keep=not args.dry_run) as ws:
        if stood and not args.dry_run:
            backups.make(ws, "import")
        do = (_REHEARSE if args.dry_run else _DO)[spec.kind]
        return _answer(job, do(ws, args.file, spec, choice, today()))


def _answer(job: Job, outcome: Outcome) -> Answer:
    refused = [(each.line, describe(each.reason)) for each in outcome.rejected]
    data = {
        "read": outcome.read,
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "duplicates": outcome.duplicates,
        "rejected": [{"line": line, "reason": reason} for line, reason in refused],
        "members_created": list(outcome.members_created),
        "preset": outcome.file.preset,
        "encoding": outcome.file.encoding,
        "delimiter": outcome.file.delimiter,
        "batch": outcome.batch_id,
    }
    if outcome.unknown:
        names = ", ".join(f"«{name}»" for name in outcome.unknown)
        job.say(
            _("Nobody in the team is called {names}. Repeat with --create-members.", names=names)
        )
    title = _("Imported {file}:", file=outcome.file.name)
    if job.args.dry_run:
        title = _("What would come of {file}:", file=outcome.file.name)
    lines = [title, _counted(outcome)]
    lines += [_("Line {line}: {reason}", line=line, reason=why) for line, why in refused[:SHOWN]]
    if len(refused) > SHOWN:
        lines.append(ngettext("… and {n} row more.", "… and {n} rows more.", len(refused) - SHOWN))
    return Answer(data, "\n".join(lines))


def _counted(outcome: Outcome) -> str:
    return _(
        "rows read {read}, new {created}, changed {updated}, unchanged {unchanged}, "
        "repeated {duplicates}, refused {rejected}",
        read=integer(outcome.read), created=integer(outcome.created),
        updated=integer(outcome.updated), unchanged=integer(outcome.unchanged),
        duplicates=integer(outcome.duplicates), rejected=integer(len(outcome.rejected)),
    )  # fmt: skip


def listed(job: Job) -> Answer:
    """List the files taken in, newest first."""
    with job.reading() as ws:
        lines = import_list.imports(ws)
    kinds = {
        "deals": pgettext("cli", "deals"),
        "calls": pgettext("cli", "calls"),
        "facts": pgettext("cli", "facts"),
        "plan": pgettext("cli", "plan"),
        "members": pgettext("cli", "team"),
    }
    back = _("taken back")
    rows = [
        (
            line.file + (f" ({back})" if line.undone else ""),
            kinds.get(line.kind, line.kind),
            str(line.id),
            moment(line.at.astimezone()),
            *map(integer, (line.read, line.created, line.updated, line.rejected)),
        )
        for line in lines
    ]
    head = (
        pgettext("cli", "File"),
        pgettext("cli", "Kind"),
        pgettext("cli", "No."),
        pgettext("cli", "When"),
        pgettext("cli", "rows"),
        pgettext("cli", "new"),
        pgettext("cli", "changed"),
        pgettext("cli", "refused"),
    )
    data = [asdict(line) | {"at": line.at.isoformat()} for line in lines]
    return Answer({"imports": data}, table(head, rows, texts=2) if rows else "")


def undo(job: Job) -> Answer:
    """Take one import back as a whole."""
    with job.writing() as ws:
        imports.take_back(ws, job.args.id)
    return Answer({"undone": job.args.id}, _("The import is taken back."))
