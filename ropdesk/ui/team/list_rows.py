"""Rows of the department's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ropdesk.domain.team import Absence, Member, ramp_share
from ropdesk.i18n import _, integer, short_date
from ropdesk.services.board import Board, MemberLine
from ropdesk.services.team import Team
from ropdesk.ui.roles import State
from ropdesk.ui.tables.cells import Align, Cell, Column, Row
from ropdesk.ui.team import words
from ropdesk.ui.team.edits import other_names, percent_text

ACTIVE, LEFT, ALL = "active", "left", "all"
SPARE = ("aliases", "left", "limit", "hired", "position", "open")  # the card shows them all


@dataclass(frozen=True, slots=True)
class DateRef:
    """A date of the list that is chosen from a calendar."""

    member: int
    field: str  # hired or left


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list is made from."""

    team: Team
    board: Board
    month: date
    today: date

    def line(self, member_id: int) -> MemberLine | None:
        """Return a member's figures of the month."""
        return next((line for line in self.board.members if line.member.id == member_id), None)

    def next_absence(self, member_id: int) -> Absence | None:
        """Return the absence of today or the next one."""
        coming = (a for a in self.team.absences if a.member_id == member_id)
        return min((a for a in coming if a.end >= self.today), key=lambda a: a.start, default=None)

    def people(self) -> list[Member]:
        """Return everybody but the row without an owner, by name."""
        known = (m for m in self.team.members.values() if m.id != self.team.nobody)
        return sorted(known, key=lambda m: m.name.casefold().replace("ё", "е"))

    def chosen(self, who: str, query: str) -> list[Member]:
        """Return the members a filter and a search leave."""
        wanted = plain(query)
        return [
            member
            for member in self.people()
            if (who == ALL or self.has_left(member) is (who == LEFT))
            and wanted in plain(" ".join((member.name, member.position, *member.aliases)))
        ]

    def has_left(self, member: Member) -> bool:
        """Tell whether a member's last day has passed."""
        return member.left is not None and member.left < self.today


def plain(text: str) -> str:
    """Return a text as searching compares it."""
    return " ".join(text.casefold().replace("ё", "е").split())


def columns() -> list[Column]:
    """Return the list's columns."""
    left = Align.LEFT
    return [
        Column("name", _("Full name"), left, stretch=True),
        Column("position", _("Position"), left, 140),
        Column("ramp", _("Ramp-up, %"), tooltip=_("Share of a full plan this month")),
        Column("open", _("Deals open"), tooltip=_("Open deals, on the last day known")),
        Column("limit", _("Limit"), tooltip=_("How many deals may be open at once")),
        Column("away", _("Absence"), left, 168),
        Column("hired", _("Hired"), left),
        Column("left", _("Last day"), left),
        Column("aliases", _("Names in exports"), left, 150),
    ]


def rows(listed: Listed, members: Iterable[Member]) -> list[Row]:
    """Return the rows of these members."""
    return [Row(member.id, _cells(listed, member)) for member in members]


def _cells(listed: Listed, member: Member) -> tuple[Cell, ...]:
    names = other_names(member)
    joined = ", ".join(names)
    return (
        Cell(member.name, editable=True, tooltip=member.name, bold=False),
        Cell(member.position, editable=True, tooltip=member.position),
        _ramp(member, listed.month),
        _open(listed, member),
        _limit(member),
        _away(listed.next_absence(member.id), listed.today),
        _date(member.hired, DateRef(member.id, "hired")),
        _date(member.left, DateRef(member.id, "left")),
        Cell(joined or "\u2014", muted=True, tooltip="\n".join(names)),
    )


def _ramp(member: Member, month: date) -> Cell:
    share = ramp_share(member, month)
    return Cell(
        percent_text(share),
        editable=True,
        muted=month not in member.ramp,
        bold=month in member.ramp,
        sort_key=share,
    )


def _open(listed: Listed, member: Member) -> Cell:
    line = listed.line(member.id)
    fact = line.figures["open_deals"].fact if line is not None else None
    if fact is None:
        return Cell("\u2014", muted=True)
    count = int(fact)
    if member.deal_limit is None:
        return Cell(integer(count), sort_key=count)
    over = count > member.deal_limit
    told = _("{n} open deals, the limit is {limit}", n=count, limit=member.deal_limit)
    sign = "\u26a0 " if over else ""
    state = State.BAD if over else State.NEUTRAL
    return Cell(f"{sign}{integer(count)}", state=state, tooltip=told, sort_key=count)


def _limit(member: Member) -> Cell:
    if member.deal_limit is None:
        return Cell("", editable=True, behind=_("none"))
    return Cell(integer(member.deal_limit), editable=True, sort_key=member.deal_limit)


def _away(absence: Absence | None, today: date) -> Cell:
    if absence is None:
        return Cell("")
    now = absence.start <= today
    return Cell(
        words.near(absence, today),
        chip=now,
        state=State.WARNING if now else State.NEUTRAL,
        muted=not now,
        tooltip=words.whole(absence),
        sort_key=absence.start.toordinal(),
    )


def _date(day: date | None, ref: DateRef) -> Cell:
    if day is None:
        return Cell("\u2014", muted=True, ref=ref, tooltip=_("Click to choose the date"))
    return Cell(short_date(day), ref=ref, sort_key=day.toordinal())
