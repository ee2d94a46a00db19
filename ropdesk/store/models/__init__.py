"""Every table of a workspace, by duty.

A name is imported from its duty when it is first asked for: the window that shows a board need not
wait for the tables of hiring. ``Base`` means all of them, since its metadata must know them all.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ropdesk.store.base import Base
    from ropdesk.store.models.calendar import CalendarDay
    from ropdesk.store.models.director import DirectorReport, DirectorRequest
    from ropdesk.store.models.duties import Duty, DutyMark
    from ropdesk.store.models.facts import DailyValue, OwnMetric
    from ropdesk.store.models.funnel import ExportDay, Stage, StageDate
    from ropdesk.store.models.imports import Call, Deal, ImportBatch, Mapping, RowChange
    from ropdesk.store.models.investigations import (
        Finding,
        Investigation,
        InvestigationMember,
        SignalMark,
    )
    from ropdesk.store.models.journal import Change, Operation
    from ropdesk.store.models.marketing import (
        ChannelCost,
        LeadAgreement,
        LeadVerdict,
        RejectionReason,
    )
    from ropdesk.store.models.meetings import (
        AgendaItem,
        Meeting,
        MeetingAttendance,
        MeetingDecision,
        MeetingGoal,
        MeetingKind,
        MeetingMark,
        MeetingPoint,
        MeetingProtocol,
        MeetingSeries,
    )
    from ropdesk.store.models.planning import Plan, PlanDay, PlanValue
    from ropdesk.store.models.promises import Promise, PromiseMove
    from ropdesk.store.models.promotions import Promotion, PromotionMember, PromotionSource
    from ropdesk.store.models.reports import Document, ReportComment
    from ropdesk.store.models.settings import Setting
    from ropdesk.store.models.tasks import Task
    from ropdesk.store.models.team import Absence, Member, MemberAlias, RampUp
    from ropdesk.store.models.voice import ToolTrial, ToolTrialMember, Voice, VoiceMention
    from ropdesk.store.models.week import ActionSeries, PlannedAction, WeekNote

_ROOMS = {
    "calendar": ("CalendarDay",),
    "director": (
        "DirectorReport",
        "DirectorRequest",
    ),
    "facts": (
        "DailyValue",
        "OwnMetric",
    ),
    "funnel": (
        "ExportDay",
        "Stage",
        "StageDate",
    ),
    "imports": (
        "Call",
        "Deal",
        "ImportBatch",
        "Mapping",
        "RowChange",
    ),
    "investigations": (
        "Finding",
        "Investigation",
        "InvestigationMember",
        "SignalMark",
    ),
    "journal": (
        "Change",
        "Operation",
    ),
    "marketing": (
        "ChannelCost",
        "LeadAgreement",
        "LeadVerdict",
        "RejectionReason",
    ),
    "planning": (
        "Plan",
        "PlanDay",
        "PlanValue",
    ),
    "promotions": (
        "Promotion",
        "PromotionMember",
        "PromotionSource",
    ),
    "reports": (
        "Document",
        "ReportComment",
    ),
    "settings": ("Setting",),
    "team": (
        "Absence",
        "Member",
        "MemberAlias",
        "RampUp",
    ),
    "voice": (
        "ToolTrial",
        "ToolTrialMember",
        "Voice",
        "VoiceMention",
    ),
    "week": (
        "ActionSeries",
        "PlannedAction",
        "WeekNote",
    ),
    "duties": (
        "Duty",
        "DutyMark",
    ),
    "meetings": (
        "AgendaItem",
        "Meeting",
        "MeetingAttendance",
        "MeetingDecision",
        "MeetingGoal",
        "MeetingKind",
        "MeetingMark",
        "MeetingPoint",
        "MeetingProtocol",
        "MeetingSeries",
    ),
    "promises": (
        "Promise",
        "PromiseMove",
    ),
    "tasks": ("Task",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a table's class from its room; of ``Base`` every room."""
    if name == "Base":
        for room in _ROOMS:
            import_module(f"{__name__}.{room}")
        found = import_module("ropdesk.store.base").Base
    elif name in _ROOM_OF:
        found = getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    else:
        raise AttributeError(name)
    globals()[name] = found
    return found


__all__ = [
    "Absence",
    "ActionSeries",
    "AgendaItem",
    "Base",
    "CalendarDay",
    "Call",
    "Change",
    "ChannelCost",
    "DailyValue",
    "Deal",
    "DirectorReport",
    "DirectorRequest",
    "Document",
    "Duty",
    "DutyMark",
    "ExportDay",
    "Finding",
    "ImportBatch",
    "Investigation",
    "InvestigationMember",
    "LeadAgreement",
    "LeadVerdict",
    "Mapping",
    "Meeting",
    "MeetingAttendance",
    "MeetingDecision",
    "MeetingGoal",
    "MeetingKind",
    "MeetingMark",
    "MeetingPoint",
    "MeetingProtocol",
    "MeetingSeries",
    "Member",
    "MemberAlias",
    "Operation",
    "OwnMetric",
    "Plan",
    "PlanDay",
    "PlanValue",
    "PlannedAction",
    "Promise",
    "PromiseMove",
    "Promotion",
    "PromotionMember",
    "PromotionSource",
    "RampUp",
    "RejectionReason",
    "ReportComment",
    "RowChange",
    "Setting",
    "SignalMark",
    "Stage",
    "StageDate",
    "Task",
    "ToolTrial",
    "ToolTrialMember",
    "Voice",
    "VoiceMention",
    "WeekNote",
]
