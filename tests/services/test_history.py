"""Undo, redo and history over whatever the services do, also after a restart."""

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.i18n import label
from ropdesk.services import calendar, documents, facts, files, history, imports, metrics, team
from ropdesk.services import settings as settings_service
from ropdesk.services.facts import Entry
from ropdesk.services.owners import Choice
from ropdesk.store.workspace import Workspace, create, open_workspace
from tests.services.snapshots import content

NAMES = ["Иванова Мария", "Петров Алексей", "Ким Дарья", "Ёлкина Ева", "Ли"]
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: FIRST + timedelta(n))
Act = Callable[[Workspace], object]


def somebody(ws: Workspace, pick: int) -> Member:
    """Return one of the members, or a refusal when there is none."""
    people = [m for m in team.team(ws).members.values() if m.id != team.team(ws).nobody]
    if not people:
        raise DomainError("nobody")
    return people[pick % len(people)]


@st.composite
def members(draw: st.DrawFn) -> Member:
    return Member(
        0,
        draw(st.sampled_from(NAMES)) + draw(st.sampled_from(["", " 2", " 3"])),
        draw(st.sampled_from(["", "менеджер", "стажёр"])),
        draw(st.none() | DAYS),
        None,
        tuple(draw(st.lists(st.sampled_from(["ivanova", "272", "Мария И.", "x"]), max_size=2))),
        draw(st.none() | st.integers(1, 90)),
        {day.replace(day=1): share for day, share in draw(
            st.dictionaries(DAYS, st.integers(0, 20_000), max_size=3)).items()},
    )  # fmt: skip


def _changed(old: Member, new: Member) -> Member:
    return Member(old.id, new.name, new.position, new.hired, old.left, new.aliases,
                  new.deal_limit, new.ramp)  # fmt: skip


def _absence(ws: Workspace, pick: int, start: date, days: int, kind: AbsenceKind) -> None:
    who = somebody(ws, pick)
    team.add_absence(ws, Absence(who.id, kind, start, start + timedelta(days), "x"))


def _change_absence(ws: Workspace, pick: int, start: date, days: int) -> None:
    known = team.absences(ws)
    if known:
        row = known[pick % len(known)]
        end = start + timedelta(days)
        changed = Absence(row.absence.member_id, AbsenceKind.OTHER, start, end)
        team.change_absence(ws, row.id, changed)


def _remove_absence(ws: Workspace, pick: int) -> None:
    known = team.absences(ws)
    if known:
        team.remove_absence(ws, known[pick % len(known)].id)


def _fact(ws: Workspace, pick: int, day: date, value: int | None) -> None:
    who = somebody(ws, pick)
    facts.enter(ws, day, [Entry(who.id, "receipts", value, "сверка")])


def _restore(ws: Workspace, pick: int) -> None:
    who = somebody(ws, pick)
    versions = history.record(ws, "member", who.id)
    if versions:
        history.restore(ws, versions[pick % len(versions)].change_id)


def _own_metric(ws: Workspace, number: int) -> None:
    metrics.add(
        ws, Metric(f"own_{number}", f"Мой {number}", Kind.FLOW, Unit.COUNT, Direction.UP,
                   builtin=False),
    )  # fmt: skip


