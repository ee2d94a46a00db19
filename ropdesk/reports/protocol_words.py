"""The sentences of a protocol."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.metrics import Unit
from ropdesk.i18n import _, ngettext, pgettext
from ropdesk.reports.protocol_model import (
    Indicator,
    Kept,
    Measure,
    MonthSoFar,
    Person,
    Pledge,
    Protocol,
)
from ropdesk.reports.text import NBSP, clip
from ropdesk.reports.values import done, headline_style, style_for
from ropdesk.reports.wording import lower_first

ABSENT, LATE = "absent", "late"
MANY = 12  # from so many people on it is said how many there were
LONGEST_NAME = 120
MINUTE = 60


def name(protocol: Protocol) -> str:
    """Return what a protocol is called: «Протокол № 214 от 22.10.2026»."""
    day = i18n.short_date(protocol.day)
    if protocol.draft:
        return _("Draft protocol of {date}", date=day)
    if protocol.number is None:
        return _("Protocol of {date}", date=day)
    return _("Protocol No. {n} of {date}", n=protocol.number, date=day)


def header(protocol: Protocol) -> str:
    """Return the name for the top of each page, with the edition where it is not the first."""
    if protocol.edition == 1:
        return name(protocol)
    edition = _("edition {n}", n=protocol.edition)
    return f"{name(protocol)}, {edition}"


def correction(protocol: Protocol) -> str:
    """Say which edition it is: «Редакция 2 от 24.10.2026:»; its note follows."""
    day = i18n.short_date(protocol.issued.date())
    return _("Edition {n} of {date}:", n=protocol.edition, date=day)


def span(first: date, last: date) -> str:
    """Return days for the head of a column: «21.10», «16.10–18.10»."""
    if first == last:
        return i18n.day_month(first)
    return f"{i18n.day_month(first)}–{i18n.day_month(last)}"


def due(day: date, meeting: date) -> str:
    """Return a day; its year is said where it is not the meeting's."""
    return i18n.day_month(day) if day.year == meeting.year else i18n.short_date(day)


def signer(role: str, known: str) -> str:
    """Return what stands under a signature line: the role, with the name if it is known."""
    return f"{role}, {known}" if known else role


# -- people


def short(full: str) -> str:
    """Return a surname with an initial: «Галиев Тимур» becomes «Галиев Т.».

    A name that is not written in Russian may begin with the first name, so it stays as it is.
    """
    parts = full.split()
    if len(parts) < 2 or not _russian(full):
        return clip(full, LONGEST_NAME)
    return clip(f"{parts[0]} {parts[1][0]}.", LONGEST_NAME)


def _russian(text: str) -> bool:
    return any("а" <= sign <= "я" or sign == "ё" for sign in text.casefold())


def shortest(names: Sequence[str]) -> dict[str, str]:
    """Return each full name's surname, with an initial or in full where that is not enough."""
    asked = list(dict.fromkeys(names))
    found = {full: full.split()[0] if _russian(full) else full for full in asked if full.split()}
    for longer in (short, str):
        times = Counter(found.values())
        found = {f: longer(f) if times[s] > 1 else s for f, s in found.items()}
    return {full: clip(said, LONGEST_NAME) for full, said in found.items()}


def who(pledge: Pledge, doubles: Sequence[str]) -> str:
    """Return who promises; in full where a shortened name means two people."""
    if not pledge.name:
        return _("Sales head")
    said = short(pledge.name)
    return pledge.name if doubles.count(said) > 1 else said


def opening(protocol: Protocol) -> str:
    """Return the line under the title: when, how long, who led, who was there and who was not."""
    parts = [_when(protocol)]
    if protocol.place:
        parts.append(_("Place: {place}.", place=protocol.place))
    lead = protocol.led_by or protocol.sales_head or lower_first(_("Head of sales"))
    parts.append(_("Led by: {name}.", name=lead))
    parts += _attendance(protocol.people)
    if protocol.guests.strip():
        guests = ", ".join(protocol.guests.strip().rstrip(".").splitlines())
        parts.append(_("Also present: {names}.", names=guests))
    return " ".join(parts)


