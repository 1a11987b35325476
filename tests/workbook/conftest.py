from pathlib import Path

import pytest

from tests.workbook.libreoffice import LibreOffice


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """One private LibreOffice for the whole run, so that its profile is made once."""
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder for what LibreOffice saves."""
    return tmp_path / "saved"
