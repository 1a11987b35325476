"""Models and accelerators in few words: size, and which figures nobody could check."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop.viewmodels.words import compact, significant
from pricing.plan.labels import LABELS
from pricing.plan.sheets import AcceleratorSheet, ModelSheet

Sheet = ModelSheet | AcceleratorSheet


def _t(text: str) -> str:
    return QCoreApplication.translate("Sheets", text)


def sheet_size(sheet: Sheet) -> str:
    """How large a model is, or how much an accelerator can do."""
    return model_size(sheet) if isinstance(sheet, ModelSheet) else accelerator_size(sheet)


def model_size(sheet: ModelSheet) -> str:
    """Weights, active weights where they are fewer, and the longest context."""
    total, active = sheet.total_params_b.value, sheet.active_params_b.value
    text = _t("{n} B").format(n=significant(total))
    if sheet.n_experts:
        text += _t(" ({n} B active)").format(n=significant(active))
    if sheet.max_context:
        text += _t(", context {n}").format(n=compact(sheet.max_context))
    return text


def accelerator_size(sheet: AcceleratorSheet) -> str:
    """Memory, bandwidth and 16-bit throughput, as far as they are known."""
    known = (
        (sheet.memory_gb, _t("{n} GB")),
        (sheet.bandwidth_gb_s, _t("{n} GB/s")),
        (sheet.bf16_tflops, _t("{n} TFLOP/s")),
    )
    return ", ".join(
        template.format(n=significant(figure.value)) for figure, template in known if figure
    )


def unverified_words(sheet: Sheet) -> str:
    """Which figures of a sheet nobody could check, in words; empty where all were."""
    if not sheet.unverified:
        return ""
    return _t("not verified: {fields}").format(fields=field_names(sheet.unverified))


def field_names(fields: Iterable[str]) -> str:
    """Fields of a sheet in words."""
    return ", ".join(dict.fromkeys(LABELS.get(name, name).lower() for name in fields))
