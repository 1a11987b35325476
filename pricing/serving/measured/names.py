"""Names in benchmark files, brought to the ids of the catalogue.

Files write `Llama-3.1-70B`, `meta-llama/Meta-Llama-3.1-70B-Instruct` or `H100 SXM5 80GB`; the
catalogue says `llama-3.1-70b` and `h100-sxm`. Names are compared without case, separators and words
that do not change the work (a maker's name, `Instruct`, the precision of a checkpoint). A name that
could mean two entries, such as `H100`, means none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar

from pricing.catalogue import Catalogue
from pricing.catalogue.errors import closest
from pricing.plan.serving import KvPrecision, Precision
from pricing.plan.sheets import AcceleratorSheet, ModelSheet

SheetT = TypeVar("SheetT", ModelSheet, AcceleratorSheet)
_MODEL_NOISE = frozenset({
    "meta", "instruct", "it", "hf", "chat", "base", "preview", "thinking", "kv", "dynamic",
    "static", "quantized", "awq", "gptq", "fp8", "fp4", "nvfp4", "mxfp4", "bf16", "fp16", "int4",
    "int8", "w4a16", "w8a8", "w4a4", "e4m3",
})  # fmt: skip
_ACCELERATOR_NOISE = frozenset({
    "nvidia", "amd", "intel", "habana", "google", "aws", "huawei", "instinct", "geforce", "tesla",
    "radeon", "gpu", "accelerator", "tensor", "core", "oam", "dgx", "hgx", "blackwell", "server",
    "workstation", "edition", "generation",
})  # fmt: skip
_VERSION = re.compile(r"v0\.\d|\d{4}")
"""A release of the same weights' shape: `v0.3`, or a date like `0528`."""
_MEMORY = re.compile(r"\d+gb|hbm\d?e?")
_SPELLINGS = {"sxm4": "sxm", "sxm5": "sxm", "sxm6": "sxm"}
_ACCELERATOR_ALIASES = (
    ("a100-sxm-80gb", "A100-80"),
    ("a100-sxm-40gb", "A100-40"),
    ("gh200-96gb", "GH200-96"),
    ("gh200-144gb", "GH200-144"),
    ("h100-sxm", "H100 80GB HBM3"),
    ("h200", "H200 SXM"),
    ("b200", "B200 SXM"),
    ("b300", "B300 SXM"),
    ("gb10-dgx-spark", "GB10"),
    ("gb10-dgx-spark", "DGX Spark"),
)
"""Names that benchmarks and drivers use beside those of the data sheets."""

PRECISIONS: Mapping[str, Precision] = {
    "bf16": "bf16", "bfloat16": "bf16",
    "fp16": "fp16", "float16": "fp16", "half": "fp16",
    "fp8": "fp8", "fp8e4m3": "fp8", "e4m3": "fp8", "w8a8fp8": "fp8", "float8": "fp8",
    "int8": "int8", "w8a8": "int8", "w8a8int8": "int8",
    "nvfp4": "nvfp4", "fp4": "nvfp4", "w4a4": "nvfp4",
    "mxfp4": "mxfp4",
    "int4": "int4", "awq": "int4", "awq4": "int4", "gptq": "int4", "w4a16": "int4",
    "int4awq": "int4",
}  # fmt: skip
"""Precisions of weights by what files call them, without case and separators."""
KV_PRECISIONS: Mapping[str, KvPrecision] = {
    "fp16": "fp16", "bf16": "fp16", "float16": "fp16", "bfloat16": "fp16", "auto": "fp16",
    "fp8": "fp8", "fp8e4m3": "fp8", "fp8e5m2": "fp8", "e4m3": "fp8", "int8": "fp8",
}  # fmt: skip
"""Precisions of the KV cache; what counts is its size, so all of 8 bits are one."""


