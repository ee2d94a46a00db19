"""The list of the team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange import presets, values
from ropdesk.exchange.fields import Source, rejected_rows, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ropdesk.exchange.table import RawTable, Rejected

MEMBER_FIELDS = ("name", "alias", "position", "hired", "left")


@dataclass(slots=True)
class MemberRows:
    """The team as parallel lists.

    Attributes:
        aliases: names and keys under which exports know the member, without the name itself.
        hired, left: ISO days, None where empty.
    """

    line: list[int]
    name: list[str]
    aliases: list[tuple[str, ...]]
    position: list[str]
    hired: list[str | None]
    left: list[str | None]
    read: int
    duplicates: int
    rejected: list[Rejected]

    def __len__(self) -> int:
        return len(self.line)


def parse_members(table: RawTable, maps: Sequence[str] = ()) -> MemberRows:
    """Turn a table into the team; rows of one name are one member with all their aliases.

    Args:
        maps: ``FIELD=COLUMN`` options; ``alias`` may be given several times.

    Raises:
        DomainError: an unknown field or column, or no column for names.
    """
    chosen = presets.parse_maps(maps, MEMBER_FIELDS, table.columns)
    mapping = {name: columns[-1] for name, columns in chosen.columns.items()}
    if "name" not in mapping:
        mapping = presets.guess_mapping(table.columns, "members") | mapping
    source = Source(table, mapping, chosen.constants)
    require(source, table, "name")
    bad: dict[int, DomainError] = {}
    aliases = chosen.columns.get("alias", (mapping["alias"],) if "alias" in mapping else ())
    keys = [values.plain_texts(table.cells(column).tolist()) for column in aliases]
    names, positions = source.texts("name"), source.texts("position")
    hired = source.parsed("hired", values.parse_dates, bad)
    left = source.parsed("left", values.parse_dates, bad)
    rows = MemberRows([], [], [], [], [], [], len(table) + len(table.rejected), 0, [])
    places: dict[str, int] = {}
    for at, line in enumerate(table.lines):
        if not names[at]:
            bad.setdefault(at, DomainError(N_("The row has no name. Fill it in.")))
        if at in bad:
            continue
        own = tuple(dict.fromkeys(k for c in keys if (k := c[at]) and k != names[at]))
        place = places.setdefault(names[at].casefold(), len(rows.name))
        if place < len(rows.name):
            rows.aliases[place] = tuple(dict.fromkeys((*rows.aliases[place], *own)))
            rows.duplicates += 1
            continue
        rows.line.append(line)
        rows.name.append(names[at])
        rows.aliases.append(own)
        rows.position.append(positions[at])
        rows.hired.append(hired[at])
        rows.left.append(left[at])
    rows.rejected = rejected_rows(table, bad)
    return rows
