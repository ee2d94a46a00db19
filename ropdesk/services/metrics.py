"""The metrics of this workspace: the catalogue and the sales head's own."""

import re

from sqlalchemy import Connection, delete, func, select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.metrics import DEFAULT_BOARD, Direction, Kind, Metric, Metrics, Unit
from ropdesk.services import settings
from ropdesk.store.models import DailyValue, OwnMetric, PlanValue
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Workspace

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


def load(connection: Connection) -> Metrics:
    """Read the catalogue within a connection."""
    own = rows(
        connection,
        "SELECT code, name, kind, unit, better, numerator, denominator FROM own_metric ORDER BY id",
    )
    return Metrics(
        Metric(
            code, name, Kind(kind), Unit(unit), Direction(better), top, bottom, builtin=False
        )
        for code, name, kind, unit, better, top, bottom in own
    )  # fmt: skip


def catalogue(ws: Workspace) -> Metrics:
    """Return the metrics of a workspace."""
    with ws.read() as connection:
        return load(connection)


def board(ws: Workspace) -> list[Metric]:
    """Return the metrics that the board shows, in the sales head's order."""
    with ws.read() as connection:
        known = load(connection)
        return [known[code] for code in settings.load(connection).board if code in known]


def set_board(ws: Workspace, codes: list[str]) -> None:
    """Choose which metrics the board shows, and in which order.

    Raises:
        DomainError: no metric is left, or a code is unknown.
    """
    if not codes:
        raise DomainError(N_("The board needs at least one metric. Keep one."))
    known = catalogue(ws)
    with ws.operation(N_("Choose the metrics of the board")) as operation:
        settings.write(operation, {"board": list(dict.fromkeys(known[c].code for c in codes))})


def add(ws: Workspace, metric: Metric) -> None:
    """Add a metric of the sales head's own.

    Raises:
        DomainError: the code is taken or malformed, the name is empty, or a ratio lacks its flows.
    """
    known = catalogue(ws)
    _check(metric, known)
    with ws.operation(N_("Add the metric «{name}»"), name=metric.name) as operation:
        operation.session.add(
            OwnMetric(
                code=metric.code, name=metric.name.strip(), kind=metric.kind.value,
                unit=metric.unit.value, better=metric.better.value,
                numerator=metric.numerator, denominator=metric.denominator,
            )
        )  # fmt: skip


def _check(metric: Metric, known: Metrics) -> None:
    if not metric.name.strip():
        raise DomainError(N_("A metric needs a name. Type one."))
    if not _CODE.fullmatch(metric.code):
        raise DomainError(
            N_("The code «{code}» must be 2 to 40 Latin letters, digits or _. Change it."),
            code=metric.code,
        )
    if metric.code in known:
        raise DomainError(
            N_("There is already a metric «{code}». Change the code."), code=metric.code
        )
    if metric.kind is Kind.RATIO:
        for part in (metric.numerator, metric.denominator):
            if part is None or part not in known or known[part].kind is not Kind.FLOW:
                raise DomainError(N_("A ratio is one flow over another. Choose two flows."))


def rename(ws: Workspace, code: str, name: str) -> None:
    """Rename an own metric."""
    if not name.strip():
        raise DomainError(N_("A metric needs a name. Type one."))
    with ws.operation(N_("Rename the metric «{name}»"), name=name) as operation:
        row = operation.session.scalar(select(OwnMetric).where(OwnMetric.code == code))
        if row is None:
            raise DomainError(N_("The metric «{code}» is not your own: it stays."), code=code)
        row.name = name.strip()


def remove(ws: Workspace, code: str) -> None:
    """Remove an own metric that carries no numbers.

    Raises:
        DomainError: it is builtin, has facts or plans, or a ratio is made of it.
    """
    with ws.operation(N_("Remove the metric «{name}»"), name=code) as operation:
        session = operation.session
        row = session.scalar(select(OwnMetric).where(OwnMetric.code == code))
        if row is None:
            raise DomainError(N_("The metric «{code}» is not your own: it stays."), code=code)
        operation.fields["name"] = row.name
        for table in (DailyValue, PlanValue):
            if session.scalar(select(func.count()).where(table.metric == code)):
                raise DomainError(
                    N_("«{name}» has numbers. Take it off the board instead of removing it."),
                    name=row.name,
                )
        if session.scalar(
            select(func.count()).where(
                (OwnMetric.numerator == code) | (OwnMetric.denominator == code)
            )
        ):
            raise DomainError(
                N_("A ratio is made of «{name}». Remove the ratio first."), name=row.name
            )
        session.execute(delete(OwnMetric).where(OwnMetric.code == code))
        shown = settings.load(operation.conn).board
        if code in shown:
            left = [c for c in shown if c != code]
            settings.write(operation, {"board": left or list(DEFAULT_BOARD)})
