"""What came in: the list of imports, the one chosen beside it, suspicious data, the folder."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import DomainError
from ropdesk.i18n import _, describe, integer, moment, ngettext
from ropdesk.services import import_list, quality, rows, settings
from ropdesk.services.import_list import ImportLine
from ropdesk.ui.context import Context
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.detail import Detail
from ropdesk.ui.imports.drop_zone import DropZone
from ropdesk.ui.imports.forms import yielding
from ropdesk.ui.imports.rows_dialog import DealsDialog
from ropdesk.ui.imports.waiting_files import WaitingCard, waiting_files
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.buttons import LinkLabel
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.columns import Columns
from ropdesk.ui.widgets.flow import FlowLayout
from ropdesk.ui.widgets.labels import ElidedLabel


class ListView(QWidget):
    """The list of imports and what stands around it."""

    choose_wanted = Signal()
    file_wanted = Signal(Path)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._lines: dict[int, ImportLine] = {}
        self._dialog: DealsDialog | None = None
        self.drop_zone = DropZone()
        self.drop_zone.choose_wanted.connect(self.choose_wanted)
        self.table = _Table()
        self.table.current_row_changed.connect(self._show_line)
        self._list = Card(_("What came in"))
        self._empty = QLabel(_("Nothing was imported yet. Drop an export of your CRM to begin."))
        self._empty.setProperty("role", "secondary")
        self._list.body.addWidget(self._empty)
        self._list.body.addWidget(self.table, 1)
        self.detail = Detail(context)
        self.detail.rows_wanted.connect(self._open_rows)
        both = Columns(narrow=760)
        both.add(self._list, 3)
        both.add(self.detail, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.drop_zone)
        column.addLayout(self._build_folder())
        self.waiting = WaitingCard(waiting_files(context.runner))
        self.waiting.file_wanted.connect(self.file_wanted)
        column.addWidget(self.waiting)
        column.addWidget(self._build_suspicions())
        column.addWidget(both, 1)

    def _build_folder(self) -> QHBoxLayout:
        self._folder = ElidedLabel()
        self._folder.setProperty("role", "secondary")
        self.folder_button = LinkLabel(_("Choose a folder…"))
        self.folder_button.clicked.connect(self._ask_folder)
        self.stop_button = LinkLabel(_("Stop watching"))
        self.stop_button.clicked.connect(self._stop_watching)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._folder)
        row.addWidget(self.folder_button)
        row.addWidget(self.stop_button)
        return row

    def _build_suspicions(self) -> QWidget:
        self._suspicions = Card(
            _("Worth a look"), _("deals with doubtful data; a click opens them")
        )
        inner = QWidget()
        policy = inner.sizePolicy()
        policy.setHeightForWidth(True)
        inner.setSizePolicy(policy)
        self._links = FlowLayout(inner, spacing=18)
        self._suspicions.body.addWidget(inner)
        return self._suspicions

    # -- what is shown

    def reload(self) -> None:
        """Ask for everything again."""
        ws = self.context.workspace
        lines = import_list.imports(ws)
        self._lines = {line.id: line for line in lines}
        self._empty.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.detail.setVisible(bool(lines))
        self.table.set_rows([_row(line) for line in lines])
        if lines and self.table.current_place() is None:
            self.table.go_to_cell(lines[0].id, "file")
        place = self.table.current_place()
        if place is not None:
            self._show_line(place[0])
        self._show_suspicions()
        folder = settings.settings(ws).watched_folder
        self._folder.setText(
            _("Watched folder: {folder}", folder=folder)
            if folder
            else _("A folder can be watched: new exports in it come in by themselves.")
        )
        self.folder_button.setText(_("Change…") if folder else _("Choose a folder…"))
        self.folder_button.updateGeometry()
        self.stop_button.setVisible(bool(folder))

    def select(self, batch_id: int) -> None:
        """Make an import the current one."""
        self.reload()
        self.table.go_to_cell(batch_id, "file")

    def _show_line(self, key: object) -> None:
        line = self._lines.get(key) if isinstance(key, int) else None
        if line is not None:
            self.detail.show_line(line)

    def _show_suspicions(self) -> None:
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = quality.suspicions(self.context.workspace, self.context.today())
        self._suspicions.setVisible(bool(found))
        for each in found:
            link = LinkLabel(f"{_(each.name)}: {integer(each.count)}", size=13)
            link.setObjectName(each.code)
            link.setToolTip(_(each.rule))
            link.clicked.connect(self._open_suspicion)
            self._links.addWidget(link)

    # -- what is done

    def _open_suspicion(self) -> None:
        code = self.sender().objectName()
        ids = quality.rows(self.context.workspace, code, self.context.today())
        name, rule = quality.NAMES[code]
        self._show_deals(_(name), _(rule), ids)

    def _open_rows(self, batch_id: int) -> None:
        line = self._lines[batch_id]
        ids = import_list.deal_ids(self.context.workspace, batch_id)
        self._show_deals(line.file, "", ids)

    def _show_deals(self, title: str, rule: str, ids: list[int]) -> None:
        deals = rows.deals_by_id(self.context.workspace, ids)
        self._dialog = DealsDialog(title, rule, deals, self.window())
        self._dialog.open()

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Folder to watch"))
        if name:
            self.watch(Path(name))

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        try:
            settings.change(self.context.workspace, watched_folder=str(folder or ""))
        except DomainError as error:
            self.context.toast(describe(error))

    def _stop_watching(self) -> None:
        self.watch(None)


class _Table(DataTable):
    """The list: one line an import."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("at", _("When"), Align.LEFT),
                Column("file", _("File"), Align.LEFT, stretch=True),
                Column("kind", _("What"), Align.LEFT),
                Column("created", _("New")),
                Column("updated", _("Changed")),
                Column("rejected", _("Refused")),
                Column("who", _("Who"), Align.LEFT),
            ]
        )
        self.setAccessibleName(_("Imports"))
        yielding(self, 180)

    def fit(self) -> None:
        """Give the name of the file what the other columns leave, but keep them all in sight."""
        for number in _GIVE_WAY:
            self.setColumnHidden(number, False)
        super().fit()
        others = [n for n in range(len(self.list_model.columns)) if n != _FILE]
        least = current_theme().px(210)
        for number in _GIVE_WAY:
            if self.viewport().width() - sum(map(self.columnWidth, others)) >= least:
                break
            self.setColumnHidden(number, True)
            others.remove(number)
        room = self.viewport().width() - sum(map(self.columnWidth, others))
        self.setColumnWidth(_FILE, max(least, room))


_FILE = 1  # the column of the file's name
_GIVE_WAY = (6, 2, 4)  # who, what it was and what changed stand in the detail beside as well


def _row(line: ImportLine) -> Row:
    muted = line.undone
    state = State.WARNING if line.rejected and not muted else State.NEUTRAL
    file = f"\u21b6 {line.file}" if muted else line.file
    tip = _("Taken back") if muted else ""
    local = line.at.astimezone()
    return Row(
        line.id,
        (
            Cell(moment(local), sort_key=line.id, muted=muted),
            Cell(file, muted=muted, tooltip=tip or line.file),
            Cell(_(texts.KINDS[line.kind]), muted=muted, tooltip=line.preset),
            Cell(integer(line.created), sort_key=line.created, muted=muted),
            Cell(integer(line.updated), sort_key=line.updated, muted=muted),
            Cell(integer(line.rejected) if line.rejected else "", sort_key=line.rejected,
                 state=state, muted=muted),
            Cell(line.who, muted=muted),
        ),
        tooltip=ngettext("{n} row read", "{n} rows read", line.read),
    )  # fmt: skip
