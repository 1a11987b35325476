"""What was chosen is told apart from what is known or assumed; routes come by their numbers."""

from datetime import date
from itertools import groupby
from typing import Any

import pytest

from pricing.evaluation import Evaluation
from pricing.ledger import DECISION, Provenance
from tests.bill.hybrids import cluster, direct, fleet, mix
from tests.bill.small import api, bill, request_class

DAY = "2026-11-20"


def _mixed(decision: dict[str, Any] | None = None) -> Evaluation:
    shares = [{"from_month": 1, "share": 0.5}, {"from_month": 7, "share": 0.25}]
    routes = [
        direct("api", shares=shares, request_class="late"),
        direct("cluster", shares=[{"share": 0.5}]),
        direct("api", shares=[{"share": 0.5}]),
        direct("cluster", shares=shares, request_class="late"),
    ]
    return bill(
        cluster("cluster"), api(), mix(*routes, fleets=[fleet("cluster", 3)], decision=decision),
        classes=[request_class(), request_class(id="late", name="Late")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("made_by", "source"),
    [("optimiser", "chosen by the optimiser"), ("hand", "entered by hand")],
)
def test_that_shares_and_servers_are_decisions_with_who_made_them_and_when(
    made_by: str, source: str
) -> None:
    evaluation = _mixed({"made_by": made_by, "made_on": DAY, "npv": 1.0})
    chosen = {e.key: e.provenance for e in evaluation.ledger.entries if e.provenance.is_decision}
    assert set(chosen) == {
        "option.mix.route_1.share", "option.mix.route_2.share", "option.mix.route_3.share",
        "option.mix.route_4.share", "option.mix.cluster.decided",
    }  # fmt: skip
    expected = Provenance(source, date.fromisoformat(DAY), confidence=DECISION)
    assert set(chosen.values()) == {expected}


def test_that_shares_that_were_simply_entered_are_decisions_without_a_day() -> None:
    evaluation = _mixed()
    origin = evaluation.explain("option.mix.route_2.share")
    assert (origin.source, origin.as_of, origin.confidence) == ("entered by hand", None, DECISION)


def test_that_routes_come_by_their_numbers_whatever_class_they_serve() -> None:
    evaluation = _mixed()
    section = next(s for s in evaluation.ledger.sections if s.key == "option.mix")
    blocks = [block for block, _ in groupby(line.block for line in section.lines)]
    numbers = [block.split(",")[0] for block in blocks if block.startswith("Route ")]
    assert numbers == ["Route 1", "Route 2", "Route 3", "Route 4"]
