"""Names of records and values of meetings, promises, tasks and duties, for the history."""

from ropdesk.domain.errors import N_
from ropdesk.domain.meetings import SECTION_TITLES

TABLES = {
    "meeting_kind": N_("Kind of meeting"),
    "agenda_item": N_("Point of a usual agenda"),
    "meeting_series": N_("Meetings by rule"),
    "meeting": N_("Meeting"),
    "meeting_point": N_("Point of the agenda"),
    "meeting_mark": N_("Course of a meeting"),
    "meeting_attendance": N_("Attendance"),
    "meeting_decision": N_("Decision of a meeting"),
    "meeting_goal": N_("Plan agreed at a meeting"),
    "meeting_protocol": N_("Protocol"),
    "promise": N_("Promise"),
    "promise_move": N_("Promise put off"),
    "task": N_("Task"),
    "duty": N_("Duty"),
    "duty_mark": N_("Duty done"),
}
COLUMNS = {
    "avoid": N_("Not to be repeated"),
    "birthday": N_("Birthday"),
    "counted_from": N_("Repeats counting from"),
    "delegate": N_("Delegated to"),
    "due": N_("Due"),
    "due_from": N_("Put off from"),
    "due_to": N_("Put off to"),
    "edition": N_("Edition"),
    "event": N_("What happened"),
    "every": N_("Every so many weeks"),
    "given": N_("Given on"),
    "guests": N_("Guests"),
    "hidden": N_("Not offered"),
    "led_by": N_("Led by"),
    "month_day": N_("Working day of the month"),
    "moved": N_("Moved, times"),
    "moved_from": N_("Moved from"),
    "moved_on": N_("Put off on"),
    "number": N_("Number"),
    "place": N_("Place"),
    "private": N_("Private notes"),
    "probation_until": N_("Probation until"),
    "repeat": N_("Repeats"),
    "rhythm": N_("How often"),
    "rule": N_("Rule"),
    "secretary": N_("Secretary"),
    "section": N_("Section"),
    "team": N_("With the department"),
    "year": N_("Year"),
}
WORDS = {
    "absent": N_("absent"),
    "begin": N_("begun"),
    "broken": N_("broken"),
    "correcting": N_("being corrected"),
    "daily": N_("daily coordination"),
    "day": N_("day"),
    "delegated": N_("delegated"),
    "director": N_("with the director"),
    "end": N_("ended"),
    "irrelevant": N_("not relevant"),
    "late": N_("late"),
    "marketing": N_("with marketing"),
    "mine": N_("one's own"),
    "monthly": N_("monthly meeting"),
    "own": N_("one's own meeting"),
    "pause": N_("pause"),
    "point": N_("next point"),
    "present": N_("present"),
    "quality": N_("with quality control"),
    "quarter": N_("quarter"),
    "resume": N_("continued"),
    "skipped": N_("skipped"),
    "weekly": N_("weekly meeting"),
    "year": N_("year"),
}
# The same code says something else of a promise than of a tool that was tried.
OF_PROMISE = {
    "kept": N_("promise kept"),
    "partly": N_("promise kept in part"),
    "open": N_("not judged by hand"),
}
HIDDEN = {
    "content", "kind_id", "meeting_id", "origin_id", "point_id", "previous_id", "promise_id",
}  # fmt: skip
IDENTITY = ("due",)
BOOLEAN = {"hidden", "team"}
CODED = {"event", "repeat", "rhythm", "rule"}
SECTIONS = {section.value: words for section, words in SECTION_TITLES.items()}
