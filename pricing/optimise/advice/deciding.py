"""The reasons that decide: data rules, quality floors, volume, price gaps, lead time, peaks.

Each weighs what it moves: the share of the cost that would be saved without it, or the share of the
work that a rule ties down. The heaviest come first, one of a kind.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pricing.optimise.advice.picture import SOME, Part, Picture
from pricing.optimise.statement import Fact, Statement, state
from pricing.plan.option import SelfHosted, TokenPriced

NOTED = 0.01
"""Weights below this decide nothing."""
DECIDES = 0.5
"""What the weight of a data rule rises by where the work would be cheaper elsewhere."""
EARLY = 0.02
"""Weight of a lead time by itself."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    weight: float
    statement: Statement


def deciding_reasons(picture: Picture) -> tuple[Statement, ...]:
    """What decides, the heaviest reason first; one of each kind."""
    found = sorted(_every(picture), key=lambda one: -one.weight)
    kept: dict[str, Statement] = {}
    for one in found:
        if one.weight >= NOTED:
            kept.setdefault(one.statement.code, one.statement)
    return tuple(kept.values())


def _every(picture: Picture) -> Iterator[_Weighed]:
    for kind in (_data, _floors, _volume, _idle, _prices, _lead, _peaks):
        yield from kind(picture)


def _mains(picture: Picture) -> Iterator[tuple[Part, float]]:
    """Who answers most of each class, and what a request costs there."""
    for name in picture.classes:
        part = picture.main(name)
        paid = None if part is None else picture.paid(name, part.option)
        if part is not None and paid is not None:
            yield part, paid


def _moved(picture: Picture, part: Part, difference: float) -> float:
    """A difference of cost per request as a share of all cost."""
    total = abs(picture.bill.tco.value)
    return float(part.requests.sum()) * difference / total if total > 0 else 0.0


def _facts(picture: Picture, part: Part, paid: float, other: str, cost: float) -> dict[str, Fact]:
    return {
        "request_class": picture.classes[part.request_class].name,
        "used": picture.used(part), "paid": paid,
        "option": picture.names[other], "cost": cost, "currency": picture.currency,
    }  # fmt: skip


def _shut_out(picture: Picture, part: Part, codes: tuple[str, ...]) -> dict[str, float | None]:
    """Options that these reasons keep from a class, with what a request would cost there."""
    found = {}
    for (name, option), choice in picture.choices.items():
        why = {one.code for one in choice.reasons if one.severity == "excluded"}
        if name == part.request_class and why and why <= set(codes):
            found[option] = choice.cost_per_request
    return found


def _data(picture: Picture) -> Iterator[_Weighed]:
    """Data that must stay inside."""
    tied: list[Part] = []
    barred: dict[str, None] = {}
    cheaper: tuple[Part, float, str, float] | None = None
    for part, paid in _mains(picture):
        shut = _shut_out(picture, part, ("data_outside",))
        if shut:
            tied.append(part)
            barred |= dict.fromkeys(shut)
            costs = {option: cost for option, cost in shut.items() if cost is not None}
            option = min(costs, key=lambda one: costs[one], default=None)
            if option is not None and costs[option] < paid and cheaper is None:
                cheaper = part, paid, option, costs[option]
    if not tied:
        return
    share = sum(picture.tokens_of(part) for part in tied) / picture.tokens
    used: list[Fact] = []
    for part in tied:
        if picture.used(part) not in used:
            used.append(picture.used(part))
    facts: dict[str, Fact] = {
        "classes": tuple(picture.classes[part.request_class].name for part in tied),
        "options": tuple(picture.names[option] for option in barred),
        "used": tuple(used),
        "share": share,
    }
    if cheaper is None:
        yield _Weighed(share, state("reason.data_agrees", **facts))
        return
    facts = _facts(picture, *cheaper) | facts
    yield _Weighed(share + DECIDES, state("reason.data_decides", **facts))


def _floors(picture: Picture) -> Iterator[_Weighed]:
    """Quality floors that keep cheaper options out."""
    for part, paid in _mains(picture):
        shut = _shut_out(picture, part, ("quality_below",))
        costs = {option: cost for option, cost in shut.items() if cost is not None and cost < paid}
        if not costs:
            continue
        option = min(costs, key=lambda one: costs[one])
        floor = picture.classes[part.request_class].quality_floor
        score = picture.choices[part.request_class, option].quality
        assert floor is not None
        assert score is not None
        facts = _facts(picture, part, paid, option, costs[option])
        yield _Weighed(
            _moved(picture, part, paid - costs[option]),
            state(  # alone it may not, in a recipe with a better model it does
                "reason.floor_alone" if option == part.option else "reason.floor",
                floor=floor.value,
                score=score,
                **facts,
            ),
        )


