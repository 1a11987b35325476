"""The search: all servers on offer that meet a service level with a model, ranked by cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from pricing.catalogue import Catalogue, present_catalogue
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.sheets import AcceleratorSheet, ModelSheet
from pricing.serving.errors import ServingError
from pricing.serving.parameters import Parameters, load_parameters
from pricing.serving.predict import Interval
from pricing.serving.search.assess import Assessment, Load, Outcome, assess, check_loads
from pricing.serving.search.candidates import Candidates, Software, candidates_of
from pricing.serving.search.costs import HOURS_PER_MONTH, Basis, basis_of
from pricing.serving.search.ends import Needs, needs_at_ends
from pricing.serving.search.layouts import Whole
from pricing.serving.search.offers import Market, Offer, market_of
from pricing.serving.search.reasons import no_data, no_precision, not_met, without_offer
from pricing.serving.search.result import ClassPoint, LeftOut, Ranking, Row

WHOLE = 9
"""Decimals after which a need for servers counts as whole, as in the bill."""


def search(
    model: ModelSheet,
    loads: Sequence[Load],
    *,
    software: Software | None = None,
    market: Market | None = None,
    basis: Basis | None = None,
    spares: int = 0,
    each_precision: bool = False,
    measurements: Sequence[OwnMeasurement] = (),
    catalogue: Catalogue | None = None,
    parameters: Parameters | None = None,
) -> Ranking:
    """Rank every server on offer by what serving a load with a model costs on it in a month.

    Of the precisions and layouts that meet the targets on a server, the one is taken that needs
    fewest servers; where several need as few, the one nearest to the published precision, then the
    one with most room.

    Args:
        model: What is served.
        loads: The classes of requests; all share the servers.
        software: Serving software, cache, and precisions that are looked at.
        market: Accelerators and offers; none means the catalogue's, rented on demand.
        basis: How prices become a monthly cost; none means the catalogue's assumptions.
        spares: Servers on top of the need (1 is N+1).
        each_precision: Rank every precision by itself instead of the best of each server.
        measurements: Benchmark points the buyer measured.
        catalogue: Where market and basis come from if not given; none means the one in use.
        parameters: The calibration; none means the one shipped.

    Raises:
        ServingError: there is no load, or lengths or rates that cannot be or that the model cannot
            hold.
    """
    check_loads(loads)
    for load in loads:
        load.requests.check(model)
    facts = catalogue or present_catalogue()
    hall = _Hall(market or market_of(facts), basis or basis_of(facts))
    wanted = software or Software()
    candidates = candidates_of(
        model, hall.accelerators, wanted, parameters or load_parameters(), measurements
    )
    assessment = assess(candidates, loads)
    taken: list[tuple[int, int, list[Offer]]] = []
    left: list[LeftOut] = []
    for sheet, _ in hall.accelerators:
        sizes = hall.sizes[sheet.id]
        offers = [offer for of_size in sizes.values() for offer in of_size]
        if sheet.id in candidates.without_data:
            left.append(no_data(sheet, offers, candidates.without_data[sheet.id]))
            continue
        groups = list(_groups(candidates, sheet, each_precision))
        if not groups:
            left.append(no_precision(sheet, offers, wanted.precisions or (), model.name))
        for group in groups:
            for size, of_size in sizes.items():
                among = group[candidates.accelerators[group] <= size]
                met = among[assessment.outcome[among] == Outcome.MEETS]
                if not len(met):
                    left.append(not_met(candidates, assessment, loads, among, size, of_size))
                    continue
                at = _fewest(candidates, assessment, _well_founded(candidates, met), size)
                taken.append((at, size, of_size))
    ends = needs_at_ends(candidates, assessment.need, loads, sorted({at for at, _, _ in taken}))
    rows = [
        row
        for at, size, of_size in taken
        for row in _rows(
            candidates, assessment, loads, at, size, of_size, hall.basis, spares, ends[at]
        )
    ]
    rows.sort(key=lambda row: (row.cost.typical, row.peak_use, row.offer.id))
    return Ranking(
        model, tuple(loads), hall.basis, tuple(rows), (*left, *without_offer(hall.market))
    )


class _Hall:
    """The offers that can be ranked, by accelerator and size."""

    def __init__(self, market: Market, basis: Basis) -> None:
        self.market = replace(market, offers=tuple(_priced(of, basis) for of in market.offers))
        self.basis = basis
        self.sizes: dict[str, dict[int, list[Offer]]] = {}
        """Offers by accelerator and by accelerators in one server."""
        for offer in self.market.offers:
            if not offer.missing and offer.accelerator and offer.accelerators:
                sizes = self.sizes.setdefault(offer.accelerator, {})
                sizes.setdefault(offer.accelerators, []).append(offer)
        self.accelerators = tuple(
            (sheet, max(self.sizes[sheet.id]))
            for sheet in market.accelerators
            if sheet.id in self.sizes
        )
        """Data sheets, each with the most accelerators of one server."""


def _priced(offer: Offer, basis: Basis) -> Offer:
    """The offer, marked if its cost cannot be told."""
    if not offer.missing:
        try:
            basis.month(offer)
        except ServingError as problem:
            return replace(offer, missing=str(problem))
    return offer


def _groups(
    candidates: Candidates, sheet: AcceleratorSheet, each_precision: bool
) -> Iterator[Whole]:
    """Candidates of which one is ranked."""
    mine = [
        number
        for number, setup in enumerate(candidates.setups)
        if setup.stack.accelerator.id == sheet.id
    ]
    if each_precision:
        for number in mine:
            yield np.nonzero(candidates.setup == number)[0]
    elif mine:
        yield np.nonzero((candidates.setup >= mine[0]) & (candidates.setup <= mine[-1]))[0]


def servers_for(need: float, spares: int = 0) -> float:
    """Whole servers for a need, at least 1, spares on top."""
    return max(float(np.ceil(round(need, WHOLE))), 1.0) + spares


def _well_founded(candidates: Candidates, among: Whole) -> Whole:
    """Those without a pipeline, unless only pipelines meet the targets.

    Of the published measurements only ten are of pipelines: some reach what is predicted, others
    less than half of it.
    """
    whole = among[candidates.pipeline[among] == 1]
    return whole if len(whole) else among


def _fewest(candidates: Candidates, assessment: Assessment, among: Whole, size: int) -> int:
    """The candidate that needs fewest servers of a size."""
    need = assessment.need[among] / (size // candidates.accelerators[among])
    servers = np.maximum(np.ceil(np.round(need, WHOLE)), 1)
    grade = np.array([candidates.setups[of].grade for of in candidates.setup[among]])
    order = np.lexsort((candidates.accelerators[among], need, grade, servers))
    return int(among[order[0]])


def _rows(
    candidates: Candidates,
    assessment: Assessment,
    loads: Sequence[Load],
    at: int,
    size: int,
    offers: Sequence[Offer],
    basis: Basis,
    spares: int,
    ends: Needs,
) -> Iterator[Row]:
    """One row for each offer of the same server."""
    setup = candidates.setups[int(candidates.setup[at])]
    stack = candidates.stack(at)
    replicas = size // stack.accelerators
    need = float(assessment.need[at]) / replicas
    correction = candidates.corrections[int(candidates.correction[at])]
    servers = Interval(
        servers_for(ends.fewest / replicas, spares),
        servers_for(need, spares),
        servers_for(ends.most / replicas, spares),
    )
    share = float(assessment.share[at])
    place = assessment.run[at]
    points = tuple(
        ClassPoint(
            name=load.name,
            batch=float(of.batch[place]),
            requests=float(of.requests[place]) * replicas,
            usable=float(of.requests[place]) * replicas * share,
            tpot=float(of.tpot[place]),
            tpot_at=float(of.tpot_at[place]),
            ttft=float(of.ttft_unloaded[place]),
        )
        for load, of in zip(loads, assessment.operations, strict=True)
    )
    millions = sum(load.output_tokens_per_second for load in loads) * 3600 * HOURS_PER_MONTH / 1e6
    for offer in offers:
        each = basis.month(offer)
        cost = _times(servers, each.total)
        yield Row(
            offer=offer,
            stack=stack,
            replicas=replicas,
            servers=servers,
            cost=cost,
            each=each,
            per_million=_times(cost, 1 / millions) if millions else None,
            utilisation=float(assessment.busy[at]) / replicas / servers.typical,
            peak_use=need / (servers.typical - spares),
            classes=points,
            correction=correction,
            lossless=setup.lossless,
            keeps_at_slow_end=ends.keeps,
        )


def _times(interval: Interval, factor: float) -> Interval:
    return Interval(interval.low * factor, interval.typical * factor, interval.high * factor)
