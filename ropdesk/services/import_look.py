"""One file on its way in: what it says, what has to be decided, and what would come of it.

The import window asks here after each answer; reading and parsing are kept between the questions.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import match_name
from ropdesk.exchange import calls as call_room
from ropdesk.exchange import deals as deal_room
from ropdesk.exchange import presets
from ropdesk.exchange import team as team_room
from ropdesk.exchange.dates import notation_of
from ropdesk.exchange.headers import headers_key
from ropdesk.exchange.reading import preview
from ropdesk.exchange.table import Preview, RawTable
from ropdesk.services import files, import_tables, imports, metrics, owners, team
from ropdesk.services.files import FileSpec
from ropdesk.services.import_sample import Value, first_rows
from ropdesk.services.import_tables import TableRows
from ropdesk.services.imports import Incoming, Outcome, Progress
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace

KINDS = ("deals", "calls", "facts", "plan", "members")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "deals": deal_room.FIELDS,
    "calls": call_room.FIELDS,
    "facts": ("member", "day", "metric", "value"),
    "plan": ("member", "month", "metric", "value"),
    "members": ("name", "alias", "alias:2", "alias:3", "position", "hired", "left"),
}
# One of each group must be there.
NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "deals": (("owner",), ("stage",)),
    "calls": (("member",), ("started", "date")),
    "facts": (("day",), ("metric",), ("value",)),
    "plan": (("month", "day"), ("metric",), ("value",)),
    "members": (("name",),),
}
_DATES = ("created", "closed", "started", "date", "day", "month", "hired", "left")
_SLASHED = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\b")
SAMPLES = 4


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the file: rows, what it is taken for, and rows in it with a closing day."""

    name: str
    count: int
    status: str
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A name of the file that nobody answers to, its rows, and members it may well mean."""

    name: str
    count: int
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says, read as a specification says.

    Attributes:
        known: ``remembered``, ``preset`` or empty for a file never seen.
        columns: the file's columns with some of their values.
        mapping: field → column in force; ``constants``: field → text of every row.
        missing: groups of fields of which one is needed and none is there.
        dates_doubtful: dates that may be read with the day or the month first.
        question: why the file cannot be parsed before repeated rows are explained.
        stages: of deals; ``stages_doubtful``: they decide something nobody has confirmed.
        people: names that nobody answers to yet, whatever was chosen for them.
        outcome: what an import would do; None while something above stands in the way.
        suspicious: code of a rule of `ropdesk.services.quality` → rows of the file.
        head, first: the first rows as they are understood (`ropdesk.services.import_sample`).
        seen: this very file was imported before.
    """

    spec: FileSpec
    known: str
    preset: str
    rows: int
    columns: Mapping[str, tuple[str, ...]]
    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    missing: tuple[tuple[str, ...], ...] = ()
    dates_doubtful: bool = False
    question: DomainError | None = None
    stages: tuple[Stage, ...] = ()
    stages_doubtful: bool = False
    people: tuple[Person, ...] = ()
    outcome: Outcome | None = None
    suspicious: Mapping[str, int] = field(default_factory=dict)
    seen: bool = False
    head: tuple[str, ...] = ()
    first: tuple[tuple[Value, ...], ...] = ()


def preset_title(code: str) -> str:
    """Return the product's name of a preset, the same in every language."""
    return next((each.title for each in presets.PRESETS if each.code == code), "")


