"""How a benchmark's line reads."""

from tests.benchmarks.rows import told


def test_that_a_level_that_was_never_reached_says_so_instead_of_a_number() -> None:
    assert told(("gap of 0.1 %", None, "s", 30.0)).split() == (
        ["gap", "of", "0.1", "%", "not", "reached", "target", "30", "s"]
    )


def test_that_what_was_measured_stands_beside_its_target() -> None:
    assert told(("gap of 0.1 %", 15.0, "s", 30.0)).split() == (
        ["gap", "of", "0.1", "%", "15", "s", "target", "30", "s", "ratio", "0.50"]
    )
