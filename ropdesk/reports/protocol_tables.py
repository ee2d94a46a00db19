"""Tables of a protocol: numbers by member, promises looked at, promises given."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ropdesk import i18n
from ropdesk.i18n import _, pgettext
from ropdesk.reports import fonts
from ropdesk.reports import protocol_words as words
from ropdesk.reports.model import Value
from ropdesk.reports.page import WIDTH
from ropdesk.reports.protocol_model import Figures, Measure, NumbersTable, Pledge, Protocol
from ropdesk.reports.tables import PADDING, SIZE, Column, Grid, Row, tables
from ropdesk.reports.text import HAIR, INK, marked, markup, paragraph
from ropdesk.reports.values import Style, done, style_for, whole

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FEW = 12  # rows that may stand wide apart
ROW, DENSE = 17.0, 14.0
SIGN_ROOM = 80.0  # to sign in
WHO_MOST, HOW_MUCH_MOST = 118.0, 92.0
HEAD_SIZE = 7.8


# -- numbers


def numbers_table(table: NumbersTable, *, named: bool) -> "list[Flowable]":
    """Lay out a metric by member.

    Args:
        named: head the table with the metric (where it is not the only one).
    """
    lines = [*table.members, table.department]
    measure = table.measure
    values = [value for line in lines for value in (line.fact, line.plan, line.goal)]
    how = _style(measure, values)
    past = words.span(table.fact_first, table.fact_last)
    ahead = words.span(table.plan_first, table.plan_last)
    goals = any(line.goal is not None for line in lines)
    columns = [
        Column(how.heading(_("Fact {days}", days=past))),
        Column(_("Plan {days}", days=past)),
        Column(_("% to date") if table.to_date else "%"),
    ]
    if goals:
        columns.append(Column(_("Plan {days}", days=ahead)))

    def row(line: Figures, *, total: bool = False) -> Row:
        cells = [
            how.text(line.fact, measure.scale),
            how.text(line.plan, measure.scale),
            done(line.completion, sign=False),
        ]
        if goals:
            cells.append(how.text(line.goal, measure.scale))
        return Row(line.name, cells, note=line.away, total=total)

    rows = [row(line) for line in table.members]
    rows.append(row(table.department, total=True))
    grid = Grid(_("Member"), columns, rows, row_height=ROW if len(rows) <= FEW else DENSE)
    head = [paragraph(measure.name, "heading")] if named else []
    return [*head, *tables(grid)]


def _style(measure: Measure, values: Sequence[Value]) -> Style:
    """Choose how values are written; thousands that are whole need no decimals."""
    how = style_for(measure.unit, measure.scale, values, ratio=measure.ratio)
    known = [amount for value in values if (amount := whole(value, measure.scale)) is not None]
    if how.places and all((amount / how.divisor).denominator == 1 for amount in known):
        return Style(how.divisor, 0, how.suffix, how.difference)
    return how


def numbers_notes(paper: Protocol) -> list[str]:
    """Say what a reader of the numbers must know: whose plan was agreed, what was not in yet."""
    notes = []
    for table in paper.tables:
        agreed = [line.name for line in table.members if line.agreed]
        days = words.span(table.plan_first, table.plan_last)
        if agreed and len(agreed) == len(table.members):
            notes.append(_("The plan for {days} was agreed at the meeting.", days=days))
        elif agreed:
            said = words.shortest([line.name for line in table.members])
            names = ", ".join(said.get(name, name) for name in agreed)
            notes.append(
                _("The plan for {days} was agreed at the meeting: {names}.", days=days, names=names)
            )
        if not table.known:
            past = words.span(table.fact_first, table.fact_last)
            notes.append(_("The facts of {days} had not come in by then.", days=past))
    return notes


# -- promises


def checked_table(paper: Protocol) -> "list[Flowable]":
    """Show what became of the promises that were due: those kept in time by number only."""
    from reportlab.platypus import Spacer

    if not paper.checked:
        return []
    kept = [p for p in paper.checked if p.verdict == "kept"]
    rest = [p for p in paper.checked if p.verdict != "kept" or p.late or p.result]
    said = _("Kept: {kept} of {due}.", kept=i18n.integer(len(kept)),
             due=i18n.integer(len(paper.checked)))  # fmt: skip
    flow: list[Flowable] = [paragraph(said)]
    if not rest:
        return flow
    doubles = _doubles(rest)
    rows = [
        [words.who(p, doubles), words.promised(p), words.due(p.due, paper.day), words.verdict(p)]
        for p in rest
    ]
    heads = (_("Who"), _("What was promised"), _("Due"), _("What became of it"))
    due = _natural([row[2] for row in rows], heads[2], 70.0)
    who = _natural([row[0] for row in rows], heads[0], WHO_MOST)
    left = WIDTH - who - due
    widths = [who, left * 0.56, due, left * 0.44]
    return [*flow, Spacer(0, 2), _ruled(heads, rows, widths, DENSE)]


def pledges(paper: Protocol) -> "list[Flowable]":
    """Lay out the promises given, with room to sign for each."""
    given = paper.pledges
    doubles = _doubles(given)
    rows = [
        [
            str(number), words.who(p, doubles), words.promised(p),
            words.amount(p.measure, p.amount), words.due(p.due, paper.day), "",
        ]
        for number, p in enumerate(given, 1)
    ]  # fmt: skip
    heads = [
        pgettext("protocol", "No."), _("Who"), _("What is promised"), _("How much"), _("Due"),
        _("Signature"),
    ]  # fmt: skip
    widths = [
        _natural([row[0] for row in rows], heads[0], 30.0),
        _natural([row[1] for row in rows], heads[1], WHO_MOST),
        0.0,
        _natural([row[3] for row in rows], heads[3], HOW_MUCH_MOST),
        _natural([row[4] for row in rows], heads[4], 70.0),
        SIGN_ROOM,
    ]
    if not any(row[3] for row in rows):
        heads.pop(3)
        widths.pop(3)
        rows = [row[:3] + row[4:] for row in rows]
    widths[2] = WIDTH - sum(widths)
    return [_ruled(heads, rows, widths, ROW)]


def _doubles(given: Sequence[Pledge]) -> list[str]:
    return [words.short(name) for name in {p.name for p in given if p.name}]


def _natural(texts: Sequence[str], head: str, most: float) -> float:
    """Return the width that a column's texts ask for, padding included."""
    widest = max((fonts.width(fonts.safe(t), fonts.FIGURES, SIZE) for t in texts), default=0.0)
    title = fonts.width(fonts.safe(head), fonts.MEDIUM, HEAD_SIZE)
    return min(max(widest, title) + 2 * PADDING + 1.0, max(most, title + 2 * PADDING + 1.0))


def _ruled(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], height: float
) -> "Flowable":
    """Rule a table of words: the header repeats, no row breaks, long texts make rows higher."""
    from reportlab.lib.colors import Color
    from reportlab.platypus import Table

    vertical = max((height - 10.0) / 2, 1.5)
    rules: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), fonts.FIGURES, SIZE, 10),
        ("TEXTCOLOR", (0, 0), (-1, -1), Color(*INK)),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), vertical),
        ("BOTTOMPADDING", (0, 0), (-1, -1), vertical),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, Color(*INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, Color(*HAIR)),
    ]
    body: list[list[object]] = [[marked(markup(head), "cell-head") for head in heads]]
    body += [[_cell(t, width) for t, width in zip(row, widths, strict=True)] for row in rows]
    table = Table(body, colWidths=list(widths), repeatRows=1, splitByRow=1, hAlign="LEFT")
    table.setStyle(rules)
    return table


def _cell(text: str, width: float) -> object:
    said = fonts.safe(text)
    if "\n" not in said and fonts.width(said, fonts.FIGURES, SIZE) <= width - 2 * PADDING:
        return said
    return marked(markup(text), "cell-name")
