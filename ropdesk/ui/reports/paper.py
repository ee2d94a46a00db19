"""Making a document, as bytes that are shown, printed and saved."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services import plan_sheets, reports
from ropdesk.ui.reports.kinds import MEMBER_SHEETS, MONTHLY, PLAN_SHEET, Wanted

if TYPE_CHECKING:
    from ropdesk.ui.runner import Progress


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: the very bytes that are shown, printed and saved."""

    kind: str
    month: date
    title: str
    pdf: bytes


class Making:
    """Makes a document in the worker, from what the workspace says at that moment."""

    def __init__(
        self, workspace: Any, wanted: Wanted, today: date, clock: Callable[[], datetime]
    ) -> None:
        self._ws = workspace
        self._wanted = wanted
        self._today = today
        self._clock = clock

    def __call__(self, _progress: "Progress") -> Paper:
        """Make it; raises `DomainError` where there is nothing to print."""
        wanted = self._wanted
        title, pdf = {
            MONTHLY: self._monthly,
            PLAN_SHEET: self._plan_sheet,
            MEMBER_SHEETS: self._member_sheets,
        }[wanted.kind]()
        return Paper(wanted.kind, wanted.month, title, pdf)

    def _monthly(self) -> tuple[str, bytes]:
        from ropdesk.reports.monthly import monthly_report

        report = reports.monthly(self._ws, self._wanted.month, self._today, self._clock())
        if not reports.says_anything(report):
            raise DomainError(
                N_(
                    "There is nothing to report for {month}: no facts and no plan. Import an "
                    "export of your CRM, or choose another month."
                ),
                month=f"{self._wanted.month:%Y-%m}",
            )
        return report.head.title, monthly_report(report)

    def _plan_sheet(self) -> tuple[str, bytes]:
        from ropdesk.reports.plan_sheets import plan_sheet

        wanted = self._wanted
        sheet = plan_sheets.department_sheet(self._ws, wanted.month, self._clock(), wanted.version)
        return sheet.head.title, plan_sheet(sheet)

    def _member_sheets(self) -> tuple[str, bytes]:
        from ropdesk.reports.plan_sheets import member_plan_sheets

        wanted = self._wanted
        only = None if wanted.member is None else [wanted.member]
        sheets = plan_sheets.member_sheets(
            self._ws, wanted.month, self._clock(), only, wanted.version
        )
        title = sheets[0].head.title
        if len(sheets) == 1:
            title = f"{title}, {sheets[0].name}"
        return title, member_plan_sheets(sheets)
