"""Kinds of documents, and which one is asked for."""

from dataclasses import dataclass
from datetime import date

from ropdesk.domain.errors import N_

MONTHLY, PLAN_SHEET, MEMBER_SHEETS = "monthly", "plan_sheet", "member_sheets"
KINDS = {
    MONTHLY: N_("Monthly"),
    PLAN_SHEET: N_("Plan: department"),
    MEMBER_SHEETS: N_("Plan: managers"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which document is asked for.

    Attributes:
        version: of the plan; the one worked on if None.
        member: a manager's sheet alone; all of them if None.
    """

    kind: str
    month: date
    version: int | None = None
    member: int | None = None
