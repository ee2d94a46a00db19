"""Customers as people name them: the words by which one is found again in a deal's title."""

import re
from functools import lru_cache

_FORMS = re.compile("ооо|[опзн]?ао|ип|чп|тоо|ф?гуп|муп|[мг]бу|нко|ано|кфх|тд|гк|llc|ltd|inc|gmbh")
# Case endings, the longest first, and how many letters are left of a word without one.
_ENDINGS = re.compile(
    "([а-я]{4,}?)(?:[ая]ми|[ои]го|его|[ое]му|[ыи]ми|и[яе][мх]|[ая][хм]|[ое][вмй]|[иы][йхм]|ую|юю"
    "|ая|яя|[оеи]е|ые|и[яю]|ии)|([а-я]{3,}?)[аяоеуюыиьй]"
)


def _stem(word: str) -> str:
    """Cut Russian case endings off, so that «Ромашки» is «Ромашка» and «Иванову» is «Иванов».

    At least three letters stay; words with a digit or a Latin letter do not decline.
    """
    cut = _ENDINGS.fullmatch(word)
    while cut:
        word = cut[1] or cut[2]
        cut = _ENDINGS.fullmatch(word)
    return word


@lru_cache(maxsize=65_536)
def customer_words(text: str) -> frozenset[str]:
    """Bring a customer's name to the words by which it is found in a deal's title.

    Case, ё, quotes, punctuation, the legal form (ООО, АО, ИП …) and the ending of a Russian word
    do not matter. A name that is nothing but a legal form keeps it.
    """
    words = re.findall(r"[^\W_]+", text.casefold().replace("ё", "е"))
    return frozenset(_stem(word) for word in words if not _FORMS.fullmatch(word)) or frozenset(
        words
    )


def names(customer: str, title: str) -> bool:
    """Tell whether a deal's title names a customer: every word of the name is in it."""
    wanted = customer_words(customer)
    return bool(wanted) and wanted <= customer_words(title)
