"""Stacks for tests, by the catalogue's ids."""

from typing import Any

from pricing.catalogue import load_catalogue
from pricing.serving import Stack


def stack(model: str, accelerator: str, **how: Any) -> Stack:
    """A stack of the catalogue; one accelerator, bf16 and vLLM unless told otherwise."""
    catalogue = load_catalogue()
    settings: dict[str, Any] = {
        "framework": "vllm_2025",
        "precision": "bf16",
        "kv_precision": "fp16",
        **how,
    }
    return Stack(catalogue.open_model(model), catalogue.accelerator(accelerator), **settings)
