"""Rows of the facts: numbers, people, deals, sources, events."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from ropdesk.domain.metrics import Direction, Kind, Metric
from ropdesk.i18n import _, decimal, integer
from ropdesk.services.board import Value
from ropdesk.services.funnel import StuckDeal
from ropdesk.services.investigation_deals import DealFacts
from ropdesk.services.investigation_facts import Facts, Line, Number
from ropdesk.ui import values
from ropdesk.ui.planning.investigations import words
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

MOST_PEOPLE, MOST_STUCK = 12, 8

Table = tuple[list[Column], list[Row]]


def numbers(facts: Facts) -> Table:
    """Put the fact, the plan, the period before, the usual and the rest under each other."""
    metric = facts.metric
    paces = [one for n in facts.numbers for one in (n.pace, n.low, n.high)]
    how = words.paced(metric, paces)
    flow = metric.kind is Kind.FLOW
    total = values.style(metric, [n.value for n in facts.numbers])
    columns = [
        Column("line", _("Numbers"), Align.LEFT, stretch=True),
        Column("days", _("Period"), Align.LEFT),
        Column("pace", values.heading(words.unit_of_pace(facts), how)),
        Column("change", _("Fact against it")),
    ]
    if flow:
        columns.insert(2, Column("value", values.heading(_("Total"), total)))
    fact = facts.number(Line.FACT)
    rows = []
    for number in facts.numbers:
        cells = [
            Cell(_(words.LINES[number.line]), bold=number.line is Line.FACT),
            Cell(words.span(number.first, number.last), muted=True),
            _pace(metric, number, how),
            _change(metric, fact, number),
        ]
        if flow:
            exact = values.exact(metric, number.value) if number.value is not None else ""
            cells.insert(2, Cell(values.text(number.value, total), tooltip=exact,
                                 muted=number.line is not Line.FACT))  # fmt: skip
        rows.append(Row(number.line, tuple(cells)))
    return columns, rows


def _pace(metric: Metric, number: Number, how: values.Style) -> Cell:
    reach = ""
    if number.low is not None and number.high is not None:
        low, high = values.text(number.low, how), values.text(number.high, how)
        reach = _("from {low} to {high}", low=low, high=high)
    return Cell(
        values.text(number.pace, how), bold=number.line is Line.FACT,
        tooltip=reach or words.number(metric, number.pace),
        secondary=f" ({values.text(number.low, how)}\u2013{values.text(number.high, how)})"
        if reach else "",
    )  # fmt: skip


def _change(metric: Metric, fact: Number | None, other: Number) -> Cell:
    if fact is None or other.line is Line.FACT or fact.pace is None or not other.pace:
        return Cell("")
    return Cell(
        values.deviation(metric, fact.pace, other.pace),
        state=_judged(metric, fact.pace - other.pace),
    )


def _judged(metric: Metric, change: Fraction) -> State:
    if not change or metric.better is Direction.NONE:
        return State.NEUTRAL
    return State.GOOD if (change > 0) == (metric.better is Direction.UP) else State.BAD


def people(facts: Facts) -> Table:
    """List people by how much they changed."""
    metric, shown = facts.metric, facts.people[:MOST_PEOPLE]
    how = values.style(metric, [v for p in shown for v in (p.value, p.before)])
    columns = [
        Column("name", _("Manager"), Align.LEFT, stretch=True),
        Column("value", values.heading(_("Period"), how)),
        Column("before", values.heading(_("Before"), how)),
        Column("change", _("Change")),
    ]
    rows = [
        Row(
            person.member_id,
            (
                Cell(person.name, tooltip=person.name, ref=person.member_id),
                Cell(values.text(person.value, how), tooltip=_exact(metric, person.value)),
                Cell(values.text(person.before, how), muted=True,
                     tooltip=_exact(metric, person.before)),
                _person_change(metric, person.value, person.before),
            ),
        )
        for person in shown
    ]  # fmt: skip
    return columns, rows


def _exact(metric: Metric, value: Value) -> str:
    return "" if value is None else values.exact(metric, value)


def _person_change(metric: Metric, value: Value, before: Value) -> Cell:
    if value is None or before is None:
        return Cell(values.UNKNOWN)
    change = Fraction(value) - Fraction(before)
    return Cell(values.deviation(metric, value, before), state=_judged(metric, change))


def deals(facts: Facts) -> Table:
    """Count deals won and lost, with the reasons, now and before."""
    found = facts.deals
    columns = [
        Column("what", _("Deals"), Align.LEFT, stretch=True),
        Column("now", _("Period")),
        Column("before", _("Before")),
        Column("share", _("Share of lost, %")),
    ]
    rows = [
        _count("won", _("Won"), found.won, found.won_before, bold=True),
        _count("lost", _("Lost"), found.lost, found.lost_before, bold=True),
    ]
    for reason in found.reasons:
        share = Fraction(reason.count, found.lost) if found.lost else None
        rows.append(
            _count(
                ("reason", reason.words), reason.words or _("reason not given"), reason.count,
                reason.before, share=values.percent_number(share),
            )
        )  # fmt: skip
    return columns, rows


def _count(
    key: object, told: str, now: int, before: int, *, share: str = "", bold: bool = False
) -> Row:
    return Row(
        repr(key),
        (
            Cell(told, bold=bold, tooltip=told),
            Cell(integer(now), bold=bold),
            Cell(integer(before), muted=True),
            Cell(share),
        ),
    )


def sources(found: DealFacts) -> Table:
    """Put each source's inquiries and conversion now beside those before."""
    columns = [
        Column("source", _("Source"), Align.LEFT, stretch=True),
        Column("came", _("Inquiries")),
        Column("came_before", _("Before")),
        Column("share", _("Conv., %")),
        Column("share_before", _("Before")),
    ]
    rows = [
        Row(
            line.source,
            (
                Cell(line.source or _("source not given"), tooltip=line.source),
                Cell(integer(line.inquiries)),
                Cell(integer(line.inquiries_before), muted=True),
                Cell(_share(line.won, line.inquiries), tooltip=_of(line.won, line.inquiries)),
                Cell(_share(line.won_before, line.inquiries_before), muted=True,
                     tooltip=_of(line.won_before, line.inquiries_before)),
            ),
        )
        for line in found.sources
    ]  # fmt: skip
    return columns, rows


