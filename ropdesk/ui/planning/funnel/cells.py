"""The funnel's tables as cells."""

from fractions import Fraction

from ropdesk.domain.metrics import Direction, Kind, Metric, Unit
from ropdesk.i18n import _, integer, ngettext, short_date
from ropdesk.services import marketing_words
from ropdesk.services.funnel import Funnel, GroupLine, StageLine, StuckDeal
from ropdesk.ui import values
from ropdesk.ui.planning.funnel import words
from ropdesk.ui.planning.funnel.source import Shown
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.values import Style

NORM = "norm"
_MONEY = Metric("receipts", "Receipts", Kind.FLOW, Unit.MONEY, Direction.UP)
_ROUBLES = Style(100, 0, "₽")


def stage_columns() -> tuple[Column, ...]:
    """Columns of the stages."""
    return (
        Column("stage", _("Stage"), Align.LEFT, width=140, stretch=True),
        Column("entered", _("Came"), tooltip=_("Deals that came to the stage in the month")),
        Column("forward", _("Went on"), tooltip=_("To a later stage, or won")),
        Column("lost", _("Lost"), tooltip=_("Closed as lost out of this stage")),
        Column("back", _("Back"), tooltip=_("Returned to an earlier stage")),
        Column("next", _("To next, %"), tooltip=_("Went on ÷ all that left the stage")),
        Column("won", _("To won, %"),
               tooltip=_("Won ÷ closed in the month, of the deals that were in the stage")),
        Column("days", _("Median, days"), tooltip=_("Half of the finished stays were no longer")),
        Column("now", _("Now"), tooltip=_("Open deals in the stage today")),
        Column("over", _("Beyond norm"), tooltip=_("Surely in the stage for longer than the norm")),
        Column(NORM, _("Norm, days"),
               tooltip=_("How long a deal may stay. Type your own; cleared, three of four finished "
                         "stays give it")),
    )  # fmt: skip


def stage_rows(found: Funnel) -> list[Row]:
    """Return the stages of the pipelines shown."""
    several = len(found.pipelines) > 1
    return [
        Row(
            (line.name, stage.stage),
            _stage(stage, line.name if several else None, dated=line.dated),
        )
        for line in found.pipelines
        for stage in line.stages
    ]


def _stage(line: StageLine, pipeline: str | None, *, dated: bool) -> tuple[Cell, ...]:
    aside = "" if pipeline is None else f" · {words.pipeline_name(pipeline)}"
    on = line.forward + line.won
    doubt = ngettext(
        "{n} of them may have come before the month: only two exports tell",
        "{n} of them may have come before the month: only two exports tell", line.uncertain,
    )  # fmt: skip
    moved = (
        (
            _count(line.entered, doubt if line.uncertain else "", marked=bool(line.uncertain)),
            _count(on, _("of them won: {n}", n=integer(line.won)) if line.won else ""),
            _count(line.lost),
            _count(line.back),
        )
        if dated
        else (Cell("–", muted=True, tooltip=_("Nobody told in this month")),) * 4
    )
    norm = _("set by hand") if line.norm_by_hand else _("from the finished stays")
    return (
        Cell(line.stage, secondary=aside, tooltip=f"{line.stage}{aside}"),
        *moved,
        _share(line.to_next),
        _share(line.to_won),
        _days(line.days, ngettext("of {n} finished stay", "of {n} finished stays", line.measured)),
        _count(line.standing, _money_words(line.amount)),
        Cell(integer(line.over) if line.over else "–", sort_key=line.over, muted=not line.over,
             state=State.BAD if line.over else State.NEUTRAL),
        Cell("" if line.norm_days is None else integer(line.norm_days), editable=True,
             sort_key=line.norm_days, marked=line.norm_by_hand, muted=not line.norm_by_hand,
             raw="" if line.norm_days is None else str(line.norm_days),
             tooltip=norm if line.norm_days is not None else _("Too few finished stays for a norm"),
             behind=values.UNKNOWN),
    )  # fmt: skip


def stuck_columns() -> tuple[Column, ...]:
    """Columns of the deals that got stuck."""
    return (
        Column("deal", _("Deal"), Align.LEFT, width=190, stretch=True),
        Column("member", _("Member"), Align.LEFT, width=130),
        Column("stage", _("Stage"), Align.LEFT, width=150),
        Column("days", _("Days"), tooltip=_("In the stage at least so long; an old deal: open")),
        Column(NORM, _("Norm")),
        Column("amount", values.heading(_("Amount"), _ROUBLES)),
        Column("source", _("Source"), Align.LEFT),
    )


