from pathlib import Path

import pytest

from pricing.workbook.read import read_back
from tests.workbook.closeness import differences
from tests.workbook.ledgers import rent_or_own
from tests.workbook.libreoffice import LibreOffice

pytestmark = pytest.mark.spreadsheet


def test_that_a_recalculated_workbook_gives_the_engine_s_values(
    tmp_path: Path, saved: Path, libreoffice: LibreOffice
) -> None:
    example = rent_or_own()
    path = tmp_path / "bill.xlsx"
    example.write(path)
    (recalculated,) = libreoffice.convert([path], saved)
    values = example.ledger.evaluate()
    assert differences(values, example.ledger.lines, read_back(recalculated)) == []
