"""Availability of the options of a hybrid, as entered."""

from collections.abc import Iterable

from pricing.bill.costs import Costs
from pricing.ledger import Expression, Input


class Uptime:
    """Enters each availability once, where it is first needed."""

    def __init__(self, costs: Costs) -> None:
        self._costs = costs
        self._options = {option.id: option for option in costs.book.plan.options}
        self._entered: dict[str, Input] = {}

    def of(self, option: str) -> Input | None:
        """Share of the time in which an option answers; none where nobody says."""
        it = self._options[option]
        if it.availability is None:
            return None
        if option not in self._entered:
            self._entered[option] = self._costs.book.enter(
                self._costs.section, f"{it.name}: availability", it.availability, "share",
                f"options.{option}.availability", f"{option}.availability",
            )  # fmt: skip
        return self._entered[option]

    def of_all(self, options: Iterable[str]) -> Expression | None:
        """Share of the time in which all of them answer; none where nobody says of any."""
        found: Expression | None = None
        for option in dict.fromkeys(options):
            here = self.of(option)
            if here is not None:
                found = here if found is None else found * here
        return found
