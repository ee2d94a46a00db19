"""What customers say in the sample department, and the tools that it tried."""

from collections.abc import Mapping
from datetime import date, timedelta

from ropdesk.domain.errors import N_
from ropdesk.domain.voice import Heard, Kind, State, Trial
from ropdesk.i18n import _
from ropdesk.services import tools, voice
from ropdesk.services.tools import NewTool
from ropdesk.services.voice import NewMention
from ropdesk.store.workspace import Workspace

# Kind, text, product, days back on which it was heard, customer and quote of the last time.
_SAID = (
    (Kind.OBJECTION, N_("Delivery to the regions is dear"), N_("Delivery"),
     (2, 3, 7, 9, 13, 15, 21, 34, 41), N_("Stroyinvest"),
     N_("The delivery costs a quarter of the order, we will take it next door")),
    (Kind.NEED, N_("Needs payment by instalments for three months"), N_("Terms"),
     (1, 6, 10, 16, 30, 37), N_("Vector"),
     N_("We would sign today if the payment could be split")),
    (Kind.REFUSAL, N_("A competitor delivers in two days"), N_("Delivery"),
     (5, 8, 14, 19, 44), N_("Kvartal"), N_("You promise ten days, they bring it on Thursday")),
    (Kind.OBJECTION, N_("No certificate in the set of papers"), N_("Papers"),
     (4, 12, 29), N_("Remstroy"), N_("Without the certificate our lawyer will not let it pass")),
    (Kind.NEED, N_("Wants to see the stock on the site"), N_("Site"),
     (11, 18), "", ""),
    (Kind.REFUSAL, N_("No service engineer in the city"), N_("Service"),
     (17,), N_("Sever-Les"), ""),
)  # fmt: skip
_PLACES = (Heard.CALL, Heard.MEETING, Heard.CALL, Heard.LETTER)


def sample(ws: Workspace, today: date, members: Mapping[str, int]) -> None:
    """Note what customers said, what became of it, and two trials of tools.

    Args:
        today: the sample's day.
        members: ids of the sellers by name.
    """
    ids = list(members.values())
    made = [_say(ws, today, ids, number) for number in range(len(_SAID))]
    voice.pass_on(ws, [made[0], made[3]], _("Logistics, E. Orlova"), today - timedelta(10))
    voice.answer(
        ws, made[3], State.DONE,
        _("The certificate is put into every set of papers from this week on."),
        today - timedelta(3),
    )  # fmt: skip
    _tools(ws, today, ids)


def _say(ws: Workspace, today: date, ids: list[int], number: int) -> int:
    kind, text, product, days, customer, quote = _SAID[number]
    made = 0
    for place, back in enumerate(sorted(days, reverse=True)):
        last = back == min(days)
        heard = NewMention(
            day=today - timedelta(back), source=_PLACES[(place + number) % len(_PLACES)].value,
            member_id=ids[(place * 2 + number) % len(ids)] if ids else None,
            customer=_(customer) if last and customer else "",
            quote=_(quote) if last and quote else "",
        )  # fmt: skip
        if made:
            voice.mention(ws, made, heard)
        else:
            made = voice.add(ws, kind, _(text), heard, _(product))
    return made


def _tools(ws: Workspace, today: date, ids: list[int]) -> None:
    first = today - timedelta(today.weekday()) - timedelta(weeks=8)
    kept = tools.add(
        ws,
        NewTool(
            title=_("Automatic dialling from the CRM card"), first=first,
            last=first + timedelta(25), why=_("Less time between two calls, more conversations"),
            metric="calls", cost=18_000_00, members=tuple(ids[:2]),
        ),
    )  # fmt: skip
    tools.change(
        ws, kept, conclusion=_("Two sellers keep it; the others are connected next month.")
    )
    tools.decide(ws, kept, Trial.KEPT, first + timedelta(28))
    tools.add(
        ws,
        NewTool(
            title=_("A reminder to write after every missed call"),
            first=today - timedelta(today.weekday()) - timedelta(weeks=2),
            why=_("Missed customers go to competitors within an hour"), metric="inquiries",
            cost=0,
        ),
    )  # fmt: skip
