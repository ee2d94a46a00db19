"""The facts of an investigation against sums made by hand from raw rows."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text

from ropdesk.domain.calendar import DayKind
from ropdesk.domain.team import Absence, AbsenceKind, Member
from ropdesk.services import (
    calendar,
    facts,
    investigation_paper,
    investigations,
    planning,
    planning_versions,
    team,
)
from ropdesk.services.facts import Entry
from ropdesk.services.investigation_events import What
from ropdesk.services.investigation_facts import Facts, Line, stuck_deals
from ropdesk.services.investigation_facts import facts as gather
from ropdesk.services.investigations import NewInvestigation
from ropdesk.store.models import Promotion, PromotionMember
from ropdesk.store.workspace import Workspace
from tests.services.raw import RawCall, RawDeal, put_calls, put_deals

TODAY = date(2026, 10, 22)
SEPTEMBER = date(2026, 9, 1), date(2026, 9, 30)
NAMES = ("Иванова Мария", "Петров Алексей", "Ким Дарья")


def _deals() -> list[RawDeal]:
    """Deals of March to October: more of them lost, and dearer, from month to month."""
    made = []
    day, number = date(2026, 3, 2), 0
    while day <= TODAY:
        for place, owner in enumerate(NAMES):
            for turn in range(1 + (day.toordinal() + place) % 3):
                number += 1
                won = (number * 7 + place) % 4 == 0
                made.append(
                    RawDeal(
                        owner, "won" if won else "lost", day - timedelta(4), day,
                        (1_000 + 37 * (number % 50)) * 100, f"Сделка {number}", f"n{number}",
                    )
                )  # fmt: skip
                del turn
        day += timedelta(1)
    return made


@pytest.fixture
def people(ws: Workspace) -> dict[str, int]:
    """Three members with deals and calls."""
    for name in NAMES:
        team.add(ws, Member(0, name, hired=date(2025, 1, 1)))
    put_deals(ws, _deals())
    put_calls(
        ws,
        [
            RawCall(name, date(2026, 8, 3) + timedelta(n), answered=n % 3 > 0, talk=60)
            for n in range(80)
            for name in NAMES
        ],
    )
    return {member.name: one for one, member in team.team(ws).members.items()}


def case(
    ws: Workspace, metric: str, members: Sequence[int] = (), span: tuple[date, date] = SEPTEMBER
) -> Facts:
    made = investigations.start(
        ws,
        NewInvestigation(
            question="Почему?", metric=metric, first=span[0], last=span[1], opened=TODAY,
            members=tuple(members),
        ),
    )  # fmt: skip
    return gather(ws, made, TODAY)


def sql(ws: Workspace, query: str, **values: object) -> int:
    with ws.read() as connection:
        return int(connection.execute(text(query), values).scalar_one() or 0)


def counted(ws: Workspace, what: str, span: tuple[date, date], who: Sequence[int]) -> int:
    column = "created" if what == "inquiries" else "closed"
    value = "sum(amount)" if what == "receipts" else "count(*)"
    status = {"receipts": "won", "deals_won": "won", "deals_lost": "lost"}.get(what)
    ids = ", ".join(str(one) for one in who)
    return sql(
        ws,
        f"SELECT {value} FROM deal WHERE {column} BETWEEN :first AND :last AND member_id IN ({ids})"
        + (f" AND status = '{status}'" if status else ""),
        first=span[0].isoformat(),
        last=span[1].isoformat(),
    )


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_flow_stands_beside_the_period_before_and_the_rest(
    ws: Workspace, people: dict[str, int], count: int
) -> None:
    who = list(people.values())[:count]
    found = case(ws, "receipts", who)
    asked = who or list(people.values())
    august = date(2026, 8, 1), date(2026, 8, 31)
    for line, span, whom in (
        (Line.FACT, SEPTEMBER, asked), (Line.BEFORE, august, asked),
    ):  # fmt: skip
        number = found.number(line)
        assert number is not None
        total = counted(ws, "receipts", span, whom)
        days = len(calendar.calendar(ws).working_days(*span)) * (count or 1)
        assert (number.first, number.last) == span
        assert number.value == total
        assert number.pace == Fraction(total, days)
    rest = found.number(Line.REST)
    if not count:
        assert rest is None
        return
    others = [one for one in people.values() if one not in who]
    assert rest is not None
    assert rest.value == counted(ws, "receipts", SEPTEMBER, others)


def test_the_usual_is_the_middle_of_six_months_and_their_range(
    ws: Workspace, people: dict[str, int]
) -> None:
    who = people["Ким Дарья"]
    found = case(ws, "conversion", [who]).number(Line.USUAL)
    shares = []
    for month in range(3, 9):
        span = date(2026, month, 1), date(2026, month + 1, 1) - timedelta(1)
        won, came = (counted(ws, w, span, [who]) for w in ("deals_won", "inquiries"))
        shares.append(Fraction(won * 10_000, came))
    shares = sorted(shares[1:])  # numbers began within March: it is no whole month
    assert found is not None
    assert (found.low, found.high) == (shares[0], shares[-1])
    assert found.pace == shares[2]
    assert found.value == found.pace


def test_days_away_are_not_days_of_work(ws: Workspace, people: dict[str, int]) -> None:
    who = people["Ким Дарья"]
    away = Absence(who, AbsenceKind.VACATION, date(2026, 9, 7), date(2026, 9, 13))
    team.add_absence(ws, away)
    number = case(ws, "deals_won", [who]).number(Line.FACT)
    assert number is not None
    assert number.pace == Fraction(counted(ws, "deals_won", SEPTEMBER, [who]), 22 - 5)


def test_who_was_not_here_has_no_numbers_rather_than_zero(
    ws: Workspace, people: dict[str, int]
) -> None:
    new = team.add(ws, Member(0, "Орлов Никита", hired=date(2026, 9, 15)))
    found = case(ws, "calls", [new])
    assert found.number(Line.BEFORE) is None
    assert found.number(Line.USUAL) is None
    assert [(p.value, p.before) for p in found.people] == [(0, None)]
    assert found.weeks[0].value is None


def test_a_running_period_is_compared_with_as_many_days(
    ws: Workspace, people: dict[str, int]
) -> None:
    found = case(ws, "deals_won", span=(date(2026, 10, 1), date(2026, 10, 31)))
    before = found.number(Line.BEFORE)
    assert found.until == TODAY
    assert before is not None
    assert (before.first, before.last) == (date(2026, 9, 1), date(2026, 9, 22))
    assert found.deals.won == counted(
        ws, "deals_won", (date(2026, 10, 1), TODAY), list(people.values())
    )
    assert found.deals.won_before == counted(
        ws, "deals_won", (before.first, before.last), list(people.values())
    )


def test_a_period_ahead_has_no_numbers(ws: Workspace, people: dict[str, int]) -> None:
    found = case(ws, "deals_won", span=(date(2026, 11, 1), date(2026, 11, 30)))
    assert found.numbers == ()
    assert found.people == ()
    assert found.working_days == 0


def test_the_plan_is_of_the_same_days_and_people(ws: Workspace, people: dict[str, int]) -> None:
    who = people["Ким Дарья"]
    month = SEPTEMBER[0]
    planning.set_value(ws, month, "receipts", 9_000_000_00)
    planning.set_value(ws, month, "deals_won", 90)
    planning.distribute(ws, month, "equal")
    planning_versions.approve(ws, month, "Соколова Анна", date(2026, 8, 31))
    span = date(2026, 9, 1), date(2026, 9, 11)
    found = case(ws, "receipts", [who], span).number(Line.PLAN)
    raw = "SELECT sum(value) FROM plan_day WHERE scenario = 'standard' AND member_id = :who " \
        "AND metric = :metric AND day BETWEEN '2026-09-01' AND '2026-09-11'"  # fmt: skip
    receipts, deals = (sql(ws, raw, who=who, metric=m) for m in ("receipts", "deals_won"))
    assert found is not None
    assert found.value == receipts > 0
    ratio = case(ws, "average_check", [who], span).number(Line.PLAN)
    assert ratio is not None
    assert ratio.value == Fraction(receipts, deals)
    over = case(ws, "receipts", [who], (date(2026, 8, 25), date(2026, 9, 11)))
    assert over.number(Line.PLAN) is None


def test_a_stock_is_its_level_at_the_end(ws: Workspace, people: dict[str, int]) -> None:
    one, two = people["Ким Дарья"], people["Петров Алексей"]
    for day, value in ((date(2026, 8, 31), 5), (date(2026, 9, 20), 8), (date(2026, 10, 5), 40)):
        facts.enter(ws, day, [Entry(one, "overdue_tasks", value), Entry(two, "overdue_tasks", 1)])
    found = case(ws, "overdue_tasks", [one, two])
    fact, before = found.number(Line.FACT), found.number(Line.BEFORE)
    assert fact is not None
    assert before is not None
    assert [fact.value, fact.pace] == [9, 9]
    assert before.value == 6


def test_deals_are_counted_with_reasons_and_sources(ws: Workspace, people: dict[str, int]) -> None:
    who = people["Петров Алексей"]
    found = case(ws, "conversion", [who]).deals
    lost = counted(ws, "deals_lost", SEPTEMBER, [who])
    assert (found.won, found.lost) == (counted(ws, "deals_won", SEPTEMBER, [who]), lost)
    assert found.amount == counted(ws, "receipts", SEPTEMBER, [who])
    assert sum(reason.count for reason in found.reasons) == lost
    assert sum(line.inquiries for line in found.sources) == counted(
        ws, "inquiries", SEPTEMBER, [who]
    )
    assert sum(line.won for line in found.sources) == found.won
    top = sql(
        ws,
        "SELECT max(amount) FROM deal WHERE member_id = :who "
        "AND closed BETWEEN '2026-09-01' AND '2026-09-30'",
        who=who,
    )
    assert found.largest[0].amount == top
    assert all(SEPTEMBER[0] <= deal.closed <= SEPTEMBER[1] for deal in found.largest)


def test_calls_stand_beside_those_before(ws: Workspace, people: dict[str, int]) -> None:
    who = people["Ким Дарья"]
    found = {fact.metric.code: fact for fact in case(ws, "conversion", [who]).calls}
    raw = "SELECT count(*) FROM call WHERE member_id = :who AND day BETWEEN :first AND :last"
    assert found["calls"].value == sql(ws, raw, who=who, first="2026-09-01", last="2026-09-30")
    assert found["calls"].before == sql(ws, raw, who=who, first="2026-08-01", last="2026-08-31")
    assert found["talk_time"].value == 60 * found["calls"].value


def test_events_are_those_of_the_days_and_the_people(ws: Workspace, people: dict[str, int]) -> None:
    kim, petrov = people["Ким Дарья"], people["Петров Алексей"]
    team.add_absence(
        ws, Absence(kim, AbsenceKind.SICK_LEAVE, date(2026, 8, 30), date(2026, 9, 2), "грипп")
    )
    team.add_absence(
        ws, Absence(petrov, AbsenceKind.VACATION, date(2026, 9, 30), date(2026, 10, 9))
    )
    team.add_absence(ws, Absence(kim, AbsenceKind.OTHER, date(2026, 10, 1), date(2026, 10, 1)))
    calendar.set_day(ws, date(2026, 9, 14), DayKind.DAY_OFF, "День компании")
    with ws.operation("Promotions") as operation:
        for title, state, first, last, who in (
            ("Осень", "finished", date(2026, 8, 20), date(2026, 9, 5), ()),
            ("Для Петрова", "running", date(2026, 9, 10), None, (petrov,)),
            ("Идея", "idea", date(2026, 9, 10), date(2026, 9, 12), ()),
            ("Поздно", "running", date(2026, 10, 1), None, ()),
        ):
            row = Promotion(title=title, created=first, state=state, first=first, last=last)
            operation.session.add(row)
            operation.session.flush()
            operation.session.add_all(
                PromotionMember(promotion_id=row.id, member_id=one) for one in who
            )

    def told(who: Sequence[int]) -> list[tuple[What, str]]:
        return [(e.what, e.who or e.text or e.code) for e in case(ws, "calls", who).events]

    assert told([kim]) == [
        (What.PROMOTION, "Осень"),
        (What.ABSENCE, "Ким Дарья"),
        (What.CALENDAR, "День компании"),
    ]
    assert told([]) == [
        (What.PROMOTION, "Осень"),
        (What.ABSENCE, "Ким Дарья"),
        (What.PROMOTION, "Для Петрова"),
        (What.CALENDAR, "День компании"),
        (What.ABSENCE, "Петров Алексей"),
    ]


def test_holidays_and_shortened_days_are_events_of_their_own(
    ws: Workspace, people: dict[str, int]
) -> None:
    found = case(ws, "receipts", span=(date(2026, 5, 1), date(2026, 5, 31))).events
    law = calendar.calendar(ws)
    off = {
        date(2026, 5, 1) + timedelta(n)
        for n in range(31)
        if not law.is_working(date(2026, 5, 1) + timedelta(n))
        and (date(2026, 5, 1) + timedelta(n)).weekday() < 5
    }
    said = {
        event.first + timedelta(n)
        for event in found
        if event.what is What.DAYS_OFF
        for n in range((event.last - event.first).days + 1)
    }
    assert off
    assert off <= said
    short = [e.first for e in found if e.what is What.SHORTENED]
    assert short == [
        day
        for n in range(31)
        if law.kind(day := date(2026, 5, 1) + timedelta(n)) is DayKind.SHORTENED
    ]


def test_a_corrected_plan_is_an_event(ws: Workspace, people: dict[str, int]) -> None:
    month = SEPTEMBER[0]
    for value, reason, day in ((100, "", date(2026, 8, 31)), (90, "спрос ниже", month)):
        if reason:
            planning_versions.correct(ws, month, reason)
        planning.set_value(ws, month, "deals_won", value)
        planning_versions.approve(ws, month, "Соколова", day)
    found = [e for e in case(ws, "deals_won").events if e.what is What.PLAN]
    assert [(e.first, e.text, e.number) for e in found] == [(month, "спрос ниже", 2)]


def test_an_empty_workspace_answers_with_nothing(ws: Workspace) -> None:
    for metric in ("receipts", "conversion", "overdue_tasks"):
        found = case(ws, metric)
        assert found.numbers == ()
        assert found.deals.empty
        assert (found.calls, found.people, stuck_deals(ws, found)) == ((), (), [])
        assert all(point.value is None for point in found.weeks)


def test_a_year_is_followed_by_months(ws: Workspace, people: dict[str, int]) -> None:
    found = case(ws, "receipts", span=(date(2025, 10, 1), date(2026, 9, 30)))
    assert all(point.first.day == 1 for point in found.weeks)
    assert found.weeks[-1].last == date(2026, 9, 30)


def test_the_paper_says_what_the_facts_say(ws: Workspace, people: dict[str, int]) -> None:
    from datetime import UTC, datetime
    from io import BytesIO

    from pypdf import PdfReader

    from ropdesk.domain.investigations import Verdict
    from ropdesk.services import practices

    found = case(ws, "receipts", [people["Ким Дарья"]])
    one = found.case.id
    practices.add_finding(ws, one, "Звонит в день отправки", TODAY)
    investigations.decide(ws, one, "Долго", "Быстрее", TODAY, date(2026, 10, 5))
    at = datetime(2026, 10, 22, 12, 0, tzinfo=UTC)
    title, pdf = investigation_paper.paper(ws, one, at)
    reader = PdfReader(BytesIO(pdf))
    text_ = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert title.endswith(str(one))
    for words in ("Почему?", "Ким Дарья", "Звонит в день отправки", "Долго", "Быстрее"):
        assert words in text_
    assert investigation_paper.paper(ws, one, at) == (title, pdf)
    investigations.verdict(ws, one, Verdict.HELPED, "Стало лучше", TODAY)
    closed = PdfReader(BytesIO(investigation_paper.paper(ws, one, at)[1])).pages[0].extract_text()
    assert "Стало лучше" in closed
