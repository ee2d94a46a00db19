"""The parts of the page taken along to a meeting: numbers, promises to tick, points."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ropdesk import i18n
from ropdesk.i18n import _, ngettext
from ropdesk.reports import fonts
from ropdesk.reports import protocol_words as words
from ropdesk.reports.agenda_model import AgendaLine, AgendaPaper, AgendaPoint, AgendaTable
from ropdesk.reports.page import WIDTH
from ropdesk.reports.protocol_model import Pledge
from ropdesk.reports.tables import Column, Grid, Row, tables
from ropdesk.reports.text import GREY, HAIR, INK, bold, elide, marked, markup, paragraph
from ropdesk.reports.values import UNKNOWN, Style, share_number, style_for

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.platypus import Flowable, Table

_Rule = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]

GAP = 16.0  # between two halves of the page
HALF = (WIDTH - GAP) / 2
SMALL_COLUMNS = (84.0, 60.0, 36.0, 23.0, HALF - 203.0)
ONE_COLUMN = 16  # members above which the table is set in two halves
ROW, SMALL_ROW = 15.0, 11.6
NOTE = 17.0  # between lines to write on
BOX, BOX_ROOM, DAY_ROOM = 8.5, 15.0, 34.0
PLEDGE = 13.5  # height of one promise
ONE_BY_ONE = 8  # promises above which they are set in two halves
SIZE, POINT_SIZE = 8.25, 9.6
FAILED = ("broken", "partly")
TO_FILL = "…" * 5


def numbers(paper: AgendaPaper, count: int) -> "list[Flowable]":
    """Return the table of numbers with so many members; how many are left out is said."""
    table = paper.table
    if table is None:
        return []
    from reportlab.platypus import Spacer

    shown = table.members[:count]
    flow: list[Flowable] = [Spacer(0, 7)]
    if _in_halves(table):
        flow.append(_two_halves(table, shown))
    else:
        rows = [*shown, table.department]
        flow += tables(_grid(table, rows))
    left = len(table.members) - count
    if left:
        flow.append(_left_out(ngettext(
            "{n} more member does not fit on the page; the numbers of the department are of all.",
            "{n} more members do not fit on the page; the numbers of the department are of all.",
            left,
        )))  # fmt: skip
    return flow


def _in_halves(table: AgendaTable) -> bool:
    return len(table.members) > ONE_COLUMN


def _two_halves(table: AgendaTable, shown: Sequence[AgendaLine]) -> "Table":
    from reportlab.platypus import Table

    lines = [*shown, table.department]
    middle = (len(lines) + 1) // 2
    halves = [_small(table, part) for part in (lines[:middle], lines[middle:])]
    made = Table([[halves[0], "", halves[1]]], colWidths=[HALF, GAP, HALF], hAlign="LEFT")
    made.setStyle([*_plain(), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return made


def _plain() -> list[_Rule]:
    """Return the rules of a table without any room of its own."""
    whole = (0, 0), (-1, -1)
    sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
    return [("FONT", *whole, fonts.FIGURES, SIZE, 10), *((side, *whole, 0) for side in sides)]


def _small(table: AgendaTable, lines: Sequence[AgendaLine]) -> "Table":
    """Set members in half the page, each on one line."""
    from reportlab.lib.colors import Color
    from reportlab.platypus import Table

    how = _style(table)
    heads = [table.measure.name, *_headings(table, how)]
    rows: list[list[object]] = [
        [marked(markup(head), "cell-head-right" if n else "cell-head")
         for n, head in enumerate(heads)]
    ]  # fmt: skip
    for line in lines:
        total = line is table.department
        face = fonts.FIGURES_BOLD if total else fonts.FIGURES
        name = _named(line.figures.name, face, SMALL_COLUMNS[0] - 4)
        rows.append([name, *_cells(table, line, how)])
    heights = [None, *(SMALL_ROW for _line in lines)]
    made = Table(rows, colWidths=SMALL_COLUMNS, rowHeights=heights, hAlign="LEFT")
    bold_row = [("FONT", (0, -1), (-1, -1), fonts.FIGURES_BOLD, SIZE, 10)]
    made.setStyle([
        *_plain(), *(bold_row if lines and lines[-1] is table.department else []),
        ("ALIGN", (1, 1), (-1, -1), "RIGHT"), ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, Color(*INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, Color(*HAIR)),
    ])  # fmt: skip
    return made


def _named(name: str, face: str, room: float) -> str:
    """Shorten a name to a width; the initial stays, or namesakes would be one person."""
    said = words.short(name)
    surname, _space, initial = said.rpartition(" ")
    if fonts.width(said, face, SIZE) <= room or said == name or not surname:
        return elide(said, face, SIZE, room)
    tail = f"\u00a0{initial}"
    return elide(surname, face, SIZE, room - fonts.width(tail, face, SIZE)) + tail


def _grid(table: AgendaTable, lines: Sequence[AgendaLine]) -> Grid:
    how = _style(table)
    columns = [Column(heading) for heading in _headings(table, how)]
    columns += [Column(_("Agreed")), Column(_("Promises"))]
    rows = [_row(table, line, how) for line in lines]
    return Grid(table.measure.name, columns, rows, ROW)


def _style(table: AgendaTable) -> Style:
    lines = [line.figures for line in (*table.members, table.department)]
    every = [value for line in lines for value in (line.fact, line.plan, line.goal)]
    measure = table.measure
    return style_for(measure.unit, measure.scale, every, ratio=measure.ratio)


def _headings(table: AgendaTable, how: Style) -> list[str]:
    past = words.span(table.fact_first, table.fact_last)
    ahead = words.span(table.plan_first, table.plan_last)
    return [
        how.heading(_("Fact {days}", days=past)), _("Plan"), "%", _("Plan {days}", days=ahead),
    ]  # fmt: skip


def _cells(table: AgendaTable, line: AgendaLine, how: Style) -> list[str]:
    figures, scale = line.figures, table.measure.scale
    return [
        how.text(figures.fact, scale), how.text(figures.plan, scale),
        share_number(figures.completion), how.text(figures.goal, scale),
    ]  # fmt: skip


def _row(table: AgendaTable, line: AgendaLine, how: Style) -> Row:
    figures = line.figures
    kept = UNKNOWN
    if line.due:
        kept = _("{kept} of {due}", kept=i18n.integer(line.kept or 0), due=i18n.integer(line.due))
    agreed = how.text(figures.goal, table.measure.scale) if figures.agreed else TO_FILL
    cells = [*_cells(table, line, how), agreed, kept]
    return Row(figures.name, cells, note=figures.away, total=line is table.department)


# -- promises


def in_halves(paper: AgendaPaper) -> bool:
    """Whether promises are set in two columns."""
    return len(paper.promises) > ONE_BY_ONE


def pledges(paper: AgendaPaper, count: int) -> "list[Flowable]":
    """Return so many promises with boxes to tick; how many are left out is said."""
    if not paper.promises:
        return []
    shown = paper.promises[:count]
    title = bold(_("Promises: what is due"))
    if any(each.verdict in FAILED for each in shown):
        title += _grey(_("a crossed box is not kept"))
    flow: list[Flowable] = [marked(title, "heading")]
    if shown:
        flow.append(_pledge_table(paper, shown))
    left = len(paper.promises) - count
    if left:
        flow.append(_left_out(ngettext(
            "{n} more promise does not fit; it is in the list of promises.",
            "{n} more promises do not fit; they are in the list of promises.", left,
        )))  # fmt: skip
    return flow


def _pledge_table(paper: AgendaPaper, shown: Sequence[Pledge]) -> "Table":
    from reportlab.platypus import Table

    columns = 2 if in_halves(paper) else 1
    text = (HALF if columns == 2 else WIDTH) - BOX_ROOM - DAY_ROOM
    high = (len(shown) + columns - 1) // columns
    cells = [
        [_box(crossed=each.verdict in FAILED), _pledge(each, text), words.due(each.due, paper.day)]
        for each in shown
    ]
    rows: list[list[object]] = []
    for number in range(high):
        row: list[object] = list(cells[number])
        if columns == 2:
            other = number + high
            row += ["", *(cells[other] if other < len(cells) else ["", "", ""])]
        rows.append(row)
    one = [BOX_ROOM, text, DAY_ROOM]
    widths = one if columns == 1 else [*one, GAP, *one]
    table = Table(rows, colWidths=widths, rowHeights=[PLEDGE] * high, hAlign="LEFT")
    table.setStyle([
        *_plain(), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (2, 0), (2, -1), "RIGHT"), ("ALIGN", (-1, 0), (-1, -1), "RIGHT"),
    ])  # fmt: skip
    return table


def _pledge(each: Pledge, room: float) -> str:
    """Say a promise on one line: who, what, how much; the words give way, not the rest."""
    name = each.name or _("Sales head")
    name = f"{_named(name, fonts.FIGURES, room * 0.4)}: "
    amount = words.amount(each.measure, each.amount)
    tail = fonts.safe(f", {amount}" if amount else "")
    left = room - fonts.width(f"{name}{tail}", fonts.FIGURES, SIZE) - 4
    return f"{name}{elide(words.promised(each), fonts.FIGURES, SIZE, left)}{tail}"


def _box(*, crossed: bool) -> "Drawing":
    """Draw a box to tick; that of a promise not kept is crossed."""
    from reportlab.graphics.shapes import Drawing, Line, Rect
    from reportlab.lib.colors import Color

    drawing = Drawing(BOX + 1, BOX + 1)
    box = Rect(0.5, 0.5, BOX, BOX)
    box.strokeColor, box.strokeWidth, box.fillColor = Color(*INK), 0.7, None
    drawing.add(box)
    if crossed:
        for start, end in ((0.5, BOX + 0.5), (BOX + 0.5, 0.5)):
            drawing.add(Line(0.5, start, BOX + 0.5, end, strokeColor=Color(*INK), strokeWidth=0.7))
    return drawing


# -- the points


def point_flow(number: int, point: AgendaPoint, notes: int) -> "list[Flowable]":
    """Return a point with so many lines to write on."""
    said = _grey(_("{n} min", n=point.minutes)) if point.minutes else ""
    title = elide(f"{number}. {point.title}", fonts.BOLD, POINT_SIZE, WIDTH - 50)
    flow: list[Flowable] = [marked(f"{bold(title)}{said}", "heading")]
    return [*flow, _lines(notes, halved=point.halved)] if notes else flow


def rest_of_points(paper: AgendaPaper, count: int) -> "list[Flowable]":
    """Say how many points are not on the page."""
    left = len(paper.points) - count
    if not paper.points:
        return [paragraph(_("The agenda has no points yet."), "heading")]
    if not left:
        return []
    return [_left_out(ngettext(
        "{n} more point does not fit on the page.", "{n} more points do not fit on the page.", left,
    ))]  # fmt: skip


def _grey(text: str) -> str:
    colour = "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in GREY))
    return f' <font color="{colour}" size="8.25">· {markup(text)}</font>'


def _lines(count: int, *, halved: bool) -> "Drawing":
    """Draw lines to write on; halved ones leave room for what to repeat and what not."""
    from reportlab.graphics.shapes import Drawing, Line, String
    from reportlab.lib.colors import Color

    drawing = Drawing(WIDTH, NOTE * count)
    hair, grey = Color(*HAIR), Color(*GREY)
    spans = ((0.0, HALF), (HALF + GAP, WIDTH)) if halved else ((0.0, WIDTH),)
    for number in range(count):
        base = drawing.height - NOTE * (number + 1) + 2
        for left, right in spans:
            drawing.add(Line(left, base, right, base, strokeColor=hair, strokeWidth=0.5))
    if halved:
        top = drawing.height - NOTE + 5
        for (left, _right), said in zip(spans, (_("To repeat:"), _("Not to repeat:")), strict=True):
            drawing.add(
                String(left, top, said, fontName=fonts.REGULAR, fontSize=7.6, fillColor=grey)
            )
    return drawing


def _left_out(text: str) -> "Flowable":
    return paragraph(text, "small")
