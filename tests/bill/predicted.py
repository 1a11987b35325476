"""Options whose work is predicted, with data sheets that stand still, for tests."""

from typing import Any

from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.messages import sentence
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.serving import Hardware, ServerWork, server_work
from tests.bill.small import plan, rented, request_class

CHIP = {
    "id": "chip", "name": "Chip", "architecture": "Hopper", "memory_gb": 80,
    "bandwidth_gb_s": 3350, "bf16_tflops": 989, "fp8_tflops": 1979, "interconnect": "NVLink 4",
    "interconnect_gb_s": 450, "max_scale_up": 8, "tdp_w": 700,
}  # fmt: skip
"""An H100 under another name, as its data sheet states it."""

MODEL = {
    "id": "model", "name": "Model", "total_params_b": 8.03, "active_params_b": 7.5, "layers": 32,
    "hidden": 4096, "intermediate": 14336, "n_heads": 32, "n_kv_heads": 8, "vocab": 128256,
    "max_context": 131072, "native_dtype": "bfloat16",
}  # fmt: skip
"""The shape of Llama 3.1 8B under another name."""


def serving(**changes: Any) -> dict[str, Any]:
    """The model on eight chips, one replica on each."""
    return {
        "model": "model", "accelerator": "chip", "accelerators": 8, "tensor_parallel": 1, **changes
    }  # fmt: skip


def predicted(changes: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A server of 10 USD an hour whose work is predicted."""
    return rented(capacity=None, serving=serving(**(changes or {})), **more)


def predicted_plan(*options: dict[str, Any], **changes: Any) -> Plan:
    """A plan of these options that holds the chip and the model."""
    known = {"models": [MODEL], "accelerators": [CHIP], "classes": [request_class()]}
    return plan(*options, **{**known, **changes})


def bill(*options: dict[str, Any], **changes: Any) -> Evaluation:
    """The evaluation of such a plan."""
    return evaluate(predicted_plan(*options, **changes))


def work_of(of: Plan, option_id: str) -> ServerWork:
    """What the serving model itself says of a server with eight chips."""
    option = next(o for o in of.options if o.id == option_id)
    assert isinstance(option, SelfHosted)
    assert option.serving is not None
    return server_work(
        option.serving, Hardware(of.accelerators[0], 8), of.models[0], of.workload, of.measurements
    )


LOADED = request_class(requests=730 * 3600 * 400)
"""Four hundred requests a second in months of 730 hours."""


def said(evaluation: Evaluation, code: str) -> list[str]:
    """Sentences of the findings with a code."""
    return [sentence(finding) for finding in evaluation.findings if finding.code == code]
