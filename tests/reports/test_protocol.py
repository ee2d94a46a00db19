"""A protocol on paper: everything said once, nothing cut off, the same bytes every time."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ropdesk import i18n
from ropdesk.reports import protocol_words as words
from ropdesk.reports.protocol import protocol
from ropdesk.reports.protocol_model import Indicator, Person, Point, Protocol
from tests.reports import protocol_samples as samples
from tests.reports.test_extremes import inside
from tests.reports.test_monthly import pages


@pytest.fixture(autouse=True)
def _language():
    i18n.set_language("ru")
    yield
    i18n.set_language("ru")


def read(paper: Protocol) -> list[str]:
    """Return the pages' words, blanks of any kind as one."""
    return [re.sub(r"\s+", " ", page) for page in pages(protocol(paper))]


def test_everything_is_said_once_on_one_page():
    (page,) = read(samples.PAPER)
    for said in (
        "ООО «Северный ветер»", "Протокол № 214 от 22.10.2026", "Ежедневная координация",
        "22 октября 2026, четверг, 9:00–9:17 (17 минут из 20).",
        "Присутствуют: Иванова, Петров, Сидоренко, Галиев, Ким.", "Отсутствует: Орлов (больничный)",
        "1. Факт за вчера и план на сегодня", "2. Обещания: что пора выполнить",
        "Выполнено 5 из 7.", "выполнено частично, 12 из 20", "не выполнено: не подготовилась",
        "3. Что повторить", "Чего не повторять", "4. Промежуточные показатели на 21.10",
        "Октябрь 2026: 7,94 млн ₽ из 12,00 млн ₽, 97 % к дате, прогноз 11,80 млн ₽ (11,10–12,40).",
        "Просроченные задачи 11. Звонки 286 (план 300, 95 %).", "5. Обучение и мотивация",
        "6. Решения", "7. Обещания", "Оплата «СтройИнвест»", "180 000 ₽", "6 задач", "20 звонков",
        "12.01.2027", "Секретарь", "RopDesk · числа на 22.10.2026 09:17", "1 / 1",
    ):  # fmt: skip
        assert page.count(said) == 1, said
    assert page.count("(перенесено 1 раз)") == 2
    assert "редакция" not in page
    assert "составлен" not in page


def test_the_numbers_stand_as_they_were():
    (page,) = read(samples.PAPER)
    for row in (
        "Факт 21.10, т₽ План 21.10 % План 22.10", "Иванова Мария 148 120 123 130",
        "Галиев Тимур 0 80 0 95", "Отдел 376 455 83 495",
    ):  # fmt: skip
        assert row in page


@pytest.mark.parametrize("name", ["PAPER", "EMPTY", "SECOND", "CROWDED", "FORTY", "WORDY"])
def test_the_same_protocol_gives_the_same_bytes(name: str):
    paper = getattr(samples, name)
    assert protocol(paper) == protocol(paper)


