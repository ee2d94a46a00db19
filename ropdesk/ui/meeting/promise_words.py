"""The parts of a promise line in words."""

from datetime import date

from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.promise_line import Sure
from ropdesk.i18n import _, day_month, full_day, weekday_short
from ropdesk.services.promise_line import Reader
from ropdesk.ui import values
from ropdesk.ui.meeting.promise_draft import SALES_HEAD, Draft, Name

FIRST_METRICS = ("receipts", "deals_won", "calls", "inquiries", "qualified_inquiries")


def caption(name: Name) -> str:
    """Name a part."""
    return {
        Name.MEMBER: _("Who"),
        Name.DUE: _("By when"),
        Name.METRIC: _("Metric"),
        Name.AMOUNT: _("How much"),
        Name.CUSTOMER: _("Customer"),
        Name.TEXT: _("What"),
    }[name]


def member_name(reader: Reader, member: object) -> str:
    """Name a member, or the sales head."""
    if member == SALES_HEAD:
        return _("Sales head")
    known = reader.members.get(member) if isinstance(member, int) else None
    return known.name if known else ""


def plain(draft: Draft, reader: Reader, name: Name) -> str:
    """Write a part as it is edited; empty where it is not known."""
    value = draft.value(name)
    if value is None or value == "":
        return ""
    if name is Name.MEMBER:
        return member_name(reader, value)
    if isinstance(value, date):
        return _("by {day}", day=day_month(value)) if draft.span else day_month(value)
    if name is Name.METRIC:
        return plain_metric(reader, str(value))
    if isinstance(value, int):
        return amount(reader, draft, value)
    return str(value)


def plain_metric(reader: Reader, code: str) -> str:
    """Name a metric; «no number» where none is meant."""
    return values.name(reader.metrics[code]) if code in reader.metrics else _("no number")


def amount(reader: Reader, draft: Draft, value: int) -> str:
    """Write an amount with its unit; money in roubles."""
    metric = metric_of(reader, draft)
    if metric is None:
        return str(value)
    return values.alone(value, values.entry_style(metric))


def metric_of(reader: Reader, draft: Draft) -> Metric | None:
    """Return the metric chosen, None where it is no number."""
    code = draft.value(Name.METRIC)
    return reader.metrics[code] if isinstance(code, str) and code in reader.metrics else None


def shown(draft: Draft, reader: Reader, name: Name) -> str:
    """Write a part as a chip says it: what is in doubt asks."""
    sure, written = draft.sure(name), plain(draft, reader, name)
    value = draft.value(name)
    if isinstance(value, date):
        day = _("{weekday} {day}", weekday=weekday_short(value), day=day_month(value))
        written = _("by {day}", day=day) if draft.span else day
    if sure is Sure.SURE:
        return written or _nothing(name)
    if sure is Sure.MISSING:
        return _("{words}?", words=written) if written else _nothing(name)
    if name is Name.MEMBER:
        return _member_doubt(draft, reader, written)
    if name is Name.METRIC and not written:
        return _("{number}: of what?", number=draft.said(Name.AMOUNT))
    return _("{words}: right?", words=written) if written else _nothing(name)


def _member_doubt(draft: Draft, reader: Reader, written: str) -> str:
    names = [name for one in draft.others(Name.MEMBER) if (name := member_name(reader, one))]
    if written:
        return _("{words}: right?", words=written)
    if len(names) == 2:
        return _("{first} or {second}?", first=names[0], second=names[1])
    said = draft.said(Name.MEMBER)
    return _("{words}: who is it?", words=said) if said else _nothing(Name.MEMBER)


def _nothing(name: Name) -> str:
    return {
        Name.MEMBER: _("who?"),
        Name.DUE: _("by when?"),
        Name.METRIC: _("no number"),
        Name.AMOUNT: _("how much?"),
        Name.CUSTOMER: _("no customer"),
        Name.TEXT: _("what?"),
    }[name]


def hint(draft: Draft, reader: Reader, name: Name) -> str:
    """Say of the part in focus what is in doubt, what is known, and what the keys do."""
    told = _hint(draft, reader, name)
    if draft.settled(name) or not draft.confirmable(name):
        return told
    said = draft.said(name)
    doubt = (
        _("In doubt: «{said}». Enter: right as it is.", said=said)
        if said
        else _("Not said. Enter: right as it is.")
    )
    return f"{doubt} {told}".strip()


def _hint(draft: Draft, reader: Reader, name: Name) -> str:
    value, others = draft.value(name), draft.others(name)
    if name is Name.DUE and isinstance(value, date):
        told = full_day(value)
        if not reader.calendar.is_working(value):
            told = _("{day}: not a working day", day=told)
        elif value < reader.today:
            told = _("{day}: already past", day=told)
        return _("{told}. Arrows move it by a day.", told=told)
    if name is Name.MEMBER:
        return _("Type a name, or choose with the arrows.")
    if name is Name.METRIC:
        return _("Type a metric, or choose with the arrows.")
    if name is Name.AMOUNT and others:
        written = [amount(reader, draft, one) for one in others if isinstance(one, int)]
        return _("Or {others}? Arrows choose.", others=", ".join(written))
    if name is Name.CUSTOMER and others:
        return _("Or {others}? Arrows choose.", others=", ".join(str(one) for one in others))
    return _("Enter: on; Esc: back to the line.") if draft.settled(name) else ""


def metric_codes(reader: Reader) -> list[str]:
    """List what may be promised: no number, the usual metrics, own ones, then the rest."""
    known = reader.metrics
    own = [code for code, metric in known.items() if not metric.builtin]
    usual = [code for code in FIRST_METRICS if code in known]
    rest = [
        code
        for code, metric in known.items()
        if metric.kind is not Kind.RATIO or metric.unit in {Unit.SHARE, Unit.MONEY}
    ]
    return list(dict.fromkeys(["", *usual, *own, *rest]))
