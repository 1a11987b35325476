"""What the routing page says: sentences, figures and flows made from the bill of a hybrid."""

from typing import get_args

import numpy as np
import pytest

from desktop.theme.option_colours import OptionColours
from desktop.viewmodels.routing_checks import STATE, checks_sentence, checks_table, first_broken
from desktop.viewmodels.routing_choices import WHY, choices_of, choices_table, plain_sentence
from desktop.viewmodels.routing_costs import HybridCosts
from desktop.viewmodels.routing_finding import missing_sentence, routing_cards, routing_sentence
from desktop.viewmodels.routing_flow import CACHED, NOBODY, SHARED, routing_flow
from desktop.viewmodels.routing_routes import COST, HOW, SHARE, routes_table
from desktop.viewmodels.routing_servers import DECIDED, caches_table, pools, servers_table
from desktop.viewmodels.routing_words import names_of, route_words, steps_words
from desktop.viewmodels.words import KINDS, kind_name, kind_title, money
from pricing.cli.overview import KINDS as TERMINAL
from pricing.evaluate import evaluate
from pricing.optimise.advice.choices import cheapest_single, choices
from pricing.plan.edit import edited
from pricing.plan.hybrid import Hybrid, Route, ServersFrom, ShareFrom
from pricing.plan.option import Option
from pricing.plan.plan import Plan
from tests.desktop.hybrid_plans import with_mix, with_recipes


def costs_of(plan: Plan) -> HybridCosts:
    return HybridCosts(evaluate(plan), "mix")


def mix_of(plan: Plan) -> Hybrid:
    return next(option for option in plan.options if isinstance(option, Hybrid))


@pytest.fixture(scope="module")
def mixed(plan: Plan) -> HybridCosts:
    return costs_of(with_mix(plan))


@pytest.fixture(scope="module")
def cooked(plan: Plan) -> HybridCosts:
    return costs_of(with_recipes(plan))


def test_that_a_route_is_told_with_overflow_and_failover(plan: Plan) -> None:
    names = names_of(plan)
    route = Route.model_validate(
        {"request_class": "chat", "recipe": {"kind": "direct", "option": "rented"},
         "overflow": "api", "failover": "api"}
    )  # fmt: skip
    told = route_words(route, names)
    assert told == "Rented GPUs, then Closed API when servers are full or down"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ((ShareFrom(share=0.5),), "50\u00a0%"),
        ((ShareFrom(share=0.5), ShareFrom(from_month=13, share=1)),
         "50\u00a0%, 100\u00a0% from month 13"),
        ((ServersFrom(from_month=4, servers=1),), "1 server from month 4"),
        ((ServersFrom(servers=6), ServersFrom(from_month=5, servers=0)),
         "6 servers, none from month 5"),
    ],
)  # fmt: skip
def test_that_steps_are_told_with_their_months(
    steps: tuple[ShareFrom | ServersFrom, ...], told: str
) -> None:
    assert steps_words(steps) == told


def test_that_the_finding_names_the_cheapest_single_option_and_how_far_it_is(
    mixed: HybridCosts,
) -> None:
    evaluation = mixed.evaluation
    told = routing_sentence(mixed)
    single = min(
        (bill for bill in evaluation.bills if bill.kind != "hybrid"), key=lambda b: b.npv.value
    )
    assert told.startswith("Mix serves 2 classes over 2 options for USD")
    assert f"{single.name}, the cheapest single option that serves all" in told
    share = evaluation.bill_of("mix").tco.value / single.tco.value - 1
    assert (" less than " in told) == (share < 0)


def test_that_the_card_says_in_words_how_far_the_best_single_option_is(mixed: HybridCosts) -> None:
    evaluation = mixed.evaluation
    found = cheapest_single(evaluation)
    assert found is not None
    apart = evaluation.bill_of("mix").npv.value - found.choice.npv
    shown, way = routing_cards(mixed)[1], "less" if apart < 0 else "more"
    assert shown.figure == f"{money(abs(apart), 'USD').replace(' ', chr(0xA0))} {way}"
    name = evaluation.bill_of(found.choice.option).name
    assert shown.note.endswith((f" {way} than {name}", f" times {name}"))


def test_that_a_single_option_beyond_the_cap_is_no_yardstick_within_the_rules(plan: Plan) -> None:
    capped = edited(with_mix(plan), "rules.capex_per_year", ({"value": 1000.0},))
    costs = costs_of(edited(capped, "workload.chat.sensitivity", "restricted"))
    found = cheapest_single(costs.evaluation)
    assert found is not None
    assert found.choice.option == "owned"
    shown = routing_cards(costs)[1]
    assert shown.figure == "–"
    assert shown.note.startswith("not within the rules: Owned servers")


