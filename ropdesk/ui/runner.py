"""The one runner for long work: a worker thread, progress, cancel, and the answer here."""

import gc
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

T = TypeVar("T")
DIALOG_AFTER_MS = 600


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """Raised inside a job after the person pressed Cancel."""


class Progress(QObject):
    """What a job tells of itself; its methods are called in the worker.

    A job calls `check_cancelled` (or `step`, which does) where it can stop with nothing half
    done; the transaction it runs in then rolls back.
    """

    told = Signal(int, int, str)  # done, total, words

    def __init__(self) -> None:
        super().__init__()
        self._total = 0
        self._done = 0
        self._words = ""
        self._cancelled = False

    def total(self, count: int, words: str = "") -> None:
        """Say how many steps there will be (0: unknown) and what is being done."""
        self._total, self._done = count, 0
        self._words = words or self._words
        self._tell()

    def step(self, count: int = 1, words: str = "") -> None:
        """Say that so many steps are done; raises `Cancelled` if the person cancelled."""
        self.check_cancelled()
        self._done += count
        self._words = words or self._words
        self._tell()

    def at(self, done: int, total: int) -> None:
        """Say where the work stands; fits callbacks of services: ``progress.at``."""
        self.check_cancelled()
        self._done, self._total = done, total
        self._tell()

    def check_cancelled(self) -> None:
        """Raise `Cancelled` if the person cancelled."""
        if self._cancelled:
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        """Whether the person cancelled."""
        return self._cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._cancelled = True

    def _tell(self) -> None:
        self.told.emit(self._done, self._total, self._words)


class Task(QObject, Generic[T]):
    """One job on its way. `cancel` asks it to stop; `finished` comes last, whatever happened."""

    finished = Signal()
    _answered = Signal(object, object)  # result, exception

    def __init__(
        self,
        title: str,
        job: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: Callable[[BaseException], object] | None,
        on_cancelled: Callable[[], object] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.progress = Progress()
        self._job = job
        self._on_done = on_done
        self._on_error = on_error
        self._on_cancelled = on_cancelled
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the job to stop."""
        self.progress.cancel()

    def work(self) -> None:
        """Run the job; called in the worker."""
        result: T | None = None
        error: BaseException | None = None
        try:
            self.progress.check_cancelled()
            result = self._job(self.progress)
        except BaseException as caught:  # noqa: BLE001 - delivered on the main thread
            error = caught
        self._answered.emit(result, error)

    @Slot(object, object)
    def _deliver(self, result: Any, error: BaseException | None) -> None:
        self.finished.emit()
        if error is None:
            self._on_done(result)
        elif isinstance(error, Cancelled):
            if self._on_cancelled is not None:
                self._on_cancelled()
        elif self._on_error is not None:
            self._on_error(error)
        else:
            raise error


class _Collector:
    """Holds Python's garbage collector back while a worker runs.

    It works in whatever thread happens to allocate, and a window's objects may only be destroyed
    in the thread that made them: a watcher or a timer dies badly in another one.
    """

    def __init__(self) -> None:
        self._holders: set[int] = set()
        self._was_on = False

    def hold(self, who: object) -> None:
        """Hold it back until `release`; for a runner with work to do."""
        if not self._holders:
            self._was_on = gc.isenabled()
            gc.disable()
        self._holders.add(id(who))

    def release(self, who: object) -> None:
        """Let it go again once no runner holds it."""
        if id(who) in self._holders:
            self._holders.remove(id(who))
            if not self._holders and self._was_on:
                gc.enable()


_collector = _Collector()


class _Work(QRunnable):
    def __init__(self, task: Task[Any]) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.work()


class Runner(QObject):
    """Runs jobs one after another in a worker; the window stays alive.

    Results and exceptions come to the main thread. After 600 ms a dialog shows the progress and
    «Cancel». An exception nobody takes (`on_error` left out) reaches `sys.excepthook`.
    """

    busy_changed = Signal(bool)

    def __init__(self, window: QWidget | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent or window)
        self._window = window
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: list[Task[Any]] = []
        self.dialog: QWidget | None = None

    def start(
        self,
        job: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: Callable[[BaseException], object] | None = None,
        title: str = "",
        *,
        on_cancelled: Callable[[], object] | None = None,
        quiet: bool = False,
    ) -> Task[T]:
        """Start a job.

        Args:
            job: runs in the worker with its `Progress`; touches no widget.
            on_done: gets the result, on the main thread.
            on_error: gets the exception, on the main thread.
            title: what is being done, for the dialog («Import of deals»).
            on_cancelled: called after the person cancelled and the job has stopped.
            quiet: never show the dialog (a refresh in the background).
        """
        task: Task[T] = Task(title, job, on_done, on_error, on_cancelled, self)
        self._tasks.append(task)
        task.finished.connect(_Forget(self, task))
        if not quiet:
            timer = QTimer(task)
            timer.setSingleShot(True)
            timer.timeout.connect(_ShowDialog(self, task))
            timer.start(DIALOG_AFTER_MS)
        if len(self._tasks) == 1:
            _collector.hold(self)
            self.busy_changed.emit(True)
        self._pool.start(_Work(task))
        return task

    @property
    def busy(self) -> bool:
        """Whether a job is on its way."""
        return bool(self._tasks)

    def close(self) -> None:
        """Cancel what is running and wait until its thread has ended; call before quitting."""
        for task in self._tasks:
            task.cancel()
        self._pool.waitForDone()
        _collector.release(self)

    def show_dialog(self, task: Task[Any]) -> None:
        """Show the progress of a job that takes its time."""
        if task not in self._tasks or self.dialog is not None:
            return
        from ropdesk.ui.widgets.progress import ProgressDialog

        dialog = ProgressDialog(task.title, task.progress, self._window)
        task.finished.connect(dialog.finish)
        dialog.destroyed.connect(self._dialog_gone)
        self.dialog = dialog
        dialog.show()

    def forget(self, task: Task[Any]) -> None:
        """Let a finished job go."""
        self._tasks.remove(task)
        task.deleteLater()
        if not self._tasks:
            _collector.release(self)
            self.busy_changed.emit(False)

    def _dialog_gone(self) -> None:
        self.dialog = None


class _Forget:
    def __init__(self, runner: Runner, task: Task[Any]) -> None:
        self._runner, self._task = runner, task

    def __call__(self) -> None:
        self._runner.forget(self._task)


class _ShowDialog(_Forget):
    def __call__(self) -> None:
        self._runner.show_dialog(self._task)
