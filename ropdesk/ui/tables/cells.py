"""What a table shows: prepared cells in rows. Nothing is computed while painting."""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from ropdesk.ui.roles import State


class Align(StrEnum):
    """Where a cell's text stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Pin(StrEnum):
    """Rows that keep their place whatever the sorting."""

    NONE = "none"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to show.

    Attributes:
        text: main text.
        align: overrides the column's.
        state: colours the text (or the chip) when not neutral; the text carries a sign or word.
        chip: draw `text` as a chip.
        tooltip: the exact value, or the whole name.
        bold: a total, or the number the table is about.
        muted: the whole text in secondary colour (plan beside fact).
        secondary: small text in secondary colour after the main one (« / 60»).
        sort_key: what sorting compares; `None` sorts last. Without it the text is compared.
        ref: what `cell_activated` carries; a cell with one is clickable.
        bar: filled part of a thin bar drawn in the cell, 0 to 1.
        spark: values of a small line drawn in the cell.
        editable: typing changes it.
        raw: the same value without grouping, for the editor and the clipboard.
        marked: a small corner mark (came from an import, set by hand); explain it in `tooltip`.
        behind: grey text shown while the cell is empty (the plan behind a fact).
    """

    text: str = ""
    align: Align | None = None
    state: State = State.NEUTRAL
    chip: bool = False
    tooltip: str = ""
    bold: bool = False
    muted: bool = False
    secondary: str = ""
    sort_key: int | float | str | None = None
    ref: Hashable | None = None
    bar: float | None = None
    spark: tuple[int | None, ...] = ()
    editable: bool = False
    raw: str | None = None
    marked: bool = False
    behind: str = ""

    @property
    def plain(self) -> str:
        """The value for the editor and the clipboard."""
        if self.raw is not None:
            return self.raw
        return self.text.replace("\u202f", "").replace("\u2212", "-")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key, its heading with the unit, and how its cells stand.

    `width` is in pixels at 100 % text scale; without it the column fits its texts. The first
    column stretches unless another says so.
    """

    key: str
    title: str
    align: Align = Align.RIGHT
    width: int | None = None
    stretch: bool = False
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key (a member's id, "total"), one cell for each column."""

    key: Hashable
    cells: tuple[Cell, ...]
    pin: Pin = Pin.NONE
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text a person put into a cell; empty clears it."""

    row: Hashable
    column: str
    text: str
