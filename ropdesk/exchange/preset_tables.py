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

# Words in headers of files that no preset knows, best first; a header equal to one beats a header
# that only contains one.
SYNONYMS: Mapping[str, Mapping[str, Names]] = {
    "deals": {
        "id": (
            "id",
            "id сделки",
            "номер сделки",
            "код сделки",
            "№ сделки",
            "opportunity_id",
            "opportunity id",
            "deal id",
            "deal_id",
            "order id",
            "номер заказа",
            "номер",
            "salesordernumber",
            "order number",
            "код",
            "№",
        ),
        "title": (
            "название сделки",
            "название",
            "сделка",
            "тема",
            "title",
            "deal name",
            "deal",
            "opportunity name",
            "name",
            "наименование",
        ),
        "owner": (
            "ответственный",
            "ответственный менеджер",
            "менеджер",
            "сотрудник",
            "продавец",
            "sales_agent",
            "sales agent",
            "owner",
            "deal owner",
            "employee",
            "salesperson",
            "sales rep",
            "manager",
            "seller",
            "agent",
            "assigned to",
            "исполнитель",
        ),
        "stage": (
            "этап сделки",
            "стадия сделки",
            "этап",
            "стадия",
            "статус сделки",
            "deal_stage",
            "deal stage",
            "stage",
            "статус",
            "status",
            "состояние",
        ),
        "amount": (
            "бюджет",
            "сумма сделки",
            "сумма",
            "close_value",
            "close value",
            "amount",
            "value",
            "deal value",
            "budget",
            "revenue",
            "выручка",
            "стоимость",
            "оплата",
            "поступление",
            "total",
            "price",
            "sales",
        ),
        "created": (
            "дата создания сделки",
            "дата создания",
            "создана",
            "создано",
            "engage_date",
            "engage date",
            "created",
            "created_at",
            "created at",
            "create date",
            "date created",
            "дата заявки",
            "дата обращения",
            "начало",
            "дата начала",
            "start date",
            "orderdate",
        ),
        "closed": (
            "дата закрытия",
            "дата закрытия сделки",
            "закрыта",
            "close_date",
            "close date",
            "closed",
            "closed_at",
            "closed at",
            "дата оплаты",
            "дата завершения",
            "дата продажи",
            "предполагаемая дата закрытия",
            "date closed",
            "payment date",
        ),
        "source": ("источник сделки", "источник", "канал", "lead source", "source", "utm_source"),
        "pipeline": ("воронка", "направление", "pipeline", "funnel"),
        "lost_reason": (
            "причина отказа",
            "причина закрытия",
            "причина потери",
            "причина проигрыша",
            "lost reason",
            "loss reason",
            "lost_reason",
        ),
    },
    "calls": {
        "id": (
            "id звонка",
            "call id",
            "call_id",
            "uniqueid",
            "uid",
            "id",
            "номер звонка",
            "идентификатор звонка",
        ),
        "member": (
            "сотрудник",
            "менеджер",
            "оператор",
            "ответственный",
            "agent",
            "operator",
            "employee",
            "member",
            "кто ответил",
            "кто разговаривал",
            "user",
            "account",
        ),
        "started": (
            "дата и время",
            "дата/время",
            "начало звонка",
            "время звонка",
            "время начала",
            "время поступления",
            "started",
            "start time",
            "start",
            "datetime",
            "date time",
            "date/time",
            "timestamp",
        ),
        "date": ("дата", "дата звонка", "date", "call date", "day", "день"),
        "time": ("время", "time", "call time"),
        "direction": (
            "направление звонка",
            "направление",
            "тип звонка",
            "тип",
            "direction",
            "call type",
            "type",
        ),
        "answered": (
            "результат звонка",
            "статус звонка",
            "статус",
            "результат",
            "answered (y/n)",
            "answered",
            "отвечен",
            "принят",
            "status",
            "result",
            "disposition",
        ),
        "wait": (
            "длительность ожидания ответа",
            "время ответа, сек",
            "время ответа",
            "ожидание",
            "время ожидания",
            "speed of answer in seconds",
            "speed of answer",
            "wait",
            "wait time",
            "waiting time",
            "queue time",
            "ring time",
        ),
        "talk": (
            "длительность разговора, сек",
            "длительность разговора",
            "время разговора",
            "avgtalkduration",
            "talk duration",
            "talk time",
            "talk",
            "длительность звонка",
            "длительность вызова",
            "длительность",
            "продолжительность",
            "duration",
            "billsec",
        ),
        "rating": (
            "оценка",
            "оценка клиента",
            "satisfaction rating",
            "rating",
            "csat",
            "score",
            "балл",
        ),
    },
    "facts": {
        "member": (
            "сотрудник",
            "менеджер",
            "ответственный",
            "member",
            "employee",
            "employeeid",
            "manager",
            "sales_agent",
            "salesperson",
            "agent",
            "имя",
            "фио",
            "name",
        ),
        "day": ("день", "дата", "day", "date"),
        "month": ("месяц", "month", "период", "period", "targetmonth", "target month"),
        "metric": ("показатель", "метрика", "metric", "kpi", "indicator"),
        "value": (
            "значение",
            "факт",
            "план",
            "value",
            "amount",
            "сумма",
            "targetamount",
            "target amount",
            "target",
            "plan",
            "fact",
            "количество",
            "цель",
        ),
    },
    "members": {
        "name": (
            "фио",
            "имя",
            "сотрудник",
            "менеджер",
            "name",
            "full name",
            "salesperson",
            "sales_agent",
            "sales agent",
            "employee",
            "member",
            "ф.и.о.",
        ),
        "alias": (
            "псевдоним",
            "логин",
            "код",
            "alias",
            "login",
            "upn",
            "employeeid",
            "employeekey",
            "id",
            "email",
            "e-mail",
            "табельный номер",
            "внутренний номер",
        ),
        "position": ("должность", "position", "title", "job title", "role"),
        "hired": ("принят", "дата приема", "дата найма", "hired", "hire date", "hired_at"),
        "left": ("уволен", "дата увольнения", "left", "termination date", "fired"),
    },
}

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
