"""Data sheets of accelerators and shapes of open models made into catalogue records."""

from catalogue_rows import NOT_STATED, Record, Row, joined, number, slug

SHEET = {
    "memory_gb": ("memory_gb", "GB", "memory", "mem_gb_usable", 1),
    "bandwidth_gb_s": ("bandwidth_gb_s", "GB/s", "bandwidth", "mem_bw_tb_s", 1000),
    "bf16_tflops": ("bf16_tflops_dense", "TFLOP/s", "tflops", "bf16_dense_tflops", 1),
    "fp8_tflops": ("fp8_tflops_dense", "TFLOP/s", "tflops", "fp8_dense_tflops", 1),
    "int8_tops": ("int8_tops_dense", "TOP/s", "int8", "", 1),
    "fp4_tflops": ("fp4_tflops_dense", "TFLOP/s", "tflops", "fp4_dense_tflops", 1),
    "interconnect_gb_s": (
        "interconnect_gb_s_per_gpu_unidir",
        "GB/s per GPU, one direction",
        "interconnect",
        "scale_up_gb_s_unidir",
        1,
    ),
    "tdp_w": ("tdp_w", "W", "tdp", "tdp_w", 1),
}
"""Field: column of accelerators.csv, unit, word in its remarks, column of gpu_specs.csv, factor."""

SAME = {
    "H100 SXM": "H100-SXM",
    "H100 NVL": "H100-NVL",
    "H100 PCIe": "H100-PCIe",
    "H200 SXM": "H200",
    "B200 SXM": "B200",
    "B300 SXM": "B300",
    "GB200 NVL72": "GB200",
    "GB300 NVL72": "GB300",
    "A100 80 SXM": "A100-SXM-80GB",
    "A100 80 PCIe": "A100-PCIe-80GB",
    "A100 40 SXM": "A100-SXM-40GB",
    "RTX PRO 6000 Blackwell": "RTX-PRO-6000",
    "RTX 5090": "RTX5090",
    "RTX 4090": "RTX4090",
    "Ascend 910C": "Ascend-910C",
    "Gaudi 3": "Gaudi3",
    "TPU v6e": "TPU-v6e",
}
"""Name in gpu_specs.csv: name in accelerators.csv, where they differ."""


def _scaled(text: str, factor: int) -> float | int | None:
    value = number(text)
    return None if value is None else number(f"{value * factor:.6f}")


def _unverified(remark: str) -> list[str]:
    words = remark.lower()
    if not words:
        return []
    return [
        field
        for field, (_, _, word, _, _) in SHEET.items()
        if word in words or words.startswith("all")
    ]


def _accelerator(row: Row, spec: Row) -> Record:
    """One data sheet; where the second table disagrees, both ends are kept."""
    unverified = _unverified(row.get("unverified_fields", ""))
    source = row.get("source") or spec["source"]
    record: Record = {}
    for field, (column, unit, _, other_column, factor) in SHEET.items():
        first = number(row.get(column, ""))
        second = _scaled(spec.get(other_column, ""), factor)
        value = second if first is None else first
        if value is None:
            record[field] = None
            continue
        figure: Record = {"value": value}
        notes = []
        if first is not None and second is not None and first != second:
            figure |= {"low": min(first, second), "high": max(first, second)}
            notes.append(f"{spec['source']} says {second:g}")
        if field in unverified:
            notes.append(f"not verified: {row['unverified_fields']}")
        record[field] = figure | {
            "unit": unit,
            "region": "global",
            "source": source if first is not None else spec["source"],
            "confidence": "low" if field in unverified else "medium",
            "note": joined(*notes, "the source states no date"),
        }
    all_in = number(spec.get("allin_kw_per_gpu", ""))
    record["all_in_kw"] = (
        None
        if all_in is None
        else {
            "value": all_in,
            "unit": "kW per accelerator with its share of host and network",
            "region": "global",
            "source": spec["source"],
            "as_of": "2026-08-15",
            "confidence": "medium",
            "note": "figure cited as a fact; the repository it stands in is GPL-3.0",
        }
    )
    return {
        **record,
        "interconnect": row.get("interconnect", "") or NOT_STATED,
        "max_scale_up": number(row.get("max_gpus_per_scaleup", "")),
        "release_year": number(row.get("release_year", "")),
        "unverified": unverified,
        "source": joined(
            *dict.fromkeys(text for text in (row.get("source"), spec.get("source")) if text)
        ),
        "note": joined(
            row.get("unverified_fields", "") and f"not verified: {row['unverified_fields']}",
            spec.get("note", ""),
        ),
    }


