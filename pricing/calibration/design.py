"""The linear part of the fit: logarithms of coefficients are sums of a core and its deviations."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from pricing.calibration.effects import CALL, EFFECTS, EFFICIENCY, MATMUL, THROUGHPUT, Effect, Level
from pricing.calibration.priors import CORE
from pricing.calibration.rows import Rows
from pricing.serving.coefficients import Coefficients
from pricing.serving.columns import Numbers

SHARES: Final = (
    "bandwidth", "matmul", "attention_matmul", "decode_attention", "prefill_attention",
)  # fmt: skip
"""Coefficients that software's efficiency changes together."""
FIELDS: Final = (*Coefficients.names(), THROUGHPUT)
"""What each row has one value of."""
PARTIAL: Final[tuple[Level, ...]] = ("source", "setup")
"""Levels that predictions leave out."""

Key = tuple[str, str, str]
"""Level ("core" for the core itself), label and parameter."""


@dataclass(frozen=True)
class Design:
    """Unknowns, what is believed of them, and what each row takes of them."""

    keys: tuple[Key, ...]
    centre: Numbers
    """Believed values, as logarithms, shape (unknowns,)."""
    spread: Numbers
    """Standard deviations of that belief."""
    takes: dict[str, csr_array]
    """For each field, a matrix of shape (rows, unknowns)."""

    def logs(self, unknowns: Numbers) -> dict[str, Numbers]:
        """Logarithm of each field of each row."""
        return {name: matrix @ unknowns for name, matrix in self.takes.items()}

    def known(self, unknowns: Numbers) -> Numbers:
        """The unknowns without what is left out of predictions."""
        partial = np.array([key[0] in PARTIAL for key in self.keys])
        return np.where(partial, 0.0, unknowns)


def design_of(rows: Rows, effects: tuple[Effect, ...] = EFFECTS) -> Design:
    """The unknowns of some rows."""
    place: dict[Key, int] = {}
    centre, spread = [], []
    for name, prior in CORE.items():
        place["core", "", name] = len(place)
        centre.append(np.log(prior.centre))
        spread.append(prior.spread)
    entries: dict[str, tuple[list[int], list[int]]] = {name: ([], []) for name in FIELDS}
    for number in range(len(rows)):
        for name in Coefficients.names():
            entries[name][0].append(number)
            entries[name][1].append(place["core", "", core_name(name, rows, number)])
    for effect in effects:
        for number, label in enumerate(rows.labels[effect.level]):
            if not label or (effect.only and label != effect.only):
                continue
            for name in _fields(effect.parameter):
                parameter = (
                    core_name(name, rows, number)
                    if effect.parameter == MATMUL
                    else effect.parameter
                )
                key = (effect.level, label, parameter)
                if key not in place:
                    place[key] = len(place)
                    centre.append(0.0)
                    spread.append(effect.others.get(label, effect.spread))
                entries[name][0].append(number)
                entries[name][1].append(place[key])
    shape = (len(rows), len(place))
    return Design(
        keys=tuple(place),
        centre=np.array(centre),
        spread=np.array(spread),
        takes={
            name: csr_array((np.ones(len(ij[0])), ij), shape=shape) for name, ij in entries.items()
        },
    )


def core_name(field: str, rows: Rows, number: int) -> str:
    """The core's parameter behind a coefficient of a row."""
    if field == "matmul":
        return f"matmul_{rows.widths[number][0]}"
    if field == "attention_matmul":
        return f"matmul_{rows.widths[number][1]}"
    if field in {"call", "link"}:
        return f"{field}_{rows.speed[number]}"
    return field


def believing(design: Design, factor: float) -> Design:
    """The same with every belief a factor as wide."""
    return replace(design, spread=design.spread * factor)


def _fields(parameter: str) -> tuple[str, ...]:
    if parameter == EFFICIENCY:
        return SHARES
    if parameter == MATMUL:
        return "matmul", "attention_matmul"
    return (CALL if parameter == CALL else parameter,)
