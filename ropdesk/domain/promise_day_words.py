"""How days and hours are said in the promise line: the patterns of their words."""

import re

from ropdesk.domain.promise_numbers import ORDINAL

_UNTIL = (
    r"(?:(?:(?:крайний +)?срок|дедлайн|deadline)(?: *[:-] *| +)(?:(?:до|к) +)?"
    r"|(?:не (?:позже|позднее)(?: чем)?|самое позднее|(?:вплоть )?до|ко?|по"
    r"|by|until|till|before) +)"
)
_BEFORE = (
    rf"(?:(?P<until>(?<!\w){_UNTIL})|(?P<odd>(?<!\w)(?:с|со|после|from|after|since|не раньше) +)"
    r"|(?P<on>(?<!\w)(?:уже )?(?:в|во|на|on|это|this) +))?"
)
_END = r"(?!\w)(?: +включительно)?"
MONTHS = (
    r"янв(?:ар[яьюе])?|jan(?:uary)?", r"фев(?:р(?:ал[яьюе])?)?|feb(?:ruary)?",
    r"мар(?:т[ауе]?)?|mar(?:ch)?", r"апр(?:ел[яьюе])?|apr(?:il)?", r"ма[яйюе]|may",
    r"июн[яьюе]?|june?", r"июл[яьюе]?|july?", r"авг(?:уст[ауе]?)?|aug(?:ust)?",
    r"сент?(?:ябр[яьюе])?|sept?(?:ember)?", r"окт(?:ябр[яьюе])?|oct(?:ober)?",
    r"ноя(?:б(?:р[яьюе])?)?|nov(?:ember)?", r"дек(?:абр[яьюе])?|dec(?:ember)?",
)  # fmt: skip
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\.?"
WEEKDAYS = (
    r"понедельник[ауе]?|пн|пон|mon(?:day)?", r"вторник[ауе]?|вт|tue(?:s(?:day)?)?",
    r"сред[аеуы]|ср|wed(?:nesday)?", r"четверг[ауе]?|чт|thu(?:rs(?:day)?)?",
    r"пятниц[аеуы]|пт|fri(?:day)?", r"суббот[аеуы]|сб|sat(?:urday)?",
    r"воскресень[яею]|вс|sun(?:day)?",
)  # fmt: skip
_ENGLISH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\.?"
NEXT = r"следующ\w+|след\.?|будущ\w+|next"
_THIS = r"эт\w+|ближайш\w+|текущ\w+|this|coming"
_SPAN = (
    r"(?P<span>рабочей недели|недел[яиеью]|месяц[ае]?|квартал[ае]?|года|году"
    r"|week|month|quarter|year)"
)
_NOT_AMOUNT = (
    r"(?! *(?:к\b|k\b|кк|тыс|тыщ|т\.? ?р|тр\b|млн|м\b|m\b|лям|руб|р\b|₽|%|мин|ч\b|час"
    r"|шт))"
)
_CLOCK = rf"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d|-(?:00|30))(?![\d.,]*\d){_NOT_AMOUNT}"
HOUR = re.compile(
    r"(?<![\w.,])(?:(?:не позже|до|ко?|в|с|после|around|at|by|before|until|till|after) +"
    rf"(?:{_CLOCK}(?: ?ч(?:ас\w*|\.)?)?|\d{{1,2}} ?(?:час\w*|ч\b\.?)|\d{{1,2}} ?(?:am|pm))"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d"
    r"|через +(?:(?:пол|пару|\d+|два|три) ?)?час\w*"
    r"|(?:до|ко?|в|после|перед|by|before|after) +(?:обед\w*|вечер\w*|полудн\w*|полудня|lunch|noon)"
    r"|(?:(?:к|в|до) +)?\d{1,2} +(?:утра|вечера)|(?:к|в|до) +\d{1,2} +дня"
    r"|утром|с +утра|до утра|днем|вечером|в +течение +дня|за +день"
    r"|(?:в|до) (?:конца )?перв\w+ половин\w+ дня"
    r"|(?:во|в) втор\w+ половин\w+ дня|tonight|in the (?:morning|evening|afternoon)"
    r"|(?:до|к|в) +конц[ауе] +(?:рабочего +)?дня|(?:by +)?(?:the +)?end of (?:the +)?day"
    r"|(?:by +)?(?:eod|cob))(?!\w)"
)
MORNING = ("утром", "с утра", "до утра", "in the morning")


