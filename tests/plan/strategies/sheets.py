"""Data sheets of accelerators and models, and scores of models."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from pricing.plan.figure import PositiveAmount, Share
from pricing.plan.quality import ModelQuality
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from tests.plan.strategies.figures import figures, identifiers, maybe, names, numbers, texts

accelerator_sheets = st.builds(
    AcceleratorSheet,
    id=identifiers,
    name=names,
    vendor=texts,
    memory_gb=maybe(numbers(1, 1000).map(lambda value: PositiveAmount(value=value))),
    bandwidth_gb_s=maybe(numbers(100, 1e5).map(lambda value: PositiveAmount(value=value))),
    bf16_tflops=maybe(figures(PositiveAmount)),
    fp8_tflops=maybe(figures(PositiveAmount)),
    interconnect=texts,
    max_scale_up=maybe(st.integers(1, 100_000)),
    tdp_w=maybe(figures(PositiveAmount)),
    release_year=maybe(st.integers(2000, 2100)),
    unverified=st.lists(texts, max_size=2).map(tuple),
    source=texts,
    as_of=maybe(st.dates(date(1, 1, 1), date(9999, 12, 31))),
    note=texts,
)


@st.composite
def model_sheets(draw: st.DrawFn) -> ModelSheet:
    """Dense models and mixtures of experts, with and without grouping and windows."""
    layers, kv_heads, head_dim = (draw(st.integers(1, 128)) for _ in range(3))
    heads = kv_heads * draw(st.integers(1, 16))
    experts = draw(st.sampled_from([None, 8, 256]))
    total = draw(numbers(0.01, 2000))
    sliding = draw(maybe(st.integers(0, layers)))
    return ModelSheet(
        id=draw(identifiers),
        name=draw(names),
        licence=draw(texts),
        total_params_b=PositiveAmount(value=total),
        active_params_b=PositiveAmount(value=total if experts is None else total / 8),
        layers=layers,
        hidden=draw(st.integers(1, 20_000)),
        intermediate=draw(st.integers(1, 80_000)),
        gated_mlp=draw(st.booleans()),
        n_heads=heads,
        n_kv_heads=kv_heads,
        head_dim=head_dim,
        vocab=draw(st.integers(1, 300_000)),
        sliding_layers=sliding,
        sliding_window=1024 if sliding else None,
        n_experts=experts,
        experts_per_token=None if experts is None else draw(st.integers(1, experts)),
        moe_intermediate=None if experts is None else draw(st.integers(1, 10_000)),
        first_k_dense=draw(maybe(st.integers(0, layers))) if experts else None,
        tie_embeddings=draw(st.sampled_from([None, True, False])),
        max_context=draw(maybe(st.integers(1, 10_000_000))),
        native_dtype=draw(st.sampled_from(["bfloat16", "fp8"])),
        note=draw(texts),
    )


def own_sheets(sheets: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Data sheets with ids that differ."""
    return st.lists(sheets, max_size=2, unique_by=lambda sheet: sheet.id).map(tuple)


def model_qualities(classes: list[str]) -> st.SearchStrategy[tuple[ModelQuality, ...]]:
    """Scores of models, for all classes or for one."""
    return st.lists(
        st.builds(
            ModelQuality,
            model=identifiers,
            request_class=maybe(st.sampled_from(classes)),
            score=figures(Share),
        ),
        max_size=3,
        unique_by=lambda quality: (quality.model, quality.request_class),
    ).map(tuple)
