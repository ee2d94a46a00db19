"""What the day's page says: cards, lines of the agenda, people, promises and tasks."""

from datetime import date, timedelta
from fractions import Fraction

from ropdesk.domain.errors import N_
from ropdesk.domain.meetings import State as MeetingState
from ropdesk.domain.metrics import Metric
from ropdesk.domain.week import State as ActionState
from ropdesk.i18n import _, day_month, month_name, ngettext, weekday_short
from ropdesk.reports.wording import lower_first
from ropdesk.services.meeting_lines import MeetingLine
from ropdesk.services.meeting_numbers import MemberNumbers, Numbers
from ropdesk.services.today import Chance, Day, News, NewsKind
from ropdesk.services.week_lines import ActionLine
from ropdesk.ui import values
from ropdesk.ui.planning.board_cells import state_of
from ropdesk.ui.planning.decomposition_words import month_alone
from ropdesk.ui.roles import State
from ropdesk.ui.widgets.cards import MetricView
from ropdesk.ui.widgets.check_rows import CheckView

NAMED = 2  # sellers without payments that are named; of more, their number
SCENARIOS = {"minimum": N_("minimum"), "standard": N_("standard"), "maximum": N_("maximum")}
ABSENCES = {
    "vacation": N_("{name}: on vacation until {day}"),
    "sick_leave": N_("{name}: on sick leave until {day}"),
    "other": N_("{name}: away until {day}"),
}


def surname(name: str) -> str:
    """Return the first word of a name: people are listed by surname."""
    return name.partition(" ")[0]


def yesterday_card(day: Day) -> MetricView:
    """Say what the last working day (with the days off after it) brought."""
    numbers = day.numbers
    if numbers is None:
        return MetricView(_("Yesterday"), values.UNKNOWN)
    metric, whole = numbers.metric, numbers.department
    title = _("{days}, {metric}", days=span_words(numbers, day.day),
              metric=lower_first(values.name(metric)))  # fmt: skip
    share = _share(whole.fact, whole.plan)
    aside = _("{percent} of the day's plan", percent=done_words(share, metric)) if share else ""
    if not facts_in(numbers):
        note = _("The facts of this day are not in yet.")
        return MetricView(title, values.UNKNOWN, note, "", State.NEUTRAL, None, None, note)
    note = best_words(numbers)
    return MetricView(
        title, values.headline(metric, whole.fact), note, aside, state_of(share, metric),
        _bar(share), 1.0 if share is not None else None,
        _behind(metric, whole.fact, whole.plan, agreed=whole.agreed),
    )  # fmt: skip


def facts_in(numbers: Numbers) -> bool:
    """Say whether any numbers of the days shown have come: silence before is not a zero."""
    known = numbers.known_until
    return numbers.department.fact is not None and (
        known is not None and known >= numbers.spans.fact_first
    )


def span_words(numbers: Numbers, today: date) -> str:
    """Name the days of the fact: yesterday, or «Fr 16.10 – Su 18.10»."""
    first, last = numbers.spans.fact_first, numbers.spans.fact_last
    if first == last == today - timedelta(1):
        return _("Yesterday")
    if first == last:
        return _day_words(first)
    return f"{_day_words(first)} \u2013 {lower_first(_day_words(last))}"


def _day_words(day: date) -> str:
    text = f"{weekday_short(day)} {day_month(day)}"
    return text[:1].upper() + text[1:]


def best_words(numbers: Numbers) -> str:
    """Name who did best against the plan, and who brought nothing."""
    rated = [one for one in numbers.members if one.completion is not None and one.fact]
    parts = []
    if rated:
        best = max(rated, key=_completion)
        parts.append(
            _("best: {name} {percent}", name=surname(best.name),
              percent=done_words(best.completion, numbers.metric))
        )  # fmt: skip
    none = [surname(one.name) for one in numbers.members if one.plan and not one.fact]
    if len(none) > NAMED:
        parts.append(ngettext("{n} without payments", "{n} without payments", len(none)))
    elif none:
        parts.append(_("without payments: {names}", names=", ".join(none)))
    return " \u00b7 ".join(parts)


