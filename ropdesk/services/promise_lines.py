"""Promises as they are read: judged, from facts, for the day that is asked about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from sqlalchemy import Connection

from ropdesk.domain import promises as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.promises import Judged, Share, Verdict, Way
from ropdesk.services import metrics
from ropdesk.services.promise_judging import counting, deals_of, judged
from ropdesk.services.promise_rows import DROPPED, OPEN, Stored, Where, sharing, stored

GONE = N_("This promise is gone. Open the list again.")
NONE = Share()


class Anybody(Enum):
    """Whose promises: not asked (nobody named, None, is the sales head)."""

    ANYBODY = "anybody"


ANYBODY = Anybody.ANYBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise as it stands today.

    Attributes:
        name: the member's; empty for the sales head.
        fact: what there is of it so far, in the metric's stored parts; None when unknown.
        by_hand: whether the verdict was given by hand.
        way: what the program judges it by; `Way.HAND` waits for the sales head's word.
        settled_on: the day it was kept, or the due day of one that was not; None until then.
        late: whether it was kept after its (present) day.
        moves: how often the day was put off; ``original_due`` is the first day named.
        result: what was written at a judgement by hand; the reason of a dropped one.
        shared_with: other promises that count some of the same facts.
    """

    id: int
    text: str
    customer: str
    member_id: int | None
    name: str
    given: date
    due: date
    first: date
    metric: str
    amount: int | None
    verdict: Verdict
    by_hand: bool
    fact: int | Fraction | None
    settled_on: date | None
    late: bool
    moves: int
    meeting_id: int | None
    result: str
    way: Way
    original_due: date
    shared_with: tuple[int, ...] = ()

    @property
    def on_time(self) -> bool:
        """Kept by the day that was named first: neither late nor ever put off."""
        return self.verdict is Verdict.KEPT and not self.late and not self.moves

    @property
    def unsettled(self) -> bool:
        """Whether it is still open or waiting."""
        return self.verdict in rules.UNSETTLED

    @property
    def asks(self) -> bool:
        """Whether its day is over and only the sales head's word is missing."""
        return self.verdict is Verdict.WAITING and self.way is Way.HAND

    def overdue(self, today: date) -> bool:
        """Tell whether its day is over and it is not settled."""
        return self.unsettled and self.due < today


def lines(
    connection: Connection,
    today: date,
    *,
    member_id: int | Anybody | None = ANYBODY,
    meeting_id: int | None = None,
    due: tuple[date, date] | None = None,
    open_only: bool = False,
) -> list[PromiseLine]:
    """List promises as they stand today: by due day, then in the order given.

    Args:
        member_id: of one member; None for those of the sales head.
        meeting_id: given at one meeting.
        due: due between two days, both included.
        open_only: only those open or waiting.
    """
    where: list[tuple[str, list[object]]] = []
    if not isinstance(member_id, Anybody):
        where.append(("p.member_id IS ?", [member_id]))
    if meeting_id is not None:
        where.append(("p.meeting_id = ?", [meeting_id]))
    if due is not None:
        where.append(("p.due BETWEEN ? AND ?", [day.isoformat() for day in due]))
    if open_only:
        where.append(("p.state = ?", [OPEN]))
    found = _judged(connection, today, where)
    return [each for each in found if each.unsettled] if open_only else found


def line(connection: Connection, today: date, promise_id: int) -> PromiseLine:
    """Read one promise as it stands today.

    Raises:
        DomainError: it is gone.
    """
    found = _judged(connection, today, [("p.id = ?", [promise_id])])
    if not found:
        raise DomainError(GONE)
    return found[0]


def shares(connection: Connection, today: date, first: date, last: date) -> dict[int | None, Share]:
    """Count promises due in a span by member (None: the sales head's own), as judged today."""
    found: dict[int | None, Share] = {}
    for each in lines(connection, today, due=(first, last)):
        found[each.member_id] = found.get(each.member_id, NONE) + counted(each)
    return found


def shares_by_month(
    connection: Connection, today: date, first: date, last: date
) -> dict[date, dict[int | None, Share]]:
    """Count promises by the month they were due in (its first day) and by member."""
    return by_month(lines(connection, today, due=(first, last)))


def by_month(found: Iterable[PromiseLine]) -> dict[date, dict[int | None, Share]]:
    """Count promises read before by the month they were due in and by member.

    A month and a person without a judged promise are left out.
    """
    months: dict[date, dict[int | None, Share]] = {}
    for each in found:
        if each.verdict in rules.JUDGED:
            month = months.setdefault(each.due.replace(day=1), {})
            month[each.member_id] = month.get(each.member_id, NONE) + counted(each)
    return months


def counted(each: PromiseLine) -> Share:
    """Count one promise; an open, waiting or dropped one is nothing."""
    if each.verdict not in rules.JUDGED:
        return NONE
    kept = each.verdict is Verdict.KEPT
    return Share(
        int(kept), int(each.verdict is Verdict.PARTLY), int(each.verdict is Verdict.BROKEN),
        int(kept and each.late), int(each.moves > 0), int(each.on_time),
    )  # fmt: skip


def deal_ids(connection: Connection, today: date, promise_id: int) -> list[int]:
    """List the won deals that a customer's promise counts, the first closed first."""
    known = metrics.load(connection)
    found = stored(connection, known, [("p.id = ?", [promise_id])])
    asked = [each for each in found if each.way is Way.DEALS]
    deals = deals_of(connection, asked, today)
    return [deal.id for each in asked for deal in counting(each, deals.get(each.id, []))]


def _judged(connection: Connection, today: date, where: Where) -> list[PromiseLine]:
    known = metrics.load(connection)
    found = stored(connection, known, where)
    asked = [each for each in found if each.way is not Way.HAND and each.state != DROPPED]
    facts = judged(connection, known, asked, today) if asked else {}
    shared = sharing(connection, known, asked) if asked else {}
    return [
        _line(each, facts.get(each.id), shared.get(each.id, frozenset()), today) for each in found
    ]


def _line(each: Stored, judged: Judged | None, shared: Collection[int], today: date) -> PromiseLine:
    way = Way.HAND if judged is None else each.way
    stands = judged or rules.unjudged(each.due, today)
    if each.state == DROPPED:
        stands = Judged(Verdict.DROPPED)
    elif each.state != OPEN:
        verdict = Verdict(each.state)
        late = verdict is not Verdict.BROKEN and (each.settled_on or each.due) > each.due
        stands = Judged(verdict, stands.fact, each.settled_on, late)
    return PromiseLine(
        id=each.id, text=each.text, customer=each.customer, member_id=each.member_id,
        name=each.name, given=each.given, due=each.due, first=each.first, metric=each.metric,
        amount=each.amount, verdict=stands.verdict, by_hand=each.state not in {OPEN, DROPPED},
        fact=stands.fact, settled_on=stands.settled_on, late=stands.late, moves=each.moves,
        meeting_id=each.meeting_id, result=each.result, way=way, original_due=each.original_due,
        shared_with=tuple(sorted(shared)),
    )  # fmt: skip
