"""Papers of a bundle: whole, valid, the same each time, and nothing in it under the GPL."""

import json
import os
import tomllib
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import pytest
from audit.contents import Contents
from audit.elements import PARTS, Element, OriginError, collect, locked_hashes
from audit.licences import ExpressionError, acceptable
from audit.notices import page
from audit.papers import BILL, FOLDER, NOTICES, unacceptable
from audit.sbom import as_text, bill_of_materials
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from pricing.version import VERSION

HERE = Path(__file__).resolve().parent
SCHEMAS = HERE / "schema"
FILES = {
    "numpy/_core/_multiarray_umath.cpython-311-x86_64-linux-gnu.so": "numpy",
    "numpy.libs/libscipy_openblas64_-32a4b2a6.so": "OpenBLAS and LAPACK",
    "numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0": "GCC runtime: libgfortran",
    "pydantic_core/_pydantic_core.cpython-311-x86_64-linux-gnu.so": "pydantic-core",
    "PySide6/QtCore.abi3.so": "pyside6-essentials",
    "PySide6/Qt/lib/libQt6Core.so.6": "Qt",
    "PySide6/Qt/plugins/platforms/libqxcb.so": "Qt",
    "shiboken6/Shiboken.abi3.so": "shiboken6",
    "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf": "DejaVu fonts",
    "libpython3.11.so.1.0": "CPython",
    "python3.11/lib-dynload/_csv.cpython-311-x86_64-linux-gnu.so": "CPython",
    "_csv.pyd": "CPython",
    "resources/catalogue/servers.json": "Reckoner",
    "resources/catalogue/facts.json": "Figures of Epoch AI and Microsoft Learn",
    "resources/serving/measurements.csv": "Measurements of serving",
}
MODULES = {"numpy.linalg", "pricing.version", "socket", "json", "xlsxwriter", "pydantic.main"}


def made(folder: Path, files: dict[str, str], modules: set[str]) -> tuple[Path, Contents]:
    """A folder that looks like a bundle with these files, and what reading it says."""
    inner = folder / "_internal"
    for name in files:
        (inner / name).parent.mkdir(parents=True, exist_ok=True)
        (inner / name).write_bytes(b"\x7fELF" + name.encode())
    return folder, Contents(
        frozenset(modules), frozenset(files), frozenset(), frozenset(), False, frozenset()
    )


@pytest.fixture(scope="module")
def elements(tmp_path_factory: pytest.TempPathFactory) -> tuple[Element, ...]:
    return collect(*made(tmp_path_factory.mktemp("bundle"), FILES, MODULES))


def test_that_every_file_is_given_to_who_made_it(elements: tuple[Element, ...]) -> None:
    owners = {file: element.name for element in elements for file in element.files}
    assert owners == FILES
    assert elements[0].name == "Reckoner"
    assert elements[0].version == VERSION


def test_that_pure_python_counts_too(elements: tuple[Element, ...]) -> None:
    names = {element.name for element in elements}
    assert {"xlsxwriter", "pydantic", "numpy", "CPython"} <= names
    assert "matplotlib" not in names, "nothing of its own is in this bundle"


def test_that_what_is_compiled_in_stands_with_its_element(elements: tuple[Element, ...]) -> None:
    inside = {element.name for element in elements if element.inside == "pydantic-core"}
    bill = next(
        json.loads(path.read_text(encoding="utf-8"))
        for path in distribution("pydantic-core").files or ()
        if path.name == "pydantic-core.cyclonedx.json"
    )
    assert inside == {component["name"] for component in bill["components"]}