class FileSession:
    """A file being imported. Its methods read and parse: call them in a worker, one at a time."""

    def __init__(self, ws: Workspace, path: Path, today: date) -> None:
        self.path = path
        self._ws = ws
        self._today = today
        self._table: tuple[tuple[object, ...], RawTable] | None = None
        self._parsed: tuple[FileSpec, Incoming | TableRows] | None = None
        self._samples: Mapping[str, tuple[str, ...]] = {}

    def preview(self, spec: FileSpec, rows: int = 20) -> Preview:
        """Read the beginning of the file as told."""
        return preview(
            self.path, encoding=spec.encoding or None, delimiter=spec.delimiter or None,
            sheet=spec.sheet or None, header_row=spec.header_row or None, rows=rows,
        )  # fmt: skip

    def look(
        self,
        spec: FileSpec | None,
        choice: Choice,
        progress: Callable[[int], None] | None = None,
    ) -> Look:
        """Say what the file holds and what would come of it.

        Args:
            spec: how it is to be read; None or an empty kind to find that out.

        Raises:
            DomainError: the file cannot be read as a table.
        """
        given = spec or FileSpec("")
        table = self._load(given, progress)
        known = ""
        if not given.kind:
            given, known = self._first(table, given)
        return self._judged(table, given, known, choice)

    def run(self, spec: FileSpec, choice: Choice, progress: Progress) -> Outcome:
        """Import the file as it was looked at last, as one undoable operation."""
        parsed = self._parse(self._load(spec, None), spec)
        if isinstance(parsed, Incoming):
            return imports.run(self._ws, parsed, choice, progress)
        return import_tables.run(self._ws, parsed, choice, progress)

    def _load(self, spec: FileSpec, progress: Callable[[int], None] | None) -> RawTable:
        key = (spec.encoding, spec.delimiter, spec.sheet, spec.header_row)
        if self._table is None or self._table[0] != key:
            self._parsed = None
            table = files.load(self.path, spec, progress)
            self._samples = {name: _sample(table, name) for name in table.columns}
            self._table = (key, table)
        return self._table[1]

    def _first(self, table: RawTable, given: FileSpec) -> tuple[FileSpec, str]:
        stored = imports.remembered(self._ws, headers_key(table.columns))
        if stored is not None:
            spec, known = files.spec_from({**stored[1], "kind": stored[0]}), "remembered"
        else:
            preset = presets.recognise(table.columns)
            spec, known = FileSpec(preset.kind if preset else kind_of(table.columns)), (
                "preset" if preset else ""
            )  # fmt: skip
        return replace(
            spec, encoding=given.encoding, delimiter=given.delimiter, sheet=given.sheet,
            header_row=given.header_row,
        ), known  # fmt: skip

    def _parse(self, table: RawTable, spec: FileSpec) -> Incoming | TableRows:
        if self._parsed is None or self._parsed[0] != spec:
            if spec.kind in imports.COLUMNS:
                rows: Incoming | TableRows = files.parse(self.path, table, spec, self._today)
            else:
                rows = import_tables.parse(self._ws, self.path, table, spec, self._today)
            self._parsed = (spec, rows)
        return self._parsed[1]

    def _judged(self, table: RawTable, spec: FileSpec, known: str, choice: Choice) -> Look:
        mapping, constants, preset = _mapping(table, spec, self._today)
        look = Look(
            spec, known, preset, len(table), self._samples, mapping, constants,
            missing=_missing(spec, mapping, constants, preset),
            dates_doubtful=spec.day_first is None and _doubtful_dates(table, mapping),
            seen=self._seen(table),
        )  # fmt: skip
        if look.missing:
            return look
        try:
            parsed = self._parse(table, spec)
        except DomainError as error:
            return replace(look, question=error)
        head, first = first_rows(parsed, metrics.catalogue(self._ws))
        look = replace(look, head=head, first=first)
        if isinstance(parsed, TableRows):
            return replace(
                look,
                people=self._people(parsed.names),
                outcome=import_tables.dry_run(self._ws, parsed, choice),
            )
        return replace(
            look,
            stages=_stages(parsed),
            stages_doubtful=not known and _stages_matter(parsed, spec, preset, constants),
            people=self._people(parsed.owner),
            outcome=imports.dry_run(self._ws, parsed, choice),
            suspicious=parsed.suspicious,
        )

    def _people(self, names: Sequence[str]) -> tuple[Person, ...]:
        counts = Counter(names)
        with self._ws.read() as connection:
            unknown = owners.sort_out(connection, counts, Choice()).unknown
            known = team.load(connection)
        people = [m for m in known.members.values() if m.id != known.nobody]
        found = []
        for name in unknown:
            surname = name.split()[0] if name.split() else name
            near = [m.id for m in people if match_name(name, [m])]
            near += [
                m.id
                for m in people
                if m.id not in near and surname.casefold() in m.name.casefold().split()
            ]
            found.append(Person(name, counts[name], tuple(near)))
        return tuple(sorted(found, key=lambda each: (-each.count, each.name.casefold())))

    def _seen(self, table: RawTable) -> bool:
        with self._ws.read() as connection:
            return bool(
                connection.exec_driver_sql(
                    "SELECT 1 FROM import_batch WHERE sha256 = ? AND NOT undone LIMIT 1",
                    (table.sha256,),
                ).first()
            )


