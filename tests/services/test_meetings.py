"""Meetings, their kinds and recurring ones through the services."""

from datetime import date, timedelta

import pytest

from ropdesk import i18n
from ropdesk.domain.calendar import DayKind
from ropdesk.domain.errors import DomainError
from ropdesk.domain.meetings import BUILTIN, Rule, Section, State
from ropdesk.services import calendar, history, meeting_kinds, meetings
from ropdesk.services.meeting_kinds import AgendaLine
from ropdesk.services.meetings import MeetingLine, NewMeeting, NewSeries, Occurrence, Ref
from ropdesk.store.workspace import Workspace
from tests.store import dumps

MON = date(2026, 10, 19)
TUE, WED, THU, FRI = (MON + timedelta(n) for n in range(1, 5))
NINE, TEN = 540, 600
SHORT = [AgendaLine(Section.TODAY, "", 7), AgendaLine(Section.FREE, "Разное", 3)]


def seen(ws: Workspace, first: date = MON, last: date = MON + timedelta(13)) -> list[MeetingLine]:
    with ws.read() as connection:
        return meetings.between(connection, first, last)


def line(ws: Workspace, ref: Ref) -> MeetingLine:
    with ws.read() as connection:
        return meetings.line(connection, ref)


def points(ws: Workspace, ref: Ref) -> list[tuple[str, int]]:
    with ws.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT title, minutes FROM meeting_point WHERE meeting_id = ? ORDER BY position",
            (meetings.line(connection, ref).id,),
        )
        return [tuple(row) for row in found]


def agenda(ws: Workspace, code: str) -> list[AgendaLine]:
    with ws.read() as connection:
        return meeting_kinds.agenda(connection, code)


def daily(ws: Workspace, weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)) -> int:
    return meetings.add_series(
        ws, NewSeries(kind="daily", rule=Rule(MON, weekdays), start=NINE, place="Переговорная")
    )


def prepare(ws: Workspace, ref: Ref, title: str = "Акция ноября") -> None:
    """Do what the preparation does: a point of one's own."""
    from ropdesk.store.models import MeetingPoint

    with ws.operation("Prepare") as operation:
        row = meetings.ensure(operation, ref)
        operation.session.add(MeetingPoint(meeting_id=row.id, position=99, title=title))


def state(ws: Workspace, ref: Ref, to: State) -> None:
    with ws.operation("Course") as operation:
        meetings.ensure(operation, ref).state = to.value


# -- meetings


def test_a_single_meeting_takes_its_kinds_limit_and_agenda(ws: Workspace) -> None:
    made = meetings.add(ws, NewMeeting(kind="director", day=THU, start=TEN, place="Кабинет 7"))
    found = line(ws, made)
    assert (found.ref, found.id, found.title) == (made, made, "Встреча с директором")
    assert (found.day, found.start, found.minutes, found.place) == (THU, TEN, 45, "Кабинет 7")
    assert found.state is State.PLANNED
    assert not found.recurring
    assert [minutes for _title, minutes in points(ws, made)] == [10, 10, 15, 10]
    assert points(ws, made)[1][0] == "Сигналы и отклонения"


def test_adding_is_one_operation(ws: Workspace) -> None:
    before = dumps.dump(ws.path)
    meetings.add(ws, NewMeeting(kind="weekly", day=THU))
    history.undo(ws)
    assert dumps.dump(ws.path) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing"},
        {"minutes": 2},
        {"start": 1435},
    ],
)
def test_a_meeting_that_cannot_be_is_refused(ws: Workspace, wrong: dict[str, object]) -> None:
    before = dumps.dump(ws.path)
    values: dict[str, object] = {"kind": "weekly", "day": THU, **wrong}
    with pytest.raises(DomainError):
        meetings.add(ws, NewMeeting(**values))  # type: ignore[arg-type]
    assert dumps.dump(ws.path) == before


def test_recurring_meetings_have_no_rows_until_one_is_touched(ws: Workspace) -> None:
    series = daily(ws)
    found = seen(ws)
    assert [each.day for each in found] == [
        MON + timedelta(n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)
    ]
    assert {each.id for each in found} == {None}
    assert {(each.title, each.place, each.start) for each in found} == {
        ("Ежедневная координация", "Переговорная", NINE)
    }
    prepare(ws, Occurrence(series, WED))
    again = seen(ws)
    assert [each.ref for each in again] == [each.ref for each in found]
    touched = next(each for each in again if each.id is not None)
    assert touched.ref == Occurrence(series, WED)
    assert line(ws, touched.id) == touched
    assert len(points(ws, touched.ref)) == len(BUILTIN["daily"].agenda) + 1


