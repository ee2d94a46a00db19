"""Tables of figures: the header repeats, no row breaks, digits stand under digits.

Widths come from the contents. When the columns do not fit the page the table is split into
several, each with its names; nothing is set smaller than can be read after a photocopy.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ropdesk.reports import fonts
from ropdesk.reports.page import WIDTH
from ropdesk.reports.text import GREY, HAIR, INK, clip, marked, markup, paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable, Table

_Rule = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]

PADDING = 4.5  # left and right of each cell
SIZE = 8.25
HEADING_ROOM = 26.0
HEADER_ROOM = 34.0
KEPT_WHOLE = 12  # a table of so few rows is not split
FIRST_ROWS = 4
LONGEST_NAME, LONGEST_NOTE, LONGEST_HEADING = 160, 60, 80
BETWEEN = 10.0  # between the parts of a table too wide for the page
NAME_LEAST = 96.0
NAME_MOST = 200.0
HEADING_MOST = 74.0  # a longer heading wraps

# an empty cell would name a font that is not embedded
_PLAIN: _Rule = ("FONT", (0, 0), (-1, -1), fonts.REGULAR, SIZE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures (right-aligned) or of words.

    Attributes:
        tied: never parted from the column before it (a plan from its fact).
    """

    heading: str
    words: bool = False
    tied: bool = False
    most: float = 190.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name and one text per column; a total is bold."""

    name: str
    cells: Sequence[str]
    note: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is laid out; ``row_height`` is the least height of a row in points."""

    name_heading: str
    columns: Sequence[Column]
    rows: Sequence[Row] = field(default_factory=tuple)
    row_height: float = 17.0


def tables(grid: Grid, width: float = WIDTH) -> "list[Flowable]":
    """Lay out a grid as one table, or as several where its columns do not fit the width."""
    from reportlab.platypus import CondPageBreak, Flowable

    needs = [_need(grid, index) for index in range(len(grid.columns))]
    flow: list[Flowable] = []
    for group in _groups(grid.columns, needs, width - _name_least(grid)):
        if flow:
            flow.append(CondPageBreak(room_for(grid)))
        flow.append(_table(grid, group, [needs[i] for i in group], width))
    return flow


def room_for(grid: Grid) -> float:
    """Return the height to ask for: all of a short table, the first rows of a long one."""
    rows = len(grid.rows) if len(grid.rows) <= KEPT_WHOLE else FIRST_ROWS
    return HEADER_ROOM + rows * grid.row_height


def titled(title: str, grid: Grid) -> "list[Flowable]":
    """Lay out a grid under a heading, which begins a new page rather than stand alone."""
    from reportlab.platypus import CondPageBreak

    room = room_for(grid) + HEADING_ROOM
    return [CondPageBreak(room), paragraph(title, "table-heading"), *tables(grid)]


def _need(grid: Grid, index: int) -> float:
    column = grid.columns[index]
    face = fonts.FIGURES_BOLD if any(r.total for r in grid.rows) else fonts.FIGURES
    cells = max((fonts.width(row.cells[index], face, SIZE) for row in grid.rows), default=0.0)
    heading = fonts.safe(clip(column.heading, LONGEST_HEADING))
    widest_word = max((fonts.width(w, fonts.MEDIUM, 7.8) for w in heading.split()), default=0.0)
    full = fonts.width(heading, fonts.MEDIUM, 7.8)
    title = full if full <= HEADING_MOST else max(widest_word, min(full * 0.62, HEADING_MOST))
    return min(max(cells, title) + 0.5, column.most) + 2 * PADDING


def _name_least(grid: Grid) -> float:
    return min(max(_name_natural(grid), 60.0), NAME_LEAST)


def _name_natural(grid: Grid) -> float:
    names = [fonts.width(f"{r.name} {r.note}", fonts.FIGURES_BOLD, SIZE) for r in grid.rows]
    heading = fonts.width(grid.name_heading, fonts.MEDIUM, 7.8)
    return max([heading, *names]) + 2 * PADDING + 2


def _groups(columns: Sequence[Column], needs: Sequence[float], room: float) -> list[list[int]]:
    """Split columns into as few tables as fit, about equally full."""
    bundles: list[list[int]] = []
    for index, column in enumerate(columns):
        if column.tied and bundles:
            bundles[-1].append(index)
        else:
            bundles.append([index])
    sizes = [sum(needs[i] for i in bundle) for bundle in bundles]
    for count in range(1, len(bundles) + 1):
        groups = _packed(sizes, room, count)
        if len(groups) <= count or count == len(bundles):
            return [[i for b in group for i in bundles[b]] for group in groups]
    return [[]]


