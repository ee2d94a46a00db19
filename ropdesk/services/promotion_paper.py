"""The page of a promotion: to be agreed, and with its result."""

from datetime import date, datetime
from fractions import Fraction

from ropdesk import i18n
from ropdesk.domain.metrics import Metric
from ropdesk.domain.promotions import State
from ropdesk.i18n import _
from ropdesk.reports.model import DocumentHead
from ropdesk.reports.promotion_model import DayBar, PromotionPaper
from ropdesk.services import effect_words, promotion_results, report_lines, settings
from ropdesk.services import promotion_words as words
from ropdesk.services.promotion_results import Detail
from ropdesk.store.workspace import Workspace


def paper(ws: Workspace, promotion_id: int, today: date, at: datetime) -> tuple[str, bytes]:
    """Make the page of a promotion: its title and the PDF.

    Raises:
        DomainError: the promotion is gone.
    """
    from ropdesk.reports.promotion import promotion_page

    page = sheet(ws, promotion_id, today, at)
    return page.head.title, promotion_page(page)


def sheet(ws: Workspace, promotion_id: int, today: date, at: datetime) -> PromotionPaper:
    """Answer what the page says.

    Raises:
        DomainError: the promotion is gone.
    """
    detail = promotion_results.detail(ws, promotion_id, today)
    with ws.read() as connection:
        chosen = settings.load(connection)
    found, result = detail.promotion, detail.result
    measured = found.state in {State.RUNNING, State.FINISHED} or result.effect is not None
    title = _("Promotion «{title}»", title=found.title)
    state = _("State: {state}", state=words.state(found.state))
    if found.agreed_on is not None:
        state += ". " + _("Agreed {day}: {who}", day=i18n.short_date(found.agreed_on),
                          who=found.agreed_by)  # fmt: skip
    details = [words.how_measured(result), words.against_expected(found, result),
               words.money(found, result), words.overlaps(detail.overlaps)]  # fmt: skip
    if result.effect is not None:
        details.insert(0, effect_words.daily(result.metric, result.effect))
        details.append(_("Dashed: the level before; dotted: what was to be expected without it."))
    bars, levels = _bars(detail)
    return PromotionPaper(
        head=DocumentHead(*report_lines.names(chosen), title, "", at, words.state(found.state)),
        title=title, state=f"{state}.", facts=_facts(detail),
        result=words.fact(result) if measured else "",
        details=tuple(_closed(text) for text in details if text), bars=bars, levels=levels,
        marks=(("before", _("before")), ("during", _("promotion")), ("after", _("after"))),
        chart_title=_("{metric} by working day", metric=_name(result.metric)),
        conclusion=found.conclusion,
        signers=(
            report_lines.signer(_("Head of sales"), chosen.sales_head),
            found.agreed_by or _("Agreed by"),
        ),
    )  # fmt: skip


def _closed(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _name(metric: Metric) -> str:
    return _(metric.name) if metric.builtin else metric.name


def _facts(detail: Detail) -> tuple[tuple[str, str], ...]:
    found, result = detail.promotion, detail.result
    expected = found.expected
    wanted = "" if expected is None else effect_words.said(result.metric, expected, sign=True)
    budget = "" if found.budget is None else i18n.money(found.budget, 0)
    spent = "" if found.spent is None else i18n.money(found.spent, 0)
    facts = (
        (_("Offer"), found.offer),
        (_("For whom"), found.audience),
        (_("Period"), words.span(found.first, found.last)),
        (_("Who takes part"), ", ".join(detail.names) or _("everybody")),
        (_("Sources of deals"), ", ".join(found.sources) or _("all sources")),
        (_("Measured by"), _name(result.metric)),
        (words.expected_heading(result.metric.kind), wanted),
        (_("Budget"), budget),
        (_("Spent"), spent),
    )
    return tuple((label, text) for label, text in facts if text)


def _bars(detail: Detail) -> tuple[tuple[DayBar, ...], tuple[float | None, float | None]]:
    known = [point.value for point in detail.points if point.value is not None]
    top = max(known, default=Fraction(0))
    if top <= 0:
        return (), (None, None)

    def share(value: Fraction | None) -> float | None:
        return None if value is None else float(value / top)

    bars = tuple(DayBar(share(point.value), point.part) for point in detail.points)
    effect = detail.result.effect
    if effect is None or effect.after is None or effect.change is None:
        return bars, (share(effect.before) if effect else None, None)
    return bars, (share(effect.before), share(effect.after - effect.change))
