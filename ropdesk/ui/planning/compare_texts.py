"""Two versions of a plan, cell by cell, in words."""

from datetime import date

from ropdesk.i18n import _
from ropdesk.services import metrics, planning_versions, team
from ropdesk.services.planning_versions import Difference
from ropdesk.store.workspace import Workspace
from ropdesk.ui import values
from ropdesk.ui.planning.scenario_texts import SCENARIO_NAMES
from ropdesk.ui.planning.versions_dialog import ComparedLine


def compared_lines(ws: Workspace, month: date, a: int, b: int) -> list[ComparedLine]:
    """Put every cell of two versions in words, the department's first."""
    known = metrics.catalogue(ws)
    people = team.team(ws).members
    lines = []
    for one in planning_versions.compare(ws, month, a, b):
        if one.metric not in known:
            continue
        member = None if one.member_id is None else people.get(one.member_id)
        who = _("Department") if member is None else member.name
        metric = known[one.metric]
        scenario = _(SCENARIO_NAMES[one.scenario])
        what = f"{values.name(metric)}, {scenario}"
        lines.append(
            ComparedLine(
                (one.scenario, one.metric, one.member_id),
                what,
                who,
                values.exact(metric, one.a),
                values.exact(metric, one.b),
                _delta(one, values.deviation(metric, one.b, one.a)),
                one.a != one.b,
                one.member_id is None,
            )
        )
    return lines


def _delta(one: Difference, deviation: str) -> str:
    if one.a == one.b:
        return ""
    if one.a is None:
        return _("added")
    if one.b is None:
        return _("taken out")
    return deviation
