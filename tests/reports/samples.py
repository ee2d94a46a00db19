"""Plausible and extreme documents for the tests of paper."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from ropdesk.domain.metrics import Direction, Kind, Unit
from ropdesk.reports.deviation import Deviation, FactorRow
from ropdesk.reports.model import (
    CommentField,
    Cumulative,
    DocumentHead,
    Dynamics,
    Factor,
    Forecast,
    ForecastAccuracy,
    FunnelStage,
    MemberPlanSheet,
    MemberRow,
    MetricLine,
    MonthlyReport,
    MonthPoint,
    NextPlan,
    PlanColumn,
    PlanDay,
    PlanMember,
    PlanSheet,
    PlanState,
    PlanWeek,
    Requirement,
    ScenarioValue,
    Source,
    WeekRow,
)

MOSCOW = timezone(timedelta(hours=3))
MONTH = date(2026, 10, 1)
HEAD = DocumentHead(
    company="ООО «Северный ветер»",
    department="отдел продаж",
    title="Отчёт за октябрь 2026",
    period="",
    issued=datetime(2026, 11, 2, 10, 15, tzinfo=MOSCOW),
    footer_note="данные CRM от 01.11.2026, правок вручную: 3",
)
NAMES = {
    "receipts": "Поступления",
    "deals_won": "Сделки",
    "conversion": "Конверсия",
    "average_check": "Средний чек",
    "inquiries": "Обращения",
    "calls": "Звонки",
    "talk_time": "Время на линии",
}


def money(code, fact, plan=None, previous=None, **more):
    """A line of money in thousands of roubles."""

    def kopecks(value):
        return None if value is None else value * 100_000

    completion = Fraction(fact, plan) if plan and fact is not None else None
    return MetricLine(
        code,
        NAMES[code],
        Unit.MONEY,
        100,
        Kind.FLOW,
        kopecks(fact),
        kopecks(plan),
        kopecks(plan),
        completion,
        kopecks(fact - plan) if completion is not None else None,
        kopecks(previous),
        Fraction(fact - previous, previous) if previous else None,
        **more,
    )


def count(code, fact, plan=None, previous=None, unit=Unit.COUNT):
    completion = Fraction(fact, plan) if plan and fact is not None else None
    return MetricLine(
        code,
        NAMES.get(code, code),
        unit,
        1,
        Kind.FLOW,
        fact,
        plan,
        plan,
        completion,
        fact - plan if completion is not None else None,
        previous,
        Fraction(fact - previous, previous) if previous else None,
    )


def ratio(code, fact, plan=None, previous=None):
    """A share, in per mille for short."""
    top = Fraction(fact, 1000)
    bottom = None if plan is None else Fraction(plan, 1000)
    before = None if previous is None else Fraction(previous, 1000)
    return MetricLine(
        code,
        NAMES[code],
        Unit.SHARE,
        10_000,
        Kind.RATIO,
        top,
        bottom,
        bottom,
        None if bottom is None else top / bottom,
        None if bottom is None else top - bottom,
        before,
        None if before is None else top - before,
    )


def check(fact, plan=None, previous=None):
    top = Fraction(fact * 10)
    bottom = None if plan is None else Fraction(plan * 10)
    before = None if previous is None else Fraction(previous * 10)
    return MetricLine(
        "average_check",
        "Средний чек",
        Unit.MONEY,
        100,
        Kind.RATIO,
        top,
        bottom,
        bottom,
        None if bottom is None else top / bottom,
        None if bottom is None else top - bottom,
        before,
        None if before is None else top / before - 1,
    )


def member(name, receipts, plan, deals, conversion, average, **more):
    inquiries = round(deals * 1000 / conversion)
    lines = [
        money("receipts", receipts, plan),
        count("deals_won", deals, deals + 2),
        ratio("conversion", conversion),
        check(average),
        count("inquiries", inquiries),
        count("calls", deals * 14, deals * 15),
        count("talk_time", deals * 1900, unit=Unit.SECONDS),
    ]
    return MemberRow(name, {line.code: line for line in lines}, **more)


MEMBERS = (
    member("Иванова Мария", 2980, 2950, 84, 213, 3548),
    member("Петров Алексей", 2790, 2850, 80, 190, 3488),
    member("Сидоренко Ольга", 2470, 2450, 75, 179, 3293),
    member("Галиев Тимур", 2050, 1950, 63, 191, 3254),
    member("Ким Дарья", 930, 1150, 44, 130, 2114, note="стажёр 60 %"),
    member("Орлов Никита", 520, 650, 28, 114, 1857, note="стажёр 30 %"),
)
DEPARTMENT = (
    money("receipts", 11740, 12000, 11290),
    count("deals_won", 374, 385, 361),
    ratio("conversion", 181, 187, 184),
    check(3139, 3117, 3127),
    count("inquiries", 2066, 2059, 1962),
    count("calls", 5310, 5200, 5122),
    count("talk_time", 712_800, None, 698_400, unit=Unit.SECONDS),
)
_PACE = (
    0,
    48,
    91,
    140,
    190,
    260,
    310,
    352,
    391,
    433,
    482,
    540,
    590,
    640,
    688,
    720,
    790,
    860,
    920,
    960,
    1000,
    1050,
    1090,
    1125,
    1174,
)


def cumulative(*, until=31):
    days = tuple(MONTH + timedelta(n) for n in range(31))
    fact = [int(11_740 * 100_000 * ((n / 30) ** 1.08)) for n in range(31)]
    running = until < 31
    return Cumulative(
        "Поступления",
        Unit.MONEY,
        100,
        days,
        fact=tuple(v if n < until else None for n, v in enumerate(fact)),
        plan=tuple(40_000_000 * n for n in range(31)),
        forecast=tuple(
            fact[until - 1] + (n - until + 1) * 42_000_000 if n >= until - 1 else None
            for n in range(31)
        )
        if running
        else (),
        p10=tuple(
            fact[until - 1] + (n - until + 1) * 36_000_000 if n >= until - 1 else None
            for n in range(31)
        )
        if running
        else (),
        p90=tuple(
            fact[until - 1] + (n - until + 1) * 49_000_000 if n >= until - 1 else None
            for n in range(31)
        )
        if running
        else (),
        scenarios=(
            ScenarioValue("минимум", 1_050_000_000),
            ScenarioValue("максимум", 1_350_000_000),
        ),
    )


def weeks():
    spans = ((1, 4, 1), (5, 11, 3), (12, 18, 3), (19, 25, 3), (26, 31, 2))
    return tuple(
        WeekRow(
            date(2026, 10, a),
            date(2026, 10, b),
            {
                line.code: line
                for line in (
                    money("receipts", 978 * k, 1000 * k),
                    count("deals_won", 31 * k, 32 * k),
                    ratio("conversion", 170 + k),
                    check(3100 + k),
                    count("inquiries", 172 * k, 171 * k),
                    count("calls", 440 * k, 433 * k),
                )
            },
        )
        for a, b, k in spans
    )


def dynamics():
    months = [date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(12)]
    receipts = tuple(
        MonthPoint(
            m,
            (900 + 24 * n + (60 if n == 1 else 0)) * 1_000_000,
            (890 + 28 * n) * 1_000_000 if n > 2 else None,
        )
        for n, m in enumerate(months)
    )
    deals = tuple(MonthPoint(m, 300 + 7 * n, 310 + 6 * n) for n, m in enumerate(months))
    shares = tuple(
        MonthPoint(m, Fraction(170 + n, 1000) if n != 4 else None, Fraction(187, 1000))
        for n, m in enumerate(months)
    )
    return (
        Dynamics("receipts", "Поступления", Unit.MONEY, 100, Kind.FLOW, receipts),
        Dynamics("deals_won", "Сделки", Unit.COUNT, 1, Kind.FLOW, deals),
        Dynamics("conversion", "Конверсия", Unit.SHARE, 10_000, Kind.RATIO, shares),
    )


FUNNEL = (
    FunnelStage("calls", "Звонки", Unit.COUNT, 1, 5310, 5200, 5122),
    FunnelStage(
        "inquiries",
        "Обращения",
        Unit.COUNT,
        1,
        2066,
        2059,
        1962,
        Fraction(389, 1000),
        Fraction(396, 1000),
        Fraction(383, 1000),
    ),
    FunnelStage(
        "deals_won",
        "Сделки",
        Unit.COUNT,
        1,
        374,
        385,
        361,
        Fraction(181, 1000),
        Fraction(187, 1000),
        Fraction(184, 1000),
    ),
    FunnelStage(
        "receipts", "Поступления", Unit.MONEY, 100, 1_174_000_000, 1_200_000_000, 1_129_000_000
    ),
)


DEVIATION = Deviation(
    Unit.MONEY, 100, "план на дату", 1_200_000_000, 1_174_000_000,
    (
        Factor("Обращения", 9_600_000), Factor("Конверсия", -39_100_000),
        Factor("Средний чек", 3_500_000),
    ),
    "Поступления 11 740 т₽, план на дату 12 000 т₽: −260 т₽. Больше всего: конверсия −391 т₽.",
    ("Обращения", "Конверсия", "Средний чек"),
    (
        FactorRow("Иванова Мария", 10_000_000, (4_000_000, 5_000_000, 1_000_000)),
        FactorRow("Ким Дарья", -36_000_000, (5_600_000, -44_100_000, 2_500_000)),
        FactorRow("Орлов Никита", None, None, "поступления известны не с обеих сторон"),
    ),
    FactorRow("Отдел", -26_000_000, (9_600_000, -39_100_000, 3_500_000)),
)  # fmt: skip


def october():
    """The finished month of the design's picture."""
    return MonthlyReport(
        head=HEAD,
        month=MONTH,
        as_of=date(2026, 10, 31),
        finished=True,
        headline=DEPARTMENT[:3],
        department=DEPARTMENT,
        members=MEMBERS,
        plan=PlanState("Стандарт", 2, date(2026, 9, 30), "Смирнов А. В."),
        working_days=22,
        working_days_passed=22,
        member_metrics=(
            "receipts",
            "deals_won",
            "conversion",
            "average_check",
            "inquiries",
            "calls",
        ),
        weeks=weeks(),
        cumulative=cumulative(),
        dynamics=dynamics(),
        funnel=FUNNEL,
        forecast_accuracy=ForecastAccuracy(
            date(2026, 10, 15), 1_180_000_000, Unit.MONEY, 100, Fraction(5, 1000)
        ),
        deviation=DEVIATION,
        reasons="Конверсия просела у двух новичков после смены скрипта 7 октября; с 19-го вернули "
        "прежний скрипт на этапе «КП», за неделю конверсия Ким выросла с 11 до 16 %.",
        done="Обещания выполнены на 81 % (124 из 153). Обучение: 18 событий, 31 час; тренировка "
        "«Дорого» подняла конверсию участников на 1,8 п. п. (от 0,3 до 3,1). Найм: 1 вышел, "
        "1 оффер, открыто 2 места.",
        decisions="Доля целевых обращений от 60 %. Просьба: согласовать вторую ставку ассистента "
        "по документам.",
        comments=(
            CommentField("market", "Рынок и конкуренты", "Два конкурента снизили цены на 5 %."),
            CommentField("team", "Команда"),
            CommentField("director", "Замечания директора"),
        ),
        next_plan=NextPlan(
            date(2026, 11, 1),
            Unit.MONEY,
            100,
            1_050_000_000,
            1_200_000_000,
            1_350_000_000,
            date(2026, 10, 30),
            "",
            (Requirement("Обращения", Unit.COUNT, 1, 2071),),
        ),
        data_quality=("Закрыты раньше, чем созданы: 2 сделки.", "Выиграны без суммы: 1 сделка."),
        sources=(
            Source(
                "amocrm_export_2026-11-01.csv",
                datetime(2026, 11, 1, 9, 5, tzinfo=MOSCOW),
                2066,
                "Сделки",
            ),
            Source(
                "sipuni_october.xlsx", datetime(2026, 11, 1, 9, 7, tzinfo=MOSCOW), 5310, "Звонки"
            ),
        ),
    )


