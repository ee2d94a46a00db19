"""Promotions, from the idea to the conclusion: the list, its changes and its steps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from ropdesk.domain import promotions as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.promotions import COUNTED, State, Terms
from ropdesk.services import metrics
from ropdesk.services.member_links import put_members
from ropdesk.store import models
from ropdesk.store.models import PromotionMember, PromotionSource
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

GONE = N_("This promotion is gone. Open the list again.")
SHOWN_ORDER = (State.RUNNING, State.AGREED, State.PROPOSAL, State.IDEA, State.FINISHED)
TEXTS = frozenset({"offer", "audience", "conclusion"})
COSTS = frozenset({"budget", "spent"})
FIELDS = TEXTS | COSTS | {"title", "first", "last", "metric", "expected", "agreed_by"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromotion:
    """What a promotion begins with; money in kopecks, the effect in the metric's parts."""

    title: str
    created: date
    offer: str = ""
    audience: str = ""
    first: date | None = None
    last: date | None = None
    budget: int | None = None
    metric: str = "receipts"
    expected: int | None = None
    members: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A promotion as it stands.

    Attributes:
        budget, spent: kopecks; None is unknown.
        expected: the gain hoped for over the whole period (of a ratio or a level: the change), in
            the metric's smallest parts.
        members, sources: who takes part and through which sources; none named means all.
    """

    id: int
    title: str
    created: date
    state: State
    offer: str
    audience: str
    first: date | None
    last: date | None
    budget: int | None
    spent: int | None
    metric: str
    expected: int | None
    agreed_by: str
    agreed_on: date | None
    conclusion: str
    concluded_on: date | None
    members: tuple[int, ...]
    sources: tuple[str, ...]

    @property
    def terms(self) -> Terms:
        """What the rules judge by."""
        return Terms(
            offer=self.offer, first=self.first, last=self.last, agreed_by=self.agreed_by,
            conclusion=self.conclusion, members=self.members, sources=self.sources,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PromotionDays:
    """A promotion as an event of its days."""

    id: int
    title: str
    first: date
    last: date
    members: tuple[int, ...]


def promotions(ws: Workspace) -> list[Promotion]:
    """List promotions: running first, then agreed, proposals, ideas, finished; newest first."""
    with ws.read() as connection:
        found = load(connection)
    return sorted(
        found,
        key=lambda p: (SHOWN_ORDER.index(p.state), -(p.first or p.created).toordinal(), -p.id),
    )


def promotion(ws: Workspace, promotion_id: int) -> Promotion:
    """Return a promotion.

    Raises:
        DomainError: it is gone.
    """
    with ws.read() as connection:
        return one(connection, promotion_id)


def one(connection: Connection, promotion_id: int) -> Promotion:
    """Return a promotion within a connection."""
    for found in load(connection):
        if found.id == promotion_id:
            return found
    raise DomainError(GONE)


def load(connection: Connection) -> list[Promotion]:
    """Read all promotions within a connection, by id."""
    members: dict[int, list[int]] = {}
    for promotion_id, member in rows(
        connection, "SELECT promotion_id, member_id FROM promotion_member ORDER BY member_id"
    ):
        members.setdefault(promotion_id, []).append(member)
    sources: dict[int, list[str]] = {}
    for promotion_id, source in rows(
        connection, "SELECT promotion_id, source FROM promotion_source ORDER BY source"
    ):
        sources.setdefault(promotion_id, []).append(source)
    table = models.Promotion.__table__
    return [
        Promotion(
            id=row.id, title=row.title, created=row.created, state=State(row.state),
            offer=row.offer, audience=row.audience, first=row.first, last=row.last,
            budget=row.budget, spent=row.spent, metric=row.metric, expected=row.expected,
            agreed_by=row.agreed_by, agreed_on=row.agreed_on, conclusion=row.conclusion,
            concluded_on=row.concluded_on, members=tuple(members.get(row.id, ())),
            sources=tuple(sources.get(row.id, ())),
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    ]  # fmt: skip


def overlapping(ws: Workspace, promotion_id: int) -> list[Promotion]:
    """List other promotions, past the proposal, that share days, members and sources with one."""
    with ws.read() as connection:
        every = load(connection)
    mine = next((each for each in every if each.id == promotion_id), None)
    if mine is None:
        return []
    return [
        other for other in every
        if other.id != promotion_id and other.state in COUNTED
        and rules.overlap(mine.terms, other.terms)
    ]  # fmt: skip


def of_days(ws: Workspace, first: date, last: date) -> list[PromotionDays]:
    """List the promotions that touch a span, from agreed ones on, in the order they began."""
    with ws.read() as connection:
        every = load(connection)
    found = [
        PromotionDays(each.id, each.title, each.first, each.last, each.members)
        for each in every
        if each.state in COUNTED and each.first is not None and each.last is not None
        and each.first <= last and each.last >= first
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.first, each.id))


def add(ws: Workspace, new: NewPromotion) -> int:
    """Note a promotion as an idea and return its id.

    Raises:
        DomainError: no name, days the wrong way round, a cost below zero, an unknown metric.
    """
    name = rules.title(new.title)
    rules.period(new.first, new.last)
    with ws.operation(N_("Add the promotion «{title}»"), title=name) as operation:
        session = operation.session
        row = models.Promotion(
            title=name, created=new.created, offer=rules.words(new.offer, "offer"),
            audience=rules.words(new.audience, "audience"), first=new.first, last=new.last,
            budget=rules.cost(new.budget, "budget"),
            metric=metrics.load(operation.conn)[new.metric].code, expected=new.expected,
        )  # fmt: skip
        session.add(row)
        session.flush()
        _put_members(session, row.id, new.members)
        _put_sources(session, row.id, new.sources)
        return row.id


def change(ws: Workspace, promotion_id: int, **values: Any) -> None:
    """Change fields of a promotion, as one operation.

    Args:
        values: title, offer, audience, first, last, budget, spent, metric, expected, agreed_by,
            conclusion.

    Raises:
        DomainError: what cannot be, or what the promotion's state needs would be missing (its
            ``field`` says where).
    """
    if not FIELDS.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, promotion_id, N_("Change the promotion «{title}»")) as (operation, row):
        for name, value in values.items():
            setattr(row, name, _checked(operation, name, value))
        if "metric" in values and "expected" not in values:
            row.expected = None  # it was in other units
        rules.check(State(row.state), _terms(row))


def _checked(operation: Operation, name: str, value: Any) -> Any:
    if name == "title":
        return rules.title(value)
    if name in TEXTS:
        return rules.words(value, name)
    if name in COSTS:
        return rules.cost(value, name)
    if name == "metric":
        return metrics.load(operation.conn)[value].code
    return value.strip() if name == "agreed_by" else value


def _terms(row: models.Promotion) -> Terms:
    return Terms(
        offer=row.offer, first=row.first, last=row.last, agreed_by=row.agreed_by,
        conclusion=row.conclusion,
    )  # fmt: skip


def set_members(ws: Workspace, promotion_id: int, members: Sequence[int]) -> None:
    """Say who takes part; nobody named means everybody.

    Raises:
        DomainError: a member is gone.
    """
    label = N_("Change who takes part in «{title}»")
    with _changing(ws, promotion_id, label) as (operation, row):
        _put_members(operation.session, row.id, members)


def set_sources(ws: Workspace, promotion_id: int, sources: Sequence[str]) -> None:
    """Say through which sources of deals it works; none named means all."""
    label = N_("Change the sources of «{title}»")
    with _changing(ws, promotion_id, label) as (operation, row):
        _put_sources(operation.session, row.id, sources)


def _put_members(session: Session, promotion_id: int, members: Sequence[int]) -> None:
    put_members(
        session,
        select(PromotionMember).where(PromotionMember.promotion_id == promotion_id),
        members,
        lambda member: PromotionMember(promotion_id=promotion_id, member_id=member),
    )


def _put_sources(session: Session, promotion_id: int, sources: Sequence[str]) -> None:
    wanted = dict.fromkeys(source.strip() for source in sources if source.strip())
    here = {
        row.source: row
        for row in session.scalars(
            select(PromotionSource).where(PromotionSource.promotion_id == promotion_id)
        )
    }
    for source, row in here.items():
        if source not in wanted:
            session.delete(row)
    session.add_all(
        PromotionSource(promotion_id=promotion_id, source=source)
        for source in wanted
        if source not in here
    )


def move(ws: Workspace, promotion_id: int, state: State, on: date) -> None:
    """Take a promotion to another state, forward or back.

    Going to agreed notes the day it was agreed, going to finished the day of the conclusion;
    going back before them takes the day away again.

    Raises:
        DomainError: what the state needs is missing (its ``field`` says what).
    """
    with _changing(ws, promotion_id, _STEPS[state]) as (_operation, row):
        rules.check(state, _terms(row))
        row.state = state.value
        agreed = state in COUNTED
        row.agreed_on = (row.agreed_on or on) if agreed else None
        row.concluded_on = (row.concluded_on or on) if state is State.FINISHED else None


_STEPS = {
    State.IDEA: N_("Back to an idea: «{title}»"),
    State.PROPOSAL: N_("Propose the promotion «{title}»"),
    State.AGREED: N_("Agree the promotion «{title}»"),
    State.RUNNING: N_("Start the promotion «{title}»"),
    State.FINISHED: N_("Finish the promotion «{title}»"),
}


def remove(ws: Workspace, promotion_id: int) -> None:
    """Remove a promotion."""
    with _changing(ws, promotion_id, N_("Remove the promotion «{title}»")) as (operation, row):
        operation.session.delete(row)


@contextmanager
def _changing(
    ws: Workspace, promotion_id: int, label: str
) -> Iterator[tuple[Operation, models.Promotion]]:
    with ws.operation(label, title="") as operation:
        row = operation.session.get(models.Promotion, promotion_id)
        if row is None:
            raise DomainError(GONE)
        operation.fields["title"] = row.title
        yield operation, row
        operation.fields["title"] = row.title
