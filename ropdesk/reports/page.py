"""The A4 page: margins, header, footer with «x / y», and building the PDF.

The number of pages is known only at the end, so each footer draws a form by name that is filled
last: the document is laid out once. The same story and head always give the same bytes.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.i18n import _
from ropdesk.reports import fonts
from ropdesk.reports.model import DocumentHead
from ropdesk.reports.text import GREY, HAIR, INK, elide

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
MARGIN = 39.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
BODY_TOP = PAGE_HEIGHT - 61.0
BODY_BOTTOM = 58.0
SIGNATURE_ROOM = 34.0  # above the footer, on a page that is signed

Drawing = Callable[["Canvas"], None]


def build(
    head: DocumentHead,
    story: "Sequence[Flowable]",
    *,
    first_page: Drawing | None = None,
    last_page: Drawing | None = None,
    under: Drawing | None = None,
) -> bytes:
    """Lay out a document and return the PDF.

    Args:
        head: its header, footer and properties.
        story: its flowables, used up by the layout.
        first_page: draws into the `SIGNATURE_ROOM` kept free at the foot of the first page.
        last_page: the same at the foot of the last one, whichever that turns out to be; so that
            no signature stands alone on a page, every page keeps the room.
        under: draws on every page, beneath everything else.
    """
    return build_parts([head], [story], first_page=first_page, last_page=last_page, under=under)


def build_parts(
    heads: Sequence[DocumentHead],
    stories: "Sequence[Sequence[Flowable]]",
    *,
    first_page: Drawing | None = None,
    last_page: Drawing | None = None,
    under: Drawing | None = None,
) -> bytes:
    """Lay out several documents as one file; each has its head and begins on a new page.

    Pages are numbered through the whole file. The first head gives the PDF's properties.
    """
    from reportlab.platypus import BaseDocTemplate, NextPageTemplate, PageBreak

    fonts.register()
    buffer = io.BytesIO()
    title = _join(heads[0].title, heads[0].period)
    document = BaseDocTemplate(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=title,
        author=heads[0].company,
        subject=title,
        creator="RopDesk",
        lang=i18n.language(),
        initialFontName=fonts.REGULAR,  # the default would name a font that is not embedded
        invariant=1,
        pageCompression=1,
    )
    flow: list[Flowable] = []
    for number, (head, story) in enumerate(zip(heads, stories, strict=True)):
        _add_templates(document, head, number, _Foot(first_page, last_page, under))
        flow.append(NextPageTemplate([f"first-{number}", f"later-{number}"]))
        flow.append(PageBreak())
        flow.append(NextPageTemplate(f"later-{number}"))
        flow.extend(story)
    document.build(flow[2:], canvasmaker=_numbering_canvas(heads[0], last_page))
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Foot:
    """What is drawn on pages beside their frame."""

    first: Drawing | None
    last: Drawing | None
    under: Drawing | None


def _add_templates(
    document: "BaseDocTemplate", head: DocumentHead, number: int, extra: _Foot
) -> None:
    from reportlab.platypus import Frame, PageTemplate

    def plain(canvas: "Canvas", _document: object) -> None:
        if extra.under is not None:
            extra.under(canvas)
        draw_frame(canvas, head)
        if extra.last is not None:
            canvas.doForm(_form(canvas.getPageNumber(), "page-foot"))

    def first(canvas: "Canvas", document: object) -> None:
        plain(canvas, document)
        if extra.first is not None:
            extra.first(canvas)

    always = SIGNATURE_ROOM if extra.last else 0.0
    for name, draw, room in (
        ("first", first, SIGNATURE_ROOM if extra.first else always),
        ("later", plain, always),
    ):
        frame = Frame(
            MARGIN,
            BODY_BOTTOM + room,
            WIDTH,
            BODY_TOP - BODY_BOTTOM - room,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
            id=name,
        )
        document.addPageTemplates(PageTemplate(id=f"{name}-{number}", frames=[frame], onPage=draw))


def _numbering_canvas(head: DocumentHead, last_page: Drawing | None) -> "type[Canvas]":
    """Return a canvas that fills in what only the end knows, and has the document's date."""
    from reportlab.pdfgen.canvas import Canvas

    class NumberingCanvas(Canvas):
        def save(self) -> None:
            self.setDateFormatter(lambda *_now: _pdf_date(head))
            draw_page_numbers(self)
            if last_page is not None:
                _draw_feet(self, last_page)
            super().save()

    return NumberingCanvas