def kind_of(columns: Sequence[str]) -> str:
    """Guess what an unknown table holds by its columns."""
    guessed = {
        kind: set(presets.guess_mapping(columns, "facts" if kind == "plan" else kind))
        for kind in KINDS
    }
    facts = guessed["facts"]
    if {"metric", "value"} <= facts and {"day", "month"} & facts:
        return "facts" if "day" in facts else "plan"
    if {"month", "value"} <= facts and "stage" not in guessed["deals"]:
        return "plan"
    if {"stage", "amount"} & guessed["deals"] and "owner" in guessed["deals"]:
        return "deals"
    if {"talk", "wait", "direction"} & guessed["calls"]:
        return "calls"
    if "name" in guessed["members"] and "amount" not in guessed["deals"]:
        return "members"
    return "deals"


def _sample(table: RawTable, column: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for cell in table.cells(column)[:500]:
        text = " ".join(str(cell).split())
        if text:
            found[text] = None
            if len(found) == SAMPLES:
                break
    return tuple(found)


def _mapping(
    table: RawTable, spec: FileSpec, today: date
) -> tuple[dict[str, str], dict[str, str], str]:
    if spec.kind == "deals":
        deals = files.deal_mapping(table, spec, today)
        return dict(deals.mapping), dict(deals.constants), deals.preset
    if spec.kind == "calls":
        calls = files.call_mapping(table, spec)
        return dict(calls.mapping), dict(calls.constants), calls.preset
    if spec.kind == "members":
        chosen = presets.parse_maps(spec.maps, team_room.MEMBER_FIELDS, table.columns)
        mapping = {name: columns[-1] for name, columns in chosen.columns.items()}
        if "name" not in mapping:
            mapping = presets.guess_mapping(table.columns, "members") | mapping
        aliases = chosen.columns.get("alias", ())
        mapping |= {f"alias:{n}": column for n, column in enumerate(aliases, 1) if n > 1}
        if aliases:
            mapping["alias"] = aliases[0]
        return mapping, dict(chosen.constants), ""
    facts = files.fact_mapping(table, spec)
    constants = dict(facts.constants)
    if spec.metric:
        constants["metric"] = spec.metric
    mapping = dict(facts.mapping)
    if spec.kind == "plan" and "day" in mapping:
        mapping.setdefault("month", mapping.pop("day"))
    return mapping, constants, ""


def _missing(
    spec: FileSpec, mapping: Mapping[str, str], constants: Mapping[str, str], preset: str
) -> tuple[tuple[str, ...], ...]:
    known = next((each for each in presets.PRESETS if each.code == preset), None)
    sided = known is not None and bool(known.caller or known.callee)
    return tuple(
        group
        for group in NEEDS[spec.kind]
        if not any(name in mapping or name in constants for name in group)
        and not (sided and group == ("member",))
    )


def _doubtful_dates(table: RawTable, mapping: Mapping[str, str]) -> bool:
    for name in _DATES:
        column = mapping.get(name)
        if column is None:
            continue
        cells = dict.fromkeys(table.cells(column).tolist())
        slashed = (_SLASHED.match(cell) for cell in cells if isinstance(cell, str))
        if any(each and each[1] != each[2] for each in slashed) and (
            notation_of(cells).day_first is None
        ):
            return True
    return False


def _stages(parsed: Incoming) -> tuple[Stage, ...]:
    found = [
        Stage(name, count, status, parsed.unmapped.get(name, 0))
        for name, (status, count) in parsed.stages.items()
    ]
    return tuple(sorted(found, key=lambda each: -each.count))


def _stages_matter(
    parsed: Incoming, spec: FileSpec, preset: str, constants: Mapping[str, str]
) -> bool:
    """Tell whether stages of a file never seen should be looked at by a person."""
    if parsed.kind != "deals" or spec.won or spec.lost:
        return False
    return bool(parsed.unmapped) or not (preset or "stage" in constants)


REPEATED = N_("Deal «{id}» stands on several lines ({lines}). What do such rows mean?")
