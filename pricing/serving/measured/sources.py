"""Where measurements come from: families of sources, and what their licences allow."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

NOT_STATED: Final = "not stated"
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class SourceFamily:
    """Measurements that were made and published together."""

    name: str
    begins: tuple[str, ...]
    """How the source of its rows begins."""
    licence: str
    """SPDX name; empty if none was found that allows to pass the rows on."""
    reason: str
    """What the licence rests on, or why the rows must stay out."""
    kind: str = ""
    """Kind of its rows, where the source alone does not tell; empty means any."""


SOURCES: Final = (
    SourceFamily(
        "Argonne LLM-Inference-Bench",
        ("argonne-lcf/LLM-Inference-Bench ",),
        "BSD-3-Clause",
        "LICENSE in the repository: BSD 3-Clause, Copyright (c) 2024, UChicago Argonne, LLC.",
    ),
    SourceFamily(
        "InferenceX",
        ("PyPI aiconfigurator-core ",),
        "Apache-2.0",
        "silicon_sample.csv in the package aiconfigurator-core 0.12.0, whose metadata say "
        "Apache-2.0 (NVIDIA); these of its rows were measured by InferenceX.",
        "silicon_agg_ix",
    ),
    SourceFamily(
        "aiconfigurator",
        ("PyPI aiconfigurator-core ",),
        "Apache-2.0",
        "silicon_sample.csv in the package aiconfigurator-core 0.12.0, whose metadata say "
        "Apache-2.0 (NVIDIA).",
    ),
    SourceFamily(
        "TensorRT-LLM docs",
        ("NVIDIA/TensorRT-LLM docs/", "TensorRT-LLM docs/", "NVIDIA TensorRT-LLM docs/"),
        "Apache-2.0",
        "LICENSE in NVIDIA/TensorRT-LLM: Apache 2.0; two pages were read in forks of it.",
    ),
    SourceFamily(
        "ROCm vLLM docs",
        ("ROCm/vllm docs/",),
        "Apache-2.0",
        "A page of AMD's fork of vLLM, whose LICENSE is Apache 2.0.",
    ),
    SourceFamily(
        "GPUStack performance lab",
        ("gpustack/gpustack docs/",),
        "Apache-2.0",
        "LICENSE in the repository: Apache 2.0, Copyright (c) 2024 The GPUStack authors.",
    ),
    SourceFamily(
        "MLPerf v4.1",
        ("mlcommons/inference_results_v4.1 ",),
        "Apache-2.0",
        "The study found Apache 2.0 for this results repository; MLCommons' submission rules ask "
        "for submissions that are Apache 2 compatible.",
    ),
    SourceFamily(
        "MLPerf v5.0",
        ("openshift-psap/performance-dashboard mlperf-data/mlperf-5.0.csv",),
        "Apache-2.0",
        "The study found Apache 2.0 for this results repository; the copy the rows were read from "
        "says MIT in its pyproject.toml.",
    ),
    SourceFamily(
        "MLPerf v5.1",
        ("mlcommons/inference_results_v5.1 ",),
        "",
        "No licence was found in the results repository; the Apache 2.0 page of its web site may "
        "be that of the site's template.",
    ),
    SourceFamily(
        "NVIDIA NIM docs",
        ("https://docs.nvidia.com/nim/",),
        "",
        "Pages of docs.nvidia.com state a copyright and no licence to pass them on.",
    ),
    SourceFamily(
        "Databasemart blog",
        ("https://www.databasemart.com/",),
        "",
        "A company's blog that states no licence.",
    ),
    SourceFamily(
        "powderluv/vllm-docs",
        ("powderluv/vllm-docs ",),
        "",
        "The repository holds a README and no licence.",
    ),
)
"""Every family of the study's table, the narrower of two first."""


def source_family(source: str, kind: str = "") -> SourceFamily | None:
    """The family of a row of the study's table; none for other sources."""
    for family in SOURCES:
        if source.startswith(family.begins) and family.kind in {"", kind}:
            return family
    return None


def source_labels(sources: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """A short name for the source of each row: its family's, its host's, or its first word."""
    return tuple(_label(source, kind) for source, kind in zip(sources, kinds, strict=True))


def _label(source: str, kind: str) -> str:
    family = source_family(source, kind)
    if family is not None:
        return family.name
    text = source.strip()
    if re.match(r"https?://", text):
        return urlsplit(text).netloc[:_LONGEST] or NOT_STATED
    return (text.split()[0][:_LONGEST]) if text else NOT_STATED
