"""Every table of a workspace, by duty."""

from ropdesk.store.base import Base
from ropdesk.store.models.calendar import CalendarDay
from ropdesk.store.models.facts import DailyValue, OwnMetric
from ropdesk.store.models.imports import Call, Deal, ImportBatch, Mapping, RowChange
from ropdesk.store.models.journal import Change, Operation
from ropdesk.store.models.planning import Plan, PlanDay, PlanValue
from ropdesk.store.models.reports import Document, ReportComment
from ropdesk.store.models.settings import Setting
from ropdesk.store.models.team import Absence, Member, MemberAlias, RampUp

__all__ = [
    "Absence",
    "Base",
    "CalendarDay",
    "Call",
    "Change",
    "DailyValue",
    "Deal",
    "Document",
    "ImportBatch",
    "Mapping",
    "Member",
    "MemberAlias",
    "Operation",
    "OwnMetric",
    "Plan",
    "PlanDay",
    "PlanValue",
    "RampUp",
    "ReportComment",
    "RowChange",
    "Setting",
]
