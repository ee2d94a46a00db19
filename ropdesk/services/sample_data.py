"""The invented department behind the sample: who sells how much, and every deal and call of it.

Nothing here is anybody's data. The same day and seed give the same department on every computer.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from ropdesk.domain.calendar import WorkCalendar
from ropdesk.domain.team import FULL_SHARE, AbsenceKind

Weighted = tuple[tuple[str, int], ...]

MONTHS = 14  # of history before the current one
SEED = 20_261_022
CLOSING_DAYS = (0.95, 1.25, 1.05, 1.0, 0.75, 0.3, 0.3)  # Monday first; Tuesdays pay
INQUIRY_DAYS = (1.1, 1.15, 1.0, 0.95, 0.8, 0.3, 0.3)
SEASON = (0.97, 0.98, 1.02, 1.01, 0.98, 1.0, 0.98, 0.99, 1.01, 1.0, 1.02, 1.07)
RUSH_DAYS, RUSH = 4, 1.15  # the end of the month, when what was promised gets paid
OPEN_FROM, OPEN_TO = 9 * 3600, 18 * 3600
SOURCES: Weighted = (
    ("Сайт", 38), ("Холодные звонки", 22), ("Рекомендации", 16), ("Яндекс Директ", 14),
    ("Выставка", 6), ("Повторное обращение", 4),
)  # fmt: skip
LOST_REASONS: Weighted = (
    ("Дорого", 31), ("Не выходит на связь", 24), ("Выбрали конкурента", 19), ("Нет бюджета", 12),
    ("Не наш профиль", 9), ("Отложили", 5),
)  # fmt: skip
STAGES = ("Первичный контакт", "Потребность выявлена", "КП отправлено", "Согласование договора")
FORMS = ("ООО", "ООО", "ООО", "АО", "ИП")
FIRST_PARTS = (
    "Строй", "Пром", "Агро", "Мед", "Тех", "Энерго", "Транс", "Торг", "Эко", "Авто", "Метал",
    "Лес", "Инфо", "Нефте", "Пище",
)  # fmt: skip
LAST_PARTS = (
    "Инвест", "Снаб", "Сервис", "Групп", "Комплект", "Маш", "Союз", "Ресурс", "Проект", "Монтаж",
    "Лайн", "Центр",
)  # fmt: skip
GOODS = ("Поставка оборудования", "Сервисный договор", "Расходные материалы", "Монтаж", "Запчасти")


@dataclass(frozen=True, slots=True)
class Seller:
    """One seller of the sample.

    Attributes:
        monthly: receipts of a full month at full ramp, roubles.
        conversion: share of inquiries won.
        check: average check, roubles.
        calls: calls on a full day.
        hired: (months before the current one, day), or a fixed date years ago.
        ramp: percent by month, counted from the current one.
    """

    name: str
    extension: int
    monthly: int
    conversion: float
    check: int
    calls: int
    deal_limit: int
    hired: date | tuple[int, int]
    ramp: dict[int, int] = field(default_factory=dict)


SELLERS = (
    Seller("Иванова Мария", 201, 2_950_000, 0.213, 35_500, 47, 50, date(2021, 3, 15)),
    Seller("Петров Алексей", 202, 2_790_000, 0.190, 34_900, 45, 50, date(2022, 6, 1)),
    Seller("Сидоренко Ольга", 203, 2_460_000, 0.178, 32_900, 42, 50, date(2022, 10, 24)),
    Seller("Галиев Тимур", 204, 2_050_000, 0.190, 32_500, 43, 50, date(2023, 9, 11)),
    Seller(
        "Ким Дарья", 205, 1_550_000, 0.128, 21_100, 46, 40, (3, 3),
        {-3: 15, -2: 30, -1: 45, 0: 60, 1: 80},
    ),
    Seller(
        "Орлов Никита", 206, 1_300_000, 0.114, 18_600, 44, 40, (2, 12),
        {-2: 10, -1: 25, 0: 40, 1: 60, 2: 80},
    ),
)  # fmt: skip
# Seller → kind, first day counted from today, length.
ABSENCES = (
    ("Сидоренко Ольга", AbsenceKind.VACATION, -87, 14),
    ("Петров Алексей", AbsenceKind.VACATION, -143, 14),
    ("Иванова Мария", AbsenceKind.VACATION, -230, 7),
    ("Галиев Тимур", AbsenceKind.SICK_LEAVE, -41, 5),
    ("Орлов Никита", AbsenceKind.SICK_LEAVE, -1, 4),
    ("Иванова Мария", AbsenceKind.VACATION, 24, 7),
)


BORN = {
    "Иванова Мария": date(1988, 4, 17), "Петров Алексей": date(1990, 12, 3),
    "Галиев Тимур": date(1995, 7, 29), "Ким Дарья": date(2001, 2, 8),
}  # fmt: skip


@dataclass(slots=True)
class SampleDeal:
    """One deal, with what will become of it, whether or not that has happened yet."""

    owner: str
    created: datetime
    closed: datetime
    won: bool
    amount: int
    source: str
    reason: str
    company: str
    title: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One call; ``answered_by`` is empty where nobody talked."""

    at: datetime
    extension: int
    client: str
    incoming: bool
    answered: bool
    wait: int
    talk: int
    rating: int | None


