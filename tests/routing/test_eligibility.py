"""Why not an option: each exclusion and each caution, with the field that would change it."""

from typing import Any

import pytest

from pricing.plan.edit import value_at
from pricing.routing.eligibility import reasons
from pricing.routing.latency import Speed
from pricing.routing.sentences import sentence
from tests.bill.small import api, owned, plan, rented, request_class
from tests.routing.asking import CATALOGUE, all_reasons, said, why


def test_that_an_option_that_may_serve_has_no_reasons_against_it() -> None:
    assert why(api()) == why(owned()) == why(rented()) == []


def test_that_an_option_planned_without_a_class_is_excluded() -> None:
    classes = [request_class(), request_class(id="mail", name="Mail")]
    found = plan(api(serves=["use"]), classes=classes)
    reason, *_ = reasons(found, CATALOGUE, found.options[0], found.workload[1])
    assert said([reason]) == [("not_served", "excluded", "options.api.serves")]
    assert sentence(reason) == "API is planned without Mail; let it serve that class too."


LEVELS = ("public", "internal", "confidential", "restricted")


@pytest.mark.parametrize("data", LEVELS)
@pytest.mark.parametrize("outside", LEVELS)
def test_that_data_leaves_the_premises_only_as_far_as_the_rules_allow(
    data: str, outside: str
) -> None:
    rules = {"outside": outside}
    kept = LEVELS.index(data) <= LEVELS.index(outside)
    for option in (api(), rented()):
        found = why(option, {"sensitivity": data}, rules=rules)
        assert said(found) == ([] if kept else [("data_outside", "excluded", "rules.outside")])
    assert why(owned(), {"sensitivity": data}, rules=rules) == []


@pytest.mark.parametrize("option", [api, owned])
def test_that_what_an_option_says_it_accepts_goes_before_the_rules(option: Any) -> None:
    confidential = {"sensitivity": "confidential"}
    assert why(option(accepts="confidential"), confidential) == []
    (reason,) = why(option(accepts="internal"), confidential, rules={"outside": "restricted"})
    assert reason.path == f"options.{option()['id']}.accepts"
    assert sentence(reason).endswith("may be sent internal data at most.")


def serving(model: str, **changes: Any) -> dict[str, Any]:
    return {"capacity": None, "serving": {"model": model, **changes}}


def own_sheet(**changes: Any) -> dict[str, Any]:
    """A sheet of the plan's own."""
    sheet = CATALOGUE.open_model("llama-3.1-8b").model_dump()
    own = {
        key: sheet[key]
        for key in ("name", "layers", "hidden", "intermediate", "n_heads", "n_kv_heads",
                    "head_dim", "vocab", "total_params_b", "active_params_b", "max_context")
    }  # fmt: skip
    return {**own, "id": "own", **changes}


@pytest.mark.parametrize(
    ("licence", "code", "severity"),
    [
        ("Apache-2.0", "", ""),
        ("CC-BY-NC-4.0", "licence_forbids", "excluded"),
        ("Gemma ToU", "licence_conditions", "caution"),
        ("House rules", "licence_unknown", "caution"),
        ("", "licence_unstated", "caution"),
    ],
)
def test_that_only_a_licence_that_forbids_commercial_use_excludes(
    licence: str, code: str, severity: str
) -> None:
    sheets = [own_sheet(licence=licence)]
    found = why(owned(**serving("own", accelerator="h100-sxm", accelerators=1)), models=sheets)
    wanted = [(code, severity, "options.owned.serving.model")] if code else []
    assert said(found) == wanted
    for reason in found:
        assert sentence(reason)


def test_that_a_host_answers_for_the_licence_of_what_it_sells() -> None:
    listed = api(kind="hosted_open", prices=None, model="groq/llama-3.3-70b-versatile")
    assert why(listed) == []


GIVEN = {"prices": None, "model": "openai/gpt-5-mini"}


