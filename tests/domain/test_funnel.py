"""The way of deals through their stages."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain import funnel
from ropdesk.domain.funnel import Deal, Stay, Told

P = "Основная"
NEW, TALK, OFFER = "Первичный контакт", "Переговоры", "КП отправлено"
POSITIONS = {(P, NEW): 0, (P, TALK): 1, (P, OFFER): 2}


def told(stage: str, low: int | None, high: int, pipeline: str = P, deal: int = 1) -> Told:
    return Told(deal, pipeline, stage, low, high)


def test_a_way_with_known_days() -> None:
    rows = [told(NEW, 3, 3), told(TALK, 5, 5), told(TALK, 6, 9), told(OFFER, 9, 9)]
    stays = funnel.way(Deal(1, "won", 2, 12), rows, POSITIONS)
    assert stays == [
        Stay((P, NEW), 2, 2, 5, 5, "forward"),
        Stay((P, TALK), 5, 5, 9, 9, "forward"),
        Stay((P, OFFER), 9, 9, 12, 12, "won"),
    ]
    assert [stay.days for stay in stays] == [3, 4, 3]


def test_going_back_aside_and_standing() -> None:
    rows = [told(OFFER, None, 3), told(TALK, 4, 5), told("Сервис", 6, 6, "Другая")]
    stays = funnel.way(Deal(1, "open", None, None), rows, POSITIONS)
    assert [stay.how for stay in stays] == ["back", "aside", ""]
    assert stays[0].low is None
    assert [stay.days for stay in stays] == [None, 2, None]
    assert funnel.standing(stays[-1], 10) == 4
    assert funnel.standing(stays[-1], 1) == 0


def test_nothing_lasts_beyond_the_closing() -> None:
    stays = funnel.way(Deal(1, "lost", 1, 4), [told(TALK, 5, 9)], POSITIONS)
    assert stays == [Stay((P, TALK), 4, 4, 4, 4, "lost")]
    # Closed without a day: it stands where it was seen last.
    assert funnel.way(Deal(1, "lost", 1, None), [told(TALK, 2, 3)], POSITIONS)[0].how == ""


def test_the_first_stage_begins_with_the_deal_and_a_later_one_is_unknown() -> None:
    first = funnel.way(Deal(1, "open", 1, None), [told(NEW, 1, 30)], POSITIONS)
    assert (first[0].low, first[0].high) == (1, 1)
    later = funnel.way(Deal(1, "open", 1, None), [told(OFFER, None, 30)], POSITIONS)
    assert (later[0].low, later[0].high) == (1, 30)
    born_late = funnel.way(Deal(1, "open", 40, None), [told(OFFER, 2, 30)], POSITIONS)
    assert (born_late[0].low, born_late[0].high) == (30, 30)
    assert funnel.way(Deal(1, "open", 1, None), [], POSITIONS) == []


def test_a_wide_span_has_no_length() -> None:
    assert Stay((P, NEW), 0, 15, 20, 20, "forward").days is None
    assert Stay((P, NEW), 0, 0, 20, 35, "forward").days is None
    assert Stay((P, NEW), 0, 14, 21, 23, "forward").days == 15
    assert Stay((P, NEW), 5, 5, None, 7, "forward").days is None


def test_moves_stay_within_a_deal_and_a_pipeline() -> None:
    rows = [
        told(NEW, 1, 1), told(NEW, 1, 2), told(TALK, 2, 2), told("Сервис", 3, 3, "Другая"),
        told(NEW, 1, 1, deal=2), told(TALK, 3, 3, deal=2),
    ]  # fmt: skip
    assert funnel.moves(rows) == {((P, NEW), (P, TALK)): 2}


def test_names_say_the_order_where_moves_do_not() -> None:
    assert funnel.in_order(["Engaging", "Prospecting"], {}, {}) == ["Prospecting", "Engaging"]
    assert funnel.in_order(["Б", "2. Встреча", "1. Заявка"], {}, {})[:2] == [
        "1. Заявка", "2. Встреча",
    ]  # fmt: skip
    usual = [NEW, "Потребность выявлена", OFFER, TALK, "Согласование договора", "Счёт выставлен"]
    assert funnel.in_order(usual[::-1], {}, {}) == usual


def test_moves_beat_names_and_the_hand_beats_both() -> None:
    seen = {(TALK, NEW): 5, (NEW, TALK): 1, (NEW, OFFER): 4, ("Чужой", NEW): 100}
    assert funnel.in_order([NEW, TALK, OFFER], {}, seen) == [TALK, NEW, OFFER]
    assert funnel.in_order([NEW, TALK, OFFER], {OFFER: 0, "Чужой": 1}, seen) == [OFFER, TALK, NEW]


def test_norms() -> None:
    assert funnel.norm(7, {}) == 7
    assert funnel.norm(None, {3: 19}) is None
    assert funnel.norm(None, {3: 15, 9: 5}) == 3
    assert funnel.norm(None, {0: 20}) == 1
    assert funnel.percentile({}, Fraction(1, 2)) is None
    assert funnel.median({1: 1, 2: 1, 8: 1}) == 2
    assert funnel.share(1, 0) is None
    assert funnel.share(1, 4) == Fraction(1, 4)


def test_how_far_a_deal_came() -> None:
    stays = funnel.way(Deal(1, "lost", 1, 9), [told(TALK, 2, 3)], POSITIONS)
    assert funnel.reached(Deal(1, "lost", 1, 9), stays, POSITIONS) == 1
    assert funnel.reached(Deal(1, "won", 1, 9), [], POSITIONS) == 3
    assert funnel.reached(Deal(1, "lost", 1, 9), [], POSITIONS) == -1


DAYS = st.integers(0, 60)
ROWS = st.lists(
    st.tuples(st.sampled_from([NEW, TALK, OFFER]), st.integers(0, 20), DAYS), max_size=6
).map(lambda rows: sorted((told(s, d - w, d) for s, w, d in rows), key=lambda each: each.high))


@given(ROWS, st.sampled_from(["open", "won", "lost"]), DAYS, DAYS)
def test_a_way_is_a_chain(rows: list[Told], status: str, created: int, life: int) -> None:
    closed = None if status == "open" else created + life
    stays = funnel.way(Deal(1, status, created, closed), rows, POSITIONS)
    assert bool(stays) == bool(rows)
    for stay in stays:
        assert stay.low is not None
        assert stay.low <= stay.high
        assert stay.days is None or stay.days >= 0
    for before, after in pairwise(stays):
        assert (before.left_low, before.left_high) == (after.low, after.high)
        assert before.place != after.place
        assert before.how in ("forward", "back")
    if stays:
        assert stays[-1].how == ("" if status == "open" else status)
        assert stays[-1].left_high == closed


@given(ROWS, st.sampled_from(["open", "won", "lost"]), st.none() | DAYS, DAYS, DAYS)
def test_what_is_asked_of_a_way_alone_is_of_the_way(
    rows: list[Told], status: str, created: int | None, closed: int, as_of: int
) -> None:
    deal = Deal(1, status, created, None if status == "open" else closed)
    stays = funnel.way(deal, rows, POSITIONS)
    assert funnel.lengths(deal, rows, POSITIONS, as_of) == [
        (stay.place, stay.days)
        for stay in stays
        if stay.days is not None and stay.left_high is not None and stay.left_high <= as_of
    ]
    if status == "open" and rows:
        place = (rows[-1].pipeline, rows[-1].stage)
        before = [n for n, row in enumerate(rows) if (row.pipeline, row.stage) != place]
        begun = before[-1] + 1 if before else 0
        assert funnel.stand(deal, rows[begun], begun == 0, POSITIONS) == stays[-1]


@given(st.dictionaries(DAYS, st.integers(1, 9), min_size=1), st.fractions(0, 1))
def test_a_percentile_is_the_nearest_rank(lengths: dict[int, int], part: Fraction) -> None:
    found = funnel.percentile(lengths, part)
    every = sorted(day for day, count in lengths.items() for _ in range(count))
    assert found in every
    assert sum(day <= found for day in every) >= part * len(every)
    assert all(sum(day <= other for day in every) < part * len(every) or other >= found
               for other in set(every))  # fmt: skip


@given(st.permutations([f"Этап {chr(97 + n)}" for n in range(6)]), st.integers(1, 5))
def test_a_chain_of_moves_is_the_order(stages: list[str], count: int) -> None:
    seen = dict.fromkeys(pairwise(stages), count)
    assert funnel.in_order(sorted(stages), {}, seen) == stages
