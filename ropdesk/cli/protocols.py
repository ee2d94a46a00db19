"""Protocols from the command line: one on paper, and the search through all."""

from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.planning import find_member
from ropdesk.i18n import _, short_date
from ropdesk.services import protocols, team
from ropdesk.services.protocols import Hit


def report(job: Job) -> Answer:
    """Write the protocol of a meeting as it was issued: the last edition, or the one asked for."""
    args = job.args
    job.output(args.output)
    with job.reading() as ws:
        content = protocols.pdf(ws, args.meeting, args.edition)
        with ws.read() as connection:
            found = protocols.content(connection, args.meeting, args.edition)
    target = job.save(args.output, content)
    answer = {
        "file": str(target), "size": len(content), "meeting": args.meeting,
        "number": found.number, "year": found.year, "edition": found.edition,
        "title": protocols.title(found),
    }  # fmt: skip
    return Answer(answer, _("Written to {file}.", file=target))


def found(job: Job) -> Answer:
    """Find protocols by words, a member and the kind of meeting; without any, list them all."""
    args = job.args
    with job.reading() as ws:
        member = None if args.member is None else find_member(team.team(ws), args.member)
        with ws.read() as connection:
            hits = protocols.search(
                connection, " ".join(args.words), member_id=member, kind=args.kind,
                first=args.first, last=args.last,
            )  # fmt: skip
    return Answer({"protocols": [_data(hit) for hit in hits]}, _text(hits))


def _data(hit: Hit) -> dict[str, Any]:
    return {
        "meeting": hit.meeting_id,
        "number": hit.number,
        "day": hit.day.isoformat(),
        "kind": hit.kind,
        "title": hit.title,
        "edition": hit.edition,
        "found": [{"where": piece.where, "text": piece.text} for piece in hit.pieces],
    }


def _text(hits: list[Hit]) -> str:
    if not hits:
        return _("Nothing found.")
    head = (_("Meeting"), _("Day"), _("Protocol"), _("Found"))
    lines = []
    for hit in hits:
        piece = hit.pieces[0] if hit.pieces else None
        place = f"{piece.where}: {piece.text}" if piece else ""
        lines.append((str(hit.meeting_id), short_date(hit.day), f"{hit.name}. {hit.title}", place))
    return table(head, lines, texts=len(head))
