"""Promotions from the idea to the conclusion, and what they brought, on invented sums."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.promotions import State
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.i18n import set_language
from ropdesk.services import (
    calendar,
    facts,
    history,
    promotion_paper,
    promotion_results,
    promotion_words,
    promotions,
    sample_promotions,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.promotions import NewPromotion
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawDeal, put_deals

FIRST, LAST = date(2026, 9, 28), date(2026, 10, 9)
BEFORE = (date(2026, 9, 14), date(2026, 9, 25))
TODAY = date(2026, 10, 22)
AT = datetime(2026, 10, 22, 9, tzinfo=UTC)


def hire(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def sell(ws: Workspace, member: int, before: int, during: int, code: str = "receipts") -> None:
    """Bring a sum on each working day, a hundred roubles more on every other."""
    days = calendar.calendar(ws).working_days(BEFORE[0], LAST)
    for number, day in enumerate(days):
        value = (before if day < FIRST else during) + 100_00 * (number % 2)
        facts.enter(ws, day, [Entry(member, code, value)])


def new(title: str = "Осенний комплект", **more: Any) -> NewPromotion:
    values: dict[str, Any] = {
        "offer": "По летней цене", "first": FIRST, "last": LAST, "budget": 10_000_00,
        "expected": 50_000_00, "created": date(2026, 9, 1),
    }  # fmt: skip
    return NewPromotion(title=title, **(values | more))


def start(ws: Workspace, made: int, state: State = State.RUNNING) -> None:
    promotions.change(ws, made, agreed_by="Смирнов")
    for step in (State.PROPOSAL, State.AGREED, State.RUNNING):
        promotions.move(ws, made, step, FIRST)
        if step is state:
            return


def test_a_promotion_goes_from_the_idea_to_the_conclusion(ws: Workspace) -> None:
    made = promotions.add(ws, NewPromotion(title="  Осенний   комплект ", created=FIRST))
    found = promotions.promotion(ws, made)
    assert (found.title, found.state) == ("Осенний комплект", State.IDEA)
    for state, fields in (
        (State.PROPOSAL, {"offer": "По летней цене"}),
        (State.AGREED, {"first": FIRST}),
        (State.AGREED, {"last": LAST}),
        (State.AGREED, {"agreed_by": " Смирнов "}),
    ):
        with pytest.raises(DomainError) as caught:
            promotions.move(ws, made, state, FIRST)
        assert caught.value.fields["field"] == next(iter(fields))
        promotions.change(ws, made, **fields)
    promotions.move(ws, made, State.AGREED, FIRST - timedelta(3))
    promotions.move(ws, made, State.RUNNING, FIRST)
    with pytest.raises(DomainError, match="conclusion"):
        promotions.move(ws, made, State.FINISHED, LAST)
    promotions.change(ws, made, conclusion="Повторить", spent=9_000_00)
    promotions.move(ws, made, State.FINISHED, LAST)
    found = promotions.promotion(ws, made)
    assert found.agreed_by == "Смирнов"
    assert (found.agreed_on, found.concluded_on) == (FIRST - timedelta(3), LAST)
    with pytest.raises(DomainError, match="period is not set"):
        promotions.change(ws, made, last=None)
    promotions.move(ws, made, State.PROPOSAL, LAST)
    found = promotions.promotion(ws, made)
    assert (found.agreed_on, found.concluded_on, found.conclusion) == (None, None, "Повторить")


def test_every_step_can_be_undone(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    made = promotions.add(ws, new(members=(anna,), sources=("Сайт",)))
    before = promotions.promotion(ws, made)
    promotions.set_members(ws, made, [boris])
    promotions.set_sources(ws, made, [" Выставка ", "", "Сайт"])
    assert promotions.promotion(ws, made).sources == ("Выставка", "Сайт")
    assert promotions.promotion(ws, made).members == (boris,)
    promotions.remove(ws, made)
    assert promotions.promotions(ws) == []
    for _step in range(3):
        history.undo(ws)
    assert promotions.promotion(ws, made) == before
    history.undo(ws)
    with pytest.raises(DomainError, match="gone"):
        promotions.promotion(ws, made)


def test_what_cannot_be_is_refused_and_nothing_changes(ws: Workspace) -> None:
    made = promotions.add(ws, new())
    before = promotions.promotion(ws, made)
    for change, words in (
        ({"title": " "}, "needs a name"),
        ({"budget": -1}, "below zero"),
        ({"last": FIRST - timedelta(1)}, "ends before it begins"),
        ({"metric": "nonsense"}, "no metric"),
    ):
        with pytest.raises(DomainError, match=words):
            promotions.change(ws, made, **change)
    with pytest.raises(KeyError):
        promotions.change(ws, made, state="finished")
    with pytest.raises(DomainError, match="member is gone"):
        promotions.set_members(ws, made, [404])
    with pytest.raises(DomainError, match="promotion is gone"):
        promotions.move(ws, 404, State.RUNNING, TODAY)
    assert promotions.promotion(ws, made) == before
    promotions.change(ws, made, metric="deals_won")
    assert promotions.promotion(ws, made).expected is None, "it was in roubles"


def test_the_list_shows_first_what_runs(ws: Workspace) -> None:
    idea = promotions.add(ws, new("Идея"))
    running = promotions.add(ws, new("Идёт"))
    start(ws, running)
    agreed = promotions.add(ws, new("Согласована"))
    start(ws, agreed, State.AGREED)
    assert [each.id for each in promotions.promotions(ws)] == [running, agreed, idea]


def test_promotions_are_events_of_their_days_from_agreed_on(ws: Workspace) -> None:
    made = promotions.add(ws, new())
    assert promotions.of_days(ws, FIRST, LAST) == []
    start(ws, made, State.AGREED)
    [found] = promotions.of_days(ws, LAST, TODAY)
    assert (found.id, found.first, found.last) == (made, FIRST, LAST)
    assert promotions.of_days(ws, LAST + timedelta(1), TODAY) == []
    assert promotions.of_days(ws, date(2026, 1, 1), FIRST - timedelta(1)) == []


def test_others_of_the_same_days_are_warned_of(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    one = promotions.add(ws, new("Первая", members=(anna,)))
    other = promotions.add(ws, new("Вторая", first=LAST, last=TODAY))
    apart = promotions.add(ws, new("Третья", members=(boris,)))
    assert promotions.overlapping(ws, one) == [], "only ideas so far"
    start(ws, other)
    start(ws, apart)
    assert [each.id for each in promotions.overlapping(ws, one)] == [other]
    assert {each.id for each in promotions.overlapping(ws, other)} == {apart}
    words = promotion_words.overlaps(promotions.overlapping(ws, one))
    assert "«Вторая» (09.10–22.10.2026)" in words


def test_the_result_is_against_those_who_went_without(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    sell(ws, anna, 1_000_00, 3_000_00)
    sell(ws, boris, 1_000_00, 1_500_00)
    made = promotions.add(ws, new(members=(anna,)))
    assert promotion_results.result(ws, made, TODAY).effect is None, "an idea has no result"
    start(ws, made)
    promotions.change(ws, made, spent=5_000_00)
    found = promotion_results.result(ws, made, TODAY)
    assert (found.before, found.after) == (BEFORE, (FIRST, LAST))
    assert found.effect is not None
    assert found.effect.verdict == "up"
    expected = Fraction(1_050_00) * Fraction(1_550_00, 1_050_00)
    assert found.gain == (3_050_00 - expected) * 10
    assert (found.against, found.took_part, found.people) == ("members", 1, 2)
    assert found.returned == found.gain / 5_000_00
    text = promotion_words.fact(found)
    assert text.startswith("От +")
    assert "участвовали 1 из 2" in text
    assert "вычтено" in promotion_words.how_measured(found)


def test_without_a_control_it_says_so(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    sell(ws, anna, 1_000_00, 1_000_00)
    made = promotions.add(ws, new())
    start(ws, made)
    found = promotion_results.result(ws, made, TODAY)
    assert found.effect is not None
    assert (found.effect.verdict, found.against, found.returned) == ("unclear", "", None)
    assert "возможно, случайность" in promotion_words.fact(found)
    assert "без неё никто не работал" in promotion_words.how_measured(found)


def test_a_running_promotion_counts_up_to_yesterday(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    sell(ws, anna, 1_000_00, 3_000_00)
    made = promotions.add(ws, new())
    start(ws, made)
    assert promotion_results.result(ws, made, FIRST).effect is None
    found = promotion_results.result(ws, made, FIRST + timedelta(2))
    assert found.after == (FIRST, FIRST + timedelta(1))
    assert found.effect is not None
    assert found.effect.verdict == "unknown"
    assert "дней слишком мало" in promotion_words.fact(found)


def test_sources_without_it_are_a_control_where_deals_tell_the_metric(ws: Workspace) -> None:
    deals = []
    for day in calendar.calendar(ws).working_days(BEFORE[0], LAST):
        more = 4 if day >= FIRST else 2
        deals += [RawDeal("Анна", created=day, closed=day, source="Сайт")] * more
        deals += [RawDeal("Анна", created=day, closed=day, source="Выставка")] * 3
    put_deals(ws, deals)
    made = promotions.add(ws, new(metric="deals_won", sources=("Сайт",), expected=20))
    start(ws, made)
    found = promotion_results.result(ws, made, TODAY)
    assert found.gain == 20
    assert (found.against, found.sources_told) == ("sources", True)
    assert "получено +20" in promotion_words.against_expected(promotions.promotion(ws, made), found)
    promotions.change(ws, made, metric="calls")
    assert not promotion_results.result(ws, made, TODAY).sources_told
    assert promotion_results.sources(ws) == ("Выставка", "Сайт")


def test_the_chart_has_the_days_before_during_and_after(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    sell(ws, anna, 1_000_00, 3_000_00)
    facts.enter(ws, date(2026, 10, 20), [Entry(anna, "receipts", 7_00)])
    made = promotions.add(ws, new())
    start(ws, made)
    detail = promotion_results.detail(ws, made, TODAY)
    parts = [point.part for point in detail.points]
    assert (parts.count("before"), parts.count("during"), parts.count("after")) == (10, 10, 7)
    assert detail.points[0].value == 1_000_00
    assert detail.points[-1].value == 7_00
    assert detail.step is State.FINISHED
    assert promotion_words.next_step(detail)


def test_days_away_are_taken_into_account(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    sell(ws, anna, 1_000_00, 1_000_00)
    days = calendar.calendar(ws).working_days(*BEFORE)
    for day in days:
        facts.enter(ws, day, [Entry(boris, "receipts", 1_050_00)])
    team.add_absence(ws, Absence(boris, AbsenceKind.VACATION, FIRST, LAST))
    made = promotions.add(ws, new())
    start(ws, made)
    found = promotion_results.result(ws, made, TODAY)
    assert found.gain == 0, "half of the people brought half of the money"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_is_the_same_bytes_twice_and_one_page(ws: Workspace, language: str) -> None:
    set_language(language)
    try:
        anna, _boris = hire(ws, "Анна", "Борис")
        sell(ws, anna, 1_000_00, 3_000_00)
        made = promotions.add(ws, new("Комплект " * 12, offer="Слово " * 500, members=(anna,)))
        empty = promotions.add(ws, NewPromotion(title="Пусто", created=FIRST))
        start(ws, made)
        title, pdf = promotion_paper.paper(ws, made, TODAY, AT)
        assert "Комплект" in title
        assert promotion_paper.paper(ws, made, TODAY, AT)[1] == pdf
        assert pdf.count(b"/Type /Page\n") == 1
        assert promotion_paper.paper(ws, empty, TODAY, AT)[1].startswith(b"%PDF")
        with pytest.raises(DomainError, match="gone"):
            promotion_paper.paper(ws, 404, TODAY, AT)
    finally:
        set_language("ru")


def test_the_sample_has_one_of_each(ws: Workspace) -> None:
    names = ["Анна", "Борис", "Вера", "Глеб", "Дина", "Егор"]
    sample_promotions.sample(ws, TODAY, dict(zip(names, hire(ws, *names), strict=True)))
    states = [each.state for each in promotions.promotions(ws)]
    assert states == [State.RUNNING, State.IDEA, State.FINISHED]