def _packed(sizes: Sequence[float], room: float, count: int) -> list[list[int]]:
    fair = sum(sizes) / count
    groups: list[list[int]] = [[]]
    used = 0.0
    for index, size in enumerate(sizes):
        enough = used + size / 2 > fair and len(groups) < count
        if groups[-1] and (used + size > room or enough):
            groups.append([])
            used = 0.0
        groups[-1].append(index)
        used += size
    return groups


def _table(grid: Grid, group: Sequence[int], needs: Sequence[float], width: float) -> "Table":
    from reportlab.platypus import Table

    columns = [grid.columns[i] for i in group]
    widths = _widths(grid, needs, width)
    head: list[object] = [marked(markup(grid.name_heading), "cell-head")]
    head += [
        marked(
            markup(clip(column.heading, LONGEST_HEADING)),
            "cell-head" if column.words else "cell-head-right",
        )
        for column in columns
    ]
    body: list[list[object]] = [
        [_name(row, widths[0]), *(_cell(row, i, widths[n + 1], grid) for n, i in enumerate(group))]
        for row in grid.rows
    ]
    table = Table(
        [head, *body],
        colWidths=widths,
        repeatRows=1,
        splitByRow=1,
        hAlign="LEFT",
        spaceBefore=BETWEEN if group and group[0] else 0,
    )
    table.setStyle(_rules(grid, columns))
    return table


def _widths(grid: Grid, needs: Sequence[float], width: float) -> list[float]:
    """Give the name what it needs, and share what remains among all the columns."""
    spare = width - sum(needs)
    name = min(max(_name_natural(grid), _name_least(grid)), max(NAME_MOST, width / 2), spare)
    rest = width - name - sum(needs)
    extra = rest / (len(needs) + 0.5)
    return [name + rest - extra * len(needs), *(need + extra for need in needs)]


def _name(row: Row, width: float) -> object:
    room = width - 2 * PADDING
    face = fonts.FIGURES_BOLD if row.total else fonts.FIGURES
    name = fonts.safe(clip(row.name, LONGEST_NAME))
    if not row.note and fonts.width(name, face, SIZE) <= room:
        return name
    text = markup(clip(row.name, LONGEST_NAME))
    if row.note:
        grey = "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in GREY))
        text += f' <font color="{grey}" size="7.4">· {markup(clip(row.note, LONGEST_NOTE))}</font>'
    return marked(text, "cell-bold" if row.total else "cell")


def _cell(row: Row, index: int, width: float, grid: Grid) -> object:
    text = row.cells[index]
    if not grid.columns[index].words:
        return text
    face = fonts.FIGURES_BOLD if row.total else fonts.FIGURES
    if "\n" not in text and fonts.width(text, face, SIZE) <= width - 2 * PADDING:
        return fonts.safe(text)
    return marked(markup(text), "cell-bold" if row.total else "cell")


def _rules(grid: Grid, columns: Sequence[Column]) -> list[_Rule]:
    from reportlab.lib.colors import Color

    ink, hair = Color(*INK), Color(*HAIR)
    vertical = max((grid.row_height - 10.0) / 2, 1.5)
    rules: list[_Rule] = [
        ("FONT", (0, 0), (-1, -1), fonts.FIGURES, SIZE, 10),
        ("TEXTCOLOR", (0, 0), (-1, -1), ink),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), vertical),
        ("BOTTOMPADDING", (0, 0), (-1, -1), vertical),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, ink),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, hair),
    ]
    for index, column in enumerate(columns, 1):
        rules.append(("ALIGN", (index, 0), (index, -1), "LEFT" if column.words else "RIGHT"))
    for index, row in enumerate(grid.rows, 1):
        if row.total:
            rules.append(("FONT", (0, index), (-1, index), fonts.FIGURES_BOLD, SIZE, 10))
            rules.append(("LINEBELOW", (0, index), (-1, index), 0.75, ink))
            rules.append(("NOSPLIT", (0, max(index - 1, 1)), (-1, index)))
    return rules


def columns_of(left: "list[Flowable]", right: "list[Flowable]", gap: float = 26.0) -> "Table":
    """Set two blocks side by side."""
    from reportlab.platypus import Table

    half = (WIDTH - gap) / 2
    table = Table([[left, "", right]], colWidths=[half, gap, half], hAlign="LEFT")
    table.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), _PLAIN, *_no_padding()])
    return table


def boxes(cells: "Sequence[list[Flowable]]") -> "Table":
    """Set blocks in one framed row of equal boxes."""
    from reportlab.lib.colors import Color
    from reportlab.platypus import Table

    table = Table([list(cells)], colWidths=[WIDTH / len(cells)] * len(cells), hAlign="LEFT")
    table.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            _PLAIN,
            ("BOX", (0, 0), (-1, -1), 0.75, Color(*INK)),
            ("INNERGRID", (0, 0), (-1, -1), 0.4, Color(*HAIR)),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]
    )
    return table


def _no_padding() -> list[_Rule]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
