"""The team from the command line."""

from typing import Any

from ropdesk.cli.job import Answer, Job, table
from ropdesk.cli.values import fraction
from ropdesk.domain.money import unscaled
from ropdesk.domain.team import Member
from ropdesk.i18n import _, pgettext, short_date
from ropdesk.services.team import team


def members(job: Job) -> Answer:
    """List the team by name."""
    with job.reading() as ws:
        known = team(ws)
    people = sorted(
        (m for m in known.members.values() if m.id != known.nobody), key=lambda m: m.name.casefold()
    )
    rows = [
        (
            m.name,
            m.position,
            short_date(m.hired) if m.hired else "",
            short_date(m.left) if m.left else "",
        )
        for m in people
    ]
    head = [
        pgettext("cli", "Member"),
        pgettext("cli", "Position"),
        pgettext("cli", "Hired"),
        pgettext("cli", "Left"),
    ]
    return Answer(
        {"members": [_data(m) for m in people]},
        table(head, rows, texts=2) if rows else _("There is nobody in the team yet."),
    )


def _data(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "position": member.position,
        "hired": member.hired.isoformat() if member.hired else None,
        "left": member.left.isoformat() if member.left else None,
        "aliases": [alias for alias in member.aliases if alias != member.name],
        "deal_limit": member.deal_limit,
        "ramp": {
            month.strftime("%Y-%m"): fraction(unscaled(share, 10_000))
            for month, share in sorted(member.ramp.items())
        },
    }
