"""A protocol as JSON and back: what is kept for ever must be readable by every later version.

A Fraction is a string «n/d», days and moments are ISO. A field that a later version adds takes its
default when an older protocol is read; one that is no longer known is passed over.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ropdesk.reports.protocol_model import Protocol

VERSION = 1


def write(protocol: Protocol) -> str:
    """Return a protocol as JSON; the same protocol gives the same text."""
    return json.dumps({"version": VERSION, **_plain(protocol)}, ensure_ascii=False)


def read(text: str) -> Protocol:
    """Return the protocol that JSON tells."""
    made: Protocol = _reader(Protocol)(json.loads(text))
    return made


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what gives a JSON value the type that its field has."""
    if get_origin(kind) is UnionType:
        return _union(frozenset(get_args(kind)))
    if get_origin(kind) is tuple:
        one = _reader(get_args(kind)[0])
        return lambda plain: tuple(map(one, plain))
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    if kind in (date, datetime):
        found: Callable[[str], date] = kind.fromisoformat
        return found
    return _same if kind in (str, int, bool) else kind


def _record(kind: type) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}

    def read_record(plain: dict[str, Any]) -> Any:
        return kind(**{
            name: reader(plain[name]) for name, reader in readers.items() if name in plain
        })  # fmt: skip

    return read_record


def _union(kinds: frozenset[Any]) -> Callable[[Any], Any]:
    """Read one of several types: a number is stored parts, a text beside it an exact ratio."""
    if Fraction in kinds and int in kinds:
        return lambda plain: Fraction(plain) if isinstance(plain, str) else plain
    (one,) = (_reader(kind) for kind in kinds if kind is not NoneType)
    return lambda plain: None if plain is None else one(plain)


def _same(plain: Any) -> Any:
    return plain
