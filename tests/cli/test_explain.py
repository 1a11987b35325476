"""`reckoner explain` and `reckoner compare`."""

from pathlib import Path

import pytest

from pricing.evaluate import evaluate
from pricing.plan.file import load_plan
from tests.cli.conftest import Run, document, process, saved


def test_that_energy_is_explained_down_to_the_meter(plan: Path) -> None:
    """2 servers x 10.2 kW x PUE 1.4 x 744 hours of May x 0.12 USD = 2,549.84 USD."""
    answer = process("explain", plan, "owned-h100.energy", "--month", "5", "--depth", "40")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "Energy, month 5 (2027-05): 2,549.84 USD  [option.owned-h100.energy]"
    assert "= Electricity used × Electricity price" in lines[1]
    assert "= 2 × 10.2 × 1.4 × 744" in answer.out
    assert "entered in the plan; field options.owned-h100.power_kw" in answer.out
    assert "…" not in answer.out


def test_that_a_source_is_given_with_its_date(run: Run, plan: Path) -> None:
    out = run("explain", plan, "owned-h100.price").out
    assert "source: quote 4711; as of 2026-11-01; field options.owned-h100.price" in out
    out = run("explain", plan, "api.price_input.0").out
    assert "genai-prices" in out
    assert "confidence high" in " ".join(out.split())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("option.owned-h100.energy", "option.owned-h100.energy"),
        ("owned-h100.energy", "option.owned-h100.energy"),
        ("owned-h100", "option.owned-h100.tco"),
        ("owned-h100.cash", "option.owned-h100.total_cost"),
        ("owned-h100.people", "option.owned-h100.people"),
        ("owned-h100.servers", "option.owned-h100.in_service"),
        ("maintenance", "option.owned-h100.maintenance"),
        ("discount rate per year", "finance.discount_rate_per_year"),
        ("box.purchase", "option.box.purchase"),
    ],
)
def test_that_a_line_is_found_by_what_a_person_would_call_it(
    run: Run, plan: Path, name: str, key: str
) -> None:
    answer = run("explain", plan, name, "--depth", "0")
    assert answer.code == 0, answer.err
    assert f"[{key}]" in answer.out.splitlines()[0]


def test_that_every_key_listed_can_be_explained(run: Run, plan: Path) -> None:
    evaluation = evaluate(load_plan(plan))
    keys = [figure.key for figure in (*evaluation.ledger.inputs, *evaluation.ledger.lines)]
    listed = run("explain", plan, "--list").out
    assert all(f"  {key} " in listed for key in keys)
    for key in keys[:: len(keys) // 25]:
        assert run("explain", plan, key).code == 0


def test_that_a_month_may_be_written_as_in_the_calendar(run: Run, plan: Path) -> None:
    by_number = run("explain", plan, "box.energy", "--month", "14").out
    assert by_number == run("explain", plan, "box.energy", "--month", "2028-02").out
    assert ", month 14 (2028-02)" in by_number


def test_that_without_a_month_the_total_or_the_last_month_is_explained(
    run: Run, plan: Path
) -> None:
    bill = evaluate(load_plan(plan)).bill_of("owned-h100")
    out = run("explain", plan, "owned-h100.energy").out
    assert f"Energy, all months: {bill.categories['energy'].values.sum():,.2f} USD" in out
    out = run("explain", plan, "owned-h100.servers").out
    assert out.startswith("Servers in service, last month: 3 servers")


def test_that_what_was_cut_off_is_marked_and_the_depth_that_shows_it_named(
    run: Run, plan: Path
) -> None:
    out = run("explain", plan, "owned-h100", "--depth", "1").out
    assert "…" in out
    assert "--depth 3 unfolds more" in out


@pytest.mark.parametrize("month", ["0", "37", "-1", "2030-01", "May", "99999999999999"])
def test_that_a_month_outside_the_plan_is_refused(run: Run, plan: Path, month: str) -> None:
    answer = run("explain", plan, "box.energy", f"--month={month}")
    assert (answer.code, answer.out) == (1, "")
    assert f"no month {month!r}; give 1 to 36, or 2027-01 to 2029-12" in answer.err


def test_that_a_name_of_several_lines_lists_their_keys(run: Run, plan: Path) -> None:
    answer = run("explain", plan, "energy")
    assert (answer.code, answer.out) == (1, "")
    assert "- option.box.energy: Energy" in answer.err


def test_that_an_unknown_line_is_answered_with_close_keys(run: Run, plan: Path) -> None:
    answer = run("explain", plan, "option.owned-h100.enrgy")
    assert (answer.code, answer.out) == (1, "")
    assert "option.owned-h100.energy" in answer.err
    assert "--list" in answer.err
    assert run("explain", plan, "").code == 1
    assert run("explain", plan, "--list", "no such words").code == 1


def test_that_a_depth_that_is_no_number_is_wrong_usage(run: Run, plan: Path) -> None:
    for depth in ("x", "-1", "1.5"):
        assert run("explain", plan, "box.energy", f"--depth={depth}").code == 2


def test_that_two_options_are_compared_by_id_or_name(run: Run, paid_off: Path) -> None:
    answer = run("compare", paid_off, "server", "API")
    assert answer.code == 0
    assert "Server compared with API" in answer.out
    assert "costs USD 12 k less (-33.3 %)" in answer.out
    assert "pays off after 24.0 months, in month 24 (2028-12), and for good" in answer.out
    purchase = next(line for line in answer.out.splitlines() if line.startswith("Purchase"))
    assert purchase.split() == ["Purchase", "24,000", "0", "24,000"]


def test_that_the_other_way_round_it_is_cheaper_at_first_only(run: Run, paid_off: Path) -> None:
    out = run("compare", paid_off, "api", "server").out
    assert "costs USD 12 k more (+50.0 %)" in out
    assert "costs less at first, but more by the end of the 36 months" in out


def test_that_unknown_doubtful_and_equal_options_are_refused(run: Run, tmp_path: Path) -> None:
    first, second = document()["options"][0], document()["options"][1]
    content = document(options=[first, {**second, "name": "API 接口"}])
    path = saved(tmp_path, content)
    for names, said in (
        (("api", "gone"), "has no option 'gone'; it has api (API 接口), hosted (API 接口)"),
        (("api", "API 接口"), "Several options are called 'API 接口'"),
        (("api", "api"), "named twice"),
    ):
        answer = run("compare", path, *names)
        assert (answer.code, answer.out) == (1, "")
        assert said in answer.err


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (None, "decision: entered by hand; field"),
        (
            {"made_by": "optimiser", "made_on": "2026-11-20", "npv": 1.0},
            "decision: chosen by the optimiser on 2026-11-20; field",
        ),
    ],
)
def test_that_a_chosen_number_says_who_chose_it(
    run: Run, tmp_path: Path, decision: dict[str, object] | None, said: str
) -> None:
    route = {"request_class": "chat", "recipe": {"kind": "direct", "option": "api"}}
    mix = {"kind": "hybrid", "id": "mix", "name": "Mix", "routes": [route], "decision": decision}
    changed = document()
    changed["options"].append(mix)
    out = " ".join(run("explain", saved(tmp_path, changed), "mix.route_1.share").out.split())
    assert said in out
    assert "confidence" not in out