@pytest.mark.parametrize(
    "name", ["PAPER", "EMPTY", "SECOND", "CROWDED", "FORTY", "WORDY", "DIRECTOR"]
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_nothing_leaves_the_page_and_the_last_is_signed(name: str, language: str):
    i18n.set_language(language)
    paper = getattr(samples, name)
    made = protocol(paper)
    inside(made)
    found = pages(made)
    other = words._("Director") if paper.kind == "director" else words._("Secretary")
    assert [other in page for page in found] == [False] * (len(found) - 1) + [True]
    assert all(f"{n} / {len(found)}" in page for n, page in enumerate(found, 1))


def test_forty_promises_of_long_names_are_all_there():
    found = read(samples.FORTY)
    assert 2 <= len(found) <= 5
    whole = " ".join(found)
    for n in range(1, 41):
        assert re.search(rf"Екатерина {n}\b|Ее+катерина {n}\b", whole), n
    assert all("Что обещает" in page for page in found)


def test_forty_plain_promises_fit_on_two_pages():
    plain = replace(
        samples.PAPER,
        pledges=tuple(
            samples.pledge(samples.ROWS[n % 5][0], f"Дело {n}", samples.DAY) for n in range(40)
        ),
    )
    assert len(pages(protocol(plain))) == 2


def test_sixty_members_are_all_there():
    whole = " ".join(read(samples.CROWDED))
    for row in samples.CROWDED.tables[0].members:
        assert row.name in whole
    assert "Присутствуют, 53:" in whole
    assert "(с опозданием: пробка)" in whole


def test_long_notes_run_over_pages_whole():
    found = " ".join(read(samples.WORDY))
    assert found.count("остановило.") == (25 + 12) * len(samples.WORDY.points) + 15


def test_an_empty_meeting_says_so():
    (page,) = read(samples.EMPTY)
    assert "На этом собрании записей не сделано." in page
    for absent in ("1.", "Решения", "Обещания", "Присутствуют", "числа на"):
        assert absent not in page, absent


def test_sections_without_anything_are_left_out_and_numbered_anew():
    bare = replace(
        samples.PAPER, tables=(), month=None, interim=(), kept=None, checked=(),
        points=tuple(replace(p, notes="", avoid="") for p in samples.PAPER.points), pledges=(),
    )  # fmt: skip
    (page,) = read(bare)
    assert "1. Решения" in page
    assert "2." not in page.split("1. Решения")[1].split("Руководитель")[0].replace("12:00", "")


@pytest.mark.parametrize(
    ("notes", "avoid", "there", "absent"),
    [("Хорошо", "", "Что повторить", "Чего не повторять"),
     ("", "Плохо", "Чего не повторять", "Что повторить")],
)  # fmt: skip
def test_one_column_alone_takes_the_width(notes: str, avoid: str, there: str, absent: str):
    only = replace(
        samples.PAPER, points=(Point("repeat", "Что повторить, чего нет", notes, avoid),)
    )
    (page,) = read(only)
    assert there in page
    assert absent not in page


def test_a_new_edition_says_what_it_corrects():
    (page,) = read(samples.SECOND)
    assert "Протокол № 214 от 22.10.2026, редакция 2" in page
    assert f"Редакция 2 от 24.10.2026: {samples.SECOND.note}" in page
    assert "числа на 22.10.2026 09:17" in page


def test_a_draft_is_marked_on_every_page():
    found = read(replace(samples.FORTY, draft=True, ended=None))
    assert all("ЧЕРНОВИК" in page for page in found)
    assert all("Черновик протокола от 22.10.2026" in page for page in found)
    assert "9:00 (17 минут из 20)" in found[0]


def test_the_director_gets_a_page_without_the_team():
    (page,) = read(samples.DIRECTOR)
    for said in (
        "Собрание с директором",
        "Приглашены: Соколов Игорь Павлович, директор.", "1. Итоги и прогноз месяца",
        "Разрыв 0,2 млн ₽", "2. Запросы директору", "вторая ставка ассистента",
        "1) Ставку ассистента", "2) Скидка до 7 %", "Руководитель отдела продаж, Николаев Андрей",
        "Директор",
    ):  # fmt: skip
        assert said in page, said
    assert "Сигналы" not in page
    assert "Присутствуют" not in page


def test_english_is_complete():
    i18n.set_language("en")
    (page,) = read(replace(samples.PAPER, sales_head="Andrew Nikolaev"))
    for said in (
        "Protocol No. 214 of 22/10/2026", "17 minutes of 20", "Led by: Andrew Nikolaev.",
        "What is promised", "moved 1 time", "97 % of the plan to date", "20 calls", "Secretary",
    ):  # fmt: skip
        assert said in page, said


def test_a_long_meeting_says_by_how_much():
    said = words.opening(replace(samples.PAPER, seconds=26 * 60))
    assert "26 минут вместо 20" in said
    assert "(1 минута из 20)" in words.opening(replace(samples.PAPER, seconds=3))
    assert "(5 минут)" in words.opening(replace(samples.PAPER, minutes=0, seconds=300))
    assert words.opening(replace(samples.EMPTY, began=None)).startswith("22 октября 2026, четверг.")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Иванова Мария", "Петров Иван"], ["Иванова", "Петров"]),
        (["Иванова Мария", "Иванова Ольга"], ["Иванова М.", "Иванова О."]),
        (["Иванова Мария", "Иванова Марта"], ["Иванова Мария", "Иванова Марта"]),
        (["Darcel Schlecht", "Мона"], ["Darcel Schlecht", "Мона"]),
        (["Иванова Мария", "Иванова Мария"], ["Иванова"]),
    ],
)
def test_people_are_called_as_shortly_as_nobody_is_confused(names: list[str], said: list[str]):
    assert list(words.shortest(names).values()) == said


