"""Search through all protocols: every word, person and promise.

A protocol never changes, so each edition is read once and remembered as words. A hit has every
word asked for as the beginning of some word; case, ё and the order of words do not matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from ropdesk import i18n
from ropdesk.i18n import _
from ropdesk.reports import protocol_words as words
from ropdesk.reports.protocol_model import Pledge, Protocol
from ropdesk.services import protocol_json
from ropdesk.store.plain import rows

KEPT = 8_192  # editions remembered: years of daily meetings
PIECES = 3
AT_ONCE = 500  # more ids than SQLite takes easily in one question
AROUND = 60  # letters shown beside a found word
_WORD = re.compile(r"[^\W_]+")
_BREAKS = re.compile(r"[ \t\r\n]+")
_GROUPS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Piece:
    """A place of a protocol where something was found.

    Attributes:
        where: the section in words.
        text: the words found with those around them.
        marks: which letters of the text were found, as (from, to).
    """

    where: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A protocol that has what was asked for.

    Attributes:
        edition: the newest one that has it; ``last`` is the newest there is.
        name: «Протокол № 214 от 22.10.2026»; ``number`` within the year.
        pieces: where it was found, a few at most; without words, what was decided or promised.
    """

    meeting_id: int
    edition: int
    last: int
    kind: str
    name: str
    title: str
    day: date
    number: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    text: str
    plain: str  # " word word", small letters without ё


@dataclass(frozen=True, slots=True)
class _Known:
    """An edition as it is searched; ``whole`` is every line's plain words."""

    name: str
    title: str
    kind: str
    day: date
    number: int | None
    members: frozenset[int]
    lines: tuple[_Line, ...]
    whole: str


_remembered: dict[tuple[str, str, int, str], _Known] = {}


def search(
    connection: Connection,
    asked: str,
    *,
    member_id: int | None = None,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
) -> list[Hit]:
    """Find protocols, newest first; without words all that the other conditions leave.

    Args:
        asked: words, each the beginning of a word in the protocol, in any order.
        member_id: who was on the list of those present, or promised something.
        kind: code of the kind of meeting.
        first, last: days of the meeting, both included.
    """
    wanted = _words(asked)
    hits: dict[int, Hit] = {}
    newest: dict[int, int] = {}
    for meeting_id, edition, known in _editions(connection, kind, first, last):
        newest.setdefault(meeting_id, edition)
        if meeting_id in hits or (member_id is not None and member_id not in known.members):
            continue
        if all(f" {word}" in known.whole for word in wanted):
            hits[meeting_id] = Hit(
                meeting_id, edition, newest[meeting_id], known.kind, known.name, known.title,
                known.day, known.number, _pieces(known, wanted),
            )  # fmt: skip
    return list(hits.values())


def _editions(
    connection: Connection, kind: str, first: date | None, last: date | None
) -> Iterator[tuple[int, int, _Known]]:
    """Give the editions of the meetings asked for, newest meeting and newest edition first."""
    found = rows(
        connection,
        "SELECT p.id, p.meeting_id, p.edition, coalesce(d.sha256, p.at) FROM meeting_protocol p"
        " JOIN meeting m ON m.id = p.meeting_id LEFT JOIN document d ON d.id = p.document_id"
        " WHERE (? = '' OR m.kind = ?) AND m.day BETWEEN ? AND ?"
        " ORDER BY m.day DESC, m.year DESC, m.number DESC, m.id DESC, p.edition DESC",
        (kind, kind, (first or date.min).isoformat(), (last or date.max).isoformat()),
    )
    place = (str(connection.engine.url), i18n.language())
    unread = [row_id for row_id, _m, _e, sha in found if (*place, row_id, sha) not in _remembered]
    if len(_remembered) + len(unread) > KEPT:
        _remembered.clear()
        unread = [row[0] for row in found]
    read = _contents(connection, unread)
    for row_id, meeting_id, edition, sha in found:
        key = (*place, row_id, sha)
        if row_id in read:
            _remembered[key] = _learn(protocol_json.read(read[row_id]))
        yield meeting_id, edition, _remembered[key]


def _contents(connection: Connection, unread: Sequence[int]) -> dict[int, str]:
    """Read what is not remembered yet, all at once where that is much."""
    if not unread:
        return {}
    if len(unread) > AT_ONCE:
        found = rows(connection, "SELECT id, content FROM meeting_protocol")
        wanted = set(unread)
        return {row_id: text for row_id, text in found if row_id in wanted}
    marks = ", ".join("?" * len(unread))
    sql = f"SELECT id, content FROM meeting_protocol WHERE id IN ({marks})"
    return dict(rows(connection, sql, tuple(unread)))


