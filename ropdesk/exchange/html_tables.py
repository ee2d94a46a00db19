"""The "XLS" that is an HTML page: the largest table of the page as rows of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from lxml.etree import _Element

_HTML = re.compile(r"<\s*(table|html|thead|tr|meta)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\f\xa0]+")


def looks_like_html(text: str) -> bool:
    """Tell whether a text is a page with a table."""
    start = text[:2000].lstrip()
    return start.startswith("<") and bool(_HTML.search(start)) and "<t" in text.casefold()


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that a page names in its own head, if it is a page."""
    head = data[:2000]
    match = _CHARSET.search(head) if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else None
    return match[1].decode("ascii") if match else None


def read_html(text: str, name: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows of the page's largest table, and the line each starts on.

    Raises:
        DomainError: the page has no table.
    """
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    page = html.document_fromstring(text.encode("utf-8"), parser=parser)
    best: list[list[str]] = []
    lines: list[int] = []
    for table in page.iter("table"):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if len(rows) > len(best):
            best = [_row(row) for row in rows]
            lines = list(range(1, len(rows) + 1))
    if not best:
        raise DomainError(
            N_("«{name}» is a web page without a table. Export deals or calls as CSV or XLSX."),
            name=name,
        )
    return best, lines


def _row(row: _Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        for line_break in cell.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = _SPACE.sub(" ", "".join(map(str, cell.itertext()))).strip()
        span = cell.get("colspan") or "1"
        cells.append(text)
        cells.extend([""] * (min(int(span), 1000) - 1 if span.isdigit() else 0))
    return cells
