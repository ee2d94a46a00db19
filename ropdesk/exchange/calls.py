"""Calls from a table: member, moment, direction, whether answered, seconds of wait and talk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange import presets, values
from ropdesk.exchange.fields import Source, content_ids
from ropdesk.exchange.table import Rejected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ropdesk.exchange.preset_tables import Preset
    from ropdesk.exchange.table import RawTable

FIELDS = (
    "id", "member", "started", "date", "time", "direction", "answered", "wait", "talk", "rating",
)  # fmt: skip
IN, OUT = "in", "out"
T = TypeVar("T")

_INTERNAL = re.compile(r"внутр|internal", re.IGNORECASE)
_OUTGOING = re.compile(r"исход|\bout|дозвон", re.IGNORECASE)
_INCOMING = re.compile(
    r"вход|\bin\b|inbound|incoming|неотвеч|пропущ|missed|обратн\w+ звон", re.IGNORECASE
)
_MISSED = re.compile(
    r"\bне\s*отвеч|неотвеч|пропущ|не\s*дожд|не\s*принят|непринят|не\s*дозв|недозв|занят|вышло\s+время|"
    r"неуспеш|не\s*успеш|нет\s+ответа|потерян|сброшен|отклон|отмен|missed|no.?answer|unanswered|"
    r"not\s+answered|abandon|busy|fail|cancel|lost|reject",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"отвечен|принят|успеш|состоял|разговор|answer|success|complete|connected", re.IGNORECASE
)
# «205 (Дуба) 65»: the extension, the person, a line of their own.
_OPERATOR = re.compile(r"\+?\d[\d\s-]*\(([^)]*[^\W\d][^)]*)\)[\d\s]*")


@dataclass(frozen=True, slots=True)
class CallSpec:
    """How to read calls from a table.

    Attributes:
        mapping: field → column; ``date`` and ``time`` stand in for ``started``.
        constants: field → text that every row has; ``direction`` may be told so.
        preset: the export's code, if it is known.
        day_first: reads 03/04/2024 as the third of April; None to let the column prove it.
    """

    mapping: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    preset: str = ""
    day_first: bool | None = None


@dataclass(slots=True)
class CallRows:
    """Calls as parallel lists.

    Attributes:
        line: 1-based line of the row.
        external_id: the file's id, or one made from the row's content (begins with ``~``).
        day: ISO day; ``at`` is the second of that day, None where the file has no time.
        direction: ``"in"``, ``"out"`` or ``""`` where the file does not say.
        wait, talk: seconds, None where empty; of an unanswered call ``talk`` is None.
        rating: points.
        read: rows of data; read == len(line) + len(rejected) + duplicates.
        duplicates: rows that repeat a call already read.
    """

    line: list[int]
    external_id: list[str]
    member: list[str]
    day: list[str]
    at: list[int | None]
    direction: list[str]
    answered: list[bool]
    wait: list[int | None]
    talk: list[int | None]
    rating: list[int | None]
    read: int
    duplicates: int
    rejected: list[Rejected]
    preset: str

    def __len__(self) -> int:
        return len(self.line)


def call_spec(table: RawTable, *, preset: str = "auto", maps: Sequence[str] = ()) -> CallSpec:
    """Make a specification from what the command line says; the rest from the header.

    Raises:
        DomainError: unknown preset, field or column.
    """
    known = (
        presets.recognise(table.columns, "calls")
        if preset == "auto"
        else presets.find_preset(preset, "calls")
    )
    chosen = presets.parse_maps(maps, FIELDS, table.columns)
    mapping = presets.preset_mapping(known, table.columns) if known else {}
    if not known and not chosen.columns:
        mapping = presets.guess_mapping(table.columns, "calls")
    elif not known:
        used = {column for columns in chosen.columns.values() for column in columns}
        free = [column for column in table.columns if column not in used]
        guess = presets.guess_mapping(free, "calls")
        moment = {"started", "date", "time"}
        wanted = {"member"} | (set() if moment & set(chosen.columns) else moment)
        mapping = {name: guess[name] for name in wanted if name in guess}
    mapping |= {name: columns[-1] for name, columns in chosen.columns.items()}
    if "started" in chosen.columns:
        mapping.pop("date", None)
        mapping.pop("time", None)
    elif "date" in chosen.columns:
        mapping.pop("started", None)
    mapping = {name: column for name, column in mapping.items() if name not in chosen.constants}
    return CallSpec(mapping, dict(chosen.constants), known.code if known else "")


def direction_of(text: str) -> str:
    """Tell a call's direction by a word, Russian or English; ``""`` where it says neither."""
    if _OUTGOING.search(text):
        return OUT
    return IN if _INCOMING.search(text) else ""


def answered_of(text: str) -> bool | None:
    """Tell by a word whether somebody answered; None where it says neither."""
    plain = values.parse_boolean(text)
    if isinstance(plain, bool):
        return plain
    if _MISSED.search(text):
        return False
    return True if _TAKEN.search(text) else None


def operator_name(text: str) -> str:
    """Return the person of an operator's cell: «205 (Дуба) 65» is Дуба."""
    match = _OPERATOR.fullmatch(text)
    return match[1].strip() if match else text


