"""The form of one option, for each of the five kinds."""

from PySide6.QtCore import QCoreApplication

from desktop.forms.maker import RowMaker
from desktop.forms.row import Choice, Group, Row
from pricing.plan.capacity import Capacity
from pricing.plan.figure import PositiveAmount, Price
from pricing.plan.option import (
    Appliance,
    Committed,
    OnDemand,
    Option,
    OwnedServers,
    RentedGpus,
    Scheduled,
    SelfHosted,
    TokenPriced,
    TokenPrices,
)
from pricing.plan.plan import Plan

Terms = OnDemand | Scheduled | Committed


def _t(text: str) -> str:
    return QCoreApplication.translate("OptionForm", text)


def _both_none(current: object, choice: object) -> bool:
    return (current is None) == (choice is None)


def option_form(item: Option, plan: Plan) -> tuple[Group, ...]:
    """Rows of an option, grouped by the question they answer."""
    make = RowMaker(item, f"options.{item.id}", plan.currency)
    groups: list[Group] = []
    what: list[Row] = [make.text("name", _t("Name"))]
    if isinstance(item, TokenPriced):
        what.append(make.reference("model", _t("Model"), "api_model"))
        groups.append(Group(_t("What does a token cost?"), _token_prices(make, item)))
    else:
        what.append(make.text("serves_model", _t("Model it runs"), _t("in words")))
        what.append(_machine(make, item))
        groups.append(Group(_t("How much can one server do?"), _capacity(make, item, plan)))
        groups.append(Group(_t("How many, and when?"), _fleet(make, item, plan)))
        groups.append(Group(_t("What does a server cost?"), _server_costs(make, item)))
    what.append(make.choice("serves", _t("Serves"), _served(plan, item), _same_classes))
    what.append(make.text("note", _t("Note"), _t("for the reader")))
    running = (
        make.number("setup_cost", _t("Going live"), _t("once")),
        make.number("fixed_monthly_cost", _t("Other costs"), _t("per month")),
        make.number("people_fte", _t("People"), _t("full-time")),
    )
    return (
        Group(_t("What is it?"), tuple(what)),
        *groups,
        Group(_t("What does running it cost?"), running),
    )


def _same_classes(current: tuple[str, ...], choice: tuple[str, ...]) -> bool:
    return set(current) == set(choice)


def _served(plan: Plan, item: Option) -> tuple[Choice, ...]:
    single = tuple(Choice(_t("only {name}").format(name=c.name), (c.id,)) for c in plan.workload)
    choices = (Choice(_t("all request classes"), ()), *single)
    if any(_same_classes(item.serves, choice.value) for choice in choices):
        return choices
    names = [c.name for c in plan.workload if c.id in item.serves]
    return (*choices, Choice(", ".join(names), item.serves))


def _machine(make: RowMaker, item: SelfHosted) -> Row:
    if isinstance(item, RentedGpus):
        return make.reference("instance", _t("Rented server"), "rental")
    if isinstance(item, OwnedServers):
        return make.reference("server", _t("Server"), "server")
    return make.reference("appliance", _t("Appliance"), "appliance")


def _token_prices(make: RowMaker, item: TokenPriced) -> tuple[Row, ...]:
    blank = item.prices or TokenPrices(input=Price(value=0), output=Price(value=0))
    kinds = (
        Choice(_t("dated list prices of the catalogue"), None),
        Choice(_t("quoted to us"), blank),
    )
    rows = [make.choice("prices", _t("Prices"), kinds, _both_none)]
    if item.prices is not None:
        inside = make.inside("prices")
        unit = _t("per 1M tokens")
        as_input, no_tariff = _t("billed as input"), _t("no batch tariff")
        rows += [
            inside.number("input", _t("Input"), unit),
            inside.number("cached_input", _t("Cached input"), unit, placeholder=as_input),
            inside.number("cache_write", _t("Cache write"), unit, placeholder=as_input),
            inside.number("output", _t("Output"), unit),
            inside.number("batch_input", _t("Batch input"), unit, placeholder=no_tariff),
            inside.number(
                "batch_cached_input", _t("Batch cached input"), unit, placeholder=as_input
            ),
            inside.number("batch_output", _t("Batch output"), unit, placeholder=no_tariff),
        ]
    return (
        *rows,
        make.number("discount", _t("Negotiated discount")),
        make.number("price_change_per_year", _t("Price change"), _t("% per year")),
        make.switch("batch_tariff", _t("Uses the batch tariff")),
        make.number("cost_per_request", _t("Charge on top"), _t("per request")),
    )


def _by_requests(current: Capacity, choice: Capacity) -> bool:
    return (current.requests_per_hour is None) == (choice.requests_per_hour is None)


def _mean_output(plan: Plan) -> float:
    """Mean output tokens of a request over the plan's classes, by number of requests."""
    days = 365 / 12
    weights = [c.requests.value * (days if c.per == "day" else 1) for c in plan.workload]
    total = sum(w * c.output_tokens.value for w, c in zip(weights, plan.workload, strict=True))
    return total / sum(weights) if total > 0 else 1.0