def accelerator_records(rows: list[Row], specs: list[Row]) -> list[Record]:
    """Data sheets of both tables, one entry per accelerator."""
    by_name = {SAME.get(spec["name"], spec["name"]): spec for spec in specs}
    sheets = {row["name"]: row for row in rows}
    records = []
    for name in [*sheets, *(name for name in by_name if name not in sheets)]:
        row, spec = sheets.get(name, {}), by_name.get(name, {})
        records.append(
            {
                "id": slug(name),
                "name": name,
                "vendor": row.get("vendor") or spec["vendor"],
                "architecture": row.get("arch", "") or NOT_STATED,
                "region": "global",
                **_accelerator(row, spec),
            }
        )
    return records


COUNTS = (
    "layers",
    "hidden",
    "intermediate",
    "n_heads",
    "n_kv_heads",
    "head_dim",
    "vocab",
    "kv_lora_rank",
    "qk_rope_dim",
    "qk_nope_dim",
    "v_head_dim",
    "q_lora_rank",
    "sliding_window",
    "n_experts",
    "experts_per_token",
    "moe_intermediate",
    "shared_experts",
    "first_k_dense",
    "moe_layer_interval",
    "full_attention_interval",
    "max_context",
)
"""Whole numbers of a shape, under the names of the table."""

UNGATED = frozenset(("Phi-1.5", "Phi-2", "Pythia-1B", "Falcon-180B", "GPT-J-6B"))
"""Models whose feed-forward block has two matrices (litgpt: GptNeoxMLP); the others have three."""


def _kinds_of_layers(row: Row) -> Record:
    """Layers with a sliding window and with linear attention, told by the words for attention.

    Alternating: every second layer slides (Gemma 2, gpt-oss); 5:1 and 3:1: every sixth (Gemma 3) or
    fourth (Llama 4, which attends within chunks) does not.
    A window the words leave out holds in every layer; one as long as the context is none.
    """
    layers, words = int(row["layers"]), row["attention"]
    window, context = number(row["sliding_window"]), number(row["max_context"])
    sliding = linear = None
    if interval := number(row["full_attention_interval"]):
        linear = layers - layers // int(interval)
    elif "alternating" in words:
        sliding = (layers + 1) // 2
    elif "5:1" in words:
        sliding = layers - layers // 6
    elif "3:1" in words:
        sliding = layers - layers // 4
    elif window and context and window < context:
        sliding = layers
    return {"sliding_layers": sliding, "linear_layers": linear}


TRUTH = {"True": True, "False": False, "": None}


def open_model_records(rows: list[Row]) -> list[Record]:
    """Open models; dates and licences the source could not check are marked."""
    records = []
    for row in rows:
        unverified = [
            field
            for field in ("release_date", "licence")
            if not row[field] and row[f"{field}_unverified"]
        ]
        parameters = {
            "unit": "billion parameters",
            "region": "global",
            "source": row["source"],
            "confidence": "medium",
            "note": joined(row["params_note"], "the source states no date"),
        }
        records.append(
            {
                "id": slug(row["model"]),
                "name": row["model"],
                "hf_id": row["hf_id"],
                "release_date": row["release_date"] or row["release_date_unverified"],
                "licence": row["licence"] or row["licence_unverified"],
                "unverified": unverified,
                "total_params_b": {"value": number(row["total_params_b"]), **parameters},
                "active_params_b": {"value": number(row["active_params_b"]), **parameters},
                **{name: number(row[name]) for name in COUNTS},
                **_kinds_of_layers(row),
                "gated_mlp": row["model"] not in UNGATED,
                "attention": row["attention"],
                "tie_embeddings": TRUTH[row["tie_embeddings"]],
                "native_dtype": row["native_dtype"],
                "region": "global",
                "source": row["source"],
                "licence_source": row["release_licence_source"],
                "note": row["params_note"],
            }
        )
    return records
