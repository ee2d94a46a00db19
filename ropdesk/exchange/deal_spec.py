"""How to read deals from a table: which column is what, and what stages mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ropdesk.exchange import presets, stage_dates
from ropdesk.exchange.headers import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ropdesk.exchange.table import RawTable

FIELDS = (
    "id", "title", "owner", "stage", "amount", "created", "closed", "source", "pipeline",
    "lost_reason", "stage_since",
)  # fmt: skip
WON, LOST, OPEN = "won", "lost", "open"


@dataclass(frozen=True, slots=True)
class DealSpec:
    """How to read deals from a table.

    Attributes:
        mapping: field → column.
        constants: field → text that every row has.
        won, lost: names of closed stages; where ``won`` is empty, stages are told by their names.
        repeated: what rows of one id mean: ``"sum"``, ``"first"``, ``"refuse"``, or None.
        preset: the export's code, if it is known.
        today: closing days after it are suspicious; None to leave that unchecked.
        day_first: reads 03/04/2024 as the third of April; None to let the column prove it.
        stages: stage → the column that says when a deal came to it.
    """

    mapping: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    won: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    repeated: str | None = None
    preset: str = ""
    today: date | None = None
    day_first: bool | None = None
    stages: Mapping[str, str] = field(default_factory=dict)


def deal_spec(
    table: RawTable,
    *,
    preset: str = "auto",
    maps: Sequence[str] = (),
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    repeated: str | None = None,
    today: date | None = None,
) -> DealSpec:
    """Make a specification from what the command line says; the rest from the header.

    A known export brings its own mapping; an unknown file is mapped by ``maps``, and what they
    leave out of id, owner and stage, or everything if there are none, is guessed by names.

    Raises:
        DomainError: unknown preset, field or column; no column for owner or stage.
    """
    known = (
        presets.recognise(table.columns, "deals")
        if preset == "auto"
        else presets.find_preset(preset, "deals")
    )
    chosen = presets.parse_maps(maps, FIELDS, table.columns)
    mapping = presets.preset_mapping(known, table.columns) if known else {}
    mapping |= {name: columns[-1] for name, columns in chosen.columns.items()}
    mapping = {name: column for name, column in mapping.items() if name not in chosen.constants}
    if not known:
        free = [
            column
            for column in table.columns
            if column not in mapping.values() and not stage_dates.names_a_stage(column)
        ]
        guess = presets.guess_mapping(free, "deals")
        wanted = ("id", "owner", "stage") if chosen.columns else FIELDS
        for name in wanted:
            if name in guess and name not in mapping and name not in chosen.constants:
                mapping[name] = guess[name]
    stages = _stages(table, mapping, chosen)
    return DealSpec(
        mapping=mapping,
        stages=stages,
        constants=dict(chosen.constants),
        won=frozenset(won),
        lost=frozenset(lost),
        repeated=repeated,
        preset=known.code if known else "",
        today=today,
    )


def _stages(table: RawTable, mapping: dict[str, str], chosen: presets.Maps) -> Mapping[str, str]:
    """Take the columns of stages' dates out of the mapping, or find them by their names."""
    mark = stage_dates.PREFIX
    named = {name: mapping.pop(name) for name in list(mapping) if name.startswith(mark)}
    if named or chosen.constants.get("stage_since") is not None:
        return {name.removeprefix(mark).strip(): column for name, column in named.items()}
    return stage_dates.stage_columns(table, mapping.get("stage"), set(mapping.values()))


def status_of(stage: str, spec: DealSpec) -> str:
    """Tell what a stage means: by the specification, the preset, or its own name."""
    name = normal(stage)
    if name in {normal(each) for each in spec.won}:
        return WON
    if name in {normal(each) for each in spec.lost}:
        return LOST
    known = next((each for each in presets.PRESETS if each.code == spec.preset), None)
    guess = presets.guess_stage(stage)
    if known and name in {normal(each) for each in known.won}:
        guess = WON
    elif known and name in {normal(each) for each in known.lost}:
        guess = LOST
    # What the person has named is all there is of that kind.
    if (guess == WON and spec.won) or (guess == LOST and spec.lost):
        return OPEN
    return guess
