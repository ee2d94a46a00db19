"""Printing: the pages of the PDF drawn at the printer's resolution."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

    from ropdesk.ui.runner import Progress

FINEST = 600  # dots an inch; more is not seen, and costs time
BAND = 2400  # dots of height drawn at once, so that a page needs no hundreds of megabytes


def new_printer(pages: int, title: str) -> "QPrinter":
    """Return the printer as the dialog first offers it: A4, one side, every page."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName(title)
    printer.setFromTo(1, pages)
    return printer


class Printing:
    """Prints a PDF on a printer, in the worker."""

    def __init__(self, pdf: bytes, printer: "QPrinter") -> None:
        self._pdf = pdf
        self._printer = printer

    def __call__(self, progress: "Progress") -> None:
        """Draw the pages that the printer was asked for; a cancel stops between pages.

        Raises:
            DomainError: the printer does not take the document.
        """
        from PySide6.QtPdf import QPdfDocument

        buffer = QBuffer()
        buffer.setData(self._pdf)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        painter = QPainter()
        if not painter.begin(self._printer):
            raise DomainError(
                N_(
                    "The printer does not take the document. Check that it is on, or choose "
                    "another."
                )
            )
        numbers = self._numbers(document.pageCount())
        progress.total(len(numbers))
        try:
            for count, number in enumerate(numbers):
                progress.check_cancelled()
                if count:
                    self._printer.newPage()
                self._draw(painter, document, number)
                progress.step()
        except BaseException:
            self._printer.abort()
            raise
        finally:
            painter.end()
            document.close()

    def _numbers(self, pages: int) -> list[int]:
        printer = self._printer
        first, last = printer.fromPage() or 1, printer.toPage() or pages
        numbers = list(range(max(first, 1) - 1, min(last, pages)))
        if printer.pageOrder() is printer.PageOrder.LastPageFirst:
            numbers.reverse()
        if printer.supportsMultipleCopies():
            return numbers
        copies = max(1, printer.copyCount())
        if printer.collateCopies():
            return numbers * copies
        return [number for number in numbers for _copy in range(copies)]

    def _draw(self, painter: QPainter, document: "QPdfDocument", number: int) -> None:
        """Draw one page band by band, as large as the paper allows."""
        paper = QRectF(self._printer.paperRect(self._printer.Unit.DevicePixel))
        page = document.pagePointSize(number)
        scale = min(paper.width() / page.width(), paper.height() / page.height())
        coarse = min(1.0, FINEST / self._printer.resolution())
        whole = QSize(round(page.width() * scale * coarse), round(page.height() * scale * coarse))
        left = (paper.width() - page.width() * scale) / 2
        for top in range(0, whole.height(), BAND):
            image = band_of(document, number, whole, top)
            place = QRectF(left, top / coarse, image.width() / coarse, image.height() / coarse)
            painter.drawImage(place, image)


def band_of(document: "QPdfDocument", number: int, whole: QSize, top: int) -> QImage:
    """Return a strip of a page, as high as `BAND` or as what is left of the page.

    Args:
        number: of the page, from 0.
        whole: size of the whole page in dots.
        top: where the strip begins.
    """
    from PySide6.QtPdf import QPdfDocumentRenderOptions

    band = QSize(whole.width(), min(BAND, whole.height() - top))
    options = QPdfDocumentRenderOptions()
    options.setScaledSize(whole)
    # Qt takes the rectangle's last row and column for its edges, so it needs one more of each
    options.setScaledClipRect(QRect(0, top, band.width() + 1, band.height() + 1))
    return document.render(number, band, options)