def _pdf_date(head: DocumentHead) -> str:
    stamp = head.issued.strftime("D:%Y%m%d%H%M%S")
    offset = head.issued.strftime("%z")
    return f"{stamp}{offset[:3]}'{offset[3:5]}'" if offset else stamp


def draw_frame(canvas: "Canvas", head: DocumentHead) -> None:
    """Draw the header and the footer of the page at hand."""
    canvas.saveState()
    top = PAGE_HEIGHT - 42.0
    right = fonts.safe(_right_header(head))
    canvas.setFillColorRGB(*INK)
    canvas.setFont(fonts.REGULAR, 8.25)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, top, right)
    room = WIDTH - fonts.width(right, fonts.REGULAR, 8.25) - 18
    department = f"· {head.department}" if head.department else ""
    tail = fonts.width(fonts.safe(department), fonts.REGULAR, 8.25) + 3
    company = elide(head.company, fonts.BOLD, 8.6, max(room - tail, room / 2))
    canvas.setFont(fonts.BOLD, 8.6)
    canvas.drawString(MARGIN, top, company)
    used = fonts.width(company, fonts.BOLD, 8.6) + 3
    canvas.setFont(fonts.REGULAR, 8.25)
    canvas.drawString(MARGIN + used, top, elide(department, fonts.REGULAR, 8.25, room - used))
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(0.75)
    canvas.line(MARGIN, PAGE_HEIGHT - 51, PAGE_WIDTH - MARGIN, PAGE_HEIGHT - 51)
    _draw_footer(canvas, head)
    canvas.restoreState()


def _draw_footer(canvas: "Canvas", head: DocumentHead) -> None:
    canvas.setStrokeColorRGB(*HAIR)
    canvas.setLineWidth(0.5)
    canvas.line(MARGIN, 50, PAGE_WIDTH - MARGIN, 50)
    canvas.setFillColorRGB(*GREY)
    canvas.setFont(fonts.REGULAR, 7.6)
    note = f"RopDesk · {head.footer_note}" if head.footer_note else "RopDesk"
    canvas.drawString(MARGIN, 36, elide(note, fonts.REGULAR, 7.6, WIDTH - 60))
    canvas.doForm(_form(canvas.getPageNumber()))


def draw_page_numbers(canvas: "Canvas") -> None:
    """Fill in «x / y» on every page; called once, after the last page."""
    total = canvas.getPageNumber() - 1
    for page in range(1, total + 1):
        canvas.beginForm(_form(page), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        canvas.setFillColorRGB(*GREY)
        canvas.setFont(fonts.REGULAR, 7.6)
        canvas.drawRightString(PAGE_WIDTH - MARGIN, 36, f"{page} / {total}")
        canvas.endForm()


def _draw_feet(canvas: "Canvas", last_page: Drawing) -> None:
    total = canvas.getPageNumber() - 1
    for page in range(1, total + 1):
        canvas.beginForm(_form(page, "page-foot"), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        if page == total:
            last_page(canvas)
        canvas.endForm()


def _form(page: int, what: str = "page-number") -> str:
    return f"{what}-{page}"


def _right_header(head: DocumentHead) -> str:
    if not head.dated:
        return _join(head.title, head.period)
    issued = _("issued {date}", date=i18n.short_date(head.issued.date()))
    return f"{_join(head.title, head.period)} · {issued}"


def _join(title: str, period: str) -> str:
    return f"{title} {period}" if period else title