PICK = st.integers(0, 9)
ACTS: st.SearchStrategy[Act] = st.one_of(
    members().map(lambda m: lambda ws: team.add(ws, m)),
    st.tuples(PICK, members()).map(
        lambda t: lambda ws: team.update(ws, _changed(somebody(ws, t[0]), t[1]))
    ),
    st.tuples(PICK, members(), members()).map(
        lambda t: (
            lambda ws: team.update_all(
                ws,
                [_changed(somebody(ws, t[0]), t[1]), _changed(somebody(ws, t[0] + 1), t[2])],
            )
        )
    ),
    PICK.map(lambda n: lambda ws: team.remove(ws, somebody(ws, n).id)),
    st.tuples(PICK, DAYS, st.integers(0, 20), st.sampled_from(AbsenceKind)).map(
        lambda t: lambda ws: _absence(ws, *t)
    ),
    st.tuples(PICK, DAYS, st.integers(-1, 20)).map(lambda t: lambda ws: _change_absence(ws, *t)),
    PICK.map(lambda n: lambda ws: _remove_absence(ws, n)),
    st.tuples(DAYS, st.none() | st.sampled_from(DayKind), st.sampled_from(["", "перенос"])).map(
        lambda t: lambda ws: calendar.set_day(ws, *t)
    ),
    st.lists(st.tuples(DAYS, st.sampled_from(DayKind)), max_size=5).map(
        lambda days: lambda ws: calendar.import_days(ws, days, "файл")
    ),
    st.just(lambda ws: calendar.reset_year(ws, 2026)),
    st.sampled_from(["", "ООО «Ромашка»", "Отдел"]).map(
        lambda text: lambda ws: settings_service.change(ws, company=text, week_days=6)
    ),
    PICK.map(lambda n: lambda ws: _own_metric(ws, n)),
    PICK.map(lambda n: lambda ws: metrics.rename(ws, f"own_{n}", f"Иначе {n}")),
    PICK.map(lambda n: lambda ws: metrics.remove(ws, f"own_{n}")),
    st.lists(st.sampled_from(["receipts", "calls", "own_1"]), max_size=3).map(
        lambda codes: lambda ws: metrics.set_board(ws, codes)
    ),
    st.tuples(PICK, DAYS, st.none() | st.integers(0, 10**9)).map(
        lambda t: lambda ws: _fact(ws, *t)
    ),
    st.tuples(DAYS, st.sampled_from(["", "слабый месяц"])).map(
        lambda t: lambda ws: documents.set_comment(ws, t[0].replace(day=1), "reasons", t[1])
    ),
    DAYS.map(lambda day: lambda ws: documents.issue(ws, "report", day, "Отчёт", str(day).encode())),
    PICK.map(lambda n: lambda ws: _restore(ws, n)),
)


