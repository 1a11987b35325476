"""Right-sizing: of all models that are good enough, the one that is cheapest to serve."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pricing.catalogue import Catalogue, Licence, licence_of, present_catalogue
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.quality import EXACT
from pricing.plan.serving import Precision
from pricing.plan.sheets import ModelSheet
from pricing.serving.errors import ServingError
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.search.assess import Load, check_loads
from pricing.serving.search.candidates import Software
from pricing.serving.search.costs import Basis, basis_of
from pricing.serving.search.formats import SIXTEEN_BIT, published_precision
from pricing.serving.search.offers import Market, market_of
from pricing.serving.search.ranking import search
from pricing.serving.search.result import LeftOut, Row

Obstacle = Literal["quality", "licence", "context", "servers"]
"""Why a model does not serve."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a model must do, and what the buyer knows of its quality."""

    floor: float | None = None
    """Lowest acceptable quality score; none means no floor."""
    quality: Mapping[str, float] | None = None
    """Score by id of the model, in its published precision, on the buyer's own test."""
    quality_change: Mapping[Precision, float] | None = None
    """Change of the score by precision, on the same test (-0.01 is one point lower)."""
    changes_of: Mapping[str, Mapping[Precision, float]] | None = None
    """The same for single models, by their ids; it goes before the change of all."""
    commercial: bool = True
    """Whether it is used commercially."""

    def changes(self, model: str) -> Mapping[Precision, float]:
        """Changes of a model's score by precision, as far as known."""
        return {**(self.quality_change or {}), **(self.changes_of or {}).get(model, {})}


@dataclass(frozen=True, slots=True)
class Sized:
    """One model and the cheapest way to serve the load with it."""

    model: ModelSheet
    quality: float | None
    """Score as entered, changed by the precision; none means not entered."""
    licence: Licence
    row: Row | None
    """The cheapest server type; none where the model does not serve."""
    obstacle: Obstacle | None = None
    """Why it does not serve."""
    reason: str = ""
    """The same as a sentence."""


@dataclass(frozen=True, slots=True)
class RightSizing:
    """All models for one load."""

    good_enough: tuple[Sized, ...]
    """Models with a score that reaches the floor, cheapest first."""
    not_scored: tuple[Sized, ...]
    """Models whose score was not entered, smallest first."""
    left_out: tuple[Sized, ...]
    """Models that do not serve, with the reason, smallest first."""


def right_size(
    loads: Sequence[Load],
    needs: Needs | None = None,
    *,
    models: Iterable[ModelSheet] | None = None,
    software: Software | None = None,
    market: Market | None = None,
    basis: Basis | None = None,
    spares: int = 0,
    measurements: Sequence[OwnMeasurement] = (),
    catalogue: Catalogue | None = None,
    parameters: Parameters | None = None,
) -> RightSizing:
    """Find the cheapest way to serve a load with each model that may serve it.

    Where there is a floor and a model has a score, only precisions are looked at that keep it:
    those that lose nothing of the published weights, and those whose change of the score is known
    and leaves it at the floor or above.

    Args:
        loads: The classes of requests.
        needs: Quality and licence that are needed; none means no floor, commercial use.
        models: What is compared; none means every model of the catalogue.
        software: As in `search`.
        market: As in `search`.
        basis: As in `search`.
        spares: As in `search`.
        measurements: As in `search`.
        catalogue: As in `search`.
        parameters: As in `search`.

    Raises:
        ServingError: there is no load, or a rate that cannot be.
    """
    facts, known = catalogue or present_catalogue(), parameters or load_parameters()
    asked, wanted = needs or Needs(), software or Software()
    there, costs = market or market_of(facts), basis or basis_of(facts)
    sheets = (
        [facts.open_model(line.id) for line in facts.open_models()] if models is None else models
    )
    good: list[Sized] = []
    unknown: list[Sized] = []
    left: list[Sized] = []
    check_loads(loads)
    for model in sheets:
        sized = _obstacle(model, loads, asked)
        if sized.obstacle is None:
            precisions = _precisions(model, asked, wanted)
            ranking = search(
                model,
                loads,
                software=replace(wanted, precisions=precisions),
                market=there,
                basis=costs,
                spares=spares,
                measurements=measurements,
                catalogue=facts,
                parameters=known,
            )
            sized = _sized(sized, ranking.best, ranking.left_out, asked)
        if sized.obstacle is not None:
            left.append(sized)
        elif sized.quality is None:
            unknown.append(sized)
        else:
            good.append(sized)

    def size(sized: Sized) -> tuple[float, str]:
        return sized.model.total_params_b.value, sized.model.id

    def cost(sized: Sized) -> tuple[float, str]:
        return (sized.row.cost.typical if sized.row else 0.0), sized.model.id

    return RightSizing(
        tuple(sorted(good, key=cost)),
        tuple(sorted(unknown, key=size)),
        tuple(sorted(left, key=size)),
    )


def _obstacle(model: ModelSheet, loads: Sequence[Load], needs: Needs) -> Sized:
    """What keeps a model from serving whatever the server."""
    score = (needs.quality or {}).get(model.id)
    licence = licence_of(model.licence)
    bare = Sized(model, score, licence, None)
    if needs.commercial and licence.use == "not allowed":
        return replace(
            bare,
            obstacle="licence",
            reason=f"The licence of {model.name} ({licence.name}) does not allow commercial use: "
            f"{licence.conditions}.",
        )
    for load in loads:
        try:
            load.requests.check(model)
        except ServingError as problem:
            return replace(bare, obstacle="context", reason=str(problem))
    if needs.floor is not None and score is not None and score < needs.floor:
        return replace(
            bare,
            obstacle="quality",
            reason=f"{model.name} scores {100 * score:g} %, below the floor of "
            f"{100 * needs.floor:g} %.",
        )
    return bare


def _precisions(
    model: ModelSheet, needs: Needs, software: Software
) -> tuple[Precision, ...] | None:
    """Precisions that keep the score at the floor or above; none means all."""
    score = (needs.quality or {}).get(model.id)
    if needs.floor is None or score is None:
        return software.precisions
    kept = {*SIXTEEN_BIT, published_precision(model)}
    for precision, change in needs.changes(model.id).items():
        if score + change >= needs.floor - EXACT:
            kept.add(precision)
        elif precision != published_precision(model):
            kept.discard(precision)
    return tuple(p for p in sorted(kept) if p in (software.precisions or kept))


def _sized(sized: Sized, row: Row | None, left_out: Sequence[LeftOut], needs: Needs) -> Sized:
    if row is None:
        causes = dict.fromkeys(
            left.sentence for left in left_out if left.cause in ("memory", "tpot", "ttft")
        )
        # the sentence on the largest server that was looked at comes nearest
        nearest = max(
            (left for left in left_out if left.sentence in causes),
            key=lambda left: (_REACH[left.cause], left.accelerators or 0),
            default=None,
        )
        why = nearest.sentence if nearest else "no precision that was asked for makes sense."
        reason = f"No server on offer meets the targets with {sized.model.name}: {why}"
        return replace(sized, obstacle="servers", reason=reason)
    if sized.quality is None:
        return replace(sized, row=row)
    changes = needs.changes(sized.model.id)
    change = 0.0 if row.lossless else changes.get(row.stack.precision, 0.0)
    return replace(sized, row=row, quality=sized.quality + change)


_REACH = {"memory": 0, "tpot": 1, "ttft": 2}
"""How far the servers that a cause keeps out come."""