def test_that_costs_of_routes_and_what_is_shared_add_up_to_the_bill(cooked: HybridCosts) -> None:
    parts = sum(part.cost for one in cooked.lines.routes for part in cooked.parts(one))
    members = sum(cooked.monthly(member.cash).sum() for member in cooked.lines.members)
    fixed = sum(
        cooked.monthly(line).sum()
        for member in cooked.lines.members
        if member.fleet is None
        for name, line in member.categories.items()
        if name != "tokens"
    )
    assert parts == pytest.approx(members - fixed, rel=1e-9)


@pytest.mark.parametrize("month", [None, 1, 20])
def test_that_no_request_is_lost_in_the_flow(
    mixed: HybridCosts, cooked: HybridCosts, month: int | None
) -> None:
    for costs in (mixed, cooked):
        flow = routing_flow(costs, OptionColours(), "volume", month).spec
        asked = np.sum([costs.monthly(c.asked.requests) for c in costs.lines.classes], axis=0)
        expected = asked.mean() if month is None else asked[month - 1]
        assert flow.total == pytest.approx(expected)
        ends = sum(node.value for node in flow.nodes if node.column == 3)
        assert ends == pytest.approx(expected, rel=1e-9)
        for node in flow.nodes:
            out = [link.value for link in flow.links if link.source == node.key]
            into = [link.value for link in flow.links if link.target == node.key]
            if out:
                assert sum(out) == pytest.approx(node.value, rel=1e-9)
            if into:
                assert sum(into) == pytest.approx(node.value, rel=1e-9)


def test_that_the_flow_of_cost_is_the_whole_bill(cooked: HybridCosts) -> None:
    flow = routing_flow(cooked, OptionColours(), "cost", None).spec
    assert flow.total == pytest.approx(cooked.evaluation.bill_of("mix").tco.value, rel=1e-6)
    assert flow.node(SHARED).value > 0


def test_that_every_part_of_the_flow_leads_to_a_line_of_the_ledger(mixed: HybridCosts) -> None:
    for measure in ("volume", "cost"):
        flow = routing_flow(mixed, OptionColours(), measure, None)
        assert flow.keys
        for key in flow.keys.values():
            mixed.evaluation.ledger.find(key)


def test_that_the_flow_shows_what_the_cache_answers_and_what_nobody_does(plan: Plan) -> None:
    costs = costs_of(with_mix(plan, routes=[with_mix(plan).options[-1].routes[0].model_dump()]))
    flow = routing_flow(costs, OptionColours(), "volume", None).spec
    assert flow.node(CACHED).value == pytest.approx(0.2 * flow.node("class.chat").value)
    assert flow.node(NOBODY).broken
    assert "No route leads on from Document batch" in missing_sentence(costs)
    assert routing_sentence(costs).endswith(", but not every request")
    assert routing_cards(costs)[1].figure == "–"


def test_that_a_cascade_is_told_and_drawn_with_what_it_accepts(cooked: HybridCosts) -> None:
    flow = routing_flow(cooked, OptionColours(), "volume", None).spec
    labels = {link.label for link in flow.links}
    assert {"accepted", "escalated", "easy", "hard", "enhanced", "outage"} <= labels
    table = routes_table(cooked.evaluation.plan, mix_of(cooked.evaluation.plan),
                         OptionColours(), cooked)  # fmt: skip
    assert "when the verifier doubts" in table.rows[0][HOW].text


def test_that_many_steps_of_a_share_are_told_as_a_range(plan: Plan) -> None:
    steps = [{"from_month": n, "share": 0.1 * n} for n in (1, 4, 6, 9)]
    changed = edited(with_mix(plan), "options.mix.routes.2.shares", steps)
    cell = routes_table(changed, mix_of(changed), OptionColours(), None).rows[2][SHARE]
    assert (cell.text, cell.second) == ("10\u00a0% to 90\u00a0%", "in 4 steps")
    assert "90\u00a0% from month 9" in cell.tip


def test_that_what_caches_find_is_told_by_zone(plan: Plan) -> None:
    zones = [
        {"request_class": "chat", "zone": zone, "zone_share": share, "hit_rate": 0.2,
         "false_hits": 0.03}
        for zone, share in (("EU", 0.75), ("US", 0.25))
    ]  # fmt: skip
    mixed = with_mix(plan, caches=zones)
    costs = HybridCosts(evaluate(mixed), "mix")
    found = [
        float(row[-1].text.replace(",", ""))
        for row in caches_table(mixed, mix_of(mixed), costs).rows
    ]
    line = next(c for c in costs.lines.classes if c.asked.request_class.id == "chat")
    assert line.hits is not None
    assert sum(found) == pytest.approx(float(costs.monthly(line.hits).mean()), rel=1e-3)
    assert found[0] == pytest.approx(3 * found[1], rel=1e-3)