@pytest.mark.parametrize(
    ("option", "path"),
    [
        (api(), "options.api.model"),
        (api(prices=None, model="groq/llama-3.3-70b-versatile"), "options.api.model"),
        (api(**GIVEN), ""),
        (owned(), "options.owned.serves_model"),
        (owned(serves_model="Own model"), "options.owned.serves_model"),
        (owned(serves_model="llama-3.3-70b"), ""),
        (owned(serves_model="own"), "models.own.max_context"),
    ],
    ids=["unnamed", "not in the catalogue's record", "known", "servers unnamed",
         "servers, in words", "servers, known", "servers, own sheet without it"],
)  # fmt: skip
def test_that_a_context_that_nobody_knows_is_said(option: dict[str, Any], path: str) -> None:
    sheet = own_sheet(max_context=None, licence="MIT")
    found = [one for one in all_reasons(option, models=[sheet]) if one.code == "context_unknown"]
    assert said(found) == ([("context_unknown", "caution", path)] if path else [])
    for reason in found:
        value_at(plan(option, models=[sheet]), reason.path)
        assert sentence(reason).startswith(f"{option['name']}: how many tokens its model takes")


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (api(), False),
        (owned(), True),
        (rented(serves_model="Own model"), True),
        (rented(serves_model="llama-3.3-70b"), False),
    ],
    ids=["host", "unnamed", "in words", "known"],
)
def test_that_a_licence_that_nobody_looked_up_is_said_of_what_the_buyer_runs(
    option: dict[str, Any], told: bool
) -> None:
    found = [one for one in all_reasons(option) if one.code == "licence_unchecked"]
    path = f"options.{option['id']}.serves_model"
    assert said(found) == ([("licence_unchecked", "caution", path)] if told else [])


@pytest.mark.parametrize("rules", [{"vendors": 2}, {"most_vendor_share": 0.6}, {}])
def test_that_an_unknown_vendor_is_said_where_vendors_are_counted(rules: dict[str, Any]) -> None:
    told = [("vendor_unknown", "caution", "options.api.vendor")] if rules else []
    assert said(why(api(), rules=rules)) == told
    assert why(api(vendor="Maker"), rules=rules) == []
    assert why(api(**GIVEN), rules=rules) == []


def test_that_a_missing_score_is_said_under_a_floor_on_the_mean_of_all_answers() -> None:
    mini, rules = api(**GIVEN), {"quality": 0.8}
    scored = [{"model": "openai/gpt-5-mini", "score": 0.7}]
    assert said(why(mini, rules=rules)) == [("quality_unknown_mean", "caution", "qualities")]
    assert why(mini, rules=rules, qualities=scored) == []
    (reason,) = why(mini, {"quality_floor": 0.6}, rules=rules)
    assert reason.code == "quality_unknown"


def test_that_requests_longer_than_the_context_exclude_and_a_long_tail_is_a_caution() -> None:
    mini = api(prices=None, model="openai/gpt-5-mini")
    window = CATALOGUE.token_model("openai/gpt-5-mini").context_window
    assert window is not None
    fits = {"input_tokens": window - 200, "output_tokens": 200}
    assert why(mini, fits) == []
    (reason,) = why(mini, {**fits, "output_tokens": 201})
    assert said([reason]) == [("context_short", "excluded", "workload.use.input_tokens")]
    (reason,) = why(mini, {"input_tokens": window / 4, "input_variation": 1.0})
    assert said([reason]) == [("context_tail", "caution", "workload.use.input_variation")]
    # lognormal, cv 1: 1 - Phi(ln(4 sqrt 2 (1 - 200/window)) / sqrt(ln 2)) = 1.9 %
    assert reason.facts["share"] == pytest.approx(1.9, abs=0.05)


