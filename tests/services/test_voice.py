"""What customers say: counted, passed on, answered; and tools that were tried."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Member
from ropdesk.domain.voice import Heard, Kind, State, Trial
from ropdesk.services import (
    calendar,
    facts,
    history,
    sample_voice,
    team,
    tools,
    voice,
    voice_paper,
    voice_words,
)
from ropdesk.services.facts import Entry
from ropdesk.services.tools import NewTool
from ropdesk.services.voice import NewMention
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawDeal, put_deals

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
TODAY = date(2026, 10, 22)
AT = datetime(2026, 10, 22, 9, tzinfo=UTC)


def hire(ws: Workspace, *names: str) -> list[int]:
    return [team.add(ws, Member(0, name)) for name in names]


def say(ws: Workspace, text: str = "Дорогая доставка", day: date = TODAY) -> int:
    return voice.add(ws, Kind.OBJECTION, text, NewMention(day=day))


def test_mentions_are_counted_in_the_month_and_in_the_one_before(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    made = voice.add(
        ws, Kind.NEED, " Нужна  рассрочка ",
        NewMention(day=date(2026, 9, 30), source="meeting", member_id=anna), "Условия",
    )  # fmt: skip
    for day in (date(2026, 8, 31), FIRST, LAST, TODAY):
        voice.mention(ws, made, NewMention(day=day, member_id=boris))
    other = say(ws)
    found, second = voice.voices(ws, FIRST, LAST)
    assert (found.id, second.id) == (made, other)
    assert (found.text, found.product, found.kind) == ("Нужна рассрочка", "Условия", Kind.NEED)
    assert (found.times, found.earlier, found.total, found.growth) == (3, 1, 5, 2)
    assert found.last_heard == LAST
    assert found.by_member == {boris: 3}
    assert found.by_source == {Heard.CALL: 3}
    assert voice.voice(ws, made).by_source == {Heard.CALL: 4, Heard.MEETING: 1}
    assert [v.id for v in voice.voices(ws, FIRST, LAST, "рассроч")] == [made]
    assert voice_words.trend(found) == "+2"
    assert voice_words.counts(found, {boris: "Борис"}).startswith("Борис")


def test_a_mention_keeps_who_said_it_and_can_be_taken_back(ws: Workspace) -> None:
    put_deals(ws, [RawDeal("Анна", "lost", TODAY, TODAY, title="Склад")])
    made = say(ws)
    number = voice.mention(
        ws, made, NewMention(day=TODAY, customer=" ООО  Вектор ", quote=" Дорого ", deal_id=1)
    )
    found = voice.mentions(ws, made)
    assert len(found) == 2
    assert (found[0].customer, found[0].quote, found[0].deal) == ("ООО Вектор", "Дорого", "Склад")
    voice.remove_mention(ws, number)
    assert len(voice.mentions(ws, made)) == 1
    history.undo(ws)
    assert voice.mentions(ws, made) == found


def test_what_is_heard_goes_to_the_product_side_and_comes_back(ws: Workspace) -> None:
    one, other = say(ws), say(ws, "Нет сертификата")
    with pytest.raises(DomainError, match="not said to whom"):
        voice.pass_on(ws, [one], " ", TODAY)
    with pytest.raises(DomainError, match="not passed on yet"):
        voice.answer(ws, one, State.DONE, "Готово", TODAY)
    voice.pass_on(ws, [one, other], "Логистика", TODAY)
    voice.answer(ws, one, State.ACCEPTED, "Считаем", TODAY)
    voice.answer(ws, one, State.DONE, "Снизили цену", LAST)
    found = voice.voice(ws, one)
    assert (found.state, found.answer, found.answered_on) == (State.DONE, "Снизили цену", LAST)
    assert "Снизили цену" in voice_words.state_line(found)
    assert "Логистика" in voice_words.state_line(voice.voice(ws, other))
    with pytest.raises(DomainError, match="answered already"):
        voice.pass_on(ws, [other, one], "Маркетинг", TODAY)
    assert voice.voice(ws, other).passed_to == "Логистика", "nothing of it was done"
    voice.step_back(ws, one)
    assert voice.voice(ws, one).state is State.PASSED
    voice.step_back(ws, one)
    assert (voice.voice(ws, one).state, voice.voice(ws, one).passed_on) == (State.NEW, None)


def test_entries_are_changed_removed_and_brought_back(ws: Workspace) -> None:
    made = say(ws)
    voice.change(ws, made, text="Доставка дорога", kind="refusal", product="Доставка")
    found = voice.voice(ws, made)
    assert (found.text, found.kind, found.product) == ("Доставка дорога", Kind.REFUSAL, "Доставка")
    voice.remove(ws, made)
    assert voice.voices(ws, FIRST, LAST) == []
    history.undo(ws)
    assert voice.voice(ws, made) == found
    with pytest.raises(DomainError, match="Nothing is written"):
        voice.change(ws, made, text=" ")
    with pytest.raises(KeyError):
        voice.change(ws, made, state="done")
    for refused in (voice.remove, voice.step_back, voice.voice):
        with pytest.raises(DomainError, match="entry is gone"):
            refused(ws, 404)
    with pytest.raises(DomainError, match="member is gone"):
        voice.mention(ws, made, NewMention(day=TODAY, member_id=404))


def test_reasons_of_loss_are_counted_from_deals(ws: Workspace) -> None:
    lost = RawDeal("Анна", "lost", TODAY, TODAY, amount=5_00, lost_reason="Дорого")
    put_deals(
        ws,
        [
            *[lost] * 3, replace(lost, amount=None),
            replace(lost, closed=date(2026, 9, 30)),
            replace(lost, lost_reason=""), replace(lost, status="won"),
            replace(lost, lost_reason="Ушли", closed=date(2026, 9, 1)),
        ],
    )  # fmt: skip
    [found] = voice.lost_reasons(ws, FIRST, LAST)
    assert (found.reason, found.deals, found.earlier, found.amount) == ("Дорого", 4, 1, 15_00)


def test_the_list_to_hand_over_is_the_same_bytes_twice(ws: Workspace) -> None:
    with pytest.raises(DomainError, match="Nothing was heard"):
        voice_paper.paper(ws, FIRST, AT)
    names = ["Анна", "Борис"]
    sample_voice.sample(ws, TODAY, dict(zip(names, hire(ws, *names), strict=True)))
    put_deals(ws, [RawDeal("Анна", "lost", TODAY, TODAY, lost_reason="Дорого")])
    title, pdf = voice_paper.paper(ws, FIRST, AT)
    assert title == "Что говорят клиенты, Октябрь 2026"
    assert voice_paper.paper(ws, TODAY, AT) == (title, pdf)
    page = voice_paper.sheet(ws, FIRST, AT)
    assert [heading for heading, _rows in page.groups] == ["Потребности", "Возражения", "Отказы"]
    assert page.groups[1][1][0].text == "Дорогая доставка в регионы"
    assert page.reasons[0][:2] == ("Дорого", "1")
    assert pdf.count(b"/Type /Page\n") == 1


def test_a_tool_is_tried_measured_and_kept(ws: Workspace) -> None:
    anna, boris = hire(ws, "Анна", "Борис")
    start, end = date(2026, 9, 28), date(2026, 10, 9)
    for number, day in enumerate(calendar.calendar(ws).working_days(date(2026, 9, 14), end)):
        calls = 20 if day < start else 30
        facts.enter(ws, day, [Entry(anna, "calls", calls + number % 2)])
        facts.enter(ws, day, [Entry(boris, "calls", 20 + number % 2)])
    made = tools.add(
        ws, NewTool(title="Автодозвон", first=start, last=end, metric="calls", members=(anna,))
    )
    found = tools.measure(ws, made, TODAY)
    assert found.effect is not None
    assert found.effect.total == 100
    assert (found.effect.verdict, found.effect.controlled) == ("up", True)
    assert "вычтено" in voice_words.trial_effect(found)
    assert voice_words.trial_short(found) == "+100"
    with pytest.raises(DomainError, match="conclusion"):
        tools.decide(ws, made, Trial.KEPT, TODAY)
    tools.change(ws, made, conclusion="Оставляем", cost=100_00)
    tools.decide(ws, made, Trial.KEPT, TODAY)
    tool = tools.measure(ws, made, TODAY).tool
    assert (tool.state, tool.decided_on, tool.last) == (Trial.KEPT, TODAY, end)
    tools.decide(ws, made, Trial.TRYING, TODAY)
    assert tools.measure(ws, made, TODAY).tool.decided_on is None


def test_trials_without_metric_or_days_say_so(ws: Workspace) -> None:
    [anna] = hire(ws, "Анна")
    old = tools.add(ws, NewTool(title="Бот", first=TODAY - timedelta(300)))
    young = tools.add(ws, NewTool(title="Виджет", first=TODAY, metric="calls"))
    assert [each.tool.id for each in tools.measured(ws, TODAY)] == [young, old]
    without, before = tools.measure(ws, old, TODAY), tools.measure(ws, young, TODAY)
    assert without.effect is before.effect is None
    assert voice_words.trial_effect(without) == "Показатель не выбран: измерять нечего."
    assert "первого рабочего дня" in voice_words.trial_effect(before)
    tools.set_members(ws, old, [anna])
    tools.change(ws, old, title="Чат-бот", metric="calls", why="Быстрее", last=None)
    changed = tools.measure(ws, old, TODAY).tool
    assert (changed.title, changed.metric, changed.members) == ("Чат-бот", "calls", (anna,))
    tools.change(ws, old, conclusion="Не помог")
    tools.decide(ws, old, Trial.DROPPED, TODAY)
    assert tools.measure(ws, old, TODAY).tool.last == TODAY
    tools.remove(ws, old)
    history.undo(ws)
    assert tools.measure(ws, old, TODAY).tool.members == (anna,)


def test_a_trial_refuses_what_cannot_be(ws: Workspace) -> None:
    made = tools.add(ws, NewTool(title="Бот", first=TODAY))
    for change, words in (
        ({"title": ""}, "needs a name"),
        ({"cost": -5}, "below zero"),
        ({"last": TODAY - timedelta(1)}, "ends before it begins"),
        ({"metric": "nonsense"}, "no metric"),
    ):
        with pytest.raises(DomainError, match=words):
            tools.change(ws, made, **change)
    with pytest.raises(KeyError):
        tools.change(ws, made, state="kept")
    with pytest.raises(DomainError, match="member is gone"):
        tools.set_members(ws, made, [404])
    for refused in (tools.remove, lambda w, n: tools.measure(w, n, TODAY)):
        with pytest.raises(DomainError, match="trial is gone"):
            refused(ws, 404)


def test_what_is_gone_meanwhile_is_said(ws: Workspace) -> None:
    made = say(ws)
    with pytest.raises(DomainError, match="deal is gone"):
        voice.mention(ws, made, NewMention(day=TODAY, deal_id=77))
    with pytest.raises(DomainError, match="entry is gone"):
        voice.pass_on(ws, [made, made + 1], "Логистика", TODAY)
    assert voice.voice(ws, made).state is State.NEW
