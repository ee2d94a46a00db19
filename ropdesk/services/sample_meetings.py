"""The sample's meetings: by rule, the last ten coordinations held, and what was promised there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ropdesk.domain.meetings import DAILY, DIRECTOR, MARKETING, MONTHLY, QUALITY, WEEKLY, Rule
from ropdesk.domain.meetings import Section as Part
from ropdesk.domain.promises import Verdict
from ropdesk.domain.week import monday
from ropdesk.i18n import _
from ropdesk.services import calendar, meeting_run, meetings, promises, protocols
from ropdesk.services.meeting_run import MeetingState
from ropdesk.services.meetings import MeetingLine, NewMeeting, NewSeries
from ropdesk.services.promises import NewPromise
from ropdesk.store.workspace import Workspace

HOUR = 60
WEEKS = 2  # of meetings held before today
IVANOVA, PETROV, SIDORENKO = "Иванова Мария", "Петров Алексей", "Сидоренко Ольга"
GALIEV, KIM, ORLOV = "Галиев Тимур", "Ким Дарья", "Орлов Никита"
THOUSAND = 100_000  # kopecks
LENGTHS = (17, 19, 23, 16, 18, 20, 15, 21, 17, 18)  # minutes; two of ten ran over


@dataclass(frozen=True, slots=True)
class _Said:
    """A promise of the sample: who, what, in how many working days, of how much, for whom."""

    who: str
    text: str
    days: int
    metric: str = ""
    amount: int | None = None
    verdict: Verdict | None = None
    result: str = ""


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Make the rules, hold the meetings of the last two weeks, leave today's to be held."""
    _rules(ws, today)
    first = monday(today) - timedelta(weeks=WEEKS)
    with ws.read() as connection:
        held = meetings.between(connection, first, today - timedelta(1))
    left_out = sum(line.kind == DAILY for line in held) - 5
    number = 0
    for line in held:  # by time, as protocols are numbered
        if line.kind == WEEKLY:
            _hold_weekly(ws, line)
        elif line.kind == QUALITY:
            later = calendar.calendar(ws).working_days(today, today + timedelta(14))
            meetings.move(ws, line.ref, later[1], 15 * HOUR, _("Quality control is ill"))
        elif number == left_out:
            meetings.skip(ws, line.ref, _("The whole department at the exhibition"))
            number += 1
        else:
            _hold(ws, line, number, members)
            number += 1


