"""Backups: the list, a copy, putting one back, and the check of the file."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, decimal, describe, moment, ngettext
from ropdesk.services import backups
from ropdesk.services.backups import Backup, Health
from ropdesk.ui.page import View
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.buttons import Button, PrimaryButton, SecondaryButton
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.chips import Chip
from ropdesk.ui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from ropdesk.store.workspace import Workspace
    from ropdesk.ui.context import Context
    from ropdesk.ui.runner import Progress

WHY = {
    "daily": N_("every day"),
    "closing": N_("on closing"),
    "import": N_("before an import"),
    "restore": N_("before a restore"),
    "migration": N_("before an upgrade of the file"),
    "manual": N_("by hand"),
}
MEGABYTE = 1_048_576
FILTER = "RopDesk (*.ropdesk)"


class BackupsView(View):
    """What has been kept, and what can be done with it."""

    failed = Signal(str)
    watches = frozenset({"operation"})

    def __init__(self, context: "Context", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._known: dict[str, Backup] = {}
        self._chosen: Path | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self._build_check())
        outer.addWidget(self._build_list(), 1)

    def reload(self) -> None:
        """List the backups."""
        found = backups.backups(self._context.workspace.path)
        self._known = {str(each.path): each for each in found}
        self.table.set_rows([_row(each) for each in found])
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)
        self._choose(None)
        if found:
            self.table.go_to_cell(str(found[0].path), "at")
            self._choose(str(found[0].path))

    # -- doing

    def make(self) -> None:
        """Make a backup now."""
        ws = self._context.workspace
        self._run(lambda: backups.make(ws, "manual"), self._made, _("Making a backup"))

    def save_copy(self, target: Path) -> None:
        """Save a copy elsewhere."""
        ws = self._context.workspace

        def job() -> Path:
            backups.save_copy(ws, target)
            return target

        self._run(job, self._copied, _("Saving a copy"))

    def restore(self, source: Path) -> None:
        """Put a backup in the workspace's place: the window closes it, swaps it and opens it."""
        registry = self._context.registry
        registry["app.restore"].setData(str(source))
        registry.run("app.restore")

    def check(self) -> None:
        """Check the file and every derived figure."""
        path = self._context.workspace.path
        self._state.set(_("checking…"))
        self._run(lambda: backups.check(path), self._checked, _("Checking the workspace"))

    def recount(self) -> None:
        """Count every derived figure anew, then check again."""
        ws: Workspace = self._context.workspace
        self._run(lambda: backups.recount(ws), self._recounted, _("Recounting"))

    def _run(
        self, job: "Callable[[], object]", done: "Callable[[object], object]", title: str
    ) -> None:
        def work(_progress: "Progress") -> object:
            return job()

        self.failed.emit("")
        self._context.runner.start(work, done, self._refused, title)

    # -- answers

    def _made(self, _path: object) -> None:
        self._context.toast(_("The backup is made and verified."))
        self.refresh()

    def _copied(self, target: object) -> None:
        self._context.toast(_("The copy is saved and verified: {file}", file=target))

    def _recounted(self, _none: object) -> None:
        self.check()

    def _checked(self, health: object) -> None:
        if not isinstance(health, Health):
            return
        if health.sound:
            words = _("The file is whole; every figure agrees with its deals, calls and plans.")
            self._say(_("in order"), State.GOOD, words)
            return
        words = ngettext(
            "{n} derived figure differs from its rows. Recount repairs it.",
            "{n} derived figures differ from their rows. Recount repairs them.",
            health.differences,
        )
        self._say(_("differences found"), State.WARNING, words)
        self.recounting.show()

    def _refused(self, error: BaseException) -> None:
        if not isinstance(error, DomainError):
            raise error
        if self._state.text == _("checking…"):
            self._say(_("damaged"), State.BAD, describe(error))
        self.failed.emit(describe(error))

    def _say(self, chip: str, state: State, words: str) -> None:
        sign = "" if state is State.GOOD else "\u26a0 "
        self._state.set(f"{sign}{chip}", state)
        self._words.setText(words)
        self.recounting.hide()

    # -- inside

    def _build_check(self) -> Card:
        card = Card(_("Integrity"))
        self._state = Chip(_("not checked yet"))
        self._words = QLabel(_("The check reads the whole file and counts every figure anew."))
        self._words.setWordWrap(True)
        self._words.setProperty("role", "secondary")
        self.checking = SecondaryButton(_("Check"))
        self.checking.clicked.connect(self.check)
        self.recounting = SecondaryButton(_("Recount"))
        self.recounting.clicked.connect(self.recount)
        self.recounting.hide()
        for widget in (self._state, self.recounting, self.checking):
            card.add_right(widget)
        card.body.addWidget(self._words)
        return card

    def _build_list(self) -> Card:
        card = Card(_("Backups"), _("beside the workspace; old ones are thinned out by themselves"))
        self.making = PrimaryButton(_("Make one now"))
        self.making.clicked.connect(self.make)
        self.saving = SecondaryButton(_("Save a copy to…"))
        self.saving.clicked.connect(self._ask_target)
        self.from_file = SecondaryButton(_("Restore from a file…"))
        self.from_file.clicked.connect(self._ask_source)
        self.restoring = SecondaryButton(_("Restore the chosen one"))
        self.restoring.clicked.connect(self._restore_chosen)
        tools = QWidget()
        flow = FlowLayout(tools, 10)
        buttons: tuple[Button, ...] = (self.making, self.saving, self.restoring, self.from_file)
        for button in buttons:
            flow.addWidget(button)
        card.body.addWidget(tools)
        self.table = DataTable(
            [
                Column("at", _("When"), Align.LEFT, 160),
                Column("why", _("Why"), Align.LEFT, stretch=True),
                Column("size", _("Size, MB")),
                Column("file", _("File"), Align.LEFT, 280),
            ]
        )
        self.table.setAccessibleName(_("Backups"))
        self.table.current_row_changed.connect(self._choose)
        self._none = QLabel(
            _("There is none yet. One is made every day, on closing and before every import.")
        )
        self._none.setProperty("role", "secondary")
        self._none.setWordWrap(True)
        note = QLabel(
            _("What is replaced by a restore is backed up first, so a restore can be undone the "
              "same way.")
        )  # fmt: skip
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._none)
        card.body.addWidget(note)
        card.body.addStretch(0)
        return card

    def _choose(self, key: object) -> None:
        self._chosen = self._known[key].path if isinstance(key, str) else None
        self.restoring.setEnabled(self._chosen is not None)

    def _restore_chosen(self) -> None:
        if self._chosen is not None:
            self.restore(self._chosen)

    def _ask_target(self) -> None:
        path: Path = self._context.workspace.path
        suggested = path.with_name(f"{path.stem}-{self._context.today():%Y-%m-%d}{path.suffix}")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), str(suggested), FILTER)
        if name:
            target = Path(name)
            self.save_copy(target if target.suffix else target.with_suffix(path.suffix))

    def _ask_source(self) -> None:
        folder = self._context.workspace.path.parent
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Restore from a file"), str(folder), FILTER
        )
        if name:
            self.restore(Path(name))


def _row(backup: Backup) -> Row:
    why = _(WHY[backup.why]) if backup.why in WHY else backup.why
    megabytes = decimal(Decimal(backup.size) / MEGABYTE, 1)
    return Row(
        str(backup.path),
        (
            Cell(moment(backup.at), sort_key=backup.at.timestamp()),
            Cell(why),
            Cell(megabytes, sort_key=backup.size),
            Cell(backup.path.name, muted=True, tooltip=str(backup.path)),
        ),
    )