def _when(protocol: Protocol) -> str:
    day = i18n.full_day(protocol.day)
    if protocol.began is None:
        return f"{day}."
    clock = time(protocol.began)
    took = max(1, round(Fraction(protocol.seconds, MINUTE)))
    if protocol.ended is not None:
        clock = f"{clock}–{time(protocol.ended)}"
    if not protocol.minutes:
        length = ngettext("{n} minute", "{n} minutes", took)
    elif took > protocol.minutes:
        length = ngettext(
            "{n} minute instead of {limit}", "{n} minutes instead of {limit}", took,
            limit=protocol.minutes,
        )  # fmt: skip
    else:
        length = ngettext(
            "{n} minute of {limit}", "{n} minutes of {limit}", took, limit=protocol.minutes
        )
    return f"{day}, {clock} ({length})."


def time(at: datetime) -> str:
    """Return a time of day: «9:05»."""
    return f"{at.hour}:{at.minute:02}"


def _attendance(people: Sequence[Person]) -> list[str]:
    said = shortest([person.name for person in people])

    def listed(chosen: Sequence[Person]) -> str:
        return ", ".join(_person(person, said) for person in chosen)

    here = [person for person in people if person.state != ABSENT]
    gone = [person for person in people if person.state == ABSENT]
    parts = []
    if len(here) > MANY:
        parts.append(_("Present, {n}: {names}.", n=i18n.integer(len(here)), names=listed(here)))
    elif here:
        parts.append(_("Present: {names}.", names=listed(here)))
    if gone:
        parts.append(
            _("Absent: {names}.", names=listed(gone))
            if len(gone) > 1
            else pgettext("one person", "Absent: {names}.", names=listed(gone))
        )
    return parts


def _person(person: Person, said: dict[str, str]) -> str:
    known = said.get(person.name, person.name)
    reason = person.reason.strip().rstrip(".")
    if person.state == LATE:
        late = pgettext("attendance", "late")
        late = f"{late}: {lower_first(reason)}" if reason else late
        return f"{known} ({late})"
    if person.state == ABSENT and reason:
        return f"{known} ({lower_first(reason)})"
    return known


# -- numbers


def month(found: MonthSoFar) -> str:
    """Return the month to date: «Октябрь 2026: 97 % к дате, прогноз 11,80 млн ₽ (11,10–12,40)»."""
    values = (found.fact, found.plan, found.p10, found.p50, found.p90)
    measure = found.measure
    how = headline_style(measure.unit, measure.scale, values, ratio=measure.ratio)
    parts = []
    if found.fact is not None:
        fact = how.alone(found.fact, measure.scale)
        if found.plan is not None:
            plan = how.alone(found.plan, measure.scale)
            fact = _("{fact} of {plan}", fact=fact, plan=plan)
        parts.append(fact)
    if found.completion is not None:
        part = done(found.completion)
        parts.append(part if found.finished else _("{share} of the plan to date", share=part))
    if found.p50 is not None:
        ahead = _("forecast {value}", value=how.alone(found.p50, measure.scale))
        if found.p10 is not None and found.p90 is not None:
            low, high = how.text(found.p10, measure.scale), how.text(found.p90, measure.scale)
            ahead += f" ({low}–{high})"
        parts.append(ahead)
    if not parts:
        return ""
    return f"{i18n.month_name(found.month)}: {', '.join(parts)}."


def kept(found: Kept | None) -> str:
    """Say how many of the promises due were kept."""
    if found is None or not found.due:
        return ""
    return _("Promises kept: {kept} of {due}.", kept=i18n.integer(found.kept),
             due=i18n.integer(found.due))  # fmt: skip


