"""The kinds of meetings as table cells."""

from collections.abc import Sequence

from ropdesk import i18n
from ropdesk.domain.meetings import over
from ropdesk.i18n import _
from ropdesk.services.meeting_kinds import AgendaLine, Kind
from ropdesk.ui.meetings.kinds_table import TITLE
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

LIMIT = "limit"


def columns() -> tuple[Column, ...]:
    """Return the columns of the kinds."""
    return (
        Column(TITLE, _("Kind"), Align.LEFT, stretch=True),
        Column(LIMIT, _("Limit, min")),
        Column("agenda", _("Agenda, min")),
        Column("team", _("With"), Align.LEFT),
    )


def row(kind: Kind, lines: Sequence[AgendaLine]) -> Row:
    """Return the row of a kind with its agenda."""
    spent = [line.minutes for line in lines]
    too_much = over(spent, kind.minutes)
    return Row(
        kind.code,
        (
            Cell(kind.title, editable=True, muted=kind.hidden, tooltip=kind.title,
                 secondary="  " + _("hidden") if kind.hidden else ""),
            Cell(i18n.integer(kind.minutes), editable=True, raw=str(kind.minutes),
                 muted=kind.hidden),
            Cell(
                i18n.integer(sum(spent)) + (" ↑" if too_much else ""), muted=kind.hidden,
                state=State.WARNING if too_much else State.NEUTRAL,
                tooltip=_("More minutes than the limit") if too_much else "",
            ),
            Cell(_("the team") if kind.team else _("guests"), muted=True),
        ),
    )  # fmt: skip
