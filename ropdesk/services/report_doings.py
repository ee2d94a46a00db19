"""What was done about a month, for its report: gathered from the duties that keep it."""

from datetime import date
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.metrics import Metrics
from ropdesk.domain.months import month_end
from ropdesk.domain.promises import Share
from ropdesk.domain.week import State
from ropdesk.i18n import _, ngettext
from ropdesk.reports.reasons_model import (
    AgreementLine,
    Doings,
    MeetingsLine,
    PracticeLine,
    PromotionLine,
    VoiceLine,
)
from ropdesk.services import (
    effect_words,
    marketing_channels,
    marketing_words,
    meeting_effect,
    metrics,
    practices,
    promotion_results,
    promotions,
    voice,
    voice_words,
)
from ropdesk.services.director_paper import cases_of
from ropdesk.services.meeting_effect import KindEffect, MonthEffect
from ropdesk.services.promotions import Promotion
from ropdesk.services.week_lines import lines_between
from ropdesk.store.workspace import Workspace

MOST_VOICES = 5


def doings(ws: Workspace, month: date, today: date) -> Doings:
    """Gather the month's investigations, proven actions, week plans, leads, promotions, voices.

    Args:
        today: a running month is told up to this day.
    """
    first, last = month.replace(day=1), month_end(month)
    until = min(last, today)
    known = metrics.catalogue(ws)
    with ws.read() as connection:
        effect = meeting_effect.effect(connection, first, today)
    return Doings(
        cases=cases_of(ws, first, last, today),
        practices=_practices(ws, month, known),
        actions=_actions(ws, first, until),
        agreements=_agreements(ws, month, until),
        promotions=_promotions(ws, first, last, today),
        voices=_voices(ws, first, until),
        meetings=_meetings(effect),
        promises=_promises(effect.promises),
    )


def _practices(ws: Workspace, month: date, known: Metrics) -> tuple[PracticeLine, ...]:
    lines = []
    for found in practices.quotable(ws, month):
        evidence = ""
        metric = known.get(found.measured_in)
        if metric is not None and found.before is not None and found.after is not None:
            evidence = _("{before} before, {after} then",
                         before=effect_words.said(metric, found.before),
                         after=effect_words.said(metric, found.after))  # fmt: skip
        lines.append(PracticeLine(found.text, found.member, evidence))
    return tuple(lines)


def _actions(ws: Workspace, first: date, until: date) -> str:
    """Count the actions of the weeks that begin in a span as each week's own chip does."""
    with ws.read() as connection:
        counted = lines_between(connection, first, until)
    if not counted:
        return ""
    done = sum(line.state is State.DONE for line in counted)
    late = sum(bool(line.carried) for line in counted)
    words = ngettext(
        "Week plans: {n} action, {done} done.", "Week plans: {n} actions, {done} done.",
        len(counted), done=done,
    )  # fmt: skip
    if late:
        words += " " + ngettext("{n} was carried over.", "{n} were carried over.", late)
    return words


def _meetings(found: MonthEffect) -> tuple[MeetingsLine, ...]:
    """Tell the month's meetings by kind, and all of them where there are several kinds."""
    lines = [_of_kind(kind, kind.title) for kind in found.kinds]
    if len(lines) > 1:
        lines.append(_of_kind(found.total, _("All")))
    return tuple(lines)


def _of_kind(found: KindEffect, title: str) -> MeetingsLine:
    return MeetingsLine(
        title, found.held, found.skipped, found.minutes,
        _share(found.in_time, found.timed), _share(found.within, found.held),
    )  # fmt: skip


def _promises(found: Share) -> str:
    if not found.n:
        return ""
    return _(
        "Promises due in the month: kept {kept} of {n}, {percent}",
        kept=found.kept, n=found.n, percent=_share(found.kept, found.n),
    )  # fmt: skip


def _agreements(ws: Workspace, month: date, until: date) -> tuple[AgreementLine, ...]:
    found = marketing_channels.summary(ws, month, until)
    running = until < month_end(month)
    return tuple(
        AgreementLine(
            line.source,
            marketing_words.term_value("inquiries", line.promise.inquiries),
            i18n.integer(line.facts.inquiries),
            _share(line.promise.accepted_share, 10_000),
            _share(line.facts.accepted, line.facts.decided),
            marketing_words.outcome(line.judgement.marketing, running=running),
        )
        for line in found.agreement.agreed_lines
        if line.state != "draft"
    )


def _share(part: int | None, whole: int) -> str:
    if part is None or not whole:
        return "–"
    return i18n.percent(Fraction(part, whole), 1)


def _promotions(ws: Workspace, first: date, last: date, today: date) -> tuple[PromotionLine, ...]:
    lines = []
    for each in promotions.promotions(ws):
        if each.first is None or each.last is None or each.first > last or each.last < first:
            continue
        result = promotion_results.result(ws, each.id, today)
        effect = "" if result.effect is None else _effect(result)
        lines.append(PromotionLine(each.title, _period(each), effect, each.conclusion))
    return tuple(lines)


def _effect(result: promotion_results.Result) -> str:
    return "" if result.effect is None else effect_words.sentence(result.metric, result.effect)


def _period(found: Promotion) -> str:
    if found.first is None or found.last is None:
        return ""
    return f"{i18n.day_month(found.first)}–{i18n.short_date(found.last)}"


def _voices(ws: Workspace, first: date, until: date) -> tuple[VoiceLine, ...]:
    heard = [each for each in voice.voices(ws, first, until) if each.times]
    heard.sort(key=lambda each: (-each.times, each.text.casefold()))
    return tuple(
        VoiceLine(each.text, voice_words.kind(each.kind), each.times, voice_words.state(each.state))
        for each in heard[:MOST_VOICES]
    )