def _learn(found: Protocol) -> _Known:
    lines = tuple(_Line(where, text, _plain(text)) for where, text in _texts(found) if text.strip())
    members = {person.member_id for person in found.people}
    members |= {pledge.member_id for pledge in (*found.pledges, *found.checked)}
    return _Known(
        words.name(found), found.title, found.kind, found.day, found.number,
        frozenset(member for member in members if member is not None),
        lines, "".join(line.plain for line in lines),
    )  # fmt: skip


def _texts(found: Protocol) -> Iterator[tuple[str, str]]:
    """Give everything a protocol says in words, with the section it stands in."""
    for person in found.people:
        where = _("Absent") if person.state == words.ABSENT else _("Present")
        yield where, f"{person.name} ({person.reason})" if person.reason else person.name
    for point in found.points:
        yield point.title, point.notes
        if point.avoid.strip():
            yield _("What not to repeat"), point.avoid
    for decision in found.decisions:
        yield _("Decisions"), decision
    for pledge in found.pledges:
        yield _("Promises"), _said(pledge, found)
    for pledge in found.checked:
        yield _("Promises that were due"), f"{_said(pledge, found)}: {words.verdict(pledge)}"
    yield _("Also present"), found.guests
    yield _("Secretary"), found.secretary
    yield _("Leader of the meeting"), found.led_by
    if found.note:
        yield words.correction(found), found.note
    yield _("Protocol"), f"{words.name(found)}. {found.title}"
    for table in found.tables:
        yield table.measure.name, ", ".join(line.name for line in table.members)
    yield _("Agenda"), ". ".join(point.title for point in found.points)


def _said(pledge: Pledge, found: Protocol) -> str:
    parts = [words.promised(pledge), words.amount(pledge.measure, pledge.amount)]
    text = ", ".join([*(part for part in parts if part), words.due(pledge.due, found.day)])
    who = pledge.name or _("Sales head")
    return f"{who}: {text}"


# -- words and where they stand


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_plain(text).split()))


def _plain(text: str) -> str:
    """Bring a text to words that begin with a space each: « 180000 р счет»."""
    return "".join(f" {word}" for word in _WORD.findall(_folded(_GROUPS.sub("", text))))


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _pieces(known: _Known, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """Show where the words stand: the lines with the most of them first."""
    if not wanted:
        told = {_("Decisions"), _("Promises")}
        lines = [line for line in known.lines if line.where in told][:PIECES]
        return tuple(_piece(line, ()) for line in lines)
    having = [(sum(f" {word}" in line.plain for word in wanted), line) for line in known.lines]
    best = sorted((pair for pair in having if pair[0]), key=lambda pair: -pair[0])
    chosen: list[_Line] = []
    missing = set(wanted)
    for _count, line in best:
        new = {word for word in missing if f" {word}" in line.plain}
        if new:
            chosen.append(line)
            missing -= new
    chosen += [line for _count, line in best if line not in chosen]
    return tuple(_piece(line, wanted) for line in chosen[: max(PIECES, len(wanted))])


def _piece(line: _Line, wanted: Sequence[str]) -> Piece:
    """Cut out the words found with those around them."""
    text = _BREAKS.sub(" ", line.text.strip())
    marks = _marks(text, wanted)
    start = max(0, marks[0][0] - AROUND) if marks else 0
    end = min(len(text), (marks[-1][1] if marks else 0) + 2 * AROUND)
    end = min(end, start + 4 * AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    if end < len(text):
        end = text.rfind(" ", start, end + 1) if " " in text[start:end] else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    return Piece(
        line.where,
        f"{before}{text[start:end]}{after}",
        tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end),
    )


def _marks(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Find the beginnings of words, groups of thousands closed up: «180000» is «180 000»."""
    places = list(range(len(text)))
    for gap in reversed(list(_GROUPS.finditer(text))):
        del places[gap.start() : gap.end()]
    closed = _folded(_GROUPS.sub("", text))
    if len(closed) != len(places):  # a letter whose small form is two letters
        return []
    found = {
        (places[match.start()], places[match.start() + len(word) - 1] + 1)
        for match in _WORD.finditer(closed)
        for word in wanted
        if match[0].startswith(word)
    }
    longest: dict[int, int] = {}
    for a, b in found:
        longest[a] = max(b, longest.get(a, b))
    return sorted(longest.items())
