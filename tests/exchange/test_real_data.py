"""The public data sets give exactly the figures of their truth files."""

import csv
import datetime as dt
import json
from collections import Counter
from decimal import Decimal

import pytest

from ropdesk.domain.metrics import Metrics
from ropdesk.exchange.calls import call_spec, parse_calls
from ropdesk.exchange.deals import deal_spec, parse_deals
from ropdesk.exchange.facts import fact_spec, parse_plan
from ropdesk.exchange.reading import read_table
from ropdesk.exchange.team import parse_members


def test_crm_deals(shared_data):
    folder = shared_data / "crm_deals"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    table = read_table(folder / "sales_pipeline.csv")
    deals = parse_deals(table, deal_spec(table))
    assert len(deals) == deals.read == 8800
    assert {name: count for name, (_, count) in deals.stages.items()} == truth["stage_counts"]
    assert deals.suspicious == []
    won = [at for at, status in enumerate(deals.status) if status == "won"]
    assert len(won) == truth["won_count"]
    assert sum(deals.amount[at] or 0 for at in won) == round(truth["won_sum"] * 100)
    months = Counter(str(deals.closed[at])[:7] for at in won)
    assert months == {month: each["n"] for month, each in truth["won_by_month"].items()}
    days = [
        (
            dt.date.fromisoformat(str(deals.closed[at]))
            - dt.date.fromisoformat(str(deals.created[at]))
        ).days
        for at in won
    ]
    assert round(sum(days) / len(days), 3) == truth["sales_cycle_days_mean_won"]
    team = parse_members(read_table(folder / "sales_teams.csv"))
    assert len(team) == 35
    assert set(deals.owner) <= set(team.name)


def test_call_centre(shared_data):
    folder = shared_data / "call_centre"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    table = read_table(folder / "Call-Center-Dataset.xlsx")
    calls = parse_calls(table, call_spec(table, maps=["direction==incoming"]))
    assert len(calls) == calls.read == truth["calls"]
    answered = [at for at, each in enumerate(calls.answered) if each]
    assert len(answered) == truth["answered"]
    assert sum(calls.talk[at] or 0 for at in answered) == truth["talk_seconds_total"]
    waits = sum(calls.wait[at] or 0 for at in answered)
    assert round(waits / len(answered), 4) == truth["asa_seconds_mean"]
    ratings = sum(calls.rating[at] or 0 for at in answered)
    assert round(ratings / len(answered), 4) == truth["csat_mean"]
    by_agent = Counter(calls.member)
    assert by_agent == {name: each["calls"] for name, each in truth["by_agent"].items()}
    assert (min(calls.day), max(calls.day)) == tuple(truth["date_range"])
    assert set(calls.direction) == {"in"}


@pytest.fixture
def names(shared_data) -> dict[str, str]:
    table = read_table(shared_data / "adventureworks" / "Salesperson.csv")
    team = parse_members(table, ["name=Salesperson", "alias=EmployeeKey", "alias=EmployeeID"])
    return {
        alias: name
        for name, aliases in zip(team.name, team.aliases, strict=True)
        for alias in aliases
    }


def test_adventureworks(shared_data, names):
    folder = shared_data / "adventureworks"
    with (folder / "plan_fact_truth.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    table = read_table(folder / "Sales.csv")
    maps = [
        "id=SalesOrderNumber",
        "owner=EmployeeKey",
        "amount=Sales",
        "created=OrderDate",
        "closed=OrderDate",
        "stage==Won",
    ]
    deals = parse_deals(table, deal_spec(table, maps=maps))
    assert deals.rejected == []
    assert (len(deals), deals.read) == (1994, 30129)
    fact: Counter[tuple[str, str]] = Counter()
    for owner, closed, amount in zip(deals.owner, deals.closed, deals.amount, strict=True):
        fact[names[owner], str(closed)[:7]] += amount or 0
    table = read_table(folder / "Targets.csv")
    plan = parse_plan(table, fact_spec(table, metric="receipts"), Metrics())
    planned = {
        (names[member], month): value
        for member, month, value in zip(plan.member, plan.period, plan.value, strict=True)
    }
    assert len(truth) == 233
    for row in truth:
        key = row["salesperson"], row["month"].replace("/", "-")
        assert planned[key] == Decimal(row["plan"]) * 100
        assert fact[key] == Decimal(row["fact"]) * 100
