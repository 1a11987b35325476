"""The page of third-party licences of a bundle: who made what, on what terms, with full texts."""

import hashlib
import textwrap
from collections.abc import Sequence
from typing import Final

from audit.elements import Element

WIDTH: Final = 100
_RULE: Final = "=" * WIDTH
_INTRODUCTION: Final = """\
Reckoner {version} is licensed under the Apache License 2.0. This copy of it holds the work of
others, listed here with its licences; their texts follow. It was made from the files of the bundle
when the bundle was built.

Qt, Qt for Python (PySide6, Shiboken) and libquadmath are libraries under the GNU Lesser General
Public License. They are used as their makers built them and lie in this bundle as shared libraries
of their own, so that you may put modified or newer versions with the same interface in their place:
the files named below them, in the folder _internal (on macOS: Contents/Frameworks). Nothing in
Reckoner prevents or checks that, and you may reverse engineer it to debug such a modification. The
source code of Qt {qt} and of PySide6 is at https://download.qt.io/official_releases/ , that of
libquadmath, part of GCC, at https://gcc.gnu.org . Where the data of the catalogue, of the serving
model and of the samples comes from stands on the help page "Licences and attributions".

Crates in pydantic-core are listed from the bill of materials that pydantic-core brings; it brings
no texts of theirs. Of MIT OR Apache-2.0 the terms of the Apache License, below, are taken.
"""


def page(elements: Sequence[Element]) -> str:
    """The page as plain text, lines of at most 100 characters but for texts that are longer."""
    product, *others = elements
    versions = {element.name: element.version for element in elements}
    introduction = _INTRODUCTION.format(version=product.version, qt=versions.get("Qt", ""))
    parts = ["Licences of what Reckoner is made of", _RULE, "", _filled(introduction)]
    parts += [_row(element) for element in others]
    parts += ["", f"  {product.name}: {product.licence}", ""]
    shown: dict[str, str] = {}
    for element in (product, *others):
        parts += [_RULE, _heading(element), *_replaceable_files(element), ""]
        for text in element.texts:
            parts += [_once(text, element.name, shown), ""]
    return "\n".join(parts)


def _filled(text: str) -> str:
    return (
        "\n\n".join(
            textwrap.fill(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False)
            for paragraph in text.strip().split("\n\n")
        )
        + "\n"
    )


def _row(element: Element) -> str:
    version = f" {element.version}" if element.version else ""
    inside = f", in {element.inside}" if element.inside else ""
    return f"  {element.name}{version}{inside}: {element.licence}"


def _heading(element: Element) -> str:
    lines = [f"{element.name} {element.version or ''}".rstrip(), f"Licence: {element.licence}"]
    if element.source:
        lines.append(f"Source: {element.source}")
    return "\n".join(lines)


def _replaceable_files(element: Element) -> list[str]:
    if not element.replaceable:
        return []
    return ["Files that you may replace:", *(f"  {name}" for name in sorted(element.files))]


def _once(text: str, name: str, shown: dict[str, str]) -> str:
    """The text where it comes first, and a pointer to it from then on."""
    key = hashlib.sha256("".join(text.split()).encode()).hexdigest()
    if key in shown:
        return f"The text stands under {shown[key]}."
    shown[key] = name
    return text.replace("\r\n", "\n").replace("\f", "\n").strip()
