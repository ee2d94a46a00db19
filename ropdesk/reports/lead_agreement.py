"""The agreement on leads: one page, two signatures."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ropdesk.i18n import _, ngettext
from ropdesk.reports import signatures
from ropdesk.reports.lead_agreement_model import LeadAgreementPaper, SourceRow
from ropdesk.reports.page import BODY_BOTTOM, BODY_TOP, SIGNATURE_ROOM, WIDTH, build
from ropdesk.reports.tables import Column, Grid, Row, columns_of, tables
from ropdesk.reports.text import clip, paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_ROOM = BODY_TOP - BODY_BOTTOM - SIGNATURE_ROOM
# Letters of a paragraph, and rows of the table, that are tried until all fits on the page.
_CLIPS = (1_000, 500, 300, 180, 110, 70)
_ROWS = (1_000, 30, 24, 18)
_HALF = 26.0  # points between two columns of text


def lead_agreement(paper: LeadAgreementPaper) -> bytes:
    """Return the agreement as a PDF of one page; the same paper gives the same bytes.

    What is too long for the page is shortened with an ellipsis: texts first, then the smallest
    sources, which are counted in a line of their own.
    """
    story = next(
        (
            story
            for rows in _ROWS
            for letters in _CLIPS
            if _height(story := _story(paper, letters, rows)) <= _ROOM
        ),
        None,
    ) or _story(paper, _CLIPS[-1], _ROWS[-1])
    sign = partial(_sign, paper.signers)
    return build(paper.head, story, first_page=sign)


def _sign(signers: Sequence[str], canvas: object) -> None:
    from reportlab.pdfgen.canvas import Canvas

    if isinstance(canvas, Canvas):
        signatures.draw_at_foot(canvas, signers)


def _height(story: "Sequence[Flowable]") -> float:
    """Return how high the story stands on the page."""
    total = 0.0
    for number, each in enumerate(story):
        before = each.getSpaceBefore() if number else 0.0
        total += each.wrap(WIDTH, 10 * _ROOM)[1] + before + each.getSpaceAfter()
    return total


def _story(paper: LeadAgreementPaper, letters: int, most: int) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(paper.title, "title"), paragraph(paper.state), _gap(6)]
    flow += tables(_grid(paper, most))
    if len(paper.rows) > most:
        left = len(paper.rows) - most
        flow.append(paragraph(ngettext("and {n} more source", "and {n} more sources", left)))
    left_side = _texts(_("Marketing owes"), paper.marketing, letters)
    right_side = _texts(_("Sales owe"), paper.sales, letters)
    if left_side or right_side:
        flow += [_gap(8), columns_of(left_side, right_side, _HALF)]
    flow += _texts(_("What a target lead is"), paper.criteria, letters)
    flow += _texts(_("Conclusion of the month"), paper.conclusions, letters)
    if paper.notes:
        flow.append(_gap(8))
        flow += [paragraph(clip(note, letters), "small") for note in paper.notes]
    return flow


def _grid(paper: LeadAgreementPaper, most: int) -> Grid:
    count = len(paper.headings)
    columns = [
        Column(heading, words=number >= count - paper.words, most=84.0)
        for number, heading in enumerate(paper.headings)
    ]
    rows = [_row(row) for row in paper.rows[:most]]
    if paper.total is not None:
        rows.append(_row(paper.total, total=True))
    return Grid(_("Source"), columns, rows)


def _row(row: SourceRow, *, total: bool = False) -> Row:
    return Row(clip(row.name, 60), row.cells, total=total)


def _texts(title: str, texts: Sequence[str], letters: int) -> "list[Flowable]":
    if not texts:
        return []
    return [paragraph(title, "heading"), *(paragraph(clip(text, letters)) for text in texts)]


def _gap(height: float) -> "Flowable":
    from reportlab.platypus import Spacer

    return Spacer(0, height)
