"""What a person types about a member, turned into the member's new values."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from ropdesk.domain.errors import N_, DomainError
from ropdesk.domain.team import FULL_SHARE, Member, normal_name
from ropdesk.i18n import decimal

_DIGITS = re.compile(r"\d{1,6}")
_BASIS = 100  # basis points in one percent


def typed(member: Member, column: str, text: str, month: date) -> Member:
    """Return a member with what was typed into one column of the list.

    Raises:
        DomainError: the text is not what the column takes.
    """
    if column == "name":
        return named(member, text)
    if column == "limit":
        return replace(member, deal_limit=limit(text))
    if column == "ramp":
        return ramped(member, month, text)
    return replace(member, position=text)


def named(member: Member, name: str) -> Member:
    """Return a member under another name; the old one stays as an alias that exports know."""
    if not name.strip():
        raise DomainError(N_("A member needs a name. Type one."))
    return replace(member, name=name.strip())


def dated(member: Member, key: str, day: date | None) -> Member:
    """Return a member with another date: ``hired``, ``left``, ``birthday``, ``probation``."""
    if key == "birthday":
        return replace(member, birthday=day)
    if key == "probation":
        return replace(member, probation_until=day)
    return replace(member, hired=day) if key == "hired" else replace(member, left=day)


def limit(text: str) -> int | None:
    """Read a deal limit; nothing typed is no limit."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not bare:
        return None
    if not _DIGITS.fullmatch(bare):
        raise DomainError(
            N_("«{text}» is not a number of deals. Type digits, or nothing for no limit."),
            text=text.strip()[:40],
        )
    return int(bare)


def ramped(member: Member, month: date, text: str) -> Member:
    """Return a member with another ramp-up of one month; nothing typed is a full plan."""
    ramp = dict(member.ramp)
    share = percent(text)
    if share is None or share == FULL_SHARE:
        ramp.pop(month.replace(day=1), None)
    else:
        ramp[month.replace(day=1)] = share
    return replace(member, ramp=ramp)


def percent(text: str) -> int | None:
    """Read a percentage as basis points: «62,5 %» is 6250.

    Raises:
        DomainError: not a number from 0 to 200, or finer than a hundredth of a percent.
    """
    bare = re.sub(r"[\s\u00a0\u202f%]", "", text).replace(",", ".")
    if not bare:
        return None
    wrong = DomainError(
        N_("«{text}» is not a ramp-up. Type percent from 0 to 200."), text=text.strip()[:40]
    )
    try:
        basis = Decimal(bare) * _BASIS
    except InvalidOperation:
        raise wrong from None
    if not basis.is_finite() or basis != int(basis) or not 0 <= basis <= 200 * _BASIS:
        raise wrong
    return int(basis)


def percent_text(share: int) -> str:
    """Write basis points as a number of percent: 6250 is «62,5»."""
    value = Decimal(share) / _BASIS
    return decimal(value, 0 if share % _BASIS == 0 else 1 if share % 10 == 0 else 2)


def other_names(member: Member) -> tuple[str, ...]:
    """Return the aliases that are not just the name written another way."""
    own = normal_name(member.name)
    return tuple(alias for alias in member.aliases if normal_name(alias) != own)


def without_alias(member: Member, alias: str) -> Member:
    """Return a member without one of the aliases."""
    return replace(member, aliases=tuple(a for a in member.aliases if a != alias))


def with_alias(member: Member, alias: str) -> Member:
    """Return a member with one more alias.

    Raises:
        DomainError: nothing was typed, or the member is known under it already.
    """
    if not alias.strip():
        raise DomainError(N_("Type the name or the key that the export uses."))
    known = {normal_name(name) or name for name in (member.name, *member.aliases)}
    if (normal_name(alias) or alias.strip()) in known:
        raise DomainError(N_("{name} is known under this name already."), name=member.name)
    return replace(member, aliases=(*member.aliases, alias.strip()))