def test_two_of_one_short_name_are_written_in_full():
    twins = replace(
        samples.PAPER,
        pledges=tuple(
            samples.pledge(name, "Дело", samples.DAY) for name in ("Ким Дарья", "Ким Денис")
        ),
    )
    (page,) = read(twins)
    assert "Ким Дарья Дело" in page
    assert "Ким Денис Дело" in page


def test_an_evening_coordination_is_not_of_yesterday():
    table = replace(
        samples.table(), fact_first=samples.DAY, fact_last=samples.DAY,
        plan_first=date(2026, 10, 23), plan_last=date(2026, 10, 23),
    )  # fmt: skip
    (page,) = read(replace(samples.PAPER, tables=(table,)))
    assert "1. Факт за день и план на следующий" in page
    assert "Факт 22.10, т₽ План 22.10 % План 23.10" in page
    renamed = (replace(samples.PAPER.points[0], title="Итоги"), *samples.PAPER.points[1:])
    (page,) = read(replace(samples.PAPER, tables=(table,), points=renamed))
    assert "1. Итоги и план на сегодня" in page


def test_a_shared_plan_is_said_to_be_agreed():
    table = samples.table()
    one = replace(table.members[0], agreed=True)
    some = replace(samples.PAPER, tables=(replace(table, members=(one, *table.members[1:])),))
    assert "План на 22.10 согласован на собрании: Иванова." in read(some)[0]
    everybody = tuple(replace(line, agreed=True) for line in table.members)
    whole = replace(samples.PAPER, tables=(replace(table, members=everybody),))
    assert "План на 22.10 согласован на собрании." in read(whole)[0]


def test_facts_that_were_not_in_are_said_not_to_be():
    paper = replace(samples.PAPER, tables=(replace(samples.table(), known=False),))
    assert "Факты за 21.10 на этот момент ещё не поступили." in read(paper)[0]


def test_days_that_are_not_over_are_measured_to_date():
    table = replace(
        samples.table(), fact_first=date(2026, 10, 19), fact_last=date(2026, 10, 25), to_date=True
    )
    running = replace(
        samples.PAPER, tables=(table,),
        interim=(Indicator(samples.CALLS, 200, 300, Fraction(9, 10), to_date=True),),
    )  # fmt: skip
    (page,) = read(running)
    assert "Факт 19.10–25.10, т₽ План 19.10–25.10 % к дате" in page
    assert "Звонки 200 (план 300, 90 % к дате)" in page


def test_lists_keep_their_signs():
    listed = replace(samples.PAPER, points=(Point("", "Разное", "- раз\n2) два\n\nпросто строка"),))
    page = pages(protocol(listed))[0]
    assert re.search(r"–\s+раз", page)
    assert re.search(r"2\.\s+два", page)
    assert "просто строка" in page


def test_markup_in_texts_is_only_text():
    odd = replace(
        samples.PAPER, decisions=("<b>A</b> & </para>",), note="<i>",
        people=(Person(1, "<Иванова> Мария"),), edition=2,
    )  # fmt: skip
    (page,) = read(odd)
    assert "<b>A</b> & </para>" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"verdict": "waiting"}, "ещё не оценено"),
        ({"verdict": "waiting", "measure": samples.CALLS, "amount": 20}, "фактов ещё нет"),
        ({"verdict": "kept", "late": True}, "выполнено с опозданием"),
        ({"verdict": "broken", "measure": samples.RECEIPTS, "amount": 100_00, "fact": 50_50},
         "не выполнено, 50,50 из 100,00"),
        ({"verdict": "partly", "result": "Полдела"}, "выполнено частично: полдела"),
    ],
)  # fmt: skip
def test_what_became_of_a_promise_is_said(more: dict[str, object], said: str):
    told = words.verdict(samples.pledge("Ким Дарья", "Дело", samples.DAY, **more))
    assert told.replace("\u202f", " ").startswith(said)