def _share(part: int, whole: int) -> str:
    return values.percent_number(Fraction(part, whole), 1) if whole else values.UNKNOWN


def _of(part: int, whole: int) -> str:
    return _("{n} of {all}", n=integer(part), all=integer(whole))


def large(facts: Facts, stuck: Sequence[StuckDeal] = ()) -> Table:
    """List the largest deals closed, then those that are stuck; a click opens one."""
    columns = [
        Column("title", _("Largest and stuck deals"), Align.LEFT, stretch=True),
        Column("amount", _("Amount, ₽")),
        Column("what", _("What became of it"), Align.LEFT),
    ]
    rows = []
    for deal in facts.deals.largest:
        won = deal.status == "won"
        told = _("won") if won else deal.reason or _("lost")
        sign = words.GOOD_SIGN if won else words.BAD_SIGN
        rows.append(
            Row(
                ("closed", deal.id),
                (
                    Cell(deal.title, ref=deal.id, tooltip=f"{deal.title} · {deal.member}"),
                    Cell(_roubles(deal.amount)),
                    Cell(f"{sign} {told}", state=State.GOOD if won else State.NEUTRAL),
                ),
            )
        )
    for held in stuck[:MOST_STUCK]:
        told = _("{stage}: {n} days, usually {norm}", stage=held.stage, n=held.days,
                 norm=held.norm_days)  # fmt: skip
        rows.append(
            Row(
                ("stuck", held.deal_id),
                (
                    Cell(held.title, ref=held.deal_id, tooltip=held.title),
                    Cell("" if held.amount is None else _roubles(held.amount)),
                    Cell(told, state=State.WARNING, tooltip=told),
                ),
            )
        )
    return columns, rows


def _roubles(kopecks: int) -> str:
    return decimal(Fraction(kopecks, 100).__round__())


def calls(facts: Facts) -> Table:
    """Put the calls of the period beside those before."""
    columns = [
        Column("what", _("Calls"), Align.LEFT, stretch=True),
        Column("now", _("Period")),
        Column("before", _("Before")),
        Column("change", _("Change")),
    ]
    rows = []
    for fact in facts.calls:
        how = values.style(fact.metric, [fact.value, fact.before])
        rows.append(
            Row(
                fact.metric.code,
                (
                    Cell(values.heading(values.name(fact.metric), how)),
                    Cell(values.text(fact.value, how)),
                    Cell(values.text(fact.before, how), muted=True),
                    Cell(values.deviation(fact.metric, fact.value, fact.before)),
                ),
            )
        )
    return columns, rows


def events(facts: Facts, year: int) -> Table:
    """List what else happened on these days."""
    columns = [
        Column("days", _("When"), Align.LEFT),
        Column("what", _("What happened"), Align.LEFT, stretch=True),
    ]
    rows = []
    for number, found in enumerate(facts.events):
        told = words.event(found)
        days = _days(found.first, found.last, year)
        rows.append(Row(number, (Cell(days, muted=True), Cell(told, tooltip=told))))
    return columns, rows


def _days(first: date, last: date, year: int) -> str:
    told = words.span(first, last)
    return told.removesuffix(f".{year}") if first.month != last.month or first.day != 1 else told