def test_a_move_needs_a_reason_and_is_counted(ws: Workspace) -> None:
    ref = Occurrence(daily(ws), WED)
    with pytest.raises(DomainError):
        meetings.move(ws, ref, THU, TEN, " ")
    assert line(ws, ref).id is None
    meetings.move(ws, ref, THU, TEN, "Выезд к клиенту")
    found = line(ws, ref)
    assert (found.day, found.start, found.moved_from, found.moved) == (THU, TEN, WED, 1)
    assert found.reason == "Выезд к клиенту"
    assert [each.start for each in seen(ws, THU, THU)] == [NINE, TEN]
    assert not seen(ws, WED, WED)
    with pytest.raises(DomainError) as told:
        meetings.move(ws, ref, THU, TEN, "Ещё раз")
    assert told.value.fields["field"] == "day"
    meetings.move(ws, ref, THU, NINE + 15, "Пробка")
    assert (line(ws, ref).moved, line(ws, ref).moved_from) == (2, THU)
    history.undo(ws)
    history.undo(ws)
    assert line(ws, ref).id is None


def test_a_skipped_meeting_stays_with_its_reason_and_can_be_held_after_all(ws: Workspace) -> None:
    ref = Occurrence(daily(ws), FRI)
    with pytest.raises(DomainError):
        meetings.skip(ws, ref, "")
    meetings.skip(ws, ref, "Выставка")
    assert (line(ws, ref).state, line(ws, ref).reason) == (State.SKIPPED, "Выставка")
    assert not points(ws, ref)
    with pytest.raises(DomainError):
        meetings.move(ws, ref, THU, None, "Раньше")
    meeting_kinds.set_agenda(ws, "daily", SHORT)
    meetings.restore(ws, ref)
    assert (line(ws, ref).state, line(ws, ref).reason) == (State.PLANNED, "")
    assert points(ws, ref) == [("План на день", 7), ("Разное", 3)]
    with pytest.raises(DomainError):
        meetings.restore(ws, ref)


def test_what_was_held_is_neither_moved_nor_deleted(ws: Workspace) -> None:
    made = meetings.add(ws, NewMeeting(kind="weekly", day=THU))
    meetings.change(ws, made, title="Итоги", minutes=50, place="Зал")
    assert (line(ws, made).title, line(ws, made).minutes, line(ws, made).place) == (
        "Итоги",
        50,
        "Зал",
    )
    state(ws, made, State.DONE)
    for refused in (
        lambda: meetings.move(ws, made, FRI, None, "Поздно"),
        lambda: meetings.skip(ws, made, "Поздно"),
        lambda: meetings.remove(ws, made),
        lambda: meetings.change(ws, made, title="Иначе"),
    ):
        with pytest.raises(DomainError):
            refused()


def test_only_single_meetings_are_deleted(ws: Workspace) -> None:
    ref = Occurrence(daily(ws), WED)
    with pytest.raises(DomainError):
        meetings.remove(ws, ref)
    made = meetings.add(ws, NewMeeting(kind="own", day=WED))
    meetings.remove(ws, made)
    with pytest.raises(DomainError):
        line(ws, made)


def test_unknown_names_are_refused(ws: Workspace) -> None:
    series = daily(ws, (0,))
    for ref in (77, Occurrence(series, TUE), Occurrence(99, MON)):
        with pytest.raises(DomainError):
            line(ws, ref)
        with pytest.raises(DomainError):
            meetings.skip(ws, ref, "Нет")


def test_the_next_meeting_of_a_kind(ws: Workspace) -> None:
    series = daily(ws)
    with ws.read() as connection:
        assert meetings.next_of(connection, "weekly", MON) is None
        found = meetings.next_of(connection, "daily", FRI)
    assert found is not None
    assert found.ref == Occurrence(series, MON + timedelta(7))
    meetings.skip(ws, found.ref, "Праздник отдела")
    monthly = meetings.add_series(ws, NewSeries(kind="monthly", rule=Rule(MON, month_day=-1)))
    with ws.read() as connection:
        after = meetings.next_of(connection, "daily", FRI)
        assert after is not None
        assert after.day == MON + timedelta(8)
        month = meetings.next_of(connection, "monthly", MON)
    assert month is not None
    assert (month.ref, month.day) == (Occurrence(monthly, date(2026, 10, 1)), date(2026, 10, 30))


