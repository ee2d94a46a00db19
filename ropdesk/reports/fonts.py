"""Golos Text on paper: registration, figures of equal width, and characters it has not got."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ropdesk.domain.errors import N_, DomainError

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

REGULAR = "Golos"
MEDIUM = "Golos-Medium"
BOLD = "Golos-Bold"
FIGURES = "Golos-Figures"  # for tables and axes: every digit is equally wide
FIGURES_BOLD = "Golos-FiguresBold"

_FILES = {
    REGULAR: "GolosText_400Regular.ttf",
    MEDIUM: "GolosText_500Medium.ttf",
    BOLD: "GolosText_700Bold.ttf",
    FIGURES: "GolosText_400Regular.ttf",
    FIGURES_BOLD: "GolosText_700Bold.ttf",
}
_TABULAR = (FIGURES, FIGURES_BOLD)
_STAND_INS = {
    "\u2007": "\u00a0",  # figure space
    "\u2011": "-",  # non-breaking hyphen
    "\u2010": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\u200a": "\u2009",  # hair space
    "\t": " ",
}
_UNKNOWN = "?"
_INVISIBLE = {"Cf", "Mn", "Cc"}  # format characters, loose accents, controls
_GROUP_SPACE = 225  # thousandths of the size


def fonts_folder() -> Path:
    """Return the folder of the TTF files: inside the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources" / "fonts", package.parent / "resources" / "fonts"):
        if (folder / _FILES[REGULAR]).is_file():
            return folder
    raise DomainError(
        N_("The fonts of the printed forms are missing from {folder}. Install RopDesk again."),
        folder=str(package / "resources" / "fonts"),
    )


@cache
def register() -> None:
    """Make the fonts known to reportlab; later calls cost nothing.

    Raises:
        DomainError: the font files are not there.
    """
    from reportlab.graphics.shapes import STATE_DEFAULTS
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    folder = fonts_folder()
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file))
        if name in _TABULAR:
            _even_digits(font)
        registerFont(font)
    for plain, bold in ((REGULAR, BOLD), (FIGURES, FIGURES_BOLD), (MEDIUM, BOLD), (BOLD, BOLD)):
        for italic in (0, 1):
            addMapping(plain, 0, italic, plain)
            addMapping(plain, 1, italic, bold)
    # a drawing begins by naming this font, and reportlab's own choice is not embedded
    STATE_DEFAULTS["fontName"] = REGULAR


def width(text: str, font: str, size: float) -> float:
    """Return the width of a text in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return float(stringWidth(text, font, size))


def safe(text: str) -> str:
    """Replace characters that Golos lacks by the nearest one it has; line ends stay."""
    normal = unicodedata.normalize("NFC", text)
    known = _known_characters()
    if known.issuperset(normal):
        return normal
    return "".join(char if char in known else _stand_in(char, known) for char in normal)


def _stand_in(char: str, known: frozenset[str]) -> str:
    if char in _STAND_INS:
        return _STAND_INS[char]
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in plain if part in known)
    return kept or _UNKNOWN


@cache
def _known_characters() -> frozenset[str]:
    from reportlab.pdfbase.pdfmetrics import getFont
    from reportlab.pdfbase.ttfonts import TTFont

    register()
    faces = [font.face for name in _FILES if isinstance(font := getFont(name), TTFont)]
    common = set.intersection(*(set(face.charToGlyph) for face in faces))
    visible = {char for char in map(chr, common) if unicodedata.category(char) not in _INVISIBLE}
    return frozenset(visible | {"\n"})


def _even_digits(font: "TTFont") -> None:
    """Give every digit the same advance.

    The font's own tabular feature widens only 1, 4 and 7, so columns of figures would not align:
    its glyphs are taken where there are any, and each digit is then centred in the widest advance.
    """
    from reportlab.pdfbase.ttfonts import TTFNameBytes

    face = font.face
    # reportlab takes a font of a face it knows by name for that face, whatever it was told
    face.name = TTFNameBytes(f"GolosText-{font.fontName.removeprefix(REGULAR + '-')}".encode())
    tabular = dict(_single_substitutions(face, b"tnum"))
    digits = {
        code: tabular.get(face.charToGlyph[code], face.charToGlyph[code])
        for code in range(ord("0"), ord("9") + 1)
    }
    advance = max(face.hmetrics[glyph][0] for glyph in digits.values())
    for code, glyph in digits.items():
        own, bearing = face.hmetrics[glyph]
        face.hmetrics[glyph] = (advance, bearing + (advance - own) // 2)
        face.charToGlyph[code] = glyph
        face.charWidths[code] = advance * 1000 / face.unitsPerEm
    _widen_group_space(face)


def _widen_group_space(face: "TTFontFace") -> None:
    """Set groups of thousands apart: the font's thin space closes up at the size of a table."""
    code = 0x202F
    glyph = face.charToGlyph[code]
    face.hmetrics[glyph] = (round(face.unitsPerEm * _GROUP_SPACE / 1000), 0)
    face.charWidths[code] = _GROUP_SPACE


def _single_substitutions(face: "TTFontFace", feature: bytes) -> Iterator[tuple[int, int]]:
    """Yield (glyph, its substitute) of a feature's single substitutions (OpenType GSUB, type 1)."""
    try:
        table = face.get_chunk(*face.get_table_pos("GSUB"))
    except KeyError:
        return

    def shorts(at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", table, at)

    features, lookups = shorts(6, 2)
    wanted: set[int] = set()
    for record in range(shorts(features, 1)[0]):
        at = features + 2 + 6 * record
        if table[at : at + 4] == feature:
            start = features + shorts(at + 4, 1)[0]
            wanted.update(shorts(start + 4, shorts(start + 2, 1)[0]))
    for index in sorted(wanted):
        lookup = lookups + shorts(lookups + 2 + 2 * index, 1)[0]
        kind, _flag, subtables = shorts(lookup, 3)
        if kind != 1:
            continue
        for offset in shorts(lookup + 6, subtables):
            at = lookup + offset
            layout, coverage = shorts(at, 2)
            if layout == 2:
                glyphs = _coverage(table, at + coverage)
                yield from zip(glyphs, shorts(at + 6, shorts(at + 4, 1)[0]), strict=True)


def _coverage(table: bytes, at: int) -> list[int]:
    layout, count = struct.unpack_from(">2H", table, at)
    if layout == 1:
        return list(struct.unpack_from(f">{count}H", table, at + 4))
    glyphs: list[int] = []
    for record in range(count):
        first, last, _index = struct.unpack_from(">3H", table, at + 4 + 6 * record)
        glyphs.extend(range(first, last + 1))
    return glyphs
