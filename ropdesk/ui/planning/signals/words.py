"""What the list of signals says."""

from datetime import date, timedelta

from ropdesk.i18n import _, day_month, integer, ngettext
from ropdesk.services.signals import OPENED, RECORD, STREAK, STUCK, Look, Signal
from ropdesk.services.signals_words import span_words
from ropdesk.ui import values
from ropdesk.ui.roles import State

UP, DOWN, STAR = "\u25b2", "\u25bc", "\u2605"
SHOWN_METRICS = 6


def week_words(monday: date) -> str:
    """Name a week by its days."""
    return _("Week {first}–{last}", first=day_month(monday), last=day_month(end_of(monday)))


def end_of(monday: date) -> date:
    """Return the Sunday of a week."""
    return monday + timedelta(days=6)


def news(signal: Signal) -> tuple[str, State]:
    """Say whether it is good news or bad, with a sign for those who see no colours."""
    if signal.rule == RECORD:
        return " ".join((STAR, _("Best so far"))), State.GOOD
    sign = UP if signal.value > signal.before else DOWN
    if signal.good:
        return " ".join((sign, _("Good news"))), State.GOOD
    return " ".join((sign, _("Bad news"))), State.BAD


def compared(signal: Signal) -> str:
    """Say by how much it differs, and from what."""
    if signal.rule == STUCK:
        return ""
    change = values.deviation(signal.metric, signal.value, signal.before)
    if signal.rule == RECORD:
        return _("{change} against the best before", change=change)
    if signal.rule == STREAK:
        return _("{change} since the week when it began", change=change)
    mean = values.alone(signal.before, values.style(signal.metric, [signal.before]))
    return ngettext(
        "{change} against the mean of {n} week, {mean}",
        "{change} against the mean of {n} weeks, {mean}",
        signal.weeks,
        change=change,
        mean=mean,
    )


def spark_words(signal: Signal) -> str:
    """Read the little chart out: from the oldest week to the newest."""
    metric = signal.metric
    how = values.style(metric, [point.value for point in signal.trail])
    said = ", ".join(values.text(point.value, how) for point in signal.trail)
    name = values.heading(values.short_name(metric), how)
    first = day_month(signal.trail[0].monday)
    return _("{metric} by week from {first}: {values}", metric=name, first=first, values=said)


def looked_at(look: Look) -> str:
    """Say what was looked at."""
    names = [values.short_name(metric) for metric in look.metrics]
    shown = ", ".join(names[:SHOWN_METRICS])
    if len(names) > SHOWN_METRICS:
        more = len(names) - SHOWN_METRICS
        shown = _("{names} and {n} more", names=shown, n=integer(more))
    series = ngettext("{n} series of weeks", "{n} series of weeks", look.series)
    return _("Looked at {series}: {names}.", series=series, names=shown)


def above(look: Look) -> str:
    """Say above the list what was looked at, and how the last week stands."""
    return " ".join(part for part in (_last_week(look), looked_at(look)) if part)


def _last_week(look: Look) -> str:
    """Say that the last week was quiet, or that it is not to be judged yet."""
    span = span_words(look.last, end_of(look.last))
    if look.judged != look.last:
        return _("The week {span} is not judged: its numbers do not reach to its end.", span=span)
    if any(one.week == look.last for one in (*look.open, *look.marked)):
        return ""
    return _("The last week, {span}, has nothing unusual.", span=span)


def nothing(look: Look) -> str:
    """Say that nothing stands out, or that there is not enough to say it."""
    if look.judged is None:
        return _(
            "Signals compare a week with the weeks before it. They begin when {n} finished weeks "
            "are known; import a longer history to have them at once.",
            n=integer(look.least),
        )
    late = "" if look.judged == look.last else _last_week(look)
    span = span_words(look.first, end_of(look.judged))
    sentence = _("Nothing unusual: {span}, every week within what is usual for it.", span=span)
    return " ".join(part for part in (sentence, late, looked_at(look)) if part)


def mark_words(signal: Signal) -> str:
    """Say what was done about a signal."""
    mark = signal.mark
    if mark is None:
        return ""
    when = day_month(mark.marked_on)
    if mark.state == OPENED:
        return _("Opened as an investigation on {day}", day=when)
    return _("Hidden on {day}: {reason}", day=when, reason=mark.reason)
