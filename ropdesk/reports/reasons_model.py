"""What was done about the month: investigations, actions, marketing, promotions, customers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An investigation of the month: its question, how it stands, and the decision."""

    question: str
    state: str
    decision: str


@dataclass(frozen=True, slots=True)
class PracticeLine:
    """An action that proved itself, who found it, and the numbers that say so."""

    text: str
    who: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A source of leads: what marketing promised, what came, how it was kept; texts ready."""

    source: str
    promised: str
    came: str
    promised_quality: str
    quality: str
    kept: str


@dataclass(frozen=True, slots=True)
class PromotionLine:
    """A promotion of the month with its effect in words, as uncertain as it is."""

    title: str
    period: str
    effect: str
    conclusion: str


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """What customers said in the month, how often, and what became of it."""

    text: str
    kind: str
    times: int
    state: str


@dataclass(frozen=True, slots=True)
class MeetingsLine:
    """The month's meetings of one kind, or of all: how many, their minutes, shares as texts."""

    kind: str
    held: int
    skipped: int
    minutes: int
    in_time: str
    within: str


@dataclass(frozen=True, slots=True)
class Doings:
    """The month's work on its reasons; empty parts are left out of the paper.

    Attributes:
        actions: one sentence on the week plans: how many actions were planned and done.
        meetings: by kind, with their total last where there are several.
        promises: one sentence on the promises due in the month: how many were kept.
    """

    cases: tuple[CaseLine, ...] = ()
    practices: tuple[PracticeLine, ...] = ()
    actions: str = ""
    agreements: tuple[AgreementLine, ...] = ()
    promotions: tuple[PromotionLine, ...] = ()
    voices: tuple[VoiceLine, ...] = ()
    meetings: tuple[MeetingsLine, ...] = ()
    promises: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to print."""
        parts = (self.cases, self.practices, self.agreements, self.promotions, self.voices)
        return not any(parts) and not (self.actions or self.meetings or self.promises)
