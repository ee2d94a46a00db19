"""Search through all protocols: every word, person and promise."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ropdesk import i18n
from ropdesk.domain.team import Member
from ropdesk.services import history, meeting_run, protocol_json, protocols, team
from ropdesk.services.protocols import Hit
from ropdesk.store.models import Meeting, MeetingProtocol
from ropdesk.store.workspace import Workspace
from tests.reports import protocol_samples as samples
from tests.services.finishing import DAY, NAMES, at, begun, department

MANY = 1_000
QUICK = 0.3  # seconds for a thousand protocols already read once, on any machine


def put(ws: Workspace, *protocols_: protocol_json.Protocol) -> None:
    """Keep protocols as they are."""
    with ws.operation("put") as operation:
        for number, each in enumerate(protocols_, 1):
            row = Meeting(kind=each.kind, day=each.day, state="done", year=each.day.year,
                          number=each.number or number)  # fmt: skip
            operation.session.add(row)
            operation.session.flush()
            made = replace(each, meeting_id=row.id)
            operation.session.add(MeetingProtocol(
                meeting_id=row.id, edition=1, at=each.issued.isoformat(),
                content=protocol_json.write(made),
            ))  # fmt: skip


def find(ws: Workspace, asked: str = "", **more: object) -> list[Hit]:
    with ws.read() as connection:
        return protocols.search(connection, asked, **more)


@pytest.fixture
def archive(ws: Workspace) -> Workspace:
    """Keep the sample's daily meeting and one with the director, a week earlier."""
    early = replace(samples.DIRECTOR, day=DAY - timedelta(7), number=209)
    put(ws, samples.PAPER, early)
    return ws


@pytest.mark.parametrize(
    "asked",
    [
        "дорого", "ДОРОГО", "разбор звонка", "звонка РАЗБОР", "счета", "ассистент заявка",
        "Стройинвест", "строй", "180000", "180 000", "галиев спящих", "больничный", "Орлов",
        "214", "№ 214", "22.10.2026", "перезвон", "не подготовилась", "скидку директор",
        "ежедневная", "конкурс сидор",
    ],
)  # fmt: skip
def test_every_word_person_and_promise_is_found(archive: Workspace, asked: str):
    (hit,) = [hit for hit in find(archive, asked) if hit.kind == "daily"]
    assert hit.name == "Протокол № 214 от 22.10.2026"
    assert hit.pieces


@pytest.mark.parametrize("asked", ["орого", "зебра", "дорого зебра", "8000", "000000"])
def test_what_is_not_there_is_not_found(archive: Workspace, asked: str):
    assert find(archive, asked) == []


def test_yo_is_e(ws: Workspace):
    put(ws, replace(samples.PAPER, decisions=("Счёт готовит Пётр",)))
    for asked in ("счет петр", "СЧЁТ ПЁТР", "Счёт Петр"):
        assert len(find(ws, asked)) == 1


def test_marks_say_what_was_found(archive: Workspace):
    (hit,) = find(archive, "стройинв 180000")
    piece = hit.pieces[0]
    assert piece.where == "Обещания"
    assert {piece.text[a:b] for a, b in piece.marks} == {"СтройИнв", "180\u202f000"}


def test_long_notes_are_cut_around_what_was_found(ws: Workspace):
    text = f"{samples.LONG_TEXT * 5} ЗЕБРА {samples.LONG_TEXT * 5}"
    put(ws, replace(samples.PAPER, decisions=(text,)))
    ((piece,),) = [hit.pieces for hit in find(ws, "зебра")]
    assert len(piece.text) < 320
    assert piece.text.startswith("…")
    assert piece.text.endswith("…")
    ((a, b),) = piece.marks
    assert piece.text[a:b] == "ЗЕБРА"


def test_without_words_the_other_conditions_choose(archive: Workspace):
    assert [hit.kind for hit in find(archive)] == ["daily", "director"]
    assert [hit.kind for hit in find(archive, kind="director")] == ["director"]
    assert [hit.kind for hit in find(archive, first=DAY)] == ["daily"]
    assert [hit.kind for hit in find(archive, last=DAY - timedelta(1))] == ["director"]
    assert find(archive, first=DAY + timedelta(1)) == []
    assert [hit.kind for hit in find(archive, member_id=6)] == ["daily"]  # Орлов, absent
    assert find(archive, member_id=77) == []


def test_a_hit_opens_the_newest_edition_that_has_it(ws: Workspace):
    held = begun(ws)
    protocols.finish(ws, held.id, at(9, 17))
    protocols.begin_correction(ws, held.id)
    with ws.read() as connection:
        decision = meeting_run.meeting(connection, held.id).decisions[0]
    meeting_run.change_decision(ws, decision.id, "Счета готовит бухгалтер")
    protocols.issue_edition(ws, held.id, "исправлено, кто готовит", at(12, 0))
    (now,), (before,), (both,) = find(ws, "бухгалтер"), find(ws, "ассистент"), find(ws, "счета")
    assert (now.edition, before.edition, both.edition) == (2, 1, 2)
    assert {now.last, before.last, both.last} == {2}
    assert len(find(ws, "кто готовит")) == 1  # the note itself


def test_a_protocol_finished_anew_is_read_anew(ws: Workspace):
    held = begun(ws)
    protocols.finish(ws, held.id, at(9, 17))
    assert len(find(ws, "ассистент")) == 1
    history.undo(ws)
    assert find(ws, "ассистент") == []
    meeting_run.add_decision(ws, held.id, "Зебра")
    protocols.finish(ws, held.id, at(9, 17))
    assert len(find(ws, "зебра")) == 1


def test_a_member_who_left_is_found_by_name(ws: Workspace):
    members = department(ws)
    guest = team.add(ws, Member(0, "Временная Зоя", hired=date(2026, 10, 1)))
    held = begun(ws, "daily", members | {"Временная Зоя": guest})
    protocols.finish(ws, held.id, at(9, 17))
    team.remove(ws, guest)
    assert [hit.meeting_id for hit in find(ws, "временная")] == [held.id]
    assert find(ws, NAMES[0].lower())


def test_each_language_has_its_own_words(archive: Workspace):
    assert find(archive, "протокол 214")
    i18n.set_language("en")
    assert find(archive, "protocol 214")
    assert find(archive, "протокол 214") == []


def test_a_thousand_protocols_answer_at_once(ws: Workspace):
    put(ws, *(
        replace(
            samples.PAPER, day=DAY - timedelta(n), number=n + 1,
            decisions=(f"Решение номер{n} о скидке",),
        )
        for n in range(MANY)
    ))  # fmt: skip
    assert len(find(ws)) == MANY
    began = time.perf_counter()
    (hit,) = find(ws, "номер777 скидке")
    assert time.perf_counter() - began < QUICK
    assert hit.day == DAY - timedelta(777)
