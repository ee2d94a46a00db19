"""Choosing the board's metrics and adding one's own."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ropdesk.services import metrics
from ropdesk.ui.planning.metrics_dialog import MetricsDialog
from tests.ui.planning.conftest import Desk


def opened(desk: Desk) -> MetricsDialog:
    """The dialog, opened by its action."""
    desk.context.registry.run("planning.metrics")
    dialog = desk.page.dialog
    assert isinstance(dialog, MetricsDialog)
    return dialog


def codes(desk: Desk) -> list[str]:
    """The board's metrics."""
    return [metric.code for metric in metrics.board(desk.ws)]


def test_alt_and_an_arrow_move_a_metric(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert codes(desk) == ["deals_won", "receipts", "inquiries", "conversion"]
    desk.settle()
    assert [card.code for card in desk.page.board._cards.cards] == codes(desk)
    dialog.close()


def test_space_hides_and_the_last_one_stays(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    for _ in range(4):
        qtbot.keyClick(dialog.list, Qt.Key.Key_Home)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert len(codes(desk)) == 1
    assert dialog.banner.text
    dialog.close()


def test_an_own_metric_comes_onto_the_board(desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(desk)
    dialog.form.name.insert("Встречи")  # QTest types Latin letters only
    qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return)
    assert codes(desk)[-1] == "vstrechi"
    dialog.rename("Встречи у клиента")
    assert metrics.catalogue(desk.ws)["vstrechi"].name == "Встречи у клиента"
    dialog.remove()
    assert "vstrechi" not in metrics.catalogue(desk.ws)
    dialog.close()


def test_an_own_metric_needs_a_name(desk: Desk) -> None:
    dialog = opened(desk)
    dialog.form.add()
    assert "название" in dialog.form.name_field.error or dialog.form.name_field.error
    dialog.close()
