"""Reasons against the options of real plans, and how they read."""

from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from pricing.plan.edit import value_at
from pricing.plan.file import load_plan
from pricing.plan.option import Option
from pricing.plan.plan import Plan
from pricing.resources import resource
from pricing.routing.eligibility import reasons
from pricing.routing.sentences import TEMPLATES, sentence
from tests.routing.asking import CATALOGUE

SAMPLES = sorted(Path(resource("samples")).glob("*.reckon"))


def every_pair(found: Plan) -> list[tuple[Option, Any]]:
    return [
        (option, asked)
        for option in found.options
        if option.kind != "hybrid"
        for asked in found.workload
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_that_reasons_of_real_plans_point_at_fields_and_read_as_sentences(path: Path) -> None:
    found = load_plan(path)
    for option, asked in every_pair(found):
        for reason in reasons(found, CATALOGUE, option, asked):
            value_at(found, reason.path)
            text = sentence(reason)
            assert text.endswith(".")
            assert "{" not in text


def test_that_confidential_chats_of_the_bank_stay_on_its_own_machines() -> None:
    found = load_plan(resource("samples") / "bank_private_zh.reckon")
    kept = {
        option.id
        for option, asked in every_pair(found)
        if asked.sensitivity == "restricted"
        and not any(r.code == "data_outside" for r in reasons(found, CATALOGUE, option, asked))
    }
    kinds = {option.kind for option in found.options if option.id in kept}
    assert kinds
    assert kinds <= {"owned_servers", "appliance"}


def test_that_every_template_names_facts_that_a_translation_can_rely_on() -> None:
    for code, template in TEMPLATES.items():
        for _, name, spec, conversion in Formatter().parse(template):
            assert name is None or (name.isidentifier() and not conversion), code
            assert spec in (None, "", "percent"), code
