"""The one page taken along to a meeting: numbers, promises due, points with room for notes.

Everything stands on a single page, whatever there is: the lines to write on give way first,
then promises and members that do not fit are left out, and how many is said on the page.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ropdesk.reports import protocol_words as words
from ropdesk.reports.agenda_model import AgendaPaper, AgendaPoint
from ropdesk.reports.agenda_parts import (
    NOTE,
    in_halves,
    numbers,
    pledges,
    point_flow,
    rest_of_points,
)
from ropdesk.reports.page import BODY_BOTTOM, BODY_TOP, WIDTH, build
from ropdesk.reports.text import clip, paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

ROOM = BODY_TOP - BODY_BOTTOM - 4.0
MOST_NOTES = 5
HEAD_AFTER = 2.0  # below a name, where lines follow
POINTS_MOST = 0.6  # of the page, for the names of points alone
LEAST_PLEDGES = 4  # rows of promises for which members give way
LONGEST_TITLE = 160


def agenda(paper: AgendaPaper) -> bytes:
    """Return the page as a PDF; the same content gives the same bytes."""
    return build(paper.head, _story(paper))


@dataclass(frozen=True, slots=True)
class _Share:
    """What of a page's content is shown: how many members, promises, points, lines of each."""

    members: int
    promises: int
    notes: tuple[int, ...]


def _story(paper: AgendaPaper) -> "list[Flowable]":
    share = _shared(paper)
    flow = [*_top(paper), *numbers(paper, share.members), *pledges(paper, share.promises)]
    for number, (point, notes) in enumerate(zip(paper.points, share.notes, strict=False), 1):
        flow += point_flow(number, point, notes)
    return [*flow, *rest_of_points(paper, len(share.notes))]


def _shared(paper: AgendaPaper) -> _Share:
    """Share the page out: points, members, promises, and what is left to write on."""
    room = ROOM - _height(_top(paper))
    points = _most(len(paper.points), lambda n: _height(_titles(paper, n)) <= room * POINTS_MOST)
    room -= _height(_titles(paper, points))
    promises, members = len(paper.promises), len(paper.table.members) if paper.table else 0
    kept = min(promises, LEAST_PLEDGES * (2 if in_halves(paper) else 1))
    beside = room - _height(pledges(paper, kept))
    members = _most(members, lambda n: _height(numbers(paper, n)) <= beside)
    left = room - _height(numbers(paper, members))
    promises = _most(promises, lambda n: _height(pledges(paper, n)) <= left)
    room = left - _height(pledges(paper, promises))
    return _Share(members, promises, _notes(paper.points[:points], room))


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """Find the largest number up to ``count`` that fits; nothing, where not even one does."""
    if fits(count):
        return count
    return max(0, bisect_left(range(count), True, key=lambda n: not fits(n)) - 1)


def _titles(paper: AgendaPaper, count: int) -> "list[Flowable]":
    flow = [
        each for n, point in enumerate(paper.points[:count], 1) for each in point_flow(n, point, 0)
    ]
    return [*flow, *rest_of_points(paper, count)]


def _notes(points: Sequence[AgendaPoint], room: float) -> tuple[int, ...]:
    """Give each point a line to write on, then more to those with the most minutes a line."""
    given = [0 for _each in points]
    while True:
        wanting = [i for i, count in enumerate(given) if count < MOST_NOTES]
        if not wanting:
            break
        place = min(wanting, key=lambda i: (given[i] > 0, -points[i].minutes / (given[i] or 1), i))
        room -= NOTE if given[place] else NOTE + HEAD_AFTER
        if room < 0:
            break
        given[place] += 1
    return tuple(given)


def _height(flow: "Sequence[Flowable]") -> float:
    """Measure a part as the page will set it: of two distances the larger one counts."""
    total = after = 0.0
    for each in flow:
        _width, high = each.wrap(WIDTH, ROOM)
        total += max(each.getSpaceBefore() - after, 0.0) + high
        after = each.getSpaceAfter()
        total += after
    return total


def _top(paper: AgendaPaper) -> "list[Flowable]":
    flow: list[Flowable] = [paragraph(clip(paper.title, LONGEST_TITLE), "title")]
    flow.append(paragraph(paper.opening))
    if paper.month is not None and (said := words.month(paper.month)):
        flow.append(paragraph(said))
    return flow
