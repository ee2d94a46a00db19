"""Texts of a protocol on paper: topics, notes with lists, two columns, the mark of a draft."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ropdesk.reports import fonts
from ropdesk.reports.page import PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from ropdesk.reports.tables import columns_of
from ropdesk.reports.text import NBSP, marked, markup, paragraph, style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph

HEADING_ROOM = 54.0  # a heading with two lines below it
GAP = 26.0
TALLEST = 260.0  # of two columns side by side: a higher block could not be broken
LAST_WORD = 4
PALE = (0.92, 0.92, 0.93)
_ITEM = re.compile(r"^\s*(?:[-–—•*·]|(\d{1,2})[.)])\s+(?=\S)")


def topic(title: str, body: "Sequence[Flowable]") -> "list[Flowable]":
    """Set a body under its heading, which begins a new page rather than stand alone."""
    from reportlab.platypus import CondPageBreak

    return [CondPageBreak(HEADING_ROOM), paragraph(title, "table-heading"), *body]


def blocks(text: str) -> "list[Flowable]":
    """Lay out notes as they were typed: a paragraph a line, lines with a dash or number as a list.

    Empty lines set paragraphs apart no further: paper is dear.
    """
    return [_block(line) for line in text.splitlines() if line.strip()]


def _block(line: str) -> "Paragraph":
    found = _ITEM.match(line)
    if found is None:
        return paragraph(_closed(line))
    sign = f"{found[1]}." if found[1] else "–"
    return item(line[found.end() :], sign)


def _closed(line: str) -> str:
    """Keep a short last word with the one before it: alone on a line it looks lost."""
    rest, _space, last = line.rstrip().rpartition(" ")
    return f"{rest}{NBSP}{last}" if rest and len(last) <= LAST_WORD else line


def item(text: str, sign: str) -> "Paragraph":
    """Return a paragraph with its sign or number hanging before it."""
    from reportlab.platypus import Paragraph

    return Paragraph(markup(_closed(text)), style("item"), bulletText=sign)


def listed(texts: Sequence[str]) -> "list[Flowable]":
    """Lay out texts as a numbered list; a single one stands alone."""
    if len(texts) == 1:
        return blocks(texts[0])
    return [item(text, f"{number})") for number, text in enumerate(texts, 1)]


def side_by_side(
    title: str, left: "Sequence[Flowable]", beside: str, right: "Sequence[Flowable]"
) -> "list[Flowable]":
    """Set two topics in columns, or one under the other where they are long."""
    from reportlab.platypus import Spacer

    half = (WIDTH - GAP) / 2
    if max(_height(left, half), _height(right, half)) > TALLEST:
        return [*topic(title, left), *topic(beside, right)]
    first = [paragraph(title, "column-heading"), *left]
    second = [paragraph(beside, "column-heading"), *right]
    return [Spacer(0, 9), columns_of(first, second, GAP)]


def _height(flow: "Sequence[Flowable]", width: float) -> float:
    return float(sum(each.wrap(width, PAGE_HEIGHT * 100)[1] for each in flow))


def correction(lead: str, note: str) -> "Paragraph":
    """Say what an edition corrects, in a frame: whoever holds the first one must see it."""
    return marked(f"<b>{markup(lead)}</b> {markup(note)}", "framed")


class DraftMark:
    """Writes a pale word across each page, under everything else."""

    SIZE = 110.0

    def __init__(self, word: str) -> None:
        self._word = word

    def __call__(self, canvas: "Canvas") -> None:
        """Draw it on the page at hand."""
        canvas.saveState()
        wide = fonts.width(self._word, fonts.BOLD, self.SIZE)
        size = self.SIZE * min(1.0, WIDTH * 0.85 / wide)
        canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColorRGB(*PALE)
        canvas.setFont(fonts.BOLD, size)
        canvas.drawCentredString(0, -size / 3, self._word)
        canvas.restoreState()
