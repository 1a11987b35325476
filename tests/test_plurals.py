"""One month, two months: numbers with the word that counts."""

import re
from collections.abc import Mapping

import pytest

from pricing.finding import Finding, sentence_of
from pricing.messages import TEMPLATES
from pricing.optimise.advice.sentences import TEMPLATES as ADVICE
from pricing.optimise.questions.frontier_sentences import TEMPLATES as FRONTIERS
from pricing.optimise.statement import said, state
from pricing.plurals import counted

COUNTED = "request|month|server|class|vendor|point|level|way|hour"


@pytest.mark.parametrize(
    ("number", "spec", "text"),
    [
        ("1", "month|months", "1 month"), ("2", "month|months", "2 months"),
        ("0", "month|months", "0 months"), ("1.5", "month|months", "1.5 months"),
        ("1", "~is|are", "is"), ("1,000", "~is|are", "are"),
    ],
)  # fmt: skip
def test_that_a_number_takes_the_word_for_one_or_for_several(
    number: str, spec: str, text: str
) -> None:
    assert counted(number, spec) == text


def test_that_findings_and_statements_count_alike() -> None:
    template = {"code": "{n:request|requests} in {m:month|months} {n:~is|are} lost."}
    for number, months, text in (
        (1, 2, "1 request in 2 months is lost."), (1200, 1, "1,200 requests in 1 month are lost."),
    ):  # fmt: skip
        finding = Finding("code", "note", "", {"n": number, "m": str(months)})
        assert sentence_of(finding, template) == text
        statement = state("code", n=float(number), m=float(months))
        assert said(statement, template) == text


@pytest.mark.parametrize("templates", [TEMPLATES, ADVICE, FRONTIERS])
def test_that_what_may_be_one_is_never_said_in_the_plural_of_it(
    templates: Mapping[str, str],
) -> None:
    """A plan lasts a year or more, and volumes of a month are no handful."""
    several = re.compile(rf"\{{(\w+)\}} (?:{COUNTED})e?s\b")
    found = {
        (code, name) for code, template in templates.items()
        for name in several.findall(template)
        if not (name == "months" and re.search(r"over \{months\} months", template, re.IGNORECASE))
        and "requests} requests a month" not in template
    }  # fmt: skip
    assert {one for one in found if one[0] not in TWO_AT_LEAST} == set()


TWO_AT_LEAST = {"rule.vendors", "kind.vendors", "data.leaves"}
"""Rules on vendors ask for two or more; `data` is no number."""