def month_start(today: date, months: int) -> date:
    """Return the first day of the month so many months from today's."""
    index = today.year * 12 + today.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def hired_on(seller: Seller, today: date) -> date:
    """Return the day on which a seller came."""
    if isinstance(seller.hired, date):
        return seller.hired
    months, day = seller.hired
    return month_start(today, -months).replace(day=day)


def born_on(seller: Seller, today: date) -> date | None:
    """Return a birthday: the next one of the department is tomorrow's."""
    if seller.name == "Сидоренко Ольга":
        tomorrow = today + timedelta(1)
        return date(1991, tomorrow.month, min(tomorrow.day, 28))
    return BORN.get(seller.name)


def probation_of(seller: Seller, today: date) -> date | None:
    """Return the last day of a newcomer's probation: three months, the second one's a week more."""
    if isinstance(seller.hired, date):
        return None
    return hired_on(seller, today) + timedelta(122 if seller.hired[0] >= 3 else 98)


def ramp(seller: Seller, months: int) -> int:
    """Return a seller's ramp-up in a month counted from the current one, in basis points."""
    return seller.ramp.get(months, 100) * FULL_SHARE // 100


def expected(seller: Seller, today: date, months: int) -> float:
    """Return the receipts a seller brings in a month counted from the current one, roubles."""
    first = month_start(today, months)
    if hired_on(seller, today) >= month_start(today, months + 1):
        return 0.0
    full = seller.monthly * _extra(seller, months) * SEASON[first.month - 1]
    return full * ramp(seller, months) / FULL_SHARE


def _extra(seller: Seller, months: int) -> float:
    """Say how much more the old hands carried before the newcomers came."""
    return 1.0 if seller.ramp else 1 + min(0.05, 0.017 * max(0, -months))


