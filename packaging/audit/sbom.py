"""The bill of materials of a bundle: CycloneDX 1.6, the same bytes for the same bundle.

https://cyclonedx.org/docs/1.6/json/ . There is no time in it but the one given, and its serial
number is made from its content. Elements compiled into others stand below them; files of an
element stand below it with their SHA-256.
"""

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from audit.elements import Element

SERIAL: Final = uuid.UUID("7d0f0e0e-6a31-5a4c-9c7e-4b2f5c1d8a90")
"""Name space of the serial numbers of Reckoner's bills of materials."""
MANY: Final = {"or", "and", "with"}


def bill_of_materials(elements: Sequence[Element], moment: int | None = None) -> dict[str, Any]:
    """The document: the first element is the product, the others are what it is made of.

    Args:
        elements: of one bundle.
        moment: time of the build, in seconds since 1970; without it the document has none.
    """
    product, *others = elements
    inside: dict[str, list[Element]] = {}
    for element in others:
        inside.setdefault(element.inside or "", []).append(element)
    components = [_component(element, inside) for element in inside.get("", ())]
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": _metadata(product, moment),
        "components": components,
        "dependencies": [
            {
                "ref": _reference(product),
                "dependsOn": sorted(component["bom-ref"] for component in components),
            }
        ],
    }
    content = json.dumps(document, sort_keys=True)
    return {"serialNumber": f"urn:uuid:{uuid.uuid5(SERIAL, content)}", **document}


def as_text(document: dict[str, Any]) -> str:
    """The document as it is written into a file."""
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _metadata(product: Element, moment: int | None) -> dict[str, Any]:
    component = {"type": "application", **_said(product), "components": _files(product)}
    metadata: dict[str, Any] = {"component": component}
    if moment is not None:
        metadata["timestamp"] = datetime.fromtimestamp(moment, UTC).isoformat()
    return metadata


def _component(element: Element, inside: dict[str, list[Element]]) -> dict[str, Any]:
    below = [*_files(element), *(_component(part, inside) for part in inside.get(element.name, ()))]
    component: dict[str, Any] = {"type": element.kind, **_said(element)}
    if below:
        component["components"] = below
    return component


def _said(element: Element) -> dict[str, Any]:
    said: dict[str, Any] = {
        "bom-ref": _reference(element),
        "name": element.name,
        "licenses": _licences(element.licence),
    }
    if element.version:
        said["version"] = element.version
    if element.purl:
        said["purl"] = element.purl
    if element.source:
        reference: dict[str, Any] = {"type": "distribution", "url": element.source}
        if element.artefacts:
            reference["hashes"] = _hashes(element.artefacts)
            reference["comment"] = "archives that the lock accepts"
        said["externalReferences"] = [reference]
    return said


def _licences(expression: str) -> list[dict[str, Any]]:
    if MANY & set(expression.lower().split()):
        return [{"expression": expression}]
    kind = "name" if expression.startswith("LicenseRef-") else "id"
    return [{"license": {kind: expression}}]


def _files(element: Element) -> list[dict[str, Any]]:
    return [
        {
            "type": "file",
            "bom-ref": f"file:{name}",
            "name": name,
            "hashes": _hashes([digest]),
        }
        for name, digest in sorted(element.files.items())
    ]


def _hashes(digests: Iterable[str]) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest} for digest in digests]


def _reference(element: Element) -> str:
    return element.purl or f"element:{element.name}"
