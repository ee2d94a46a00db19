"""Protocols, plausible and extreme, for the tests of paper."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from ropdesk.domain.metrics import Unit
from ropdesk.reports.protocol_model import (
    Figures,
    Indicator,
    Kept,
    Measure,
    MonthSoFar,
    NumbersTable,
    Person,
    Pledge,
    Point,
    Protocol,
)
from tests.reports.samples import MOSCOW

DAY = date(2026, 10, 22)
RECEIPTS = Measure("receipts", "Поступления", Unit.MONEY, 100)
CALLS = Measure("calls", "Звонки", Unit.COUNT, 1)
TASKS = Measure("tasks_done", "Выполненные задачи", Unit.COUNT, 1)
OVERDUE = Measure("overdue_tasks", "Просроченные задачи", Unit.COUNT, 1)
CONVERSION = Measure("conversion", "Конверсия", Unit.SHARE, 10_000, ratio=True)

ROWS = (
    ("Иванова Мария", 148_000, 120_000, 130_000),
    ("Петров Алексей", 92_000, 110_000, 120_000),
    ("Сидоренко Ольга", 101_000, 100_000, 100_000),
    ("Галиев Тимур", 0, 80_000, 95_000),
    ("Ким Дарья", 35_000, 45_000, 50_000),
)


def figures(name, fact, plan, goal, **more):
    """A line of roubles."""
    done = Fraction(fact, plan) if plan else None
    return Figures(name, fact * 100, plan * 100, done, goal * 100, **more)


def table(rows=ROWS, **more):
    """A table of receipts with its sum."""
    sums = [sum(row[at] for row in rows) for at in (1, 2, 3)]
    return NumbersTable(
        RECEIPTS, date(2026, 10, 21), date(2026, 10, 21), DAY, DAY,
        tuple(figures(*row) for row in rows), figures("Отдел", *sums), **more,
    )  # fmt: skip


def pledge(name, text, due, **more):
    """A promise given."""
    return Pledge(1 if name else None, name, text, more.pop("customer", ""), due, **more)


def at(hour, minute, day=DAY):
    """A moment of the sample's day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=MOSCOW)


PAPER = Protocol(
    meeting_id=1, kind="daily", team=True, title="Ежедневная координация", day=DAY, number=214,
    year=2026, company="ООО «Северный ветер»", department="отдел продаж", sales_head="",
    minutes=20, seconds=17 * 60, began=at(9, 0), ended=at(9, 17), place="", led_by="",
    secretary="", guests="",
    people=(
        *(Person(number, row[0]) for number, row in enumerate(ROWS, 1)),
        Person(6, "Орлов Никита", "absent", "Больничный"),
    ),
    points=(
        Point("yesterday", "Факт за вчера", minutes=4, seconds=240),
        Point("promises", "Обещания: что пора выполнить", minutes=3, seconds=60),
        Point(
            "repeat", "Что повторить, чего не повторять",
            "Звонок в день отправки КП: у Ивановой 3 оплаты из 4.\n"
            "Всем: перезвонить в день отправки.",
            "4 часа на подготовку документов (Галиев). Документы передавать ассистенту.",
        ),
        Point("today", "План на сегодня"),
        Point("interim", "Промежуточные показатели"),
        Point(
            "training", "Обучение и мотивация",
            "Возражение «дорого»: разбор одного звонка (Петров). Конкурс «Новые клиенты»: "
            "Сидоренко 9, Иванова 8, Галиев 5.",
        ),
    ),
    tables=(table(),),
    month=MonthSoFar(
        date(2026, 10, 1), RECEIPTS, 7_940_000_00, 12_000_000_00, Fraction(97, 100),
        11_100_000_00, 11_800_000_00, 12_400_000_00,
    ),
    interim=(
        Indicator(OVERDUE, 11), Indicator(CALLS, 286, 300, Fraction(286, 300)),
        Indicator(CONVERSION, Fraction(185, 1000), Fraction(187, 1000), Fraction(185, 187)),
    ),
    kept=Kept(5, 7),
    checked=(
        *(pledge(row[0], "Счёт", date(2026, 10, 21), verdict="kept") for row in ROWS),
        pledge(
            "Галиев Тимур", "Звонки по базе «спящих»", date(2026, 10, 21), measure=CALLS,
            amount=20, fact=12, verdict="partly", moves=1,
        ),
        pledge("Ким Дарья", "Аттестация по продукту", date(2026, 10, 21), verdict="broken",
               result="не подготовилась"),
    ),
    decisions=("С сегодняшнего дня счета готовит ассистент; заявка до 12:00 в общий чат.",),
    pledges=(
        pledge("Галиев Тимур", "Оплата", DAY, customer="СтройИнвест", measure=RECEIPTS,
               amount=180_000_00),
        pledge("Петров Алексей", "Разобрать просроченные задачи в CRM", DAY, measure=TASKS,
               amount=6),
        pledge("Галиев Тимур", "Звонки по базе «спящих»", DAY, measure=CALLS, amount=20, moves=1),
        pledge("Ким Дарья", "Аттестация по продукту", date(2026, 10, 24)),
        pledge("Иванова Мария", "Показать Ким звонок в день КП", date(2026, 10, 23)),
        pledge("", "Согласовать скидку с директором", date(2027, 1, 12)),
    ),
    as_of=at(9, 17), issued=at(9, 17),
)  # fmt: skip

