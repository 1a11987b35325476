"""What is held out together stays together."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pricing.calibration.folds import each_of, folds_of
from tests.calibration.data import data

LABELS = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=60)


@given(LABELS, st.integers(2, 6), st.integers(0, 3))
def test_that_a_group_is_never_split(groups: list[str], count: int, seed: int) -> None:
    folds = folds_of(groups, count, seed)
    assert len(folds) == len(groups)
    for group in set(groups):
        assert len({int(f) for f, g in zip(folds, groups, strict=True) if g == group}) == 1
    assert {int(fold) for fold in folds} <= set(range(count))


@given(LABELS)
def test_that_each_label_is_a_fold_of_its_own(labels: list[str]) -> None:
    pairs = set(zip(labels, each_of(labels), strict=True))
    assert len(pairs) == len(set(labels)) == len({int(fold) for _, fold in pairs})


def test_that_no_row_shares_source_model_and_accelerator_with_another_fold() -> None:
    rows = data().rows
    folds = folds_of(rows.groups, 5)
    where: dict[tuple[str, str, str], set[int]] = {}
    for row, source, fold in zip(rows.measured, rows.sources, folds, strict=True):
        where.setdefault((source, row.model, row.accelerator), set()).add(int(fold))
    assert len(where) > 100
    assert all(len(found) == 1 for found in where.values())


def test_that_folds_are_about_equally_full() -> None:
    rows = data().rows
    sizes = list(Counter(map(int, folds_of(rows.groups, 5))).values())
    assert len(sizes) == 5
    assert max(sizes) - min(sizes) < 0.02 * len(rows)


def test_that_sources_are_told_apart_as_they_were_made() -> None:
    rows = data().rows
    names = set(rows.sources)
    assert {"InferenceX", "aiconfigurator", "MLPerf v4.1", "MLPerf v5.0"} <= names
    assert {f"TensorRT-LLM docs {v}" for v in ("v0.6.1", "v0.14", "v0.17", "v0.20")} <= names
    assert (
        sum(row.kind.startswith("silicon_agg") for row in rows.measured)
        == np.isin(rows.sources, ["InferenceX", "aiconfigurator"]).sum()
    )