def test_the_production_calendar_is_respected(ws: Workspace) -> None:
    daily(ws, (2,))
    days = [each.day for each in seen(ws, date(2026, 11, 2), date(2026, 11, 12))]
    assert days == [date(2026, 11, 3), date(2026, 11, 11)]
    calendar.set_day(ws, date(2026, 11, 11), DayKind.DAY_OFF, "День отдела")
    days = [each.day for each in seen(ws, date(2026, 11, 2), date(2026, 11, 12))]
    assert days == [date(2026, 11, 3), date(2026, 11, 10)]


# -- recurring ones


def test_a_changed_series_keeps_earlier_times_and_what_was_decided(ws: Workspace) -> None:
    series = daily(ws)
    state(ws, Occurrence(series, MON), State.DONE)
    meetings.skip(ws, Occurrence(series, THU), "Выезд")
    prepare(ws, Occurrence(series, FRI))
    prepare(ws, Occurrence(series, MON + timedelta(8)))
    new = NewSeries(kind="daily", rule=Rule(MON, (0, 3, 4)), start=TEN, minutes=15)
    other = meetings.change_series(ws, series, new, WED)
    assert other != series
    found = {(each.day, each.start, each.state) for each in seen(ws)}
    assert found == {
        (MON, NINE, State.DONE), (TUE, NINE, State.PLANNED), (THU, NINE, State.SKIPPED),
        (FRI, TEN, State.PLANNED), (MON + timedelta(7), TEN, State.PLANNED),
        (MON + timedelta(8), NINE, State.PLANNED),  # prepared, so it stays as a single one
        (MON + timedelta(10), TEN, State.PLANNED), (MON + timedelta(11), TEN, State.PLANNED),
    }  # fmt: skip
    single = next(each for each in seen(ws) if each.day == MON + timedelta(8))
    assert not single.recurring
    assert len(points(ws, Occurrence(other, FRI))) == len(BUILTIN["daily"].agenda) + 1


def test_a_series_that_has_not_begun_is_changed_in_place(ws: Workspace) -> None:
    series = daily(ws)
    new = NewSeries(kind="daily", rule=Rule(MON, (1,)), start=None, title="Летучка")
    assert meetings.change_series(ws, series, new, MON) == series
    assert [(each.day, each.start, each.title) for each in seen(ws)] == [
        (TUE, None, "Летучка"),
        (TUE + timedelta(7), None, "Летучка"),
    ]


def test_an_ended_series_is_one_undo(ws: Workspace) -> None:
    series = daily(ws)
    prepare(ws, Occurrence(series, FRI))
    prepare_undone = Occurrence(series, MON + timedelta(7))
    meetings.move(ws, prepare_undone, MON + timedelta(8), NINE, "Перенос")
    with ws.operation("Touch") as operation:
        meetings.ensure(operation, Occurrence(series, MON + timedelta(9)))
    before = dumps.dump(ws.path)
    meetings.end_series(ws, series, THU)
    assert [each.day for each in seen(ws)] == [MON, TUE, WED, FRI, MON + timedelta(8)]
    history.undo(ws)
    assert dumps.dump(ws.path) == before
    meetings.end_series(ws, series, MON)
    assert [each.day for each in seen(ws)] == [FRI, MON + timedelta(8)]
    with ws.read() as connection:
        assert not meetings.series(connection)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": Rule(MON)},
        {"rule": Rule(MON, (0,), until=MON - timedelta(1))},
        {"kind": "nothing"},
        {"minutes": 1},
    ],
)
def test_a_series_that_cannot_be_is_refused(ws: Workspace, wrong: dict[str, object]) -> None:
    values: dict[str, object] = {"kind": "daily", "rule": Rule(MON, (0,)), **wrong}
    with pytest.raises(DomainError):
        meetings.add_series(ws, NewSeries(**values))  # type: ignore[arg-type]
    with pytest.raises(DomainError):
        meetings.end_series(ws, 5, MON)


def test_a_monthly_series_is_read_as_it_was_written(ws: Workspace) -> None:
    rule = Rule(MON, month_day=-1, until=date(2027, 1, 1))
    series = meetings.add_series(ws, NewSeries(kind="monthly", rule=rule, start=TEN))
    with ws.read() as connection:
        found = meetings.one_series(connection, series)
    assert (found.rule, found.start, found.minutes) == (rule, TEN, 90)


# -- kinds


