"""The print preview: the very PDF, page under page, as it will lie on the table."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ropdesk.i18n import _, integer, percent
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import IconButton, LinkLabel
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.empty import EmptyState
from ropdesk.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

WIDTH, WHOLE, OWN = "width", "page", ""
STEP, LEAST, MOST = 1.25, 0.25, 4.0
LEAST_HEIGHT = 380
MARGINS = 2 * 10 + 12  # what `QPdfView` leaves beside a page, and its scroll bar


class Preview(QWidget):
    """Shows a PDF, or a sentence where there is none."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: QPdfDocument | None = None
        self.view: QPdfView | None = None
        self._buffer: QBuffer | None = None
        self._empty: EmptyState | None = None
        self._stack = QStackedWidget()
        self._wait = QLabel(_("Making the document…"))
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._wait.setProperty("role", "secondary")
        self._stack.addWidget(self._wait)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._bar, self._strip = self._build_bar(), self._build_strip()
        self._strip.hide()
        outer.addWidget(self._bar)
        outer.addWidget(self._strip)
        outer.addWidget(self._stack, 1)
        self._bar.hide()
        self.setMinimumHeight(current_theme().px(LEAST_HEIGHT))
        current_theme().changed.connect(self._recolour)

    # -- what is shown

    @property
    def pages(self) -> int:
        """How many pages the document has; 0 without one."""
        shown = self.document is not None and self._stack.currentWidget() is self.view
        return self.document.pageCount() if shown and self.document is not None else 0

    @property
    def page(self) -> int:
        """Number of the page in sight, from 1."""
        return self.view.pageNavigator().currentPage() + 1 if self.view is not None else 0

    @property
    def message(self) -> str:
        """The sentence shown instead of paper, or an empty string."""
        shown = self._empty is not None and self._stack.currentWidget() is self._empty
        return self._empty.accessibleName() if shown and self._empty is not None else ""

    def show_pdf(self, pdf: bytes, note: str = "") -> None:
        """Show a document; the page in sight stays if the document is another state of it.

        Args:
            note: what to say of an issued document; empty for the one being made.
        """
        view, document = self._made()
        place = view.verticalScrollBar().value() if self.pages else 0
        buffer = QBuffer(self)
        buffer.setData(pdf)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self._stack.setCurrentWidget(view)
        view.verticalScrollBar().setValue(place)
        self._note.set(note)
        self._strip.setVisible(bool(note))
        self.set_stale(stale=False)
        self._bar.show()
        self._say_page()

    def show_message(self, text: str, action: "tuple[str, Callable[[], object]] | None") -> None:
        """Say why there is no paper, and offer what to do."""
        stale, self._empty = self._empty, EmptyState(text, action)
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)
        if stale is not None:
            self._stack.removeWidget(stale)
            stale.deleteLater()
        self._strip.hide()
        self.set_stale(stale=False)
        self._bar.hide()
        self._say_page()

    def set_stale(self, *, stale: bool) -> None:
        """Say that the paper in sight is being made anew."""
        self._stale.setVisible(stale and self.pages > 0)

    @property
    def stale(self) -> bool:
        """Whether newer paper is on its way."""
        return not self._stale.isHidden()

    # -- turning and zooming

    def go_to_page(self, number: int) -> None:
        """Bring a page into sight, from 1."""
        if self.view is not None and self.pages:
            wanted = max(1, min(number, self.pages)) - 1
            self.view.pageNavigator().jump(wanted, QPointF(), self.view.zoomFactor())

    def previous_page(self) -> None:
        """Turn back."""
        self.go_to_page(self.page - 1)

    def next_page(self) -> None:
        """Turn on."""
        self.go_to_page(self.page + 1)

    def zoom_in(self) -> None:
        """Show the paper larger."""
        self._zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        """Show the paper smaller."""
        self._zoom_to(self.zoom / STEP)

    def fit(self, mode: str) -> None:
        """Fill the width, or show the whole page."""
        if self.view is not None:
            modes = self.view.ZoomMode
            self.view.setZoomMode(modes.FitToWidth if mode == WIDTH else modes.FitInView)
        self._fit.set_current(mode)
        self._say_zoom()

    @property
    def zoom(self) -> float:
        """How large the paper is shown; 1 is its real size."""
        if self.view is None or self.document is None or not self.pages:
            return 1.0
        if self.view.zoomMode() is self.view.ZoomMode.Custom:
            return self.view.zoomFactor()
        size = self.document.pagePointSize(0)
        dots = self.view.logicalDpiX() / 72
        room = self.view.viewport().size()
        wide = (room.width() - MARGINS) / (size.width() * dots)
        if self.view.zoomMode() is self.view.ZoomMode.FitToWidth:
            return wide
        return min(wide, (room.height() - MARGINS) / (size.height() * dots))

    def _zoom_to(self, factor: float) -> None:
        if self.view is not None and self.pages:
            self.view.setZoomMode(self.view.ZoomMode.Custom)
            self.view.setZoomFactor(max(LEAST, min(factor, MOST)))
            self._fit.set_current(OWN)
            self._say_zoom()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom with Ctrl and the wheel."""
        if (
            isinstance(event, QWheelEvent)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            return True
        if event.type() == QEvent.Type.Resize:
            self._say_zoom()
        return super().eventFilter(watched, event)

    # -- inside

    def _made(self) -> "tuple[QPdfView, QPdfDocument]":
        """Make the viewer on the first document: its libraries are not for the start."""
        if self.view is None or self.document is None:
            from PySide6.QtPdf import QPdfDocument
            from PySide6.QtPdfWidgets import QPdfView

            self.document = QPdfDocument(self)
            self.view = QPdfView(self)
            self.view.setAccessibleName(_("Print preview"))
            self.view.setFrameShape(QPdfView.Shape.NoFrame)
            self.view.setPageMode(QPdfView.PageMode.MultiPage)
            self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
            self.view.setDocument(self.document)
            self.view.viewport().installEventFilter(self)
            self.view.pageNavigator().currentPageChanged.connect(self._say_page)
            self._stack.addWidget(self.view)
            self._recolour()
        return self.view, self.document

    def _build_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._previous = IconButton("up", _("Previous page"))
        self._previous.clicked.connect(self.previous_page)
        self._next = IconButton("down", _("Next page"))
        self._next.clicked.connect(self.next_page)
        self._place = QLabel()
        self._stale = Chip(_("updating…"))
        self._stale.hide()
        self._smaller = IconButton("minus", _("Smaller (Ctrl+−)"))
        self._smaller.clicked.connect(self.zoom_out)
        self._scale = QLabel()
        self._scale.setProperty("role", "secondary")
        self._larger = IconButton("plus", _("Larger (Ctrl++)"))
        self._larger.clicked.connect(self.zoom_in)
        self._fit = Segmented(
            [(WIDTH, _("width")), (WHOLE, _("whole page"))], name=_("Size of the paper")
        )
        self._fit.changed.connect(self.fit)
        beside: tuple[QWidget, ...] = (self._previous, self._next, self._place, self._stale)
        for widget in beside:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._smaller, self._scale, self._larger, self._fit):
            row.addWidget(widget)
        return bar

    def _build_strip(self) -> QWidget:
        """Make the line that tells an issued document from the one being worked on."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._note = Chip("")
        back = LinkLabel(_("Back to the current one"))
        back.clicked.connect(self.back_wanted)
        row.addWidget(self._note)
        row.addWidget(back)
        row.addStretch(1)
        return strip

    def _say_page(self) -> None:
        fields = {"page": integer(self.page), "pages": integer(self.pages)}
        self._place.setText(_("page {page} of {pages}", **fields) if self.pages else "")
        self._say_zoom()

    def _say_zoom(self) -> None:
        from fractions import Fraction

        share = Fraction(round(self.zoom * 100), 100)
        self._scale.setText(percent(share) if self.pages else "")

    def _recolour(self) -> None:
        """Let white paper stand out from what lies behind it; the paper itself stays white."""
        if self.view is not None:
            palette = QPalette(self.view.palette())
            for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Window):
                palette.setColor(role, current_theme().colour("line"))
            self.view.setPalette(palette)