EMPTY = replace(
    PAPER, people=(), points=(), tables=(), month=None, interim=(), kept=None, checked=(),
    decisions=(), pledges=(), company="", department="отдел продаж",
)  # fmt: skip

SECOND = replace(
    PAPER, edition=2, issued=at(11, 5, date(2026, 10, 24)),
    note="решение дополнено: заявка до 12:00; обещание Петрова уточнено (6 задач).",
)  # fmt: skip

LONG_NAMES = tuple(
    f"Константинопольская-Преображенская Е{'е' * (n % 3)}катерина {n}" for n in range(1, 41)
)
LONG_TEXT = (
    "Договорились перезванивать каждому клиенту в день отправки коммерческого предложения и "
    "записывать в карточку сделки, что именно его остановило. "
)


def _many(count):
    """So many members of every kind of name."""
    names = [f"{LONG_NAMES[n % 40]} {n}" if n % 3 == 0 else f"Петров{n} Алексей" for n in
             range(count)]  # fmt: skip
    return tuple((name, 1000 * n, 1200 * n, 1300 * n) for n, name in enumerate(names, 1))


CROWDED = replace(
    PAPER, tables=(table(_many(60)),),
    people=tuple(
        Person(n, row[0], "absent" if n % 9 == 0 else "late" if n % 7 == 0 else "present",
               "Отпуск" if n % 9 == 0 else "пробка" if n % 7 == 0 else "")
        for n, row in enumerate(_many(60))
    ),
)  # fmt: skip

FORTY = replace(
    PAPER,
    pledges=tuple(
        pledge(LONG_NAMES[n], LONG_TEXT[: 20 + n * 3], DAY + timedelta(n), measure=RECEIPTS,
               amount=(n + 1) * 12_345_67, moves=n % 4, customer="СтройИнвест")
        for n in range(40)
    ),
)  # fmt: skip

WORDY = replace(
    PAPER,
    points=tuple(
        replace(point, notes=LONG_TEXT * 25, avoid=LONG_TEXT * 12) for point in PAPER.points
    ),
    decisions=tuple(f"{LONG_TEXT} {n}" for n in range(15)),
)  # fmt: skip

DIRECTOR = replace(
    PAPER, kind="director", team=False, title="Собрание с директором", people=(), tables=(),
    guests="Соколов Игорь Павлович, директор", checked=(), kept=None, interim=(),
    sales_head="Николаев Андрей",
    points=(
        Point("month", "Итоги и прогноз месяца", "Разрыв 0,2 млн ₽ закрываем до 28-го."),
        Point("signals", "Сигналы и отклонения"),
        Point("requests", "Запросы директору", "- вторая ставка ассистента\n- скидка до 7 %"),
    ),
    decisions=("Ставку ассистента согласовать до 01.11.", "Скидка до 7 % без согласования."),
    pledges=(pledge("", "Расчёт окупаемости ассистента", date(2026, 10, 26)),),
)  # fmt: skip
