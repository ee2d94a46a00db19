"""The register of disputed leads, and leads to choose from, as table cells."""

from collections.abc import Sequence

from ropdesk.domain.errors import N_
from ropdesk.i18n import _, pgettext, short_date
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing_leads import Lead
from ropdesk.ui import values
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

_STATUS = {"won": N_("won"), "lost": N_("lost"), "open": N_("in work")}
_STATES = {
    "asked": State.WARNING,
    "answered": State.ACCENT,
    "accepted": State.GOOD,
    "rejected": State.BAD,
}


def state(name: str) -> str:
    """Say where a dispute stands."""
    return {
        "asked": _("waits for marketing"),
        "answered": _("to be settled"),
        "accepted": pgettext("lead", "accepted"),
        "rejected": pgettext("lead", "not a target lead"),
    }.get(name, "")


def register_columns() -> tuple[Column, ...]:
    """Return the columns of the register."""
    left = Align.LEFT
    return (
        Column("number", _("Deal number"), left, width=86),
        Column("title", _("Deal"), left, width=250),
        Column("source", _("Source"), left, width=112),
        Column("member", _("Member"), left, width=120),
        Column("disputed", _("Disputed on")),
        Column("reason", _("Why it is not a target lead"), left, stretch=True),
        Column("answer", _("Marketing's answer"), left, width=190),
        Column("state", _("State"), left),
    )


def register_rows(leads: Sequence[Lead]) -> list[Row]:
    """Return the register; reason and answer are typed in place."""
    made = []
    for lead in leads:
        name = state(lead.state)
        made.append(
            Row(
                lead.deal_id,
                (
                    _words(lead.number),
                    _words(lead.title or values.UNKNOWN),
                    _words(words.source(lead.source)),
                    _words(_(lead.member)),
                    _day(lead),
                    Cell(lead.reason, tooltip=lead.reason, editable=True, raw=lead.reason),
                    Cell(lead.answer, tooltip=lead.answer, editable=True, raw=lead.answer,
                         behind=_("no answer yet") if lead.state == "asked" else ""),
                    Cell(name, chip=True, state=_STATES.get(lead.state, State.NEUTRAL),
                         tooltip=_tip(lead, name)),
                ),
            )
        )  # fmt: skip
    return made


def _tip(lead: Lead, name: str) -> str:
    if lead.settled_on is None:
        return name
    return _("{state}, settled on {day}", state=name, day=short_date(lead.settled_on))


def _day(lead: Lead) -> Cell:
    if lead.disputed_on is None:
        return Cell(values.UNKNOWN, muted=True)
    return Cell(short_date(lead.disputed_on), sort_key=lead.disputed_on.toordinal())


def lead_columns() -> tuple[Column, ...]:
    """Return the columns of leads to choose from."""
    left = Align.LEFT
    return (
        Column("title", _("Deal"), left, stretch=True),
        Column("number", _("Deal number"), left, width=100),
        Column("source", _("Source"), left, width=130),
        Column("member", _("Member"), left, width=130),
        Column("created", _("Created"), width=90),
        Column("status", _("Outcome"), left, width=130),
        Column("verdict", _("Counts as"), left, width=140),
    )


def lead_rows(leads: Sequence[Lead]) -> list[Row]:
    """Return leads to choose from."""
    made = []
    for lead in leads:
        status = _(_STATUS.get(lead.status, lead.status))
        why = f"{status}: {lead.lost_reason}" if lead.lost_reason else status
        verdict = words.verdict(lead.verdict)
        told = _("{verdict}, by hand", verdict=verdict) if lead.explicit else verdict
        made.append(
            Row(
                lead.deal_id,
                (
                    _words(lead.title or values.UNKNOWN),
                    _words(lead.number),
                    _words(words.source(lead.source)),
                    _words(_(lead.member)),
                    Cell(short_date(lead.created), sort_key=lead.created.toordinal()),
                    _words(why),
                    _words(told),
                ),
            )
        )
    return made


def _words(text: str) -> Cell:
    return Cell(text, tooltip=text)