@pytest.mark.parametrize(
    ("files", "modules", "said"),
    [
        ({"libstranger.so.1": ""}, set(), "libstranger.so.1 belongs to no part"),
        ({}, {"stranger"}, "module stranger belongs to no distribution"),
    ],
)
def test_that_a_stranger_stops_the_build(
    files: dict[str, str], modules: set[str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(OriginError, match=said):
        collect(*made(tmp_path, files or {"libpython3.11.so.1.0": ""}, modules))


def test_that_every_licence_in_the_table_fits() -> None:
    table = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    for part in table["part"]:
        assert acceptable(part["licence"], part.get("replaceable", False)), part["name"]
    for name, licence in table["licence_of"].items():
        assert acceptable(licence, licence.startswith("LGPL")), name


def test_that_nothing_is_under_the_gpl(elements: tuple[Element, ...]) -> None:
    assert unacceptable(elements) == []
    reader = Element("readline", "8.2", "GPL-3.0-or-later", "")
    assert unacceptable((*elements, reader)) == [
        "readline is under GPL-3.0-or-later, which may not be part of this program"
    ]


@pytest.mark.parametrize(
    ("expression", "replaceable", "accepted"),
    [
        ("MIT", False, True),
        ("GPL-3.0-or-later", True, False),
        ("AGPL-3.0-only", True, False),
        ("LGPL-3.0-only", False, False),
        ("LGPL-3.0-only", True, True),
        ("MIT OR GPL-2.0-only", False, True),
        ("GPL-2.0-only OR GPL-3.0-only", False, False),
        ("MIT AND GPL-2.0-only", False, False),
        ("MIT AND (GPL-2.0-only OR Zlib)", False, True),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", False, True),
        ("GPL-3.0-or-later WITH Classpath-exception-2.0", False, False),
        ("MIT AND GPL-3.0-or-later WITH GCC-exception-3.1", False, True),
        ("Proprietary", False, False),
    ],
)
def test_that_licences_are_judged_as_expressions(
    expression: str, replaceable: bool, accepted: bool
) -> None:
    assert acceptable(expression, replaceable) is accepted


@pytest.mark.parametrize("text", ["", "MIT AND", "MIT Zlib", "(MIT", "MIT WITH", "MIT; Zlib", ")"])
def test_that_what_is_no_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        acceptable(text)


def validator() -> Draft7Validator:
    """Of CycloneDX 1.6, with the schemas that it refers to."""
    names = ("bom-1.6", "spdx", "jsf-0.82")
    schemas = [
        json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")) for name in names
    ]
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    return Draft7Validator(schemas[0], registry=Registry().with_resources(resources))


def test_that_the_bill_is_valid_cyclonedx(elements: tuple[Element, ...]) -> None:
    document = json.loads(as_text(bill_of_materials(elements, 1_795_348_800)))
    assert [error.message for error in validator().iter_errors(document)] == []
    assert document["metadata"]["timestamp"] == "2026-11-22T12:00:00+00:00"
    broken = document | {"components": [{"type": "library"}]}
    assert list(validator().iter_errors(broken)) != []


def test_that_the_bill_has_each_element_once_with_its_hashes(
    elements: tuple[Element, ...],
) -> None:
    document = bill_of_materials(elements)
    references = list(references_of(document["components"]))
    assert len(references) == len(set(references))
    numpy = next(one for one in document["components"] if one["name"] == "numpy")
    assert numpy["version"] == distribution("numpy").version
    assert numpy["purl"] == f"pkg:pypi/numpy@{numpy['version']}"
    archives = {entry["content"] for entry in numpy["externalReferences"][0]["hashes"]}
    lock = (HERE.parents[1] / "packaging" / "requirements.txt").read_text(encoding="utf-8")
    assert archives == set(locked_hashes(lock)["numpy"])
    file = numpy["components"][0]
    content = sha256(b"\x7fELF" + file["name"].encode()).hexdigest()
    assert file["hashes"] == [{"alg": "SHA-256", "content": content}]


def references_of(components: list[dict[str, object]]) -> list[str]:
    found = []
    for component in components:
        found.append(str(component["bom-ref"]))
        found += references_of(component.get("components", []))  # type: ignore[arg-type]
    return found


def test_that_the_bill_depends_on_the_bundle_alone(elements: tuple[Element, ...]) -> None:
    first, second = (bill_of_materials(elements) for _ in range(2))
    assert as_text(first) == as_text(second)
    assert "timestamp" not in first["metadata"]
    fewer = bill_of_materials(elements[:-1])
    assert fewer["serialNumber"] != first["serialNumber"]


def test_that_the_page_has_every_name_and_text(elements: tuple[Element, ...]) -> None:
    text = page(elements)
    for element in elements:
        assert f"\n{element.name}" in text
        assert f"Licence: {element.licence}" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "Version 3, 29 June 2007" in text
    assert text.count("                    GNU GENERAL PUBLIC LICENSE\n") <= 2
    assert "  PySide6/Qt/lib/libQt6Core.so.6" in text, "the user is told which files to replace"
    bringing = [element for element in elements if element.purl is None or not element.inside]
    assert all(element.texts for element in bringing)


@pytest.mark.skipif("RECKONER_BUNDLE" not in os.environ, reason="RECKONER_BUNDLE names no bundle")
def test_that_the_built_bundle_carries_valid_papers() -> None:
    folder = Path(os.environ["RECKONER_BUNDLE"]) / "_internal" / FOLDER
    document = json.loads((folder / BILL).read_text(encoding="utf-8"))
    assert [error.message for error in validator().iter_errors(document)] == []
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (folder / NOTICES).read_text(encoding="utf-8")


@pytest.mark.skipif("RECKONER_BUNDLE" not in os.environ, reason="RECKONER_BUNDLE names no bundle")
def test_that_qt_is_in_the_bundle_as_its_makers_built_it() -> None:
    inner = Path(os.environ["RECKONER_BUNDLE"]) / "_internal"
    site = Path(str(distribution("PySide6-Essentials").locate_file("")))
    shipped = [*inner.glob("PySide6/Qt/lib/*"), *inner.glob("PySide6/Qt/plugins/*/*")]
    assert len(shipped) > 10
    for path in shipped:
        assert path.read_bytes() == (site / path.relative_to(inner)).read_bytes(), path.name


def test_that_data_under_cc_by_is_attributed(elements: tuple[Element, ...]) -> None:
    cited = next(element for element in elements if element.licence == "CC-BY-4.0")
    assert cited.kind == "data"
    for name in ("Epoch AI", "Microsoft", "creativecommons.org/licenses/by/4.0", "Changes:"):
        assert name in cited.texts[0]
    shown = (HERE.parents[1] / "resources" / "help" / "licences.md").read_text(encoding="utf-8")
    for name in ("Epoch AI", "Microsoft Learn", "Azure LLM", "creativecommons.org/licenses/by/4.0"):
        assert name in shown.replace("\n", " ")


def test_that_token_prices_are_of_the_package_that_the_catalogue_names() -> None:
    table = tomllib.loads(PARTS.read_text(encoding="utf-8"))
    prices = next(part for part in table["part"] if part["name"].startswith("genai-prices"))
    manifest = HERE.parents[1] / "resources" / "catalogue" / "manifest.json"
    assert f"{prices['version']}" in manifest.read_text(encoding="utf-8")
