"""Channels as table cells and cards."""

from collections.abc import Sequence
from fractions import Fraction

from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.i18n import _, integer, month_name
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing_channels import CLOSED, Channel, Channels, Month
from ropdesk.services.marketing_facts import BehindLeads
from ropdesk.ui import values
from ropdesk.ui.planning.marketing.agreement_cells import TOTAL, kopecks
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.values import Style
from ropdesk.ui.widgets.cards import MetricView

_RECEIPTS = Metric("receipts", "Receipts", Kind.FLOW, Unit.MONEY, Direction.UP)
_ROUBLES = Style(100, 0, "₽")


def columns(found: Channels) -> tuple[Column, ...]:
    """Return the columns; the heading of the receipts has their unit."""
    won = (
        _("Paid deals by closing day")
        if found.basis == CLOSED
        else _("Deals that these inquiries have brought so far, whenever they were paid")
    )
    return (
        Column("source", _("Source"), Align.LEFT, stretch=True),
        Column("inquiries", _("Inquiries")),
        Column("trend", _("6 months"), Align.LEFT, width=84,
               tooltip=_("Inquiries by month, the last one the month shown")),
        Column("quality", _("Quality, %"),
               tooltip=_("Accepted ÷ (accepted + not target)")),
        Column("won", _("Deals"), tooltip=won),
        Column("conversion", _("Conv., %"),
               tooltip=_("Deals ÷ inquiries; grey: the span before")),
        Column("receipts", values.heading(_("Receipts"), receipts_style(found))),
        Column("cost", _("Cost, ₽"), width=108,
               tooltip=_("Typed by month; in a running one, what is spent so far. "
                         "0: the source is free")),
        Column("per_inquiry", _("Per inquiry, ₽"),
               tooltip=_("Cost ÷ inquiries")),
        Column("per_won", _("Per deal, ₽"), tooltip=_("Cost ÷ deals")),
        Column("romi", _("ROMI, %"),
               tooltip=_("(Receipts − cost) ÷ cost")),
    )  # fmt: skip


def receipts_style(found: Channels) -> Style:
    """Choose the unit of the receipts."""
    return values.style(_RECEIPTS, [channel.now.receipts for channel in found.channels])


def rows(found: Channels) -> list[Row]:
    """Return the channels, the sum pinned below."""
    made = [_row(found, channel) for channel in found.channels]
    return [*made, _total(found)] if made else []


def _row(found: Channels, channel: Channel) -> Row:
    now, how = channel.now, receipts_style(found)
    name = words.source(channel.source)
    unknown = _cost_tip(found, channel)
    return Row(
        channel.source,
        (
            Cell(name, tooltip=name, muted=not channel.source),
            _number(now.inquiries, _behind(found, channel.source)),
            Cell(spark=channel.trend, tooltip=", ".join(map(integer, channel.trend)),
                 sort_key=channel.trend[-1] if channel.trend else None),
            _share(now.quality, channel.before.quality, _behind(found, channel.source, "decided")),
            _number(now.won, _won(found, channel.source)),
            _conversion(now.conversion, channel.before.conversion, channel.ripe,
                        channel.still_open, channel.leads.inquiries),
            _money(now.receipts, how, _won(found, channel.source)),
            _cost(found, channel, unknown),
            _per(now.per_inquiry, channel.before.per_inquiry, unknown),
            _per(now.per_won, channel.before.per_won, unknown),
            _romi(now.romi, channel.before.romi, unknown),
        ),
    )  # fmt: skip


def _total(found: Channels) -> Row:
    total, before = found.total, found.before
    costed = sum(channel.now.cost is not None for channel in found.channels)
    partial = _("Of the sources whose cost is known: {n} of {all}", n=costed,
                all=len(found.channels))  # fmt: skip
    cost = found.costed.cost if costed else None
    return Row(
        TOTAL,
        (
            Cell(_("All sources"), bold=True),
            _number(total.inquiries, _behind(found, None), bold=True),
            Cell(spark=found.trend, tooltip=", ".join(map(integer, found.trend))),
            _share(total.quality, before.quality, None, bold=True),
            _number(total.won, _won(found, None), bold=True),
            _conversion(total.conversion, before.conversion, found.ripe, found.still_open,
                        total.inquiries, bold=True),
            _money(total.receipts, receipts_style(found), _won(found, None), bold=True),
            Cell(values.text(cost, kopecks()), sort_key=cost, bold=True, tooltip=partial,
                 raw=values.plain(cost, kopecks())),
            _per(found.costed.per_inquiry, None, partial, bold=True),
            _per(found.costed.per_won, None, partial, bold=True),
            _romi(found.costed.romi, None, partial, bold=True),
        ),
        Pin.LAST,
    )  # fmt: skip


