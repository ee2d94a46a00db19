"""The week's action plan on a page: goals, then each day with boxes to tick."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.i18n import _, ngettext
from ropdesk.reports import fonts
from ropdesk.reports.page import WIDTH, build
from ropdesk.reports.tables import Column, Grid, Row, tables
from ropdesk.reports.text import GREY, HAIR, INK, bold, clip, marked, markup, paragraph
from ropdesk.reports.values import share, style_for, whole
from ropdesk.reports.week_plan_model import (
    Aim,
    Mark,
    WeekAction,
    WeekGoal,
    WeekGroup,
    WeekPlanPaper,
)

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing
    from reportlab.platypus import Flowable, Table

HOUR = 60
BOX = 8.5
COLUMNS = (16.0, 62.0, 0.0, 92.0, 112.0)  # box, time, what (the rest), who, what for
LONGEST = 220
PAD = 4.0
GREY_NAME = "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in GREY))


def week_plan(paper: WeekPlanPaper) -> bytes:
    """Return the week's plan as a PDF; the same plan gives the same bytes."""
    from reportlab.platypus import Spacer

    flow: list[Flowable] = [paragraph(paper.title, "title")]
    if paper.focus.strip():
        flow.append(marked(bold(clip(paper.focus, LONGEST))))
        flow.append(Spacer(0, 5))
    if paper.goals:
        flow += _goals(paper.goals)
    if not any(group.actions for group in paper.groups):
        flow += [Spacer(0, 8), paragraph(_("No actions are planned for this week."))]
    for group in paper.groups:
        flow += _group(group)
    return build(paper.head, flow)


def _goals(goals: Sequence[WeekGoal]) -> "list[Flowable]":
    columns = [Column(_("Goal of the week")), Column(_("Fact")), Column(_("Done"))]
    rows = []
    for goal in goals:
        how = style_for(goal.unit, goal.scale, [goal.plan, goal.fact], ratio=goal.ratio)
        plan, fact = whole(goal.plan, goal.scale), whole(goal.fact, goal.scale)
        done = Fraction(fact) / plan if fact is not None and plan else None
        cells = [how.text(goal.plan, goal.scale), how.text(goal.fact, goal.scale), share(done)]
        rows.append(Row(how.heading(goal.name), cells))
    return tables(Grid(_("Metric"), columns, rows, row_height=14.0))


def _group(group: WeekGroup) -> "list[Flowable]":
    from reportlab.platypus import CondPageBreak

    if not group.actions and not group.note:
        return []
    title = bold(group.title)
    if group.note:
        title += f'  <font color="{GREY_NAME}" size="7.8">{markup(group.note)}</font>'
    head = marked(title, "heading")
    if not group.actions:
        return [CondPageBreak(30), head]
    return [CondPageBreak(60), head, _actions(group.actions)]


def _actions(actions: Sequence[WeekAction]) -> "Table":
    from reportlab.lib.colors import Color
    from reportlab.platypus import Table

    widths = [COLUMNS[0], COLUMNS[1], WIDTH - sum(COLUMNS), COLUMNS[3], COLUMNS[4]]
    rows = [
        [
            _box(action.mark),
            marked(markup(_time(action)), "cell"),
            _what(action),
            marked(markup(clip(action.owner, 60)), "cell"),
            marked(markup(_aim(action.aim)), "cell"),
        ]
        for action in actions
    ]
    table = Table(rows, colWidths=widths, hAlign="LEFT", splitByRow=1)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), fonts.FIGURES, 8.25, 10),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, Color(*HAIR)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return table


def _what(action: WeekAction) -> object:
    text = markup(clip(action.title, LONGEST))
    if action.mark is Mark.DROPPED:
        text = f"<strike>{text}</strike>"
    notes = []
    if action.carried:
        notes.append(ngettext("carried over {n} time", "carried over {n} times", action.carried))
    if action.mark is Mark.DROPPED and action.result:
        notes.append(_("dropped: {reason}", reason=action.result))
    elif action.result:
        notes.append(action.result)
    if action.note:
        notes.append(action.note)
    if notes:
        grey = markup(clip("; ".join(notes), LONGEST))
        text += f'<br/><font color="{GREY_NAME}" size="7.4">{grey}</font>'
    return marked(text, "cell")


def _time(action: WeekAction) -> str:
    if action.start is None:
        hours, rest = divmod(action.minutes, HOUR)
        if not hours:
            return _("{n} min", n=rest)
        return _("{n} h", n=hours) + (" " + _("{n} min", n=rest) if rest else "")
    return f"{_clock(action.start)}–{_clock(action.start + action.minutes)}"


def _clock(minute: int) -> str:
    return f"{minute // HOUR}:{minute % HOUR:02}"


def _aim(aim: Aim | None) -> str:
    if aim is None:
        return ""
    if aim.expected is None:
        return aim.name
    how = style_for(aim.unit, aim.scale, [aim.expected], ratio=aim.ratio)
    return f"{aim.name} {how.change(aim.expected, aim.scale)}".replace(i18n.THIN_SPACE, "\u00a0")


def _box(mark: Mark) -> "Drawing":
    """Draw a box to tick: empty, ticked, or struck through."""
    from reportlab.graphics.shapes import Drawing, PolyLine, Rect
    from reportlab.lib.colors import Color

    ink = Color(*INK)
    drawing = Drawing(BOX + 1, BOX + 1)
    box = Rect(0.5, 0.5, BOX, BOX)
    box.strokeColor, box.strokeWidth, box.fillColor = ink, 0.7, None
    drawing.add(box)
    points = {
        Mark.OPEN: [],
        Mark.DONE: [2.0, 4.8, 4.0, 2.4, 8.0, 8.0],
        Mark.DROPPED: [2.0, 4.8, 7.5, 4.8],
    }[mark]
    if points:
        line = PolyLine(points)
        line.strokeColor, line.strokeWidth = ink, 1.3
        drawing.add(line)
    return drawing
