"""From sightings to stories: one cause is told once, not every week, and never many at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

AT_MOST = 5  # stories a week
COOLDOWN = 4  # weeks without a sighting, before the same is news again
OWN_SHARE = Fraction(3, 5)  # of the department's change: then it is this one's story

# What moves together: calls bring inquiries, inquiries bring deals, deals bring receipts.
FAMILIES = {
    "calls": "calls",
    "talk_time": "calls",
    "inquiries": "sales",
    "qualified_inquiries": "sales",
    "lead_quality": "sales",
    "deals_won": "sales",
    "receipts": "sales",
    "conversion": "sales",
    "average_check": "sales",
    "tasks_done": "tasks",
    "on_time_rate": "tasks",
    "overdue_tasks": "tasks",
    "asa": "service",
    "abandonment": "service",
}


@dataclass(frozen=True, slots=True)
class Whose:
    """What a series belongs to: a member, a source, a stage, or the department (nothing set)."""

    member: int | None = None
    source: str | None = None
    stage: str | None = None

    @property
    def department(self) -> bool:
        """Whether it is the department's."""
        return self == DEPARTMENT


DEPARTMENT = Whose()
RECORD = "record"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One rule has found one series unusual in one week.

    Attributes:
        rule: range, streak, cohort (a conversion), stuck or record.
        good: whether it is good news.
        strength: 1 at the limit; more is stronger.
        pull: how much the whole of the week differs by it from the usual, with its sign.
    """

    rule: str
    metric: str
    whose: Whose
    good: bool
    strength: float
    pull: Fraction = Fraction(0)

    @property
    def theme(self) -> tuple[Whose, str, bool]:
        """What it is about, whichever rule has found it."""
        return self.whose, self.metric, self.good

    @property
    def family(self) -> str:
        """What else it moves with."""
        return FAMILIES.get(self.metric, self.metric)


Key = tuple[Whose, str, bool]
"""Whose story, in which family of metrics, and whether it is good news."""


@dataclass(frozen=True, slots=True)
class Story:
    """What is told: the strongest sighting, and what else belongs to it."""

    lead: Sighting
    also: tuple[Sighting, ...] = ()


def merge(sightings: Sequence[Sighting]) -> list[Story]:
    """Make one story of what has one cause, the strongest story first.

    First a subject's metrics that move together. Then the department and those who moved with it:
    whoever makes three fifths of the department's change has the story, and the others keep theirs;
    else the department has it and they are named in it. Records of one week are one story.
    """
    groups: dict[Key, list[Sighting]] = {}
    for one in sorted(sightings, key=_order):
        groups.setdefault((one.whose, one.family, one.good), []).append(one)
    stories = {key: Story(group[0], tuple(group[1:])) for key, group in groups.items()}
    for key in [key for key in stories if key[0].department]:
        _share_out(stories, key)
    _join_records(stories)
    return sorted(stories.values(), key=lambda story: _order(story.lead))


def _share_out(stories: dict[Key, Story], whole: Key) -> None:
    """Join the department's story with those of its members and sources, in place."""
    story = stories[whole]
    mine = [key for key in stories if key != whole and _belongs(key, stories[key], whole, story)]
    owner = next((key for key in mine if _share(stories[key].lead, story.lead) >= OWN_SHARE), None)
    if owner is not None:
        # A source that fell is seen in the sellers who had it, and the other way round.
        same = [key for key in mine if (key[0].member is None) != (owner[0].member is None)]
        gone = [stories.pop(key).lead for key in (whole, *same)]
        stories[owner] = replace(stories[owner], also=(*stories[owner].also, *gone))
        return
    named = [stories.pop(key).lead for key in mine]
    stories[whole] = replace(story, also=(*story.also, *named))


def _belongs(key: Key, story: Story, whole: Key, department: Story) -> bool:
    """Tell whether a story is a part of the department's: of a source, only by the same metric."""
    same = story.lead.metric == department.lead.metric
    return key[1:] == whole[1:] and (same or key[0].member is not None)


def _join_records(stories: dict[Key, Story]) -> None:
    records = [key for key, story in stories.items() if story.lead.rule == RECORD]
    for key in records[1:]:
        first, other = stories[records[0]], stories.pop(key)
        stories[records[0]] = replace(first, also=(*first.also, other.lead, *other.also))


def _share(part: Sighting, whole: Sighting) -> Fraction:
    same = (part.rule, part.metric) == (whole.rule, whole.metric)
    return part.pull / whole.pull if same and whole.pull else Fraction(0)


def _order(one: Sighting) -> tuple[float, bool, str]:
    # The department first where strengths are equal; then anything that does not change by luck.
    return -one.strength, not one.whose.department, repr(one)


def tell(now: Sequence[Sighting], before: Sequence[Collection[Sighting]]) -> list[Story]:
    """Choose what is told this week: what was not seen in the weeks before, five at most.

    Args:
        now: the sightings of the week.
        before: the sightings of the weeks before, `COOLDOWN` of them.
    """
    known = {one.theme for week in before for one in week}
    stories = merge(now)
    fresh = [story for story in stories if story.lead.theme not in known]
    return fresh[:AT_MOST]
