"""Cells of a benchmark file: each column's meaning, and what is wrong with a value."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

from pricing.plan.serving import KvPrecision, Precision
from pricing.serving.measured.measurement import MAXIMUM
from pricing.serving.measured.names import KV_PRECISIONS, PRECISIONS, precision_key
from pricing.serving.software import STACKS

REQUIRED: Final = (
    "model", "gpu", "weight_precision", "tp", "isl", "osl", "output_tokens_per_s",
)  # fmt: skip
"""Columns without which a point cannot be predicted or scored."""
OPTIONAL: Final = (
    "source", "source_date", "kind", "framework", "stack", "kv_precision", "dp", "pp", "replicas",
    "concurrency", "ttft_ms", "tpot_ms", "n_repeats",
)  # fmt: skip
"""Columns that are used where a file has them."""
PEER: Final = "peer_"
"""How the heading of another tool's prediction begins."""
_LONGEST: Final = 60
MOST_WAYS: Final = 1024
"""Of any kind of parallelism; a plan takes no more."""

_OTHER_WORDS: Final = {
    "model": ("model_name", "model_path", "model_id", "hf_id"),
    "gpu": ("accelerator", "gpu_type", "gpu_name", "device", "hardware", "system"),
    "weight_precision": (
        "precision", "precision_weights", "weight_dtype", "dtype", "quantization", "quantisation",
    ),
    "tp": ("tensor_parallel", "tp_size", "tensor_parallel_size"),
    "isl": ("input_tokens", "input_len", "input_length", "prompt_tokens", "isl_mean"),
    "osl": ("output_tokens", "output_len", "output_length", "completion_tokens", "osl_mean"),
    "output_tokens_per_s": (
        "output_throughput", "throughput", "tokens_per_second", "tokens_per_s", "tok_s", "tps",
        "output_tok_s", "tput", "value_total",
    ),
}  # fmt: skip
"""Headings that may be meant; files are not read by guessing, so they are only named."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file at one place."""

    line: int
    column: str
    value: str
    reason: str
    """What is wrong with the value, and what would be right."""

    def sentence(self, file: str) -> str:
        """The whole problem for a person."""
        place = f"{file}, line {self.line}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: {self.reason}"


class WrongValueError(ValueError):
    """A cell cannot be read; the message says what is wrong and what would be right."""


def likely_meant(column: str, headings: list[str]) -> list[str]:
    """Headings of a file that may be meant by a missing column, best first."""
    words = [name for name in _OTHER_WORDS.get(column, ()) if name in headings]
    return words or get_close_matches(column, headings, 3, 0.6)


def much_alike(column: str, headings: list[str]) -> list[str]:
    """Headings of a file that are likely a slip for a column that may be left out."""
    return get_close_matches(column, headings, 1, 0.8)


def positive(text: str) -> float:
    """A number above zero."""
    value = _number(text)
    if value <= 0:
        raise WrongValueError(f"{shown(text)} must be above 0.")
    return value


def length(text: str) -> float:
    """Mean tokens of a request."""
    value = positive(text)
    if value < 1:
        raise WrongValueError(f"{shown(text)} must be at least 1 token.")
    return value


def ways(text: str) -> int:
    """Ways of parallelism, or a count of runs."""
    value = _number(text)
    if value != int(value) or not 1 <= value <= MOST_WAYS:
        raise WrongValueError(f"{shown(text)} must be a whole number from 1 to {MOST_WAYS:,}.")
    return int(value)


def runs(text: str) -> int:
    """A count of repeated runs."""
    value = _number(text)
    if value != int(value) or value < 1:
        raise WrongValueError(f"{shown(text)} must be a whole number, 1 or more.")
    return int(value)


def requests(text: str) -> float:
    """Requests in flight."""
    value = _number(text)
    if value < 1:
        raise WrongValueError(
            f"{shown(text)} must be 1 or more requests in flight; leave it empty for maximum "
            "throughput."
        )
    return value


def precision(text: str) -> Precision:
    """A precision of weights."""
    found = PRECISIONS.get(precision_key(text))
    if found is None:
        right = ", ".join(dict.fromkeys(PRECISIONS.values()))
        raise WrongValueError(
            f"{shown(text)} is no known precision of weights; write one of {right}."
        )
    return found


def kv_precision(text: str) -> KvPrecision:
    """A precision of the KV cache."""
    found = KV_PRECISIONS.get(precision_key(text))
    if found is None:
        raise WrongValueError(
            f"{shown(text)} is no known precision of the KV cache; write fp16 or fp8."
        )
    return found


def stack(text: str) -> str:
    """A class of serving software."""
    key = text.strip().lower()
    if key not in STACKS:
        right = ", ".join(STACKS)
        raise WrongValueError(
            f"{shown(text)} is no known class of serving software; write one of {right}, or leave "
            "it empty and name the software under framework."
        )
    return key


def reader_of(column: str) -> Callable[[str], Any]:
    """What reads the cells of a column."""
    return _READERS.get(column, positive if column.startswith(PEER) else str)


def shown(text: str) -> str:
    """A value from a file as a message shows it."""
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "...")


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "weight_precision": precision,
    "kv_precision": kv_precision,
    "tp": ways,
    "dp": ways,
    "pp": ways,
    "replicas": ways,
    "isl": length,
    "osl": length,
    "concurrency": requests,
    "output_tokens_per_s": positive,
    "ttft_ms": positive,
    "tpot_ms": positive,
    "n_repeats": runs,
    "stack": stack,
}
LEFT_OUT: Final[Mapping[str, Any]] = {
    "kv_precision": "fp16",
    "dp": 1,
    "pp": 1,
    "replicas": 1,
    "concurrency": MAXIMUM,
    "ttft_ms": math.nan,
    "tpot_ms": math.nan,
    "n_repeats": 1,
}
"""What an empty cell or a missing column means."""


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise WrongValueError(_not_a_number(text)) from None
    if "_" in text:
        raise WrongValueError(_not_a_number(text))
    if not math.isfinite(value):
        raise WrongValueError(f"{shown(text)} is no figure; write a number, or leave the line out.")
    return value


def _not_a_number(text: str) -> str:
    plain = text.strip()
    if plain[-1:].lower() in {"k", "m"} and _is_plain(plain[:-1]):
        whole = float(plain[:-1]) * (1e3 if plain[-1] in "kK" else 1e6)
        return f"{shown(text)} must be written out: {whole:.12g}."
    if "," in plain and _is_plain(plain.replace(",", "")):
        right = "write a decimal point and no thousands separators, like 1234.5."
        return f"{shown(text)} has a comma; {right}"
    return f"{shown(text)} is not a number; write one like 1234.5, without a unit."


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()
