"""What quickens the start must not change what PySide6 does."""

import subprocess
import sys

CODE = """
import gc
from ropdesk.ui.quick_start import quicken
known = quicken()
import ropdesk.ui.theme
from PySide6.QtCore import QObject
thing = QObject()
thing.setObjectName("name")
print(known, thing.objectName(), hasattr(thing, "set_object_name"), gc.isenabled())
"""


def test_names_stay_as_they_are() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "name", "False", "True"]
