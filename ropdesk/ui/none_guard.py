"""Keeps Python alive under PySide6 6.12 on Python 3.11.

PySide6 6.12.0 gives back one reference to `None` too many on every call of a Qt method that
returns nothing; before Python 3.12 (which never counts references to `None`) the interpreter
dies of it after some ten thousand calls: «none_dealloc: deallocating None». PySide6 6.11 is
sound. Lending `None` more references than a program can lose in its life is harmless.
"""

import sys

LENT = 1 << 60


def protect_none() -> bool:
    """Lend `None` its references where they would run out; says whether it was needed."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) > LENT // 2:
        return False
    import ctypes

    ctypes.c_ssize_t.from_address(id(None)).value += LENT
    return True
