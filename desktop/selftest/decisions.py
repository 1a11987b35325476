"""The solver finds decisions that are known to be the best."""

from functools import cache

from desktop.selftest.check import Place, require
from desktop.selftest.golden import TOLERANCE
from desktop.selftest.small_plan import BEST_QUALITY, CHEAPEST, TODAY, small_plan
from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.frontier import frontier_said
from desktop.viewmodels.questions import (
    alternatives_reply,
    rules_reply,
    vendors_reply,
    volume_reply,
)
from desktop.viewmodels.questions_advice import advice_view
from desktop.work.inquiry import Inquiry, advice_on
from desktop.work.optimiser import Reporter
from pricing.catalogue import load_catalogue
from pricing.optimise.engine.answer import Settings
from pricing.optimise.optimise import Optimised, optimise
from pricing.optimise.questions.frontier import Frontier


@cache
def decided() -> Optimised:
    """The best decision for the small plan."""
    settings = Settings(gap=1e-6, seconds=60.0)
    return optimise(small_plan(), settings=settings, catalogue=load_catalogue(), today=TODAY)


@cache
def inquiry() -> Inquiry:
    """The small plan, to be asked of."""
    found = decided()
    return Inquiry(found.plan, found.hybrid, found.answer)


@cache
def quality_frontier() -> Frontier:
    """What more quality costs."""
    found = inquiry().frontier("quality", 4)(reporter())
    assert found is not None
    return found


def reporter() -> Reporter:
    """Somebody who listens to nothing and never stops."""
    from threading import Event

    return Reporter(Event(), lambda _part: None)


def decisions(_place: Place) -> str:
    """Decide on the small plan with HiGHS and compare with what is worked out by hand."""
    found = decided()
    require(_near(found.npv, CHEAPEST), f"the best decision costs {found.npv!r}, not {CHEAPEST}")
    require(found.answer.status == "optimal", f"the solver calls it {found.answer.status}")
    bound = found.answer.bound * 1000
    require(abs(bound - CHEAPEST) < 1e-5 * CHEAPEST, f"the bound is {bound!r}, not {CHEAPEST}")
    return f"the known optimum of {CHEAPEST:,.0f}, proven by HiGHS {highs_version()}"


def highs_version() -> str:
    """The version of the solver."""
    import highspy

    return str(highspy.Highs().version())  # type: ignore[no-untyped-call]


def questions(_place: Place) -> str:
    """Ask everything that can be asked of a decision."""
    points = quality_frontier().points
    require(len(points) > 1, "there is no frontier of quality")
    ends = (points[0].npv, points[-1].npv)
    require(
        _near(ends[0], CHEAPEST) and _near(ends[1], BEST_QUALITY),
        f"the frontier goes from {ends[0]!r} to {ends[1]!r}, not {CHEAPEST} to {BEST_QUALITY}",
    )
    asked, listener = inquiry(), reporter()
    plan = asked.plan
    rules = asked.rules()(listener)
    vendors = asked.vendors()(listener)
    require(len(vendors) == 2, f"{len(vendors)} of 2 vendors were left out in turn")
    others, first = asked.alternatives()(listener), asked.first_server()(listener)
    assert others is not None
    assert first is not None
    replies = (
        rules_reply(rules, plan, complete=True),
        vendors_reply(vendors, plan),
        alternatives_reply(others, plan),
        volume_reply(first, plan),
    )
    require(all(reply.sentences or reply.table for reply in replies), "a question has no answer")
    frontier_said(quality_frontier(), plan, 4)
    advice = advice_on(decided().evaluation, decided().hybrid)()
    require(bool(advice_view(advice, OptionColours()).recommendation), "there is no advice")
    return (
        f"frontier of {len(points)} points, prices of rules ({len(rules)}), without each of "
        f"{len(vendors)} vendors, decisions near the best, the first server, advice"
    )


def _near(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= TOLERANCE * abs(wanted)