def running():
    """The same month on the 22nd."""
    full = october()
    lines = tuple(
        replace(line, forecast=Forecast(line.plan, line.plan, line.plan))
        if line.kind is Kind.FLOW and line.plan
        else line
        for line in DEPARTMENT
    )
    return replace(
        full,
        as_of=date(2026, 10, 22),
        finished=False,
        working_days_passed=16,
        department=lines,
        headline=lines[:4],
        forecast_accuracy=None,
        cumulative=cumulative(until=22),
        next_plan=None,
    )


def without_plan():
    def bare(line):
        return replace(line, plan=None, plan_to_date=None, completion=None, deviation=None)

    full = october()
    department = tuple(bare(line) for line in DEPARTMENT)
    people = tuple(replace(m, metrics={c: bare(v) for c, v in m.metrics.items()}) for m in MEMBERS)
    spans = tuple(replace(w, metrics={c: bare(v) for c, v in w.metrics.items()}) for w in weeks())
    return replace(
        full,
        plan=None,
        headline=department[:4],
        department=department,
        members=people,
        weeks=spans,
        cumulative=replace(cumulative(), plan=(), scenarios=()),
        deviation=None,
        reasons="",
        forecast_accuracy=None,
        next_plan=None,
        funnel=tuple(replace(s, plan=None, conversion_plan=None) for s in FUNNEL),
    )