def _allowed(picture: Picture, part: Part, *, own: bool) -> dict[str, float]:
    """Other options that may answer a class, of a kind, with what a request would cost there."""
    kind = SelfHosted if own else TokenPriced
    return {
        option: choice.cost_per_request
        for (name, option), choice in picture.choices.items()
        if name == part.request_class and option != part.option and choice.allowed
        and choice.cost_per_request is not None and isinstance(picture.options[option], kind)
    }  # fmt: skip


def _volume(picture: Picture) -> Iterator[_Weighed]:
    """Servers that are busy enough."""
    for part, paid in _mains(picture):
        others = _allowed(picture, part, own=False)
        servers = picture.servers(part.option)
        member = picture.member(part.option)
        if part.request_class in picture.staged:
            continue
        if servers is None or member is None or member.fleet is None or not others:
            continue
        option = min(others, key=lambda one: others[one])
        if others[option] <= paid or member.fleet.mean_utilisation is None:
            continue
        busy = picture.evaluation.values.number(member.fleet.mean_utilisation)
        facts = _facts(picture, part, paid, option, others[option])
        yield _Weighed(
            _moved(picture, part, others[option] - paid),
            state("reason.volume", servers=float(servers.max()), busy=busy, **facts),
        )


def _idle(picture: Picture) -> Iterator[_Weighed]:
    """Servers that would not be busy enough: all of them would be dearer."""
    return _dearer_elsewhere(picture, "reason.idle", own=True)


def _prices(picture: Picture) -> Iterator[_Weighed]:
    """Suppliers whose prices differ."""
    return _dearer_elsewhere(picture, "reason.price", own=False)


def _dearer_elsewhere(picture: Picture, code: str, *, own: bool) -> Iterator[_Weighed]:
    """Suppliers that stay because others would be dearer; of servers, if all would be."""
    for part, paid in _mains(picture):
        if picture.is_own(part.option):
            continue
        others = _allowed(picture, part, own=own)
        dearer = {option: cost for option, cost in others.items() if cost > paid}
        if not dearer or (own and len(dearer) < len(others)):
            continue
        option = min(dearer, key=lambda one: dearer[one])
        yield _Weighed(
            min(_moved(picture, part, dearer[option] - paid), 1.0),
            state(code, **_facts(picture, part, paid, option, dearer[option])),
        )


def _lead(picture: Picture) -> Iterator[_Weighed]:
    """Servers that must be waited for."""
    for option, share in picture.by_option.items():
        stated, servers = picture.options[option], picture.servers(option)
        if not isinstance(stated, SelfHosted) or servers is None or share < SOME:
            continue
        first = int(np.argmax(servers > 0))
        if not stated.lead_time_months or first != stated.lead_time_months:
            continue
        classes = {part.request_class for part in picture.parts if part.option == option}
        before = {
            part.option: float(part.tokens[:first].sum())
            for part in picture.parts
            if part.request_class in classes and part.tokens[:first].sum() > 0
        }
        facts: dict[str, Fact] = {
            "option": picture.names[option], "lead": float(stated.lead_time_months),
            "others": tuple(picture.names[one] for one in before),
        }  # fmt: skip
        weight = EARLY + sum(before.values()) / picture.tokens
        missing = picture.bill.unserved.values[:first].sum() > 0
        code = "reason.lead_bridged" if before else "reason.lead"
        yield _Weighed(weight, state("reason.lead_unserved" if missing else code, **facts))


def _peaks(picture: Picture) -> Iterator[_Weighed]:
    """Peaks that go on to a supplier."""
    spilled: dict[str, float] = {}
    for route in picture.lines.routes:
        supplier = route.route.overflow
        if supplier is None or route.overflowed is None:
            continue
        left = [picture.monthly(it.left) for it in route.stages if it.left is not None]
        demand = route.stages[0].demand
        each = picture.evaluation.values.compute(demand.input_tokens + demand.output_tokens)
        beyond = np.minimum(np.sum(left, axis=0), picture.monthly(route.overflowed))
        tokens = float((beyond * each).sum())
        spilled[supplier] = spilled.get(supplier, 0.0) + tokens
    for supplier, tokens in spilled.items():
        share = tokens / picture.tokens
        if share >= SOME:
            facts: dict[str, Fact] = {"option": picture.names[supplier], "share": share}
            yield _Weighed(share, state("reason.peaks", **facts))
