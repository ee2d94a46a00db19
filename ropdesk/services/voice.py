"""The voice of the customer: needs, objections and refusals, and how often each is heard."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from ropdesk.domain import promotions as lengths
from ropdesk.domain import voice as rules
from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.voice import Heard, Kind, State
from ropdesk.store import models
from ropdesk.store.models import VoiceMention
from ropdesk.store.plain import rows
from ropdesk.store.workspace import Operation, Workspace

T = TypeVar("T")

GONE = N_("This entry is gone. Open the list again.")
ALL = (date(1900, 1, 1), date(9999, 12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMention:
    """One time it was heard."""

    day: date
    source: str = Heard.CALL.value
    customer: str = ""
    quote: str = ""
    member_id: int | None = None
    deal_id: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as it stands; ``deal`` is the title of its deal, if any."""

    id: int
    day: date
    source: Heard
    customer: str
    quote: str
    member_id: int | None
    deal_id: int | None
    deal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What customers say, with how often.

    Attributes:
        times, earlier: mentions in the span asked for, and in the like span just before it.
        total: mentions ever; ``last_heard`` is the last of them.
        by_member, by_source: mentions of the span by member (None: not said) and place.
    """

    id: int
    kind: Kind
    text: str
    product: str
    state: State
    passed_to: str
    passed_on: date | None
    answer: str
    answered_on: date | None
    times: int
    earlier: int
    total: int
    last_heard: date | None
    by_member: Mapping[int | None, int]
    by_source: Mapping[Heard, int]

    @property
    def growth(self) -> int:
        """Mentions more than in the span before."""
        return self.times - self.earlier


@dataclass(frozen=True, slots=True)
class LostReason:
    """Why deals were lost, as the CRM says: deals of the span, of the span before, and their sum.

    Attributes:
        amount: kopecks of the span's deals that have one.
    """

    reason: str
    deals: int
    earlier: int
    amount: int


def voices(ws: Workspace, first: date, last: date, words: str = "") -> list[Voice]:
    """List what customers say, what is heard most in a span first.

    Args:
        words: only entries with these words.
    """
    with ws.read() as connection:
        found = [each for each in load(connection, first, last) if rules.found(words, each.text)]
    return sorted(
        found, key=lambda v: (-v.times, -v.total, -(v.last_heard or date.min).toordinal(), v.id)
    )


def voice(ws: Workspace, voice_id: int, first: date = ALL[0], last: date = ALL[1]) -> Voice:
    """Return one entry with its mentions of a span counted.

    Raises:
        DomainError: it is gone.
    """
    with ws.read() as connection:
        for each in load(connection, first, last):
            if each.id == voice_id:
                return each
    raise DomainError(GONE)


def load(connection: Connection, first: date, last: date) -> list[Voice]:
    """Read all entries within a connection, by id."""
    start, end = rules.earlier(first, last) if first > ALL[0] else (first, first)
    heard: dict[int, list[tuple[date, str, int | None]]] = {}
    for voice_id, day, source, member in rows(
        connection, "SELECT voice_id, day, source, member_id FROM voice_mention"
    ):
        heard.setdefault(voice_id, []).append((date.fromisoformat(day), source, member))
    table = models.Voice.__table__
    found = []
    for row in connection.execute(select(table).order_by(table.c.id)):
        every = heard.get(row.id, [])
        inside = [each for each in every if first <= each[0] <= last]
        found.append(
            Voice(
                id=row.id, kind=Kind(row.kind), text=row.text, product=row.product,
                state=State(row.state), passed_to=row.passed_to, passed_on=row.passed_on,
                answer=row.answer, answered_on=row.answered_on, times=len(inside),
                earlier=sum(start <= day <= end for day, _source, _member in every),
                total=len(every), last_heard=max((day for day, *_ in every), default=None),
                by_member=_counted([member for _day, _source, member in inside]),
                by_source=_counted([Heard(source) for _day, source, _member in inside]),
            )
        )  # fmt: skip
    return found


def _counted(values: Sequence[T]) -> dict[T, int]:
    counts: dict[T, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def mentions(ws: Workspace, voice_id: int) -> list[Mention]:
    """List the mentions of an entry, newest first."""
    with ws.read() as connection:
        found = rows(
            connection,
            "SELECT m.id, m.day, m.source, m.customer, m.quote, m.member_id, m.deal_id, "
            "coalesce(d.title, '') FROM voice_mention m LEFT JOIN deal d ON d.id = m.deal_id "
            "WHERE m.voice_id = ? ORDER BY m.day DESC, m.id DESC",
            (voice_id,),
        )
    return [
        Mention(id_, date.fromisoformat(day), Heard(source), customer, quote, member, deal, title)
        for id_, day, source, customer, quote, member, deal, title in found
    ]


def lost_reasons(ws: Workspace, first: date, last: date) -> list[LostReason]:
    """Count why deals were lost in a span, as imported deals say; most frequent first."""
    start, end = rules.earlier(first, last)
    with ws.read() as connection:
        found = rows(
            connection,
            "SELECT lost_reason, sum(closed BETWEEN ?1 AND ?2), sum(closed BETWEEN ?3 AND ?4), "
            "coalesce(sum(CASE WHEN closed BETWEEN ?1 AND ?2 THEN amount END), 0) FROM deal "
            "WHERE status = 'lost' AND lost_reason <> '' AND closed BETWEEN ?3 AND ?2 "
            "GROUP BY lost_reason ORDER BY 2 DESC, 3 DESC, 1",
            tuple(day.isoformat() for day in (first, last, start, end)),
        )
    return [LostReason(*row) for row in found if row[1]]


def add(ws: Workspace, kind: Kind, text: str, mention: NewMention, product: str = "") -> int:
    """Note something new with the first time it was heard; returns its id.

    Raises:
        DomainError: nothing is written, or a text is too long.
    """
    kept = rules.text(text)
    with ws.operation(N_("Note «{text}»"), text=kept) as operation:
        session = operation.session
        row = models.Voice(kind=kind.value, text=kept, product=product.strip())
        session.add(row)
        session.flush()
        session.add(_mention(session, row.id, mention))
        return row.id


def mention(ws: Workspace, voice_id: int, new: NewMention) -> int:
    """Note that something known was heard once more; returns the mention's id.

    Raises:
        DomainError: the entry or a member is gone.
    """
    with _changing(ws, voice_id, N_("Heard again: «{text}»")) as (operation, _row):
        made = _mention(operation.session, voice_id, new)
        operation.session.add(made)
        operation.session.flush()
        return made.id


def _mention(session: Session, voice_id: int, new: NewMention) -> VoiceMention:
    if new.member_id is not None and session.get(models.Member, new.member_id) is None:
        raise DomainError(N_("This member is gone. Open the team again."), field="member")
    if new.deal_id is not None and session.get(models.Deal, new.deal_id) is None:
        raise DomainError(
            N_("This deal is gone: its import was taken back. Choose another."), field="deal"
        )
    return VoiceMention(
        voice_id=voice_id, day=new.day, source=Heard(new.source).value,
        customer=" ".join(new.customer.split()), quote=lengths.words(new.quote, "quote"),
        member_id=new.member_id, deal_id=new.deal_id,
    )  # fmt: skip


def remove_mention(ws: Workspace, mention_id: int) -> None:
    """Take one mention back; the entry stays."""
    with ws.operation(N_("Remove a mention of «{text}»"), text="") as operation:
        row = operation.session.get(VoiceMention, mention_id)
        if row is not None:
            entry = operation.session.get_one(models.Voice, row.voice_id)
            operation.fields["text"] = entry.text
            operation.session.delete(row)


def change(ws: Workspace, voice_id: int, **values: Any) -> None:
    """Change fields of an entry, as one operation.

    Args:
        values: text, kind, product, passed_to, answer.

    Raises:
        DomainError: nothing is written, or a text is too long.
    """
    if not {"text", "kind", "product", "passed_to", "answer"}.issuperset(values):
        message = f"no such field: {sorted(values)}"
        raise KeyError(message)
    with _changing(ws, voice_id, N_("Change «{text}»")) as (operation, row):
        for name, value in values.items():
            if name == "text":
                row.text = operation.fields["text"] = rules.text(value)
            elif name == "kind":
                row.kind = Kind(value).value
            else:
                setattr(row, name, lengths.words(value, name))


def pass_on(ws: Workspace, voice_ids: Collection[int], to: str, on: date) -> None:
    """Pass entries on to the product side, all of them as one operation.

    Raises:
        DomainError: nobody is named, or one of them is gone or has been answered already.
    """
    with ws.operation(N_("Pass on to {to}: {n}"), to=to.strip(), n=len(voice_ids)) as operation:
        found = operation.session.scalars(
            select(models.Voice).where(models.Voice.id.in_(voice_ids))
        ).all()
        if len(found) < len(set(voice_ids)):
            raise DomainError(GONE)
        for row in found:
            row.passed_to = rules.check_pass(State(row.state), to)
            row.state, row.passed_on = State.PASSED.value, on


def answer(ws: Workspace, voice_id: int, state: State, text: str, on: date) -> None:
    """Note what the product side answered: accepted, done or declined.

    Raises:
        DomainError: it was not passed on yet.
    """
    with _changing(ws, voice_id, N_("Answer to «{text}»")) as (_operation, row):
        rules.check_answer(State(row.state), state)
        row.state, row.answer = state.value, lengths.words(text, "answer")
        row.answered_on = on


def step_back(ws: Workspace, voice_id: int) -> None:
    """Take the answer back, or what was passed on."""
    with _changing(ws, voice_id, N_("A step back: «{text}»")) as (_operation, row):
        if row.state in rules.ANSWERS:
            row.state, row.answered_on = State.PASSED.value, None
        else:
            row.state, row.passed_on = State.NEW.value, None


def remove(ws: Workspace, voice_id: int) -> None:
    """Remove an entry with its mentions."""
    with _changing(ws, voice_id, N_("Remove «{text}»")) as (operation, row):
        operation.session.execute(delete(VoiceMention).where(VoiceMention.voice_id == voice_id))
        operation.session.delete(row)


@contextmanager
def _changing(ws: Workspace, voice_id: int, label: str) -> Iterator[tuple[Operation, models.Voice]]:
    with ws.operation(label, text="") as operation:
        row = operation.session.get(models.Voice, voice_id)
        if row is None:
            raise DomainError(GONE)
        operation.fields["text"] = row.text
        yield operation, row
