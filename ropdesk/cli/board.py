"""Plan against fact from the command line."""

from decimal import Decimal
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import fraction, shown, stored, today
from ropdesk.domain.metrics import Metric, Metrics
from ropdesk.i18n import _, month_name, percent, short_date
from ropdesk.services import metrics as catalogues
from ropdesk.services.board import Board, Figures, MemberLine
from ropdesk.services.board import board as read_board
from ropdesk.services.forecast import DEPARTMENT, Outlook, outlook


def board(job: Job) -> Answer:
    """Tell plan, fact and forecast of a month, of every metric there is."""
    args = job.args
    with job.reading() as ws:
        known = catalogues.catalogue(ws)
        found = read_board(
            ws,
            args.month,
            args.as_of or today(),
            codes=list(known),
            by=args.by,
            scenario=args.scenario,
        )
        chosen = [metric.code for metric in catalogues.board(ws)]
        ahead = outlook(ws, found.month, found.as_of, list(known))
    data: dict[str, Any] = {
        "month": found.month.strftime("%Y-%m"),
        "as_of": found.as_of.isoformat(),
        "working_days": {"total": found.days_total, "passed": found.days_passed},
        "plan": {
            "status": found.plan.status,
            "version": found.plan.version,
            "scenario": found.scenario,
        },
        "department": _figures(found.department, known, ahead),
        "members": _members(found.members, known, ahead),
    }
    if found.periods:
        data["periods"] = [
            {
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
                "department": _figures(period.department, known),
                "members": _members(period.members, known),
            }
            for period in found.periods
        ]
    return Answer(data, _text(found, chosen))


def _members(
    lines: tuple[MemberLine, ...], known: Metrics, ahead: Outlook | None = None
) -> list[dict[str, Any]]:
    return [
        {
            "name": _(line.member.name),
            "metrics": _figures(line.figures, known, ahead, line.member.id),
        }
        for line in lines
    ]


def _figures(
    figures: Figures, known: Metrics, ahead: Outlook | None = None, member: int = DEPARTMENT
) -> dict[str, Any]:
    return {
        code: {
            "fact": stored(figure.fact, known[code]),
            "plan": stored(figure.plan, known[code]),
            "plan_to_date": stored(figure.plan_to_date, known[code]),
            "completion": fraction(figure.completion),
            "forecast": _forecast(ahead, known[code], member),
        }
        for code, figure in figures.items()
    }


def _forecast(ahead: Outlook | None, metric: Metric, member: int) -> dict[str, Any] | None:
    found = ahead.of(metric.code, member) if ahead else None
    if found is None:
        return None
    return {
        "p10": stored(found.p10, metric),
        "p50": stored(found.p50, metric),
        "p90": stored(found.p90, metric),
    }


def _text(found: Board, chosen: list[str]) -> str:
    lines = [
        _(
            "{month} as of {day}: working day {passed} of {total}", month=month_name(found.month),
            day=short_date(found.as_of), passed=found.days_passed, total=found.days_total,
        ),
        _table(found, found.department, chosen),
    ]  # fmt: skip
    for line in found.members:
        lines += ["", _(line.member.name), _table(found, line.figures, chosen)]
    return "\n".join(lines)


def _table(found: Board, figures: Figures, chosen: list[str]) -> str:
    rows = []
    for code in chosen:
        metric, figure = found.metrics[code], figures[code]
        done = figure.completion
        rows.append(
            (
                _(metric.name),
                shown(stored(figure.fact, metric)),
                shown(stored(figure.plan_to_date, metric)),
                shown(stored(figure.plan, metric)),
                "–" if done is None else percent(Decimal(fraction(done) or 0)),
            )
        )
    return table((_("Metric"), _("Fact"), _("Plan to date"), _("Plan"), "%"), rows)
