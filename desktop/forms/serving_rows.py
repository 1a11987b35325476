"""The rows that say what runs on the servers, from which their work is predicted."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.row import Choice, Group, Row
from desktop.viewmodels.billed import Billed
from desktop.viewmodels.serving_setup import Outcome, server_accelerator
from desktop.viewmodels.serving_sheets import accelerator_line, model_line
from pricing.catalogue import Catalogue
from pricing.plan.figure import Share
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.serving import Serving, Speculative

PRECISIONS = (
    ("bf16", "BF16"),
    ("fp16", "FP16"),
    ("fp8", "FP8"),
    ("int8", "INT8"),
    ("nvfp4", "NVFP4"),
    ("mxfp4", "MXFP4"),
    ("int4", "INT4"),
)
FRAMEWORKS = (("vllm", "vLLM"), ("sglang", "SGLang"), ("tensorrt-llm", "TensorRT-LLM"))
PERCENTILES = (50, 90, 95, 99)
DRAFTED = 4
"""Tokens proposed a step where speculative decoding is switched on: a common setting."""
ACCEPTED = 0.7
"""Acceptance to begin with, between the 0.5 and 0.9 that Leviathan, Kalman and Matias (2023),
table 3, measure with small draft models."""


def _t(text: str) -> str:
    return QCoreApplication.translate("OptionForm", text)


def setup_rows(
    make: RowMaker, item: SelfHosted, plan: Plan, catalogue: Catalogue
) -> tuple[Row, ...]:
    """Model, accelerator, software, precision and parallelism."""
    serving = item.serving
    assert serving is not None
    inside = make.inside("serving")
    of_server, count = server_accelerator(item, catalogue)
    weights = tuple(Choice(name, code) for code, name in PRECISIONS)
    software = (
        *(Choice(name, code) for code, name in FRAMEWORKS),
        Choice(_t("other"), "other"),
    )
    cache = (Choice("FP16", "fp16"), Choice("FP8", "fp8"))
    return (
        inside.reference(
            "model", _t("Model"), "open_model", Billed(*model_line(serving.model, plan, catalogue))
        ),
        inside.reference(
            "accelerator",
            _t("Accelerator"),
            "accelerator",
            Billed(*accelerator_line(serving.accelerator, of_server, plan, catalogue)),
            _t("the server's"),
        ),
        inside.number(
            "accelerators",
            _t("Accelerators in one"),
            placeholder=_t("the server's: {n}").format(n=count)
            if count is not None
            else _t("not known: enter it"),
        ),
        inside.choice("framework", _t("Serving software"), software),
        inside.choice("precision", _t("Precision of weights"), weights),
        inside.choice("kv_precision", _t("Precision of KV cache"), cache),
        inside.number(
            "tensor_parallel", _t("Tensor parallel"), placeholder=_t("what serves the load best")
        ),
        inside.number("pipeline_parallel", _t("Pipeline parallel")),
        inside.number("data_parallel", _t("Data parallel")),
    )


def target_rows(make: RowMaker) -> tuple[Row, ...]:
    """How fast real-time requests must be answered."""
    inside = make.inside("serving").inside("targets")
    none = _t("no limit")
    shares = tuple(
        Choice(_t("{n} % of requests").format(n=percentile), percentile)
        for percentile in PERCENTILES
    )
    return (
        inside.number("ttft_seconds", _t("First token within"), "s", placeholder=none),
        inside.number("tpot_milliseconds", _t("Each further token within"), "ms", placeholder=none),
        inside.choice("percentile", _t("Kept for"), shares),
    )


def speed_rows(make: RowMaker, serving: Serving) -> tuple[Row, ...]:
    """What changes the speed: speculative decoding, better or worse software, overheads."""
    inside = make.inside("serving")
    switched_on = serving.speculative or Speculative(
        draft_tokens=DRAFTED,
        acceptance=Share(
            value=ACCEPTED,
            source=_t("to begin with; measure it on your own requests"),
            confidence="assumption",
        ),
    )
    ways = (Choice(_t("off"), None), Choice(_t("on"), switched_on))
    rows = [
        inside.choice(
            "speculative",
            _t("Speculative decoding"),
            ways,
            lambda current, choice: (current is None) == (choice is None),
        )
    ]
    if serving.speculative is not None:
        draft = inside.inside("speculative")
        rows += [
            draft.number("draft_tokens", _t("Draft tokens"), _t("per step")),
            draft.number("acceptance", _t("Accepted"), _t("% of them")),
            draft.number("draft_cost", _t("Time of one draft"), _t("% of a step")),
        ]
    return (
        *rows,
        inside.number("efficiency", _t("Efficiency"), _t("× calibrated")),
        inside.number(
            "adaptation_overhead", _t("Adaptation overhead"), _t("% more time"), percent=True
        ),
        inside.number("memory_overhead", _t("Memory overhead"), _t("% more"), percent=True),
        inside.number("quality_change", _t("Quality change"), _t("% points"), percent=True),
    )


def at_their_fields(groups: tuple[Group, ...], prefix: str, outcome: Outcome) -> tuple[Group, ...]:
    """The same groups with a problem at the row of its field; at the model where it has no row."""
    if not outcome.problem:
        return groups
    paths = [row.path for group in groups for row in group.rows]
    path = outcome.path if outcome.path in paths else f"{prefix}.model"

    def marked(row: Row) -> Row:
        return replace(row, problem=outcome.problem) if row.path == path else row

    return tuple(replace(group, rows=tuple(map(marked, group.rows))) for group in groups)
