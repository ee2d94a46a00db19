"""The sample department: plausible, whole, and the same on every computer."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.director import ReportKind
from ropdesk.services import backups, board, director, history, planning, quality, team
from ropdesk.services.sample_data import MONTHS, SELLERS, SampleDepartment, hired_on, month_start
from ropdesk.store.models import ImportBatch
from ropdesk.store.workspace import Workspace, open_workspace
from tests.services.conftest import SAMPLE_DAY

TODAY = SAMPLE_DAY
OCTOBER = date(2026, 10, 1)
MILLION = 100_000_000  # kopecks


@pytest.fixture(scope="module")
def ws(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    made = open_workspace(Path(shutil.copy(sample_file, tmp_path_factory.mktemp("sample"))))
    yield made
    made.close()


def fact(found: board.Board, code: str) -> int:
    value = found.department[code].fact
    assert value is not None
    return int(value)


def test_six_sellers_two_of_them_new(ws: Workspace) -> None:
    people = team.team(ws).active(OCTOBER, TODAY)
    assert [m.name for m in people] == sorted(seller.name for seller in SELLERS)
    ramps = {m.name: m.ramp[OCTOBER] for m in people if m.ramp}
    assert ramps == {"Ким Дарья": 6_000, "Орлов Никита": 4_000}
    assert all(m.position and m.hired and m.deal_limit for m in people)
    assert len(team.absences(ws)) >= 5


def test_the_month_looks_like_a_real_one(ws: Workspace) -> None:
    found = board.board(ws, OCTOBER, TODAY)
    assert found.plan.status == "approved"
    assert found.plan.version == 2
    done = found.department["receipts"].completion
    assert done is not None
    assert 0.85 < done < 1.1
    assert 0.15 < fact(found, "deals_won") / fact(found, "inquiries") < 0.21
    assert 2_500 < fact(found, "calls") < 5_000
    assert all(fact(found, code) for code in found.codes)
    assert len(found.members) == 6


@pytest.mark.parametrize("months", range(-MONTHS + 1, 0))
def test_past_months_are_whole(ws: Workspace, months: int) -> None:
    month = month_start(TODAY, months)
    found = board.board(ws, month, TODAY)
    assert 9.2 * MILLION < fact(found, "receipts") < 13 * MILLION
    assert 0.16 < fact(found, "deals_won") / fact(found, "inquiries") < 0.22
    assert 28_000_00 < fact(found, "average_check") < 38_000_00
    assert 2_500 < fact(found, "calls") < 5_500
    if months >= -12:
        assert found.plan.status == "approved"
        done = found.department["receipts"].completion
        assert done is not None
        assert 0.85 < done < 1.15


def test_plans_have_three_scenarios_and_the_next_month_is_a_draft(ws: Workspace) -> None:
    view = planning.plan(ws, OCTOBER)
    assert view is not None
    assert [(v.version, v.status) for v in view.versions] == [(2, "approved"), (1, "superseded")]
    values = [view.value("receipts", None, name) for name in ("minimum", "standard", "maximum")]
    assert None not in values
    assert values == sorted(values, key=lambda value: value or 0)
    after = planning.plan(ws, date(2026, 11, 1))
    assert after is not None
    assert after.status == "draft"


def test_files_came_in_by_the_real_import(ws: Workspace) -> None:
    with ws.read() as connection:
        rows = connection.execute(select(ImportBatch.__table__).order_by(ImportBatch.id)).all()
    assert [(row.kind, row.preset) for row in rows] == [
        ("deals", "amocrm"), ("calls", "sipuni"), ("deals", "amocrm"), ("calls", "sipuni"),
    ]  # fmt: skip
    assert [row.rejected for row in rows] == [0] * 4
    assert rows[0].file_name == "Выгрузка amoCRM 30.09.2026.csv"
    assert rows[2].updated > 50
    assert 10 < rows[2].unchanged < rows[2].read
    assert backups.check(ws.path).sound


def test_there_is_something_to_look_into(ws: Workspace) -> None:
    found = {each.code: int(each.count) for each in quality.suspicions(ws, TODAY)}
    assert found["won_without_amount"] == 3


def test_this_weeks_report_to_the_director_is_whole(ws: Workspace) -> None:
    draft = director.report(ws, ReportKind.WEEK, TODAY)
    assert draft.state == "draft"
    assert all((draft.result, draft.reasons, draft.decisions, draft.requests))


def test_undo_begins_with_the_persons_own_changes(ws: Workspace) -> None:
    assert history.undoable(ws) is None
    assert history.redoable(ws) is None


def test_the_same_day_gives_the_same_department() -> None:
    one, other = (SampleDepartment(TODAY, WorkCalendar()) for _ in range(2))
    assert one.deals() == other.deals()
    assert list(one.calls())[:1000] == list(other.calls())[:1000]


@pytest.mark.parametrize(
    "today",
    [date(2026, 1, 1), date(2026, 3, 31), date(2027, 5, 10), date(2028, 2, 29), date(2026, 12, 31)],
)
def test_any_day_will_do(today: date) -> None:
    deals = SampleDepartment(today, WorkCalendar()).deals()
    assert len({deal.id for deal in deals}) == len(deals) > 20_000
    first = {seller.name: hired_on(seller, today) for seller in SELLERS}
    for deal in deals:
        assert deal.created < deal.closed
        assert deal.created.date() >= first[deal.owner]
        assert deal.amount >= 1_500
    won = Counter(deal.closed.weekday() for deal in deals if deal.won)
    assert won.most_common(1)[0][0] == 1  # Tuesdays
    now = datetime.combine(today, time(13))
    held = Counter(deal.owner for deal in deals if deal.created < now <= deal.closed)
    assert all(held[seller.name] < 2 * seller.deal_limit for seller in SELLERS)
    assert any(deal.created.date() >= today - timedelta(14) for deal in deals)
