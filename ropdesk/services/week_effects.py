"""What a done action was followed by: its metric in the week after, against the week before."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain.metrics import Direction, Kind, Metric, Metrics
from ropdesk.domain.week import effect_spans
from ropdesk.services.board import Value, share
from ropdesk.services.board_rows import known
from ropdesk.services.week_lines import ActionLine
from ropdesk.store.plain import rows


@dataclass(frozen=True, slots=True)
class ActionEffect:
    """The metric of an action's owner (of the department, for the sales head) around it.

    Attributes:
        before, after: over the seven days up to the day it was done, and over the seven after it;
            None where there are no numbers.
        expected: the change that was expected, in the metric's stored parts.
        ready: the day from which ``after`` is whole.
        early: whether that day has not come; ``after`` is None then.
    """

    metric: Metric
    before: Value
    after: Value
    expected: int | None
    ready: date
    early: bool

    @property
    def change(self) -> Value:
        """After less before; None when either is unknown."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def better(self) -> bool | None:
        """Whether the change goes the way the metric should; None when it stayed or is unknown."""
        if not self.change or self.metric.better is Direction.NONE:
            return None
        return (self.change > 0) == (self.metric.better is Direction.UP)

    @property
    def reached(self) -> bool | None:
        """Whether the change is the expected one or more; None when either is unknown."""
        if self.change is None or self.expected is None:
            return None
        return self.change <= self.expected if self.expected < 0 else self.change >= self.expected


def read_effect(
    connection: Connection, metrics: Metrics, line: ActionLine, as_of: date
) -> ActionEffect | None:
    """Answer what followed an action; None where it is not done or names no metric."""
    if line.done_on is None or line.metric not in metrics:
        return None
    metric = metrics[line.metric]
    before, after = effect_spans(line.done_on)
    early = as_of <= after[1]
    return ActionEffect(
        metric,
        _fact(connection, metrics, metric, before, line.member_id),
        None if early else _fact(connection, metrics, metric, after, line.member_id),
        line.expected, after[1] + timedelta(1), early,
    )  # fmt: skip


def _fact(
    connection: Connection,
    metrics: Metrics,
    metric: Metric,
    span: tuple[date, date],
    member_id: int | None,
) -> int | Fraction | None:
    if metric.kind is Kind.RATIO:
        top, bottom = metrics[metric.numerator or ""], metrics[metric.denominator or ""]
        return share(
            metric, metrics, _flow(connection, top, span, member_id),
            _flow(connection, bottom, span, member_id),
        )  # fmt: skip
    if metric.kind is Kind.STOCK:
        return _level(connection, metric, span[1], member_id)
    return _flow(connection, metric, span, member_id)


def _flow(
    connection: Connection, metric: Metric, span: tuple[date, date], member_id: int | None
) -> int | None:
    who = "" if member_id is None else " AND member_id = ?"
    found = rows(
        connection,
        f"SELECT sum(value) FROM daily_value WHERE day BETWEEN ? AND ? AND metric = ?{who}",
        (
            span[0].isoformat(), span[1].isoformat(), metric.code,
            *([] if member_id is None else [member_id]),
        ),
    )[0][0]  # fmt: skip
    if found is not None:
        return int(found)
    return 0 if known(connection, metric.code, span[0]) else None


def _level(connection: Connection, metric: Metric, day: date, member_id: int | None) -> int | None:
    who = "" if member_id is None else " AND m.id = ?"
    found = rows(
        connection,
        "SELECT sum((SELECT v.value FROM daily_value v WHERE v.metric = ? AND v.member_id = m.id "
        f"AND v.day <= ? ORDER BY v.day DESC LIMIT 1)) FROM member m WHERE 1{who}",
        (metric.code, day.isoformat(), *([] if member_id is None else [member_id])),
    )
    return None if found[0][0] is None else int(found[0][0])
