"""The exports we know: column names, stages and quirks, collected from programs that read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A known export.

    Attributes:
        code: as in ``--preset``.
        title: the product's name, the same in every language.
        kind: ``"deals"`` or ``"calls"``.
        needs: the export is recognised when each group has one of its names in the header.
        fields: field to the names its column goes by, the preferred one first.
        won, lost: names of closed stages.
        repeated: what rows of one deal mean: ``"first"``, ``"sum"`` or None (the data decides).
        closed_is_expected: the closing column is a plan while a deal is open.
        caller, callee: columns that name our side of an outgoing and of an incoming call, when
            no column always holds the member.
        identity: columns that tell calls apart where the export has no id.
    """

    code: str
    title: str
    kind: str
    needs: tuple[Names, ...]
    fields: Mapping[str, Names]
    won: Names = ()
    lost: Names = ()
    repeated: str | None = None
    closed_is_expected: bool = False
    caller: Names = ()
    callee: Names = ()
    identity: Names = field(default=())


AMOCRM = Preset(
    code="amocrm",
    title="amoCRM",
    kind="deals",
    needs=(
        ("Название сделки",),
        ("Этап сделки", "Статус сделки"),
        ("Бюджет", "Бюджет сделки"),
        ("Ответственный", "Ответственный за сделку"),
    ),
    fields={
        "id": ("ID", "ID сделки"),
        "title": ("Название сделки",),
        "owner": ("Ответственный", "Ответственный за сделку"),
        "stage": ("Этап сделки", "Статус сделки"),
        "amount": ("Бюджет", "Бюджет сделки"),
        "created": ("Дата создания сделки", "Дата создания"),
        "closed": ("Дата закрытия", "Дата закрытия сделки"),
        # Contact fields come first in the export, so the second one of a name is the deal's.
        "source": ("Источник (2)", "Источник сделки", "Источник", "utm_source"),
        "pipeline": ("Воронка", "Направление"),
        "lost_reason": ("Причина отказа", "Причина закрытия", "Причина отказа сделки"),
        "stage_since": ("Дата перехода на этап", "Дата изменения этапа", "Дата смены этапа"),
    },
    won=("Успешно реализовано",),
    lost=("Закрыто и не реализовано",),
)

BITRIX24 = Preset(
    code="bitrix24",
    title="Bitrix24",
    kind="deals",
    needs=(
        ("Стадия сделки", "Стадия"),
        ("Название сделки", "Тип", "Направление", "Воронка"),
        ("Сумма",),
        ("Ответственный",),
        ("ID",),
    ),
    fields={
        "id": ("ID",),
        "title": ("Название сделки", "Название"),
        "owner": ("Ответственный",),
        "stage": ("Стадия сделки", "Стадия"),
        "amount": ("Сумма",),
        "created": ("Дата создания", "Дата начала"),
        "closed": ("Дата закрытия", "Предполагаемая дата закрытия", "Дата завершения"),
        "source": ("Источник", "UTM Source"),
        "pipeline": ("Воронка", "Направление"),
        "lost_reason": ("Причина отказа", "Причина провала"),
        "stage_since": (
            "Дата изменения стадии", "Дата перехода на стадию", "Дата смены стадии", "MOVED_TIME",
        ),
    },
    won=("Сделка успешна", "Закрыто и реализовано", "Успешно реализовано"),
    lost=(
        "Сделка провалена", "Анализ причины провала", "Закрыто и не реализовано",
        "Проанализировать причину провала",
    ),
    repeated="first",
    closed_is_expected=True,
)  # fmt: skip

SIPUNI = Preset(
    code="sipuni",
    title="Sipuni",
    kind="calls",
    needs=(
        ("Тип",),
        ("Статус",),
        ("Время",),
        ("Откуда",),
        ("Куда",),
        ("Длительность разговора, сек", "Длительность разговора"),
    ),
    fields={
        "started": ("Время",),
        "direction": ("Тип",),
        "answered": ("Статус",),
        "wait": ("Время ответа, сек", "Время ответа"),
        "talk": ("Длительность разговора, сек", "Длительность разговора"),
        "rating": ("Оценка",),
    },
    caller=("Откуда",),
    callee=("Кто разговаривал", "Кто ответил", "Кому звонили", "Ответственный из CRM"),
    identity=("Время", "Тип", "Откуда", "Куда"),
)

