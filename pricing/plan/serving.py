"""Model, software and service level from which the work of one server is predicted."""

from typing import Annotated, Literal

from pydantic import Field

from pricing.plan.figure import Amount, PositiveAmount, Rate, Share
from pricing.plan.model import Frozen, Reference

Precision = Literal["bf16", "fp16", "fp8", "int8", "nvfp4", "mxfp4", "int4"]
KvPrecision = Literal["fp16", "fp8"]
Framework = Literal["vllm", "sglang", "tensorrt-llm", "other"]
Percentile = Literal[50, 90, 95, 99]
Ways = Annotated[int, Field(ge=1, le=1024)]


class Targets(Frozen):
    """Service level that real-time answers must keep; asynchronous and batch work has none."""

    ttft_seconds: PositiveAmount | None = None
    """Longest time to first token, in seconds; none means no limit."""
    tpot_milliseconds: PositiveAmount | None = None
    """Longest time per output token after the first, in milliseconds; none means no limit."""
    percentile: Percentile = 95
    """Share of requests, in percent, that must keep both."""


class Speculative(Frozen):
    """Speculative decoding: a draft proposes tokens, the model checks them in one step."""

    draft_tokens: Annotated[int, Field(ge=1, le=16)]
    """Tokens proposed before each step of the model."""
    acceptance: Share
    """Chance that a proposed token is kept, measured on the buyer's own requests."""
    draft_cost: Share = Share.left_out(0.05)
    """Time of one draft token as a share of a step of the model."""


class Serving(Frozen):
    """What runs on the servers, and how fast it must answer."""

    model: Reference
    """Id of the open model, in the plan or the catalogue."""
    accelerator: Reference = ""
    """Id of the accelerator, in the plan or the catalogue; empty means the server's."""
    accelerators: Annotated[int | None, Field(ge=1, le=1024)] = None
    """Accelerators in one server; none means the catalogue's."""
    framework: Framework = "vllm"
    """Serving software, in its current version."""
    precision: Precision = "bf16"
    """Precision of the weights."""
    kv_precision: KvPrecision = "fp16"
    """Precision of the KV cache."""
    tensor_parallel: Ways | None = None
    """Accelerators that share each layer; none means what serves the load best."""
    pipeline_parallel: Ways = 1
    """Groups of accelerators that hold consecutive layers."""
    data_parallel: Ways = 1
    """Groups that hold whole attention layers and share the experts (attention data parallel)."""
    targets: Targets = Targets()
    """Service level of real-time classes."""
    speculative: Speculative | None = None
    """Speculative decoding; none means without."""
    efficiency: PositiveAmount = PositiveAmount.left_out(1)
    """Throughput over that of the calibrated software (1.18 is 18 % faster kernels)."""
    adaptation_overhead: Amount = Amount.left_out(0)
    """More server time for hardware the model was not made for (0.23 is 23 % more)."""
    memory_overhead: Amount = Amount.left_out(0)
    """More memory for cache and activations than predicted (0.35 is 35 % more)."""
    quality_change: Rate = Rate.left_out(0)
    """Change of the quality score by precision (-0.01 is one point lower), on the buyer's test."""
