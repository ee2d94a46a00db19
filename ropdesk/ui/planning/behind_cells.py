"""Rows behind a number as table cells: deals, calls, daily values."""

from collections.abc import Sequence
from datetime import date

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _, integer, short_date
from ropdesk.services.rows import CallRow, DealRow, ValueRow
from ropdesk.ui import values
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.values import Style

_STATUS = {"won": N_("won"), "lost": N_("lost"), "open": N_("in work")}
_DIRECTION = {"in": N_("incoming"), "out": N_("outgoing")}
_KOPECKS = Style(100, 2, "₽")


def deal_columns() -> tuple[Column, ...]:
    """Return the columns of deals."""
    left = Align.LEFT
    return (
        Column("number", _("Deal number"), left),
        Column("title", _("Deal"), left, stretch=True),
        Column("member", _("Member"), left),
        Column("status", _("Outcome"), left),
        Column("amount", _("Amount, ₽")),
        Column("created", _("Created")),
        Column("closed", _("Closed")),
        Column("stage", _("Stage"), left),
        Column("source", _("Source"), left),
        Column("file", _("File and line"), left),
    )


def deal_rows(deals: Sequence[DealRow]) -> list[Row]:
    """Return deals as rows."""
    return [
        Row(
            deal.id,
            (
                _words(deal.external_id),
                _words(deal.title or values.UNKNOWN),
                _words(_(deal.member)),
                _words(_(_STATUS.get(deal.status, deal.status))),
                _amount(deal.amount),
                _day(deal.created),
                _day(deal.closed),
                _words(deal.stage, deal.lost_reason),
                _words(deal.source),
                _origin(deal.file, deal.line),
            ),
        )
        for deal in deals
    ]


def call_columns() -> tuple[Column, ...]:
    """Return the columns of calls."""
    left = Align.LEFT
    return (
        Column("day", _("Day"), left),
        Column("at", _("Time"), left),
        Column("member", _("Member"), left, stretch=True),
        Column("direction", _("Direction"), left),
        Column("answered", _("Answered"), left),
        Column("wait", _("Waiting, s")),
        Column("talk", _("Talk, s")),
        Column("rating", _("Rating")),
        Column("file", _("File and line"), left),
    )


def call_rows(calls: Sequence[CallRow]) -> list[Row]:
    """Return calls as rows."""
    return [
        Row(
            call.id,
            (
                _day(call.day),
                _clock(call.at),
                _words(_(call.member)),
                _words(_(_DIRECTION.get(call.direction, call.direction))),
                _words(_("yes") if call.answered else _("no")),
                _number(call.wait),
                _number(call.talk),
                _number(call.rating),
                _origin(call.file, call.line),
            ),
        )
        for call in calls
    ]


def value_columns() -> tuple[Column, ...]:
    """Return the columns of daily values."""
    left = Align.LEFT
    return (
        Column("day", _("Day"), left),
        Column("member", _("Member"), left, stretch=True),
        Column("metric", _("Metric"), left),
        Column("value", _("Value")),
        Column("source", _("From files")),
        Column("how", _("Whence"), left),
        Column("reason", _("Reason"), left),
    )


def value_rows(found: Sequence[ValueRow], metrics: Metrics) -> list[Row]:
    """Return daily values as rows."""
    rows = []
    for one in found:
        metric = metrics[one.metric]
        how = values.entry_style(metric)
        whence = _("by hand") if one.entered is not None else one.file
        rows.append(
            Row(
                one.id,
                (
                    _day(one.day),
                    _words(_(one.member)),
                    _words(values.name(metric)),
                    _value(one.value, how, values.exact(metric, one.value)),
                    _value(one.source, how, ""),
                    _words(whence),
                    _words(one.reason),
                ),
            )
        )
    return rows


def _value(value: int | None, how: Style, tip: str) -> Cell:
    if value is None:
        return Cell()
    return Cell(
        values.alone(value, how), tooltip=tip, sort_key=value, raw=values.plain(value, how)
    )  # fmt: skip


def _words(text: str, tip: str = "") -> Cell:
    return Cell(text, tooltip=tip or text)


def _amount(kopecks: int | None) -> Cell:
    if kopecks is None:
        return Cell(values.UNKNOWN, muted=True)
    return Cell(
        values.text(kopecks, _KOPECKS), sort_key=kopecks, raw=values.plain(kopecks, _KOPECKS)
    )  # fmt: skip


def _day(day: date | None) -> Cell:
    if day is None:
        return Cell(values.UNKNOWN, muted=True)
    return Cell(short_date(day), sort_key=day.toordinal())


def _clock(at: int | None) -> Cell:
    if at is None:
        return Cell()
    return Cell(f"{at // 3600:02}:{at % 3600 // 60:02}:{at % 60:02}", sort_key=at)


def _number(value: int | None) -> Cell:
    return Cell() if value is None else Cell(integer(value), sort_key=value)


def _origin(file: str, line: int) -> Cell:
    text = _("{file}, line {line}", file=file, line=line)
    return Cell(text, tooltip=text)