MEGAFON = Preset(
    code="megafon",
    title="MegaFon",
    kind="calls",
    needs=(("Тип звонка",), ("Сотрудник",), ("Клиент",), ("Дата",)),
    fields={
        "member": ("Сотрудник",),
        "date": ("Дата",),
        "time": ("Время",),
        "direction": ("Тип звонка",),
        "answered": ("Тип звонка",),
        "wait": ("Ожидание",),
        "talk": ("Длительность",),
    },
    identity=("Тип звонка", "Клиент", "Дата", "Время"),
)

MEGAFON_API = Preset(
    code="megafon_api",
    title="MegaFon API",
    kind="calls",
    needs=(("uid",), ("type",), ("client",), ("account",), ("start",), ("duration",)),
    fields={
        "id": ("uid",),
        "member": ("account",),
        "started": ("start",),
        "direction": ("type",),
        "answered": ("type",),
        "wait": ("wait",),
        "talk": ("duration",),
    },
)

UIS = Preset(
    code="uis",
    title="UIS",
    kind="calls",
    needs=(("Статус",), ("Тип",), ("Дата и время",), ("Номер абонента",), ("Длительность звонка",)),
    fields={
        "member": ("Сотрудник", "Сотрудники"),
        "started": ("Дата и время",),
        "direction": ("Тип",),
        "answered": ("Статус",),
        "wait": ("Длительность ожидания ответа",),
        "talk": ("Длительность разговора", "Длительность звонка"),
    },
    identity=("Дата и время", "Тип", "Номер абонента"),
)

ONLINEPBX = Preset(
    code="onlinepbx",
    title="OnlinePBX",
    kind="calls",
    needs=(("Тип звонка",), ("Кто",), ("Кому",), ("Дата",), ("Время разговора",)),
    fields={
        "started": ("Дата",),
        "direction": ("Тип звонка",),
        "answered": ("Тип звонка",),
        "talk": ("Время разговора",),
    },
    caller=("Кто",),
    callee=("Кому",),
    identity=("Дата", "Тип звонка", "Кто", "Кому"),
)

SBIS = Preset(
    code="sbis",
    title="SBIS",
    kind="calls",
    needs=(("Начало звонка",), ("Сотрудник",), ("Результат звонка",), ("Направление звонка",)),
    fields={
        "member": ("Сотрудник",),
        "started": ("Начало звонка",),
        "direction": ("Направление звонка",),
        "answered": ("Результат звонка",),
        "wait": ("Время ожидания",),
        "talk": ("Время разговора",),
    },
    identity=("Начало звонка", "Направление звонка", "Сотрудник"),
)

ASTERISK = Preset(
    code="asterisk",
    title="Asterisk",
    kind="calls",
    needs=(
        ("Uniqueid",),
        ("Направление",),
        ("Статус",),
        ("Время поступления",),
        ("Длительность разговора",),
    ),
    fields={
        "id": ("Uniqueid",),
        "started": ("Время поступления",),
        "direction": ("Направление",),
        "answered": ("Статус",),
        "talk": ("Длительность разговора",),
    },
    caller=("Кто звонил",),
    callee=("Кто ответил",),
)

PRESETS: tuple[Preset, ...] = (
    AMOCRM, BITRIX24, SIPUNI, MEGAFON, MEGAFON_API, UIS, ONLINEPBX, SBIS, ASTERISK,
)  # fmt: skip

_OTHER_KNOWN: Names = (
    "Дата редактирования", "Кем редактирована", "Кем создана сделка", "Теги", "Примечание",
    "Полное имя контакта", "Компания контакта", "Компания", "Рабочий телефон", "Мобильный телефон",
    "Город", "Должность", "Товар", "Основной контакт", "Валюта", "Дата изменения", "Комментарий",
    "Контакт", "Контакт: Имя", "UTM Source", "UTM Medium", "UTM Campaign", "ID схемы звонка",
    "Схема", "Исходящая линия", "Кому звонили", "Кто разговаривал", "Кто ответил", "ID записи",
    "Метка", "ID заказа звонка", "Запись существует", "Новый клиент", "Через", "Переадресация",
    "Внешний номер", "Продолжительность", "Кто звонил", "Куда звонил", "Номер абонента", "Клиент",
    "Длительность звонка, сек", "via", "record", "Полная длительность",
)  # fmt: skip

KNOWN_COLUMNS: frozenset[str] = frozenset(
    name
    for preset in PRESETS
    for names in (*preset.needs, *preset.fields.values(), preset.caller, preset.callee)
    for name in names
) | frozenset(_OTHER_KNOWN)
