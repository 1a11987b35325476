"""Writes the papers of a built bundle into it, and refuses a bundle whose licences do not fit.

    python -m audit.papers BUNDLE

They go to resources/licences in the bundle: `third_party.txt`, which Help shows, and
`sbom.cdx.json`. Run it once, right after the bundle was made and before anything is made from it.
"""

import os
import sys
from pathlib import Path
from typing import Final

from audit.contents import inner_folder, read_contents
from audit.elements import Element, OriginError, collect
from audit.licences import acceptable
from audit.notices import page
from audit.sbom import as_text, bill_of_materials

FOLDER: Final = Path("resources") / "licences"
NOTICES: Final = "third_party.txt"
BILL: Final = "sbom.cdx.json"


def unacceptable(elements: tuple[Element, ...]) -> list[str]:
    """One sentence for every element that may not be in the bundle."""
    return [
        f"{element.name} is under {element.licence}, which may not be part of this program"
        for element in elements
        if not acceptable(element.licence, element.replaceable)
    ]


def write_papers(bundle: Path, moment: int | None = None) -> tuple[Element, ...]:
    """Write both papers, with a time in seconds since 1970 if there shall be one; what was found.

    Raises:
        OriginError: something has no known origin or licence, or one that does not fit.
    """
    folder = inner_folder(bundle) / FOLDER
    for old in (folder / NOTICES, folder / BILL):
        old.unlink(missing_ok=True)
    elements = collect(bundle, read_contents(bundle))
    if problems := unacceptable(elements):
        raise OriginError("; ".join(problems))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        (NOTICES, page(elements)),
        (BILL, as_text(bill_of_materials(elements, moment))),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return elements


def main() -> int:
    """Write the papers of the bundle named; returns 1 with a sentence where that fails."""
    bundle = Path(sys.argv[1])
    try:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        elements = write_papers(bundle, int(epoch) if epoch.isdigit() else None)
    except (OriginError, KeyError) as missing:
        print(f"No papers for {bundle}: {missing}", file=sys.stderr)
        return 1
    print(f"{bundle}: {len(elements)} elements; {NOTICES} and {BILL} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
