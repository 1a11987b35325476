"""The load, setup and costs of a search for servers, as arguments of a command."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pricing.cli.arguments import Parser, number, whole
from pricing.cli.failure import Failure
from pricing.cli.serving_names import read_option
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.catalogue import Catalogue
    from pricing.serving.search.assess import Load
    from pricing.serving.search.candidates import Software
    from pricing.serving.search.costs import Basis
    from pricing.serving.search.offers import Market

PERCENTILES = (50, 90, 95, 99)
DEAREST = 1_000_000.0
"""Price of a kWh above which it is taken for a slip."""
MOST_SPARES = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the arguments ask for."""

    loads: "Sequence[Load]"
    software: "Software"
    market: "Market"
    basis: "Basis"
    spares: int


def add_search(parser: Parser) -> None:
    """The load, its targets, the setup, and how servers are had and paid."""
    _add_load(parser)
    _add_setup(parser)
    _add_costs(parser)


EXAMPLES = {
    "TOKENS": "1000", "N": "2.5", "SECONDS": "1.5", "MS": "50", "CV": "0.5", "SHARE": "0.3",
}  # fmt: skip
"""A number by what it counts, to show how one is written."""


def _add_load(parser: Parser) -> None:
    for name, metavar, default, text in (
        ("input", "TOKENS", 1000, _("mean input of a request (default 1000)")),
        ("output", "TOKENS", 500, _("mean output of a request (default 500)")),
        ("rate", "N", 1, _("requests per second at the peak (default 1)")),
        ("mean-rate", "N", None, _("requests per second over a month (default: the peak)")),
        ("ttft", "SECONDS", None, _("longest time to first token (default: no limit)")),
        ("tpot", "MS", None, _("longest time per output token (default: no limit)")),
        ("variation", "CV", None, _("standard deviation of lengths over their mean")),
        ("cached", "SHARE", 0, _("share of the input found in the prefix cache (default 0)")),
    ):
        parser.add_argument(
            f"--{name}", metavar=metavar, type=number(EXAMPLES[metavar]), default=default, help=text
        )
    parser.add_argument(
        "--percentile", type=whole("95"), choices=PERCENTILES, default=95,
        help=_("share of requests in per cent that keep the targets (default 95)"),
    )  # fmt: skip


def _add_setup(parser: Parser) -> None:
    parser.add_argument(
        "--precision",
        action="append",
        help=_("of the weights; may be repeated (default: all that make sense)"),
    )
    parser.add_argument("--kv-precision", default="fp16", help=_("of the KV cache (default fp16)"))
    parser.add_argument(
        "--framework",
        choices=("vllm", "sglang", "tensorrt-llm"),
        default="vllm",
        help=_("serving software, in its current version (default vllm)"),
    )


def _add_costs(parser: Parser) -> None:
    parser.add_argument(
        "--terms",
        action="append",
        choices=("on_demand", "reserved_1y", "reserved_3y", "spot"),
        help=_("how servers are rented; may be repeated (default on_demand)"),
    )
    parser.add_argument(
        "--spares", metavar="N", type=whole("1"), default=0, help=_("servers on top of the need")
    )
    parser.add_argument(
        "--currency", choices=("USD", "CNY"), default="USD", help=_("of the costs (default USD)")
    )
    parser.add_argument(
        "--electricity",
        metavar="PRICE",
        type=number("0.12"),
        help=_("per kWh, in that currency (default: the catalogue's)"),
    )


def asked(arguments: argparse.Namespace, catalogue: "Catalogue") -> Asked:
    """What the arguments ask for.

    Raises:
        Failure: one of them cannot be.
    """
    from pricing.plan.figure import Price
    from pricing.serving.search.costs import basis_of
    from pricing.serving.search.offers import market_of

    if not 0 <= arguments.spares <= MOST_SPARES:
        text = _("--spares {n}: write 0 to {most:,}.")
        raise Failure(text.format(n=arguments.spares, most=MOST_SPARES))
    tariff = None
    if arguments.electricity is not None:
        if not 0 < arguments.electricity <= DEAREST:
            text = _("--electricity {n:g}: write a price per kWh above 0.")
            raise Failure(text.format(n=arguments.electricity))
        tariff = Price(value=arguments.electricity, currency=arguments.currency)
    return Asked(
        loads=(_load(arguments),),
        software=_software(arguments),
        market=market_of(catalogue, tuple(arguments.terms or ["on_demand"])),
        basis=basis_of(catalogue, currency=arguments.currency, electricity=tariff),
        spares=arguments.spares,
    )


def _load(arguments: argparse.Namespace) -> "Load":
    import numpy as np

    from pricing.serving.capacity import Level
    from pricing.serving.requests import Requests
    from pricing.serving.search.assess import Load
    from pricing.serving.work import UNKNOWN_VARIATION

    for name in ("ttft", "tpot"):
        number = getattr(arguments, name)
        if number is not None and not 0 < number < np.inf:
            raise Failure(_("--{name} {n:g}: write a number above 0.").format(name=name, n=number))
    if not 0 <= arguments.cached <= 1:
        raise Failure(_("--cached {n:g}: write a share from 0 to 1.").format(n=arguments.cached))
    variation = UNKNOWN_VARIATION if arguments.variation is None else arguments.variation
    if not 0 <= variation <= 100:
        raise Failure(_("--variation {n:g}: write 0 to 100.").format(n=variation))
    level = Level(
        ttft=np.inf if arguments.ttft is None else arguments.ttft,
        tpot=np.inf if arguments.tpot is None else arguments.tpot / 1000,
        percentile=arguments.percentile,
    )
    requests = Requests(arguments.input, arguments.output, variation, variation, arguments.cached)
    return Load(_("these requests"), requests, level, (arguments.rate,), arguments.mean_rate)


def _software(arguments: argparse.Namespace) -> "Software":
    from pricing.serving.measured.cells import kv_precision, precision
    from pricing.serving.search.candidates import Software

    wanted = None
    if arguments.precision:
        wanted = tuple(read_option("--precision", precision, text) for text in arguments.precision)
    cache = read_option("--kv-precision", kv_precision, arguments.kv_precision)
    return Software(arguments.framework, cache, wanted)