def _moment(day: date, share: float, start: int, end: int) -> datetime:
    """Return a moment of a day between two of its seconds."""
    second = start + int(share * (end - start))
    return datetime.combine(day, time(second // 3600, second // 60 % 60, second % 60))


class _Days:
    """The days of a month on which a seller works, to draw from by weight."""

    def __init__(self, days: Sequence[date], weekdays: Sequence[float], rush: float) -> None:
        late = set(days[-RUSH_DAYS:])
        self.days = days
        self._sums = list(
            accumulate(weekdays[d.weekday()] * (rush if d in late else 1) for d in days)
        )

    def draw(self, random: Random, part: int = 0, parts: int = 1) -> datetime:
        """Draw a moment of working time; given parts, from that part of the month."""
        share = (part + random.random()) / parts
        place = bisect_right(self._sums, share * self._sums[-1])
        day = self.days[min(place, len(self.days) - 1)]
        return _moment(day, random.random(), OPEN_FROM, OPEN_TO)


class SampleDepartment:
    """Everything that happens in the sample department around a day."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self.today = today
        self._random = Random(SEED)  # noqa: S311 - invented figures, not secrets
        self._calendar = calendar
        self._companies = [
            f"{form} «{first}{last}»"
            for form in FORMS[2:]
            for first in FIRST_PARTS
            for last in LAST_PARTS
        ]

    def working(self, seller: Seller, months: int) -> list[date]:
        """List the days of a month on which a seller works."""
        first, after = month_start(self.today, months), month_start(self.today, months + 1)
        hired = hired_on(seller, self.today)
        away = {
            self.today + timedelta(start + n)
            for name, _, start, length in ABSENCES
            if name == seller.name
            for n in range(length)
        }
        days = self._calendar.working_days(first, after - timedelta(1))
        return [day for day in days if day >= hired and day not in away]

    def deals(self) -> list[SampleDeal]:
        """Invent the deals of the past months, the current and the next, by creation."""
        made = [deal for seller in SELLERS for deal in self._deals_of(seller)]
        first = datetime.combine(month_start(self.today, -MONTHS), time())
        made = [deal for deal in made if deal.closed >= first]
        made.sort(key=lambda deal: deal.created)
        for number, deal in enumerate(made):
            deal.id = 18_200_000 + number * 7
        return made

    def _deals_of(self, seller: Seller) -> Iterator[SampleDeal]:
        random = self._random
        won_created: dict[date, int] = {}
        span = range(-MONTHS - 1, 3)
        for months in span:
            days = self.working(seller, months)
            if not days:
                continue
            closing = _Days(days, CLOSING_DAYS, RUSH)
            count = self._about(expected(seller, self.today, months) / seller.check)
            for number in range(count):  # spread evenly: a month of pure chance looks improbable
                closed = closing.draw(random, number, count)
                created = self._begun(closed, seller)
                first = created.date().replace(day=1)
                won_created[first] = won_created.get(first, 0) + 1
                yield self._deal(seller, created, closed, won=True)
        for months in span:
            days = self.working(seller, months)
            if not days:
                continue
            asking = _Days(days, INQUIRY_DAYS, 1.0)
            wanted = expected(seller, self.today, months) / seller.check / seller.conversion
            lost = self._about(wanted) - won_created.get(month_start(self.today, months), 0)
            for _ in range(max(0, lost)):
                created = asking.draw(random)
                quick = random.random() < 0.78
                days_open = random.random() * 1.1 if quick else random.expovariate(1 / 4)
                closed = created + timedelta(hours=1, days=days_open)
                yield self._deal(seller, created, closed, won=False)

    def _about(self, mean: float) -> int:
        return max(0, round(self._random.gauss(mean, 0.2 * math.sqrt(mean))))

    def _begun(self, closed: datetime, seller: Seller) -> datetime:
        """Go back from a payment to the first touch: three days in the mean, on a working day."""
        random = self._random
        day = closed.date() - timedelta(1 + int(random.gammavariate(2, 1.1)))
        while not self._calendar.is_working(day):
            day -= timedelta(1)
        day = max(day, min(hired_on(seller, self.today), closed.date()))
        end = OPEN_TO if day < closed.date() else closed.hour * 3600
        return _moment(day, random.random(), OPEN_FROM, max(OPEN_FROM + 1, end))

    def _deal(
        self, seller: Seller, created: datetime, closed: datetime, *, won: bool
    ) -> SampleDeal:
        random = self._random
        spread = 0.55
        middle = math.log(seller.check) - spread**2 / 2
        return SampleDeal(
            owner=seller.name,
            created=created.replace(microsecond=0),
            closed=closed.replace(microsecond=0),
            won=won,
            amount=max(1_500, round(random.lognormvariate(middle, spread) / 50) * 50),
            source=_pick(random, SOURCES),
            reason="" if won else _pick(random, LOST_REASONS),
            company=random.choice(self._companies),
            title=random.choice(GOODS),
        )

    def calls(self) -> Iterator[SampleCall]:
        """Invent the calls of the past months up to the current one's end, by seller and day."""
        random = self._random
        for seller in SELLERS:
            for months in range(-MONTHS, 1):
                pace = 1 + 4 * (_extra(seller, months) - 1)
                if seller.ramp:
                    pace = 0.55 + 0.45 * ramp(seller, months) / FULL_SHARE
                for day in self.working(seller, months):
                    for _ in range(max(0, round(random.gauss(seller.calls * pace * 0.9, 5)))):
                        yield self._call(seller, day)

    def _call(self, seller: Seller, day: date) -> SampleCall:
        random = self._random
        incoming = random.random() < 0.38
        answered = random.random() < (0.93 if incoming else 0.7)
        rated = incoming and answered and random.random() < 0.15
        rating = random.choices((5, 4, 3, 2, 1), (58, 27, 9, 4, 2))[0] if rated else None
        return SampleCall(
            at=_moment(day, random.random(), OPEN_FROM, OPEN_TO),
            extension=seller.extension,
            client=f"7000{int(random.random() * 10**7):07}",
            incoming=incoming,
            answered=answered,
            wait=int(3 + 22 * random.random() if answered else 12 + 32 * random.random()),
            talk=max(5, round(random.lognormvariate(5.05, 0.85))) if answered else 0,
            rating=rating,
        )


@cache
def _shares(weighted: Weighted) -> tuple[tuple[str, ...], tuple[int, ...]]:
    return tuple(text for text, _ in weighted), tuple(accumulate(share for _, share in weighted))


def _pick(random: Random, weighted: Weighted) -> str:
    texts, sums = _shares(weighted)
    return texts[bisect_right(sums, random.random() * sums[-1])]
