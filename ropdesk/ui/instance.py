"""One window per workspace: a second start raises the first one."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 1_000


class Instance(QObject):
    """Holds a workspace for this process, or finds out who does.

    `raise_wanted` fires when somebody has tried to open the same workspace again.
    """

    raise_wanted = Signal()

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        resolved = str(workspace.resolve()).casefold()
        self._name = "ropdesk-" + hashlib.sha256(resolved.encode()).hexdigest()[:24]
        self._lock = QLockFile(str(workspace) + ".lock")
        self._lock.setStaleLockTime(0)  # a process that was killed is found out by its number
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._heard)

    def hold(self) -> bool:
        """Take the workspace; False when another window has it and was asked to come forward."""
        if not self._lock.tryLock(0):
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                return True  # a folder without room for the lock: SQLite's own locks still guard
            self._knock()
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let the workspace go."""
        self._server.close()
        self._lock.unlock()

    def _knock(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_ANSWER_MS):
            socket.disconnectFromServer()

    def _heard(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.close()
            socket.deleteLater()
        self.raise_wanted.emit()
