"""Prices that a plan states for servers, ranked beside those of the catalogue."""

import pytest

from desktop.viewmodels.serving_quotes import QUOTE
from desktop.viewmodels.serving_ranking import as_option, ranking_view
from pricing.catalogue import load_catalogue
from pricing.plan.edit import edited
from pricing.plan.option import OwnedServers, SelfHosted
from pricing.plan.plan import Plan
from pricing.serving.search.result import Row
from tests.desktop.test_serving_page import RUNNING


@pytest.fixture(scope="module")
def quoted(plan: Plan) -> Plan:
    """Servers of a stated price with 8 accelerators that are known."""
    option = next(o for o in plan.options if o.id == "owned")
    changed = option.model_copy(update={"capacity": None, "serving": RUNNING})
    return edited(plan, "options.owned", changed)


def ranked(plan: Plan) -> dict[str, Row]:
    view = ranking_view(plan, "owned", load_catalogue())
    return {row.offer.id: row for row in view.ranked}


def test_that_the_price_of_an_option_is_ranked_under_its_name(quoted: Plan) -> None:
    row = ranked(quoted)[f"{QUOTE}owned"]
    assert row.offer.name == "Owned servers 自有"
    assert row.stack.accelerator.id == "h100-sxm"
    assert row.each.purchase == pytest.approx(300_000 / 48)
    assert row.each.energy == pytest.approx(8.1 * 1.4 * 0.12 * 730)
    cheaper = edited(quoted, "options.owned.price.value", 30_000)
    assert ranked(cheaper)[f"{QUOTE}owned"].each.purchase == pytest.approx(30_000 / 48)


@pytest.mark.parametrize(("field", "value"), [("price", None), ("power_kw", None)])
def test_that_a_server_without_price_or_power_is_not_ranked(
    quoted: Plan, field: str, value: None
) -> None:
    listed = edited(quoted, "options.owned.server", "hgx-h100-8x")
    bare = edited(quoted if field == "power_kw" else listed, f"options.owned.{field}", value)
    assert f"{QUOTE}owned" not in ranked(bare)


def test_that_rents_of_some_hours_or_of_unknown_accelerators_are_not_ranked(quoted: Plan) -> None:
    assert f"{QUOTE}rented" not in ranked(quoted)
    rented = next(o for o in quoted.options if o.id == "rented")
    known = edited(
        quoted,
        "options.rented",
        rented.model_copy(update={"capacity": None, "serving": RUNNING}),
    )
    assert ranked(known)[f"{QUOTE}rented"].each.rent == pytest.approx(24 * 730)
    hours = {"kind": "scheduled", "from_hour": 8, "to_hour": 18}
    assert f"{QUOTE}rented" not in ranked(edited(known, "options.rented.terms", hours))


def test_that_a_quoted_server_that_is_taken_keeps_its_price(quoted: Plan) -> None:
    row = ranked(quoted)[f"{QUOTE}owned"]
    like = next(o for o in quoted.options if o.id == "owned")
    assert isinstance(like, SelfHosted)
    option = as_option(row, like, quoted)
    assert isinstance(option, OwnedServers)
    assert option.id != "owned"
    assert option.price == like.price
    assert option.capacity is None
    assert option.serving is not None
    assert (option.serving.accelerator, option.serving.accelerators) == ("h100-sxm", 8)
    assert option.serving.precision == row.stack.precision
