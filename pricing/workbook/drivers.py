"""Which inputs get a defined name: the few scalars that move the most lines."""

from pricing.ledger import CONVENTION, Input, Ledger, Line
from pricing.ledger.ledger import referenced

MOST_NAMES = 20


def main_drivers(ledger: Ledger) -> list[Input]:
    """The inputs on which the most lines depend, directly or through other lines.

    Numbers true by definition (twelve months in a year) are no drivers. Of two inputs with as many
    lines the earlier one comes first. Finance models name scalar drivers only; series keep cell
    references.
    """
    bits = {entry: 1 << number for number, entry in enumerate(ledger.inputs)}
    reach: dict[Input | Line, int] = dict(bits.items())
    counts = dict.fromkeys(ledger.inputs, 0)
    for line in ledger.in_order():
        assert line.expression is not None
        inputs = 0
        for figure in set(referenced(line.expression)):
            inputs |= reach[figure]
        reach[line] = inputs
    totals = [reach[line] for line in ledger.lines]
    for entry in ledger.inputs:
        counts[entry] = sum(1 for inputs in totals if inputs & bits[entry])
    free = [entry for entry in ledger.inputs if entry.provenance != CONVENTION and counts[entry]]
    return sorted(free, key=lambda entry: -counts[entry])[:MOST_NAMES]
