"""Models and accelerators the buyer adds: what is refused, and what follows from a shape."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pricing.plan.document import validate_document
from pricing.plan.edit import EditError, edited, value_at, with_item_added, with_item_removed
from pricing.plan.file import load_plan, parse_plan, plan_text
from pricing.plan.problems import PlanError
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from tests.plan.replacing import said_of

PLAN = load_plan(Path(__file__).parent / "golden" / "version_1.reckon")

DENSE: dict[str, Any] = {
    "id": "house-8b",
    "name": "House 8B",
    "total_params_b": 8.03,
    "active_params_b": 7.505,
    "layers": 32,
    "hidden": 4096,
    "intermediate": 14336,
    "n_heads": 32,
    "n_kv_heads": 8,
    "vocab": 128256,
    "tie_embeddings": False,
}
EXPERTS: dict[str, Any] = {"n_experts": 8, "experts_per_token": 2, "moe_intermediate": 14336}
LATENT: dict[str, Any] = {
    "n_heads": 128,
    "n_kv_heads": 128,
    "kv_lora_rank": 512,
    "qk_rope_dim": 64,
    "qk_nope_dim": 128,
    "v_head_dim": 128,
}
CARD: dict[str, Any] = {
    "id": "x9",
    "name": "X9",
    "memory_gb": 96,
    "bandwidth_gb_s": 3350,
    "bf16_tflops": 900,
}


def model(**changes: object) -> ModelSheet:
    return ModelSheet.model_validate(DENSE | changes)


def said(listed: str, sheet: dict[str, Any]) -> list[str]:
    """What a plan with this sheet is refused with."""
    return said_of(PLAN, **{listed: [sheet]})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"layers": 0}, "Layers: 0 is too small; layers between 1 and 10000 are possible."),
        (
            {"n_kv_heads": 5},
            "Key-value heads: 5 key-value heads cannot be shared evenly by 32 attention heads; "
            "possible are divisors of 32.",
        ),
        (
            {"hidden": 4100},
            "Head width: missing; a width of 4100 does not divide evenly by 32 heads, so state "
            "the width of one head.",
        ),
        (
            EXPERTS | {"experts_per_token": 9},
            "Experts per token: 9 experts per token are more than the 8 experts of a layer.",
        ),
        (
            {"experts_per_token": 2},
            "Experts per token: 2 experts per token are more than the 0 experts of a layer.",
        ),
        (
            EXPERTS | {"moe_intermediate": None},
            "Expert width: missing; a model with experts needs experts_per_token and "
            "moe_intermediate.",
        ),
        (
            EXPERTS | {"first_k_dense": 33},
            "Dense layers first: 33 dense layers are more than the 32 layers of the model.",
        ),
        (
            {"intermediate": None},
            "Feed-forward width: missing; 32 layers have an ordinary feed-forward block, so state "
            "its width.",
        ),
        (
            EXPERTS | {"intermediate": None, "moe_layer_interval": 2},
            "Feed-forward width: missing; 16 layers have an ordinary feed-forward block, so state "
            "its width.",
        ),
        (
            {"active_params_b": 80.3},
            "Active parameters: 80.3 billion active parameters are more than the 8.03 billion of "
            "the whole model.",
        ),
        (
            LATENT | {"v_head_dim": None},
            "Value head width: missing; latent attention (kv_lora_rank) also needs qk_rope_dim, "
            "qk_nope_dim and v_head_dim.",
        ),
        (
            {"sliding_layers": 30, "linear_layers": 3, "sliding_window": 1024},
            "Sliding-window layers: 30 layers with a sliding window and 3 with linear attention "
            "are more than the 32 layers of the model.",
        ),
        (
            {"sliding_layers": 16},
            "Sliding window: missing; 16 layers have a sliding window, so state its length in "
            "tokens.",
        ),
    ],
)
def test_that_an_impossible_shape_is_refused_with_the_field_and_what_would_be_right(
    changes: dict[str, Any], sentence: str
) -> None:
    assert said("models", DENSE | changes) == [f"Models › House 8B › {sentence}"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"bandwidth_gb_s": 3.35},
            "Memory bandwidth: 3.35 GB/s would take more than 10 seconds to read 96 GB once; "
            "enter GB/s (3.35 TB/s is 3350 GB/s).",
        ),
        ({"memory_gb": 0}, "Memory: 0 is too small; GB above 0 are possible."),
        (
            {"release_year": 20},
            "Year of release: 20 is too small; years between 2000 and 2100 are possible.",
        ),
    ],
)
def test_that_an_impossible_data_sheet_is_refused(changes: dict[str, Any], sentence: str) -> None:
    assert said("accelerators", CARD | changes) == [f"Accelerators › X9 › {sentence}"]


@pytest.mark.parametrize(("listed", "sheet"), [("models", DENSE), ("accelerators", CARD)])
def test_that_two_sheets_may_not_share_an_id(listed: str, sheet: dict[str, Any]) -> None:
    document = json.loads(plan_text(PLAN)) | {listed: [sheet, sheet]}
    with pytest.raises(PlanError) as caught:
        validate_document(document)
    (problem,) = caught.value.problems
    assert problem.path == f"{listed}.1.id"
    assert problem.message.endswith(f'the id "{sheet["id"]}" is used twice; ids must differ.')


def test_that_a_model_may_have_the_id_of_an_option() -> None:
    bridge = PLAN.options[1].id
    plan = with_item_added(PLAN, "models", DENSE | {"id": bridge}).plan
    renamed = edited(plan, f"models.{bridge}.id", "other")
    assert renamed.options == plan.options
    assert renamed.models[0].id == "other"


def test_that_own_sheets_come_back_from_a_file_and_leave_no_trace_when_removed() -> None:
    plan = with_item_added(PLAN, "models", model()).plan
    plan = with_item_added(plan, "accelerators", AcceleratorSheet.model_validate(CARD)).plan
    assert parse_plan(plan_text(plan)) == plan
    assert value_at(plan, "accelerators.x9.bandwidth_gb_s").value == 3350
    plan = with_item_removed(plan, "models", "house-8b").plan
    plan = with_item_removed(plan, "accelerators", "x9").plan
    assert plan_text(plan) == plan_text(PLAN)


def test_that_one_field_of_a_sheet_can_be_edited_and_stays_checked() -> None:
    plan = with_item_added(PLAN, "models", model()).plan
    assert edited(plan, "models.house-8b.layers", 40).models[0].layers == 40
    with pytest.raises(EditError, match="Key-value heads: 7 key-value heads cannot be shared"):
        edited(plan, "models.house-8b.n_kv_heads", 7)


def test_that_grouped_heads_leave_as_many_numbers_in_the_cache_as_published() -> None:
    """Llama 3.1 8B: 128 KiB per token at 16 bits (2 x 32 layers x 8 heads x 128 x 2 bytes)."""
    assert model().kv_values_per_token * 2 == 131_072


def test_that_latent_attention_leaves_its_compressed_vector_only() -> None:
    """DeepSeek-V3 report: 576 numbers per token and layer; 70,272 bytes at 16 bits in 61 layers."""
    sheet = model(**LATENT, layers=61)
    assert sheet.kv_values_per_layer == 576
    assert sheet.kv_values_per_token * 2 == 70_272


def test_that_layers_are_told_apart() -> None:
    hybrid = model(linear_layers=24, sliding_layers=2, sliding_window=128)
    assert hybrid.full_attention_layers == 6
    assert hybrid.kv_values_per_token == 8 * 2 * 8 * 128
    assert model(**EXPERTS, first_k_dense=3).moe_layers == 29
    assert model(**EXPERTS, moe_layer_interval=2).moe_layers == 16
    assert model().moe_layers == 0


def test_that_a_sheet_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        model().layers = 3  # type: ignore[misc]


def test_that_own_sheets_of_version_1_open_forever() -> None:
    path = Path(__file__).parent / "golden" / "version_1_own_sheets.reckon"
    plan = load_plan(path)
    assert plan_text(plan) == path.read_text(encoding="utf-8")
    written = json.loads(path.read_text(encoding="utf-8"))
    assert set(ModelSheet.model_fields) == {key for sheet in written["models"] for key in sheet}
    assert set(AcceleratorSheet.model_fields) == set(written["accelerators"][0])
    assert [sheet.moe_layers for sheet in plan.models] == [0, 29]
