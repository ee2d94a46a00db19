"""Promises in words, the same on the screen, on paper and on the command line."""

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from ropdesk import i18n
from ropdesk.domain import promises as rules
from ropdesk.domain.metrics import Metric, Metrics, Unit
from ropdesk.domain.promises import Share, Verdict, Way
from ropdesk.i18n import _, ngettext, pgettext
from ropdesk.services import effect_words
from ropdesk.services.board import Value
from ropdesk.services.promise_lines import PromiseLine
from ropdesk.services.promise_rows import metric_of


def verdict(line: PromiseLine, today: date) -> str:
    """Say how a promise stands in a word or two."""
    match line.verdict:
        case Verdict.OPEN:
            return _("today") if line.due == today else pgettext("promise", "open")
        case Verdict.WAITING:
            return (
                pgettext("promise", "your word")
                if line.asks
                else pgettext("promise", "no facts yet")
            )
        case Verdict.KEPT:
            return pgettext("promise", "kept, late") if line.late else pgettext("promise", "kept")
        case Verdict.PARTLY:
            return pgettext("promise", "partly")
        case Verdict.BROKEN:
            return pgettext("promise", "broken")
        case Verdict.DROPPED:
            return pgettext("promise", "dropped")


def who(line: PromiseLine) -> str:
    """Name the one who promised."""
    return line.name or _("Sales head")


def value(metric: Metric | None, amount: Value) -> str:
    """Write an amount exactly, money without kopecks that are not there; unknown is a dash."""
    if amount is None or metric is None:
        return "–"
    return _value(i18n.language(), metric, amount)


@lru_cache(20_000)
def _value(_language: str, metric: Metric, amount: int | Fraction) -> str:
    if metric.unit is Unit.MONEY and isinstance(amount, int):
        return i18n.money(amount, 2 if amount % 100 else 0)
    return effect_words.said(metric, amount)


def what_metric(known: Metrics, line: PromiseLine) -> Metric | None:
    """Return the metric of a promise; None for no number and for a metric that is gone."""
    return metric_of(known, line.metric)


def metric_name(metric: Metric) -> str:
    """Name a metric: from the catalogue, or as the sales head typed it."""
    return _(metric.name) if metric.builtin else metric.name


def amount(known: Metrics, line: PromiseLine) -> str:
    """Say how much is promised: «180 000 ₽», «Звонки: 20»; nothing where it is no number."""
    metric = what_metric(known, line)
    if metric is None:
        return ""
    name = metric_name(metric)
    if line.amount is None:
        return name
    said = value(metric, line.amount)
    return said if metric.code == "receipts" else f"{name}: {said}"


def fact(known: Metrics, line: PromiseLine) -> str:
    """Say what there is of it: «32 000 ₽ из 180 000 ₽, 18 %»; empty where nothing is counted."""
    metric = what_metric(known, line)
    if metric is None or line.way is Way.HAND:
        return ""
    if line.fact is None:
        return _("not known yet")
    said = value(metric, line.fact)
    if line.amount is None:
        return said
    whole = _("{fact} of {amount}", fact=said, amount=value(metric, line.amount))
    if line.way is Way.LEVEL or not line.amount or line.fact < 0:
        return whole
    return f"{whole}, {i18n.percent(Fraction(line.fact) / line.amount)}"


def span(line: PromiseLine) -> str:
    """Say which days count: one, or from … to …."""
    first = min(line.first, line.given) if line.way is Way.DEALS else line.first
    if first == line.due:
        return i18n.short_date(line.due)
    return _("{first} to {last}", first=i18n.day_month(first), last=i18n.short_date(line.due))


def basis(known: Metrics, line: PromiseLine) -> str:
    """Explain what the program judges by, or why a person does."""
    metric = what_metric(known, line)
    if line.by_hand:
        return _("Judged by hand; the numbers are shown for comparison.")
    if line.verdict is Verdict.DROPPED:
        return _("Taken back: it counts neither as kept nor as broken.")
    if metric is None or line.way is Way.HAND:
        return _("There is nothing to count here: you judge.")
    days = span(line)
    if line.way is Way.DEALS:
        return _(
            "Won deals that name {customer}, {days}; up to {n} days later counts as late.",
            customer=line.customer, days=days, n=rules.LATE_DAYS,
        )  # fmt: skip
    name = metric_name(metric)
    if line.way is Way.LEVEL:
        return _("«{metric}» on {day}: reached or not.", metric=name, day=i18n.short_date(line.due))
    if not line.name:
        return _("«{metric}» of the whole department, {days}.", metric=name, days=days)
    return _("«{metric}», {days}.", metric=name, days=days)


def waiting(line: PromiseLine) -> str:
    """Say what a promise waits for whose day is over; empty where it waits for nothing."""
    if line.verdict is not Verdict.WAITING:
        return ""
    if line.asks:
        return _("The day is over. Say whether it was kept.")
    return _(
        "The facts of {day} are not in yet: nobody is blamed before.", day=i18n.short_date(line.due)
    )


def sharing(line: PromiseLine) -> str:
    """Warn that other promises count the same facts; empty where none does."""
    n = len(line.shared_with)
    if not n:
        return ""
    return ngettext(
        "{n} more promise counts some of the same facts.",
        "{n} more promises count some of the same facts.",
        n,
    )


def moved(line: PromiseLine) -> str:
    """Say how often the day was put off, and from when; empty where it never was."""
    if not line.moves:
        return ""
    return ngettext(
        "put off {n} time, first due {day}", "put off {n} times, first due {day}", line.moves,
        day=i18n.short_date(line.original_due),
    )  # fmt: skip


def share(found: Share) -> str:
    """Say a kept share with its sample: «75 %, 6 из 8»; with too few, no percent is said."""
    if not found.n:
        return _("nothing judged")
    counted = _("{n} of {all}", n=found.kept, all=found.n)
    if found.share is None or not found.enough:
        return _("{counted}, too few to tell", counted=counted)
    return f"{i18n.percent(found.share)}, {counted}"


def details(found: Share) -> str:
    """Say of what a kept share is made."""
    parts = (
        (found.on_time, _("{n} on time", n=found.on_time)),
        (found.late, _("{n} late", n=found.late)),
        (found.partly, _("{n} partly", n=found.partly)),
        (found.broken, _("{n} broken", n=found.broken)),
        (found.moved, _("{n} put off", n=found.moved)),
    )
    return ", ".join(said for n, said in parts if n)


def due(line: PromiseLine, today: date) -> str:
    """Say a day in a list: today, tomorrow, yesterday, or the date."""
    near = {
        today: _("today"),
        today + timedelta(1): _("tomorrow"),
        today - timedelta(1): _("yesterday"),
    }
    same = line.due.year == today.year
    return near.get(line.due) or (i18n.day_month(line.due) if same else i18n.short_date(line.due))
