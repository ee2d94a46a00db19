"""What the cards of the levers show, made from the numbers."""

from collections.abc import Sequence
from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.levers import DEPARTMENT, End, Factor
from ropdesk.domain.levers_closing import Lever, Reach
from ropdesk.i18n import _
from ropdesk.services import levers as service
from ropdesk.services.levers import Chance, Changes, Levers, Outcome, Subject
from ropdesk.ui import values
from ropdesk.ui.planning.board_words import pace_style
from ropdesk.ui.planning.levers import words
from ropdesk.ui.planning.levers.closing_card import ClosingView
from ropdesk.ui.planning.levers.end_bars import BarView, EndView
from ropdesk.ui.planning.levers.result_card import ResultView
from ropdesk.ui.planning.levers.what_card import LeverView, percent_of
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Cell, Row

_REACH = {
    Reach.REACHED: (N_("was reached"), State.GOOD),
    Reach.UNKNOWN: (N_("no past to compare"), State.NEUTRAL),
    Reach.BEYOND: (N_("above the best month"), State.WARNING),
    Reach.LEAP: (N_("too big a leap"), State.NEUTRAL),
    Reach.IMPOSSIBLE: (N_("impossible"), State.NEUTRAL),
}


def lever_views(found: Levers, changes: Changes, who: int) -> list[LeverView]:
    """Put the three levers of a subject in words."""
    return [_lever(found, changes, found.subject(who), factor) for factor in Factor]


def _lever(found: Levers, changes: Changes, subject: Subject, factor: Factor) -> LeverView:
    base, best = subject.rest.value(factor), subject.best.get(factor)
    label = words.label_of(found, factor)
    why = found.obstacle(subject.id, factor)
    if why is not None or base is None:
        said = words.obstacle(why) if why is not None else ""
        shown = words.alone(found, factor, base)
        return LeverView(factor.value, label, shown, reference=said, enabled=False)
    value = changes.get((subject.id, factor), base)
    how = words.style_of(found, factor)
    return LeverView(
        key=factor.value,
        label=label,
        shown=values.text(value, how),
        raw=values.plain(value, how),
        change=words.change(base, value),
        percent=percent_of(base, value) or 0,
        best=percent_of(base, best.value if best else None),
        reference=words.reference(found, factor, base, best),
        tooltip=words.reference_more(factor, best),
    )


def subject_options(found: Levers, changes: Changes) -> list[tuple[int, str]]:
    """List who has levers, marking those that were moved."""
    moved = {who for who, _factor in changes}
    return [
        (
            one.id,
            _("{name} · changed", name=words.name_of(one)) if one.id in moved
            else words.name_of(one),
        )
        for one in found.subjects
        if one.offered
    ]  # fmt: skip


def result(found: Levers, outcome: Outcome, whole: Outcome) -> ResultView:
    """Put the month's end of a subject in words.

    Args:
        whole: the department's outcome, for the sentence.
    """
    subject = found.subject(outcome.subject)
    receipts = found.metrics["receipts"]
    plans = [(chance, chance.target) for chance in _standard_first(outcome.chances)]
    how = values.style(receipts, [target for _chance, target in plans if target is not None])
    whole_style = values.headline_style(receipts, [outcome.before.p50, outcome.after.p50])
    bars = (
        _bar(_("Without changes"), outcome.fact, outcome.before, whole_style),
        _bar(_("With the changes"), outcome.fact, outcome.after, whole_style),
    )
    return ResultView(
        title=_("The month's end: {name}", name=words.name_of(subject)),
        end=EndView(
            bars=bars,
            plans=[
                (_(words.SCENARIO_MARKS[chance.scenario]), target)
                for chance, target in plans
                if target is not None
            ],
            said="; ".join(f"{bar.label}: {bar.value}" for bar in bars),
        ),
        headings=(values.heading(_("Plan"), how), values.heading(_("To plan"), how)),
        rows=[_scenario(found, chance, how) for chance in outcome.chances],
        sentence=words.effects(found, whole),
        note=_note(found, subject, outcome),
    )  # fmt: skip


