"""The list of promises as table cells."""

from collections.abc import Sequence
from datetime import date

from ropdesk.domain.metrics import Metrics
from ropdesk.domain.promises import Verdict
from ropdesk.i18n import _, integer, ngettext, pgettext, short_date
from ropdesk.services import promise_words as words
from ropdesk.services.promises import PromiseLine
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row

STATES = {
    Verdict.OPEN: State.ACCENT,
    Verdict.WAITING: State.NEUTRAL,
    Verdict.KEPT: State.GOOD,
    Verdict.PARTLY: State.WARNING,
    Verdict.BROKEN: State.BAD,
    Verdict.DROPPED: State.NEUTRAL,
}


def colour(line: PromiseLine) -> State:
    """Choose the colour that repeats a verdict's word."""
    return State.WARNING if line.asks or line.late else STATES[line.verdict]


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("verdict", _("State"), Align.LEFT),
        Column("who", _("Who"), Align.LEFT),
        Column("text", _("What is promised"), Align.LEFT, stretch=True),
        Column("amount", _("How much")),
        Column("fact", _("Fact"), tooltip=_("Click: the rows behind the number")),
        Column("due", _("Due"), Align.LEFT),
        Column(
            "moves", pgettext("promises", "Put off"), tooltip=_("How often the day was put off")
        ),
    )


SPARE = ("moves", "fact", "amount")


def rows_by_id(known: Metrics, lines: Sequence[PromiseLine], today: date) -> dict[int, Row]:
    """Return a row for each promise."""
    return {line.id: _row(known, line, today) for line in lines}


def _row(known: Metrics, line: PromiseLine, today: date) -> Row:
    metric = words.what_metric(known, line)
    late = line.overdue(today)
    customer = f" · {line.customer}" if line.customer else ""
    return Row(
        line.id,
        (
            Cell(
                words.verdict(line, today), chip=True, state=colour(line),
                tooltip=words.waiting(line) or words.basis(known, line),
                sort_key=list(Verdict).index(line.verdict),
            ),
            Cell(words.who(line), tooltip=words.who(line)),
            Cell(line.text, secondary=customer, tooltip=f"{line.text}{customer}"),
            Cell("" if line.amount is None else words.value(metric, line.amount), muted=True,
                 sort_key=line.amount,
                 tooltip=words.amount(known, line)),
            Cell(
                "" if line.fact is None else words.value(metric, line.fact),
                tooltip="\n".join(filter(None, (words.fact(known, line), words.sharing(line)))),
                sort_key=None if line.fact is None else float(line.fact),
                ref=line.id if line.fact is not None else None,
                marked=bool(line.shared_with) and line.fact is not None,
            ),
            Cell(
                ("! " if late else "") + words.due(line, today), bold=late,
                state=State.BAD if late else State.NEUTRAL, sort_key=line.due.toordinal(),
                tooltip="\n".join(
                    filter(None, (short_date(line.due), _since(line, today) if late else ""))
                ),
            ),
            Cell(
                f"{integer(line.moves)}×" if line.moves else "", tooltip=words.moved(line),
                state=State.WARNING if line.moves else State.NEUTRAL, sort_key=line.moves,
            ),
        ),
    )  # fmt: skip


def _since(line: PromiseLine, today: date) -> str:
    return ngettext("{n} day late", "{n} days late", (today - line.due).days)
