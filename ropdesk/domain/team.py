"""Members of the department: when they work, how far they have ramped up, how exports call them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

FULL_SHARE = 10_000  # basis points


class AbsenceKind(StrEnum):
    """Why a member is away."""

    VACATION = "vacation"
    SICK_LEAVE = "sick_leave"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Member:
    """One seller.

    Attributes:
        hired, left: first and last day in the department; None when unknown or still here.
        aliases: further names under which exports know them.
        deal_limit: how many deals they may hold at once; None for no limit.
        ramp: first day of a month → share of a full plan, in basis points.
        birthday: None when unknown; only its day and month are ever shown.
        probation_until: the last day of the trial period; None when there is none.
    """

    id: int
    name: str
    position: str = ""
    hired: date | None = None
    left: date | None = None
    aliases: tuple[str, ...] = ()
    deal_limit: int | None = None
    ramp: Mapping[date, int] = field(default_factory=dict, hash=False)
    birthday: date | None = None
    probation_until: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a member does not work, both ends included."""

    member_id: int
    kind: AbsenceKind
    start: date
    end: date
    note: str = ""


def present_days(
    member: Member, absences: Iterable[Absence], working_days: Iterable[date]
) -> tuple[date, ...]:
    """List the working days on which a member works: in the department, and not away.

    Absences of other members are passed over, so the whole department's list may be given.
    """
    first, last = member.hired or date.min, member.left or date.max
    away = [(gap.start, gap.end) for gap in absences if gap.member_id == member.id]
    return tuple(
        day
        for day in working_days
        if first <= day <= last and not any(start <= day <= end for start, end in away)
    )


def ramp_share(member: Member, month: date) -> int:
    """Say what share of a full plan a member carries in a month: basis points, 10000 unless set."""
    return member.ramp.get(month.replace(day=1), FULL_SHARE)


def next_birthday(born: date, today: date) -> date:
    """Return the next birthday, today included; one of 29 February is kept on 28 in other years."""
    this_year = _birthday(born, today.year)
    return this_year if this_year >= today else _birthday(born, today.year + 1)


def _birthday(born: date, year: int) -> date:
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _words(text: str) -> list[str]:
    # Dots part initials («И.И.»); hyphens stay, as in double surnames.
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold().replace("ё", "е"))


def normal_name(text: str) -> str:
    """Bring a name to the form in which names are compared.

    Case, ё and е, spaces, punctuation and the order of words do not matter.
    """
    return " ".join(sorted(_words(text)))


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two names may be one person's: no word contradicts, two words meet.

    At least one of the meeting words is whole; the other may be an initial. What one name has
    more (a patronymic, its initial) does not contradict.
    """
    whole = [word for word in one if len(word) > 1 and word in other]
    left = sorted((word for word in one if word not in whole), key=len, reverse=True)
    rest = [word for word in other if word not in whole]
    met = len(whole)
    for word in list(left):
        # «Менеджер 7» is not «Менеджер 70»: a digit is no initial.
        short = (w for w in rest if 1 in {len(w), len(word)} and word[0].isalpha())
        twin = next((w for w in short if w[0] == word[0]), None)
        if twin is not None:
            rest.remove(twin)
            left.remove(word)
            met += 1
    return bool(whole) and met >= 2 and not (left and rest)


def match_name(text: str, members: Sequence[Member]) -> Member | None:
    """Find the member that an export means by a name.

    First the same name or alias («Мария Иванова» is «Иванова Мария»), then a name that agrees with
    initials or without a patronymic («Иванова М.», «Иванова Мария Петровна»). None when nobody or
    more than one member fits. Ask once per distinct name of a file, not once per row.
    """
    words = _words(text)
    wanted = sorted(words)
    known = [
        (member, [_words(name) for name in (member.name, *member.aliases)]) for member in members
    ]
    same = [member for member, names in known if words and wanted in map(sorted, names)]
    near = same or [member for member, names in known if any(_agree(words, name) for name in names)]
    return near[0] if len(near) == 1 else None