def attempt(ws: Workspace, act: Act) -> None:
    """Do it, or be refused in words with nothing changed."""
    before = content(ws)
    try:
        act(ws)
    except (DomainError, KeyError):
        assert content(ws) == before


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, min_size=1, max_size=12), reopen=st.booleans())
def test_undoing_everything_gives_the_beginning_and_redoing_the_end(
    acts: list[Act], reopen: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.ropdesk"
        ws = create(path)
        states = [content(ws)]
        for act in acts:
            known = len(history.entries(ws))
            attempt(ws, act)
            if len(history.entries(ws)) > known:
                states.append(content(ws))
        for back in reversed(states[:-1]):
            if reopen:
                ws.close()
                ws = open_workspace(path)
            assert history.undo(ws) is not None
            assert content(ws) == back
        assert history.undo(ws) is None
        for forward in states[1:]:
            if reopen:
                ws.close()
                ws = open_workspace(path)
            assert history.redo(ws) is not None
            assert content(ws) == forward
        assert history.redo(ws) is None
        for entry in history.entries(ws):
            assert "{" not in label(entry.label, entry.fields)
        ws.close()


@settings(max_examples=12)
@given(steps=st.lists(st.one_of(ACTS, st.sampled_from(["undo", "redo"])), max_size=20))
def test_undo_and_redo_between_other_work_follow_one_line(steps: list[Act | str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ws = create(Path(folder) / "w.ropdesk")
        line, here = [content(ws)], 0
        for step in steps:
            if step == "undo":
                assert (history.undo(ws) is None) == (here == 0)
                here = max(0, here - 1)
            elif step == "redo":
                assert (history.redo(ws) is None) == (here == len(line) - 1)
                here = min(len(line) - 1, here + 1)
            elif callable(step):
                newest = history.undoable(ws)
                attempt(ws, step)
                if history.undoable(ws) != newest:
                    line = [*line[: here + 1], content(ws)]
                    here += 1
            assert content(ws) == line[here]
        ws.close()


def test_an_operation_that_changes_nothing_leaves_no_line_and_keeps_redo(ws: Workspace) -> None:
    settings_service.change(ws, company="А")
    settings_service.change(ws, company="Б")
    history.undo(ws)
    settings_service.change(ws, company="А")
    assert history.redoable(ws) is not None
    assert len(history.entries(ws)) == 2
    history.redo(ws)
    assert settings_service.settings(ws).company == "Б"


def test_versions_of_a_record_are_read_and_brought_back(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья", "стажёр"))
    team.update(ws, Member(who, "Ким Дарья", "менеджер"))
    team.update(ws, Member(who, "Ким Дарья", "ведущий менеджер"))
    versions = history.record(ws, "member", who)
    assert [v.after["position"] for v in versions if v.after] == [
        "ведущий менеджер",
        "менеджер",
        "стажёр",
    ]
    history.restore(ws, versions[1].change_id)
    assert team.team(ws).members[who].position == "стажёр"
    history.undo(ws)
    assert team.team(ws).members[who].position == "ведущий менеджер"


def test_a_created_record_has_no_earlier_version(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    created = history.record(ws, "member", who)[-1]
    with pytest.raises(DomainError, match="no earlier version"):
        history.restore(ws, created.change_id)


def test_a_removed_record_comes_back_whole(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    day = date(2026, 3, 2)
    gap = team.add_absence(ws, Absence(who, AbsenceKind.OTHER, day, day, "к врачу"))
    team.remove_absence(ws, gap)
    removed = history.record(ws, "absence", gap)[0]
    history.restore(ws, removed.change_id)
    assert [row.absence.note for row in team.absences(ws, who)] == ["к врачу"]


def test_a_document_comes_back_byte_for_byte(ws: Workspace) -> None:
    paper = bytes(range(256))
    number = documents.issue(ws, "report", date(2026, 3, 1), "Отчёт", paper)
    with ws.operation("Rename") as operation:
        operation.conn.exec_driver_sql("UPDATE document SET title = 'Иначе'")
    changed = history.record(ws, "document", number)[0]
    history.restore(ws, changed.change_id)
    assert documents.pdf(ws, number) == paper
    assert documents.issued(ws)[0].title == "Отчёт"


def test_a_version_that_others_have_displaced_is_refused_in_words(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья", aliases=("272",)))
    team.update(ws, Member(who, "Ким Дарья"))
    with ws.read() as connection:
        alias = connection.exec_driver_sql(
            "SELECT row_id FROM change WHERE table_name = 'member_alias' AND after IS NULL"
        ).scalar_one()
    removed = history.record(ws, "member_alias", alias)[0]
    team.add(ws, Member(0, "Ли Анна", aliases=("272",)))
    before = content(ws)
    with pytest.raises(DomainError, match="cannot come back"):
        history.restore(ws, removed.change_id)
    assert content(ws) == before


def test_the_rows_of_an_operation_are_told(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья", aliases=("272",)))
    entry = history.entries(ws)[0]
    changes = history.changes(ws, entry.id)
    assert {change.table for change in changes} == {"member", "member_alias"}
    assert changes[0].row_id == who
    assert changes[0].before is None
    assert len(changes) == entry.rows
    assert len(history.changes(ws, entry.id, limit=1)) == 1


def test_the_newest_entries_come_first_and_undone_ones_are_marked(ws: Workspace) -> None:
    for company in ("А", "Б", "В"):
        settings_service.change(ws, company=company)
    history.undo(ws)
    states = [entry.state for entry in history.entries(ws)]
    assert states == ["undone", "done", "done"]
    settings_service.change(ws, company="Г")
    assert [entry.state for entry in history.entries(ws)] == ["done", "done", "done"]
    assert len(history.entries(ws, limit=2)) == 2


def test_a_number_given_anew_does_not_bring_the_history_of_another(ws: Workspace) -> None:
    first = team.add(ws, Member(0, "Ким Дарья"))
    team.remove(ws, first)
    second = team.add(ws, Member(0, "Ли Анна"))
    assert second == first  # the storage gives the number again
    names = [v.after["name"] for v in history.record(ws, "member", second) if v.after]
    assert names == ["Ли Анна"]


def test_a_record_that_was_brought_back_keeps_its_history(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья", "стажёр"))
    team.update(ws, Member(who, "Ким Дарья", "менеджер"))
    team.remove(ws, who)
    history.restore(ws, history.record(ws, "member", who)[0].change_id)
    assert len(history.record(ws, "member", who)) == 4


def test_importing_the_same_file_again_leaves_nothing_to_undo(
    ws: Workspace, tmp_path: Path
) -> None:
    export = tmp_path / "deals.csv"
    export.write_text(
        "ID,Название сделки,Бюджет,Ответственный,Дата создания сделки,Дата закрытия,Этап сделки\n"
        "1,Трубы,100,Иванова Мария,01.10.2026 10:00:00,02.10.2026 10:00:00,Успешно реализовано\n",
        encoding="utf-8",
    )
    rows = files.read(export, files.FileSpec("deals"), date(2026, 11, 1))
    first = imports.run(ws, rows, Choice(create_all=True))
    again = imports.run(ws, rows, Choice(create_all=True))
    assert (first.created, again.created, again.unchanged) == (1, 0, 1)
    undone = history.undo(ws)
    assert undone is not None
    assert undone.fields["created"] == 1
    imports.run(ws, files.read(export, files.FileSpec("deals"), date(2026, 11, 1)), Choice())
    assert history.redoable(ws) is not None
