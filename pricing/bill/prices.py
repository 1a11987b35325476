"""Token prices in force: one line per kind of price, each month at the price of its first day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pricing.bill.book import Book
from pricing.bill.demand import ClassDemand
from pricing.bill.errors import BillError
from pricing.bill.long_context import LongContext
from pricing.catalogue import CatalogueError, DatedPrices, TokenModel, TokenRates
from pricing.catalogue import is_stale as stale
from pricing.ledger import Expression, Input, Line, Provenance, Section, total, where
from pricing.plan.figure import Price
from pricing.plan.option import TokenPriced
from pricing.plan.workload import Urgency

Kind = Literal["input", "cached_input", "cache_write", "output"]

LABELS: dict[Kind, str] = {
    "input": "input tokens",
    "cached_input": "cached input tokens",
    "cache_write": "cache writes",
    "output": "output tokens",
}

_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Tariff:
    """Price rates by date, the first one in force at the start of the plan."""

    rates: tuple[tuple[date | None, TokenRates], ...]
    tiers: tuple[int, ...]
    """Thresholds of long-context tiers in input tokens, of all dates, rising."""

    def has_batch(self) -> bool:
        """Whether any dated price has a batch tariff; the others bill batches as standard."""
        return any(rates.has_batch_tariff for _, rates in self.rates)


class TokenPriceLines:
    """The price lines of one token-priced option, written when they are first asked for."""

    def __init__(self, book: Book, section: Section, option: TokenPriced, path: str) -> None:
        self._book = book
        self._section = section
        self._option = option
        self._path = path
        self._tariff = _tariff(book, option, path)
        self._lines: dict[tuple[Kind, bool, int], Line] = {}
        self._changes: dict[date, Input] = {}
        self.long_context = LongContext(section, self._tariff.tiers)
        section.block("Prices")
        self._discount = (
            book.enter(section, "Negotiated discount", option.discount, "share", f"{path}.discount")
            if not option.discount.is_left_out
            else None
        )
        self._drift = (
            book.enter(
                section, "Expected price change per year", option.price_change_per_year, "share",
                f"{path}.price_change_per_year",
            )
            if not option.price_change_per_year.is_left_out
            else None
        )  # fmt: skip
        self.per_request = self._charges_per_request()
        """What each request costs on top of its tokens, not subject to the discount."""

    def bills_as_batch(self, urgency: Urgency) -> bool:
        """Whether requests of this urgency pay the batch tariff."""
        if urgency != "batch" or not self._option.batch_tariff:
            return False
        if not self._tariff.has_batch():
            self._book.find(
                "price.no_batch_tariff", f"{self._path}.batch_tariff", "note",
                option=self._option.name,
            )  # fmt: skip
            return False
        return True

    def write_for(self, classes: Iterable[ClassDemand]) -> None:
        """Write the lines that these classes will ask for, so that they stand together."""
        for demand in classes:
            for kind in LABELS:
                self.paid(kind, demand)

    def paid(self, kind: Kind, demand: ClassDemand) -> Expression:
        """The price a class pays per million tokens of a kind.

        A long-context tier re-rates the whole request, so it is the mean of the base price and the
        tier's, weighted with the share of the class's tokens in requests above the threshold.
        """
        batch = self.bills_as_batch(demand.request_class.urgency)
        paid: Expression = self.price(kind, batch)
        for tier, share in enumerate(self.long_context.shares(demand), start=1):
            weight = share.of_requests if kind == "output" else share.of_input
            paid = paid + weight * (
                self.price(kind, batch, tier) - self.price(kind, batch, tier - 1)
            )
        return paid

    def price(self, kind: Kind, batch: bool, tier: int = 0) -> Line:
        """The line of a price per million tokens in the plan's currency.

        Args:
            kind: What is billed.
            batch: Whether at the batch tariff.
            tier: 0 for the base price, n for the n-th long-context tier.
        """
        key = (kind, batch, tier)
        if key not in self._lines:
            self._lines[key] = self._write(kind, batch, tier)
        return self._lines[key]

    def _write(self, kind: Kind, batch: bool, tier: int) -> Line:
        book, section = self._book, self._section
        above = f", requests above {self._tariff.tiers[tier - 1]:,} tokens" if tier else ""
        label = f"{LABELS[kind]}{', batch' if batch else ''}{above}"
        key = f"price_{kind}{'_batch' if batch else ''}{f'_{tier}' if tier else ''}"
        listed = [
            price_of(
                rates if tier == 0 else _above(rates, self._tariff.tiers[tier - 1]), kind, batch
            )
            for _, rates in self._tariff.rates
        ]
        expression = self._by_date(f"Price of {label}", listed, "/Mtok", "prices", key)
        if self._discount is not None:
            expression = expression * (1 - self._discount)
        if self._drift is not None:
            expression = expression * (1 + self._drift) ** ((book.month - 1) / book.months_per_year)
        return section.line(
            f"Price in force: {label}", expression, f"{book.currency}/Mtok", key=key
        )

    def _by_date(
        self, label: str, listed: list[Price], per: str, field: str, key: str
    ) -> Expression:
        """The price of each month: one price per date of the tariff, in the plan's currency."""
        book, dates = self._book, [since for since, _ in self._tariff.rates]
        expression: Expression | None = None
        for number, (since, price) in enumerate(zip(dates, listed, strict=True)):
            suffix = f" from {since.isoformat()}" if since and number else ""
            entry = book.money(
                self._section, label + suffix, price, per, f"{self._path}.{field}",
                f"{key}.{number}",
            )  # fmt: skip
            if expression is None or since is None:
                expression = entry
            else:
                expression = where(book.ledger.date >= self._change(since), entry, expression)
        assert expression is not None
        return expression

    def _charges_per_request(self) -> Expression | None:
        option, charges = self._option, list[Expression]()
        if not option.cost_per_request.is_left_out:
            own = self._book.money(
                self._section, "Charge per request", option.cost_per_request, "/request",
                f"{self._path}.cost_per_request",
            )  # fmt: skip
            charges.append(own)
        listed = [
            rates.per_request for _, rates in self._tariff.rates if isinstance(rates, DatedPrices)
        ]
        if any(price is not None for price in listed):
            free = Price(value=0, source="price list of the model", confidence="high")
            known = [price or free for price in listed]
            charges.append(
                self._by_date("List charge per request", known, "/request", "model", "list_charge")
            )
        return total(charges) if charges else None

    def _change(self, since: date) -> Input:
        if since not in self._changes:
            self._changes[since] = self._section.input(
                f"Price change of {since.isoformat()}",
                (since - _EPOCH).days,
                "date",
                Provenance(source="announced price change, see the price's own source"),
                key=f"change_{since.isoformat()}",
            )
        return self._changes[since]


