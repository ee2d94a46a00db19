"""The file of the workspace: where it lies, and which others there are."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from ropdesk import paths
from ropdesk.i18n import _
from ropdesk.ui.widgets.buttons import LinkLabel, action_button
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from ropdesk.ui.context import Context

MOST_RECENT = 5
ACTIONS = ("app.open", "app.new", "app.sample")


class FileCard(Card):
    """The path, the buttons, the recent ones."""

    def __init__(self, context: "Context") -> None:
        super().__init__(_("Workspace"), _("one file with everything in it"))
        self._context = context
        path = str(context.workspace.path)
        self.path = ElidedLabel(path)
        self.path.setAccessibleName(_("File of the workspace: {path}", path=path))
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.path)
        row = QHBoxLayout()
        row.setSpacing(10)
        for name in ACTIONS:
            if name in context.registry:
                row.addWidget(action_button(context.registry[name]))
        row.addStretch(1)
        self.body.addLayout(row)
        self._before = QLabel(_("Opened before"))
        self._before.setProperty("role", "strong")
        self.body.addWidget(self._before)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)

    def reload(self) -> None:
        """Show the workspaces opened before."""
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        here = self._context.workspace.path.absolute()
        recent = [p for p in paths.preferences().recent if p != here and p.is_file()]
        for path in recent[:MOST_RECENT]:
            link = LinkLabel(f"{path.stem} \u2014 {path.parent}", size=13)
            link.setToolTip(str(path))
            link.setObjectName(str(path))
            link.clicked.connect(self._open)
            self._list.addWidget(link)
        self._before.setVisible(bool(recent))

    def _open(self) -> None:
        link = self.sender()
        if isinstance(link, LinkLabel) and "app.open_file" in self._context.registry:
            action = self._context.registry["app.open_file"]
            action.setData(link.objectName())
            self._context.registry.run("app.open_file")
