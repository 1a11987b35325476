"""The rules in force in a plan, one by one, each of which can be lifted to see what it costs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pricing.optimise.statement import Fact
from pricing.plan.currency import in_currency
from pricing.plan.option import SelfHosted
from pricing.plan.plan import Plan
from pricing.plan.rules import Rules
from pricing.plan.workload import RequestClass, Sensitivity

SENSITIVITIES: tuple[Sensitivity, ...] = ("public", "internal", "confidential", "restricted")
"""From the least to the most sensitive."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a plan."""

    code: str
    """Key of its sentences in `sentences`."""
    path: str
    """Field of the plan that states it."""
    lifted: Callable[[Plan], Plan] = field(compare=False)
    """The plan without it."""
    facts: Mapping[str, Fact] = field(default_factory=dict, compare=False)
    """What its sentences name."""


def rules_of(plan: Plan) -> tuple[Rule, ...]:
    """Every rule that restricts a decision on the plan, in the order of the plan."""
    return (*_of_classes(plan), *_of_servers(plan), *_of_decision(plan))


def _of_classes(plan: Plan) -> Iterator[Rule]:
    for place, one in enumerate(plan.workload):
        path = f"workload.{one.id}"
        if _is_kept_inside(one, plan.rules):
            facts: dict[str, str | float] = {
                "request_class": one.name, "sensitivity": one.sensitivity,
            }  # fmt: skip
            yield Rule("data", f"{path}.sensitivity", _class_with(place, sensitivity="public"),
                       facts)  # fmt: skip
        if one.quality_floor is not None and one.quality_floor.value > 0:
            facts = {"request_class": one.name, "floor": one.quality_floor.value}
            yield Rule("quality_floor", f"{path}.quality_floor",
                       _class_with(place, quality_floor=None), facts)  # fmt: skip
        for name in ("first_token_limit", "answer_limit"):
            limit = getattr(one, name)
            if limit is not None:
                facts = {"request_class": one.name, "seconds": limit.value}
                yield Rule(name, f"{path}.{name}", _class_with(place, **{name: None}), facts)


def _is_kept_inside(one: RequestClass, rules: Rules) -> bool:
    return SENSITIVITIES.index(one.sensitivity) > SENSITIVITIES.index(rules.outside)


def _of_servers(plan: Plan) -> Iterator[Rule]:
    for place, option in enumerate(plan.options):
        if isinstance(option, SelfHosted) and option.most_servers is not None:
            yield Rule(
                "most_servers", f"options.{option.id}.most_servers",
                _option_with(place, most_servers=None),
                {"option": option.name, "servers": float(option.most_servers)},
            )  # fmt: skip


def _of_decision(plan: Plan) -> Iterator[Rule]:
    rules = plan.rules
    if rules.capex_per_year:
        caps = tuple(in_currency(plan, cap) for cap in rules.capex_per_year)
        facts: dict[str, Fact] = {
            "amounts": caps if len(set(caps)) > 1 else caps[:1],
            "currency": plan.currency,
        }
        yield Rule("capex", "rules.capex_per_year", _rules_with(capex_per_year=()), facts)
    if rules.site_power_kw is not None:
        yield Rule("site_power", "rules.site_power_kw", _rules_with(site_power_kw=None),
                   {"kw": rules.site_power_kw.value})  # fmt: skip
    if rules.vendors > 1:
        yield Rule("vendors", "rules.vendors", _rules_with(vendors=1),
                   {"vendors": float(rules.vendors)})  # fmt: skip
    for name in ("most_vendor_share", "quality", "on_premises"):
        figure = getattr(rules, name)
        if figure is not None:
            yield Rule(name, f"rules.{name}", _rules_with(**{name: None}),
                       {"share": figure.value})  # fmt: skip


def _class_with(place: int, **changes: object) -> Callable[[Plan], Plan]:
    def changed(plan: Plan) -> Plan:
        workload = list(plan.workload)
        workload[place] = workload[place].model_copy(update=changes)
        return plan.model_copy(update={"workload": tuple(workload)})

    return changed


def _option_with(place: int, **changes: object) -> Callable[[Plan], Plan]:
    def changed(plan: Plan) -> Plan:
        options = list(plan.options)
        options[place] = options[place].model_copy(update=changes)
        return plan.model_copy(update={"options": tuple(options)})

    return changed


def _rules_with(**changes: object) -> Callable[[Plan], Plan]:
    def changed(plan: Plan) -> Plan:
        return plan.model_copy(update={"rules": plan.rules.model_copy(update=changes)})

    return changed