# A day's words and which of `promise_dates` reads them; an earlier pattern takes its words first.
PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_BEFORE + r"(?<!\w)" + pattern + _END), kind)
    for pattern, kind in (
        (r"(?<![\d.,])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", "full"),
        (
            r"(?<![\d.,])(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})"
            r"(?: ?г(?:ода|\.)?)?(?![\d])", "full",
        ),
        (
            rf"(?<![\d.,])(?P<day>\d{{1,2}}|{ORDINAL})(?:-?(?:го|му|ого|ому|е|th|st|nd|rd))?"
            rf" ?(?:of )?{_MONTH}(?: +(?P<year>20\d\d)(?: ?г(?:ода|\.)?)?)?", "named",
        ),
        (
            rf"{_ENGLISH} +(?P<day>\d{{1,2}})(?:th|st|nd|rd)?(?![\d.,]*\d){_NOT_AMOUNT}"
            rf"(?:,? +(?P<year>20\d\d))?", "named",
        ),
        (
            rf"(?<![\d.,])(?P<day>\d{{1,2}})[./](?P<month>\d{{1,2}})(?![\d.,]*\d){_NOT_AMOUNT}",
            "short",
        ),
        (
            r"(?<![\d.,])(?:the )?(?P<day>\d{1,2})-?(?:го|му|ого|ому|th|st|nd|rd)(?: +числ\w+)?",
            "day_of_month",
        ),
        (rf"(?<![\d.,])(?P<day>\d{{1,2}}|{ORDINAL})(?:-?е)? +числ\w+", "day_of_month"),
        (rf"(?P<day>{ORDINAL})", "spoken_day"),
        (rf"(?<![\d.,])(?P<day>\d{{1,2}})(?![.,:/-]?\d)(?! ?\d{{3}}){_NOT_AMOUNT}", "bare_day"),
        (
            r"(?P<word>послезавтра|day after tomorrow|завтрашн\w+(?: дн\w+)?|завтра|сегодняшн\w+"
            r"(?: дн\w+)?|сегодня|вчера|tomorrow|tmrw?|today|yesterday)", "relative",
        ),
        (
            r"(?P<way>через|in) +(?P<count>(?:пару|a couple of|an?|\d+|[а-яa-z]+) +)?"
            r"(?P<unit>(?:рабоч\w+ +|working +|business +)?(?:дн\w+|день|days?)|недел\w+|weeks?"
            r"|месяц\w*|months?)", "after",
        ),
        (
            r"(?P<way>(?!))?(?:за|в +течение|within) +(?P<count>(?:пару|\d+|[а-яa-z]+) +)"
            r"(?P<unit>(?:рабоч\w+ +)?(?:дн\w+|days?)|недел\w+|weeks?|месяц\w*|months?)", "after",
        ),
        (
            rf"(?:(?P<which>{NEXT}|{_THIS}) +)?{_WEEKDAY}"
            rf"(?P<of_next>,? +(?:на )?(?:следующ\w+|след\.?|будущ\w+) +недел\w+|,? +next +week)?",
            "weekday",
        ),
        (rf"(?:конц[ауе]|конец|(?:the )?end of) +{_MONTH}", "end_of_month"),
        (
            rf"(?P<part>конц[ауе]|конец|начал\w|середин\w|(?:the )?end of(?: the)?) +"
            rf"(?:(?P<which>{NEXT}|{_THIS}) +)?{_SPAN}", "end_of",
        ),
        (r"(?:на|за|в +течение) +той +недел\w+", "vague_week"),
        (r"нов(?:ого|ому|ым|ый) +год(?:а|у|ом)?", "new_year"),
        (
            rf"(?:(?:на|за|в|в +течение|within) +)?(?P<which>{NEXT}|{_THIS}) +"
            r"(?P<span>недел\w+|месяц\w*|квартал\w*|week|month|quarter)", "end_of",
        ),
        (
            r"(?P<which>(?!))?(?:на +(?=неделе)|(?P<within>за|в +течение) +)"
            r"(?P<span>недел[юеи]|месяца?)", "end_of",
        ),
        (rf"(?:в|in) +{_MONTH}", "end_of_month"),
    )
)  # fmt: skip
