"""Times of a meeting in words and signs."""

from ropdesk.domain.meeting_clock import MINUTE, Level
from ropdesk.i18n import _
from ropdesk.ui.roles import State

HOUR = 60 * MINUTE
STATES = {Level.CALM: State.GOOD, Level.NEAR: State.WARNING, Level.OVER: State.BAD}
SIGNS = {Level.CALM: "", Level.NEAR: "\u25b2 ", Level.OVER: "\u26a0 "}  # ▲ ⚠


def clock_text(seconds: int) -> str:
    """Write a time as a stop-watch does: «12:40», «1:02:05»."""
    minutes, rest = divmod(seconds, MINUTE)
    if seconds < HOUR:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def time_words(elapsed: int, minutes: int, level: Level, *, paused: bool) -> str:
    """Say how the time of a meeting stands, in a word or two; empty while all is well."""
    limit = minutes * MINUTE
    if level is Level.OVER:
        words = _("{time} over", time=clock_text(elapsed - limit))
    elif level is Level.NEAR:
        words = _("{time} left", time=clock_text(limit - elapsed))
    else:
        words = ""
    return " · ".join(part for part in (_("pause") if paused else "", words) if part)
