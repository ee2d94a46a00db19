import subprocess
import sys


def test_a_long_day_of_painting_does_not_kill_the_interpreter():
    code = (
        "from PySide6.QtWidgets import QApplication, QWidget; app = QApplication([]);"
        "from ropdesk.ui import theme;"
        "w = QWidget();\nfor n in range(300_000): w.update()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
