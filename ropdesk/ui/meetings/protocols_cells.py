"""Found protocols as table cells."""

from collections.abc import Sequence

from ropdesk.i18n import _, short_date
from ropdesk.services.protocols import Hit, Piece
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

SPARE = ("title", "place")
BEFORE = 14  # letters
TEXT = 180  # pixels at 100 % text scale: more where there is room


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("name", _("Protocol"), Align.LEFT),
        Column("day", _("Day"), Align.LEFT),
        Column("title", _("Meeting"), Align.LEFT),
        Column("place", _("Found"), Align.LEFT, width=TEXT, stretch=True),
    )


def rows(hits: Sequence[Hit]) -> list[Row]:
    """Return a row for each protocol."""
    return [_row(hit) for hit in hits]


def _row(hit: Hit) -> Row:
    place = hit.pieces[0] if hit.pieces else None
    whole = f"{place.where}: {place.text}" if place else ""
    number = "–" if hit.number is None else f"№ {hit.number}"
    edition = _("edition {n}", n=hit.edition)
    return Row(
        hit.meeting_id,
        (
            Cell(
                number, secondary=f" {edition}" if hit.last > 1 else "", tooltip=hit.name,
                sort_key=f"{hit.day.year}{hit.number or 0:06}",
            ),
            Cell(short_date(hit.day), sort_key=hit.day.isoformat(), tooltip=hit.name),
            Cell(hit.title, tooltip=hit.title),
            Cell(_near(place) if place else "", muted=True, tooltip=whole),
        ),
    )  # fmt: skip


def _near(place: Piece) -> str:
    """Begin a place close to what was found: a narrow column shows little more."""
    start = place.marks[0][0] if place.marks else 0
    cut = place.text.rfind(" ", 0, max(0, start - BEFORE)) + 1
    return f"…{place.text[cut:]}" if cut else place.text
