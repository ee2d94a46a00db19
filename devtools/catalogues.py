"""Catalogues of translations: collect, merge, compile, check.

People translate in small files, one per area: ``ropdesk/locale/ru/<area>.po``. From them come
``LC_MESSAGES/ropdesk.po`` (merged, for reading) and ``ropdesk.mo`` (compiled, for the program).
"""

from __future__ import annotations

import io
import os
import re
import string
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "ropdesk"
LOCALE = SOURCE / "locale"
DOMAIN = "ropdesk"
LANGUAGE = "ru"
# Lines of a header that would change with every run, or say nothing.
HEADER_NOISE = re.compile(
    r'"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|'
    r"Last-Translator|Language-Team|Generated-By): .*\n"
)
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}

Key = tuple[str | None, str]  # context and (singular) msgid


@dataclass(frozen=True)
class Found:
    """A message as the source writes it."""

    place: str
    singular: str
    plural: str | None
    context: str | None

    @property
    def key(self) -> Key:
        """What makes the message one and the same."""
        return self.context, self.singular


def key_of(message: Message) -> Key:
    """Return the context and singular msgid of a catalogue's message."""
    singular = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, singular


def forms_of(message: Message) -> tuple[str, ...]:
    """Return all translations of a message: one, or one for each plural form."""
    text = message.string
    return tuple(part or "" for part in text) if isinstance(text, (tuple, list)) else (text or "",)


def extract(source: Path = SOURCE) -> list[Found]:
    """Collect the messages of the program, in the order of files and lines."""
    found = []
    for name, line, ids, _comments, context in extract_from_dir(
        source,
        method_map=[("**.py", "python")],
        options_map={"**.py": {"encoding": "utf-8"}},
        keywords=KEYWORDS,
    ):
        path = Path(name).as_posix()
        singular, plural = ids[:2] if isinstance(ids, (tuple, list)) else (ids, None)
        message = Found(f"{source.name}/{path}:{line}", singular, plural, context)
        found.append((path, line, message))
    return [message for _path, _line, message in sorted(found, key=lambda item: item[:2])]


def read(path: Path) -> Catalog:
    """Read one .po file; a broken one raises with its line."""
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain=DOMAIN, abort_invalid=True)


def sources(folder: Path) -> list[Path]:
    """Return the .po files of a language: the merged one first, so that fragments win over it."""
    merged = folder / "LC_MESSAGES" / f"{DOMAIN}.po"
    return [*([merged] if merged.exists() else []), *sorted(folder.glob("*.po"))]


def translations(folder: Path) -> Iterator[tuple[Path, Message]]:
    """Yield every message of every .po file of a language with the file it stands in."""
    for path in sources(folder):
        for message in read(path):
            if message.id:
                yield path, message


def empty_catalogue() -> Catalog:
    """Return a catalogue with our header."""
    result = Catalog(locale=LANGUAGE, domain=DOMAIN, project="RopDesk", version="", fuzzy=False)
    result.header_comment = "# RopDesk."
    return result


def merge(folder: Path) -> Catalog:
    """Merge all translations of a language; fuzzy and empty ones are left out."""
    result = empty_catalogue()
    for _path, message in translations(folder):
        if not message.fuzzy and all(forms_of(message)):
            result.delete(message.id, context=message.context)
            result.add(message.id, message.string, context=message.context)
    return result


def compile_to(folder: Path, target: Path) -> int:
    """Write the compiled catalogue of a language in one step; return how many messages it has."""
    catalogue = merge(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, suffix=".tmp")
    with os.fdopen(descriptor, "wb") as file:
        write_mo(file, catalogue)
    Path(name).chmod(0o644)
    Path(name).replace(target)
    return len(catalogue)


def fields(text: str) -> set[str]:
    """Return the names of the ``{fields}`` in a text; a broken one counts as a field of its own."""
    try:
        return {name for _text, name, _spec, _kind in string.Formatter().parse(text) if name}
    except ValueError as error:
        return {f"<{error}>"}


def problems(found: list[Found], folder: Path) -> list[str]:
    """Compare the source with the translations.

    Returns:
        One line for each message that is untranslated, fuzzy, has other fields than the source, or
        is translated in two ways by two files.
    """
    ready: dict[Key, Message] = {}
    by_fragment: dict[Key, dict[str, tuple[str, ...]]] = defaultdict(dict)
    lines = []
    for path, message in translations(folder):
        ready[key_of(message)] = message
        if path.parent == folder:
            by_fragment[key_of(message)][path.name] = forms_of(message)
    for key, versions in by_fragment.items():
        if len(set(versions.values())) > 1:
            lines.append(f"{', '.join(sorted(versions))}: translated differently: {key[1]!r}")
    seen: set[Key] = set()
    for item in found:
        if item.key not in seen:
            seen.add(item.key)
            lines.extend(f"{item.place}: {text}" for text in _faults(item, ready.get(item.key)))
    return lines


def _faults(item: Found, message: Message | None) -> Iterator[str]:
    """Say what is wrong with the translation of one message."""
    if message is None or not any(forms_of(message)):
        yield f"untranslated: {item.singular!r}"
        return
    if message.fuzzy:
        yield f"fuzzy: {item.singular!r}"
    forms = forms_of(message)
    if (item.plural is None) != (len(forms) == 1) or not all(forms):
        yield f"plural forms are missing or not wanted: {item.singular!r}"
    wanted = fields(item.plural or item.singular)
    for form in forms:
        if form and fields(form) != wanted:
            yield f"fields of {form!r} differ from those of {item.singular!r}"


def unused(found: list[Found], folder: Path) -> list[str]:
    """Name translations that no message of the source asks for."""
    used = {item.key for item in found}
    return [
        f"{path.name}: nobody asks for {key_of(message)[1]!r}"
        for path, message in translations(folder)
        if path.parent == folder and key_of(message) not in used
    ]


def _write(catalogue: Catalog, path: Path) -> None:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER_NOISE.sub("", buffer.getvalue().decode()), encoding="utf-8")


def update() -> int:
    """Write the template, the merged and the compiled catalogue."""
    found = extract()
    template = empty_catalogue()
    merged = empty_catalogue()
    ready = merge(LOCALE / LANGUAGE)
    for item in found:
        ids = (item.singular, item.plural) if item.plural else item.singular
        template.add(ids, context=item.context)
        known = ready.get(item.singular, context=item.context)
        merged.add(ids, known.string if known else None, context=item.context)
    _write(template, LOCALE / f"{DOMAIN}.pot")
    _write(merged, LOCALE / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.po")
    print(f"{len(template)} messages in ropdesk.pot")
    return compile_all() or check()


def compile_all() -> int:
    """Compile the catalogue into the checkout."""
    target = LOCALE / LANGUAGE / "LC_MESSAGES" / f"{DOMAIN}.mo"
    print(f"{compile_to(LOCALE / LANGUAGE, target)} messages in {target.relative_to(ROOT)}")
    return 0


def check() -> int:
    """Print what is wrong with the translations; 1 if anything is."""
    lines = problems(extract(), LOCALE / LANGUAGE)
    for line in lines:
        print(line)
    print(f"{len(lines)} problems in the catalogues" if lines else "the catalogues are complete")
    return 1 if lines else 0


def main(words: list[str]) -> int:
    """Run one of: update, compile, check."""
    actions = {"update": update, "compile": compile_all, "check": check}
    if len(words) != 1 or words[0] not in actions:
        print(f"usage: dev.py catalogues [{'|'.join(actions)}]", file=sys.stderr)
        return 2
    return actions[words[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
