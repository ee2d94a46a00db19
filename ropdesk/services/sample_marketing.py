"""The sample's marketing: last month's agreement closed, this month's agreed, a few disputes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ropdesk.domain.money import half_up
from ropdesk.domain.months import add_months, month_end
from ropdesk.i18n import _
from ropdesk.services import calendar, marketing_edit, marketing_leads
from ropdesk.services.marketing_channels import set_costs
from ropdesk.services.marketing_edit import TermEdit
from ropdesk.services.marketing_leads import Lead, Said
from ropdesk.store.workspace import Workspace

HEAD = "Лебедев Кирилл"
REJECTING = "Не наш профиль"
FORGOTTEN = "Выставка"  # nobody has told yet how often its leads were called
MONTHS_OF_COST = 4  # the current one and those before it
LATE = 3  # working days back: what was disputed since waits for marketing


@dataclass(frozen=True, slots=True)
class _Source:
    """What is promised for a source and what it costs.

    Attributes:
        inquiries, price, cost: pieces, roubles, roubles a month.
        contact, took: minutes promised to the first contact, and what it really took.
        attempts, made: hundredths promised, and really made.
    """

    name: str
    inquiries: int
    share: int
    price: int
    cost: int
    contact: int
    took: int
    attempts: int
    made: int


SOURCES = (
    _Source("Сайт", 760, 9_200, 420, 312_000, 15, 12, 400, 430),
    _Source("Яндекс Директ", 290, 9_000, 1_450, 386_000, 10, 14, 500, 410),
    _Source("Рекомендации", 300, 9_500, 150, 42_000, 30, 22, 300, 320),
    _Source("Выставка", 110, 9_000, 1_900, 215_000, 60, 45, 300, 300),
)
FREE = ("Холодные звонки", "Повторное обращение")


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Fill in the marketing of the sample department.

    Args:
        today: the day the sample ends at.
        members: ids of the sellers by name: whose leads are disputed.
    """
    month = today.replace(day=1)
    before = add_months(month, -1)
    marketing_leads.choose_reasons(ws, [REJECTING])
    _costs(ws, month, today)
    days = calendar.calendar(ws).working_days(before, month - timedelta(1))
    _agree(ws, before, days[0], whole=True)
    marketing_edit.close(ws, before, _conclusion(), days[-1])
    _agree(ws, month, days[-1], whole=False)
    _dispute(ws, month, today, members)


def _costs(ws: Workspace, month: date, today: date) -> None:
    known = calendar.calendar(ws)
    days = len(known.working_days(month, month_end(month)))
    passed = len(known.working_days(month, today))
    for back in range(MONTHS_OF_COST):
        of = add_months(month, -back)
        spent = Fraction(passed, days) if not back else Fraction(100 - 3 * back, 100)
        costs: dict[str, int | None] = {
            source.name: half_up(source.cost * spent) * 100 for source in SOURCES
        }
        set_costs(ws, of, {**costs, **dict.fromkeys(FREE, 0)}, today)


def _agree(ws: Workspace, month: date, on: date, *, whole: bool) -> None:
    edits = []
    for source in SOURCES:
        numbers = {
            "inquiries": source.inquiries,
            "accepted_share": source.share,
            "price_per_lead": source.price * 100,
            "first_contact": source.contact,
            "attempts": source.attempts,
        }
        texts = {
            "criteria": _("A company of our profile, a need within half a year, a contact who "
                          "decides or leads to who does"),
            "marketing_owes": _("Name, phone, city and the request itself in every lead; a warning "
                                "two days before a campaign starts"),
            "sales_owe": _("A result in the CRM on the same day, the reason of every rejection; "
                           "disputes within three working days"),
        }  # fmt: skip
        facts = {"fact_first_contact": source.took}
        if whole or source.name != FORGOTTEN:
            facts["fact_attempts"] = source.made
        fields: dict[str, int | str] = {**numbers, **facts, **texts}
        edits += [TermEdit(source.name, field, value) for field, value in fields.items()]
    marketing_edit.change(ws, month, edits, on)
    marketing_edit.agree(ws, month, HEAD, on)


def _conclusion() -> str:
    return _(
        "The number was reached thanks to the exhibition. Direct brought fewer leads than promised "
        "and sales called them too late: the duty roster is changed from the new month on."
    )


def _dispute(ws: Workspace, month: date, today: date, members: Collection[str]) -> None:
    """Dispute a few leads: some settled, some answered, the latest still waiting."""
    known = calendar.calendar(ws).working_days(month, today)
    if not known:
        return
    early, late = known[0], known[max(0, len(known) - LATE)]
    direct = _lost(ws, month, "яндекс", members)
    site = _lost(ws, month, "сайт", members)
    told = (
        (direct[:1], _("An ordinary buyer, asks for one piece"), early,
         _("The campaign showed on household requests, corrected")),
        (direct[1:2], _("A supplier offers his own services"), early, ""),
        (site[:1], _("The phone does not exist"), late,
         _("The form now checks the number")),
        (site[1:2], _("Asks for a product that we do not sell"), late, ""),
        (direct[2:3], _("The same company for the third time"), late, ""),
    )  # fmt: skip
    for leads, reason, on, answer in told:
        for lead in leads:
            marketing_leads.dispute(ws, [lead.deal_id], reason, on)
            if answer:
                marketing_leads.explain(ws, [Said(lead.deal_id, answer=answer)])
    for leads, accepted in ((direct[:1], False), (direct[1:2], True)):
        for lead in leads:
            marketing_leads.settle(ws, [lead.deal_id], late, accepted=accepted)


def _lost(ws: Workspace, month: date, words: str, members: Collection[str]) -> list[Lead]:
    found = reversed(marketing_leads.find(ws, month, words))
    return [lead for lead in found if lead.status == "lost" and lead.member in members]
