"""A decision that was found: what is said of it, taken with one step, or discarded."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main import make_window
from desktop.pages.navigation import ROUTING
from desktop.pages.routing_optimise import Optimising
from desktop.viewmodels.proposal import Proposal, proof_sentence, proposal_of
from desktop.viewmodels.proposal_taking import Fit, fit_of, taken
from desktop.viewmodels.proposal_words import servers_text
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_places import RULES
from desktop.viewmodels.words import money
from desktop.window import MainWindow
from desktop.work.deciding import Decided
from pricing.evaluate import evaluate
from pricing.plan.edit import edited
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.plan import Plan
from pricing.plan.recipe import Direct
from tests.desktop.optimiser_plans import group, help_desk
from tests.desktop.test_optimiser import decided, hybrid_in

AT_API = Hybrid(
    id="mix", name="All at the API",
    routes=(
        Route(request_class="chat", recipe=Direct(option="api")),
        Route(request_class="docs", recipe=Direct(option="api")),
    ),
)  # fmt: skip


def at_api() -> Plan:
    """The help desk with a hybrid that sends everything to the API."""
    plan = help_desk()
    return edited(plan, "options", (*plan.options, AT_API))


@pytest.fixture(scope="module")
def improved() -> Decided:
    """What is found instead of sending everything to the API."""
    return decided(at_api(), "mix")


@pytest.fixture(scope="module")
def before() -> HybridCosts:
    return HybridCosts(evaluate(at_api()), "mix")


@pytest.fixture(scope="module")
def proposal(improved: Decided, before: HybridCosts, qapp: QApplication) -> Proposal:
    return proposal_of(improved, before)


def card(proposal: Proposal, title: str) -> tuple[str, str, str]:
    found = next(one for one in proposal.cards if one.title == title)
    return found.after, found.before, found.difference


# --- words ----------------------------------------------------------------------------------------


def test_that_cards_show_the_ledgers_figures_after_and_before(
    improved: Decided, before: HybridCosts, proposal: Proposal
) -> None:
    assert improved.optimised is not None
    new, old = improved.optimised.evaluation.bill_of("mix"), before.evaluation.bill_of("mix")
    for title, after, now in (
        ("Net present cost (NPV)", new.npv.value, old.npv.value),
        ("Total cost (TCO)", new.tco.value, old.tco.value),
    ):
        shown = card(proposal, title)
        assert shown[0] == money(after, "USD")
        assert shown[1] == f"now {money(now, 'USD')}"
        assert shown[2] == f"−{100 * (1 - after / now):.0f}\u00a0%"
    assert card(proposal, "Purchases")[:2] == ("USD 300 k", "now USD 0")
    assert card(proposal, "Servers at the end") == ("1", "now 0", "+1")
    assert card(proposal, "Requests not served") == ("0", "now 0", "unchanged")
    assert card(proposal, "Mean score of answers")[0] == "–"


def test_that_the_title_says_how_much_less_it_costs_than_now(proposal: Proposal) -> None:
    assert proposal.title.startswith("Net present cost USD 392 k, ")
    assert proposal.title.endswith("less than now")


def test_that_the_cheapest_single_option_stands_beside_it(proposal: Proposal) -> None:
    assert card(proposal, "Cheapest single option")[:2] == ("USD 413 k", "Owned servers 自有")


def test_that_changes_tell_classes_and_servers_as_they_would_be_and_are(
    proposal: Proposal,
) -> None:
    by_name = {change.name: change for change in proposal.changes}
    assert by_name["Customer chat"].before == "Closed API"
    assert "Owned servers 自有 (from month 4)" in by_name["Customer chat"].after
    assert "Rented GPUs (until month 3)" in by_name["Customer chat"].after
    assert by_name["Owned servers 自有"].after == "1 server from month 4"
    assert by_name["Owned servers 自有"].before == "no servers"
    assert by_name["Rented GPUs"].after == "1 server, none from month 4"


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ([0, 0, 0], "no servers"),
        ([1, 1, 1], "1 server"),
        ([0, 2, 2], "2 servers from month 2"),
        ([3, 3, 0], "3 servers, none from month 3"),
        ([1, 2, 1, 2, 5, 4, 3], "up to 5 servers (month 5), 3 at the end"),
        ([1, 2, 1, 2, 5, 4, 0], "up to 5 servers (month 5), none at the end"),
    ],
)
def test_that_servers_by_month_are_told_step_by_step_as_long_as_steps_are_few(
    counts: list[int], text: str, qapp: QApplication
) -> None:
    assert servers_text(np.array(counts, dtype=float)) == text


def test_that_what_is_proven_is_told(improved: Decided, qapp: QApplication) -> None:
    answer = improved.answer
    assert "no decision within the rules costs less" in proof_sentence(replace(answer, gap=0.0))
    near = proof_sentence(replace(answer, gap=0.003, status="cancelled", seconds=3.2))
    assert "can be more than 0.3\u00a0% cheaper" in near
    assert "Stopped after 3 s" in near
    unknown = proof_sentence(replace(answer, gap=float("inf"), status="time", seconds=20))
    assert "not known" in unknown
    assert "The time of 20 s was up" in unknown
    fixed = proof_sentence(replace(answer, gap=0.003), fixed=True)
    assert fixed.startswith("No decision with these servers can be more than 0.3")
    within = proof_sentence(replace(answer, gap=0.2), 0.004)
    assert "keeps this condition can be more than 0.4\u00a0% cheaper" in within
    assert "without it, none can be more than 20\u00a0% cheaper" in within


def test_that_months_without_anybody_to_serve_are_told_apart_from_rules(
    qapp: QApplication,
) -> None:
    plan = edited(group(4), "options.owned.lead_time_months", 4)
    found = decided(plan)
    assert found.optimised is not None
    told = proposal_of(found, None)
    assert told.title.endswith("of the requests served")  # not compared with what serves all
    (caution,) = told.cautions
    assert "Contracts in months 1 to 4 cannot be served whatever is decided" in caution
    assert found.conflict is None


def test_that_a_decision_that_rules_keep_from_serving_everything_says_so(
    qapp: QApplication,
) -> None:
    plan = help_desk()
    plan = edited(plan, "workload.docs.sensitivity", "confidential")
    plan = edited(plan, "rules.capex_per_year", ({"value": 1000.0},))
    found = decided(plan)
    assert found.conflict is not None
    told = proposal_of(found, None)
    asked = 36 * 30.4167 * 900 + sum(60000 * 30.4167 * 1.02**month for month in range(36))
    share = 1 - 36 * 30.4167 * 900 / asked
    assert told.title.startswith(
        f"Within the rules {share * 100:.0f}\u00a0% of the requests can be served"
    )
    assert told.proof.startswith("No decision that leaves as little unserved can be more than")
    assert any("stay unserved within the rules" in caution for caution in told.cautions)


# --- taking ---------------------------------------------------------------------------------------


def test_that_taking_puts_routes_servers_and_decision_into_the_hybrid_and_nothing_else(
    improved: Decided,
) -> None:
    plan = at_api()
    after = taken(plan, improved)
    assert improved.optimised is not None
    mine, found = hybrid_in(after), hybrid_in(improved.optimised.plan)
    assert (mine.routes, mine.fleets, mine.decision) == (found.routes, found.fleets, found.decision)
    assert mine.name == AT_API.name
    assert after.options[:-1] == plan.options[:-1]
    assert evaluate(after).bill_of("mix").npv.value == pytest.approx(improved.optimised.npv)


@pytest.mark.parametrize(
    ("path", "value", "fit"),
    [
        ("name", "Another name", Fit.NOW),
        ("options.mix.routes", (), Fit.NOW),
        ("rules.vendors", 2, Fit.OLD),
        ("electricity.value", 0.2, Fit.OLD),
        ("options.mix.fixed_monthly_cost.value", 50.0, Fit.OLD),
        ("workload.chat.requests.value", 70000.0, Fit.NOT),
        ("options.owned.price.value", 310000.0, Fit.NOT),
        ("months", 24, Fit.NOT),
    ],
)
def test_that_a_decision_fits_as_long_as_options_and_classes_are_the_same(
    improved: Decided, path: str, value: object, fit: Fit
) -> None:
    assert fit_of(edited(at_api(), path, value), improved) is fit


def test_that_a_decision_does_not_fit_once_its_hybrid_is_gone(improved: Decided) -> None:
    plan = at_api()
    assert fit_of(edited(plan, "options", plan.options[:-1]), improved) is Fit.NOT


def test_that_a_locked_decision_stays_locked(improved: Decided) -> None:
    plan = taken(at_api(), improved)
    plan = edited(plan, "options.mix.decision.locked", True)
    assert improved.optimised is not None
    decision = hybrid_in(taken(plan, improved)).decision
    assert decision is not None
    assert decision.locked


# --- in the window --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all of these tests; each begins a document of its own."""
    made = make_window(qapp, tmp_path_factory.mktemp("settings"))
    made.use_scheme("light")
    made.show()
    yield made
    made.session.close()
    made.close()


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> Iterator[Optimising]:
    """The optimiser of the window on the hybrid at the API."""
    begin(qtbot, window, at_api())
    yield window.routing.optimising
    window.session.close()