def test_that_data_sent_where_it_may_not_go_is_a_broken_rule_of_the_hybrid(plan: Plan) -> None:
    secret = edited(with_mix(plan), "workload.chat.sensitivity", "confidential")
    costs = HybridCosts(evaluate(secret), "mix")
    assert routing_sentence(costs).endswith("but not within the rules")
    told = missing_sentence(costs)
    assert told.startswith("Route 1: Customer chat carries confidential data")
    table = checks_table(costs, all_of_them=False)
    assert [row[STATE].tone for row in table.rows] == ["broken"] * len(table.rows)
    assert len(table.rows) >= 2
    count = len(checks_table(costs).rows)
    assert checks_sentence(costs) == f"{count - len(table.rows)} of {count} rules are kept."
    rows = routes_table(secret, mix_of(secret), OptionColours(), costs).rows
    assert rows[0][HOW].third_tone == "broken"
    assert rows[2][HOW].third == ""


def test_that_the_chart_says_what_its_numbers_stand_for(plan: Plan) -> None:
    costs = HybridCosts(evaluate(with_mix(plan)), "mix")
    colours = OptionColours()
    assert routing_flow(costs, colours, "volume", None).unit == (
        "requests a month, mean of 36 months"
    )
    assert routing_flow(costs, colours, "cost", None).unit == "USD over 36 months, undiscounted"
    assert routing_flow(costs, colours, "volume", 3).unit == "requests in 2027-03"


def test_that_shares_are_typed_in_place_unless_they_change_over_time(plan: Plan) -> None:
    steps = [{"share": 0.5}, {"from_month": 13, "share": 0.75}]
    changed = edited(with_mix(plan), "options.mix.routes.0.shares", steps)
    table = routes_table(changed, mix_of(changed), OptionColours(), None)
    assert table.rows[0][SHARE].edit is None
    assert table.rows[0][SHARE].second == "75\u00a0%\u00a0from\u00a0month\u00a013"
    assert table.rows[1][SHARE].edit is not None
    assert table.rows[0][COST].text == "…"


def test_that_figures_of_routes_and_servers_are_explained(mixed: HybridCosts) -> None:
    plan, colours = mixed.evaluation.plan, OptionColours()
    hybrid = mix_of(plan)
    tables = (
        routes_table(plan, hybrid, colours, mixed),
        servers_table(plan, hybrid, colours, mixed),
        caches_table(plan, hybrid, mixed),
        checks_table(mixed),
    )
    asked = [cell for table in tables for row in table.rows for cell in row if cell.key]
    assert len(asked) >= 10
    for cell in asked:
        assert mixed.evaluation.explain(cell.key, cell.month).label


def test_that_servers_are_told_as_decided_or_as_following_the_load(plan: Plan) -> None:
    decided = with_mix(plan)
    following = edited(decided, "options.mix.fleets", [])
    for changed, told in (
        (decided, "1 server, 2 servers from month 13"),
        (following, "as many as the load needs"),
    ):
        table = servers_table(changed, mix_of(changed), OptionColours(), None)
        assert table.rows[0][DECIDED].text == told
    assert [option.id for option in pools(decided, mix_of(decided))] == ["rented"]


def test_that_a_broken_rule_is_told_with_its_first_month(plan: Plan) -> None:
    capped = edited(with_mix(plan), "rules.most_vendor_share", 0.5)
    costs = costs_of(edited(capped, "options.mix.routes.0.overflow", None))
    table = checks_table(costs)
    broken = [check for check in costs.lines.checks if first_broken(check, costs) is not None]
    assert broken
    assert table.rows[0][STATE].tone == "broken"
    assert table.rows[-1][STATE].tone == "good"
    timed = [c for c in broken if c.kept.timed]
    for check in timed:
        month = first_broken(check, costs)
        assert month is not None
        assert costs.monthly(check.kept)[month - 1] == 0
        assert costs.monthly(check.kept)[: month - 1].all()


def test_that_why_an_option_may_not_serve_is_told_and_it_comes_last(plan: Plan) -> None:
    costs = costs_of(edited(with_mix(plan), "workload.chat.sensitivity", "restricted"))
    evaluation = costs.evaluation
    mine = choices_of(choices(evaluation), "chat")
    table = choices_table(evaluation, mix_of(evaluation.plan), mine, OptionColours())
    assert [choice.allowed for choice in mine] == [True, False, False]
    assert mine[0].option == "owned"
    assert "restricted data" in table.rows[-1][WHY].second
    assert "Owned servers" in plain_sentence(cheapest_single(evaluation), evaluation)


def test_that_cards_show_the_share_on_premises(plan: Plan) -> None:
    hybrid = with_mix(plan, fleets=[], caches=[])
    home = edited(hybrid, "options.mix.routes.2.recipe.option", "owned")
    costs = costs_of(home)
    share = costs.tokens_at_home()
    assert share is not None
    assert 0 < share < 1
    assert routing_cards(costs)[2].figure.endswith("%")
    assert costs_of(hybrid).tokens_at_home() == 0


def test_that_every_kind_of_option_has_words_in_the_window_and_the_terminal() -> None:
    kinds = {part.model_fields["kind"].default for part in get_args(get_args(Option)[0])}
    assert kinds == set(KINDS) == set(TERMINAL)
    for kind in kinds:
        assert kind_name(kind) == TERMINAL[kind]
        assert kind_title(kind) != kind
