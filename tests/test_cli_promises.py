"""Promises from the command line."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ropdesk import i18n
from ropdesk.__main__ import main
from ropdesk.domain.promises import Verdict
from ropdesk.domain.team import Member
from ropdesk.services import facts, promises, team
from ropdesk.services.facts import Entry
from ropdesk.services.promises import NewPromise
from ropdesk.store import workspace
from tests.services.raw import RawDeal, put_deals

DAY, NEXT = date(2026, 10, 20), date(2026, 10, 21)
ANNA, BORIS = "Анна Белова", "Борис Котов"
KEYS = {
    "id", "member", "text", "customer", "metric", "amount", "given", "due", "verdict", "late",
    "fact", "moves",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    i18n.set_language("ru")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a workspace with four promises."""
    path = tmp_path / "department.ropdesk"
    ws = workspace.create(path)
    put_deals(ws, [RawDeal(ANNA, created=DAY, closed=DAY, amount=180_000_50, title="Вектор")])
    anna = next(m.id for m in team.team(ws).members.values() if m.name == ANNA)
    boris = team.add(ws, Member(0, BORIS))
    facts.enter(ws, DAY, [Entry(boris, "inquiries", 10), Entry(boris, "deals_won", 3)])
    for member, text, metric, amount, customer, due in (
        (anna, "Оплата", "receipts", 180_000_00, "Вектор", DAY),
        (boris, "Конверсия", "conversion", 4_000, "", DAY),
        (boris, "КП", "", None, "", DAY),
        (None, "Скидка", "", None, "", NEXT),
    ):
        promises.add(
            ws,
            NewPromise(
                text=text, given=DAY, first=due, due=due, member_id=member, metric=metric,
                amount=amount, customer=customer,
            ),
        )  # fmt: skip
    promises.judge(ws, 3, Verdict.KEPT, DAY, "отправил")
    promises.move(ws, 4, date(2026, 10, 23), "директор в отпуске", DAY)
    ws.close()
    return path


def run(file: Path, *words: str) -> int:
    return main(
        ["--lang", "en", "--workspace", str(file), "promises", "--as-of", "2026-10-21", *words]
    )


def answer(file: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(file, "--json", *words) == 0
    told = capsys.readouterr()
    assert told.err == ""
    found: dict[str, Any] = json.loads(told.out)
    return found


def test_promises_are_told_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(file, capsys)
    paid, rate, word, head = found["promises"]
    assert found["as_of"] == "2026-10-21"
    assert set(paid) > KEYS
    assert {key: paid[key] for key in KEYS} == {
        "id": 1, "member": ANNA, "text": "Оплата", "customer": "Вектор", "metric": "receipts",
        "amount": "180000.00", "given": "2026-10-20", "due": "2026-10-20", "verdict": "kept",
        "late": False, "fact": "180000.50", "moves": 0,
    }  # fmt: skip
    assert (rate["verdict"], rate["amount"], rate["fact"]) == ("broken", "0.4000", "0.3000")
    assert (word["by_hand"], word["result"], word["metric"]) == (True, "отправил", None)
    assert (word["amount"], word["fact"]) == (None, None)
    assert (head["member"], head["moves"], head["verdict"]) == (None, 1, "open")
    assert (head["original_due"], head["due"]) == ("2026-10-21", "2026-10-23")
    shares = {each["member"]: each for each in found["shares"]}
    assert (shares[BORIS]["kept"], shares[BORIS]["n"], shares[BORIS]["share"]) == (1, 2, "0.5000")
    assert (shares[None]["n"], shares[None]["share"]) == (0, None)


def test_members_days_and_open_ones_are_chosen(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ids(*words: str) -> list[int]:
        return [each["id"] for each in answer(file, capsys, *words)["promises"]]

    assert ids("--member", "Котов Борис") == [2, 3]
    assert ids("--from", "2026-10-21") == [4]
    assert ids("--to", "2026-10-20") == [1, 2, 3]
    assert ids("--open") == [4]
    assert ids("--meeting", "7") == []


def test_a_person_reads_a_table(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file) == 0
    out = capsys.readouterr().out.replace("\u202f", " ")
    assert "Оплата (Вектор)" in out
    assert "180 000.50" in out.replace(",", " ")
    assert "2 of 3, too few to tell" in out
    assert run(file, "--meeting", "7") == 0
    assert "There are no such promises." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--member", "Никто"), "Nobody in the team"),
        (("--from", "2026-10-22", "--to", "2026-10-21"), "ends before it begins"),
    ],
)
def test_what_cannot_be_is_said(
    file: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, *words) == 1
    told = capsys.readouterr()
    assert (told.out, said in told.err) == ("", True)