def parse_calls(table: RawTable, spec: CallSpec) -> CallRows:
    """Turn a table into calls.

    Raises:
        DomainError: no column for the day of a call, or for the member.
    """
    source = Source(table, spec.mapping, spec.constants)
    preset = next((each for each in presets.PRESETS if each.code == spec.preset), None)
    sided = preset is not None and bool(preset.caller or preset.callee)
    _require(source, table, sided=sided)
    bad: dict[int, DomainError] = {}
    days, seconds = _moments(source, spec, bad)
    talk = source.parsed("talk", values.parse_durations, bad)
    wait = source.parsed("wait", values.parse_durations, bad)
    rating = source.parsed(
        "rating", lambda cells: values.parse_by_unique(cells, values.parse_rating), bad
    )
    direction_texts = source.texts("direction")
    direction = [*map({text: direction_of(text) for text in direction_texts}.get, direction_texts)]
    directions = [each or "" for each in direction]
    for at, text in enumerate(direction_texts):
        if _INTERNAL.search(text):
            bad.setdefault(at, DomainError(N_("A call between colleagues is not counted.")))
    answered = _answered(source, talk)
    members = _members(table, source, directions, preset if sided else None)
    ids = _ids(table, source, preset, bad, (days, seconds, members, directions, talk, wait))
    duplicates = _repeated(ids, bad)
    keep = [at for at in range(len(table)) if at not in bad and at not in duplicates]

    def kept(column: Sequence[T]) -> list[T]:
        return [column[at] for at in keep]

    rejected = [Rejected(table.lines[at], bad[at]) for at in bad]
    return CallRows(
        line=kept(table.lines),
        external_id=kept(ids),
        member=kept(members),
        day=[day for at in keep if (day := days[at]) is not None],
        at=kept(seconds),
        direction=kept(directions),
        answered=kept(answered),
        wait=kept(wait),
        talk=[talk[at] if answered[at] else None for at in keep],
        rating=kept(rating),
        read=len(table) + len(table.rejected),
        duplicates=len(duplicates),
        rejected=sorted((*table.rejected, *rejected), key=lambda each: each.line),
        preset=spec.preset,
    )


def _require(source: Source, table: RawTable, *, sided: bool) -> None:
    if not source.has("started") and not source.has("date"):
        raise DomainError(
            N_(
                "No column says when a call began. Choose it with --map started=COLUMN. "
                "Columns: {columns}."
            ),
            columns=", ".join(table.columns),
        )
    if not source.has("member") and not sided:
        raise DomainError(
            N_(
                "No column names the member of a call. Choose it with --map member=COLUMN. "
                "Columns: {columns}."
            ),
            columns=", ".join(table.columns),
        )


def _moments(
    source: Source, spec: CallSpec, bad: dict[int, DomainError]
) -> tuple[list[str | None], list[int | None]]:
    name = "started" if source.has("started") else "date"
    found = source.parsed(name, lambda c: values.parse_moments(c, spec.day_first), bad)
    days = [each.day if each else None for each in found]
    seconds = [each.second if each else None for each in found]
    if name == "date" and source.has("time"):
        clock = source.parsed(
            "time", lambda c: values.parse_by_unique(c, values.parse_time_of_day), bad
        )
        seconds = [
            given if given is not None else own for given, own in zip(clock, seconds, strict=True)
        ]
    for at, day in enumerate(days):
        if day is None:
            bad.setdefault(at, DomainError(N_("The call has no date. Fill it in.")))
    return days, seconds


def _answered(source: Source, talk: list[int | None]) -> list[bool]:
    spoken = [bool(each) for each in talk]
    if not source.has("answered"):
        return spoken
    texts = source.texts("answered")
    table = {text: answered_of(text) for text in dict.fromkeys(texts)}
    return [
        own if (said := table[text]) is None else said
        for text, own in zip(texts, spoken, strict=True)
    ]


def _members(
    table: RawTable, source: Source, directions: list[str], preset: Preset | None
) -> list[str]:
    if preset is None or source.has("member"):
        texts = source.texts("member")
    else:
        texts = [""] * len(table)
        sides = ((OUT, preset.caller), (IN, preset.callee))
        for side, names in sides:
            for column in presets.columns_of(names, table.columns):
                cells = values.plain_texts(table.cells(column).tolist())
                for at, cell in enumerate(cells):
                    # A call that rang at several desks belongs to none of them.
                    several = "," in cell or ";" in cell or cell in ("-", "–")
                    if directions[at] == side and not texts[at] and not several:
                        texts[at] = cell
    names_by_text = {text: operator_name(text) for text in dict.fromkeys(texts)}
    return [names_by_text[text] for text in texts]


def _ids(
    table: RawTable,
    source: Source,
    preset: Preset | None,
    bad: dict[int, DomainError],
    content: tuple[Sequence[object], ...],
) -> list[str]:
    if source.has("id"):
        found = source.parsed("id", values.parse_ids, bad)
        for at, each in enumerate(found):
            if each is None:
                bad.setdefault(at, DomainError(N_("The row has no call id. Fill it in.")))
        return [each or "" for each in found]
    days, seconds, *others = content
    identity = presets.columns_of(preset.identity, table.columns) if preset else []
    if identity:
        others = [values.plain_texts(table.cells(column).tolist()) for column in identity]
        # The moment as parsed, not as written: another notation of it is the same call.
        moment = {source.column(name) for name in ("started", "date", "time")}
        pairs = zip(identity, others, strict=True)
        others = [cells for column, cells in pairs if column not in moment]
    return content_ids(zip(days, seconds, *others, strict=True))


def _repeated(ids: list[str], bad: dict[int, DomainError]) -> set[int]:
    if len(set(ids)) == len(ids):
        return set()
    seen: set[str] = set()
    again: set[int] = set()
    for at, each in enumerate(ids):
        if at in bad:
            continue
        if each in seen:
            again.add(at)
        seen.add(each)
    return again
