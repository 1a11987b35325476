"""The Qt binding itself: the pinned version must not lose references."""

import subprocess
import sys

SCRIPT = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(200_000):
    label.setText("a" if number % 2 else "b")
print("survived")
"""


def test_that_200_000_void_calls_do_not_abort_the_process() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to None per void call and aborts."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "survived" in done.stdout
