"""The funnel and dates of stages on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main

DEALS = """\
ID;Менеджер;Этап;Сумма;Создана;Дата закрытия;Источник;Дата этапа «Новая»;Встреча была
1;Иванова Мария;Успешно реализовано;1250,50;01.10.2026;09.10.2026;Сайт;01.10.2026;04.10.2026
2;Петров Алексей;Отказ;900;02.10.2026;06.10.2026;Звонок;02.10.2026;
3;Петров Алексей;Встреча;5000;06.10.2026;;;06.10.2026;08.10.2026
"""
MONTH = ("--month", "2026-10", "--as-of", "2026-10-22")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a workspace with three deals, taken in by the command."""

    def call(*argv: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(["--workspace", str(tmp_path / "w.ropdesk"), *map(str, argv)])
        except SystemExit as stopped:  # how argparse says "wrong usage"
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        i18n.set_language("ru")
        return code, said.out, said.err

    file = tmp_path / "deals.csv"
    file.write_text(DEALS, encoding="utf-8")
    maps = ["--map", "stage:Новая=Дата этапа «Новая»", "--map", "stage:Встреча=Встреча была"]
    for field, column in (
        ("amount", "Сумма"), ("created", "Создана"), ("closed", "Дата закрытия"),
        ("source", "Источник"),
    ):  # fmt: skip
        maps += ["--map", f"{field}={column}"]
    code, _out, err = call("import", "deals", file, *maps, "--create-members", "--json")
    assert code == 0, err
    return call


def told(run: Run, *more: object) -> dict[str, Any]:
    code, out, err = run("funnel", *MONTH, *more, "--json")
    assert code == 0, err
    assert out.count("\n") == 1
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_a_month_as_json(run: Run) -> None:
    found = told(run)
    assert (found["month"], found["as_of"]) == ("2026-10", "2026-10-22")
    (pipeline,) = found["pipelines"]
    counts = {key: pipeline[key] for key in ("created", "won", "lost", "closed_from_unknown")}
    assert counts == {"created": 3, "won": 1, "lost": 1, "closed_from_unknown": 0}
    first, second = pipeline["stages"]
    assert (first["stage"], first["entered"], first["left"], first["lost"]) == ("Новая", 3, 3, 1)
    assert (first["to_next"], first["to_won"]) == ("0.6667", "0.5000")
    assert (second["won"], second["open"], second["open_amount"]) == (1, 1, "5000.00")
    assert second["median_days"] == 5
    assert pipeline["created_in_month"] == {"won": 1, "lost": 1, "open": 1, "stage_unknown": 0}
    assert [(loss["stage"], loss["reason"]) for loss in found["losses"]] == [("Новая", None)]
    assert found["members"][0] == {
        "name": "Иванова Мария", "inquiries": 1, "won": 1, "lost": 0, "conversion": "1.0000",
        "receipts": "1250.50", "median_cycle_days": 8,
    }  # fmt: skip
    assert found["stuck"] == []


def test_one_member_and_source(run: Run) -> None:
    assert told(run, "--member", "Петров А.")["pipelines"][0]["created"] == 2
    assert told(run, "--source", "Звонок")["pipelines"][0]["created"] == 1
    assert told(run, "--source", "")["pipelines"][0]["created"] == 1


def test_a_month_for_a_person(run: Run) -> None:
    code, out, _err = run("--lang", "ru", "funnel", *MONTH)
    assert code == 0
    assert "Встреча" in out
    assert "Застряли: 0" in out
    code, out, _err = run("--lang", "en", "funnel", "--month", "2020-02", "--as-of", "2020-02-10")
    assert code == 0
    assert "No deal was created, closed or open." in out


@pytest.mark.parametrize("option", ["--pipeline", "--source", "--member"])
def test_what_there_is_not_is_refused(run: Run, option: str) -> None:
    code, out, err = run("funnel", *MONTH, option, "Чужое", "--json")
    assert (code, out) == (1, "")
    assert "Чужое" in err


@pytest.mark.parametrize("wrong", ["stage:=Этап", "stage=", "step:Новая=Этап"])
def test_a_wrong_map_is_wrong_usage(run: Run, tmp_path: Path, wrong: str) -> None:
    code, _out, err = run("import", "deals", tmp_path / "deals.csv", "--map", wrong)
    assert code == 2
    assert "stage:NAME" in err
