"""Why work is where it is: what other options may not do, or what they would cost."""

from collections.abc import Callable, Iterator, Sequence

from pricing.optimise.advice.choices import Choice
from pricing.optimise.advice.picture import Part, Picture, Wanted
from pricing.optimise.statement import Statement, state

Kind = Callable[[str], bool]
"""Whether an option is of a kind, by its id."""


def _largest(picture: Picture, wanted: Wanted, here: Kind) -> Part | None:
    """The part with most tokens among the wanted ones at options of a kind."""
    mine = [part for part in picture.parts if wanted(part) and here(part.option)]
    return max(mine, key=lambda part: float(part.tokens.sum()), default=None)


def because(picture: Picture, wanted: Wanted, here: Kind) -> Iterator[Statement]:
    """Why the largest part is where it is: the closest other option, and what it would be."""
    part = _largest(picture, wanted, here)
    if part is None:
        return
    others = [option for option in picture.options if not here(option)]
    yield from why_not(picture, part, others)


def instead(picture: Picture, wanted: Wanted, there: Kind) -> Iterator[Statement]:
    """Why the largest part is not at options of the kind that the rule of thumb names."""
    part = _largest(picture, wanted, lambda option: not there(option))
    if part is None:
        return
    yield from why_not(picture, part, [option for option in picture.options if there(option)])


def why_not(picture: Picture, part: Part, others: Sequence[str]) -> Iterator[Statement]:
    """Why other options do not answer what one does: they may not, or what they would cost."""
    mine = {option: picture.choices[part.request_class, option] for option in others}
    able = {option: choice for option, choice in mine.items() if choice.allowed}
    if not able:
        yield from _exclusions(list(mine.values()))
    costs = {
        option: choice.cost_per_request
        for option, choice in able.items()
        if choice.cost_per_request is not None
    }
    paid = picture.paid(part.request_class, part.option)
    if not costs or paid is None:
        return
    option = min(costs, key=lambda one: costs[one])
    code = "why.cheaper_alone" if picture.is_own(option) else "why.cheaper_bought"
    yield state(
        "why.dearer" if costs[option] > paid else code,
        request_class=picture.classes[part.request_class].name,
        option=picture.names[option], cost=costs[option],
        used=picture.used(part), paid=paid, currency=picture.currency,
    )  # fmt: skip


def _exclusions(excluded: Sequence[Choice]) -> Iterator[Statement]:
    """Why options may not serve a class, one option for each kind of reason."""
    told: dict[str, Statement] = {}
    for choice in excluded:
        reason = next(one for one in choice.reasons if one.severity == "excluded")
        told.setdefault(reason.code, state(f"reason.{reason.code}", **reason.facts))
    yield from told.values()
