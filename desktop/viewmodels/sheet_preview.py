"""What follows from a model or an accelerator somebody enters, and what looks like a slip."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.sheets import Sheet, unverified_words
from desktop.viewmodels.words import number, significant
from pricing.catalogue.licences import permitted_use
from pricing.plan.sheets import AcceleratorSheet, ModelSheet

Line = tuple[str, str]
"""A label and what is said under it."""

ORDINARY_FP8 = 2.05
"""8-bit over 16-bit dense throughput of the catalogue's accelerators (2 for all but Gaudi 3: 1)."""
SLOWEST_TFLOPS = 5.0
"""Below this a 16-bit throughput is taken for PFLOP/s; the catalogue's lowest is 65 (T4)."""
LOWEST_WATTS = 20.0
"""Below this a power is taken for kW; the catalogue's lowest is 70 W (T4)."""


def _t(text: str) -> str:
    return QCoreApplication.translate("SheetPreview", text)


def model_preview(sheet: ModelSheet) -> tuple[Line, ...]:
    """Parameters, memory, cache, context and licence of a model."""
    total, active = sheet.total_params_b.value, sheet.active_params_b.value
    lines = [(_t("Parameters"), _t("{n} billion").format(n=significant(total, 4)))]
    if sheet.n_experts:
        lines.append((_t("Active per token"), _t("{n} billion").format(n=significant(active, 4))))
    lines += [
        (
            _t("Weights"),
            _t("{full} GB at 16 bits, {half} GB at 8").format(
                full=significant(total * 2), half=significant(total)
            ),
        ),
        (_t("KV cache per token"), _cache(sheet)),
        (_t("Longest context"), _context(sheet)),
        (_t("Attention"), sheet.attention or _t("not stated")),
        (_t("Native precision"), sheet.native_dtype),
        (_t("Permitted use"), permitted_use(sheet.licence)),
    ]
    if sheet.note:
        lines.append((_t("Note"), sheet.note))
    return tuple(lines)


def _cache(sheet: ModelSheet) -> str:
    values = sheet.kv_values_per_token
    text = _t("{full} KiB at 16 bits, {half} KiB at 8").format(
        full=significant(values * 2 / 1024), half=significant(values / 1024)
    )
    if sheet.sliding_layers:
        text += "; " + _t("{n} of {layers} layers keep {window} tokens only").format(
            n=sheet.sliding_layers,
            layers=sheet.layers,
            window=number(sheet.sliding_window or 0, 0),
        )
    return text


def _context(sheet: ModelSheet) -> str:
    if not sheet.max_context:
        return _t("not stated")
    return _t("{n} tokens").format(n=number(sheet.max_context, 0))


def accelerator_preview(sheet: AcceleratorSheet) -> tuple[Line, ...]:
    """What the figures of an accelerator amount to, and what looks like a slip."""
    lines = []
    memory, bandwidth, tensor = sheet.memory_gb, sheet.bandwidth_gb_s, sheet.bf16_tflops
    if memory and bandwidth:
        seconds = memory.value / bandwidth.value
        text = _t("{n} ms").format(n=significant(seconds * 1000))
        lines.append((_t("Reads its memory once in"), text))
    if bandwidth and tensor:
        text = _t("{n} operations per byte read").format(
            n=significant(tensor.value * 1000 / bandwidth.value)
        )
        lines.append((_t("16-bit balance"), text))
    if memory:
        text = _t("{n} billion parameters at 16 bits, were nothing else kept").format(
            n=significant(memory.value / 2)
        )
        lines.append((_t("Holds at most"), text))
    lines += [(_t("Please check"), sentence) for sentence in doubts(sheet)]
    return tuple(lines)


def doubts(sheet: AcceleratorSheet) -> Iterator[str]:
    """Figures that are possible but look like another unit, or sparse instead of dense."""
    tensor, eight, watts = sheet.bf16_tflops, sheet.fp8_tflops, sheet.tdp_w
    if tensor and tensor.value < SLOWEST_TFLOPS:
        yield _t("16-bit throughput counts in TFLOP/s: {n} PFLOP/s is {more} TFLOP/s.").format(
            n=significant(tensor.value), more=significant(tensor.value * 1000)
        )
    if tensor and eight and eight.value > ORDINARY_FP8 * tensor.value:
        yield _t("8-bit is more than twice 16-bit; is it a figure with sparsity? Enter dense ones.")
    if watts and watts.value < LOWEST_WATTS:
        yield _t("Power counts in W: {n} kW is {more} W.").format(
            n=significant(watts.value), more=significant(watts.value * 1000)
        )


def sheet_details(sheet: Sheet) -> str:
    """What a reader must know about an entry: permitted use, doubts, source and note."""
    lines = []
    if isinstance(sheet, ModelSheet):
        lines.append(permitted_use(sheet.licence, verified="licence" not in sheet.unverified))
    doubt = unverified_words(sheet)
    if doubt:
        lines.append(doubt[:1].upper() + doubt[1:] + ".")
    day = f", {sheet.as_of.isoformat()}" if sheet.as_of is not None else ""
    lines.append(_t("Source: {source}{day}").format(source=sheet.source, day=day))
    if sheet.note:
        lines.append(_t("Note: {note}").format(note=sheet.note))
    return "\n".join(lines)
