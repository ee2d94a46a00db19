"""A meeting's protocol on A4: who was there, the numbers, what was said, decisions, promises.

Sections with nothing in them are left out, and the rest is numbered anew. Names and texts may be
of any length: rows grow, paragraphs run over pages, nothing is cut off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.meetings import SECTION_TITLES, Section
from ropdesk.i18n import _
from ropdesk.reports import protocol_words as words
from ropdesk.reports import signatures
from ropdesk.reports.model import DocumentHead
from ropdesk.reports.page import build
from ropdesk.reports.protocol_model import Point, Protocol
from ropdesk.reports.protocol_tables import checked_table, numbers_notes, numbers_table, pledges
from ropdesk.reports.protocol_text import (
    DraftMark,
    blocks,
    correction,
    listed,
    side_by_side,
    topic,
)
from ropdesk.reports.text import bold, clip, marked, markup, paragraph
from ropdesk.reports.wording import lower_first

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

PAST = ("yesterday", "week", "month")  # sections that show what was
AHEAD = ("today", "week_plan", "month_plan")  # sections that show what is to come
LONG_TITLE = 240


def protocol(paper: Protocol) -> bytes:
    """Return a protocol as a PDF; the same content gives the same bytes."""
    flow: list[Flowable] = [paragraph(clip(paper.title, LONG_TITLE), "title")]
    if paper.edition > 1:
        flow.append(correction(words.correction(paper), paper.note))
    flow.append(paragraph(words.opening(paper)))
    sections = list(_sections(paper))
    for number, section in enumerate(sections, 1):
        flow += section.flow(number)
    if not sections:
        flow.append(paragraph(_("Nothing was written down at this meeting."), "after"))
    signers = _signers(paper)
    return build(
        _head(paper), flow,
        last_page=lambda canvas: signatures.draw_at_foot(canvas, signers),
        under=DraftMark(_("DRAFT")) if paper.draft else None,
    )  # fmt: skip


def _head(paper: Protocol) -> DocumentHead:
    note = ""
    if paper.tables or paper.month or paper.interim:
        note = _("numbers as of {moment}", moment=i18n.moment(paper.as_of))
    return DocumentHead(
        paper.company, paper.department, words.header(paper), "", paper.issued, note, dated=False
    )


def _signers(paper: Protocol) -> tuple[str, str]:
    """Name who signs: who led, and who else answers for what was agreed."""
    first = words.signer(_("Head of sales"), paper.sales_head)
    if paper.led_by and paper.led_by != paper.sales_head:
        first = words.signer(_("Leader of the meeting"), paper.led_by)
    other = {
        "director": _("Director"),
        "quality": _("Quality department"),
        "marketing": _("Marketing"),
    }.get(paper.kind)
    return first, other or words.signer(_("Secretary"), paper.secretary)


@dataclass(frozen=True, slots=True)
class _Section:
    """A numbered section: its title and what stands under it, perhaps with a second column."""

    title: str
    body: "list[Flowable]"
    beside: str = ""
    right: "tuple[Flowable, ...]" = ()

    def flow(self, number: int) -> "list[Flowable]":
        """Lay the section out under its number."""
        title = f"{number}. {self.title}"
        if self.right:
            return side_by_side(title, self.body, self.beside, self.right)
        return topic(title, self.body)


def _sections(paper: Protocol) -> Iterator[_Section]:
    told = _told(paper)
    for point in paper.points:
        made = _section(paper, point, told)
        if made is not None:
            yield made
    if paper.decisions:
        yield _Section(_("Decisions"), listed(paper.decisions))
    if paper.pledges:
        yield _Section(_("Promises"), pledges(paper))


@dataclass(frozen=True, slots=True)
class _Told:
    """Which points carry what the program knows, each told once.

    Attributes:
        numbers: the one with the tables; ``ahead`` the one whose notes join it there.
        interim: the one with the indicators, ``checked`` the one with the promises of before.
    """

    numbers: Point | None
    ahead: Point | None
    interim: Point | None
    checked: Point | None


def _told(paper: Protocol) -> _Told:
    def first(*sections: str) -> Point | None:
        return next((point for point in paper.points if point.section in sections), None)

    numbers = (first(*PAST) or first(*AHEAD)) if paper.tables else None
    daily = numbers is not None and numbers.section == "yesterday"
    return _Told(
        numbers, first("today") if daily else None, first("interim") or first(*PAST),
        first("promises"),
    )  # fmt: skip


def _section(paper: Protocol, point: Point, told: _Told) -> _Section | None:
    if point is told.ahead:
        return None
    if point.section == "repeat":
        return _repeat(point)
    title = point.title
    body: list[Flowable] = []
    if point is told.numbers:
        for table in paper.tables:
            body += numbers_table(table, named=len(paper.tables) > 1)
        body += [paragraph(note, "note") for note in numbers_notes(paper)]
        title = _numbers_title(paper, point, told.ahead)
    if point is told.interim and (said := words.interim(paper)):
        body.append(paragraph(said, "after" if body else "body"))
        if point.section == "interim" and paper.tables:
            days = words.span(paper.tables[0].fact_first, paper.tables[0].fact_last)
            title = _("{title} of {days}", title=title, days=days)
    if point is told.checked:
        body += checked_table(paper)
    for each in (point, told.ahead if point is told.numbers else None):
        if each is not None:
            body += _said(each, after=bool(body))
    return _Section(title, body) if body else None


def _numbers_title(paper: Protocol, point: Point, ahead: Point | None) -> str:
    """Name the section of the numbers; a coordination held in the evening is not of yesterday."""
    usual = point.title == _(SECTION_TITLES[Section.YESTERDAY])
    if usual and paper.tables[0].fact_last == paper.day:
        return _("Fact of the day and plan of the next one")
    if ahead is None:
        return point.title
    return _("{fact} and {plan}", fact=point.title, plan=lower_first(ahead.title))


def _repeat(point: Point) -> _Section | None:
    """Set what to repeat beside what not to; one alone takes the whole width."""
    good, bad = blocks(point.notes), blocks(point.avoid)
    if good and bad:
        return _Section(_("What to repeat"), good, _("What not to repeat"), tuple(bad))
    if bad:
        return _Section(_("What not to repeat"), bad)
    return _Section(_("What to repeat"), good) if good else None


def _said(point: Point, *, after: bool) -> "list[Flowable]":
    """Return the notes of a point; ``after`` a table they stand a little apart."""
    from reportlab.platypus import Spacer

    flow = blocks(point.notes)
    if point.avoid.strip():
        lead = bold(_("What not to repeat:"))
        flow.append(marked(f"{lead} {markup(point.avoid)}"))
    return [Spacer(0, 4), *flow] if flow and after else flow
