"""The list of promotions as table cells."""

from collections.abc import Sequence

from ropdesk.domain.promotions import State as Step
from ropdesk.i18n import _
from ropdesk.services import effect_words
from ropdesk.services import promotion_words as words
from ropdesk.services.promotion_results import Detail
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

STATES = {
    Step.IDEA: State.NEUTRAL,
    Step.PROPOSAL: State.WARNING,
    Step.AGREED: State.ACCENT,
    Step.RUNNING: State.ACCENT,
    Step.FINISHED: State.GOOD,
}
VERDICTS = {"up": State.GOOD, "down": State.BAD}


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("title", _("Promotion"), Align.LEFT, stretch=True),
        Column("state", _("State"), Align.LEFT, width=112),
        Column("period", _("Period"), Align.LEFT, width=138),
        Column("gain", _("Brought"), width=92,
               tooltip=_("Against comparable days before and those who went without it")),
        Column("expected", _("Expected"), width=92),
    )  # fmt: skip


def rows(details: Sequence[Detail]) -> list[Row]:
    """Return a row for each promotion."""
    return [_row(number, each) for number, each in enumerate(details)]


def _row(number: int, each: Detail) -> Row:
    found, result = each.promotion, each.result
    step = words.next_step(each)
    wanted = found.expected
    return Row(
        found.id,
        (
            Cell(found.title, tooltip=found.title),
            Cell(
                words.state(found.state) + (" !" if step else ""),
                chip=True,
                state=State.WARNING if step else STATES[found.state],
                tooltip=step,
                sort_key=number,
            ),
            Cell(
                words.span(found.first, found.last),
                sort_key=found.first.toordinal() if found.first else None,
            ),
            _gain(each),
            Cell(
                effect_words.said(result.metric, wanted, sign=True) if wanted is not None else "",
                muted=True,
                sort_key=wanted,
            ),
        ),
    )


def _gain(each: Detail) -> Cell:
    result = each.result
    if result.effect is None:
        return Cell(muted=True)
    verdict = result.effect.verdict
    sure = verdict in VERDICTS
    return Cell(
        words.short_gain(result) + ("" if sure else " ?"),
        state=VERDICTS.get(verdict, State.NEUTRAL),
        muted=not sure,
        tooltip=words.fact(result),
        sort_key=None if result.gain is None else float(result.gain),
    )
