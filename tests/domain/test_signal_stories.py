"""One cause is one story, told once, and never many at a time."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ropdesk.domain.signal_stories import (
    AT_MOST,
    DEPARTMENT,
    FAMILIES,
    Sighting,
    Whose,
    merge,
    tell,
)

ANNA, BORIS, SITE = Whose(member=1), Whose(member=2), Whose(source="Сайт")


def seen(metric, whose=DEPARTMENT, *, strength=1.5, good=False, pull=-10, rule="range"):
    return Sighting(rule, metric, whose, good, strength, Fraction(pull))


def test_metrics_that_move_together_are_one_story():
    weak, strong = seen("deals_won", ANNA), seen("receipts", ANNA, strength=2)
    [story] = merge([weak, strong])
    assert (story.lead, story.also) == (strong, (weak,))


def test_good_and_bad_news_stay_apart():
    assert len(merge([seen("deals_won", ANNA), seen("receipts", ANNA, good=True)])) == 2


def test_other_families_stay_apart():
    assert len(merge([seen("calls", ANNA), seen("receipts", ANNA)])) == 2


def test_own_metrics_are_a_family_each():
    assert len(merge([seen("visits", ANNA), seen("demos", ANNA)])) == 2


def test_the_department_names_those_who_moved_with_it():
    whole = seen("receipts", pull=-100)
    members = [seen("receipts", ANNA, pull=-50), seen("deals_won", BORIS, pull=-2)]
    [story] = merge([*members, whole])
    assert story.lead == whole
    assert set(story.also) == set(members)


def test_whoever_makes_most_of_it_has_the_story():
    whole, mine = seen("receipts", strength=3, pull=-100), seen("receipts", ANNA, pull=-60)
    [story] = merge([whole, mine])
    assert (story.lead, story.also) == (mine, (whole,))


def test_a_source_that_fell_is_seen_in_those_who_had_it():
    whole, source, anna = (
        seen("conversion", whose, rule="cohort", strength=strength, pull=-10)
        for whose, strength in ((DEPARTMENT, 2), (SITE, 3), (ANNA, 1.5))
    )
    [story] = merge([whole, source, anna])
    assert (story.lead, set(story.also)) == (source, {whole, anna})


def test_another_metric_owns_nothing_of_the_departments():
    whole, mine = seen("receipts", pull=-100), seen("deals_won", ANNA, pull=-90)
    [story] = merge([whole, mine])
    assert story.lead == whole


def test_a_department_without_a_change_has_no_owner():
    whole, mine = seen("receipts", pull=0), seen("receipts", ANNA, pull=-60)
    [story] = merge([whole, mine])
    assert story.lead == whole


def test_a_source_joins_only_by_the_same_metric():
    inquiries, source = seen("inquiries"), seen("conversion", SITE, rule="cohort")
    assert len(merge([inquiries, source])) == 2
    [story] = merge([seen("conversion", rule="cohort", pull=-100), source])
    assert story.also == (source,)


def test_records_of_a_week_are_one_story():
    records = [
        seen("receipts", whose, good=True, rule="record", pull=5, strength=strength)
        for whose, strength in ((ANNA, 1.2), (BORIS, 1.4))
    ]
    [story] = merge(records)
    assert (story.lead.whose, [one.whose for one in story.also]) == (BORIS, [ANNA])


def test_the_strongest_comes_first():
    stories = merge([seen("calls", ANNA, strength=1.2), seen("csat", BORIS, strength=3)])
    assert [story.lead.strength for story in stories] == [3, 1.2]


def test_the_same_is_not_told_again_within_four_weeks():
    fall = seen("calls", ANNA)
    quiet: list[Sighting] = []
    assert tell([fall], [quiet] * 4)
    assert not tell([fall], [quiet, quiet, quiet, [fall]])
    assert not tell([seen("calls", ANNA, rule="streak")], [[fall], quiet])
    assert tell([seen("calls", ANNA, good=True)], [[fall], quiet])


def test_five_at_most():
    crowd = [seen("calls", Whose(member=n), strength=n) for n in range(1, 10)]
    told = tell(crowd, [])
    assert [story.lead.strength for story in told] == [9, 8, 7, 6, 5]
    assert len(told) == AT_MOST


sightings = st.lists(
    st.builds(
        Sighting,
        rule=st.sampled_from(["range", "streak", "cohort", "record"]),
        metric=st.sampled_from([*FAMILIES, "visits"]),
        whose=st.sampled_from([DEPARTMENT, ANNA, BORIS, SITE, Whose(stage="КП")]),
        good=st.booleans(),
        strength=st.floats(1, 10),
        pull=st.integers(-100, 100).map(Fraction),
    ),
    max_size=12,
)


@given(sightings)
def test_every_subject_is_spoken_of_and_nothing_told_twice(found):
    told = [one for story in merge(found) for one in (story.lead, *story.also)]
    assert not Counter(told) - Counter(found)

    def subjects(some):
        return {(one.whose, one.family, one.good) for one in some}

    assert subjects(told) == subjects(found)


@given(sightings, st.randoms())
def test_the_order_of_finding_does_not_matter(found, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert [story.lead.theme for story in merge(mixed)] == [s.lead.theme for s in merge(found)]