def open_room(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Leave today's coordination open at its third point, paused: the room as a person meets it."""
    with ws.read() as connection:
        lines = meetings.on_day(connection, today)
    line = next((one for one in lines if one.kind == DAILY), None)
    if line is None:  # a day off
        made = meetings.add(ws, NewMeeting(kind=DAILY, day=today, start=9 * HOUR))
        with ws.read() as connection:
            line = meetings.line(connection, made)
    state = _begin(ws, line)
    said = _words()[0]
    for at, point in enumerate(state.points[:3]):
        if at:
            meeting_run.go_to_point(ws, state.id, point.id, _at(line, at * 5))
        if point.section == Part.REPEAT:
            meeting_run.set_notes(ws, point.id, notes=said[0], avoid=said[1])
    meeting_run.add_decision(ws, state.id, said[3])
    _promise(ws, line, state.id, 0, members, judged=False)
    meeting_run.pause(ws, state.id, _at(line, 12) + timedelta(seconds=40))


def _rules(ws: Workspace, today: date) -> None:
    this = monday(today)
    first, coming = this - timedelta(weeks=WEEKS), this + timedelta(weeks=1)
    for new in (
        NewSeries(kind=DAILY, rule=Rule(first, (0, 1, 2, 3, 4)), start=9 * HOUR),
        NewSeries(kind=WEEKLY, rule=Rule(first, (0,)), start=10 * HOUR),
        NewSeries(kind=MONTHLY, rule=Rule(today, month_day=2), start=11 * HOUR),
        NewSeries(kind=DIRECTOR, rule=Rule(today, (3,)), start=17 * HOUR + 30),
        NewSeries(kind=QUALITY, rule=Rule(this, (1,), every=2), start=15 * HOUR),
        NewSeries(kind=MARKETING, rule=Rule(coming, (2,), every=2), start=14 * HOUR),
    ):
        meetings.add_series(ws, new)


def _at(line: MeetingLine, minutes: int) -> datetime:
    start = datetime.combine(line.day, time()) + timedelta(minutes=(line.start or 0) + minutes)
    return start.astimezone()


def _begin(ws: Workspace, line: MeetingLine, minutes: int = 0) -> MeetingState:
    meeting = meeting_run.begin(ws, line.ref, _at(line, minutes))
    with ws.read() as connection:
        return meeting_run.meeting(connection, meeting)


def _hold(ws: Workspace, line: MeetingLine, number: int, members: Mapping[str, int]) -> None:
    """Hold one coordination: through its points, with what was said, decided and promised."""
    state = _begin(ws, line, 8 if number == 2 else number % 2)
    length = LENGTHS[number % len(LENGTHS)]
    step = max(1, length // max(1, len(state.points)))
    for at, point in enumerate(state.points[1:], start=1):
        meeting_run.go_to_point(ws, state.id, point.id, _at(line, at * step))
    said = _words()[number % len(_words())]
    for point in state.points:
        if point.section == Part.REPEAT:
            meeting_run.set_notes(ws, point.id, notes=said[0], avoid=said[1])
        elif point.section == Part.TRAINING:
            meeting_run.set_notes(ws, point.id, notes=said[2])
    if said[3]:
        meeting_run.add_decision(ws, state.id, said[3])
    _promise(ws, line, state.id, number, members)
    protocols.finish(ws, state.id, _at(line, length + (1 if number == 2 else 0)))


def _promise(
    ws: Workspace,
    line: MeetingLine,
    meeting: int,
    number: int,
    members: Mapping[str, int],
    *,
    judged: bool = True,
) -> None:
    days = calendar.calendar(ws).working_days(line.day, line.day + timedelta(14))
    all_said = _promises()
    for said in all_said[number % len(all_said)]:
        due = days[min(said.days, len(days) - 1)]
        made = promises.add(ws, NewPromise(
            text=said.text, given=line.day, due=due, first=line.day if said.days else due,
            member_id=members[said.who], meeting_id=meeting, metric=said.metric,
            amount=said.amount,
        ))  # fmt: skip
        if said.verdict is not None and judged:
            promises.judge(ws, made, said.verdict, due, said.result)


def _hold_weekly(ws: Workspace, line: MeetingLine) -> None:
    state = _begin(ws, line)
    texts = {
        Part.CASES: _(
            "Objection «expensive»: Ivanova shows the cost of a month of delay; recording of "
            "the call to TechnoMash. Kim answers with a discount at once."
        ),
        Part.WEEK_PLAN: _("Payments come from the invoices of the first half of the month."),
    }
    for at, point in enumerate(state.points):
        if at:
            meeting_run.go_to_point(ws, state.id, point.id, _at(line, at * 11))
        if text := texts.get(Part(point.section)):
            meeting_run.set_notes(ws, point.id, notes=text)
    meeting_run.add_decision(ws, state.id, _("Trainees listen to one call of Ivanova a day."))
    protocols.finish(ws, state.id, _at(line, 56))


def _words() -> list[tuple[str, str, str, str]]:
    """Return what was said: to repeat, not to repeat, the training, the decision."""
    return [
        (
            _("Ivanova: a call on the day of the proposal brought 3 payments of 4."),
            _("Galiev: four hours of preparing documents. Hand them to the assistant."),
            _("Objection «expensive»: one call reviewed (Petrov)."),
            _("From today the assistant prepares invoices; requests by 12:00."),
        ),
        (
            _("Sidorenko: asks for the date of payment, not whether they will pay."),
            _("Kim: sent the price without a question about the budget."),
            _("How to name the price after the benefit: five minutes in pairs."),
            "",
        ),
        (
            _("Petrov: returned a customer of last year by one call."),
            _("Orlov: twelve letters in place of calls."),
            _("Ten first sentences of a cold call, the best three are written down."),
            _("Letters only after a call."),
        ),
    ]


def _promises() -> list[tuple[_Said, ...]]:
    kept, broken, partly = Verdict.KEPT, Verdict.BROKEN, Verdict.PARTLY
    return [
        (
            _Said(GALIEV, _("Calls to sleeping customers"), 0, "calls", 40),
            _Said(PETROV, _("Clear 6 overdue tasks in the CRM"), 1, verdict=kept),
            _Said(IVANOVA, _("Payments of the invoices issued"), 2, "receipts", 150 * THOUSAND),
        ),
        (
            _Said(KIM, _("Learn the script of the second call"), 2, verdict=partly,
                  result=_("Knows the opening, not the closing")),
            _Said(SIDORENKO, _("Contracts signed and paid"), 1, "deals_won", 2),
        ),
        (
            _Said(GALIEV, _("Send the proposal with three variants"), 0, verdict=broken,
                  result=_("Waited for the price of the supplier")),
            _Said(PETROV, _("Payment of the first instalments"), 3, "receipts",
                  200 * THOUSAND),
            _Said(KIM, _("Calls to new inquiries"), 1, "calls", 60),
        ),
        (
            _Said(IVANOVA, _("Show Kim a call on the day of the proposal"), 1, verdict=kept),
            _Said(GALIEV, _("Calls to customers of last year"), 0, "calls", 50),
            _Said(KIM, _("Pass the test on the product"), 4),
        ),
        (
            _Said(SIDORENKO, _("Payments of regular customers"), 1, "receipts", 120 * THOUSAND),
            _Said(PETROV, _("List of contracts for signature"), 5),
        ),
    ]  # fmt: skip
