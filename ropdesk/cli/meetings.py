"""Meetings from the command line: what is held and when, what it takes, the calendar file."""

from datetime import date
from fractions import Fraction
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import fraction, today
from ropdesk.domain.errors import N_
from ropdesk.domain.meetings import State
from ropdesk.domain.months import add_months, month_end
from ropdesk.i18n import _, percent, short_date
from ropdesk.services import meeting_calendar, meeting_effect, meetings
from ropdesk.services.meeting_effect import Held, KindEffect, MonthEffect
from ropdesk.services.meetings import MeetingLine

STATES = {
    State.PLANNED: N_("planned"),
    State.RUNNING: N_("is running"),
    State.DONE: N_("held"),
    State.CORRECTING: N_("being corrected"),
    State.SKIPPED: N_("skipped"),
}


def listed(job: Job) -> Answer:
    """List a month's meetings with what they took."""
    month = (job.args.month or today()).replace(day=1)
    with job.reading() as ws, ws.read() as connection:
        lines = meetings.between(connection, month, month_end(month))
        held = meeting_effect.held(connection, lines)
        effect = meeting_effect.effect(connection, month, today())
    data = {
        "month": month.strftime("%Y-%m"),
        "meetings": [_data(line, _held(line, held)) for line in lines],
        "effect": _effect(effect),
    }
    return Answer(data, _text(lines, held, effect))


def calendar(job: Job) -> Answer:
    """Write the meetings of one or several months as iCalendar."""
    args = job.args
    job.output(args.output)
    last = month_end(add_months(args.month, args.months - 1))
    with job.reading() as ws:
        content = meeting_calendar.ics(ws, args.month, last, today())
    target = job.save(args.output, content)
    answer = {"file": str(target), "size": len(content)}
    return Answer(answer, _("Written to {file}.", file=target))


def _held(line: MeetingLine, held: dict[int, Held]) -> Held | None:
    return None if line.id is None else held.get(line.id)


def _data(line: MeetingLine, held: Held | None) -> dict[str, Any]:
    return {
        "id": line.id,
        "kind": line.kind,
        "title": line.title,
        "day": line.day.isoformat(),
        "start": None if line.start is None else _clock(line.start),
        "limit": line.minutes,
        "place": line.place,
        "state": line.state.value,
        "reason": line.reason,
        "moved_from": _iso(line.moved_from),
        "moved": line.moved,
        "number": line.number,
        "minutes": None if held is None else held.minutes,
        "begun_in_time": None if held is None else held.begun_in_time,
        "within_limit": None if held is None else held.within,
    }


def _effect(found: MonthEffect) -> dict[str, Any]:
    kept = found.promises
    return {
        "kinds": {kind.kind: _counts(kind) for kind in found.kinds},
        "total": _counts(found.total),
        "promises": {
            "kept": kept.kept,
            "judged": kept.n,
            "share": fraction(kept.share),
        },
    }


def _counts(kind: KindEffect) -> dict[str, Any]:
    return {
        "held": kind.held,
        "skipped": kind.skipped,
        "minutes": kind.minutes,
        "begun_in_time": fraction(kind.in_time_share),
        "within_limit": fraction(kind.within_share),
    }


def _text(lines: list[MeetingLine], held: dict[int, Held], effect: MonthEffect) -> str:
    if not lines:
        return _("There are no meetings in this month.")
    rows = [
        (
            short_date(line.day),
            "" if line.start is None else _clock(line.start),
            line.title,
            "" if line.id is None else str(line.id),
            _(STATES[line.state]),
            _minutes(_held(line, held)),
        )
        for line in lines
    ]
    head = [_("Day"), _("Time"), _("Meeting"), "ID", _("State"), _("Minutes")]
    told = [table(head, rows, texts=5)]
    if effect.total.held:
        told.append(
            _("Minutes in the month: {n}; begun in time: {in_time}; within the limit: {within}.",
              n=effect.total.minutes, in_time=_share(effect.total.in_time_share),
              within=_share(effect.total.within_share))
        )  # fmt: skip
    return "\n".join(told)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _minutes(held: Held | None) -> str:
    return "" if held is None else str(held.minutes)


def _share(share: Fraction | None) -> str:
    return "–" if share is None else percent(share)
