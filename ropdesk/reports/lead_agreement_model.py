"""What the page of a lead agreement shows; every text comes ready to be read."""

from dataclasses import dataclass

from ropdesk.reports.model import DocumentHead


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source's line of the table."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeadAgreementPaper:
    """An agreement of a month over all its sources, on one page.

    Attributes:
        state: state, date, working days.
        headings: of the table's columns after the name of the source.
        words: how many of the last columns hold words rather than numbers.
        marketing, sales: what each side owes besides the numbers, a paragraph each.
        criteria: what counts as a target lead.
        conclusions: what came of it, once it is closed.
        notes: in small type: corrections, how facts are counted.
        signers: who signs, sales first.
    """

    head: DocumentHead
    title: str
    state: str
    headings: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    total: SourceRow | None
    words: int = 0
    marketing: tuple[str, ...] = ()
    sales: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    conclusions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