def begin(qtbot: QtBot, window: MainWindow, plan: Plan) -> None:
    """Open a plan on the routing page."""
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=20_000):
        window.session.start(plan)
    window.navigation.setCurrentRow(ROUTING)


def run(qtbot: QtBot, page: Optimising) -> None:
    with qtbot.waitSignal(page.optimiser.finished, timeout=30_000):
        page.button.run.click()


def test_that_optimise_proposes_and_taking_it_is_one_undo_step(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    session = window.session
    before = session.plan
    run(qtbot, page)
    assert page.proposal.isVisible()
    assert not page.strip.isVisible()
    assert session.plan is before
    with qtbot.waitSignal(window.evaluator.evaluated, timeout=10_000):
        page.proposal.take.click()
    assert not page.proposal.isVisible()
    plan = session.plan
    assert plan is not None
    decision = hybrid_in(plan).decision
    assert decision is not None
    bill = window.evaluator.evaluation
    assert bill is not None
    assert bill.bill_of("mix").npv.value == pytest.approx(decision.npv, rel=1e-6)
    assert session.undo.count() == 1
    session.undo.undo()
    assert session.plan == before


def test_that_the_page_stays_at_its_top_when_a_proposal_is_put_away(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    run(qtbot, page)
    qtbot.waitUntil(lambda: window.focusWidget() is page.proposal.take, timeout=2_000)
    page.proposal.discard.click()
    assert window.focusWidget() is page.button.run


def test_that_discarding_leaves_the_plan_alone(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    before = window.session.plan
    run(qtbot, page)
    page.proposal.discard.click()
    assert not page.area.isVisible()
    assert window.session.plan is before
    assert window.session.undo.count() == 0


def test_that_the_button_makes_a_hybrid_where_the_plan_has_none(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    begin(qtbot, window, help_desk())
    run(qtbot, page)
    assert page.proposal.title.text().endswith("5.0\u00a0% less than Owned servers 自有")
    page.proposal.take.click()
    plan = window.session.plan
    assert plan is not None
    assert hybrid_in(plan).name == "Optimised hybrid"
    assert window.routing.chosen == hybrid_in(plan).id


def test_that_a_change_of_prices_is_remarked_and_one_of_classes_discards_the_proposal(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    run(qtbot, page)
    session = window.session
    session.apply("x", lambda plan: edited(plan, "electricity.value", 0.3))
    assert page.proposal.stale.isVisible()
    session.undo.undo()
    assert not page.proposal.stale.isVisible()
    with qtbot.waitSignal(page.said) as waited:
        session.apply("x", lambda plan: edited(plan, "workload.chat.requests.value", 5e4))
    assert "discarded" in waited.args[0]
    assert not page.area.isVisible()


def test_that_an_answer_for_other_classes_is_discarded_when_it_comes(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    with qtbot.waitSignals([page.optimiser.finished, page.said], timeout=30_000):
        page.button.run.click()
        window.session.apply("x", lambda plan: edited(plan, "workload.chat.requests.value", 5e4))
    assert not page.proposal.isVisible()


def test_that_another_document_drops_what_runs(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    page.button.run.click()
    assert page.optimiser.running
    window.session.start(help_desk())
    assert not page.optimiser.running
    qtbot.wait(1200)
    assert not page.area.isVisible()


def test_that_keys_start_and_stop(qtbot: QtBot, window: MainWindow, page: Optimising) -> None:
    begin(qtbot, window, group(12))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    window.navigation.setFocus()  # as after a click on the page's name
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.navigation, Qt.Key.Key_Return, control)
    assert page.optimiser.running
    qtbot.waitUntil(lambda: page.strip.best.text().startswith("best so far USD"), timeout=20_000)
    qtbot.waitUntil(
        lambda: page.strip.proven.whole.startswith("nothing can cost less than USD"), timeout=20_000
    )
    with qtbot.waitSignal(page.optimiser.finished, timeout=20_000):
        qtbot.keyClick(window.navigation, Qt.Key.Key_Escape)
        assert page.strip.stop.text() == "Stopping…"
    assert "Stopped after" in page.proposal.proof.text()


def test_that_rules_in_the_way_are_named_and_lead_to_their_fields(
    qtbot: QtBot, window: MainWindow, page: Optimising
) -> None:
    session = window.session
    session.apply("x", lambda plan: edited(plan, "rules.on_premises", {"value": 0.9}))
    session.apply("x", lambda plan: edited(plan, "rules.capex_per_year", ({"value": 1000.0},)))
    run(qtbot, page)
    assert page.conflict.isVisible()
    assert not page.proposal.isVisible()  # as it would serve nothing
    texts = {link.text() for link in page.conflict.links}
    assert texts == {
        "Capping purchases at USD 1,000 a year", "Serving at least 90 % of all tokens on premises",
    }  # fmt: skip
    link = next(link for link in page.conflict.links if link.text().startswith("Capping"))
    with qtbot.waitSignal(page.field_wanted) as waited:
        link.click()
    assert waited.args == ["rules.capex_per_year"]
    qtbot.waitUntil(lambda: window.routing.tab == RULES)


def test_that_the_menu_locks_a_decision(qtbot: QtBot, window: MainWindow, page: Optimising) -> None:
    assert not page.button.lock.isEnabled()
    run(qtbot, page)
    page.proposal.take.click()
    assert page.button.lock.isEnabled()
    assert page.button.actions_["reroute"].isEnabled()
    page.button.lock.trigger()
    plan = window.session.plan
    assert plan is not None
    decision = hybrid_in(plan).decision
    assert decision is not None
    assert decision.locked


def test_that_the_window_closes_soon_while_a_search_runs(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    other = make_window(qapp, tmp_path / "settings")
    other.show()
    begin(qtbot, other, group(12))
    optimising = other.routing.optimising
    optimising.run("thorough")
    qtbot.waitUntil(lambda: "best so far" in optimising.strip.best.text(), timeout=20_000)
    began = time.monotonic()
    other.close()
    assert time.monotonic() - began < 3.0
    assert not other.isVisible()
    assert not optimising.optimiser.running
    other.deleteLater()
