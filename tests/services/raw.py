"""Deals and calls put in as they are, and their numbers counted by hand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ropdesk.services import imports
from ropdesk.services.imports import FileInfo, Incoming
from ropdesk.services.owners import Choice
from ropdesk.store import workspace
from ropdesk.store.workspace import Workspace

NOBODY = ""


@dataclass(frozen=True, slots=True)
class RawDeal:
    """A deal as a CRM tells it; no owner is `NOBODY`."""

    owner: str
    status: str = "won"
    created: date | None = None
    closed: date | None = None
    amount: int | None = 100_00
    title: str = "Поставка"
    number: str = ""
    source: str = "Сайт"
    lost_reason: str = ""


@dataclass(frozen=True, slots=True)
class RawCall:
    """A call as telephony tells it; times in seconds."""

    owner: str
    day: date
    direction: str = "in"
    answered: bool = True
    wait: int | None = None
    talk: int | None = None
    rating: int | None = None


@contextmanager
def opened() -> Iterator[Workspace]:
    """Give a workspace of its own, for each example of a property."""
    with TemporaryDirectory() as name:
        ws = workspace.create(Path(name) / "department.ropdesk")
        try:
            yield ws
        finally:
            ws.close()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def put_deals(ws: Workspace, deals: Sequence[RawDeal], file: str = "deals.csv") -> None:
    """Import deals; members who are not here yet are made."""
    total = len(deals)
    incoming = Incoming(
        "deals", "raw", FileInfo(file, file, 0), list(range(2, total + 2)),
        [d.number or f"{file}-{n}" for n, d in enumerate(deals)], [d.owner for d in deals],
        {
            "title": [d.title for d in deals], "stage": [d.status for d in deals],
            "status": [d.status for d in deals], "amount": [d.amount for d in deals],
            "created": [_iso(d.created) for d in deals], "closed": [_iso(d.closed) for d in deals],
            "source": [d.source for d in deals], "pipeline": [""] * total,
            "lost_reason": [d.lost_reason for d in deals],
        },
        frozenset(), total, 0, (),
    )  # fmt: skip
    imports.run(ws, incoming, Choice(create_all=True))


def put_calls(ws: Workspace, calls: Sequence[RawCall], file: str = "calls.csv") -> None:
    """Import calls; members who are not here yet are made."""
    total = len(calls)
    incoming = Incoming(
        "calls", "raw", FileInfo(file, file, 0), list(range(2, total + 2)),
        [f"{file}-{n}" for n in range(total)], [c.owner for c in calls],
        {
            "day": [c.day.isoformat() for c in calls], "at": [None] * total,
            "direction": [c.direction for c in calls], "answered": [c.answered for c in calls],
            "wait": [c.wait for c in calls], "talk": [c.talk for c in calls],
            "rating": [c.rating for c in calls],
        },
        frozenset(), total, 0, (),
    )  # fmt: skip
    imports.run(ws, incoming, Choice(create_all=True))


def counted(deals: Iterable[RawDeal], code: str, first: date, last: date) -> int:
    """Count a number of the catalogue from raw deals, deal by deal."""
    total = 0
    for deal in deals:
        created, closed = deal.created, deal.closed
        ended = closed is not None and first <= closed <= last
        match code:
            case "inquiries":
                total += created is not None and first <= created <= last
            case "deals_won" | "deals_lost":
                total += ended and deal.status == code.removeprefix("deals_")
            case "receipts":
                total += (deal.amount or 0) if ended and deal.status == "won" else 0
            case "cycle_time":
                if ended and deal.status == "won" and created and closed and created <= closed:
                    total += (closed - created).days
            case "open_deals":
                held = deal.status == "open" or (closed is not None and closed > last)
                total += created is not None and created <= last and held
            case _:
                raise ValueError(code)
    return total


def called(calls: Iterable[RawCall], code: str, first: date, last: date) -> int:
    """Count a number of the catalogue from raw calls, call by call."""

    def taken(call: RawCall) -> bool:
        return call.answered and call.direction != "out"

    said: dict[str, Callable[[RawCall], int]] = {
        "calls": lambda _call: 1,
        "talk_time": lambda call: call.talk or 0,
        "incoming_calls": lambda call: call.direction == "in",
        "answered_calls": taken,
        "missed_calls": lambda call: call.direction == "in" and not call.answered,
        "handle_time": lambda call: (call.talk or 0) if taken(call) else 0,
        "wait_time": lambda call: (call.wait or 0) if taken(call) else 0,
        "ratings": lambda call: call.rating is not None,
        "rating_points": lambda call: call.rating or 0,
    }
    return sum(said[code](call) for call in calls if first <= call.day <= last)