def _standard_first(chances: Sequence[Chance]) -> list[Chance]:
    return sorted(chances, key=lambda chance: chance.scenario != "standard")


def _bar(label: str, fact: int, end: End, how: values.Style) -> BarView:
    said = values.alone(end.p50, how)
    if end.p10 is not None and end.p90 is not None:
        said = _(
            "{value} ({low}–{high})",
            value=said,
            low=values.text(end.p10, how),
            high=values.text(end.p90, how),
        )
    return BarView(label, said, fact, end.p50, end.p10, end.p90)


def _scenario(found: Levers, chance: Chance, how: values.Style) -> Row:
    name = _(words.SCENARIO_NAMES[chance.scenario])
    if chance.target is None or chance.gap is None:
        none = Cell(values.UNKNOWN, muted=True)
        return Row(chance.scenario, (Cell(name), none, none, none),
                   tooltip=_("There is no plan of this scenario"))  # fmt: skip
    receipts = found.metrics["receipts"]
    state = State.BAD if chance.gap > 0 else State.GOOD
    return Row(
        chance.scenario,
        (
            Cell(name),
            Cell(values.text(chance.target, how), muted=True,
                 tooltip=values.exact(receipts, chance.target)),
            Cell(values.text(-chance.gap, how, sign=True), state=state,
                 tooltip=values.exact(receipts, -chance.gap)),
            Cell(_chances(chance), bold=True),
        ),
    )  # fmt: skip


def _chances(chance: Chance) -> str:
    before, after = values.percent(chance.before), values.percent(chance.after)
    return after if before == after else f"{before} → {after}"


def _note(found: Levers, subject: Subject, outcome: Outcome) -> str:
    if subject.id != DEPARTMENT and "standard" in subject.targets:
        return _own_gap(found, subject)
    if outcome.before.p10 is None:
        return _("Fewer than three past months: there is no interval and no probability yet.")
    if not subject.targets:
        return _("There is no plan of receipts, so no probability of one.")
    return _("The interval holds 8 cases of 10; it grows with what is still to come.")


def _own_gap(found: Levers, subject: Subject) -> str:
    """Say which single changes would bring a member to their own plan."""
    gap = subject.targets["standard"] - subject.course.end
    receipts = found.metrics["receipts"]
    amount = values.alone(abs(gap), pace_style(receipts, gap))
    if gap <= 0:
        return _("By forecast their own plan «Standard» is reached with {amount} to spare.",
                 amount=amount)  # fmt: skip
    ways = [
        _(
            "{metric} {old} → {new}",
            metric=words.inside(values.name(words.metric_of(found, one.factor))),
            old=words.alone(found, one.factor, one.base),
            new=words.alone(found, one.factor, one.needed),
        )
        for one in service.closers(found, "standard", subject.id)
        if can_try(one) and one.reach is not Reach.LEAP
    ]
    if not ways:
        return _("{amount} is missing to their own plan «Standard», and no single lever of theirs "
                 "closes it realistically.", amount=amount)  # fmt: skip
    return _("{amount} is missing to their own plan «Standard»; any one closes it: {ways}.",
             amount=amount, ways="; ".join(ways))  # fmt: skip


def closing(found: Levers, levers: Sequence[Lever], scenario: str) -> ClosingView:
    """Put the list of single changes in words.

    Args:
        levers: ranked; empty where there is no gap.
    """
    department = found.department
    plan = _(words.SCENARIO_NAMES[scenario])
    target = department.targets.get(scenario)
    if target is None:
        return ClosingView(
            "", _("This month has no plan of receipts «{plan}», so there is no gap to close.",
                  plan=plan), [], plan_wanted=True,
        )  # fmt: skip
    receipts = found.metrics["receipts"]
    gap = target - department.course.end
    how = pace_style(receipts, gap)
    if gap <= 0:
        return ClosingView(
            "", "\u2713 " + _("By forecast the plan «{plan}» is reached with {amount} to spare.",
                              plan=plan, amount=values.alone(-gap, how)), [],
        )  # fmt: skip
    hint = _(
        "{amount} is missing to the plan «{plan}» · click a needed value to try it",
        amount=values.alone(gap, how),
        plan=plan,
    )
    return ClosingView(
        hint, _easiest(found, levers, scenario), [_closer(found, one) for one in levers]
    )


