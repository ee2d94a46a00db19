"""Step 1: what kind of file it is and how it is to be read, beside its first rows."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.exchange.table import Preview
from ropdesk.i18n import _
from ropdesk.services.files import FileSpec
from ropdesk.services.import_look import KINDS, Look, preset_title
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.forms import yielding
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fields import Field, NumberBox
from ropdesk.ui.widgets.segmented import Segmented

ENCODINGS = ("utf-8", "cp1251", "utf-16", "cp866", "koi8-r")
DELIMITERS = (";", ",", "\t", "|")


class FileStep(QWidget):
    """Says what was found out about a file and lets the person say otherwise."""

    changed = Signal()  # the file is to be read another way

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = FileSpec("")
        self._filling = False
        self.kind = Segmented([(k, _(texts.KINDS[k])) for k in KINDS], name=_("Kind of file"))
        self.kind.changed.connect(self._kind_chosen)
        self._known = QLabel()
        self._known.setProperty("role", "secondary")
        self._known.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.kind)
        top.addWidget(self._known, 1)
        card = Card(_("First rows"))
        self.table = DataTable()
        self.table.setAccessibleName(_("First rows of the file"))
        self.table.setSortingEnabled(False)
        yielding(self.table)
        card.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._build_form())
        row.addWidget(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addLayout(row, 1)

    def _build_form(self) -> QWidget:
        form = Card(_("How to read it"))
        form.setFixedWidth(current_theme().px(236))
        self.encoding = QComboBox()
        self.delimiter = QComboBox()
        self.sheet = QComboBox()
        self.header = NumberBox()
        self.header.setRange(0, 9_999)
        self.header.setSpecialValueText(_("found by itself"))
        self._fields = {
            "encoding": Field(_("Encoding"), self.encoding),
            "delimiter": Field(_("Delimiter"), self.delimiter),
            "sheet": Field(_("Sheet"), self.sheet),
            "header": Field(_("Row with the headings"), self.header),
        }
        for field in self._fields.values():
            form.body.addWidget(field)
        form.body.addStretch(1)
        self.encoding.currentIndexChanged.connect(self._reread)
        self.delimiter.currentIndexChanged.connect(self._reread)
        self.sheet.currentIndexChanged.connect(self._reread)
        self.header.valueChanged.connect(self._reread)
        return form

    @property
    def spec(self) -> FileSpec:
        """How the file is to be read by what is chosen here."""
        return self._spec

    def clear(self) -> None:
        """Forget the file before."""
        self._spec = FileSpec("")
        self._known.setText("")
        for field in self._fields.values():
            field.hide()
        self.table.set_columns([], [])

    def show_look(self, look: Look) -> None:
        """Show what was found out about the file."""
        self._spec = look.spec
        self.kind.set_current(look.spec.kind)
        words = {
            "preset": _("Recognised: export of {name}", name=preset_title(look.preset)),
            "remembered": _("Such a file came in before: it is read the same way"),
        }.get(look.known, "")
        self._known.setText(f"\u2713 {words}" if words else "")

    def show_preview(self, preview: Preview, spec: FileSpec) -> None:
        """Show the first rows and what they were read with."""
        self._spec = spec
        self._filling = True
        text = preview.format == "csv"
        _fill(
            self.encoding,
            [("", _("by itself: {name}", name=preview.encoding or "—"))]
            + [(name, name) for name in ENCODINGS],
            spec.encoding,
        )
        names = {";": ";", ",": ",", "\t": _("tab"), "|": "|"}
        found = names.get(preview.delimiter, preview.delimiter) or "—"
        _fill(
            self.delimiter,
            [("", _("by itself: {name}", name=found))] + [(d, names[d]) for d in DELIMITERS],
            spec.delimiter,
        )
        _fill(self.sheet, [(name, name) for name in preview.sheets], preview.sheet)
        self.header.setValue(spec.header_row)
        self.header.setSpecialValueText(_("by itself: {name}", name=preview.header_row))
        self._fields["encoding"].setVisible(bool(preview.encoding))
        self._fields["delimiter"].setVisible(text)
        self._fields["sheet"].setVisible(len(preview.sheets) > 1)
        self._fields["header"].show()
        self._filling = False
        last = len(preview.columns) - 1
        columns = [Column("line", _("Row"), width=66)]
        columns += [
            Column(str(n), name, Align.LEFT, width=_width(preview, n), stretch=n == last)
            for n, name in enumerate(preview.columns)
        ]
        rows = [
            Row(line, (Cell(str(line), muted=True), *(Cell(_short(cell)) for cell in cells)))
            for line, cells in zip(preview.lines, preview.rows, strict=True)
        ]
        self.table.set_columns(columns, rows)

    def _kind_chosen(self, kind: str) -> None:
        old = self._spec
        self._spec = FileSpec(
            kind, encoding=old.encoding, delimiter=old.delimiter, sheet=old.sheet,
            header_row=old.header_row,
        )  # fmt: skip
        self._known.setText("")

    def _reread(self) -> None:
        if self._filling:
            return
        self._spec = replace(
            self._spec,
            encoding=str(self.encoding.currentData() or ""),
            delimiter=str(self.delimiter.currentData() or ""),
            sheet=str(self.sheet.currentData() or ""),
            header_row=self.header.value(),
        )
        self.changed.emit()


def _fill(box: QComboBox, items: list[tuple[str, str]], current: str) -> None:
    box.clear()
    for key, words in items:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(current)))


def _short(cell: str) -> str:
    return " ".join(cell.split())[:120]


def _width(preview: Preview, number: int) -> int:
    longest = max((len(_short(row[number])) for row in preview.rows), default=0)
    return min(220, 24 + 7 * max(longest, len(preview.columns[number])))
