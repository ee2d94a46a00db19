"""Every version of one record: readable, and any earlier one can be brought back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk.i18n import _, label, moment
from ropdesk.services import history, metrics, team
from ropdesk.services.history import Version
from ropdesk.store.workspace import Workspace
from ropdesk.ui.settings import change_words
from ropdesk.ui.settings.change_words import Named
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.dialogs import Dialog

SIZE = (760, 420)


def named(ws: Workspace) -> Named:
    """Return the names that numbers in rows stand for."""
    people = team.team(ws)
    return Named({m.id: _(m.name) for m in people.members.values()}, metrics.catalogue(ws))


class RecordDialog(Dialog):
    """Lists the changes of a record, newest first; the chosen one can be taken back."""

    def __init__(self, ws: Workspace, table: str, row_id: int, title: str, parent: QWidget) -> None:
        super().__init__(_("History: {title}", title=title), _("Restore"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._ws = ws
        self._versions: dict[int, Version] = {
            version.change_id: version for version in history.record(ws, table, row_id)
        }
        hint = QLabel(
            _("Choose a change: «Restore» gives the record its values before it.")
            if self._versions
            else _("No change of this record is kept: it is as it was first written.")
        )
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        self.body.addWidget(hint)
        self.table = DataTable(
            [
                Column("at", _("When"), Align.LEFT),
                Column("what", _("What was done"), Align.LEFT, 230),
                Column("how", _("Before and after"), Align.LEFT, stretch=True),
            ]
        )
        self.table.setAccessibleName(_("Versions"))
        self.table.current_row_changed.connect(self._choose)
        self.body.addWidget(self.table, 1)
        known = named(ws)
        self.table.set_rows([_row(table, v, known) for v in self._versions.values()])
        self.table.setVisible(bool(self._versions))
        self._chosen: int | None = None
        self.primary.setEnabled(False)
        self.primary.setVisible(bool(self._versions))
        if self._versions:
            self.resize(*SIZE)
            self.table.go_to_cell(next(iter(self._versions)), "how")

    def submit(self) -> None:
        """Bring back what was there before the chosen change."""
        if self._chosen is not None:
            history.restore(self._ws, self._chosen)

    def _choose(self, key: object) -> None:
        self._chosen = key if isinstance(key, int) else None
        version = self._versions.get(self._chosen or 0)
        self.primary.setEnabled(version is not None and version.before is not None)


def _row(table: str, version: Version, known: Named) -> Row:
    entry = version.operation
    what = label(entry.label, entry.fields)
    changed = change_words.lines(table, version.before, version.after, known)
    told = [change_words.sentence(line) for line in changed]
    return Row(
        version.change_id,
        (
            Cell(moment(entry.at.astimezone()), muted=True, sort_key=version.change_id),
            Cell(what, tooltip=what),
            Cell("; ".join(told), tooltip="\n".join(told)),
        ),
    )
