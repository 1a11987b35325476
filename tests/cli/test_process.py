"""The installed command among other processes: pipes, signals, locales, start-up."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, process

COMMANDS = ("new", "evaluate", "compare", "explain", "export", "workload", "serving",
            "catalogue", "cases", "schema")  # fmt: skip


def test_that_a_reader_that_leaves_early_causes_no_noise(plan: Path) -> None:
    for arguments in (f"evaluate {plan} --json --no-volume", f"explain {plan} --list", "--help"):
        script = f"set -o pipefail; '{COMMAND}' {arguments} | head -1; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.stderr == ""
        assert done.stdout.splitlines()[-1] in {"0", "141"}


def test_that_a_reader_that_is_gone_before_the_first_word_gives_141(plan: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run(
            [COMMAND, "explain", plan, "--list"], stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_that_a_full_disk_is_told(plan: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "evaluate", plan, "--no-volume"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"could not be written: No space left on device." in done.stderr
    assert b"Traceback" not in done.stderr


def test_that_output_is_utf8_in_the_c_locale(plan: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    answer = process("evaluate", plan, "--no-volume", env=plain)
    assert answer.code == 0
    assert "客服 assistants" in answer.out
    answer = process("evaluate", "没有.reckon", env=plain)
    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_that_ctrl_c_stops_a_long_read_with_130_and_a_progress_line_before(tmp_path: Path) -> None:
    log = tmp_path / "long.csv"
    rows = "2027-01-04 10:00:00.123,1200,300\n" * 20000
    log.write_text("TIMESTAMP,ContextTokens,GeneratedTokens\n" + rows * 60, encoding="utf-8")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(COMMAND, [str(COMMAND), "workload", str(log), "-o", str(tmp_path / "p.reckon")])
    shown = _read_until(terminal, b"%", 30)
    os.write(terminal, b"\x03")
    shown += _read_until(terminal, b"Stopped.", 30)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert b"Reading long.csv" in shown
    assert b"Traceback" not in shown
    assert not (tmp_path / "p.reckon").exists()


def _read_until(terminal: int, mark: bytes, seconds: float) -> bytes:
    shown, end = b"", time.monotonic() + seconds
    while mark not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
    return shown


def test_that_an_interrupt_by_signal_gives_130_without_a_traceback(tmp_path: Path) -> None:
    log = tmp_path / "long.csv"
    rows = "2027-01-04 10:00:00.123,1200,300\n" * 20000
    log.write_text("TIMESTAMP,ContextTokens,GeneratedTokens\n" + rows * 60, encoding="utf-8")
    with subprocess.Popen(
        [COMMAND, "workload", log, "-o", tmp_path / "p.reckon"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"Stopped.\n")


def test_that_closed_streams_and_odd_file_names_cause_no_traceback(plan: Path) -> None:
    for script, code in (
        (f"'{COMMAND}' evaluate '{plan}' --no-volume >&-", 0),
        (f"'{COMMAND}' evaluate gone.reckon 2>&-", 1),
        (f"'{COMMAND}' evaluate gone.reckon >&- 2>&-", 1),
        (f"'{COMMAND}' evaluate $'\\xff.reckon'", 1),
    ):
        done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=60, check=False)
        assert done.returncode == code, script
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr


def test_that_help_does_not_load_what_is_slow() -> None:
    script = (
        "import sys\n"
        "from pricing.cli.main import main\n"
        "assert main(['--help']) == 0\n"
        "slow = {'numpy', 'pydantic', 'xlsxwriter', 'openpyxl'} & set(sys.modules)\n"
        "assert not slow, slow\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", COMMANDS)
def test_that_every_command_has_help_with_examples(name: str) -> None:
    answer = process(name, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert f"  reckoner {name}" in answer.out.partition("examples:")[2]


def test_that_the_version_is_that_of_the_package() -> None:
    answer = process("--version")
    assert (answer.code, answer.out) == (0, "reckoner 0.1.0\n")
