"""What the funnel shows, asked of the services in the worker."""

from dataclasses import dataclass
from datetime import date

from ropdesk.i18n import _
from ropdesk.services import funnel, team
from ropdesk.services.funnel import Funnel, StuckDeal
from ropdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deals are looked at; None for all of them."""

    month: date
    today: date
    pipeline: str | None = None
    member: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer, with what can be chosen."""

    wanted: Wanted
    found: Funnel
    stuck: list[StuckDeal]
    pipelines: list[str]
    sources: list[str]
    members: list[tuple[int, str]]


def ask(ws: Workspace, wanted: Wanted) -> Shown:
    """Ask for a month's funnel and the deals that got stuck."""
    found = funnel.funnel(
        ws, wanted.month, as_of=wanted.today, pipeline=wanted.pipeline, member=wanted.member,
        source=wanted.source,
    )  # fmt: skip
    stuck = funnel.stuck(
        ws, wanted.today, pipeline=wanted.pipeline, member=wanted.member, source=wanted.source
    )
    with ws.read() as connection:
        pipelines, sources = funnel.pipelines(connection), funnel.sources(connection)
        known = team.load(connection)
    members = [
        (id_, _(each.name) if id_ == known.nobody else each.name)
        for id_, each in known.members.items()
    ]
    members.sort(key=lambda each: each[1].casefold().replace("ё", "е"))
    return Shown(wanted, found, stuck, pipelines, sources, members)
