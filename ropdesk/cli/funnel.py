"""The funnel of a month from the command line."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.planning import find_member
from ropdesk.cli.values import fraction, today, whole
from ropdesk.domain.errors import N_, DomainError
from ropdesk.i18n import _, integer, month_name, percent, short_date
from ropdesk.services import funnel as service
from ropdesk.services import team
from ropdesk.services.funnel import Funnel, GroupLine, Loss, PipelineFunnel, StageLine, StuckDeal

KOPECKS = 100


def funnel(job: Job) -> Answer:
    """Tell stages, conversions, losses, members, sources and stuck deals of a month."""
    args = job.args
    as_of = args.as_of or today()
    with job.reading() as ws:
        people = team.team(ws)
        member = find_member(people, args.member) if args.member else None
        with ws.read() as connection:
            _known(args.pipeline, service.pipelines(connection), _NO_PIPELINE)
            _known(args.source, ["", *service.sources(connection)], _NO_SOURCE)
        found = service.funnel(
            ws, args.month, as_of=as_of, pipeline=args.pipeline, member=member, source=args.source
        )
        stuck = service.stuck(
            ws, as_of, pipeline=args.pipeline, member=member, source=args.source
        )  # fmt: skip
    names = {
        id_: _(each.name) if id_ == people.nobody else each.name
        for id_, each in people.members.items()
    }
    data: dict[str, Any] = {
        "month": found.month.strftime("%Y-%m"),
        "as_of": found.as_of.isoformat(),
        "pipelines": [_pipeline(line) for line in found.pipelines],
        "losses": [_loss(loss) for loss in found.losses],
        "members": [{"name": names[int(line.key)]} | _group(line) for line in found.members],
        "sources": [{"name": str(line.key)} | _group(line) for line in found.sources],
        "stuck": [_stuck(deal, names) for deal in stuck],
    }
    return Answer(data, _text(found, stuck))


_NO_PIPELINE = N_("There is no pipeline «{name}». Pipelines: {known}.")
_NO_SOURCE = N_("There is no source «{name}». Sources: {known}.")


def _known(name: str | None, known: list[str], message: str) -> None:
    if name is not None and name not in known:
        raise DomainError(message, name=name, known=", ".join(each for each in known if each))


def _pipeline(line: PipelineFunnel) -> dict[str, Any]:
    return {
        "name": line.name,
        "created": line.created,
        "won": line.won,
        "lost": line.lost,
        "closed_from_unknown": line.unknown,
        "stages": [_stage(stage) for stage in line.stages],
        "created_in_month": {
            "won": line.cohort_won, "lost": line.cohort_lost, "open": line.cohort_open,
            "stage_unknown": line.cohort_unknown,
        },
    }  # fmt: skip


def _stage(line: StageLine) -> dict[str, Any]:
    return {
        "stage": line.stage, "entered": line.entered, "entered_uncertain": line.uncertain,
        "left": line.left, "forward": line.forward, "back": line.back,
        "other_pipeline": line.aside, "won": line.won, "lost": line.lost,
        "to_next": fraction(line.to_next), "to_won": fraction(line.to_won),
        "median_days": line.days, "measured": line.measured, "open": line.standing,
        "beyond_norm": line.over, "open_amount": whole(Fraction(line.amount, KOPECKS), 2),
        "norm_days": line.norm_days, "norm_by_hand": line.norm_by_hand,
        "created_in_month_reached": line.cohort,
    }  # fmt: skip


def _loss(loss: Loss) -> dict[str, Any]:
    return {
        "pipeline": loss.pipeline, "stage": loss.stage or None, "reason": loss.reason or None,
        "count": loss.count, "amount": whole(Fraction(loss.amount, KOPECKS), 2),
    }  # fmt: skip


def _group(line: GroupLine) -> dict[str, Any]:
    return {
        "inquiries": line.inquiries, "won": line.won, "lost": line.lost,
        "conversion": fraction(line.conversion),
        "receipts": whole(Fraction(line.receipts, KOPECKS), 2), "median_cycle_days": line.cycle,
    }  # fmt: skip


def _stuck(deal: StuckDeal, names: dict[int, str]) -> dict[str, Any]:
    amount = None if deal.amount is None else Fraction(deal.amount, KOPECKS)
    return {
        "title": deal.title, "member": names.get(deal.member_id), "pipeline": deal.pipeline,
        "stage": deal.stage, "days": deal.days, "norm_days": deal.norm_days, "why": deal.why,
        "amount": whole(amount, 2), "source": deal.source or None,
        "created": deal.created.isoformat() if deal.created else None,
    }  # fmt: skip


def _text(found: Funnel, stuck: list[StuckDeal]) -> str:
    head = _(
        "{month} as of {day}", month=month_name(found.month), day=short_date(found.as_of)
    )  # fmt: skip
    if found.empty:
        return head + "\n" + _("No deal was created, closed or open.")
    lines = [head]
    for line in found.pipelines:
        lines += [
            "",
            _(
                "{pipeline}: created {created}, won {won}, lost {lost}",
                pipeline=line.name or _("Without a pipeline"), created=integer(line.created),
                won=integer(line.won), lost=integer(line.lost),
            ),
        ]  # fmt: skip
        if line.stages:
            lines.append(_table(line))
    lines += ["", _("Stuck: {n}", n=integer(len(stuck)))]
    return "\n".join(lines)


def _table(line: PipelineFunnel) -> str:
    rows = [
        (
            stage.stage, integer(stage.entered), integer(stage.forward + stage.won),
            integer(stage.lost), _share(stage.to_next), _share(stage.to_won), _days(stage.days),
            integer(stage.standing), _days(stage.norm_days),
        )
        for stage in line.stages
    ]  # fmt: skip
    head = (
        _("Stage"), _("Came"), _("Went on"), _("Lost"), _("To next, %"), _("To won, %"),
        _("Median, days"), _("Now"), _("Norm, days"),
    )  # fmt: skip
    return table(head, rows)


def _share(share: Fraction | None) -> str:
    return "–" if share is None else percent(Decimal(fraction(share) or 0))


def _days(days: int | None) -> str:
    return "–" if days is None else integer(days)