@dataclass(frozen=True)
class Names:
    """Models and accelerators by every spelling that means exactly one of them."""

    models: Mapping[str, ModelSheet]
    """By id."""
    accelerators: Mapping[str, AcceleratorSheet]
    """By id."""
    model_spellings: Mapping[str, str]
    """Id by spelling, as `model_key` makes it."""
    accelerator_spellings: Mapping[str, str]
    """Id by spelling, as `accelerator_keys` makes them."""

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        own_models: Iterable[ModelSheet] = (),
        own_accelerators: Iterable[AcceleratorSheet] = (),
    ) -> Self:
        """The names of a catalogue, and of what a buyer added; the buyer's go first.

        Raises:
            CatalogueError: an entry of the catalogue is damaged.
        """
        models = _first(
            [*own_models, *(catalogue.open_model(line.id) for line in catalogue.open_models())]
        )
        sheets = _first(
            [
                *own_accelerators,
                *(catalogue.accelerator(line.id) for line in catalogue.accelerators()),
            ]
        )
        return cls(
            {model.id: model for model in models},
            {sheet.id: sheet for sheet in sheets},
            _index((model.id, model_key(text)) for model in models for text in _texts(model)),
            _index(
                (identifier, key)
                for identifier, text in (*_ACCELERATOR_ALIASES, *_own_names(sheets))
                for key in accelerator_keys(text)
            ),
        )

    def model(self, text: str) -> str | None:
        """The id of a model, or none if the name means no model or several."""
        key = text.strip().lower()
        return key if key in self.models else self.model_spellings.get(model_key(text))

    def accelerator(self, text: str) -> str | None:
        """The id of an accelerator, or none if the name means no accelerator or several."""
        key = text.strip().lower()
        if key in self.accelerators:
            return key
        words = _accelerator_words(text)
        bare = [word for word in words if not _MEMORY.fullmatch(word)]
        return next(
            (
                self.accelerator_spellings[key]
                for key in (*_keys(words), *_keys(bare))
                if key in self.accelerator_spellings
            ),
            None,
        )

    def close_models(self, text: str) -> list[str]:
        """Ids most like a name that means no model, best first."""
        return closest(text.strip().rpartition("/")[2], self.models)

    def close_accelerators(self, text: str) -> list[str]:
        """Ids most like a name that means no accelerator, best first."""
        start = "".join(_accelerator_words(text))
        alike = [key for key in self.accelerators if start and key.startswith(start)]
        rest = closest("-".join(_accelerator_words(text)), self.accelerators)
        return list(dict.fromkeys([*alike, *rest]))[: max(3, len(alike))]


def model_key(text: str) -> str:
    """What is left of a model's name when case, separators and noise are gone."""
    words = _words(text.strip().rpartition("/")[2])
    left = [word for word in words if word not in _MODEL_NOISE and not _VERSION.fullmatch(word)]
    return "".join(left)


def accelerator_keys(text: str) -> tuple[str, str]:
    """What is left of an accelerator's name: its words in alphabetic order, and run together."""
    return _keys(_accelerator_words(text))


def _keys(words: list[str]) -> tuple[str, str]:
    return " ".join(sorted(words)), "".join(words)


def precision_key(text: str) -> str:
    """A precision without case and separators."""
    return "".join(_words(text)).replace(".", "")


def _first(sheets: Iterable[SheetT]) -> list[SheetT]:
    """One sheet of each id, the first."""
    found: dict[str, SheetT] = {}
    for sheet in sheets:
        found.setdefault(sheet.id, sheet)
    return list(found.values())


def _texts(model: ModelSheet) -> tuple[str, str, str]:
    return model.id, model.name, model.hf_id


def _own_names(sheets: Iterable[AcceleratorSheet]) -> list[tuple[str, str]]:
    return [(sheet.id, text) for sheet in sheets for text in (sheet.id, sheet.name)]


def _accelerator_words(text: str) -> list[str]:
    return [_SPELLINGS.get(word, word) for word in _words(text) if word not in _ACCELERATOR_NOISE]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:\.\d+[^\W_]*)*", text.lower())


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Ids by key, without the keys that mean several ids."""
    found: dict[str, set[str]] = {}
    for identifier, key in pairs:
        found.setdefault(key, set()).add(identifier)
    return {key: ids.pop() for key, ids in found.items() if key and len(ids) == 1}
