"""What the wizard shows while it reads, and what it says is still to be answered."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from ropdesk.i18n import _
from ropdesk.services.import_look import Look
from ropdesk.ui.imports import texts


class Waiting(QWidget):
    """Stands where a step will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(_("Reading the file…"))
        words.setProperty("role", "secondary")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QProgressBar()
        line.setRange(0, 0)
        line.setTextVisible(False)
        line.setFixedWidth(240)
        inner = QVBoxLayout(self)
        inner.addStretch(1)
        inner.addWidget(words)
        inner.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)


def undecided(look: Look, chosen: Mapping[str, int | str]) -> bool:
    """Tell whether somebody is still to be decided about."""
    return any(person.name not in chosen for person in look.people)


def missing_words(look: Look) -> str:
    """Say what the columns still lack."""
    if look.missing:
        names = texts.FIELDS[look.spec.kind]
        wanted = ", ".join(f"«{_(names[group[0]])}»" for group in look.missing if group[0] in names)
        return _("Choose the column, or one text for all rows: {fields}.", fields=wanted)
    return _("Dates may be read with the day or the month first. Say which.")
