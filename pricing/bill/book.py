"""The book a bill is written in: the ledger with the lines that every section shares."""

from datetime import date
from typing import Literal

from pricing.bill.errors import BillError
from pricing.bill.prediction import Prediction
from pricing.catalogue import Catalogue
from pricing.finding import Finding
from pricing.ledger import (
    CONVENTION,
    DECISION,
    Expression,
    Input,
    Ledger,
    Line,
    Provenance,
    Section,
    ahead,
    ceil,
    slug,
)
from pricing.plan.figure import OPTIMISER, Currency, Figure, Price
from pricing.plan.path import words_of
from pricing.plan.plan import Plan


class Book:
    """A ledger with its timeline, conversions, exchange rates and discount factor.

    Args:
        plan: What the buyer entered.
        catalogue: Dated facts that stand in where the plan names an entry instead of a figure.
        today: The day from which the age of figures is counted.
    """

    def __init__(self, plan: Plan, catalogue: Catalogue, today: date) -> None:
        self.plan = plan
        self.today = today
        self.catalogue = catalogue
        self.currency: Currency = plan.currency
        self.findings: list[Finding] = []
        self.predictions: dict[str, Prediction] = {}
        self._entered: dict[tuple[str, str, str], Input] = {}
        self.first_day = date.fromisoformat(f"{plan.start}-01")
        self.ledger = Ledger(plan.months, self.first_day)
        self.month = self.ledger.month
        self._conversions()
        self._calendar()
        self._finance()

    def _conversions(self) -> None:
        section = self.ledger.section("units", "Conversions")
        self.tokens_per_mtok = section.input("Tokens in a million", 1e6, "tokens/Mtok", CONVENTION)
        self.months_per_year = section.input("Months in a year", 12, "months/year", CONVENTION)
        self.seconds_per_hour = section.input(
            "Seconds in an hour", 3600, "seconds/hour", CONVENTION
        )
        self.hours_counted = section.input("Hours of the day", 24, "", CONVENTION)
        self.weekdays_counted = section.input("Days of the week", 7, "", CONVENTION)
        self._fx: dict[Currency, Input] = {}

    def _calendar(self) -> None:
        calendar, section = self.plan.calendar, self.ledger.sections[0]
        if calendar.days_per_month is None:
            self.days: Expression = self.ledger.days
        else:
            self.days = section.input(
                "Days of service in a month",
                calendar.days_per_month,
                "days",
                Provenance(source="plan"),
                key="service_days",
                path="calendar.days_per_month",
            )
        self.hours_per_day = section.input(
            "Hours of service in a day",
            calendar.hours_per_day,
            "hours/day",
            Provenance(source="plan"),
            key="service_hours",
            path="calendar.hours_per_day",
        )
        self.hours = section.line(
            "Hours of service", self.days * self.hours_per_day, "hours", key="hours", flow=True
        )
        self.year = section.line(
            "Plan year", ceil(self.month / self.months_per_year), "years", key="year"
        )
        self._ends_year: Line | None = None

    def _finance(self) -> None:
        finance = self.plan.finance
        section = self.ledger.section("finance", "Finance")
        self.discount_rate = self.enter(
            section,
            "Discount rate per year",
            finance.discount_rate,
            "share",
            "finance.discount_rate",
        )
        self.payment_offset = section.input(
            "Months from payment to the end of its month",
            0.5 if finance.payment_timing == "mid-month" else 0.0,
            "months",
            Provenance(source=f"convention: {finance.payment_timing}"),
            key="payment_offset",
            path="finance.payment_timing",
        )
        years = (self.month - self.payment_offset) / self.months_per_year
        self.discount_factor: Line = section.line(
            "Discount factor", (1 + self.discount_rate) ** (-years), "share", key="discount_factor"
        )
        self.is_last: Line = section.line(
            "Last month of the plan", ahead(self.month, 1).equals(0), "flag", key="is_last"
        )
        self._cost_per_person: Expression | None = None
        if finance.tax is not None:
            self.tax_rate = self.enter(
                section, "Tax rate", finance.tax.rate, "share", "finance.tax.rate", "tax_rate"
            )
            self.tax_months = section.input(
                "Months of tax depreciation",
                12 * finance.tax.depreciation_years,
                "months",
                Provenance(source="plan"),
                key="tax_months",
                path="finance.tax.depreciation_years",
            )

    @property
    def ends_year(self) -> Line:
        """Flag of the last month of each whole plan year."""
        if self._ends_year is None:
            self._ends_year = self.ledger.sections[0].line(
                "Last month of a plan year",
                self.month.equals(self.year * self.months_per_year),
                "flag",
                key="ends_year",
            )
        return self._ends_year

    def cost_per_person(self, path: str) -> Expression:
        """Monthly cost of one full-time person in the plan's currency.

        Raises:
            BillError: if people are asked for and the plan does not say what they cost.
        """
        if self._cost_per_person is None:
            people = self.plan.people
            if people.loaded_cost_per_year.is_left_out:
                raise BillError(
                    "people.loaded_cost_per_year",
                    f"{words_of(self.plan, path)}: what people cost is not known; enter the yearly "
                    "cost of one full-time person.",
                )
            section = next(s for s in self.ledger.sections if s.key == "finance")
            yearly = self.money(
                section,
                "Loaded cost of one person per year",
                people.loaded_cost_per_year,
                "/FTE/year",
                "people.loaded_cost_per_year",
                "cost_per_person_year",
            )
            self._cost_per_person = section.line(
                "Cost of one person per month",
                yearly / self.months_per_year,
                f"{self.currency}/FTE",
                key="cost_per_person",
            )
        return self._cost_per_person

    def enter(
        self,
        section: Section,
        label: str,
        figure: Figure,
        unit: str,
        path: str,
        key: str = "",
    ) -> Input:
        """Enter a figure with its provenance; see `given`."""
        return self.given(
            section, label, figure.value, unit, provenance_of(figure), path, key, figure.note
        )

    def given(
        self,
        section: Section,
        label: str,
        value: float,
        unit: str,
        provenance: Provenance,
        path: str,
        key: str = "",
        note: str = "",
    ) -> Input:
        """Enter a number of the plan, once: where a field is needed again, its input is found.

        A hybrid is made of options of the plan, so both read the same cells.
        """
        place = path, key or slug(label), unit
        if path and place in self._entered:
            return self._entered[place]
        entry = section.input(label, value, unit, provenance, key=key, note=note, path=path)
        self._entered[place] = entry
        return entry

    def money(
        self, section: Section, label: str, price: Price, per: str, path: str, key: str = ""
    ) -> Expression:
        """Enter a price and give it in the plan's currency; `per` is empty or like "/server".

        Raises:
            BillError: if the exchange rate between the two currencies is not in the plan.
        """
        currency = price.currency or self.currency
        entry = self.enter(section, label, price, currency + per, path, key)
        return entry if currency == self.currency else entry * self._exchange(currency, path)

    def _exchange(self, currency: Currency, path: str) -> Expression:
        """The plan's currency for one unit of another."""
        if self.currency == "USD":
            return 1 / self._per_usd(currency, path)
        if currency == "USD":
            return self._per_usd(self.currency, path)
        return self._per_usd(self.currency, path) / self._per_usd(currency, path)

    def _per_usd(self, currency: Currency, path: str) -> Input:
        if currency not in self._fx:
            field = f"{currency.lower()}_per_usd"
            rate: Figure | None = getattr(self.plan.fx, field)
            if rate is None:
                raise BillError(
                    f"fx.{field}",
                    f"{words_of(self.plan, path)}: the currency is not the plan's {self.currency}; "
                    f"enter the exchange rate, {currency} for one USD.",
                )
            section = next(s for s in self.ledger.sections if s.key == "units")
            self._fx[currency] = self.enter(
                section, f"{currency} for one USD", rate, f"{currency}/USD", f"fx.{field}", field
            )
        return self._fx[currency]

    def find(
        self,
        code: str,
        path: str,
        severity: Literal["error", "warning", "note"] = "warning",
        **facts: str | float,
    ) -> None:
        """Note something that a reader must know; the same thing is noted once."""
        finding = Finding(code, severity, path, facts)
        if finding not in self.findings:
            self.findings.append(finding)


def provenance_of(figure: Figure) -> Provenance:
    """Where a figure comes from, as the ledger keeps it; what was chosen is a decision."""
    if figure.source == OPTIMISER:
        return Provenance(source=OPTIMISER, as_of=figure.as_of, confidence=DECISION)
    return Provenance(
        source=figure.source,
        as_of=figure.as_of,
        url=figure.url,
        confidence=figure.confidence,
        region=figure.region,
        low=figure.low,
        high=figure.high,
    )