def test_kinds_are_named_in_the_language_of_the_moment(ws: Workspace) -> None:
    with ws.read() as connection:
        titles = [kind.title for kind in meeting_kinds.kinds(connection)]
        assert titles[:3] == [
            "Ежедневная координация", "Еженедельное собрание", "Ежемесячное собрание",
        ]  # fmt: skip
        i18n.set_language("en")
        assert meeting_kinds.kind(connection, "daily").title == "Daily coordination"
        assert meeting_kinds.agenda(connection, "daily")[0].words == "Yesterday's fact"


def test_a_kind_is_changed_and_given_its_name_back(ws: Workspace) -> None:
    meeting_kinds.change_kind(ws, "daily", title="Планёрка отдела", minutes=15, team=False)
    with ws.read() as connection:
        found = meeting_kinds.kind(connection, "daily")
    assert (found.title, found.minutes, found.team, found.builtin) == (
        "Планёрка отдела",
        15,
        False,
        True,
    )
    meeting_kinds.change_kind(ws, "daily", title="")
    with ws.read() as connection:
        assert meeting_kinds.kind(connection, "daily").title == "Ежедневная координация"
    made = meetings.add(ws, NewMeeting(kind="daily", day=THU))
    assert line(ws, made).minutes == 15


def test_own_kinds_have_names_of_their_own(ws: Workspace) -> None:
    code = meeting_kinds.add_kind(ws, "Пятиминутка", 5)
    other = meeting_kinds.add_kind(ws, "Разбор недели", 40, team=False)
    assert code != other
    for title in ("", "ежедневная КООРДИНАЦИЯ", "Пятиминутка"):
        with pytest.raises(DomainError):
            meeting_kinds.add_kind(ws, title)
    with pytest.raises(DomainError):
        meeting_kinds.change_kind(ws, code, title=" ")
    with pytest.raises(DomainError):
        meeting_kinds.reset_agenda(ws, code)
    assert agenda(ws, code) == []
    meeting_kinds.set_agenda(ws, code, SHORT)
    assert agenda(ws, code) == SHORT


def test_a_hidden_kind_is_not_offered_and_keeps_its_meetings(ws: Workspace) -> None:
    made = meetings.add(ws, NewMeeting(kind="quality", day=THU))
    meeting_kinds.hide_kind(ws, "quality")
    with ws.read() as connection:
        assert "quality" not in [kind.code for kind in meeting_kinds.kinds(connection)]
        assert "quality" in [kind.code for kind in meeting_kinds.kinds(connection, hidden=True)]
    assert line(ws, made).title == "Встреча с ОКК"
    meeting_kinds.hide_kind(ws, "quality", hidden=False)
    with ws.read() as connection:
        assert "quality" in [kind.code for kind in meeting_kinds.kinds(connection)]


def test_planned_meetings_follow_the_agenda_unless_they_are_prepared(ws: Workspace) -> None:
    plain = meetings.add(ws, NewMeeting(kind="daily", day=THU))
    prepared = meetings.add(ws, NewMeeting(kind="daily", day=FRI))
    held = meetings.add(ws, NewMeeting(kind="daily", day=WED))
    prepare(ws, prepared)
    state(ws, held, State.DONE)
    usual = points(ws, held)
    meeting_kinds.set_agenda(ws, "daily", SHORT)
    assert points(ws, plain) == [("План на день", 7), ("Разное", 3)]
    assert points(ws, prepared) == [*usual, ("Акция ноября", 5)]
    assert points(ws, held) == usual
    meeting_kinds.reset_agenda(ws, "daily")
    assert points(ws, plain) == usual
    assert agenda(ws, "daily") == meeting_kinds.usual_agenda("daily")


@pytest.mark.parametrize(
    "lines",
    [
        [AgendaLine(Section.FREE, " ", 5)],
        [AgendaLine(Section.TODAY, "", 0)],
        [AgendaLine(Section.TODAY, "", 241)],
    ],
)
def test_a_point_that_cannot_be_is_refused(ws: Workspace, lines: list[AgendaLine]) -> None:
    with pytest.raises(DomainError):
        meeting_kinds.set_agenda(ws, "daily", lines)
    assert agenda(ws, "daily") == meeting_kinds.usual_agenda("daily")


def test_a_built_in_kind_keeps_a_point(ws: Workspace) -> None:
    with pytest.raises(DomainError):
        meeting_kinds.set_agenda(ws, "daily", [])
    code = meeting_kinds.add_kind(ws, "Пятиминутка", 5)
    meeting_kinds.set_agenda(ws, code, SHORT)
    meeting_kinds.set_agenda(ws, code, [])
    assert agenda(ws, code) == []
