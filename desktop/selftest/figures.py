"""The sample plans are evaluated as they were when the golden figures were written."""

from datetime import date

from desktop.selftest.check import CheckError, Place, require
from desktop.selftest.golden import count, differences, golden, sample_figures


def figures(_place: Place) -> str:
    """Evaluate every sample plan and hold it against the golden figures."""
    kept = golden()
    day = date.fromisoformat(kept["day"])
    require(bool(kept["samples"]), "there are no golden figures")
    found = {name: sample_figures(name, day) for name in kept["samples"]}
    told = list(differences(kept["samples"], found))
    if told:
        more = f", and {len(told) - 1} more" if len(told) > 1 else ""
        raise CheckError(f"{told[0]}{more}")
    return f"{count(kept['samples'])} figures of {len(found)} sample plans"
