"""An investigation on paper: everything it says, ready to be laid out."""

from dataclasses import dataclass
from fractions import Fraction

from ropdesk.reports.model import DocumentHead


@dataclass(frozen=True, slots=True)
class NumberBox:
    """One number with its name and a line below it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The metric over time.

    Attributes:
        values: one a week, None where nothing is known.
        first, last: labels at both ends.
        tinted: the numbers of the first and the last week investigated.
        plan: its level; None without one.
        end: the last value in words.
    """

    values: tuple[Fraction | None, ...]
    first: str
    last: str
    tinted: tuple[int, int]
    plan: Fraction | None
    end: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What somebody does well or badly."""

    text: str
    successful: bool
    who: str
    note: str
    proven: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action of the investigation."""

    title: str
    who: str
    when: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationPaper:
    """One investigation.

    Attributes:
        about: metric, people, period and state in a line or two.
        pace: what the numbers are for: a working day, a day of one person.
        sentence: the fact beside plan, period before and usual, in words.
        deals, reasons, events: lines of text.
        measured: the numbers before and after the decision, and what they say.
    """

    head: DocumentHead
    question: str
    about: str
    pace: str
    numbers: tuple[NumberBox, ...]
    sentence: str
    weeks: Weeks | None
    deals: tuple[str, ...]
    reasons: tuple[str, ...]
    events: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    notes: str
    cause: str
    decision: str
    actions: tuple[ActionRow, ...]
    measured: tuple[NumberBox, ...]
    outcome: str
