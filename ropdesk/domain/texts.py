"""Texts as they are kept: on one line or several, never longer than there is room."""

from ropdesk.domain.errors import N_, DomainError

TOO_LONG = N_("The text is longer than {n} characters. Shorten it.")


def lines(text: str, longest: int, field: str, too_long: str = TOO_LONG) -> str:
    """Return a longer text as it is kept, its lines as they are.

    Raises:
        DomainError: it is longer than ``longest``; ``too_long`` says so.
    """
    kept = text.strip()
    if len(kept) > longest:
        raise DomainError(too_long, n=longest, field=field)
    return kept


def line(text: str, longest: int, field: str, empty: str, too_long: str = TOO_LONG) -> str:
    """Return a text as it is kept on one line.

    Raises:
        DomainError: it is empty, as ``empty`` says, or longer than ``longest``.
    """
    kept = " ".join(text.split())
    if not kept:
        raise DomainError(empty, field=field)
    return lines(kept, longest, field, too_long)