def empty():
    return MonthlyReport(HEAD, MONTH, date(2026, 10, 31), True, (), ())


def crowd(n=60):
    """Sixty people, some of them with names of forty letters and more."""
    people = []
    for i in range(n):
        name = (
            f"Константинопольский-Задунайский {i}"
            if i % 7 == 0
            else "Ф" * 44
            if i % 11 == 0
            else f"Сотрудник Номер {i}"
        )
        base = MEMBERS[i % 6]
        line = money("receipts", 500 + 37 * i, 1500)
        people.append(replace(base, name=name, note="", metrics={**base.metrics, "receipts": line}))
    return replace(october(), members=tuple(people))


def many_metrics(n=15):
    codes = [f"own_{i}" for i in range(n)]
    lines = [
        replace(
            count(c, 1000 + i * 137, 1100 + i * 100),
            name=f"Показатель собственный длинный № {i + 1}",
            better=Direction.NONE,
        )
        for i, c in enumerate(codes)
    ]
    people = tuple(replace(m, metrics={line.code: line for line in lines}) for m in MEMBERS)
    return replace(
        october(),
        headline=tuple(lines[:4]),
        department=tuple(lines),
        members=people,
        member_metrics=tuple(codes),
        deviation=None,
        forecast_accuracy=None,
    )


