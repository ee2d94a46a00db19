"""Each rule of suspicious data finds exactly its deals, and counts as many as it lists."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropdesk.domain.team import Member
from ropdesk.services import quality, rows, team
from ropdesk.store.workspace import Workspace
from tests.services.raw import NOBODY, RawDeal, opened, put_deals

TODAY = date(2026, 10, 22)
LEFT = date(2026, 10, 10)
DAY = timedelta(1)
HERE, GONE = "Иванова Анна", "Петров Борис"


def found(ws: Workspace, code: str, today: date = TODAY) -> set[str]:
    """Name the deals that a rule lists, once its count has been checked."""
    ids = quality.rows(ws, code, today)
    counts = {each.code: each.count for each in quality.suspicions(ws, today)}
    assert counts.get(code, 0) == len(ids) == len(set(ids))
    return {row.external_id for row in rows.deals_by_id(ws, ids)}


def put(ws: Workspace, **deals: RawDeal) -> None:
    """Import deals under the names given, which say what is in them."""
    named = [
        RawDeal(d.owner, d.status, d.created, d.closed, d.amount, d.title, name)
        for name, d in deals.items()
    ]
    put_deals(ws, named)


def test_sound_deals_raise_no_suspicion(ws: Workspace) -> None:
    assert quality.suspicions(ws, TODAY) == []
    put(
        ws,
        won=RawDeal(HERE, "won", LEFT, TODAY),
        same_day=RawDeal(HERE, "won", TODAY, TODAY, 1),
        lost=RawDeal(HERE, "lost", LEFT, TODAY, None),
        open=RawDeal(HERE, "open", LEFT, None, None),
    )
    assert quality.suspicions(ws, TODAY) == []
    assert all(quality.rows(ws, code, TODAY) == [] for code in quality.NAMES)


def test_closed_before_created(ws: Workspace) -> None:
    put(
        ws,
        won=RawDeal(HERE, "won", LEFT, LEFT - DAY),
        lost=RawDeal(HERE, "lost", LEFT, LEFT - DAY),
        same_day=RawDeal(HERE, "won", LEFT, LEFT),
        not_created=RawDeal(HERE, "won", None, LEFT),
        not_closed=RawDeal(HERE, "won", LEFT, None),
    )
    assert found(ws, "closed_before_created") == {"won", "lost"}


def test_closed_in_future(ws: Workspace) -> None:
    put(
        ws,
        won=RawDeal(HERE, "won", LEFT, TODAY + DAY),
        lost=RawDeal(HERE, "lost", LEFT, TODAY + 90 * DAY),
        expected=RawDeal(HERE, "open", LEFT, TODAY + DAY),
        today=RawDeal(HERE, "won", LEFT, TODAY),
        never=RawDeal(HERE, "lost", LEFT, None),
    )
    assert found(ws, "closed_in_future") == {"won", "lost"}
    assert found(ws, "closed_in_future", TODAY + DAY) == {"lost"}
    assert found(ws, "closed_in_future", TODAY - DAY) == {"won", "lost", "today"}


def test_won_without_amount(ws: Workspace) -> None:
    put(
        ws,
        nothing=RawDeal(HERE, "won", LEFT, TODAY, None),
        zero=RawDeal(HERE, "won", LEFT, TODAY, 0),
        kopeck=RawDeal(HERE, "won", LEFT, TODAY, 1),
        lost=RawDeal(HERE, "lost", LEFT, TODAY, 0),
        open=RawDeal(HERE, "open", LEFT, None, None),
    )
    assert found(ws, "won_without_amount") == {"nothing", "zero"}


@pytest.mark.parametrize(
    ("code", "without"),
    [("won_without_closed", {"closed", "both"}), ("won_without_created", {"created", "both"})],
)
def test_won_without_a_day(ws: Workspace, code: str, without: set[str]) -> None:
    put(
        ws,
        closed=RawDeal(HERE, "won", LEFT, None),
        created=RawDeal(HERE, "won", None, TODAY),
        both=RawDeal(HERE, "won", None, None),
        lost=RawDeal(HERE, "lost", None, None),
        open=RawDeal(HERE, "open", None, None),
    )
    assert found(ws, code) == without


def leave(ws: Workspace, name: str, day: date | None) -> None:
    whom = next(m.id for m in team.team(ws).members.values() if m.name == name)
    team.update(ws, Member(whom, name, left=day))


def test_the_owner_had_left(ws: Workspace) -> None:
    """Open after the last day; created or ended after it; not what ended in time."""
    put(
        ws,
        in_time=RawDeal(GONE, "won", LEFT - DAY, LEFT),
        lost_in_time=RawDeal(GONE, "lost", LEFT, LEFT),
        no_days=RawDeal(GONE, "lost", None, None),
        still_open=RawDeal(GONE, "open", LEFT - DAY),
        open_without_days=RawDeal(GONE, "open", None),
        created_after=RawDeal(GONE, "lost", LEFT + DAY, None),
        won_after=RawDeal(GONE, "won", LEFT, LEFT + DAY),
        lost_after=RawDeal(GONE, "lost", None, LEFT + DAY),
        of_one_here=RawDeal(HERE, "open", LEFT + DAY),
        of_nobody=RawDeal(NOBODY, "open", LEFT + DAY),
    )
    assert found(ws, "owner_left") == set()
    leave(ws, GONE, LEFT)
    ended = {"created_after", "won_after", "lost_after"}
    assert found(ws, "owner_left") == ended | {"still_open", "open_without_days"}
    assert found(ws, "owner_left", LEFT) == ended, "on the last day the deals are still theirs"
    assert "still_open" in found(ws, "owner_left", LEFT + DAY)
    leave(ws, GONE, TODAY + DAY)
    assert found(ws, "owner_left") == set()


def test_an_expected_closing_day_of_an_open_deal_is_no_ending(ws: Workspace) -> None:
    put(ws, expected=RawDeal(GONE, "open", LEFT, TODAY + 9 * DAY))
    leave(ws, GONE, TODAY)
    assert found(ws, "owner_left") == set()


def test_without_an_owner(ws: Workspace) -> None:
    put(
        ws,
        won=RawDeal(NOBODY, "won", LEFT, TODAY),
        open=RawDeal(NOBODY, "open", None),
        owned=RawDeal(HERE, "won", LEFT, TODAY),
    )
    assert found(ws, "without_owner") == {"won", "open"}


def test_each_suspicion_says_its_name_and_keeps_the_order_of_the_rules(ws: Workspace) -> None:
    put(ws, one=RawDeal(NOBODY, "won", None, None, None))
    told = quality.suspicions(ws, TODAY)
    assert [each.code for each in told] == [
        "won_without_amount", "won_without_closed", "won_without_created", "without_owner",
    ]  # fmt: skip
    assert [(each.name, each.rule) for each in told] == [quality.NAMES[e.code] for e in told]
    assert {each.count for each in told} == {1}


def test_rows_go_from_the_newest_and_stop_where_asked(ws: Workspace) -> None:
    put_deals(ws, [RawDeal(NOBODY, "open", LEFT) for _ in range(5)])
    ids = quality.rows(ws, "without_owner", TODAY)
    assert ids == sorted(ids, reverse=True)
    assert quality.rows(ws, "without_owner", TODAY, limit=2) == ids[:2]


def by_hand(code: str, deal: RawDeal, today: date) -> bool:
    """Judge a deal by a rule's own sentence."""
    created, closed, ended = deal.created, deal.closed, deal.status != "open"
    won, gone = deal.status == "won", deal.owner == GONE
    return {
        "closed_before_created": bool(created and closed and closed < created),
        "closed_in_future": bool(ended and closed and closed > today),
        "won_without_amount": won and not deal.amount,
        "won_without_closed": won and not closed,
        "won_without_created": won and not created,
        "owner_left": gone and (
            (not ended and today > LEFT)
            or bool(created and created > LEFT)
            or bool(ended and closed and closed > LEFT)
        ),
        "without_owner": deal.owner == NOBODY,
    }[code]  # fmt: skip


day = st.none() | st.integers(-4, 20).map(lambda n: LEFT + timedelta(n))
deal = st.builds(
    RawDeal, st.sampled_from([HERE, GONE, NOBODY]), st.sampled_from(["won", "lost", "open"]),
    day, day, st.sampled_from([None, 0, 1, 10**9]),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(deal, min_size=1, max_size=12), st.integers(-3, 15).map(lambda n: LEFT + n * DAY))
def test_any_deals_by_every_rule(deals: list[RawDeal], today: date) -> None:
    with opened() as ws:
        put(ws, **{f"n{number}": each for number, each in enumerate(deals)})
        if any(each.owner == GONE for each in deals):
            leave(ws, GONE, LEFT)
        for code in quality.NAMES:
            expected = {f"n{i}" for i, each in enumerate(deals) if by_hand(code, each, today)}
            assert found(ws, code, today) == expected
