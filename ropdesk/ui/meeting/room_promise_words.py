"""Promises at a meeting: which of them, and in what words."""

import re
from datetime import date
from typing import TYPE_CHECKING

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _
from ropdesk.services import promise_words, promises
from ropdesk.services.meeting_numbers import Numbers
from ropdesk.services.meeting_run import MeetingState
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.roles import State

if TYPE_CHECKING:
    from sqlalchemy import Connection

STATES = {
    Verdict.OPEN: State.NEUTRAL,
    Verdict.WAITING: State.WARNING,
    Verdict.KEPT: State.GOOD,
    Verdict.PARTLY: State.WARNING,
    Verdict.BROKEN: State.BAD,
    Verdict.DROPPED: State.NEUTRAL,
}


def what(line: PromiseLine, metrics: Metrics) -> str:
    """Say what was promised: «Оплата «СтройИнвест» 180 000 ₽»; nothing is said twice."""
    parts = [line.text]
    if line.customer and line.customer.casefold() not in line.text.casefold():
        parts.append(f"«{line.customer}»")
    amount = promise_words.amount(metrics, line)
    said = re.findall(r"\d+", line.text)
    if line.amount is not None and not set(re.findall(r"\d+", amount)) <= set(said):
        parts.append(amount)
    return " ".join(parts)


def chip(line: PromiseLine, today: date) -> tuple[str, State]:
    """Say how a promise stands, for its chip: by when, or how it was judged."""
    if line.verdict is not Verdict.OPEN:
        return promise_words.verdict(line, today), STATES[line.verdict]
    day = promise_words.due(line, today)
    if (line.due - today).days > 1:
        day = _("by {day}", day=day)
    return day, State.ACCENT if line.due <= today else State.NEUTRAL


def due_lines(
    connection: "Connection", state: MeetingState, found: Numbers | None, today: date
) -> list[PromiseLine]:
    """List what is due for a meeting: open ones up to its day, and those of the days passed."""
    waiting = promises.lines(connection, today, open_only=True)
    lines = {line.id: line for line in waiting if line.due <= state.line.day}
    if found is not None:
        span = (found.spans.fact_first, found.spans.fact_last)
        lines |= {line.id: line for line in promises.lines(connection, today, due=span)}
    mine = [line for line in lines.values() if line.meeting_id != state.id]
    return sorted(mine, key=lambda line: (not line.unsettled, line.due, line.id))
