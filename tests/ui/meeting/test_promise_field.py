"""The promise line as a sales head types it, by keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ropdesk.domain.promise_line import Sure
from ropdesk.domain.team import Member
from ropdesk.i18n import set_language
from ropdesk.services.promise_line import PromiseInput
from ropdesk.ui.meeting.promise_draft import Name
from ropdesk.ui.meeting.promise_field import PromiseField
from tests.domain.promise_room import reader

Key = Qt.Key
LINE = "Галиев завтра оплата СтройИнвест 180к"
NAMESAKE = Member(20, "Иванова Вера Ильинична")


class Desk:
    """The field in a window, and what it accepted."""

    def __init__(self, qtbot, *more, width=320):
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = PromiseField()
        QVBoxLayout(self.window).addWidget(self.field, 0, Qt.AlignmentFlag.AlignTop)
        self.window.resize(width, 500)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.field.set_reader(reader(*more))
        self.accepted = []
        self.field.accepted.connect(self.accepted.append)
        self.field.setFocus()

    def type(self, text):
        """Type words where the cursor is; QTest knows Latin letters only."""
        QApplication.focusWidget().insert(text)
        QApplication.processEvents()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
            QApplication.processEvents()

    def replace(self, text):
        """Type over what is in focus: it is selected when it is come to."""
        QApplication.focusWidget().insert(text)
        QApplication.focusWidget().setModified(True)
        QApplication.processEvents()

    @property
    def here(self):
        """The part in focus."""
        return next((name for name, part in self.field.parts.items() if part.hasFocus()), None)

    def chips(self):
        return [part.chip for part in self.field.parts.values() if part.isVisible()]


@pytest.fixture
def desk(qtbot, theme):
    return Desk(qtbot)


def test_a_certain_line_is_accepted_by_enter_alone(desk):
    desk.type(LINE)
    assert desk.chips() == [
        "Галиев Тимур Рустамович", "ср 18.11", "Поступления", "180\u202f000\u202f₽",
        "СтройИнвест", "Оплата «СтройИнвест»",
    ]  # fmt: skip
    desk.press(Key.Key_Return)
    assert desk.accepted == [
        PromiseInput(
            1, "Оплата «СтройИнвест»", "СтройИнвест", date(2026, 11, 18), False, "receipts",
            18_000_000,
        )
    ]  # fmt: skip
    assert desk.field.line.text() == ""
    assert desk.field.line.hasFocus()
    assert not desk.chips()


def test_nothing_is_accepted_of_an_empty_line(desk):
    desk.press(Key.Key_Return, Key.Key_Escape)
    desk.type("   ")
    desk.press(Key.Key_Return)
    assert not desk.accepted
    assert not desk.chips()


def test_enter_leads_to_the_doubt_before_it_accepts(desk):
    desk.type("Голиев завтра оплата СтройИнвест 180к")
    assert desk.field.parts[Name.MEMBER].sure is Sure.UNSURE
    assert desk.field.parts[Name.MEMBER].chip == "Галиев Тимур Рустамович – верно?"
    desk.press(Key.Key_Return)
    assert not desk.accepted
    assert desk.here is Name.MEMBER
    assert desk.field.hint.startswith("Под вопросом: «Голиев».")
    desk.press(Key.Key_Return)
    assert [promise.member_id for promise in desk.accepted] == [1]


def test_every_doubt_is_come_to_in_turn(desk):
    desk.type("Голиев в субботу оплата СтройИнвест около 180к")
    seen = []
    for _ in range(4):
        desk.press(Key.Key_Return)
        seen.append(desk.here)
    assert seen == [Name.MEMBER, Name.DUE, Name.AMOUNT, None]
    assert desk.accepted[0].due == date(2026, 11, 21)


def test_a_line_without_a_day_asks_for_it(desk):
    desk.type("Галиев 20 звонков")
    assert desk.field.parts[Name.DUE].chip == "ср 18.11?"
    desk.press(Key.Key_Return)
    assert desk.here is Name.DUE
    assert desk.field.hint.startswith("Не сказано.")
    desk.press(Key.Key_Return)
    assert desk.accepted[0].due == date(2026, 11, 18)


def test_of_two_with_one_name_one_is_chosen_by_the_arrows(qtbot, theme):
    desk = Desk(qtbot, NAMESAKE)
    desk.type("Иванова завтра 20 звонков")
    assert "Иванова Мария Петровна или Иванова Вера Ильинична?" in desk.chips()
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Return)  # nobody chosen yet: nothing to confirm
    assert desk.here is Name.MEMBER
    assert "стрелками" in desk.field.error
    desk.press(Key.Key_Down, Key.Key_Down)
    assert QApplication.focusWidget().text() == "Иванова Вера Ильинична"
    desk.press(Key.Key_Return)
    assert desk.accepted[0].member_id == 20


def test_a_name_is_typed_over(qtbot, theme):
    desk = Desk(qtbot, NAMESAKE)
    desk.type("Иванова завтра 20 звонков")
    desk.press(Key.Key_Return)
    desk.replace("никто")
    desk.press(Key.Key_Return)
    assert desk.field.error
    assert not desk.accepted
    QApplication.focusWidget().selectAll()
    desk.replace("Вера")
    desk.press(Key.Key_Return)
    assert desk.accepted[0].member_id == 20


def test_tab_goes_through_all_parts_and_back(desk):
    desk.type(LINE)
    seen = []
    for _ in Name:
        desk.press(Key.Key_Tab)
        seen.append(desk.here)
    assert seen == list(Name)
    for _ in Name:
        desk.press(Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert desk.field.line.hasFocus()


def test_the_parts_are_corrected_in_place(desk):
    desk.type(LINE)
    desk.press(Key.Key_Tab)
    desk.replace("Ким")
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Tab, Key.Key_Tab)
    desk.replace("200к")
    desk.press(Key.Key_Tab)
    desk.replace("Вектор")
    desk.press(Key.Key_Tab)
    desk.replace("Предоплата")
    desk.press(Key.Key_Return)
    assert desk.accepted == [
        PromiseInput(
            2, "Предоплата", "Вектор", date(2026, 11, 19), False, "receipts", 20_000_000
        )
    ]  # fmt: skip


def test_a_day_is_typed_in_words(desk):
    desk.type(LINE)
    desk.press(Key.Key_Tab, Key.Key_Tab)
    assert "18 ноября 2026, среда" in desk.field.hint
    desk.replace("скоро")
    desk.press(Key.Key_Return)
    assert "какой это день" in desk.field.error
    QApplication.focusWidget().selectAll()
    desk.replace("до пт")
    desk.press(Key.Key_Return)
    assert (desk.accepted[0].due, desk.accepted[0].since_given) == (date(2026, 11, 20), True)


def test_a_metric_is_chosen_and_given_up(desk):
    desk.type("Галиев завтра 5 КП")
    assert "без числа" in desk.chips()
    desk.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    desk.replace("Звонки")
    desk.press(Key.Key_Return)
    assert desk.here is Name.AMOUNT
    desk.press(Key.Key_Return)
    assert desk.field.error
    desk.replace("5")
    desk.press(Key.Key_Return)
    assert (desk.accepted[0].metric, desk.accepted[0].amount) == ("calls", 5)
    desk.type(LINE)
    desk.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    desk.replace("без числа")
    desk.press(Key.Key_Return)
    given = desk.accepted[1]
    assert (given.metric, given.amount) == ("", None)
    assert given.text == "Оплата «СтройИнвест» 180к"


def test_a_number_of_nothing_asks_of_what(desk):
    desk.type("Галиев завтра СтройИнвест 180")
    assert "180 – чего?" in desk.chips()
    desk.press(Key.Key_Return)
    assert desk.here is Name.METRIC
    desk.press(Key.Key_Return)
    assert desk.accepted[0].metric == ""


def test_other_amounts_are_offered(desk):
    desk.type("Галиев завтра оплата СтройИнвест 180-200к")
    desk.press(Key.Key_Return)
    assert "200\u202f000\u202f₽" in desk.field.hint
    desk.press(Key.Key_Down, Key.Key_Return)
    assert desk.accepted[0].amount == 20_000_000


def test_escape_gives_a_correction_up_then_the_line(desk):
    desk.type(LINE)
    desk.press(Key.Key_Tab)
    desk.press(Key.Key_Down)
    assert desk.field.draft.value(Name.MEMBER) != 1
    desk.press(Key.Key_Escape)
    assert desk.field.line.hasFocus()
    assert desk.field.draft.value(Name.MEMBER) == 1
    desk.press(Key.Key_Escape)
    assert desk.field.line.text() == ""


def test_a_correction_stays_while_the_line_says_the_same(desk):
    desk.type("Галиев завтра оплата")
    desk.press(Key.Key_Tab)
    desk.replace("Ким")
    desk.press(Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier)
    desk.field.line.end(False)
    desk.type(" СтройИнвест 180к")
    assert desk.field.draft.value(Name.MEMBER) == 2
    desk.field.line.setText("Волк завтра оплата СтройИнвест 180к")
    assert desk.field.draft.value(Name.MEMBER) == 7


def test_the_sales_head_promises(desk):
    desk.type("я до пятницы поговорить с директором")
    assert desk.chips()[0] == "РОП"
    desk.press(Key.Key_Return)
    assert desk.accepted[0].member_id is None
    desk.type(LINE)
    desk.press(Key.Key_Tab)
    desk.replace("РОП")
    desk.press(Key.Key_Return)
    assert desk.accepted[1].member_id is None


def test_without_words_the_promise_is_not_accepted(desk):
    desk.type("Галиев завтра")
    desk.press(Key.Key_Return)
    assert desk.here is Name.TEXT
    desk.press(Key.Key_Return)
    assert desk.field.error
    desk.replace("Позвонить")
    desk.press(Key.Key_Return)
    assert desk.accepted[0].text == "Позвонить"


def test_screen_readers_hear_every_part(desk):
    desk.type("Голиев завтра оплата СтройИнвест 180к")
    assert desk.field.line.accessibleName()
    for part in desk.field.parts.values():
        assert part.accessibleName()
        assert part.accessibleDescription() == part.chip


@pytest.mark.parametrize("scale", [100, 130, 150])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_long_names_fit_a_narrow_column(qtbot, theme, scale, language):
    set_language(language)
    theme.set_scale(scale)
    long = Member(30, "Абдурахмангаджиева-Преображенская Ольга")
    desk = Desk(qtbot, long)
    desk.type(
        "Абдурахмангаджиева-Преображенская до конца месяца оплата "
        "ООО «Набережночелнинский комбинат хлебопродуктов» 1,2 млн"
    )
    QApplication.processEvents()
    assert desk.window.width() == 320
    row = desk.field.parts[Name.TEXT].parentWidget()
    shown = [part for part in desk.field.parts.values() if part.isVisible()]
    assert all(row.rect().contains(part.geometry()) for part in shown)
    desk.press(Key.Key_Tab)
    QApplication.processEvents()
    assert all(row.rect().contains(part.geometry()) for part in shown)


def test_a_new_reader_reads_what_is_typed(desk):
    desk.type("Иванова завтра 20 звонков")
    desk.field.set_reader(reader(NAMESAKE))
    assert desk.field.parts[Name.MEMBER].sure is Sure.UNSURE


def test_without_a_reader_nothing_is_shown(qtbot, theme):
    field = PromiseField()
    qtbot.addWidget(field)
    field.show()
    field.line.setText(LINE)
    qtbot.keyClick(field.line, Key.Key_Return)
    assert not any(part.isVisible() for part in field.parts.values())
