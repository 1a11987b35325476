"""Hand-made ledgers: two options for the same work, written the way a bill is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pricing.ledger import (
    CONVENTION,
    Input,
    Ledger,
    Line,
    Provenance,
    Section,
    ahead,
    ceil,
    contracts,
    cumulative,
    increase,
    lag,
    previous,
    ratio,
    sum_over_months,
    total,
    where,
    window_sum,
)
from pricing.workbook import Balance, Cover, Discounting, OptionSummary, Summary, write_workbook
from pricing.workbook.styles import OPTION_COLOURS

COVER = Cover(
    title="Reckoner",
    plan="Customer service 2027",
    purpose="Rent or own the servers of a customer service assistant",
    version="Reckoner 0.1.0",
    currency="USD",
    prepared=date(2026, 11, 22),
    month_basis="Calendar days of each month, 24 hours of service a day",
    notes=("Prices are before tax.", "Servers are bought whole."),
)


def quote(text: str, confidence: str = "high") -> Provenance:
    return Provenance(text, date(2026, 10, 14), "https://example.org/quotes/17", confidence, "EU")


@dataclass
class Example:
    ledger: Ledger
    summary: Summary
    rate: Input
    volume: Input

    def write(self, path: Path) -> None:
        write_workbook(self.ledger, self.ledger.evaluate(), path, cover=COVER, summary=self.summary)


class _Finance:
    def __init__(self, ledger: Ledger) -> None:
        section = ledger.section("finance", "Finance")
        self.year = section.input("Months in a year", 12, "months/year", CONVENTION)
        self.rate = section.input("Discount rate per year", 0.08, "share", quote("Treasury"))
        self.offset = section.input("Months from payment to month end", 0.5, "months", CONVENTION)
        years = (ledger.month - self.offset) / self.year
        self.factor = section.line("Discount factor", (1 + self.rate) ** (-years), "share")


def _finish(
    ledger: Ledger, section: Section, finance: _Finance, name: str, categories: dict[str, Line],
    requests: Line, number: int,
) -> OptionSummary:  # fmt: skip
    section.block("Bill")
    cash = section.line("Total cost", total(list(categories.values())), "USD", key="cash")
    so_far = section.line("Cost so far", cumulative(cash), "USD", key="so_far", flow=False)
    discounted = section.line("Discounted cost", cash * finance.factor, "USD")
    section.block("Key figures")
    tco = section.line("Total cost of ownership", sum_over_months(cash), "USD", key="tco")
    npv = section.line("Net present value", sum_over_months(discounted), "USD", key="npv")
    each = section.line(
        "Cost per request", ratio(tco, sum_over_months(requests)), "USD/request", key="each"
    )
    return OptionSummary(
        name, "option", OPTION_COLOURS[number % len(OPTION_COLOURS)], {"Cost per request": each},
        cash, so_far, categories, tco, npv,
    )  # fmt: skip


def rent_or_own(
    months: int = 18, rented: str = "Rented H100", owned: str = "Owned H100 (Dell's offer)"
) -> Example:
    """Growing demand, served on rented servers or on owned ones with a delivery time."""
    ledger = Ledger(months, date(2027, 1, 1))
    finance = _Finance(ledger)
    demand = ledger.section("demand", "Demand")
    volume = demand.input("Volume against the plan", 1, "share", quote("definition"))
    first = demand.input("Requests per day", 120_000, "requests/day", quote("Usage log"))
    growth = demand.input("Growth per month", 0.031, "share", quote("Sales plan", "low"))
    demand.block("Chat")
    factor = demand.line("Growth factor", (1 + growth) ** (ledger.month - 1), "ratio")
    daily = demand.line("Requests per day", volume * first * factor, "requests/day", key="daily")
    requests = demand.line("Requests", daily * ledger.days, "requests", flow=True)

    rent = ledger.section("rent", rented)
    capacity = rent.input(
        "Requests of one server per day", 61_000, "requests/day/server", quote("Measured")
    )
    price = rent.input("Rent per server and month", 21_450.5, "USD/server", quote("Price list"))
    rent.block("Servers")
    needed = rent.line("Servers in service", ceil(daily / capacity), "servers")
    rent.block("Cost")
    rents = rent.line("Rent", needed * price, "USD")
    rented_bill = _finish(ledger, rent, finance, rented, {"Rent": rents}, requests, 0)

    own = ledger.section("own", owned, note="Bought when needed, resold at the end")
    lead = own.input("Delivery time", 2, "months", quote("Quote 17"))
    life = own.input("Useful life", 9, "months", quote("Accounting"))
    unit = own.input("Price of a server", 287_400, "USD/server", quote("Quote 17"))
    power = own.input("Power of a server", 8.1, "kW/server", quote("Measured"))
    hours = own.input("Hours in a day", 24, "hours/day", CONVENTION)
    tariff = own.input("Electricity", 0.1325, "USD/kWh", quote("Supplier"))
    resale = own.input("Resale value", 0.15, "share", quote("Broker", "low"))
    own.block("Servers")
    wanted = own.line("Servers wanted", needed, "servers")
    bought = own.line("Servers delivered", contracts(wanted, life), "servers")
    own.line("Servers ordered", ahead(bought, lead), "servers")
    retired = own.line("Servers retired", lag(bought, life), "servers")
    running = own.line(
        "Servers in service", cumulative(bought) - cumulative(retired), "servers", key="running"
    )
    own.line("Servers added", increase(running), "servers")
    own.block("Cost")
    purchase = own.line("Purchase", bought * unit, "USD")
    energy = own.line("Energy", running * power * hours * ledger.days * tariff, "USD")
    is_last = own.line("Last month", ahead(ledger.month, 1).equals(0), "flag")
    sale = own.line("Resale", where(is_last, -(running * unit * resale), 0), "USD")
    categories = {"Purchase": purchase, "Energy": energy, "Resale": sale}
    owned_bill = _finish(ledger, own, finance, owned, categories, requests, 1)

    summary = Summary(
        (rented_bill, owned_bill),
        discounting=Discounting(finance.rate, finance.offset, finance.year),
        balances=(
            Balance("Owned", "servers in service are enough", running, wanted, at_least=True),
        ),
    )
    return Example(ledger, summary, finance.rate, volume)


def with_parts(name: str, members: tuple[str, ...]) -> Example:
    """Two options of two members each; their sections are opened after all others."""
    ledger = Ledger(3, date(2027, 1, 1))
    finance = _Finance(ledger)
    demand = ledger.section("demand", "Demand")
    daily = demand.input("Requests per day", 1_000, "requests/day", quote("Usage log"))
    requests = demand.line("Requests", daily * ledger.days, "requests", flow=True)
    wholes = [ledger.section(f"option.{n}", f"{name} {n}") for n in (1, 2)]
    ledger.section("notes", "Notes").line("Every month", ledger.month, "")
    options = []
    for number, whole in enumerate(wholes):
        bills = {}
        for place, member in enumerate(members):
            part = ledger.section(
                f"{whole.key}.m{place}", f"{whole.title}: {member}", part_of=whole
            )
            price = part.input("Price", 0.001, "USD/request", quote("Price list"))
            bills[member] = part.line("Bill", requests * price, "USD")
        options.append(_finish(ledger, whole, finance, whole.title, bills, requests, number))
    return Example(ledger, Summary(tuple(options)), finance.rate, daily)


DECIDED = Provenance("Optimiser, base case", date(2026, 11, 22), confidence="medium")


def base_and_peaks(months: int = 18) -> Example:
    """Servers decided month by month carry the base, an API takes the decided share of the rest."""
    ledger = Ledger(months, date(2027, 1, 1))
    finance = _Finance(ledger)
    demand = ledger.section("demand", "Demand")
    volume = demand.input("Volume against the plan", 1, "share", quote("definition"))
    first = demand.input("Requests per day", 120_000, "requests/day", quote("Usage log"))
    daily = demand.line("Daily requests", volume * first, "requests/day", every_month=True)
    requests = demand.line("Requests", daily * ledger.days, "requests", flow=True)

    api = ledger.section("api", "API alone")
    price = api.input("Price of a request", 0.0042, "USD/request", quote("Price list"))
    billed = api.line("API bill", requests * price, "USD")
    api_bill = _finish(ledger, api, finance, "API alone", {"API": billed}, requests, 0)

    mix = ledger.section("mix", "Hybrid: rented base, API peaks")
    rent = mix.input("Rent per server and month", 9_800, "USD/server", quote("Price list"))
    term = mix.input("Term of a server", 3, "months", quote("Price list"))
    mix.block("Decision")
    servers = mix.schedule(
        "Servers in service", [float(2 + month // 4) for month in range(months)], "servers",
        DECIDED, key="servers", path="options.mix.decision.servers", note="From the optimiser",
    )  # fmt: skip
    share = mix.schedule(
        "Share of requests given to the API",
        [0.375 if month % 3 else 1 / 3 for month in range(months)], "share", DECIDED, key="share",
    )  # fmt: skip
    credit = mix.schedule(
        "Credit granted", [-250.5 * (month == 0) for month in range(months)], "USD",
        quote("Letter of intent", "low"), key="credit",
    )  # fmt: skip
    mix.schedule("Migration days", [0.0] * months, "days", quote("Team"), key="migration")
    mix.block("Cost")
    taken = mix.line("Servers taken", contracts(servers, term), "servers")
    still = mix.line("Servers under term", window_sum(taken, term), "servers")
    mix.line("Servers before", previous(servers), "servers")
    mix.line("Servers a term ago", lag(servers, term), "servers")
    mix.line("Servers added", increase(servers), "servers")
    mix.line("Share given", share, "share", key="given")
    rents = mix.line("Rent", still * rent, "USD")
    peaks = mix.line("API", requests * share * price, "USD", key="api")
    granted = mix.line("Credit", credit, "USD", key="granted")
    categories = {"Rent": rents, "API": peaks, "Credit": granted}
    mixed_bill = _finish(ledger, mix, finance, mix.title, categories, requests, 1)
    summary = Summary(
        (api_bill, mixed_bill),
        discounting=Discounting(finance.rate, finance.offset, finance.year),
        balances=(Balance("Hybrid", "servers cover the decision", still, servers, at_least=True),),
    )
    return Example(ledger, summary, finance.rate, volume)
