"""Meetings and their rules as table cells."""

from collections.abc import Sequence
from datetime import date

from ropdesk import i18n
from ropdesk.domain.meetings import State as Step
from ropdesk.i18n import _
from ropdesk.services.meeting_effect import Held
from ropdesk.services.meetings import MeetingLine
from ropdesk.ui.meetings import list_read, words
from ropdesk.ui.meetings.list_read import Shelf
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row


def columns() -> tuple[Column, ...]:
    """Return the columns of the meetings."""
    return (
        Column("day", _("Day"), Align.LEFT, width=92),
        Column("start", _("Time"), Align.RIGHT, width=62),
        Column("title", _("Meeting"), Align.LEFT, stretch=True),
        Column("minutes", _("Minutes"), width=82, tooltip=_("Spent, or planned while it comes")),
        Column("state", _("State"), Align.LEFT),
    )


def rows(lines: Sequence[MeetingLine], held: dict[int, Held], today: date) -> list[Row]:
    """Return a row for each meeting, in the order given."""
    return [_row(number, line, held, today) for number, line in enumerate(lines)]


def _row(number: int, line: MeetingLine, held: dict[int, Held], today: date) -> Row:
    told, state = words.state_chip(line, today)
    gone = line.state is Step.SKIPPED
    start = "" if line.start is None else words.clock(line.start)
    return Row(
        line.ref,
        (
            Cell(
                words.day_words(line.day, today), bold=line.day == today, muted=gone,
                tooltip=i18n.full_day(line.day), sort_key=number,
            ),
            Cell(start, muted=gone, sort_key=line.start),
            Cell(line.title, muted=gone, tooltip=words.when(line)),
            _minutes(line, held),
            Cell(told, chip=bool(told), state=state, tooltip=words.why(line)),
        ),
        tooltip=words.why(line),
    )  # fmt: skip


def _minutes(line: MeetingLine, held: dict[int, Held]) -> Cell:
    found = None if line.id is None else held.get(line.id)
    limit = i18n.integer(line.minutes)
    if found is None:
        return Cell(limit, muted=True, sort_key=line.minutes)
    spent = found.minutes
    over = "" if found.within else " ↑"
    return Cell(
        i18n.integer(spent) + over, secondary=f" / {limit}", sort_key=spent,
        state=State.NEUTRAL if found.within else State.WARNING,
        tooltip="" if found.within else _("Longer than its limit"),
    )  # fmt: skip


def rule_columns() -> tuple[Column, ...]:
    """Return the columns of the recurring meetings."""
    return (
        Column("title", _("Meeting"), Align.LEFT, stretch=True),
        Column("rule", _("When"), Align.LEFT),
        Column("start", _("Time")),
        Column("next", _("Next"), Align.LEFT, width=92),
    )


def rule_rows(shelf: Shelf, today: date) -> list[Row]:
    """Return a row for each recurring meeting; ended ones are grey."""
    made = []
    for one in shelf.series.values():
        day = shelf.following.get(one.id)
        ended = list_read.ended(today, one)
        made.append(
            Row(
                one.id,
                (
                    Cell(one.title or shelf.titles.get(one.kind, one.kind), muted=ended),
                    Cell(words.rule_words(one.rule), muted=ended,
                         tooltip=words.rule_words(one.rule)),
                    Cell(words.span(one.start, one.minutes), sort_key=one.start, muted=ended),
                    Cell(
                        _("ended") if ended else words.day_words(day, today) if day else "",
                        muted=ended, sort_key=day.toordinal() if day else None,
                    ),
                ),
            )
        )  # fmt: skip
    return made