def _behind(found: Channels, source: str | None, verdict: str = "") -> BehindLeads:
    return BehindLeads(source, found.first, found.last, verdict)


def _won(found: Channels, source: str | None) -> BehindLeads:
    paid = found.basis == CLOSED
    return BehindLeads(source, found.first, found.last, paid=paid, won=not paid)


def _number(n: int, ref: BehindLeads, *, bold: bool = False) -> Cell:
    return Cell(integer(n), sort_key=n, bold=bold, muted=not n, ref=ref if n else None)


def _share(
    now: Fraction | None, before: Fraction | None, ref: BehindLeads | None, *, bold: bool = False
) -> Cell:
    if now is None:
        return Cell(values.UNKNOWN, muted=True)
    tail = "" if before is None else f" / {values.percent_number(before, 1)}"
    return Cell(values.percent_number(now, 1), secondary=tail, sort_key=float(now), ref=ref,
                bold=bold, tooltip=_before(before))  # fmt: skip


def _conversion(
    now: Fraction | None, before: Fraction | None, ripe: bool, still_open: int, inquiries: int,
    *, bold: bool = False,
) -> Cell:  # fmt: skip
    if now is None:
        return Cell(values.UNKNOWN, muted=True)
    tip = _before(before)
    if not ripe:
        told = _("Not ripe: {open} of {n} inquiries are still open, it may yet grow",
                 open=integer(still_open), n=integer(inquiries))  # fmt: skip
        tip = f"{told}\n{tip}" if tip else told
    tail = "" if before is None else f" / {values.percent_number(before, 1)}"
    return Cell(values.percent_number(now, 1) + ("" if ripe else "*"), secondary=tail,
                sort_key=float(now), tooltip=tip, bold=bold)  # fmt: skip


def _before(share: Fraction | None, places: int = 1) -> str:
    return "" if share is None else _("before: {value}", value=values.percent(share, places))


def _money(amount: int, how: Style, ref: BehindLeads, *, bold: bool = False) -> Cell:
    return Cell(values.text(amount, how), sort_key=amount, bold=bold, muted=not amount,
                ref=ref if amount else None, raw=values.plain(amount, _ROUBLES),
                tooltip=values.alone(amount, _ROUBLES))  # fmt: skip


def _cost(found: Channels, channel: Channel, unknown: str) -> Cell:
    cost = channel.now.cost
    typed = found.months == 1
    tip = unknown
    if not typed:
        tip = unknown or _("Costs are typed by month: choose one month")
    return Cell("" if cost is None else values.text(cost, kopecks()), editable=typed,
                raw=values.plain(cost, kopecks()), sort_key=cost, tooltip=tip,
                behind="" if typed or cost is not None else values.UNKNOWN)  # fmt: skip


def _cost_tip(found: Channels, channel: Channel) -> str:
    if channel.now.cost is not None:
        return ""
    if found.months == 1:
        return _("The cost is not typed yet: type it here")
    months = ", ".join(month_name(month) for month in channel.without_cost)
    return _("The cost is not typed for: {months}", months=months) if months else ""


def _per(
    now: Fraction | None, before: Fraction | None, unknown: str, *, bold: bool = False
) -> Cell:
    if now is None:
        return Cell(values.UNKNOWN, muted=True, tooltip=unknown)
    told = "" if before is None else _("before: {value}", value=values.alone(before, _ROUBLES))
    return Cell(values.text(now, _ROUBLES), sort_key=float(now), bold=bold, tooltip=told or unknown)


