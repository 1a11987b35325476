"""From fitted unknowns to the parameters that the serving model reads."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from pricing.calibration.design import Key
from pricing.calibration.effects import CALL, ENGINES, Level, platform_of
from pricing.calibration.fit import Fit, Mask
from pricing.calibration.offsets import factors_of
from pricing.calibration.rows import Rows
from pricing.serving.evidence import GROUNDS, interval_key
from pricing.serving.parameters import Anchor, Parameters

NO_INTERVALS: Final = {
    interval_key(ground, has_experts=has_experts): (1.0, 1.0)
    for ground in GROUNDS
    for has_experts in (False, True)
}
"""Before any is measured."""
NO_ANCHOR: Final = Anchor(0.2, 0.2, 0.5, "before any is measured")


def parameters_of(
    found: Fit,
    rows: Rows,
    used: Mask,
    known: Parameters | None = None,
) -> Parameters:
    """Parameters from a fit on some of the rows.

    Args:
        found: The fit.
        rows: All rows of its design.
        used: Those it was fitted on.
        known: A calibration whose intervals and weights of own points are taken; none means that
            intervals have no width and own points the study's weight.
    """
    factor = {
        key: float(np.exp(value))
        for key, value in zip(found.design.keys, found.unknowns, strict=True)
    }
    places = np.flatnonzero(used)
    families = [rows.families[place] for place in places]
    software = [rows.software[place] for place in places]
    return Parameters(
        core={key[2]: value for key, value in factor.items() if key[0] == "core"},
        families=_by_label(factor, "family", sorted(set(families))),
        frameworks={name: _framework(factor, name) for name in ENGINES},
        makers=frozenset(rows.makers[place] for place in places),
        seen_together=frozenset(zip(families, software, strict=True)),
        stacks=factors_of(found, rows, used),
        intervals=known.intervals if known else NO_INTERVALS,
        anchor=known.anchor if known else NO_ANCHOR,
        data_date=date.fromisoformat(max(rows.measured[place].source_date for place in places)),
        rows=len(places),
    )


def _by_label(
    factor: dict[Key, float], level: Level, labels: Sequence[str]
) -> dict[str, dict[str, float]]:
    return {
        label: {
            key[2]: value for key, value in factor.items() if key[0] == level and key[1] == label
        }
        for label in labels
    }


def _framework(factor: dict[Key, float], name: str) -> dict[str, float]:
    """A class of software: what it has of its maker, of its platform and of its own."""
    product: defaultdict[str, float] = defaultdict(lambda: 1.0)
    levels = {("engine", ENGINES[name]), ("platform", platform_of(name)), ("software", name)}
    for (level, label, parameter), value in factor.items():
        if (level, label) in levels:
            names = ("call_close", "call_far") if parameter == CALL else (parameter,)
            for each in names:
                product[each] *= value
    return dict(sorted(product.items()))


def counted(labels: Sequence[str], used: Mask) -> dict[str, int]:
    """Rows by label."""
    count = Counter(label for label, use in zip(labels, used, strict=True) if use)
    return dict(sorted(count.items()))
