"""The week's action plan through its services."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.domain.week import Away, State
from ropdesk.services import (
    facts,
    history,
    investigations,
    meetings,
    planning,
    planning_versions,
    settings,
    team,
    week,
    week_series,
)
from ropdesk.services.facts import Entry
from ropdesk.services.meetings import NewMeeting
from ropdesk.services.week import ActionLine, NewAction, Occurrence, Ref, Week
from ropdesk.services.week_series import Repeat
from ropdesk.store.workspace import Workspace
from tests.store import dumps

MON = date(2026, 10, 19)
TUE, WED, THU, FRI = (MON + timedelta(n) for n in range(1, 5))
TODAY = date(2026, 10, 22)
NEXT = MON + timedelta(7)
NINE, TEN = 540, 600


@pytest.fixture
def anna(ws: Workspace) -> int:
    return team.add(ws, Member(0, "Анна", hired=date(2025, 1, 1)))


def dump(ws: Workspace) -> dumps.Dump:
    return dumps.dump(ws.path)


def new(title: str = "Разбор звонков", **values: object) -> NewAction:
    return NewAction(**({"title": title, "week": WED} | values))  # type: ignore[arg-type]


def one(ws: Workspace, **values: object) -> int:
    return week.add(ws, [new(**values)])[0]


def seen(ws: Workspace, day: date = MON) -> Week:
    return week.week(ws, day, TODAY)


def line(ws: Workspace, ref: Ref, day: date = MON) -> ActionLine:
    return next(x for x in seen(ws, day).lines if x.ref == ref)


def undone(ws: Workspace, before: object) -> None:
    """Undo takes everything back, redo brings it again, undo once more."""
    after = dump(ws)
    history.undo(ws)
    assert dump(ws) == before
    history.redo(ws)
    assert dump(ws) == after
    history.undo(ws)


def test_actions_are_added_as_one(ws: Workspace, anna: int) -> None:
    before = dump(ws)
    ids = week.add(
        ws,
        [
            new(" Разбор ", day=TUE, start=TEN, minutes=45, member_id=anna, metric="calls",
                expected=5, note=" записи "),
            new("Звонок", start=TEN, metric="", expected=3),
        ],
    )  # fmt: skip
    first, second = seen(ws).lines
    assert [first.ref, second.ref] == ids
    assert (first.title, first.owner, first.day, first.start) == ("Разбор", "Анна", TUE, TEN)
    assert (first.minutes, first.metric, first.expected, first.note) == (45, "calls", 5, "записи")
    assert (first.week, first.origin_week, first.state) == (MON, MON, State.PLANNED)
    assert (second.owner, second.day, second.start, second.expected) == ("", None, None, None)
    assert week.add(ws, []) == []
    undone(ws, before)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "  "}, "no name"),
        ({"minutes": 3}, "5 minutes"),
        ({"day": MON - timedelta(1)}, "not of this week"),
        ({"day": MON + timedelta(5)}, "day off"),
        ({"metric": "nonsense"}, "no metric"),
        ({"member_id": 99}, "gone"),
        ({"member_id": 99, "day": TUE}, "gone"),
    ],
)
def test_an_impossible_action_is_refused(
    ws: Workspace, values: dict[str, object], words: str
) -> None:
    before = dump(ws)
    with pytest.raises(DomainError, match=words):
        one(ws, **values)
    assert dump(ws) == before


def test_an_investigation_knows_its_actions(ws: Workspace) -> None:
    case = investigations.start(
        ws,
        investigations.NewInvestigation(
            question="Почему?", metric="calls", first=MON, last=FRI, opened=TODAY
        ),
    )
    later = one(ws, week=NEXT, investigation_id=case)
    sooner = one(ws, day=FRI, investigation_id=case)
    one(ws)
    assert [x.ref for x in week.of_investigation(ws, case)] == [sooner, later]


def test_moving_lengthening_and_taking_off_the_grid(ws: Workspace) -> None:
    ref = one(ws)
    before = dump(ws)
    week.place(ws, ref, TUE, NINE, 60)
    assert (line(ws, ref).day, line(ws, ref).start, line(ws, ref).minutes) == (TUE, NINE, 60)
    undone(ws, before)
    week.place(ws, ref, TUE, NINE, 60)
    week.place(ws, ref, None, NINE, 60)
    assert (line(ws, ref).day, line(ws, ref).start) == (None, None)
    for day, start, words in (
        (MON + timedelta(6), NINE, "day off"),
        (NEXT, NINE, "not of this week"),
        (TUE, 1430, "midnight"),
    ):
        with pytest.raises(DomainError, match=words):
            week.place(ws, ref, day, start, 60)
    with pytest.raises(DomainError, match="gone"):
        week.place(ws, 999, TUE, NINE, 60)


def test_an_absent_owner_is_not_given_work_but_a_full_day_is_shown(
    ws: Workspace, anna: int
) -> None:
    team.add_absence(ws, Absence(anna, AbsenceKind.VACATION, WED, WED))
    team.add_absence(ws, Absence(anna, AbsenceKind.SICK_LEAVE, THU, THU))
    team.add_absence(ws, Absence(anna, AbsenceKind.OTHER, FRI, FRI))
    ref = one(ws, member_id=anna)
    for day, words in ((WED, "on vacation"), (THU, "sick leave"), (FRI, "is away")):
        with pytest.raises(DomainError, match=f"Анна.*{words}"):
            week.place(ws, ref, day, NINE, 30)
    for _n in range(9):
        one(ws, day=TUE, minutes=60, member_id=anna)
    tuesday = seen(ws).days[1]
    assert (tuesday.rooms[anna].busy, tuesday.rooms[anna].works) == (540, 480)
    assert tuesday.overfull() == [anna]
    assert tuesday.rooms[None].free == 480
    assert seen(ws).days[2].away == {anna: Away.VACATION}
    assert seen(ws).days[2].rooms[anna].works == 0


def test_somebody_who_left_is_no_owner(ws: Workspace) -> None:
    gone = team.add(ws, Member(0, "Борис", left=TUE))
    with pytest.raises(DomainError, match="does not work in the department"):
        one(ws, member_id=gone, day=WED)
    assert [o.name for o in seen(ws).owners] == ["", "Борис"]
    assert [o.name for o in seen(ws, NEXT).owners] == [""]


def test_done_dropped_and_back(ws: Workspace) -> None:
    ref = one(ws, day=TUE)
    before = dump(ws)
    week.finish(ws, ref, WED, " помогло ")
    assert (line(ws, ref).state, line(ws, ref).done_on) == (State.DONE, WED)
    assert line(ws, ref).result == "помогло"
    week.reopen(ws, ref)
    assert dump(ws) == before
    week.drop(ws, ref, "Клиент ушёл")
    assert (line(ws, ref).state, line(ws, ref).result) == (State.DROPPED, "Клиент ушёл")
    assert seen(ws).days[1].rooms[None].busy == 0
    with pytest.raises(DomainError, match="reason"):
        week.drop(ws, ref, " ")
    week.remove(ws, ref)
    assert seen(ws).lines == ()
    history.undo(ws)
    assert line(ws, ref).state is State.DROPPED
    assert not line(ws, ref).overdue(TODAY)


def test_overdue_is_what_its_day_or_week_has_passed(ws: Workspace) -> None:
    passed, due, open_ = one(ws, day=WED), one(ws, day=THU), one(ws)
    assert [line(ws, r).overdue(TODAY) for r in (passed, due, open_)] == [True, False, False]
    assert line(ws, open_).overdue(NEXT)


def test_a_change_keeps_the_week(ws: Workspace, anna: int) -> None:
    ref = one(ws, day=TUE, start=NINE, member_id=anna, metric="calls", expected=4)
    before = dump(ws)
    week.change(ws, ref, new("Иначе", week=NEXT, day=WED, metric="", expected=4, minutes=15))
    changed = line(ws, ref)
    assert (changed.title, changed.week, changed.day, changed.start) == ("Иначе", MON, WED, None)
    assert (changed.metric, changed.expected, changed.member_id) == ("", None, None)
    undone(ws, before)
    with pytest.raises(DomainError, match="not of this week"):
        week.change(ws, ref, new(week=NEXT, day=NEXT))


def test_carrying_over_counts_and_is_one_operation(ws: Workspace) -> None:
    old = [one(ws, title=str(n), week=MON - timedelta(14), day=MON - timedelta(14)) for n in "ab"]
    done = one(ws, week=MON - timedelta(7))
    week.finish(ws, done, TUE)
    assert [x.ref for x in seen(ws).left] == old
    before = dump(ws)
    week.carry(ws, old, TODAY)
    assert seen(ws).left == ()
    assert {(x.ref, x.carried, x.day, x.origin_week) for x in seen(ws).lines} == {
        (ref, 1, None, MON - timedelta(14)) for ref in old
    }
    undone(ws, before)
    week.carry(ws, old[:1], MON - timedelta(7))
    week.carry(ws, old[:1], MON)
    assert line(ws, old[0]).carried == 2
    with pytest.raises(DomainError, match="later week"):
        week.carry(ws, old[:1], MON)
    with pytest.raises(DomainError, match="not waiting"):
        week.carry(ws, [done], MON)
    week.carry(ws, [], MON)


def daily(ws: Workspace, **values: object) -> int:
    weekdays = values.pop("weekdays", (0, 1, 2, 3, 4))
    until = values.pop("until", None)
    return week_series.add_series(
        ws, new("Планёрка", start=NINE, minutes=15, **values), Repeat(weekdays, MON, until)
    )  # type: ignore[arg-type]


def test_a_recurring_action_has_no_rows_until_it_differs(ws: Workspace, anna: int) -> None:
    series = daily(ws, member_id=anna)
    assert [x.ref for x in seen(ws).lines] == [
        Occurrence(series, MON + timedelta(n)) for n in range(5)
    ]
    assert "planned_action" not in {t for t, rows in dump(ws).items() if rows}
    before = dump(ws)
    week.finish(ws, Occurrence(series, TUE), TUE, "Провели")
    states = [x.state for x in seen(ws).lines]
    assert states == [State.PLANNED, State.DONE, *[State.PLANNED] * 3]
    undone(ws, before)
    week.place(ws, Occurrence(series, WED), THU, TEN, 30)
    moved = [x for x in seen(ws).lines if x.series_day == WED]
    assert [(x.day, x.start, x.recurring) for x in moved] == [(THU, TEN, True)]
    week.reopen(ws, Occurrence(series, WED))
    week.remove(ws, Occurrence(series, MON))
    week.drop(ws, Occurrence(series, FRI), "Отпуск")
    assert [x.series_day for x in seen(ws).lines] == [TUE, THU, WED, FRI]
    assert [len(seen(ws, NEXT).lines), len(seen(ws, MON - timedelta(7)).lines)] == [5, 0]
    assert seen(ws, NEXT).left == ()
    with pytest.raises(DomainError, match="recurs"):
        week.carry(ws, [Occurrence(series, TUE)], NEXT)
    with pytest.raises(DomainError, match="gone"):
        week.finish(ws, Occurrence(series, MON + timedelta(5)), TODAY)
    with pytest.raises(DomainError, match="gone"):
        week.finish(ws, Occurrence(99, MON), TODAY)


def test_a_holiday_moves_or_skips_what_recurs(ws: Workspace) -> None:
    """4 November 2026 is a Wednesday off: it moves to the 3rd, a daily one is skipped."""
    alone, every = daily(ws, weekdays=(2,)), daily(ws)
    lines = seen(ws, date(2026, 11, 4)).lines
    assert [x.day for x in lines if x.series_id == alone] == [date(2026, 11, 3)]
    assert [x.day for x in lines if x.series_id == every] == [
        date(2026, 11, n) for n in (2, 3, 5, 6)
    ]
    week.finish(ws, Occurrence(alone, date(2026, 11, 4)), date(2026, 11, 3))
    lines = seen(ws, date(2026, 11, 4)).lines
    assert [x.day for x in lines if x.series_id == alone] == [date(2026, 11, 3)]


def test_changing_all_the_following(ws: Workspace, anna: int) -> None:
    series = daily(ws)
    week.finish(ws, Occurrence(series, TUE), TUE)
    week.finish(ws, Occurrence(series, FRI), FRI)
    week.place(ws, Occurrence(series, THU), FRI, TEN, 15)
    before = dump(ws)
    week_series.change_following(
        ws, Occurrence(series, WED), new("Летучка", start=TEN, member_id=anna),
        Repeat((2, 3), MON, NEXT + timedelta(3)),
    )  # fmt: skip
    assert [(x.day, x.title, x.state) for x in seen(ws).lines] == [
        (MON, "Планёрка", State.PLANNED),
        (TUE, "Планёрка", State.DONE),
        (WED, "Летучка", State.PLANNED),
        (THU, "Летучка", State.PLANNED),
        (FRI, "Планёрка", State.DONE),
    ]
    following = seen(ws, NEXT).lines
    assert [(x.title, x.owner, x.start) for x in following] == [("Летучка", "Анна", TEN)] * 2
    assert seen(ws, NEXT + timedelta(7)).lines == ()
    undone(ws, before)
    repeat = week_series.repeat_of(ws, Occurrence(series, WED))
    assert repeat == Repeat((0, 1, 2, 3, 4), MON)
    week_series.change_following(ws, Occurrence(series, MON), new("Иначе"), Repeat((0,), MON))
    assert [x.title for x in seen(ws, NEXT).lines] == ["Иначе"]


@pytest.mark.parametrize(
    ("action", "repeat", "words"),
    [
        (new(" "), Repeat((0,), MON), "no name"),
        (new(), Repeat((), MON), "at least one"),
        (new(), Repeat((0,), MON, MON - timedelta(1)), "before the first"),
        (new(member_id=9), Repeat((0,), MON), "gone"),
        (new(metric="x"), Repeat((0,), MON), "no metric"),
        (new(minutes=0), Repeat((0,), MON), "5 minutes"),
    ],
)
def test_an_impossible_series_is_refused(
    ws: Workspace, action: NewAction, repeat: Repeat, words: str
) -> None:
    before = dump(ws)
    with pytest.raises(DomainError, match=words):
        week_series.add_series(ws, action, repeat)
    assert dump(ws) == before


def test_ending_what_recurs_keeps_what_was_done(ws: Workspace) -> None:
    series = daily(ws)
    week.finish(ws, Occurrence(series, TUE), TUE)
    week.finish(ws, Occurrence(series, FRI), FRI)
    week.remove(ws, Occurrence(series, THU))
    before = dump(ws)
    week_series.end_series(ws, Occurrence(series, WED))
    assert [x.day for x in seen(ws).lines] == [MON, TUE, FRI]
    undone(ws, before)
    week_series.end_series(ws, Occurrence(series, MON))
    assert [(x.day, x.recurring) for x in seen(ws).lines] == [(TUE, False), (FRI, False)]
    single = one(ws)
    for refused in (week_series.end_series, week_series.repeat_of):
        with pytest.raises(DomainError, match="does not recur"):
            refused(ws, single)


def test_a_single_action_becomes_recurring(ws: Workspace) -> None:
    ref = one(ws, day=TUE)
    before = dump(ws)
    week_series.add_series(ws, new("Каждый вторник"), Repeat((1,), TUE), instead_of=ref)
    assert [(x.title, x.day) for x in seen(ws).lines] == [("Каждый вторник", TUE)]
    undone(ws, before)


def test_arranging_fills_the_free_time(ws: Workspace, anna: int) -> None:
    team.add_absence(ws, Absence(anna, AbsenceKind.VACATION, THU, THU))
    one(ws, title="a", day=THU, start=NINE, minutes=60)
    mine, second = one(ws, title="b", minutes=60), one(ws, title="c", minutes=60)
    hers, huge = one(ws, title="d", member_id=anna), one(ws, title="e", minutes=600)
    before = dump(ws)
    assert week.arrange(ws, MON, TODAY) == 3
    assert [(line(ws, r).day, line(ws, r).start) for r in (mine, second, hers, huge)] == [
        (THU, TEN), (THU, TEN + 60), (FRI, NINE), (None, None),
    ]  # fmt: skip
    undone(ws, before)


def test_the_focus_of_a_week(ws: Workspace) -> None:
    before = dump(ws)
    week.set_focus(ws, THU, " Дожать счета ")
    assert [seen(ws).focus, seen(ws, NEXT).focus] == ["Дожать счета", ""]
    undone(ws, before)
    week.set_focus(ws, THU, "a")
    week.set_focus(ws, THU, "b")
    assert seen(ws).focus == "b"
    week.set_focus(ws, THU, "")
    assert dump(ws) == before


def test_goals_come_from_the_plans_of_both_months(ws: Workspace, anna: int) -> None:
    settings.change(ws, board=["receipts", "deals_won", "average_check", "calls", "open_deals"])
    for month, money in ((date(2026, 9, 1), 2_200_000_00), (date(2026, 10, 1), 4_400_000_00)):
        planning.set_value(ws, month, "receipts", money)
        planning.set_value(ws, month, "deals_won", 44)
        planning.distribute(ws, month, by="equal")
        planning_versions.approve(ws, month, "Смирнов", month)
    facts.enter(ws, date(2026, 9, 29), [Entry(anna, "receipts", 50_000_00)])
    facts.enter(ws, date(2026, 10, 2), [Entry(anna, "receipts", 70_000_00)])
    across = week.week(ws, date(2026, 10, 1), date(2026, 10, 1))
    days = [
        value
        for month in (9, 10)
        for view in [planning.plan(ws, date(2026, month, 1))]
        if view is not None
        for value in [view.value("receipts")]
        if value is not None
    ]
    assert days == [2_200_000_00, 4_400_000_00]
    goal = across.goals.of(None)["receipts"]
    assert goal.plan == across.goals.of(anna)["receipts"].plan
    assert goal.plan == 3 * 2_200_000_00 // 22 + 2 * 4_400_000_00 // 22
    assert (goal.fact, goal.plan_to_date) == (
        50_000_00, 3 * 2_200_000_00 // 22 + 4_400_000_00 // 22,
    )  # fmt: skip
    deals = across.goals.of(None)["deals_won"].plan
    assert deals
    check = across.goals.of(None)["average_check"].plan
    assert check == Fraction(int(goal.plan or 0), int(deals))
    assert across.goals.codes == ("receipts", "deals_won", "average_check")
    assert across.goals.planned
    assert not seen(ws, date(2027, 1, 1)).goals.planned
    assert week.week(ws, NEXT, TODAY).goals.of(None)["receipts"].fact is None


def test_the_effect_of_a_done_action(ws: Workspace, anna: int) -> None:
    boris = team.add(ws, Member(0, "Борис"))
    for day, hers, his in ((date(2026, 10, 5), 10, 40), (date(2026, 10, 12), 16, 20)):
        facts.enter(
            ws,
            day,
            [
                Entry(anna, "calls", hers), Entry(boris, "calls", his),
                Entry(anna, "deals_won", 1), Entry(anna, "inquiries", hers),
                Entry(anna, "open_deals", hers),
            ],
        )  # fmt: skip
    first = date(2026, 10, 5)

    def effect(metric: str, member: int | None, expected: int | None, as_of: date = TODAY):
        ref = one(ws, week=first, day=first, metric=metric, member_id=member, expected=expected)
        week.finish(ws, ref, date(2026, 10, 7))
        return week.week(ws, first, as_of).effects[ref]

    calls = effect("calls", anna, 5)
    assert (calls.before, calls.after, calls.change) == (10, 16, 6)
    assert (calls.better, calls.reached, calls.early) == (True, True, False)
    assert effect("calls", anna, 7).reached is False
    whole = effect("calls", None, None)
    assert (whole.before, whole.after, whole.better, whole.reached) == (50, 36, False, None)
    ratio = effect("conversion", anna, None)
    assert (ratio.before, ratio.after) == (Fraction(1000), Fraction(625))
    stock = effect("open_deals", anna, -3)
    assert (stock.change, stock.better, stock.reached) == (6, None, False)
    assert effect("open_deals", None, None).after == 16
    early = effect("calls", anna, 5, as_of=date(2026, 10, 14))
    assert (early.early, early.after, early.change) == (True, None, None)
    assert early.ready == date(2026, 10, 15)
    unknown = effect("talk_time", anna, 5)
    assert (unknown.before, unknown.after, unknown.reached) == (None, None, None)
    late = one(ws, week=TODAY, day=TODAY, metric="calls")
    assert late not in seen(ws).effects


def test_a_week_over_new_year_and_without_anything(ws: Workspace) -> None:
    daily(ws)
    over = week.week(ws, date(2027, 1, 1), TODAY)
    assert over.monday == date(2026, 12, 28)
    assert [x.day for x in over.lines] == [date(2026, 12, n) for n in (28, 29, 30)]
    assert [d.working for d in over.days] == [True, True, True, False, False]
    history.undo(ws)
    empty = seen(ws)
    assert (empty.lines, empty.left, empty.focus, empty.unplaced()) == ((), (), "", [])
    assert empty.goals.codes == ()
    assert empty.on(MON) == []


def test_sixty_members(ws: Workspace) -> None:
    ids = [team.add(ws, Member(0, f"Очень длинное имя сотрудника номер {n:02}")) for n in range(60)]
    week.add(ws, [new(day=TUE, member_id=i, minutes=60) for i in ids])
    found = seen(ws)
    assert len(found.owners) == 61
    assert [found.days[1].rooms[i].busy for i in ids] == [60] * 60


def test_an_investigation_that_is_gone_is_said(ws: Workspace) -> None:
    with pytest.raises(DomainError, match="investigation is gone"):
        one(ws, investigation_id=77)
    assert seen(ws).lines == ()


def test_meetings_take_room_in_the_day_and_are_gone_around(ws: Workspace) -> None:
    maria = team.add(ws, Member(0, "Иванова Мария"))
    nine, half_past_ten = 9 * 60, 10 * 60 + 30
    meetings.add(ws, NewMeeting(kind="daily", day=MON, start=nine, minutes=20))
    alone = meetings.add(ws, NewMeeting(kind="director", day=MON, start=nine + 30, minutes=60))
    out = meetings.add(ws, NewMeeting(kind="own", day=MON, start=14 * 60))
    meetings.skip(ws, out, "Не нужно")
    first = week.add(ws, [NewAction(title="Своё", week=MON, minutes=60)])[0]
    hers = week.add(ws, [NewAction(title="Её", week=MON, minutes=60, member_id=maria)])[0]
    day = week.week(ws, MON, MON).days[0]
    assert [one.line.title for one in day.held] == [
        "Ежедневная координация",
        "Встреча с директором",
    ]
    assert (day.rooms[None].busy, day.rooms[maria].busy) == (80, 20)
    assert week.arrange(ws, MON, MON) == 2
    placed = {line.ref: line.start for line in week.week(ws, MON, MON).lines}
    assert placed[first] == half_past_ten  # after the coordination and the talk with the director
    assert placed[hers] == nine + 30  # she is at the coordination alone
    meetings.remove(ws, alone)
    assert week.week(ws, MON, MON).days[0].rooms[None].busy == 20 + 60
