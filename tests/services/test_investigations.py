"""Investigations: every step, its undo, what is refused, and the numbers before and after."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest

from ropdesk.domain import investigations as rules
from ropdesk.domain.errors import DomainError
from ropdesk.domain.investigations import State, Verdict
from ropdesk.domain.metrics import Kind
from ropdesk.domain.team import Member
from ropdesk.services import facts as daily
from ropdesk.services import history, investigations, practices, team, week
from ropdesk.services.facts import Entry
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace
from tests.services.snapshots import content

TODAY = date(2026, 10, 22)
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
LONG = "Константинопольский-Задунайский Аполлинарий"  # more than forty letters
Step = Callable[[Workspace, int], object]


def new(**other: object) -> NewInvestigation:
    values: dict[str, object] = {
        "question": "Почему упали звонки?", "metric": "calls", "first": FIRST, "last": LAST,
        "opened": TODAY,
    }  # fmt: skip
    return NewInvestigation(**{**values, **other})  # type: ignore[arg-type]


def get(ws: Workspace, case_id: int, today: date = TODAY) -> investigations.Case:
    return investigations.case(ws, case_id, today)


@pytest.fixture
def who(ws: Workspace) -> tuple[int, int]:
    """Two members who call 10 times a day in September and 14 from 5 October on."""
    members = tuple(
        team.add(ws, Member(0, name, hired=date(2025, 1, 1))) for name in (LONG, "Ким Дарья")
    )
    day = FIRST
    while day <= TODAY:
        if day.weekday() < 5:
            calls = 10 if day < date(2026, 10, 5) else 14
            daily.enter(ws, day, [Entry(one, "calls", calls + day.day % 2) for one in members])
        day += timedelta(1)
    return members[0], members[1]


@pytest.fixture
def decided(ws: Workspace, who: tuple[int, int]) -> int:
    """A case about one of them, decided on 4 October, to be measured on 22 October."""
    case = investigations.start(ws, new(members=(who[0],)))
    investigations.decide(ws, case, "мало времени", "звонки с 9 до 11", TODAY, date(2026, 10, 4))
    return case


def test_a_case_begins_with_what_was_given(ws: Workspace, who: tuple[int, int]) -> None:
    case = investigations.start(ws, new(question="  Почему\nзвонки?  ", members=(*who, who[0]),
                                        kind="success", notes=" послушать "))  # fmt: skip
    shown = get(ws, case)
    assert (shown.question, shown.notes) == ("Почему звонки?", "послушать")
    assert shown.state is State.OPEN
    assert shown.kind == "success"
    assert set(shown.member_ids) == set(who)
    assert shown.members == ("Ким Дарья", LONG)
    assert (shown.verdict, shown.remeasure_on, shown.before_value) == (None, None, None)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"question": "  "}, "question"),
        ({"question": "я" * 201}, "question"),
        ({"first": LAST, "last": FIRST}, "period"),
        ({"members": (999,)}, "members"),
        ({"metric": "nonsense"}, None),
        ({"notes": "я" * 4001}, "notes"),
    ],
)
def test_what_cannot_begin_leaves_nothing(
    ws: Workspace, other: dict[str, object], field: str | None
) -> None:
    before = content(ws)
    with pytest.raises(DomainError) as refused:
        investigations.start(ws, new(**other))
    assert refused.value.fields.get("field") == field
    assert content(ws) == before


def test_a_signal_is_marked_as_opened_and_free_again_when_its_case_goes(ws: Workspace) -> None:
    case = investigations.start(ws, new(source="signal", source_key="usual:calls"))
    marks = content(ws)["signal_mark"]
    assert len(marks) == 1
    assert "opened" in marks[0]
    assert case in marks[0]
    investigations.delete_investigation(ws, case)
    assert content(ws)["signal_mark"] == []
    history.undo(ws)
    assert content(ws)["signal_mark"] == marks


STEPS: dict[str, Step] = {
    "question": lambda ws, n: investigations.change(ws, n, question="Другой вопрос"),
    "texts": lambda ws, n: investigations.change(ws, n, notes="а", cause="б", decision="в"),
    "metric": lambda ws, n: investigations.change(ws, n, metric="receipts"),
    "period": lambda ws, n: investigations.change(ws, n, first=FIRST - timedelta(7)),
    "kind": lambda ws, n: investigations.change(ws, n, kind="success"),
    "nobody": lambda ws, n: investigations.set_members(ws, n, ()),
    "decide": lambda ws, n: investigations.decide(
        ws, n, "причина", "решение", TODAY + timedelta(9), TODAY
    ),
    "later": lambda ws, n: investigations.change(ws, n, remeasure_on=TODAY + timedelta(5)),
    "verdict": lambda ws, n: investigations.verdict(
        ws, n, Verdict.HELPED, "да", TODAY, prove_decision=True
    ),
    "reopen": investigations.reopen,
    "delete": investigations.delete_investigation,
    "finding": lambda ws, n: practices.add_finding(ws, n, "звонит утром", TODAY),
    "action": lambda ws, n: week.add(
        ws, [NewAction(title="Звонить утром", week=TODAY, investigation_id=n)]
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_taken_back_and_brought_back(ws: Workspace, decided: int, step: str) -> None:
    before = content(ws)
    STEPS[step](ws, decided)
    after = content(ws)
    assert after != before
    history.undo(ws)
    assert content(ws) == before
    history.redo(ws)
    assert content(ws) == after


def test_a_decision_needs_its_cause_its_words_and_a_later_day(
    ws: Workspace, who: tuple[int, int]
) -> None:
    case = investigations.start(ws, new())
    before = content(ws)
    for cause, decision, day, field in (
        ("", "решение", TODAY + timedelta(7), "cause"),
        ("причина", " ", TODAY + timedelta(7), "decision"),
        ("причина", "решение", None, "remeasure_on"),
        ("причина", "решение", TODAY, "remeasure_on"),
    ):
        with pytest.raises(DomainError) as refused:
            investigations.decide(ws, case, cause, decision, day, TODAY)
        assert refused.value.fields["field"] == field
    with pytest.raises(DomainError, match="Nothing is decided"):
        investigations.verdict(ws, case, Verdict.HELPED, "", TODAY)
    assert content(ws) == before
    assert investigations.compare(ws, case, TODAY) is None


def test_what_is_acted_upon_keeps_a_day_of_measurement(ws: Workspace, decided: int) -> None:
    for values in (
        {"remeasure_on": None},
        {"remeasure_on": date(2026, 10, 4)},
        {"last": TODAY + timedelta(30)},
    ):
        with pytest.raises(DomainError) as refused:
            investigations.change(ws, decided, **values)
        assert refused.value.fields["field"] == "remeasure_on"
    investigations.change(ws, decided, cause="")
    assert get(ws, decided).cause == ""


def test_it_is_due_on_its_day_and_stands_first(ws: Workspace, decided: int) -> None:
    other = investigations.start(ws, new(question="Другое", opened=TODAY + timedelta(1)))
    early = TODAY - timedelta(1)
    assert investigations.due(ws, early) == []
    assert not get(ws, decided, early).due
    assert [line.id for line in investigations.due(ws, TODAY)] == [decided]
    assert [line.id for line in investigations.cases(ws, TODAY)] == [decided, other]
    investigations.verdict(ws, decided, Verdict.UNCLEAR, "", TODAY)
    assert investigations.due(ws, TODAY + timedelta(90)) == []
    assert [line.id for line in investigations.cases(ws, TODAY)] == [other, decided]


def test_the_numbers_stand_before_and_after_as_raw_sql_counts_them(
    ws: Workspace, decided: int, who: tuple[int, int]
) -> None:
    found = investigations.compare(ws, decided, TODAY)
    assert found is not None
    assert found.effect is not None
    assert found.before == (FIRST, LAST)
    assert found.after == (date(2026, 10, 5), TODAY)
    assert found.complete
    for value, (first, last) in (
        (found.effect.before, found.before), (found.effect.after, found.after),
    ):  # fmt: skip
        with ws.read() as connection:
            total, days = connection.exec_driver_sql(
                "SELECT sum(value), count(DISTINCT day) FROM daily_value "
                "WHERE metric = 'calls' AND member_id = ? AND day BETWEEN ? AND ?",
                (who[0], first.isoformat(), last.isoformat()),
            ).one()
        assert value == Fraction(total, days)
    assert found.effect.verdict == "up"


def test_after_ends_today_while_the_measurement_is_ahead(ws: Workspace, decided: int) -> None:
    found = investigations.compare(ws, decided, date(2026, 10, 9))
    assert found is not None
    assert found.after == (date(2026, 10, 5), date(2026, 10, 9))
    assert not found.complete
    nothing = investigations.compare(ws, decided, date(2026, 10, 4))
    assert nothing is not None
    assert nothing.effect is None


def test_a_verdict_keeps_the_numbers_as_they_stood(
    ws: Workspace, decided: int, who: tuple[int, int]
) -> None:
    good = practices.add_finding(ws, decided, "звонит утром", TODAY)
    bad = practices.add_finding(ws, decided, "пишет письма", TODAY, successful=False)
    found = investigations.compare(ws, decided, TODAY)
    investigations.verdict(ws, decided, Verdict.HELPED, " стало лучше ", TODAY, prove=[good])
    shown = get(ws, decided)
    assert found is not None
    assert found.effect is not None
    assert (shown.state, shown.verdict, shown.verdict_text) == (
        State.CLOSED, Verdict.HELPED, "стало лучше",
    )  # fmt: skip
    kept = [rules.measured(v, Kind.FLOW) for v in (shown.before_value, shown.after_value)]
    for stored, measured in zip(kept, (found.effect.before, found.effect.after), strict=True):
        assert stored is not None
        assert measured is not None
        assert abs(stored - measured) <= Fraction(1, 200)
    assert {f.id for f in shown.findings if f.proven} == {good}
    daily.enter(ws, TODAY, [Entry(who[0], "calls", 500)])
    assert get(ws, decided).after_value == shown.after_value
    assert bad in {f.id for f in shown.findings}


def test_what_did_not_help_puts_nothing_into_the_library(ws: Workspace, decided: int) -> None:
    good = practices.add_finding(ws, decided, "звонит утром", TODAY)
    investigations.verdict(
        ws, decided, Verdict.NOT_HELPED, "", TODAY, prove=[good], prove_decision=True
    )
    assert investigations.library(ws) == []
    assert len(get(ws, decided).findings) == 1


def test_a_closed_case_keeps_what_its_verdict_rests_upon(
    ws: Workspace, decided: int, who: tuple[int, int]
) -> None:
    investigations.verdict(ws, decided, Verdict.PARTLY, "", TODAY)
    before = content(ws)
    refused: list[Callable[[], object]] = [
        lambda: investigations.change(ws, decided, metric="receipts"),
        lambda: investigations.change(ws, decided, first=FIRST - timedelta(1)),
        lambda: investigations.change(ws, decided, remeasure_on=TODAY + timedelta(1)),
        lambda: investigations.set_members(ws, decided, who),
        lambda: investigations.verdict(ws, decided, Verdict.HELPED, "", TODAY),
        lambda: investigations.decide(ws, decided, "а", "б", TODAY + timedelta(3), TODAY),
    ]
    for step in refused:
        with pytest.raises(DomainError):
            step()
    assert content(ws) == before
    investigations.change(ws, decided, verdict_text="иначе")
    investigations.reopen(ws, decided)
    shown = get(ws, decided)
    assert (shown.state, shown.verdict, shown.after_value) == (State.ACTING, None, None)
    investigations.reopen(ws, decided)
    shown = get(ws, decided)
    assert (shown.state, shown.decided_on) == (State.OPEN, None)
    assert shown.decision == "звонки с 9 до 11"


def test_a_removed_case_leaves_its_proven_findings_and_its_actions(
    ws: Workspace, decided: int
) -> None:
    practices.add_finding(ws, decided, "просто заметка", TODAY)
    (action,) = week.add(ws, [NewAction(title="Звонить", week=TODAY, investigation_id=decided)])
    good = practices.add_finding(ws, decided, "звонит утром", TODAY)
    investigations.verdict(ws, decided, Verdict.HELPED, "", TODAY, prove=[good])
    investigations.delete_investigation(ws, decided)
    with pytest.raises(DomainError, match="is gone"):
        get(ws, decided)
    (left,) = investigations.library(ws)
    assert (left.id, left.investigation_id, left.verdict) == (good, None, None)
    assert week.of_investigation(ws, decided) == []
    assert any(action in row for row in content(ws)["planned_action"])
    for step in (investigations.reopen, investigations.delete_investigation):
        with pytest.raises(DomainError, match="is gone"):
            step(ws, decided)


def test_a_field_that_is_not_there_is_our_mistake(ws: Workspace, decided: int) -> None:
    with pytest.raises(KeyError):
        investigations.change(ws, decided, state="closed")
    with pytest.raises(KeyError):
        practices.change_finding(ws, 1, investigation_id=2)


def test_an_empty_workspace_has_no_cases(ws: Workspace) -> None:
    assert investigations.cases(ws, TODAY) == []
    assert investigations.due(ws, TODAY) == []
    assert investigations.library(ws) == []
    case = investigations.start(ws, new())
    investigations.decide(ws, case, "а", "б", TODAY, date(2026, 10, 4))
    found = investigations.compare(ws, case, TODAY)
    assert found is not None
    assert found.effect is not None
    assert (found.effect.before, found.effect.after) == (None, None)
    investigations.verdict(ws, case, Verdict.UNCLEAR, "", TODAY)
    assert get(ws, case).after_value is None