def _easiest(found: Levers, levers: Sequence[Lever], scenario: str) -> str:
    first = next((one for one in levers if one.change is not None), None)
    if first is None:
        return _("No lever closes this gap.")
    fields = {
        "name": words.name_of(found.subject(first.subject)),
        "metric": words.inside(values.name(words.metric_of(found, first.factor))),
        "old": words.alone(found, first.factor, first.base),
        "new": words.alone(found, first.factor, first.needed),
        "change": words.change(first.base, first.needed),
    }
    if first.reach is Reach.REACHED:
        return _("The easiest: {name}, {metric} {old} → {new} ({change}).", **fields)
    if first.reach is Reach.UNKNOWN:
        return _(
            "The smallest change: {name}, {metric} {old} → {new} ({change}); there is no past to "
            "say how realistic it is.",
            **fields,
        )
    nearest = _(
        "No single lever closes the gap within what was once reached; the nearest: {name}, "
        "{metric} {old} → {new} ({change}).",
        **fields,
    )
    share = service.best_closes(found, scenario)
    if not share:
        return nearest
    together = _(
        "All three of the department as in their best months would close {share} of it.",
        share=values.percent(share),
    )
    return f"{nearest} {together}"


def _closer(found: Levers, one: Lever) -> Row:
    name = words.name_of(found.subject(one.subject))
    metric = words.metric_of(found, one.factor)
    said, state = _REACH[one.reach]
    reason = words.obstacle(one.obstacle) if one.obstacle is not None else ""
    ref = (one.subject, one.factor) if can_try(one) else None
    best = Cell(values.UNKNOWN, muted=True)
    if one.best is not None:
        best = Cell(
            words.alone(found, one.factor, one.best.value),
            secondary=f" · {words.month_of(one.best)}",
            tooltip=words.reference_more(one.factor, one.best),
        )
    covers = one.covers if one.reach is not Reach.REACHED else Fraction(1)
    return Row(
        (one.subject, one.factor.value),
        (
            Cell(name, tooltip=name, bold=one.subject == DEPARTMENT),
            Cell(values.name(metric)),
            Cell(words.alone(found, one.factor, one.base), muted=True),
            Cell(words.alone(found, one.factor, one.needed), bold=True, ref=ref,
                 tooltip=_("Click or Enter: try it on the levers") if ref else reason),
            Cell(words.change(one.base, one.needed) or values.UNKNOWN,
                 sort_key=None if one.change is None else float(one.change)),
            best,
            Cell(values.percent(covers), sort_key=None if covers is None else float(covers)),
            Cell(_(said), state=state, chip=True, tooltip=reason or _reach_more(one)),
        ),
        tooltip=reason,
    )  # fmt: skip


def _reach_more(one: Lever) -> str:
    """Explain how realistic a change is."""
    return {
        Reach.REACHED: _("The best of the last 12 months was as good or better"),
        Reach.UNKNOWN: _("No past month to compare with"),
        Reach.BEYOND: _("More than in the best of the last 12 months"),
        Reach.LEAP: _(
            "Conversion and check by more than half, inquiries more than twofold: the rest of a "
            "month hardly sees that"
        ),
        Reach.IMPOSSIBLE: _("impossible"),
    }[one.reach]


def can_try(one: Lever) -> bool:
    """Say whether a change of the list can be put on the levers."""
    return one.needed is not None and one.reach is not Reach.IMPOSSIBLE
