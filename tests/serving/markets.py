"""Small markets to search in, and a search done one setup at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pricing.catalogue import load_catalogue
from pricing.plan.figure import Amount, Price
from pricing.plan.sheets import ModelSheet
from pricing.serving import Requests, ServingError, Stack, predict
from pricing.serving.capacity import Level, sweep
from pricing.serving.columns import numbers
from pricing.serving.evidence import correction_of
from pricing.serving.parameters import load_parameters
from pricing.serving.search.assess import Load
from pricing.serving.search.formats import formats_for
from pricing.serving.search.offers import Market, Offer
from pricing.serving.stack import check_parallelism, point_of

CHAT = Load("chat", Requests(1500, 400, 1.0, 1.0), Level(2.0, 0.05, 95), (5.0,))
SUMMARIES = Load("summaries", Requests(6000, 300, 0.5, 0.5), Level(), (1.0,))
WAYS = (1, 2, 4, 8)


def model(identifier: str) -> ModelSheet:
    """A model of the catalogue."""
    return load_catalogue().open_model(identifier)


def load(**changes: Any) -> Load:
    """`CHAT` with changes; `ttft`, `tpot` and `percentile` change its level."""
    level = {name: changes.pop(name) for name in ("ttft", "tpot", "percentile") if name in changes}
    return replace(CHAT, level=replace(CHAT.level, **level), **changes)


def rented(accelerator: str, count: int, price: float, **changes: Any) -> Offer:
    """A rental for a price per hour."""
    values: dict[str, Any] = {
        "id": f"{accelerator}-{count}",
        "name": f"{count} x {accelerator}",
        "kind": "rented",
        "accelerator": accelerator,
        "accelerators": count,
        "price": Price(value=price, currency="USD"),
        **changes,
    }
    return Offer(**values)


def owned(accelerator: str, count: int, price: float, kilowatt: float, **changes: Any) -> Offer:
    """A server for a purchase price."""
    return rented(
        accelerator, count, price, kind="owned", id=f"own-{accelerator}-{count}",
        power_kw=Amount(value=kilowatt), **changes,
    )  # fmt: skip


def market(*offers: Offer) -> Market:
    """A market of these offers, with the catalogue's data sheets of their accelerators."""
    ids = dict.fromkeys(offer.accelerator for offer in offers)
    catalogue = load_catalogue()
    return Market(tuple(catalogue.accelerator(name) for name in ids if name), offers)


SMALL = market(
    rented("h100-sxm", 8, 20.0),
    rented("h100-sxm", 1, 3.0),
    rented("l40s", 4, 4.0),
    rented("a100-sxm-80gb", 8, 12.0),
    rented("h100-nvl", 4, 9.0),
    owned("mi300x", 8, 200_000, 8.0),
)
"""Six kinds of servers of four generations; one has its fast connection between pairs only."""


def needs_one_by_one(of: ModelSheet, offer: Offer, loads: Sequence[Load]) -> list[float]:
    """Servers of an offer that each setup needs, not rounded; setups that fail are left out.

    Those with a pipeline count only where no other keeps the targets.
    """
    needs = list(_needs_by_pipeline(of, offer, loads))
    whole = [need for pipeline, need in needs if pipeline == 1]
    return whole or [need for _, need in needs]


def _needs_by_pipeline(
    of: ModelSheet, offer: Offer, loads: Sequence[Load]
) -> Iterator[tuple[int, float]]:
    sheet = load_catalogue().accelerator(offer.accelerator or "")
    known = load_parameters()
    framework = "rocm_2025" if sheet.vendor == "AMD" else "vllm_2025"
    for precision in formats_for(of, sheet):
        for tensor in WAYS:
            for data in WAYS:
                for pipeline in WAYS:
                    stack = Stack(of, sheet, framework, precision, "fp16", tensor, data, pipeline)
                    if stack.accelerators > (offer.accelerators or 0):
                        continue
                    try:
                        check_parallelism(stack)
                        for load in loads:
                            predict(stack, load.requests, 1)
                    except ServingError:
                        continue
                    busy, shares = np.zeros(len(loads[0].rates)), []
                    for load in loads:
                        point = point_of(stack, load.requests.traffic())
                        by = known.coefficients(
                            stack.family, stack.link, framework, stack.widths(point.chip)
                        )
                        found = sweep(
                            point, by, numbers(correction_of(stack, known).factor), load.level,
                            numbers(load.requests.input_variation),
                        ).chosen  # fmt: skip
                        busy += np.array(load.rates) / float(found.requests)
                        shares.append(float(found.load))
                    if min(shares) > 0:
                        replicas = (offer.accelerators or 0) // stack.accelerators
                        yield pipeline, float(busy.max()) / min(shares) / replicas
