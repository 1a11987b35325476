"""The form of one option, for each kind."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.forms.capacity_rows import capacity_rows, way_row
from desktop.forms.maker import RowMaker
from desktop.forms.routing_rows import routing_facts, routing_link
from desktop.forms.row import Choice, Group, Row
from desktop.forms.serving_rows import at_their_fields, setup_rows, speed_rows, target_rows
from desktop.viewmodels.billed import (
    Billed,
    electricity_line,
    entry_line,
    gpus_line,
    power_line,
    pue_line,
)
from desktop.viewmodels.serving_setup import Outcome, outcome_of
from pricing import today as clock
from pricing.catalogue import catalogue_for
from pricing.plan.figure import Price
from pricing.plan.hybrid import Hybrid
from pricing.plan.option import (
    Appliance,
    Committed,
    HostedOpen,
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


def option_form(
    item: Option, plan: Plan, predict: Callable[[SelfHosted, Plan], Outcome] | None = None
) -> tuple[Group, ...]:
    """Rows of an option, grouped by the question they answer.

    Args:
        item: An option.
        plan: Its plan.
        predict: What is known of the work of its servers; none means to work it out here and now.
    """
    make = RowMaker(item, f"options.{item.id}", plan.currency)
    groups: list[Group] = []
    what: list[Row] = [make.text("name", _t("Name"))]
    entry = entry_line(item, plan, catalogue_for(plan), clock.today())
    if isinstance(item, Hybrid):
        groups.append(Group(_t("Who answers what?"), (routing_link(make, item),)))
    elif isinstance(item, TokenPriced):
        listing = "hosted_model" if isinstance(item, HostedOpen) else "api_model"
        what.append(make.reference("model", _t("Model"), listing, entry))
        groups.append(Group(_t("What does a token cost?"), _token_prices(make, item)))
    else:
        if item.serving is None:
            what.append(make.text("serves_model", _t("Model it runs"), _t("in words")))
        what.append(_machine(make, item, entry))
        groups += _work(make, item, plan, predict)
        groups.append(Group(_t("How many, and when?"), _fleet(make, item, plan)))
        groups.append(Group(_t("What does a server cost?"), _server_costs(make, item, plan)))
    facts: tuple[Group, ...] = ()
    if not isinstance(item, Hybrid):
        what.append(_served(make, item, plan))
        facts = (Group(_t("What must a hybrid know of it?"), routing_facts(make, item)),)
    what.append(make.note("note", _t("Note"), _t("for the reader")))
    running = (
        make.number("setup_cost", _t("Going live"), _t("once")),
        make.number("fixed_monthly_cost", _t("Other costs"), _t("per month")),
        make.number("people_fte", _t("People"), _t("full-time")),
    )
    return (
        Group(_t("What is it?"), tuple(what)),
        *groups,
        Group(_t("What does running it cost?"), running),
        *facts,
    )


def _served(make: RowMaker, item: Option, plan: Plan) -> Row:
    classes = tuple(Choice(c.name, c.id) for c in plan.workload)
    hint = "" if item.serves else _t("all of them, those added later too")
    return make.classes("serves", _t("Serves"), classes, hint)


def _work(
    make: RowMaker,
    item: SelfHosted,
    plan: Plan,
    predict: Callable[[SelfHosted, Plan], Outcome] | None,
) -> tuple[Group, ...]:
    catalogue, how_much = catalogue_for(plan), _t("How much can one server do?")
    if item.serving is None:
        way = way_row(item, plan, catalogue, Outcome())
        return (Group(how_much, (way, *capacity_rows(make, item, plan))),)
    outcome = predict(item, plan) if predict else outcome_of(item, plan, catalogue)
    way = way_row(item, plan, catalogue, outcome)
    return at_their_fields(
        (
            Group(how_much, (way, *setup_rows(make, item, plan, catalogue))),
            Group(_t("How fast must it answer?"), target_rows(make)),
            Group(_t("What makes it faster or slower?"), speed_rows(make, item.serving)),
        ),
        f"options.{item.id}.serving",
        outcome,
    )


def _machine(make: RowMaker, item: SelfHosted, entry: Billed) -> Row:
    if isinstance(item, RentedGpus):
        return make.reference("instance", _t("Rented server"), "rental", entry)
    if isinstance(item, OwnedServers):
        return make.reference("server", _t("Server"), "server", entry)
    return make.reference("appliance", _t("Appliance"), "appliance", entry)


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
        make.number("minimum_spend", _t("Least spend agreed"), _t("per year")),
    )


def _fleet(make: RowMaker, item: SelfHosted, plan: Plan) -> tuple[Row, ...]:
    bridges = (
        Choice(_t("nothing: reported as unserved"), None),
        *(Choice(o.name, o.id) for o in plan.options if isinstance(o, TokenPriced)),
    )
    return (
        make.number("servers", _t("Servers"), placeholder=_t("as the peak needs")),
        make.number("spare_servers", _t("Spares on top")),
        make.number("most_servers", _t("At most"), placeholder=_t("as many as are worth it")),
        make.number("maintenance_hours", _t("Maintenance of each"), _t("hours a month")),
        make.number("lead_time_months", _t("Delivered after"), _t("months")),
        make.choice("bridge", _t("Served meanwhile by"), bridges),
    )


def _server_costs(make: RowMaker, item: SelfHosted, plan: Plan) -> tuple[Row, ...]:
    catalogue = _t("from the catalogue")
    plan_price = _t("as the plan says")
    if isinstance(item, RentedGpus):
        return (
            make.number("price_per_hour", _t("One server"), _t("per hour"), placeholder=catalogue),
            *_terms(make, item),
        )
    assert isinstance(item, OwnedServers | Appliance)
    known, today = catalogue_for(plan), clock.today()
    site = (
        make.number(
            "power_kw",
            _t("Power of one"),
            "kW",
            placeholder=catalogue,
            billed=power_line(item, known, today),
        ),
        make.number("pue", "PUE", placeholder=catalogue, billed=pue_line(item, known, today)),
        make.number(
            "electricity",
            _t("Electricity"),
            _t("per kWh"),
            placeholder=plan_price,
            billed=electricity_line(item, plan, today),
        ),
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
        make.number(
            "gpus_per_server",
            _t("GPUs in one"),
            placeholder=catalogue,
            billed=gpus_line(item, known),
        ),
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
