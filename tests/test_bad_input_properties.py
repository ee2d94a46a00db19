"""However a file is bent, it is read or refused in words, and the workspace stays sound."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.i18n import describe
from ropdesk.services import backups, files, history, import_tables, imports, team
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace, create
from tests.exchange.books import new_book

TODAY = date(2026, 11, 1)
HEAD = "ID;Название;Ответственный;Этап;Бюджет;Дата создания;Дата закрытия\n"
DEALS = HEAD + "".join(
    f'{n};"Окна; ""Уют"" {n}";Иванова Мария;Успешно реализовано;{n} 000,50 ₽;0{n}.10.2026;'
    f"{n + 10}.10.2026 12:00\n"
    for n in range(1, 9)
)
FACTS = "Сотрудник;Дата;Показатель;Значение\n" + "".join(
    f"Иванова Мария;0{n}.10.2026;Поступления;{n} 500,00\n" for n in range(1, 9)
)
PIECES = st.sampled_from(
    [b"\0", b'"', b";", b",", b"\t", b"\r", b"\n", b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"'",
     "é".encode(), "Итого".encode(), b"=1+1", b"1e400", b"-", b"99999999999999999999",
     "не закрыта".encode(), b"31.02.2026", b"\xd0", b"<table>", b"nan", b"inf", b"\x1f", b"\\"]
)  # fmt: skip
CHANGE = st.one_of(
    st.tuples(st.just("insert"), st.integers(0, 2_000), PIECES | st.binary(max_size=6)),
    st.tuples(st.just("cut"), st.integers(0, 2_000), st.integers(1, 300)),
    st.tuples(st.just("again"), st.integers(0, 2_000), st.integers(1, 300)),
    st.tuples(st.just("swap"), st.integers(0, 2_000), PIECES),
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le"])


def bend(data: bytes, changes: list[tuple[str, int, bytes | int]]) -> bytes:
    for what, where, piece in changes:
        at = where % (len(data) + 1)
        if isinstance(piece, int):
            part = data[at : at + piece]
            data = data[:at] + (part * 2 if what == "again" else b"") + data[at + piece :]
        else:
            gone = len(piece) if what == "swap" else 0
            data = data[:at] + piece + data[at + gone :]
    return data


@contextmanager
def department() -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        ws = create(Path(folder) / "w.ropdesk")
        try:
            team.add(ws, Member(0, "Иванова Мария"))
            yield ws
        finally:
            ws.close()


def take_in(ws: Workspace, file: Path, kind: str) -> str:
    """Import a file as a person would; gives the refusal, if it was refused."""
    spec = files.FileSpec(kind)
    try:
        if kind == "facts":
            import_tables.run_facts(ws, file, spec, Choice(create_all=True), TODAY)
        else:
            imports.run(ws, files.read(file, spec, TODAY), Choice(create_all=True))
    except DomainError as error:
        return describe(error)
    return ""


def is_sound(ws: Workspace) -> None:
    path = ws.path
    while history.undo(ws):
        pass
    while history.redo(ws):
        pass
    ws.close()
    assert backups.check(path).sound


@settings(max_examples=20)
@given(st.sampled_from(["deals", "facts"]), ENCODINGS, st.lists(CHANGE, max_size=4))
def test_bent_texts_are_read_or_refused_in_words(
    kind: str, encoding: str, changes: list[tuple[str, int, bytes | int]]
) -> None:
    data = bend((DEALS if kind == "deals" else FACTS).encode(encoding, "replace"), changes)
    with department() as ws:
        file = ws.path.with_name("выгрузка.csv")
        file.write_bytes(data)
        said = take_in(ws, file, kind)
        assert not said or said.rstrip().endswith((".", "?")), said
        is_sound(ws)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**22), 10**22),
    st.floats(),
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.times(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(["Итого", "Иванова Мария", "Успешно реализовано", "31.02.2026", "=A1", "#Н/Д"]),
)
PLACE = st.tuples(st.integers(1, 10), st.integers(1, 9), CELLS)


@settings(max_examples=12)
@given(st.lists(PLACE, max_size=12), st.integers(0, 3))
def test_bent_workbooks_are_read_or_refused_in_words(
    cells: list[tuple[int, int, object]], preamble: int
) -> None:
    book = new_book()
    sheet = book.active
    assert sheet is not None
    for _row in range(preamble):
        sheet.append(["Отчёт"])
    for line in DEALS.replace('"', "").splitlines():
        sheet.append(line.split(";")[:7])
    for row, column, value in cells:
        finite = not isinstance(value, float) or abs(value) < 1e300
        sheet.cell(row, column).value = value if finite else str(value)
    with department() as ws:
        file = ws.path.with_name("выгрузка.xlsx")
        book.save(file)
        said = take_in(ws, file, "deals")
        assert not said or said.rstrip().endswith((".", "?")), said
        is_sound(ws)
