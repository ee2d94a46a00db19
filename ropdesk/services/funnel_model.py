"""What the funnel answers: frozen values, counts of deals, days, kopecks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ropdesk.domain.funnel import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckDeal:
    """An open deal that stands longer than it should.

    Attributes:
        days: calendar days in the stage, at least so many where the day it came is not known; of
            an old deal, the days since it was created.
        norm_days: how long a deal may stay there, or be open.
        amount: kopecks, None where nobody filled it in.
        why: ``stage`` — longer in its stage than the norm; ``age`` — nobody knows since when it is
            in its stage, and it is open longer than nine of ten won deals took.
    """

    deal_id: int
    title: str
    member_id: int
    pipeline: str
    stage: str
    days: int
    norm_days: int
    amount: int | None
    source: str
    created: date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage of a pipeline in a month.

    Attributes:
        entered: deals that came to it in the month, by the day it became known at the latest.
        uncertain: of them, those that may have come before the month.
        forward, back: deals that left it for a later and an earlier stage of the pipeline; those
            that went to another pipeline are in neither.
        won, lost: deals closed out of it.
        to_next: (forward + won) ÷ all that left; None where none left.
        to_won: won ÷ closed in the month, of the deals known to have been in it.
        days: median length of the stays that ended in the month, of `measured` stays.
        standing: open deals in it now; ``over`` of them longer than the norm.
        norm_days: how long a deal may stay; ``norm_by_hand`` says who set it.
        cohort: of the deals created in the month, those that came so far or further.
    """

    stage: str
    position: int
    entered: int = 0
    uncertain: int = 0
    forward: int = 0
    back: int = 0
    aside: int = 0
    won: int = 0
    lost: int = 0
    to_next: Fraction | None = None
    to_won: Fraction | None = None
    days: int | None = None
    measured: int = 0
    standing: int = 0
    over: int = 0
    unknown_age: int = 0
    amount: int = 0
    norm_days: int | None = None
    norm_by_hand: bool = False
    cohort: int = 0

    @property
    def left(self) -> int:
        """All deals that left it in the month."""
        return self.forward + self.back + self.aside + self.won + self.lost


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineFunnel:
    """A pipeline in a month.

    Attributes:
        created: deals created in the month.
        won, lost: deals closed in the month; ``unknown`` of them from a stage nobody knows.
        cohort_won, cohort_lost, cohort_open: what became of those created in the month so far.
        cohort_unknown: of them, those of which no stage is known.
    """

    name: str
    created: int
    won: int
    lost: int
    unknown: int
    stages: tuple[StageLine, ...]
    cohort_won: int
    cohort_lost: int
    cohort_open: int
    cohort_unknown: int

    @property
    def dated(self) -> bool:
        """Whether anything is known of the month's movement between stages."""
        return any(stage.entered or stage.left for stage in self.stages)

    @property
    def mature(self) -> bool:
        """Whether nearly all deals created in the month are closed: nine of ten."""
        return self.cohort_open * 10 <= self.created


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Deals lost in the month out of one stage for one reason; empty where nobody told."""

    pipeline: str
    stage: str
    reason: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A member or a source in the month.

    Attributes:
        conversion: deals won in the month ÷ deals created in it, as on the board.
        receipts: kopecks of the deals won.
        cycle: median days from creation to closing of the deals won.
    """

    key: int | str
    inquiries: int
    won: int
    lost: int
    conversion: Fraction | None
    receipts: int
    cycle: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The funnel of a month."""

    month: date
    as_of: date
    pipelines: tuple[PipelineFunnel, ...]
    losses: tuple[Loss, ...]
    members: tuple[GroupLine, ...]
    sources: tuple[GroupLine, ...]
    old_after: int | None
    names: Mapping[int, str]

    @property
    def empty(self) -> bool:
        """Whether no deal was created, closed or standing."""
        return not self.pipelines


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSetting:
    """A stage with its place and norm; ``by_hand`` tells those that a person has set."""

    pipeline: str
    stage: str
    position: int
    norm_days: int | None
    norm_by_hand: bool
    order_by_hand: bool

    @property
    def place(self) -> Place:
        """Pipeline and stage."""
        return self.pipeline, self.stage
