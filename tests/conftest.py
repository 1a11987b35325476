"""What holds for every test: the day it runs on, and that no test fails for being slow."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from pricing.catalogue import Catalogue
from tests.catalogue.editions import NEWER, edition

# the day the catalogue was made, so that nothing turns stale; noon UTC
os.environ["SOURCE_DATE_EPOCH"] = "1795348800"

# no catalogue that somebody imported on this machine changes what is expected; nothing is there
os.environ["XDG_DATA_HOME"] = f"{tempfile.gettempdir()}/reckoner-tests-{os.getpid()}"

# machines are shared; speed is measured in tests/benchmarks. A check of one commit draws the same
# examples every time; EXPLORE=1 draws others
settings.register_profile("any machine", deadline=None, derandomize="EXPLORE" not in os.environ)
settings.load_profile("any machine")

# windows need no screen
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which imported catalogues are kept."""
    home = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def newer() -> Catalogue:
    """The shipped catalogue of a later day, with a changed price."""
    return edition(NEWER)
