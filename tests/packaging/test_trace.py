"""Sockets are read from what strace writes, and nothing that opens one goes unseen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from audit.trace import main, read_trace

X11 = '9 connect(4, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X77"}, 21) = 0'
END = "9 +++ exited with 0 +++"


def problems(*lines: str, bus: str | None = None) -> tuple[str, ...]:
    return read_trace([*lines, END], bus).problems


def test_that_the_display_and_pairs_with_itself_are_no_problem() -> None:
    traced = read_trace(
        [
            "9 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 4",
            X11,
            '9 connect(5, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 20) = 0',
            "9 socketpair(AF_UNIX, SOCK_STREAM, 0, [6, 7]) = 0",
            '9 recvmsg(4, {msg_name=NULL, msg_iov=[{iov_base="x", iov_len=1}]}, 0) = 1',
            "9 getsockname(4, {sa_family=AF_UNIX}, [128 => 2]) = 0",
            END,
        ]
    )
    assert traced.problems == ()
    assert traced.opened == {
        "AF_UNIX": 1,
        "AF_UNIX pair": 1,
        "peer @/tmp/.X11-unix/X77": 1,
        "peer /tmp/.X11-unix/X0": 1,
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("9 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3", "AF_INET"),
        ("9 socket(AF_INET6, SOCK_DGRAM <unfinished ...>", "AF_INET6"),
        ("9 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = -1 EPERM (Not permitted)", "AF_NETLINK"),
        ("[pid    9] socket(AF_PACKET, SOCK_RAW, 768) = 3", "AF_PACKET"),
        ("9 socket(0x1f /* AF_??? */, SOCK_RAW, 1) = 3", "unknown family"),
        ('9 connect(3, {sa_family=AF_INET, sin_port=htons(443)}, 16) = -1 EINPROGRESS', "AF_INET"),
        ('9 connect(3, {sa_family=AF_UNIX, sun_path="/run/other"}, 99) = 0', "/run/other"),
        ('9 connect(3, {sa_family=AF_UNIX, sun_path="/run/other"}, 99 <unfinished ...>', "/run/o"),
        ('9 sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53)}, 16) = 1', "AF_INET"),
        ("9 bind(3, {sa_family=AF_UNIX, sun_path=@\"/tmp/mine\"}, 12) = 0", "waiting"),
        ("9 listen(3, 5) = 0", "waiting"),
        ("9 io_uring_setup(8, 0x7ffc) = 3", "io_uring"),
        ("9 socketcall(1, 0xff) = 3", "unknown call"),
        ('9 execve("/usr/bin/dbus-launch", ["dbus-launch"], 0x1) = -1 ENOENT', "dbus-launch"),
        ("strace: Process 9 attached", "not understood"),
        ("9 +++ killed by SIGSEGV +++", "SIGSEGV"),
    ],
)  # fmt: skip
def test_that_anything_else_is_a_problem(line: str, said: str) -> None:
    found = problems(line)
    assert len(found) == 1
    assert said in found[0]


def test_that_sending_without_an_address_uses_a_socket_already_judged() -> None:
    assert problems('9 sendto(4, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1') == ()
    assert problems("9 sendfile(9, 8, [0] => [25672], 8388608) = 25672") == ()


def test_that_the_session_bus_is_allowed_by_its_very_path_only() -> None:
    line = '9 connect(3, {sa_family=AF_UNIX, sun_path="/run/user/7/bus"}, 17) = 0'
    assert problems(line) != ()
    assert problems(line, bus="/run/user/7/bus") == ()
    assert problems(line, bus="/run/user/8/bus") != ()


@pytest.mark.parametrize("lines", [[], [X11]])
def test_that_a_trace_without_an_end_is_no_evidence(lines: list[str]) -> None:
    assert "cut off or empty" in read_trace(lines).problems[0]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("print(1)", 0),
        ("import socket; socket.socketpair()", 0),
        ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", 1),
        ("import threading, socket; threading.Thread(target=socket.socket).start()", 1),
        ("import os, socket; os.fork() or socket.socket()", 1),
    ],
)
def test_that_real_traces_are_judged_by_what_the_program_did(
    program: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=network,io_uring_setup,execve", "-o", str(trace)]
    subprocess.run([*command, sys.executable, "-S", "-c", program], check=True)
    python = Path(sys.executable).name
    assert main([str(trace), "--program", python]) == code
    assert main([str(trace)]) == 1, "python is not among the programs that may be started"
    assert ("AF_INET" in capsys.readouterr().err) == bool(code)
