"""Random expressions give the same in numpy and in a spreadsheet program."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pricing.ledger import Line, Values, in_words
from pricing.workbook import write_workbook
from pricing.workbook.read import CellValue, read_back
from tests.ledger.strategies import Drawn, ledgers
from tests.ledger.test_random_ledgers import spread
from tests.workbook.closeness import NEAR
from tests.workbook.ledgers import COVER
from tests.workbook.libreoffice import LibreOffice

pytestmark = pytest.mark.spreadsheet

EXAMPLES = 14


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
        derandomize=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(ledgers(lines=40))
    def draw(drawn: Drawn) -> None:
        values = drawn.ledger.evaluate()
        path = tmp_path / f"{len(cases)}.xlsx"
        write_workbook(drawn.ledger, values, path, cover=COVER)
        cases.append(Case(drawn, values, spread(drawn, values)))

    draw()
    files = [tmp_path / f"{number}.xlsx" for number in range(len(cases))]
    results = libreoffice.convert(files, saved)
    wrong: list[str] = []
    for case, result in zip(cases, results, strict=True):
        wrong += _differences(case, result)
    assert not wrong, "\n".join(wrong[:10])
    cells = sum(len(case.spread) * case.drawn.ledger.months for case in cases)
    assert cells > 150 * EXAMPLES


def _differences(case: Case, path: Path) -> list[str]:
    contents = read_back(path)
    found = []
    for line in case.drawn.ledger.lines:
        cells: tuple[CellValue, ...] = (contents.constants.get(line.key),)
        if line.timed:
            cells = {**contents.months, **contents.schedules}[line.key]
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