def test_that_a_score_below_the_floor_excludes_and_an_unknown_one_is_a_caution() -> None:
    mini = api(prices=None, model="openai/gpt-5-mini")
    floor = {"quality_floor": 0.8}
    scored = [{"model": "openai/gpt-5-mini", "score": 0.79}]
    (reason,) = why(mini, floor, qualities=scored)
    assert said([reason]) == [("quality_below", "excluded", "workload.use.quality_floor")]
    assert sentence(reason) == "API scores 79 %, below the 80 % that Chat asks for."
    assert said(why(mini, floor)) == [("quality_unknown", "caution", "qualities")]
    assert why(mini, {"quality_floor": 0.79}, qualities=scored) == []
    assert why(mini, {"quality_floor": 0}) == []


def test_that_a_score_for_the_class_itself_goes_first() -> None:
    scored = [
        {"model": "openai/gpt-5-mini", "score": 0.9},
        {"model": "openai/gpt-5-mini", "request_class": "use", "score": 0.7},
    ]
    mini = api(prices=None, model="openai/gpt-5-mini")
    (reason,) = why(mini, {"quality_floor": 0.8}, qualities=scored)
    assert reason.facts["score"] == 0.7


SPEED = {"first_token_seconds": 1.5, "tokens_per_second": 50}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"first_token_limit": 1.5, "answer_limit": 5.5}, ""),  # 1.5 s + 200 / 50 s
        ({"first_token_limit": 1.4}, "first_token_late"),
        ({"answer_limit": 5.4}, "answer_late"),
    ],
)
def test_that_an_answer_is_held_against_the_limits_of_its_class(
    limits: dict[str, float], code: str
) -> None:
    found = why(api(**SPEED), limits)
    path = "options.api.first_token_seconds"
    assert said(found) == ([(code, "excluded", path)] if code else [])


def test_that_what_is_entered_goes_before_what_is_predicted() -> None:
    slow = Speed(first_token=9, per_token=1, origin="predicted")
    assert why(api(**SPEED), {"answer_limit": 5.5}, slow) == []
    (reason,) = why(owned(), {"answer_limit": 5.5}, slow)
    assert (reason.code, reason.facts["typical"]) == ("answer_late", 209)


@pytest.mark.parametrize("known", [{}, {"first_token_seconds": 1}, {"tokens_per_second": 50}])
def test_that_unknown_latency_is_a_caution_unless_what_is_known_is_too_slow(
    known: dict[str, float],
) -> None:
    (reason,) = why(api(**known), {"answer_limit": 5.5})
    assert (reason.code, reason.severity) == ("latency_unknown", "caution")


def test_that_a_part_that_alone_takes_too_long_excludes() -> None:
    (reason,) = why(api(tokens_per_second=50), {"answer_limit": 3.9})
    assert (reason.code, reason.severity) == ("answer_late", "excluded")
    assert why(api(first_token_seconds=1), {"answer_limit": 1, "output_tokens": 0}) == []


def test_that_targets_promise_a_wait_and_wider_ones_are_a_caution() -> None:
    targets = {"ttft_seconds": 2, "tpot_milliseconds": 50}
    option = owned(**serving("llama-3.3-70b", targets=targets))

    def codes(**asked: Any) -> list[str]:
        return [r.code for r in why(option, asked) if not r.code.startswith("licence")]

    assert codes(first_token_limit=2, answer_limit=12) == []
    assert codes(answer_limit=11.9) == ["latency_by_target"]
    assert codes(answer_limit=12, urgency="batch") == ["latency_unknown"]


def test_that_a_language_is_checked_by_a_score_only() -> None:
    mini = api(prices=None, model="openai/gpt-5-mini")
    assert said(why(mini, {"language": "zh"})) == [("language_zh", "caution", "qualities")]
    scored = [{"model": "openai/gpt-5-mini", "score": 0.7}]
    assert why(mini, {"language": "zh"}, qualities=scored) == []
    assert why(mini, {"language": "en"}) == why(mini, {"language": "any"}) == []
