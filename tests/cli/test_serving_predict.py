"""`reckoner serving predict`: what one replica does."""

import json
from typing import Any

import pytest

from pricing.catalogue import load_catalogue
from pricing.serving import Requests, Stack, predict
from tests.cli.conftest import Run

LLAMA = ("llama-3.1-70b", "h100-sxm", "--precision", "fp8", "--tp", "4")


def told(run: Run, *arguments: str) -> Any:
    answer = run("serving", "predict", *arguments, "--json")
    assert (answer.code, answer.err) == (0, "")
    return json.loads(answer.out)


def test_that_figures_are_those_of_the_prediction(run: Run) -> None:
    catalogue = load_catalogue()
    stack = Stack(
        catalogue.open_model("llama-3.1-70b"), catalogue.accelerator("h100-sxm"),
        "vllm_2025", "fp8", "fp8", tensor=4,
    )  # fmt: skip
    found = predict(stack, Requests(2000, 300), 32)
    (point,) = told(
        run, *LLAMA, "--kv-precision", "fp8", "--input", "2000", "--output", "300",
        "--concurrency", "32",
    )["points"]  # fmt: skip
    assert point["concurrency"] == 32
    assert point["output_tokens_per_s"] == {
        "low": pytest.approx(found.throughput.low),
        "typical": pytest.approx(found.throughput.typical),
        "high": pytest.approx(found.throughput.high),
    }
    assert point["tpot_s"]["typical"] == pytest.approx(found.tpot.typical)
    assert point["ttft_s"]["high"] == pytest.approx(found.ttft.high)
    assert point["joules_per_token"] == pytest.approx(float(found.joules_per_token))


def test_that_weights_take_a_byte_each_in_fp8_and_a_fourth_on_each_of_four(run: Run) -> None:
    # 70.55e9 parameters, of which the embedding and head (2 x 128256 x 8192) stay in 2 bytes
    weights = told(run, *LLAMA)["memory"]["weights"]
    assert weights == pytest.approx((70.55e9 + 2 * 128256 * 8192) / 4, rel=0.005)


def test_that_more_requests_at_once_do_more_and_answer_each_more_slowly(run: Run) -> None:
    points = told(run, *LLAMA)["points"]
    assert [point["concurrency"] for point in points[:3]] == [1, 4, 16]
    rates = [point["output_tokens_per_s"]["typical"] for point in points]
    times = [point["tpot_s"]["typical"] for point in points]
    assert rates == sorted(rates)
    assert times == sorted(times)


def test_that_the_fewest_accelerators_that_hold_the_model_are_taken(run: Run) -> None:
    assert told(run, "llama-3.1-70b", "h100-sxm")["accelerators"] == 2
    assert told(run, "llama-3.1-70b", "h100-sxm", "--precision", "fp8")["accelerators"] == 1
    assert told(run, "meta-llama/Llama-3.1-8B-Instruct", "NVIDIA L40S")["model"] == "llama-3.1-8b"


def test_that_tables_show_a_step_the_memory_and_how_sure_it_is(run: Run) -> None:
    answer = run("serving", "predict", *LLAMA)
    assert answer.code == 0
    for text in (
        "Llama-3.1-70B in fp8 on 4 x H100-SXM, 1,000 + 500 tokens", "ms per token",
        "A step is spent on", "KV cache", "weights take", "80 % interval",
    ):  # fmt: skip
        assert text in " ".join(answer.out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("llama-3.1-70b", "h100"), "the closest are h100-nvl, h100-pcie, h100-sxm"),
        (("llama-9", "h100-sxm"), "is no model of the catalogue"),
        (("llama-3.1-405b", "l4"), "use more accelerators"),
        ((*LLAMA[:4], "--tp", "3"), "64 attention heads"),
        ((*LLAMA[:4], "--tp", "0"), "--tp: '0' must be a whole number"),
        ((*LLAMA, "--concurrency", "0"), "--concurrency 0: write 1 or more"),
        ((*LLAMA, "--concurrency", "nan"), "write 1 or more"),
        ((*LLAMA, "--output", "0"), "--output 0: write 1 token or more"),
        ((*LLAMA, "--output", "nan"), "write 1 token or more"),
        ((*LLAMA, "--input", "-5"), "Input tokens of -5"),
        ((*LLAMA, "--input", "1e9"), "is not a mean length"),
        ((*LLAMA, "--framework", "tgi"), "write vllm, sglang or tensorrt-llm"),
        (("llama-3.1-70b", "h100-sxm", "--precision", "fp12"), "--precision: 'fp12'"),
    ],
)
def test_that_what_cannot_be_predicted_is_a_sentence(
    run: Run, arguments: tuple[str, ...], says: str
) -> None:
    answer = run("serving", "predict", *arguments)
    assert (answer.code, answer.out) == (1, "")
    assert says in answer.err
    assert "fault of Reckoner" not in answer.err


def test_that_more_requests_than_fit_are_said_to_wait(run: Run) -> None:
    asked = ("serving", "predict", "llama-3.1-8b", "l40s", "--concurrency")
    assert "further ones wait outside" in run(*asked, "1000000").out
    assert "wait outside" not in run(*asked, "4").out
