"""What the command palette finds in the workspace: people and deals."""

from ropdesk.i18n import _
from ropdesk.services import rows, team
from ropdesk.ui.context import Context
from ropdesk.ui.palette import Entry


class Finder:
    """Finds people and deals for the command palette."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def find(self, query: str) -> list[Entry]:
        """Return members whose name, and deals whose title or number, hold the query."""
        wanted = _plain(query)
        if not wanted:
            return []
        people = team.team(self._context.workspace)
        found = [
            Entry(m.name, m.position or _("member"), "user", _Show(self._context, "team", m.id))
            for m in people.members.values()
            if wanted in _plain(m.name) and m.id != people.nobody
        ]
        found += [
            Entry(
                deal.title or deal.external_id,
                _("deal {id}, {member}", id=deal.external_id, member=deal.member),
                "handshake",
                _Show(self._context, "planning", deal.id),
            )
            for deal in rows.find_deals(self._context.workspace, query.strip(), limit=8)
        ]
        return found


def _plain(text: str) -> str:
    return text.strip().casefold().replace("ё", "е")


class _Show:
    """Goes to a person or a deal."""

    def __init__(self, context: Context, page: str, row_id: int) -> None:
        self._context, self._page, self._id = context, page, row_id

    def __call__(self) -> None:
        if self._page == "team":
            self._context.navigate("team", member=self._id)
        else:
            self._context.navigate("planning", deal=self._id)
