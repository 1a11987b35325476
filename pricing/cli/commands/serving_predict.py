"""`reckoner serving predict`: what one replica of a stack does, and what limits it."""

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, command, number, whole
from pricing.cli.failure import Failure
from pricing.cli.serving_names import meant, read_option
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.serving import Prediction, Stack

EXAMPLES = """\
  reckoner serving predict llama-3.1-70b h100-sxm --precision fp8
  reckoner serving predict deepseek-r1 h200 --precision fp8 --tp 8 --input 4000 --output 800
  reckoner serving predict qwen3-32b l40s --precision int4 --concurrency 8 --concurrency 32
  reckoner catalogue show llama            models and accelerators, by words"""

ABOUT = """\
Throughput, latency, memory and the time of a step of one replica with its batch always full, each
figure with its 80 % interval. Without --tp it takes the fewest accelerators that hold the model."""


def register(parts: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(parts, "predict", _("predict what one replica does"), EXAMPLES, run, _(ABOUT))
    parser.add_argument("model", metavar="MODEL", help=_("an open model: id, name or hub name"))
    parser.add_argument("accelerator", metavar="ACCELERATOR", help=_("its id or name"))
    parser.add_argument("--precision", default="bf16", help=_("of the weights (default bf16)"))
    parser.add_argument("--kv-precision", default="fp16", help=_("of the KV cache (default fp16)"))
    parser.add_argument(
        "--framework",
        default="vllm",
        help=_("serving software, with its version if you like (default vllm)"),
    )
    for name, text in (
        ("tp", _("accelerators that share each layer (tensor parallel)")),
        ("pp", _("groups that hold consecutive layers (pipeline parallel; default 1)")),
        ("dp", _("groups that share the experts (attention data parallel; default 1)")),
    ):
        default = None if name == "tp" else 1
        parser.add_argument(f"--{name}", metavar="N", type=whole("2"), default=default, help=text)
    parser.add_argument(
        "--input",
        metavar="TOKENS",
        type=number("1000"),
        default=1000,
        help=_("per request (default 1000)"),
    )
    parser.add_argument(
        "--output",
        metavar="TOKENS",
        type=number("500"),
        default=500,
        help=_("per request (default 500)"),
    )
    parser.add_argument(
        "--concurrency",
        metavar="N",
        type=number("16"),
        action="append",
        help=_("requests in flight (default: 1, 4, 16 ... and as many as fit)"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(arguments: argparse.Namespace) -> int:
    """Predict a stack and print what it does."""
    from pricing.cli import prediction_tables
    from pricing.serving import ServingError

    try:
        found = _prediction(arguments)
    except ServingError as error:
        raise Failure(str(error)) from None
    if arguments.json:
        content = prediction_tables.document(found)
        print(json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2))
        return 0
    columns = width()
    say(prediction_tables.title(found), strong=True)
    say("\n".join(prediction_tables.lines(found, columns)))
    most = float(found.run.steady.batch.max())
    if max(arguments.concurrency or [0.0]) > most:
        say(
            _("More than {n:,.0f} requests do not fit at once; further ones wait outside.").format(
                n=most
            )
        )
    return 0


def _prediction(arguments: argparse.Namespace) -> "Prediction":
    """Of the first stack asked for that fits.

    Raises:
        Failure: a name is not known, or a number is out of range.
        ServingError: none fits.
    """
    import numpy as np

    from pricing.serving import Requests, ServingError, predict

    asked = arguments.concurrency or []
    for one in asked:
        if not 1 <= one <= 1e7:
            raise Failure(_("--concurrency {number:g}: write 1 or more.").format(number=one))
    if not arguments.output >= 1:
        raise Failure(_("--output {n:g}: write 1 token or more.").format(n=arguments.output))
    requests = Requests(arguments.input, arguments.output)
    problem: ServingError | None = None
    for stack in _stacks(arguments):
        try:
            most = predict(stack, requests)
        except ServingError as error:
            # what is told is why the largest layout fails
            problem = error
            continue
        batch = float(most.run.steady.batch)
        ladder = asked or [*(float(n) for n in 4 ** np.arange(12) if n < batch), batch]
        return predict(stack, requests, np.array(ladder))
    assert problem is not None
    raise problem


def _stacks(arguments: argparse.Namespace) -> "Iterator[Stack]":
    """The stack that was asked for, or all that leave tensor parallelism open, smallest first."""
    from pricing.catalogue import present_catalogue
    from pricing.serving import Stack
    from pricing.serving.measured.cells import kv_precision, precision, ways
    from pricing.serving.measured.names import Names
    from pricing.serving.software import stack_of

    names = Names.of(present_catalogue())
    model = names.models[meant(arguments.model, names, "model")]
    accelerator = names.accelerators[meant(arguments.accelerator, names, "accelerator")]
    software = stack_of(arguments.framework, accelerator.vendor)
    if not software:
        text = _("--framework {text}: write vllm, sglang or tensorrt-llm, with or without version.")
        raise Failure(text.format(text=arguments.framework))
    weights = read_option("--precision", precision, arguments.precision)
    cache = read_option("--kv-precision", kv_precision, arguments.kv_precision)
    given = {name: getattr(arguments, name) for name in ("tp", "pp", "dp")}
    split = {
        name: read_option(f"--{name}", ways, str(n)) for name, n in given.items() if n is not None
    }
    largest = min(accelerator.max_scale_up or 1, 64)
    several = [n for n in (1, 2, 4, 8, 16, 32, 64) if n <= largest and model.n_heads % n == 0]
    for tensor in [split["tp"]] if "tp" in split else several:
        yield Stack(model, accelerator, software, weights, cache, tensor, split["dp"], split["pp"])
