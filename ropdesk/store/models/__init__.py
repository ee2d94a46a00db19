"""Every table of a workspace, by duty."""

from ropdesk.store.base import Base
from ropdesk.store.models.calendar import CalendarDay
from ropdesk.store.models.director import DirectorReport, DirectorRequest
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
from ropdesk.store.models.marketing import ChannelCost, LeadAgreement, LeadVerdict, RejectionReason
from ropdesk.store.models.planning import Plan, PlanDay, PlanValue
from ropdesk.store.models.promotions import Promotion, PromotionMember, PromotionSource
from ropdesk.store.models.reports import Document, ReportComment
from ropdesk.store.models.settings import Setting
from ropdesk.store.models.team import Absence, Member, MemberAlias, RampUp
from ropdesk.store.models.voice import ToolTrial, ToolTrialMember, Voice, VoiceMention
from ropdesk.store.models.week import ActionSeries, PlannedAction, WeekNote

__all__ = [
    "Absence",
    "ActionSeries",
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
    "ExportDay",
    "Finding",
    "ImportBatch",
    "Investigation",
    "InvestigationMember",
    "LeadAgreement",
    "LeadVerdict",
    "Mapping",
    "Member",
    "MemberAlias",
    "Operation",
    "OwnMetric",
    "Plan",
    "PlanDay",
    "PlanValue",
    "PlannedAction",
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
    "ToolTrial",
    "ToolTrialMember",
    "Voice",
    "VoiceMention",
    "WeekNote",
]
