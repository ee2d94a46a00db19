"""The funnel of a month by hand-made ways of deals, and its stages, norms and stuck deals."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.services import funnel, history, week
from ropdesk.services.funnel import StageLine
from ropdesk.store.workspace import Workspace
from tests.services.snapshots import content
from tests.services.test_stage_history import NEW, OFFER, TALK, WON, deal, take

LOST = "Закрыто и не реализовано"
MONTH, AS_OF = date(2026, 10, 1), date(2026, 10, 31)
DATES = tuple(f"Дата этапа «{stage}»" for stage in (NEW, TALK, OFFER))


def day(number: int, month: int = 10) -> str:
    return f"{number:02}.{month:02}.2026"


def dated(number: int, stage: str, closed: str, *days: str, **more: int) -> tuple[object, ...]:
    """Return a deal whose stages have dates; it was created when it came to the first one."""
    return deal(number, stage, days[0], closed, *days, *[""] * (3 - len(days)), **more)


def fill(ws: Workspace, path: Path, rows: Sequence[Sequence[object]], on: date = AS_OF) -> None:
    take(ws, path / "deals.csv", rows, on, DATES)


def line(ws: Workspace, stage: str, month: date = MONTH) -> StageLine:
    found = funnel.funnel(ws, month, as_of=AS_OF)
    return next(each for each in found.pipelines[0].stages if each.stage == stage)


SIX = (
    dated(1, WON, day(12), day(1), day(3), day(8)),
    dated(2, LOST, day(9), day(2), day(4)),
    dated(3, LOST, day(5), day(3)),
    dated(4, OFFER, "", day(4), day(6), day(20)),
    dated(5, TALK, "", day(28, 9), day(10)),
    dated(6, WON, day(2), day(20, 9), day(22, 9), day(25, 9), amount=5000),
)


def test_a_month_by_hand(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path, SIX)
    found = funnel.funnel(ws, MONTH, as_of=AS_OF)
    (pipeline,) = found.pipelines
    assert [each.stage for each in pipeline.stages] == [NEW, TALK, OFFER]
    assert (pipeline.created, pipeline.won, pipeline.lost, pipeline.unknown) == (4, 2, 2, 0)
    first, second, third = pipeline.stages
    assert (first.entered, first.forward, first.won, first.lost, first.back) == (4, 4, 0, 1, 0)
    assert first.to_next == Fraction(4, 5)
    assert (second.entered, second.forward, second.lost) == (4, 2, 1)
    assert (third.entered, third.won, third.lost, third.left) == (2, 2, 0, 2)
    assert third.to_next == third.to_won == 1
    assert first.to_won == Fraction(2, 4)
    assert second.to_won == Fraction(2, 3)
    assert (first.days, first.measured) == (2, 5)
    assert (second.days, third.days) == (5, 4)
    assert [each.standing for each in pipeline.stages] == [0, 1, 1]
    assert [each.cohort for each in pipeline.stages] == [4, 3, 2]
    cohort = (pipeline.cohort_won, pipeline.cohort_lost, pipeline.cohort_open)
    assert cohort == (1, 2, 1)
    assert not pipeline.mature
    assert [(each.stage, each.count) for each in found.losses] == [(NEW, 1), (TALK, 1)]
    (member,) = found.members
    assert (member.inquiries, member.won, member.receipts, member.cycle) == (4, 2, 600_000, 11)
    assert member.conversion == Fraction(1, 2)
    assert [each.key for each in found.sources] == ["Сайт"]


def test_one_members_source_and_pipeline(ws: Workspace, tmp_path: Path) -> None:
    other = list(SIX[0])
    other[0], other[3], other[7], other[8] = 9, "Петров Алексей", "Сервис", "Звонок"
    fill(ws, tmp_path, [*SIX, other])
    everything = funnel.funnel(ws, MONTH, as_of=AS_OF)
    assert [each.name for each in everything.pipelines] == ["Основная", "Сервис"]
    petrov = next(key for key, name in everything.names.items() if name == "Петров Алексей")
    for only in ({"member": petrov}, {"source": "Звонок"}, {"pipeline": "Сервис"}):
        found = funnel.funnel(ws, MONTH, as_of=AS_OF, **only)
        assert [each.created for each in found.pipelines] == [1]
        assert [each.key for each in found.members] == [petrov]


def test_a_deal_seen_closed_only_has_no_known_stage(ws: Workspace, tmp_path: Path) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, LOST, day(1), day(4)), deal(2, NEW, day(2))], AS_OF)
    found = funnel.funnel(ws, MONTH, as_of=AS_OF)
    (pipeline,) = found.pipelines
    assert (pipeline.created, pipeline.lost, pipeline.unknown) == (2, 1, 1)
    assert pipeline.cohort_unknown == 1
    assert found.losses[0].stage == ""
    assert pipeline.stages[0].lost == 0
    assert pipeline.stages[0].entered == 1  # created this month, and in the only stage known


def test_a_later_stage_seen_first_is_entered_nobody_knows_when(
    ws: Workspace, tmp_path: Path
) -> None:
    take(ws, tmp_path / "a.csv", [deal(1, NEW, day(1, 9)), deal(2, OFFER, day(2, 9))], AS_OF)
    first, offer = funnel.funnel(ws, MONTH, as_of=AS_OF).pipelines[0].stages
    assert (first.entered, first.unknown_age) == (0, 0)
    assert (offer.entered, offer.uncertain, offer.unknown_age) == (1, 1, 1)


def test_an_unfinished_month_ends_today(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path, SIX)
    found = funnel.funnel(ws, MONTH, as_of=date(2026, 10, 5))
    assert (found.pipelines[0].created, found.pipelines[0].lost) == (4, 1)
    assert line(ws, OFFER, date(2026, 9, 1)).entered == 1


def test_an_empty_workspace_has_an_empty_funnel(ws: Workspace) -> None:
    found = funnel.funnel(ws, MONTH, as_of=AS_OF)
    assert found.empty
    assert (found.losses, found.members, found.sources, found.old_after) == ((), (), (), None)
    assert funnel.stuck(ws, AS_OF) == []
    assert funnel.stages(ws, AS_OF) == []


def test_norms_and_order_are_set_and_undone(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path, SIX)
    before = content(ws)["stage"]
    funnel.set_norm(ws, "Основная", TALK, 7)
    assert (line(ws, TALK).norm_days, line(ws, TALK).norm_by_hand) == (7, True)
    funnel.set_order(ws, "Основная", [OFFER, NEW, TALK])
    assert [each.stage for each in funnel.stages(ws, AS_OF)] == [OFFER, NEW, TALK]
    assert line(ws, TALK).norm_days == 7
    assert line(ws, NEW).back == 0
    assert line(ws, TALK).back == 2
    history.undo(ws)
    assert [each.stage for each in funnel.stages(ws, AS_OF)] == [NEW, TALK, OFFER]
    funnel.set_norm(ws, "Основная", TALK, None)
    assert line(ws, TALK).norm_days is None
    history.undo(ws)
    history.undo(ws)
    assert content(ws)["stage"] == before == []


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_a_norm_is_a_sensible_number(ws: Workspace, days: int) -> None:
    with pytest.raises(DomainError, match="from 1 to"):
        funnel.set_norm(ws, "Основная", TALK, days)
    with pytest.raises(DomainError, match="twice"):
        funnel.set_order(ws, "Основная", [TALK, TALK])


def test_stuck_deals_stand_beyond_the_norm(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path, SIX)
    assert funnel.stuck(ws, AS_OF) == []  # too few finished stays for a norm
    funnel.set_norm(ws, "Основная", OFFER, 10)
    funnel.set_norm(ws, "Основная", TALK, 20)
    found = funnel.stuck(ws, AS_OF)
    assert [(each.title, each.days, each.norm_days, each.why) for each in found] == [
        ("Сделка 4", 11, 10, "stage"), ("Сделка 5", 21, 20, "stage"),
    ]  # fmt: skip
    assert funnel.stuck(ws, AS_OF - timedelta(1)) == []
    assert (line(ws, OFFER).over, line(ws, TALK).over) == (1, 1)
    (action,) = week.add(
        ws, [week.NewAction(title="Сдвинуть", week=AS_OF, member_id=found[0].member_id)]
    )
    assert action > 0


def test_finished_stays_make_the_norm(ws: Workspace, tmp_path: Path) -> None:
    rows = [dated(n, LOST, day(3 + n % 4), day(3)) for n in range(1, 25)]
    fill(ws, tmp_path, [*rows, dated(99, NEW, "", day(5))])
    assert line(ws, NEW).norm_days == 2
    assert [each.title for each in funnel.stuck(ws, date(2026, 10, 8))] == ["Сделка 99"]
    assert funnel.stuck(ws, date(2026, 10, 7)) == []


def test_an_old_deal_is_stuck_though_nobody_knows_since_when(ws: Workspace, tmp_path: Path) -> None:
    won = [deal(n, WON, day(1), day(1 + n % 10 + 1)) for n in range(1, 21)]
    open_deals = [deal(50, NEW, day(1)), deal(51, OFFER, day(1)), deal(52, OFFER, day(28))]
    take(ws, tmp_path / "a.csv", [*won, *open_deals], AS_OF)
    assert funnel.funnel(ws, MONTH, as_of=AS_OF).old_after == 9
    found = funnel.stuck(ws, AS_OF)
    assert [(each.title, each.days, each.why) for each in found] == [
        ("Сделка 50", 30, "age"), ("Сделка 51", 30, "age"),
    ]  # fmt: skip


def test_successive_exports_make_a_funnel(ws: Workspace, tmp_path: Path) -> None:
    exports = (
        (5, [deal(1, NEW, day(1)), deal(2, NEW, day(2)), deal(3, NEW, day(5))]),
        (12, [deal(1, TALK, day(1)), deal(2, TALK, day(2)), deal(3, NEW, day(5)),
              deal(4, NEW, day(12))]),
        (19, [deal(1, WON, day(1), day(15)), deal(2, LOST, day(2), day(18)),
              deal(3, TALK, day(5)), deal(4, NEW, day(12))]),
    )  # fmt: skip
    for number, rows in exports:
        take(ws, tmp_path / f"{number}.csv", rows, date(2026, 10, number))
    first, second = funnel.funnel(ws, MONTH, as_of=AS_OF).pipelines[0].stages
    assert (first.stage, first.entered, first.forward, first.standing) == (NEW, 4, 3, 1)
    assert (second.entered, second.uncertain, second.won, second.lost) == (3, 0, 1, 1)
    assert second.to_won == Fraction(1, 2)
    assert funnel.funnel(ws, MONTH, as_of=AS_OF).losses[0].stage == TALK
    with ws.read() as connection:
        assert funnel.sources(connection) == ["Сайт"]
        assert funnel.pipelines(connection) == ["Основная"]


def test_a_month_not_begun_has_nothing_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    fill(ws, tmp_path, [dated(1, WON, day(1), day(20, 9), day(22, 9))])
    found = funnel.funnel(ws, MONTH, as_of=date(2026, 9, 25))
    assert sum(each.won for each in found.pipelines) == 0
    assert found.members == ()


def test_a_deal_closed_before_it_was_created_counts_once_closed(
    ws: Workspace, tmp_path: Path
) -> None:
    take(ws, tmp_path / "deals.csv", [deal(1, WON, day(3, 11), day(30))], date(2026, 11, 5))
    found = funnel.funnel(ws, MONTH, as_of=AS_OF)
    assert [(each.created, each.won) for each in found.pipelines] == [(0, 1)]
    assert [(each.won, each.receipts) for each in found.sources] == [(1, 100_000)]
