"""Every message of the program is there in Russian, whole and with the same fields."""

from pathlib import Path

import pytest

from devtools import catalogues
from devtools.catalogues import Found, problems, unused

RUSSIAN = catalogues.LOCALE / catalogues.LANGUAGE
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
ROWS = """
msgid "{n} row"
msgid_plural "{n} rows"
msgstr[0] "{n} строка"
msgstr[1] "{n} строки"
msgstr[2] "{n} строк"
"""


def complain(lines: list[str]) -> None:
    if lines:
        pytest.fail(f"{len(lines)} messages:\n" + "\n".join(lines), pytrace=False)


def test_every_message_is_translated() -> None:
    complain(problems(catalogues.extract(), RUSSIAN))


def test_every_translation_is_asked_for() -> None:
    complain(unused(catalogues.extract(), RUSSIAN))


def test_there_are_messages_to_check() -> None:
    assert len(catalogues.extract()) > 30


def translated(folder: Path, *texts: str) -> Path:
    for number, text in enumerate(texts):
        (folder / f"area{number}.po").write_text(HEADER + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("translation", "complaint"),
    [
        ('msgid "Hello"\nmsgstr "Привет"', "untranslated"),
        ('msgid "{n} won"\nmsgstr ""', "untranslated"),
        ('#, fuzzy\nmsgid "{n} won"\nmsgstr "{n} оплат"', "fuzzy"),
        ('msgid "{n} won"\nmsgstr "{m} оплат"', "fields"),
        ('msgid "{n} won"\nmsgstr "оплаты"', "fields"),
        ('msgid "{n} won"\nmsgstr "{n оплат"', "fields"),
        ('msgctxt "chip"\nmsgid "{n} won"\nmsgstr "{n} оплат"', "untranslated"),
    ],
)
def test_a_bad_translation_is_named(tmp_path: Path, translation: str, complaint: str) -> None:
    found = [Found("ui/board.py:7", "{n} won", None, None)]
    [line] = problems(found, translated(tmp_path, translation))
    assert line.startswith("ui/board.py:7: ")
    assert complaint in line


def test_a_good_translation_is_left_alone(tmp_path: Path) -> None:
    found = [
        Found("a.py:1", "{n} won", None, None),
        Found("a.py:2", "{n} row", "{n} rows", None),
        Found("a.py:3", "May", None, "month"),
    ]
    month = 'msgctxt "month"\nmsgid "May"\nmsgstr "май"'
    folder = translated(tmp_path, 'msgid "{n} won"\nmsgstr "{n} оплат"', ROWS, month)
    assert problems(found, folder) == []
    assert unused(found, folder) == []


@pytest.mark.parametrize("form", [0, 1, 2])
def test_a_missing_plural_form_is_named(tmp_path: Path, form: int) -> None:
    holed = "\n".join(
        f'msgstr[{form}] ""' if line.startswith(f"msgstr[{form}]") else line
        for line in ROWS.splitlines()
    )
    lines = problems([Found("a.py:2", "{n} row", "{n} rows", None)], translated(tmp_path, holed))
    assert "plural forms" in lines[0]


def test_two_files_may_not_disagree(tmp_path: Path) -> None:
    folder = translated(
        tmp_path, 'msgid "Won"\nmsgstr "Оплачено"', 'msgid "Won"\nmsgstr "Выиграно"'
    )
    [line] = problems([Found("a.py:1", "Won", None, None)], folder)
    assert line == "area0.po, area1.po: translated differently: 'Won'"


def test_nobody_asks_is_named(tmp_path: Path) -> None:
    assert unused([], translated(tmp_path, 'msgid "Old"\nmsgstr "Старое"')) == [
        "area0.po: nobody asks for 'Old'"
    ]


def test_extraction_knows_the_programs_keywords(tmp_path: Path) -> None:
    source = tmp_path / "room"
    source.mkdir()
    (source / "page.py").write_text(
        '_("One {a}", a=1)\nN_("Two")\nngettext("{n} row", "{n} rows", 3)\n'
        'pgettext("month", "May")\n_(variable)\n',
        encoding="utf-8",
    )
    assert {(item.context, item.singular, item.plural) for item in catalogues.extract(source)} == {
        (None, "One {a}", None),
        (None, "Two", None),
        (None, "{n} row", "{n} rows"),
        ("month", "May", None),
    }


def test_compiling_keeps_contexts_and_plurals(tmp_path: Path) -> None:
    import gettext

    month = 'msgctxt "month"\nmsgid "May"\nmsgstr "май"'
    fuzzy = '#, fuzzy\nmsgid "Won"\nmsgstr "Выиграно"'
    target = tmp_path / "out" / "ropdesk.mo"
    assert catalogues.compile_to(translated(tmp_path, month, ROWS, fuzzy), target) == 2
    with target.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.pgettext("month", "May") == "май"
    assert [compiled.ngettext("{n} row", "{n} rows", n) for n in (1, 2, 5, 11, 21)] == [
        "{n} строка",
        "{n} строки",
        "{n} строк",
        "{n} строк",
        "{n} строка",
    ]
    assert compiled.gettext("Won") == "Won"
