"""Make resources/catalogue/*.json from the source tables beside it and the genai-prices package.

Run it after a table or the package's pin changed, and commit what it writes:

    .venv/bin/python packaging/build_catalogue.py

The same sources give the same bytes. Tests compare the committed files with a fresh build.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from catalogue_assumptions import assumption_records, fact_records
from catalogue_chinese import chinese_records
from catalogue_hardware import hardware_records, ratio_rows
from catalogue_models import accelerator_records, open_model_records
from catalogue_open_weights import OpenWeights
from catalogue_origins import LICENCE_TEXTS, origins
from catalogue_rentals import rental_records
from catalogue_rows import BuildError, Record, read_rows, unique
from catalogue_token_prices import newest_change
from catalogue_tokens import package_version, token_records

from pricing.catalogue import Catalogue
from pricing.catalogue.packed import pack

CATALOGUE = Path(__file__).resolve().parent.parent / "resources" / "catalogue"
DATA_DATE = date(2026, 11, 22)
"""The day the tables and the package were read."""
FORMAT, SCHEMA = "reckoner-catalogue", 1
"""First entries of the manifest; the number rises when an older Reckoner cannot read the files."""


def _pretty(document: Record) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _one_entry_per_line(document: Record) -> str:
    shared = "".join(
        f" {json.dumps(key)}: {json.dumps(value, indent=1, ensure_ascii=False)},\n"
        for key, value in document.items()
        if key != "entries"
    )
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in document["entries"])
    return f'{{\n{shared} "entries": [\n{lines}\n ]\n}}\n'


def documents(sources: Path) -> tuple[dict[str, str], Record]:
    """Text of each catalogue file, and what the manifest says about what is not in them."""
    tables = {path.stem: read_rows(path) for path in sorted(sources.glob("*.csv"))}
    tokens, providers, left_out = token_records(DATA_DATE, OpenWeights(tables["open_models"]))
    chinese, platforms = chinese_records(tables["china_api_prices"])
    assumptions, no_currency = assumption_records(
        tables["assumptions"] + ratio_rows(tables["onprem"])
    )
    made: dict[str, tuple[Callable[[Record], str], Record]] = {
        "token_models.json": (
            _one_entry_per_line,
            {"providers": {**providers, **platforms}, "entries": unique(tokens + chinese)},
        ),
        "rentals.json": (
            _one_entry_per_line,
            {"entries": unique(rental_records(tables["cloud_gpu"]))},
        ),
        "accelerators.json": (
            _pretty,
            {"entries": unique(accelerator_records(tables["accelerators"], tables["gpu_specs"]))},
        ),
        "open_models.json": (
            _pretty,
            {"entries": unique(open_model_records(tables["open_models"]))},
        ),
        "assumptions.json": (_pretty, {"entries": unique(assumptions)}),
        "facts.json": (_pretty, {"entries": unique(fact_records(tables["api_facts"]))}),
        **{
            f"{name}.json": (_pretty, {"entries": unique(entries)})
            for name, entries in hardware_records(tables["onprem"]).items()
        },
    }
    texts = {name: write(document) for name, (write, document) in sorted(made.items())}
    counts = {name: len(document["entries"]) for name, (_, document) in sorted(made.items())}
    return texts, {
        "entries": counts,
        "left_out": {
            "models of genai-prices": left_out,
            "assumptions in a currency plans do not know": no_currency,
        },
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def build(sources: Path, folder: Path) -> None:
    """Write the catalogue files and their manifest into a folder.

    Raises:
        BuildError: a source table cannot be used.
    """
    texts, account = documents(sources)
    licences = {name: (CATALOGUE / name).read_bytes() for name in LICENCE_TEXTS}
    manifest: Record = {
        "format": FORMAT,
        "schema": SCHEMA,
        "data_date": DATA_DATE.isoformat(),
        "packages": {
            "genai-prices": {
                "version": package_version(),
                "newest_price_change": newest_change(DATA_DATE).isoformat(),
                "licence": "MIT",
            }
        },
        "sources": origins(sources),
        **account,
        "sha256": {
            **{name: _sha256(content) for name, content in licences.items()},
            **{name: _sha256(text.encode()) for name, text in texts.items()},
        },
        "source_sha256": {
            path.name: _sha256(path.read_bytes()) for path in sorted(sources.glob("*.csv"))
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    made = {name: text.encode() for name, text in texts.items()}
    for name, content in {**made, **licences, "manifest.json": _pretty(manifest).encode()}.items():
        (folder / name).write_bytes(content)


def main() -> int:
    """Build into resources/catalogue, or elsewhere to compare."""
    parser = argparse.ArgumentParser(description="Make the catalogue from its sources.")
    parser.add_argument("--sources", type=Path, default=CATALOGUE / "sources")
    parser.add_argument("--out", type=Path, default=CATALOGUE)
    parser.add_argument("--pack", type=Path, metavar="FILE", help="write a .reckoncat file too")
    arguments = parser.parse_args()
    try:
        build(arguments.sources, arguments.out)
    except BuildError as error:
        print(f"The catalogue was not built: {error}", file=sys.stderr)
        return 1
    if arguments.pack is not None:
        catalogue = Catalogue(arguments.out)
        arguments.pack.write_bytes(pack(catalogue))
        print(f"{arguments.pack}: SHA-256 of the manifest {catalogue.id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