def price_of(rates: TokenRates, kind: Kind, batch: bool) -> Price:
    """The price of a kind of token; where a kind has none of its own, it is billed as input."""
    batch = batch and rates.has_batch_tariff
    by_kind: dict[Kind, Callable[[], Price | None]] = {
        "input": lambda: rates.batch_input if batch else rates.input,
        "output": lambda: rates.batch_output if batch else rates.output,
        "cached_input": lambda: rates.batch_cached_input if batch else rates.cached_input,
        "cache_write": lambda: rates.batch_cache_write if batch else rates.cache_write,
    }
    price = by_kind[kind]() or by_kind["input"]()
    assert price is not None
    return price


def _above(rates: TokenRates, threshold: int) -> TokenRates:
    """The rates of requests just longer than a threshold, which may be another date's."""
    return rates.rates_for(threshold + 1) if isinstance(rates, DatedPrices) else rates


def _tariff(book: Book, option: TokenPriced, path: str) -> Tariff:
    if option.prices is not None:
        quoted = option.prices
        rates = TokenRates(
            input=quoted.input,
            output=quoted.output,
            cached_input=quoted.cached_input,
            cache_write=quoted.cache_write,
            batch_input=quoted.batch_input,
            batch_output=quoted.batch_output,
            batch_cached_input=quoted.batch_cached_input,
        )
        return Tariff(((None, rates),), ())
    try:
        model = book.catalogue.token_model(option.model)
    except CatalogueError as error:
        raise BillError(f"{path}.model", str(error)) from None
    return _listed(book, option, model, path)


def _listed(book: Book, option: TokenPriced, model: TokenModel, path: str) -> Tariff:
    first = book.first_day
    in_force: list[tuple[date | None, TokenRates]] = []
    for prices in model.prices:
        if prices.effective_from is None or prices.effective_from <= first or not in_force:
            in_force = [(prices.effective_from, prices)]
        elif (prices.effective_from - first).days < 31 * book.plan.months:
            in_force.append((prices.effective_from, prices))
    start, base = in_force[0]
    if start is not None and start > first:
        book.find("price.not_yet_known", f"{path}.model", option=option.name, since=str(start))
    if stale(base.input, book.today):
        book.find(
            "price.stale", f"{path}.model", option=option.name,
            as_of=str(base.input.as_of or "unknown"),
        )  # fmt: skip
    thresholds = {
        tier.above_tokens
        for _, rates in in_force
        if isinstance(rates, DatedPrices)
        for tier in rates.long_context
    }
    return Tariff(tuple(in_force), tuple(sorted(thresholds)))
