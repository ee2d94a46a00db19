"""What customers said in a month, on paper to hand over."""

from datetime import date, datetime

from ropdesk import i18n
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.months import month_end
from ropdesk.domain.voice import Kind
from ropdesk.i18n import _, ngettext
from ropdesk.reports.model import DocumentHead
from ropdesk.reports.promotion_model import VoicePaper, VoiceRow
from ropdesk.services import report_lines, settings, voice
from ropdesk.services import voice_words as words
from ropdesk.services.voice import Voice
from ropdesk.store.workspace import Workspace

MOST, MOST_QUOTES, MOST_REASONS = 12, 5, 8  # rows on one page


def paper(ws: Workspace, month: date, at: datetime) -> tuple[str, bytes]:
    """Make the list of a month: its title and the PDF.

    Raises:
        DomainError: nothing was heard in the month.
    """
    from ropdesk.reports.voice import voice_page

    page = sheet(ws, month, at)
    return page.head.title, voice_page(page)


def sheet(ws: Workspace, month: date, at: datetime) -> VoicePaper:
    """Answer what the list says.

    Raises:
        DomainError: nothing was heard in the month.
    """
    first, last = month.replace(day=1), month_end(month)
    found = [each for each in voice.voices(ws, first, last) if each.times]
    reasons = voice.lost_reasons(ws, first, last)[:MOST_REASONS]
    if not found and not reasons:
        raise DomainError(
            N_("Nothing was heard from customers in {month}. Note it first."),
            month=f"{first:%Y-%m}",
        )
    with ws.read() as connection:
        chosen = settings.load(connection)
    title = _("What customers say, {month}", month=i18n.month_name(first))
    heard = sum(each.times for each in found)
    return VoicePaper(
        head=DocumentHead(*report_lines.names(chosen), title, "", at),
        title=title,
        summary=ngettext("{n} mention", "{n} mentions", heard) + ", "
        + ngettext("{n} topic", "{n} topics", len(found)) + ".",
        groups=tuple(
            (_(words.GROUPS[kind]), tuple(_row(each) for each in found if each.kind is kind)[:MOST])
            for kind in Kind
            if any(each.kind is kind for each in found)
        ),
        quotes=_quotes(ws, found, first, last),
        reasons=tuple(
            (
                r.reason, i18n.integer(r.deals), i18n.integer(r.earlier),
                i18n.integer(r.amount // 100),
            )
            for r in reasons
        ),
        signers=(
            report_lines.signer(_("Head of sales"), chosen.sales_head), _("Received for product"),
        ),
    )  # fmt: skip


def _row(each: Voice) -> VoiceRow:
    return VoiceRow(
        each.text, each.product, i18n.integer(each.times), i18n.integer(each.earlier),
        i18n.integer(each.total), words.state_line(each),
    )  # fmt: skip


def _quotes(ws: Workspace, found: list[Voice], first: date, last: date) -> tuple[str, ...]:
    """Choose a customer's own words for the topics heard most."""
    told = []
    for each in found:
        said = [m for m in voice.mentions(ws, each.id) if m.quote and first <= m.day <= last]
        if said:
            who = f" — {said[0].customer}" if said[0].customer else ""
            told.append(f"«{said[0].quote}»{who}, {i18n.day_month(said[0].day)}")
    return tuple(told[:MOST_QUOTES])
