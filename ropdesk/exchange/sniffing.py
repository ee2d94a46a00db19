"""What a file is, judged by its bytes: format, encoding, delimiter, quotes, header row."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError
from ropdesk.exchange.headers import known_share, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 64 * 1024
HEADER_WITHIN = 60
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
    b"MZ", b"\x7fELF", b"SQLite format 3",
    b"II*\x00", b"MM\x00*", b"OggS", b"ID3", b"\x00\x00\x01\x00",
)  # fmt: skip
# Code pages of Russian programs: the library's name → ours.
_CODE_PAGES = {
    "cp1251": "cp1251", "cp866": "cp866", "koi8_r": "koi8-r", "mac_cyrillic": "mac_cyrillic",
}  # fmt: skip
_RUSSIAN = frozenset("оеаинтсрвлкмдпуяыьгзбчйОЕАИНТСРВЛКМДПУ")


def kind_of(head: bytes) -> str:
    """Name the container by the first bytes: ``zip``, ``ole2``, ``text`` or ``binary``."""
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "zip"
    if head.startswith(_OLE2):
        return "ole2"
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "binary"
    if head.startswith(b"BM") and b"\x00" not in head[:16]:
        return "text"
    return "binary" if head.startswith(_BINARY) else "text"


def encoding_of(data: bytes) -> str:
    """Guess an encoding: by BOM, UTF-16 by its zeros, UTF-8, then Russian code pages."""
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[: 4096 // 2 * 2]
    if b"\x00" in sample:
        for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
            high = sample[offset::2]
            if high and sum(byte in (0, 4, 0x20) for byte in high) / len(high) > 0.95:
                return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _mostly_utf8(data) else _code_page(data[:SAMPLE])
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char in _RUSSIAN for char in text[:SAMPLE])
    return bad * 20 < good


def _code_page(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    # A letter with a mark between Latin letters is a name such as «José», not Russian.
    western = re.findall(rb"[A-Za-z][\x80-\xff][A-Za-z]", sample)
    if len(western) * 4 > sum(byte >= 0x80 for byte in sample):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(_CODE_PAGES), threshold=0.5).best()
    return _CODE_PAGES[best.encoding] if best and best.encoding in _CODE_PAGES else "cp1251"


def decode(data: bytes, encoding: str | None) -> tuple[str, str]:
    """Decode a text; bytes that mean nothing become U+FFFD, so their rows can be refused.

    Returns:
        The text with plain line ends, and its encoding, found out when not given.

    Raises:
        DomainError: an unknown encoding, or NUL characters (not a text at all).
    """
    text = None
    if encoding is None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        text = _plain_utf8(data)
    chosen = encoding or ("utf-8" if text is not None else encoding_of(data))
    try:
        if text is None:
            text = data.decode(chosen, "replace")
    except LookupError:
        raise DomainError(
            N_("There is no encoding «{encoding}». Choose utf-8, cp1251 or utf-16."),
            encoding=chosen,
        ) from None
    text = text.removeprefix("\ufeff")
    zero = text.find("\x00")
    if zero >= 0:
        raise DomainError(
            N_(
                "Line {line} holds zero bytes, so this is not a text table or it is damaged. "
                "Export the file again."
            ),
            line=text.count("\n", 0, zero) + 1,
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, chosen


def _plain_utf8(data: bytes) -> str | None:
    """Decode the usual case in one pass: valid UTF-8 that cannot be UTF-16."""
    if b"\x00" in data[:4096]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is written."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None


def split(text: str, dialect: Dialect, limit: int | None = None) -> list[tuple[int, list[str]]]:
    """Split a text into records, each with the 1-based physical line it starts on."""
    lines = text.splitlines(keepends=True) if limit is None else text.split("\n", limit * 50)
    if limit is not None:
        lines = [line + "\n" for line in lines]
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        doublequote=True,
    )
    records: list[tuple[int, list[str]]] = []
    start = 1
    for record in reader:
        records.append((start, record))
        start = reader.line_num + 1
        if limit is not None and len(records) >= limit:
            break
    return records


def dialect_of(text: str, delimiter: str | None = None) -> Dialect:
    """Guess delimiter and quotes from the beginning of a text."""
    sample = text[:SAMPLE]
    if len(text) > SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    first = sample[: sample.find("\n")] if "\n" in sample else sample
    if delimiter is None and re.fullmatch(r'"?sep=[;,|\t]"?', first.strip(" ")):
        delimiter = first.strip(' "')[-1]
    candidates = (delimiter,) if delimiter else DELIMITERS
    best = max((Dialect(mark) for mark in candidates), key=lambda each: _score(sample, each))
    return Dialect(best.delimiter, _quote(sample, best.delimiter), _escape(sample))


def _score(sample: str, dialect: Dialect) -> tuple[float, int]:
    records = [row for _, row in split(sample, dialect, 200) if any(row)]
    if not records:
        return (0.0, 0)
    known = max(known_share(row) for row in records[:HEADER_WITHIN])
    widths = Counter(len(row) for row in records)
    width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
    if width < 2:
        return (known, 0)
    return (known + rows / len(records), width)


def _quote(sample: str, delimiter: str) -> str:
    lines = [line for line in sample.split("\n")[:20] if line.strip()]
    wrapped = [
        line
        for line in lines
        if delimiter in line
        and all(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in line.split(delimiter))
    ]
    return "'" if lines and len(wrapped) * 2 > len(lines) else '"'


def _escape(sample: str) -> str | None:
    inside = re.search(r'[^\\;,|\t\n]\\"[^;,|\t\n"]', sample)
    return "\\" if inside and '""' not in sample else None


_NUMBER = re.compile(r"[\s\d.,:/+%–₽$€()T-]*\d[\s\d.,:/+%–₽$€()TZ-]*")


def header_at(records: Sequence[Sequence[object]]) -> int:
    """Find which of the first records is the header: a known export's, or the first row of names.

    Returns:
        0-based index of the record.
    """
    shares = [(known_share([_text(cell) for cell in row]), -at) for at, row in enumerate(records)]
    if shares:
        share, at = max(shares)
        if share >= 0.5 and sum(bool(_text(cell)) for cell in records[-at]) > 2:
            return -at
    filled = [sum(bool(_text(cell)) for cell in row) for row in records]
    if not any(filled):
        return 0
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    usual = max(usual, sorted(filled)[len(filled) // 2])
    for at, row in enumerate(records):
        enough = filled[at] >= max(1, 0.7 * usual) and (filled[at] > 1 or usual == 1)
        if enough and not any(_is_value(cell) for cell in row):
            return at
    return next(at for at, count in enumerate(filled) if count >= min(usual, max(filled)))


def _text(cell: object) -> str:
    return "" if cell is None else normal(str(cell))


def _is_value(cell: object) -> bool:
    if cell is None or cell == "":
        return False
    return not isinstance(cell, str) or bool(_NUMBER.fullmatch(cell.strip()))
