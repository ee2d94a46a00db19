"""The sample's reports to the director: last week's sent, this week's begun."""

from collections.abc import Mapping
from datetime import date, timedelta

from ropdesk.domain.director import ReportKind, RequestState, span
from ropdesk.domain.months import add_months
from ropdesk.i18n import _
from ropdesk.services import director, director_paper
from ropdesk.store.workspace import Workspace

WEEK, MONTH = ReportKind.WEEK, ReportKind.MONTH


def sample(ws: Workspace, today: date, _members: Mapping[str, int]) -> None:
    """Write last month's and last week's reports with their answers, and begin this week's."""
    last_month = add_months(today, -1)
    _written(ws, MONTH, last_month, today)
    licence = director.add_request(
        ws, MONTH, last_month, _("Two more licences of the telephony: the trainees share one"),
        today.replace(day=1) + timedelta(9),
    )  # fmt: skip
    director.mark_sent(ws, MONTH, last_month, today.replace(day=1) + timedelta(2))
    director.answer(
        ws, licence, RequestState.PROMISED, today.replace(day=1) + timedelta(3),
        _("We buy them with the next invoice"), today - timedelta(2),
    )  # fmt: skip
    week_ago = today - timedelta(7)
    _start, sunday = span(WEEK, week_ago)
    _written(ws, WEEK, week_ago, today)
    stand = director.add_request(
        ws, WEEK, week_ago, _("A demonstration stand for the showroom before the fair"), None
    )
    director.mark_sent(ws, WEEK, week_ago, sunday - timedelta(2))
    director.answer(ws, stand, RequestState.DONE, today - timedelta(1), _("Ordered"))
    _written(
        ws, WEEK, today, today,
        _("Offers above 100 thousand go out with three sets; discounts only after me."),
    )  # fmt: skip
    director.add_request(
        ws, WEEK, today,
        _("Keep the advertising of October for two more weeks: its inquiries buy most"),
        today + timedelta(8),
    )  # fmt: skip


def _written(ws: Workspace, kind: ReportKind, day: date, today: date, decisions: str = "") -> None:
    """Fill a report from the numbers, with decisions in the sales head's own words if given."""
    said = director_paper.suggest(ws, kind, day, today)
    director.write(ws, kind, day, result=said.result, reasons=said.reasons,
                   decisions=decisions or said.decisions)  # fmt: skip
