"""Changed rows in words: what kind of record, which values, before and after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ropdesk.domain.errors import N_
from ropdesk.domain.metrics import Metrics
from ropdesk.i18n import _, decimal, integer, month_name, short_date, weekday_short
from ropdesk.ui import values
from ropdesk.ui.settings import change_names, meeting_names

TABLES = {
    "member": N_("Member"),
    "member_alias": N_("Alias"),
    "ramp_up": N_("Ramp-up"),
    "absence": N_("Absence"),
    "calendar_day": N_("Day of the calendar"),
    "setting": N_("Setting"),
    "own_metric": N_("Metric"),
    "daily_value": N_("Fact"),
    "plan": N_("Plan"),
    "plan_value": N_("Plan of the month"),
    "plan_day": N_("Plan of a day"),
    "import_batch": N_("Import"),
    "mapping": N_("Mapping of columns"),
    "deal": N_("Deal"),
    "call": N_("Call"),
    "row_change": N_("Row changed by an import"),
    "report_comment": N_("Text of the report"),
    "document": N_("Document"),
    **change_names.TABLES,
    **meeting_names.TABLES,
}
COLUMNS = {
    "name": N_("Name"),
    "position": N_("Position"),
    "hired": N_("Hired"),
    "left": N_("Last day"),
    "deal_limit": N_("Limit of open deals"),
    "alias": N_("Alias"),
    "member_id": N_("Member"),
    "month": N_("Month"),
    "share": N_("Share"),
    "kind": N_("What kind"),
    "first": N_("First day"),
    "last": N_("Last day"),
    "note": N_("Note"),
    "day": N_("Day"),
    "value": N_("Value"),
    "entered": N_("By hand"),
    "imported": N_("From a file"),
    "derived": N_("From deals and calls"),
    "reason": N_("Reason"),
    "metric": N_("Metric"),
    "scenario": N_("Scenario"),
    "locked": N_("Fixed"),
    "pinned": N_("Set by hand"),
    "version": N_("Version"),
    "status": N_("State"),
    "approved_by": N_("Approved by"),
    "approved_on": N_("Approved on"),
    "method": N_("Way of sharing"),
    "unit": N_("Unit"),
    "better": N_("Better"),
    "numerator": N_("Numerator"),
    "denominator": N_("Denominator"),
    "file_name": N_("File"),
    "created": N_("Created"),
    "updated": N_("Updated"),
    "rejected": N_("Refused"),
    "undone": N_("Undone"),
    "text": N_("Text"),
    "field": N_("Field"),
    "title": N_("Title"),
    "period": N_("Period"),
    "stage": N_("Stage"),
    "amount": N_("Amount"),
    "closed": N_("Closed"),
    "external_id": N_("Number"),
    "code": N_("Code"),
    **change_names.COLUMNS,
    **meeting_names.COLUMNS,
}
SETTINGS = {
    "company": N_("Company"),
    "department": N_("Department"),
    "sales_head": N_("Sales head"),
    "week_days": N_("Days in the working week"),
    "decree_days": N_("Decree days of 2020 and 2021 are days off"),
    "board": N_("Metrics of the board"),
    "watched_folder": N_("Watched folder"),
}
WORDS = {
    "vacation": N_("vacation"),
    "sick_leave": N_("sick leave"),
    "other": N_("other absence"),
    "workday": N_("working day"),
    "shortened": N_("shortened day"),
    "day_off": N_("day off"),
    "draft": N_("draft"),
    "approved": N_("approved"),
    "superseded": N_("superseded"),
    "minimum": N_("minimum"),
    "standard": N_("standard"),
    "maximum": N_("maximum"),
    "history": N_("by history"),
    "equal": N_("equally"),
    "manual": N_("by hand"),
    "flow": N_("flow"),
    "stock": N_("stock"),
    "ratio": N_("ratio"),
    "up": N_("more is better"),
    "down": N_("less is better"),
    **change_names.WORDS,
    **meeting_names.WORDS,
}
# What a person has no use for: keys, digests, and texts made for the program.
HIDDEN = {
    "id", "key", "nobody", "batch_id", "plan_id", "operation_id", "undo_operation_id", "sha256",
    "spec", "redo_data", "rejections", "headers_key", "pdf", "before", "after", "row_id",
    "table_name", "size", "encoding", "delimiter", "preset", "at", "read", "unchanged",
    "duplicates", "who", "line", "origin", *change_names.HIDDEN,
    *meeting_names.HIDDEN,
}  # fmt: skip
IDENTITY = (
    "member_id", "metric", "scenario", "month", "day", "name", "alias", "title", "first",
    *change_names.IDENTITY, *meeting_names.IDENTITY,
)  # fmt: skip
MONEY = {"amount"} | change_names.MONEY
MEASURED = {"value", "entered", "imported", "derived", "expected"}
SHARES = {"share", "accepted_share"}
BOOLEAN = {"locked", "pinned", "undone"} | change_names.BOOLEAN | meeting_names.BOOLEAN
CODED = (
    {"kind", "status", "scenario", "method", "better"} | change_names.CODED | meeting_names.CODED
)
MONDAY = date(2024, 1, 1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """Names that numbers in rows stand for."""

    members: Mapping[int, str]
    metrics: Metrics


@dataclass(frozen=True, slots=True)
class Line:
    """One value that was changed; empty is none."""

    what: str
    before: str
    after: str


def table_name(table: str) -> str:
    """Say what kind of record a table holds."""
    return _(TABLES[table]) if table in TABLES else table


def record_name(table: str, row: Values, named: Named) -> str:
    """Say which record it is: «Иванова Мария, Звонки, 12.10.2026»."""
    if table == "setting":
        key = str(row.get("key"))
        return _(SETTINGS[key]) if key in SETTINGS else key
    parts = [say(table, key, row, named) for key in IDENTITY if row.get(key) is not None]
    return ", ".join(part for part in parts if part)


def lines(table: str, before: Values | None, after: Values | None, named: Named) -> list[Line]:
    """Return the values that differ, in words; of a new or removed record all that it has."""
    old, new = before or {}, after or {}
    found = []
    for key in new or old:
        if key in HIDDEN or old.get(key) == new.get(key):
            continue
        found.append(Line(_column(table, key), say(table, key, old, named),
                          say(table, key, new, named)))  # fmt: skip
    return [line for line in found if line.before != line.after]


def sentence(line: Line) -> str:
    """Say a change in one line: «Должность: менеджер → старший менеджер»."""
    if not line.before:
        return f"{line.what}: {line.after}"
    return f"{line.what}: {line.before} \u2192 {line.after or values.UNKNOWN}"


def _column(table: str, key: str) -> str:
    if table == "setting" and key == "value":
        return _("Value")
    return _(COLUMNS[key]) if key in COLUMNS else key


def say(table: str, key: str, row: Values, named: Named) -> str:
    """Say one value of a row."""
    value = row.get(key)
    if value is None or value == "":
        return ""
    if key == "member_id":
        return named.members.get(int(value), _("a removed member"))
    if key in {"metric", "numerator", "denominator"}:
        code = str(value)
        return values.name(named.metrics[code]) if code in named.metrics else code
    if key in BOOLEAN:
        return _("yes") if value else _("no")
    if table == "setting":
        return _setting(str(row.get("key")), key, str(value), named)
    if key in MEASURED or (table, key) == ("promise", "amount"):
        return _measured(row, int(value), named)
    if key in SHARES:
        return f"{decimal(Decimal(int(value)) / 100, 0 if int(value) % 100 == 0 else 2)} %"
    if key in MONEY:
        return decimal(Decimal(int(value)) / 100, 2)
    if table == "promise" and key == "state" and str(value) in meeting_names.OF_PROMISE:
        return _(meeting_names.OF_PROMISE[str(value)])
    if key == "section" and str(value) in meeting_names.SECTIONS:
        return _(meeting_names.SECTIONS[str(value)])
    if key in CODED and str(value) in WORDS:
        return _(WORDS[str(value)])
    return _plain(table, key, value)


def _plain(table: str, key: str, value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        return month_name(day) if key in {"month", "period"} else short_date(day)
    if key == "start" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    if key == "weekdays":
        return ", ".join(weekday_short(MONDAY + timedelta(int(n))) for n in str(value).split(","))
    if table == "member" and key == "name":
        return _(str(value))
    return integer(value) if isinstance(value, int) else str(value)


def _measured(row: Values, value: int, named: Named) -> str:
    code = str(row.get("metric"))
    if code not in named.metrics:
        return integer(value)
    return values.exact(named.metrics[code], value)


def _setting(key: str, column: str, text: str, named: Named) -> str:
    if column == "key":
        return _(SETTINGS[key]) if key in SETTINGS else key
    import json

    value = json.loads(text)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        known = [named.metrics[code] for code in value if code in named.metrics]
        return ", ".join(values.name(metric) for metric in known)
    return str(value)
