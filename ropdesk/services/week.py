"""The week's action plan: what it holds, and every change of it."""

from collections.abc import Sequence

from ropdesk.domain.errors import N_
from ropdesk.domain.week import monday
from ropdesk.services.week_lines import (
    ActionLine,
    NewAction,
    Occurrence,
    Ref,
    checked,
    member_names,
    read_lines,
)
from ropdesk.store.models import PlannedAction
from ropdesk.store.workspace import Workspace

__all__ = ["ActionLine", "NewAction", "Occurrence", "Ref", "add", "of_investigation"]


def add(ws: Workspace, actions: Sequence[NewAction]) -> list[int]:
    """Add actions, all of them as one operation.

    Returns:
        Their ids, in the order given.

    Raises:
        DomainError: an action without a name, with an impossible time, or of an unknown metric or
            member.
    """
    if not actions:
        return []
    label = N_("Plan the action «{title}»") if len(actions) == 1 else N_("Plan actions: {titles}")
    titles = [action.title.strip() for action in actions]
    with ws.operation(label, title=titles[0], titles="; ".join(titles)) as operation:
        made = [
            PlannedAction(
                title=action.title.strip(),
                week=monday(action.week),
                origin_week=monday(action.week),
                day=action.day,
                start=action.start if action.day else None,
                minutes=action.minutes,
                member_id=action.member_id,
                metric=action.metric,
                expected=action.expected if action.metric else None,
                investigation_id=action.investigation_id,
                note=action.note.strip(),
            )
            for action in checked(operation.conn, actions)
        ]
        operation.session.add_all(made)
        operation.session.flush()
        return [row.id for row in made]


def of_investigation(ws: Workspace, investigation_id: int) -> list[ActionLine]:
    """List the actions that an investigation led to, by week and time."""
    with ws.read() as connection:
        return read_lines(
            connection, member_names(connection), "investigation_id = ?", (investigation_id,)
        )
