"""Own metrics, and which ones the board shows."""

from datetime import date

import pytest

from ropdesk.domain.errors import DomainError
from ropdesk.domain.metrics import DEFAULT_BOARD, Direction, Kind, Metric, Unit
from ropdesk.domain.team import Member
from ropdesk.services import facts, history, metrics, settings, team
from ropdesk.services.facts import Entry
from ropdesk.store.workspace import Workspace
from tests.services.snapshots import content


def own(code: str, name: str = "Встречи", kind: Kind = Kind.FLOW, **parts: str) -> Metric:
    unit = Unit.SHARE if kind is Kind.RATIO else Unit.COUNT
    return Metric(code, name, kind, unit, Direction.UP, parts.get("top"), parts.get("bottom"),
                  builtin=False)  # fmt: skip


def test_an_own_metric_is_added_renamed_and_removed(ws: Workspace) -> None:
    metrics.add(ws, own("meetings", " Встречи "))
    assert metrics.catalogue(ws)["meetings"].name == "Встречи"
    metrics.rename(ws, "meetings", "Встречи с клиентами")
    assert metrics.catalogue(ws)["meetings"].name == "Встречи с клиентами"
    metrics.remove(ws, "meetings")
    assert "meetings" not in metrics.catalogue(ws)
    for _ in range(3):
        history.undo(ws)
    assert "meetings" not in metrics.catalogue(ws)


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        (own("ok", "  "), "needs a name"),
        (own("Плохой"), "Latin letters"),
        (own("x"), "Latin letters"),
        (own("calls"), "already a metric"),
        (own("rate", kind=Kind.RATIO, top="receipts"), "Choose two flows"),
        (own("rate", kind=Kind.RATIO, top="receipts", bottom="conversion"), "Choose two flows"),
        (own("rate", kind=Kind.RATIO, top="receipts", bottom="open_deals"), "Choose two flows"),
        (own("rate", kind=Kind.RATIO, top="receipts", bottom="no_such"), "Choose two flows"),
    ],
)
def test_a_metric_that_cannot_be_is_refused(ws: Workspace, metric: Metric, words: str) -> None:
    before = content(ws)
    with pytest.raises(DomainError, match=words):
        metrics.add(ws, metric)
    assert content(ws) == before


def test_a_metric_with_numbers_or_in_a_ratio_stays(ws: Workspace) -> None:
    who = team.add(ws, Member(0, "Ким Дарья"))
    metrics.add(ws, own("meetings"))
    metrics.add(ws, own("visits"))
    metrics.add(ws, own("per_visit", "На визит", Kind.RATIO, top="meetings", bottom="visits"))
    facts.enter(ws, date(2026, 3, 2), [Entry(who, "meetings", 2)])
    with pytest.raises(DomainError, match="has numbers"):
        metrics.remove(ws, "meetings")
    with pytest.raises(DomainError, match="Remove the ratio first"):
        metrics.remove(ws, "visits")
    for action in (metrics.remove, lambda w, c: metrics.rename(w, c, "Иначе")):
        with pytest.raises(DomainError, match="not your own"):
            action(ws, "calls")


def test_the_board_is_chosen_in_order_and_never_empty(ws: Workspace) -> None:
    assert [m.code for m in metrics.board(ws)] == list(DEFAULT_BOARD)
    metrics.set_board(ws, ["calls", "receipts", "calls"])
    assert [m.code for m in metrics.board(ws)] == ["calls", "receipts"]
    with pytest.raises(DomainError, match="at least one"):
        metrics.set_board(ws, [])
    history.undo(ws)
    assert [m.code for m in metrics.board(ws)] == list(DEFAULT_BOARD)


def test_a_removed_metric_leaves_the_board_and_comes_back_to_it(ws: Workspace) -> None:
    metrics.add(ws, own("meetings"))
    metrics.set_board(ws, ["receipts", "meetings"])
    metrics.remove(ws, "meetings")
    assert settings.settings(ws).board == ("receipts",)
    history.undo(ws)
    assert settings.settings(ws).board == ("receipts", "meetings")


def test_the_last_metric_of_the_board_leaves_the_usual_ones(ws: Workspace) -> None:
    metrics.add(ws, own("meetings"))
    metrics.set_board(ws, ["meetings"])
    metrics.remove(ws, "meetings")
    assert metrics.board(ws)