def stuck_rows(shown: Shown) -> list[Row]:
    """Return the deals that got stuck, the longest beyond the norm first."""
    names = dict(shown.members)
    return [Row(deal.deal_id, _stuck(deal, names.get(deal.member_id, ""))) for deal in shown.stuck]


def _stuck(deal: StuckDeal, member: str) -> tuple[Cell, ...]:
    old = deal.why == "age"
    born = "" if deal.created is None else _("created {day}", day=short_date(deal.created))
    why = (
        _("Nobody knows since when it is in the stage; open for longer than nine of ten won deals")
        if old
        else _("In the stage for longer than the norm")
    )
    title = deal.title or _("Deal without a name")
    return (
        Cell(title, tooltip=f"{title}\n{born}" if born else title, ref=deal.deal_id),
        Cell(member, tooltip=member),
        Cell(deal.stage, tooltip=f"{deal.stage} · {words.pipeline_name(deal.pipeline)}"),
        Cell(integer(deal.days), sort_key=deal.days, state=State.BAD,
             secondary=" " + _("old") if old else "", tooltip=why),
        Cell(integer(deal.norm_days), sort_key=deal.norm_days, muted=True),
        _money(deal.amount),
        Cell(marketing_words.source(deal.source), muted=not deal.source),
    )  # fmt: skip


def loss_columns() -> tuple[Column, ...]:
    """Columns of the losses."""
    return (
        Column("stage", _("Lost out of stage"), Align.LEFT),
        Column("reason", _("Reason"), Align.LEFT, stretch=True),
        Column("count", _("Deals")),
        Column("share", _("Share, %")),
        Column("amount", values.heading(_("Amount"), _ROUBLES)),
    )


def loss_rows(found: Funnel) -> list[Row]:
    """Return the losses by stage and reason, the most frequent first."""
    total = sum(loss.count for loss in found.losses)
    several = len(found.pipelines) > 1
    return [
        Row(
            (loss.pipeline, loss.stage, loss.reason),
            (
                Cell(words.stage_name(loss.stage), muted=not loss.stage,
                     secondary=f" · {words.pipeline_name(loss.pipeline)}" if several else ""),
                Cell(loss.reason or _("Reason not told"), muted=not loss.reason,
                     tooltip=loss.reason),
                _count(loss.count),
                _share(Fraction(loss.count, total)),
                _money(loss.amount),
            ),
        )
        for loss in found.losses
    ]  # fmt: skip


def group_columns(title: str) -> tuple[Column, ...]:
    """Columns of members or sources."""
    return (
        Column("name", title, Align.LEFT, stretch=True),
        Column("inquiries", _("Inquiries")),
        Column("won", _("Deals")),
        Column("lost", _("Lost")),
        Column("conversion", _("Conv., %"), tooltip=_("Deals won ÷ inquiries of the month")),
        Column("receipts", values.heading(_("Receipts"), _ROUBLES)),
        Column("cycle", _("Cycle, days"), tooltip=_("Median from creation to payment")),
    )


def member_rows(shown: Shown) -> list[Row]:
    """Return the members."""
    names = dict(shown.members)
    return [_group(line, names.get(int(line.key), "")) for line in shown.found.members]


def source_rows(found: Funnel) -> list[Row]:
    """Return the sources."""
    return [_group(line, marketing_words.source(str(line.key))) for line in found.sources]


def _group(line: GroupLine, name: str) -> Row:
    return Row(
        line.key,
        (
            Cell(name, tooltip=name),
            _count(line.inquiries),
            _count(line.won),
            _count(line.lost),
            _share(line.conversion),
            _money(line.receipts),
            _days(line.cycle, ""),
        ),
    )


def _count(n: int, tooltip: str = "", *, marked: bool = False) -> Cell:
    return Cell(integer(n), sort_key=n, muted=not n, tooltip=tooltip, marked=marked)


def _share(share: Fraction | None) -> Cell:
    if share is None:
        return Cell("–", muted=True)
    return Cell(values.percent_number(share, 1), sort_key=float(share))


def _days(days: int | None, tooltip: str) -> Cell:
    if days is None:
        return Cell("–", muted=True)
    return Cell(integer(days), sort_key=days, tooltip=tooltip)


def _money(amount: int | None) -> Cell:
    if amount is None:
        return Cell("–", muted=True)
    return Cell(values.text(amount, _ROUBLES), sort_key=amount, raw=values.plain(amount, _ROUBLES),
                muted=not amount, tooltip=values.exact(_MONEY, amount))  # fmt: skip


def _money_words(amount: int) -> str:
    return values.alone(amount, _ROUBLES)
