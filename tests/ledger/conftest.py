from datetime import date

import pytest

from pricing.ledger import Input, Ledger, Line, Provenance, Section

QUOTE = Provenance("quote 17", date(2026, 10, 14), "https://example.org/17", "high", "EU", 1, 9)


class Example:
    """A short ledger with one input of several units and one line a month."""

    def __init__(self, months: int = 6) -> None:
        self.ledger = Ledger(months, date(2027, 1, 1))
        self.month = self.ledger.month
        self.section: Section = self.ledger.section("main", "Main")
        self.price = self.enter("Price", 100, "USD/server")
        self.servers = self.section.line(
            "Servers", self.enter("Start", 2, "servers") * self.month, "servers"
        )
        self.cost = self.section.line("Cost", self.servers * self.price, "USD")

    def enter(self, label: str, value: float, unit: str = "") -> Input:
        return self.section.input(label, value, unit, QUOTE)

    def series(self, *values: float, unit: str = "", label: str = "series") -> Line:
        """A line that takes these values month by month."""
        from pricing.ledger import choose

        cells = [self.enter(f"{label} {n}", value, unit) for n, value in enumerate(values, 1)]
        if len(cells) == 1:
            return self.section.line(label, cells[0], unit, every_month=True)
        return self.section.line(label, choose(self.month, cells), unit)


@pytest.fixture
def example() -> Example:
    return Example()
