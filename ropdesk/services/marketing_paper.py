"""A month's lead agreement on one page, for the signatures of both heads."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, ngettext
from ropdesk.reports.lead_agreement_model import LeadAgreementPaper, SourceRow
from ropdesk.reports.model import DocumentHead
from ropdesk.services import marketing, marketing_leads, report_lines, settings
from ropdesk.services import marketing_words as words
from ropdesk.services.marketing import NUMBERS, AgreementLine, AgreementMonth
from ropdesk.services.planning_sheet import month_text

if TYPE_CHECKING:
    from ropdesk.services.settings import Settings
    from ropdesk.store.workspace import Workspace

KIND = "lead_agreement"


def agreement(ws: "Workspace", month: date, as_of: date, issued: datetime) -> tuple[str, bytes]:
    """Make the paper of a month; answers its title and the PDF.

    Before it is closed the page has what is promised; afterwards the facts beside it.

    Args:
        as_of: the day facts are looked at.
        issued: when the document is made, in the user's clock.

    Raises:
        DomainError: the month has no agreement.
    """
    from ropdesk.reports.lead_agreement import lead_agreement

    paper = page(ws, month, as_of, issued)
    return paper.head.title, lead_agreement(paper)


def page(ws: "Workspace", month: date, as_of: date, issued: datetime) -> LeadAgreementPaper:
    """Answer what the page shows; arguments and errors as of `agreement`."""
    with ws.read() as connection:
        view = marketing.load(connection, month, as_of)
        chosen = settings.load(connection)
        reasons = sorted(marketing_leads.chosen_reasons(connection))
    lines = view.agreed_lines
    if not lines:
        raise DomainError(
            N_("There is no agreement on leads for {month}. Make one in Planning, Marketing."),
            month=month_text(view.month),
        )
    closed = view.state == "closed"
    title = _("Agreement on leads for {month}", month=report_lines.month_inside(view.month))
    return LeadAgreementPaper(
        _head(chosen, title, issued, view),
        title,
        _state(view, lines),
        _headings(closed=closed),
        tuple(SourceRow(line.source, _cells(line, closed=closed)) for line in lines),
        SourceRow(_("Together"), _cells(view.total, closed=closed)) if view.total else None,
        words=2 if closed else 0,
        marketing=_owed(lines, lambda line: line.texts.marketing_owes),
        sales=_owed(lines, lambda line: line.texts.sales_owe),
        criteria=_owed(lines, lambda line: line.texts.criteria),
        conclusions=_owed(lines, lambda line: line.texts.conclusion) if closed else (),
        notes=_notes(lines, reasons, closed=closed),
        signers=(
            report_lines.signer(_("Head of sales"), chosen.sales_head),
            report_lines.signer(_("Head of marketing"), _head_of_marketing(lines)),
        ),
    )


def _head(chosen: "Settings", title: str, issued: datetime, view: AgreementMonth) -> DocumentHead:
    note = _("agreement: {state}", state=words.state(view.state))
    return DocumentHead(*report_lines.names(chosen), title, "", issued, note)


def _head_of_marketing(lines: Iterable[AgreementLine]) -> str:
    return next((line.marketing_head for line in lines if line.marketing_head), "")


def _state(view: AgreementMonth, lines: tuple[AgreementLine, ...]) -> str:
    parts = []
    agreed = [line.agreed_on for line in lines if line.agreed_on is not None]
    if agreed:
        parts.append(_("agreed on {day}", day=i18n.short_date(max(agreed))))
    closed = [line.closed_on for line in lines if line.closed_on is not None]
    if closed and view.state == "closed":
        parts.append(_("closed on {day}", day=i18n.short_date(max(closed))))
    if view.state == "draft":
        parts = [words.state("draft")]
    parts.append(ngettext("{n} working day", "{n} working days", view.days))
    if view.state == "closed":
        parts.append(_("in the table: fact / promised"))
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _headings(*, closed: bool) -> tuple[str, ...]:
    if closed:
        return (
            _("Inquiries"), _("Accepted, %"), _("Price per lead, ₽"), _("Contact, min"),
            _("Attempts"), _("Marketing"), _("Sales"),
        )  # fmt: skip
    return (
        _("Inquiries, at least"),
        _("Accepted, %, at least"),
        _("Price per lead, ₽, at most"),
        _("First contact, min, at most"),
        _("Attempts to reach, at least"),
    )


def _cells(line: AgreementLine, *, closed: bool) -> tuple[str, ...]:
    promised = {code: words.bare(code, getattr(line.promise, code)) for code in NUMBERS}
    if not closed:
        return tuple(promised.values())
    facts = line.facts
    known = {
        "inquiries": facts.inquiries,
        "accepted_share": None if facts.quality is None else facts.quality * 10_000,
        "price_per_lead": facts.price,
        "first_contact": facts.first_contact,
        "attempts": facts.attempts,
    }
    both = tuple(
        promised[code]
        if known[code] is None and promised[code] == words.UNKNOWN
        else f"{words.bare(code, known[code])} / {promised[code]}"
        for code in NUMBERS
    )
    outcomes = (line.judgement.marketing, line.judgement.sales)
    return (*both, *(words.outcome(each, running=False) for each in outcomes))


def _owed(lines: Iterable[AgreementLine], text: Callable[[AgreementLine], str]) -> tuple[str, ...]:
    """Gather the texts: sources with the same words share a paragraph."""
    every = list(lines)
    gathered: dict[str, list[str]] = {}
    for line in every:
        if text(line):
            gathered.setdefault(text(line), []).append(line.source)
    if len(gathered) == 1 and len(next(iter(gathered.values()))) == len(every):
        return tuple(gathered)
    return tuple(
        _("{sources}: {text}", sources=", ".join(sources), text=words_)
        for words_, sources in gathered.items()
    )


def _notes(
    lines: Iterable[AgreementLine], reasons: Iterable[str], *, closed: bool
) -> tuple[str, ...]:
    notes = [
        _("Corrected on {day}, {source}: {reason}.", day=i18n.short_date(each.on),
          source=line.source, reason=each.reason)
        for line in lines
        for each in line.corrections
    ]  # fmt: skip
    named = words.listed(reasons)
    if named:
        notes.append(_("Not a target lead: lost for {reasons}.", reasons=named))
    notes.append(
        _("Inquiries are the deals created in the month. The share accepted is accepted ÷ "
          "(accepted + not target): undecided and disputed leads are in neither. The price is "
          "the cost of the source ÷ its inquiries.")
    )  # fmt: skip
    if closed:
        notes.append(_("The facts are those of the day of closing."))
    return tuple(notes)
