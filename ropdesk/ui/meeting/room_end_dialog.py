"""When a meeting ended that nobody has finished: asked, not guessed."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from ropdesk.i18n import _, moment
from ropdesk.ui.widgets.dialogs import Dialog


class EndDialog(Dialog):
    """The last word that was written, or now."""

    def __init__(
        self, last: datetime, now: datetime, today: date, end: Callable[[datetime], object],
        parent: QWidget,
    ) -> None:  # fmt: skip
        """Ask.

        Args:
            last: when something was last written.
            today: the day that the window shows.
            end: ends the meeting at the moment chosen.
        """
        super().__init__(_("When did the meeting end?"), _("Finish and print"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._last, self._now, self._end = last, now, end
        why = QLabel(_("Nothing has been written for a long time, but the time went on."))
        why.setWordWrap(True)
        self.body.addWidget(why)
        said = f"{last.hour}:{last:%M}" if last.date() == today else moment(last)
        self.then = QRadioButton(_("At {time}, when the last word was written", time=said))
        self.at_once = QRadioButton(_("Just now"))
        self.then.setChecked(True)
        for choice in (self.then, self.at_once):
            self.body.addWidget(choice)
        self.then.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """End the meeting."""
        self._end(self._last if self.then.isChecked() else self._now)
