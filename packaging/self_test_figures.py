"""Writes what `reckoner-desktop --self-test` compares with: python packaging/self_test_figures.py

resources/selftest/figures.json holds figures of the sample plans and of the serving model as this
checkout computes them; resources/selftest/files.txt the files of resources/ that must be shipped.
Run it (`make self-test-figures`) after a change that is meant to change them, and read the diff.
"""

import json
from pathlib import Path

from desktop.selftest.golden import sample_figures, serving_figures
from pricing.catalogue import load_catalogue
from pricing.version import VERSION

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
SHIPPED = (
    "cases/*/*", "catalogue/*.json", "catalogue/LICENCE*", "help/*.md", "icons/*",
    "samples/*.reckon", "selftest/*", "serving/LICENCE*",
    "serving/measurements.csv", "serving/parameters.json",
    "serving/queueing.json", "workload/profiles.json", "workload/templates.json",
)  # fmt: skip
"""What is read at run time, and the licences of what is; the rest is how it was made."""
ORIGIN = (
    "Computed from the sample plans and the catalogue of this checkout by pricing.evaluate and "
    "pricing.serving run from source, where the tests hold them against a second implementation "
    "and published figures. An installed copy must reproduce them."
)


def main() -> None:
    """Write both files."""
    folder = RESOURCES / "selftest"
    folder.mkdir(exist_ok=True)
    catalogue = load_catalogue()
    names = sorted(path.name for path in (RESOURCES / "samples").glob("*.reckon"))
    figures = {
        "origin": ORIGIN,
        "written_by": "packaging/self_test_figures.py",
        "version": VERSION,
        "catalogue": catalogue.id,
        "day": catalogue.data_date.isoformat(),
        "samples": {name: sample_figures(name, catalogue.data_date) for name in names},
        "serving": serving_figures(),
    }
    text = json.dumps(figures, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    (folder / "figures.json").write_text(text, encoding="utf-8", newline="")
    (folder / "files.txt").touch()
    (folder / "files.txt").write_text("\n".join(shipped()) + "\n", encoding="utf-8", newline="")


def shipped() -> list[str]:
    """Files below resources/ that must be shipped, by their paths."""
    found = (path for pattern in SHIPPED for path in RESOURCES.glob(pattern) if path.is_file())
    return sorted(path.relative_to(RESOURCES).as_posix() for path in found)


if __name__ == "__main__":
    main()
