"""Numbers of an accelerator that serving needs."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from pricing.plan.sheets import AcceleratorSheet
from pricing.serving.columns import Columns, Numbers
from pricing.serving.errors import ServingError
from pricing.serving.precision import Arithmetic

Link = Literal["nvlink", "xgmi", "pcie", "pcie_no_p2p", "other"]
"""Kind of connection between accelerators."""
LINKS: tuple[Link, ...] = get_args(Link)

GIB_OF_A_GB = 2**30 * 0.995
"""Bytes of a "GB" of accelerator memory: vendors count in GiB, the driver keeps 0.5 %."""
ECC_IN_MEMORY = frozenset({"a10", "a10g", "a40", "l20", "l4", "l40", "l40s", "t4"})
"""Boards with GDDR6 that correct errors as shipped and keep the codes in that memory; HBM and GDDR7
have room of their own for them."""
ECC_SHARE = 1 / 16
"""Share of it that the codes take: nvidia-smi tells 46,068 of 48 x 1,024 MiB of an L40S, 23,034 of
24 x 1,024 of an L4, 15,360 of 16 x 1,024 of a T4 (github.com/modal-labs/modal-client/pull/2797)."""


@dataclass(frozen=True, slots=True)
class Chip(Columns):
    """Peak rates of one accelerator; a rate that it lacks is 0."""

    memory: Numbers
    """Bytes."""
    bandwidth: Numbers
    """Bytes per second."""
    flops_16: Numbers
    """FLOP per second, dense, 16-bit arithmetic."""
    flops_8: Numbers
    """FLOP per second, dense, 8-bit floating point."""
    ops_8: Numbers
    """Operations per second, dense, 8-bit integers."""
    flops_4: Numbers
    """FLOP per second, dense, 4-bit floating point."""
    link: Numbers
    """Bytes per second to the other accelerators, one direction."""
    in_domain: Numbers
    """Accelerators in one fast domain."""
    power: Numbers
    """Watts at full load, with the share of the server where the catalogue states it."""

    def rate(self, arithmetic: Arithmetic) -> tuple[Numbers, Numbers]:
        """Rate of an arithmetic and the width it is really done in.

        Without 8-bit units, 8-bit weights are multiplied in 16 bit; without 4-bit units so are
        4-bit weights (weight-only kernels). So is what would be slower than in 16 bit, such as
        integers on Blackwell Ultra, which has few units for them.

        Returns:
            FLOP per second, and 16, 8 or 4.
        """
        wished = {
            "16": (self.flops_16, 16),
            "8": (self.flops_8, 8),
            "int8": (self.ops_8, 8),
            "4": (self.flops_4, 4),
        }[arithmetic]
        rate, width = wished
        return (
            np.where(rate >= self.flops_16, rate, self.flops_16),
            np.where(rate >= self.flops_16, float(width), 16.0),
        )


def chip_of(sheet: AcceleratorSheet) -> Chip:
    """The numbers of an accelerator from its data sheet.

    Raises:
        ServingError: memory, bandwidth or 16-bit throughput is not known.
    """
    for field, words in (
        ("memory_gb", "memory"),
        ("bandwidth_gb_s", "memory bandwidth"),
        ("bf16_tflops", "16-bit throughput"),
    ):
        if getattr(sheet, field) is None:
            raise ServingError(
                "accelerator",
                f"The {words} of accelerator {sheet.name!r} is not known; add it as an "
                f"accelerator of your own with that figure.",
            )

    def value(field: str, factor: float = 1) -> float:
        figure = getattr(sheet, field)
        return 0.0 if figure is None else figure.value * factor

    left = 1 - ECC_SHARE if sheet.id in ECC_IN_MEMORY else 1.0
    return Chip.of(
        memory=value("memory_gb", GIB_OF_A_GB) * left,
        bandwidth=value("bandwidth_gb_s", 1e9),
        flops_16=value("bf16_tflops", 1e12),
        flops_8=value("fp8_tflops", 1e12),
        ops_8=value("int8_tops", 1e12),
        flops_4=value("fp4_tflops", 1e12),
        link=value("interconnect_gb_s", 1e9),
        in_domain=sheet.max_scale_up or 1,
        power=value("all_in_kw", 1e3) or value("tdp_w"),
    )


def link_of(sheet: AcceleratorSheet) -> Link:
    """Kind of connection, from the data sheet's words."""
    words = sheet.interconnect.lower()
    if "no p2p" in words:
        return "pcie_no_p2p"
    if words.startswith("pcie"):
        return "pcie"
    if "nvlink" in words:
        return "nvlink"
    if "infinity" in words:
        return "xgmi"
    return "other"


FAMILIES: dict[str, str] = {
    "ampere": "ampere",
    "turing": "ampere",
    "volta": "ampere",
    "ada": "ada",
    "hopper": "hopper",
    "blackwell": "blackwell",
    "blackwell-gddr": "blackwell-gddr",
    "cdna3": "cdna3",
    "cdna4": "cdna4",
}
"""Family in the calibration, by architecture; older tensor cores are counted with Ampere."""


def family_of(sheet: AcceleratorSheet) -> str:
    """Family whose multipliers hold for an accelerator; "other" where nothing was measured."""
    return FAMILIES.get(sheet.architecture.lower(), "other")
