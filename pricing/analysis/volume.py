"""The volume from which one option costs no more than another, exact across whole servers.

The cost of an option is a straight line of the volume between two steps: a step is where the load
fills a whole number of servers, or where a fixed number of servers can serve no more. The search
walks from step to step and solves the straight piece on which the difference changes its sign.
"""

import numpy as np

from pricing.bill.costs import BillLines
from pricing.evaluation import BreakEvenVolume, Evaluation, FloatArray

MOST_STEPS = 2000
"""Steps looked at; they bound how far up the search goes."""
FARTHEST = 1000.0
"""Largest multiple of the plan's volume looked at."""
JUST_ABOVE = 1 + 1e-8
"""Far enough past a step for the next whole server to be needed."""
LEAST = 1e-9
"""Smallest multiple of the plan's volume looked at, standing for next to nothing."""
LEAST_LOAD = 1e-8
"""Smallest load in servers looked at; a load is rounded to nine decimals before it goes up."""
CHUNK = 500


def break_even_volume(evaluation: Evaluation, option_id: str, reference_id: str) -> BreakEvenVolume:
    """The smallest multiple of the plan's volume at which an option's TCO is not above another's.

    Raises:
        KeyError: for an unknown option id.
    """
    by_id = {bill.option.id: bill for bill in evaluation.bill.options}
    search = _Search(evaluation, by_id[option_id], by_id[reference_id])
    return search.answer()


class _Search:
    def __init__(self, evaluation: Evaluation, option: BillLines, reference: BillLines) -> None:
        self._evaluation = evaluation
        self._pair = (option, reference)
        self._least = LEAST
        self._steps, self._farthest = self._all_steps()

    def answer(self) -> BreakEvenVolume:
        """Look at both ends of every piece, upwards."""
        ends = np.concatenate([[0.0], self._steps])
        points = np.stack(
            [np.maximum(ends[:-1], self._least) * JUST_ABOVE, ends[1:]], axis=1
        ).reshape(-1)
        differences = self._differences(points)
        cheaper = differences <= 0
        if not cheaper.any():
            return BreakEvenVolume("never", None, None, None, self._farthest)
        first = int(cheaper.argmax())
        multiple = 0.0 if first == 0 else self._crossing(points, differences, first)
        dearer = np.flatnonzero(~cheaper)
        last = int(dearer[-1]) if dearer.size else -1
        lasting: float | None = None
        if last + 1 < points.size:
            lasting = 0.0 if last < 0 else self._crossing(points, differences, last + 1)
        requests = self._evaluation.values.monthly(self._evaluation.bill.demand.requests)
        return BreakEvenVolume(
            "already" if first == 0 else "volume",
            multiple,
            multiple * float(requests.mean()),
            lasting,
            self._farthest,
        )

    def _crossing(self, points: FloatArray, differences: FloatArray, index: int) -> float:
        """The volume between a point where the option is dearer and the next, where it is not."""
        if index % 2 == 0:
            return float(points[index] / JUST_ABOVE)
        low, high = float(points[index - 1]), float(points[index])
        above, below = float(differences[index - 1]), float(differences[index])
        return low + (high - low) * above / (above - below)

    def _differences(self, multiples: FloatArray) -> FloatArray:
        evaluation, (option, reference) = self._evaluation, self._pair
        volume = evaluation.bill.demand.volume.key
        parts = []
        for start in range(0, multiples.size, CHUNK):
            values = evaluation.ledger.evaluate(
                {volume: multiples[start : start + CHUNK]}, only=(option.tco, reference.tco)
            )
            length = multiples[start : start + CHUNK].size
            difference = values.array(option.tco) - values.array(reference.tco)
            parts.append(np.broadcast_to(difference.reshape(-1), (length,)))
        return np.concatenate(parts)

    def _all_steps(self) -> tuple[FloatArray, float]:
        """Multiples at which a piece ends, rising, and the largest one looked at."""
        values = self._evaluation.values
        loads: list[FloatArray] = []
        kinks: list[FloatArray] = []
        for bill in self._pair:
            if bill.units is not None:
                loads.append(np.unique(values.monthly(bill.units)))
            for load, capacity in bill.limits:
                load_now, limit = values.monthly(load), values.monthly(capacity)
                kinks.append(np.unique(limit[load_now > 0] / load_now[load_now > 0]))
        units = np.concatenate([*loads, np.empty(0)])
        units = units[units > 0]
        if units.size:
            self._least = max(LEAST, LEAST_LOAD / float(units.min()))
        farthest = min(FARTHEST, MOST_STEPS / float(units.sum())) if units.size else FARTHEST
        steps = [np.arange(1, int(farthest * unit) + 1) / unit for unit in units]
        every = np.unique(np.concatenate([*steps, *kinks, [1.0, farthest]]))
        inside = (every > self._least) & (every <= farthest)
        return every[inside | (every == farthest)], farthest
