"""What a reader must know of a bill whose work is predicted."""

from tests.bill.predicted import (
    CHIP,
    LOADED,
    MODEL,
    bill,
    predicted,
    said,
    work_of,
)


def test_that_a_chip_of_which_nothing_was_measured_is_pointed_out_with_its_band() -> None:
    chip = {**CHIP, "architecture": "DaVinci", "unverified": ["bandwidth_gb_s", "int8_tops"]}
    evaluation = bill(predicted(), accelerators=[chip])
    (text,) = said(evaluation, "serving.unseen_accelerator")
    figure = work_of(evaluation.plan, "rented").seconds["use"]
    assert figure.high is not None
    assert f"{100 * (figure.high / figure.value - 1):.0f} % more" in text
    (doubt,) = said(evaluation, "serving.unverified")
    assert "(memory bandwidth)" in doubt


def test_that_weights_below_their_published_precision_ask_for_their_quality() -> None:
    assert said(bill(predicted({"precision": "fp8"})), "precision.quality_unknown")
    assert not said(bill(predicted({"precision": "bf16"})), "precision.quality_unknown")
    known = bill(
        predicted({"precision": "fp8", "quality_change": {"value": -0.004, "source": "own test"}})
    )
    assert not said(known, "precision.quality_unknown")
    (text,) = said(known, "precision.quality_changed")
    assert "quality score by -0.4 points (own test)" in text
    eight = {**MODEL, "native_dtype": "float8_e4m3fn"}
    assert not said(
        bill(predicted({"precision": "fp8"}), models=[eight]), "precision.quality_unknown"
    )


def test_that_a_licence_for_research_only_is_pointed_out() -> None:
    for licence, found in (("MRL", 1), ("Qwen Research", 1), ("Apache-2.0", 0), ("", 0)):
        model = {**MODEL, "licence": licence}
        assert len(said(bill(predicted(), models=[model]), "licence.not_allowed")) == found


def test_that_targets_out_of_reach_at_the_slow_end_are_warned_of() -> None:
    tight = {"targets": {"tpot_milliseconds": 7.5, "percentile": 50}}
    told = said(bill(predicted(tight)), "serving.targets_at_risk")
    assert len(told) == 1
    assert "no load of Use keeps the targets" in told[0]
    loose = {"targets": {"tpot_milliseconds": 50}}
    assert not said(bill(predicted(loose)), "serving.targets_at_risk")


def test_that_accelerators_without_a_replica_are_pointed_out() -> None:
    (text,) = said(
        bill(predicted({"tensor_parallel": 1, "pipeline_parallel": 3})), "serving.idle_accelerators"
    )
    assert "2 of the 8 accelerators" in text
    assert "a replica takes 3" in text
    assert not said(bill(predicted()), "serving.idle_accelerators")


def test_that_maintenance_without_a_spare_server_is_kept_out_of_busy_hours() -> None:
    code = "maintenance.without_spare"
    assert said(bill(predicted(maintenance_hours=4), classes=[LOADED]), code)
    assert not said(bill(predicted(maintenance_hours=4, spare_servers=1), classes=[LOADED]), code)
    assert not said(bill(predicted(), classes=[LOADED]), code)
