"""Where the tables of the catalogue come from and what their licences ask, for its manifest."""

from pathlib import Path

from catalogue_rows import BuildError, Record

LICENCE_TEXTS = ("LICENCE-genai-prices.txt",)
"""Texts that must go wherever the data goes."""

ORIGINS = {
    "genai-prices": (
        "token prices of model APIs", "MIT, Copyright (c) Pydantic Services Inc. 2025 to present",
    ),
    "accelerators.csv": (
        "data sheets of accelerators",
        "data-sheet facts; each row names its source",
    ),
    "api_facts.csv": (
        "batch discounts, caches, limits, availability of APIs",
        "single facts, each with its source; those of Epoch AI and Microsoft Learn under CC BY 4.0",
    ),
    "assumptions.csv": (
        "colocation, PUE, electricity, useful life, people, exchange rates",
        "single facts, each with its source; Eurostat: reuse with attribution",
    ),
    "china_api_prices.csv": (
        "token prices of Chinese platforms", "public list prices, each with its source",
    ),
    "cloud_gpu.csv": ("prices of rented GPUs", "public list prices, each with its source"),
    "gpu_specs.csv": (
        "a second reading of data sheets",
        "facts, each with its source; those of Epoch AI under CC BY 4.0",
    ),
    "onprem.csv": (
        "servers, appliances, cards, power, software, network",
        "single facts, each with its source",
    ),
    "open_models.csv": (
        "shapes, context and licences of open models", "facts, each with its source",
    ),
}  # fmt: skip
"""What each source holds, and under which licence what is cited from it may be passed on.

Taken from the README of the tables, which says more.
"""


def origins(sources: Path) -> list[Record]:
    """What a manifest says of every source.

    Raises:
        BuildError: for a table nobody has said this of.
    """
    tables = {path.name for path in sources.glob("*.csv")}
    for name in sorted(tables - set(ORIGINS)):
        raise BuildError(f"{name} has no origin and licence in packaging/catalogue_origins.py.")
    return [
        {"name": name, "what": what, "licence": licence}
        for name, (what, licence) in ORIGINS.items()
    ]
