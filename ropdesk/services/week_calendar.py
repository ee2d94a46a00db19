"""The week's plan as iCalendar."""

import hashlib
from datetime import UTC, date, datetime, time

from ropdesk.domain.metrics import Kind
from ropdesk.domain.week import State, days_of
from ropdesk.i18n import _
from ropdesk.reports.values import style_for
from ropdesk.services import report_lines, week_paper
from ropdesk.services.week_lines import ActionLine, Occurrence
from ropdesk.services.week_view import Week, week
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace


def ics(ws: Workspace, day: date, today: date, member_id: int | None = None) -> bytes:
    """Return the week that a day lies in as a calendar file.

    Args:
        today: its date stamps the file; the same plan on the same day gives the same bytes.
        member_id: only this member's actions; everybody's unless given.
    """
    from ropdesk.exchange.icalendar_out import Entry, calendar

    found = week(ws, day, today)
    key = workspace_key(ws)
    entries = [
        Entry(
            _uid(key, line), _title(line), line.day, line.start, line.minutes,
            days_of(line.week)[-1], line.owner or _("Sales head"), _description(found, line),
            line.done_on, line.state is State.DROPPED,
        )
        for line in found.lines
        if member_id is None or line.member_id == member_id
    ]  # fmt: skip
    return calendar(week_paper.title(day), entries, datetime.combine(today, time(), UTC))


def _uid(key: str, line: ActionLine) -> str:
    if isinstance(line.ref, Occurrence):
        return f"series-{line.ref.series_id}-{line.ref.day:%Y%m%d}-{key}@ropdesk"
    return f"action-{line.ref}-{key}@ropdesk"


def workspace_key(ws: Workspace) -> str:
    """Tell two workspaces' actions apart: by when the first thing was done in each."""
    with ws.read() as connection:
        found = rows(connection, "SELECT id, at FROM operation ORDER BY id LIMIT 1")
    return hashlib.sha256(repr(found).encode()).hexdigest()[:12]


def _title(line: ActionLine) -> str:
    return f"{line.title} · {line.owner}" if line.owner else line.title


def _description(found: Week, line: ActionLine) -> str:
    """Say who, what for, and what came of it."""
    parts = [_("Who: {name}", name=line.owner or _("Sales head"))]
    if line.metric in found.metrics:
        metric = found.metrics[line.metric]
        name = report_lines.name_of(metric)
        if line.expected is None:
            parts.append(_("For: {metric}", metric=name))
        else:
            ratio = metric.kind is Kind.RATIO
            how = style_for(metric.unit, metric.scale, [line.expected], ratio=ratio)
            change = how.change(line.expected, metric.scale)
            parts.append(_("For: {metric}, expected {change}", metric=name, change=change))
    parts += [line.note] if line.note else []
    if line.result:
        done = line.state is State.DONE
        parts.append(_("Came of it: {text}", text=line.result) if done
                     else _("dropped: {reason}", reason=line.result))  # fmt: skip
    return "\n".join(parts)
