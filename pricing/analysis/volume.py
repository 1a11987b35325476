"""The volume from which one option costs no more than another, exact across whole servers.

The cost of an option is a straight line of the volume between two steps: a step is where the load
fills a whole number of servers. The search walks from step to step and solves the piece on which
the difference changes its sign. A large fleet has more steps than can be walked; then the walk
skips some at first and returns to those between the last dearer and the first cheaper place.
"""

import numpy as np

from pricing.bill.costs import BillLines
from pricing.evaluation import BreakEvenVolume, Evaluation, FloatArray

MOST_STEPS = 2000
"""Steps walked at once."""
FARTHEST = 1000.0
"""Largest multiple of the plan's volume looked at where there are few steps."""
AT_LEAST_TO = 20.0
"""Multiple of the plan's volume up to which the search always goes."""
JUST_ABOVE = 1 + 1e-8
"""Far enough past a step for the next whole server to be needed."""
LEAST = 1e-9
"""Smallest multiple of the plan's volume looked at, standing for next to nothing."""
LEAST_LOAD = 1e-8
"""Smallest load in servers looked at; a load is rounded to nine decimals before it goes up."""
BENDS = 300
"""Places looked at beside the steps: a fixed number of servers bends the line where it is full."""
CUTS = 64
"""Parts into which a piece is cut to find its crossing."""
CLOSE = 1e-13
"""Relative width at which a crossing is found."""
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
        skip = -(-self._steps.size // MOST_STEPS)
        walked = np.unique([*self._steps[::skip], self._farthest])
        points = self._ends_of_pieces(np.array([0.0, *walked]))
        cheaper = self._differences(points) <= 0
        if not cheaper.any():
            return BreakEvenVolume("never", None, None, None, self._farthest)
        first = int(cheaper.argmax())
        multiple = 0.0 if first == 0 else self._crossing(points[first - 1], points[first], 0)
        dearer = np.flatnonzero(~cheaper)
        last = int(dearer[-1]) if dearer.size else -1
        lasting: float | None = None
        if last + 1 < points.size:
            lasting = 0.0 if last < 0 else self._crossing(points[last], points[last + 1], -1)
        requests = self._evaluation.values.monthly(self._evaluation.bill.demand.requests)
        return BreakEvenVolume(
            "already" if first == 0 else "volume",
            multiple,
            multiple * float(requests.mean()),
            lasting,
            self._farthest,
        )

    def _ends_of_pieces(self, ends: FloatArray) -> FloatArray:
        """Just above the start of each piece, and its end."""
        starts = np.maximum(ends[:-1], self._least) * JUST_ABOVE
        return np.stack([starts, ends[1:]], axis=1).reshape(-1)

    def _crossing(self, low: float, high: float, which: int) -> float:
        """The volume between a dearer and a cheaper place, the first (0) or last (-1)."""
        inner = self._steps[(self._steps > low) & (self._steps < high)]
        if inner.size:
            points = self._ends_of_pieces(np.array([low / JUST_ABOVE, *inner, high]))
            low, high = self._change(points, which)
        if high <= low * JUST_ABOVE * (1 + CLOSE):
            return low
        while high - low > CLOSE * high:
            low, high = self._change(np.linspace(low, high, CUTS + 1), which)
        return high

    def _change(self, points: FloatArray, which: int) -> tuple[float, float]:
        """The neighbours between which the option turns from dearer to cheaper."""
        cheaper = self._differences(points) <= 0
        turns = np.flatnonzero(~cheaper[:-1] & cheaper[1:])
        place = int(turns[which])
        return float(points[place]), float(points[place + 1])

    def _differences(self, multiples: FloatArray) -> FloatArray:
        evaluation, (option, reference) = self._evaluation, self._pair
        volume = evaluation.bill.demand.volume.key
        parts = []
        for start in range(0, multiples.size, CHUNK):
            chunk = multiples[start : start + CHUNK]
            values = evaluation.ledger.evaluate({volume: chunk}, only=(option.tco, reference.tco))
            difference = values.array(option.tco) - values.array(reference.tco)
            parts.append(np.broadcast_to(difference.reshape(-1), chunk.shape))
        return np.concatenate(parts)

    def _all_steps(self) -> tuple[FloatArray, float]:
        """Multiples at which a piece ends, rising, and the largest one looked at."""
        values = self._evaluation.values
        fleets = [bill.units for bill in self._pair if bill.units is not None]
        units = np.unique([load for line in fleets for load in values.monthly(line) if load > 0])
        farthest = FARTHEST
        if units.size:
            self._least = max(LEAST, LEAST_LOAD / float(units.min()))
            farthest = min(FARTHEST, max(AT_LEAST_TO, MOST_STEPS / float(units.sum())))
        steps = [np.arange(1, int(farthest * unit) + 1) / unit for unit in units]
        bends = np.geomspace(max(self._least, 1e-4), farthest, BENDS)
        every = np.unique(np.concatenate([*steps, bends, [1.0, farthest]]))
        return every[(every > self._least) & (every <= farthest)], farthest
