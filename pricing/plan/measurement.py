"""Benchmark points the buyer measured; they anchor what the serving model predicts."""

from typing import Annotated

from pydantic import Field

from pricing.plan.figure import BUYER, Day
from pricing.plan.model import Frozen, Reference, Text
from pricing.plan.serving import Framework, KvPrecision, Precision, Ways

Tokens = Annotated[float, Field(gt=0, le=1e8)]


class OwnMeasurement(Frozen):
    """One benchmark run of one setup; the columns of a measurements file."""

    model: Reference
    """Id of the open model, in the plan or the catalogue."""
    accelerator: Reference
    """Id of the accelerator, in the plan or the catalogue."""
    framework: Framework = "vllm"
    """Serving software that was measured."""
    precision: Precision = "bf16"
    """Precision of the weights."""
    kv_precision: KvPrecision = "fp16"
    """Precision of the KV cache."""
    tensor_parallel: Ways = 1
    """Accelerators that share each layer."""
    pipeline_parallel: Ways = 1
    """Groups of accelerators that hold consecutive layers."""
    data_parallel: Ways = 1
    """Groups that hold whole attention layers and share the experts."""
    replicas: Ways = 1
    """Copies of the setup that were measured together."""
    input_tokens: Tokens
    """Mean input tokens."""
    output_tokens: Tokens
    """Mean output tokens."""
    concurrency: Annotated[float | None, Field(gt=0, le=1e7)] = None
    """Requests in flight, all replicas together; none means as many as it can take."""
    output_tokens_per_second: Annotated[float, Field(gt=0, le=1e9)]
    """Output tokens per second, all replicas together."""
    ttft_ms: Annotated[float | None, Field(gt=0, le=1e9)] = None
    """Mean time to first token in milliseconds; none means not measured."""
    tpot_ms: Annotated[float | None, Field(gt=0, le=1e7)] = None
    """Mean time per output token in milliseconds; none means not measured."""
    source: Text = BUYER
    """File or person the point comes from."""
    as_of: Day | None = None
    """The day it was measured."""
