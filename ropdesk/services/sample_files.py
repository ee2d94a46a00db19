"""The sample's deals and calls as the exports that amoCRM and Sipuni would have written."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from ropdesk.services.sample_data import SEED, SELLERS, STAGES, SampleCall, SampleDeal

DEAL_COLUMNS = (
    "ID", "Название сделки", "Бюджет", "Ответственный", "Дата создания сделки",
    "Кем создана сделка", "Дата редактирования", "Кем редактирована", "Дата закрытия",
    "Теги", "Примечание", "Этап сделки", "Воронка", "Полное имя контакта", "Компания",
    "Источник", "Причина отказа", *(f"Дата этапа «{stage}»" for stage in STAGES),
)  # fmt: skip
CALL_COLUMNS = (
    "Тип", "Статус", "Время", "Схема", "Откуда", "Куда", "Кто ответил",
    "Длительность звонка, сек", "Длительность разговора, сек", "Время ответа, сек", "Оценка",
    "ID записи", "Метка", "Теги", "ID заказа звонка", "Запись существует", "Новый клиент",
)  # fmt: skip
WON, LOST, NOT_CLOSED = "Успешно реализовано", "Закрыто и не реализовано", "не закрыта"
PIPELINE = "Основная воронка"
MOMENT = "%d.%m.%Y %H:%M:%S"
DAY = "%d.%m.%Y"
LOST_AFTER = (44, 72, 90, 100)  # of a hundred lost deals, how many saw no more than so many stages


def write_deals(path: Path, deals: Iterable[SampleDeal], until: datetime, odd: set[int]) -> int:
    """Write the deals known at a moment, as amoCRM exports them; return how many.

    Args:
        odd: ids of won deals whose amount nobody has filled in.
    """
    rows = [_deal(deal, until, deal.id in odd) for deal in deals if deal.created < until]
    _write(path, ",", "utf-8", DEAL_COLUMNS, rows)
    return len(rows)


def _deal(deal: SampleDeal, until: datetime, odd: bool) -> list[str]:
    closed = deal.closed if deal.closed < until else None
    ended = WON if deal.won else LOST
    budget = "" if odd and closed else str(deal.amount)
    edited = closed or min(until, deal.created + timedelta(hours=2))
    return [
        str(deal.id), f"{deal.title}: {deal.company}", budget, deal.owner,
        deal.created.strftime(MOMENT), deal.owner, edited.strftime(MOMENT), deal.owner,
        closed.strftime(MOMENT) if closed else NOT_CLOSED, "", "",
        ended if closed else _stage(deal, until), PIPELINE, "",
        deal.company, deal.source, deal.reason if closed else "", *_stage_days(deal, until),
    ]  # fmt: skip


def _depth(deal: SampleDeal) -> int:
    """Say how many stages a deal will have seen: a lost one rarely gets to the last."""
    if deal.won:
        return len(STAGES)
    drawn = deal.id * 2_654_435_761 % 2**32 % 100
    return next(depth for depth, below in enumerate(LOST_AFTER, 1) if drawn < below)


def _stage(deal: SampleDeal, until: datetime) -> str:
    """Say how far an open deal has come: by the share of its life that has passed."""
    depth = _depth(deal)
    share = (until - deal.created) / (deal.closed - deal.created)
    return STAGES[min(depth - 1, int(share * depth))]


def _stage_days(deal: SampleDeal, until: datetime) -> list[str]:
    """Say when a deal came to each stage, as far as it has come: its life in equal parts."""
    depth = _depth(deal)
    life = (deal.closed - deal.created) / depth
    moments = [deal.created + life * number for number in range(depth)]
    days = [moment.strftime(DAY) for moment in moments if moment < until]
    return days + [""] * (len(STAGES) - len(days))


def write_calls(path: Path, calls: Iterable[SampleCall]) -> int:
    """Write calls as Sipuni exports them; return how many."""
    names = {seller.extension: f"{seller.extension} ({seller.name})" for seller in SELLERS}
    rows = [_call(call, names[call.extension]) for call in sorted(calls, key=lambda c: c.at)]
    _write(path, ";", "utf-8-sig", CALL_COLUMNS, rows)
    return len(rows)


def _call(call: SampleCall, member: str) -> list[str]:
    incoming, line = call.incoming, "74950000000"
    return [
        "Входящий" if incoming else "Исходящий",
        "Отвечен" if call.answered else "Не отвечен",
        call.at.strftime(MOMENT), "Отдел продаж",
        call.client if incoming else member, line if incoming else call.client,
        member, str(call.wait + call.talk), str(call.talk),
        str(call.wait), "" if call.rating is None else str(call.rating),
        "", "", "", "", "1" if call.answered else "0", "",
    ]  # fmt: skip


def odd_deals(deals: Iterable[SampleDeal], day: date, days: int, count: int) -> set[int]:
    """Choose a few deals won within some days before a day, whose amount was not filled in."""
    recent = [deal.id for deal in deals if deal.won and 0 < (day - deal.closed.date()).days <= days]
    return set(Random(SEED).sample(recent, min(count, len(recent))))  # noqa: S311 - invented


def _write(
    path: Path, delimiter: str, encoding: str, head: Iterable[str], rows: Iterable[list[str]]
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(head)
        writer.writerows(rows)


def until_now(calls: Iterable[SampleCall], first: datetime, now: datetime) -> Iterator[SampleCall]:
    """Keep the calls of a span, its end not included."""
    return (call for call in calls if first <= call.at < now)
