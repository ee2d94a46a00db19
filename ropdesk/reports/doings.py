"""The monthly report's part on what was done: investigations, actions, leads, promotions."""

from dataclasses import replace
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.i18n import _
from ropdesk.reports.reasons_model import Doings
from ropdesk.reports.tables import Column, Grid, Row, titled
from ropdesk.reports.text import clip, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

LONGEST = 240
SECTION_ROOM = 110.0


def doings(found: Doings | None) -> "list[Flowable]":
    """Return the section, or nothing where nothing was done."""
    from reportlab.platypus import CondPageBreak

    if found is None or found.empty:
        return []
    flow: list[Flowable] = [
        CondPageBreak(SECTION_ROOM),
        paragraph(_("What was done about it"), "section"),
    ]
    if found.actions:
        flow.append(paragraph(found.actions))
    flow += _meetings(found)
    words = Column("", words=True)
    flow += _part(
        _("Investigations"), _("Investigation"), (_("State"), _("Decision")),
        [Row(clip(c.question, LONGEST), [c.state, clip(c.decision, LONGEST)]) for c in found.cases],
        words,
    )  # fmt: skip
    flow += _part(
        _("What proved itself"), _("Action"), (_("Who"), _("Numbers")),
        [Row(clip(p.text, LONGEST), [p.who, p.evidence]) for p in found.practices], words,
    )  # fmt: skip
    flow += _agreements(found)
    flow += _part(
        _("Promotions"), _("Promotion"), (_("Period"), _("Effect")),
        [
            Row(clip(p.title, LONGEST), [p.period, p.effect], note=clip(p.conclusion, LONGEST))
            for p in found.promotions
        ],
        words,
    )  # fmt: skip
    return [*flow, *_voices(found)]


def _part(
    title: str, name: str, headings: "Sequence[str]", rows: "Sequence[Row]", sample: Column
) -> "list[Flowable]":
    if not rows:
        return []
    columns = [Column(heading, words=sample.words) for heading in headings]
    return titled(title, Grid(name, columns, rows))


def _meetings(found: Doings) -> "list[Flowable]":
    flow: list[Flowable] = []
    if found.meetings:
        columns = [
            Column(_("Held")), Column(_("Skipped")), Column(_("Minutes")),
            Column(_("Begun in time")), Column(_("Within the limit")),
        ]  # fmt: skip
        rows = [
            Row(
                line.kind,
                [i18n.integer(line.held), i18n.integer(line.skipped), i18n.integer(line.minutes),
                 line.in_time, line.within],
            )
            for line in found.meetings
        ]  # fmt: skip
        rows[-1] = replace(rows[-1], total=len(rows) > 1)
        flow = titled(_("Meetings"), Grid(_("Kind"), columns, rows))
    if found.promises:
        flow.append(paragraph(found.promises, "small"))
    return flow


def _agreements(found: Doings) -> "list[Flowable]":
    if not found.agreements:
        return []
    columns = [
        Column(_("Inquiries promised")), Column(_("Came")), Column(_("Quality promised")),
        Column(_("Quality")), Column(_("Marketing"), words=True),
    ]  # fmt: skip
    rows = [
        Row(line.source,
            [line.promised, line.came, line.promised_quality, line.quality, line.kept])
        for line in found.agreements
    ]  # fmt: skip
    grid = Grid(_("Source"), columns, rows)
    return titled(_("Agreement with marketing"), grid)


def _voices(found: Doings) -> "list[Flowable]":
    if not found.voices:
        return []
    columns = [
        Column(_("What kind"), words=True),
        Column(_("Times")),
        Column(_("State"), words=True),
    ]
    rows = [
        Row(clip(voice.text, LONGEST), [voice.kind, i18n.integer(voice.times), voice.state])
        for voice in found.voices
    ]
    grid = Grid(_("Customers say"), columns, rows)
    return titled(_("The voice of the customer"), grid)
