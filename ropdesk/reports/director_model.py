"""What the report to the director prints."""

from dataclasses import dataclass
from datetime import date

from ropdesk.reports.model import Cumulative, DocumentHead, Factor, MemberRow, MetricLine
from ropdesk.reports.reasons_model import CaseLine


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request for help with its state in words and the answer; ``due`` is said with it."""

    text: str
    due: str
    state: str
    answer: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of the week: what, who, what became of it."""

    title: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class DirectorPaper:
    """Everything the report prints.

    Attributes:
        weekly: whether it covers a week; a month otherwise.
        headline: up to four metrics of the period in boxes.
        month: the month so far, one line of words each («Поступления: 7,9 из 12,0 млн ₽, 96 %»).
        result, reasons, decisions: the sales head's own words; empty ones are said to be so.
        cumulative: receipts of the month running up, for the page to decide on.
        requests: what is asked for now; ``followed``: earlier requests still waiting.
        factors: the exact parts of the deviation of receipts, for the appendix.
        department, members: plan and fact for the appendix, with the period of the report.
    """

    head: DocumentHead
    weekly: bool
    start: date
    end: date
    as_of: date
    headline: tuple[MetricLine, ...]
    month: tuple[str, ...]
    result: str
    reasons: str
    decisions: str
    cumulative: Cumulative | None = None
    requests: tuple[RequestLine, ...] = ()
    followed: tuple[RequestLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    factors: tuple[Factor, ...] = ()
    department: tuple[MetricLine, ...] = ()
    members: tuple[MemberRow, ...] = ()
    member_metrics: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
