"""A finance model worked in a spreadsheet: each part of its total from the engine.

golden_finance.json holds its inputs and results (own work, Apache-2.0). Its total of ownership is
capex 1,240,000 paid at once, less depreciation's tax shield over five years, resale of 15 % in
month 36, and after tax each month 21,500 and 20,000 Mtok at 3 USD, growing 3 % while the price
falls 1.5 % a month, the first month already at 0.985 of it; all at 9 %, mid-month.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing.evaluation import Evaluation
from tests.bill.small import api, bill, owned, request_class

GOLDEN: dict[str, Any] = json.loads((Path(__file__).parent / "golden_finance.json").read_text())
INPUTS: dict[str, float] = GOLDEN["inputs"]
FINANCE = {"discount_rate": INPUTS["wacc"], "payment_timing": "mid-month"}
TAXED = {**FINANCE, "tax": {"rate": INPUTS["tax"], "depreciation_years": INPUTS["tax_life"]}}


def evaluated(finance: dict[str, Any]) -> Evaluation:
    """A million requests of 20,000 tokens; an API, and one server that serves them all."""
    drop = 1 - INPUTS["price_drop_m"]
    use = request_class(
        requests=1e6, input_tokens=INPUTS["tok_Mtok_m1"], output_tokens=0,
        growth={"kind": "monthly", "rate": INPUTS["growth_m"]},
    )  # fmt: skip
    tokens = api(
        prices={"input": INPUTS["price"] * drop, "output": 0},
        price_change_per_year=drop**12 - 1,
        fixed_monthly_cost=INPUTS["opex_m"],
    )
    server = owned(
        price=INPUTS["capex"], servers=1, useful_life_months=36, residual_share=INPUTS["resid"]
    )
    return bill(tokens, server, classes=[use], months=36, finance=finance)


def test_that_a_year_of_tokens_costs_what_the_golden_model_says() -> None:
    tokens = evaluated(FINANCE).bill_of("api").categories["tokens"].values
    assert -tokens[12:24].sum() == pytest.approx(GOLDEN["year2_api"], rel=1e-12)


def test_that_the_parts_of_the_golden_total_come_from_the_engine() -> None:
    """Money out is negative there; capex is paid at the start, and its resale is not taxed."""
    taxed, plain = evaluated(TAXED), evaluated(FINANCE)
    factor = taxed.values.monthly(taxed.line("finance.discount_factor"))
    running_after_tax = taxed.bill_of("api").npv.value
    depreciation = taxed.values.monthly(taxed.line("option.owned.tax_depreciation"))
    shield = (depreciation * factor).sum() * INPUTS["tax"]
    costs = plain.bill_of("owned").categories
    capex, resale = costs["purchase"].values, costs["resale"].values
    assert capex.sum() == capex[0] == INPUTS["capex"]
    assert resale[:-1].tolist() == [0.0] * 35
    total = -capex[0] - running_after_tax + shield - resale[-1] * factor[-1]
    assert total == pytest.approx(GOLDEN["tco_mid_month"], rel=1e-12)


def test_that_straight_line_depreciation_of_five_years_is_the_golden_model_s() -> None:
    """SLN spreads what a sale at 15 % would leave; ours spreads all and deducts at the sale."""
    taxed = evaluated(TAXED)
    yearly = 12 * taxed.values.monthly(taxed.line("option.owned.tax_depreciation"))[0]
    assert yearly * (1 - INPUTS["resid"]) == pytest.approx(GOLDEN["sln"])
