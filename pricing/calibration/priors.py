"""What is believed of each parameter before any measurement of this project is looked at."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Prior:
    """A log-normal belief."""

    centre: float
    spread: float
    """Standard deviation of the logarithm: 0.3 says "within 30 % or so"."""
    unit: str
    """Empty for a share or a ratio."""


CORE: Final[dict[str, Prior]] = {
    # large reads and matrix products reach three quarters of the memory's and about half of the
    # tensor cores' peak, less with narrower numbers, which are harder to keep fed
    "bandwidth": Prior(0.75, 0.10, ""),
    "matmul_16": Prior(0.60, 0.20, ""),
    "matmul_8": Prior(0.50, 0.20, ""),
    "matmul_4": Prior(0.35, 0.25, ""),
    # grouped products of experts are smaller and less regular
    "experts": Prior(0.75, 0.30, ""),
    "experts_bandwidth": Prior(0.85, 0.10, ""),
    # a third of a tile of 64 tokens
    "padding": Prior(24, 0.70, "tokens"),
    "kv": Prior(1.0, 0.15, ""),
    "decode_attention": Prior(0.35, 0.40, ""),
    "prefill_attention": Prior(0.40, 0.30, ""),
    # an all-reduce of a few kB: some launches and hops over NVLink, more by way of the host
    "call_close": Prior(15e-6, 0.30, "s"),
    "call_far": Prior(40e-6, 0.40, "s"),
    "exchange": Prior(20e-6, 0.50, "s"),
    "link_close": Prior(0.60, 0.30, ""),
    "link_far": Prior(0.50, 0.30, ""),
    # five to ten kernels of one or two microseconds each; routing and latent attention add some
    "layer": Prior(10e-6, 0.40, "s"),
    "moe_layer": Prior(12e-6, 0.50, "s"),
    "latent_layer": Prior(10e-6, 0.50, "s"),
    "step": Prior(1e-3, 0.50, "s"),
    "sequence": Prior(5e-6, 0.70, "s"),
    "request": Prior(1e-3, 0.70, "s"),
    "overlap": Prior(0.05, 0.50, ""),
    "synchrony": Prior(0.20, 0.50, ""),
}
"""The core's parameters: an engineer's guesses, most of them those of the study's model before it
was calibrated. Scores hardly depend on them: with other centres, a tenth to a half away, medians of
cross-validation differ by less than half a point."""
