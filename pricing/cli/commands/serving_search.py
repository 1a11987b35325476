"""`reckoner serving search`: every server on offer that meets a service level, by its cost."""

import argparse
import json
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.failure import Failure
from pricing.cli.serving_names import meant, read_option
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.serving.search_candidates import Software
    from pricing.serving.search_result import Ranking

EXAMPLES = """\
  reckoner serving search llama-3.1-70b --rate 5 --ttft 2 --tpot 50
  reckoner serving search deepseek-r1 --input 4000 --output 800 --rate 2 --tpot 60 --why
  reckoner serving search qwen3-32b --rate 1 --precision fp8 --terms reserved_1y --spares 1
  reckoner catalogue show llama            models, by words"""

ABOUT = """\
Looks at every accelerator of the catalogue with every server, appliance and rental that has it, in
all precisions and layouts that make sense, and ranks by cost per month what meets the targets:
rented by price per hour, owned by price over the useful life and energy. --why tells why the others
fall out. Lengths vary as much as in published logs unless --variation says otherwise."""
PERCENTILES = (50, 90, 95, 99)


def register(parts: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        parts, "search", _("rank the servers that meet a service level"), EXAMPLES, run, _(ABOUT)
    )
    parser.add_argument("model", metavar="MODEL", help=_("an open model: id, name or hub name"))
    _add_load(parser)
    _add_setup(parser)
    parser.add_argument(
        "--top", metavar="N", type=int, default=10, help=_("rows to print (default 10)")
    )
    parser.add_argument("--why", action="store_true", help=_("tell why the others fall out"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


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
        parser.add_argument(f"--{name}", metavar=metavar, type=float, default=default, help=text)
    parser.add_argument(
        "--percentile", type=int, choices=PERCENTILES, default=95,
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
    parser.add_argument(
        "--terms",
        action="append",
        choices=("on_demand", "reserved_1y", "reserved_3y", "spot"),
        help=_("how servers are rented; may be repeated (default on_demand)"),
    )
    parser.add_argument(
        "--spares", metavar="N", type=int, default=0, help=_("servers on top of the need")
    )
    parser.add_argument(
        "--each-precision", action="store_true", help=_("rank every precision by itself")
    )
    parser.add_argument(
        "--currency", choices=("USD", "CNY"), default="USD", help=_("of the costs (default USD)")
    )
    parser.add_argument(
        "--electricity",
        metavar="PRICE",
        type=float,
        help=_("per kWh, in that currency (default: the catalogue's)"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Search and print the ranking; exit code 1 where nothing meets the targets."""
    from pricing.cli import ranking_tables
    from pricing.serving.errors import ServingError

    for name in ("top", "spares"):
        number = getattr(arguments, name)
        if number < 0:
            raise Failure(_("--{name} {n}: write 0 or more.").format(name=name, n=number))
    try:
        found = _ranking(arguments)
    except ServingError as error:
        raise Failure(str(error)) from None
    if arguments.json:
        content = ranking_tables.document(found)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
    else:
        columns = width()
        say(ranking_tables.title(found), strong=True)
        say("\n".join(ranking_tables.lines(found, columns, arguments.top, why=arguments.why)))
    return 0 if found.rows else 1


def _ranking(arguments: argparse.Namespace) -> "Ranking":
    """The ranking asked for.

    Raises:
        Failure: a name is not known, or a number is out of range.
        ServingError: a length or rate cannot be.
    """
    import numpy as np

    from pricing.catalogue import load_catalogue
    from pricing.plan.figure import Price
    from pricing.serving.capacity import Level
    from pricing.serving.measurement_names import Names
    from pricing.serving.requests import Requests
    from pricing.serving.search import search
    from pricing.serving.search_assess import Load
    from pricing.serving.search_costs import basis_of
    from pricing.serving.search_offers import market_of
    from pricing.serving.work import UNKNOWN_VARIATION

    catalogue = load_catalogue()
    names = Names.of(catalogue)
    model = names.models[meant(arguments.model, names, "model")]
    for name in ("ttft", "tpot", "electricity"):
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
    tariff = None
    if arguments.electricity is not None:
        tariff = Price(value=arguments.electricity, currency=arguments.currency)
    return search(
        model,
        [Load(_("these requests"), requests, level, (arguments.rate,), arguments.mean_rate)],
        software=_software(arguments),
        market=market_of(catalogue, tuple(arguments.terms or ["on_demand"])),
        basis=basis_of(catalogue, currency=arguments.currency, electricity=tariff),
        spares=arguments.spares,
        each_precision=arguments.each_precision,
        catalogue=catalogue,
    )


def _software(arguments: argparse.Namespace) -> "Software":
    from pricing.serving.measurement_cells import kv_precision, precision
    from pricing.serving.search_candidates import Software

    wanted = None
    if arguments.precision:
        wanted = tuple(read_option("--precision", precision, text) for text in arguments.precision)
    cache = read_option("--kv-precision", kv_precision, arguments.kv_precision)
    return Software(arguments.framework, cache, wanted)
