"""Recognising exports by their headers, and guessing the columns and stages of unknown ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.headers import headers_key, normal
from ropdesk.exchange.preset_tables import PRESETS, Preset
from ropdesk.exchange.stage_dates import PREFIX
from ropdesk.exchange.synonyms import SYNONYMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "PRESETS", "Maps", "Preset", "columns_of", "find_preset", "guess_mapping", "guess_stage",
    "headers_key", "parse_maps", "preset_mapping", "recognise",
]  # fmt: skip

_LOST = re.compile(
    r"не\s*реализ|не\s*успеш|неуспеш|провал|отказ|проигр|потер[яи]|закрыт\w*\s+и\s+не|отмен[её]н|"
    r"спам|дубл|некачеств|\blost\b|\blose|declin|reject|fail|cancel|junk|disqualif",
    re.IGNORECASE,
)
_WON = re.compile(
    r"успеш|реализован|выигр|(?<!не )(?<!частично )\bоплачен|\bwon\b|success|\bpaid\b|\bпродан",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Maps:
    """What ``--map`` options say: columns by field (several for alias), and constants by field."""

    columns: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]


def find_preset(code: str, kind: str) -> Preset:
    """Return a preset by its code.

    Raises:
        DomainError: there is no such preset for this kind of file.
    """
    known = [preset for preset in PRESETS if preset.kind == kind]
    for preset in known:
        if preset.code == code:
            return preset
    raise DomainError(
        N_("There is no preset «{code}». Known presets: {known}."),
        code=code,
        known=", ".join(preset.code for preset in known),
    )


def recognise(columns: Sequence[str], kind: str | None = None) -> Preset | None:
    """Recognise a known export by its header; None for an unknown one.

    Columns may be missing or added, renamed to a known other name, or carry a currency sign.
    """
    present = {normal(name) for name in columns}
    best: tuple[int, Preset] | None = None
    for preset in PRESETS:
        if kind is not None and preset.kind != kind:
            continue
        if not all(any(normal(name) in present for name in group) for group in preset.needs):
            continue
        weight = len(preset.needs) * 100 + len(preset_mapping(preset, columns))
        if best is None or weight > best[0]:
            best = (weight, preset)
    return best[1] if best else None


def preset_mapping(preset: Preset, columns: Sequence[str]) -> dict[str, str]:
    """Return field → column for the columns that a file of this preset has."""
    return {
        field: found[0]
        for field, names in preset.fields.items()
        if (found := columns_of(names, columns))
    }


def columns_of(names: Iterable[str], columns: Sequence[str]) -> list[str]:
    """Return the file's own columns that go by these names, in the order of the names."""
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(normal(column), column)
    return [by_name[normal(name)] for name in names if normal(name) in by_name]


def guess_mapping(columns: Sequence[str], kind: str) -> dict[str, str]:
    """Guess field → column of an unknown file by common Russian and English names.

    Args:
        kind: ``"deals"``, ``"calls"``, ``"facts"`` or ``"members"``.
    """
    taken: set[str] = set()
    mapping: dict[str, str] = {}
    fields = SYNONYMS[kind]
    forms = {column: normal(column).replace("_", " ") for column in columns}
    wanted = {field: [normal(name).replace("_", " ") for name in fields[field]] for field in fields}
    for exact in (True, False):
        for field, names in wanted.items():
            if field in mapping:
                continue
            column = _first(names, forms, taken, exact=exact)
            if column is not None:
                mapping[field] = column
                taken.add(column)
    if kind == "calls" and "started" in mapping:
        mapping.pop("date", None)
        mapping.pop("time", None)
    return mapping


def _first(names: list[str], forms: dict[str, str], taken: set[str], *, exact: bool) -> str | None:
    for name in names:
        for column, form in forms.items():
            if column in taken:
                continue
            if form == name:
                return column
            # A short word such as «id» or «код» inside another name proves nothing.
            inside = not exact and len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", form)
            if inside:
                return column
    return None


def guess_stage(name: str) -> str:
    """Guess what a stage means by its name: ``"won"``, ``"lost"`` or ``"open"``."""
    if _LOST.search(name):
        return "lost"
    return "won" if _WON.search(name) else "open"


def parse_maps(options: Sequence[str], fields: Iterable[str], columns: Sequence[str]) -> Maps:
    """Read ``FIELD=COLUMN`` and ``FIELD==TEXT`` options against a file's columns.

    Where a deal's stage can have a date, ``stage:NAME=COLUMN`` says when it came to that stage.

    Raises:
        DomainError: not of that form, an unknown field, or a column that the file has not got.
    """
    known = tuple(fields)
    found: dict[str, tuple[str, ...]] = {}
    constants: dict[str, str] = {}
    for option in options:
        field, mark, value = option.partition("=")
        field = field.strip()
        stage = field.startswith(PREFIX) and len(field) > len(PREFIX) and "stage_since" in known
        if not mark or not (field in known or (stage and not value.startswith("="))):
            raise DomainError(
                N_("«{option}» is not a mapping. Write FIELD=COLUMN, FIELD being one of: {known}."),
                option=option,
                known=", ".join(known),
            )
        if value.startswith("="):
            constants[field] = value[1:]
            continue
        column = value if value in columns else next(iter(columns_of([value], columns)), None)
        if column is None:
            raise DomainError(
                N_("The file has no column «{column}». Its columns: {columns}."),
                column=value,
                columns=", ".join(columns),
            )
        found[field] = (*found.get(field, ()), column)
    return Maps(found, constants)
