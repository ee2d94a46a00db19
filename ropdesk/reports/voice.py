"""What customers say, on paper to hand over to the product side."""

from typing import TYPE_CHECKING

from ropdesk.i18n import _
from ropdesk.reports import signatures
from ropdesk.reports.page import build
from ropdesk.reports.promotion_model import VoicePaper
from ropdesk.reports.tables import Column, Grid, Row, titled
from ropdesk.reports.text import paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def voice_page(paper: VoicePaper) -> bytes:
    """Return the list as a PDF; the same paper gives the same bytes."""
    return build(paper.head, _story(paper))


def _story(paper: VoicePaper) -> "list[Flowable]":
    from reportlab.platypus import KeepTogether, Spacer

    flow: list[Flowable] = [paragraph(paper.title, "title"), paragraph(paper.summary)]
    columns = (
        Column(_("Month")), Column(_("Month before")), Column(_("Ever")),
        Column(_("State"), words=True),
    )  # fmt: skip
    for heading, rows in paper.groups:
        grid = Grid(
            heading, columns,
            [Row(r.text, (r.times, r.earlier, r.total, r.state), r.note) for r in rows],
        )  # fmt: skip
        flow += titled(heading, grid)
    if paper.quotes:
        flow.append(paragraph(_("In customers' own words"), "heading"))
        flow += [paragraph(text) for text in paper.quotes]
    if paper.reasons:
        grid = Grid(
            _("Reason in the CRM"),
            (Column(_("Deals")), Column(_("Month before")), Column(_("Their sum, ₽"))),
            [Row(name, cells) for name, *cells in paper.reasons],
        )
        flow += titled(_("Why deals were lost, as the CRM says"), grid)
    flow.append(KeepTogether([Spacer(0, 26), signatures.lines(paper.signers)]))
    return flow
