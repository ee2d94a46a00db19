"""The voice of the customer and trials of tools in words."""

from collections.abc import Mapping

from ropdesk import i18n
from ropdesk.domain.errors import N_
from ropdesk.domain.voice import Heard, Kind, State, Trial
from ropdesk.i18n import _
from ropdesk.services import effect_words
from ropdesk.services.promotion_words import span
from ropdesk.services.tools import Measured, Tool
from ropdesk.services.voice import Voice

KINDS = {
    Kind.NEED: N_("need"),
    Kind.OBJECTION: N_("objection"),
    Kind.REFUSAL: N_("refusal"),
}
GROUPS = {
    Kind.NEED: N_("Needs"),
    Kind.OBJECTION: N_("Objections"),
    Kind.REFUSAL: N_("Refusals"),
}
STATES = {
    State.NEW: N_("not passed on"),
    State.PASSED: N_("passed on"),
    State.ACCEPTED: N_("accepted"),
    State.DONE: N_("done"),
    State.DECLINED: N_("declined"),
}
HEARD = {
    Heard.CALL: N_("call"),
    Heard.MEETING: N_("meeting"),
    Heard.LETTER: N_("letter"),
    Heard.CHAT: N_("chat"),
    Heard.OTHER: N_("elsewhere"),
}
TRIALS = {
    Trial.TRYING: N_("being tried"),
    Trial.KEPT: N_("kept"),
    Trial.DROPPED: N_("given up"),
}


def kind(value: Kind) -> str:
    """Say a kind."""
    return _(KINDS[value])


def state(value: State) -> str:
    """Say a state."""
    return _(STATES[value])


def heard(value: Heard) -> str:
    """Say where it was heard."""
    return _(HEARD[value])


def state_line(voice: Voice) -> str:
    """Say how far it has come: to whom, when, and the answer."""
    if voice.state is State.NEW:
        return state(voice.state)
    parts = [state(voice.state)]
    if voice.answered_on is not None:
        parts.append(i18n.short_date(voice.answered_on))
    elif voice.passed_on is not None:
        parts.append(f"{voice.passed_to}, {i18n.short_date(voice.passed_on)}")
    text = ": ".join(parts)
    return f"{text}. {voice.answer}" if voice.answer and voice.answered_on else text


def counts(voice: Voice, names: Mapping[int, str]) -> str:
    """Say who heard it and where: «Иванова 3, Петров 1; звонок 3, встреча 1»."""
    nobody = _("nobody named")
    by = [
        f"{names.get(who, '') if who is not None else nobody}{i18n.THIN_SPACE}{i18n.integer(n)}"
        for who, n in voice.by_member.items()
    ]
    where = [f"{heard(place)}{i18n.THIN_SPACE}{i18n.integer(n)}"
             for place, n in voice.by_source.items()]  # fmt: skip
    return "; ".join(", ".join(each) for each in (by, where) if each)


def trend(voice: Voice) -> str:
    """Say how many times more or fewer than in the month before: «+3»."""
    return i18n.decimal(voice.growth, sign=True) if voice.growth else "="


def trial(value: Trial) -> str:
    """Say what became of a tool."""
    return _(TRIALS[value])


def trial_span(tool: Tool) -> str:
    """Say the days of a trial."""
    if tool.last is None:
        return _("since {day}", day=i18n.short_date(tool.first))
    return span(tool.first, tool.last)


def trial_effect(found: Measured) -> str:
    """Say what a tool changed, and against what."""
    if found.metric is None:
        return _("No metric is chosen: nothing is measured.")
    if found.effect is None or found.before is None:
        return _("The effect appears after the first working day.")
    text = effect_words.sentence(found.metric, found.effect)
    if found.effect.change is None:
        return text
    sides = effect_words.daily(found.metric, found.effect)
    days = span(*found.before)
    if found.effect.controlled:
        against = _("Compared with {days}; the change of those who did not try is taken off.",
                    days=days)  # fmt: skip
    else:
        against = _("Compared with {days} only: nobody worked without the tool.", days=days)
    return " ".join(f"{each}." if not each.endswith(".") else each
                    for each in (text, sides, against) if each)  # fmt: skip


def trial_short(found: Measured) -> str:
    """Say the effect alone, for a table."""
    effect = found.effect
    if found.metric is None or effect is None:
        return ""
    value = effect.change if effect.total is None else effect.total
    return "" if value is None else effect_words.said(found.metric, value, sign=True)
