"""Reckoner runs without Python's sockets, as it does in the bundle."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = ROOT / "packaging" / "bundle" / "absent"

ABSENT = (
    *("_socket", "ssl", "_ssl", "_hashlib", "asyncio", "multiprocessing", "http", "http.client"),
    *("urllib.request", "ftplib", "smtplib", "socketserver", "webbrowser", "readline"),
)
"""Modules that the bundle does not have."""

START = """
import sys
sys.modules.update(dict.fromkeys({absent!r}))
sys.path.insert(0, {stand_in!r})
"""


def run(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter that has no sockets from its first line on."""
    start = START.format(absent=ABSENT, stand_in=str(STAND_IN))
    return subprocess.run(
        [sys.executable, "-c", start + program, *map(str, arguments)],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )


def test_that_every_module_of_the_product_can_be_imported() -> None:
    done = run(
        "import importlib, pkgutil\n"
        "for root in ('pricing', 'desktop'):\n"
        "    package = importlib.import_module(root)\n"
        "    for module in pkgutil.walk_packages(package.__path__, root + '.'):\n"
        "        if not module.name.startswith('pricing.calibration'):\n"
        "            importlib.import_module(module.name)\n"
        "print(sys.modules['socket'].__file__)\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(STAND_IN / "socket.py")


def test_that_a_plan_is_optimised_and_exported(tmp_path: Path) -> None:
    decided, workbook = tmp_path / "decided.reckon", tmp_path / "decided.xlsx"
    sample = ROOT / "resources" / "samples" / "hybrid_routing.reckon"
    program = "from pricing.cli.main import main\nsys.exit(main(sys.argv[1:]))"
    done = run(program, "optimise", sample, "-o", decided, "--seconds", "2")
    assert decided.is_file(), done.stderr
    done = run(program, "export", decided, workbook)
    assert (done.returncode, workbook.is_file()) == (0, True), done.stderr


def test_that_charts_are_drawn_in_every_format(tmp_path: Path) -> None:
    done = run(
        "from matplotlib.figure import Figure\n"
        "figure = Figure()\n"
        "figure.subplots().plot([1, 2, 4])\n"
        "for suffix in ('png', 'svg', 'pdf'):\n"
        "    figure.savefig(f'{sys.argv[1]}/chart.{suffix}')\n",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pdf", ".png", ".svg"]


def test_that_using_a_socket_fails_with_the_reason() -> None:
    for call in ("socket()", "socketpair()"):
        done = run(f"import socket\nsocket.{call}")
        assert done.returncode == 1
        assert "this copy of Reckoner holds nothing that opens a network" in done.stderr
