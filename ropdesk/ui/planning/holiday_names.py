"""Names of the public holidays (Labour Code, article 112), by month and day."""

from datetime import date

from ropdesk.domain.errors import N_
from ropdesk.i18n import _

_NEW_YEAR = N_("New Year holidays")
_NAMES = {
    **{(1, day): _NEW_YEAR for day in (1, 2, 3, 4, 5, 6, 8)},
    (1, 7): N_("Christmas"),
    (2, 23): N_("Defender of the Fatherland Day"),
    (3, 8): N_("International Women's Day"),
    (5, 1): N_("Spring and Labour Day"),
    (5, 9): N_("Victory Day"),
    (6, 12): N_("Russia Day"),
    (11, 4): N_("Unity Day"),
}


def holiday_name(day: date) -> str:
    """Return the name of a public holiday, an empty string on any other day."""
    name = _NAMES.get((day.month, day.day))
    return "" if name is None else _(name)
