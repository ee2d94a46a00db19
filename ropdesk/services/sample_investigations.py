"""The sample's investigations: one open, one acted upon, one closed with proven findings."""

from collections.abc import Mapping
from datetime import date, timedelta

from ropdesk.domain.investigations import Verdict
from ropdesk.domain.months import month_end
from ropdesk.i18n import _
from ropdesk.services import investigations, practices, week
from ropdesk.services.investigations import NewInvestigation
from ropdesk.services.week import NewAction
from ropdesk.store.workspace import Workspace

GATHERED = timedelta(days=2)
SOON = timedelta(days=3)
DECIDED = timedelta(days=11)


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Write three investigations with their findings and actions.

    Args:
        members: ids of the sample's sellers by name; cases of those who are missing are left out.
    """
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    if {"Орлов Никита", "Иванова Мария"} <= members.keys():
        _closed(ws, before, members)
    if {"Сидоренко Ольга", "Петров Алексей"} <= members.keys():
        _acting(ws, today, before, members)
    if {"Ким Дарья", "Иванова Мария"} <= members.keys():
        _open(ws, today, month, members)


def _open(ws: Workspace, today: date, month: date, members: Mapping[str, int]) -> None:
    kim, best = members["Ким Дарья"], members["Иванова Мария"]
    case = investigations.start(
        ws,
        NewInvestigation(
            question=_("Why is the conversion of Kim Darya lower than the others'?"),
            metric="conversion", first=month, last=today, opened=today - GATHERED, members=(kim,),
            notes=_("Listen to five calls after the offer was sent. Ask what customers say."),
        ),
    )  # fmt: skip
    practices.add_finding(
        ws, case, _("Calls back about the offer on the third day: the customer has chosen already"),
        today - timedelta(days=1), successful=False, member_id=kim,
    )  # fmt: skip
    practices.add_finding(
        ws, case, _("Calls on the day the offer is sent and agrees the next step at once"),
        today, member_id=best,
    )  # fmt: skip
    week.add(
        ws,
        [
            NewAction(
                title=_("Listen to five calls of Kim Darya after an offer"), week=today,
                minutes=45, metric="conversion", investigation_id=case,
            )
        ],
    )  # fmt: skip


def _acting(ws: Workspace, today: date, before: date, members: Mapping[str, int]) -> None:
    olga, alexey = members["Сидоренко Ольга"], members["Петров Алексей"]
    decided = today - DECIDED
    case = investigations.start(
        ws,
        NewInvestigation(
            question=_("Why do large orders leave with «too expensive»?"), metric="average_check",
            first=before, last=month_end(before), opened=decided - GATHERED,
            members=(olga, alexey),
        ),
    )  # fmt: skip
    practices.add_finding(
        ws, case, _("Gives the discount in the first letter, before the need is clear"),
        decided, successful=False, member_id=alexey,
    )  # fmt: skip
    practices.add_finding(
        ws, case, _("Offers three sets to choose from instead of one price"), decided,
        member_id=olga,
    )  # fmt: skip
    investigations.decide(
        ws, case, _("One price leaves nothing to compare with: the talk turns to the discount."),
        _("Every offer above 100 thousand has three sets. Discounts only after the sales head."),
        today + SOON, decided,
    )  # fmt: skip
    done, *_rest = week.add(
        ws,
        [
            NewAction(
                title=_("Make the template of an offer with three sets"), week=decided,
                minutes=90, investigation_id=case,
            ),
            NewAction(
                title=_("Send offers above 100 thousand with three sets"), week=today,
                member_id=alexey, metric="average_check", investigation_id=case,
            ),
            NewAction(
                title=_("Show on two calls how to lead from price to sets"), week=today,
                member_id=olga, metric="average_check", investigation_id=case,
            ),
        ],
    )  # fmt: skip
    week.finish(ws, done, decided + timedelta(days=1), _("The template is in the common folder"))


def _closed(ws: Workspace, before: date, members: Mapping[str, int]) -> None:
    new, best = members["Орлов Никита"], members["Иванова Мария"]
    first = (before - timedelta(days=1)).replace(day=1)
    last, decided, measured = month_end(first), before + timedelta(days=2), month_end(before)
    case = investigations.start(
        ws,
        NewInvestigation(
            question=_("Why does the trainee Orlov Nikita call so little?"),
            metric="calls", first=first, last=last, opened=before, members=(new,),
        ),
    )  # fmt: skip
    practices.add_finding(
        ws, case, _("Writes letters for half a day instead of calling"), before,
        successful=False, member_id=new,
    )  # fmt: skip
    shown = practices.add_finding(
        ws, case, _("Takes lost deals apart the same day together with a strong colleague"),
        decided, member_id=best, note=_("Fifteen minutes at the end of the day, three deals"),
    )  # fmt: skip
    called = practices.add_finding(
        ws, case, _("First two hours of the day are calls only: no letters, no CRM"), decided,
        member_id=best,
    )  # fmt: skip
    investigations.decide(
        ws, case, _("Few live talks: time goes to letters, mistakes are noticed a week later."),
        _("Calls from 9 to 11 every day; lost deals are taken apart the same evening."),
        measured, decided,
    )  # fmt: skip
    (done,) = week.add(
        ws,
        [
            NewAction(
                title=_("Take three lost deals apart with Ivanova every evening"), week=decided,
                member_id=new, metric="calls",
                investigation_id=case,
            )
        ],
    )  # fmt: skip
    week.finish(ws, done, measured)
    investigations.verdict(
        ws, case, Verdict.HELPED,
        _("More calls a day, and the trainee sees the mistakes without a hint."), measured,
        prove=(shown, called),
    )  # fmt: skip
