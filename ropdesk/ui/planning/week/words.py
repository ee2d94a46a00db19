"""How the week's plan is said: times, days, owners, states, effects."""

from collections.abc import Iterable
from datetime import date

from ropdesk import i18n
from ropdesk.domain.metrics import Metric, Unit
from ropdesk.domain.week import HOUR, Away, Room, State, days_of
from ropdesk.i18n import _, ngettext
from ropdesk.services.week_effects import ActionEffect
from ropdesk.services.week_lines import ActionLine
from ropdesk.services.week_view import Owner, Week, WeekDay
from ropdesk.ui import values
from ropdesk.ui.roles import State as Colour

SPACE = i18n.THIN_SPACE
NBSP = "\u00a0"  # the first word stands beside the time, cut if need be


def clock(minutes: int) -> str:
    """Write a time of the day: «9:05»."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def length(minutes: int) -> str:
    """Write how long something takes: «1 ч 30 мин»."""
    hours, rest = divmod(minutes, HOUR)
    parts = []
    if hours:
        parts.append(_("{n} h", n=hours).replace(" ", SPACE))
    if rest or not hours:
        parts.append(_("{n} min", n=rest).replace(" ", SPACE))
    return " ".join(parts)


def span(start: int | None, minutes: int) -> str:
    """Write when something happens: «9:00–9:45», or how long it takes where that is open."""
    return length(minutes) if start is None else f"{clock(start)}–{clock(start + minutes)}"


def day_title(day: date) -> str:
    """Write a day with its weekday: «вт 20.10»."""
    return f"{i18n.weekday_short(day)} {i18n.day_month(day)}"


def week_title(week: date) -> str:
    """Write a week by its first and last day: «19.10–25.10.2026»."""
    days = days_of(week)
    return f"{i18n.day_month(days[0])}–{i18n.short_date(days[-1])}"


def owner_name(name: str) -> str:
    """Return a member's name, or that it is the sales head."""
    return name or _("Sales head")


def owner_choice(owner: Owner) -> str:
    """Return an owner for a list to choose from."""
    if owner.id is not None:
        return owner.name
    return _("Sales head: {name}", name=owner.name) if owner.name else _("Sales head")


def away_words(why: Away) -> str:
    """Say why somebody does not work on a day."""
    return {
        Away.NO: "",
        Away.DAY_OFF: _("day off"),
        Away.VACATION: _("vacation"),
        Away.SICK_LEAVE: _("sick leave"),
        Away.OTHER: _("absent"),
        Away.NOT_HERE: _("not in the department"),
    }[why]


def room_words(room: Room) -> str:
    """Say how full a day is: «5 ч из 8 ч», or by how much too full."""
    if room.over:
        return _("over by {time}", time=length(room.over))
    if not room.busy:
        return _("free {time}", time=length(room.works))
    return _("{busy} of {works}", busy=length(room.busy), works=length(room.works))


def absent_words(day: WeekDay, names: dict[int, str], *, whole: bool = False) -> str:
    """Say who is away on a day, the first two by name unless all are wanted."""
    gone = [names[member] for member in day.away if member in names]
    if not gone:
        return ""
    shown = gone if whole else gone[:1]
    rest = len(gone) - len(shown)
    text = ", ".join(shown) + (f" +{rest}" if rest else "")
    return _("away: {names}", names=text)


def state_words(line: ActionLine, today: date) -> str:
    """Say what became of an action, empty while it simply waits."""
    if line.state is State.DONE:
        return _("done")
    if line.state is State.DROPPED:
        return _("dropped: {reason}", reason=line.result)
    return _("not done") if line.overdue(today) else ""


def state_colour(line: ActionLine, today: date) -> Colour:
    """Choose the colour that repeats the state."""
    if line.state is State.DONE:
        return Colour.GOOD
    if line.state is State.DROPPED:
        return Colour.NEUTRAL
    return Colour.WARNING if line.overdue(today) else Colour.ACCENT


