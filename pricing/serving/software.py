"""Classes of serving software: versions that were measured to work alike."""

import re
from typing import Final

STACKS: Final = (
    "trt_2024", "trt_2025", "trt_1x", "mlperf", "vllm_2024", "vllm_2025", "sglang", "rocm_2024",
    "rocm_2025",
)  # fmt: skip
"""TensorRT-LLM before 0.14, from 0.14 and from 1.0; engines tuned for MLPerf; vLLM before and from
0.7; SGLang; and vLLM or SGLang on AMD's ROCm before and from vLLM 0.7."""

_VERSION = r"\W{0,3}v?(\d+)(?:\.(\d+))?"
_SOFTWARE = r"vllm|sglang|tensorrt[- ]?llm|trt[- ]?llm"
_VLLM_OF_2025 = (0, 7)
"""The first release of 2025, of 27 January."""
_TRT_OF_2025 = (0, 14)


def stack_of(framework: str, vendor: str = "") -> str:
    """The class of a serving software from its name and version; the newest where none is told.

    Args:
        framework: As a benchmark names it, such as "vLLM 0.10.0 ROCm 6.4.1".
        vendor: Of the accelerator; AMD's runs on ROCm.

    Returns:
        One of `STACKS`, or "" where the software is not known.
    """
    text = framework.lower()
    named = re.match(r"\W*(nim)\b", text) or re.search(_SOFTWARE, text)
    if named is None:
        return ""
    software = named.group(0).strip()
    rocm = "rocm" in text or vendor.upper() == "AMD"
    if software == "sglang":
        return "rocm_2025" if rocm else "sglang"
    if software == "vllm":
        old = _older(text, software, _VLLM_OF_2025)
        return ("rocm" if rocm else "vllm") + ("_2024" if old else "_2025")
    if software == "nim":
        # NIM releases 1.x carry TensorRT-LLM 0.x
        return "trt_2025"
    if _older(text, software, _TRT_OF_2025):
        return "trt_2024"
    return "trt_2025" if _older(text, software, (1, 0)) else "trt_1x"


def _older(text: str, software: str, limit: tuple[int, int]) -> bool:
    found = re.search(re.escape(software) + _VERSION, text)
    if found is None:
        return False
    major = int(found.group(1))
    if major >= 2000:  # a year stands for a version
        return major < 2025
    return (major, int(found.group(2) or 0)) < limit
