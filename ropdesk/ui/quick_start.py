"""Two habits of the machinery below that cost a third of the window's start, put off or away."""

import gc
import sys
from importlib import import_module

OBJECTS = 50_000  # new containers between two looks for garbage; Python's own 700 suits no import


def quicken() -> bool:
    """Make imports cheap; call before the window's modules are imported.

    PySide6 reads the source text of every module imported after it, to see whether that module
    might switch on one of its alternative ways of naming things (`__feature__`). Nothing here
    does, so it may take every module for one that keeps the names as they are.

    Returns:
        Whether PySide6 still does so; another release may not.
    """
    gc.set_threshold(OBJECTS, 20, 20)
    import_module("PySide6.QtCore")
    feature = sys.modules.get("shibokensupport.feature")
    if feature is None or not hasattr(feature, "_mod_uses_pyside"):
        return False
    feature.__dict__["_mod_uses_pyside"] = _yes
    return True


def _yes(_module: object) -> bool:
    return True
