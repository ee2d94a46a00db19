"""Step 5: what the import will do, row by row where something is refused."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, decimal, describe, integer, month_name, ngettext, short_date
from ropdesk.services import import_list, quality
from ropdesk.services.import_look import Look
from ropdesk.services.import_sample import Value
from ropdesk.services.imports import Outcome
from ropdesk.ui.imports import texts
from ropdesk.ui.imports.forms import yielding
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.tables.view import DataTable
from ropdesk.ui.widgets.buttons import SecondaryButton
from ropdesk.ui.widgets.cards import Card, MetricCard, MetricView
from ropdesk.ui.widgets.fields import FieldError
from ropdesk.ui.widgets.flow import CardRow

SHOWN = 2_000


class ResultStep(QWidget):
    """The counts, what is worth a look, and the refused rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self._cards = CardRow()
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._refused = Card(_("Refused rows"))
        self._save = SecondaryButton(_("Save the list…"))
        self._save.clicked.connect(self._ask_where)
        self._refused.add_right(self._save)
        self._error = FieldError()
        self.table = DataTable(
            [
                Column("line", _("Line"), width=70),
                Column("why", _("Why it is refused"), Align.LEFT, stretch=True),
            ]
        )
        self.table.setAccessibleName(_("Refused rows"))
        yielding(self.table)
        self._refused.body.addWidget(self._error)
        self._refused.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._cards)
        column.addWidget(self._notes)
        self._understood = Card(_("As it was understood"), _("the first rows"))
        self.first_rows = DataTable()
        self.first_rows.setAccessibleName(_("The first rows as they were understood"))
        yielding(self.first_rows)
        self._understood.body.addWidget(self.first_rows, 1)
        column.addWidget(self._refused, 2)
        column.addWidget(self._understood, 3)

    def show_look(self, look: Look) -> None:
        """Show what the import will do."""
        outcome = look.outcome
        if outcome is None:
            return
        self._outcome = outcome
        refused = len(outcome.rejected)
        self._cards.clear()
        for name, value, state in (
            (_("New"), outcome.created, State.NEUTRAL),
            (_("Changed"), outcome.updated, State.NEUTRAL),
            (_("Unchanged"), outcome.unchanged, State.NEUTRAL),
            (_("Repeated"), outcome.duplicates, State.NEUTRAL),
            (_("Refused"), refused, State.BAD if refused else State.NEUTRAL),
        ):
            share = value / outcome.read if outcome.read else 0.0
            note = ngettext("of {n} row", "of {n} rows", outcome.read)
            card = MetricCard(MetricView(name, integer(value), note, state=state, share=share))
            card.setEnabled(False)
            self._cards.add(card)
        self._notes.setText("\n".join(_notes(look, outcome)))
        self._notes.setVisible(bool(self._notes.text()))
        self._error.say("")
        self._refused.setVisible(bool(refused))
        kind = look.spec.kind
        self.first_rows.set_columns(
            [_column(kind, name) for name in look.head],
            [Row(n, tuple(map(_cell, look.head, row))) for n, row in enumerate(look.first)],
        )
        self.table.set_rows(
            [
                Row(n, (Cell(str(each.line), sort_key=each.line), Cell(describe(each.reason))),
                    tooltip=describe(each.reason))
                for n, each in enumerate(outcome.rejected[:SHOWN])
            ]
        )  # fmt: skip
        more = refused - SHOWN
        hint = ngettext("the first {n} shown", "the first {n} shown", SHOWN) if more > 0 else ""
        self._refused.set_title(ngettext("{n} row refused", "{n} rows refused", refused), hint)

    def _ask_where(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Save the refused rows"), _("Refused rows") + ".xlsx",
            _("Excel (*.xlsx);;CSV (*.csv)"),
        )  # fmt: skip
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the refused rows to a file."""
        if self._outcome is None:
            return
        try:
            import_list.export_rejected(path, self._outcome.rejected)
        except DomainError as error:
            self._error.say(describe(error))
        else:
            self._error.say("")


_LEFT = frozenset(
    ("id", "title", "owner", "member", "stage", "status", "metric", "name", "alias", "position",
     "direction", "answered")
)  # fmt: skip
_WORDS = {"line": N_("Line"), "status": N_("Outcome"), "day": N_("Day"), "at": N_("Time")}


def _column(kind: str, name: str) -> Column:
    words = _WORDS.get(name) or texts.FIELDS[kind][name]
    wide = name in {"title", "member", "name"}
    align = Align.LEFT if name in _LEFT else Align.RIGHT
    return Column(name, _(words), align, stretch=wide)


def _cell(name: str, value: Value) -> Cell:
    if value is None or value == "":
        return Cell("")
    if isinstance(value, bool):
        return Cell(_("yes") if value else _("no"))
    if isinstance(value, date):
        text = month_name(value) if name == "month" else short_date(value)
        return Cell(text, sort_key=value.isoformat())
    if isinstance(value, Decimal):
        return Cell(decimal(value, 0 if value == int(value) else 2), sort_key=float(value))
    if name == "at" and isinstance(value, int):
        hours, rest = divmod(value, 3600)
        return Cell(f"{hours}:{rest // 60:02}", sort_key=value)
    if isinstance(value, int):
        return Cell(integer(value), sort_key=value, muted=name == "line")
    if name == "status":
        return Cell(_(texts.STATUSES[value]))
    if name == "direction":
        return Cell(_(DIRECTIONS[value]) if value in DIRECTIONS else value)
    return Cell(value)


DIRECTIONS = {"in": N_("incoming"), "out": N_("outgoing")}


def _notes(look: Look, outcome: Outcome) -> list[str]:
    lines = []
    if look.seen:
        lines.append(_("This very file was imported before."))
    if outcome.members_created:
        names = ", ".join(outcome.members_created[:8])
        more = len(outcome.members_created) - 8
        if more > 0:
            names += ngettext(" and {n} more", " and {n} more", more)
        lines.append(_("New in the team: {names}", names=names))
    for code, count in look.suspicious.items():
        if code in quality.NAMES and count:
            name = _(quality.NAMES[code][0])
            words = ngettext("{n} row", "{n} rows", count)
            lines.append(f"\u26a0 {name}: {words}")
    return lines
