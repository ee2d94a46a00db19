"""The day from the command line: its numbers, meetings, people, promises, tasks and duties."""

from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import fraction, shown, stored, today
from ropdesk.domain.duties import State as DutyState
from ropdesk.domain.metrics import Metric
from ropdesk.i18n import _, percent, short_date
from ropdesk.services import duties, metrics, promises, tasks
from ropdesk.services import today as days
from ropdesk.services.duties import DutyLine
from ropdesk.services.meeting_numbers import METRIC
from ropdesk.services.promises import PromiseLine
from ropdesk.services.tasks import TaskLine
from ropdesk.services.today import Day


def told(job: Job) -> Answer:
    """Tell what the day's page tells, but for the signals."""
    on = job.args.as_of or today()
    with job.reading() as ws, ws.read() as connection:
        metric = metrics.load(connection)[METRIC]
        day = days.day(connection, on)
        due = promises.lines(connection, on, due=(on.min, on), open_only=True)
        todo = tasks.tasks(connection, on, until=on)
        asked = [one for one in duties.due(connection, on) if one.state is DutyState.MINE]
    data = {
        "date": on.isoformat(),
        "working": day.working,
        "working_days": {"total": day.of, "passed": day.number},
        "yesterday": _yesterday(day, metric),
        "needed": stored(day.need, metric),
        "brought": stored(day.fact_today, metric),
        "members": [
            {"name": one.name, "plan": stored(one.plan, metric), "fact": stored(one.fact, metric),
             "days_left": one.days_left, "needed": stored(one.need, metric), "away": one.away}
            for one in day.needs
        ],
        "chances": {
            one.scenario: {"chance": fraction(one.chance), "before": fraction(one.before)}
            for one in day.chances
        },
        "meetings": [
            {"id": one.id, "kind": one.kind, "title": one.title, "start": _clock(one.start),
             "state": one.state.value}
            for one in day.meetings
        ],
        "people": [
            {"name": one.name, "what": one.kind.value, "day": one.day.isoformat()}
            for one in day.news
        ],
        "promises": [_promise(one) for one in due],
        "tasks": [_task(one) for one in todo],
        "duties": [_duty(one) for one in asked],
    }  # fmt: skip
    return Answer(data, _text(day, metric, due, todo))


def _yesterday(day: Day, metric: Metric) -> dict[str, Any] | None:
    numbers = day.numbers
    if numbers is None:
        return None
    whole = numbers.department
    return {
        "start": numbers.spans.fact_first.isoformat(),
        "end": numbers.spans.fact_last.isoformat(),
        "fact": stored(whole.fact, metric),
        "plan": stored(whole.plan, metric),
        "completion": fraction(whole.completion),
    }


def _promise(line: PromiseLine) -> dict[str, Any]:
    return {
        "id": line.id, "member": line.name or None, "text": line.text,
        "due": line.due.isoformat(), "verdict": line.verdict.value,
    }  # fmt: skip


def _task(line: TaskLine) -> dict[str, Any]:
    return {
        "title": line.title, "member": line.owner or None,
        "due": None if line.due is None else line.due.isoformat(), "from": line.origin,
    }  # fmt: skip


def _duty(line: DutyLine) -> dict[str, Any]:
    return {
        "code": line.code, "title": line.title, "rhythm": line.rhythm.value, "done": line.done,
        "streak": line.streak,
    }  # fmt: skip


def _clock(start: int | None) -> str | None:
    return None if start is None else f"{start // 60}:{start % 60:02}"


def _text(day: Day, metric: Metric, due: list[PromiseLine], todo: list[TaskLine]) -> str:
    needed = shown(stored(day.need, metric))
    lines = [
        short_date(day.day),
        _("Working day {n} of {of}; needed today: {value}.", n=day.number, of=day.of, value=needed),
    ]
    lines += [f"{_clock(one.start) or ''} {one.title}".strip() for one in day.meetings]
    rows = [
        (one.name, shown(stored(one.fact, metric)), shown(stored(one.need, metric)))
        for one in day.needs
    ]
    if rows:
        lines.append(table([_("Member"), _("Fact of the month"), _("Needed today")], rows))
    standard = next((one for one in day.chances if one.scenario == "standard"), None)
    if standard is not None:
        lines.append(_("Probability of the standard: {percent}.", percent=percent(standard.chance)))
    head = _("Sales head")
    lines += [f"{short_date(one.due)} {one.name or head}: {one.text}" for one in due]
    lines += [f"{short_date(one.due) if one.due else ''} {one.title}".strip() for one in todo]
    return "\n".join(lines)