def _romi(
    now: Fraction | None, before: Fraction | None, unknown: str, *, bold: bool = False
) -> Cell:
    if now is None:
        return Cell(values.UNKNOWN, muted=True, tooltip=unknown)
    state = State.BAD if now < 0 else State.NEUTRAL
    return Cell(values.percent_number(now, 0, sign=True), sort_key=float(now), bold=bold,
                state=state, tooltip=_before(before) or unknown)  # fmt: skip


def cards(found: Channels) -> tuple[MetricView, ...]:
    """Return the span's large numbers."""
    now, before, costed = found.total, found.before, found.costed
    known = sum(channel.now.cost is not None for channel in found.channels)
    part = _("cost known: {n} of {all}", n=known, all=len(found.channels))
    whole = known == len(found.channels)
    spent = costed.cost if known else None
    money = values.headline_style(_RECEIPTS, [now.receipts])
    return (
        MetricView(_("Inquiries"), integer(now.inquiries),
                   _("before: {value}", value=integer(before.inquiries))),
        MetricView(_("Conversion"), values.percent(now.conversion, 1), _before(before.conversion)),
        MetricView(_("Receipts"), values.alone(now.receipts, money),
                   _("before: {value}", value=values.alone(before.receipts, money)),
                   tooltip=values.alone(now.receipts, _ROUBLES)),
        MetricView(_("Cost"), _said(spent), _was(before.cost) if whole else part),
        MetricView(_("Cost per inquiry"), _said(costed.per_inquiry),
                   _was(before.per_inquiry) if whole else part),
        MetricView(_("Return, ROMI"), values.percent(costed.romi, 0, sign=True),
                   _before(before.romi, 0) if whole else part,
                   state=State.BAD if costed.romi is not None and costed.romi < 0
                   else State.NEUTRAL),
    )  # fmt: skip


def _was(amount: Fraction | int | None) -> str:
    return "" if amount is None else _("before: {value}", value=values.alone(amount, _ROUBLES))


def month_columns(months: Sequence[Month]) -> tuple[Column, ...]:
    """Return the columns of one source month by month."""
    how = values.style(_RECEIPTS, [each.economics.receipts for each in months])
    return (
        Column("month", _("Month"), Align.LEFT, stretch=True),
        Column("inquiries", _("Inquiries")),
        Column("quality", _("Quality, %")),
        Column("won", _("Deals")),
        Column("conversion", _("Conv., %")),
        Column("receipts", values.heading(_("Receipts"), how)),
        Column("cost", _("Cost, ₽"), width=108),
        Column("per_inquiry", _("Per inquiry, ₽")),
        Column("per_won", _("Per deal, ₽")),
        Column("romi", _("ROMI, %")),
    )


def month_rows(months: Sequence[Month], source: str | None, basis: str) -> list[Row]:
    """Return one source month by month, the latest first; its costs are typed here too.

    Args:
        source: None for all of them together, whose cost is a sum and not typed.
        basis: as the months were counted.
    """
    how = values.style(_RECEIPTS, [each.economics.receipts for each in months])
    paid = basis == CLOSED
    made = []
    for each in months:
        now = each.economics
        asked = BehindLeads(source, each.month, each.last)
        decided = BehindLeads(source, each.month, each.last, "decided")
        won = BehindLeads(source, each.month, each.last, paid=paid, won=not paid)
        star = "" if each.ripe or now.conversion is None else "*"
        rate = values.percent_number(now.conversion, 1) + star
        cells = (
            Cell(month_name(each.month), sort_key=each.month.toordinal()),
            _number(now.inquiries, asked),
            _share(now.quality, None, decided),
            _number(now.won, won),
            Cell(rate, sort_key=None if now.conversion is None else float(now.conversion)),
            _money(now.receipts, how, won),
            Cell("" if now.cost is None else values.text(now.cost, kopecks()),
                 editable=source is not None, raw=values.plain(now.cost, kopecks()),
                 sort_key=now.cost),
            _per(now.per_inquiry, None, ""),
            _per(now.per_won, None, ""),
            _romi(now.romi, None, ""),
        )  # fmt: skip
        made.append(Row(each.month.isoformat(), cells))
    return made


def _said(amount: Fraction | int | None) -> str:
    return values.UNKNOWN if amount is None else values.alone(amount, _ROUBLES)
