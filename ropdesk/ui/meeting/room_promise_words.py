"""Promises in the words of a meeting."""

import re
from collections.abc import Mapping
from datetime import date

from ropdesk.domain.metrics import Metric, Unit
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, day_month
from ropdesk.services.promises import PromiseLine
from ropdesk.ui import values
from ropdesk.ui.roles import State

STATES = {
    Verdict.OPEN: State.NEUTRAL,
    Verdict.WAITING: State.WARNING,
    Verdict.KEPT: State.GOOD,
    Verdict.PARTLY: State.WARNING,
    Verdict.BROKEN: State.BAD,
    Verdict.DROPPED: State.NEUTRAL,
}


def owner(line: PromiseLine) -> str:
    """Say who promised."""
    return line.name or _("Sales head")


def what(line: PromiseLine, metrics: Mapping[str, Metric]) -> str:
    """Say what was promised: «Оплата «СтройИнвест» 180 000 ₽»."""
    parts = [line.text]
    if line.customer and line.customer.casefold() not in line.text.casefold():
        parts.append(_("«{customer}»", customer=line.customer))
    amount = amount_of(line, metrics)
    if amount:
        parts.append(amount)
    return " ".join(parts)


def amount_of(line: PromiseLine, metrics: Mapping[str, Metric]) -> str:
    """Say how much was promised; empty where it is no number, or the words say it."""
    metric = metric_of(line, metrics)
    if metric is None or line.amount is None:
        return ""
    how = values.entry_style(metric)
    if metric.unit is Unit.MONEY:
        return values.alone(line.amount, how)
    amount = values.text(line.amount, how)
    if amount in re.findall(r"\d+", line.text):
        return ""
    return _("({metric}: {amount})", metric=values.name(metric), amount=amount)


def metric_of(line: PromiseLine, metrics: Mapping[str, Metric]) -> Metric | None:
    """Return what a promise is counted in, if it is a number of a metric still known."""
    return metrics[line.metric] if line.metric and line.metric in metrics else None


def when(due: date, today: date) -> str:
    """Say by when: «сегодня», «завтра», «вчера», «до 24.10»."""
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    return near.get((due - today).days, _("by {day}", day=day_month(due)))


def chip(line: PromiseLine, today: date) -> tuple[str, State]:
    """Say how a promise stands, for its chip."""
    if line.verdict is Verdict.OPEN:
        return when(line.due, today), State.ACCENT if line.due <= today else State.NEUTRAL
    return verdict(line), STATES[line.verdict]


def verdict(line: PromiseLine) -> str:
    """Say how a promise was judged."""
    if line.verdict is Verdict.KEPT and line.late:
        return _("kept late")
    if line.asks:
        return _("to be judged")
    return {
        Verdict.OPEN: _("open"),
        Verdict.WAITING: _("no facts yet"),
        Verdict.KEPT: _("kept"),
        Verdict.PARTLY: _("partly kept"),
        Verdict.BROKEN: _("not kept"),
        Verdict.DROPPED: _("dropped"),
    }[line.verdict]
