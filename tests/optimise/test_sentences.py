"""Sentences of rules, prices, conflicts and questions: words, numbers and translations."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pricing.optimise.advice.sentences import TEMPLATES as ADVICE
from pricing.optimise.engine.answer import nothing_to_choose
from pricing.optimise.engine.instance import Choice
from pricing.optimise.questions import sentences
from pricing.optimise.questions.conflicts import Conflict
from pricing.optimise.questions.first_server import FirstServer
from pricing.optimise.questions.loosened import Loosened
from pricing.optimise.questions.prices import RulePrice
from pricing.optimise.questions.rules import Rule, rules_of
from pricing.optimise.questions.vendors import WithoutVendor
from pricing.optimise.statement import Statement, money, number, percent, plain_facts, said, state
from pricing.plan.document import validate_document
from pricing.plan.plan import Plan
from pricing.plurals import is_counted
from tests.cli.hybrids import mixed

RULES = {
    "capex_per_year": [310_000], "site_power_kw": 30, "vendors": 2, "most_vendor_share": 0.8,
    "quality": 0.75, "on_premises": 0.2,
}  # fmt: skip


@pytest.fixture
def plan() -> Plan:
    """A plan with every kind of rule."""
    content = mixed(rules=RULES)
    content["workload"][0] |= {"first_token_limit": 2, "answer_limit": 20}
    content["options"][2]["most_servers"] = 4
    return validate_document(content)


def rule(plan: Plan, code: str) -> Rule:
    """One rule of a plan."""
    return next(one for one in rules_of(plan) if one.code == code)


BILL = 4_000_000.0


def price(
    plan: Plan, code: str, value: float | None, limits: tuple[float, float], **more: Any
) -> str:
    """What is said of the price of a rule that lies between limits."""
    found = RulePrice(
        rule(plan, code), value, *limits, BILL, more.get("idle", False), more.get("unserved", 0.0),
        more.get("answer"),
    )  # fmt: skip
    return " ".join(sentences.sentence(s) for s in sentences.price_statements(found, plan))


def test_that_every_rule_of_a_plan_can_be_said(plan: Plan) -> None:
    told = {one.code: sentences.sentence(sentences.rule_statement(one)) for one in rules_of(plan)}
    assert told == {
        "data": "keeping confidential data of Contracts inside",
        "quality_floor": "asking for a quality of at least 70 % in Contracts",
        "first_token_limit": "asking for the first token of Chat 客服 within 2 s",
        "answer_limit": "asking for whole answers of Chat 客服 within 20 s",
        "most_servers": "taking at most 4 servers of Rented servers",
        "capex": "capping purchases at USD 310 k a year",
        "site_power": "feeding at most 30 kW of IT power at the site",
        "vendors": "sharing the work between at least 2 vendors",
        "most_vendor_share": "giving one vendor at most 80 % of a year's tokens",
        "quality": "asking for a mean quality of at least 75 %",
        "on_premises": "serving at least 20 % of all tokens on premises",
    }
    assert {f"rule.{code}" for code in told} | {"rule.capex_by_year"} == {
        code for code in sentences.TEMPLATES if code.startswith("rule.")
    }


def test_that_a_price_is_told_between_its_limits(plan: Plan) -> None:
    assert price(plan, "data", 400_000, (350_000, 412_000)) == (
        "Keeping confidential data of Contracts inside costs between USD 350 k and USD 412 k over "
        "24 months (10 % of the bill by the decisions found)."
    )
    assert price(plan, "data", 400_000, (399_000, 401_000)) == (
        "Keeping confidential data of Contracts inside costs USD 400 k over 24 months (10 % of the "
        "bill)."
    )


def test_that_caps_that_differ_by_year_are_all_told(plan: Plan) -> None:
    caps = [{"value": 2_500_000}, {"value": 800_000}]
    rules = {**plan.rules.model_dump(), "capex_per_year": caps}
    capped = Plan.model_validate({**plan.model_dump(), "rules": rules})
    assert sentences.sentence(sentences.rule_statement(rule(capped, "capex"))) == (
        "capping purchases at USD 2.5 m, USD 800 k in successive years"
    )


def test_that_a_price_that_may_be_nothing_is_told_as_what_it_is_at_most(plan: Plan) -> None:
    capex = "Capping purchases at USD 310 k a year costs "
    assert price(plan, "capex", 500, (0, 90_000)) == (
        f"{capex}at most USD 90 k over 24 months (2.2 % of the bill); the decisions found differ "
        "by USD 500."
    )
    assert price(plan, "capex", 0, (0, 90_000)) == (
        f"{capex}at most USD 90 k over 24 months (2.2 % of the bill), and no cheaper decision "
        "without it was found."
    )
    assert price(plan, "capex", 0, (0, 3_900)) == (
        f"{capex}at most USD 3,900 over 24 months (0.1 % of the bill): not worth discussing."
    )
    assert price(plan, "capex", 0, (0, 0)) == f"{capex}nothing: the best decision keeps it anyway."
    assert price(plan, "capex", 0, (0, 0), idle=True) == (
        f"{capex}nothing: nothing more would be possible without it."
    )


def test_that_rules_that_cost_nothing_worth_telling_are_told_together(plan: Plan) -> None:
    def of(code: str, high: float, *, idle: bool = False) -> RulePrice:
        return RulePrice(rule(plan, code), 0.0, 0.0, high, BILL, idle, 0.0, None)

    prices = (of("vendors", 0, idle=True), of("data", 90_000), of("capex", 3_000),
              of("most_servers", 0, idle=True), of("site_power", 3_900))  # fmt: skip
    told = [sentences.sentence(one) for one in sentences.prices_statements(prices, plan)]
    assert told[0].startswith("Keeping confidential data of Contracts inside costs at most")
    assert told[1:] == [
        "Each of these costs at most USD 3,900 over 24 months (0.1 % of the bill) and is not worth "
        "discussing: capping purchases at USD 310 k a year; feeding at most 30 kW of IT power at "
        "the site.",
        "Each of these costs nothing, as nothing more would be possible without it: sharing the "
        "work between at least 2 vendors; taking at most 4 servers of Rented servers.",
    ]
    alone = [sentences.sentence(one) for one in sentences.prices_statements(prices[:1], plan)]
    assert alone == [
        "Sharing the work between at least 2 vendors costs nothing: nothing more would be possible "
        "without it."
    ]


def test_that_a_rule_without_a_price_says_why(plan: Plan) -> None:
    assert "none was found in the time" in price(plan, "capex", None, (0, float("inf")))
    served = replace(nothing_to_choose(24), choice=Choice(*(np.zeros((0, 24)),) * 3))  # type: ignore[arg-type]
    told = price(plan, "capex", None, (0, float("inf")), answer=served)
    assert "has no price: with it, not every request class can be served" in told


def test_that_a_rule_that_leaves_requests_unserved_is_not_called_free(plan: Plan) -> None:
    rule_said = "Keeping confidential data of Contracts inside "
    assert price(plan, "data", 0, (0, 0), unserved=1234.0) == (
        f"{rule_said}leaves 1,234 requests unserved that would be served without it; the bill of "
        "the others is no higher for it."
    )
    told = price(plan, "data", 5_000, (4_999, 5_001), unserved=1234.0)
    assert told.startswith(f"{rule_said}costs USD 5,000 over 24 months")
    assert "It leaves 1,234 requests unserved" in told


def test_that_a_conflict_names_rules_requests_and_what_would_be_enough(plan: Plan) -> None:
    rules = (rule(plan, "data"), rule(plan, "capex"))
    loosened = (Loosened(rules[1], 310_000, 620_000.4),)
    conflict = Conflict(rules, ("Contracts",), 5_000.0, loosened, lifting=rules)
    told = [sentences.sentence(s) for s in sentences.conflict_statements(conflict, plan)]
    assert told == [
        "These rules cannot all be kept: keeping confidential data of Contracts inside; capping "
        "purchases at USD 310 k a year. Lifting any one of them would be enough.",
        "With them, 5,000 requests of Contracts stay unserved.",
        "Purchases of USD 620 k in a year would be enough.",
    ]
    doubtful = replace(conflict, irreducible=False)
    first = sentences.sentence(sentences.conflict_statements(doubtful, plan)[0])
    assert "Lifting any one" not in first
    nobody = replace(conflict, rules=())
    assert len(sentences.conflict_statements(nobody, plan)) == 1


@pytest.mark.parametrize(
    ("code", "enough", "told"),
    [
        ("on_premises", 0.98564, "98 % on"), ("on_premises", 0.99564, "99.5 % on"),
        ("quality", 0.84992, "0.849 "), ("most_vendor_share", 0.9012, "91 % of"),
        ("capex", 624_400.0, "625 k"), ("capex", 120_000.12, "120 k"),
        ("site_power", 5.000005, " 5 kW"),
    ],
)  # fmt: skip
def test_that_what_would_be_enough_is_enough_as_it_is_told(
    plan: Plan, code: str, enough: float, told: str
) -> None:
    rules = (replace(rule(plan, "capex"), code=code),)
    conflict = Conflict(rules, ("Contracts",), 5.0, (Loosened(rules[0], 0.5, enough),))
    assert told in sentences.sentence(sentences.conflict_statements(conflict, plan)[-1])


def test_that_vendors_and_first_servers_are_told_by_their_numbers(plan: Plan) -> None:
    answer = replace(nothing_to_choose(24), gap=0.0)

    def vendor(
        used: bool, npv: float | None, more: float | None, left: tuple[str, ...] = ()
    ) -> str:
        limits = (max(more - 400, 0.0), more + 400) if more else (0.0, 0.0)
        found = WithoutVendor("Alpha", used, npv, more, *limits, left, answer)
        return sentences.sentence(sentences.vendor_statement(found, plan))

    assert vendor(True, 110_000, 10_000) == "Without Alpha the work costs USD 10 k more (10 %)."
    assert vendor(True, None, None) == (
        "Without Alpha not every request can be served within the rules."
    )
    assert vendor(True, None, None, ("chat", "archive")) == (
        "Without Alpha not every request of Chat 客服, Archive can be served within the rules."
    )
    assert "is not used" in vendor(False, 100_000, 0)
    fragile = WithoutVendor("Alpha", True, 110_000, 10_000, 9_600, 10_400, (), answer, 1_234.4)
    told = [sentences.sentence(one) for one in sentences.vendor_statements(fragile, plan)]
    assert told[1:] == [
        "Without Alpha 1,234 more requests arrive during outages in which nobody takes over."
    ]
    steady = replace(fragile, outages=0.4)
    assert len(sentences.vendor_statements(steady, plan)) == 1
    assert vendor(True, 101_000, 1_000) == (
        "Without Alpha the work costs between USD 600 and USD 1,400 more (1.0 % by the decisions "
        "found)."
    )
    assert vendor(True, 100_300, 300) == (
        "Without Alpha the work costs at most USD 700 more; the decisions found differ by USD 300."
    )


def test_that_the_first_server_is_told_for_work_that_may_do_without(plan: Plan) -> None:
    def first(multiple: float | None, **more: Any) -> str:
        requests = None if multiple is None else multiple * 1e6
        found = FirstServer(multiple, requests, 1024.0, **more)
        told = sentences.first_server_statements(found, plan)
        return " ".join(sentences.sentence(one) for one in told)

    assert first(2.5) == (
        "The first server pays from 2.5 times the plan's volume on: about 2,500,000 requests a "
        "month."
    )
    assert "Servers pay at the plan's volume" in first(0.5)
    assert "at any volume, however small: they cost less" in first(1 / 1024)
    assert "up to 1,024 times" in first(None)
    assert "without any, the rules cannot be kept" in first(None, forced=True)
    assert "has no option with servers" in first(None, pools=False)
    needed = (
        "Nothing but servers may serve Contracts, so some are needed at any volume, however small."
    )
    assert first(None, needed=("contracts",), others=False) == needed
    assert first(2.5, needed=("contracts",)) == (
        f"{needed} The first server for other work alone pays from 2.5 times the plan's volume on: "
        "about 2,500,000 requests a month."
    )
    for code, told in {
        "already": first(0.5, needed=("contracts",)), "any": first(0.0, needed=("contracts",)),
        "never": first(None, needed=("contracts",)),
        "forced": first(None, needed=("contracts",), forced=True),
    }.items():  # fmt: skip
        assert told.startswith(needed), code
        assert "other work alone" in told, code


def test_that_servers_that_start_later_are_not_told_as_what_is_left_in_service() -> None:
    starts = [state("part.start", servers=n, month=month) for n, month in ((6.0, 5.0), (1.0, 22.0))]
    told = sentences.sentence(
        state("differs.starts", option="Own", starts=tuple(starts), before=(starts[0],))
    )
    assert told == (
        "servers of Own: 6 starting in month 5, 1 starting in month 22 instead of 6 starting in "
        "month 5"
    )


def test_that_money_shares_and_numbers_keep_three_digits() -> None:
    assert [money(x, "USD") for x in (412_345, 9_999, 10_000, 1_234_567, 0.00187, -2e9, 0)] == [
        "USD 412 k", "USD 10.0 k", "USD 10 k", "USD 1.23 m", "USD 0.00187", "-USD 2 bn",
        "USD 0",
    ]  # fmt: skip
    assert [percent(x) for x in (0.5, 0.018, 0.0001, 0.999, 1)] == [
        "50 %", "1.8 %", "0 %", "99.9 %", "100 %",
    ]  # fmt: skip
    assert [number(x) for x in (3.0, 0.85, 1234.5, 2.345)] == ["3", "0.85", "1,234", "2.35"]


def test_that_templates_are_translated_with_the_facts_inside() -> None:
    templates = {"between": ", ", "between.phrases": "; ", "outer": "{what:capital} and {n}.",
                 "inner": "keeping {name}"}  # fmt: skip
    german = {"{what:capital} and {n}.": "{n} und {what:capital}.", "keeping {name}": "{name} da"}
    one = state("outer", what=Statement("inner", {"name": "data"}), n=2.0)
    assert said(one, templates) == "Keeping data and 2."
    assert said(one, templates, lambda text: german.get(text, text)) == "2 und Data da."
    assert plain_facts(one, templates) == {"what": "keeping data", "n": 2.0}


@pytest.mark.parametrize("templates", [sentences.TEMPLATES, ADVICE])
def test_that_every_template_can_be_read_and_knows_its_formats(templates: dict[str, str]) -> None:
    known = {"", "money", "percent", "signed", "number", "capital", "commas"}
    for code, template in templates.items():
        specs = re.findall(r"\{[a-z_]+(?::([^{}]+))?\}", template)
        assert {spec for spec in specs if not is_counted(spec)} <= known, code
        assert template.count("{") == len(specs), code
