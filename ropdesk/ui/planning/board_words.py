"""What the board says in sentences: the pace needed, the chances, how forecasts are made."""

from datetime import date
from fractions import Fraction

from ropdesk.domain.forecast_past import METHOD_NAMES
from ropdesk.domain.metrics import Kind, Metric
from ropdesk.domain.money import half_up
from ropdesk.i18n import _, ngettext
from ropdesk.services.board import Board, Figure
from ropdesk.services.forecast import Outlook
from ropdesk.ui import values
from ropdesk.ui.planning.board_source import SCENARIOS, Snapshot
from ropdesk.ui.values import Style


def pace_style(metric: Metric, amount: values.Value) -> Style:
    """Choose the unit of a daily pace: thousands of roubles without decimals from ten on."""
    how = values.style(metric, [amount])
    if how.places == 1 and how.divisor == values.THOUSAND * metric.scale:
        return Style(how.divisor, 0, how.unit)
    return how


def sentence(snapshot: Snapshot) -> str:
    """Say what is needed per day for the plan and how probable each scenario is."""
    board, chosen = snapshot.board, snapshot.chosen
    figure = board.department[chosen.code]
    if board.as_of >= board.last:
        return _result(figure, chosen)
    if chosen.kind is not Kind.FLOW:
        return ""
    if board.plan.status == "none":
        return ""  # a link beside says so and leads to it
    if not figure.plan:
        return _("There is no plan of «{metric}» for this month.", metric=values.name(chosen))
    parts = [_pace(board, chosen, figure), chances(snapshot)]
    return " ".join(part for part in parts if part)


def _result(figure: Figure, chosen: Metric) -> str:
    if figure.fact is None or not figure.plan:
        return ""
    return _(
        "The month is over: {fact} against the plan of {plan}, {percent}.",
        fact=values.headline(chosen, figure.fact),
        plan=values.headline(chosen, figure.plan),
        percent=values.percent(Fraction(figure.fact) / Fraction(figure.plan)),
    )


def _pace(board: Board, chosen: Metric, figure: Figure) -> str:
    left = board.days_total - board.days_passed
    fact = figure.fact or 0
    rest = (figure.plan or 0) - fact
    if rest <= 0:
        return _("The plan «Standard» is reached.")
    if left <= 0:
        return _(
            "There are no working days left; {rest} is missing to the plan «Standard».",
            rest=values.headline(chosen, rest),
        )
    needed = Fraction(rest) / left
    how = pace_style(chosen, needed)
    if not board.days_passed:
        return _(
            "To reach the plan «Standard» the department needs {needed} a day.",
            needed=values.alone(needed, how),
        )
    now = Fraction(fact) / board.days_passed
    return _(
        "To reach the plan «Standard» the department needs {needed} a day (now {now}).",
        needed=values.alone(needed, how),
        now=values.text(now, how),
    )


def chances(snapshot: Snapshot) -> str:
    """Say how probable each scenario with a plan is."""
    outlook, code = snapshot.outlook, snapshot.chosen.code
    if outlook is None:
        return ""
    found = []
    for key, name in SCENARIOS.items():
        scenario = snapshot.scenarios.get(key)
        plan = scenario.plans.get(code) if scenario is not None else None
        chance = outlook.chance(code, half_up(Fraction(plan))) if plan else None
        if chance is not None:
            found.append(
                _("{scenario} {percent}", scenario=_(name), percent=values.percent(chance))
            )
    return _("Probability: {list}.", list=", ".join(found)) if found else ""


def how_forecast(metric: Metric, outlook: Outlook | None, member: int = 0) -> str:
    """Say by which method a forecast is made and how far off it usually is."""
    if metric.kind is not Kind.FLOW:
        return ""
    found = outlook.of(metric.code, member) if outlook is not None else None
    if found is None:
        return _("There is too little to forecast from: three working days of facts are needed.")
    method = _(METHOD_NAMES[found.method])
    if found.usual_error is None:
        return _(
            "Forecast by {method}. Its usual error is not known: fewer than three past months.",
            method=method,
        )
    return _(
        "Forecast by {method}, learnt from {months}; at this day it is usually off by {error}.",
        method=method,
        months=ngettext("{n} past month", "{n} past months", found.months),
        error=values.percent(found.usual_error, 1 if found.usual_error < Fraction(1, 20) else 0),
    )


def working_day(board: Board, today: date) -> str:
    """Say how far the month has gone, for the chip in the page's header."""
    if board.as_of >= board.last and today > board.last:
        return ngettext(
            "month closed · {n} working day", "month closed · {n} working days", board.days_total
        )
    if board.as_of < board.month:
        return ngettext("{n} working day ahead", "{n} working days ahead", board.days_total)
    return _("working day {day} of {total}", day=board.days_passed, total=board.days_total)
