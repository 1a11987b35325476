"""What starting the window costs."""

import subprocess
import sys


def test_that_starting_imports_nothing_that_can_wait() -> None:
    script = (
        "import sys, desktop.main\n"
        "print([n for n in ('matplotlib', 'openpyxl', 'xlsxwriter', 'pandas') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