def _calendar(step):
    days = []
    for n in range(31):
        day = MONTH + timedelta(n)
        working = day.weekday() < 5
        values = {"receipts": step * 100 if working else None}
        days.append(PlanDay(day, working, values, "отпуск" if n in {11, 12} else ""))
    return tuple(days)


COLUMNS = (
    PlanColumn("receipts", "Поступления", Unit.MONEY, 100, 1_200_000_000),
    PlanColumn("deals_won", "Сделки", Unit.COUNT, 1, 385),
    PlanColumn("inquiries", "Обращения", Unit.COUNT, 1, 2059),
    PlanColumn("conversion", "Конверсия", Unit.SHARE, 10_000, Fraction(187, 1000)),
    PlanColumn("average_check", "Средний чек", Unit.MONEY, 100, Fraction(31170)),
)


def plan_sheet(members=6):
    rows = []
    for i in range(members):
        base = MEMBERS[i % 6]
        name = base.name if i < 6 else f"{base.name} {i}"
        values = {"receipts": base.metrics["receipts"].plan, "deals_won": 60 + i, "inquiries": 340}
        rows.append(PlanMember(name, values, base.note))
    return PlanSheet(
        replace(HEAD, title="План на октябрь 2026"),
        MONTH,
        2,
        "утверждён",
        "Стандарт",
        COLUMNS,
        tuple(rows),
        _calendar(545_454),
        "receipts",
        22,
        "Смирнов А. В.",
        date(2026, 9, 30),
        "уточнён план новичков после выхода Орлова Н.",
        (
            ScenarioValue("минимум", 1_050_000_000),
            ScenarioValue("стандарт", 1_200_000_000),
            ScenarioValue("максимум", 1_350_000_000),
        ),
    )


def member_sheet(name="Ким Дарья"):
    spans = ((1, 4, 2), (5, 11, 5), (12, 18, 5), (19, 25, 5), (26, 31, 5))
    return MemberPlanSheet(
        replace(HEAD, title="Личный план на октябрь 2026"),
        MONTH,
        2,
        "утверждён",
        name,
        (
            replace(COLUMNS[0], total=115_000_000),
            replace(COLUMNS[1], total=46),
            replace(COLUMNS[2], total=351),
        ),
        tuple(
            PlanWeek(
                date(2026, 10, a),
                date(2026, 10, b),
                d,
                {"receipts": d * 5_227_272, "deals_won": d * 2, "inquiries": d * 16},
            )
            for a, b, d in spans
        ),
        _calendar(52_272),
        "receipts",
        22,
        "менеджер по продажам",
        "стажёр 60 %",
        "Смирнов А. В.",
        date(2026, 9, 30),
    )