def _converted(item: SelfHosted, plan: Plan) -> tuple[Capacity, Capacity]:
    """The same capacity stated in output tokens per second and in requests per hour."""
    mean, now = _mean_output(plan), item.capacity
    tokens, requests = now.output_tokens_per_second, now.requests_per_hour
    source = _t("converted with {mean:,.0f} output tokens per request").format(mean=mean)
    if tokens is None and requests is not None:
        tokens = PositiveAmount(value=requests.value * mean / 3600, source=source)
    elif requests is None and tokens is not None:
        requests = PositiveAmount(value=tokens.value * 3600 / mean, source=source)
    return (
        Capacity(
            output_tokens_per_second=tokens,
            input_tokens_per_second=now.input_tokens_per_second,
            usable_share=now.usable_share,
        ),
        Capacity(requests_per_hour=requests, usable_share=now.usable_share),
    )


def _capacity(make: RowMaker, item: SelfHosted, plan: Plan) -> tuple[Row, ...]:
    inside = make.inside("capacity")
    now = item.capacity
    by_tokens, by_requests = _converted(item, plan)
    ways = (
        Choice(_t("in tokens per second"), by_tokens),
        Choice(_t("in requests per hour"), by_requests),
    )
    rows = [make.choice("capacity", _t("Stated"), ways, _by_requests)]
    if now.requests_per_hour is not None:
        rows.append(inside.number("requests_per_hour", _t("Requests"), _t("per hour")))
    else:
        rows.append(inside.number("output_tokens_per_second", _t("Output"), _t("tokens/s")))
        rows.append(
            inside.number(
                "input_tokens_per_second",
                _t("Input"),
                _t("tokens/s"),
                placeholder=_t("contained above"),
            )
        )
    return (*rows, inside.number("usable_share", _t("Planned with"), _t("% of it")))


def _fleet(make: RowMaker, item: SelfHosted, plan: Plan) -> tuple[Row, ...]:
    bridges = (
        Choice(_t("nothing: reported as unserved"), None),
        *(Choice(o.name, o.id) for o in plan.options if isinstance(o, TokenPriced)),
    )
    return (
        make.number("servers", _t("Servers"), placeholder=_t("as the peak needs")),
        make.number("spare_servers", _t("Spares on top")),
        make.number("lead_time_months", _t("Delivered after"), _t("months")),
        make.choice("bridge", _t("Served meanwhile by"), bridges),
    )


def _server_costs(make: RowMaker, item: SelfHosted) -> tuple[Row, ...]:
    catalogue = _t("from the catalogue")
    plan_price = _t("as the plan says")
    if isinstance(item, RentedGpus):
        return (
            make.number("price_per_hour", _t("One server"), _t("per hour"), placeholder=catalogue),
            *_terms(make, item),
        )
    site = (
        make.number("power_kw", _t("Power of one"), "kW", placeholder=catalogue),
        make.number("pue", "PUE", placeholder=catalogue),
        make.number("electricity", _t("Electricity"), _t("per kWh"), placeholder=plan_price),
        make.number("facility_per_server", _t("Rack and hands, each"), _t("per month")),
    )
    life = (
        make.number("useful_life_months", _t("Used for"), _t("months")),
        make.number("residual_share", _t("Resale value"), _t("% of price")),
    )
    if isinstance(item, Appliance):
        return (
            make.text("edition", _t("Edition"), _t("in the vendor's words")),
            make.number("price", _t("Bundle price"), _t("each"), placeholder=catalogue),
            make.number("support_rate", _t("Support"), _t("% per year"), percent=True),
            *site,
            *life,
        )
    return (
        make.number("price", _t("Purchase price"), _t("each"), placeholder=catalogue),
        make.number("installation", _t("Installation"), _t("each")),
        make.number("network_share", _t("Network and racks"), _t("% of price")),
        make.number("deposit_share", _t("Paid with the order"), _t("% of price")),
        make.number("maintenance_rate", _t("Maintenance"), _t("% per year"), percent=True),
        make.number("gpus_per_server", _t("GPUs in one"), placeholder=catalogue),
        make.number("software_per_gpu", _t("Software per GPU"), _t("per year")),
        *site[:3],
        make.number("colocation", _t("Colocation"), _t("per kW and month")),
        site[3],
        *life,
    )


def _same_terms(current: Terms, choice: Terms) -> bool:
    if isinstance(current, Committed):
        return isinstance(choice, Committed) and choice.years == current.years
    return current.kind == choice.kind


def _terms(make: RowMaker, item: RentedGpus) -> tuple[Row, ...]:
    office = item.terms if isinstance(item.terms, Scheduled) else Scheduled(from_hour=8, to_hour=20)
    kinds = (
        Choice(_t("on demand, around the clock"), OnDemand()),
        Choice(_t("in fixed hours"), office),
        Choice(_t("committed for 1 year"), Committed(years=1)),
        Choice(_t("committed for 3 years"), Committed(years=3)),
    )
    row = make.choice("terms", _t("Terms"), kinds, _same_terms)
    if not isinstance(item.terms, Scheduled):
        return (row,)
    inside = make.inside("terms")
    return (
        row,
        inside.number("from_hour", _t("From"), _t("o'clock")),
        inside.number("to_hour", _t("Until"), _t("o'clock")),
        inside.number("days_per_week", _t("Days"), _t("per week")),
    )
