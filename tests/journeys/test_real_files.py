"""Public files that nobody here wrote, taken in through the window, give exactly their figures."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ropdesk.domain.metrics import CATALOGUE
from ropdesk.i18n import _
from ropdesk.services import board
from ropdesk.store.workspace import create
from tests.journeys.steps import Person, says

Start = Callable[..., Person]
Whole = dict[str, Decimal | None]  # by metric code, in whole units


@pytest.fixture
def person(start: Start, tmp_path: Path) -> Person:
    path = tmp_path / "отдел.ropdesk"
    create(path).close()
    made = start(path)
    made.settle()
    return made


def units(value: Fraction | int | None, code: str) -> Decimal | None:
    if value is None:
        return None
    exact = Fraction(value) / SCALES[code]
    return Decimal(exact.numerator) / Decimal(exact.denominator)


SCALES = {metric.code: metric.scale for metric in CATALOGUE}


def month_of(person: Person, text: str, codes: Sequence[str]) -> tuple[Whole, dict[str, Whole]]:
    """Answer a month's facts (and plans as ``code:plan``) of the department and by member."""
    month = date.fromisoformat(f"{text}-01")
    found = board.board(person.ws, month, board.month_end(month), codes=codes)

    def plain(figures: Mapping[str, board.Figure]) -> Whole:
        facts = {code: units(figures[code].fact, code) for code in codes}
        return facts | {f"{code}:plan": units(figures[code].plan, code) for code in codes}

    return plain(found.department), {
        line.member.name: plain(line.figures) for line in found.members
    }


def test_deals_of_thirty_sellers(person: Person, shared_data: Path) -> None:
    folder = shared_data / "crm_deals"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    person.import_file(folder / "sales_pipeline.csv")
    codes = ("deals_won", "deals_lost", "inquiries", "receipts", "cycle_time")
    sums: Counter[str] = Counter()
    sellers: dict[str, Counter[str]] = defaultdict(Counter)
    for month, figures in truth["won_by_month"].items():
        whole, members = month_of(person, month, codes)
        assert (whole["deals_won"], whole["receipts"]) == (figures["n"], figures["sum"])
        assert whole["deals_lost"] == truth["lost_by_month"][month]
        assert whole["inquiries"] == truth["engaged_by_month"][month]
        sums.update({code: int(whole[code] or 0) for code in codes})
        for name, values in members.items():
            sellers[name].update({code: int(values[code] or 0) for code in codes})
    assert (sums["deals_won"], sums["receipts"]) == (4_238, 10_005_534)
    assert round(sums["cycle_time"] / sums["deals_won"], 2) == 51.78
    assert {name: sold["receipts"] for name, sold in sellers.items()} == {
        name: figures["sum_won"] for name, figures in truth["by_agent"].items()
    }
    person.show_planning("board", date(2017, 3, 1))
    assert says(person.board()["Отдел"]["fact"], 1_134_672)


def test_calls_of_eight_agents(person: Person, shared_data: Path) -> None:
    folder = shared_data / "call_centre"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))

    def all_incoming(_wizard: object) -> None:
        person.choose(_("Direction"), _("One text for all rows…"))
        person.type_in(_("{field}: one text for all rows", field=_("Direction")), "incoming")

    person.import_file(folder / "Call-Center-Dataset.xlsx", columns=all_incoming)
    codes = (
        "calls", "answered_calls", "missed_calls", "wait_time", "talk_time", "ratings",
        "rating_points", "asa", "csat",
    )  # fmt: skip
    sums: Counter[str] = Counter()
    for month, figures in truth["by_month"].items():
        whole, _members = month_of(person, month, codes)
        assert (whole["calls"], whole["talk_time"]) == (figures["calls"], figures["talk_sec"])
        assert round(whole["asa"] or 0, 4) == Decimal(str(figures["asa"]))
        assert round(whole["csat"] or 0, 4) == Decimal(str(figures["csat"]))
        sums.update({code: int(whole[code] or 0) for code in codes[:-2]})
    assert (sums["calls"], sums["missed_calls"]) == (5_000, 946)
    assert round(sums["wait_time"] / sums["answered_calls"], 2) == 67.52
    assert round(sums["talk_time"] / sums["answered_calls"], 2) == 224.92
    assert round(sums["rating_points"] / sums["ratings"], 3) == 3.404


def test_order_lines_and_targets(person: Person, shared_data: Path) -> None:
    folder = shared_data / "adventureworks"

    def by_keys(wizard: object) -> None:
        step = wizard.columns_step  # type: ignore[attr-defined]
        for field, column in (("alias", "EmployeeKey"), ("alias:2", "EmployeeID")):
            step.choose(field, column)

    def sold_lines(wizard: object) -> None:
        step = wizard.columns_step  # type: ignore[attr-defined]
        for field, column in (("owner", "EmployeeKey"), ("closed", "OrderDate")):
            step.choose(field, column)
        person.choose(_("Stage"), _("All rows: won deals"))

    def all_receipts(_wizard: object) -> None:
        person.choose(_("Metric"), _("All rows: {metric}", metric=_("Receipts")))

    person.import_file(folder / "Salesperson.csv", columns=by_keys)
    person.import_file(folder / "Sales.csv", columns=sold_lines)
    person.import_file(folder / "Targets.csv", columns=all_receipts)
    with (folder / "plan_fact_truth.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    for month in sorted({row["month"] for row in truth}):
        _whole, members = month_of(person, month.replace("/", "-"), ["receipts"])
        for row in (row for row in truth if row["month"] == month):
            found = members[row["salesperson"]]
            assert (found["receipts:plan"] or 0) == Decimal(row["plan"] or 0), row
            assert (found["receipts"] or 0) == Decimal(row["fact"] or 0), row
