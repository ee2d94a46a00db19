"""Factors of public sets nobody here wrote: hand-written SQL over the raw deals says the same.

The tables of the guide are checked too, figure by figure.
"""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ropdesk.__main__ import main
from ropdesk.domain.factors import Factor, Reason
from ropdesk.domain.months import add_months, month_end
from ropdesk.services.factors import FactorReport, factors
from ropdesk.store.workspace import Workspace, open_workspace

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "factors.md"
ORDER = (Factor.INQUIRIES, Factor.MIX, Factor.CONVERSION, Factor.CHECK, Factor.UNSPLIT)
SPANS = {
    "crm_deals": (date(2017, 4, 1), date(2017, 12, 1)),
    "adventureworks": (date(2018, 7, 1), date(2019, 6, 1)),
}
BY_HAND = """
WITH side AS (
    SELECT m.name,
        (SELECT count(*) FROM deal WHERE member_id = m.id
            AND substr(created, 1, 10) BETWEEN :b0 AND :b1) AS n0,
        (SELECT count(*) FROM deal WHERE member_id = m.id
            AND substr(created, 1, 10) BETWEEN :f0 AND :f1) AS n1,
        (SELECT count(*) FROM deal WHERE member_id = m.id AND status = 'won'
            AND substr(closed, 1, 10) BETWEEN :b0 AND :b1) AS d0,
        (SELECT count(*) FROM deal WHERE member_id = m.id AND status = 'won'
            AND substr(closed, 1, 10) BETWEEN :f0 AND :f1) AS d1,
        (SELECT coalesce(sum(amount), 0) FROM deal WHERE member_id = m.id AND status = 'won'
            AND substr(closed, 1, 10) BETWEEN :b0 AND :b1) AS r0,
        (SELECT coalesce(sum(amount), 0) FROM deal WHERE member_id = m.id AND status = 'won'
            AND substr(closed, 1, 10) BETWEEN :f0 AND :f1) AS r1
    FROM member m
), marked AS (
    SELECT *, (d0 > 0 AND n0 = 0) OR (d1 > 0 AND n1 = 0)
        OR (r0 <> 0 AND d0 = 0) OR (r1 <> 0 AND d1 = 0) AS odd
    FROM side
), rates AS (
    SELECT *,
        coalesce(1.0 * d0 / nullif(n0, 0), 1.0 * d1 / nullif(n1, 0), 0) AS c0,
        coalesce(1.0 * d1 / nullif(n1, 0), 1.0 * d0 / nullif(n0, 0), 0) AS c1,
        coalesce(1.0 * r0 / nullif(d0, 0), 1.0 * r1 / nullif(d1, 0), 0) AS a0,
        coalesce(1.0 * r1 / nullif(d1, 0), 1.0 * r0 / nullif(d0, 0), 0) AS a1
    FROM marked
), worth AS (
    SELECT *, (2 * c0 * a0 + c0 * a1 + c1 * a0 + 2 * c1 * a1) / 6 AS w FROM rates
), mean AS (
    SELECT (sum(w * n0) / sum(n0) + sum(w * n1) / sum(n1)) / 2 AS w FROM worth WHERE NOT odd
)
SELECT worth.name, n0, n1, d0, d1, r0, r1,
    CASE WHEN odd THEN 0 ELSE (n1 - n0) * mean.w END,
    CASE WHEN odd THEN 0 ELSE (n1 - n0) * (worth.w - mean.w) END,
    CASE WHEN odd THEN 0
        ELSE (c1 - c0) * (2 * n0 * a0 + n0 * a1 + n1 * a0 + 2 * n1 * a1) / 6 END,
    CASE WHEN odd THEN 0
        ELSE (a1 - a0) * (2 * n0 * c0 + n0 * c1 + n1 * c0 + 2 * n1 * c1) / 6 END,
    CASE WHEN odd THEN r1 - r0 ELSE 0 END
FROM worth, mean
"""


def command(path: Path, *argv: object) -> None:
    assert main(["--workspace", str(path), *map(str, argv)]) == 0


