"""Window, command line and workbook name the same option as the cheapest, also where none fits."""

from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.viewmodels.finding import finding_sentence
from pricing.admissible import ENOUGH, Standing, cheapest_first, standing
from pricing.cli.versus import answer
from pricing.evaluate import evaluate
from pricing.evaluation import Evaluation
from pricing.plan.rules import Rules
from pricing.workbook import export_workbook
from pricing.workbook.sheets.summary import HEADLINES
from tests.workbook.decided import entered
from tests.workbook.hybrids import hybrid_service
from tests.workbook.libreoffice import LibreOffice
from tests.workbook.plans import TODAY, customer_service

pytestmark = pytest.mark.spreadsheet


def _without_bridge(evaluation: Evaluation, *ids: str, rules: Rules) -> Evaluation:
    """The single options of a plan under other rules; some of them start late, unbridged."""
    plan = evaluation.plan
    options = tuple(
        option.model_copy(update={"lead_time_months": 2, "bridge": None})
        if option.id in ids else option
        for option in plan.options if option.kind != "hybrid"
    )  # fmt: skip
    return evaluate(plan.model_copy(update={"options": options, "rules": rules}), today=TODAY)


@cache
def plans() -> dict[str, tuple[Evaluation, Standing]]:
    """Evaluations with the standing of what is to be named."""
    whole = hybrid_service()
    late = [b.id for b in whole.bills if b.servers is not None and b.id != "mix"]
    two = Rules(vendors=2)  # whom no single option can be
    all_late = _without_bridge(whole, *late, rules=Rules()).plan
    servers = tuple(option for option in all_late.options if option.id in late)
    return {
        "all serve": (customer_service(), Standing.WITHIN_RULES),
        "mix": (entered(), Standing.WITHIN_RULES),
        "late": (_without_bridge(whole, *late, rules=Rules()), Standing.WITHIN_RULES),
        "none within": (_without_bridge(whole, rules=two), Standing.SERVES_ALL),
        "late, none within": (_without_bridge(whole, *late, rules=two), Standing.SERVES_ALL),
        "all late": (
            evaluate(
                all_late.model_copy(update={"options": servers, "baseline": None}), today=TODAY
            ),
            Standing.FALLS_SHORT,
        ),
    }


@pytest.fixture(scope="module")
def headlines(
    tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice
) -> dict[str, tuple[str, str]]:
    """The headline as it was written, and as LibreOffice calculates it."""
    folder = tmp_path_factory.mktemp("headlines")
    written = []
    for number, (evaluation, _) in enumerate(plans().values()):
        written.append(folder / f"{number}.xlsx")
        export_workbook(evaluation, written[-1])
    done = libreoffice.convert(written, folder / "saved")
    return {
        name: (_headline(before), _headline(after))
        for name, before, after in zip(plans(), written, done, strict=True)
    }


def _headline(path: Path) -> str:
    book = load_workbook(path, data_only=True, read_only=True)
    try:
        return str(book["Summary"].cell(4, 2).value)
    finally:
        book.close()


@pytest.mark.parametrize("name", plans())
def test_that_all_readers_name_the_same_option(
    headlines: dict[str, tuple[str, str]], name: str
) -> None:
    evaluation, stands = plans()[name]
    first = cheapest_first(evaluation)[0]
    assert standing(evaluation, first) is stands
    alike = {standing(evaluation, bill) for bill in evaluation.bills} == {Standing.WITHIN_RULES}
    ruled = any(standing(evaluation, b) is Standing.SERVES_ALL for b in evaluation.bills)
    before = "" if alike else HEADLINES[ruled][stands]
    for said in headlines[name]:
        assert said == f"{before}{first.name} costs least over the horizon"
    assert f"{first.name} costs least:" in answer(evaluation) or (
        f"The cheapest is {first.name}:" in answer(evaluation)
    )
    told = finding_sentence(evaluation)
    assert first.name in told
    if stands is not Standing.WITHIN_RULES:
        assert told.startswith("No option serves every request")
        assert ("within the rules" in told) == (stands is Standing.SERVES_ALL)


def test_that_what_costs_least_of_all_is_not_named_where_it_serves_less(
    headlines: dict[str, tuple[str, str]],
) -> None:
    evaluation, _ = plans()["late, none within"]
    least = min(evaluation.bills, key=lambda bill: bill.tco.value)
    assert least.unserved.values.max() > ENOUGH
    assert not any(least.name in said for said in headlines["late, none within"])
