"""Whatever is in a file: a plan, or an error in sentences. Never another exception."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pricing.plan.document import validate_document
from pricing.plan.file import PlanFileError, load_plan, parse_plan, plan_text
from pricing.plan.plan import Plan
from pricing.plan.problems import PlanError

GOLDEN = Path(__file__).parent / "golden" / "version_1.reckon"
TEXT = GOLDEN.read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)
OWN_SHEETS = json.loads((GOLDEN.parent / "version_1_own_sheets.reckon").read_text("utf-8"))
HYBRID = json.loads((GOLDEN.parent / "version_1_hybrid.reckon").read_text("utf-8"))

numbers = st.integers() | st.floats() | st.sampled_from([0, -1, 1e300, -1e300, 10**400, 1e-320])
plain = st.none() | st.booleans() | numbers | st.text(max_size=8) | st.just("\ud800")
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
fuzzing = settings(max_examples=100, suppress_health_check=list(HealthCheck))


def check_that_it_explains(error: PlanError) -> None:
    """An error says everything in sentences that can be printed anywhere."""
    text = str(error)
    text.encode("utf-8")
    assert error.problems
    for jargon in ("Input should", "pydantic", "https://", "Traceback", "validation error"):
        assert jargon not in text


def places(node: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every way into a document."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(node, dict):
        inner = list(node.items())
    elif isinstance(node, list):
        inner = list(enumerate(node))
    return [way, *(found for step, item in inner for found in places(item, (*way, step)))]


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """A golden plan with one to three entries replaced, removed, added or swapped."""
    document = deepcopy(draw(st.sampled_from([DOCUMENT, OWN_SHEETS, HYBRID])))
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.sampled_from(places(document)[1:]))
        node = document
        for step in way[:-1]:
            node = node[step]
        action = draw(st.sampled_from(["replace", "remove", "add", "copy"]))
        if action == "replace":
            node[way[-1]] = draw(values)
        elif action == "remove":
            del node[way[-1]]
        elif isinstance(node, dict):
            new = draw(values) if action == "add" else deepcopy(node[way[-1]])
            node[draw(st.text(max_size=8) | st.sampled_from(["kind", "value", "price"]))] = new
        else:
            node.append(draw(values) if action == "add" else deepcopy(node[way[-1]]))
    return document


def opens(text: str) -> Plan | None:
    try:
        plan = parse_plan(text)
    except PlanFileError as error:
        check_that_it_explains(error)
        return None
    assert parse_plan(plan_text(plan)) == plan
    return plan


@given(st.binary(max_size=300) | st.binary(max_size=60).map(lambda tail: TEXT.encode() + tail))
@fuzzing
def test_that_any_bytes_are_a_plan_or_explained(tmp_path_factory: Any, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "any.reckon"
    path.write_bytes(content)
    try:
        load_plan(path)
    except PlanFileError as error:
        check_that_it_explains(error)
    assert path.read_bytes() == content


@given(values | st.dictionaries(st.sampled_from(sorted(DOCUMENT)), values))
@fuzzing
def test_that_any_json_value_is_a_plan_or_explained(value: object) -> None:
    try:
        validate_document(value)
    except PlanError as error:
        check_that_it_explains(error)
    opens(json.dumps(value))


@given(mutations())
@fuzzing
def test_that_any_mutation_of_a_plan_is_a_plan_or_explained(document: object) -> None:
    opens(json.dumps(document))


LISTS = ("routes", "fleets", "caches")


@given(st.sampled_from([way for way in places(HYBRID) if set(way) & {*LISTS, "rules"}]), values)
@fuzzing
def test_that_anything_inside_a_hybrid_is_a_plan_or_explained(
    way: tuple[Any, ...], value: object
) -> None:
    document = deepcopy(HYBRID)
    node = document
    for step in way[:-1]:
        node = node[step]
    node[way[-1]] = value
    opens(json.dumps(document))


@given(st.integers(0, len(TEXT) - 1))
@fuzzing
def test_that_a_plan_cut_anywhere_is_explained_as_broken_off(length: int) -> None:
    text = TEXT[:length]
    assert opens(text) is None or text.rstrip() == TEXT.rstrip()


@given(st.integers(0, len(TEXT) - 1), st.characters())
@fuzzing
def test_that_a_plan_with_a_wrong_character_is_a_plan_or_explained(at: int, wrong: str) -> None:
    opens(TEXT[:at] + wrong + TEXT[at + 1 :])
