"""What customers say, its mentions, reasons of loss and trials of tools as table cells."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.money import half_up
from ropdesk.domain.voice import State as Step
from ropdesk.domain.voice import Trial
from ropdesk.i18n import _
from ropdesk.services import voice_words as words
from ropdesk.services.tools import Measured
from ropdesk.services.voice import LostReason, Mention, Voice
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

STATES = {
    Step.NEW: State.NEUTRAL,
    Step.PASSED: State.WARNING,
    Step.ACCEPTED: State.ACCENT,
    Step.DONE: State.GOOD,
    Step.DECLINED: State.BAD,
}
TRIALS = {Trial.TRYING: State.ACCENT, Trial.KEPT: State.GOOD, Trial.DROPPED: State.NEUTRAL}
VERDICTS = {"up": "\u2191", "down": "\u2193", "unclear": "?", "unknown": "?"}


def voice_columns() -> tuple[Column, ...]:
    """Return the columns of what customers say."""
    return (
        Column("text", _("What customers say"), Align.LEFT, stretch=True),
        Column("kind", _("Kind"), Align.LEFT, width=104),
        Column("times", _("Month"), width=64, tooltip=_("How many times it was heard this month")),
        Column("trend", _("Change"), width=98, tooltip=_("Against the month before")),
        Column("total", _("Ever"), width=58),
        Column("state", _("State"), Align.LEFT),
        Column("again", "+1", Align.CENTER, width=48, tooltip=_("Heard once more, just now")),
    )  # fmt: skip


def voice_rows(found: Sequence[Voice]) -> list[Row]:
    """Return a row for each entry."""
    return [
        Row(
            each.id,
            (
                Cell(each.text, tooltip=each.text),
                Cell(words.kind(each.kind), muted=True),
                Cell(i18n.integer(each.times), sort_key=each.times, bold=bool(each.times)),
                Cell(words.trend(each), sort_key=each.growth, muted=not each.growth,
                     tooltip=_("{n} in the month before", n=i18n.integer(each.earlier))),
                Cell(i18n.integer(each.total), sort_key=each.total, muted=True),
                Cell(words.state(each.state), chip=True, state=STATES[each.state],
                     tooltip=words.state_line(each)),
                Cell("+1", ref=each.id, tooltip=_("Heard once more, just now")),
            ),
        )
        for each in found
    ]  # fmt: skip


def mention_columns() -> tuple[Column, ...]:
    """Return the columns of an entry's mentions."""
    return (
        Column("day", _("Day"), Align.LEFT),
        Column("source", _("Where"), Align.LEFT, width=84),
        Column("member", _("Who heard"), Align.LEFT, width=150),
        Column("said", _("Customer and words"), Align.LEFT, stretch=True),
    )  # fmt: skip


def mention_rows(found: Sequence[Mention], names: Mapping[int, str]) -> list[Row]:
    """Return a row for each mention."""
    rows = []
    for each in found:
        said = each.customer or each.deal
        if each.quote:
            said = f"{said}: «{each.quote}»" if said else f"«{each.quote}»"
        who = names.get(each.member_id, "") if each.member_id is not None else ""
        cells = (
            Cell(i18n.short_date(each.day), sort_key=each.day.toordinal()),
            Cell(words.heard(each.source)),
            Cell(who, tooltip=who),
            Cell(said, tooltip=said),
        )
        rows.append(Row(each.id, cells))
    return rows


def reason_columns() -> tuple[Column, ...]:
    """Return the columns of the reasons of loss."""
    return (
        Column("reason", _("Reason in the CRM"), Align.LEFT, stretch=True),
        Column("deals", _("Deals"), width=72),
        Column("earlier", _("Month before"), width=132),
        Column("amount", _("Their sum, k₽"), width=108),
        Column("note", "", Align.CENTER, width=44),
    )  # fmt: skip


def reason_rows(found: Sequence[LostReason]) -> list[Row]:
    """Return a row for each reason; its last cell notes it as a refusal."""
    return [
        Row(
            each.reason,
            (
                Cell(each.reason, tooltip=each.reason),
                Cell(i18n.integer(each.deals), sort_key=each.deals),
                Cell(i18n.integer(each.earlier), sort_key=each.earlier, muted=True),
                Cell(i18n.integer(half_up(Fraction(each.amount, 100_000))), sort_key=each.amount,
                     tooltip=i18n.money(each.amount)),
                Cell("\u2197", ref=each.reason, tooltip=_("Note it above in customers' words")),
            ),
        )
        for each in found
    ]  # fmt: skip


def tool_columns() -> tuple[Column, ...]:
    """Return the columns of trials."""
    return (
        Column("title", _("What was tried"), Align.LEFT, stretch=True),
        Column("state", _("State"), Align.LEFT, width=104),
        Column("span", _("Period"), Align.LEFT, width=138),
        Column("effect", _("Effect"), width=96),
        Column("cost", _("Cost, ₽"), width=88),
    )  # fmt: skip


def tool_rows(found: Sequence[Measured]) -> list[Row]:
    """Return a row for each trial."""
    rows = []
    for each in found:
        tool = each.tool
        effect = words.trial_short(each)
        if each.effect is not None and effect:
            effect = f"{effect} {VERDICTS[each.effect.verdict]}"
        cells = (
            Cell(tool.title, tooltip=tool.title),
            Cell(words.trial(tool.state), chip=True, state=TRIALS[tool.state]),
            Cell(words.trial_span(tool), sort_key=tool.first.toordinal()),
            Cell(effect, tooltip=words.trial_effect(each)),
            Cell("" if tool.cost is None else i18n.decimal(tool.cost // 100),
                 sort_key=tool.cost, muted=True),
        )  # fmt: skip
        rows.append(Row(tool.id, cells))
    return rows
