"""How duties are said: rhythms, whose they are, streaks, what the program sees by itself."""

from collections.abc import Sequence

from ropdesk.domain.duties import Rhythm, State
from ropdesk.domain.errors import N_
from ropdesk.i18n import _, ngettext
from ropdesk.services.duties import AUTO, DutyLine
from ropdesk.ui.planning.week.words import clock
from ropdesk.ui.roles import State as Colour
from ropdesk.ui.widgets.check_rows import CheckView

RHYTHMS = {
    Rhythm.DAY: N_("every working day"),
    Rhythm.WEEK: N_("every week"),
    Rhythm.MONTH: N_("every month"),
}
STATES = {
    State.MINE: N_("mine"),
    State.DELEGATED: N_("delegated"),
    State.IRRELEVANT: N_("not relevant"),
}
SHOWN_STREAK = 2  # one period is no streak yet


def streak(line: DutyLine) -> str:
    """Say how many periods in a row a duty was done: «5 дн. подряд»; nothing under two."""
    n = line.streak
    if n < SHOWN_STREAK:
        return ""
    if line.rhythm is Rhythm.DAY:
        return ngettext("{n} day in a row", "{n} days in a row", n)
    if line.rhythm is Rhythm.WEEK:
        return ngettext("{n} week in a row", "{n} weeks in a row", n)
    return ngettext("{n} month in a row", "{n} months in a row", n)


def whose(line: DutyLine) -> str:
    """Say whose a duty is; of a delegated one, to whom."""
    if line.state is State.DELEGATED:
        return _("delegated: {name}", name=line.delegate or _("nobody now"))
    return _(STATES[line.state])


def seen_by(line: DutyLine) -> str:
    """Say what the program recognises a duty by, or that it has."""
    if line.how == AUTO:
        return _("Marked by the program: {why}.", why=line.auto)
    if line.auto:
        return _("Marked by itself once {why}.", why=line.auto)
    return _("Marked by hand: Space or a click.")


def view(line: DutyLine) -> CheckView:
    """Return a duty as a row to tick."""
    mark = "✓" if line.done else clock(line.start) if line.start is not None else ""
    chip = " ".join(part for part in (mark, streak(line)) if part) if line.done else (
        " · ".join(part for part in (mark, streak(line)) if part)
    )  # fmt: skip
    return CheckView(
        line.code, line.title, chip=chip, state=Colour.GOOD if line.done else Colour.NEUTRAL,
        checked=line.done, muted=line.done, tooltip=f"{line.title}\n{seen_by(line)}",
        spoken=_("done") if line.done else _("not done"),
    )  # fmt: skip


def counted(lines: Sequence[DutyLine]) -> tuple[int, int]:
    """Count what is done, and all."""
    return sum(line.done for line in lines), len(lines)