def done_words(share: Fraction | None, metric: Metric) -> str:
    """Write a share of a plan as the board does: 99.6 % is not yet 100."""
    return values.joined(values.completion(share, metric.better), "%")


def _completion(one: MemberNumbers) -> Fraction:
    return one.completion or Fraction(0)


def need_card(day: Day, metric: Metric) -> MetricView:
    """Say what today must bring to reach the standard plan."""
    month = month_alone(day.day)
    title = _("Needed today")
    if day.plan.status == "none":
        return MetricView(title, values.UNKNOWN, _("There is no plan for {month} yet", month=month))
    if day.need is None:
        return MetricView(title, values.UNKNOWN, _("There are no working days left."))
    if day.need == 0:
        return MetricView(
            title, values.headline(metric, 0), _("The plan «Standard» is reached."), "\u2713",
            State.GOOD,
        )  # fmt: skip
    share = _share(day.fact_today, day.need)
    done = day.fact_today
    aside = _("so far {value}", value=values.headline(metric, done)) if done else ""
    note = _("to close {month} at «Standard»", month=month)
    tip = ngettext(
        "{need} a day: what is missing to the plan, shared over {n} working day left",
        "{need} a day: what is missing to the plan, shared over {n} working days left",
        day.days_left, need=values.exact(metric, day.need),
    )  # fmt: skip
    return MetricView(
        title, values.headline(metric, day.need), note, aside, State.NEUTRAL,
        _bar(share) or 0.0, None, tip,
    )  # fmt: skip


def month_card(day: Day) -> MetricView:
    """Say how far the month is against its plan to date."""
    if day.numbers is None or day.numbers.month.fact is None:
        return MetricView(_("Month"), values.UNKNOWN, _("There are no facts yet."))
    metric, month = day.numbers.metric, day.numbers.month
    how = values.headline_style(metric, [month.plan or month.fact])
    note = values.alone(month.fact, how)
    if month.plan:
        fact, plan = values.text(month.fact, how), values.alone(month.plan, how)
        note = _("{fact} of {plan}", fact=fact, plan=plan)
    if month.p50 is not None:
        ahead = _("forecast {value}", value=values.text(month.p50, how))
        note = f"{note} \u00b7 {ahead}"
    passed = _share(month.plan_to_date, month.plan)
    return MetricView(
        _("{month}, to date", month=month_name(month.first).split()[0]),
        done_words(month.completion, metric), note, "", state_of(month.completion, metric),
        _bar(_share(month.fact, month.plan)), _bar(passed),
        _behind(metric, month.fact, month.plan_to_date),
    )  # fmt: skip


def chance_card(day: Day) -> MetricView:
    """Say how probable the standard plan is, and what it was a day earlier."""
    title = _("Probability of the standard")
    standard = next((one for one in day.chances if one.scenario == "standard"), None)
    if standard is None:
        return MetricView(title, values.UNKNOWN, _("Too little past to say."))
    notes: list[str] = []
    if standard.before is not None:
        notes.append(_("yesterday {percent}", percent=values.percent(standard.before)))
    notes += [
        _("{scenario} {percent}", scenario=_(SCENARIOS[one.scenario]),
          percent=values.percent(one.chance))
        for one in day.chances
        if one is not standard
    ]  # fmt: skip
    return MetricView(
        title, values.percent(standard.chance), " \u00b7 ".join(notes[:2]), _trend(standard),
        _likely(standard.chance), float(standard.chance), None, " \u00b7 ".join(notes),
    )  # fmt: skip


def _trend(chance: Chance) -> str:
    if chance.before is None or chance.before == chance.chance:
        return ""
    return "\u2191" if chance.chance > chance.before else "\u2193"


