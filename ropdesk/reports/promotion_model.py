"""What the page of a promotion and the list of customers' voices show, ready to be read."""

from dataclasses import dataclass

from ropdesk.reports.model import DocumentHead


@dataclass(frozen=True, slots=True)
class DayBar:
    """A working day: its height as a share of the highest (None: unknown), and its part.

    Attributes:
        part: ``before``, ``between``, ``during`` or ``after``.
    """

    height: float | None
    part: str


@dataclass(frozen=True, slots=True)
class PromotionPaper:
    """One promotion.

    Attributes:
        facts: label and text of its terms, in order.
        result, details: what it brought, in words; empty while it is only proposed.
        bars: working days from the days compared with on; ``levels`` are the level before and the
            one expected without it, as shares of the highest day.
        marks: what stands under the chart at its parts: part and words.
    """

    head: DocumentHead
    title: str
    state: str
    facts: tuple[tuple[str, str], ...]
    result: str = ""
    details: tuple[str, ...] = ()
    bars: tuple[DayBar, ...] = ()
    levels: tuple[float | None, float | None] = (None, None)
    marks: tuple[tuple[str, str], ...] = ()
    chart_title: str = ""
    conclusion: str = ""
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One need, objection or refusal; every text ready, numbers as written."""

    text: str
    note: str
    times: str
    earlier: str
    total: str
    state: str


@dataclass(frozen=True, slots=True)
class VoicePaper:
    """What customers say, to hand over to the product side.

    Attributes:
        groups: heading and rows of each kind.
        reasons: reason, deals of the month, of the month before, their sum.
    """

    head: DocumentHead
    title: str
    summary: str
    groups: tuple[tuple[str, tuple[VoiceRow, ...]], ...]
    quotes: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str, str, str], ...] = ()
    signers: tuple[str, ...] = ()
