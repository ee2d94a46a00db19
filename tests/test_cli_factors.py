"""The command that says why: its numbers add up, its errors are told, its text can be read."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.services import facts, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import create
from tests.services.reporting import fill, plan

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    i18n.set_language("ru")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    path = tmp_path / "отдел.ropdesk"
    ws = create(path)
    fill(ws, (date(2026, 8, 1), date(2026, 9, 1)))
    plan(ws)
    member = min(team.team(ws).members)
    facts.enter(ws, date(2026, 9, 16), [Entry(member, "inquiries", 7), Entry(member, "calls", 40)])
    ws.close()

    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--lang", "en", "--workspace", str(path), "factors", *argv])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call


def answer(run: Run, *argv: str) -> dict[str, Any]:
    code, out, err = run("--month", "2026-09", *argv, "--json")
    assert code == 0, err
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def added(effects: dict[str, str]) -> Decimal:
    return sum((Decimal(value) for value in effects.values()), Decimal(0))


@pytest.mark.parametrize(
    ("argv", "lines", "against"),
    [
        (("--as-of", "2026-09-11"), "members", "plan"),
        (("--as-of", "2026-09-30", "--whole"), "members", "plan"),
        (("--as-of", "2026-09-30", "--by", "week"), "weeks", "plan"),
        (("--as-of", "2026-09-30", "--against", "2026-08"), "members", "2026-08"),
        (("--as-of", "2026-09-11", "--against", "2026-08", "--by", "week"), "weeks", "2026-08"),
    ],
)
def test_effects_add_up(run: Run, argv: tuple[str, ...], lines: str, against: str) -> None:
    found = answer(run, *argv)
    whole = found["department"]
    assert found["against"] == against
    assert found["rest"] is None
    assert added(whole["effects"]) == Decimal(whole["deviation"])
    assert Decimal(whole["deviation"]) == (
        Decimal(whole["fact"]["receipts"]) - Decimal(whole["base"]["receipts"])
    )
    for key, value in whole["effects"].items():
        assert sum(Decimal(line["effects"][key]) for line in found[lines]) == Decimal(value)
    assert found["text"].startswith("Receipts")


def test_calls_of_another_month_are_told_where_both_have_them(run: Run) -> None:
    assert answer(run, "--as-of", "2026-09-30")["department"]["inquiries_by"] is None
    code, out, _err = run("--month", "2026-10", "--as-of", "2026-10-31", "--against", "2026-09",
                          "--json")  # fmt: skip
    assert code == 0
    whole = json.loads(out)["department"]
    told = whole["inquiries_by"]
    assert added(told) == sum(Decimal(whole["effects"][key]) for key in ("inquiries", "mix"))


def test_a_person_reads_a_table(run: Run) -> None:
    code, out, _err = run("--month", "2026-09", "--as-of", "2026-09-30")
    assert code == 0
    assert "Receipts 240 k₽, plan to date 300 k₽" in out.replace("\u202f", " ")
    assert "Conversion" in out
    assert "Not split" not in out
    assert out.splitlines()[-1].startswith("Department")
    code, out, _err = run("--month", "2026-09", "--as-of", "2026-09-30", "--by", "week")
    assert "01/09–06/09" in out or "01.09–06.09" in out


def test_a_month_without_anything_says_so(run: Run) -> None:
    code, out, _err = run("--month", "2020-01")
    assert code == 0
    assert "There are no receipts" in out
    found = json.loads(run("--month", "2020-01", "--json")[1])
    assert found["department"]["deviation"] is None
    assert found["department"]["reason"] == "no_receipts"
    assert set(found["department"]["effects"].values()) == {None}


@pytest.mark.parametrize(
    "argv", [(), ("--month", "2026-13"), ("--month", "2026-09", "--against", "last"),
             ("--month", "2026-09", "--by", "day")],
)  # fmt: skip
def test_wrong_usage(run: Run, argv: tuple[str, ...]) -> None:
    code, out, _err = run(*argv)
    assert (code, out) == (2, "")