@pytest.fixture(scope="module")
def sets(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Both sets, imported as the commands of the guide do."""
    folder = tmp_path_factory.mktemp("sets")
    crm, works = folder / "crm.ropdesk", folder / "works.ropdesk"
    command(crm, "import", "deals", shared_data / "crm_deals" / "sales_pipeline.csv",
            "--create-members")  # fmt: skip
    data = shared_data / "adventureworks"
    command(works, "import", "members", data / "Salesperson.csv", "--map", "name=Salesperson",
            "--map", "alias=EmployeeKey", "--map", "alias=EmployeeID")  # fmt: skip
    maps = ("id=SalesOrderNumber", "owner=EmployeeKey", "amount=Sales", "created=OrderDate",
            "closed=OrderDate", "stage==Won")  # fmt: skip
    command(works, "import", "deals", data / "Sales.csv", "--won", "Won",
            *(f"--map={each}" for each in maps))  # fmt: skip
    command(works, "import", "plan", data / "Targets.csv", "--metric", "receipts",
            "--map=member=EmployeeID", "--map=month=TargetMonth",
            "--map=value=TargetAmount")  # fmt: skip
    yield {"crm_deals": crm, "adventureworks": works}


@pytest.fixture(params=sorted(SPANS))
def opened(
    request: pytest.FixtureRequest, sets: dict[str, Path]
) -> Iterator[tuple[str, Workspace, sqlite3.Connection]]:
    """One of the sets: its name, its workspace, and bare sqlite3 on the same file."""
    ws = open_workspace(sets[request.param])
    plain = sqlite3.connect(sets[request.param])
    yield request.param, ws, plain
    plain.close()
    ws.close()


def months(name: str) -> list[date]:
    first, last = SPANS[name]
    found = [first]
    while found[-1] < last:
        found.append(add_months(found[-1], 1))
    return found


def against_before(ws: Workspace, month: date) -> FactorReport:
    return factors(ws, month, month_end(month), against=add_months(month, -1))


def test_hand_written_sql_splits_every_month_alike(
    opened: tuple[str, Workspace, sqlite3.Connection],
) -> None:
    name, ws, plain = opened
    for month in months(name):
        report = against_before(ws, month)
        before = add_months(month, -1)
        days = {"b0": before, "b1": month_end(before), "f0": month, "f1": month_end(month)}
        hand = {row[0]: row[1:] for row in plain.execute(
            BY_HAND, {key: day.isoformat() for key, day in days.items()})}  # fmt: skip
        sums = [0.0] * len(ORDER)
        seen = set()
        for line in report.lines:
            n0, n1, d0, d1, r0, r1, *theirs = hand[line.name]
            seen.add(line.name)
            assert (line.base.inquiries, line.base.deals, line.base.receipts) == (n0, d0, r0)
            assert (line.fact.inquiries, line.fact.deals, line.fact.receipts) == (n1, d1, r1)
            ours = [line.split.effect(factor) for factor in ORDER]
            assert ours == pytest.approx(theirs, abs=1), (month, line.name)
            sums = [total + value for total, value in zip(sums, theirs, strict=True)]
        assert all(not any(hand[each][:6]) for each in set(hand) - seen)
        whole = report.department.split
        ours = [whole.effect(factor) for factor in ORDER]
        assert ours == pytest.approx(sums, abs=len(report.lines))
        assert sum(ours) == whole.deviation


def test_what_a_set_does_not_have_is_said(
    opened: tuple[str, Workspace, sqlite3.Connection],
) -> None:
    name, ws, _plain = opened
    for month in months(name):
        report = factors(ws, month, month_end(month))
        if name == "crm_deals":
            assert not report.known  # it has no plan
        else:  # its targets are receipts alone
            assert report.department.split.reason is Reason.UNKNOWN
            assert report.department.split.unsplit == report.department.split.deviation
        if name == "adventureworks":  # an order is an inquiry and a deal at once
            assert against_before(ws, month).department.split.conversion == 0


def test_the_tables_of_the_guide_are_these(
    opened: tuple[str, Workspace, sqlite3.Connection],
) -> None:
    name, ws, _plain = opened
    text = GUIDE.read_text(encoding="utf-8")
    by_month, by_member = tables(text, name)
    assert [row[0] for row in by_month] == [f"{month:%Y-%m}" for month in months(name)]
    for row, month in zip(by_month, months(name), strict=True):
        assert row[1:] == figures(against_before(ws, month).department.split)
    last = against_before(ws, SPANS[name][1])
    found = {row[0]: row[1:] for row in by_member}
    assert found.pop("Отдел") == figures(last.department.split)
    assert found == {line.name: figures(line.split) for line in last.lines}


def figures(split) -> list[str]:
    values = (split.deviation, *(split.effect(factor) for factor in ORDER))
    return [f"{value / 100:.2f}" for value in values]


def tables(text: str, name: str) -> list[list[list[str]]]:
    """Read the tables under the heading that names a set."""
    part = text.split(f"data/{name}", 1)[1].split("\n## ", 1)[0]
    found: list[list[list[str]]] = []
    inside = False
    for line in part.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.match(r"\|[-: |]+\|$", line):
            found.append([])
            inside = True
        elif inside and line.startswith("|"):
            found[-1].append([cells[0], *(re.sub(r"\s", "", c).replace(",", ".").replace("−", "-")
                              for c in cells[1:])])  # fmt: skip
        else:
            inside = False
    return found
