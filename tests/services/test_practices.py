"""Findings, and the library of proven actions."""

from datetime import date

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import Verdict
from ropdesk.domain.team import Member
from ropdesk.services import history, investigations, practices, team, week
from ropdesk.services.investigations import NewInvestigation
from ropdesk.store.workspace import Workspace
from tests.services.snapshots import content

TODAY = date(2026, 10, 22)


@pytest.fixture
def case(ws: Workspace) -> int:
    """A case about receipts, decided."""
    made = investigations.start(
        ws,
        NewInvestigation(
            question="Почему «дорого»?", metric="receipts", first=date(2026, 9, 1),
            last=date(2026, 9, 30), opened=date(2026, 10, 1),
        ),
    )  # fmt: skip
    investigations.decide(ws, made, "а", "Три комплекта", TODAY, date(2026, 10, 2))
    return made


def test_a_finding_keeps_everything_and_takes_the_metric_of_its_case(
    ws: Workspace, case: int
) -> None:
    who = team.add(ws, Member(0, "Артёмова Алёна"))
    made = practices.add_finding(
        ws, case, " Звонит сразу ", TODAY, successful=False, member_id=who, note=" каждый день "
    )
    (found,) = investigations.case(ws, case, TODAY).findings
    assert found.id == made
    assert (found.text, found.note, found.metric) == ("Звонит сразу", "каждый день", "receipts")
    assert (found.successful, found.member, found.proven) == (False, "Артёмова Алёна", False)


@pytest.mark.parametrize("change", [
    {"text": "Иначе"}, {"note": "заметка"}, {"successful": False}, {"proven": True},
    {"metric": "calls"},
])  # fmt: skip
def test_a_finding_is_changed_and_taken_back(
    ws: Workspace, case: int, change: dict[str, object]
) -> None:
    made = practices.add_finding(ws, case, "Звонит сразу", TODAY)
    before = content(ws)
    practices.change_finding(ws, made, **change)
    (found,) = investigations.case(ws, case, TODAY).findings
    assert all(getattr(found, field) == value for field, value in change.items())
    history.undo(ws)
    assert content(ws) == before


def test_what_cannot_be_written_is_refused(ws: Workspace, case: int) -> None:
    made = practices.add_finding(ws, case, "Звонит сразу", TODAY)
    before = content(ws)
    with pytest.raises(DomainError, match="what is done"):
        practices.add_finding(ws, case, "  ", TODAY)
    with pytest.raises(DomainError, match="what is done"):
        practices.change_finding(ws, made, text="")
    with pytest.raises(DomainError, match="member is gone"):
        practices.change_finding(ws, made, member_id=77)
    with pytest.raises(DomainError, match="no metric"):
        practices.change_finding(ws, made, metric="nonsense")
    with pytest.raises(DomainError, match="investigation is gone"):
        practices.add_finding(ws, 77, "Звонит", TODAY)
    for step in (lambda: practices.change_finding(ws, 77, text="а"),
                 lambda: practices.prove(ws, [made, 77]),
                 lambda: practices.use(ws, 77, TODAY)):  # fmt: skip
        with pytest.raises(DomainError, match="finding is gone"):
            step()
    assert content(ws) == before


def test_removing_a_finding_is_taken_back(ws: Workspace, case: int) -> None:
    made = practices.add_finding(ws, case, "Звонит сразу", TODAY)
    before = content(ws)
    practices.remove_finding(ws, made)
    assert investigations.case(ws, case, TODAY).findings == ()
    history.undo(ws)
    assert content(ws) == before
    practices.remove_finding(ws, 77)
    assert content(ws) == before


def test_the_library_is_searched_by_beginnings_of_words_in_any_case(
    ws: Workspace, case: int
) -> None:
    who = team.add(ws, Member(0, "Артёмова Алёна"))
    one = practices.add_finding(ws, case, "Даёт ТРИ комплекта на выбор", TODAY, member_id=who)
    two = practices.add_finding(ws, None, "Звонит в день отправки (КП)", TODAY, metric="calls")
    practices.add_finding(ws, case, "Даёт скидку", TODAY)
    practices.prove(ws, [one, two])

    def found(words: str, metric: str = "") -> list[int]:
        return [practice.id for practice in practices.library(ws, words, metric)]

    assert found("") == [two, one]
    assert found("дает комп") == [one]
    assert found("ДАЁТ") == [one]
    assert found("артемова") == [one]
    assert found("дорого") == [one]
    assert found("кп") == [two]
    assert found("омплекта") == []
    assert found("три звонит") == []
    assert found("", "calls") == [two]
    assert found("три", "calls") == []
    practices.prove(ws, [one], proven=False)
    assert found("") == [two]
    history.undo(ws)
    assert found("") == [two, one]


def test_a_month_quotes_what_proved_itself_in_it(ws: Workspace, case: int) -> None:
    one = practices.add_finding(ws, case, "Три комплекта", date(2026, 9, 30))
    practices.add_finding(ws, None, "Известно давно", date(2026, 8, 31), proven=True)
    investigations.verdict(ws, case, Verdict.PARTLY, "", TODAY, prove=[one])
    assert [p.text for p in practices.quotable(ws, date(2026, 10, 15))] == ["Три комплекта"]
    assert [p.text for p in practices.quotable(ws, date(2026, 8, 1))] == ["Известно давно"]
    assert practices.quotable(ws, date(2026, 9, 1)) == []
    (quoted,) = practices.quotable(ws, date(2026, 10, 1))
    assert (quoted.verdict, quoted.question) == (Verdict.PARTLY, "Почему «дорого»?")
    assert quoted.measured_in == "receipts"


def test_a_decision_that_helped_becomes_a_practice(ws: Workspace, case: int) -> None:
    investigations.verdict(ws, case, Verdict.HELPED, "", TODAY, prove_decision=True)
    (one,) = practices.library(ws)
    assert (one.text, one.metric, one.successful) == ("Три комплекта", "receipts", True)


def test_a_proven_action_is_copied_into_a_week_for_each_owner(ws: Workspace, case: int) -> None:
    who = team.add(ws, Member(0, "Артёмова Алёна"))
    made = practices.add_finding(ws, case, "Три комплекта", TODAY, proven=True)
    before = content(ws)
    assert len(practices.use(ws, made, TODAY, (None, who))) == 2
    rows = content(ws)["planned_action"]
    assert len(rows) == 2
    assert all("Три комплекта" in row for row in rows)
    assert all("receipts" in row for row in rows)
    history.undo(ws)
    assert content(ws) == before
    assert week.of_investigation(ws, case) == []
