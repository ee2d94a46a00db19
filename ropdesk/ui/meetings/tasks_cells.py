"""Tasks as rows of a table."""

from collections.abc import Sequence
from datetime import date

from ropdesk import i18n
from ropdesk.domain.tasks import State
from ropdesk.i18n import _
from ropdesk.services.tasks import TaskLine, TaskRef
from ropdesk.ui.meetings import tasks_words as words
from ropdesk.ui.roles import State as Colour
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

TICK, PLACE = "tick", "place"
SPARE = ("repeat", "place", "owner")  # columns left out first where there is no room
OPEN_BOX, DONE_BOX, DROPPED_BOX, NO_BOX = "☐", "☑", "☒", "›"


def columns(*, closed: bool) -> list[Column]:
    """Return the columns of what waits, or of what is done and dropped."""
    last = (
        Column("result", _("What came of it"), Align.LEFT)
        if closed
        else Column("repeat", _("Repeats"), Align.LEFT)
    )
    return [
        Column(TICK, "", Align.CENTER, width=36),
        Column("title", _("Task"), Align.LEFT, stretch=True),
        Column("owner", _("Who"), Align.LEFT),
        Column("due", _("Done on") if closed else _("Due"), Align.LEFT),
        last,
        Column("place", _("Where from"), Align.LEFT),
    ]


def rows(lines: Sequence[TaskLine], today: date) -> list[Row]:
    """Return a row for each line."""
    return [_row(line, today) for line in lines]


def _row(line: TaskLine, today: date) -> Row:
    closed = line.state is not State.OPEN
    place = words.origin(line)
    last = line.result if closed else words.repeat(line.repeat)
    tip = "\n".join(part for part in (line.title, line.note) if part)
    return Row(
        line.ref,
        (
            _tick(line),
            Cell(line.title, tooltip=tip, muted=closed),
            Cell(words.owner(line)),
            _due(line, today),
            Cell(last, muted=True, tooltip=last),
            Cell(
                place,
                state=Colour.ACCENT if place else Colour.NEUTRAL,
                ref=(PLACE, line.ref) if place else None,
                tooltip=_("Open where it came from (Ctrl+Enter)") if place else "",
            ),
        ),
    )


def _tick(line: TaskLine) -> Cell:
    ref: tuple[str, TaskRef] = (TICK, line.ref)
    if line.state is State.DONE:
        return Cell(DONE_BOX, ref=ref, state=Colour.GOOD, tooltip=_("Done; Space opens it again"))
    if line.state is State.DROPPED:
        return Cell(DROPPED_BOX, ref=ref, tooltip=_("Dropped; Space opens it again"))
    if not line.ticks:
        tip = _("Closed by the verdict of its investigation; Space opens it")
        return Cell(NO_BOX, ref=ref, tooltip=tip)
    return Cell(OPEN_BOX, ref=ref, tooltip=_("Done (Space)"))


def _due(line: TaskLine, today: date) -> Cell:
    if line.state is not State.OPEN:
        day = line.done_on
        shown = "" if day is None else i18n.short_date(day)
        return Cell(shown, sort_key=None if day is None else day.toordinal(), muted=True)
    if line.due is None:
        return Cell("–", sort_key=None, muted=True, tooltip=_("Without a day"))
    said = words.due(line.due, today)
    return Cell(
        f"! {said}" if line.due < today else said, chip=True, state=words.due_state(line, today),
        sort_key=line.due.toordinal(), tooltip=i18n.short_date(line.due),
    )  # fmt: skip
