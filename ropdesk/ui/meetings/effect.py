"""The panel of what meetings cost and bring: minutes, in time, promises kept."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ropdesk import i18n
from ropdesk.domain.promises import Share
from ropdesk.i18n import _
from ropdesk.services.meeting_effect import KindEffect, MonthEffect
from ropdesk.ui import values
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Pin, Row
from ropdesk.ui.theme import current_theme
from ropdesk.ui.widgets.cards import Card
from ropdesk.ui.widgets.fitting_table import FittingTable
from ropdesk.ui.widgets.month import MonthSwitcher

LOW = 80  # percent under which a share is worth a look


class EffectCard(Card):
    """A month's meetings by kind."""

    month_chosen = Signal(object)  # date

    def __init__(self, month: date, parent: QWidget | None = None) -> None:
        super().__init__(_("Effect of meetings"), parent=parent)
        self.switcher = MonthSwitcher(month)
        self.switcher.changed.connect(self.month_chosen)
        self.add_right(self.switcher)
        self.table = FittingTable(_columns(), ("held",))
        self.table.setAccessibleName(_("Effect of meetings"))
        self.table.setSortingEnabled(False)
        self.body.addWidget(self.table)
        self.nothing = QLabel(_("No meeting was held in this month."))
        self.promises, self.past = QLabel(), QLabel()
        for label in (self.nothing, self.promises, self.past):
            label.setWordWrap(True)
            label.setProperty("role", "secondary")
            self.body.addWidget(label)

    def show_months(self, months: Sequence[MonthEffect]) -> None:
        """Show the last of these months, and the minutes of those before it."""
        shown = months[-1]
        rows = [_row(kind) for kind in shown.kinds]
        if len(rows) > 1:
            rows.append(_row(shown.total, total=True))
        self.table.set_rows(rows)
        theme = current_theme()
        self.table.setFixedHeight(theme.px(32) + theme.px(30) * len(rows) + 4)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.promises.setText(promises_words(shown.promises))
        self.promises.setVisible(bool(shown.promises.n))
        earlier = [each for each in months if each.total.held]
        self.past.setText(
            _("Minutes by month: {months}", months=" · ".join(
                _("{month} {n}", month=i18n.month_short(each.month),
                  n=i18n.integer(each.total.minutes))
                for each in earlier
            ))
        )  # fmt: skip
        self.past.setVisible(len(earlier) > 1)


def promises_words(share: Share) -> str:
    """Say how many promises were kept, with the sample's size."""
    return _(
        "Promises due in the month: kept {kept} of {n}, {percent}",
        kept=share.kept, n=share.n, percent=values.percent(share.share),
    )  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", _("Kind"), Align.LEFT, stretch=True),
        Column("held", _("Held"), tooltip=_("How many were held; skipped ones beside")),
        Column("minutes", _("Minutes"), tooltip=_("Spent in the month, pauses out")),
        Column("in_time", _("In time"),
               tooltip=_("Begun no more than five minutes late, of those with a time")),
        Column("within", _("In limit"), tooltip=_("Ended within the limit")),
    )  # fmt: skip


def _row(found: KindEffect, *, total: bool = False) -> Row:
    skipped = _("skipped {n}", n=found.skipped) if found.skipped else ""
    return Row(
        "total" if total else found.kind,
        (
            Cell(_("All") if total else found.title, bold=total,
                 tooltip="" if total else found.title),
            Cell(i18n.integer(found.held), bold=total, tooltip=skipped,
                 secondary=f" −{i18n.integer(found.skipped)}" if found.skipped else ""),
            Cell(i18n.integer(found.minutes), bold=total),
            _share(found.in_time, found.timed, bold=total),
            _share(found.within, found.held, bold=total),
        ),
        Pin.LAST if total else Pin.NONE,
    )  # fmt: skip


def _share(part: int, whole: int, *, bold: bool) -> Cell:
    if not whole:
        return Cell("–", muted=True)
    low = part * 100 < whole * LOW
    return Cell(
        values.percent(Fraction(part, whole)) + (" ↓" if low else ""),
        state=State.WARNING if low else State.NEUTRAL,
        tooltip=_("{n} of {all}", n=part, all=whole),
        bold=bold,
    )
