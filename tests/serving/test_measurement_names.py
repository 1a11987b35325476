"""Names of models, accelerators and software, as people and tools write them."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.plan.sheets import AcceleratorSheet
from pricing.resources import resource
from pricing.serving.measured.names import Names
from pricing.serving.software import stack_of
from tests.serving.points import names


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Llama-3.1-70B", "llama-3.1-70b"),
        ("llama 3.1 70b", "llama-3.1-70b"),
        ("meta-llama/Meta-Llama-3.1-70B-Instruct", "llama-3.1-70b"),
        ("nvidia/Llama-3.1-405B-Instruct-FP4", "llama-3.1-405b"),
        ("amd/Llama-3.1-70B-Instruct-FP8-KV", "llama-3.1-70b"),
        ("RedHatAI/Meta-Llama-3.1-8B-Instruct-quantized.w4a16", "llama-3.1-8b"),
        ("Llama-2-7b-chat-hf", "llama-2-7b"),
        ("mistralai/Mistral-7B-Instruct-v0.3", "mistral-7b"),
        ("deepseek-ai/DeepSeek-R1-0528", "deepseek-r1"),
        ("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "qwen3-235b-a22b"),
        ("google/gemma-3-27b-it", "gemma-3-27b"),
        ("microsoft/Phi-3-mini-4k-instruct", "phi-3-mini"),
        ("GPT-OSS 120B", "gpt-oss-120b"),
    ],
)
def test_that_a_model_is_found_by_the_names_of_hubs_and_checkpoints(
    written: str, means: str
) -> None:
    assert names().model(written) == means


@pytest.mark.parametrize(
    "written", ["DeepSeek-R1-Distill-Llama-70B", "Llama", "DeepSeek-V3.1", "", "instruct", "FP8"]
)
def test_that_another_model_is_not_taken_for_one_of_the_catalogue(written: str) -> None:
    assert names().model(written) is None


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("H100-SXM", "h100-sxm"),
        ("NVIDIA H100 80GB HBM3", "h100-sxm"),
        ("H100-SXM5-80GB", "h100-sxm"),
        ("NVIDIA H100 PCIe", "h100-pcie"),
        ("NVIDIA A100-SXM4-80GB", "a100-sxm-80gb"),
        ("NVIDIA A100 80GB PCIe", "a100-pcie-80gb"),
        ("A100-40", "a100-sxm-40gb"),
        ("h200_sxm", "h200"),
        ("B200-SXM-180GB", "b200"),
        ("AMD Instinct MI300X", "mi300x"),
        ("NVIDIA GeForce RTX 4090", "rtx4090"),
        ("NVIDIA RTX PRO 6000 Blackwell Server Edition", "rtx-pro-6000"),
        ("GH200-96", "gh200-96gb"),
        ("Gaudi 2", "gaudi2"),
    ],
)
def test_that_an_accelerator_is_found_by_the_names_of_drivers_and_benchmarks(
    written: str, means: str
) -> None:
    assert names().accelerator(written) == means


@pytest.mark.parametrize("written", ["H100", "A100", "A100-SXM-64GB", "", "GPU"])
def test_that_a_name_that_could_mean_several_accelerators_means_none(written: str) -> None:
    assert names().accelerator(written) is None


def test_that_the_closest_accelerators_of_a_family_name_are_its_kinds() -> None:
    assert names().close_accelerators("H100") == ["h100-nvl", "h100-pcie", "h100-sxm"]


def test_that_every_name_of_the_catalogue_means_its_own_entry() -> None:
    for identifier, model in names().models.items():
        for written in (identifier, model.name, model.hf_id, model.hf_id.upper()):
            assert names().model(written) == identifier
    for identifier, sheet in names().accelerators.items():
        for written in (identifier, sheet.name, sheet.name.replace("-", " ")):
            assert names().accelerator(written) == identifier


def test_that_a_sheet_of_the_buyer_goes_before_the_catalogue() -> None:
    mine = AcceleratorSheet(id="h100-sxm", name="Our H100", vendor="lab")
    found = Names.of(load_catalogue(), own_accelerators=[mine])
    assert found.accelerator("our h100") == "h100-sxm"
    assert found.accelerators["h100-sxm"].vendor == "lab"


@given(st.text(max_size=40))
def test_that_any_text_is_a_name_or_none(text: str) -> None:
    assert names().model(text) in {None, *names().models}
    assert names().accelerator(text) in {None, *names().accelerators}
    assert len(names().close_models(text)) == 3


@pytest.mark.parametrize(
    ("framework", "vendor", "stack"),
    [
        ("vLLM 0.6.3", "NVIDIA", "vllm_2024"),
        ("vLLM 0.11", "NVIDIA", "vllm_2025"),
        ("vllm", "", "vllm_2025"),
        ("vLLM 0.10.0", "AMD", "rocm_2025"),
        ("SGLang 0.5", "AMD", "rocm_2025"),
        ("TRT-LLM 1.2.0rc1", "NVIDIA", "trt_1x"),
        ("TensorRT-LLM 0.17", "NVIDIA", "trt_2025"),
        ("TGI 2.0", "NVIDIA", ""),
        ("", "", ""),
    ],
)
def test_that_software_falls_into_its_class(framework: str, vendor: str, stack: str) -> None:
    assert stack_of(framework, vendor) == stack


def test_that_software_falls_into_the_class_the_study_gave_it() -> None:
    path = resource("serving", "measurements.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["stack"] != "mlperf"]
    for row in rows:
        vendor = "AMD" if row["gpu"].startswith("MI") else "NVIDIA"
        assert stack_of(row["framework"], vendor) == row["stack"], row["framework"]
