"""`python -m pricing.calibration fit` and `... score`: calibrate, and tell how good it is."""

import argparse
import sys
from pathlib import Path

from pricing.calibration.calibrate import calibrate, read_data, validate
from pricing.calibration.document import document_of, text_of
from pricing.calibration.further import further_of, read_further, write_further
from pricing.calibration.page import page_of
from pricing.calibration.printed import printed
from pricing.calibration.results import results_of
from pricing.resources import resource
from pricing.serving.parameters import load_parameters


def main() -> int:
    """Run a command."""
    parser = argparse.ArgumentParser(prog="python -m pricing.calibration", description=__doc__)
    commands = parser.add_subparsers(required=True)
    part = commands.add_parser("fit", help="fit and write resources/serving/parameters.json")
    part.set_defaults(run=_fit)
    part = commands.add_parser(
        "score", help="cross-validate, print, and write resources/help/serving_score.md"
    )
    part.add_argument(
        "--further",
        metavar="FILE.csv",
        type=Path,
        help="score rows of a file that are not in the project as well, and keep that score",
    )
    part.set_defaults(run=_score)
    arguments = parser.parse_args()
    arguments.run(arguments)
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _fit(_arguments: argparse.Namespace) -> None:
    data = read_data()
    found = calibrate(data, _say)
    document = document_of(found, validate(data, found.parameters, _say))
    _write(resource("serving", "parameters.json"), text_of(document))


def _score(arguments: argparse.Namespace) -> None:
    data, parameters = read_data(), load_parameters()
    results = results_of(data, parameters, validate(data, parameters, _say))
    if arguments.further is not None:
        write_further(further_of(arguments.further, data, parameters))
    print(printed(results))
    page = page_of(results, read_further())
    _write(resource("help") / "serving_score.md", page)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
    _say(f"wrote {path}")


if __name__ == "__main__":
    sys.exit(main())
