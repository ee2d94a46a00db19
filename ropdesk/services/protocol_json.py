"""A protocol as JSON and back: what is kept for ever must be readable by every later version.

A Fraction is a string «n/d», days and moments are ISO. A field that a later version adds takes its
default when an older protocol is read; one that is no longer known is passed over.
"""

import json
from collections.abc import Mapping
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
    plain: dict[str, Any] = json.loads(text)
    known = _hints(Protocol)
    return Protocol(**{
        name: _value(known[name], each) for name, each in plain.items() if name in known
    })  # fmt: skip


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
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, plain: Any) -> Any:
    """Give a JSON value the type that its field has."""
    if plain is None:
        return None
    if get_origin(kind) is UnionType:
        return _value(_chosen([part for part in get_args(kind) if part is not NoneType], plain),
                      plain)  # fmt: skip
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in plain)
    if is_dataclass(kind) and isinstance(kind, type):
        known = _hints(kind)
        return kind(**{name: _value(known[name], each) for name, each in plain.items()
                       if name in known})  # fmt: skip
    if kind in (date, datetime):
        return kind.fromisoformat(plain)
    return kind(plain)


def _chosen(parts: list[Any], plain: Any) -> Any:
    """Choose between the types of a union: a number is stored parts, a text an exact ratio."""
    if Fraction in parts and int in parts:
        return Fraction if isinstance(plain, str) else int
    return parts[0]