def indicator(found: Indicator) -> str:
    """Return an indicator: «Звонки 286 (план 300, 95 %)»; an unknown one says nothing."""
    if found.fact is None:
        return ""
    measure = found.measure
    how = style_for(measure.unit, measure.scale, (found.fact, found.plan), ratio=measure.ratio)
    said = f"{measure.name} {how.alone(found.fact, measure.scale)}"
    if found.plan is not None:
        more = _("plan {value}", value=how.alone(found.plan, measure.scale))
        if found.completion is not None:
            part = done(found.completion)
            part = _("{share} of the plan to date", share=part) if found.to_date else part
            more += f", {part}"
        said += f" ({more})"
    return said


def interim(protocol: Protocol) -> str:
    """Return the interim indicators as one paragraph."""
    parts = [month(protocol.month) if protocol.month else ""]
    if not protocol.checked:  # or it is said there
        parts.append(kept(protocol.kept))
    known = [said for each in protocol.interim if (said := indicator(each))]
    if known:
        parts.append(". ".join(known) + ".")
    return " ".join(part for part in parts if part)


def amount(measure: Measure | None, value: int | None) -> str:
    """Return how much is promised, exactly: «180 000 ₽», «20 звонков»."""
    if measure is None or value is None:
        return ""
    count = Fraction(value, measure.scale)
    if measure.unit is Unit.COUNT and count.denominator == 1:
        words = _counted(measure.code, int(count))
        if words:
            return words
    how = style_for(measure.unit, measure.scale, (value,), exact=True, ratio=measure.ratio)
    said = how.alone(value, measure.scale)
    return said if measure.unit is Unit.MONEY else f"{measure.name}: {said}"


def _counted(code: str, n: int) -> str:
    match code:
        case "calls":
            return ngettext("{n} call", "{n} calls", n)
        case "deals_won":
            return ngettext("{n} payment", "{n} payments", n)
        case "inquiries":
            return ngettext("{n} inquiry", "{n} inquiries", n)
        case "tasks_done":
            return ngettext("{n} task", "{n} tasks", n)
    return ""


# -- promises


def promised(pledge: Pledge) -> str:
    """Return what is promised, with the customer unless the words name him, and the moves."""
    said = pledge.text.strip()
    if pledge.customer and pledge.customer.casefold() not in said.casefold():
        said = f"{said} «{pledge.customer}»" if said else f"«{pledge.customer}»"
    if pledge.moves:
        moved = ngettext("moved {n} time", "moved {n} times", pledge.moves)
        said += f" ({moved.replace(' ', NBSP)})"
    return said


def verdict(pledge: Pledge) -> str:
    """Return what became of a promise, with the number where it is one, and what was written."""
    words = {
        "kept": pgettext("promise", "kept"), "partly": pgettext("promise", "kept in part"),
        "broken": pgettext("promise", "not kept"), "waiting": pgettext("promise", "no facts yet"),
        "open": pgettext("promise", "in progress"), "dropped": pgettext("promise", "taken back"),
    }.get(pledge.verdict, "")  # fmt: skip
    if pledge.verdict == "kept" and pledge.late:
        words = pgettext("promise", "kept late")
    if pledge.verdict == "waiting" and pledge.measure is None:
        words = _("not judged yet")  # only the sales head can, by word
    parts = [words] if words else []
    if pledge.measure is not None and pledge.amount is not None and pledge.fact is not None:
        measure = pledge.measure
        how = style_for(
            measure.unit, measure.scale, (pledge.amount, pledge.fact), exact=True,
            ratio=measure.ratio,
        )  # fmt: skip
        fact, asked = (how.text(v, measure.scale) for v in (pledge.fact, pledge.amount))
        suffix = f"{i18n.THIN_SPACE}{how.suffix}" if how.suffix else ""
        parts.append(_("{fact} of {plan}", fact=fact, plan=asked + suffix))
    said = ", ".join(parts)
    result = pledge.result.strip()
    return f"{said}: {lower_first(result)}" if said and result else said or result
