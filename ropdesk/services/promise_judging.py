"""How promises stand: judged from facts, all of them with one question for each kind of fact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from ropdesk.domain import customers
from ropdesk.domain import promises as rules
from ropdesk.domain.metrics import Kind, Metric, Metrics
from ropdesk.domain.promises import Judged, Way
from ropdesk.services import board, promise_facts
from ropdesk.services.promise_facts import WonDeal
from ropdesk.services.promise_rows import Stored

RECEIPTS = "receipts"


def judged(
    connection: Connection, known: Metrics, asked: Sequence[Stored], today: date
) -> dict[int, Judged]:
    """Judge what the program can judge, by promise id.

    A customer's promise is left out where no deals were ever imported: only a person can tell.
    """
    parts = {each.id: board.flows_of(known, [each.metric]) for each in asked}
    until = promise_facts.known_until(
        connection, frozenset(code for codes in parts.values() for code in codes), today
    )
    found: dict[int, Judged] = {}
    if until.deals is not None:
        of_deals = [each for each in asked if each.way is Way.DEALS]
        deals = deals_of(connection, of_deals, today)
        for each in of_deals:
            found[each.id] = _of_deals(each, deals.get(each.id, []), until.deals, today)
    days = [each for each in asked if each.way is Way.DAYS]
    level = [each for each in asked if each.way is Way.LEVEL]
    ratios = [each for each in level if known[each.metric].kind is Kind.RATIO]
    flows = promise_facts.flows(
        connection,
        [
            each.span(min(each.due, today), code)
            for each in (*days, *ratios)
            for code in parts[each.id]
        ],
    )
    for each in days:
        found[each.id] = rules.judge(
            each.amount or 0, flows.get((each.id, each.metric), ()), each.first, each.due,
            until.metrics.get(each.metric), today, better=known[each.metric].better,
        )  # fmt: skip
    values: dict[int, board.Value] = {
        each.id: _ratio(known, known[each.metric], each.id, flows) for each in ratios
    }
    stocks = [each for each in level if each.id not in values]
    values |= promise_facts.levels(connection, [each.span(min(each.due, today)) for each in stocks])
    for each in level:
        untils = [until.metrics[code] for code in parts[each.id] if code in until.metrics]
        found[each.id] = rules.judge_level(
            each.amount or 0, values.get(each.id), each.due,
            min(untils) if len(untils) == len(parts[each.id]) else None, today,
            known[each.metric].better,
        )  # fmt: skip
    return found


def _ratio(
    known: Metrics,
    metric: Metric,
    promise_id: int,
    flows: Mapping[tuple[int, str], Sequence[tuple[date, int]]],
) -> board.Value:
    """Divide sum by sum over a promise's days; None where the denominator is nothing."""
    top, bottom = (
        sum(value for _day, value in flows.get((promise_id, code or ""), ()))
        for code in (metric.numerator, metric.denominator)
    )
    return board.share(metric, known, top, bottom)


def deals_of(
    connection: Connection, asked: Sequence[Stored], today: date
) -> dict[int, list[WonDeal]]:
    """Find the won deals that name each promise's customer, up to the last day they may come."""
    late = timedelta(rules.LATE_DAYS)
    found = promise_facts.won_deals(
        connection, [each.span(min(each.due + late, today)) for each in asked]
    )
    return {
        each.id: [deal for deal in found[each.id] if customers.names(each.customer, deal.title)]
        for each in asked
        if each.id in found
    }


def counting(each: Stored, deals: Sequence[WonDeal]) -> list[WonDeal]:
    """Choose the deals that count: those in time where they are enough, else the late ones too."""
    in_time = [deal for deal in deals if deal.closed <= each.due]
    enough = sum(_worth(each, deal) for deal in in_time) >= (each.amount or 1)
    return in_time if enough else list(deals)


def _worth(each: Stored, deal: WonDeal) -> int:
    """Say how much of a promise a deal is; without an amount any deal is all of it."""
    return deal.amount if each.metric == RECEIPTS and each.amount is not None else 1


def _of_deals(each: Stored, deals: Sequence[WonDeal], known_until: date, today: date) -> Judged:
    counted = counting(each, deals)
    found = rules.judge(
        each.amount or 1, [(deal.closed, _worth(each, deal)) for deal in counted], each.begins,
        each.due, known_until, today, late_days=rules.LATE_DAYS,
    )  # fmt: skip
    if each.metric == RECEIPTS and found.fact is not None:
        return replace(found, fact=sum(deal.amount for deal in counted))
    return found
