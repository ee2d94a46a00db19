"""What meetings cost and bring."""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from ropdesk.domain.meetings import Rule
from ropdesk.domain.team import Member
from ropdesk.services import meeting_calendar, meeting_effect, meeting_run, meetings, promises, team
from ropdesk.services.meeting_effect import KindEffect, MonthEffect
from ropdesk.services.meetings import NewMeeting, NewSeries, Occurrence
from ropdesk.services.promises import NewPromise, Verdict
from ropdesk.store.models import Meeting, MeetingMark
from ropdesk.store.workspace import Workspace

MON = date(2026, 10, 19)
TODAY = date(2026, 10, 22)
MOSCOW = timezone(timedelta(hours=3))


def hold(ws: Workspace, ref: meetings.Ref, begun: datetime, *rest: tuple[int, str]) -> int:
    """Hold a meeting: minutes after its beginning and what happened then, the end last."""
    made = meeting_run.begin(ws, ref, begun)
    with ws.operation("Course") as operation:
        for minutes, event in rest:
            at = (begun + timedelta(minutes=minutes)).isoformat()
            operation.session.add(MeetingMark(meeting_id=made, at=at, event=event))
        row = operation.session.get(Meeting, made)
        assert row is not None
        row.state = "done"
    return made


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=MOSCOW)


def counted(ws: Workspace, month: date = MON, today: date = TODAY) -> MonthEffect:
    with ws.read() as connection:
        return meeting_effect.effect(connection, month, today)


@pytest.fixture
def held(ws: Workspace) -> Workspace:
    """Three coordinations, one skipped, one not held, one with a pause; a free meeting."""
    series = meetings.add_series(
        ws, NewSeries(kind="daily", rule=Rule(MON, (0, 1, 2, 3, 4)), start=540)
    )
    hold(ws, Occurrence(series, MON), at(MON, 9, 5), (20, "end"))
    tue, wed = MON + timedelta(1), MON + timedelta(2)
    hold(ws, Occurrence(series, tue), at(tue, 9, 6),
         (5, "pause"), (15, "resume"), (31, "end"))  # fmt: skip
    meetings.skip(ws, Occurrence(series, wed), "Выставка")
    free = meetings.add(ws, NewMeeting(kind="own", day=wed))
    hold(ws, free, at(wed, 15, 0), (12, "end"))
    return ws


def test_minutes_in_time_and_within_the_limit(held: Workspace) -> None:
    found = counted(held)
    assert found.kinds == (
        KindEffect(
            "daily", "Ежедневная координация", held=2, seconds=(20 + 21) * 60, timed=2, in_time=1,
            within=1, skipped=1,
        ),
        KindEffect("own", "Своё собрание", held=1, seconds=12 * 60, within=1),
    )  # fmt: skip
    assert (found.total.held, found.total.minutes, found.total.skipped) == (3, 53, 1)
    assert found.kinds[0].in_time_share == Fraction(1, 2)
    assert found.kinds[1].in_time_share is None
    assert found.total.within_share == Fraction(2, 3)


def test_each_point_of_a_held_meeting_has_its_time(ws: Workspace) -> None:
    ref = meetings.add(ws, NewMeeting(kind="marketing", day=MON, start=540))
    with ws.read() as connection:
        planned = meeting_effect.points(connection, meetings.line(connection, ref))
    assert [(point.minutes, point.spent) for point in planned] == [
        (15, None), (10, None), (10, None), (10, None),
    ]  # fmt: skip
    made = meeting_run.begin(ws, ref, at(MON, 9, 0))
    with ws.read() as connection:
        ids = [point.id for point in meeting_run.meeting(connection, made).points]
    meeting_run.go_to_point(ws, made, ids[2], at(MON, 9, 20))
    meeting_run.pause(ws, made, at(MON, 9, 24))
    with ws.operation("End") as operation:
        operation.session.add(
            MeetingMark(meeting_id=made, at=at(MON, 9, 30).isoformat(), event="end")
        )
        row = operation.session.get(Meeting, made)
        assert row is not None
        row.state = "done"
    with ws.read() as connection:
        took = meeting_effect.points(connection, meetings.line(connection, ref))
    assert [point.spent for point in took] == [20, 0, 4, 0]


def test_a_month_without_meetings_has_no_shares(held: Workspace) -> None:
    for month in (date(2026, 9, 1), date(2026, 11, 1)):
        found = counted(held, month)
        assert (found.kinds, found.total.held, found.total.within_share) == ((), 0, None)
        assert found.promises.share is None


def test_months_come_in_their_order(held: Workspace) -> None:
    with held.read() as connection:
        found = meeting_effect.months(connection, MON.replace(day=1), 3, TODAY)
    assert [each.month for each in found] == [date(2026, n, 1) for n in (8, 9, 10)]
    assert [each.total.minutes for each in found] == [0, 0, 53]


def test_what_is_to_come_does_not_count(held: Workspace) -> None:
    assert counted(held, today=MON).total.held == 1


def test_promises_of_the_whole_department_are_counted(ws: Workspace) -> None:
    for name in ("Анна", "Борис"):
        member = team.add(ws, Member(0, name))
        one = promises.add(
            ws, NewPromise(text="Позвонить", given=MON, first=MON, due=MON, member_id=member)
        )
        promises.judge(ws, one, Verdict.KEPT if name == "Анна" else Verdict.BROKEN, MON)
    found = counted(ws)
    assert (found.promises.kept, found.promises.n) == (1, 2)


def test_the_calendar_names_what_is_moved_and_skipped(held: Workspace) -> None:
    series = 1
    meetings.move(held, Occurrence(series, TODAY), TODAY, 600, "Пробка")
    text = meeting_calendar.ics(held, MON, MON + timedelta(6), TODAY).decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 6
    assert text.count("STATUS:CANCELLED") == 1
    assert "Отменено: Выставка" in text
    assert "Перенесено с 22.10.2026: Пробка" in text
    assert "DTSTART:20261022T100000" in text
    assert "1. Факт за вчера" in text
    assert text.count("X-ROPDESK-DONE") == 3
    again = meeting_calendar.ics(held, MON, MON + timedelta(6), TODAY).decode()
    assert again.replace("\r\n ", "") == text


def test_a_moved_meeting_keeps_its_name_in_the_calendar(ws: Workspace) -> None:
    series = meetings.add_series(ws, NewSeries(kind="weekly", rule=Rule(MON, (0,)), start=540))

    def uid() -> str:
        text = meeting_calendar.ics(ws, MON, MON + timedelta(6), TODAY).decode()
        [found] = [part for part in text.splitlines() if part.startswith("UID:")]
        return found

    before = uid()
    meetings.move(ws, Occurrence(series, MON), MON + timedelta(1), None, "Перенос")
    assert uid() == before