def _likely(chance: Fraction) -> State:
    if chance >= Fraction(2, 3):
        return State.GOOD
    return State.WARNING if chance >= Fraction(1, 3) else State.BAD


def _share(fact: values.Value, plan: values.Value) -> Fraction | None:
    if fact is None or not plan:
        return None
    return Fraction(fact) / Fraction(plan)


def _bar(share: Fraction | None) -> float | None:
    return None if share is None else float(max(Fraction(0), min(share, Fraction(1))))


def _behind(metric: Metric, fact: values.Value, plan: values.Value, *, agreed: bool = False) -> str:
    lines = [_("fact {value}", value=values.exact(metric, fact))]
    if plan is not None:
        words = N_("agreed {value}") if agreed else N_("plan {value}")
        lines.append(_(words, value=values.exact(metric, plan)))
    return "\n".join(lines)


def meeting_view(line: MeetingLine) -> CheckView:
    """Return a meeting's row of the agenda."""
    lead = clock(line.start)
    if line.state is MeetingState.RUNNING:
        return CheckView(line.ref, line.title, lead, chip=_("is running"), state=State.ACCENT,
                         button=_("Continue"), primary=True)  # fmt: skip
    if line.state in {MeetingState.DONE, MeetingState.CORRECTING}:
        return CheckView(line.ref, line.title, lead, state=State.GOOD, muted=True,
                         chip=_("\u2713 protocol {n}", n=line.number or 0))  # fmt: skip
    if line.state is MeetingState.SKIPPED:
        return CheckView(line.ref, line.title, lead, line.reason, _("skipped"), muted=True)
    note = _("moved from {day}", day=day_month(line.moved_from)) if line.moved_from else line.place
    return CheckView(line.ref, line.title, lead, note, button=_("Begin"),
                     tooltip=_("Space: begin. Enter: prepare."))  # fmt: skip


def action_view(line: ActionLine) -> CheckView:
    """Return an action's row of the agenda."""
    return CheckView(
        line.ref, line.title, clock(line.start), checked=line.state is ActionState.DONE,
        muted=line.state is ActionState.DONE,
    )  # fmt: skip


def clock(start: int | None) -> str:
    """Write minutes after midnight as a time: «9:00»; nothing where none is known."""
    return "" if start is None else f"{start // 60}:{start % 60:02}"


def news_view(one: News, today: date) -> CheckView:
    """Return the row of somebody to think of."""
    return CheckView((one.kind, one.member_id), news_words(one, today))


def news_words(one: News, today: date) -> str:
    """Say why somebody is named: «Orlov Nikita: on sick leave until 25.10»."""
    day = day_month(one.day)
    if one.kind is NewsKind.AWAY:
        return _(ABSENCES[(one.absence or "other")], name=one.name, day=day)
    if one.kind is NewsKind.BACK:
        return _("{name}: back at work from today", name=one.name)
    if one.kind is NewsKind.BIRTHDAY:
        return _("{name}: birthday {when}", name=one.name, when=when_words(one.day, today))
    if one.kind is NewsKind.PROBATION:
        return _("{name}: probation until {day}", name=one.name, day=day)
    if one.kind is NewsKind.STARTS:
        return _("{name}: first day {when}", name=one.name, when=when_words(one.day, today))
    return _("{name}: last day {when}", name=one.name, when=when_words(one.day, today))


def when_words(day: date, today: date) -> str:
    """Name a day near today: yesterday, today, tomorrow, else «24.10»."""
    near = {-1: N_("yesterday"), 0: N_("today"), 1: N_("tomorrow")}
    away = (day - today).days
    return _(near[away]) if away in near else day_month(day)


def due_chip(due: date | None, today: date) -> tuple[str, State]:
    """Return the chip of a due day: overdue ones in red with a sign."""
    if due is None:
        return "", State.NEUTRAL
    words = when_words(due, today)
    if due < today:
        return f"! {words}", State.BAD
    return words, State.ACCENT if due == today else State.NEUTRAL
