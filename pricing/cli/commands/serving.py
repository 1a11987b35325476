"""`reckoner serving`: what servers do, and how predictions of that compare with measurements."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, command
from pricing.cli.commands import (
    serving_import,
    serving_predict,
    serving_rightsize,
    serving_search,
)
from pricing.cli.failure import Failure
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.serving.measured.score_report import ScoreReport

SCORE_EXAMPLES = """\
  reckoner serving score benchmarks.csv
  reckoner serving score benchmarks.csv --by model --by load
  reckoner serving score benchmarks.csv --json | jq .throughput"""

EXAMPLES = f"""\
  reckoner serving predict llama-3.1-70b h100-sxm --precision fp8
  reckoner serving search llama-3.1-70b --rate 5 --ttft 2 --tpot 50
{SCORE_EXAMPLES.splitlines()[0]}
  reckoner serving import plan.reckon benchmarks.csv"""

ABOUT = """\
Reads benchmark points from a CSV file with the columns model, gpu, weight_precision, tp, isl, osl
and output_tokens_per_s (of the whole system); uses, if there, kv_precision, dp, pp, replicas,
concurrency (empty: maximum throughput), ttft_ms, tpot_ms, framework, stack, source, and predictions
of other tools (peer_...). Errors are absolute, over what was measured; the bias is the geometric
mean of predicted over measured, so +10 % promises a tenth too much. Points that cannot be predicted
are counted and named."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command and its parts."""
    parser = command(
        commands,
        "serving",
        _("predict what servers do, rank them, score that, take own benchmarks"),
        EXAMPLES,
        score,
    )
    parts = parser.add_subparsers(
        title=_("commands"),
        metavar="predict|search|rightsize|score|import",
        required=True,
        parser_class=Parser,
    )
    serving_predict.register(parts)
    serving_search.register(parts)
    serving_rightsize.register(parts)
    serving_import.register(parts)
    part = command(
        parts, "score", _("score predictions on a file of benchmark points"), SCORE_EXAMPLES, score,
        _(ABOUT),
    )  # fmt: skip
    part.add_argument("file", metavar="FILE.csv", type=Path, help=_("benchmark points"))
    part.add_argument("--json", action="store_true", help=_("print JSON"))
    part.add_argument(
        "--by",
        metavar="WHAT",
        action="append",
        help=_(
            "tell scores by source, family, framework, experts, evidence (these five unless "
            "stated), model, accelerator, precision or load"
        ),
    )


def score(arguments: argparse.Namespace) -> int:
    """Predict every point of a file and print how far off the predictions are."""
    from pricing.catalogue import present_catalogue
    from pricing.serving.errors import ServingError
    from pricing.serving.measured.names import Names
    from pricing.serving.measured.predicted import predict_measurements
    from pricing.serving.measured.reading import read_measurements
    from pricing.serving.measured.score_report import FURTHER_SLICES, SLICES, score_report
    from pricing.serving.measured.shipped import count_seen

    by = arguments.by or SLICES
    for name in by:
        if name not in (*SLICES, *FURTHER_SLICES):
            right = ", ".join((*SLICES, *FURTHER_SLICES))
            raise Failure(_("--by {name}: write one of {right}.").format(name=name, right=right))
    catalogue = present_catalogue()
    names = Names.of(catalogue)
    try:
        points = read_measurements(arguments.file, names, unknown="keep")
    except ServingError as error:
        raise Failure(str(error)) from None
    predictions = predict_measurements(points, catalogue)
    report = score_report(points, predictions, names, by, count_seen(points, names))
    if arguments.json:
        from pricing.cli.score_tables import document

        print(json.dumps(document(report), ensure_ascii=False, allow_nan=False, indent=2))
    else:
        _print(report)
    return 0 if report.throughput.n else 1


def _print(report: "ScoreReport") -> None:
    from pricing.cli import score_tables

    columns = width()
    one, several = _("{name}: one measured point"), _("{name}: {count} measured points")
    title = one if report.points == 1 else several
    say(title.format(name=report.name, count=f"{report.points:,}"), strong=True)
    if report.throughput.n:
        lines = [*score_tables.legend(columns), "", *score_tables.overall(report, columns)]
        lines += score_tables.by_slice(report, columns)
        if report.peers:
            lines += score_tables.peers(report, columns)
        say("\n".join(lines))
    if said := score_tables.remarks(report, columns):
        say()
        say(_("What to know"), strong=True)
        say("\n".join(said))
