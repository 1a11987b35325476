"""Beside a rule stand what it asks for and what is reached, in figures that tell the two apart."""

import pytest

from desktop.viewmodels.routing_checks import ASKED, REACHED, STATE, checks_table, rules_of
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_finding import missing_sentence
from desktop.viewmodels.rule_figures import RuleFigures, rule_figures
from pricing.evaluate import evaluate
from pricing.plan.plan import Plan
from tests.optimise.test_advice import API, OWN, plan, work

CLASSES = [work("chat", 2_000_000), work("mail", 1_000_000)]


def costs_of(stated: Plan) -> HybridCosts:
    return HybridCosts(evaluate(stated), "mix")


def split(**rules: object) -> Plan:
    """Two thirds of the tokens on a server of 12,000 in the first month, one third at an API."""
    return plan(CLASSES, ("chat", "own"), ("mail", "api"), options=[API, OWN], rules=rules)


def figures(stated: Plan, code: str) -> RuleFigures:
    costs = costs_of(stated)
    check = next(one for one in costs.lines.checks if one.code == code)
    found = rule_figures(check, costs.evaluation)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "rules", "asked", "reached"),
    [
        ("capex", {"capex_per_year": [{"value": 8000}]}, "at most USD 8,000", "USD 12 k"),
        ("on_premises", {"on_premises": 0.9}, "at least 90\u00a0%", "66.7\u00a0%"),
        ("on_premises", {"on_premises": 0.667}, "at least 66.7\u00a0%", "66.67\u00a0%"),
        ("vendors", {"vendors": 3}, "at least 3", "2"),
        ("vendor_share", {"most_vendor_share": 0.3}, "at most 30\u00a0%", "66.7\u00a0%"),
        ("served", {}, "every request", "all served"),
    ],
)
def test_that_what_is_asked_stands_beside_what_is_reached(
    code: str, rules: dict[str, object], asked: str, reached: str
) -> None:
    stated = split(**rules)
    costs = costs_of(stated)
    found = [
        rule_figures(check, costs.evaluation) for check in costs.lines.checks if check.code == code
    ]
    assert (asked, reached) in {(one.asked, one.reached) for one in found if one is not None}


def test_that_power_is_told_in_kilowatts_of_the_worst_month() -> None:
    powered = OWN | {"power_kw": 7.5, "lead_time_months": 2}
    stated = plan(
        CLASSES, ("chat", "own"), ("mail", "api"), options=[API, powered],
        rules={"site_power_kw": 5},
    )  # fmt: skip
    found = figures(stated, "site_power")
    assert (found.asked, found.reached) == ("at most 5\u00a0kW", "7.5\u00a0kW")
    assert found.month == 3


def test_that_the_table_shows_both_and_a_click_explains_what_is_reached() -> None:
    costs = costs_of(split(capex_per_year=[{"value": 8000}]))
    table = checks_table(costs, all_of_them=False)
    (row,) = table.rows
    assert (row[ASKED].text, row[REACHED].text) == ("at most USD 8,000", "USD 12 k")
    assert (row[REACHED].tone, row[STATE].tone) == ("broken", "broken")
    told = costs.evaluation.explain(row[REACHED].key, row[REACHED].month)
    assert told.value == pytest.approx(12_000)


def test_that_a_broken_rule_is_told_with_its_figures_below_the_headline() -> None:
    told = missing_sentence(costs_of(split(capex_per_year=[{"value": 8000}])))
    assert "at most USD 8,000 asked for, USD 12 k reached" in told


def test_that_rules_without_a_single_figure_show_none() -> None:
    costs = costs_of(split())
    rows = checks_table(costs).rows
    bare = [row for rule, row in zip(rules_of(costs), rows, strict=True)
            if rule.check is None or rule.check.held is None]  # fmt: skip
    assert bare
    assert all(row[ASKED].text == row[REACHED].text == "" for row in bare)
