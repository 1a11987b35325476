"""Random expressions give the same in numpy and in a spreadsheet program."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pricing.ledger import Line, Values, in_words
from pricing.workbook import write_workbook
from pricing.workbook.read import read_back
from tests.ledger.strategies import Drawn, ledgers
from tests.workbook.closeness import NEAR
from tests.workbook.ledgers import COVER
from tests.workbook.libreoffice import LibreOffice

pytestmark = pytest.mark.spreadsheet

EXAMPLES = 30
SHIFT = 1e-12
"""Relative change of the inputs by which a formula's sensitivity is measured."""


@dataclass
class Case:
    """A drawn ledger with its values and how far they move when inputs move a little."""

    drawn: Drawn
    values: Values
    spread: dict[Line, np.ndarray]


def test_that_random_formulas_give_the_same_in_numpy_and_in_a_spreadsheet(
    tmp_path: Path, saved: Path, libreoffice: LibreOffice
) -> None:
    cases: list[Case] = []

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(ledgers(lines=20))
    def draw(drawn: Drawn) -> None:
        values = drawn.ledger.evaluate()
        path = tmp_path / f"{len(cases)}.xlsx"
        write_workbook(drawn.ledger, values, path, cover=COVER)
        cases.append(Case(drawn, values, _spread(drawn)))

    draw()
    files = [tmp_path / f"{number}.xlsx" for number in range(len(cases))]
    results = libreoffice.convert(files, saved)
    wrong: list[str] = []
    for case, result in zip(cases, results, strict=True):
        wrong += _differences(case, result)
    assert not wrong, "\n".join(wrong[:10])
    cells = sum(len(case.spread) * case.drawn.ledger.months for case in cases)
    assert cells > 100 * EXAMPLES


def _spread(drawn: Drawn) -> dict[Line, np.ndarray]:
    """How far each value moves when every input moves by a trillionth.

    Where that is much, the formula stands on a step or takes the difference of equal numbers, and
    two programs that round differently may rightly give two answers.
    """
    generator = np.random.default_rng(1)
    moved = {
        entry.key: entry.value * (1 + SHIFT * generator.choice([-1.0, 1.0], size=12))
        for entry in drawn.movable
    }
    draws = drawn.ledger.evaluate(moved)
    base = drawn.ledger.evaluate()
    return {
        line: np.abs(draws.monthly(line) - base.monthly(line)).max(axis=0)
        if draws.array(line).ndim > 1
        else np.zeros(drawn.ledger.months)
        for line in drawn.ledger.lines
    }


def _differences(case: Case, path: Path) -> list[str]:
    contents = read_back(path)
    found = []
    for line in case.drawn.ledger.lines:
        cells = contents.months[line.key] if line.timed else (contents.constants[line.key],)
        expected, spread = case.values.monthly(line), case.spread[line]
        for month, cell in enumerate(cells):
            allowed = NEAR * abs(expected[month]) + 10 * spread[month]
            if not isinstance(cell, float) or not abs(cell - expected[month]) <= allowed:
                assert line.expression is not None
                found.append(
                    f"{path.name} {line.key} month {month + 1}: workbook {cell!r}, engine "
                    f"{expected[month]!r}: {in_words(line.expression)}"
                )
    return found
