"""A protocol is frozen: whatever happens later, content and paper stay as they were."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ropdesk import i18n
from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.team import Member
from ropdesk.services import (
    board,
    documents,
    facts,
    history,
    meeting_run,
    metrics,
    planning,
    planning_versions,
    promises,
    protocol_json,
    protocols,
    settings,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace
from tests.reports import protocol_samples as samples
from tests.reports.test_monthly import pages
from tests.services.finishing import (
    DAY,
    MONTH,
    NAMES,
    YESTERDAY,
    Held,
    at,
    begun,
    department,
    promise,
)
from tests.services.raw import RawDeal, put_deals

END = at(9, 17)


@pytest.fixture
def held(ws: Workspace) -> Held:
    """Give a daily meeting that is running."""
    return begun(ws)


def finished(held: Held) -> protocols.Protocol:
    protocols.finish(held.ws, held.id, END)
    return content(held)


def content(held: Held, edition: int | None = None) -> protocols.Protocol:
    with held.ws.read() as connection:
        return protocols.content(connection, held.id, edition)


def state(held: Held) -> meeting_run.MeetingState:
    with held.ws.read() as connection:
        return meeting_run.meeting(connection, held.id)


@contextmanager
def raises(words: str, field: object = None) -> Iterator[None]:
    """Expect an error whose sentence has these words."""
    with pytest.raises(DomainError) as caught:
        yield
    assert re.search(words, i18n.describe(caught.value)), i18n.describe(caught.value)
    assert caught.value.fields.get("field") == field


# -- finishing


def test_what_was_said_and_who_was_there_is_frozen(held: Held):
    found = finished(held)
    assert state(held).line.state == "done"
    assert (found.year, found.number, found.day) == (2026, 1, DAY)
    assert (found.began, found.ended, found.seconds) == (at(9, 0), END, 17 * 60)
    assert found.company == "ООО «Северный ветер»"
    people = {person.name: (person.state, person.reason) for person in found.people}
    assert people[NAMES[0]] == ("present", "")
    assert people[NAMES[3]] == ("absent", "больничный")
    said = {point.section: point for point in found.points}
    assert said["repeat"].notes == "Звонок в день отправки КП"
    assert said["repeat"].avoid == "Четыре часа на счёт"
    assert said["repeat"].seconds == 12 * 60
    assert found.decisions == ("Счета готовит ассистент",)
    (given,) = found.pledges
    assert (given.name, given.amount, given.due) == (NAMES[2], 180_000_00, DAY)
    assert given.measure is not None
    assert (given.measure.unit, given.measure.scale) == (Unit.MONEY, 100)


def test_the_numbers_are_those_of_the_board_at_that_moment(held: Held):
    with held.ws.read() as connection:
        shown = board.read(connection, MONTH, DAY, codes=("receipts",), by="day")
    yesterday = next(each for each in shown.periods if each.start == YESTERDAY)
    today = next(each for each in shown.periods if each.start == DAY)
    (table,) = finished(held).tables
    whole = yesterday.department["receipts"]
    assert (table.department.fact, table.department.plan) == (whole.fact, whole.plan)
    assert table.department.completion == whole.completion
    by_name = {line.name: line for line in table.members}
    for line in yesterday.members:
        assert by_name[line.member.name].fact == line.figures["receipts"].fact
        assert by_name[line.member.name].plan == line.figures["receipts"].plan
    assert (by_name[NAMES[0]].goal, by_name[NAMES[0]].agreed) == (130_000_00, True)
    board_plan = next(
        x.figures["receipts"].plan for x in today.members if x.member.name == NAMES[1]
    )
    assert (by_name[NAMES[1]].goal, by_name[NAMES[1]].agreed) == (board_plan, False)


def change_everything(held: Held) -> None:
    """Import, enter, rename, replan, judge and drop all that the protocol speaks of."""
    ws, members = held.ws, held.members
    facts.enter(ws, YESTERDAY, [Entry(members[NAMES[0]], "receipts", 999_000_00, "ошибка")])
    put_deals(ws, [RawDeal(NAMES[2], closed=YESTERDAY, created=YESTERDAY, amount=777_000_00)])
    known = team.team(ws).members[members[NAMES[1]]]
    team.update(ws, replace(known, name="Петрова Алина", aliases=()))
    settings.change(ws, company="ООО «Южный ветер»", sales_head="Другой Человек")
    planning_versions.correct(ws, MONTH, "снижение")
    planning.set_value(ws, MONTH, "receipts", 1_000_000_00)
    planning_versions.approve(ws, MONTH, "РОП", MONTH)
    (given,) = lines(held)
    promises.move(ws, given.id, DAY + timedelta(5), "клиент попросил", DAY)
    promises.change(ws, given.id, text="Совсем другое")


def lines(held: Held) -> list[promises.PromiseLine]:
    with held.ws.read() as connection:
        return promises.lines(connection, DAY, meeting_id=held.id)


def test_nothing_later_changes_content_or_paper(held: Held):
    before = finished(held)
    paper = protocols.pdf(held.ws, held.id)
    change_everything(held)
    assert content(held) == before
    assert protocols.pdf(held.ws, held.id) == paper
    path = held.ws.path
    held.ws.close()
    again = workspace.open_workspace(path)
    try:
        assert protocols.pdf(again, held.id) == paper
        with again.read() as connection:
            assert protocols.content(connection, held.id) == before
    finally:
        again.close()


def test_a_removed_document_is_printed_again_from_what_was_frozen(held: Held):
    finished(held)
    paper = protocols.pdf(held.ws, held.id)
    with held.ws.operation("x") as operation:
        operation.conn.exec_driver_sql("DELETE FROM document")
    assert protocols.pdf(held.ws, held.id) == paper


def test_the_paper_is_an_issued_document_and_kept_once(held: Held):
    finished(held)
    (one,) = documents.issued(held.ws, protocols.KIND)
    assert one.title == "Протокол № 1 от 22.10.2026: Ежедневная координация"
    assert one.period == DAY
    paper = protocols.pdf(held.ws, held.id)
    assert documents.pdf(held.ws, one.id) == paper
    assert documents.issue(held.ws, protocols.KIND, DAY, one.title, paper) == one.id


def test_finishing_is_one_operation_and_comes_back_the_same(held: Held):
    before = finished(held)
    paper = protocols.pdf(held.ws, held.id)
    entry = history.undoable(held.ws)
    assert entry is not None
    assert i18n.label(entry.label, entry.fields) == (
        "Завершить собрание: Протокол № 1 от 22.10.2026"
    )
    history.undo(held.ws)
    assert state(held).line.state == "running"
    with raises("нет протокола"), held.ws.read() as connection:
        protocols.content(connection, held.id)
    history.redo(held.ws)
    assert content(held) == before
    assert protocols.pdf(held.ws, held.id) == paper


def test_a_finished_meeting_takes_no_words(held: Held):
    finished(held)
    with raises("новой редакци|as a new edition"):
        meeting_run.set_notes(held.ws, held.points["repeat"], "позже")
    with raises("уже завершено"):
        protocols.finish(held.ws, held.id, END)


def test_what_has_not_begun_is_not_finished(ws: Workspace):
    from ropdesk.services import meetings

    meeting = meetings.add(ws, meetings.NewMeeting(kind="own", day=DAY))
    with raises("не нач|has not begun"):
        protocols.finish(ws, meeting, END)
    with raises("нет протокола"):
        protocols.pdf(ws, meeting)
    with raises("Черновика нет"):
        protocols.draft_pdf(ws, meeting, END)
    with raises("больше нет"):
        protocols.finish(ws, meeting + 1, END)
    with raises("больше нет"):
        protocols.draft_pdf(ws, meeting + 1, END)


def test_numbers_run_through_the_year(ws: Workspace):
    members = department(ws)
    for number in (1, 2):
        held = begun(ws, "own", members)
        assert finished(held).number == number


def test_a_promise_put_off_at_the_meeting_is_on_its_paper(held: Held):
    old = promise(
        held.ws, None, held.members[NAMES[1]], text="Звонки по базе", customer="", metric="calls",
        amount=20, given=YESTERDAY - timedelta(1), due=YESTERDAY, first=YESTERDAY,
    )  # fmt: skip
    promises.move(held.ws, old, DAY, "не успел", DAY)
    moved = next(pledge for pledge in finished(held).pledges if not pledge.given)
    assert (moved.text, moved.moves, moved.due) == ("Звонки по базе", 1, DAY)
    assert "Звонки по базе (перенесено 1 раз)" in " ".join(
        pages(protocols.pdf(held.ws, held.id))
    ).replace("\u00a0", " ")


def test_yesterdays_promises_are_told_with_what_became_of_them(held: Held):
    for name, amount in ((NAMES[0], 100_000_00), (NAMES[1], 200_000_00)):
        promise(
            held.ws, None, held.members[name], text="Поступления", customer="", amount=amount,
            given=YESTERDAY, due=YESTERDAY, first=YESTERDAY,
        )  # fmt: skip
    found = finished(held)
    assert {p.name: p.verdict for p in found.checked} == {NAMES[0]: "kept", NAMES[1]: "partly"}
    assert found.kept is not None
    assert (found.kept.kept, found.kept.due) == (1, 2)
    (page,) = pages(protocols.pdf(held.ws, held.id))
    assert "Выполнено 1 из 2." in page
    assert "Обещаний выполнено" not in page  # said once


def test_private_notes_are_nowhere(held: Held):
    meeting_run.set_private(held.ws, held.id, "Секретнейшее")
    finished(held)
    with held.ws.read() as connection:
        kept = connection.exec_driver_sql("SELECT content FROM meeting_protocol").scalar_one()
        assert protocols.search(connection, "секретнейшее") == []
    assert "Секретнейшее" not in kept
    assert "Секретнейшее" not in "".join(pages(protocols.pdf(held.ws, held.id)))


@pytest.mark.parametrize("kind", ["weekly", "monthly", "director", "quality", "marketing", "own"])
def test_every_kind_has_its_form(ws: Workspace, kind: str):
    held = begun(ws, kind)
    found = finished(held)
    team_numbers = kind in {"weekly", "monthly"}
    assert bool(found.tables) == team_numbers
    assert bool(found.people) == (kind in {"weekly", "monthly", "own"})
    assert (found.month is not None) == (kind in {"weekly", "director"})  # September is unknown
    (page,) = pages(protocols.pdf(ws, held.id))
    assert "Счета готовит ассистент" in page
    assert "СтройИнвест" in page


def test_a_finished_month_is_not_forecast(ws: Workspace):
    for name, member in department(ws).items():
        facts.enter(ws, date(2026, 9, 15), [Entry(member, "receipts", len(name) * 100_000_00)])
    members = {m.name: m.id for m in team.team(ws).members.values()}
    found = finished(begun(ws, "monthly", members)).month
    assert found is not None
    assert found.month == date(2026, 9, 1)
    assert found.finished
    assert found.p50 is None


def test_an_own_metric_stays_as_it_was_named(held: Held):
    metrics.add(held.ws, Metric("boxes", "Коробки", Kind.FLOW, Unit.COUNT, builtin=False))
    promise(held.ws, held.id, None, text="Отгрузить", customer="", metric="boxes", amount=12)
    finished(held)
    paper = protocols.pdf(held.ws, held.id)
    metrics.rename(held.ws, "boxes", "Ящики")
    measure = content(held).pledges[1].measure
    assert measure is not None
    assert (measure.name, measure.scale, measure.ratio) == ("Коробки", 1, False)
    assert "Коробки: 12" in pages(paper)[0]
    assert protocols.pdf(held.ws, held.id) == paper


# -- drafts


def test_a_draft_says_so_and_leaves_nothing_behind(held: Held):
    name, paper = protocols.draft_pdf(held.ws, held.id, at(9, 10))
    assert name == "Черновик протокола от 22.10.2026"
    (page,) = pages(paper)
    assert "ЧЕРНОВИК" in page
    assert "10 минут из 20" in page
    assert documents.issued(held.ws) == []
    assert state(held).line.state == "running"


# -- editions


def test_an_edition_takes_new_words_and_keeps_the_numbers(held: Held):
    first, paper = finished(held), protocols.pdf(held.ws, held.id)
    change_numbers_only(held)
    protocols.begin_correction(held.ws, held.id)
    meeting_run.set_notes(held.ws, held.points["repeat"], "Звонок в день отправки КП и счёта")
    meeting_run.add_decision(held.ws, held.id, "Заявка до 12:00")
    promise(held.ws, held.id, held.members[NAMES[1]], text="Разобрать задачи", customer="",
            metric="", amount=None)  # fmt: skip
    later = at(11, 5, DAY + timedelta(2))
    assert protocols.issue_edition(held.ws, held.id, " решение  дополнено ", later) == 2
    second = content(held)
    assert (second.edition, second.note, second.issued) == (2, "решение дополнено", later)
    assert second.tables == first.tables
    assert (second.month, second.interim, second.kept) == (first.month, first.interim, first.kept)
    assert (second.as_of, second.began, second.ended) == (first.as_of, first.began, first.ended)
    assert second.seconds == first.seconds
    assert [point.seconds for point in second.points] == [p.seconds for p in first.points]
    assert second.decisions == ("Счета готовит ассистент", "Заявка до 12:00")
    assert [pledge.text for pledge in second.pledges] == ["Оплата", "Разобрать задачи"]
    assert state(held).line.state == "done"
    assert content(held, 1) == first
    assert protocols.pdf(held.ws, held.id, 1) == paper
    (page,) = pages(protocols.pdf(held.ws, held.id))
    assert "Редакция 2 от 24.10.2026: решение дополнено" in page.replace("\u00a0", " ")
    assert "Протокол № 1 от 22.10.2026, редакция 2" in page
    with held.ws.read() as connection:
        found = protocols.editions(connection, held.id)
    assert [(each.edition, each.note) for each in found] == [(2, "решение дополнено"), (1, "")]


def change_numbers_only(held: Held) -> None:
    facts.enter(
        held.ws, YESTERDAY, [Entry(held.members[NAMES[0]], "receipts", 999_000_00, "ошибка")]
    )


def test_a_third_edition_follows_the_second(held: Held):
    finished(held)
    for number in (2, 3):
        protocols.begin_correction(held.ws, held.id)
        assert protocols.issue_edition(held.ws, held.id, f"правка {number}", at(12, 0)) == number


def test_a_promise_put_off_later_keeps_its_day_in_the_edition(held: Held):
    finished(held)
    (given,) = lines(held)
    promises.move(held.ws, given.id, DAY + timedelta(4), "клиент попросил", DAY + timedelta(1))
    protocols.begin_correction(held.ws, held.id)
    protocols.issue_edition(held.ws, held.id, "опечатка", at(12, 0))
    (pledge,) = content(held).pledges
    assert (pledge.due, pledge.moves) == (DAY, 0)


def test_a_correction_needs_its_words(held: Held):
    finished(held)
    with raises("ничего не правят"):
        protocols.issue_edition(held.ws, held.id, "зря", END)
    protocols.begin_correction(held.ws, held.id)
    protocols.begin_correction(held.ws, held.id)  # twice is once
    with raises("что исправлено", field="note"):
        protocols.issue_edition(held.ws, held.id, "  ", END)
    with raises("длиннее 500", field="note"):
        protocols.issue_edition(held.ws, held.id, "я" * 501, END)
    with raises("Такой редакции"):
        content(held, 7)


def test_what_runs_is_not_corrected(held: Held):
    with raises("нет протокола"):
        protocols.begin_correction(held.ws, held.id)
    with raises("ничего не правят"):
        protocols.cancel_correction(held.ws, held.id)


def test_a_cancelled_correction_leaves_everything_as_it_was(held: Held):
    first = finished(held)
    given = lines(held)
    protocols.begin_correction(held.ws, held.id)
    _name, paper = protocols.draft_pdf(held.ws, held.id, at(12, 0))
    assert "ЧЕРНОВИК" in pages(paper)[0]
    decision = state(held).decisions[0]
    meeting_run.change_decision(held.ws, decision.id, "Иначе")
    meeting_run.add_decision(held.ws, held.id, "Лишнее")
    meeting_run.set_notes(held.ws, held.points["repeat"], "Не то", "")
    meeting_run.set_people(held.ws, held.id, led_by="Кто-то", secretary="Ещё")
    meeting_run.set_attendance(held.ws, held.id, held.members[NAMES[0]], "absent", "прогул")
    promise(held.ws, held.id, None, text="Лишнее обещание")
    protocols.cancel_correction(held.ws, held.id)
    assert state(held).line.state == "done"
    assert lines(held) == given
    protocols.begin_correction(held.ws, held.id)
    protocols.issue_edition(held.ws, held.id, "ничего", END)
    assert replace(content(held), edition=1, note="", issued=first.issued) == first


# -- JSON


@pytest.mark.parametrize(
    "sample", ["PAPER", "EMPTY", "SECOND", "CROWDED", "FORTY", "WORDY", "DIRECTOR"]
)
def test_json_tells_every_value_again(sample: str):
    made = getattr(samples, sample)
    assert protocol_json.read(protocol_json.write(made)) == made


def test_json_of_other_versions_is_read():
    plain = json.loads(protocol_json.write(samples.PAPER))
    plain["weather"] = "дождь"
    plain["people"][0]["mood"] = "хорошее"
    del plain["draft"], plain["points"][0]["seconds"]
    read = protocol_json.read(json.dumps(plain))
    assert read.points[0].seconds == 0
    assert not read.draft


def test_the_last_finished_meeting_is_known(ws: Workspace):
    with ws.read() as connection:
        assert protocols.last_done(connection) is None
    held = begun(ws)
    finished(held)
    with ws.read() as connection:
        assert protocols.last_done(connection) == held.id


def test_a_new_member_changes_nothing(held: Held):
    before = finished(held)
    team.add(held.ws, Member(0, "Новенький Пётр", hired=YESTERDAY))
    assert content(held) == before
