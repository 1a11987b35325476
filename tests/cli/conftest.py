"""The command as a function and as a process, and plans to give it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pricing.cli.main import main

COMMAND = Path(sys.executable).with_name("reckoner")
"""The command as it was installed."""


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def call(*arguments: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Answer(code, captured.out, captured.err)

    return call


def process(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Answer:
    """Run the installed command in a process of its own; its output must be UTF-8."""
    done = subprocess.run(
        [str(COMMAND), *(str(argument) for argument in arguments)],
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, **(env or {})},
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def document(**changes: Any) -> dict[str, Any]:
    """Two request classes and all kinds of options, with Chinese names."""
    flat = {"kind": "peak-to-average", "ratio": 1}
    capacity = {"output_tokens_per_second": 6000, "input_tokens_per_second": 60000}
    plan: dict[str, Any] = {
        "format": "reckoner-plan",
        "schema": 1,
        "name": "客服 assistants",
        "start": "2027-01",
        "electricity": 0.12,
        "people": {"loaded_cost_per_year": 150000},
        "workload": [
            {
                "id": "chat",
                "name": "Chat 客服",
                "requests": 400000,
                "input_tokens": 1500,
                "output_tokens": 300,
                "growth": {"kind": "monthly", "rate": 0.02},
                "profile": {"kind": "peak-to-average", "ratio": 3},
            },
            {
                "id": "documents",
                "name": "Documents",
                "requests": 20000,
                "input_tokens": 8000,
                "output_tokens": 500,
                "urgency": "batch",
                "profile": flat,
            },
        ],
        "options": [
            {"kind": "closed_api", "id": "api", "name": "API 接口", "model": "openai/gpt-5-mini"},
            {
                "kind": "hosted_open",
                "id": "hosted",
                "name": "Hosted open model",
                "prices": {"input": 0.3, "output": 1.2},
                "serves": ["chat"],
            },
            {
                "kind": "rented_gpus",
                "id": "rented",
                "name": "Rented servers",
                "price_per_hour": 24,
                "capacity": capacity,
                "people_fte": 1,
            },
            {
                "kind": "owned_servers",
                "id": "owned-h100",
                "name": "自建 H100 servers",
                "price": {"value": 280000, "source": "quote 4711", "as_of": "2026-11-01"},
                "power_kw": 10.2,
                "pue": 1.4,
                "capacity": capacity,
                "maintenance_rate": 0.05,
                "lead_time_months": 3,
                "bridge": "api",
                "people_fte": 1.5,
                "residual_share": 0.1,
            },
            {
                "kind": "appliance",
                "id": "box",
                "name": "一体机",
                "price": 2000000,
                "power_kw": 8,
                "pue": 1.5,
                "capacity": {"requests_per_hour": 20000},
                "support_rate": 0.1,
            },
        ],
    }
    return plan | changes


def saved(folder: Path, content: Mapping[str, Any], name: str = "plan.reckon") -> Path:
    """A plan document as a file."""
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan of all kinds of options."""
    return saved(tmp_path, document())


@pytest.fixture
def paid_off(tmp_path: Path) -> Path:
    """An API of 1,000 a month against a server of 24,000 that costs nothing to run."""
    content = document(
        name="Pays off",
        workload=[{**document()["workload"][1], "urgency": "real-time", "requests": 100}],
        options=[
            {
                "kind": "closed_api",
                "id": "api",
                "name": "API",
                "prices": {"input": 0, "output": 0},
                "fixed_monthly_cost": 1000,
            },
            {
                "kind": "owned_servers",
                "id": "server",
                "name": "Server",
                "price": 24000,
                "power_kw": 0,
                "pue": 1,
                "capacity": {"requests_per_hour": 1000},
            },
        ],
    )
    return saved(tmp_path, content, "paid_off.reckon")
