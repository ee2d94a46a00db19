"""Promises from the command line: how each stands today, and the kept shares."""

from datetime import date
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.planning import find_member
from ropdesk.cli.values import fraction, stored, today
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Share
from ropdesk.i18n import _, pgettext, short_date
from ropdesk.services import metrics, promises, team
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine


def promised(job: Job) -> Answer:
    """Tell promises due in a span, of everybody or of one member, as they stand on a day.

    Raises:
        DomainError: no such member, or the span ends before it begins.
    """
    args = job.args
    as_of = args.as_of or today()
    due = (args.first or date.min, args.last or date.max)
    if due[1] < due[0]:
        raise DomainError(N_("The period ends before it begins. Choose another last day."))
    with job.reading() as ws:
        asked: dict[str, Any] = {"due": due, "meeting_id": args.meeting, "open_only": args.open}
        if args.member:
            asked["member_id"] = find_member(team.team(ws), args.member)
        with ws.read() as connection:
            known = metrics.load(connection)
            found = promises.lines(connection, as_of, **asked)
    data = {
        "as_of": as_of.isoformat(),
        "promises": [_line(known, line) for line in found],
        "shares": _shares(found),
    }
    return Answer(data, _text(known, found, as_of))


def _line(known: Metrics, line: PromiseLine) -> dict[str, Any]:
    """Write a promise; numbers are decimal strings in whole units, as on the board."""
    metric = words.what_metric(known, line)
    settled = line.settled_on
    return {
        "id": line.id,
        "member": line.name or None,
        "text": line.text,
        "customer": line.customer or None,
        "metric": line.metric or None,
        "amount": None if metric is None else stored(line.amount, metric),
        "given": line.given.isoformat(),
        "first": line.first.isoformat(),
        "due": line.due.isoformat(),
        "original_due": line.original_due.isoformat(),
        "verdict": line.verdict.value,
        "by_hand": line.by_hand,
        "late": line.late,
        "on_time": line.on_time,
        "settled_on": None if settled is None else settled.isoformat(),
        "fact": None if metric is None else stored(line.fact, metric),
        "moves": line.moves,
        "result": line.result or None,
        "meeting": line.meeting_id,
        "shared_with": list(line.shared_with),
    }


def _shares(found: list[PromiseLine]) -> list[dict[str, Any]]:
    names = {line.member_id: line.name for line in found}
    sums: dict[int | None, Share] = {}
    for line in found:
        sums[line.member_id] = sums.get(line.member_id, Share()) + promises.counted(line)
    return [
        {
            "member": names[person] or None,
            "kept": share.kept,
            "partly": share.partly,
            "broken": share.broken,
            "late": share.late,
            "moved": share.moved,
            "on_time": share.on_time,
            "n": share.n,
            "share": fraction(share.share),
        }
        for person, share in sorted(sums.items(), key=lambda each: names[each[0]].casefold())
    ]


def _text(known: Metrics, found: list[PromiseLine], as_of: date) -> str:
    if not found:
        return _("There are no such promises.")
    heads = [
        _("Due"), _("State"), _("Who"), _("What is promised"), _("How much"), _("Fact"),
        pgettext("promises", "Put off"),
    ]  # fmt: skip
    lines = [
        [
            short_date(line.due),
            words.verdict(line, as_of),
            words.who(line),
            f"{line.text} ({line.customer})" if line.customer else line.text,
            words.amount(known, line),
            words.value(words.what_metric(known, line), line.fact) if line.fact is not None else "",
            f"{line.moves}×" if line.moves else "",
        ]
        for line in found
    ]
    total = Share()
    for line in found:
        total += promises.counted(line)
    foot = _("Kept: {share}", share=words.share(total))
    return f"{table(heads, lines, texts=4)}\n{foot}"
