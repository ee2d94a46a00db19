"""Ramp-up by month: the share of a full plan, typed in a row of months."""

from collections.abc import Callable, Sequence
from datetime import date

from ropdesk.domain.months import add_months
from ropdesk.domain.team import Member, ramp_share
from ropdesk.i18n import _, month_name, month_short
from ropdesk.ui.tables.cells import Align, Cell, Column, Edit, Row
from ropdesk.ui.team.edits import percent_text, ramped
from ropdesk.ui.team.sections import Section
from ropdesk.ui.team.small_table import SmallTable

MONTHS = 6
BEFORE = 1  # months shown before the page's own

Commit = Callable[[Callable[[Member], Member]], object]


class RampTable(SmallTable):
    """Months of equal width."""

    def fit(self) -> None:
        """Share the width."""
        count = self.list_model.columnCount()
        if count:
            room = self.viewport().width()
            for number in range(count):
                edges = room * number // count, room * (number + 1) // count
                self.setColumnWidth(number, edges[1] - edges[0])


class RampSection(Section):
    """Six months in a row; nothing typed is a full plan."""

    def __init__(self, commit: Commit) -> None:
        super().__init__(_("Ramp-up, % of a full plan"))
        self._commit = commit
        self._months: tuple[date, ...] = ()
        self.table = RampTable([Column("0", "")])
        self.table.setAccessibleName(_("Ramp-up by month"))
        self.table.set_edit_handler(self._edit)
        self.body.addWidget(self.table)

    def show_member(self, member: Member, month: date) -> None:
        """Show a member's months around one; a newcomer's from the first one on."""
        first = add_months(month, -BEFORE)
        months = tuple(add_months(first, n) for n in range(MONTHS))
        if months != self._months:
            self._months = months
            self.table.set_columns(
                [
                    Column(m.isoformat(), month_short(m), Align.CENTER, stretch=i == 0,
                           tooltip=month_name(m))
                    for i, m in enumerate(months)
                ]
            )  # fmt: skip
        self.table.set_rows([Row("ramp", tuple(_cell(member, m) for m in months))])

    def _edit(self, edits: Sequence[Edit]) -> None:
        def change(member: Member) -> Member:
            for edit in edits:
                member = ramped(member, date.fromisoformat(edit.column), edit.text)
            return member

        self._commit(change)


def _cell(member: Member, month: date) -> Cell:
    own = month in member.ramp
    text = percent_text(ramp_share(member, month))
    if not own:
        return Cell("", editable=True, behind=text, tooltip=_("a full plan"))
    return Cell(text, editable=True, bold=True, tooltip=month_name(month))
