import pkgutil
import subprocess
import sys

import ropdesk.exchange

HEAVY = ("pandas", "numpy", "openpyxl", "lxml", "python_calamine", "olefile")


def test_nothing_heavy_is_imported_before_a_file_is_read():
    modules = [
        f"ropdesk.exchange.{each.name}" for each in pkgutil.iter_modules(ropdesk.exchange.__path__)
    ]
    code = f"import sys, {', '.join(modules)}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