def done_words(lines: Iterable[ActionLine], today: date) -> tuple[str, Colour]:
    """Say how many of the actions are done, and how many are late, for the chip of the week."""
    kept = [line for line in lines if line.state is not State.DROPPED]
    done = sum(line.state is State.DONE for line in kept)
    late = sum(line.overdue(today) for line in kept)
    if not kept:
        return _("no actions"), Colour.NEUTRAL
    text = _("done {n} of {all}", n=done, all=len(kept))
    if late:
        return _("{done} · late {late}", done=text, late=late), Colour.WARNING
    return text, Colour.GOOD if done == len(kept) else Colour.NEUTRAL


def box_lines(week: Week, line: ActionLine) -> tuple[str, ...]:
    """Return what a box on the grid says: sign, time and title; then who and what for."""
    sign = {State.DONE: "✓" + NBSP, State.DROPPED: "✕" + NBSP}.get(line.state, "")
    if line.overdue(week.as_of):
        sign = "!" + NBSP
    if line.recurring:
        sign += "↻" + NBSP
    time = "" if line.start is None else clock(line.start) + NBSP
    metric = metric_of(week, line)
    rest = [owner_name(line.owner)] if line.member_id is not None else []
    rest += [carried_words(line.carried)] if line.carried else []
    rest += [aim_words(line, metric)] if metric else []
    return (f"{sign}{time}{line.title}", *rest)


def carried_words(count: int) -> str:
    """Say how often an action was put off."""
    return ngettext("carried over {n} time", "carried over {n} times", count)


def change_words(metric: Metric, change: values.Value) -> str:
    """Write a change of a metric with its sign and unit: «+5», «+1,5 п. п.»."""
    if metric.unit is Unit.SHARE:
        return values.alone(change, values.Style(metric.scale // 100, 1, _("p.p.")), sign=True)
    return values.alone(change, values.style(metric, [change]), sign=True)


def metric_of(week: Week, line: ActionLine) -> Metric | None:
    """Return the metric an action is for, None where it names none that is known."""
    if line.metric not in week.metrics:
        return None
    return week.metrics[line.metric]


def aim_words(line: ActionLine, metric: Metric | None) -> str:
    """Say what an action is for: «Средний чек +1 500 ₽»."""
    if metric is None:
        return ""
    name = values.name(metric)
    return f"{name} {change_words(metric, line.expected)}" if line.expected is not None else name


def effect_words(effect: ActionEffect) -> str:
    """Say what a done action was followed by."""
    metric = effect.metric
    if effect.early:
        return _("{metric}: seen from {day}", metric=values.name(metric),
                 day=i18n.day_month(effect.ready))  # fmt: skip
    if effect.before is None or effect.after is None:
        return _("{metric}: no numbers to compare", metric=values.name(metric))
    how = values.style(metric, [effect.before, effect.after])
    text = _(
        "{metric}: {before} → {after} ({change})", metric=values.name(metric),
        before=values.text(effect.before, how), after=values.alone(effect.after, how),
        change=change_words(metric, effect.change),
    )  # fmt: skip
    if effect.expected is None:
        return text
    expected = change_words(metric, effect.expected)
    reached = _("expected {change}: reached", change=expected)
    missed = _("expected {change}: not reached", change=expected)
    return f"{text}, {reached if effect.reached else missed}"


def spoken(line: ActionLine, today: date, metric: Metric | None) -> str:
    """Return everything about an action in a row, for screen readers and tooltips."""
    parts = [
        line.title,
        day_title(line.day) if line.day else _("not on the grid"),
        span(line.start, line.minutes),
        owner_name(line.owner),
        aim_words(line, metric),
        _("recurring") if line.recurring else "",
        carried_words(line.carried) if line.carried else "",
        state_words(line, today),
        line.result if line.state is State.DONE else "",
        line.note,
    ]
    return ", ".join(part for part in parts if part)
