"""The reader of a meeting, made from a workspace."""

import subprocess
import sys
from datetime import date

import pytest

from ropdesk.domain.metrics import Kind, Metric, Unit
from ropdesk.domain.promise_line import Sure
from ropdesk.domain.team import Member
from ropdesk.services import calendar, metrics, settings, team
from ropdesk.services.promise_line import promise_reader
from ropdesk.services.promise_names import lexeme, said_names
from ropdesk.store import workspace

TODAY = date(2026, 10, 22)


@pytest.fixture
def ws(tmp_path):
    made = workspace.create(tmp_path / "w.ropdesk")
    yield made
    made.close()


def test_the_people_metrics_and_calendar_of_the_workspace_are_known(ws):
    galiev = team.add(ws, Member(0, "Галиев Тимур", aliases=("Тимыч",)))
    team.add(ws, Member(0, "Ушаков Пётр", left=date(2026, 9, 30)))
    metrics.add(ws, Metric("demos", "Показы склада", Kind.FLOW, Unit.COUNT, builtin=False))
    settings.change(ws, sales_head="Соколова Елена")
    calendar.set_day(ws, date(2026, 10, 23), calendar.DayKind.DAY_OFF)
    reader = promise_reader(ws, TODAY)
    said = reader.understand("Тимыч в понедельник 3 показа склада")
    assert (said.member.value, said.member.sure) == (galiev, Sure.SURE)
    assert (said.metric.value, said.amount.value) == ("demos", 3)
    assert reader.understand("Галиев завтра 20 звонков").due.sure is Sure.UNSURE
    gone = reader.understand("Ушаков в понедельник 20 звонков").member
    assert (gone.value, gone.sure) == (None, Sure.UNSURE)
    head = reader.understand("Соколова в понедельник подготовить отчёт").member
    assert (head.value, head.sure) == (None, Sure.SURE)


def test_only_those_at_the_meeting_are_meant_surely(ws):
    galiev = team.add(ws, Member(0, "Галиев Тимур"))
    brother = team.add(ws, Member(0, "Галиев Марат"))
    everybody = promise_reader(ws, TODAY).understand("Галиев завтра 20 звонков").member
    assert (everybody.value, everybody.others) == (None, (galiev, brother))
    here = promise_reader(ws, TODAY, {galiev}).understand("Галиев завтра 20 звонков").member
    assert (here.value, here.sure) == (galiev, Sure.SURE)
    away = promise_reader(ws, TODAY, {galiev}).understand("Марат завтра 20 звонков").member
    assert (away.value, away.sure) == (brother, Sure.UNSURE)


def test_the_sales_head_among_the_members_is_one_person(ws):
    head = team.add(ws, Member(0, "Соколова Елена"))
    settings.change(ws, sales_head="Соколова Елена")
    member = promise_reader(ws, TODAY).understand("Соколова завтра 20 звонков").member
    assert (member.value, member.sure) == (head, Sure.SURE)


def test_an_empty_workspace_reads_too(ws):
    said = promise_reader(ws, TODAY).understand("завтра оплата «Вектор» 180к")
    assert said.member.sure is Sure.MISSING
    assert (said.customer.value, said.amount.value) == ("Вектор", 18_000_000)


def test_the_dictionary_is_not_loaded_before_a_line_is_read():
    code = (
        "import sys; import ropdesk.services.promises, ropdesk.services.promise_line;"
        "assert 'pymorphy3' not in sys.modules;"
        "assert 'ropdesk.domain.promise_reading' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Галиев Тимур", "галиев галиева галиеву галиевым галиеве тимуру тимурка тимурке"),
        ("Гайнутдинова Эльвира", "гайнутдинова гайнутдиновой гайнутдинову эльвире эля эле"),
        ("Ким Дарья", "ким дарья дарье даша даше дашей"),
        ("Ким Олег", "ким кима киму олегу"),
        ("Волк Инна", "волк инна инне"),
        ("Волк Сергей", "волк волка волку сергею серега сереги"),
        ("Седых Дмитрий", "седых диме димы"),
        ("Петренко Мария", "петренко маше машу марии"),
        ("Достоевский Павел", "достоевскому павла павлу паша"),
        ("Толстая Любовь", "толстая толстой любовь любе"),
        ("Салтыков-Щедрин Лев", "салтыков-щедрин салтыкову-щедрину щедрину льву"),
        ("Мария Иванова", "иванова ивановой мария маша"),
        ("Иванова Мария Петровна", "ивановой петровна петровне"),
        ("Сорока Юлия", "сорока сороке сороку юле"),
    ],
)
def test_a_name_is_known_in_every_case(name, forms):
    said = said_names(1, name)
    assert not [form for form in forms.split() if form not in said]


def test_a_womans_name_in_a_consonant_keeps_its_form():
    assert {"киму", "кима"}.isdisjoint(said_names(1, "Ким Дарья"))
    assert {"волка", "волку"}.isdisjoint(said_names(1, "Волк Инна"))


def test_the_dictionary_tells_what_a_word_is():
    assert lexeme("прослушать").verb == "прослушать"
    assert lexeme("сафин").person
    assert lexeme("казань").place
    assert ("вектор", "gent") in lexeme("вектора").forms
    assert not lexeme("qwerty").known
