"""The search for servers that meet a service level."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.catalogue import load_catalogue
from pricing.plan.figure import PositiveAmount, Price
from pricing.plan.measurement import OwnMeasurement
from pricing.plan.serving import Serving, Targets
from pricing.plan.workload import PeakToAverage, RequestClass
from pricing.serving import Hardware, Requests, ServingError, predict, server_work
from pricing.serving.capacity import Level
from pricing.serving.search.assess import Load
from pricing.serving.search.candidates import Software
from pricing.serving.search.offers import Market, market_of
from pricing.serving.search.ranking import search, servers_for
from pricing.serving.search.result import Ranking, Row
from tests.serving.markets import (
    CHAT,
    SMALL,
    SUMMARIES,
    load,
    market,
    model,
    needs_one_by_one,
    rented,
)


def ranked(of: str, *loads: Load, where: Market = SMALL, **more: object) -> Ranking:
    return search(model(of), loads or (CHAT,), market=where, **more)  # type: ignore[arg-type]


def row_of(ranking: Ranking, offer: str) -> Row:
    return next(row for row in ranking.rows if row.offer.id == offer)


@pytest.mark.parametrize("name", ["llama-3.1-70b", "qwen3-30b-a3b", "deepseek-r1", "gpt-oss-120b"])
@pytest.mark.parametrize("loads", [(CHAT,), (CHAT, SUMMARIES)], ids=["one class", "two classes"])
def test_that_it_finds_what_looking_at_each_setup_alone_finds(
    name: str, loads: tuple[Load, ...]
) -> None:
    ranking = ranked(name, *loads)
    rows = {row.offer.id: row for row in ranking.rows}
    for offer in SMALL.offers:
        needs = needs_one_by_one(model(name), offer, loads)
        assert bool(needs) == (offer.id in rows), offer.id
        if needs:
            row = rows[offer.id]
            assert row.servers.typical == min(servers_for(need) for need in needs)
            taken = row.peak_use * row.servers.typical
            assert min(abs(need / taken - 1) for need in needs) < 1e-9


@pytest.mark.parametrize("offer", ["h100-sxm-8", "own-mi300x-8", "l40s-4"])
def test_that_a_bill_of_the_same_setup_comes_to_the_same_servers(offer: str) -> None:
    classes = [
        RequestClass(
            id=of.name, name=of.name, requests=of.rates[0] * 86_400, profile=PeakToAverage(),
            input_tokens=of.requests.input, output_tokens=of.requests.output,
            input_variation=of.requests.input_variation,
            output_variation=of.requests.output_variation,
            urgency="real-time" if math.isfinite(of.level.ttft) else "batch",
        )
        for of in (CHAT, SUMMARIES)
    ]  # fmt: skip
    row = row_of(ranked("llama-3.1-70b", CHAT, SUMMARIES), offer)
    stack = row.stack
    serving = Serving(
        model=stack.model.id,
        precision=stack.precision,
        tensor_parallel=stack.tensor,
        data_parallel=stack.data,
        pipeline_parallel=stack.pipeline,
        targets=Targets(
            ttft_seconds=PositiveAmount(value=2), tpot_milliseconds=PositiveAmount(value=50)
        ),
    )
    work = server_work(
        serving, Hardware(stack.accelerator, row.offer.accelerators or 0), stack.model, classes
    )
    assert work.replicas == row.replicas
    busy = sum(of.rates[0] * work.seconds[of.name].value for of in (CHAT, SUMMARIES))
    need = busy / work.usable_share.value
    assert row.peak_use == pytest.approx(need / row.servers.typical, rel=1e-12)
    assert row.utilisation == pytest.approx(busy / row.servers.typical, rel=1e-12)
    rates = {of.name: of.rates[0] for of in (CHAT, SUMMARIES)}
    fewest, most = (
        sum(rates[name] * getattr(figure, end) for name, figure in work.seconds.items())
        / work.usable_share.value
        for end in ("low", "high")
    )
    assert row.servers.low == servers_for(fewest)
    assert row.servers.high == servers_for(most)
    assert row.keeps_at_slow_end == all(of.ends.keeps for of in work.classes.values())


def test_that_rows_are_sorted_by_cost_and_cost_is_servers_times_the_cost_of_one() -> None:
    ranking = search(model("qwen3-32b"), [CHAT])
    costs = [row.cost.typical for row in ranking.rows]
    assert len(costs) > 50
    assert costs == sorted(costs)
    for row in ranking.rows:
        assert row.cost.typical == row.servers.typical * row.each.total
        assert row.cost.low <= row.cost.typical <= row.cost.high
        assert row.servers.low >= 1


@pytest.mark.parametrize("name", ["pythia-1b", "llama-3.1-405b", "deepseek-r1", "kimi-k2"])
def test_that_every_offer_and_accelerator_is_ranked_or_has_a_reason(name: str) -> None:
    catalogue = load_catalogue()
    whole = market_of(catalogue)
    ranking = search(model(name), [CHAT], market=whole)
    in_rows = {row.offer.id for row in ranking.rows}
    left = {offer for item in ranking.left_out for offer in item.offers}
    assert in_rows | left == {offer.id for offer in whole.offers}
    named = {row.stack.accelerator.name for row in ranking.rows}
    named |= {item.accelerator for item in ranking.left_out}
    assert named >= {sheet.name for sheet in whole.accelerators}
    for item in ranking.left_out:
        assert item.sentence.endswith(".")
        assert "nan" not in item.sentence


def test_that_every_precision_is_ranked_or_has_a_reason_when_told_apart() -> None:
    ranking = ranked("llama-3.1-70b", load(tpot=0.03), each_precision=True)
    found = [(row.offer.id, row.stack.precision) for row in ranking.rows]
    assert len(found) == len(set(found))
    left = [item.offers for item in ranking.left_out]
    for offer in SMALL.offers:
        # 16, 8 and 4 bit make sense on each of the accelerators
        assert [name for name, _ in found].count(offer.id) + left.count((offer.id,)) == 3


@settings(max_examples=25, deadline=None)
@given(
    rates=st.lists(st.floats(0.01, 500), min_size=2, max_size=2).map(sorted),
    name=st.sampled_from(["llama-3.1-8b", "llama-3.1-70b", "qwen3-30b-a3b"]),
)
def test_that_more_load_never_needs_fewer_servers(rates: list[float], name: str) -> None:
    little, much = (ranked(name, load(rates=(rate,))) for rate in rates)
    assert {row.offer.id for row in little.rows} == {row.offer.id for row in much.rows}
    for row in little.rows:
        more = row_of(much, row.offer.id)
        assert row.servers.typical <= more.servers.typical


@settings(max_examples=25, deadline=None)
@given(
    ttft=st.floats(0.1, 10),
    tpot=st.floats(0.005, 0.5),
    looser=st.tuples(st.floats(1, 20), st.floats(1, 20)),
    percentile=st.sampled_from([50, 90, 95, 99]),
    name=st.sampled_from(["llama-3.1-8b", "llama-3.1-70b", "qwen3-30b-a3b"]),
)
def test_that_looser_targets_never_cost_more(
    ttft: float, tpot: float, looser: tuple[float, float], percentile: int, name: str
) -> None:
    strict = ranked(name, load(ttft=ttft, tpot=tpot, percentile=percentile, rates=(40.0,)))
    loose = ranked(
        name,
        load(ttft=ttft * looser[0], tpot=tpot * looser[1], percentile=percentile, rates=(40.0,)),
    )
    assert {row.offer.id for row in strict.rows} <= {row.offer.id for row in loose.rows}
    for row in strict.rows:
        assert row_of(loose, row.offer.id).cost.typical <= row.cost.typical


def test_that_405_billion_weights_in_bf16_do_not_fit_eight_cards_of_80_gb() -> None:
    eight = market(rented("h100-sxm", 8, 20), rented("h200", 8, 28))
    no_hurry = load(tpot=math.inf, ttft=math.inf, rates=(0.1,))
    sixteen = ranked(
        "llama-3.1-405b", no_hurry, where=eight, software=Software(precisions=("bf16",))
    )
    # 405.8e9 weights of 2 bytes over eight cards: 94.5 GiB each
    (left,) = (item for item in sixteen.left_out if item.offers == ("h100-sxm-8",))
    assert left.cause == "memory"
    assert "94 GiB" in left.sentence
    assert "72 GiB" in left.sentence
    eight_bit = ranked(
        "llama-3.1-405b", no_hurry, where=eight, software=Software(precisions=("fp8",))
    )
    assert {row.offer.id for row in eight_bit.rows} == {"h100-sxm-8", "h200-8"}


def test_that_deepseek_in_its_own_precision_needs_more_than_eight_cards_of_80_gb() -> None:
    eight = market(rented("h100-sxm", 8, 20), rented("h200", 8, 28))
    own = ranked("deepseek-r1", load(tpot=0.1), where=eight, software=Software(precisions=("fp8",)))
    assert [row.offer.id for row in own.rows] == ["h200-8"]
    assert own.rows[0].lossless
    (left,) = own.left_out
    assert (left.cause, left.offers) == ("memory", ("h100-sxm-8",))


def test_that_a_target_nobody_reaches_is_named_with_what_is_reached() -> None:
    ranking = ranked("llama-3.1-70b", load(tpot=0.001))
    assert ranking.rows == ()
    assert ranking.best is None
    slow = [item for item in ranking.left_out if item.cause == "tpot"]
    assert {item.accelerators for item in slow} == {1, 4, 8}
    for item in slow:
        assert "ms per output token at the 95th percentile for chat" in item.sentence
        assert "the target is 1 ms" in item.sentence


def test_that_a_first_token_that_comes_too_late_is_named_with_what_is_reached() -> None:
    long = load(requests=Requests(30_000, 100), ttft=0.3, tpot=math.inf)
    ranking = ranked("llama-3.1-70b", long)
    late = [item for item in ranking.left_out if item.cause == "ttft"]
    assert late
    for item in late:
        assert "s to the first token of chat even without waiting" in item.sentence
        assert "the target of 0.3 s" in item.sentence


def test_that_long_prompts_that_hold_up_answers_are_not_blamed_on_the_first_token() -> None:
    # alone a request gets a token every 10 ms or so; a prompt of 100,000 tokens takes seconds
    hurried = load(requests=Requests(100_000, 50, 1.0, 1.0), ttft=math.inf, tpot=0.05)
    left = ranked("llama-3.1-70b", hurried).left_out
    assert {item.cause for item in left} == {"tpot"}
    assert any("prompts of others hold up the answers" in item.sentence for item in left)
    assert not any("to the first token" in item.sentence for item in left)


def test_that_among_setups_of_equal_cost_the_published_precision_is_taken() -> None:
    little = load(rates=(0.01,), tpot=math.inf, ttft=math.inf)
    for row in ranked("llama-3.1-8b", little).rows:
        assert row.stack.precision == "bf16"
        assert row.lossless


def test_that_spares_come_on_top_and_are_paid() -> None:
    without, with_two = (ranked("llama-3.1-70b", CHAT, spares=spares) for spares in (0, 2))
    for row in without.rows:
        more = row_of(with_two, row.offer.id)
        assert more.servers.typical == row.servers.typical + 2
        assert more.cost.typical == pytest.approx((row.servers.typical + 2) * row.each.total)
        assert more.peak_use == pytest.approx(row.peak_use)
        assert more.utilisation < row.utilisation


def test_that_the_cost_of_tokens_counts_the_mean_load_and_servers_the_peak() -> None:
    peaky = replace(CHAT, mean=CHAT.rates[0] / 4)
    flat, quiet = ranked("llama-3.1-70b").rows[0], ranked("llama-3.1-70b", peaky).rows[0]
    assert quiet.cost == flat.cost
    assert flat.per_million is not None
    assert quiet.per_million is not None
    assert quiet.per_million.typical == pytest.approx(4 * flat.per_million.typical)
    # 5 requests/s x 400 tokens over 730 hours are 5,256 million tokens
    assert flat.per_million.typical == pytest.approx(flat.cost.typical / 5256)


def test_that_classes_with_peaks_at_different_moments_share_servers() -> None:
    day, night = load(name="day", rates=(40.0, 1.0)), load(name="night", rates=(1.0, 40.0))
    both = row_of(ranked("llama-3.1-8b", day, night), "l40s-4")
    at_once = row_of(
        ranked("llama-3.1-8b", load(rates=(40.0,)), load(name="too", rates=(40.0,))), "l40s-4"
    )
    once = row_of(ranked("llama-3.1-8b", load(rates=(41.0,))), "l40s-4")
    assert both.utilisation * both.servers.typical == pytest.approx(
        once.utilisation * once.servers.typical
    )
    assert both.servers.typical < at_once.servers.typical


def test_that_own_measurements_move_the_ranking() -> None:
    plain = row_of(ranked("llama-3.1-70b"), "h100-sxm-8")
    stack = plain.stack
    points = [
        OwnMeasurement(
            model="llama-3.1-70b", accelerator="h100-sxm", precision=stack.precision,
            tensor_parallel=stack.tensor, pipeline_parallel=stack.pipeline,
            data_parallel=stack.data, input_tokens=1000, output_tokens=1000, concurrency=at,
            output_tokens_per_second=predict(stack, Requests(1000, 1000), at).throughput.typical
            * 1.3,
        )
        for at in (16, 32, 64)
    ]  # fmt: skip
    anchored = row_of(ranked("llama-3.1-70b", measurements=points), "h100-sxm-8")
    assert anchored.correction.own == 3
    assert anchored.correction.evidence == "measured"
    assert anchored.peak_use * anchored.servers.typical < plain.peak_use * plain.servers.typical
    other = row_of(ranked("llama-3.1-70b", measurements=points), "l40s-4")
    assert other == row_of(ranked("llama-3.1-70b"), "l40s-4")


def test_that_an_accelerator_without_a_needed_figure_is_left_out_by_name() -> None:
    sheet = load_catalogue().accelerator("h100-sxm").model_copy(update={"bf16_tflops": None})
    where = Market((sheet,), (rented("h100-sxm", 8, 20),))
    (left,) = ranked("llama-3.1-8b", where=where).left_out
    assert left.cause == "no data"
    assert "16-bit throughput" in left.sentence


def test_that_offers_of_an_unknown_accelerator_or_number_are_left_out_by_name() -> None:
    where = Market(
        SMALL.accelerators, (rented("quantum-9", 8, 20), rented("l40s", 0, 1), SMALL.offers[0])
    )
    ranking = ranked("llama-3.1-8b", where=where)
    assert {row.offer.id for row in ranking.rows} == {SMALL.offers[0].id}
    unknown, none = (item for item in ranking.left_out if item.cause == "no data")
    assert unknown.offers == ("quantum-9-8",)
    assert "'quantum-9'" in unknown.sentence
    assert none.offers == ("l40s-0",)
    assert "no number" in none.sentence


def test_that_an_offer_whose_cost_cannot_be_told_is_left_out_by_name() -> None:
    in_euro = Price(value=4, currency="EUR")
    euro = replace(rented("l40s", 4, 1), id="euro", price=in_euro)
    free = replace(rented("l40s", 4, 1), id="unpriced", price=None)
    where = Market(SMALL.accelerators, (euro, free, SMALL.offers[2]))
    ranking = ranked("llama-3.1-8b", where=where)
    assert {row.offer.id for row in ranking.rows} == {"l40s-4"}
    (left,) = (item for item in ranking.left_out if item.cause == "no price")
    assert left.offers == ("euro", "unpriced")
    (left,) = (
        item
        for item in ranked("llama-3.1-8b", where=Market(SMALL.accelerators, (euro,))).left_out
        if item.cause == "no price"
    )
    assert "No exchange rate of EUR" in left.sentence


def test_that_an_empty_market_ranks_nothing() -> None:
    ranking = ranked("llama-3.1-8b", where=Market((), ()))
    assert (ranking.rows, ranking.left_out) == ((), ())


def test_that_software_of_an_unknown_class_is_predicted_by_the_core() -> None:
    rows = ranked("llama-3.1-8b", software=Software(framework="other")).rows
    assert {row.offer.id for row in rows} == {offer.id for offer in SMALL.offers}
    assert {row.correction.evidence for row in rows} <= {"unseen stack", "unseen accelerator"}


def test_that_a_precision_no_accelerator_computes_is_named() -> None:
    (left,) = ranked(
        "gpt-oss-120b", where=market(rented("h100-sxm", 8, 20)),
        software=Software(precisions=("bf16",)),
    ).left_out  # fmt: skip
    assert left.cause == "precision"
    assert "bf16" in left.sentence


@pytest.mark.parametrize(
    ("loads", "said"),
    [
        ((), "at least one request class"),
        ((load(rates=(-1.0,)),), "-1 requests per second"),
        ((load(rates=(math.nan,)),), "nan requests per second"),
        ((load(rates=()),), "at least one"),
        ((CHAT, load(rates=(1.0, 2.0))), "1, 2"),
        ((load(requests=Requests(0, 10)),), "Input tokens of 0"),
        ((load(requests=Requests(200_000, 10)),), "longer than the context"),
    ],
)
def test_that_a_load_that_cannot_be_is_refused_in_a_sentence(
    loads: tuple[Load, ...], said: str
) -> None:
    with pytest.raises(ServingError, match=said):
        search(model("llama-3.1-8b"), loads, market=SMALL)


def test_that_classes_without_output_are_ranked_without_a_price_of_tokens() -> None:
    embed = Load("embed", Requests(500, 0), Level(ttft=1.0), (20.0,))
    ranking = ranked("llama-3.1-8b", embed)
    assert len(ranking.rows) == len(SMALL.offers)
    assert all(row.per_million is None for row in ranking.rows)
