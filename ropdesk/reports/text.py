"""Paragraphs of the printed forms: sizes, leading, and text that came from people."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ropdesk.i18n import THIN_SPACE
from ropdesk.reports import fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

NBSP = "\u00a0"
_NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=%|₽|млн|тыс|п\.|шт)")
_SHORT_WORD = re.compile(r"(?<!\w)([А-Яа-яЁё]{1,2}) (?=\S)")
INK = (0.05, 0.06, 0.07)
GREY = (0.36, 0.38, 0.41)
HAIR = (0.72, 0.74, 0.76)

_STYLES: dict[str, dict[str, Any]] = {
    # 9 on 12 points reads after a photocopy and still leaves the summary on one page
    "body": {"fontName": fonts.REGULAR, "fontSize": 9, "leading": 12},
    # a sentence under a table
    "after": {"fontName": fonts.REGULAR, "fontSize": 9, "leading": 12, "spaceBefore": 5},
    "note": {
        "fontName": fonts.REGULAR,
        "fontSize": 7.6,
        "leading": 10,
        "spaceBefore": 4,
        "textColor": GREY,
    },
    # what nobody may overlook, in a frame of its own
    "framed": {
        "fontName": fonts.REGULAR,
        "fontSize": 9,
        "leading": 12,
        "borderWidth": 0.75,
        "borderColor": INK,
        "borderPadding": (4, 6, 5, 6),
        "leftIndent": 6,
        "rightIndent": 6,
        "spaceBefore": 5,
        "spaceAfter": 11,
    },
    # one of a list: its sign or number hangs before it
    "item": {
        "fontName": fonts.REGULAR,
        "fontSize": 9,
        "leading": 12,
        "leftIndent": 13,
        "bulletFontName": fonts.REGULAR,
        "bulletFontSize": 9,
    },
    "small": {
        "fontName": fonts.REGULAR,
        "fontSize": 7.6,
        "leading": 10,
        "spaceAfter": 3,
        "textColor": GREY,
    },
    "title": {"fontName": fonts.BOLD, "fontSize": 16, "leading": 20, "spaceAfter": 7},
    "section": {
        "fontName": fonts.BOLD,
        "fontSize": 12,
        "leading": 15,
        "spaceBefore": 18,
        "spaceAfter": 4,
    },
    "heading": {
        "fontName": fonts.BOLD,
        "fontSize": 9.6,
        "leading": 13,
        "spaceBefore": 9,
        "spaceAfter": 2,
        "keepWithNext": 1,
    },
    # over a table that may run on for pages: kept with all of it, it would leave a page empty
    "table-heading": {
        "fontName": fonts.BOLD,
        "fontSize": 9.6,
        "leading": 13,
        "spaceBefore": 9,
        "spaceAfter": 2,
    },
    "column-heading": {
        "fontName": fonts.BOLD,
        "fontSize": 9.6,
        "leading": 13,
        "spaceAfter": 2,
    },
    "box-name": {"fontName": fonts.REGULAR, "fontSize": 9, "leading": 12},
    "box-value": {"fontName": fonts.BOLD, "fontSize": 13.5, "leading": 17.5},
    "box-note": {"fontName": fonts.REGULAR, "fontSize": 8.6, "leading": 11.5, "textColor": GREY},
    "cell": {"fontName": fonts.FIGURES, "fontSize": 8.25, "leading": 10},
    # a double name breaks at its hyphen
    "cell-name": {
        "fontName": fonts.FIGURES,
        "fontSize": 8.25,
        "leading": 10,
        "embeddedHyphenation": 1,
    },
    "cell-bold": {"fontName": fonts.FIGURES_BOLD, "fontSize": 8.25, "leading": 10},
    "cell-head": {"fontName": fonts.MEDIUM, "fontSize": 7.8, "leading": 9.6},
    "cell-head-right": {"fontName": fonts.MEDIUM, "fontSize": 7.8, "leading": 9.6, "alignment": 2},
}


@cache
def style(name: str) -> "ParagraphStyle":
    """Return a paragraph style by name."""
    from reportlab.lib.colors import Color
    from reportlab.lib.styles import ParagraphStyle

    fonts.register()
    values: dict[str, Any] = {"textColor": INK} | _STYLES[name]
    values = {k: Color(*v) if k.endswith("Color") else v for k, v in values.items()}
    # a widow or an orphan line looks torn off on paper
    return ParagraphStyle(name, allowWidows=0, allowOrphans=0, **values)


def markup(text: str) -> str:
    """Make a text safe inside a paragraph: known characters, no markup, line ends kept.

    A number keeps its groups and its unit, and a short preposition its word, on one line.
    """
    # reportlab breaks lines at a narrow no-break space
    whole = fonts.safe(text.strip()).replace(THIN_SPACE, NBSP)
    tied = _NUMBER_AND_UNIT.sub(NBSP, whole)
    tied = _SHORT_WORD.sub(rf"\1{NBSP}", tied)
    return escape(tied).replace("\n", "<br/>")


def paragraph(text: str, name: str = "body") -> "Paragraph":
    """Return a paragraph of plain text."""
    return marked(markup(text), name)


def marked(markup_text: str, name: str = "body") -> "Paragraph":
    """Return a paragraph of text that `markup` has made safe already."""
    from reportlab.platypus import Paragraph

    return Paragraph(markup_text, style(name))


def bold(text: str) -> str:
    """Mark a text bold inside a paragraph."""
    return f"<b>{markup(text)}</b>"


def clip(text: str, most: int) -> str:
    """Shorten a name to so many letters: it must never be taller than its page."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def elide(text: str, font: str, size: float, room: float) -> str:
    """Shorten a text with an ellipsis until it fits a width in points."""
    kept = fonts.safe(" ".join(text.split()))
    if fonts.width(kept, font, size) <= room:
        return kept
    low, high = 0, len(kept)
    while low < high:
        middle = (low + high + 1) // 2
        if fonts.width(kept[:middle].rstrip() + "…", font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return kept[:low].rstrip() + "…"
