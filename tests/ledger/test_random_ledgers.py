"""Random ledgers: numpy agrees with plain Python, and many draws with each draw alone."""

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pricing.ledger import FUNCTIONS, Call, Expression, Line, Values, in_words
from tests.ledger.plain import _OVER_TIME, _PLAIN, PlainLedger
from tests.ledger.strategies import Drawn, ledgers

SHIFT = 1e-12
slow = settings(
    max_examples=60, deadline=None, phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
"""Shrinking a whole ledger takes minutes, and a failure names the formula anyway."""


def spread(drawn: Drawn, base: Values) -> dict[Line, np.ndarray]:
    """How far each value moves when every input moves by a trillionth.

    Where that is much, the formula stands on a step or takes the difference of equal numbers, and
    two ways of rounding may rightly give two answers.
    """
    generator = np.random.default_rng(1)
    moved = {
        entry.key: entry.value * (1 + SHIFT * generator.choice([-1.0, 1.0], size=12))
        for entry in drawn.movable
    }
    for schedule in drawn.ledger.schedules:
        signs = generator.choice([-1.0, 1.0], size=(12, base.months))
        moved[schedule.key] = np.array(schedule.values) * (1 + SHIFT * signs)
    draws = drawn.ledger.evaluate(moved)
    return {
        line: np.abs(draws.monthly(line) - base.monthly(line)).reshape(-1, base.months).max(axis=0)
        for line in drawn.ledger.lines
    }


def test_that_the_plain_ledger_knows_every_function() -> None:
    assert {*_PLAIN, *_OVER_TIME, "month_number", "round"} == set(FUNCTIONS)


@slow
@given(ledgers())
def test_that_numpy_agrees_with_plain_python(drawn: Drawn) -> None:
    values, plain = drawn.ledger.evaluate(), PlainLedger(drawn.ledger)
    moved = spread(drawn, values)
    for line in drawn.ledger.lines:
        for month in range(1, drawn.ledger.months + 1):
            expected, value = plain.value(line, month), values.monthly(line)[month - 1]
            allowed = 1e-9 * abs(expected) + 10 * moved[line][month - 1]
            assert line.expression is not None
            assert abs(value - expected) <= allowed, (month, in_words(line.expression))


@slow
@given(ledgers(), st.integers(0, 2**32 - 1))
def test_that_draws_are_what_each_draw_gives_alone(drawn: Drawn, seed: int) -> None:
    generator = np.random.default_rng(seed)
    inputs = [*drawn.movable, *drawn.months]
    count = 4
    cases = {entry.key: entry.value + generator.integers(-2, 3, size=count) for entry in inputs}
    for entry in drawn.positive.values():
        cases[entry.key] = entry.value * generator.uniform(0.5, 2, size=count)
    for entry in drawn.cap.values():
        cases[entry.key] = np.full(count, entry.value)
    for schedule in drawn.ledger.schedules:
        steps = generator.integers(-2, 3, size=(count, drawn.ledger.months))
        cases[schedule.key] = np.array(schedule.values) + steps
    together = drawn.ledger.evaluate(cases)
    for number in range(count):
        alone = drawn.ledger.evaluate({key: column[number] for key, column in cases.items()})
        for line in drawn.ledger.lines:
            drawn_row = np.broadcast_to(together.monthly(line), (count, drawn.ledger.months))
            np.testing.assert_allclose(
                drawn_row[number], alone.monthly(line), rtol=1e-9, atol=1e-6, err_msg=line.key
            )


@slow
@given(ledgers(), st.data())
def test_that_asking_for_some_lines_gives_the_same_numbers(
    drawn: Drawn, data: st.DataObject
) -> None:
    whole = drawn.ledger.evaluate()
    asked = tuple(data.draw(st.lists(st.sampled_from(drawn.ledger.lines), min_size=1, max_size=3)))
    some = drawn.ledger.evaluate(only=asked)
    for line in asked:
        np.testing.assert_array_equal(some.monthly(line), whole.monthly(line))


@slow
@given(ledgers())
def test_that_every_expression_can_be_said_in_words(drawn: Drawn) -> None:
    for line in drawn.ledger.lines:
        assert line.expression is not None
        words = in_words(line.expression)
        for figure in _figures(line.expression):
            assert figure in words


def _figures(node: Expression) -> list[str]:
    if isinstance(node, Call):
        return [name for arg in node.args for name in _figures(arg)]
    label = getattr(node, "label", None)
    return [label] if label else []
