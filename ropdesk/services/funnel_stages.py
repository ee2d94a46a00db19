"""The stages of pipelines: their order and how long a deal may stay in them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from ropdesk.domain.errors import N_, DomainError
from ropdesk.services import funnel_ways
from ropdesk.services.funnel_model import StageSetting
from ropdesk.store import plain
from ropdesk.store.models import Stage
from ropdesk.store.workspace import Operation, Workspace

LONGEST = 3650
NO_PLACE = -1
"""Position of a stage that has a norm, while its place is left to what deals do."""


def stages(ws: Workspace, as_of: date) -> list[StageSetting]:
    """List the open stages of all pipelines in their order, with their norms in days."""
    with ws.read() as connection:
        present = [
            (str(pipeline), str(stage))
            for pipeline, stage in plain.rows(
                connection, "SELECT DISTINCT pipeline, stage FROM deal WHERE status = 'open'"
            )
        ]
        ways = funnel_ways.learn(connection, as_of, present)
    return [
        StageSetting(
            pipeline=pipeline, stage=stage, position=at,
            norm_days=ways.norms.get((pipeline, stage)),
            norm_by_hand=(pipeline, stage) in ways.by_hand,
            order_by_hand=(pipeline, stage) in ways.placed,
        )
        for pipeline, names in ways.order.items()
        for at, stage in enumerate(names)
    ]  # fmt: skip


def set_order(ws: Workspace, pipeline: str, names: Sequence[str]) -> None:
    """Put the stages of a pipeline in this order.

    Raises:
        DomainError: a stage is named twice.
    """
    if len(set(names)) != len(names):
        raise DomainError(N_("A stage stands twice in the order. Name each once."))
    with ws.operation(N_("Put the stages of «{pipeline}» in order"), pipeline=pipeline) as running:
        for at, name in enumerate(names):
            _row(running, pipeline, name).position = at


def set_norm(ws: Workspace, pipeline: str, stage: str, days: int | None) -> None:
    """Say how many days a deal may stay in a stage; None leaves it to the finished stays.

    Raises:
        DomainError: not from 1 to 3650 days.
    """
    if days is not None and not 1 <= days <= LONGEST:
        raise DomainError(
            N_("A norm is a number of days from 1 to {most}."), most=LONGEST, field="norm"
        )
    with ws.operation(N_("Set the norm of stage «{stage}»"), stage=stage) as running:
        _row(running, pipeline, stage).norm_days = days


def _row(running: Operation, pipeline: str, stage: str) -> Stage:
    row = running.session.scalar(
        select(Stage).where(Stage.pipeline == pipeline, Stage.stage == stage)
    )
    if row is None:
        row = Stage(pipeline=pipeline, stage=stage, position=NO_PLACE)
        running.session.add(row)
    return row
